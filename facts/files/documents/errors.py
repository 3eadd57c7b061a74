"""The one error this package raises on purpose."""

from __future__ import annotations

from typing import Final

MEND: Final = "请在 WPS 里打开，打得开的另存为新的文件再放进来"
"""What to do with a file that is damaged or written in a way that is refused."""


class ReportTextError(ValueError):
    """A file has no text that could be read; the message (Chinese) says why and what to do."""
