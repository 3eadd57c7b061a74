"""A major decision of the county government that took every step, and shorter lawful ones."""

from __future__ import annotations

from tests.law.city.case import NONE, Case, City
from tests.law.city.days import day, days, next_workday, workdays_after
from tests.law.city.names import GOVERNMENT, JUDICIAL, LEAD_UNITS, MATTERS, REGULATOR

PACKAGE = [
    "决策草案",
    "起草说明",
    "依据",
    "公众意见采纳情况",
    "专家论证意见采纳情况",
    "风险评估报告",
    "合法性审查意见",
    "公平竞争审查情况",
]
ARCHIVE = [
    "启动材料",
    "决策草案",
    "公众参与材料",
    "意见采纳材料",
    "专家论证材料",
    "风险评估材料",
    "公平竞争审查材料",
    "合法性审查材料",
    "集体讨论材料",
    "请示报告材料",
    "公布材料",
]


def decision(city: City, year: int = 0) -> Case:
    """A decision of the county government with every step of 713号令, one after the other.

    It begins in spring, so that all is done within the year; collective discussion falls after
    2024-08-01 (公平竞争审查条例 in force).
    """
    dice, number = city.dice, city.number()
    year = year or city.year
    name = f"{dice.choice(MATTERS)}方案之{number}"
    begun = day(f"{year}-03-01") + days(dice.randrange(40))
    notice = begun + days(dice.randrange(10, 20))
    closed = notice + days(dice.randrange(32, 45))
    experts = closed + days(dice.randrange(2, 6))
    risk = experts + days(dice.randrange(2, 6))
    fair = max(risk + days(2), day(f"{year}-07-25"))
    complete = next_workday(fair + days(dice.randrange(2, 6)))
    due = workdays_after(complete, dice.randrange(8, 12))
    opinion = workdays_after(complete, dice.randrange(3, 8))
    met = workdays_after(due, dice.randrange(3, 8))
    party = met + days(dice.randrange(2, 6))
    issued = party + days(dice.randrange(2, 6))
    published = workdays_after(met, dice.randrange(12, 17))
    received = dice.randrange(3, 40)
    adopted = dice.randrange(received)
    case = Case(
        "重大行政决策台账",
        "决策编号",
        {
            "决策编号": f"决{year}-{number:05d}",
            "决策事项": name,
            "目录编号": NONE,
            "未列入目录的原因": "年中新增的民生事项，已报同意",
            "决策机关": GOVERNMENT,
            "决策机关层级": "政府",
            "承办单位": dice.choice(LEAD_UNITS),
            "会办单位": ["县财政局"],
            "是否明确牵头单位": True,
            "是否重大行政决策": True,
            "决策类别": "公共政策和措施",
            "省规定的类别": "第一类",
            "不适用本程序的情形": None,
            "另有程序的依据": None,
            "另有程序规定的步骤": None,
            "不属重大决策的理由": None,
            "认定人": JUDICIAL,
            "认定依据": "年度目录标准",
            "认定日期": begun - days(6),
            "启动日期": begun,
            "建议来源": "部门提出",
            "启动前研究论证材料": f"{name}可行性研究",
            "研究论证日期": begun - days(dice.randrange(3, 30)),
            "决定启动的机关": "县政府",
            "决策依据": ["道路交通安全法", "价格法"],
            "是否探索性改革事项": False,
            "涉及的部门": ["县财政局", "县公安局"],
            "部门意见是否未协商一致": False,
            "分歧说明": NONE,
            "涉及的特定群体": ["残疾人"],
            "不予公开的依据": None,
            "紧急情况说明": None,
            "征求意见公告日期": notice,
            "征求意见截止日期": closed,
            "缩短期限的理由": None,
            "公告中是否说明缩短理由": None,
            "公告是否附决策草案": True,
            "公告是否附说明": True,
            "公告是否写明反馈方式": True,
            "公告是否写明期限": True,
            "征求意见渠道": ["政府网站", "报刊"],
            "收到意见数": received,
            "采纳数": adopted,
            "部分采纳数": 0,
            "未采纳数": received - adopted,
            "意见采纳情况说明": f"采纳情况〔{year}〕{number}",
            "必须听证的依据": "价格法第二十三条",
            "是否直接涉及切身利益": True,
            "是否存在较大分歧": False,
            "是否举行听证会": True,
            "不听证的理由": None,
            "专业性技术性是否较强": True,
            "专家论证日期": experts,
            "论证方式": "论证会",
            "专家论证意见": f"论证意见{number}",
            "专家意见采纳情况": f"专家意见采纳说明{number}",
            "是否可能造成不利影响": True,
            "风险评估报告日期": risk,
            "风险评估报告": f"稳评〔{year}〕{number}号",
            "不重复评估的依据": None,
            "风险点": ["价格敏感"],
            "风险防范措施": "分步实施",
            "处置预案": f"预案{number}",
            "风险评估征求意见的部门": ["县委政法委", "县信访局"],
            "风险评估结论": "可控",
            "降低风险的调整": None,
            "复评日期": None,
            "复评结论": None,
            "是否涉及经营者经济活动": True,
            "公平竞争初审日期": fair - days(3),
            "公平竞争审查日期": fair,
            "公平竞争审查单位": REGULATOR,
            "公平竞争自我审查日期": None,
            "公平竞争审查结论": "符合",
            "适用例外的理由": None,
            "例外的期限或终止条件": None,
            "竞争审查听取的经营者意见": ["停车行业协会", "青石停车公司"],
            "是否涉及社会公众利益": True,
            "竞争审查听取的公众意见": ["业主代表"],
            "送审日期": complete - days(1),
            "送审材料": ["决策草案", "依据", "履行程序说明"],
            "送审材料齐备日期": complete,
            "要求反馈日期": due,
            "合法性审查意见日期": opinion,
            "合法性审查意见书": f"青司审〔{year}〕{number}号",
            "审查文书类型": "合法性审查意见",
            "合法性审查单位": JUDICIAL,
            "合法性审查结论": "合法",
            "按审查意见修改日期": None,
            "是否明示法律风险": False,
            "审查意见涵盖的内容": ["权限", "程序", "内容"],
            "送审稿版本": "第三稿",
            "再次审查日期": None,
            "审查后是否实质修改": False,
            "拟上会日": met,
            "讨论日期": met,
            "会议类型": "常务会议",
            "会议次别": f"第{dice.randrange(1, 40)}次",
            "上会材料": PACKAGE,
            "上会稿版本": "第三稿",
            "应到人数": 11,
            "实到人数": 9,
            "会议记录或纪要": f"青政常纪〔{year}〕{number}号",
            "主要负责人是否末位发言": True,
            "首长决定与多数意见是否不一致": False,
            "首长说明的理由": None,
            "不同意见": NONE,
            "不同意见是否载明": True,
            "审查机构是否列席": True,
            "主要负责人是否听取合法性意见": True,
            "讨论结果": "通过",
            "决定日期": met,
            "请示报告党委日期": party,
            "请示报告文号": f"青政文〔{year}〕{number}号",
            "是否人大讨论决定事项": True,
            "报告人大日期": party,
            "出台日期": issued,
            "公布日期": published,
            "公布渠道": ["政府公报", "政府网站", "报刊"],
            "公开前保密审查日期": issued,
            "是否社会普遍关注": True,
            "解读日期": published,
            "是否说明公众意见采纳情况": True,
            "归档日期": day(f"{year + 1}-03-10"),
            "档号": f"J001-{year}-{number}",
            "归档材料": ARCHIVE,
            "执行单位": dice.choice(LEAD_UNITS),
            "执行期限": day(f"{year + 1}-06-30"),
            "执行反馈机制": "每半年报告一次",
            "是否变更或停止执行": False,
            "变更日期": None,
            "变更程序是否完成": None,
            "是否行政首长先行中止": None,
            "中止的紧急理由": None,
            "后评估情形": ["意见较多"],
            "后评估日期": day(f"{year + 1}-05-20"),
            "后评估结果": "效果良好",
            "后评估机构": "云州师范学院",
            "不评估的理由": None,
            "后评估机构是否参加过决策前评估": False,
            "决策前参与论证评估的机构": ["云州咨询公司"],
            "是否发现违反程序": False,
            "责任追究文书": None,
            "追责进展说明": None,
        },
    )
    case.add(
        "公众参与", 参与方式="公开征求意见", 开始日期=notice, 结束日期=closed, 佐证材料="公告截图"
    )
    case.add(
        "公众参与",
        参与方式="听证会",
        开始日期=closed - days(5),
        结束日期=closed - days(5),
        佐证材料="听证笔录",
    )
    _hearing(case, number)
    for name_, kind in (("甲", "个人"), ("乙", "个人"), ("云州大学评估中心", "机构")):
        case.add(
            "论证专家",
            专家姓名=f"{name_}{number}",
            专家类型=kind,
            工作单位="云州大学",
            是否有利害关系=False,
            是否书面意见=True,
            个人是否署名=kind == "个人",
            机构是否盖章=kind == "机构",
        )
    for unit in ("县财政局", "县公安局"):
        case.add(
            "部门协商",
            协商部门=unit,
            协商日期=begun + days(3),
            反馈日期=begun + days(8),
            是否同意=True,
            协商材料="复函",
        )
    case.add(
        "特定群体协商",
        协商群体="残疾人",
        协商日期=begun + days(5),
        代表人="残联代表",
        协商材料="座谈记录",
    )
    case.add(
        "法律顾问意见",
        提出人=f"顾问{number}",
        提出人类别="法律顾问",
        提出日期=opinion - days(1),
        意见材料="书面意见",
    )
    case.add("审查意见逐条", 意见内容=f"完善收费条款{number}", 处理情况="采纳", 未采纳理由=None)
    case.add(
        "执行报告", 报告日期=day(f"{year + 1}-06-10"), 报告文号=f"执报{number}", 发现的问题=None
    )
    return case


def _hearing(case: Case, number: int) -> None:
    held = case.day("征求意见截止日期") - days(5)
    hearing = case.add(
        "听证会",
        "听证编号",
        听证编号=f"听{held.year}-{number:05d}",
        听证公告日期=held - days(15),
        听证会日期=held,
        听证地点="县政府三楼",
        是否遴选参加人=True,
        遴选办法公布日期=held - days(15),
        参加人名单公布日期=held - days(9),
        听证材料最迟送达日期=held - days(9),
        是否公开举行=True,
        不公开听证的依据=None,
        听证记录=f"听证笔录{number}",
        参加人数=3,
        签字人数=3,
    )
    for at in range(3):
        hearing.add(
            "听证参加人",
            参加人姓名=f"代表{number}-{at}",
            参加人身份="消费者代表",
            材料送达日期=held - days(9),
            是否签字=True,
        )


def older_decision(city: City) -> Case:
    """A decision of the year before, when the drafting unit reviewed competition by itself."""
    case = decision(city, city.year - 1)
    case["公平竞争自我审查日期"] = case["公平竞争审查日期"]
    case["公平竞争审查单位"] = case["承办单位"]
    return case.none("公平竞争初审日期", "公平竞争审查日期")


def lean_decision(city: City) -> Case:
    """A lawful decision that needed neither hearing nor experts nor assessment nor fair review."""
    case = decision(city)
    for ledger in ("听证会", "论证专家", "特定群体协商", "部门协商"):
        case.drop(ledger)
    case.children = [c for c in case.children if c.row.get("参与方式") != "听证会"]
    case.blank("必须听证的依据", "会办单位")
    case.none(
        "涉及的部门",
        "涉及的特定群体",
        "专家论证日期",
        "专家论证意见",
        "风险评估报告日期",
        "风险评估报告",
        "公平竞争初审日期",
        "公平竞争审查日期",
    )
    case.row.update(
        {
            "是否举行听证会": False,
            "是否直接涉及切身利益": False,
            "专业性技术性是否较强": False,
            "论证方式": None,
            "专家意见采纳情况": None,
            "是否可能造成不利影响": False,
            "风险点": None,
            "风险防范措施": None,
            "处置预案": None,
            "风险评估征求意见的部门": None,
            "风险评估结论": None,
            "是否涉及经营者经济活动": False,
            "公平竞争审查单位": None,
            "公平竞争审查结论": None,
            "竞争审查听取的经营者意见": None,
            "竞争审查听取的公众意见": None,
            "上会材料": ["决策草案", "起草说明", "依据", "公众意见采纳情况", "合法性审查意见"],
            "归档材料": [
                "启动材料",
                "决策草案",
                "公众参与材料",
                "意见采纳材料",
                "合法性审查材料",
                "集体讨论材料",
                "请示报告材料",
                "公布材料",
            ],
        }
    )
    return case


def autumn_decision(city: City) -> Case:
    """A decision of the autumn: complete on the last working day of September."""
    case = decision(city)
    complete = day(f"{city.year}-09-27")
    due = workdays_after(complete, 7)
    met = workdays_after(due, 3)
    case.row.update(
        {
            "送审日期": complete,
            "送审材料齐备日期": complete,
            "要求反馈日期": due,
            "合法性审查意见日期": due,
            "拟上会日": met,
            "讨论日期": met,
            "决定日期": met,
            "请示报告党委日期": met + days(3),
            "报告人大日期": met + days(3),
            "出台日期": met + days(6),
            "公布日期": met + days(9),
            "公开前保密审查日期": met + days(6),
            "解读日期": met + days(9),
        }
    )
    return case


def bureau_decision(city: City) -> Case:
    """A lean decision of a bureau, reviewed by its own lawyers and taken at its own meeting."""
    case = lean_decision(city)
    case.row.update(
        {
            "决策机关": "县教育局",
            "决策机关层级": "部门",
            "会议类型": "部门办公会议",
            "合法性审查单位": "县教育局政策法规科",
        }
    )
    return case
