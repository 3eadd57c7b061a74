"""Ledgers as offices keep them: doubtful sheets, months, blank fines, settings in a workbook."""

from __future__ import annotations

from pathlib import Path

from tests.cli.promises.office import check, promise, text, xlsx

BOTH = [
    ["事项", "文号", "决定日期", "备案时间", "备案机关"],
    ["停车办法", "青政〔2024〕1号", "2024-03-01", "2024-03-10", "青州市人民政府"],
    ["供水办法", "青政〔2024〕2号", "2024-04-01", "2024-04-10", "青州市人民政府"],
]


@promise("像两种的，或者名称说一种、各列说另一种的，哪一种也不读")
def test_a_sheet_that_may_be_two_ledgers_is_read_as_neither_until_somebody_says(
    tmp_path: Path,
) -> None:
    """Fails if the likelier ledger could win in silence, or the answer not be heard."""
    xlsx(tmp_path, "表.xlsx", Sheet1=BOTH)
    found = check(tmp_path)
    (said,) = found.said("表.xlsx")
    assert "可能是" in said
    assert all(
        f"“{title}”" in said for title in ("行政规范性文件", "规范性文件备案", "行政处罚案件")
    )
    assert found.json["inputs"][0]["records"] == {}
    text(tmp_path, {"fazhi.yaml": "sheets: {表.xlsx: 规范性文件台账}\n"})
    (read,) = [i for i in check(tmp_path).json["inputs"] if i["path"] == "表.xlsx"]
    assert read["records"]["normative_doc"] == 2


@promise("罚款是0；没收同理")
def test_a_warning_with_a_blank_fine_is_no_fine(tmp_path: Path) -> None:
    """Fails if a warning could leave the amount unknown, or a fine without its amount be none."""
    text(
        tmp_path,
        {
            "处罚案件.csv": "案号,办案单位,处罚种类,罚款金额,处罚决定日期\n"
            "罚1,城管局,警告,,2024-05-06\n罚2,城管局,警告、罚款,,2024-05-06\n"
        },
    )
    states = check(tmp_path).states("fine", "penalty_case")
    assert {key: state in ("0元", "0") for key, state in states.items()} == {
        "罚1": True, "罚2": False,
    }  # fmt: skip


@promise("格里只写“12日”“3.12”的，就是那个月的")
def test_a_day_on_the_sheet_of_a_month_is_of_that_month(tmp_path: Path) -> None:
    """Fails if a day outside the month of its sheet could count."""
    head = ["活动编号", "执法单位", "执法日期"]
    rows = [["执1", "县水利局", "12日"], ["执2", "县水利局", "2024-05-01"]]
    book = {"2024年3月": [head, *rows]}
    xlsx(tmp_path, "执法活动.xlsx", **book)
    found = check(tmp_path)
    (said,) = found.said("执法活动.xlsx")
    assert "不在“2024年3月”里" in said
    (read,) = [i for i in found.json["inputs"] if i["path"] == "执法活动.xlsx"]
    assert read["records"]["enforcement_action"] == 2


@promise("因为空着、看不懂而判断不了的，写明是哪一格")
def test_what_is_unknown_names_its_cell_or_the_column_to_add(tmp_path: Path) -> None:
    """Fails if a blank could be blamed on the row, or a column that isn't there on a cell."""
    text(
        tmp_path,
        {
            "决策台账.csv": "决策编号,决策事项,是否重大行政决策,讨论日期\n决1,停车,,2024-06-20\n",
        },
    )
    found = check(tmp_path)
    cells = {
        (fact["field"], fact["cause"], fact["source"]["line"], fact["source"]["cell"])
        for outcome in found.json["outcomes"]
        for fact in outcome["missing"]
        if fact["record_key"] == "决1" and fact["source"] is not None
    }
    assert ("is_major", "blank", 2, "C列") in cells
    lacking = {(line, cell) for _, cause, line, cell in cells if cause == "no_column"}
    assert lacking <= {(None, "")}


@promise("同样的内容可以写在“设置.xlsx”里")
def test_the_settings_may_stand_in_a_workbook(tmp_path: Path) -> None:
    """Fails if a clerk's workbook could be passed over, or win over fazhi.yaml."""
    text(tmp_path, {"决策台账.csv": "决策编号,决策事项\n决1,停车\n"})
    xlsx(tmp_path, "设置.xlsx", 设置=[["项目", "内容"], ["地名", "甲县"], ["省份", "河南"]])
    found = check(tmp_path)
    assert (found.json["place"], found.json["jurisdiction"]) == ("甲县", "河南")
    text(tmp_path, {"fazhi.yaml": "place: {name: 乙县}\n"})
    assert check(tmp_path).json["place"] == "乙县"
