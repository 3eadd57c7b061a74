"""Outcomes to reasons: what decided, what is missing, in the words of a clerk."""
