"""Records above the header are named; titles, groups and column numbers are no records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.facts.conftest import Office

HEAD = ("编号", "事项", "承办单位", "人数", "讨论日期")
ONE, TWO, THREE = (
    (f"决{at}", f"停车{at}", "县住建局", at, dt.date(2024, 3, at)) for at in range(1, 4)
)
SAID = "在表头的上面，像是一条记录，没有读取"


def read(office: Office, rows: Sequence[Sequence[object]]) -> tuple[list[str], list[str]]:
    """The keys of the records, and the cells that are said to be above the header."""
    office.xlsx(决策台账=rows)
    facts = office.read()
    said = [one for one in facts.problems if one.expected == SAID]
    assert all(one.lost_row and one.type == "matter" for one in said)
    return [record.key for record in facts.records["matter"]], [one.cell for one in said]


@pytest.mark.parametrize(
    ("rows", "keys", "named"),
    [
        ([HEAD, ONE, TWO, THREE], ["决1", "决2", "决3"], []),
        ([ONE, HEAD, TWO, THREE], ["决2", "决3"], ["A1"]),
        ([("决策台账",), TWO, THREE, HEAD, ONE], ["决1"], ["A2", "A3"]),
        ([ONE, TWO, THREE, HEAD], [], ["A1", "A2", "A3"]),
        ([("决1", "停车1", "县住建局"), HEAD, TWO], ["决2"], ["A1"]),  # nothing but texts
        ([(*ONE[:4], None), HEAD, TWO], ["决2"], ["A1"]),
    ],
)
def test_a_record_above_the_header(
    office: Office, rows: list[Sequence[object]], keys: list[str], named: list[str]
) -> None:
    """Broken by silence: what stands above a header was taken for its titles."""
    assert read(office, rows) == (keys, named)


@pytest.mark.parametrize(
    "above",
    [
        ("2024年决策台账", None, None, None, None),
        ("填报单位：县司法局", None, "2024年", None, "第1页"),
        ("no", "title1", "unit", "people", "talk_on"),
        (1, 2, 3, 4, 5),
        (None, "1", "2", "3", "4"),
        ("基本情况", None, None, "集体讨论", None),
    ],
)
def test_what_else_stands_there(office: Office, above: Sequence[object]) -> None:
    assert read(office, [above, HEAD, ONE, TWO]) == (["决1", "决2"], [])


def test_a_ledger_with_a_record_above_its_header_is_not_closed(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [决策]\n")
    office.xlsx(决策台账=[ONE, HEAD, TWO])
    assert "matter" not in office.read().closed


def test_the_line_of_a_csv_file(office: Office) -> None:
    office.write("决策台账.csv", "决1,停车1,住建局\n编号,事项,承办单位\n决2,停车2,住建局\n")
    assert [one.line for one in office.read().problems if one.expected == SAID] == [1]
