"""Sued, asked for reconsideration, advised, asked for information: one lawful matter of each."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import Case, City
from tests.law.city.days import day, days, is_workday, workdays_after
from tests.law.city.lawful.staff import BUREAU


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
