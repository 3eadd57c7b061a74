"""What is advised of an outcome: only what may still be done, and first to find out what isn't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.model.assessment import EarlierText, OutcomeEntry
from engine.model.outcome import Outcome, Severity
from engine.model.shown import FactEntry
from engine.model.values import Cause
from reporter.titles import remedy_of
from tests.reporter.sample import entry, fact, requirement

DUTY = replace(
    requirement(0), remedy="送审后再上会。", redress="补审，写实际日期。", supplier="承办单位"
)
TITLE = "意见日期"


def of(outcome: Outcome, *missing: FactEntry, over: bool = False) -> OutcomeEntry:
    found = entry(0, outcome, Severity.MAJOR, "决1")
    return replace(found, missing=missing, evidence=(), over=over)


def advice(found: OutcomeEntry) -> str:
    return remedy_of(found, DUTY, who=False)


@pytest.mark.parametrize("outcome", [Outcome.GAP, Outcome.BORDERLINE])
def test_once_it_is_over_only_what_is_left_is_advised(outcome: Outcome) -> None:
    """Broken if 送审后再上会 is still advised of a meeting that was held."""
    assert advice(of(outcome)) == "送审后再上会。"
    assert advice(of(outcome, over=True)) == "补审，写实际日期。"


def test_what_is_left_falls_back_on_the_remedy() -> None:
    found = of(Outcome.GAP, over=True)
    assert remedy_of(found, replace(DUTY, redress=""), who=False) == "送审后再上会。"


def test_an_earlier_text_has_its_own() -> None:
    duty = replace(DUTY, earlier=(EarlierText((), "先报。", "补报。"),))
    assert remedy_of(replace(of(Outcome.GAP), text=1), duty) == "先报。（承办单位）"
    assert remedy_of(replace(of(Outcome.GAP, over=True), text=1), duty) == "补报。（承办单位）"


def test_what_is_pending_can_still_be_done_in_time() -> None:
    """The procedure being over by another of its days ends nothing that is pending."""
    assert advice(of(Outcome.PENDING, over=True)) == "送审后再上会。"
    blank = fact(TITLE, None, Cause.BLANK)
    planned = fact("讨论日期", None, Cause.PLANNED)
    said = "送审后再上会。已经办了的，补填“意见日期”。"
    assert advice(of(Outcome.PENDING, blank, planned)) == said


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (None, "核对“意见日期”写的“无”，有的填上"),
        (Cause.BLANK, "补填“意见日期”"),
        (Cause.NO_COLUMN, "台账加列“意见日期”并填写"),
        (Cause.UNREADABLE, "把“意见日期”改写清楚"),
        (Cause.INCOMPLETE, "把“意见日期”填完整"),
        (Cause.PLANNED, "等“意见日期”的那天过了"),
        (Cause.OPEN_LIST, "把“意见日期”补全，在设置的“录全的台账”里声明"),
        (Cause.CALENDAR, "补上“意见日期”缺的年份"),
        (Cause.PARAMETER, "在设置里写明省份；省里还没有定“意见日期”的，由人核"),
        (Cause.ELSEWHERE, "把附件里的“意见日期”填进台账"),
        (Cause.CLAIMED, "写明“意见日期”是什么"),
        (Cause.CLAIMED_NOT_APPLICABLE, "写明“意见日期”为什么不适用，由人认定"),
        (Cause.NEEDS_PERSON, "由人看过，在“人工认定”里写明"),
        (Cause.CONTRADICTED, "对照原件核清“意见日期”"),
    ],
)
def test_what_is_not_known_is_found_out_and_nothing_is_revoked(
    cause: Cause | None, said: str
) -> None:
    """Broken if the remedy of a gap is advised of what nobody knows yet."""
    for over in (False, True):
        found = of(Outcome.UNKNOWN, fact(TITLE, None, cause), over=over)
        assert advice(found) == f"{said}，再核一次"


def test_every_cause_has_its_own_words() -> None:
    for cause in (None, *Cause):
        assert advice(of(Outcome.UNKNOWN, fact(TITLE, None, cause))).endswith("，再核一次")


def test_facts_with_one_cause_stand_together_and_each_once() -> None:
    blanks = [fact(title, None, Cause.BLANK) for title in ("甲", "乙", "甲", "丙", "丁")]
    column = fact("戊", None, Cause.NO_COLUMN)
    found = of(Outcome.UNKNOWN, *blanks, column)
    assert advice(found) == "补填“甲”“乙”“丙”等4项，台账加列“戊”并填写，再核一次"


def test_without_any_record_its_ledger_is_wanted() -> None:
    assert advice(of(Outcome.UNKNOWN)) == "把“重大行政决策”的台账放进文件夹，再核一次"


def test_what_is_not_evidenced_is_filled_in_with_its_paper() -> None:
    found = of(Outcome.NOT_EVIDENCED, fact(TITLE, None, Cause.BLANK), over=True)
    assert advice(found) == "补填“意见日期”，附上材料；确实没有的写“无”，再核一次"


def test_an_empty_cell_that_is_read_as_none_is_filled_in_first() -> None:
    """Only where it decides, and where nobody wrote 无."""
    empty = replace(fact("延长依据", "空白，按“无”理解"), state="absent", decides=True)
    written = replace(fact("延长依据", "无"), state="absent", decides=True)
    found = of(Outcome.GAP)
    said = "“延长依据”空着，按没有核的，当时有的先补填。送审后再上会。"
    assert advice(replace(found, evidence=(empty,))) == said
    assert advice(replace(found, evidence=(replace(empty, decides=False),))) == "送审后再上会。"
    assert advice(replace(found, evidence=(written,))) == "送审后再上会。"


def test_facts_in_doubt_are_settled_before_anything_is_done() -> None:
    found = of(Outcome.BORDERLINE, over=True)
    said = "对照原件核清互相矛盾的几处，登记与原件不一样的照原件更正，再核一次"
    assert advice(replace(found, doubtful="contradiction")) == said
    said = "在设置的“列名对照”里写明这几列是哪一项，再核一次"
    assert advice(replace(found, doubtful="presumed")) == said


def test_what_the_engines_could_not_settle_is_for_a_person() -> None:
    assert advice(of(Outcome.FAILED)) == "由人对照台账核对这一项"


def test_nothing_is_advised_of_what_is_settled() -> None:
    assert advice(of(Outcome.MET)) == ""
    assert advice(of(Outcome.NOT_APPLICABLE)) == ""
