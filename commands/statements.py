"""The command that prints statements: tables are judged where they lie, without this program."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from commands.program import exit_codes
from commands.tabled import LAKE_FAILED, office
from reporter.delivery import write
from reporter.files import disk_told
from reporter.options import FILE, looking
from reporter.terminal.chinese import Command

DIALECTS: Final = ("postgres", "spark", "hive", "starrocks", "doris", "clickhouse")
"""As `engine.judging.sql.dialects` has them: help is shown without the engine."""


@click.command(cls=Command)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--dialect", type=click.Choice(DIALECTS), required=True, help="数据在哪种数据库里。")
@click.option("--profile", metavar="清单", help="只核对这份清单里的要求。")
@looking
def sql(folder: Path, dialect: str, profile: str | None, **options: Any) -> None:  # noqa: ANN401
    """按表核对的语句：印出来，在数据所在的数据库里执行。"""
    with exit_codes():
        write(_printed(folder, options, profile, dialect), options["output"])


def _printed(folder: Path, options: dict[str, Any], profile: str | None, dialect: str) -> str:
    """The statements that judge the tables of a folder in a database of this kind."""
    from engine.assessing.assess import chosen_requirements
    from engine.assessing.standing import period_over
    from reporter.notices import period_over as told
    from tables.declared import WrongTableError, all_types
    from tables.duck_lake import DuckLake
    from tables.judged import open_tables
    from tables.script import Asked, script

    ruleset, run, declared, agencies = office(folder, options)
    if not declared:
        raise WrongTableError(
            f"“{folder}”的 fazhi.yaml 没有写 tables，没有表可核；请写明哪张表是哪种台账，它有哪些列"
        )
    with (
        disk_told(LAKE_FAILED),
        DuckLake(folder, run.world.as_of, run.year, empty=True) as lake,
    ):
        opened = open_tables(lake, all_types(declared))
    chosen = chosen_requirements(ruleset, profile or "")
    asked = Asked(ruleset, run, opened, agencies, chosen)
    over = told(period_over(ruleset, asked.judged, run.world.as_of), ruleset.titles)
    return "\n".join(script(asked, dialect, over))
