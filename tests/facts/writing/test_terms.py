"""Two days, or a length of time, in one cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.model.errors import InvalidRulesetError
from engine.model.values import NO_COLUMN, Cause, State, Unknown
from facts.records.load import load_schema, read_type
from facts.writing.terms import TermText, after, term_in
from tests.facts.conftest import Office, errors

D = dt.date
START, END = D(2022, 5, 10), D(2027, 5, 9)
BOTH = {
    "2022-05-10至2027-05-09", "2022.5.10-2027.5.9", "2022年5月10日至2027年5月9日",
    "自2022年5月10日起至2027年5月9日止", "2022/5/10—2027/5/9", "20220510-20270509",
    "2022-05-10 ~ 2027-05-09", "五年（2022.5.10-2027.5.9）",
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, load_schema())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("五年", TermText(months=60)),
        ("5年", TermText(months=60)),
        ("有效期5年", TermText(months=60)),
        ("期限：三年", TermText(months=36)),
        ("60个月", TermText(months=60)),
        ("十二个月", TermText(months=12)),
        ("长期有效", TermText(endless=True)),
        ("永久", TermText(endless=True)),
        ("2022-05-10起五年", TermText("2022-05-10", months=60)),
        ("自2022年5月10日起", TermText("2022年5月10日")),
        ("至2027年5月9日", TermText(last="2027年5月9日")),
        ("截至2027年5月9日止", TermText(last="2027年5月9日")),
        ("2027年5月9日到期", TermText(last="2027年5月9日")),
        ("2027年5月9日", None),
        ("3-5年", None),
        ("即日起", None),
        ("至完成时止", None),
        ("", None),
    ],
)
def test_what_a_text_says_of_a_term(text: str, said: TermText | None) -> None:
    assert term_in(text) == said


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (START, 60, END),
        (D(2024, 2, 29), 12, D(2025, 2, 27)),
        (D(2024, 1, 1), 12, D(2024, 12, 31)),
        (D(2023, 12, 15), 1, D(2024, 1, 14)),
    ],
)
def test_a_term_ends_on_the_day_before(start: dt.date, months: int, last: dt.date) -> None:
    assert after(start, months) == last


def test_a_term_in_one_cell_of_a_roster_and_of_a_ledger(office: Office) -> None:
    """Fails if a way of writing a term gives one end alone, or if 长期 is an error or a day."""
    ways: dict[str, tuple[State, State]] = dict.fromkeys(BOTH, (START, END))
    ways |= {
        "五年": (START, END),
        "2022-05-10起五年": (START, END),
        "至2027年5月9日": (Unknown(Cause.BLANK), END),
        "2027-05-09": (Unknown(Cause.BLANK), END),
        "长期": (Unknown(Cause.BLANK), Unknown(Cause.CLAIMED_NOT_APPLICABLE)),
    }
    header = ["证号", "人员编号", "证载单位", "发证日期", "有效期"]
    rows = [[f"甲{n}", f"R{n}", "县水利局", "2022-05-10", way] for n, way in enumerate(ways)]
    office.xlsx("执法证件.xlsx", 执法证件=[header, *rows])
    names = [[f"王{n}某", "县水利局", f"乙{n}", "2022-05-10", way] for n, way in enumerate(ways)]
    header = ["姓名", "单位", "执法证号", "发证日期", "证件有效期"]
    office.xlsx("执法人员名单.xlsx", 执法人员名单=[header, *names])
    facts = office.read()
    assert errors(facts) == []
    found = {r.key: (r.scalar("valid_from"), r.scalar("valid_to"))
             for r in facts.records["certificate"]}  # fmt: skip
    assert found == {
        f"{letter}{n}": ends for letter in "甲乙" for n, ends in enumerate(ways.values())
    }


def test_a_length_without_a_day_to_count_from_tells_nothing(office: Office) -> None:
    """Fails if five years from nowhere are a day; the cell is named all the same."""
    header = ["证号", "人员编号", "发证日期", "有效期"]
    office.xlsx("执法证件.xlsx", 执法证件=[header, ["甲1", "R1", None, "五年"]])
    certificate = office.one("certificate")
    assert certificate.scalar("valid_to") == Unknown(Cause.BLANK)
    assert certificate.source_of("valid_to").place() == "执法证件.xlsx〔执法证件〕D2"


@pytest.mark.parametrize(
    "below", [("起", "止"), ("自", "至"), ("开始日期", "结束日期"), ("起始时间", "截止时间")]
)
def test_a_header_over_both_ends_of_a_term(office: Office, below: tuple[str, str]) -> None:
    """Fails if the first day under 有效期 is read as the last, and the second row is lost."""
    upper = ["证号", "人员编号", "证载单位", "有效期限", None]
    rows = [
        upper,
        [None, None, None, *below],
        ["甲1", "R1", "县水利局", "2022-05-10", "2027-05-09"],
    ]
    office.xlsx("执法证件.xlsx", {"执法证件": ["D1:E1"]}, 执法证件=rows)
    certificate = office.one("certificate")
    assert (certificate.scalar("valid_from"), certificate.scalar("valid_to")) == (START, END)


def test_columns_of_their_own_come_before_a_term(office: Office) -> None:
    header = ["证号", "人员编号", "有效期起", "有效期止", "有效期限"]
    office.xlsx(
        "执法证件.xlsx", 执法证件=[header, ["甲1", "R1", "2022-05-10", "2025-05-09", "五年"]]
    )
    certificate = office.one("certificate")
    assert certificate.scalar("valid_to") == D(2025, 5, 9)
    assert certificate.scalar("issued_on") == NO_COLUMN


def test_a_term_is_of_days_that_are_there() -> None:
    text = (
        "type: t\ntitle: 表\nkey: [no]\nfields:\n  no: {type: string, title: 号}\n"
        "  on: {type: date, time: event, title: 日}\n"
        "terms:\n  - {column: [期], first: on, last: no, start: on}\n"
    )
    with pytest.raises(InvalidRulesetError, match="terms 须指向本记录的 date 字段，不是“no”"):
        read_type("facts/records/t.yaml", text)
