"""What a report says of last year, compared with last year's report.

Two relations: a printed change (较2023年下降12.35%, 增加10份) against both years' figures, and last
year's figure as this report tells it (相较去年22件) against the one told then.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind, Verdict
from facts.report.contents import Figure, Relation, Report
from facts.report.relations.arithmetic import (
    how_rounded,
    percent_of,
    places,
    show,
    show_exact,
    show_percent,
)
from facts.report.view import make_view
from facts.report.year_on_year import DOWN, SINCE, UP, stated

_CHANGE: Final = regex(
    rf"{SINCE}[^,。;0-9\n]{{0,8}}?(?:(?P<up>{UP})|(?P<down>{DOWN}))[^,。;0-9\n]{{0,4}}$"
)
_IS_CHANGE: Final = regex(f"(?:{UP}|{DOWN})[^,。;0-9\n]{{0,4}}$")
_YEAR: Final = regex(r"(?:19|20)[0-9]{2}")
_NEAR: Final = 40


def relations_to(earlier: Report, later: Report) -> tuple[Relation, ...]:
    """Return the relations of the later report to the earlier one, in text order."""
    old, new = stated(earlier), stated(later)
    quoted = {
        index: figure
        for index, figure in enumerate(later.figures)
        if figure.kind is FigureKind.COMPARISON and not figure.approximate
    }
    found = [*_changes(old, new, later, quoted), *_restated(old, later, quoted)]
    return tuple(sorted(found, key=lambda relation: relation.figures))


def _changes(
    old: dict[str, Figure], new: dict[str, Figure], later: Report, quoted: dict[int, Figure]
) -> list[Relation]:
    found = []
    for now, figure in enumerate(later.figures):
        slug = figure.indicator or ""
        if new.get(slug) is not figure or slug not in old or old[slug].unit != figure.unit:
            continue
        change = next((at for at in quoted if at > now and _states(figure, quoted[at])), None)
        if change is not None and not (figure.approximate or old[slug].approximate):
            found.append(_change(old[slug], figure, quoted[change], (now, change)))
    return found


def _states(figure: Figure, change: Figure) -> bool:
    """Whether ``change`` is the change of this very figure: nothing counted stands between."""
    if change.sentence.start != figure.sentence.start or change.start - figure.end > _NEAR:
        return False
    match = _CHANGE.search(_between(figure, change))
    return match is not None and not re.search("[0-9]", _between(figure, change)[: match.start()])


def _between(figure: Figure, change: Figure) -> str:
    start = figure.sentence.start
    return make_view(figure.sentence.text[figure.end - start : change.start - start]).text


def _change(before: Figure, after: Figure, change: Figure, at: tuple[int, int]) -> Relation:
    """A percentage, a difference in points or a difference in number, as the unit says."""
    match = _CHANGE.search(_between(after, change))
    fell = match is not None and match["down"] is not None
    a, b = (before.value, after.value) if fell else (after.value, before.value)
    difference, formula = a - b, f"{show(a)}-{show(b)}"
    told = f"上年报告{show(before.value)}{before.unit}，本年{show(after.value)}{after.unit}"
    if change.unit != "%":
        printed = show(change.value)
        verdict = Verdict.HOLDS if difference == change.value else Verdict.FAILS
        if change.unit not in (after.unit, "百分点"):
            verdict = Verdict.UNKNOWN
        words = f"{told}，{formula}={show(difference)}，" + _verdict(verdict, printed)
        return Relation("last-year-change", f"{formula}={printed}", verdict, words, at)
    printed = show_percent(change.value)
    formula = f"({formula})/{show(before.value)}"
    if before.value <= 0:
        words = f"{told}，基数为零，无法复算"
        return Relation("last-year-change", f"{formula}={printed}", Verdict.UNKNOWN, words, at)
    exact = percent_of(difference, before.value)
    verdict = Verdict.HOLDS if how_rounded(exact, change.value) else Verdict.FAILS
    last = Decimal(1).scaleb(-places(change.value))
    if verdict is Verdict.FAILS and abs(exact - change.value) <= last:
        verdict = Verdict.UNKNOWN
    words = f"{told}，{formula}={show_exact(exact)}，" + _verdict(verdict, printed)
    return Relation("last-year-change", f"{formula}={printed}", verdict, words, at)


def _verdict(verdict: Verdict, printed: str) -> str:
    return {
        Verdict.HOLDS: f"与所写{printed}相符",
        Verdict.FAILS: f"与所写{printed}不符",
        Verdict.UNKNOWN: f"与所写{printed}口径须核对",
    }[verdict]


def _restated(old: dict[str, Figure], later: Report, quoted: dict[int, Figure]) -> list[Relation]:
    found = []
    for index, figure in quoted.items():
        before = old.get(figure.indicator or "")
        if before is None or before.unit != figure.unit or not _of_last_year(figure, later):
            continue
        verdict, words = _same_as_then(figure, before)
        now, then = f"{show(figure.value)}{figure.unit}", f"{before.raw}{before.unit}"
        found.append(
            Relation(
                "last-year-figure",
                f"{show(figure.value)}={show(before.value)}",
                verdict,
                f"本报告所写上年数{now}，上年报告{then}，{words}",
                (index,),
            )
        )
    return found


def _same_as_then(figure: Figure, before: Figure) -> tuple[Verdict, str]:
    """Whether last year's figure is the one told then; an approximate one only excludes."""
    if not before.may_equal(figure.value):
        return Verdict.FAILS, "不符，须说明口径或更正"
    if before.approximate:
        return Verdict.UNKNOWN, "上年所写是约数，无法核对"
    return Verdict.HOLDS, "相符"


def _of_last_year(figure: Figure, report: Report) -> bool:
    """Whether a figure of comparison is last year's value, and not a change or an older year's."""
    named = _YEAR.search(figure.time_scope or "")
    if named and int(named.group()) + 1 != report.year:
        return False
    before = figure.sentence.text[: figure.start - figure.sentence.start]
    return _IS_CHANGE.search(make_view(before).text) is None
