"""From a requirement to one column: its outcome, by number, in DESIGN's order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlglot import exp

from engine.language import tree as t
from engine.outcome import Outcome
from engine.reference import Reading
from engine.ruleset.model import Requirement, Text
from engine.sql import nodes as n
from engine.sql.canonical import canonical
from engine.sql.compiler import Compiler, Mode
from engine.sql.evidence import Evidence
from engine.sql.scope import Scope

OUTCOMES: Final = tuple(Outcome)
_NUMBERS: Final = {
    outcome: n.cast(exp.Literal.string(str(number)), "UTINYINT")
    for number, outcome in enumerate(OUTCOMES)
}


def expressions(requirement: Requirement) -> Iterator[tuple[t.Expr, bool]]:
    """Every expression an outcome rests on, and whether it is searched for blank evidence."""
    yield requirement.act_on, False
    for text in requirement.texts:
        yield text.applies, False
        yield text.require, bool(text.evidence)
        for node in (text.lenient, text.due):
            if node is not None:
                yield node, False


def outcome(compiler: Compiler, scope: Scope, requirement: Requirement) -> exp.Expression:
    """The outcome under the first text that is surely in force on the act's day.

    What no text applies to is not applicable, whichever of them is in force.
    """
    act_on = canonical(requirement.act_on)
    start, end = compiler.act(scope, act_on)
    in_force = [scope.let(_in_force(text, start, end)) for text in requirement.texts]
    judge = Mode(Reading.JUDGE, act_on)
    beside = [
        n.negate(compiler.truth(scope, canonical(text.applies), judge))
        for text in requirement.texts
    ]
    branches = [(n.both(*beside), _NUMBERS[Outcome.NOT_APPLICABLE])]
    branches += [
        (truth, _under(compiler, scope, text, act_on))
        for truth, text in zip(in_force, requirement.texts, strict=True)
    ]
    doubtful = n.either(*(n.is_null(truth) for truth in in_force))
    branches.append((doubtful, _NUMBERS[Outcome.UNKNOWN]))
    return n.case(*branches, default=_NUMBERS[Outcome.NOT_APPLICABLE])


def _in_force(text: Text, start: exp.Expression, end: exp.Expression) -> exp.Expression:
    """Whether every, no or some day of the act's lies in a window."""
    within = [
        n.both(
            n.compare("<=", n.date(window.start), start), n.compare("<=", end, n.date(window.end))
        )
        for window in text.windows
    ]
    apart = [
        n.either(
            n.compare("<", end, n.date(window.start)), n.compare("<", n.date(window.end), start)
        )
        for window in text.windows
    ]
    return n.truth(n.either(*within), n.both(*apart)) if within else n.FALSE


def _under(compiler: Compiler, scope: Scope, text: Text, act_on: t.Expr) -> exp.Expression:
    judge, curable = Mode(Reading.JUDGE, act_on), Mode(Reading.CURABLE, act_on)
    applies = compiler.truth(scope, canonical(text.applies), judge)
    node = canonical(text.require)
    require = compiler.truth(scope, node, judge)
    doubtful = _NUMBERS[Outcome.GAP]
    if text.lenient is not None:
        lenient = compiler.truth(scope, canonical(text.lenient), judge)
        doubtful = n.case((lenient, _NUMBERS[Outcome.BORDERLINE]), default=doubtful)
    branches = [
        (n.negate(applies), _NUMBERS[Outcome.NOT_APPLICABLE]),
        (n.is_null(applies), _NUMBERS[Outcome.UNKNOWN]),
        (require, _NUMBERS[Outcome.MET]),
    ]
    if text.due is not None:
        # Without a day to wait for, what can't be cured fails below all the same.
        branches.append((n.negate(compiler.truth(scope, node, curable)), doubtful))
        branches += _due(compiler, scope, text.due, act_on)
    branches.append((n.negate(require), doubtful))
    if text.evidence:
        blanks = Evidence(compiler, judge, text.evidence).only_blanks(scope, node)
        branches.append((blanks, _NUMBERS[Outcome.NOT_EVIDENCED]))
    return n.case(*branches, default=_NUMBERS[Outcome.UNKNOWN])


def _due(
    compiler: Compiler, scope: Scope, due: t.Expr, act_on: t.Expr
) -> list[tuple[exp.Expression, exp.Expression]]:
    span = compiler.span(scope, canonical(due), Mode(Reading.PLAN, act_on))
    today = n.date(compiler.world.as_of)
    branches = []
    if span.lo is not None:
        branches.append((n.compare("<=", today, span.lo), _NUMBERS[Outcome.PENDING]))
    past = n.FALSE if span.hi is None else n.surely(n.compare("<", span.hi, today))
    branches.append((n.negate(past), _NUMBERS[Outcome.UNKNOWN]))
    return branches
