"""A ledger is complete if it is declared so, was read, lost nothing, and nothing contradicts it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from engine.model.values import Cause, Elements, Unknown
from facts.joining.ledgers import shown
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


CASE = [["案号", "办案机关", "适用程序"], ["罚1", "清溪县城管局", "普通程序"]]
ACT = [["执法编号", "案号", "执法人员编号"]]


def test_a_case_of_the_ordinary_procedure_shows_that_there_were_acts(real: Office) -> None:
    """Fails if an empty ledger of acts, or the persons named in it, stayed complete beside it."""
    real.write("fazhi.yaml", "closed: [执法活动, 执法活动人员, 行政处罚案件]\n")
    real.xlsx(行政处罚案件=CASE, 执法活动=ACT)
    facts = real.read()
    assert facts.closed == {"penalty_case"}
    assert errors(facts) == [
        (
            "台账.xlsx〔行政处罚案件〕A2：“罚1”，“适用程序”写“普通程序”，"
            "声明录全的“执法活动”却一行也没有，对不上，录全的声明不作数"
        )
    ]


def test_the_number_of_a_case_shows_that_there_is_one(real: Office) -> None:
    real.write("fazhi.yaml", "closed: [执法活动, 行政处罚案件]\n")
    real.xlsx(行政处罚案件=CASE[:1], 执法活动=[*ACT, ["执1", "罚1", "R01"], ["执2", None, "R01"]])
    facts = real.read()
    assert facts.closed == {"enforcement_action"}
    assert len(errors(facts)) == 1


@pytest.mark.parametrize(
    ("hearings", "held"),
    [
        ([], Unknown(Cause.UNREADABLE)),
        ([["决2", "听1", "2024-04-01"]], Unknown(Cause.UNREADABLE)),
        ([["决1", "听1", "2024-04-01"]], True),
    ],
)
def test_a_hearing_said_to_have_been_held_and_not_in_the_ledger(
    real: Office, hearings: list[list[object]], held: object
) -> None:
    """Fails if 是 counted against a complete ledger of hearings that has none of it."""
    real.write("fazhi.yaml", "closed: [重大行政决策台账, 听证会]\n")
    real.xlsx(
        重大行政决策台账=[["决策编号", "决策事项", "是否举行听证会"], ["决1", "停车", "是"],
                   ["决2", "公交", None]],
        听证会=[["决策编号", "听证编号", "听证会日期"], *hearings],
    )  # fmt: skip
    first = real.read().records["decision"][0]
    assert first.values["hearing_held"] == held
    assert len(errors(real.read())) == (held is not True)


def test_a_hearing_said_to_have_been_held_beside_an_open_ledger(real: Office) -> None:
    """Lawful: the ledger of hearings is not declared complete."""
    real.xlsx(
        重大行政决策台账=[["决策编号", "决策事项", "是否举行听证会"], ["决1", "停车", "是"]],
        听证会=[["决策编号", "听证编号", "听证会日期"]],
    )
    assert real.one("decision").values["hearing_held"] is True


def test_a_hearing_said_to_have_been_held_where_no_ledger_is_declared(real: Office) -> None:
    """Lawful: the office keeps no ledger of hearings."""
    real.xlsx(重大行政决策台账=[["决策编号", "决策事项", "是否举行听证会"], ["决1", "停车", "是"]])
    assert real.one("decision").values["hearing_held"] is True


@pytest.mark.parametrize("hidden", ["row", "sheet"])
def test_what_is_hidden_leaves_the_lists_in_it_open_too(real: Office, hidden: str) -> None:
    """Fails if the persons of an act that nobody sees were known not to have acted."""
    real.write("fazhi.yaml", "closed: [执法活动, 执法活动人员]\n")
    path = real.xlsx(执法活动=[*ACT, ["执1", "罚1", "R01"]])
    book = openpyxl.load_workbook(path)
    if hidden == "row":
        book["执法活动"].row_dimensions[2].hidden = True
    else:
        book.create_sheet("封面")
        book["执法活动"].sheet_state = "hidden"
    book.save(path)
    assert real.read().closed == frozenset()


@pytest.mark.parametrize(
    ("paper", "day"),
    [
        ("暂未形成", Unknown(Cause.UNREADABLE)),
        ("正在起草", Unknown(Cause.UNREADABLE)),
        ("无", Unknown(Cause.UNREADABLE)),
        ("否", Unknown(Cause.UNREADABLE)),
        ("清风评〔2024〕3号", dt.date(2024, 4, 10)),
        ("有", dt.date(2024, 4, 10)),
        (None, dt.date(2024, 4, 10)),
    ],
)
def test_a_day_whose_paper_is_denied_is_none(real: Office, paper: object, day: object) -> None:
    """Fails if the day of a report counted while the report is said not to be there yet.

    Lawful beside it: a number, 有, and a column left empty.
    """
    head = ["决策编号", "决策事项", "风险评估报告日期", "风险评估报告"]
    real.xlsx(重大行政决策台账=[head, ["决1", "停车", "2024-04-10", paper]])
    facts = real.read()
    assert facts.records["decision"][0].values["risk_assessment.reported_on"] == day
    denied = "“风险评估报告”写的是没有或者还没办成，“风险评估报告日期”却有日期，日期不作数，请核对"
    assert [e.endswith(denied) for e in errors(facts)] == (
        [True] if isinstance(day, Unknown) else []
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [(2, "“点的是什么”写“注销执法证件”、“报告所写的数”写2"), (0, ""), (Unknown(Cause.BLANK), "")],
)
def test_only_a_figure_of_some_shows_that_a_ledger_has_them(
    value: int | Unknown, said: str
) -> None:
    """Broken by a ledger that is never whole because the report says that there were none."""
    claim = load_schema().types["report_claim"]
    cells = {"indicator": "注销执法证件", "value": value}
    assert shown(claim, claim.links["certificates"], cells) == said
