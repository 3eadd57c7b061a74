"""Commands for those who write requirements: they look at the ruleset alone."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.asked import ruleset_with
from commands.program import exit_codes, progress
from engine.model.errors import FazhiError
from opening import RULESETS, today
from reporter.delivery import write
from reporter.exit_code import ExitCode
from reporter.options import DAY, FILE, LOCAL
from reporter.terminal.chinese import Group

# `fazhi --help` stays fast: whatever is heavy is imported where it is used.
if TYPE_CHECKING:
    from engine.ruleset.model import Ruleset


@click.group(cls=Group)
def rules() -> None:
    """看一看规则集里的要求。"""


@rules.command("list")
@LOCAL
def rules_list(local: tuple[Path, ...]) -> None:
    """列出每一条要求：编号、名称、严重度、对象。"""
    with exit_codes():
        from engine.guard.pages.listing import rows
        from reporter.rules.listing import render_list

        render_list(rows(ruleset_with(local)), sys.stdout)


@rules.command("show")
@click.argument("requirement", metavar="要求")
@LOCAL
def rules_show(requirement: str, local: tuple[Path, ...]) -> None:
    """一条要求的全文：依据、条件、整改、说明、例子。"""
    with exit_codes():
        from engine.guard.pages.requirement import page_of
        from reporter.rules.requirement import markdown

        click.echo(markdown(page_of(ruleset_with(local), requirement)), nl=False)


@rules.command("lint")
@LOCAL
@click.pass_context
def rules_lint(ctx: click.Context, /, local: tuple[Path, ...]) -> None:
    """查规则集：缺依据、整改、例子、种下的问题，式子没试全，没人读的栏，没人引的法规，改了意思的编号。"""
    with exit_codes():
        from engine.guard.lint.expected import unexpected
        from engine.guard.lint.lint import lint
        from facts.calendar import work_calendar
        from reporter.rules.listing import render_complaints

        ruleset = ruleset_with(local)
        complaints = [*lint(ruleset, work_calendar()), *unexpected(ruleset, RULESETS)]
        render_complaints(complaints, len(ruleset.domains), sys.stdout)
    ctx.exit(ExitCode.RULESET_INVALID if complaints else ExitCode.CLEAN)


@rules.command("verify")
@click.option(
    "--proofs", type=FILE, metavar="文件", help="把证明记到文件：rulesets/infeasible.yaml。"
)
@LOCAL
@click.pass_context
def rules_verify(ctx: click.Context, /, proofs: Path | None, local: tuple[Path, ...]) -> None:
    """用 z3 证明：永不适用、永不符合、永不违反的要求，互相矛盾的，打不开的闸门，接不上的界限。"""
    with exit_codes():
        from engine.guard.lint.infeasible import local_only, notes, written
        from facts.calendar import work_calendar

        try:
            from engine.guard.pages.proofs import proofs_of
            from engine.guard.verify.verify import verify
            from reporter.rules.proofs import render_proofs
        except ModuleNotFoundError as error:
            if error.name != "z3":
                raise
            message = "没有装 z3。请先运行 pip install 'fazhi[verify]'，或 pip install z3-solver"
            raise FazhiError(message) from None
        ruleset = ruleset_with(local)
        progress("证明 …")
        found = verify(ruleset, work_calendar())
        render_proofs(proofs_of(ruleset, found), sys.stdout)
        if proofs is not None:
            made = notes(ruleset, found.proofs, found.same)
            write(written(local_only(made) if local else made), proofs)
    ctx.exit(ExitCode.CLEAN if found.clean else ExitCode.RULESET_INVALID)


@rules.command("coverage")
@click.option("--conditions", is_flag=True, help="改看每个条件：例子使它成立、不成立、不明了没有。")
@click.option("--mutants", is_flag=True, help="改看变异体：式子写错一处，例子看不看得出。")
@LOCAL
@click.pass_context
def rules_coverage(
    ctx: click.Context, /, *, conditions: bool, mutants: bool, local: tuple[Path, ...]
) -> None:
    """纲要各节、各部法规的条文各有哪些要求，哪些还没有；或者例子试全了条件、看出了变异体没有。"""
    code = ExitCode.CLEAN
    with exit_codes():
        if conditions and mutants:
            raise click.UsageError("--conditions 和 --mutants 一次看一样")
        ruleset = ruleset_with(local)
        whole = True
        if conditions:
            whole = _conditions(ruleset)
        elif mutants:
            whole = _mutants(ruleset)
        else:
            from engine.guard.pages.coverage import coverage_of
            from reporter.rules.coverage import render_coverage

            render_coverage(coverage_of(ruleset), sys.stdout)
        code = ExitCode.CLEAN if whole else ExitCode.RULESET_INVALID
    ctx.exit(code)


@rules.command("currency")
@click.option("--as-of", type=DAY, help="哪一天的情形，默认今天。")
@LOCAL
def rules_currency(as_of: dt.date | None, local: tuple[Path, ...]) -> None:
    """依据的文件还能不能用：原文没有读到的、该再核对的、已被取代的，各有哪些要求靠着它。"""
    with exit_codes():
        from engine.guard.pages.currency import currency_of
        from reporter.rules.currency import render_currency

        render_currency(currency_of(ruleset_with(local), as_of or today()), sys.stdout)


def _conditions(ruleset: Ruleset) -> bool:
    """Show what examples try of every condition; whether that is everything."""
    from engine.guard.lint.conditions import tried
    from engine.guard.lint.infeasible import owed
    from engine.guard.pages.conditions import conditions_of
    from facts.calendar import work_calendar
    from reporter.rules.conditions import render_conditions

    found = tried(ruleset, work_calendar())
    render_conditions(conditions_of(ruleset, found), sys.stdout)
    return not owed(ruleset, found)


def _mutants(ruleset: Ruleset) -> bool:
    """Show what becomes of every mutant; whether none is left alive."""
    from engine.guard.mutants.trial import MutantStatus, tried
    from engine.guard.pages.mutants import mutants_of
    from facts.calendar import work_calendar
    from reporter.rules.mutants import render_mutants

    progress("逐个变异体判例子 …")
    found = list(tried(ruleset, work_calendar()))
    render_mutants(mutants_of(ruleset, found), sys.stdout)
    return all(status is not MutantStatus.ALIVE for _, status in found)
