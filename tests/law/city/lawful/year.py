"""What a place does once a year: the catalogue, what its leaders see to, cleaning up, studying."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import NONE, Case, City
from tests.law.city.days import day, days
from tests.law.city.lawful.decision import decision
from tests.law.city.names import GOVERNMENT


def catalog(city: City) -> Case:
    """This year's catalogue of major decisions; a city has one."""
    return _catalog(city, city.year)


def catalog_before(city: City) -> Case:
    """Last year's catalogue, so that this year's may be missing without it."""
    return _catalog(city, city.year - 1)


def _catalog(city: City, year: int) -> Case:
    name = f"目录{year}"
    if name not in city.place:
        case = Case(
            "重大行政决策目录",
            "目录年度",
            {
                "目录年度": year,
                "目录制定日期": day(f"{year}-02-20"),
                "是否公布标准": True,
                "同级党委同意日期": day(f"{year}-03-01"),
                "党委同意的文件": f"青文〔{year}〕5号",
                "同意机关": "同级党委",
                "目录公布日期": day(f"{year}-03-08"),
                "公布网址": "www.qs.gov.cn/ml",
                "目录事项数": 2,
                "调整次数": 1,
            },
        )
        for at in (1, 2):
            case.add(
                "目录事项",
                "目录编号",
                目录编号=f"目{year}-{at}",
                目录事项名称=f"目录事项{year}之{at}",
                承办单位="县水利局",
                计划完成时间=day(f"{year}-11-30"),
                进展说明="前期工作中，列入下年",
            )
        case.add(
            "目录调整",
            调整日期=day(f"{year}-08-01"),
            调整内容="增加一件",
            调整经党委同意日期=day(f"{year}-08-03"),
            调整公布日期=day(f"{year}-08-09"),
        )
        city.place[name] = case
    return city.place[name]


def leadership(city: City) -> Case:
    """What the leaders saw to in the year; a city has one row."""
    year = city.year
    if "领导职责" not in city.place:
        city.place["领导职责"] = Case(
            "领导职责",
            "年度",
            {
                "年度": year,
                "党委专题听取日期": day(f"{year}-04-10"),
                "年度计划文件": f"青法办〔{year}〕1号",
                "计划所属年度": year,
                "年度计划印发日期": day(f"{year}-03-05"),
                "学法计划": f"学法计划{year}",
                "应知应会清单": "清单（第一批）",
                "绩效考核文件": f"青考〔{year}〕2号",
                "法治建设考核分值": 5,
                "是否考核重大决策": True,
                "是否考核规范性文件": True,
                "主要负责人听取汇报次数": 3,
                "主要负责人研究部署次数": 4,
                "督促下级报告日期": day(f"{year + 1}-01-20"),
                "通报未报告单位日期": day(f"{year + 1}-03-20"),
                "示范创建情况": "参加省级示范创建",
                "报告评议情况": "已评议",
            },
        )
    return city.place["领导职责"]


def topic(city: City) -> Case:
    """A topic of the executive meeting, with the decision it belongs to."""
    whole = decision(city)
    number = city.number()
    return Case(
        "会议议题",
        "议题编号",
        {
            "议题编号": f"议{number:05d}",
            "议题名称": whole["决策事项"],
            "会议日期": whole["讨论日期"],
            "会议次别": whole["会议次别"],
            "是否属于应审查事项": True,
            "决策编号": whole.key,
            "文件文号": NONE,
        },
        linked=[whole],
    )


def studied(city: City) -> Case:
    """What the county's leaders studied in the year: one plan, and its sessions beside it."""
    if "学法" not in city.place:
        sessions = [
            session(city, "法治专题讲座", audience, f"{city.year}-{month}")
            for audience in ("政府领导班子", "党委领导班子")
            for month in ("04-11", "10-16")
        ] + [session(city, "常务会学法", "政府领导班子", f"{city.year}-06-05")]
        city.place["学法"] = Case("领导职责", "", {}, linked=sessions, gone=True)
    return city.place["学法"]


def session(city: City, kind: str, audience: str, when: str, unit: str = GOVERNMENT) -> Case:
    """A session at which law was studied."""
    return Case(
        "学法",
        "学法编号",
        {
            "学法编号": f"学{city.number():05d}",
            "学法形式": kind,
            "参加对象": audience,
            "举办单位": unit,
            "学法年度": int(when[:4]),
            "学法日期": day(when),
            "学法主题": "行政处罚法",
        },
    )


def case_review(city: City) -> Case:
    """The year's review of enforcement files; a city has one."""
    if "案卷评查" not in city.place:
        city.place["案卷评查"] = Case(
            "案卷评查",
            "评查编号",
            {
                "评查编号": f"评{city.year}-1",
                "评查年度": city.year,
                "评查日期": day(f"{city.year}-09-10"),
                "评查卷数": 37,
                "发现问题数": 12,
                "整改建议数": 12,
                "已整改数": 12,
            },
        )
    return city.place["案卷评查"]


def report_of(city: City, level: str, unit: str) -> Case:
    """The annual report of a unit as its dates stand in the ledger: in time, to all."""
    due = day(f"{city.year + 1}-03-01")
    sent = [due - days(city.dice.randrange(1, 30)) for _ in range(7)]
    return Case(
        "年度报告",
        "报告单位",
        {
            "报告单位": unit,
            "报告单位层级": level,
            "报告年度": city.year,
            "报同级党委日期": sent[0],
            "报同级人大常委会日期": sent[1],
            "报上一级党委日期": sent[2],
            "报上一级政府日期": sent[3],
            "报本级政府日期": sent[4],
            "报上一级部门日期": sent[5],
            "抄送督察单位日期": sent[6],
            "报告公开日期": due + days(city.dice.randrange(30)),
            "公开网址": "www.qs.gov.cn/bg",
            "不公开的依据": None,
            "报告包含的部分": ["举措成效", "不足", "原因", "主要负责人履职", "下年度安排"],
            "报告使用的统计口径": ["全年"],
            "统计口径说明": "均为全年数",
            "报告所述听取汇报次数": 2,
            "报告所述研究部署次数": 3,
        },
    )


def bureau_report(city: City) -> Case:
    """The report of a bureau of its own."""
    return report_of(city, "部门", f"县第{city.number()}局")


def carried_report(city: City) -> Case:
    """The report of a bureau, and its report of the year before with plans now accounted for."""
    case = bureau_report(city)
    before = Case(case.ledger, case.heading, dict(case.row))
    year = city.year - 1
    before.row["报告年度"] = year
    for heading, value in case.row.items():
        if isinstance(value, dt.date):
            before[heading] = value - days(365)
    for plan in ("开展两期培训", "修订处罚裁量基准"):
        before.add(
            "上年安排落实", 报告年度=year, 安排=plan, 应落实年度=city.year, 落实情况="已完成"
        )
    case.linked.append(before)
    return case


def township_report(city: City) -> Case:
    """The report of a township government of its own."""
    return report_of(city, "乡镇", f"第{city.number()}镇人民政府")


def committee_report(city: City) -> Case:
    """The report of a township's party committee: nobody asks that it be published."""
    case = report_of(city, "党委", f"中共第{city.number()}镇委员会")
    return case.none("报告公开日期")


def government_report(city: City) -> Case:
    """The report of a government that isn't the county's own, as a fresh record."""
    return report_of(city, "政府", f"青石县第{city.number()}开发区管理委员会")
