"""Errors planted on purpose, one at a time, in the very pieces the engines are made of.

Each is a mistake that somebody could make, and most of them were made once, here or elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlglot import exp

from engine.judging import reference
from engine.judging.reference import Reading
from engine.judging.rete import formula, plan
from engine.judging.rete import variables as measures
from engine.judging.rete.evaluation import Evaluator
from engine.judging.sql import compiler as sql
from engine.judging.sql import database, functions, lists, lite, verdict
from engine.judging.sql import nodes as n
from engine.language import semantics
from engine.language import tree as t
from engine.language.canonical import canonical
from engine.model.outcome import Outcome
from engine.model.values import ABSENT
from tests.agreement.differential import comparison as c

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]


@dataclass(frozen=True)
class Error:
    """An error in `engine`, and the engine that must see it within `within` comparisons."""

    engine: str
    name: str
    plant: Plant
    seen_by: str
    within: int


def _wrap(patch: Patch, owner: Any, name: str, make: Callable[[Any], Any]) -> None:  # noqa: ANN401
    patch.setattr(owner, name, make(getattr(owner, name)))


# the reference


def unknown_and_false_is_unknown(patch: Patch) -> None:
    def early(items: list[reference.Closure]) -> reference.Closure:
        def conjunction(frame: reference.Frame) -> semantics.Truth:
            for item in items:
                truth = item(frame)
                if truth is not True:
                    return truth  # type: ignore[no-any-return]
            return True

        return conjunction

    patch.setattr(reference, "_all_of", early)


def first_day_counted(patch: Patch) -> None:
    _wrap(
        patch,
        semantics,
        "days",
        lambda honest: lambda a, b: tuple(x if x is None else x + 1 for x in honest(a, b)),
    )


def last_day_not_rolled(patch: Patch) -> None:
    patch.setattr(semantics, "deadline", lambda a, _work: a)


def month_end_spills_over(patch: Patch) -> None:
    def spilling(honest: Any) -> Any:  # noqa: ANN401
        def plus_months(day: Any, months: int) -> Any:  # noqa: ANN401
            first = honest(day.replace(day=1), months)
            return None if first is None else semantics._plus_days(first, day.day - 1)

        return plus_months

    _wrap(patch, semantics, "_plus_months", spilling)


def open_list_taken_as_closed(patch: Patch) -> None:
    def closing(honest: Any) -> Any:  # noqa: ANN401
        def listing(self: Any, source: t.ListExpr) -> Any:  # noqa: ANN401
            found = honest(self, source)
            return lambda frame: (*found(frame)[:2], True)

        return listing

    _wrap(patch, reference._Compiler, "_listing", closing)


def absent_is_there(patch: Patch) -> None:
    def there(honest: Any) -> Any:  # noqa: ANN401
        def has(self: Any, path: t.Path) -> Any:  # noqa: ANN401
            asked = honest(self, path)
            return lambda frame: True if asked(frame) is False else asked(frame)

        return has

    _wrap(patch, reference._Compiler, "_has", there)


def unknown_is_not_among(patch: Patch) -> None:
    def deciding(honest: Any) -> Any:  # noqa: ANN401
        def among(self: Any, node: t.In) -> Any:  # noqa: ANN401
            asked = honest(self, node)
            return lambda frame: asked(frame) is True

        return among

    _wrap(patch, reference._Compiler, "_in", deciding)


def planned_is_done(patch: Patch) -> None:
    patch.setattr(reference, "_is_event", lambda _world, _path: False)


def everything_is_final(patch: Patch) -> None:
    def judging(honest: Any) -> Any:  # noqa: ANN401
        def compiled(node: t.Expr, world: Any, reading: Reading = Reading.JUDGE) -> Any:  # noqa: ANN401
            return honest(node, world, Reading.JUDGE if reading is Reading.CURABLE else reading)

        return compiled

    from engine.judging import measure  # noqa: PLC0415 - the name it is called by there

    _wrap(patch, measure, "compile_expr", judging)


def guessing_if(patch: Patch) -> None:
    def guessing(honest: Any) -> Any:  # noqa: ANN401
        def chosen(self: Any, node: t.If) -> Any:  # noqa: ANN401
            test, other = self.expr(node.test), self.expr(node.other)
            asked = honest(self, node)
            return lambda frame: other(frame) if test(frame) is None else asked(frame)

        return chosen

    _wrap(patch, reference._Compiler, "_if", guessing)


# durable_rules


def at_most_for_less(patch: Patch) -> None:
    def sloppy(honest: Any) -> Any:  # noqa: ANN401
        return lambda measure, op, value: honest(measure, "<=" if op == "<" else op, value)

    _wrap(patch, measures, "bounded", sloppy)


def missing_measure_is_false(patch: Patch) -> None:
    def guessed(honest: Any) -> Any:  # noqa: ANN401
        return lambda measure: formula.Leaf(honest(measure).yes, (frozenset(),))

    _wrap(patch, measures, "truth", guessed)


def or_is_false_at_once(patch: Patch) -> None:
    def hasty(honest: Any) -> Any:  # noqa: ANN401
        def clauses(self: Any, asked: Any, *, wanted: bool) -> formula.Clauses:  # noqa: ANN401
            if isinstance(asked, formula.Some) and not wanted:
                return self._union(asked.items, wanted=False)  # type: ignore[no-any-return]
            return honest(self, asked, wanted=wanted)  # type: ignore[no-any-return]

        return clauses

    _wrap(patch, formula.Normaliser, "_clauses", hasty)


def met_before_not_applicable(patch: Patch) -> None:
    def dropping(honest: Any) -> Any:  # noqa: ANN401
        def ranked(text: Any, governs: formula.Formula, *rest: Any) -> Any:  # noqa: ANN401
            found = honest(text, governs, *rest)
            require = rest[1].formula(text.require, rest[0])
            return [*found[:1], (1, formula.All((governs, require))), *found[2:]]

        return ranked

    _wrap(patch, plan, "_text", dropping)


def due_day_is_past(patch: Patch) -> None:
    def early(honest: Any) -> Any:  # noqa: ANN401
        def deadline(self: Evaluator, closure: Any) -> Any:  # noqa: ANN401
            def before(frame: Any) -> Any:  # noqa: ANN401
                return tuple(d and semantics._plus_days(d, -1) for d in closure(frame))

            return honest(self, before)

        return deadline

    _wrap(patch, Evaluator, "_deadline", early)


def cure_forgotten(patch: Patch) -> None:
    patch.setattr(measures, "is_curable", lambda _node, _schema: False)


# SQL


def null_passed_over_by_all(patch: Patch) -> None:
    def skipping(honest: Any) -> Any:  # noqa: ANN401
        def quantifier(scope: Any, found: Any, name: str, body: Any) -> exp.Expression:  # noqa: ANN401
            truth = honest(scope, found, name, body)
            return n.not_false(truth) if name == "all" else truth

        return quantifier

    _wrap(patch, lists, "quantifier", skipping)


def null_is_false_in_exists(patch: Patch) -> None:
    def falsifying(honest: Any) -> Any:  # noqa: ANN401
        def quantifier(scope: Any, found: Any, name: str, body: Any) -> exp.Expression:  # noqa: ANN401
            truth = honest(scope, found, name, body)
            return n.surely(truth) if name == "exists" else truth

        return quantifier

    _wrap(patch, lists, "quantifier", falsifying)


def every_list_closed(patch: Patch) -> None:
    patch.setattr(sql.Compiler, "_closed", lambda *_: n.TRUE)


def least_passes_over_null(patch: Patch) -> None:
    def careless(honest: Any) -> Any:  # noqa: ANN401
        def extreme(name: str, spans: Any) -> Any:  # noqa: ANN401
            span = honest(name, spans)
            loose = span.hi if name == "min" else span.lo
            return span._replace(lo=loose, hi=loose)

        return extreme

    _wrap(patch, functions, "_extreme", careless)


def one_day_too_many(patch: Patch) -> None:
    def adding(honest: Any) -> Any:  # noqa: ANN401
        def between(step: Any, a: Any, b: Any, digits: int = 0) -> Any:  # noqa: ANN401
            return honest(lambda x, y: n.plus(step(x, y), n.integer(1)), a, b, digits)

        return between

    _wrap(patch, functions, "_between", adding)


def roll_forgotten(patch: Patch) -> None:
    patch.setattr(database, "ROLLED", database.DAY)


def sql_absent_is_there(patch: Patch) -> None:
    def there(honest: Any) -> Any:  # noqa: ANN401
        return lambda *args: n.case((n.not_null(honest(*args)), n.TRUE))

    _wrap(patch, sql.Compiler, "_has", there)


def sql_planned_is_done(patch: Patch) -> None:
    patch.setattr(sql.Compiler, "ahead", lambda *_: None)


def doubt_about_force_is_force(patch: Patch) -> None:
    _wrap(patch, verdict, "_in_force", lambda honest: lambda *args: n.not_false(honest(*args)))


def null_applies_is_not_applicable(patch: Patch) -> None:
    _wrap(
        patch,
        verdict,
        "_under",
        lambda honest: (
            lambda compiler, scope, text, act: n.case(
                (
                    n.is_null(compiler.truth(scope, canonical(text.applies), sql.Mode(_JUDGE))),
                    verdict.NUMBERS[Outcome.NOT_APPLICABLE],
                ),
                default=honest(compiler, scope, text, act),
            )
        ),
    )


_JUDGE = Reading.JUDGE


# what SQLite is told


def sqlite_month_end_spills_over(patch: Patch) -> None:
    def spilling(day: int, months: int) -> int:
        return day + 30 * months

    patch.setitem(lite._FUNCTIONS, "plus_months", (2, spilling))


def sqlite_product_too_large_is_known(patch: Patch) -> None:
    patch.setitem(lite._FUNCTIONS, "capped", (2, lambda value, _: int(value) % 2**60))


def sqlite_unknown_is_the_least(patch: Patch) -> None:
    def strict(*values: Any) -> Any:  # noqa: ANN401
        return None if None in values else min(values)

    patch.setattr(lite, "_among_known", lambda _: strict)


# the translation for CEL


def cel_every_list_closed(patch: Patch) -> None:
    from tests.agreement.differential import cel_judge  # noqa: PLC0415 - not everywhere

    def closing(honest: Any) -> Any:  # noqa: ANN401
        def listing(self: Any, record: Any, name: str, needs: Any, found: Any) -> None:  # noqa: ANN401
            honest(self, record, name, needs, found)
            found["=" + name] = True

        return listing

    _wrap(patch, cel_judge._Facts, "_list", closing)


def cel_absent_is_unknown(patch: Patch) -> None:
    from tests.agreement.differential import cel_judge  # noqa: PLC0415 - not everywhere

    def forgetting(honest: Any) -> Any:  # noqa: ANN401
        def field(self: Any, record: Any, name: str, kind: Any, found: Any) -> None:  # noqa: ANN401
            if record.values.get(name) is not ABSENT:
                honest(self, record, name, kind, found)

        return field

    _wrap(patch, cel_judge._Facts, "_field", forgetting)


def cel_less_for_at_most(patch: Patch) -> None:
    from tests.agreement.differential import cel_text  # noqa: PLC0415 - the name it is called by there

    def strict(honest: Any) -> Any:  # noqa: ANN401
        return lambda op, left, right: honest("<" if op == "<=" else op, left, right)

    _wrap(patch, cel_text, "compare", strict)


REFERENCE = "reference"
_R = (
    (unknown_and_false_is_unknown, 10_000),
    (first_day_counted, 10_000),
    (last_day_not_rolled, 10_000),
    (month_end_spills_over, 100_000),
    (open_list_taken_as_closed, 10_000),
    (absent_is_there, 10_000),
    (unknown_is_not_among, 10_000),
    (planned_is_done, 10_000),
    (everything_is_final, 10_000),
    (guessing_if, 10_000),
)
_D = (
    (at_most_for_less, 10_000),
    (missing_measure_is_false, 10_000),
    (or_is_false_at_once, 10_000),
    (met_before_not_applicable, 10_000),
    (due_day_is_past, 10_000),
    (cure_forgotten, 10_000),
)
_S = (
    (null_passed_over_by_all, 10_000),
    (null_is_false_in_exists, 10_000),
    (every_list_closed, 10_000),
    (least_passes_over_null, 10_000),
    (one_day_too_many, 10_000),
    (roll_forgotten, 10_000),
    (sql_absent_is_there, 10_000),
    (sql_planned_is_done, 10_000),
    (doubt_about_force_is_force, 10_000),
    (null_applies_is_not_applicable, 10_000),
)
_L = (
    (sqlite_month_end_spills_over, 100_000),
    (sqlite_product_too_large_is_known, 100_000),
    (sqlite_unknown_is_the_least, 10_000),
)
_C = (
    (cel_every_list_closed, 10_000),
    (cel_absent_is_unknown, 10_000),
    (cel_less_for_at_most, 10_000),
)

ERRORS = [
    Error(engine, plant.__name__, plant, seen_by, within)
    for engine, seen_by, plants in (
        (REFERENCE, c.CEL if c.has(c.CEL) else c.DUCKDB, _R),
        (c.RETE, c.RETE, _D),
        (c.DUCKDB, c.DUCKDB, _S),
        (c.SQLITE, c.SQLITE, _L),
        (c.CEL, c.CEL, _C),
    )
    for plant, within in plants
]
