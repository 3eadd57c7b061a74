"""Drafts to records: rows joined by key, lists closed or open, links, generated subjects."""
