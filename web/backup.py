"""A copy of all that the page keeps, made while it is open.

备份：开着网页也能备份，整个写好才算。
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from web.place import PlaceError


def backup(target: Path) -> None:
    """Write the whole store to a file that isn't there yet, whole or not at all.

    Raises `PlaceError`.
    """
    if connection.vendor != "sqlite":
        raise PlaceError("存在 PostgreSQL 里的，请用 pg_dump 备份")
    if target.exists():
        raise PlaceError(f"已有“{target}”，不覆盖；请换一个文件名")
    temporary = target.with_name(f".{target.name}.tmp")
    connection.ensure_connection()
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.close(handle)
        with closing(sqlite3.connect(temporary)) as copy:
            connection.connection.backup(copy)
        temporary.replace(target)
    except (OSError, sqlite3.Error) as error:
        temporary.unlink(missing_ok=True)
        raise PlaceError(f"备份写不了“{target}”：{error}") from None
