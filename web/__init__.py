"""The office's page: one address in the browser, from ledgers to signed documents.

Django; nobody imports it but `commands/page.py`, which starts it. What pages show comes from facts,
engine and reporter; here stand people, what they may, and what is kept.
"""
