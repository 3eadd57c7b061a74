"""Tables of officers, certificates, cases and handlers as they may be: well kept, and not."""

from __future__ import annotations

import random
from pathlib import Path

from tests.tables.folders import settings, write_csv

OFFICERS = {
    "人员编号": ("R0001", "R0002", "R0003", "R0004", "r0004", "", "R 5", "Ｒ6", "青执7"),
    "姓名": ("张某", "李某", ""),
    "所在单位": ("水利局", "城市管理局", "", "某县公安局", "水利 局", "海关"),
    "编制类型": ("行政编制", "参公", "工勤", "", "无", "行政编", "事业编", "行正编制"),
    "是否在岗": ("是", "否", "", "在岗", "1", "无", "/", "未在岗"),
    "进入执法岗位日期": (
        "2020-01-02",
        "2020/01/02",
        "2026-01-01",
        "2020-02-30",
        "",
        "无",
        "2020年",
    ),
    "离岗日期": ("", "", "2019-01-01", "2024-06-30", "2025-12-31", "无"),
    "公共法律考试": ("合格", "合格", "不合格", "", "通过", "合各", "无"),
    "专业法律考试": ("合格", "合格", "免试", "", "不及格"),
    "考试日期": ("2019-12-01", "2026-05-01", "", "无", "2019-13-01"),
    "岗前培训日期": ("2019-12-20", "2020-03-01", "", "无", "拟3月"),
    "是否公开": ("是", "否", "", "已公开", "未公开"),
    "是否法制审核人员": ("是", "否", ""),
    "是否有法律职业资格": ("是", "否", ""),
    "首次从事法制审核日期": ("2019-01-01", "", "2021-01-01", "2018-06-01"),
    "是否执法部门负责人": ("是", "否", ""),
    "任期起": ("2022-01-01", "", "2023-01-01"),
    "任期止": ("2021-01-01", "", "2027-01-01"),
}
CERTIFICATES = {
    "证号": ("Z1", "Z2", "Z3", "Z4", "Z5", "Z6", ""),
    "人员编号": ("R0001", "R0002", "R0003", "R0004", "R0009", "", "张某"),
    "证件种类": ("执法证", "监督证", "", "工作证"),
    "证载单位": ("水利局", "", "城市管理局"),
    "发证日期": ("2020-01-05", "2019-06-01", "2026-01-05", "", "2020.1.5"),
    "有效期起": ("2020-01-05", "", "2026-01-05"),
    "有效期止": ("2025-01-05", "2023-01-05", "", "长期"),
    "证件状态": ("有效", "在用", "注销", "过期", "", "作废中"),
    "注销日期": ("", "", "2024-01-05", "2019-01-01", "无"),
    "证件收回日期": ("", "2024-02-01", "无"),
    "失格日期": ("", "", "2023-12-01", "2025-02-07", "2025-02-08", "2025-02-09"),
    "暂扣次数": ("", "0", "无", "一次"),
}
CASES = {
    "案号": ("罚1号", "罚2号", "某罚〔2024〕3号", "某罚[2024]04号", ""),
    "办案机关": ("水利局", "城市管理局", ""),
    "当事人": ("甲公司", "乙某"),
    "适用程序": ("普通程序", "简易程序", "", "一般程序"),
    "立案日期": ("2024-01-10", "2024-02-01", "", "2026-01-01"),
    "处罚决定日期": ("2024-03-01", "2024-08-02", "2023-12-01", "", "2025-12-01", "无"),
    "处理结果": ("给予处罚", "不予处罚", "", "撤案了"),
    "处罚种类": ("罚款", "警告", "罚款、没收违法所得", "", "罚款、游街", "无"),
    "罚款数额": ("1000", "0", "", "12万", "50000.00", "无"),
    "送达日期": ("2024-03-05", "2024-02-01", "", "2024-04-30"),
    "送达回证": ("送达回证3号", "未送达", "", "无", "〔2024〕3号"),
    "结案日期": ("2024-06-01", "", "无"),
    "办案人数": ("2", "1", "", "0"),
    "法制审核日期": ("2024-02-20", "", "无", "2024-03-02"),
    "法制审核意见书": ("审核意见书1号", "", "无"),
    "法制审核人员编号": ("R0001", "R0002", "张某", ""),
    "是否复杂或重大处罚": ("是", "否", ""),
    "集体讨论日期": ("2024-02-25", "", "2024-03-02", "无"),
    "另有规定的法律": ("", "", "《治安管理处罚法》第九十九条", "无"),
    "中止扣除次数": ("0", "0", "", "1"),
}
HANDLERS = {
    "案号": ("罚1号", "罚2号", "某罚〔2024〕3号", "罚9号"),
    "人员编号": ("R0001", "R0002", "R0003", "李某", ""),
}


def _rows(
    columns: dict[str, tuple[str, ...]], many: int, dice: random.Random
) -> list[dict[str, str]]:
    """Rows half of which are as they should be; a key stands mostly for one row."""
    rows = []
    for number in range(many):
        good = dice.random() < 0.5
        row = {name: texts[0] if good else dice.choice(texts) for name, texts in columns.items()}
        key = next(iter(columns))
        if dice.random() < 0.9 and len(columns) > len(HANDLERS):
            row[key] = (
                f"{columns[key][0][:-1]}{number}号"
                if key == "案号"
                else f"{columns[key][0]}{number}"
            )
        rows.append(row)
    return rows


NINETY = ("2024-04-08", "2024-04-09", "2024-04-10")
"""A day less than ninety from the first 立案日期, as many, and one more."""
THIRTY = ("2025-02-07", "2025-02-08", "2025-02-09")
"""From these it is a day more than thirty to the day of the check, as many, and one less."""

TABLES = (
    "  行政执法人员: {file: 行政执法人员.csv}\n"
    "  行政执法证件: {file: 行政执法证件.csv}\n"
    "  行政处罚案件: {file: 行政处罚案件.csv}\n"
    "  办案人员: {file: 办案人员.csv, parent: 案号}\n"
)


def _good(columns: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """A row as it should be."""
    return {name: texts[0] for name, texts in columns.items()}


def generated(path: Path, seed: int, closed: str = "") -> None:
    """Four tables, half of whose rows are as they should be, and their settings.

    Some stand at the last day of a limit, or a day beside it.
    """
    dice = random.Random(seed)  # noqa: S311 - dice
    write_csv(path / "行政执法人员.csv", _rows(OFFICERS, 30, dice))
    certificates = _rows(CERTIFICATES, 30, dice)
    for number, row in enumerate(certificates):
        if dice.random() < 0.8:
            row["人员编号"] = f"R0001{number}"
    for number, day in enumerate(THIRTY):
        row = _good(CERTIFICATES) | {"失格日期": day, "证号": f"Z100{number}"}
        certificates.append(row | {"人员编号": f"R0001{number}"})
    write_csv(path / "行政执法证件.csv", certificates)
    cases = _rows(CASES, 40, dice)
    cases += [
        _good(CASES) | {"案号": f"罚9{number}号", "处罚决定日期": day}
        for number, day in enumerate(NINETY)
    ]
    write_csv(path / "行政处罚案件.csv", cases)
    handlers = _rows(HANDLERS, 60, dice)
    for row in handlers:
        row["案号"] = dice.choice(cases)["案号"] or "罚9号"
    write_csv(path / "办案人员.csv", handlers)
    settings(path, TABLES, closed)
