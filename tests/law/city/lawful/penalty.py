"""A penalty under the ordinary procedure with every step, and one on the spot."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import Case, City
from tests.law.city.days import day, days, workdays_after
from tests.law.city.lawful.document import plain_document
from tests.law.city.lawful.staff import BUREAU, officer
from tests.law.city.names import JUDICIAL

ITEMS = [
    "当事人情况",
    "违法事实和证据",
    "处罚种类和依据",
    "履行方式和期限",
    "救济途径和期限",
    "机关名称和日期",
]
NODES = ["启动", "调查取证", "审核", "决定", "送达", "执行"]


def penalty(city: City) -> Case:
    """A fine of 120,000 yuan on a company: heard, reviewed, discussed, filed, all in time."""
    dice, number = city.dice, city.number()
    opened = day(f"{city.year}-03-04") + days(dice.randrange(170))
    notice = opened + days(dice.randrange(8, 15))
    hearing_notice = notice + days(5)
    hearing = workdays_after(hearing_notice, dice.randrange(8, 11))
    review = hearing + days(dice.randrange(2, 6))
    talked = review + days(dice.randrange(1, 5))
    decided = talked + days(dice.randrange(1, 5))
    served = workdays_after(decided, dice.randrange(1, 6))
    case = Case(
        "行政处罚案件",
        "案号",
        {
            "案号": f"青城罚〔{city.year}〕{number}号",
            "办案机关": BUREAU,
            "当事人": f"青石商贸{number}公司",
            "当事人类型": "法人",
            "违法行为": f"擅自占道{number}",
            "处罚事项": "占道经营",
            "适用程序": "普通程序",
            "处理结果": "给予处罚",
            "发现线索日期": opened - days(5),
            "立案日期": opened,
            "违法行为终了日期": opened - days(dice.randrange(20, 300)),
            "发现违法日期": opened - days(5),
            "是否涉及生命健康或金融安全": False,
            "办案人员是否有利害关系": False,
            "是否已回避": None,
            "先行登记保存日期": None,
            "登记保存是否批准": None,
            "登记保存处理日期": None,
            "电子监控设备编号": None,
            "处罚告知日期": notice,
            "是否陈述申辩": True,
            "是否复核陈述申辩": True,
            "拟罚款数额": 120000,
            "是否属应告知听证": True,
            "听证告知日期": notice,
            "是否申请听证": True,
            "是否放弃听证": False,
            "听证通知日期": hearing_notice,
            "听证日期": hearing,
            "听证主持人编号": "H001",
            "听证是否公开": True,
            "听证笔录": "听证笔录1份",
            "听证笔录签字": "已签字",
            "不公开听证的依据": None,
            "法制审核情形": ["重大权益经听证", "省规定的重大处罚"],
            "法制审核日期": review,
            "法制审核意见": f"法审〔{city.year}〕{number}",
            "法制审核结果": "通过",
            "法制审核人员编号": "S001",
            "是否复杂或重大处罚": True,
            "集体讨论日期": talked,
            "处罚决定日期": decided,
            "决定机关": BUREAU,
            "决定书载明事项": ITEMS,
            "处罚种类": ["罚款"],
            "是否吊销企业许可证或执照": False,
            "罚款数额": 120000,
            "没收数额": 0,
            "是否达到较大数额": True,
            "是否引用裁量权基准": True,
            "是否调整适用基准": False,
            "调整适用批准文件": None,
            "从宽情形": None,
            "从宽依据": None,
            "从宽证据": None,
            "教育记录": None,
            "是否涉嫌犯罪": False,
            "移送日期": None,
            "送达日期": served,
            "是否当场交付": False,
            "是否公告送达": False,
            "缴款期限": served + days(15),
            "收款机构": "县农村商业银行",
            "当场收缴依据": None,
            "加处罚款数额": 0,
            "每日加处比例": None,
            "当场处罚报所属机关备案日期": None,
            "重大处罚报备日期": decided + days(dice.randrange(3, 14)),
            "报备机关": JUDICIAL,
            "报备审查日期": decided + days(40),
            "处罚决定公开日期": workdays_after(decided, dice.randrange(1, 7)),
            "文字记录环节": NODES,
            "是否音像记录": True,
            "是否易引发争议": True,
            "归档日期": decided + days(60),
            "办案人数": 2,
            "中止扣除次数": None,
            "延长至": None,
            "延长依据": None,
        },
    )
    for who in (officer(city), officer(city)):
        case.linked.append(who)
        case.add("办案人员", "", 人员编号=who.key, 姓名=who["姓名"], 角色="主办")
    return case


def small_penalty(city: City) -> Case:
    """A fine of 500 yuan on a person under the ordinary procedure: nothing major about it."""
    case = penalty(city)
    case.row.update(
        {
            "当事人类型": "公民",
            "拟罚款数额": 500,
            "罚款数额": 500,
            "是否属应告知听证": False,
            "听证告知日期": None,
            "是否申请听证": False,
            "听证通知日期": None,
            "听证日期": None,
            "听证主持人编号": None,
            "听证是否公开": None,
            "听证笔录": None,
            "听证笔录签字": None,
            "法制审核情形": "无",
            "法制审核日期": "无",
            "法制审核意见": "无",
            "法制审核结果": None,
            "法制审核人员编号": None,
            "是否复杂或重大处罚": False,
            "集体讨论日期": "无",
            "是否达到较大数额": False,
            "重大处罚报备日期": "无",
            "报备审查日期": "无",
        }
    )
    return case


def spot_penalty(city: City) -> Case:
    """A fine of 150 yuan on the spot, handed over and filed with the bureau."""
    case = small_penalty(city)
    decided = case.day("处罚决定日期")
    case.row.update(
        {
            "适用程序": "简易程序",
            "立案日期": None,
            "拟罚款数额": 150,
            "罚款数额": 150,
            "违法行为终了日期": decided,
            "发现线索日期": decided,
            "发现违法日期": decided,
            "处罚告知日期": decided,
            "送达日期": decided,
            "是否当场交付": True,
            "缴款期限": decided + days(15),
            "当场处罚报所属机关备案日期": decided + days(2),
        }
    )
    return case


def citing(city: City) -> Case:
    """A penalty that rests on a document of the county, in force and published before."""
    case = small_penalty(city)
    basis = plain_document(city, case.day("处罚决定日期") - days(90))
    case.linked.append(basis)
    case.add("引用文件", "", 引用文号=basis.key, 文件种类="规范性文件", 是否作为处罚依据=True)
    return case


def open_case(city: City, opened: dt.date) -> Case:
    """A case still being handled: nothing of the decision is there."""
    case = small_penalty(city)
    back = case.day("立案日期") - opened
    for heading in ("发现线索日期", "立案日期", "违法行为终了日期", "发现违法日期", "处罚告知日期"):
        case[heading] = case.day(heading) - back
    case["处理结果"] = "未结案"
    case["处罚种类"] = None
    case.none("处罚决定日期", "送达日期", "缴款期限", "处罚决定公开日期", "归档日期")
    return case


def decide(case: Case, when: dt.date) -> Case:
    """The decision falls on that day, and what follows it follows."""
    case.row.update(
        {
            "处罚决定日期": when,
            "送达日期": workdays_after(when, 3),
            "缴款期限": workdays_after(when, 3) + days(15),
            "处罚决定公开日期": workdays_after(when, 4),
            "归档日期": when + days(50),
        }
    )
    if isinstance(case["重大处罚报备日期"], dt.date):
        case.row.update({"重大处罚报备日期": when + days(6), "报备审查日期": when + days(30)})
    return case


def device(city: City) -> Case:
    """A camera reviewed and announced before it was used."""
    used = day(f"{city.year}-03-01") + days(city.dice.randrange(100))
    return Case(
        "电子监控设备",
        "设备编号",
        {
            "设备编号": f"监控{city.number():05d}",
            "设置单位": "县公安局",
            "是否用于处罚": True,
            "法制审核日期": used - days(20),
            "技术审核日期": used - days(25),
            "设置地点公布日期": used - days(10),
            "启用日期": used,
        },
    )


def unfinished(city: City) -> Case:
    """A case opened sixty days ago and still being handled."""
    return open_case(city, city.as_of - days(60))
