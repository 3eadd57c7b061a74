"""What the office says of a whole ledger: it fills blanks, says who stands for it, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.facts import Question
from engine.model.values import Cause, Source, Unknown
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors

DOCS = [
    ["文号", "文件名称", "印发日期", "是否规范性文件"],
    ["青政〔2024〕1号", "停车办法", "2024-03-01", None],
    ["青政〔2024〕2号", "人事通知", "2024-04-01", "否"],
    ["青政〔2024〕3号", "供水办法", "2024-05-01", "拿不准"],
]
CONFIRMED = "confirmed: {by: 丁一, on: 2025-03-01}\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, load_schema())
    office.xlsx("规范性文件台账.xlsx", 规范性文件台账=DOCS)
    return office


@pytest.mark.parametrize(
    "place", ["规范性文件台账.xlsx", "规范性文件台账.xlsx〔规范性文件台账〕", "行政规范性文件"]
)
def test_a_default_fills_the_blanks_alone_and_says_who_stands_for_it(
    office: Office, place: str
) -> None:
    """Broken by a default that overrides a row, fills what can't be read, or has no source."""
    office.write("fazhi.yaml", f"defaults: {{{place}: {{是否规范性文件: 是}}}}\n{CONFIRMED}")
    facts = office.read()
    assert errors(facts) == []
    first, second, third = facts.records["normative_doc"]
    assert [first.values["is_normative"], second.values["is_normative"]] == [True, False]
    assert third.values["is_normative"] == Unknown(Cause.NEEDS_PERSON)
    assert first.source_of("is_normative") == Source(
        "fazhi.yaml", cell="defaults", text="是（整本默认，丁一 2025-03-01 确认）"
    )
    notes = [note for item in facts.inputs for note in item.notes]
    assert notes == [
        "设置由丁一确认，2025-03-01",
        (
            "工作表“规范性文件台账”：1行没有写“是否规范性文件”，"
            "按设置算作是（整本默认，丁一 2025-03-01 确认）"
        ),
    ]


def test_a_default_stands_in_the_book_of_a_clerk(office: Office) -> None:
    """Broken by a row of 设置.xlsx that isn't read back, or whose cell isn't named."""
    office.xlsx(
        "设置.xlsx",
        设置=[
            ["项目", "内容"],
            ["整本默认", "规范性文件台账.xlsx：制定机关=青溪县人民政府\n规范性文件台账.xlsx=是"],
            ["确认人", "丁一"],
            ["确认日期", "2025-03-01"],
        ],
    )
    facts = office.read()
    record = facts.records["normative_doc"][0]
    assert record.values["issuer"] == "青溪县人民政府"
    assert record.source_of("issuer") == Source(
        "设置.xlsx", "设置", "B2", text="青溪县人民政府（整本默认，丁一 2025-03-01 确认）"
    )
    assert [said for said in errors(facts) if said.startswith("设置")] == [
        "设置.xlsx〔设置〕B2：“规范性文件台账.xlsx”，这一行没有写成“文件名：栏目=内容”，没有读取"
    ]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        # nobody stands for it
        ("defaults: {规范性文件台账.xlsx: {制定机关: 县政府}}", "没有写明谁在哪一天确认的"),
        (
            "defaults: {规范性文件台账.xlsx: {制定机关: 县政府}}\nconfirmed: {}",
            "没有写明谁在哪一天确认的",
        ),
        (
            "defaults: {行政规范性文件: {制定机关: 县}}\nconfirmed: {by: 同意, on: 2025-03-01}",
            "应写确认人的姓名",
        ),
        (
            "defaults: {规范性文件台账.xlsx: {制定机关: 县政府}}\nconfirmed: {by: 丁一, on: 前天}",
            "应为日期",
        ),
        ("defaults: {规范性文件台账.xlsx: {制定机关: 县政府}}\nconfirmed: 丁一", "confirmed: {by"),
        # what every row has for itself
        (
            "defaults: {规范性文件台账.xlsx: {公布日期: 2024-03-01}}\n" + CONFIRMED,
            "这一项不能整本写，要逐行填",
        ),
        (
            "defaults: {规范性文件台账.xlsx: {合法性审核意见书: 青审〔2024〕1号}}\n" + CONFIRMED,
            "这一项不能整本写，要逐行填",
        ),
        # what is no value of the field
        (
            "defaults: {规范性文件台账.xlsx: {是否规范性文件: 多数是}}\n" + CONFIRMED,
            "设置里的整本默认没有作数",
        ),
        ("defaults: {规范性文件台账.xlsx: 是}\n" + CONFIRMED, "应写成 文件名: {栏目: 内容}"),
        ("defaults: 是\n" + CONFIRMED, "应写成 defaults"),
        ("defaults: {甲.xlsx: {制定机关: 县政府}}\n" + CONFIRMED, "文件夹里没有这张表"),
    ],
)
def test_a_default_that_may_not_count_doesn_t(office: Office, settings: str, said: str) -> None:
    """Broken by a step of the procedure that one line ticks off for a whole ledger."""
    office.write("fazhi.yaml", settings)
    facts = office.read()
    assert any(said in text for text in errors(facts)), errors(facts)
    for record in facts.records["normative_doc"]:
        for path in ("issuer", "publication.published_on", "legality_review.opinion_doc"):
            assert isinstance(record.scalar(path), Unknown)


def test_what_a_whole_ledger_leaves_out_is_asked_once(office: Office) -> None:
    """Broken by a question for every row, or for what a row has said."""
    facts = office.read()
    asked = [question for item in facts.inputs for question in item.questions]
    where = "规范性文件台账.xlsx〔规范性文件台账〕"
    why = "3行都没有写；整本一样的，说一次就行"
    assert asked == [Question("整本默认", f"{where}：制定机关", (), why)]
    office.write("fazhi.yaml", f"defaults: {{行政规范性文件: {{制定机关: 县政府}}}}\n{CONFIRMED}")
    assert [question for item in office.read().inputs for question in item.questions] == []
