"""A table of PostgreSQL, copied out as csv: DuckDB's own way to it would have to be fetched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, LiteralString

from engine.model.errors import nearest
from tables.declared import Declared, WrongTableError

if TYPE_CHECKING:  # it is installed with the page
    from psycopg import Connection

_PATIENCE: Final = 10
"""Seconds until a server that says nothing is given up."""

_FORM: Final = "postgresql://用户:密码@主机:端口/库名，密码里的“@”“/”“%”写成“%40”“%2F”“%25”"
_TABLES: Final = (
    "SELECT n.nspname || '.' || c.relname, c.relname FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') "
    "AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
)


def copied(declared: Declared, copy: Path, which: LiteralString) -> list[str]:
    """The rows of a table as csv, every cell as a text; the names of its columns.

    `which` of the rows is how SQL says it, all if it says nothing.
    Raises `WrongTableError`. What the server says is never repeated while connecting: it may
    repeat the address, and the password in it.
    """
    try:
        import psycopg  # noqa: PLC0415 - installed with the page
    except ImportError as error:
        raise WrongTableError("读 PostgreSQL 要装 fazhi[web]（psycopg）") from error
    try:
        connection = psycopg.connect(
            declared.database, connect_timeout=_PATIENCE, client_encoding="utf8"
        )
    except psycopg.ProgrammingError:
        raise WrongTableError(f"“{declared.called}”的地址写得不对，应写成 {_FORM}") from None
    except psycopg.OperationalError:
        raise WrongTableError(
            f"连不上“{declared.called}”：主机、端口、库名、用户名、密码有一样不对，或者它不准从这里连"
        ) from None
    with connection:
        try:
            return _out(connection, declared, copy, which)
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            connection.rollback()
            names = [name for row in connection.execute(_TABLES) for name in row]
            meant = nearest(declared.table, names)
            raise WrongTableError(f"“{declared.called}”里没有这张表{meant}") from None
        except psycopg.errors.InsufficientPrivilege:
            raise WrongTableError(
                f"“{declared.called}”这个用户不准读，请库的管理员给他 SELECT 的权限"
            ) from None
        except psycopg.Error as error:
            said = str(error.diag.message_primary or type(error).__name__)
            raise WrongTableError(f"“{declared.called}”读不了：{said}") from None


def _out(connection: Connection, declared: Declared, copy: Path, which: LiteralString) -> list[str]:
    """Days and truths are written as they are read elsewhere: 2024-05-01, true."""
    from psycopg import sql  # noqa: PLC0415 - installed with the page

    connection.read_only = True
    connection.execute("SET LOCAL datestyle = 'ISO, YMD'")
    table = sql.SQL(".").join(map(sql.Identifier, declared.table.split(".")))
    cursor = connection.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(table))
    names = [each.name for each in cursor.description or ()]
    alike = [name.casefold() for name in names]
    twice = [name for name in names if alike.count(name.casefold()) > 1]
    if twice:
        raise WrongTableError(f"“{declared.called}”有两列都叫“{twice[0]}”，请建一个视图改名再核")
    cells = sql.SQL(", ").join(
        sql.SQL("{0}::text AS {0}").format(sql.Identifier(name)) for name in names
    )
    query = sql.SQL("COPY (SELECT {} FROM {} {}) TO STDOUT (FORMAT csv, HEADER)").format(
        cells, table, sql.SQL(which)
    )
    with copy.open("wb") as file, connection.cursor().copy(query) as rows:
        for piece in rows:
            file.write(piece)
    return names
