"""What a report says of last year, held against last year's report.

Two ties: a printed change (较2023年下降12.35%, 增加10份) against both years' figures, and last
year's figure as this report tells it (相较去年22件) against the one told then.
"""

from __future__ import annotations

import re
from decimal import Decimal

from facts.report.contents import Figure, FigureKind, Relation, Report, Status
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

_CHANGE = re.compile(
    rf"{SINCE}[^,。;0-9\n]{{0,8}}?(?:(?P<up>{UP})|(?P<down>{DOWN}))[^,。;0-9\n]{{0,4}}$"
)
_IS_CHANGE = re.compile(f"(?:{UP}|{DOWN})[^,。;0-9\n]{{0,4}}$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NEAR = 40


def held(earlier: Report, later: Report) -> tuple[Relation, ...]:
    """Return the ties of the later report to the earlier one, in text order."""
    old, new = stated(earlier), stated(later)
    told = {
        index: figure
        for index, figure in enumerate(later.figures)
        if figure.kind is FigureKind.COMPARISON and not figure.approximate
    }
    found = [*_changes(old, new, later, told), *_retold(old, later, told)]
    return tuple(sorted(found, key=lambda relation: relation.figures))


def _changes(
    old: dict[str, Figure], new: dict[str, Figure], later: Report, told: dict[int, Figure]
) -> list[Relation]:
    found = []
    for now, figure in enumerate(later.figures):
        slug = figure.indicator or ""
        if new.get(slug) is not figure or slug not in old or old[slug].unit != figure.unit:
            continue
        change = next((at for at in told if at > now and _states(figure, told[at])), None)
        if change is not None and not (figure.approximate or old[slug].approximate):
            found.append(_change(old[slug], figure, told[change], (now, change)))
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
        status = Status.HOLDS if difference == change.value else Status.FAILS
        if change.unit not in (after.unit, "百分点"):
            status = Status.UNKNOWN
        words = f"{told}，{formula}={show(difference)}，" + _verdict(status, printed)
        return Relation("last-year-change", f"{formula}={printed}", status, words, at)
    printed = show_percent(change.value)
    formula = f"({formula})/{show(before.value)}"
    if before.value <= 0:
        words = f"{told}，基数为零，无法复算"
        return Relation("last-year-change", f"{formula}={printed}", Status.UNKNOWN, words, at)
    exact = percent_of(difference, before.value)
    status = Status.HOLDS if how_rounded(exact, change.value) else Status.FAILS
    last = Decimal(1).scaleb(-places(change.value))
    if status is Status.FAILS and abs(exact - change.value) <= last:
        status = Status.UNKNOWN
    words = f"{told}，{formula}={show_exact(exact)}，" + _verdict(status, printed)
    return Relation("last-year-change", f"{formula}={printed}", status, words, at)


def _verdict(status: Status, printed: str) -> str:
    return {
        Status.HOLDS: f"与所写{printed}相符",
        Status.FAILS: f"与所写{printed}不符",
        Status.UNKNOWN: f"与所写{printed}口径须核对",
    }[status]


def _retold(old: dict[str, Figure], later: Report, told: dict[int, Figure]) -> list[Relation]:
    found = []
    for index, figure in told.items():
        before = old.get(figure.indicator or "")
        if before is None or before.unit != figure.unit or not _of_last_year(figure, later):
            continue
        same = before.may_equal(figure.value)
        told_now, told_then = f"{show(figure.value)}{figure.unit}", f"{before.raw}{before.unit}"
        words = f"本报告所写上年数{told_now}，上年报告{told_then}，"
        found.append(
            Relation(
                "last-year-figure",
                f"{show(figure.value)}={show(before.value)}",
                Status.HOLDS if same else Status.FAILS,
                words + ("相符" if same else "不符，须说明口径或更正"),
                (index,),
            )
        )
    return found


def _of_last_year(figure: Figure, report: Report) -> bool:
    """Whether a figure of comparison is last year's value, and not a change or an older year's."""
    named = _YEAR.search(figure.time_scope or "")
    if named and int(named.group()) + 1 != report.year:
        return False
    before = figure.sentence.text[: figure.start - figure.sentence.start]
    return _IS_CHANGE.search(make_view(before).text) is None
