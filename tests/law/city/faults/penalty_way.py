"""处罚法第27至66条: how a penalty is prepared: opening, notice, hearing, review, discussion."""

from __future__ import annotations

from tests.law.city.case import DOUBTFUL, NONE, NOT_CONCERNED, NOT_EVIDENCED, UNKNOWN, Case
from tests.law.city.days import day, days, months_after, workdays_after, workdays_before
from tests.law.city.law import Law, article
from tests.law.city.lawful.penalty import decide, open_case, penalty, small_penalty, spot_penalty


@article("enf-case-filing", "处罚法第54条第2款", penalty)
def opened(law: Law) -> None:
    """符合立案标准的，应当及时立案；当场处罚除外。"""
    law.fault("没有立案", 立案日期=NONE)
    law.harmless("当场处罚不立案", NOT_CONCERNED, lawful=spot_penalty)


@article("enf-limitation", "处罚法第36条", penalty)
def limitation(law: Law) -> None:
    """二年内未被发现的不再处罚；涉及生命健康、金融安全且有危害后果的五年。"""
    for kind, plant_, months, more, grave in (
        ("两年零一日才发现", law.fault, 24, 1, False),
        ("恰满两年", law.harmless, 24, 0, False),
        ("生命健康，五年零一日", law.fault, 60, 1, True),
        ("生命健康，恰满五年", law.harmless, 60, 0, True),
    ):
        one = plant_(kind, 是否涉及生命健康或金融安全=grave)
        ended = months_after(one.day("发现违法日期"), -months)
        one["违法行为终了日期"] = ended
        one["发现违法日期"] = months_after(ended, months) + days(more)
        one["发现线索日期"] = one["发现违法日期"]


@article("enf-avoidance", "处罚法第43条", penalty)
def avoidance(law: Law) -> None:
    """有直接利害关系的应当回避。"""
    law.fault("有利害关系不回避", 办案人员是否有利害关系=True, 是否已回避=False)
    law.harmless("已回避", 办案人员是否有利害关系=True, 是否已回避=True)


@article("enf-preserve-7wd", "处罚法第56、85条", penalty)
def preserved(law: Law) -> None:
    """先行登记保存经批准，七日（工作日）内处理。"""

    def kept(case: Case, number: int) -> Case:
        when = case.day("立案日期") + days(1)
        case.row.update(
            {
                "先行登记保存日期": when,
                "登记保存是否批准": True,
                "登记保存处理日期": workdays_after(when, number),
            }
        )
        return case

    kept(law.fault("第8个工作日处理"), 8)
    kept(law.fault("没有批准"), 3)["登记保存是否批准"] = False
    kept(law.fault("没有处理"), 3)["登记保存处理日期"] = NONE
    kept(law.harmless("第7个工作日处理"), 7)


@article("enf-notify", "处罚法第44、62条", small_penalty)
def notified(law: Law) -> None:
    """决定之前告知拟处罚的内容、事实、理由、依据和权利。"""
    law.fault("没有告知", 处罚告知日期=NONE)
    one = law.fault("决定以后才告知")
    one["处罚告知日期"] = one.day("处罚决定日期") + days(1)
    one = law.fault("决定当日告知", DOUBTFUL)
    one["处罚告知日期"] = one.day("处罚决定日期")
    law.fault("告知日期空着", NOT_EVIDENCED, 处罚告知日期=None)
    one = law.harmless("决定前一日告知")
    one["处罚告知日期"] = one.day("处罚决定日期") - days(1)
    law.harmless("当场处罚", NOT_CONCERNED, lawful=spot_penalty)


@article("enf-no-heavier", "处罚法第45条", penalty)
def heavier(law: Law) -> None:
    """不得因陈述、申辩而给予更重的处罚。"""
    law.fault("申辩以后加重", 拟罚款数额=110000)
    law.harmless("与告知相同")
    law.harmless("没有申辩", NOT_CONCERNED, 是否陈述申辩=False, 拟罚款数额=110000)


def _unheard(case: Case) -> Case:
    """Nobody asked for a hearing."""
    case.row.update(
        {
            "是否申请听证": False,
            "听证通知日期": None,
            "听证日期": None,
            "听证主持人编号": None,
            "听证是否公开": None,
        }
    )
    return case


@article("enf-hearing-offer", "处罚法第63条", penalty)
def hearing_offered(law: Law) -> None:
    """较大数额罚款、吊销许可证件、责令停产停业等，应当告知听证权。"""
    _unheard(law.fault("没有告知听证", 听证告知日期=NONE))
    one = _unheard(law.fault("决定当日告知听证", DOUBTFUL, 是否放弃听证=True))
    one["听证告知日期"] = one.day("处罚决定日期")
    one = _unheard(law.fault("决定以后才告知", 是否放弃听证=True))
    one["听证告知日期"] = one.day("处罚决定日期") + days(1)
    for kind in ("吊销许可证件", "责令停产停业", "降低资质等级", "责令关闭", "限制从业"):
        _unheard(
            law.fault(
                f"{kind}没有告知",
                处罚种类=["罚款", kind],
                听证告知日期=NONE,
                是否属应告知听证=False,
                是否达到较大数额=False,
            )
        )
    _unheard(law.fault("听证告知日期空着", NOT_EVIDENCED, 听证告知日期=None)).also(
        "enf-hearing-request-5wd", "信息不全"
    )
    law.harmless("不属应告知听证的", NOT_CONCERNED, lawful=small_penalty)


@article("enf-hearing-request-5wd", "处罚法第64条第1项、第85条", penalty)
def hearing_waited(law: Law) -> None:
    """告知后五日（工作日）内可以申请听证，期满以前不得决定。"""
    for number, plant_ in ((5, law.fault), (3, law.fault), (6, law.harmless)):
        one = _unheard(plant_(f"第{number}个工作日决定"))
        offered = one.day("听证告知日期")
        decided = workdays_after(offered, number)
        one.row.update({"法制审核日期": decided - days(2), "集体讨论日期": decided - days(1)})
        decide(one, decided)
    one = law.fault("申请了听证，听证以前就决定")
    one["听证日期"] = one.day("处罚决定日期") + days(1)
    law.fault("申请了听证，没有举行", 听证日期=NONE)
    one = _unheard(law.harmless("当事人放弃", 是否放弃听证=True))
    decided = workdays_after(one.day("听证告知日期"), 3)
    one.row.update({"法制审核日期": decided - days(2), "集体讨论日期": decided - days(1)})
    decide(one, decided)


@article("enf-hearing-notice-7wd", "处罚法第64条第2项、第85条", penalty)
def hearing_told(law: Law) -> None:
    """举行听证的七日（工作日）前通知时间、地点。"""
    for number, plant_ in ((6, law.fault), (7, law.harmless)):
        one = plant_(f"提前{number}个工作日通知")
        one["听证通知日期"] = workdays_before(one.day("听证日期"), number)
        if one.day("听证通知日期") <= one.day("听证告知日期"):
            one["听证告知日期"] = one["处罚告知日期"] = one.day("听证通知日期") - days(1)
    law.fault("没有通知", 听证通知日期=NONE)


@article("enf-hearing-host", "处罚法第63、64条", penalty)
def hearing_host(law: Law) -> None:
    """听证由非本案调查人员主持，公开举行。"""
    one = law.fault("办案人员主持听证")
    one["听证主持人编号"] = one.children[0]["人员编号"]
    law.fault("不公开而无依据", 听证是否公开=False, 不公开听证的依据=NONE)
    law.fault("没有登记办案人员，看不出由谁主持", UNKNOWN).drop("办案人员")
    law.harmless("涉及商业秘密不公开", 听证是否公开=False, 不公开听证的依据="商业秘密")


@article("enf-legal-review", "处罚法第58条；河南令168号第5条", penalty)
def reviewed(law: Law) -> None:
    """重大公共利益、听证案件、疑难复杂等，决定以前法制审核；未经审核或者未通过的不得决定。"""
    case = law.fault("没有审核", lawful=small_penalty, 法制审核情形=["案情疑难复杂"])
    assert case["法制审核日期"] == NONE
    law.fault("审核未通过", 法制审核结果="未通过")
    for kind, outcome, after in (("决定以后才审核", (), 1), ("决定当日审核", (DOUBTFUL,), 0)):
        one = law.fault(
            kind,
            *outcome,
            lawful=small_penalty,
            法制审核情形=["重大公共利益"],
            法制审核结果="通过",
            法制审核意见="法审",
            法制审核人员编号="S001",
        )
        one["法制审核日期"] = one.day("处罚决定日期") + days(after)
    law.fault(
        "审核日期空着",
        NOT_EVIDENCED,
        lawful=small_penalty,
        法制审核情形=["案情疑难复杂"],
        法制审核日期=None,
        法制审核结果="通过",
    )
    law.fault(
        "审核日期和结果都空着",
        UNKNOWN,
        lawful=small_penalty,
        法制审核情形=["案情疑难复杂"],
        法制审核日期=None,
    )
    law.harmless("不属审核范围", NOT_CONCERNED, lawful=small_penalty)
    law.harmless("修改后通过", 法制审核结果="修改后通过")


@article("cert-reviewer-separate", "处罚法第58条", penalty)
def separate(law: Law) -> None:
    """法制审核人员不应是本案办案人员。"""
    one = law.fault("办案人员自己审核")
    one["法制审核人员编号"] = one.children[1]["人员编号"]
    law.harmless("不是办案人员")


@article("enf-collective", "处罚法第57条第2款；河南行政执法条例第28条", penalty)
def discussed(law: Law) -> None:
    """情节复杂或者重大的，负责人集体讨论；先法制审核后讨论。"""
    law.fault("没有讨论", 集体讨论日期=NONE)
    one = law.fault("决定以后才讨论")
    one["集体讨论日期"] = one.day("处罚决定日期") + days(1)
    one = law.fault("先讨论后审核")
    one["集体讨论日期"] = one.day("法制审核日期") - days(1)
    one = law.fault("审核与讨论同日", DOUBTFUL)
    one["集体讨论日期"] = one.day("法制审核日期")
    law.fault("讨论日期空着", NOT_EVIDENCED, 集体讨论日期=None)
    one = law.harmless("讨论当日决定")
    one["集体讨论日期"] = one.day("处罚决定日期")
    law.harmless("不复杂也不重大", NOT_CONCERNED, lawful=small_penalty)


@article("enf-90d", "处罚法第60条", penalty)
def ninety(law: Law) -> None:
    """自立案之日起90日（自然日）内决定；有规章依据的中止、鉴定等扣除。"""
    for kind, plant_, number in (("第91日决定", law.fault, 91), ("第90日决定", law.harmless, 90)):
        one = plant_(kind)
        decide(one, one.day("立案日期") + days(number))
    for kind, plant_, ground in (
        ("扣除没有依据", law.fault, NONE),
        ("鉴定扣除10日", law.harmless, "市监程序规定第六十四条"),
    ):
        one = plant_(kind, 中止扣除次数=1)
        decide(one, one.day("立案日期") + days(100))
        first = one.day("立案日期") + days(30)
        one.add("办案中止", "", 扣除起=first, 扣除止=first + days(10), 扣除天数=10, 扣除依据=ground)
    one = law.harmless("依法延长30日", 延长依据="经负责人批准延期")
    decide(one, one.day("立案日期") + days(115))
    one["延长至"] = one.day("立案日期") + days(120)


@article("enf-90d-open", "处罚法第60条", penalty)
def ninety_open(law: Law) -> None:
    """未结案的也要算：到检查之日超过90日的。"""
    today = law.city.as_of
    for kind, plant_, number in (
        ("立案91日没有结案", law.fault, 91),
        ("立案90日", law.harmless, 90),
        ("立案三百日", law.fault, 300),
    ):
        plant_(kind, lawful=lambda city, back=number: open_case(city, today - days(back)))


@article("enf-transfer-crime", "处罚法第27条", penalty)
def crime(law: Law) -> None:
    """涉嫌犯罪的，及时移送司法机关。"""
    law.fault("涉嫌犯罪没有移送", 是否涉嫌犯罪=True, 移送日期=NONE)
    law.harmless("已移送", 是否涉嫌犯罪=True, 移送日期=day(f"{law.city.year}-10-08"))
