"""A number that is missing from 序号 is noted; lists picked out of others are left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.model.facts import Level
from tests.facts.conftest import Office

BODY = ("停车", "规划", "公交", "水价", "垃圾", "绿化", "供热", "校车", "路灯", "市场")


def said(office: Office, numbers: Sequence[object]) -> list[tuple[str, str]]:
    rows = [[number, f"决{at}", f"{BODY[at % 10]}{at}"] for at, number in enumerate(numbers)]
    office.xlsx(决策台账=[["序号", "编号", "事项"], *rows])
    facts = office.read()
    assert len(facts.records["matter"]) == len(rows)
    return [
        (problem.cell, problem.expected[: problem.expected.index("：")])
        for problem in facts.problems
        if problem.level is Level.NOTE and "序号从" in problem.expected
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3, 4, 5], []),
        ([1, 2, 3, 4, 6, 7], [("A6", "序号从4跳到6，中间没有5")]),
        (["1", "2", "3", "4", "5", "7"], [("A7", "序号从5跳到7，中间没有6")]),
        ([*range(1, 10), 12], [("A11", "序号从9跳到12，中间没有10至11")]),
        ([*range(1, 6), *range(7, 12), *range(13, 18)], [
            ("A7", "序号从5跳到7，中间没有6"), ("A12", "序号从11跳到13，中间没有12"),
        ]),
        # picked out of another list: many gaps, or wide ones
        ([1, 4, 5, 9, 12, 13], []),
        ([1, 2, 3, 40], []),
        ([1, 3], []),
        ([3, 4, 6, 7, 8, 9, 10, 11], []),
        # not in order, twice the same, beginning again
        ([1, 3, 2, 4, 5, 6, 7], []),
        ([1, 2, 2, 3, 4, 5], []),
        ([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], []),
        ([1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 7], [("A12", "序号从5跳到7，中间没有6")]),
        ([1, 2, 3, 4, 5, None, 6, 7], []),
        ([1, 2, 3, "共", 4, 5], []),
        (["2024001", "2024002", "2024009"], []),
    ],
)  # fmt: skip
def test_a_number_that_is_missing(
    office: Office, numbers: list[object], expected: list[tuple[str, str]]
) -> None:
    """Broken by silence where one row went, and by notes all over a list of chosen rows."""
    assert said(office, numbers) == expected


def test_the_line_of_a_csv_file(office: Office) -> None:
    lines = [f"{n},决{n},事项{n}" for n in (1, 2, 3, 4, 5, 7)]
    office.write("决策台账.csv", "序号,编号,事项\n" + "\n".join(lines) + "\n")
    (note,) = [p for p in office.read().problems if "序号从" in p.expected]
    assert (note.line, note.level, note.lost_row) == (7, Level.NOTE, False)


def test_where_a_row_is_known_not_to_be_read_its_number_is_no_second_word(office: Office) -> None:
    lines = [f"{n},决{n},事项{n},2024-01-01" for n in (1, 2, 3, 4, 5, 6, 7)]
    lines[3] = "4,决4 事项4,2024-01-01"
    office.write("决策台账.csv", "序号,编号,事项,讨论日期\n" + "\n".join(lines) + "\n")
    problems = office.read().problems
    assert [p.lost_row for p in problems if p.line == 5] == [True]
    assert [p for p in problems if "序号从" in p.expected] == []
