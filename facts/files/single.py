"""One file named on the command line: a report to extract from, an assessment to explain."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from engine.model.errors import FazhiError
from facts.files.decode import decode
from facts.files.names import REPORT_SUFFIXES
from facts.files.open import MAX_RESULT, Found, is_file, is_folder, read_bytes
from facts.files.reader import HERE, Reader
from facts.files.refused import RefusedError


class UnreadableFileError(FazhiError):
    """The file named cannot be read; the text says why and what to do (exit code 3)."""


def read_result_file(path: Path) -> str:
    """The text of an assessment. Raises `UnreadableFileError`."""
    return _read(path, lambda found: decode(read_bytes(found, MAX_RESULT))[0])


def read_report_file(path: Path, reader: Reader = HERE) -> str:
    """The text of a report in any of its formats. Raises `UnreadableFileError`."""
    if is_file(path) and path.suffix.lower() not in REPORT_SUFFIXES:
        listed = "、".join(sorted(REPORT_SUFFIXES))
        raise UnreadableFileError(f"“{path}”不是报告的格式，能读的有：{listed}")
    return _read(path, lambda found: reader.text(read_bytes(found), found.suffix)[0])


def _read(path: Path, how: Callable[[Found], str]) -> str:
    if not is_file(path):
        if is_folder(path):
            raise UnreadableFileError(f"“{path}”是文件夹，这里要一个文件")
        if os.path.lexists(path):
            raise UnreadableFileError(f"“{path}”不是普通文件，没有读")
        raise UnreadableFileError(f"没有找到文件“{path}”，请检查路径")
    try:
        return how(Found(path.name, path))
    except RefusedError as error:
        raise UnreadableFileError(f"“{path}”没有读：{error}") from None
