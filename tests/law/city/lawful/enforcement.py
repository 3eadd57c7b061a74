"""Publishing, inspecting, coercing, licensing, and being supervised: one lawful matter of each."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import Case, City
from tests.law.city.days import day, days, is_workday, months_after, workdays_after
from tests.law.city.lawful.staff import BUREAU, officer


def _day(city: City) -> dt.date:
    """A working day between March and September."""
    when = day(f"{city.year}-03-01") + days(city.dice.randrange(200))
    return when if is_workday(when) else workdays_after(when, 1)


def result(city: City, kind: str = "处罚") -> Case:
    """A decision published in time."""
    when = _day(city)
    return Case(
        "执法决定公开",
        "执法决定文号",
        {
            "执法决定文号": f"青城决〔{city.year}〕{city.number()}号",
            "执法单位": BUREAU,
            "决定种类": kind,
            "决定日期": when,
            "是否应公开": True,
            "公开日期": workdays_after(when, city.dice.randrange(1, 7)),
            "是否仅警告": False,
            "是否跨省推送": False,
            "推送登记地日期": None,
            "是否市场监管处罚": False,
            "决定被变更撤销日期": None,
            "公开信息撤回日期": None,
        },
    )


def check_result(city: City) -> Case:
    """The result of a check, published in time."""
    return result(city, "检查")


def market_result(city: City) -> Case:
    """A penalty of the market regulator, published in time."""
    case = result(city)
    case.row.update({"是否市场监管处罚": True, "执法单位": "县市场监管局"})
    return case


def inspection(city: City) -> Case:
    """An inspection of an enterprise in the second half of 2025, within the limit."""
    number = city.number()
    return Case(
        "行政检查",
        "检查编号",
        {
            "检查编号": f"检{number:05d}",
            "检查单位": BUREAU,
            "检查日期": day("2025-07-02") + days(city.dice.randrange(100)),
            "检查年度": 2025,
            "检查事项": "占道经营检查",
            "事项是否公布": True,
            "是否有检查权": True,
            "企业代码": f"91410000MA{number:08d}",
            "年度频次上限": 2,
            "不计频次的情形": None,
        },
    )


def measure(city: City) -> Case:
    """A seizure approved beforehand, by two officers, ended within thirty days."""
    when = dt.datetime.combine(_day(city), dt.time(10, 30))
    case = Case(
        "强制措施",
        "强制措施编号",
        {
            "强制措施编号": f"强{city.number():05d}",
            "实施机关": BUREAU,
            "措施种类": "扣押",
            "批准时间": when - dt.timedelta(hours=city.dice.randrange(1, 20)),
            "实施时间": when,
            "是否情况紧急": False,
            "现场笔录": "现场笔录",
            "查封扣押日期": when.date(),
            "解除或处理日期": when.date() + days(city.dice.randrange(5, 29)),
            "是否延长": False,
            "延长批准日期": None,
            "检测鉴定天数": None,
            "检测期间是否书面告知": None,
            "期限另有规定的依据": None,
            "执法人员人数": 2,
        },
    )
    for who in (officer(city), officer(city)):
        case.linked.append(who)
        case.add("强制措施人员", "", 人员编号=who.key)
    return case


def execution(city: City) -> Case:
    """An execution after demand, by day, on a working day."""
    demand = _day(city)
    done = workdays_after(demand, 25)
    return Case(
        "强制执行",
        "强制执行编号",
        {
            "强制执行编号": f"执行{city.number():05d}",
            "执行机关": BUREAU,
            "是否有强制执行权": True,
            "催告日期": demand,
            "催告送达日期": demand + days(2),
            "是否立即代履行": False,
            "强制执行决定日期": workdays_after(demand, 15),
            "执行时间": dt.datetime.combine(done, dt.time(10, 0)),
            "是否法定节假日执行": False,
            "是否夜间执行": False,
            "是否休息日执行": False,
            "是否情况紧急": False,
            "是否停水电气热": False,
            "起诉期限届满日": None,
            "申请法院执行日期": None,
        },
    )


def court_execution(city: City) -> Case:
    """A body without power of its own applies to the court in time, after the demand."""
    case = execution(city)
    ended = case.day("催告日期")
    served = ended + days(5)
    case.row.update(
        {
            "是否有强制执行权": False,
            "催告日期": served - days(1),
            "催告送达日期": served,
            "起诉期限届满日": ended,
            "申请法院执行日期": months_after(ended, 2),
            "强制执行决定日期": "无",
            "执行时间": None,
            "是否法定节假日执行": None,
            "是否夜间执行": None,
            "是否休息日执行": None,
            "是否停水电气热": False,
        }
    )
    return case


def licence(city: City) -> Case:
    """An application completed, decided and delivered in time."""
    received = _day(city)
    notice = workdays_after(received, city.dice.randrange(1, 5))
    accepted = workdays_after(notice, 4)
    decided = workdays_after(accepted, city.dice.randrange(3, 18))
    return Case(
        "行政许可",
        "办件编号",
        {
            "办件编号": f"许{city.number():05d}",
            "许可机关": BUREAU,
            "收到申请日期": received,
            "材料是否不齐": True,
            "补正告知日期": notice,
            "受理日期": accepted,
            "许可决定日期": decided,
            "是否准予": True,
            "是否延长": False,
            "延长是否经批准": None,
            "是否联合办理": False,
            "扣除工作日": None,
            "扣除是否书面告知": None,
            "承诺工作日": 15,
            "证件送达日期": workdays_after(decided, city.dice.randrange(1, 9)),
        },
    )


def item(city: City) -> Case:
    """A service item on the list, promised and done within the legal time."""
    number = city.number()
    return Case(
        "政务服务事项",
        "事项编码",
        {
            "事项编码": f"SX{number:05d}",
            "事项名称": f"占道经营许可{number}",
            "实施单位": BUREAU,
            "事项类型": "许可",
            "是否在许可清单内": True,
            "法定时限": 20,
            "承诺时限": 5,
            "实际最长用时": 4,
            "延时原因公开": None,
        },
    )


def opinion(city: City, kind: str = "执法监督意见书") -> Case:
    """A supervisory paper answered in time, every problem dealt with."""
    when = _day(city)
    problems = city.dice.randrange(2, 9)
    return Case(
        "监督文书",
        "文书编号",
        {
            "文书编号": f"青法监〔{city.year}〕{city.number()}号",
            "文书种类": kind,
            "问题来源": "专项监督",
            "被监督单位": BUREAU,
            "发出日期": when,
            "整改期限": when + days(30),
            "整改反馈日期": when + days(city.dice.randrange(10, 29)),
            "监督决定日期": None,
            "问题数": problems,
            "意见建议数": problems,
            "已整改数": problems,
            "整改中数": 0,
            "无处理记录的问题数": 0,
        },
    )


def inspectorate(city: City) -> Case:
    """The findings of an inspection of rule of law, all put right in time."""
    return opinion(city, "法治督察")


def government_inspection(city: City) -> Case:
    """The findings of a government inspection, answered in time."""
    return opinion(city, "政府督查")
