"""This year beside the years before, worked out by hand, in every format that shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from engine.model.assessment import Assessment
from engine.model.assessment_json import from_json, to_json
from engine.model.earlier import RulesOfYear, YearCounts, YearEntry
from engine.model.outcome import Outcome, Severity
from reporter import trend
from reporter.formats import FORMATS
from tests.reporter.golden import text_of
from tests.reporter.sample import sample

LAST = YearEntry(
    2023,
    dt.date(2024, 2, 1),
    "青岚县",
    "",
    RulesOfYear("2025.1"),
    YearCounts(
        {Outcome.MET: 7, Outcome.GAP: 3, Outcome.UNKNOWN: 5},
        {Severity.BLOCKING: 1, Severity.MINOR: 2},
        {"（一）": {Outcome.MET: 7, Outcome.GAP: 3}, "（二）": {Outcome.UNKNOWN: 5}},
    ),
)


def with_last() -> Assessment:
    return replace(sample(), earlier=(LAST,))


def test_the_years_stand_beside_each_other() -> None:
    """The sample: 2 gaps, one each of the rest; five findings, one of which is waived."""
    assert trend.rows(with_last()) == [
        ["2023年", "2024-02-01", "2025.1", "3", "7", "3", "0", "0", "5"],
        ["2024年", "2024-06-20", "2026.11", "5", "1", "2", "1", "1", "1"],
    ]
    assert trend.section_columns(with_last()) == ["纲要各节", "2023年", "2024年"]
    assert trend.section_rows(with_last()) == [
        ["（一）依法决策", "3/10", "2/3"],
        ["（二）宣传", "—", "—"],
    ]
    assert trend.note(with_last()) == "各年用的规则集不同，要求有增减，项数的多少不能直接比"
    first, _, _, section, _ = trend.lines(with_last())
    assert first == (
        "2023年（检查日 2024-02-01，规则集 2025.1）：须处理 3；"
        "符合要求 7 · 不符合 3 · 存疑待核 0 · 佐证不足 0 · 信息不全 5"
    )
    assert section == "（一）依法决策：2023年 3/10，2024年 2/3"


def test_one_year_alone_is_no_trend() -> None:
    assert trend.rows(sample()) == []
    assert trend.note(sample()) == ""
    same = replace(LAST, ruleset=RulesOfYear("2026.11"))
    assert trend.note(replace(sample(), earlier=(same,))) == ""


def test_every_format_but_oscal_shows_it() -> None:
    """Broken by a format that leaves the years out, or shows them where there are none before."""
    for form in ("terminal", "markdown", "html", "docx", "xlsx"):
        found = text_of(FORMATS[form].render(with_last()), form)
        assert trend.TITLE in found, form
        assert "2023年" in found, form
        alone = text_of(FORMATS[form].render(sample()), form)
        assert trend.TITLE not in alone, form


def test_the_years_survive_json() -> None:
    assert from_json(to_json(with_last())).earlier == (LAST,)
