"""What the server's log says of errors that nobody foresaw: where, and nothing of the office's.

意外：服务器的日志里只有程序的位置，没有台账的内容。
"""

from __future__ import annotations

import logging
from types import TracebackType

from opening import HOME
from reporter.crash import crash_report


class WithoutWords(logging.Formatter):
    """Writes an error's kind and the places it passed: its words may quote a cell."""

    def formatException(  # noqa: N802 - as logging calls it
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Where it was raised."""
        return "" if ei[1] is None else crash_report(ei[1], HOME)
