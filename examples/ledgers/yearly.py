"""Yearly counts of the units, leadership, study, submission of reports, manual answers."""

# ruff: noqa: E501 - the rows of a ledger read best as they stand, columns as words

from __future__ import annotations

from typing import Final

from examples.ledgers.cells import Cell, Misread, Row, day
from examples.ledgers.units import (
    AIR,
    BRIDGE,
    CULTURE,
    FARM,
    HEALTH,
    HOUSING,
    JUSTICE,
    LAND,
    MARKET,
    POLICE,
    ROADS,
    SAFETY,
    TOWN,
    UNITS,
    URBAN,
    WATER,
    WILLOW,
)  # fmt: skip

NOTED: Final = "由县司法局统筹2名公职律师承担，见青应急〔2024〕15号"


def count(  # noqa: PLR0913, PLR0917 - the columns of the ledger
    unit: str, officers: int, reviewers: Cell, note: Cell, trained: int,
    certificates: tuple[int, int, int, int, int, int], filed: tuple[int, int] = (0, 0), **more: Cell,
) -> Row:  # fmt: skip
    """A unit's year; certificates: opening, issued, moved in, moved out, cancelled, closing."""
    names = ("期初持证数", "当年新发证数", "当年换入数", "当年换出数", "当年注销数", "期末持证数")
    return {
        "单位名称": unit, "年度": 2024, "执法人员总数": officers, "法制审核人员": reviewers,
        "审核力量说明": note, "培训人数": trained, **dict(zip(names, certificates, strict=True)),
        "重大处罚应备案数": filed[0], "重大处罚已备案数": filed[1], "执法统计公开日期": "2025.1.20",
        "执法统计报送日期": day("2025-01-17"), "执法监督工作报告日期": None,
        "执法评议考核日期": day("2024-12-10"), **more,
    }  # fmt: skip


COUNTS: Final[list[Row]] = [
    count(URBAN, 20, 1, None, 19, (18, 1, 0, 0, 2, 17), (1, 1)),
    count(ROADS, 9, 0, "无", 9, (9, 0, 0, 0, 0, 9), (1, 0)),
    count(SAFETY, 5, 0, NOTED, 5, (5, 0, 0, 0, 0, 5), (1, 1)),
    count(TOWN, 4, None, None, 3, (4, 0, 0, 0, 0, 4)),
    count(POLICE, 41, 2, "无", 41, (41, 0, 0, 0, 0, 41)),
    count(MARKET, 78, 4, None, 78, (80, 0, 0, 1, 0, 79), (1, 1), 执法统计公开日期="2025.1.31"),
    count(LAND, 36, 2, None, 36, (36, 0, 0, 0, 0, 36), 执法统计公开日期=day("2025-02-06")),
    count(FARM, 32, 2, None, 32, (32, 0, 0, 0, 1, 32)),
    count(HEALTH, 28, 2, None, 27, (26, 0, 1, 0, 0, 27)),
    count(AIR, 26, 2, None, 26, (26, 0, 0, 0, 0, 26)),
    count(WATER, 22, 2, None, 22, (22, 0, 0, 0, 4, 18)),
    count(HOUSING, 24, 2, None, 24, (22, 2, 0, 0, 0, 24), (1, 1)),
    count(CULTURE, 18, 1, None, 18, (18, 0, 0, 0, 0, 18), 执法评议考核日期="无"),
    count(BRIDGE, 14, 1, None, 14, (14, 0, 0, 0, 0, 14)),
    count(WILLOW, 12, 1, None, 12, (11, 1, 0, 0, 0, 12)),
    count(JUSTICE, 10, 2, None, 10, (10, 0, 0, 0, 0, 10), 执法监督工作报告日期="2024.12.20"),
]  # fmt: skip

LEADERSHIP: Final[list[Row]] = [
    {"年度": 2024, "党委专题听取日期": day("2024-03-22"), "年度计划文件": "青法治办〔2024〕2号", "计划所属年度": 2024,
     "年度计划印发日期": "2024.2.28", "学法计划": "青政办〔2024〕4号", "应知应会清单": "青组〔2024〕11号",
     "绩效考核文件": "青考〔2024〕1号", "法治建设考核分值": 4, "是否考核重大决策": "是", "是否考核规范性文件": "是",
     "督促下级报告日期": "无", "通报未报告单位日期": None},
]  # fmt: skip


def session(kind: str, audience: str, unit: str, on: Cell, topic: str) -> Row:
    """One study session."""
    return {
        "学法形式": kind,
        "参加对象": audience,
        "举办单位": unit,
        "学法年度": 2024,
        "学法日期": on,
        "学法主题": topic,
    }


LECTURE: Final = "法治专题讲座"


def sessions() -> list[Row]:
    """Lectures and study sessions of the year: two lectures for each team, some have one."""
    rows = [
        session(LECTURE, "政府领导班子", "青岚县人民政府", day("2024-04-18"), "行政复议法"),
        session(LECTURE, "政府领导班子", "青岚县人民政府", "2024.9.26", "公平竞争审查条例"),
        session(LECTURE, "县委领导班子", "中共青岚县委员会", day("2024-05-30"), "宪法"),
        *(
            session("会前学法", "政府领导班子", "青岚县人民政府", f"2024.{month}.12", "新法解读")
            for month in (3, 4, 6, 8, 9, 11)
        ),
    ]
    for unit in UNITS:
        if unit.level != "部门":
            continue
        held = (day("2024-05-22"), day("2024-10-17"))
        rows.extend(
            session(LECTURE, "部门领导班子", unit.name, on, "行政处罚法")
            for on in (held[:1] if unit.name == WATER else held)
        )
    return [{"学法编号": f"学{number:02}", **row} for number, row in enumerate(rows, 1)]


REPORTS: Final[list[Row]] = [
    {"报告单位": "青岚县人民政府", "层级": "县政府", "报告年度": 2024,
     "报同级党委日期": "2025.2.20", "报人大日期": "2025.2.24",
     "报上一级党委日期": "2025.2.26", "报上一级政府日期": "2025年3月1日", "抄送日期": "2025.2.26",
     "公开日期": "待定"},
    {"报告单位": "中共青岚县委员会", "层级": "县委", "报告年度": 2024,
     "报上一级党委日期": "2025.2.26", "报上一级政府日期": "2025.2.26", "抄送日期": "2025.2.26"},
    {"报告单位": TOWN, "层级": "镇政府", "报告年度": 2024, "报上一级党委日期": "2025.2.14",
     "报上一级政府日期": "2025.3.4", "抄送日期": "2025.3.1", "公开日期": "2025.2.28"},
    {"报告单位": "县教育局", "层级": "部门", "报告年度": 2024, "报本级政府日期": "2025.1.20",
     "公开日期": "2025.1.24"},
    {"报告单位": "青岚县人民政府", "层级": "县政府", "报告年度": 2023,
     "报同级党委日期": "2024.2.20", "报人大日期": "2024.2.22", "报上一级党委日期": "2024.2.27",
     "报上一级政府日期": "2024.2.27", "抄送日期": None, "公开日期": "2024.4.1"},
]  # fmt: skip

ANSWERS: Final[list[Row]] = [
    {"要求编号": "dec-legality-three-aspects", "对象类型": "重大行政决策", "对象编号": number,
     "认定结论": verdict, "认定人": by, "认定日期": on, "认定理由": reason}
    for number, verdict, by, on, reason in (
        ("决2023-07", "符合", "许某", "2025.3.3", "意见书分三项写明"),
        ("决2024-01", "符合", "许某", "2025.3.3", "意见书分三项写明"),
        ("决2024-02", "符合", "许某", "2025.3.3", "意见书分三项写明"),
        ("决2024-04", "不符合", "许某", "2025.3.3", "复函只答复程序"),
        ("决2024-09", "符合", Misread(None, "许某"), "2025.3.3", "意见书分三项写明"),
        ("决2024-11", "符合", "许某", day("2025-03-05"), "意见书分三项写明"),
        ("决2024-13", "符合", "许某", day("2025-03-05"), "意见书分三项写明"),
        ("决2024-14", "符合", "许某", day("2025-03-06"), "意见书分三项写明"),
        ("决2024-15", "符合", "许某", "2025.3.3", "意见书分三项写明"),
    )
]  # fmt: skip
