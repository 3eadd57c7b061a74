"""What headers and empty cells of an old ledger say without being spelt out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from engine.model.values import Cause, Unknown
from facts.ledgers.headers import headings_of
from facts.records.load import load_schema, read_schema
from tests.facts.conftest import SMALL, Office, errors


@pytest.mark.parametrize(
    ("ledger", "header", "path"),
    [
        ("decision", "审查时间", "legality_review.opinion_on"),
        ("decision", "审查意见", "legality_review.conclusion"),
        ("decision", "合法性审核时间", "legality_review.opinion_on"),
        ("normative_doc", "审查时间", "legality_review.opinion_on"),
        ("normative_doc", "审查意见", "legality_review.conclusion"),
        ("normative_doc", "合法性审核时间", "legality_review.opinion_on"),
        ("penalty_case", "处罚决定时间", "decision_on"),
        ("penalty_case", "备案时间", "reported_on"),
        ("penalty_case", "行政处罚决定书文号", "case_no"),
        ("penalty_case", "行政相对人名称", "party"),
        ("penalty_case", "送达年月日", "served_on"),
        ("filing", "备案时间", "filed_on"),
        ("filing", "审查时间", "reviewed_on"),
        ("filing", "备案登记时间", "registered_on"),
        ("enforcement_decision", "行政处罚决定书文号", "decision_no"),
    ],
)
def test_a_header_means_what_its_ledger_means_by_it(ledger: str, header: str, path: str) -> None:
    """Broken by a day that is known as 日期 and not as 时间, or by another ledger's word."""
    found = headings_of(load_schema())[ledger].find(header)
    assert found is not None
    assert (found.target.path, found.target.list) == (path, "")


def test_a_filing_in_the_row_of_its_document_is_known_by_its_time() -> None:
    """Broken by a day of a list that is known as 日期 alone."""
    found = headings_of(load_schema())["normative_doc"].find("备案时间")
    assert found is not None
    assert (found.target.list, found.target.path) == ("filings", "filed_on")


@pytest.mark.parametrize(
    ("kinds", "fine"),
    [
        ("警告", Decimal(0)),
        ("警告、通报批评", Decimal(0)),
        ("警告、罚款", Unknown(Cause.BLANK)),
        ("其他", Unknown(Cause.BLANK)),  # may be a fine by another name
        ("警告等", Unknown(Cause.BLANK)),  # there are more
        ("警告、罚", Unknown(Cause.BLANK)),  # one isn't read
        (None, Unknown(Cause.BLANK)),
    ],
)
def test_a_warning_alone_has_no_fine(tmp_path: Path, kinds: str | None, fine: object) -> None:
    """Broken by an empty fine that is unknown beside a warning, or none beside a fine."""
    office = Office(tmp_path, load_schema())
    office.xlsx(行政处罚案件=[
        ["案号", "处罚种类", "罚款数额", "当事人类型", "处罚决定时间"],
        ["青罚〔2024〕1号", kinds, None, "法人及非法人组织", "2024-03-01"],
    ])  # fmt: skip
    (record,) = office.read().records["penalty_case"]
    assert record.values["fine"] == fine
    assert record.values["party_type"] == "法人"
    assert record.values["decision_on"] == dt.date(2024, 3, 1)


def test_a_fine_that_is_written_stands(tmp_path: Path) -> None:
    """Broken by a fine of 0 over what somebody wrote, or without a column for it."""
    office = Office(tmp_path, load_schema())
    office.xlsx(
        行政处罚案件=[["案号", "处罚种类", "罚款数额"], ["青罚〔2024〕1号", "警告", "待定"]]
    )
    (record,) = office.read().records["penalty_case"]
    assert record.values["fine"] == Unknown(Cause.BLANK)
    office.xlsx(行政处罚案件=[["案号", "处罚种类"], ["青罚〔2024〕1号", "警告"]])
    (record,) = office.read().records["penalty_case"]
    assert "fine" not in record.values
    assert errors(office.read()) == []


@pytest.mark.parametrize(
    ("declared", "match"),
    [
        ("empty: {says: '0', field: unti, without: [甲]}", "empty 须指向一个 set 字段"),
        ("shared: true", "shared 只用于"),
    ],
)
def test_what_a_record_type_may_not_declare(declared: str, match: str) -> None:
    """Broken by a day that is said of a whole ledger, or by an empty cell told by nothing."""
    text = SMALL["matter.yaml"].replace("amount: {", f"amount: {{{declared}, ")
    with pytest.raises(Exception, match=match):
        read_schema({**SMALL, "matter.yaml": text})
