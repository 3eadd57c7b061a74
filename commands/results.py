"""Commands about results kept as JSON: their change, their reasons, the same run again."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.asked import loaded_from, opened_as_asked
from commands.program import exit_codes, progress
from engine.model.errors import FazhiError
from reporter.delivery import draw, write
from reporter.exit_code import ExitCode
from reporter.formats import JSON, TERMINAL, chosen
from reporter.options import FILE, LOCAL, OUTPUT, PLAIN, formats
from reporter.terminal.chinese import Command
from reporter.visible import shown

# `fazhi --help` stays fast: whatever is heavy is imported where it is used.
if TYPE_CHECKING:
    from engine.model.assessment import Assessment, OutcomeEntry


@click.command(cls=Command)
@click.argument("old", type=FILE, metavar="上次结果")
@click.argument("new", type=FILE, metavar="这次结果")
@formats(PLAIN)
@OUTPUT
@click.pass_context
def diff(ctx: click.Context, /, old: Path, new: Path, **options: Any) -> None:  # noqa: ANN401
    """比较两次的结果（json）：新出现、再次出现、仍然存在、未再出现、已解决、不再涉及。

    年度不同的，只按纲要各节比较。有新出现或再次出现的问题（年度不同的，有变差的节），退出码为 1。
    """
    with exit_codes():
        from engine.assessing.since import since, to_json, worse
        from reporter.terminal.comparison import render_comparison

        form = chosen(options["form"], options["output"], PLAIN)
        compared = since(loaded_from(new), loaded_from(old))
        if form == TERMINAL:
            draw(lambda out: render_comparison(compared, out), options["output"])
        else:
            write(to_json(compared), options["output"])
    ctx.exit(ExitCode.FINDINGS if worse(compared) else ExitCode.CLEAN)


@click.command(cls=Command)
@click.argument("result", type=FILE, metavar="结果文件")
@click.option("--data", type=FILE, required=True, metavar="文件夹", help="当时核的文件夹。")
@LOCAL
@click.pass_context
def replay(ctx: click.Context, /, result: Path, data: Path, local: tuple[Path, ...]) -> None:
    """照当时的检查日、选项重核一次：一字不差退出码为 0；不一样的说出什么变了，退出码为 1。"""
    with exit_codes():
        from engine.assessing.assess import assess
        from engine.assessing.predecision import predecide
        from engine.assessing.replay import changes
        from engine.model.assessment_json import from_json
        from facts.files.single import read_result_file

        text = read_result_file(result)
        then = from_json(text)
        asked = then.made_from
        if asked is None:
            raise FazhiError("这份结果没有写明由什么做成；请用 --format json 写出来的")
        options = {
            "year": asked.year,
            "jurisdiction": asked.jurisdiction,
            "decision": asked.decision,
            "meeting": asked.meeting,
            "as_of": then.as_of,
            "unmask": asked.unmask,
            "local": local,
            "form": JSON,
        }
        cached, ruleset, run = opened_as_asked(data, options)
        progress("重核 …")
        if asked.decision is None:
            now = assess(ruleset, replace(run, profile=then.profile))
        else:
            now = predecide(ruleset, run, asked.decision, asked.meeting)
        cached.remember(ruleset)
        said = changes(text, then, now)
        click.echo("不一样：" if said else "一字不差")
        for line in said:
            click.echo(f"  {shown(line)}")
    ctx.exit(ExitCode.FINDINGS if said else ExitCode.CLEAN)


@click.command(cls=Command)
@click.argument("assessment", type=FILE, metavar="结果文件")
@click.argument("requirement", metavar="要求")
@click.argument("key", metavar="编号")
@click.option("--folder", type=FILE, metavar="文件夹", help="当时核对的文件夹，移动过的才要写。")
@LOCAL
def explain(
    assessment: Path, requirement: str, key: str, folder: Path | None, local: tuple[Path, ...]
) -> None:
    """说明一个结论的经过：哪个条件、哪些值、在哪个单元格、差多少。

    不必处理的，结果文件里不存经过，照当时的文件夹重新核一遍。
    """
    with exit_codes():
        from engine.assessing.explained import changed
        from engine.model.assessment import find_outcomes
        from reporter.terminal.assessment import render_explanation

        loaded = loaded_from(assessment)
        found = find_outcomes(loaded, requirement, key)
        folder = folder or _folder_of(loaded, assessment)
        if folder is not None and not all(entry.trace for entry in found):
            again, inputs = _explained(loaded, found[0].requirement, key, folder, local)
            for line in changed(loaded.inputs, inputs, found, again):
                click.echo(shown(line))
            found = again or found
        render_explanation(loaded, found, sys.stdout)


def _folder_of(assessment: Assessment, file: Path) -> Path | None:
    """The folder of an assessment that was read from `file`; None where it is not there."""
    from facts.files.open import is_folder

    found = next((file.parent / item.folder for item in assessment.inputs if item.folder), None)
    return found if found is not None and is_folder(found) else None


def _explained(
    loaded: Assessment, requirement: str, key: str, folder: Path, local: Sequence[Path]
) -> tuple[list[OutcomeEntry], Mapping[str, str]]:
    """Outcomes with their reasons as the folder has them now, and the digests of its files."""
    from engine.assessing.explained import explained

    asked = {"local": local, "year": loaded.year, "as_of": loaded.as_of, "unmask": False}
    cached, ruleset, run = opened_as_asked(
        folder, asked | {"jurisdiction": loaded.jurisdiction or None}
    )
    found = explained(ruleset, run, requirement, key)
    cached.remember(ruleset)
    return found, {item.path: item.sha256 for item in run.facts.inputs}
