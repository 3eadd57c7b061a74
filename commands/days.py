"""Commands that answer by when: what falls due, and the days of what is still to come."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from commands.asked import among, opened_as_asked, say_unread
from commands.program import exit_codes, progress
from reporter.delivery import draw, write
from reporter.exit_code import exit_code
from reporter.formats import DEADLINES, JSON, TERMINAL, chosen
from reporter.options import DAY, FILE, PLAIN, formats, looking
from reporter.terminal.chinese import Command, Whole


@click.command(cls=Command)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option(
    "--days",
    type=Whole(0, 3660),
    metavar="天数",
    default=30,
    show_default=True,
    help="往后看多少日。",
)
@looking
@formats(DEADLINES)
@click.pass_context
def due(ctx: click.Context, /, folder: Path, days: int, **options: Any) -> None:  # noqa: ANN401
    """期限：什么事哪一天以前要办，哪个单位、由谁办；也可以写成日历文件（.ics）。"""
    with exit_codes():
        from engine.assessing.assess import assess
        from reporter.deadlines import within
        from reporter.terminal.deadlines import render_deadlines

        form = chosen(options["form"], options["output"], DEADLINES)
        cached, ruleset, run = opened_as_asked(folder, options)
        progress("核对 …")
        found = within(assess(ruleset, run), days)
        if form == TERMINAL:
            draw(lambda out: render_deadlines(found, out, days), options["output"])
        else:
            write(DEADLINES[form].render(found), options["output"])
        cached.remember(ruleset)
    ctx.exit(exit_code(found, fail_on=None))


@click.command(cls=Command)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.argument("key", metavar="编号或名称")
@click.option("--meeting", type=DAY, help="拟上会（审议、决定）的日子，默认取台账里的。")
@looking
@formats(PLAIN)
@click.pass_context
def timetable(
    ctx: click.Context,
    /,
    folder: Path,
    key: str,
    meeting: dt.date | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """时间表：一件决策、文件、案件还要办的各步，最早、最迟哪天，凭什么。"""
    with exit_codes():
        from engine.assessing.standing import period_of
        from engine.assessing.timetable.timetable import timetables_of
        from engine.model.assessment_json import timetables_json
        from reporter.notices import period_over
        from reporter.terminal.timetable import render_timetables

        form = chosen(options["form"], options["output"], PLAIN)
        cached, ruleset, run = opened_as_asked(folder, options)
        progress("逐日核对 …")
        with among(run):
            found = timetables_of(ruleset, run, key, meeting)
        types = {one.subject_type for one in found} or ruleset.procedures
        as_of, ahead = run.world.as_of, [day for one in found for day in one.days]
        period = period_of(ruleset, types, as_of, ahead)
        if form == JSON:
            write(timetables_json(found, as_of, period), options["output"])
        else:
            said = period_over(period, ruleset.titles)
            draw(lambda out: render_timetables(found, said, out), options["output"])
        cached.remember(ruleset)
        code = say_unread(run)
    ctx.exit(code)
