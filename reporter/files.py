"""Writing results: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from engine.errors import FazhiError


class OutputError(FazhiError):
    """The output could not be written; what stood there before is untouched (exit code 6)."""


def write_whole(path: Path, content: str) -> None:
    """Write `content` as UTF-8 to `path`, or leave what was there. Raises `OutputError`."""
    if path.is_symlink():
        raise OutputError(f"“{path}”是链接，不往里写；请给一个普通文件名")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".fazhi-", suffix=".tmp")
    except OSError as error:
        raise OutputError(f"写不了“{path}”：{_reason(error)}") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"写不了“{path}”：{_reason(error)}") from None
    finally:
        temporary.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件夹不存在，请先建好"
    if isinstance(error, PermissionError):
        return "没有写的权限，或者文件正被打开"
    if isinstance(error, IsADirectoryError):
        return "那是一个文件夹，请给文件名"
    return error.strerror or str(error)
