"""Sued, asked for reconsideration, advised, asked for information: one lawful matter of each."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import Case, City
from tests.law.city.days import day, days, is_workday, workdays_after
from tests.law.city.lawful.staff import BUREAU
from tests.law.city.names import GOVERNMENT


def _day(city: City) -> dt.date:
    """A working day between February and May."""
    when = day(f"{city.year}-02-19") + days(city.dice.randrange(90))
    return when if is_workday(when) else workdays_after(when, 1)


def lawsuit(city: City) -> Case:
    """A case defended in time, a deputy in court, lost, and performed before the term."""
    received = _day(city)
    heard = workdays_after(received, 30)
    judged = workdays_after(heard, 15)
    return Case(
        "行政应诉案件",
        "诉讼案号",
        {
            "诉讼案号": f"（{city.year}）青0182行初{city.number()}号",
            "审级": "一审",
            "审理法院": "青山市人民法院",
            "原告": "李某",
            "被告": BUREAU,
            "案由": "行政处罚",
            "收到起诉状副本日期": received,
            "提交答辩状日期": received + days(city.dice.randrange(5, 15)),
            "提交证据依据日期": received + days(city.dice.randrange(5, 15)),
            "法院准许延期举证至": None,
            "开庭日期": heard,
            "负责人是否出庭": True,
            "出庭负责人职务": "副职负责人",
            "出庭人员": ["负责人", "工作人员", "律师"],
            "出庭人员姓名": "王某、张某",
            "负责人不能出庭的情形": "无",
            "是否提交盖章或主要负责人签字的说明": False,
            "裁判日期": judged,
            "裁判结果": ["撤销", "责令重作"],
            "是否败诉": True,
            "裁判生效日期": judged + days(15),
            "裁判确定的履行期限": judged + days(75),
            "是否履行": True,
            "履行完毕日期": judged + days(city.dice.randrange(20, 70)),
        },
    )


def reconsideration(city: City) -> Case:
    """A case accepted, answered, decided and performed in time, its letter answered."""
    received = _day(city)
    accepted = workdays_after(received, city.dice.randrange(1, 5))
    told = workdays_after(accepted, 3)
    decided = accepted + days(city.dice.randrange(30, 58))
    return Case(
        "行政复议案件",
        "复议案号",
        {
            "复议案号": f"青政复〔{city.year}〕{city.number()}号",
            "申请人": "赵某",
            "被申请人": BUREAU,
            "复议机关": GOVERNMENT,
            "申请复议的行政行为": "行政处罚",
            "收到复议申请日期": received,
            "收到补正材料日期": None,
            "复议受理日期": accepted,
            "不予受理日期": None,
            "复议适用程序": "普通程序",
            "被申请人收到副本日期": told,
            "被申请人答复日期": workdays_after(told, city.dice.randrange(4, 9)),
            "复议是否延长": False,
            "复议延长是否批准并告知": None,
            "复议中止天数": None,
            "法律规定的较短期限": None,
            "复议决定日期": decided,
            "复议结果": ["撤销", "责令重作"],
            "复议决定送达日期": decided + days(4),
            "复议决定的履行期限": decided + days(60),
            "复议决定是否履行": True,
            "复议决定履行日期": decided + days(city.dice.randrange(10, 55)),
            "收到复议意见书日期": decided + days(4),
            "报送纠正情况日期": decided + days(city.dice.randrange(20, 60)),
        },
    )


def request(city: City) -> Case:
    """A request for information answered in time."""
    received = _day(city)
    return Case(
        "政府信息公开申请",
        "申请登记编号",
        {
            "申请登记编号": f"公开{city.number():05d}",
            "公开申请人": "钱某",
            "申请公开的内容": "征地批复",
            "信息公开受理机关": BUREAU,
            "收到公开申请日期": received,
            "收到补正申请日期": None,
            "征求意见扣除工作日": None,
            "答复是否延期": False,
            "延期是否经同意并告知": None,
            "信息公开答复日期": workdays_after(received, city.dice.randrange(5, 19)),
            "信息公开答复类型": "予以公开",
        },
    )


def advice(city: City) -> Case:
    """A procurator's advice answered within the term that it sets."""
    received = _day(city)
    return Case(
        "司法建议和检察建议",
        "建议书文号",
        {
            "建议书文号": f"青检行建〔{city.year}〕{city.number()}号",
            "建议种类": "检察建议",
            "建议机关": "青山市人民检察院",
            "被建议单位": BUREAU,
            "建议内容": "规范执法",
            "收到建议日期": received,
            "建议书写明的回复期限": received + days(60),
            "回复建议日期": received + days(city.dice.randrange(20, 58)),
        },
    )


def information_report(city: City) -> Case:
    """A bureau's yearly report on information, handed in and published in January."""
    return Case(
        "信息公开年度报告",
        "信息公开报告单位",
        {
            "信息公开报告单位": f"县第{city.number()}局",
            "信息公开报告主体类别": "部门",
            "信息公开报告年度": city.year,
            "信息公开报告提交日期": dt.date(city.year + 1, 1, 10),
            "信息公开报告公布日期": dt.date(city.year + 1, 1, 20),
        },
    )


def government_information_report(city: City) -> Case:
    """A government's report on information, published in March."""
    case = information_report(city)
    case.row.update(
        {
            "信息公开报告主体类别": "政府",
            "信息公开报告提交日期": "无",
            "信息公开报告公布日期": dt.date(city.year + 1, 3, 20),
        }
    )
    return case


def power_list(city: City) -> Case:
    """A list of powers, published years ago and gone through this year."""
    return Case(
        "权责清单",
        "权责清单单位",
        {
            "权责清单单位": f"县第{city.number()}局",
            "权责清单公布日期": dt.date(city.year - 2, 6, 1),
            "权责清单最近调整日期": dt.date(city.year + 1, 6, 1),
        },
    )
