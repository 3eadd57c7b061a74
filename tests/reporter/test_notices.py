"""What has to be known first stands at the head of every format."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from engine.model.assessment import Assessment, PeriodEntry, StaleEntry, Staleness
from engine.model.assessment_json import from_json, to_json
from reporter.formats import FORMATS
from reporter.overview import Overview
from tests.reporter.golden import text_of
from tests.reporter.sample import sample

PERIOD = (
    "《某某纲要》的规划期到2025-12-31为止，规则里还没有接续的文件",
    "以下仍按期满的各节列示；只靠期满文件的2条要求降为提示：合法性审查前置、公开征求意见期限",
)
STALE = (
    "须处理和判断不了的，依据的文件已被取代的2项、没有读到原文的4项、过了核对期的1项："
    "《乙法》、《甲法》、《丙法》"
)


def assessment() -> Assessment:
    """Of the sample's six findings dec-0 and dec-1 have two each, dec-2 and dec-3 one each."""
    replaced, unread, overdue = Staleness
    texts = (
        StaleEntry("甲法", (replaced, unread), ("dec-0",)),
        StaleEntry("乙法", (unread,), ("dec-0", "dec-1")),
        StaleEntry("丙法", (overdue,), ("dec-3",)),
    )
    period = PeriodEntry("某某纲要", dt.date(2025, 12, 31), ("dec-0", "dec-1"))
    return replace(sample(), period=period, stale=texts)


def test_they_are_said_in_words() -> None:
    """Fails if a finding were counted once for each of its texts."""
    assert Overview(assessment()).notices == (*PERIOD, STALE)
    assert Overview(sample()).notices == ()
    long = PeriodEntry("某某纲要", dt.date(2025, 12, 31), ("dec-0",) * 6)
    said = Overview(replace(assessment(), period=long)).notices[1]
    five = "、".join(["合法性审查前置"] * 5)
    assert said == f"以下仍按期满的各节列示；只靠期满文件的6条要求降为提示：{five}等"
    none = PeriodEntry("某某纲要", dt.date(2025, 12, 31), ())
    assert Overview(replace(assessment(), period=none)).notices[1] == ("以下仍按期满的各节列示")


def test_what_rests_on_an_earlier_text_is_counted_by_it() -> None:
    """Fails if a finding of before a law counted for the law of now, or for no text at all."""
    first, *others = sample().findings
    _, unread, _ = Staleness
    texts = (
        StaleEntry("旧法", (unread,), (), {first.requirement: (1,)}),
        StaleEntry("新法", (unread,), (first.requirement,)),
    )
    outcomes = (replace(first, text=1), *others)
    told = Overview(replace(sample(), outcomes=outcomes, stale=texts[:1])).notices
    assert told == ("须处理和判断不了的，依据的文件没有读到原文的1项：《旧法》",)
    beside = [one for one in others if one.requirement == first.requirement]
    told = Overview(replace(sample(), outcomes=outcomes, stale=texts[1:])).notices
    assert told == (f"须处理和判断不了的，依据的文件没有读到原文的{len(beside)}项：《新法》",)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"json"}))
def test_every_format_says_them_before_the_findings(form: str) -> None:
    said = text_of(FORMATS[form].render(assessment()), form)
    said = re.sub(r"\\(?=\W)", "", re.sub(r"\n\s+", "", said))
    for notice in (*PERIOD, STALE):
        assert notice in said
        if form not in ("xlsx", "oscal", "blanks"):  # a table has its head on a sheet of its own
            assert said.index(notice) < said.index("没有做到")


def test_they_are_kept_with_the_assessment() -> None:
    kept = from_json(to_json(assessment()))
    assert (kept.period, kept.stale) == (assessment().period, assessment().stale)
