"""A PostgreSQL server, Debian's, started in a folder of its own on a socket, with no port."""

from __future__ import annotations

import csv
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

_DATABASES = count(1)
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@contextmanager
def served() -> Iterator[str]:
    """The URL of a server, up to the name of the database; gone again afterwards."""
    if not SERVERS:
        pytest.skip("没有装 PostgreSQL 的服务器（Debian 上装 postgresql）")
    tools, folder = SERVERS[-1].parent, Path("/tmp") / f"fazhi-pg-{os.getpid()}"  # noqa: S108
    folder.mkdir(mode=0o755)
    prefix: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        pwd.getpwnam("postgres")
        shutil.chown(folder, "postgres")
        prefix = ["/usr/sbin/runuser", "-u", "postgres", "--"]

    def tool(name: str, *arguments: str) -> None:
        command = [*prefix, str(tools / name), *arguments]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

    data, options = f"{folder}/data", f"-c listen_addresses= -k {folder}"
    try:
        tool("initdb", "-D", data, "-U", "fazhi", "-A", "trust", "-E", "UTF8", "--no-sync")
        access = folder / "data" / "pg_hba.conf"
        access.write_text(f"local all reader scram-sha-256\n{access.read_text()}")
        tool("pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{folder}/log", "start")
        try:
            yield f"postgres://fazhi@{str(folder).replace('/', '%2F')}/"
        finally:
            tool("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def a_database(server: str) -> str:
    """The URL of an empty database."""
    psycopg = pytest.importorskip("psycopg", reason="没有装 fazhi[web]")
    name = f"fazhi_{next(_DATABASES)}"
    with psycopg.connect(f"{server}postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}{name}"


def take(url: str, path: Path, table: str) -> None:
    """A table of texts with the rows of a csv file; what is empty there is NULL."""
    import psycopg  # noqa: PLC0415 - it comes with the page
    from psycopg import sql  # noqa: PLC0415

    with path.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in head)
    into = sql.SQL(".").join(map(sql.Identifier, table.split(".")))
    marks = sql.SQL(", ").join([sql.Placeholder()] * len(head))
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("CREATE TABLE {} ({})").format(into, columns))
        connection.cursor().executemany(
            sql.SQL("INSERT INTO {} VALUES ({})").format(into, marks),
            [[cell or None for cell in row] for row in rows],
        )
