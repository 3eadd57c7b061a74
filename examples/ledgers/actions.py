"""Acts of enforcement: who, on which day, how many, certificates shown or not.

The first forty-odd are worth a word: they hold a fault or touch a limit. The others are the
monthly rounds of every unit, two officers with certificates, nothing wrong.
"""

from __future__ import annotations

from typing import Final

from examples.ledgers.cells import Cell, Row, day, spread, typed
from examples.ledgers.officers import usual
from examples.ledgers.units import (
    AIR,
    CULTURE,
    FARM,
    HEALTH,
    HOUSING,
    JUSTICE,
    LAND,
    MARKET,
    ROADS,
    SAFETY,
    TOWN,
    UNITS,
    URBAN,
    WATER,
    WILLOW,
)  # fmt: skip

UPKEEP: Final = "县市政管护中心"
"""An organisation that enforces for the urban management bureau, entrusted by it."""


def action(  # noqa: PLR0913, PLR0917 - the columns of the ledger
    number: int, unit: str, on: Cell, kind: str, who: Cell, count: Cell, **more: Cell
) -> Row:
    """One act of enforcement; `who` stands in one cell, or in a sheet of its own."""
    return {
        "执法编号": f"执2024-{number:03}", "执法单位": unit, "执法日期": on, "执法种类": kind,
        "执法人员编号": who, "人数": count, "出示证件": "√", "法律另有规定": None,
        "委托机关": None, "现场笔录": f"笔录2024-{number:03}", **more,
    }  # fmt: skip


SPECIAL: Final[list[Row]] = [
    action(1, URBAN, day("2024-03-12"), "现场检查", "C01、C02", 2),
    action(2, URBAN, day("2024-03-11"), "现场检查", "C01、C06", 2),
    action(3, URBAN, "2024.3.20", "现场检查", "C01、C06", 2),
    action(4, URBAN, day("2024-05-31"), "调查", "C01、C08", 2),
    action(5, URBAN, day("2024-06-03"), "调查", "C01、C02、C08", 3),
    action(6, URBAN, day("2024-04-30"), "现场检查", "C02、C09", 2),
    action(7, URBAN, day("2024-05-06"), "现场检查", "C02、C09", 2),
    action(8, URBAN, day("2024-05-09"), "现场检查", None, 2),
    action(9, URBAN, day("2024-05-10"), "现场检查", "C03、C10", 2),
    action(10, URBAN, "2024年6月12日", "调查", "C04", 1),
    action(11, SAFETY, day("2024-07-16"), "其他", "Y02", 1),
    action(12, URBAN, day("2024-07-22"), "现场检查", "C03、C04、C12", 3),
    action(13, URBAN, day("2024-06-25"), "调查", "C04、C07", 2),
    action(14, URBAN, "2024年8月", "现场检查", None, 3),
    action(15, ROADS, "2024.5", "检查", "J06、J07", 2),
    action(16, TOWN, day("2024-12-10"), "检查", "Z01、Z03", 2),
    action(17, TOWN, day("2024-12-06"), "检查", "Z01、Z03", 2),
    action(18, ROADS, day("2024-09-03"), "行政处罚", "J08", 1,
           法律另有规定="道路交通安全法规定可由一名执法人员处理的情形"),
    action(19, SAFETY, day("2024-11-12"), "检查", "Y02、Y03", 2),
    # 一人两证：旧证最后一日、新证头一个工作日
    action(20, MARKET, day("2024-05-31"), "现场检查", "S05、S06", 2),
    action(21, MARKET, day("2024-06-03"), "现场检查", "S05、S06", 2),
    # 调动：调走以前凭旧证，调来以后凭新证；W04 没有换证
    action(22, MARKET, day("2024-06-12"), "调查", "W03、S13", 2),
    action(23, HEALTH, day("2024-06-18"), "调查", "W03、W05", 2),
    action(24, HEALTH, day("2024-07-09"), "现场检查", "W04、W05", 2),
    # 暂扣、过期、注销
    action(25, FARM, day("2024-09-12"), "现场检查", "N07、N08、N09", 3),
    action(26, FARM, day("2024-10-08"), "现场检查", "N07、N08", 2),
    action(27, AIR, day("2024-09-05"), "现场检查", "H03、H04、H05", 3),
    action(28, WATER, day("2024-10-16"), "现场检查", "L02、L06、L07", 3),
    action(29, WATER, day("2024-04-02"), "现场检查", "L04、L06", 2),
    action(30, WATER, day("2024-03-29"), "现场检查", "L05、L06", 2),
    # 岗前培训
    action(31, HOUSING, day("2024-03-20"), "现场检查", "F09、F11", 2),
    action(32, HOUSING, day("2024-03-25"), "现场检查", "F10、F11", 2),
    # 辅助人员
    action(33, MARKET, day("2024-06-20"), "现场检查", None, 3),
    action(34, MARKET, day("2024-06-21"), "现场检查", None, 3),
    # 一人执法、没有亮证、没有笔录
    action(35, MARKET, day("2024-08-15"), "调查", "S15", 1),
    action(36, LAND, day("2024-08-20"), "现场检查", "T10、T11", 2, 出示证件="×"),
    action(37, CULTURE, day("2024-08-22"), "现场检查", "U05、U06", 2, 现场笔录=None),
    # 受委托组织
    action(38, UPKEEP, day("2024-09-19"), "现场检查", "C02、C03", 2, 委托机关=URBAN),
    action(39, UPKEEP, day("2024-12-18"), "现场检查", "C02、C03", 2, 委托机关=URBAN),
    # 年中取证；同一人写了两遍；送达不要求两人
    action(40, WILLOW, day("2024-08-28"), "检查", "V05、V06", 2),
    action(41, HEALTH, day("2024-11-05"), "现场检查", None, 2),
    action(42, HOUSING, "2024.10.9", "送达", "F12", 1),
]  # fmt: skip

PARTICIPATIONS: Final[list[Row]] = [
    {"执法编号": "执2024-008",
     "块": [{"人员编号": "C03", "角色": "执法"}, {"人员编号": "C10", "角色": "执法"}]},
    {"执法编号": "执2024-014",
     "块": [{"人员编号": "C01", "角色": "执法"}, {"人员编号": "C02", "角色": "执法"},
            {"人员编号": "C11", "角色": "辅助"}]},
    {"执法编号": "执2024-033",
     "块": [{"人员编号": "S13", "角色": "执法"}, {"人员编号": "S14", "角色": "执法"},
            {"人员编号": "S60", "角色": "执法"}]},
    {"执法编号": "执2024-034",
     "块": [{"人员编号": "S13", "角色": "执法"}, {"人员编号": "S14", "角色": "执法"},
            {"人员编号": "S61", "角色": "辅助"}]},
    {"执法编号": "执2024-041",
     "块": [{"人员编号": "W06", "角色": "执法"}, {"人员编号": "W06", "角色": "记录"}]},
]  # fmt: skip

ROUNDS: Final = 24
"""Rounds that each unit makes in the year."""


def actions() -> list[Row]:
    """The acts of the year: those worth a word, then the rounds of every unit."""
    rows, number = list(SPECIAL), len(SPECIAL)
    kinds = ("检查", "现场检查", "调查", "送达")
    for unit in UNITS:
        people = usual(unit.name)
        if unit.name == JUSTICE or len(people) < 2:
            continue
        for turn, on in enumerate(spread(ROUNDS)):
            number += 1
            pair = people[2 * turn % len(people)], people[(2 * turn + 1) % len(people)]
            if pair[0] == pair[1]:
                raise ValueError(unit.name)
            rows.append(
                action(number, unit.name, typed(on, number), kinds[number % len(kinds)],
                       "、".join(pair), 2)
            )  # fmt: skip
    return rows
