"""Where the page keeps things: one data folder, private to who runs it, or a database by URL.

处所：数据文件夹怎样建，里面有什么，别人看不看得到。
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Final

from engine.model.errors import FazhiError, reason

FOLDER: Final = "FAZHI_DATA"
"""The variable of the environment that names the data folder."""
DATABASE: Final = "FAZHI_DATABASE"
"""That with the URL of a database server; without it the data folder holds one."""
HOSTS: Final = "FAZHI_HOSTS"
"""The names that the page may be called by, with commas between them."""
BEHIND_TLS: Final = "FAZHI_BEHIND_TLS"
"""Set where a server before this one speaks TLS to the browsers."""

STORE: Final = "fazhi.sqlite3"
_SECRET: Final = "secret"  # noqa: S105 - the name of the file
_OPEN: Final = 0o077


class PlaceError(FazhiError):
    """The data folder can't be used (wrong use, exit code 2)."""


def prepared(folder: Path) -> Path:
    """The data folder, made where it isn't there, with its secret. Raises `PlaceError`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32" and folder.stat().st_mode & _OPEN:
            message = f"数据文件夹“{folder}”别人也能看；请先运行 chmod 700 {folder}，或换一个"
            raise PlaceError(message)
        secret = folder / _SECRET
        if not secret.exists():
            _write_private(secret, secrets.token_urlsafe(64))
    except OSError as error:
        raise PlaceError(f"数据文件夹“{folder}”用不了：{reason(error)}") from None
    return folder.resolve()


def secret_of(folder: Path) -> str:
    """The secret that sessions are signed with."""
    return (folder / _SECRET).read_text(encoding="ascii")


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
