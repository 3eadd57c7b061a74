"""Coercive measures and executions, entrustments, cameras, visits to enterprises."""

# ruff: noqa: E501 - the rows of a ledger read best as they stand

from __future__ import annotations

from typing import Final

from examples.ledgers.actions import UPKEEP
from examples.ledgers.cells import Cell, Row, day, spread
from examples.ledgers.units import AIR, FARM, MARKET, ROADS, SAFETY, URBAN


def measure(number: int, unit: str, acted: str, who: str, **more: Cell) -> Row:
    """A seizure that was approved the day before, by two officers, and lifted within 20 days."""
    return {
        "强制措施编号": f"强措〔2024〕{number}号", "实施机关": unit, "措施种类": "扣押财物",
        "批准时间": None, "实施时间": acted, "是否情况紧急": "否", "执法人员编号": who, "人数": 2,
        "现场笔录": f"强措笔录{number}", "查封扣押日期": day(acted[:10]), "解除日期": None,
        "是否延长": "否", "延长批准日期": None, "检测鉴定天数": None, "检测期间是否书面告知": None,
        "期限另有规定的依据": None, "延长决定书": None, "延长告知日期": None, **more,
    }  # fmt: skip


MEASURES: Final[list[Row]] = [
    measure(1, MARKET, "2024-03-12 10:00", "S40、S41", 批准时间="2024-03-11 16:00", 解除日期="2024.4.1"),
    measure(2, MARKET, "2024-03-19 09:30", "S40、S41", 批准时间="2024-03-19 15:00", 解除日期="2024.4.8"),
    measure(3, FARM, "2024-04-09 18:00", "N10、N11", 是否情况紧急="是", 批准时间="2024-04-10 14:00", 解除日期="2024.4.29"),
    measure(4, FARM, "2024-04-16 18:00", "N10、N11", 是否情况紧急="是", 批准时间="2024-04-17 20:00", 解除日期="2024.5.6"),
    measure(5, MARKET, "2024-05-06 10:00", "S42、S43", 批准时间="2024-05-06 09:00", 解除日期=day("2024-06-05")),
    measure(6, MARKET, "2024-05-06 11:00", "S42、S43", 批准时间="2024-05-06 09:00", 解除日期=day("2024-06-06")),
    measure(7, AIR, "2024-06-03 10:00", "H10、H11", 批准时间="2024-06-03 08:30", 解除日期=day("2024-08-02"),
            是否延长="是", 延长批准日期=day("2024-07-03"), 延长决定书="强延〔2024〕7号", 延长告知日期="2024.7.4"),
    measure(8, SAFETY, "2024-07-16 09:00", "Y02、Y03", 批准时间="2024-07-15 17:00", 解除日期="2024.7.30", 现场笔录=None),
    measure(9, SAFETY, "2024-08-20 09:00", "Y04", 人数=1, 批准时间="2024-08-19 17:00", 解除日期="2024.9.5"),
    measure(10, MARKET, "2024-09-11 10:00", "S44、S45", 批准时间="2024-09-10 16:00", 解除日期=day("2024-10-21"),
            检测鉴定天数=12, 检测期间是否书面告知="是"),
]  # fmt: skip


def execution(number: int, unit: str, **more: Cell) -> Row:
    """An execution by an organ that may execute: demanded, decided, done on a working day."""
    return {
        "强制执行编号": f"强执〔2024〕{number}号", "执行机关": unit, "有无强制执行权": "有",
        "催告日期": "2024.5.6", "催告送达日期": "2024.5.7", "是否立即代履行": "否",
        "强制执行决定日期": day("2024-05-22"), "执行时间": "2024-05-28 09:30", "是否法定节假日执行": "否",
        "是否休息日执行": "否", "是否夜间执行": "否", "是否情况紧急": "否", "是否停水电气热": "否",
        "起诉期满日": None, "申请法院执行日期": None, **more,
    }  # fmt: skip


COURT: Final[Row] = {"有无强制执行权": "无", "强制执行决定日期": "无", "执行时间": None}
EXECUTIONS: Final[list[Row]] = [
    execution(1, URBAN),
    execution(2, URBAN, 催告日期="2024.5.22", 催告送达日期="2024.5.22"),
    execution(3, URBAN, 催告日期="无", 催告送达日期="无"),
    execution(4, URBAN, 执行时间="2024-05-28 23:00", 是否夜间执行="是"),
    execution(5, URBAN, 执行时间="2024-06-01 09:00", 是否休息日执行="是"),
    execution(6, FARM, **COURT | {"催告送达日期": day("2024-09-02"), "起诉期满日": day("2024-06-30"), "申请法院执行日期": day("2024-10-08")}),
    execution(7, FARM, **COURT | {"催告送达日期": day("2024-09-10"), "起诉期满日": day("2024-07-06"), "申请法院执行日期": day("2024-10-08")}),
    execution(8, URBAN, 催告日期="无", 催告送达日期="无", 是否立即代履行="是"),
]  # fmt: skip

ENTRUSTMENTS: Final[list[Row]] = [
    {"委托编号": "委2024-01", "委托机关": URBAN, "受委托组织": UPKEEP, "是否书面委托": "是", "委托事项": "市政设施巡查处罚",
     "委托权限": "警告、二百元以下罚款", "委托期限起": day("2024-01-01"), "委托期限止": day("2024-11-30"),
     "委托书公布日期": "2024.1.5", "合格工作人员数": 3},
    {"委托编号": "委2024-02", "委托机关": ROADS, "受委托组织": "县公路养护所", "是否书面委托": "是", "委托事项": "公路路面保护处罚",
     "委托权限": "警告", "委托期限起": day("2024-03-01"), "委托期限止": day("2026-02-28"),
     "委托书公布日期": "无", "合格工作人员数": 1},
]  # fmt: skip

DEVICES: Final[list[Row]] = [
    {"设备编号": number, "设置单位": ROADS, "是否用于处罚": used, "设备法制审核日期": legal, "设备技术审核日期": tech,
     "设置地点公布日期": told, "启用日期": since}
    for number, used, legal, tech, told, since in (
        ("监控01", "是", "2023.2.6", "2023.2.8", day("2023-02-20"), day("2023-03-01")),
        ("监控02", "是", "2023.2.6", "2023.2.8", day("2023-03-15"), day("2023-03-01")),
        ("监控03", "否", "无", "2023.2.8", "无", day("2023-03-01")),
    )
]  # fmt: skip


def inspections() -> list[Row]:
    """Visits to enterprises; those of 2025 fall under the opinion of that January."""
    rows: list[Row] = [
        {"检查编号": f"检2024-{number:02}", "检查单位": MARKET, "检查日期": on, "检查年度": 2024,
         "检查事项": "食品经营检查", "事项是否公布": "是", "是否有检查权": "是",
         "统一社会信用代码": f"企业{number % 9 + 1:03}", "年度频次上限": 4, "不计频次的情形": None}
        for number, on in enumerate(spread(18), 1)
    ]  # fmt: skip
    for number, published in ((1, "是"), (2, "否")):
        rows.append(
            {**rows[0], "检查编号": f"检2025-{number:02}", "检查日期": day("2025-02-12"), "检查年度": 2025,
             "事项是否公布": published}
        )  # fmt: skip
    return rows
