"""The one error this package raises on purpose."""

from __future__ import annotations


class ReportTextError(ValueError):
    """A file has no text that could be read; the message (Chinese) says why and what to do."""
