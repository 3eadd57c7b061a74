"""What commands were asked about: the rules, a folder, a result of an earlier run."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.program import progress
from opening import HOME, cached_ruleset, opened
from reporter.exit_code import ExitCode
from reporter.formats import JSON
from reporter.visible import shown, some_of

# `fazhi --help` stays fast: whatever is heavy is imported where it is used.
if TYPE_CHECKING:
    from engine.judging.run import Run
    from engine.model.assessment import Assessment, MadeFrom
    from engine.model.facts import Facts
    from engine.ruleset.cached import CachedRuleset
    from engine.ruleset.model import Ruleset


def ruleset_with(given: Sequence[Path] = ()) -> Ruleset:
    """The shipped ruleset with the local rules given."""
    from facts.local.folders import local_rules

    return cached_ruleset(local_rules(None, given)).read()


def opened_as_asked(folder: Path, options: dict[str, Any]) -> tuple[CachedRuleset, Ruleset, Run]:
    """The rules an office goes by, and its folder seen on the day that was asked for."""
    names = ("as_of", "year", "jurisdiction", "local", "unmask")
    asked = {name: options[name] for name in names}
    cached, ruleset, run = opened(folder, progress=progress, **asked)
    if options.get("form") == JSON:
        run = replace(run, made_from=_made_from(options))
    return cached, ruleset, run


def _made_from(options: dict[str, Any]) -> MadeFrom:
    """Which program runs, and what it was asked instead of the folder."""
    from engine.model.assessment import MadeFrom
    from engine.model.shipped import installed
    from engine.ruleset.store import stamp

    code = stamp({name: HOME / name for name in ("commands", "engine", "facts", "reporter")})
    return MadeFrom(
        installed("fazhi"),
        code.hex(),
        year=options["year"],
        jurisdiction=options["jurisdiction"],
        decision=options.get("decision"),
        meeting=options.get("meeting"),
    )


def show_first_page(ruleset: Ruleset, run: Run) -> None:
    """What was read and what it suggests, where the folder has no settings yet."""
    from facts.proposals import has_settings
    from reporter.terminal.first_page import render_first_page

    if not has_settings(run.facts):
        render_first_page(*_made_of(ruleset, run), sys.stdout)


def understood_of(ruleset: Ruleset, run: Run) -> list[str]:
    """The same in a few lines."""
    from facts.proposals import has_settings
    from reporter.terminal.first_page import understood

    return [] if has_settings(run.facts) else understood(*_made_of(ruleset, run))


def _made_of(
    ruleset: Ruleset, run: Run
) -> tuple[Facts, Mapping[str, str], list[tuple[str, str, str]], list[tuple[str, str, list[str]]]]:
    """What the first page is made of."""
    from engine.assessing.screened import screened
    from facts.proposals import proposals

    titles = {name: record_type.title for name, record_type in ruleset.schema.types.items()}
    suggested = [(one.item, one.value, one.why) for one in proposals(run.facts, ruleset.schema)]
    return run.facts, titles, suggested, list(screened(ruleset, run))


@contextmanager
def among(run: Run) -> Iterator[None]:
    """Where something is asked for by a wrong name: name the files that may hold it, unread."""
    from engine.model.errors import WrongNameError

    try:
        yield
    except WrongNameError as error:
        unread = _unread(run)
        raise WrongNameError(f"{error}；{unread}" if unread else str(error)) from None


def say_unread(run: Run) -> ExitCode:
    """Name what was not read of a folder beside what doesn't tell it; the code to end with."""
    unread = _unread(run)
    if not unread:
        return ExitCode.CLEAN
    click.echo(shown(f"注意：{unread}"), err=True)
    return ExitCode.UNREAD


def _unread(run: Run) -> str:
    """The files of which something wasn't read, in words; "" where there are none."""
    from engine.model.facts import Level

    files = [
        item.path
        for item in run.facts.inputs
        if any(problem.level is Level.ERROR for problem in item.problems)
    ]
    return f"{some_of(files)}没有读进来，或者没有读全；fazhi check 列出为什么" if files else ""


def loaded_from(path: Path) -> Assessment:
    """An assessment that was saved as JSON."""
    from engine.model.assessment_json import UnreadableAssessmentError, from_json
    from facts.files.single import read_result_file

    try:
        return from_json(read_result_file(path))
    except UnreadableAssessmentError as error:
        raise UnreadableAssessmentError(f"{error}；请用 fazhi check --format json 写一份") from None
