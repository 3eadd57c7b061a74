"""Statements that judge whole tables where they lie: what is done beside the one query as well.

What has not come about yet is left out, facts that can't all be so are doubted, and what is met
only by them is 存疑待核 (ADR 0026): none of it is left to Python, so that the statements alone,
run in another database, let nothing pass that a run would not.
"""
