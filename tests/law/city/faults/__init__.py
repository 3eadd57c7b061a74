"""Fault scripts: one for each requirement, written from its article."""
