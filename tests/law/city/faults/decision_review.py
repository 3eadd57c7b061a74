"""713号令第25至30条: fair competition, legality review, the papers, collective discussion."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import DOUBTFUL, GAP, MET, NONE, NOT_CONCERNED, NOT_EVIDENCED, Case, City
from tests.law.city.days import day, days, workdays_after
from tests.law.city.law import UNPLANTED, Law, article
from tests.law.city.lawful.answers import answered
from tests.law.city.lawful.decision import PACKAGE, decision, lean_decision

NOT_JUDGED = "现行规则定为默认不涉及（依据未读到全文），编号保留，不作判断"
UNPLANTED["dec-meeting-quorum"] = NOT_JUDGED
UNPLANTED["dec-henan-details"] = NOT_JUDGED


@article("dec-fair-competition", "公平竞争审查条例第13、14、17、18条", decision)
def fair_competition(law: Law) -> None:
    """以县级以上政府名义出台的，由市场监管部门会同起草单位在起草阶段审查，不符合的不得出台。"""
    law.fault("没有审查").none(
        "公平竞争初审日期",
        "公平竞争审查日期",
        "公平竞争审查单位",
        "公平竞争审查结论",
    )
    law.fault("起草单位自己审了，没有经市场监管部门", 公平竞争审查单位="县城市管理局")
    law.fault("结论为不符合", 公平竞争审查结论="不符合")
    law.fault(
        "适用例外而无期限",
        公平竞争审查结论="适用例外",
        适用例外的理由="节约能源",
        例外的期限或终止条件=NONE,
    )
    law.harmless(
        "适用例外，写明期限",
        公平竞争审查结论="适用例外",
        适用例外的理由="节约能源",
        例外的期限或终止条件="至2026年底",
    )
    one = law.fault("讨论以后才审查").also("dec-step-order")
    one["公平竞争审查日期"] = one.day("讨论日期") + days(1)
    law.harmless("不涉及经营者", NOT_CONCERNED, lawful=lean_decision)


@article("dec-fair-competition-opinions", "公平竞争审查条例第16条", decision)
def fair_opinions(law: Law) -> None:
    """审查应听取经营者、行业协会商会等意见；涉及公众利益的，听取公众意见。"""
    law.fault("没有听取经营者意见", 竞争审查听取的经营者意见=NONE)
    law.fault("涉及公众利益，没有听取公众意见", 竞争审查听取的公众意见=NONE)
    law.harmless(
        "不涉及公众利益，不必听取公众", 是否涉及社会公众利益=False, 竞争审查听取的公众意见=NONE
    )


@article("dec-legality-before-discussion", "713号令第25条", decision)
def review_first(law: Law) -> None:
    """草案提交讨论前，应由负责合法性审查的部门审查。"""
    one = law.fault("上会以后才审查")
    one["合法性审查意见日期"] = one.day("讨论日期") + days(2)
    one = law.fault("没有审查").none(
        "合法性审查意见日期",
        "合法性审查意见书",
        "审查文书类型",
        "合法性审查单位",
        "合法性审查结论",
        "审查意见涵盖的内容",
    )
    one.drop("法律顾问意见").drop("审查意见逐条")
    one.also("dec-legality-not-substituted").also("dec-legality-negative")
    one = law.fault("上会当天审查，先后不明", DOUBTFUL)
    one["合法性审查意见日期"] = one.day("讨论日期")
    law.fault("审查日期空着", NOT_EVIDENCED, 合法性审查意见日期=None)
    one = law.harmless("上会前一日审查")
    one["合法性审查意见日期"] = one.day("讨论日期") - days(1)


@article("dec-legality-not-substituted", "713号令第25条第1款", decision)
def review_not_substituted(law: Law) -> None:
    """不得以征求意见、会签、参加会议等代替合法性审查。"""
    for form in ("征求意见回复", "会议列席", "会签", "口头意见", "法律顾问意见"):
        law.fault(f"以{form}代替", 审查文书类型=form)
    law.fault("不是负责审查的部门审的", 合法性审查单位="县城市管理局")
    law.fault("没有意见书", 合法性审查意见书=NONE)
    law.fault("意见书文号空着", NOT_EVIDENCED, 合法性审查意见书=None)


@article("dec-legality-negative", "713号令第25条第2款", decision)
def review_negative(law: Law) -> None:
    """审查不合法的不得提交讨论；国家尚无规定的探索性改革，可以明示法律风险后提交。"""
    law.fault("不合法仍上会", 合法性审查结论="不合法")
    law.fault("应修改而没有修改", 合法性审查结论="修改后合法", 按审查意见修改日期=NONE)
    one = law.fault("上会以后才修改", 合法性审查结论="修改后合法")
    one["按审查意见修改日期"] = one.day("讨论日期") + days(1)
    one = law.harmless("上会前按意见修改", 合法性审查结论="修改后合法")
    one["按审查意见修改日期"] = one.day("合法性审查意见日期") + days(1)
    law.harmless(
        "探索性改革，明示了法律风险",
        合法性审查结论="不合法",
        是否探索性改革事项=True,
        是否明示法律风险=True,
    )


@article("dec-legality-7wd", "713号令第26条第2款", decision)
def review_time(law: Law) -> None:
    """送审应保证必要的审查时间，一般不少于7个工作日；看给了多少，不看用了多少。"""
    for number in (3, 6):
        one = law.fault(f"只给{number}个工作日")
        one["要求反馈日期"] = workdays_after(one.day("送审材料齐备日期"), number)
        _given(one, one.day("要求反馈日期"))
    one = law.harmless("恰给7个工作日，第3个工作日就出具")
    complete = one.day("送审材料齐备日期")
    one["要求反馈日期"] = workdays_after(complete, 7)
    _given(one, workdays_after(complete, 3))
    one = law.harmless("国庆假期和调休之间恰满7个工作日", lawful=_october)
    one = law.fault("国庆假期算成了工作日，实只6个", lawful=_october)
    one["要求反馈日期"] = workdays_after(one.day("送审材料齐备日期"), 6)
    _given(one, one.day("要求反馈日期"))


def _given(case: Case, when: dt.date) -> None:
    """The opinion is given on that day, the counsel's before it."""
    case["合法性审查意见日期"] = when
    case.of("法律顾问意见")[0]["提出日期"] = when - days(1)


def _october(city: City) -> Case:
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


@article("dec-legality-materials", "713号令第26条第1款", decision)
def review_materials(law: Law) -> None:
    """送审应有草案、依据、履行决策程序的说明等材料。"""
    whole = ["决策草案", "依据", "履行程序说明"]
    for what in whole:
        law.fault(f"送审缺{what}", 送审材料=[x for x in whole if x != what])


@article("dec-legality-three-aspects", "713号令第27条", decision)
def review_aspects(law: Law) -> None:
    """审查意见应涵盖权限、程序、内容；由人对照意见书认定。"""
    answered(law.fault("人工认定为不符合"), "dec-legality-three-aspects", "decision", "不符合")
    answered(law.harmless("人工认定为符合"), "dec-legality-three-aspects", "decision", "符合")


@article("dec-legality-counsel", "713号令第28条", decision)
def review_counsel(law: Law) -> None:
    """审查中应组织法律顾问、公职律师提出法律意见。"""
    law.fault("没有顾问意见").drop("法律顾问意见")
    one = law.fault("审查意见出具以后顾问才提意见")
    one.of("法律顾问意见")[0]["提出日期"] = one.day("合法性审查意见日期") + days(2)
    one = law.harmless("顾问当日提出意见")
    one.of("法律顾问意见")[0]["提出日期"] = one.day("合法性审查意见日期")


@article("dec-legality-followup", "713号令第28条", decision)
def review_followup(law: Law) -> None:
    """承办单位应根据审查意见作必要的调整或者补充。"""
    law.fault("一条意见没有下文").of("审查意见逐条")[0]["处理情况"] = NONE
    one = law.harmless("不采纳而没写理由：法律没有要求")
    one.of("审查意见逐条")[0].row.update({"处理情况": "不采纳", "未采纳理由": NONE})
    one = law.harmless("部分采纳，说明理由")
    one.of("审查意见逐条")[0].row.update({"处理情况": "部分采纳", "未采纳理由": "上位法已有规定"})


@article("dec-legality-rereview", "713号令第25条（解释）", decision)
def review_again(law: Law) -> None:
    """审查以后草案作了实质性修改的，应再次审查。"""
    law.fault("实质修改后没有再审", 审查后是否实质修改=True, 再次审查日期=NONE)
    one = law.fault("登记的再审早于首次审查", 审查后是否实质修改=True)
    one["再次审查日期"] = one.day("合法性审查意见日期") - days(1)
    one = law.fault("再审与首次审查同日，先后不明", DOUBTFUL, 审查后是否实质修改=True)
    one["再次审查日期"] = one.day("合法性审查意见日期")
    one = law.harmless("实质修改后再审", 审查后是否实质修改=True)
    one["再次审查日期"] = one.day("讨论日期") - days(1)
    one = law.harmless("首次审查次日再审", 审查后是否实质修改=True)
    one["再次审查日期"] = one.day("合法性审查意见日期") + days(1)


@article("dec-submission-package", "713号令第29条", decision)
def package(law: Law) -> None:
    """提请讨论的材料：草案、公众意见和专家意见采纳情况、风险评估报告、合法性审查意见等。"""
    for what in (
        "决策草案",
        "公众意见采纳情况",
        "专家论证意见采纳情况",
        "风险评估报告",
        "合法性审查意见",
        "公平竞争审查情况",
    ):
        law.fault(f"缺{what}", 上会材料=[x for x in PACKAGE if x != what])
    law.harmless("没有论证、评估的，不必附", lawful=lean_decision)


@article("dec-collective-forum", "713号令第30条第1款", decision)
def forum(law: Law) -> None:
    """应经决策机关常务会议或者全体会议讨论。"""
    for kind in ("专题会议", "领导小组会议", "传签", "党委会议", "部门办公会议"):
        law.fault(f"县政府决策由{kind}定", 会议类型=kind)
    law.fault("会议类型空着", NOT_EVIDENCED, 会议类型=None)
    law.harmless("全体会议", 会议类型="全体会议")
    law.harmless("部门的决策由办公会议定", lawful=_of_bureau)


def _of_bureau(city: City) -> Case:
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


@article("dec-collective-record", "713号令第30条第2、3款", decision)
def record(law: Law) -> None:
    """首长最后发言，与多数人意见不一致的会上说明理由；讨论情况和不同意见如实记录。"""
    law.fault("没有会议记录", 会议记录或纪要=NONE)
    law.fault("会议记录空着", NOT_EVIDENCED, 会议记录或纪要=None)
    law.fault("首长没有末位发言", 主要负责人是否末位发言=False)
    law.fault("首长与多数不一致而不说明", 首长决定与多数意见是否不一致=True, 首长说明的理由=NONE)
    law.fault("不同意见没有载明", 不同意见="财政局主张缓行", 不同意见是否载明=False)
    law.harmless(
        "首长与多数不一致，说明了理由",
        首长决定与多数意见是否不一致=True,
        首长说明的理由="须与省里时限衔接",
    )
    law.harmless("没有不同意见，无须载明", MET, 不同意见是否载明=False)


@article("dec-head-hears-legal", "纲要（十）", decision)
def head_hears(law: Law) -> None:
    """主要负责人作出重大决策前，应听取合法性审查机构的意见。"""
    law.fault(
        "没有听取，审查机构也没有列席",
        GAP,
        审查机构是否列席=False,
        主要负责人是否听取合法性意见=False,
    )
    law.harmless("审查机构列席", 主要负责人是否听取合法性意见=False)
