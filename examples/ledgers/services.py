"""Licence applications, service items, publication of enforcement decisions."""

# ruff: noqa: E501 - the rows of a ledger read best as they stand

from __future__ import annotations

import datetime as dt
from typing import Final

from examples.ledgers.cases import Case, cases
from examples.ledgers.cells import Cell, Changes, Row, day, spread, worked
from examples.ledgers.units import HEALTH, HOUSING, LAND, MARKET, WATER


def licence(number: int, received: dt.date, **more: Cell) -> Row:
    """An application complete at once, decided within twelve working days."""
    accepted = worked(received, 1)
    return {
        "办件编号": f"许2024-{number:03}", "许可机关": (MARKET, HEALTH, HOUSING, LAND, WATER)[number % 5],
        "收到申请日期": received, "是否需补正": "否", "补正告知日期": None, "受理日期": accepted,
        "许可决定日期": worked(accepted, 4 + number % 9), "是否准予": "是", "是否延长": "否",
        "延长是否经批准": None, "是否联合办理": "否", "扣除工作日": None, "扣除是否书面告知": None,
        "承诺工作日": 15, "证件送达日期": worked(accepted, 7 + number % 9), **more,
    }  # fmt: skip


SPECIAL: Final[list[Row]] = [
    licence(1, day("2024-05-06"), 受理日期=day("2024-05-06"), 许可决定日期=day("2024-06-03"), 证件送达日期=day("2024-06-05")),
    licence(2, day("2024-05-06"), 受理日期=day("2024-05-06"), 许可决定日期=day("2024-05-31"), 证件送达日期=day("2024-06-05")),
    licence(3, day("2024-09-02"), 是否需补正="是", 补正告知日期=day("2024-09-10"), 受理日期=day("2024-09-12"),
            许可决定日期=day("2024-09-25"), 证件送达日期="2024.9.27"),
    licence(4, day("2024-09-02"), 是否需补正="是", 补正告知日期=day("2024-09-09"), 受理日期=day("2024-09-12"),
            许可决定日期=day("2024-09-25"), 证件送达日期="2024.9.27"),
    licence(5, day("2024-06-17"), 受理日期=day("2024-06-18"), 许可决定日期=day("2024-07-01"), 证件送达日期=day("2024-07-16")),
    licence(6, day("2024-06-17"), 受理日期=day("2024-06-18"), 许可决定日期=day("2024-07-01"), 证件送达日期=day("2024-07-15")),
]  # fmt: skip


def licences() -> list[Row]:
    """The applications of the year."""
    return SPECIAL + [
        licence(number, on) for number, on in enumerate(spread(40, 5, 215), len(SPECIAL) + 1)
    ]


SERVICE_ITEMS: Final[list[Row]] = [
    {"事项编码": f"事{number:02}", "事项名称": title, "实施单位": unit, "事项类型": kind, "是否列入许可清单": listed,
     "法定时限": legal, "承诺时限": promised, "实际最长用时": actual, "延时原因公开": reason}
    for number, (title, unit, kind, listed, legal, promised, actual, reason) in enumerate(
        (
            ("食品经营许可", MARKET, "行政许可", "是", 20, 8, 8, "无"),
            ("公共场所卫生许可", HEALTH, "行政许可", "是", 20, 10, 9, "无"),
            ("建筑工程施工许可", HOUSING, "行政许可", "是", 7, 5, 5, "无"),
            ("临街装修备案证明", HOUSING, "行政许可", "否", 20, 5, 3, "无"),
            ("取水许可", WATER, "行政许可", "是", 45, 20, 24, "无"),
            ("临时用地审批", LAND, "行政许可", "是", 20, 15, 17, "2024年11月因系统迁移，网站公告"),
            ("老年人优待证办理", HEALTH, "公共服务", "否", 5, 1, 1, "无"),
        ),
        1,
    )
]  # fmt: skip

PUBLISHED: Final[Changes] = {
    "青罚〔2024〕56号": {"公开日期": day("2024-07-17")},
    "青罚〔2024〕57号": {"公开日期": day("2024-07-16")},
    "青罚〔2024〕53号": {"公开日期": day("2024-07-03")},
    "青罚〔2024〕54号": {"公开日期": day("2024-07-02")},
    "青罚〔2024〕66号": {"是否仅警告": "是", "公开日期": "无"},
    "青罚〔2024〕36号": {"是否应公开": "否", "公开日期": "无"},
    "青罚〔2024〕37号": {"是否应公开": None, "公开日期": "无"},
    "青罚〔2024〕62号": {"撤销日期": day("2024-10-14"), "撤回日期": day("2024-10-18")},
    "青罚〔2024〕63号": {"撤销日期": day("2024-10-14"), "撤回日期": day("2024-10-17")},
}
"""Decisions whose publication is worth a word."""
OTHERS: Final[list[Row]] = [
    {"文号": number, "决定机关": MARKET, "决定种类": kind, "决定日期": on, "是否应公开": "是", "公开日期": told,
     "是否仅警告": "否", "是否市场监管处罚": "否", "撤销日期": None, "撤回日期": None}
    for number, kind, on, told in (
        ("检查结果〔2024〕1号", "行政检查", day("2024-09-03"), day("2024-10-09")),
        ("检查结果〔2024〕2号", "行政检查", day("2024-09-03"), day("2024-10-08")),
        ("准许〔2024〕7号", "行政许可", day("2024-07-05"), day("2024-07-16")),
        ("准许〔2024〕8号", "行政许可", day("2024-07-05"), "无"),
    )
]  # fmt: skip


def published() -> list[Row]:
    """Every decided case of the year and where it was published, then the other decisions."""
    rows = [_published(found) for found in cases() if found["决定日期"] != "无"]
    return [row for row in rows if row["决定日期"] < day("2025-01-01")] + OTHERS  # type: ignore[operator]


def _published(found: Case) -> Row:
    on = day(str(found["决定日期"]))
    number = str(found["案号"])
    return {
        "文号": number, "决定机关": found["办案机关"], "决定种类": "行政处罚", "决定日期": on,
        "是否应公开": "是", "公开日期": worked(on, 4), "是否仅警告": "否",
        "是否市场监管处罚": "是" if found["办案机关"] == MARKET else "否", "撤销日期": None, "撤回日期": None,
        **PUBLISHED.get(number, {}),
    }  # fmt: skip
