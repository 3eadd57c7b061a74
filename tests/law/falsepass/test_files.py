"""What ails a sheet, a workbook or the settings: nothing that stood on it passes any more."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.law.falsepass.folder import SETTINGS, Case, Row, Sheets, grid, sheets_of, write
from tests.law.pipeline.cityrun import assessment_of

AS_OF: Final = "2025-06-30"
PASSES: Final = {"met", "not_applicable"}
Harm: TypeAlias = Callable[[Workbook], None]

LOST_CARD: Final[Case] = {
    "matter": "执法",
    "set": {"证甲": {"证件状态": "注销", "失格日期": "2024-03-01", "注销日期": "2024-08-01"}},
}
"""One of the two who acted in June had lost his card in March."""
CANCELLED: Final[Case] = {"matter": "执法", "set": {"证甲": {"注销日期": "2024-03-01"}}}
"""A card that was cancelled before the act of June."""
SMALL_FINE: Final[Case] = {
    "matter": "执法",
    "set": {
        "案": {
            "罚款数额": 12, "法制审核情形": "无", "法制审核日期": "无", "法制审核意见": "无",
            "法制审核结果": None, "是否复杂或重大处罚": "否", "集体讨论日期": "无",
            "重大处罚报备日期": "无", "报备审查日期": "无",
        }
    },
}  # fmt: skip
"""A fine of 12, which as 120,000 yuan would have to be reviewed, and filed."""
HEARD: Final[Case] = {
    "matter": "决策",
    "set": {"决策": {"必须听证的依据": "《某省听证条例》第三条", "是否举行听证会": "是",
                   "听证会次数": None}},
}  # fmt: skip
BACKTRACK: Final = "cert-tainted-cases"


def emptied(*names: str) -> Harm:
    """Sheets of which only the header is left."""

    def harm(book: Workbook) -> None:
        for name in names:
            if name in book.sheetnames:
                book[name].delete_rows(2, book[name].max_row)
            else:
                book.create_sheet(name).append(["决策编号", "听证编号", "听证会日期"])

    return harm


def cover(book: Workbook) -> None:
    page = book.create_sheet("封面", 0)
    page.append(["行政处罚统计"])
    page.append(["单位：万元"])


def second_block(book: Workbook) -> None:
    page = book["行政处罚案件"]
    header, row = ([cell.value for cell in page[line]] for line in (1, 2))
    page.append(["二分局", "", "单位：万元"])
    page.append(header)
    page.append([f"{row[0]}之二", *row[1:]])


def hidden_row(book: Workbook) -> None:
    book["执法活动"].row_dimensions[2].hidden = True


def hidden_column(book: Workbook) -> None:
    page = book["执法证件"]
    (cell,) = (cell for cell in page[1] if cell.value == "注销日期")
    page.column_dimensions[str(cell.column_letter)].hidden = True


def next_sheet(book: Workbook) -> None:
    page, more = book["执法活动"], book.create_sheet("Sheet2")
    more.append([cell.value for cell in page[2]])
    page.delete_rows(2)


def hidden_sheet(book: Workbook) -> None:
    book["执法活动"].sheet_state = "hidden"


def dropped(book: Workbook) -> None:
    del book["执法活动"]


@pytest.mark.parametrize(
    ("case", "harm", "requirement", "key"),
    [
        pytest.param(CANCELLED, hidden_column, "cert-two-officers", "100", id="6 hidden column"),
        pytest.param(LOST_CARD, next_sheet, BACKTRACK, "豫Q100A", id="5 on the next sheet"),
        pytest.param(LOST_CARD, dropped, BACKTRACK, "豫Q100A", id="5 not in the folder"),
        pytest.param(LOST_CARD, hidden_row, BACKTRACK, "豫Q100A", id="6 hidden row"),
        pytest.param(LOST_CARD, hidden_sheet, BACKTRACK, "豫Q100A", id="6 hidden sheet"),
        pytest.param(LOST_CARD, emptied("执法活动"), BACKTRACK, "豫Q100A", id="5 empty acts"),
        pytest.param(HEARD, emptied("听证会"), "dec-hearing-needed", "100", id="5 no hearing"),
        pytest.param({"matter": "文件"}, emptied("备案"), "nd-file-superior-15d", "100",
                     id="5 no filing"),
        pytest.param(SMALL_FINE, cover, "enf-major-filing", "100", id="11 cover"),
        pytest.param(SMALL_FINE, second_block, "enf-major-filing", "之二", id="11 second block"),
    ],
)  # fmt: skip
def test_what_ails_a_file_lets_nothing_pass(
    case: Case, harm: Harm, requirement: str, key: str, tmp_path: Path
) -> None:
    """Fails if a duty passed on a ledger that isn't whole, or on an amount in another unit."""
    path = write(tmp_path / "县", case["matter"], sheets_of([case]))
    book = load_workbook(path)
    harm(book)
    book.save(path)
    said = said_of(assessment_of(tmp_path / "县", AS_OF), requirement, key)
    assert said
    assert not said & PASSES


def said_of(assessment: dict[str, Any], requirement: str, key: str) -> set[str]:
    return {
        o["outcome"]
        for o in assessment["outcomes"]
        if o["requirement"] == requirement and key in o["subject_key"]
    }


def numbered(opinion: object) -> Row:
    """A decision that is only numbered, with or without the day of its opinion."""
    (row,) = sheets_of([{"matter": "决策"}])["重大行政决策台账"]
    row = {"序号": 1, **copy.deepcopy(row), "合法性审查意见日期": opinion}
    del row["决策编号"]
    return row


def by_month(book: Workbook) -> None:
    for month, day in (("1月", None), ("2月", "2024-04-22")):
        page = book.create_sheet(month)
        for line in grid([numbered(day)]):
            page.append(line)


def by_block(book: Workbook) -> None:
    page = book.create_sheet("重大行政决策台账")
    for day in (None, "2024-04-22"):
        for line in grid([numbered(day)]):
            page.append(line)


def beside_another_ledger(book: Workbook) -> None:
    page = book.create_sheet("重大行政决策台账")
    for line in grid([numbered(None)]):
        page.append(line)
    other = book.create_sheet("合法性审查台账")
    other.append(["序号", "送审文件", "审查单位", "审查意见日期", "审查意见书", "审查结论"])
    other.append([1, "另一方案", "青禾县司法局", "2024-04-22", "禾司审〔2024〕6号", "合法"])


@pytest.mark.parametrize("sheets", [by_month, by_block, beside_another_ledger])
def test_one_row_is_not_another_of_the_same_ordinal(sheets: Harm, tmp_path: Path) -> None:
    """Fails if a decision took the opinion of another that is number 1 of its own list."""
    none: Sheets = {"空": []}
    path = write(tmp_path / "县", "决策", none)
    book = load_workbook(path)
    sheets(book)
    del book["空"]
    book.save(path)
    found = [
        o["outcome"]
        for o in assessment_of(tmp_path / "县", AS_OF)["outcomes"]
        if o["requirement"] == "dec-legality-before-discussion"
    ]
    assert any(said not in PASSES for said in found), found


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"year": 2023}, "year"),
        ({"place__name": "青石县"}, "place.name"),
        ({"place__level": "市级"}, "place.level"),
    ],
)
def test_the_wrong_settings_stand_at_the_head(
    settings: dict[str, Any], said: str, tmp_path: Path
) -> None:
    """Fails if one row of another year, place or level than fazhi.yaml says passed in silence."""
    place = {**SETTINGS["place"]}
    place |= {k.removeprefix("place__"): v for k, v in settings.items() if "__" in k}
    rest = {k: v for k, v in settings.items() if "__" not in k}
    write(tmp_path / "县", "决策", sheets_of([{"matter": "决策"}]), place=place, **rest)
    inputs = assessment_of(tmp_path / "县", AS_OF)["inputs"]
    (problem,) = [p for i in inputs for p in i["problems"] if p["level"] == "error"]
    assert problem["text"].startswith(f"fazhi.yaml {said}：")
    assert inputs[0]["path"] == "fazhi.yaml"
