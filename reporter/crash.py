"""What is kept of an error that nobody foresaw: where in the program, and nothing of the office's.

意外：程序没有料到的错误，只记程序里的位置。
"""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_LIBRARIES: Final = "site-packages"
_MOST: Final = 200
"""Frames kept; of more the last, where the error was raised."""


def crash_report(error: BaseException, home: Path) -> str:
    """The kinds of the error and of those behind it, with file, line and function of each frame.

    No message and no value: an error's words may quote a ledger. Files are named from `home`, the
    program's folder, or from the library they belong to: a path may name whoever works here.
    """
    lines = [f"fazhi {_version()}", f"Python {platform.python_version()}", sys.platform]
    told: BaseException | None = error
    while told is not None:
        lines += ["", type(told).__qualname__, *_frames(told, home)]
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    return "\n".join(lines) + "\n"


def place_of(error: BaseException, home: Path) -> str:
    """The last of our own frames that the error passed, such as `facts/folder.py 第12行`."""
    ours = [frame for frame in _frames(error, home) if frame.startswith("  fazhi/")]
    return ours[-1].strip().rpartition(" ")[0] if ours else ""


def _frames(error: BaseException, home: Path) -> Iterator[str]:
    frames = traceback.extract_tb(error.__traceback__, limit=-_MOST)
    return (f"  {_file(frame.filename, home)} 第{frame.lineno}行 {frame.name}" for frame in frames)


def _file(name: str, home: Path) -> str:
    path = Path(name)
    if _LIBRARIES in path.parts:
        at = len(path.parts) - path.parts[::-1].index(_LIBRARIES)
        return "/".join(path.parts[at:])
    if path.is_relative_to(home):
        return f"fazhi/{path.relative_to(home).as_posix()}"
    return path.name


def _version() -> str:
    try:
        return version("fazhi")
    except PackageNotFoundError:
        return "（未安装）"
