"""This year beside the years before: what each year's check counted, in words for every format.

历年：今年和往年各核出多少，纲要各节怎样，各种格式一样。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.model.assessment import Assessment
from engine.model.earlier import RulesOfYear, YearCounts, YearEntry
from engine.model.outcome import OUTCOME_TITLES, Outcome
from reporter.visible import visible

TITLE: Final = "历年"
SECTIONS: Final = "历年，纲要各节"
IN_A_CELL: Final = "每格是“没有做到的项数/已能判断的项数”，没有能判断的写“—”"

_COUNTED: Final = (
    Outcome.MET,
    Outcome.GAP,
    Outcome.BORDERLINE,
    Outcome.NOT_EVIDENCED,
    Outcome.UNKNOWN,
)
_SHORT: Final = (Outcome.GAP, Outcome.BORDERLINE, Outcome.NOT_EVIDENCED, Outcome.FAILED)

COLUMNS: Final = ("年度", "检查日", "规则集", "须处理", *(OUTCOME_TITLES[o] for o in _COUNTED))


def rows(assessment: Assessment) -> list[list[str]]:
    """A row a year under `COLUMNS`, this year's last; none where no earlier year is known."""
    return [
        [
            f"{one.year}年",
            str(one.as_of),
            visible(one.ruleset.version),
            str(sum(one.summary.findings.values())),
            *(str(one.summary.outcomes.get(outcome, 0)) for outcome in _COUNTED),
        ]
        for one in _years(assessment)
    ]


def note(assessment: Assessment) -> str:
    """What keeps the years from being compared as they stand; "" where nothing does."""
    versions = {one.ruleset.version for one in _years(assessment)}
    return "各年用的规则集不同，要求有增减，项数的多少不能直接比" if len(versions) > 1 else ""


def section_columns(assessment: Assessment) -> list[str]:
    """The head of the table of sections."""
    return ["纲要各节", *(f"{one.year}年" for one in _years(assessment))]


def section_rows(assessment: Assessment) -> list[list[str]]:
    """A row a section of which some year has an outcome, a cell a year."""
    found = _years(assessment)
    return [
        [f"{name}{section.title}", *map(_cell, counts)]
        for name, section in assessment.outline.items()
        if any(counts := [one.summary.outline.get(name, {}) for one in found])
    ]


def lines(assessment: Assessment) -> Iterator[str]:
    """The years as lines of text, then the sections."""
    for row in rows(assessment):
        year, day, version, to_do, *counts = row
        named = " · ".join(
            f"{title} {number}" for title, number in zip(COLUMNS[4:], counts, strict=True)
        )
        yield f"{year}（检查日 {day}，规则集 {version}）：须处理 {to_do}；{named}"
    if note(assessment):
        yield f"注意：{note(assessment)}"
    years = section_columns(assessment)[1:]
    for name, *cells in section_rows(assessment):
        listed = "，".join(f"{year} {cell}" for year, cell in zip(years, cells, strict=True))
        yield f"{name}：{listed}"


def _years(assessment: Assessment) -> list[YearEntry]:
    """The years before and this one; none where there are none before."""
    a = assessment
    if not a.earlier:
        return []
    counted = YearCounts(a.summary.outcomes, a.summary.findings, a.summary.outline)
    rules = RulesOfYear(a.ruleset.version)
    return [*a.earlier, YearEntry(a.year, a.as_of, a.place, a.profile, rules, counted)]


def _cell(counts: Mapping[Outcome, int]) -> str:
    short = sum(counts.get(outcome, 0) for outcome in _SHORT)
    decided = short + counts.get(Outcome.MET, 0)
    return f"{short}/{decided}" if decided else "—"
