"""是否公布 is answered by 已公布 and 未公布; 未评估 answers nothing but 是否评估."""

from __future__ import annotations

import pytest

from engine.model.field import FieldType
from engine.model.values import ABSENT, Cause, Unknown
from facts.records.load import load_schema
from facts.writing.cells import CellReader
from facts.writing.questions import own_answers


def state(title: str, text: str, kind: str = "bool", *synonyms: str) -> object:
    spec = FieldType.model_validate({"type": kind, "title": title, "synonyms": synonyms})
    return CellReader(spec).read(text).state


@pytest.mark.parametrize(
    ("title", "text", "answer"),
    [
        ("是否公布", "已公布", True),
        ("事项是否公布", "未公布", False),
        ("是否举行听证会", "未举行", False),
        ("是否举行听证会", "未举行听证会", False),
        ("是否举行听证会", "尚未举行", False),
        ("是否举行听证会", "已举行", True),
        ("是否已回避", "未回避", False),
        ("是否明确牵头单位", "没有明确", False),
        ("部门意见是否未协商一致", "未协商一致", True),
        ("部门意见是否未协商一致", "已协商一致", False),
        ("首长决定与多数意见是否不一致", "一致", False),
        ("首长决定与多数意见是否不一致", "不一致", True),
        ("是否变更或停止执行", "未变更或停止执行", False),
    ],
)
def test_a_column_is_answered_in_its_own_words(title: str, text: str, *, answer: bool) -> None:
    assert state(title, text) is answer


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("是否可能造成不利影响", "未进行"),
        ("是否举行听证会", "已推迟"),
        ("是否举行听证会", "已发公告"),
        ("是否公开举行", "未举行"),
        ("是否全部采纳", "未采纳"),
        ("是否变更或停止执行", "未变更"),
        ("专业性技术性是否较强", "未论证"),
    ],
)
def test_the_answer_to_another_question_is_none(title: str, text: str) -> None:
    """Fails if half of a question, or another one, decides this one."""
    assert state(title, text) == Unknown(Cause.UNREADABLE)


def test_a_synonym_asks_the_same_question() -> None:
    assert state("审核意见是否全部采纳", "已采纳", "bool", "是否采纳") is True


def test_an_object_is_there_if_what_it_names_was_done() -> None:
    assert state("风险评估", "未评估", "object") is ABSENT
    assert state("公开征求意见", "未征求意见", "object") is ABSENT
    assert state("专家论证", "已论证", "object") is True
    assert state("专家论证", "未开展", "object") is ABSENT
    assert state("专家论证", "未评估", "object") == Unknown(Cause.NEEDS_PERSON)


def test_other_fields_ask_nothing() -> None:
    assert own_answers(FieldType.model_validate({"type": "string", "title": "是否公布"})) == {}


def test_no_answer_of_a_shipped_field_is_a_word_that_leaves_it_open() -> None:
    """Fails if a title's own words make 未定, 未核实, 已推迟 or 待定 a yes or a no."""
    open_words = {"未定", "未核实", "未研判", "未判断", "未确定", "已推迟", "已取消", "已发公告"}
    for record_type in load_schema().types.values():
        for path, spec in record_type.fields.items():
            assert not open_words & set(own_answers(spec)), (record_type.type, path)
