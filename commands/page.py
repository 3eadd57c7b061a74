"""Commands of the page in the browser."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import click

from commands.program import exit_codes
from engine.model.errors import FazhiError
from reporter.terminal.chinese import Command, Group, Whole

DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    default="fazhi-data",
    show_default=True,
    help="数据文件夹，没有就建一个，只有自己看得到。",
)
DATABASE = click.option("--database", metavar="URL", default="", help="用 PostgreSQL：postgres://…")


@click.command(cls=Command)
@DATA
@click.option(
    "--host", metavar="地址", default="127.0.0.1", show_default=True, help="开在哪个地址。"
)
@click.option("--port", type=Whole(1, 65535), default=8765, show_default=True, help="端口。")
@click.option("--name", "names", metavar="域名", multiple=True, help="别的机器用什么名字打开它。")
@click.option("--behind-tls", is_flag=True, help="前面有一台收 https 的服务器。")
@DATABASE
def serve(  # noqa: PLR0913 - the options
    data: Path, host: str, port: int, names: tuple[str, ...], database: str, *, behind_tls: bool
) -> None:
    """办公室的网页：上传台账，看能不能上会、哪里有问题，下载附表。"""
    with exit_codes():
        page = _page()
        page.configured(data, database, ",".join(names), tls=behind_tls)
        page.serve(host, port, lambda said: click.echo(said, err=True))


@click.group(cls=Group)
def web() -> None:
    """办公室网页的维护。"""


@web.command("backup")
@click.argument("target", type=click.Path(path_type=Path), metavar="文件")
@DATA
@DATABASE
def web_backup(target: Path, data: Path, database: str) -> None:
    """把网页存的全部（材料、结果、人员、日志）备份成一个文件；网页开着也可以。"""
    with exit_codes():
        _page().configured(data, database)
        from web.backup import backup

        backup(target)
        click.echo(f"备份到 {target}；要用它时，停下网页，换掉数据文件夹里的 fazhi.sqlite3")


def _page() -> ModuleType:
    """What starts the page in the browser; it needs libraries of its own."""
    try:
        from web import serve as page
    except ModuleNotFoundError as error:
        if error.name not in ("django", "waitress", "dj_database_url"):
            raise
        raise FazhiError("没有装网页要的库。请先运行 pip install 'fazhi[web]'") from None
    return page
