"""The places of facts in words, and what a record says of a field that it lacks."""

from __future__ import annotations

import copy

import pytest

from engine.model.masking import document_without_identity, hidden_in_place, without_identity
from engine.model.values import (
    ABSENT,
    ABSENT_LIST,
    NO_COLUMN,
    OPEN_EMPTY,
    Cause,
    Elements,
    Record,
    Source,
    State,
    Unknown,
)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (Source(), ""),
        (Source("决策台账.xlsx"), "决策台账.xlsx"),
        (Source("决策台账.xlsx", "决策", "D5"), "决策台账.xlsx〔决策〕D5"),
        (Source("决策台账.csv", cell="D5"), "决策台账.csv D5"),
        (Source("决策台账.xlsx", "决策"), "决策台账.xlsx〔决策〕"),
        (Source("报告.txt", line=3), "报告.txt 第3行"),
        (Source("决策台账.csv", cell="D列", line=3), "决策台账.csv 第3行D列"),
        (Source("报告.txt", start=0, end=8), "报告.txt 第0—8字"),
        (Source("报告.txt", line=3, start=10, end=18), "报告.txt 第3行 第10—18字"),
    ],
)
def test_a_place_in_words(source: Source, place: str) -> None:
    assert source.place() == place


def test_what_a_record_lacks_is_unknown() -> None:
    row, cell = Source("台账.xlsx", "表", "A2"), Source("台账.xlsx", "表", "B2")
    record = Record("thing", "事1", {"n": ABSENT, "tags": ABSENT_LIST}, {"n": cell}, row)
    assert record.scalar("n") is ABSENT
    assert record.scalar("m") is NO_COLUMN
    assert record.elements("tags") is ABSENT_LIST
    assert record.elements("parts") is OPEN_EMPTY
    assert record.elements("n") is OPEN_EMPTY
    with pytest.raises(TypeError, match=r"^tags$"):
        record.scalar("tags")
    assert not OPEN_EMPTY.closed
    assert Elements() == Elements((), closed=False)
    assert (repr(record), repr(ABSENT)) == ("Record('thing', '事1')", "ABSENT")


def test_a_field_stands_in_its_cell_or_in_the_sheet_that_lacks_its_column() -> None:
    """Fails if an empty cell is known by its row alone, or a column that isn't there by a cell.

    An object stands where the first thing known of it does; what is made of others, in the row.
    """
    row, cell, empty = (Source("台账.xlsx", "表", at) for at in ("A2", "B2", "C2"))
    filled = Source("台账.xlsx", "表", "E2", text="5月1日")
    sources = {"n": cell, "blank": empty, "talk.by": empty, "talk.on": filled, "vote.on": empty}
    values: dict[str, State | Elements] = {
        "n": 1, "blank": Unknown(Cause.BLANK), "sum": 2, "none": NO_COLUMN,
        "lost": OPEN_EMPTY, "open": Elements(), "talk": True, "vote": Unknown(Cause.BLANK),
    }  # fmt: skip
    record, sheet = Record("thing", "事1", values, sources, row), Source("台账.xlsx", "表")
    places = {
        "n": cell, "blank": empty, "talk": filled, "vote": empty,
        "none": sheet, "lost": sheet, "never": sheet, "sum": row, "open": row,
    }  # fmt: skip
    assert {path: record.source_of(path) for path in places} == places


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证11010519491231002X。", "身份证＊＊＊002X。"),
        ("110105 19491231 0029", "＊＊＊0029"),
        ("号码1101051949123100290", "号码1101051949123100290"),  # 19 digits are something else
        ("11010519491231002X与110105194912310029", "＊＊＊002X与＊＊＊0029"),
    ],
)
def test_identity_numbers_keep_their_last_four_places(text: str, masked: str) -> None:
    assert without_identity(text) == masked


def test_identity_numbers_hidden_in_place_move_nothing() -> None:
    text = "甲11010519491231002X，110105 19491231 0029；乙"
    hidden = hidden_in_place(text)
    assert hidden == f"甲{'＊' * 14}002X，{'＊' * 16}0029；乙"
    assert (len(hidden), hidden.index("乙")) == (len(text), text.index("乙"))


def test_a_document_keeps_everything_but_identity_numbers() -> None:
    number = "11010519491231002X"
    told = {"title": f"证{number}", "year": 2024, "spans": [[1, 2.5], None, True, {"of": number}]}
    assert document_without_identity(told) == {
        "title": "证＊＊＊002X",
        "year": 2024,
        "spans": [[1, 2.5], None, True, {"of": "＊＊＊002X"}],
    }


def test_what_is_copied_is_the_one_absence_again() -> None:
    """Broken if a stored ruleset brought an absence of its own: `is ABSENT` would miss it."""
    assert copy.deepcopy([ABSENT])[0] is ABSENT
