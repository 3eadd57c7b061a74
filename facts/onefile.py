"""One file named on the command line: a report to extract from, an assessment to explain."""

from __future__ import annotations

from pathlib import Path

from engine.errors import FazhiError
from facts.open import Found, RefusedError, decode, read_bytes


class UnreadableFileError(FazhiError):
    """The file named cannot be read; the text says why and what to do (exit code 3)."""


def read_text_file(path: Path) -> str:
    """The text of the file. Raises `UnreadableFileError`."""
    if path.is_dir():
        raise UnreadableFileError(f"“{path}”是文件夹，这里要一个文件")
    if not path.is_file():
        raise UnreadableFileError(f"没有找到文件“{path}”，请检查路径")
    try:
        return decode(read_bytes(Found(path.name, path)))[0]
    except RefusedError as error:
        raise UnreadableFileError(f"“{path}”没有读：{error}") from None
