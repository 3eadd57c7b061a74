"""Every field that has a column knows its cell, be it empty or unreadable, in every format."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.model.values import Record
from tests.facts.conftest import Office

HEADER = ["编号", "事项", "承办单位", "金额", "讨论日期", "风险评估日期", "材料", "专家名单"]
ROW = ["1", "停车", None, "面议", None, None, None, None]
SHEET = "决策台账"


def places(record: Record, *paths: str) -> dict[str, str]:
    return {path: record.source_of(path).place() for path in paths}


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_a_field_stands_in_its_cell_in_every_format(office: Office, form: str) -> None:
    """Fails if an empty cell, an unreadable one or an empty list is known by its row alone."""
    if form == "xlsx":
        office.xlsx(决策台账=[HEADER, ROW])
        cell = "台账.xlsx〔决策台账〕{0}2"
    elif form == "csv":
        lines = [HEADER, ["" if value is None else value for value in ROW]]
        office.write("决策台账.csv", "\n".join(",".join(line) for line in lines) + "\n")
        cell = "决策台账.csv 第2行{0}列"
    else:
        office.write("决策台账.json", {SHEET: [dict(zip(HEADER, ROW, strict=True))]})
        cell = "决策台账.json〔决策台账〕决策台账[1].{1}"
    (record,) = office.read().records["matter"]
    columns: Mapping[str, int] = {
        "no": 0, "title": 1, "unit": 2, "amount": 3, "talk.on": 4, "talk": 4,
        "risk.on": 5, "risk": 5, "materials": 6, "experts": 7,
    }  # fmt: skip
    expected = {p: cell.format("ABCDEFGH"[at], HEADER[at]) for p, at in columns.items()}
    assert places(record, *columns) == expected
    # no column, no cell: the sheet that lacks it
    sheet = {"xlsx": "台账.xlsx〔决策台账〕", "csv": "决策台账.csv"}
    assert places(record, "exempt", "people") == dict.fromkeys(
        ("exempt", "people"), sheet.get(form, "决策台账.json〔决策台账〕")
    )
    assert record.source_of("amount").text == "面议"


def test_of_two_rows_the_one_that_says_it(office: Office) -> None:
    """Fails if the empty cell of the first row is shown for what the second row says."""
    office.xlsx(
        决策台账=[
            ["编号", "事项", "金额", "人数"],
            ["1", "停车", None, None],
            ["1", "停车", 5, None],
        ]
    )
    assert places(office.one(), "title", "amount", "people") == {
        "title": "台账.xlsx〔决策台账〕B2",
        "amount": "台账.xlsx〔决策台账〕C3",
        "people": "台账.xlsx〔决策台账〕D2",
    }


def test_an_element_in_its_parents_row_knows_its_own_cells(office: Office) -> None:
    """Fails if an element has no place for the column that its row leaves empty."""
    office.xlsx(决策台账=[["编号", "事项", "专家姓名", "是否署名"], ["1", "停车", "周某某", None]])
    (expert,) = office.read().records["expert"]
    assert places(expert, "name", "signed") == {
        "name": "台账.xlsx〔决策台账〕C2",
        "signed": "台账.xlsx〔决策台账〕D2",
    }


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ("", "fazhi.yaml〔层级〕"),
        ("fazhi.yaml", "fazhi.yaml〔层级〕"),
        ("fazhi.yml", "fazhi.yml〔层级〕"),
    ],
)
def test_what_is_not_said_of_the_place_names_its_key(
    office: Office, settings: str, place: str
) -> None:
    if settings:
        office.write(settings, "place: {name: 芦川县}\n")
    assert office.read().place.source_of("level").place() == place
