"""What a workbook's XML says beyond its values: merges, formulas, sizes; and what is none."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from engine.model.values import Cause, Unknown
from facts.files.mend import MEND
from tests.facts.conftest import Office, errors, patched, untold

SHEET = "xl/worksheets/sheet1.xml"


def edited(path: Path, edit: Callable[[str], str]) -> None:
    """Rewrite the XML of the first sheet; the edit must change something."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(SHEET).decode()
    assert edit(xml) != xml
    patched(path, {SHEET: edit(xml).encode()})


def prefixed(xml: str) -> str:
    """The same XML with a prefix on every name, as some exporters write it."""
    named = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", xml)
    return '<?xml version="1.0"?>' + named.replace(" xmlns=", " xmlns:x=")


def titles(office: Office) -> list[object]:
    return [record.values["title"] for record in office.read().records["matter"]]


MERGED: Sequence[Sequence[object]] = [
    ["编号", "事项", "人数"],
    ["1", "停车", 5],
    ["2", None, 6],
    ["3", None, None],
]
MERGES: Mapping[str, Sequence[str]] = {"决策台账": ["B2:B3"]}


@pytest.mark.parametrize(
    "edit",
    [
        prefixed,
        lambda xml: xml.replace("<sheetData>", "<!-- a leading comment --><sheetData>"),
        lambda xml: "<!-- neither declared nor plain -->" + xml,
    ],
)
def test_merges_are_filled_however_the_sheet_is_written(
    office: Office, edit: Callable[[str], str]
) -> None:
    edited(office.xlsx(决策台账=MERGED, merges=MERGES), edit)
    assert errors(office.read()) == []
    assert titles(office) == ["停车", "停车", Unknown(Cause.BLANK)]


def test_a_merge_over_nothing_fills_nothing(office: Office) -> None:
    """Merges of blank cells: below the table, beside it, and within an empty first cell."""
    path = office.xlsx(决策台账=MERGED, merges=MERGES)
    edited(path, lambda xml: xml.replace("B2:B3", "C4:C4"))
    expected = ["停车", Unknown(Cause.BLANK), Unknown(Cause.BLANK)]
    assert titles(office) == expected
    for before, after in (("C4:C4", "A9:B11"), ("A9:B11", "H2:J3"), ("H2:J3", "B3:B4")):
        edited(path, lambda xml, b=before, a=after: xml.replace(b, a))  # type: ignore[misc]
        assert errors(office.read()) == []
        assert titles(office) == expected


@pytest.mark.parametrize("merge", ["废", "B:B", "B2:B", ""])
def test_a_merge_that_can_not_be_read_is_a_problem(office: Office, merge: str) -> None:
    """Fails if the cells that it would have filled are taken for blank in silence."""
    edited(office.xlsx(决策台账=MERGED, merges=MERGES), lambda xml: xml.replace("B2:B3", merge))
    (problem,) = errors(office.read())
    assert problem.startswith("台账.xlsx：文件已损坏或不是 xlsx 表格：")


def test_merges_beyond_the_cap_are_named(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facts.files.merges.MAX_FILLED", 3)
    one, two = '<mergeCell ref="B2:B3"/>', '<mergeCell ref="C3:C4"/>'
    path = office.xlsx(决策台账=MERGED, merges=MERGES)
    edited(path, lambda xml: re.sub('<mergeCell ref="B2:B3" ?/>', one + two, xml))
    facts = office.read()
    assert errors(facts) == ["台账.xlsx〔决策台账〕C3:C4：合并单元格太多，其余没有展开"]
    assert [record.values["people"] for record in facts.records["matter"]] == [
        5,
        6,
        Unknown(Cause.BLANK),
    ]


def test_cells_beyond_the_cap_are_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facts.files.xlsx.MAX_CELLS", 9)
    office.xlsx(决策台账=MERGED)
    assert errors(office.read()) == [
        "台账.xlsx：单元格超过9个，没有读取；请删去空行空列或拆分" + untold("台账.xlsx")
    ]


def test_another_archive_under_the_name_of_a_workbook(office: Office) -> None:
    with zipfile.ZipFile(office.folder / "台账.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert errors(office.read()) == [
        f"台账.xlsx：文件缺少“[Content_Types].xml”，已损坏；{MEND}" + untold("台账.xlsx")
    ]


FORMULAS: Sequence[Sequence[object]] = [
    ["编号", "事项", "人数"],
    ["1", "停车", "=1+1"],
    ["2", "=A1", "=2+2"],
]


def computed(xml: str) -> str:
    """C2 with its result, B3 with an empty text for one; C3 is left without."""
    for address, kind, result in (("C2", "", "<v>2</v>"), ("B3", ' t="str"', "<v></v>")):
        cell = rf'<c r="{address}"[^>]*>(<f>.*?</f>)<v ?/?>(</v>)?</c>'
        xml = re.sub(cell, rf'<c r="{address}"{kind}>\1{result}</c>', xml)
    return xml


@pytest.mark.parametrize("addresses", [True, False])
def test_only_a_formula_without_a_result_is_a_problem(
    office: Office,
    addresses: bool,  # noqa: FBT001
) -> None:
    """Fails if a cell without its address hides that it was never computed."""
    path = office.xlsx(决策台账=FORMULAS)
    edited(path, computed)
    if not addresses:
        edited(path, lambda xml: re.sub(r' r="[A-Z]?[0-9]+"', "", xml))
    facts = office.read()
    assert errors(facts) == [
        "台账.xlsx〔决策台账〕C3：公式没有算出结果，请在表格软件中打开并保存一次"
    ]
    assert [(r.values["title"], r.values["people"]) for r in facts.records["matter"]] == [
        ("停车", 2),
        (Unknown(Cause.BLANK), Unknown(Cause.UNREADABLE)),
    ]


def test_rows_of_spaces_are_no_rows(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项"], [" ", "　"], ["1", "停车"]])
    assert office.one().source_of("title").cell == "B3"
