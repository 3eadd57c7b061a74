"""118号文 on publishing, 国办发〔2024〕54号 on inspecting, 强制法, 许可法, supervision."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import DOUBTFUL, NONE, NOT_CONCERNED, NOT_EVIDENCED, Case
from tests.law.city.days import days, is_workday, months_after, workdays_after
from tests.law.city.law import Law, article
from tests.law.city.lawful import enforcement as made


@article("enf-publish-7wd", "118号文二（六）；处罚法第48条", made.result)
def in_seven(law: Law) -> None:
    """处罚、许可决定7个工作日内公开；处罚限于有一定社会影响的。"""
    for kind in ("处罚", "许可"):
        for number, plant_ in ((8, law.fault), (7, law.harmless)):
            one = plant_(f"{kind}第{number}个工作日公开", 决定种类=kind)
            one["公开日期"] = workdays_after(one.day("决定日期"), number)
    law.fault("没有公开", 公开日期=NONE)
    law.harmless("不应公开", NOT_CONCERNED, 是否应公开=False, 公开日期=NONE)


@article("enf-publish-20wd", "118号文二（六）", made.check_result)
def in_twenty(law: Law) -> None:
    """强制、检查、征收等决定20个工作日内公开。"""
    for kind in ("检查", "强制"):
        for number, plant_ in ((21, law.fault), (20, law.harmless)):
            one = plant_(f"{kind}第{number}个工作日公开", 决定种类=kind)
            one["公开日期"] = workdays_after(one.day("决定日期"), number)


@article("enf-samr-20wd", "市监处罚信息公示规定第9、10条", made.market_result)
def market(law: Law) -> None:
    """市场监管处罚20个工作日内公示；仅警告的不公示。"""
    for number, plant_ in ((21, law.fault), (20, law.harmless)):
        one = plant_(f"第{number}个工作日公示")
        one["公开日期"] = workdays_after(one.day("决定日期"), number)
    law.harmless("仅警告", 是否仅警告=True, 公开日期=NONE)


@article("enf-withdraw-3wd", "处罚法第48条第2款、第85条", made.result)
def withdrawn(law: Law) -> None:
    """公开的处罚被变更、撤销，三日（工作日）内撤回。"""
    for number, plant_ in ((4, law.fault), (3, law.harmless)):
        one = plant_(f"第{number}个工作日撤回")
        one["决定被变更撤销日期"] = workdays_after(one.day("公开日期"), 20)
        one["公开信息撤回日期"] = workdays_after(one.day("决定被变更撤销日期"), number)
    one = law.fault("没有撤回", 公开信息撤回日期=NONE)
    one["决定被变更撤销日期"] = workdays_after(one.day("公开日期"), 20)


@article("enf-inspection-basis", "国办发〔2024〕54号一、二", made.inspection)
def inspected(law: Law) -> None:
    """非法定主体不得检查，没有公布的事项不得检查。"""
    law.fault("没有检查权", 是否有检查权=False)
    law.fault("事项没有公布", 事项是否公布=False)


@article("enf-inspection-frequency", "国办发〔2024〕54号四", made.inspection)
def frequency(law: Law) -> None:
    """同一企业年度检查不超过公布的上限。"""
    for kind, plant_, number in (("上限2次查了3次", law.fault, 3), ("恰好2次", law.harmless, 2)):
        one = plant_(kind)
        for _ in range(number - 1):
            again = made.inspection(law.city)
            again["企业代码"] = one["企业代码"]
            one.linked.append(again)
            if plant_ == law.fault:
                again.also("enf-inspection-frequency")


@article("enf-coerce-approval", "强制法第18、19条", made.measure)
def approved(law: Law) -> None:
    """实施前报批；情况紧急当场实施的，24小时内补办。"""
    hour = dt.timedelta(hours=1)

    def when(case: Case, later: dt.timedelta) -> None:
        acted = case["实施时间"]
        assert isinstance(acted, dt.datetime)
        case["批准时间"] = acted + later

    when(law.fault("先实施后批准，并不紧急"), 2 * hour)
    when(law.fault("紧急，25小时才补批", 是否情况紧急=True), 25 * hour)
    when(law.harmless("紧急，恰24小时补批", 是否情况紧急=True), 24 * hour)
    when(law.harmless("实施前一小时批准"), -hour)
    law.fault("没有批准", 批准时间=NONE)


@article("enf-coerce-staff", "强制法第17、18条", made.measure)
def measured_by(law: Law) -> None:
    """由两名以上具备资格的人员实施，制作现场笔录。"""
    law.fault("一人实施", 执法人员人数=1).children.pop()
    one = law.fault("第二人没有证")
    who = one.linked[1]
    who.linked = [other for other in who.linked if other.ledger != "执法证件"]
    who["是否公开"] = False
    law.fault("没有现场笔录", 现场笔录=NONE)
    law.fault("现场笔录空着", NOT_EVIDENCED, 现场笔录=None)


@article("enf-seizure-30d", "强制法第25条", made.measure)
def seized(law: Law) -> None:
    """查封、扣押不超过30日，经批准延长不超过30日；书面告知的检测期间不算。"""
    for kind, plant_, number, cells in (
        ("扣押31日", law.fault, 31, {}),
        ("扣押30日", law.harmless, 30, {}),
        ("没有批准就延长", law.fault, 45, {"是否延长": True, "延长批准日期": NONE}),
        (
            "检测10日已告知，共40日",
            law.harmless,
            40,
            {"检测鉴定天数": 10, "检测期间是否书面告知": True},
        ),
        (
            "检测10日没有告知，共40日",
            law.fault,
            40,
            {"检测鉴定天数": 10, "检测期间是否书面告知": False},
        ),
    ):
        one = plant_(kind, **cells)
        one["解除或处理日期"] = one.day("查封扣押日期") + days(number)
    for number, plant_ in ((61, law.fault), (60, law.harmless)):
        one = plant_(f"延长后共{number}日", 是否延长=True)
        one["延长批准日期"] = one.day("查封扣押日期") + days(28)
        one["解除或处理日期"] = one.day("查封扣押日期") + days(number)
    one = law.fault("至今没有解除")
    one["解除或处理日期"] = NONE


@article("enf-demand-before-exec", "强制法第35、37条", made.execution)
def demanded(law: Law) -> None:
    """强制执行决定以前，应当书面催告。"""
    law.fault("没有催告", 催告日期=NONE, 催告送达日期=NONE)
    one = law.fault("决定以后才催告")
    one["催告日期"] = one.day("强制执行决定日期") + days(1)
    law.harmless("立即代履行", 催告日期=NONE, 催告送达日期=NONE, 是否立即代履行=True)


@article("enf-no-night-exec", "强制法第43条", made.execution)
def by_night(law: Law) -> None:
    """不得在夜间或者法定节假日强制执行，情况紧急的除外；不得停水电气热逼迫。"""
    one = law.fault("夜间执行", 是否夜间执行=True)
    one["执行时间"] = dt.datetime.combine(_executed(one).date(), dt.time(23, 10))
    law.fault("法定节假日执行", 是否法定节假日执行=True)
    law.fault("停水停电", 是否停水电气热=True)
    law.fault("紧急也不得停水停电", 是否停水电气热=True, 是否情况紧急=True)
    one = law.fault("周末执行，有争议", DOUBTFUL, 是否休息日执行=True)
    when = _executed(one)
    one["执行时间"] = dt.datetime.combine(dt.date(law.city.year, 11, 16), when.time())
    law.harmless("紧急，夜间执行", 是否夜间执行=True, 是否情况紧急=True)
    night = dt.datetime.combine(dt.date(law.city.year, 11, 13), dt.time(23, 10))
    law.fault(
        "没有执行权，却夜间执行", lawful=made.court_execution, 执行时间=night, 是否夜间执行=True,
        是否法定节假日执行=False, 是否休息日执行=False, 是否情况紧急=False,
    )  # fmt: skip
    law.harmless("没有执行权，申请法院执行", NOT_CONCERNED, lawful=made.court_execution)


def _executed(case: Case) -> dt.datetime:
    when = case["执行时间"]
    assert isinstance(when, dt.datetime)
    return when


@article("enf-apply-court-3m", "强制法第53、54、69条", made.court_execution)
def court(law: Law) -> None:
    """自起诉期满起三个月内申请；催告送达满十日（工作日）以后。"""
    for kind, plant_, more in (("三个月零一日", law.fault, 1), ("恰三个月", law.harmless, 0)):
        one = plant_(kind)
        while not is_workday(months_after(one.day("起诉期限届满日"), 3)):
            one["起诉期限届满日"] = one.day("起诉期限届满日") + days(1)
        one["申请法院执行日期"] = months_after(one.day("起诉期限届满日"), 3) + days(more)
    for number, plant_ in ((10, law.fault), (11, law.harmless)):
        one = plant_(f"催告送达第{number}个工作日申请")
        one["申请法院执行日期"] = workdays_after(one.day("催告送达日期"), number)


@article("enf-permit-notice-5wd", "许可法第32、82条", made.licence)
def notice(law: Law) -> None:
    """材料不齐的，五日（工作日）内一次告知。"""
    for number, plant_ in ((6, law.fault), (5, law.harmless)):
        one = plant_(f"第{number}个工作日告知")
        one["补正告知日期"] = workdays_after(one.day("收到申请日期"), number)
        one["受理日期"] = one.day("补正告知日期") + days(1)
        one["许可决定日期"] = workdays_after(one.day("受理日期"), 5)
        one["证件送达日期"] = workdays_after(one.day("许可决定日期"), 2)
    law.harmless("材料齐全", NOT_CONCERNED, 材料是否不齐=False, 补正告知日期=NONE)


@article("enf-permit-20wd", "许可法第42、45、82条", made.licence)
def decided(law: Law) -> None:
    """受理起二十日（工作日）内决定，经批准延长十日；联合办理四十五日。"""
    kinds: tuple[tuple[str, bool, int, dict[str, object]], ...] = (
        ("第21个工作日决定", False, 21, {}),
        ("第20个工作日决定", True, 20, {}),
        ("延长后第31个工作日", False, 31, {"是否延长": True, "延长是否经批准": True}),
        ("延长后第30个工作日", True, 30, {"是否延长": True, "延长是否经批准": True}),
        ("没有批准就延长", False, 25, {"是否延长": True, "延长是否经批准": False}),
        ("扣除5日已告知", True, 25, {"扣除工作日": 5, "扣除是否书面告知": True}),
        ("扣除5日没有告知", False, 25, {"扣除工作日": 5, "扣除是否书面告知": False}),
        ("联合办理第45个工作日", True, 45, {"是否联合办理": True}),
        ("联合办理第46个工作日", False, 46, {"是否联合办理": True}),
    )
    for kind, lawful, number, cells in kinds:
        one = (law.harmless if lawful else law.fault)(kind, **cells)
        one["许可决定日期"] = workdays_after(one.day("受理日期"), number)
        one["证件送达日期"] = workdays_after(one.day("许可决定日期"), 3)


@article("enf-permit-deliver-10wd", "许可法第44、82条", made.licence)
def delivered(law: Law) -> None:
    """准予许可的，十日（工作日）内送达证件。"""
    for number, plant_ in ((11, law.fault), (10, law.harmless)):
        one = plant_(f"第{number}个工作日送达")
        one["证件送达日期"] = workdays_after(one.day("许可决定日期"), number)
    law.harmless("没有准予", NOT_CONCERNED, 是否准予=False, 证件送达日期=NONE)


@article("enf-permit-listed", "优化营商环境条例第40条", made.item)
def on_list(law: Law) -> None:
    """清单之外不得实施许可。"""
    law.fault("清单以外的许可", 是否在许可清单内=False)
    law.harmless("不是许可", NOT_CONCERNED, 事项类型="公共服务", 是否在许可清单内=False)


@article("enf-permit-promise", "优化营商环境条例第36条", made.item)
def promised(law: Law) -> None:
    """承诺时限不长于法定时限；超过承诺时限的公开说明原因。"""
    law.fault("承诺长于法定", 承诺时限=25)
    law.fault("超过承诺没有说明", 实际最长用时=9, 延时原因公开=NONE)
    law.harmless("承诺等于法定", 承诺时限=20)
    law.harmless("超过承诺，公开了原因", 实际最长用时=9, 延时原因公开="系统故障，已公告")


@article("enf-supervision-opinion", "河南行政执法条例第43条", made.opinion)
def answered(law: Law) -> None:
    """监督意见书按期反馈；逾期的发决定书。"""
    one = law.fault("逾期反馈", 监督决定日期=NONE)
    one["整改反馈日期"] = one.day("整改期限") + days(1)
    law.fault("没有反馈", 整改反馈日期=NONE, 监督决定日期=NONE)
    one = law.harmless("逾期，已发决定书", 整改反馈日期=NONE)
    one["监督决定日期"] = one.day("整改期限") + days(3)
    one = law.harmless("期限当日反馈")
    one["整改反馈日期"] = one["整改期限"]


@article("enf-supervision-problem-closure", "河南行政执法条例第38、43条", made.opinion)
def closed(law: Law) -> None:
    """发现的问题逐条有处理结果。"""
    law.fault("有一条没有处理", 问题数=5, 已整改数=4, 整改中数=0, 无处理记录的问题数=1)
    law.fault("数字对不上", 问题数=5, 已整改数=3, 整改中数=1, 无处理记录的问题数=0)
    law.harmless("四条已改一条在改", 问题数=5, 已整改数=4, 整改中数=1)


@article("ar-rectify", "督察规定第18条", made.inspectorate)
def rectified(law: Law) -> None:
    """督察发现的问题限期整改并报告。"""
    law.fault("没有反馈", 整改反馈日期=NONE)
    one = law.fault("逾期反馈")
    one["整改反馈日期"] = one.day("整改期限") + days(1)
    law.fault("没有改完", 问题数=5, 已整改数=4, 整改中数=1)
    one = law.harmless("期限当日反馈")
    one["整改反馈日期"] = one["整改期限"]
