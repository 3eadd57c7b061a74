"""The numbers of a report that ledgers can recount: one claim for each thing counted.

Which these are stands in `records/report_claim.yaml`: the values of its `indicator`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from engine.model.record_type import RecordType
from engine.model.regex import regex
from facts.report import Figure, FigureKind, Report
from facts.report.catalogue import by_slug
from facts.report.duplicates import comes_on_top
from facts.report.identity import is_another

TYPE: Final = "report_claim"
_WHOLE: Final = regex("全年度?|本?年度?|今年(?:以来)?|年初以来|当年|一年来")
_PART: Final = regex("其中[^。;；]{0,40}$")
_ENFORCEMENT: Final = ("training_sessions", "training_people", "training_hours")
"""Training is of anyone; the ledgers hold that of those who enforce the law."""

_SUBJECT: Final = (
    r"(?:^|[,，。;；:：、])(?:其中[,，:：]?)?(?:全年|[邻相毗附]近?[近邻接]的)?"
    r"(?:[全我本][省市县区旗州]|(?P<place>[\u4e00-\u9fff]{2,3}[市县区旗州]))"
    r"(?:人民政府|政府|[\u4e00-\u9fff]{1,8}?局)?"
    r"(?:全年|共计?|累计|新|已|依法|办结|办理|受理|完成|%s)"
)
"""Who did what: 江北区司法局制发, 我市共."""
_AVERAGE: Final = regex("(?:人均|平均|每[人期次])[^，。；,;]{0,8}$")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a report says there were of one thing, in one unit.

    `figures` holds several where it gives different numbers: some may be parts of another, so
    what is claimed lies between the largest of them and all together; `added` are those that the
    text adds up itself (另举办2期), so that all together are claimed.
    """

    counted: str
    figures: tuple[Figure, ...]
    whole_year: bool
    added: bool = False

    @property
    def total(self) -> Figure:
        """One figure of all together, open above where one of them is."""
        lows = [figure.min or Decimal(0) for figure in self.figures]
        highs = [figure.max for figure in self.figures if figure.max is not None]
        return replace(
            self.figures[0],
            value=sum((figure.value for figure in self.figures), Decimal(0)),
            min=sum(lows, Decimal(0)),
            max=sum(highs, Decimal(0)) if len(highs) == len(self.figures) else None,
            approximate=any(figure.approximate for figure in self.figures),
        )


def claims_of(report: Report, record_type: RecordType, year: int) -> Iterator[Claim]:
    """The claims of a report, in the order of the things counted."""
    for counted, slugs in record_type.fields["indicator"].values.items():
        by_unit: dict[str, list[Figure]] = {}
        for slug in slugs:
            for figure in report.by_indicator(slug):
                if _countable(figure, report):
                    by_unit.setdefault(figure.unit, []).append(figure)
        for figures in by_unit.values():
            yield _claim(counted, figures, year)


def _countable(figure: Figure, report: Report) -> bool:
    before = _before(figure)
    if figure.kind is not FigureKind.RESULT or _AVERAGE.search(before):
        return False
    if _of_another_place(figure, report):
        return False
    if figure.indicator not in _ENFORCEMENT:
        return True
    return "执法" in figure.sentence.text or "执法" in _headings(figure, report)


def _of_another_place(figure: Figure, report: Report) -> bool:
    """Whether the one who did it is another county, or one of a city that reports."""
    acts = by_slug()[figure.indicator or ""].acts
    subject = regex(_SUBJECT % "|".join(map(re.escape, acts)))
    named = [found["place"] for found in subject.finditer(_before(figure))]
    place = named[-1] if named else None
    return place is not None and report.place is not None and is_another(place, report.place)


def _headings(figure: Figure, report: Report) -> str:
    """The headings above a figure, from the nearest one up."""
    titles, at = "", figure.section
    while at is not None:
        titles += report.sections[at].title
        at = report.sections[at].parent
    return titles


def _claim(counted: str, figures: Sequence[Figure], year: int) -> Claim:
    whole = [figure for figure in figures if _of_whole_year(figure, year)]
    chosen = whole or figures
    # of 审核9件, 其中政府文件6件 the first is meant; a lone 其中规范性文件9件 says what there was
    totals = [figure for figure in chosen if not _PART.search(_before(figure))] or chosen
    if len(totals) > 1 and all(comes_on_top(_before(figure)) for figure in totals[1:]):
        return Claim(counted, tuple(totals), bool(whole), added=True)
    distinct = {(figure.value, figure.approximate): figure for figure in reversed(totals)}
    return Claim(counted, tuple(reversed(distinct.values())), bool(whole))


def _of_whole_year(figure: Figure, year: int) -> bool:
    """上半年, 一季度 and 截至10月31日 are not; a year that is named must be the report's."""
    scope = (figure.time_scope or "").removeprefix(str(year))
    return not scope or _WHOLE.fullmatch(scope) is not None


def _before(figure: Figure) -> str:
    return figure.sentence.text[: figure.start - figure.sentence.start]
