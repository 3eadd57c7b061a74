"""Every error fazhi raises on purpose. Messages are Chinese: they reach the user as they stand.

One tree with one root, so that only the command line turns errors into text and exit codes.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from typing import Final


class FazhiError(Exception):
    """Root of all expected failures; its text tells the user what to do next."""


class InvalidRulesetError(FazhiError):
    """A ruleset or record-type file is wrong: nothing is judged with it (exit code 4).

    `file` and `line` say where, `key` which key; the message names the nearest right spelling.
    """

    def __init__(
        self, message: str, *, file: str = "", line: int | None = None, key: str = ""
    ) -> None:
        self.file, self.line, self.key, self.reason = file, line, key, message
        place = file + (f" 第{line}行" if line else "") + (f" 键“{key}”" if key else "")
        super().__init__(f"{place}：{message}" if place else message)


class YamlError(FazhiError):
    """A text is not strict YAML; `line` counts from 1, `key` is one that stands there twice."""

    def __init__(self, reason: str, line: int | None, key: str = "") -> None:
        self.reason, self.line, self.key = reason, line, key
        place = (f"第{line}行" if line else "") + (f" 键“{key}”" if key else "")
        super().__init__(f"{place}：{reason}" if place else reason)


class ExpressionError(FazhiError):
    """An expression does not parse or type-check; `column` is 1-based, in code points."""

    def __init__(self, message: str, *, text: str, column: int) -> None:
        self.text, self.column, self.reason = text, column, message
        line = text.replace("\n", " ")
        super().__init__(f"第{column}列：{message}\n    {line}\n    {_pointer(line, column)}")


class WrongNameError(FazhiError):
    """Something was asked for by a name that does not exist (exit code 2)."""


class WrongDayError(FazhiError):
    """A day was asked about that no record has (exit code 2)."""


class AmbiguousNameError(WrongNameError):
    """Something was asked for by words that more than one thing is called by (exit code 2)."""


class BudgetExceededError(FazhiError):
    """Judging one outcome took more steps than allowed: that outcome is `failed`, others go on."""


def _pointer(line: str, column: int) -> str:
    """A caret under `column`, two spaces wide under each full-width character before it."""
    before = line[: column - 1]
    return "".join("  " if ord(char) > 0x2E7F else " " for char in before) + "^"


_REASONS: Final = {
    errno.ENOENT: "已经不在了",
    errno.EACCES: "没有权限，或正被别的程序占用",
    errno.EPERM: "没有权限",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "这个磁盘只能读，不能写",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "是链接",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EMFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EAGAIN: "同时运行的程序太多",
    errno.ESTALE: "网络上的文件夹断开了",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a usual reason."""
    return usual_reason(error) or error.strerror or str(error)


def usual_reason(error: OSError) -> str | None:
    """A usual reason in our own words, none of the error's; None where it is none."""
    return _REASONS.get(error.errno or 0)


def nearest(word: str, known: Iterable[str]) -> str:
    """`，是否指“x”？` for the closest known spelling, or nothing when none is close."""
    close = closest(word, known)
    return f"，是否指“{close}”？" if close is not None else ""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The closest known spelling, or None when none is close."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return close[0] if close else None
