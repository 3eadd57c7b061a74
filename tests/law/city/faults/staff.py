"""Who may enforce the law: 河南行政执法条例第13至24条、第40至46条；处罚法第42、55条."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import DOUBTFUL, NONE, NOT_CONCERNED, NOT_EVIDENCED, UNKNOWN, Case, City
from tests.law.city.days import day, days
from tests.law.city.law import UNPLANTED, Law, article
from tests.law.city.lawful.staff import (
    action,
    cancelled,
    certificate,
    certificate_of,
    head,
    join,
    officer,
    supervision,
    trained,
)

_NO_PARAMETER = "省规定的期限、年限没有核实，参数未设，只能得出信息不全，不构成问题"
UNPLANTED["cert-cancel-lag"] = _NO_PARAMETER
UNPLANTED["cert-validity-years"] = _NO_PARAMETER


def _third(case: Case, city: City) -> Case:
    """A third officer joins, so that two with valid certificates remain; returns the officer."""
    return join(case, officer(city))


def three(city: City) -> Case:
    """An action whose number of people isn't told, for people to be added."""
    case = action(city)
    case["执法人员人数"] = 3
    return case


@article("cert-eligible-staff", "河南行政执法条例第20条", officer)
def eligible(law: Law) -> None:
    """持证人应在编在职；工勤、合同工、临时工、劳务派遣不得申领。"""
    for kind in ("工勤", "合同工", "临时工", "劳务派遣", "辅助人员"):
        law.fault(f"{kind}持证", 编制类型=kind)
    law.fault("不在岗仍持证", 是否在岗=False)
    law.fault("编制没有填", UNKNOWN, 编制类型=None)
    law.harmless("事业编制", 编制类型="事业编制")
    one = law.harmless("合同工没有证", NOT_CONCERNED, 编制类型="合同工", 是否公开=False)
    one.linked.remove(certificate_of(one))


@article("cert-training-exam", "河南行政执法条例第21条", certificate)
def exams(law: Law) -> None:
    """公共法律、专业法律考试合格后才能领证；有法律职业资格的可以免试。"""
    for what in ("公共法律考试", "专业法律考试"):
        law.fault(f"{what}不合格").linked[0][what] = "不合格"
    law.fault("免试而没有法律职业资格").linked[0]["公共法律考试"] = "免试"
    one = law.fault("领证以后才考试")
    one.linked[0]["考试日期"] = one.day("发证日期") + days(1)
    law.fault("考试情况没有填", UNKNOWN).linked[0]["公共法律考试"] = None
    one = law.harmless("考试当日发证")
    one.linked[0]["考试日期"] = one.day("发证日期")
    one = law.harmless("有法律职业资格，免试")
    one.linked[0].row.update(
        {
            "公共法律考试": "免试",
            "专业法律考试": "免试",
            "是否有法律职业资格": True,
        }
    )


@article("cert-hold-before-act", "河南行政执法条例第21条；处罚法第76条", three)
def hold(law: Law) -> None:
    """取得执法证后方可执法；辅助人员不行使执法权，可以没有证。"""
    one = law.fault("没有证执法")
    who = _third(one, law.city)
    who.linked.remove(certificate_of(who))
    who["是否公开"] = False
    one = law.fault("发证前一日执法")
    own = certificate_of(_third(one, law.city))
    own["发证日期"] = own["有效期起"] = one.day("执法日期") + days(1)
    one = law.harmless("发证当日执法")
    own = certificate_of(_third(one, law.city))
    own["发证日期"] = own["有效期起"] = one.day("执法日期")
    one = law.harmless("辅助人员没有证")
    who = officer(law.city)
    who.linked.remove(certificate_of(who))
    who.row.update({"编制类型": "辅助人员", "是否公开": False})
    join(one, who, "辅助")


@article("cert-aux-staff", "河南行政执法条例第20、21条", three)
def auxiliary(law: Law) -> None:
    """合同工、临时工、辅助人员不得行使执法权。"""
    for kind in ("合同工", "临时工", "辅助人员"):
        one = law.fault(f"{kind}执法")
        who = _third(one, law.city)
        who["编制类型"] = kind
        who.also("cert-eligible-staff")
    one = law.harmless("临时工记录")
    who = officer(law.city)
    who.linked.remove(certificate_of(who))
    who.row.update({"编制类型": "临时工", "是否公开": False})
    join(one, who, "记录")


@article("cert-valid-on-date", "河南行政执法条例第21、42条", three)
def valid(law: Law) -> None:
    """执法当日证件须在有效期内、没有注销；有效期首尾两日都有效。"""
    one = law.fault("前一日到期")
    certificate_of(_third(one, law.city)).row.update(
        {
            "有效期止": one.day("执法日期") - days(1),
            "证件状态": "过期",
        }
    )
    for kind, outcome, after in (
        ("已注销的证", ("不符合",), 10),
        ("注销当日执法", (DOUBTFUL,), 0),
    ):
        one = law.fault(kind, *outcome)
        who = _third(one, law.city)
        when = one.day("执法日期") - days(after)
        cancelled(certificate_of(who), when - days(20), when)
        certificate_of(who)["失格日期"] = when - days(20)
        who["是否公开"] = False
    one = law.harmless("有效期最后一日")
    certificate_of(_third(one, law.city))["有效期止"] = one.day("执法日期")
    one = law.harmless("一人两证，新证有效")
    who = _third(one, law.city)
    old = certificate_of(who)
    renewed = _again(law.city)
    renewed.row.update(
        {
            "人员编号": who.key,
            "发证日期": one.day("执法日期") - days(9),
            "有效期起": one.day("执法日期") - days(9),
        }
    )
    old.row.update({"有效期止": one.day("执法日期") - days(9), "证件状态": "过期"})
    who.linked.append(renewed)


def _again(city: City) -> Case:
    own = certificate(city)
    own.linked.clear()
    return own


@article("cert-suspended", "河南行政执法条例第42条第6项", three)
def suspended(law: Law) -> None:
    """暂扣期间不得执法，首尾两日都算。"""
    for kind, plant_, first, last in (
        ("暂扣期间执法", law.fault, -5, 5),
        ("暂扣第一日执法", law.fault, 0, 9),
        ("暂扣最后一日执法", law.fault, -9, 0),
        ("没有返还仍执法", law.fault, -20, None),
        ("返还次日执法", law.harmless, -9, -1),
        ("执法次日才暂扣", law.harmless, 1, 20),
    ):
        one = plant_(kind)
        own = certificate_of(_third(one, law.city))
        own["暂扣次数"] = 1
        when = one.day("执法日期")
        own.add(
            "暂扣",
            "",
            暂扣起=when + days(first),
            暂扣原因="投诉",
            暂扣止=None if last is None else when + days(last),
        )


@article("cert-unit-scope", "河南行政执法条例第13、14条", three)
def unit_scope(law: Law) -> None:
    """证载单位与执法主体一致；委托执法的，可以是委托机关。"""
    one = law.fault("用别的单位的证")
    certificate_of(_third(one, law.city))["证载单位"] = "县水利局"
    one = law.fault("填了委托机关，证载单位两头对不上", DOUBTFUL, 委托机关="县住房和城乡建设局")
    certificate_of(_third(one, law.city))["证载单位"] = "县水利局"
    one = law.harmless("委托执法，证载委托机关", 委托机关="县住房和城乡建设局")
    certificate_of(_third(one, law.city))["证载单位"] = "县住房和城乡建设局"


@article("cert-two-officers", "处罚法第42条", action)
def two(law: Law) -> None:
    """应由具有执法资格的人员实施，不得少于两人，法律另有规定的除外。"""
    one = law.fault("一人执法", 执法人员人数=1)
    one.children.pop()
    one = law.fault("同一人写了两遍")
    one.children[1].row.update(one.children[0].row)
    one = law.fault("第二人没有证").also("cert-hold-before-act")
    who = one.linked[1]
    who.linked.remove(certificate_of(who))
    who["是否公开"] = False
    one.children[1]["出示的证号"] = NONE
    one = law.harmless("法律规定可以一人", 执法人员人数=1, 单人执法的法律依据="海关法第六条")
    one.children.pop()
    one = law.harmless("送达，没有规定两人", NOT_CONCERNED, 执法人员人数=1, 执法种类="送达")
    one.children.pop()
    law.harmless("恰好两人")


@article("cert-shown", "处罚法第55条", action)
def shown(law: Law) -> None:
    """主动出示执法证，笔录里有记载。"""
    law.fault("没有出示", 是否出示证件=False)
    law.fault("没有记录", 执法记录编号=NONE)
    law.fault("记录编号空着", NOT_EVIDENCED, 执法记录编号=None)


@article("cert-tainted-cases", "处罚法第42条", certificate)
def tainted(law: Law) -> None:
    """失去条件以后、注销以前参加的执法，逐件核查。"""
    for kind, plant_, before in (
        ("失格以后仍执法", law.fault, 30),
        ("失格当日执法", law.fault, 0),
        ("执法次日才失格", law.harmless, -1),
    ):
        one = plant_(kind)
        when = day(f"{law.city.year}-05-20")
        lost = when - days(before)
        cancelled(one, lost, when + days(15))
        _acted(law, one, when)
    one = law.fault("注销以前执过法，失格日没有填", UNKNOWN)
    cancelled(one, day(f"{law.city.year}-05-20"), day(f"{law.city.year}-06-03"))
    one["失格日期"] = None
    _acted(law, one, day(f"{law.city.year}-05-25"))


def _acted(law: Law, own: Case, when: dt.date) -> None:
    """The holder of a certificate took part, as a third, in an action of that day."""
    done = action(law.city)
    done.row.update({"执法日期": when, "执法人员人数": 3})
    holder = own.linked[0]
    done.add(
        "执法活动人员",
        "",
        人员编号=holder.key,
        姓名=holder["姓名"],
        出示的证号=own.key,
        角色="执法",
    )
    own.linked.append(done)


@article("cert-cancel-trigger", "河南令180号", certificate)
def cancel(law: Law) -> None:
    """失去条件的，收回证件并报发证机关注销。"""
    lost = day(f"{law.city.year}-05-20")
    cancelled(law.fault("失去条件没有注销", 证件收回日期=NONE), lost, None)
    one = cancelled(law.fault("注销了没有收回"), lost, lost + days(10))
    one["证件收回日期"] = NONE
    cancelled(law.harmless("收回并注销"), lost, lost + days(10))


@article("cert-disqualify-authority", "河南行政执法条例第46条", certificate)
def disqualified(law: Law) -> None:
    """取消执法资格由本级或者上级司法行政部门决定。"""
    lost = day(f"{law.city.year}-05-20")
    one = cancelled(law.fault("由本单位取消资格"), lost, lost + days(10))
    one.row.update({"注销类型": "取消资格", "注销决定机关": "县城市管理局"})
    one = cancelled(law.harmless("由上级司法行政部门取消"), lost, lost + days(10))
    one.row.update({"注销类型": "取消资格", "注销决定机关": "云州市司法局"})
    one = cancelled(law.harmless("普通注销", NOT_CONCERNED), lost, lost + days(10))
    one["注销决定机关"] = "县城市管理局"


@article("cert-lost", "河南令180号", certificate)
def lost(law: Law) -> None:
    """遗失的，声明作废。"""
    when = day(f"{law.city.year}-05-20")
    law.fault("没有声明作废", 遗失日期=when, 证件状态="遗失", 声明作废日期=NONE)
    law.harmless("声明作废", 遗失日期=when, 证件状态="遗失", 声明作废日期=when + days(9))


@article("cert-retiree-match", "河南行政执法条例第20条", certificate)
def matched(law: Law) -> None:
    """持证人与人事名册比对，退休、调离、编外的即报。"""
    for status in ("退休", "调离", "离职", "编外"):
        law.fault(f"比对为{status}", 人事状态=status)
    one = law.harmless("已注销的证", NOT_CONCERNED, 人事状态="退休")
    cancelled(one, day(f"{law.city.year}-05-20"), day(f"{law.city.year}-06-03"))


@article("cert-pre-job-training", "118号文六（二十三）", officer)
def pre_job(law: Law) -> None:
    """岗前培训；到岗后才训的，须在第一次执法之前。"""
    law.fault("没有岗前培训", 岗前培训日期=NONE)
    for kind, plant_, after in (
        ("第一次执法以后才培训", law.fault, 3),
        ("到岗后、第一次执法当日培训", law.harmless, 0),
    ):
        one = plant_(kind)
        done = action(law.city)
        done["执法人员人数"] = 3
        done.add(
            "执法活动人员",
            "",
            人员编号=one.key,
            姓名=one["姓名"],
            出示的证号=certificate_of(one).key,
            角色="执法",
        )
        one["岗前培训日期"] = done.day("执法日期") + days(after)
        one.linked.append(done)


@article("cert-public-list", "118号文二（四）", officer)
def listed(law: Law) -> None:
    """公开的执法人员名单与现持证人员一致。"""
    law.fault("持证而没有公开", 是否公开=False)
    one = law.fault("公开了而已不持证")
    one.linked.remove(certificate_of(one))


@article("cert-reviewer-qualified", "处罚法第58条第2款", officer)
def reviewer(law: Law) -> None:
    """初次从事处罚决定法制审核的，应有法律职业资格；2018年以前已从事的除外。"""
    for kind, plant_, first in (
        ("2019年起从事而无资格", law.fault, "2019-05-01"),
        ("2018年1月1日起", law.fault, "2018-01-01"),
    ):
        plant_(kind, 是否法制审核人员=True, 首次从事法制审核日期=day(first))
    law.harmless(
        "2017年末已经从事",
        NOT_CONCERNED,
        是否法制审核人员=True,
        首次从事法制审核日期=day("2017-12-31"),
    )
    law.harmless(
        "有资格",
        是否法制审核人员=True,
        首次从事法制审核日期=day("2019-05-01"),
        是否有法律职业资格=True,
    )


@article("cert-60-hours", "纲要（三十四）", officer)
def hours(law: Law) -> None:
    """每人每年不少于60学时的业务知识和法律法规培训；政治理论另算。"""

    def with_hours(case: Case, *given: tuple[int, str]) -> Case:
        case.linked = [other for other in case.linked if other.ledger != "培训"]
        for number, kind in given:
            when = f"{law.city.year}-04-10"
            case.linked.append(trained(law.city, case.key, number, kind, when))
        law.rekey_to(f"{case.key}/{law.city.year}")
        return case

    with_hours(law.fault("59学时"), (32, "业务知识"), (27, "法律法规"))
    with_hours(law.fault("靠政治理论凑够"), (40, "业务知识"), (30, "政治理论"))
    with_hours(law.fault("没有培训"))
    one = law.fault("年中到岗，30学时，没有折算规定", DOUBTFUL)
    with_hours(one, (30, "业务知识"))
    joined = day(f"{law.city.year}-06-10")
    one.row.update(
        {"进入执法岗位日期": joined, "考试日期": joined + days(5), "岗前培训日期": joined - days(3)}
    )
    certificate_of(one).row.update({"发证日期": joined + days(20), "有效期起": joined + days(20)})
    with_hours(law.harmless("恰好60学时"), (32, "业务知识"), (28, "法律法规"))


@article("cert-supervisor", "河南行政执法条例第41条", supervision)
def supervisors(law: Law) -> None:
    """监督人员执行公务出示监督证；执法证不能代替。"""
    one = law.fault("一人只有执法证")
    certificate_of(one.linked[0])["证件种类"] = "执法证"
    one = law.fault("监督证前一日到期")
    certificate_of(one.linked[1]).row.update({"有效期止": one.day("监督日期") - days(1)})
    one = law.harmless("监督证当日到期")
    certificate_of(one.linked[1]).row.update({"有效期止": one.day("监督日期")})


@article("ar-appoint-law-test", "国发〔2008〕17号二（四）", head)
def appointed(law: Law) -> None:
    """拟任领导职务的，任职以前考查法律知识。"""
    law.fault("没有考查", 任前法律知识考查日期=NONE)
    one = law.fault("任职以后才考")
    one["任前法律知识考查日期"] = one.day("任期起") + days(1)
    one = law.harmless("任职当日考")
    one["任前法律知识考查日期"] = one.day("任期起")


@article("ar-dept-head-training", "纲要（三十四）", head)
def detached(law: Law) -> None:
    """执法部门负责人任期内至少接受一次法治专题脱产培训。"""
    law.fault("任期内没有脱产培训", 脱产培训日期=NONE)
    one = law.fault("任职以前培训的")
    one["脱产培训日期"] = one.day("任期起") - days(1)
    one = law.harmless("任期第一日")
    one["脱产培训日期"] = one.day("任期起")
    law.harmless("任期未满", "期限未到", 脱产培训日期=NONE, 任期止=day("2026-06-30"))


@article("ar-annual-law-report", "年终述法的中央意见（2021年）", head)
def law_report(law: Law) -> None:
    """主要负责人年终述法。"""
    law.fault("没有述过", 年终述法日期=NONE)
    law.fault("两年没有述", 年终述法日期=day("2023-01-10"))
