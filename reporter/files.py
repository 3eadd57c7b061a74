"""Writing results: whole or not at all.

写出：要么整个写好，要么原来的不动。
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from engine.model.errors import FazhiError, reason


class OutputError(FazhiError):
    """The output could not be written; what stood there before is untouched (exit code 6)."""


@contextmanager
def disk_told(what: str) -> Iterator[None]:
    """Tell of a disk that fails while something is made, a library's own files included.

    Raises `OutputError`, which begins with `what` could not be done.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(f"{what}：{_reason(error)}") from None


Content: TypeAlias = str | bytes | Iterator[str]
"""What is written: whole, or a text piece by piece."""


def in_pieces(content: Content) -> Iterator[str | bytes]:
    """The content piece by piece."""
    yield from [content] if isinstance(content, str | bytes) else content


def write_whole(path: Path, content: Content) -> None:
    """Write `content`, text as UTF-8, to `path`, or leave what was there. Raises `OutputError`."""
    with disk_told(f"写不了“{path}”"):
        if path.is_symlink():
            raise OutputError(f"“{path}”是链接，不往里写；请给一个普通文件名")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".fazhi-", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in in_pieces(content):
                    file.write(piece.encode("utf-8") if isinstance(piece, str) else piece)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        finally:
            _remove(temporary)


def make_folder(folder: Path) -> None:
    """Make a folder where it is missing. Raises `OutputError`."""
    with disk_told(f"建不了文件夹“{folder}”"):
        folder.mkdir(exist_ok=True)


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all of these files to `folder`, made where it is missing, or none of them.

    Raises `OutputError`, naming the files, if any of them is there already: nothing is
    overwritten.
    """
    make_folder(folder)
    there = [name for name in files if os.path.lexists(folder / name)]
    if there:
        some = "、".join(there[:5]) + (f"等{len(there)}个" if len(there) > 5 else "")
        raise OutputError(f"“{folder}”里已有{some}，不覆盖；请换一个文件夹，或先移走")
    written: list[Path] = []
    try:
        for name, content in files.items():
            write_whole(folder / name, content)
            written.append(folder / name)
    except OutputError:
        for path in written:
            _remove(path)
        raise


def _remove(path: Path) -> None:
    """Take a file away if it is there; one that stays does no harm to what was written."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件夹不存在，请先建好"
    if isinstance(error, PermissionError):
        return "没有写的权限，或者文件正被打开"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "同名的文件已在那里，不是文件夹"
    if isinstance(error, IsADirectoryError):
        return "那是一个文件夹，请给文件名"
    return reason(error)
