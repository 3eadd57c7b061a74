"""A ledger is complete if it is declared so, was read, lost nothing, and nothing contradicts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.values import Elements
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors, notes

VOID = (
    "fazhi.yaml：“{}”，声明录全了，文件夹里却没有读到这种台账，声明不作数，其中有没有都是不明"
    "（真没有的，放一张只有表头的空表；放漏了的，把文件放进来）"
)


@pytest.fixture
def real(tmp_path: Path) -> Office:
    """An empty folder read with the record types that ship."""
    return Office(tmp_path, load_schema())


def test_what_was_not_read_is_not_complete(office: Office) -> None:
    """Fails if a declaration closes a ledger that is not in the folder."""
    office.write("fazhi.yaml", "closed: [决策台账, 单位]\n")
    office.xlsx(决策台账=[["编号", "承办单位"], ["1", "城管局"]])
    facts = office.read()
    assert facts.closed == {"matter"}
    assert [note.text() for note in notes(facts)] == [VOID.format("执法单位")]
    (matter,) = facts.records["matter"]
    assert matter.elements("owners") == Elements((), closed=False)


def test_a_sheet_of_headers_alone_is_a_ledger_that_holds_nothing(office: Office) -> None:
    """Lawful: there is none, and that is said by an empty sheet."""
    office.write("fazhi.yaml", "closed: [决策台账, 单位]\n")
    office.xlsx(决策台账=[["编号", "承办单位"], ["1", "城管局"]], 单位=[["单位名称", "执法人员数"]])
    facts = office.read()
    assert (facts.closed, notes(facts)) == ({"matter", "agency"}, [])
    (matter,) = facts.records["matter"]
    assert matter.elements("owners") == Elements((), closed=True)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 damaged", b"not a workbook at all"])
def test_a_file_that_can_not_be_read_is_never_an_empty_ledger(
    office: Office, content: bytes
) -> None:
    office.write("fazhi.yaml", "closed: [决策台账, 单位]\n")
    office.write("单位.xlsx", content)
    office.xlsx(决策台账=[["编号", "承办单位"], ["1", "城管局"]])
    assert office.read().closed == {"matter"}


def test_an_empty_csv_is_never_an_empty_ledger(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [单位]\n")
    office.write("单位.csv", "")
    assert office.read().closed == frozenset()


def test_a_list_in_a_column_of_its_parents_is_read_there(office: Office) -> None:
    """Lawful: the experts stand in a column of the decisions; an empty cell names none."""
    office.write("fazhi.yaml", "closed: [决策台账, 专家]\n")
    office.xlsx(决策台账=[["编号", "专家名单"], ["1", "张三、李四"], ["2", None]])
    facts = office.read()
    assert facts.closed == {"matter", "expert"}
    assert [r.elements("experts").closed for r in facts.records["matter"]] == [True, True]


def test_a_hearing_that_was_held_is_in_the_ledger_of_hearings(real: Office) -> None:
    """Fails if an empty complete ledger proves that there was no hearing though one was held."""
    real.write("fazhi.yaml", "closed: [重大行政决策台账, 听证会]\n")
    real.xlsx(
        重大行政决策台账=[["决策编号", "决策事项", "是否举行听证会"], ["决1", "停车", "是"]],
        听证会=[["决策编号", "听证编号", "听证日期"]],
    )
    facts = real.read()
    assert facts.closed == {"decision"}
    assert errors(facts) == [
        (
            "台账.xlsx〔重大行政决策台账〕A2：“决1”，“是否举行听证会”为“是”，"
            "声明录全的“决策听证会”却一行也没有，对不上，录全的声明不作数"
        )
    ]


def test_a_hearing_of_another_decision_proves_nothing_of_this_one(real: Office) -> None:
    real.write("fazhi.yaml", "closed: [重大行政决策台账, 听证会]\n")
    real.xlsx(
        重大行政决策台账=[["决策编号", "决策事项", "是否举行听证会"], ["决1", "停车", "是"],
                  ["决2", "供水", "是"]],
        听证会=[["决策编号", "听证编号", "听证日期"], ["决2", "听1", "2024-05-06"]],
    )  # fmt: skip
    facts = real.read()
    first, second = facts.records["decision"]
    assert (first.elements("hearings").closed, second.elements("hearings").closed) == (False, True)
    assert errors(facts) == [
        (
            "台账.xlsx〔重大行政决策台账〕A2：“决1”，“是否举行听证会”为“是”，"
            "“听证会”里却没有它的，对不上，请核对"
        )
    ]


def test_a_certificate_held_back_is_in_the_ledger_of_those(real: Office) -> None:
    real.write("fazhi.yaml", "closed: [执法证件, 暂扣]\n")
    real.xlsx(
        执法证件=[["证号", "证件状态"], ["豫K1", "暂扣"], ["豫K2", "有效"]],
        暂扣=[["证号", "暂扣日期", "暂扣期限（日）"]],
    )
    facts = real.read()
    assert facts.closed == {"certificate"}
    first = facts.records["certificate"][0]
    assert first.elements("suspensions").closed is False
    assert len(errors(facts)) == 1


def test_what_a_report_counts_is_in_its_ledger(real: Office) -> None:
    real.write("fazhi.yaml", "place: 甲县\nclosed: [规范性文件台账]\n")
    text = "甲县2024年法治政府建设情况报告\n一、主要做法\n全年制发行政规范性文件5件。\n"
    real.write("甲县2024年法治政府建设报告.txt", text)
    real.xlsx(规范性文件台账=[["文号", "文件名称", "印发日期"]])
    facts = real.read()
    assert facts.closed == frozenset()
    assert [text for text in errors(facts) if "录全的声明不作数" in text] != []


def test_a_ledger_that_was_declared_and_read_is_complete_beside_its_proofs(real: Office) -> None:
    """Lawful: the hearing that was held stands in the ledger of hearings."""
    real.write("fazhi.yaml", "closed: [重大行政决策台账, 听证会]\n")
    real.xlsx(
        重大行政决策台账=[["决策编号", "决策事项", "是否举行听证会"], ["决1", "停车", "是"]],
        听证会=[["决策编号", "听证编号", "听证日期"], ["决1", "听1", "2024-05-06"]],
    )
    facts = real.read()
    assert (facts.closed, errors(facts)) == ({"decision", "hearing"}, [])
