"""Options that several commands share, and how a day is written on the command line.

选项：几个命令共用的。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final, TypeVar

import click

from reporter.formats import FORMATS, JSON, TERMINAL
from reporter.terminal.chinese import Whole

SEVERITIES: Final = ("blocking", "major", "minor", "advisory")
"""As `engine.model.outcome.Severity` has them: help is shown without the engine."""

_Command = TypeVar("_Command", bound=Callable[..., object])


class Day(click.ParamType[dt.date]):
    """A day as people write it on a command line: 2024-07-20."""

    name = "日期"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The day. Fails with what was expected."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2024-07-20 的样子", param, ctx)


DAY: Final = Day()
FILE: Final = click.Path(path_type=Path)
PLAIN: Final = {name: FORMATS[name] for name in (TERMINAL, JSON)}
"""The formats of what is not an assessment."""


def formats(names: Collection[str]) -> Callable[[_Command], _Command]:
    """The option that chooses one of these formats."""
    said = "输出格式；不写就看 --output 的文件名，都没有就写到屏幕。"
    return click.option("--format", "form", type=click.Choice(list(names)), help=said)


OUTPUT: Final = click.option("--output", type=FILE, metavar="文件", help="写到文件，默认写到屏幕。")


LOCAL: Final = click.option(
    "--rulesets",
    "local",
    type=FILE,
    multiple=True,
    metavar="文件夹",
    help="连同这个文件夹里的本地规则；可以写多次。",
)


def looking(command: _Command) -> _Command:
    """Options of every command that looks at a folder on a day."""
    return _with(
        command,
        click.option("--as-of", type=DAY, help="检查日，默认今天。"),
        click.option("--year", type=Whole(2000, 2100), metavar="年份", help="自查年度。"),
        click.option("--jurisdiction", metavar="省", help="用哪个省的参数，如 河南。"),
        LOCAL,
        OUTPUT,
        click.option("--unmask", is_flag=True, help="显示姓名等个人信息和内部信息。"),
    )


def common(command: _Command) -> _Command:
    """Options that check and predecision share."""
    return _with(
        looking(command),
        formats(FORMATS),
        click.option(
            "--fail-on",
            type=click.Choice(SEVERITIES),
            default="minor",
            show_default=True,
            help="有这一级或更严重的问题时，退出码为 1。",
        ),
    )


def _with(command: _Command, *options: Callable[[_Command], _Command]) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command
