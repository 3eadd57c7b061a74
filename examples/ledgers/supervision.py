"""Supervision, file reviews, filings received, requests, issue log, meeting topics, lists."""

# ruff: noqa: E501 - the rows of a ledger read best as they stand

from __future__ import annotations

from typing import Final

from examples.ledgers.cells import Row, day
from examples.ledgers.units import FARM, HEALTH, HOUSING, LAND, MARKET, TOWN, URBAN, WATER

PAPERS: Final[list[Row]] = [
    {"文书编号": number, "文书种类": kind, "被监督单位": target, "发出日期": sent, "整改期限": due, "整改反馈日期": replied,
     "监督决定日期": "无", "问题数": problems, "意见建议数": problems, "已整改数": done, "整改中数": going, "未处理问题数": unhandled}
    for number, kind, target, sent, due, replied, problems, done, going, unhandled in (
        ("监意〔2024〕1号", "执法监督意见书", URBAN, "2024.7.1", day("2024-07-31"), day("2024-07-31"), 4, 4, 0, 0),
        ("监意〔2024〕2号", "执法监督意见书", LAND, "2024.7.1", day("2024-07-31"), day("2024-08-02"), 3, 3, 0, 0),
        ("监通〔2024〕1号", "执法监督通知书", HEALTH, "2024.9.2", day("2024-09-30"), day("2024-09-27"), 5, 4, 0, 1),
        ("督〔2024〕1号", "法治督察", TOWN, "2024.10.22", day("2024-12-31"), day("2024-12-20"), 6, 6, 0, 0),
        ("督〔2024〕2号", "法治督察", WATER, "2024.10.22", day("2024-12-31"), day("2024-12-27"), 8, 6, 2, 0),
        ("政督〔2024〕1号", "政府督查", HOUSING, "2024.9.10", day("2024-10-31"), day("2024-11-04"), 3, 3, 0, 0),
    )
]  # fmt: skip

VISITS: Final[list[Row]] = [
    {
        "监督编号": "监2024-01",
        "监督日期": day("2024-06-18"),
        "被监督单位": URBAN,
        "监督人员编号": "D01、D02",
        "监督人员数": 2,
    },
    {
        "监督编号": "监2024-02",
        "监督日期": "2024.8.27",
        "被监督单位": MARKET,
        "监督人员编号": "D03、D05",
        "监督人员数": 2,
    },
]

REVIEWS: Final[list[Row]] = [
    {"评查编号": "评2024-1", "评查年度": 2024, "评查日期": "2024.6.13", "评查卷数": 20, "发现问题数": 12, "整改建议数": 12, "已整改数": 12},
    {"评查编号": "评2024-2", "评查年度": 2024, "评查日期": "2024.11.14", "评查卷数": 26, "发现问题数": 15, "整改建议数": 15, "已整改数": 9},
]  # fmt: skip

RECEIVED: Final[list[Row]] = [
    {"接收编号": number, "报备文号": paper, "报备单位": filer, "报备单位层级": level, "收到日期": got, "登记日期": registered,
     "审查日期": reviewed, "审查结果": result, "纠正日期": corrected}
    for number, paper, filer, level, got, registered, reviewed, result, corrected in (
        ("收2024-01", "青城管规〔2024〕1号", URBAN, "部门", day("2024-05-28"), "2024.5.29", "2024.6.14", "未发现问题", "无"),
        ("收2024-02", "青市监规〔2024〕1号", MARKET, "部门", day("2024-06-21"), "2024.6.24", "无", None, "无"),
        ("收2024-03", "青农规〔2024〕1号", FARM, "部门", "2024.8.2", "2024.8.5", "2024.8.26", "责令改正", "2024.9.12"),
        ("收2024-04", "云镇规〔2024〕1号", TOWN, "乡镇", day("2024-11-18"), "2024.11.19", "2024.12.10", "未发现问题", "无"),
    )
]  # fmt: skip

REQUESTS: Final[list[Row]] = [
    {"建议编号": "建2024-1", "收到日期": "2024.4.8", "答复日期": "2024.5.31"},
    {"建议编号": "建2024-2", "收到日期": day("2024-05-20"), "答复日期": "无"},
]

ISSUED: Final[list[Row]] = [
    {"发文序号": number, "发文字号": paper, "文件标题": title, "发文机关": issuer, "发文日期": on, "规范性文件认定": normative}
    for number, (paper, title, issuer, on, normative) in enumerate(
        (
            ("青政规〔2024〕1号", "青岚县县城养犬管理规定", "县政府", day("2024-03-08"), "是"),
            ("青政办〔2024〕18号", "关于做好端午节期间值班工作的通知", "县政府办", "2024.6.5", "否"),
            ("青政规〔2024〕2号", "青岚县商品房预售资金监管办法", "县政府", "2024.6.12", "是"),
            ("青政办规〔2024〕3号", "青岚县政府投资小型项目管理办法", "县政府办", day("2024-07-29"), "是"),
            ("青政办〔2024〕31号", "关于规范城区早市管理的通知", "县政府办", day("2024-08-15"), "是"),
            ("青政规〔2024〕4号", "青岚县农村宅基地审批实施细则", "县政府", day("2024-09-18"), "是"),
        ),
        1,
    )
]  # fmt: skip

TOPICS: Final[list[Row]] = [
    {"议题编号": f"议{number:02}", "议题名称": title, "会议日期": on, "会次": meeting, "是否应合法性审查": reviewable,
     "对应决策编号": matter, "对应文号": paper}
    for number, (title, on, meeting, reviewable, matter, paper) in enumerate(
        (
            ("停车泊位方案", day("2024-04-26"), "第12次", "是", "决2024-01", "无"),
            ("预售资金监管办法", "2024.5.31", "第13次", "是", "无", "青政规〔2024〕2号"),
            ("农村客运票价补贴", day("2024-06-20"), "第14次", "是", "决2024-02", "无"),
            ("开发区供热管网划转", day("2024-06-21"), "第15次", "是", "无", "无"),
            ("防汛形势分析", day("2024-06-21"), "第15次", "否", "无", "无"),
            ("宅基地审批实施细则", day("2024-09-12"), "第20次", "是", "无", "青政规〔2024〕4号"),
        ),
        1,
    )
]  # fmt: skip

LISTS: Final[list[Row]] = [{"文件年度": 2024, "目录报送日期": day("2025-02-28"), "目录件数": 6}]
