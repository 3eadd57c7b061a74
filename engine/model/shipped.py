"""The files that the program ships with: every one is read, or nothing is judged with the rest.

随程序装的文件：列得全、读得出，才用；少一个，要求就少一条，谁也看不出来。
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.metadata import MetadataPathFinder, PackageNotFoundError, version
from pathlib import Path

from engine.model.errors import InvalidRulesetError, reason


def shipped_files(folder: Path) -> list[Path]:
    """Every file below `folder`, by its path. Raises `InvalidRulesetError` where one can't be seen.

    What `Path.rglob` may not open it passes over.
    """

    def raised(error: OSError) -> None:
        raise _unreadable(Path(error.filename or folder), error) from None

    walked = os.walk(folder, onerror=raised)
    return [*map(Path, sorted(f"{at}{os.sep}{name}" for at, _, names in walked for name in names))]


def shipped_bytes(path: Path) -> bytes:
    """What a file holds. Raises `InvalidRulesetError` where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def shipped_text(path: Path) -> str:
    """The text of a file. Raises `InvalidRulesetError` where it can't be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from None


def installed(name: str) -> str:
    """The version of an installed package. Raises `InvalidRulesetError` where it can't be told."""
    found: str | None = None  # which it also is where what the package says can't be read
    with suppress(PackageNotFoundError, OSError):
        found = version(name)
    if found is None:
        MetadataPathFinder().invalidate_caches()  # it would never look at the disk again
        said = f"程序要用的“{name}”找不到或者读不了；请检查磁盘，或者重新安装 fazhi"
        raise InvalidRulesetError(said)
    return found


def _unreadable(path: Path, error: OSError | UnicodeDecodeError) -> InvalidRulesetError:
    why = reason(error) if isinstance(error, OSError) else "不是 UTF-8 的文字"
    said = f"程序自己的文件读不了：{why}；请检查磁盘，或者重新安装 fazhi"
    return InvalidRulesetError(said, file="/".join(path.parts[-3:]))
