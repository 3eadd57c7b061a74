"""From a requirement to one column: its outcome, by number, in DESIGN's order."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlglot import exp

from engine.judging.reference import Reading
from engine.judging.sql import database as db
from engine.judging.sql import nodes as n
from engine.judging.sql.compiler import Compiler, Mode
from engine.judging.sql.evidence import Evidence
from engine.judging.sql.scope import Scope
from engine.language import tree as t
from engine.language.canonical import canonical
from engine.model.outcome import Outcome, Severity
from engine.ruleset.model import Requirement, Text, Window

NUMBERS: Final = {outcome: n.integer(number) for number, outcome in enumerate(Outcome)}
"""The number that stands for each outcome in a column."""


def outcome(compiler: Compiler, scope: Scope, requirement: Requirement) -> exp.Expression:
    """The outcome under the first text that is surely in force on the act's day.

    What no text applies to is not applicable, whichever of them is in force.
    """
    act_on = canonical(requirement.act_on)
    in_force = [_in_force(compiler, scope, text.windows, act_on) for text in requirement.texts]
    judge = Mode(Reading.JUDGE, act_on)
    beside = [
        n.negate(compiler.truth(scope, canonical(text.applies), judge))
        for text in requirement.texts
    ]
    branches = [(n.both(*beside), NUMBERS[Outcome.NOT_APPLICABLE])]
    branches += [
        (truth, _under(compiler, scope, text, act_on))
        for truth, text in zip(in_force, requirement.texts, strict=True)
    ]
    doubtful = n.either(*(n.is_null(truth) for truth in in_force))
    branches.append((doubtful, NUMBERS[Outcome.UNKNOWN]))
    return n.case(*branches, default=NUMBERS[Outcome.NOT_APPLICABLE])


def applies(compiler: Compiler, scope: Scope, requirement: Requirement) -> exp.Expression:
    """Whether the first text that is surely in force surely applies; never NULL."""
    act_on = canonical(requirement.act_on)
    judge = Mode(Reading.JUDGE, act_on)
    branches = [
        (
            _in_force(compiler, scope, text.windows, act_on),
            n.surely(compiler.truth(scope, canonical(text.applies), judge)),
        )
        for text in requirement.texts
    ]
    return n.case(*branches, default=n.FALSE)


def severity(compiler: Compiler, scope: Scope, requirement: Requirement) -> exp.Expression:
    """How grave it is, by rank; where a condition is unknown, the graver of what it may be."""
    act_on = canonical(requirement.act_on)
    judge = Mode(Reading.JUDGE, act_on)
    severities = requirement.severities
    rank: exp.Expression = n.integer(severities.default.rank)
    for when, level in reversed(severities.cases):
        known = compiler.truth(scope, canonical(when), judge)
        own = n.integer(level.rank)
        graver = n.case((n.compare("<", rank, own), rank), default=own)
        rank = scope.let(n.case((known, own), (n.negate(known), rank), default=graver))
    lowest = n.integer(Severity.ADVISORY.rank)
    milder = n.case((n.compare("<", rank, lowest), n.plus(rank, n.integer(1))), default=lowest)
    lowered = [compiler.truth(scope, canonical(when), judge) for when in severities.lower]
    rank = scope.let(n.case((n.either(*map(n.surely, lowered)), milder), default=rank))
    governed = [
        (
            _in_force(compiler, scope, text.windows, act_on),
            n.case(
                (n.negate(_in_force(compiler, scope, text.lawful, act_on)), lowest), default=rank
            ),
        )
        for text in requirement.texts
    ]
    return n.case(*governed, default=rank)


def _in_force(
    compiler: Compiler, scope: Scope, windows: tuple[Window, ...], act_on: t.Expr
) -> exp.Expression:
    """Whether every, no or some day of the act's lies in a window."""
    start, end = compiler.act(scope, act_on)

    def truth() -> exp.Expression:
        within = [
            n.both(_since(window.start, start), n.negate(_after(window.end, end)))
            for window in windows
        ]
        apart = [
            n.either(n.negate(_since(window.start, end)), _after(window.end, start))
            for window in windows
        ]
        return n.truth(n.either(*within), n.both(*apart))

    return compiler.once((id(scope), windows, act_on), lambda: scope.let(truth()))


def _since(first: dt.date, day: exp.Expression) -> exp.Expression:
    """Whether a day that is never NULL is `first` or later."""
    return n.TRUE if first == dt.date.min else n.compare("<=", n.date(first), day)


def _after(last: dt.date, day: exp.Expression) -> exp.Expression:
    """Whether a day that is never NULL is later than `last`."""
    return n.FALSE if last == dt.date.max else n.compare("<", n.date(last), day)


def _under(compiler: Compiler, scope: Scope, text: Text, act_on: t.Expr) -> exp.Expression:
    judge, curable = Mode(Reading.JUDGE, act_on), Mode(Reading.CURABLE, act_on)
    applies = compiler.truth(scope, canonical(text.applies), judge)
    node = canonical(text.require)
    require = compiler.truth(scope, node, judge)
    doubtful = NUMBERS[Outcome.GAP]
    if text.lenient is not None:
        lenient = compiler.truth(scope, canonical(text.lenient), judge)
        doubtful = n.case((lenient, NUMBERS[Outcome.BORDERLINE]), default=doubtful)
    branches = [
        (n.negate(applies), NUMBERS[Outcome.NOT_APPLICABLE]),
        (n.is_null(applies), NUMBERS[Outcome.UNKNOWN]),
        (require, NUMBERS[Outcome.MET]),
    ]
    if text.due is not None or text.house:
        # Else there is nothing to wait for, and what can't be cured fails below all the same.
        branches.append((n.negate(compiler.truth(scope, node, curable)), doubtful))
    if text.due is not None:
        branches += _due(compiler, scope, text.due, act_on)
    late = NUMBERS[Outcome.BORDERLINE] if text.house else doubtful
    branches.append((n.negate(require), late))
    if text.evidence:
        blanks = Evidence(compiler, judge, text.evidence).only_blanks(scope, node)
        branches.append((blanks, NUMBERS[Outcome.NOT_EVIDENCED]))
    return n.case(*branches, default=NUMBERS[Outcome.UNKNOWN])


def _due(
    compiler: Compiler, scope: Scope, due: t.Expr, act_on: t.Expr
) -> list[tuple[exp.Expression, exp.Expression]]:
    span = compiler.span(scope, canonical(due), Mode(Reading.PLAN, act_on))
    today = n.call(db.AS_OF)
    branches = []
    if span.lo is not None:
        branches.append((n.compare("<=", today, span.lo), NUMBERS[Outcome.PENDING]))
    past = n.FALSE if span.hi is None else n.surely(n.compare("<", span.hi, today))
    branches.append((n.negate(past), NUMBERS[Outcome.UNKNOWN]))
    return branches
