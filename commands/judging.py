"""Commands that judge a folder: the year, one decision before its meeting, what is in a file."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from commands.asked import (
    among,
    loaded_from,
    opened_as_asked,
    say_unread,
    show_first_page,
    understood_of,
)
from commands.program import exit_codes, progress
from commands.tabled import ENGINES, declares_tables, surveyed
from reporter.delivery import deliver, draw, write
from reporter.exit_code import exit_code, survey_code
from reporter.formats import JSON, SURVEYS, TERMINAL, chosen
from reporter.options import DAY, FILE, PLAIN, common, formats, looking
from reporter.terminal.chinese import Command

# `fazhi --help` stays fast: whatever is heavy is imported where it is used.
if TYPE_CHECKING:
    from engine.model.assessment import Assessment


@click.command(cls=Command)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--profile", metavar="清单", help="只核对这份清单里的要求。")
@click.option("--since", type=FILE, metavar="结果文件", help="与上次的结果（json）比较。")
@click.option("--all", "whole", is_flag=True, help="屏幕上写出每一项，不只是第一屏。")
@click.option(
    "--engine", type=click.Choice(ENGINES), help="按表核对由哪个数据库核，不写是 duckdb。"
)
@click.option(
    "--master", metavar="地址", help="--engine spark 用哪里的 Spark，不写是本机的 local[*]。"
)
@common
@click.pass_context
def check(
    ctx: click.Context,
    /,
    folder: Path,
    profile: str | None,
    since: Path | None,
    *,
    whole: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """年度自查：核对文件夹里的全部台账和年度报告。"""
    with exit_codes():
        if declares_tables(folder):
            _survey(ctx, folder, options, profile, since, whole=whole)
        if options["engine"] or options["master"]:
            from engine.model.errors import WrongNameError

            raise WrongNameError("--engine、--master 只用在 fazhi.yaml 写了 tables 的文件夹")
        options["form"] = chosen(options["form"], options["output"])
        before = loaded_from(since) if since is not None else None
        cached, ruleset, run = opened_as_asked(folder, options)
        from engine.assessing.assess import assess
        from engine.assessing.since import since as compared

        progress("核对 …")
        on_screen = options["form"] == TERMINAL and options["output"] is None
        if on_screen and whole:
            show_first_page(ruleset, run)
        assessment = assess(ruleset, replace(run, profile=profile or ""))
        if before is not None:
            assessment = compared(assessment, before)
        if options["form"] == JSON:
            assessment = _lying_in(assessment, folder, options["output"])
        understood = understood_of(ruleset, run) if on_screen and not whole else ()
        deliver(assessment, options["form"], options["output"], whole=whole, understood=understood)
        cached.remember(ruleset)
    ctx.exit(exit_code(assessment, options["fail_on"]))


def _survey(  # noqa: PLR0913 - what the command was asked
    ctx: click.Context,
    folder: Path,
    options: dict[str, Any],
    profile: str | None,
    since: Path | None,
    *,
    whole: bool,
) -> NoReturn:
    """Judge the tables that the folder declares, and end with their code."""
    from engine.model.errors import WrongNameError
    from reporter.terminal.survey import render

    if since is not None:
        raise WrongNameError("按表核对的结果不能用 --since 比；比各次的 counts.parquet")
    form, output = chosen(options["form"], options["output"], SURVEYS), options["output"]
    survey = surveyed(folder, options, profile, SURVEYS[form])
    if form == TERMINAL and output is None:
        render(survey, sys.stdout, whole=whole)
    else:
        write(SURVEYS[form].render(survey), output)
    ctx.exit(survey_code(survey, options["fail_on"]))


@click.command(cls=Command)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.argument("key", metavar="编号或名称")
@click.option("--meeting", type=DAY, help="拟上会的日子，默认取台账里的，没有就取检查日。")
@common
@click.pass_context
def predecision(
    ctx: click.Context,
    /,
    folder: Path,
    key: str,
    meeting: dt.date | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """上会前核对：这件决策能不能上会、能不能出台，缺什么、谁来补。"""
    with exit_codes():
        options["form"] = chosen(options["form"], options["output"])
        cached, ruleset, run = opened_as_asked(
            folder, {**options, "decision": key, "meeting": meeting}
        )
        from engine.assessing.predecision import predecide

        progress("核对 …")
        with among(run):
            assessment = predecide(ruleset, run, key, meeting)
        deliver(assessment, options["form"], options["output"])
        cached.remember(ruleset)
    ctx.exit(exit_code(assessment, options["fail_on"]))


@click.command(cls=Command)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.argument("key", metavar="编号或名称")
@looking
@formats(PLAIN)
@click.pass_context
def checklist(ctx: click.Context, /, folder: Path, key: str, **options: Any) -> None:  # noqa: ANN401
    """清单：一件决策的送审材料、一件文件的报备材料、一个案件的案卷，逐项打勾。"""
    with exit_codes():
        from engine.assessing.checklists import checklists_of
        from engine.assessing.standing import period_of
        from engine.model.assessment_json import checklists_json
        from reporter.notices import period_over
        from reporter.terminal.checklists import write_checklists

        form = chosen(options["form"], options["output"], PLAIN)
        cached, ruleset, run = opened_as_asked(folder, options)
        with among(run):
            found = checklists_of(ruleset, run, key)
        as_of = run.world.as_of
        period = period_of(ruleset, {one.subject_type for one in found}, as_of)
        if form == JSON:
            write(checklists_json(found, as_of, period), options["output"])
        else:
            said = period_over(period, ruleset.titles)
            draw(lambda out: write_checklists(found, said, out), options["output"])
        cached.remember(ruleset)
        code = say_unread(run)
    ctx.exit(code)


def _lying_in(assessment: Assessment, folder: Path, output: Path | None) -> Assessment:
    """The assessment with where its folder lies, as seen from the file it is written to.

    Nothing of a path whose bytes are no text: no result can hold it.
    """
    start = Path() if output is None else output.parent
    try:
        where = Path(relpath(folder, start)).as_posix()
    except ValueError:  # on another drive of Windows
        where = folder.absolute().as_posix()
    inputs = tuple(
        replace(item, folder=where if _is_text(where) else "") for item in assessment.inputs
    )
    return replace(assessment, inputs=inputs)


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
