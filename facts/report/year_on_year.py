"""Two years' reports side by side: what changed, and whether the words say so too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from engine.model.report import Direction, FigureKind
from facts.report.catalogue import by_slug
from facts.report.contents import Figure, Report
from facts.report.relations.arithmetic import percent_of, show
from facts.report.view import make_view

UP: Final = "增长|增加|上升|提高|提升|扩大|增幅|多(?=[0-9])"
DOWN: Final = "下降|减少|降低|回落|压降|降幅|少(?=[0-9])"
_SAME: Final = "(?<!基本)持平|(?<!基本)一致"
_LAST: Final = "(?:上一?年度?|去年|(?:19|20)[0-9]{2}年度?)"
SINCE: Final = f"(?:同比|相较{_LAST}?|[较比与]{_LAST})"
_WORDS: Final = rf"(?:(?P<up>{UP})|(?P<down>{DOWN})|(?P<same>{_SAME}))"
_SAID: Final = regex(rf"{SINCE}[^,。;\n]{{0,12}}?{_WORDS}")
# 较上年下降至12件: the words stand before the figure, with nothing else counted between
_SAID_BEFORE: Final = regex(
    rf"{SINCE}[^,。;0-9\n]{{0,12}}?{_WORDS}[^,。;0-9\n]{{0,2}}(?:至|到|为)$"
)
# of the matter as a whole; a rise is claimed so often (水平持续提升) that it says nothing
_TREND: Final = regex(
    r"双下降|双降|(?:案件|发案|败诉|诉讼|应诉|纠纷|信访|投诉)[^,。;\n]{0,12}?"
    r"(?:持续|稳步|大幅|明显|显著|逐年|连续|双)(?:下降|减少|降低)"
)
_AFTER: Final = 24


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator in two years.

    ``percent`` is the change in per cent of the earlier value (None from zero or for an
    approximate figure), ``direction`` that of the figures (None where they may be equal).
    ``claim`` quotes the words that state a direction, ``claimed`` is what they state; both are
    None if no words do. ``general``: they speak of the matter as a whole (双下降), not of this
    very figure.
    """

    indicator: str
    title: str
    before: Figure
    after: Figure
    difference: Decimal
    percent: Decimal | None
    direction: Direction | None
    claim: str | None
    claimed: Direction | None
    general: bool
    explanation: str

    @property
    def agrees(self) -> bool | None:
        """Whether words and figures go the same way; None where one of them says nothing."""
        if self.claimed is None or self.direction is None:
            return None
        return self.claimed == self.direction


def compare(earlier: Report, later: Report) -> tuple[Change, ...]:
    """Return the changes of all indicators that both reports state once, in the later's order."""
    old, new = stated(earlier), stated(later)
    return tuple(
        _change(old[slug], figure, later)
        for slug, figure in new.items()
        if slug in old and old[slug].unit == figure.unit
    )


def stated(report: Report) -> dict[str, Figure]:
    """Indicators with one result; two different ones may be of two different things."""
    found: dict[str, list[Figure]] = {}
    for figure in report.figures:
        if figure.indicator and figure.kind in (FigureKind.RESULT, FigureKind.CUMULATIVE):
            found.setdefault(figure.indicator, []).append(figure)
    return {
        slug: figures[0]
        for slug, figures in found.items()
        if len({(figure.value, figure.unit) for figure in figures}) == 1
    }


def claim_of(figure: Figure, report: Report) -> tuple[str | None, Direction | None, bool]:
    """Return the words that state how a figure has changed, which way, and whether in general."""
    words, direction = _own_claim(figure)
    indicator = by_slug().get(figure.indicator or "")
    if words is None and indicator is not None and indicator.fewer_is_better:
        words = _trend(figure, report)
        return words, "down" if words else None, bool(words)
    return words, direction, False


def _change(before: Figure, after: Figure, report: Report) -> Change:
    slug = after.indicator or ""
    difference = after.value - before.value
    exact = not (before.approximate or after.approximate) and before.value > 0
    percent = percent_of(difference, before.value) if exact else None
    direction: Direction | None = "up" if difference > 0 else "down" if difference else "same"
    if (before.approximate or after.approximate) and _overlap(before, after):
        direction = None
    claim, claimed, general = claim_of(after, report)
    title = by_slug()[slug].title
    words = _explain(title, before, after, percent)
    if claim is not None and direction is not None:
        words += f"；正文称“{claim}”，" + (
            "与数字方向一致" if claimed == direction else "与数字方向相反"
        )
    return Change(
        indicator=slug,
        title=title,
        before=before,
        after=after,
        difference=difference,
        percent=percent,
        direction=direction,
        claim=claim,
        claimed=claimed,
        general=general,
        explanation=words,
    )


def _overlap(before: Figure, after: Figure) -> bool:
    """Approximate figures whose intervals meet show no direction."""
    return before.may_equal(after.value) or after.may_equal(before.value)


def _own_claim(figure: Figure) -> tuple[str | None, Direction | None]:
    """The direction stated right at a figure: 12件, 同比下降20%; 较上年下降至12件."""
    sentence = figure.sentence
    text = make_view(sentence.text[figure.end - sentence.start :]).text
    match = _SAID.search(text, 0, _AFTER)
    # another figure in between would be the one that the words speak of
    if match is None or re.search("[0-9]", text[: match.start()]):
        before = make_view(sentence.text[: figure.start - sentence.start]).text
        match = _SAID_BEFORE.search(before[-2 * _AFTER :])
    if match is None:
        return None, None
    return match.group(), "up" if match["up"] else "down" if match["down"] else "same"


def _trend(figure: Figure, report: Report) -> str | None:
    """The decline that the figure's section claims as a whole, in its words."""
    if figure.section is None:
        return None
    section = report.sections[figure.section]
    sentences = {
        other.sentence.start: other.sentence.text
        for other in report.figures
        if other.section == figure.section and section.start <= other.start < section.end
    }
    for _, text in sorted(sentences.items()):
        match = _TREND.search(make_view(text).text)
        if match:
            return match.group()
    return None


def _explain(title: str, before: Figure, after: Figure, percent: Decimal | None) -> str:
    words = f"{title}：上年{_shown(before)}，本年{_shown(after)}"
    if percent is None:
        return words
    if percent == 0:
        return f"{words}，持平"
    rounded = show(abs(percent).quantize(Decimal("0.01")))
    return f"{words}，{'增加' if percent > 0 else '减少'}{rounded}%"


def _shown(figure: Figure) -> str:
    value = figure.raw if figure.approximate else show(figure.value)
    unit = "" if figure.unit == "%" and value.endswith(("%", "％")) else figure.unit
    return value + unit
