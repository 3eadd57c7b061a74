"""督察规定第7至9、23至27条: what a place does every year, and when it reports."""

from __future__ import annotations

from tests.law.city.case import DOUBTFUL, MET, NONE, NOT_CONCERNED, NOT_EVIDENCED, UNKNOWN, Case
from tests.law.city.days import day, days
from tests.law.city.law import UNPLANTED, Law, article
from tests.law.city.lawful import year as made
from tests.law.city.lawful.answers import answered


def _this_year(law: Law) -> str:
    return str(law.city.year)


@article("ar-party-hear", "督察规定第7条", made.leadership, once=True)
def party_hears(law: Law) -> None:
    """党委每年专题听取法治政府建设情况汇报。"""
    law.fault("没有听取", 党委专题听取日期=NONE)
    law.fault("次年才听取", 党委专题听取日期=day(f"{law.city.year + 1}-01-05"))
    law.harmless("年末听取", 党委专题听取日期=day(f"{law.city.year}-12-31"))


@article("ar-plan", "督察规定第8条", made.leadership, once=True)
def plan(law: Law) -> None:
    """制订年度计划；按计划所属年度看。"""
    law.fault("没有计划", 年度计划文件=NONE, 年度计划印发日期=NONE, 计划所属年度=NONE)
    law.fault("只有上一年度的计划", 计划所属年度=law.city.year - 1)
    law.harmless("上年末印发当年计划", 年度计划印发日期=day(f"{law.city.year - 1}-12-28"))


@article("ar-learn-list", "纲要（三十四）", made.leadership, once=True)
def learn_list(law: Law) -> None:
    """建立应知应会法律法规清单。"""
    law.fault("没有清单", 应知应会清单=NONE)
    law.harmless("有清单")


@article("ar-assessment", "督察规定第7条；纲要（三十三）", made.leadership, once=True)
def assessed(law: Law) -> None:
    """依法行政纳入绩效考核，分值为零等于没有。"""
    law.fault("没有纳入考核", 绩效考核文件=NONE, 法治建设考核分值=NONE)
    law.fault("分值为零", 法治建设考核分值=0)
    law.harmless("占1分", 法治建设考核分值=1)


@article("ar-urge-reports", "督察规定第26条", made.leadership, once=True)
def urged(law: Law) -> None:
    """督促下级按时报送、公开年度报告。"""
    law.harmless("已督促")
    law.fault("没有督促", 督促下级报告日期=NONE)


def _manual(requirement: str, basis: str) -> None:
    @article(requirement, basis, made.leadership, once=True)
    def script(law: Law) -> None:
        answered(law.fault("人工认定为不符合"), requirement, "place_year", "不符合")
        answered(law.harmless("人工认定为符合"), requirement, "place_year", "符合")
        answered(
            law.harmless("人工认定为不涉及", NOT_CONCERNED), requirement, "place_year", "不涉及"
        )


_manual("ar-demo-results", "纲要（三十三）")
_manual("ar-evaluate", "督察规定第27条")
_manual("ar-secrecy-review", "信息公开条例第17条")
_manual("cert-database", "118号文六（二十三）")
_manual("cert-unified-style", "河南行政执法条例第21条")


def _without(case: Case, form: str, audience: str, keep: int) -> Case:
    """Only so many of the sessions of one form for one audience were held."""
    same = [s for s in case.linked if (s["学法形式"], s["参加对象"]) == (form, audience)]
    for one in same[keep:]:
        case.linked.remove(one)
    return case


@article("ar-lectures-2", "督察规定第8条；纲要（三十四）", made.studied, once=True)
def lectures(law: Law) -> None:
    """政府领导班子每年至少举办两期法治专题讲座；会前学法不算。"""
    _without(law.fault("只有一期", key=_this_year(law)), "法治专题讲座", "政府领导班子", 1)
    law.harmless("恰好两期", key=_this_year(law))
    one = law.fault("第二期在次年", key=_this_year(law))
    same = [
        s for s in one.linked if s["参加对象"] == "政府领导班子" and "讲座" in str(s["学法形式"])
    ]
    same[1]["学法日期"] = day(f"{law.city.year + 1}-01-03")


@article("ar-party-lectures-2", "督察规定第7条第5项", made.studied, once=True)
def party_lectures(law: Law) -> None:
    """党委领导班子每年至少举办两次法治专题讲座。"""
    law.harmless("恰好两次", key=_this_year(law))
    _without(law.fault("只有一次", key=_this_year(law)), "法治专题讲座", "党委领导班子", 1)
    one = law.fault("一次是中心组学法", key=_this_year(law))
    next(s for s in one.linked if s["参加对象"] == "党委领导班子")["学法形式"] = "中心组学法"


@article("ar-exec-study", "督察规定第8条第7项", made.studied, once=True)
def executive(law: Law) -> None:
    """建立政府常务会议定期学法制度：有计划，至少学一次。"""
    _without(law.fault("没有学过", key=_this_year(law)), "常务会学法", "政府领导班子", 0)
    law.harmless("学了一次", key=_this_year(law))


_SUBMIT = (
    "报同级党委日期",
    "报同级人大常委会日期",
    "报上一级党委日期",
    "报上一级政府日期",
    "抄送督察单位日期",
)


@article("ar-submit-0301", "督察规定第23条第2款", made.government_report)
def submitted(law: Law) -> None:
    """每年3月1日之前报同级党委、人大常委会、上一级党委和政府，抄送督察单位。"""
    due, key = day(f"{law.city.year + 1}-03-01"), f"/{law.city.year}"

    def at(case: Case) -> Case:
        law.rekey_to(case.key + key)
        return case

    for where in _SUBMIT:
        at(law.fault(f"{where}：3月2日", **{where: due + days(1)}))
    at(law.fault("没有报人大常委会", 报同级人大常委会日期=NONE))
    at(law.fault("3月1日当日", DOUBTFUL, 报上一级政府日期=due))
    at(law.fault("一处当日一处迟", 报同级党委日期=due, 报上一级政府日期=due + days(3)))
    at(law.fault("报党委日期空着", NOT_EVIDENCED, 报同级党委日期=None))
    at(law.harmless("都在2月最后一日", MET, **dict.fromkeys(_SUBMIT, due - days(1))))
    at(law.fault("乡镇迟报", lawful=made.township_report, 报上一级政府日期=due + days(1)))
    at(law.fault("党委迟报", lawful=made.committee_report, 报上一级党委日期=due + days(1)))


@article("ar-dept-submit-0301", "督察规定第23条第2款", made.bureau_report)
def bureau_submitted(law: Law) -> None:
    """部门3月1日之前报本级党委和政府、上一级部门，抄送督察单位。"""
    due, key = day(f"{law.city.year + 1}-03-01"), f"/{law.city.year}"
    for where in ("报同级党委日期", "报本级政府日期", "报上一级部门日期", "抄送督察单位日期"):
        one = law.fault(f"{where}：3月2日", **{where: due + days(1)})
        law.rekey_to(one.key + key)
    one = law.fault("3月1日当日", DOUBTFUL, 报本级政府日期=due)
    law.rekey_to(one.key + key)
    one = law.harmless("2月最后一日", 报本级政府日期=due - days(1))
    law.rekey_to(one.key + key)


@article("ar-last-plan-carry", "督察规定第25条", made.carried_report)
def carried(law: Law) -> None:
    """上年报告写明的下年度安排，本年报告逐条交代；别的单位的安排不用交代。"""
    key = f"/{law.city.year}"
    one = law.fault("一条没有交代")
    one.linked[0].children[1]["落实情况"] = NONE
    law.rekey_to(one.key + key)
    one = law.harmless("都有交代", MET)
    law.rekey_to(one.key + key)
    one = law.harmless("一条空着，不知道", UNKNOWN)
    one.linked[0].children[0]["落实情况"] = None
    law.rekey_to(one.key + key)


@article("ar-publish-0401", "督察规定第24条", made.government_report)
def published(law: Law) -> None:
    """政府和部门4月1日之前公开；涉密的除外；党委的报告没有要求公开。"""
    due, key = day(f"{law.city.year + 1}-04-01"), f"/{law.city.year}"
    kinds = (
        (law.fault, "4月2日才公开", (), made.government_report, {"报告公开日期": due + days(1)}),
        (law.fault, "没有公开", (), made.bureau_report, {"报告公开日期": NONE}),
        (law.fault, "乡镇没有公开", (), made.township_report, {"报告公开日期": NONE}),
        (law.fault, "4月1日当日", (DOUBTFUL,), made.bureau_report, {"报告公开日期": due}),
        (law.harmless, "3月31日", (), made.bureau_report, {"报告公开日期": due - days(1)}),
        (
            law.harmless,
            "涉密不公开",
            (),
            made.government_report,
            {"报告公开日期": NONE, "不公开的依据": "保密法第九条"},
        ),
        (law.harmless, "党委的报告", (NOT_CONCERNED,), made.committee_report, {}),
    )
    for plant_, kind, outcome, whole, cells in kinds:
        one = plant_(kind, *outcome, lawful=whole, **cells)
        law.rekey_to(one.key + key)


@article("ar-content-five", "督察规定第25条", made.bureau_report)
def contents(law: Law) -> None:
    """报告写明举措和成效、不足和原因、主要负责人履职、下一年度安排。"""
    whole = ["举措成效", "不足", "原因", "主要负责人履职", "下年度安排"]
    for what in ("举措成效", "不足", "主要负责人履职", "下年度安排"):
        one = law.fault(f"缺{what}", 报告包含的部分=[x for x in whole if x != what])
        law.rekey_to(f"{one.key}/{law.city.year}")


@article("ar-first-responsible", "督察规定第8、25条", made.bureau_report)
def first_responsible(law: Law) -> None:
    """写明主要负责人听取汇报、研究部署的事实，不是只表态。"""
    for kind, cells in (
        ("没有听取汇报", {"报告所述听取汇报次数": 0}),
        ("没有研究部署", {"报告所述研究部署次数": 0}),
    ):
        one = law.fault(kind, **cells)
        law.rekey_to(f"{one.key}/{law.city.year}")
    one = law.harmless("各一次", 报告所述听取汇报次数=1, 报告所述研究部署次数=1)
    law.rekey_to(f"{one.key}/{law.city.year}")


@article("enf-case-review-annual", "河南行政执法条例第40条", made.case_review, once=True)
def reviewed_files(law: Law) -> None:
    """县级以上政府每年组织评查执法案卷。"""
    law.fault("没有评查", key=_this_year(law)).gone = True
    law.harmless("评查了一卷", key=_this_year(law), 评查卷数=1)
    law.fault("一卷也没评", key=_this_year(law), 评查卷数=0)


UNPLANTED["enf-two-and-show"] = "由 cert-two-officers、cert-shown 核对（covered_by）"
