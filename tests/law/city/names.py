"""The city: what its bodies are called, and how people write those names."""

from __future__ import annotations

from typing import Final

PLACE: Final = "青石县"
GOVERNMENT: Final = "青石县人民政府"
JUDICIAL: Final = "县司法局"
REGULATOR: Final = "县市场监管局"
SUPERIOR: Final = "云州市人民政府"
NPC: Final = "青石县人大常委会"

ALIASES: Final[dict[str, list[str]]] = {
    GOVERNMENT: ["县政府", "县人民政府"],
    JUDICIAL: ["青石县司法局", "司法局", "县司法局法制科"],
    REGULATOR: ["县市场监督管理局", "市场监管局", "青石县市场监督管理局"],
    SUPERIOR: ["云州市政府"],
    NPC: ["县人大常委会"],
}

PLACE_SETTINGS: Final[dict[str, object]] = {
    "name": PLACE,
    "level": "县级",
    "superior": "云州市",
    "government": GOVERNMENT,
    "government_office": "县政府办公室",
    "party_committee": "中共青石县委员会",
    "npc": NPC,
    "judicial_bureau": JUDICIAL,
    "market_regulator": REGULATOR,
    "superior_government": SUPERIOR,
    "superior_party": "中共云州市委员会",
    "superior_judicial": "云州市司法局",
    "reviewers": JUDICIAL,
    "collectors": "县农村商业银行",
}

LEAD_UNITS: Final = ["县城市管理局", "县交通运输局", "县教育局", "县水利局", "县民政局"]
MATTERS: Final = [
    "停车收费管理",
    "公共交通线网",
    "集中供水价格",
    "学校布局",
    "养老服务",
    "垃圾分类",
]
