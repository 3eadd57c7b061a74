"""docs/ledgers.md: in what unit an amount is read, and what a number's format says."""

from __future__ import annotations

from typing import Final

import pytest

from tests.cli.promises.office import Found, Rows, check, promise, xlsx

HEADER: Final = ["案号", "处理结果", "罚款数额", "加处罚款数额", "每日加处比例"]
CAP: Final = "enf-extra-fine-cap"
"""What is added by the day is no more than the fine, and no more than 3 % a day."""
UNSURE: Final = "unreadable"


def row(key: str, fine: object = 5, extra: object = 4, rate: object = "3%") -> list[object]:
    return [key, "给予处罚", fine, extra, rate]


SHEETS: Final[dict[str, Rows]] = {
    "处罚台账": [["处罚台账（万元）"], HEADER, row("题1")],
    "处罚案件": [["填报单位：甲县城管局", "单位：万元"], HEADER, row("报1")],
    "处罚案件1": [["案号", "处理结果", "罚款数额（万元）", "加处罚款数额（元）"], row("列1")[:4]],
    "处罚案件2": [["案号", "处理结果", "罚款（万元）", None], [None, None, *HEADER[2:4]],
                row("层1")[:4]],
    "处罚案件3": [HEADER, row("注1"), ["注：金额单位为万元"]],
    "处罚案件4": [["单位：元"], HEADER, row("前1"), ["单位：万元"], row("后1")],
    "处罚案件5": [[*HEADER, "计量"], [*row("行1"), "万元"], [*row("行2"), "元"]],
    "处罚案件6": [HEADER, row("格1"), row("格2", 50000, 40000)],
    "处罚案件（万元）": [HEADER, row("名1"), row("名2", extra="3万元"), row("名3", "500元")],
    "处罚案件7": [["单位：元"], ["案号", "处理结果", "罚款数额（万元）"], row("歧1")[:3]],
    "处罚案件8": [["罚没收入万元统计"], HEADER, row("含1")],
    "处罚案件9": [HEADER, row("率1", rate=0.05), row("率2", rate=0.05), row("率3", rate=3)],
}  # fmt: skip
FORMATS: Final = {
    ("处罚案件6", "C2"): '0.00"万元"',
    ("处罚案件6", "D2"): '0.00"万元"',
    ("处罚案件6", "C3"): '0!.0,"万元"',
    ("处罚案件6", "D3"): '0!.0,"万元"',
    ("处罚案件9", "E2"): "0%",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("amounts")
    book = xlsx(folder, "处罚.xlsx", **SHEETS)
    for (sheet, cell), code in FORMATS.items():
        book[sheet][cell].number_format = code
    book.save(folder / "处罚.xlsx")
    xlsx(folder, "处罚案件（单位：万元）.xlsx", Sheet1=[HEADER, row("件1")])
    return check(folder)


@promise(
    "标题、填报单位后面、列名、上一层列名、表尾的注、行中间的“单位：万元”、本行里写的单位、数字格式",
    "都算数，管到它所覆盖的列和行；单元格自己写了“3万元”的，以它为准",
    "工作表名、文件名里的单位也认",
)
def test_a_unit_covers_what_it_is_written_over(found: Found) -> None:
    """Fails if five of 万元 are five 元 anywhere, or five 元 are of 万元."""
    keys = ("题1", "报1", "列1", "层1", "注1", "前1", "后1", "行1", "行2", "格1", "格2",
            "名1", "名2", "名3", "件1")  # fmt: skip
    fines, extras = (found.states(f, "penalty_case") for f in ("fine", "extra_fine"))
    read = {key: (fines[key], extras[key]) for key in keys}
    of_ten_thousand = ("50000元", "40000元")
    assert read == {
        **dict.fromkeys(("题1", "报1", "层1", "注1", "后1", "行1", "格1", "格2", "名1", "件1"),
                        of_ten_thousand),
        "列1": ("50000元", "4元"),
        "前1": ("5元", "4元"),
        "行2": ("5元", "4元"),
        "名2": ("50000元", "30000元"),
        "名3": ("500元", "40000元"),
    }  # fmt: skip
    assert {key for key, outcome in found.verdicts(CAP).items() if outcome == "gap"} == {
        "名3", "率1",
    }  # fmt: skip


@promise("几处说法不一，或者只提到“万元”看不出指哪一列，金额就是不明，指出是哪一格、该在哪里写明")
def test_units_at_odds_leave_the_amount_unknown(found: Found) -> None:
    fines = found.states("fine", "penalty_case")
    assert fines["含1"] == UNSURE
    said = [line for line in found.said() if "〔处罚案件7〕" in line or "〔处罚案件8〕" in line]
    assert said == [
        (
            "处罚.xlsx〔处罚案件7〕C3：“5”，单位说法不一：列名写“万元”；A1写“单位：元”"
            "（请改正其中写错的一处）"
        ),
        (
            "处罚.xlsx〔处罚案件8〕C3：“5”，不知这一列是否也按“万元”：A1写“罚没收入万元统计”"
            "（请在列名上写明，如“罚款数额（元）”）"
        ),
        (
            "处罚.xlsx〔处罚案件8〕D3：“4”，不知这一列是否也按“万元”：A1写“罚没收入万元统计”"
            "（请在列名上写明，如“加处罚款数额（元）”）"
        ),
    ]


@promise("格式为 `0%` 的 0.05 是 5%", "没写“%”的 0.05，不知是 0.05% 还是 5%")
def test_a_share_is_what_its_cell_shows(found: Found) -> None:
    """Fails if 0.05 shown as 5% passes for less than the 3 % that are allowed."""
    rates = found.states("extra_fine_rate", "penalty_case")
    assert {key: rates[key] for key in ("率1", "率2", "率3", "题1")} == {
        "率1": "5%", "率2": "incomplete", "率3": "3%", "题1": "3%",
    }  # fmt: skip
    verdicts = found.verdicts(CAP)
    assert [verdicts[key] for key in ("率1", "率2", "率3")] == ["gap", "unknown", "met"]
    assert [line for line in found.said() if "不知是0.05%还是5" in line]


@promise("以显示出来的为准（不四舍五入）", "`0000` 的 7 在文字列里是“0007”")
def test_a_number_in_a_column_of_text_is_as_it_is_shown(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("shown")
    book = xlsx(folder, "决策.xlsx", 决策台账=[["决策编号", "决策事项"], [7, "停车"]])
    book.worksheets[0]["A2"].number_format = "0000"
    book.save(folder / "决策.xlsx")
    found = check(folder)
    assert set(found.verdicts("dec-legality-before-discussion")) == {"0007"}
