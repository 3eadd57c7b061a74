"""Bodies that enforce the law: who they are, what they publish, their figures of the year."""

from __future__ import annotations

from tests.law.city.case import DOUBTFUL, NONE, NOT_CONCERNED, Case
from tests.law.city.days import day, days
from tests.law.city.law import UNPLANTED, Law, article
from tests.law.city.lawful.staff import BUREAU, action, agency, counts, entrustment, township

UNPLANTED["enf-supervisor-org"] = "行政执法监督条例2026年2月1日起施行，所评年度（2024年）不涉及"


@article("enf-subject", "处罚法第38条；河南行政执法条例第13条", agency)
def subject(law: Law) -> None:
    """执法主体要有法定依据，由本级政府确认并公告。"""
    law.fault("没有执法依据", 执法依据=NONE)
    law.fault("没有公告", 主体公告日期=NONE)
    law.harmless("没有执法权", NOT_CONCERNED, 是否有执法权=False, 主体公告日期=NONE)


@article("enf-public-info", "处罚法第39条", agency)
def public_info(law: Law) -> None:
    """公示处罚的实施机关、立案依据、实施程序、救济渠道。"""
    whole = ["实施机关", "立案依据", "实施程序", "救济渠道"]
    for what in whole:
        law.fault(f"没有公示{what}", 处罚公示内容=[x for x in whole if x != what])


@article("enf-major-list", "118号文四（十二）", agency)
def major_list(law: Law) -> None:
    """公布重大执法决定法制审核目录。"""
    law.fault("没有公布", 重大执法决定目录公布日期=NONE)


@article("enf-benchmark", "处罚法第34条；国办发〔2022〕27号", agency)
def benchmark(law: Law) -> None:
    """公布裁量权基准；上级已有的可以直接适用。"""
    law.fault("没有公布基准", 裁量权基准公布日期=NONE)
    law.harmless("直接适用上级基准", 裁量权基准公布日期=NONE, 是否直接适用上级基准=True)


@article("enf-exempt-list", "纲要（十六）", agency)
def exempt_list(law: Law) -> None:
    """全面推行轻微违法依法免予处罚清单。"""
    law.fault("没有免罚清单", 免罚清单公布日期=NONE)


@article("enf-no-quota", "处罚法第74条；纲要（二十六）", agency)
def quota(law: Law) -> None:
    """不得下达或者变相下达罚没指标。"""
    law.fault("下达了一件", 罚没指标文件数=1)


UNPLANTED["ar-supervise-coverage"] = "期限到2025年12月31日，检查日在此之前，只能是期限未到"


@article("ar-dept-lectures-2", "督察规定第9条", agency)
def lectures(law: Law) -> None:
    """部门领导班子每年至少两次法治专题讲座。"""

    def keep(case: Case, number: int) -> Case:
        sessions = [other for other in case.linked if other.ledger == "学法"]
        for one in sessions[number:]:
            case.linked.remove(one)
        law.rekey_to(f"{case.key}/{law.city.year}")
        return case

    keep(law.fault("只有一次"), 1)
    keep(law.fault("一次也没有"), 0)
    one = keep(law.fault("第二次在次年"), 2)
    one.linked[-1]["学法日期"] = day(f"{law.city.year + 1}-01-02")
    keep(law.harmless("恰好两次"), 2)


@article("cert-township-capacity", "处罚法第24条第2款", township)
def capacity(law: Law) -> None:
    """承接处罚权的乡镇，持证人员满足两人执法。"""
    law.fault("只有一名持证人员").linked.pop()
    law.harmless("恰好两名")
    law.harmless("没有承接", NOT_CONCERNED, 赋权事项=NONE, 赋权事项数=0).linked.pop()


def _at(law: Law, case: Case) -> Case:
    law.rekey_to(f"{case.key}/{law.city.year}")
    return case


@article("cert-reviewer-5pct", "118号文四（十一）", counts)
def five_per_cent(law: Law) -> None:
    """法制审核人员原则上不少于执法人员的5%；不足的说明。"""
    for people, reviewers in ((40, 1), (10, 0), (41, 2)):
        _at(
            law,
            law.fault(f"{people}人中{reviewers}人", 执法人员数=people, 法制审核人员数=reviewers),
        )
    for people, reviewers in ((40, 2), (19, 1)):
        _at(
            law,
            law.harmless(f"{people}人中{reviewers}人", 执法人员数=people, 法制审核人员数=reviewers),
        )
    _at(
        law,
        law.harmless("不足而有说明", 法制审核人员数=1, 法制审核人员不足的说明="由局公职律师统筹"),
    )


@article("cert-roster-reconcile", "河南令180号第6条", counts)
def roster(law: Law) -> None:
    """期初＋新发＋换入−注销−换出＝期末；培训人数不多于应训人数。"""
    one = _at(law, law.fault("期末对不上"))
    one["期末持证数"] = int(str(one["期末持证数"])) + 1
    one = _at(law, law.fault("培训人数多于应训"))
    one["当年培训人数"] = (
        sum(int(str(one[x])) for x in ("期末持证数", "当年注销数", "当年换出数")) + 1
    )


@article("enf-annual-stats-0131", "118号文二（六）", counts)
def stats(law: Law) -> None:
    """1月31日前公开上年度执法情况，并报本级政府和上级主管部门。"""
    last = day(f"{law.city.year + 1}-01-31")
    _at(law, law.fault("2月1日才公开", 执法统计公开日期=last + days(1)))
    _at(law, law.fault("没有报送", 执法统计报送日期=NONE))
    _at(law, law.harmless("1月31日", 执法统计公开日期=last, 执法统计报送日期=last))


@article("enf-major-filing-reconcile", "河南令168号第3、6条", counts)
def filed(law: Law) -> None:
    """应备案的重大处罚，件件备案。"""
    _at(law, law.fault("应备5件只备3件", 重大处罚应备案数=5, 重大处罚已备案数=3))
    _at(law, law.harmless("应备、已备都是0", NOT_CONCERNED, 重大处罚应备案数=0, 重大处罚已备案数=0))


@article("enf-penalty-evaluation", "处罚法第75条", counts)
def evaluated(law: Law) -> None:
    """定期组织执法评议考核。"""
    _at(law, law.fault("没有评议考核", 执法评议考核日期=NONE))


@article("enf-entrust", "处罚法第20条", entrustment)
def entrusted(law: Law) -> None:
    """书面委托，载明事项、权限、期限，向社会公布。"""
    law.fault("口头委托", 是否书面委托=False)
    for what in ("委托事项", "委托权限", "委托书公布日期"):
        law.fault(f"没有{what}", **{what: NONE})


@article("enf-entrust-term", "处罚法第20条", entrustment)
def entrust_term(law: Law) -> None:
    """在委托期限内执法。"""
    for kind, plant_, after in (
        ("期满次日仍执法", law.fault, 1),
        ("期限最后一日执法", law.harmless, 0),
    ):
        one = plant_(kind)
        done = action(law.city)
        done.row.update(
            {
                "执法主体": one["受委托组织"],
                "委托机关": BUREAU,
                "执法日期": one.day("委托期限止") + days(after),
            }
        )
        one.linked.append(done)


@article("cert-entrusted-org", "处罚法第21条", entrustment)
def entrusted_staff(law: Law) -> None:
    """受委托组织须有取得执法资格的人员。"""
    law.fault("一个也没有", 合格工作人员数=0)
    law.fault("只有一人", DOUBTFUL, 合格工作人员数=1)
    law.harmless("恰好两人", 合格工作人员数=2)
