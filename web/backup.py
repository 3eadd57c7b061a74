"""A copy of all that the page keeps, made while it is open.

备份：开着网页也能备份，整个写好才算。
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from django.db import connection

from engine.model.errors import reason
from web.place import PlaceError


def backup(target: Path) -> None:
    """Write the whole store to a file that isn't there yet, whole or not at all.

    Raises `PlaceError`.
    """
    if connection.vendor != "sqlite":
        raise PlaceError("存在 PostgreSQL 里的，请用 pg_dump 备份")
    if os.path.lexists(target):
        raise PlaceError(f"已有“{target}”，不覆盖；请换一个文件名")
    connection.ensure_connection()
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".fazhi-", suffix=".tmp")
        temporary = Path(name)
        os.close(handle)
        with closing(sqlite3.connect(temporary)) as copy:
            connection.connection.backup(copy)
        temporary.replace(target)
    except (OSError, sqlite3.Error) as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise PlaceError(f"备份写不了“{target}”：{why}") from None
