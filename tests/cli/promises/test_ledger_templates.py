"""docs/ledgers.md, 空白台账: what `fazhi template` writes, and that it can be filled in."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl

from reporter.exit_code import ExitCode
from tests.cli.promises.office import check, fazhi, promise, text, xlsx

REVIEWED = "dec-legality-before-discussion"
DECISION = {
    "决策编号": "决1", "决策事项": "停车", "是否重大行政决策": "是",
    "合法性审查意见日期": "2024-06-10", "讨论日期": "2024-06-20",
}  # fmt: skip


@promise("写出全部空白台账和一份 `fazhi.yaml`，需要哪些留哪些，填了就能核对")
def test_a_template_that_is_filled_in_is_checked(templates: Path, tmp_path: Path) -> None:
    """Only one workbook is kept, one row of it filled in; what is left out has no column."""
    assert len(list(templates.glob("*.xlsx"))) == len(list(templates.iterdir())) - 1
    for name in ("fazhi.yaml", "重大行政决策.xlsx"):
        shutil.copy(templates / name, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "重大行政决策.xlsx")
    sheet = book["重大行政决策"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    for title, value in DECISION.items():
        sheet.cell(3, titles[title], value)
    book.save(tmp_path / "重大行政决策.xlsx")
    found = check(tmp_path)
    assert found.said() == []
    assert found.verdicts(REVIEWED) == {"决1": "met"}


@promise(
    "一种台账一个工作簿；嵌套的清单（公众参与、听证会、参加人……）在同一工作簿里另起一张表，前几列填上级的编号"
)
def test_nested_lists_have_sheets_of_their_own(templates: Path) -> None:
    book = openpyxl.load_workbook(templates / "重大行政决策.xlsx")
    assert {"重大行政决策", "公众参与", "听证参加人", "填表说明"} <= set(book.sheetnames)
    assert book["公众参与"]["A1"].value == "决策编号"
    assert book["决策听证会"]["A1"].value == "决策编号"
    assert book["听证参加人"]["A1"].value == "听证编号"


@promise(
    "列名上有批注：填什么、单位、“无”和空着各是什么意思、哪一条要求填。同样的内容汇总在“填表说明”表里",
    "哪些列空着就是没有，看空白台账里的批注",
)
def test_every_column_is_explained(templates: Path) -> None:
    book = openpyxl.load_workbook(templates / "重大行政决策.xlsx")
    sheet = book["重大行政决策"]
    notes = {cell.value: cell.comment.text for cell in sheet[1] if cell.comment is not None}
    assert set(notes) == {cell.value for cell in sheet[1]}
    assert "空着" in notes["另有程序的依据"]
    assert "713号令" in notes["承办单位"]
    assert "“无”" in notes["不同意见"]
    assert "条" in notes["收到意见数（条）"]
    told = [cell.value for row in book["填表说明"].iter_rows() for cell in row]
    assert set(notes) <= set(told)


@promise("是非、选项、日期、数字各有下拉或校验；不合的只提醒、不拦住")
def test_checks_warn_and_do_not_stop(templates: Path) -> None:
    sheet = openpyxl.load_workbook(templates / "重大行政决策.xlsx")["重大行政决策"]
    checks = sheet.data_validations.dataValidation
    assert {"list", "date"} <= {one.type for one in checks}
    assert any(one.type in ("whole", "decimal", "custom") for one in checks)
    assert {one.errorStyle for one in checks} <= {"warning", "information"}


@promise("第 2 行以“示例：”开头，不会当作记录，并在读取说明里写明", "别的表里这样开头的行也一样")
def test_example_rows_are_no_records(templates: Path, tmp_path: Path) -> None:
    shutil.copy(templates / "重大行政决策.xlsx", tmp_path)
    header = ["清理编号", "清理完成日期"]
    xlsx(tmp_path, "清理.xlsx", 清理=[header, ["示例：清1", "2024-01-01"]])
    found = check(tmp_path)
    assert found.verdicts(REVIEWED) == {"2024": "unknown"}
    assert found.verdicts("nd-cleanup-2y") == {"2024": "unknown"}
    notes = {item["path"]: item["notes"] for item in found.json["inputs"]}
    said = "模板的示例行，没有当作记录（第2行）"
    assert notes["清理.xlsx"] == [f"工作表“清理”：{said}"]
    assert f"工作表“公众参与”：{said}" in notes["重大行政决策.xlsx"]
    assert found.code == ExitCode.NOTHING_CHECKED


@promise("已有的文件不覆盖：有一个重名就什么都不写，退出码 6")
def test_nothing_is_overwritten(tmp_path: Path) -> None:
    text(tmp_path, {"豁免.xlsx": "我的"})
    run = fazhi("template", tmp_path)
    assert run.exit_code == ExitCode.NOT_WRITTEN
    assert "豁免.xlsx" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["豁免.xlsx"]
    assert (tmp_path / "豁免.xlsx").read_text(encoding="utf-8") == "我的"
