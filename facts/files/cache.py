"""Files that fazhi keeps for itself in the user's cache folder; whatever goes wrong, it has none.

A kept file is trusted only where no one but its owner could have written it.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

LARGEST: Final = 64_000_000
"""Bytes of a kept file; a larger one is not ours."""


def cache_folder() -> Path | None:
    """The platform's folder for what can be made anew, ours within it; None where there is none."""
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    named = os.environ.get(variable, "")
    if named and Path(named).is_absolute():
        return Path(named) / "fazhi"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    below = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
    return home / below / "fazhi"


def kept(name: str) -> bytes | None:
    """What was kept under `name`; None where there is nothing, or nothing to be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        if not (_is_private(folder) and _is_ours(folder / name)):
            return None
        return (folder / name).read_bytes()
    except OSError:
        return None


def keep(name: str, content: bytes) -> Path | None:
    """Keep `content` under `name`, whole or not at all, and say where.

    None, and nothing else, where it can't be.
    """
    folder = cache_folder()
    if folder is None:
        return None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not _is_private(folder) and not _made_private(folder):
            return None
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).replace(folder / name)
        finally:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
    except OSError:
        return None
    return folder / name


def _is_private(folder: Path) -> bool:
    """Whether only the user can write into the folder; elsewhere than POSIX its place says so."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        return False
    if sys.platform == "win32":
        return True
    return found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077


def _made_private(folder: Path) -> bool:
    """Shut others out of the user's own folder, and throw away what they may have put there."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        return False
    folder.chmod(0o700)
    for path in folder.iterdir():
        if path.is_symlink() or not path.is_dir():
            path.unlink()
    return True


def _is_ours(path: Path) -> bool:
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
        return False
    return sys.platform == "win32" or found.st_uid == os.getuid()
