"""The enforcing units: name, letter of the numbers, size, level, basis, and how each stands."""

# ruff: noqa: E501 - the rows of a ledger read best as they stand

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from examples.ledgers.cells import Changes, Row, day


@dataclass(frozen=True)
class Unit:
    """One enforcing unit: the letter of its officers' numbers, how many there are."""

    letter: str
    name: str
    size: int
    basis: str
    post: str = "行政编"
    level: str = "部门"


URBAN, ROADS, SAFETY, TOWN = "县城市管理局", "县交通运输局", "县应急管理局", "云溪镇人民政府"
MARKET, LAND, FARM, HEALTH = "县市场监管局", "县自然资源局", "县农业农村局", "县卫生健康委员会"
AIR, WATER, HOUSING, CULTURE = (
    "县生态环境分局",
    "县水利局",
    "县住房和城乡建设局",
    "县文化广电和旅游局",
)
BRIDGE, WILLOW, JUSTICE = "石桥镇人民政府", "柳湾乡人民政府", "县司法局"
POLICE: Final = "县公安局交通管理大队"

UNITS: Final = (
    Unit("C", URBAN, 20, "城市市容和环境卫生管理条例", "事业编"),
    Unit("J", ROADS, 9, "道路运输条例"),
    Unit("Y", SAFETY, 5, "安全生产法"),
    Unit("Z", TOWN, 4, "行政处罚法第二十四条", level="乡镇"),
    Unit("S", MARKET, 80, "市场主体登记管理条例"),
    Unit("T", LAND, 36, "土地管理法"),
    Unit("N", FARM, 32, "农产品质量安全法", "参公"),
    Unit("W", HEALTH, 28, "传染病防治法"),
    Unit("H", AIR, 26, "环境保护法", "参公"),
    Unit("L", WATER, 22, "水法", "事业编"),
    Unit("F", HOUSING, 24, "建筑法", "事业编"),
    Unit("U", CULTURE, 18, "娱乐场所管理条例"),
    Unit("Q", BRIDGE, 14, "行政处罚法第二十四条", level="乡镇"),
    Unit("V", WILLOW, 12, "行政处罚法第二十四条", level="乡镇"),
    Unit("D", JUSTICE, 10, "律师法"),
)

DELEGATED: Final = ("占道经营", "乱倒垃圾", "违法搭建")
CHANGES: Final[Changes] = {
    WATER: {"主体公告日期": "无"},
    FARM: {"重大执法决定目录公布日期": "无"},
    HEALTH: {"裁量权基准公布日期": "无", "是否直接适用上级基准": "否"},
    AIR: {"裁量权基准公布日期": "无", "是否直接适用上级基准": "是"},
    HOUSING: {"免罚清单公布日期": "无"},
    CULTURE: {"处罚公示内容": "实施机关、立案依据、实施程序"},
    ROADS: {"罚没指标文件数": 1},
    TOWN: {"赋权事项数": 3, "最近一次法治督察日期": "2023.6.15"},
    BRIDGE: {"赋权事项数": 3, "最近一次法治督察日期": "2024.10.22"},
    WILLOW: {"赋权事项数": 2, "最近一次法治督察日期": "无"},
}


def agencies() -> list[Row]:
    """The ledger of enforcing units."""
    rows: list[Row] = []
    for number, unit in enumerate(UNITS):
        row: Row = {
            "单位名称": unit.name, "单位层级": unit.level, "是否有执法权": "是", "执法依据": unit.basis,
            "主体确认日期": "2021.3.9", "主体公告日期": day("2021-03-26"),
            "处罚公示内容": "实施机关、立案依据、实施程序、救济渠道",
            "重大执法决定目录公布日期": "2022.6.20" if number % 2 else day("2022-06-20"),
            "裁量权基准公布日期": day("2023-11-17"), "是否直接适用上级基准": "否",
            "免罚清单公布日期": "2023.9.4", "罚没指标文件数": 0, "赋权事项数": 0,
            "最近一次法治督察日期": "2024.5.16",
        }  # fmt: skip
        rows.append({**row, **CHANGES.get(unit.name, {})})
    return rows


def delegated() -> list[Row]:
    """The powers that townships were given, with the days they began and ended."""
    towns = ((TOWN, DELEGATED), (BRIDGE, DELEGATED), (WILLOW, DELEGATED[:2]))
    return [
        {
            "单位名称": town, "赋权事项名称": item, "赋权生效日期": day("2023-01-01"),
            "赋权收回日期": None, "赋权依据文号": "望政文〔2022〕61号",
        }
        for town, items in towns
        for item in items
    ]  # fmt: skip
