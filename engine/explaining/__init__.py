"""Outcomes to reasons: what decided, what is missing, in the words of a clerk.

说理：结论到理由，用字段的中文名写经过、出处、怎样就变；只讲，不改结论。
"""
