"""Two years' reports side by side: what changed, and whether the words say so too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from facts.report.catalogue import by_slug
from facts.report.model import Figure, FigureKind, Report, Status
from facts.report.relations.arithmetic import how_rounded, percent_of, show, show_percent
from facts.report.view import make_view

_UP = "增长|增加|上升|提高|提升|扩大|增幅"
_DOWN = "下降|减少|降低|回落|压降|降幅"
_SINCE = r"(?:同比|环比|[较比](?:上年|去年|(?:19|20)[0-9]{2}年)|相较(?:上年|去年)?)"
_SAID = re.compile(rf"{_SINCE}[^,。;\n]{{0,12}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))")
_TREND = re.compile(
    rf"(?:双|持续|稳步|大幅|明显|显著|逐年|连续|实现)(?:双)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
)
_AFTER = 24


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator in two years.

    ``percent`` is the change in per cent of the earlier value (None from zero or for an
    approximate figure). ``claim`` quotes the words that state a direction, None if none do;
    ``status`` holds or fails when they speak of this very figure, and is unknown without a
    claim, or where a general trend (双下降) stands against it: ``contradicts`` tells.
    """

    indicator: str
    title: str
    before: Figure
    after: Figure
    difference: Decimal
    percent: Decimal | None
    claim: str | None
    status: Status
    contradicts: bool
    explanation: str


def compare(earlier: Report, later: Report) -> tuple[Change, ...]:
    """Return the changes of all indicators that both reports state once, in the later's order."""
    old, new = _stated(earlier), _stated(later)
    return tuple(_change(old[slug], figure, later) for slug, figure in new.items() if slug in old)


def misquoted(earlier: Report, later: Report) -> tuple[tuple[Figure, Figure], ...]:
    """Return last year's figures as the later report gives them, where the earlier one differs.

    Pairs of (figure of the later report, figure of the earlier one), same indicator and unit.
    """
    old = _stated(earlier)
    return tuple(
        (figure, old[figure.indicator])
        for figure in later.figures
        if figure.indicator in old
        and _of_last_year(figure)
        and figure.unit == old[figure.indicator].unit
        and not figure.may_equal(old[figure.indicator].value)
        and not old[figure.indicator].may_equal(figure.value)
    )


def _of_last_year(figure: Figure) -> bool:
    is_change = re.search(f"(?:{_UP}|{_DOWN})", _before(figure)[-8:])
    return figure.kind is FigureKind.COMPARISON and not is_change


def _before(figure: Figure) -> str:
    return figure.sentence.text[: figure.start - figure.sentence.start]


def _stated(report: Report) -> dict[str, Figure]:
    """Indicators with one result; two different ones may be of two different things."""
    found: dict[str, list[Figure]] = {}
    for figure in report.figures:
        if figure.indicator and figure.kind in (FigureKind.RESULT, FigureKind.CUMULATIVE):
            found.setdefault(figure.indicator, []).append(figure)
    return {
        slug: figures[0]
        for slug, figures in found.items()
        if len({figure.value for figure in figures}) == 1
    }


def _change(before: Figure, after: Figure, report: Report) -> Change:
    slug = after.indicator or ""
    indicator = by_slug()[slug]
    difference = after.value - before.value
    exact = not (before.approximate or after.approximate) and before.value > 0
    percent = percent_of(difference, before.value) if exact else None
    claim, said_up = _claim(after)
    general = claim is None
    if general and indicator.fewer_is_better:
        claim, said_up = _trend(after, report)
    status, contradicts = Status.UNKNOWN, False
    if claim is not None and not _overlap(before, after):
        agrees = said_up == (difference > 0)
        contradicts = not agrees
        if not general:
            status = Status.HOLDS if agrees else Status.FAILS
    words = _explain(indicator.title, before, after, percent, claim, contradicts=contradicts)
    return Change(
        indicator=slug,
        title=indicator.title,
        before=before,
        after=after,
        difference=difference,
        percent=percent,
        claim=claim,
        status=status,
        contradicts=contradicts,
        explanation=words,
    )


def _overlap(before: Figure, after: Figure) -> bool:
    """Approximate figures whose intervals meet show no direction."""
    return before.may_equal(after.value) or after.may_equal(before.value)


def _claim(figure: Figure) -> tuple[str | None, bool]:
    """The direction stated right after a figure: 12件, 同比下降20%."""
    sentence = figure.sentence
    text = make_view(sentence.text[figure.end - sentence.start :]).text
    match = _SAID.search(text, 0, _AFTER)
    # another figure in between would be the one that the words speak of
    if match is None or re.search("[0-9]", text[: match.start()]):
        return None, False
    return match.group(), bool(match["up"])


def _trend(figure: Figure, report: Report) -> tuple[str | None, bool]:
    """The direction that the figure's section claims as a whole."""
    if figure.section is None:
        return None, False
    section = report.sections[figure.section]
    sentences = {
        other.sentence.text
        for other in report.figures
        if other.section == figure.section and section.start <= other.start < section.end
    }
    for text in sorted(sentences):
        match = _TREND.search(make_view(text).text)
        if match:
            return match.group(), bool(match["up"])
    return None, False


def _explain(  # noqa: PLR0913 - the pieces of one sentence
    title: str,
    before: Figure,
    after: Figure,
    percent: Decimal | None,
    claim: str | None,
    *,
    contradicts: bool,
) -> str:
    words = f"{title}：上年{show(before.value)}{before.unit}，本年{show(after.value)}{after.unit}"
    if percent is not None and percent != 0:
        rounded = abs(percent).quantize(Decimal("0.01"))
        words += f"，{'增加' if percent > 0 else '减少'}{show_percent(rounded)}"
    if claim is not None:
        words += f"；正文称“{claim}”，" + ("与数字方向相反" if contradicts else "与数字方向一致")
    return words


def states_change(change: Change, printed: Decimal) -> bool:
    """Whether a printed percentage of change is the one that the two reports give."""
    return change.percent is not None and how_rounded(abs(change.percent), printed) is not None
