"""Cases in which the county's bodies are sued: who came to court, when they answered, what became.

Nos. 5, 8, 11, 20 and the appeal hold the faults; 3, 5, 22 stand on a limit; 14 and 17 look odd.
"""

# ruff: noqa: E501 - the rows of a ledger read best as they stand

from __future__ import annotations

from typing import Final

from examples.ledgers.cells import Cell, Row, day
from examples.ledgers.units import FARM, HEALTH, HOUSING, MARKET, TOWN, URBAN

GOVERNMENT: Final = "青岚县人民政府"


def lawsuit(
    number: str, plaintiff: str, defendant: str, cause: str, *dates: Cell, **more: Cell
) -> Row:
    """A row of the register; `dates`: copy received, defence, evidence, hearing, judgment, effect."""
    received, defended, proved, heard, judged, effective = dates
    return {
        "案号": f"（2024）青0921{number}", "审级": "二审" if "终" in number else "一审",
        "审理法院": "望州市中级人民法院" if "终" in number else "青岚县人民法院",
        "原告": plaintiff, "被告": defendant, "案由": cause, "收到应诉通知日期": received, "答辩日期": defended,
        "举证日期": proved, "法院准许延期举证至": None, "开庭日期": heard, "负责人是否出庭": "是",
        "出庭负责人职务": "副局长", "出庭人员": "负责人、工作人员、律师", "未出庭原因": None,
        "是否提交盖章或主要负责人签字的说明": None, "裁判日期": judged, "裁判结果": "驳回诉讼请求", "是否败诉": "否",
        "生效日期": effective, "履行期限": None, "履行情况": None, "履行日期": None, **more,
    }  # fmt: skip


LAWSUITS: Final[list[Row]] = [
    lawsuit("行初3号", "青岚县某超市", MARKET, "行政处罚", day("2024-03-11"), day("2024-03-26"), day("2024-03-26"), day("2024-04-18"), day("2024-05-16"), "2024.6.3"),
    lawsuit("行初5号", "魏某", URBAN, "行政强制", day("2024-04-19"), day("2024-05-06"), day("2024-05-07"), day("2024-06-13"), day("2024-07-11"), day("2024-07-29"),
            负责人是否出庭="否", 出庭负责人职务=None, 出庭人员="律师", 未出庭原因="开会", 是否提交盖章或主要负责人签字的说明="否",
            裁判结果="撤销、责令重作", 是否败诉="是", 履行期限=day("2024-09-27"), 履行情况="未履行"),
    lawsuit("行初8号", "青岚某建筑公司", HOUSING, "行政许可", day("2024-05-06"), "2024.5.15", "2024.5.15", day("2024-06-20"), day("2024-08-15"), "2024.9.2",
            负责人是否出庭="否", 出庭负责人职务=None, 出庭人员="工作人员、律师", 未出庭原因="他人不能代替的公务", 是否提交盖章或主要负责人签字的说明="是",
            裁判结果="确认违法、采取补救措施", 是否败诉="是", 履行期限=day("2024-10-31"), 履行情况="已履行", 履行日期=day("2024-11-05")),
    lawsuit("行初11号", "孙某", GOVERNMENT, "房屋征收补偿", day("2024-06-03"), "2024.6.17", "2024.6.17", day("2024-07-18"), day("2024-08-08"), "2024.8.26",
            出庭负责人职务="局长", 裁判结果="驳回起诉"),
    lawsuit("行初14号", "孙某等三人", "县政府", "土地确权", day("2024-07-01"), "2024.7.15", "2024.7.15", day("2024-08-22"), day("2024-09-19"), "2024.10.8",
            出庭负责人职务="副县长", 出庭人员="负责人、工作人员"),
    lawsuit("行终2号", "青岚县某超市", MARKET, "行政处罚", "无", None, None, day("2024-09-05"), day("2024-10-10"), day("2024-10-10"),
            出庭负责人职务=None, 裁判结果="维持原判"),
    lawsuit("行初17号", "田某", FARM, "信息公开", day("2024-10-08"), "2024.10.14", "2024.10.14", "无", day("2024-11-06"), "无",
            负责人是否出庭=None, 出庭负责人职务=None, 出庭人员=None, 裁判结果="撤诉"),
    lawsuit("行初20号", "白某", HEALTH, "不履行法定职责", day("2024-10-21"), "2024.11.1", "2024.11.1", day("2024-12-05"), day("2025-01-09"), day("2025-02-05"),
            出庭负责人职务="主任", 裁判结果="责令履行", 是否败诉="是", 履行期限=day("2025-04-30"), 履行情况="正在履行"),
    lawsuit("行初22号", "青岚某农庄", TOWN, "行政协议", day("2024-12-16"), day("2024-12-31"), day("2025-01-10"), day("2025-03-20"), None, None,
            法院准许延期举证至=day("2025-01-10"), 负责人是否出庭=None, 出庭负责人职务=None, 出庭人员=None, 裁判结果=None, 是否败诉=None),
]  # fmt: skip
