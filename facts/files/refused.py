"""A file that is not read, and why."""

from __future__ import annotations


class RefusedError(Exception):
    """A file is not read; the text says why and what to do. It becomes a problem of that file."""


class SecretError(RefusedError):
    """A file is not read for it is marked as a state secret: nothing of it may be kept."""
