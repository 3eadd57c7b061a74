"""What the name of a unit tells of a field in which nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from engine.model.field import FieldKind, FieldType, Holds
from engine.model.values import ABSENT, NO_COLUMN, Cause, State, Unknown
from facts.folder import read_folder
from facts.joining.states import told
from facts.records.load import load_schema

SPEC = FieldType(
    type=FieldKind.STRING,
    title="另有规定的法律",
    told_by="unit",
    endings={"丙法": ("海关",)},
    parts={"甲法": ("公安局", "派出所"), "乙法": ("税务局",)},
)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("清溪县公安局", "甲法"),
        ("城关派出所", "甲法"),
        ("税务局", "乙法"),
        ("清溪县公安局治安大队", "甲法"),
        ("清溪县税务局稽查局", "乙法"),
        ("青石海关", "丙法"),
        ("山海关区城市管理局", ABSENT),
        ("城市管理局", ABSENT),
        (Unknown(Cause.BLANK), ABSENT),
    ],
)
def test_a_unit_tells_it_by_its_name(unit: State, said: State) -> None:
    """Fails if a brigade of the police were no police, or if an unknown unit told of any.

    What tells only at the end of a name tells nothing within it.
    """
    assert told(SPEC, {"unit": unit}) == said


NOTED = FieldType(type=FieldKind.STRING, title="登记", told_by="paper", parts={"有": ("",)})


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        ("听证笔录1份", "有"),
        (Unknown(Cause.CLAIMED), "有"),
        (Unknown(Cause.ELSEWHERE), "有"),
        (Unknown(Cause.BLANK), ABSENT),
        (ABSENT, ABSENT),
    ],
)
def test_what_is_only_said_to_be_there_is_noted(paper: State, said: State) -> None:
    """Fails if a cell that says 有 left no trace, or if an empty one did."""
    assert told(NOTED, {"paper": paper}) == said


ARTICLE = FieldType(
    type=FieldKind.STRING, title="依据的条款", holds=Holds.ARTICLE, told_by="ground"
)


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        ("保守国家秘密法第十三条", "保守国家秘密法第十三条"),
        ("政府信息公开条例第14条", "政府信息公开条例第14条"),
        ("保守国家秘密法", ABSENT),
        (ABSENT, ABSENT),
        (Unknown(Cause.CLAIMED), Unknown(Cause.CLAIMED)),
    ],
)
def test_a_ground_tells_whether_it_says_an_article(ground: State, said: State) -> None:
    """Fails if a law's bare name were an article, or if a doubtful ground settled it."""
    assert told(ARTICLE, {"ground": ground}) == said


def test_without_a_column_of_grounds_no_article_is_known() -> None:
    """Fails if what no ledger has were told to be none."""
    assert told(ARTICLE, {}) == NO_COLUMN


def test_what_is_written_prevails_but_for_none(tmp_path: Path) -> None:
    """Of four cases: told by the unit, no column at all, written, and said to be none.

    Broken if a police case without the column went by the ordinary days, or with 无 in it.
    """
    rows = (
        ["案号", "办案机关", "另有规定的法律"],
        ["1号", "清溪县公安局", None],
        ["2号", "清溪县城市管理局", "《烟草专卖法》"],
        ["3号", "清溪县公安局", "无"],
        ["4号", "清溪县城市管理局", None],
    )
    book = Workbook()
    sheet = book.create_sheet("处罚台账")
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "处罚台账.xlsx")
    schema = load_schema()
    facts = read_folder(tmp_path, schema)
    found = {r.key: r.values["special_law"] for r in facts.records["penalty_case"]}
    law = next(iter(schema.types["penalty_case"].fields["special_law"].parts))
    doubted = Unknown(Cause.CONTRADICTED)
    assert [found[f"{n}号"] for n in (1, 2, 3, 4)] == [law, "《烟草专卖法》", doubted, ABSENT]
    (told_of,) = [p for item in facts.inputs for p in item.problems if "填“无”" in p.expected]
    assert told_of.expected == "“另有规定的法律”填“无”，照“办案机关”的名称却是有的，请核对"


def test_what_a_ground_tells_is_quoted_from_its_cell(tmp_path: Path) -> None:
    """Of three decisions: told by the ground, by its own column, and by neither.

    Broken if the article were quoted from its own empty cell.
    """
    book = Workbook()
    sheet = book.create_sheet("重大行政决策台账")
    for row in (
        ["决策编号", "决策事项", "不予公开的依据", "不予公开依据的条款"],
        ["决1", "甲方案", "保守国家秘密法第十三条", None],
        ["决2", "乙方案", "保守国家秘密法", "第十三条"],
        ["决3", "丙方案", "保守国家秘密法", None],
    ):
        sheet.append(row)
    book.save(tmp_path / "决策台账.xlsx")
    facts = read_folder(tmp_path, load_schema())
    found = {
        r.key: (r.values["nonpublic_article"], r.sources["nonpublic_article"].cell)
        for r in facts.records["decision"]
    }
    assert found == {
        "决1": ("保守国家秘密法第十三条", "C2"),
        "决2": ("第十三条", "D3"),
        "决3": (ABSENT, "C4"),
    }
