"""713号令第二章第一节: what is a major decision, its beginning, and who must be consulted."""

from __future__ import annotations

from tests.law.city.case import DOUBTFUL, GAP, MET, NONE, NOT_CONCERNED, NOT_EVIDENCED
from tests.law.city.days import days
from tests.law.city.law import UNPLANTED, Law, article
from tests.law.city.lawful.decision import decision, lean_decision

UNPLANTED["dec-dept-township"] = "部门、乡镇参照执行，由各条分别核对（covered_by）"


@article("dec-scope-classification", "713号令第3条", decision)
def classification(law: Law) -> None:
    """是否属于重大行政决策须认定；认定为不是的，写明不适用的情形或者理由。"""
    law.fault(
        "认定为非重大而无理由", 是否重大行政决策=False, 不属重大决策的理由=NONE, 认定依据=NONE
    )
    law.harmless(
        "非重大，写明理由", 是否重大行政决策=False, 不属重大决策的理由="日常管理事务，影响面小"
    )
    law.harmless("突发事件应急处置，不适用", 不适用本程序的情形="突发事件应急处置")


@article("dec-henan-seven-categories", "河南令210号第3条", decision)
def henan_category(law: Law) -> None:
    """决策事项按省规定的七类归类。"""
    law.fault("没有归类", 省规定的类别=NONE)
    law.harmless("归入其他事项", 省规定的类别="第七类")


@article("dec-catalog-off-list", "713号令第3条第3款", decision)
def off_list(law: Law) -> None:
    """没有列入年度目录的重大决策，应说明原因。"""
    law.fault("目录外而不说明", 未列入目录的原因=NONE)
    law.harmless("目录外，说明了原因", lawful=lean_decision)


@article("dec-initiation-study", "713号令第10条", decision)
def initiation(law: Law) -> None:
    """提出的建议先研究论证，再由决策机关决定是否启动。"""
    law.fault("没有研究论证", 启动前研究论证材料=NONE, 研究论证日期=NONE)
    law.fault("不知谁决定启动", 决定启动的机关=NONE)
    one = law.fault("先启动后论证")
    one["研究论证日期"] = one.day("启动日期") + days(5)
    one = law.harmless("当日论证当日启动")
    one["研究论证日期"] = one.day("启动日期")


@article("dec-lead-unit", "713号令第11条", decision)
def lead_unit(law: Law) -> None:
    """启动时明确承办单位；两个以上的，明确牵头单位。"""
    law.fault("没有承办单位", 承办单位=NONE)
    law.fault("两个单位，没有明确牵头", 是否明确牵头单位=False)
    law.harmless("一个单位承办，无须明确牵头", 会办单位=None, 是否明确牵头单位=False)


@article("dec-legal-basis-list", "713号令第12条第2款", decision)
def legal_basis(law: Law) -> None:
    """承办单位全面梳理相关法律、法规、规章、政策；探索性改革尚无规定的，明示法律风险。"""
    law.fault("没有梳理依据", 决策依据=NONE)
    law.harmless("只有一部依据", 决策依据=["价格法"])


@article("dec-dept-consult", "713号令第13条", decision)
def consult(law: Law) -> None:
    """涉及的部门都应协商；协商不一致的，向决策机关说明争议和各方意见、理由。"""
    one = law.fault("两个部门只协商了一个")
    one.children.remove(one.of("部门协商")[0])
    law.fault("一个部门也没协商").drop("部门协商")
    law.fault("意见不一致而没有说明", 部门意见是否未协商一致=True, 分歧说明=NONE)
    law.harmless(
        "意见不一致，已作说明",
        部门意见是否未协商一致=True,
        分歧说明="财政局主张分年安排，已写明各方理由",
    )
    law.harmless("不涉及其他部门", NOT_CONCERNED, 涉及的部门=NONE).drop("部门协商")


@article("dec-group-consult", "713号令第14条第3款", decision)
def groups(law: Law) -> None:
    """涉及特定群体利益的，与相关人民团体、社会组织、群众代表沟通协商。"""
    law.fault("没有与群体协商").drop("特定群体协商")
    law.fault("两个群体只协商了一个", 涉及的特定群体=["残疾人", "出租车驾驶员"])
    law.harmless("不涉及特定群体", NOT_CONCERNED, 涉及的特定群体=NONE).drop("特定群体协商")


@article("dec-public-participation", "713号令第14条", decision)
def participation(law: Law) -> None:
    """除依法不予公开的外，应采取便于公众参与的方式听取意见；要有留痕。"""
    for kind, outcome, evidence in (
        ("座谈会没有留痕", GAP, NONE),
        ("座谈会佐证空着", NOT_EVIDENCED, None),
    ):
        one = law.fault(kind, outcome, lawful=lean_decision)
        one.none("征求意见公告日期", "征求意见截止日期")
        one.of("公众参与")[0].row.update({"参与方式": "座谈会", "佐证材料": evidence})
    one = law.fault("没有听取公众意见", lawful=lean_decision)
    one.drop("公众参与").none("征求意见公告日期", "征求意见截止日期")
    one = law.harmless("依法不予公开，写明条款", NOT_CONCERNED, lawful=lean_decision)
    one.drop("公众参与").none("征求意见公告日期", "征求意见截止日期")
    one["不予公开的依据"] = "保守国家秘密法第二条"
    one = law.harmless("只开了座谈会", lawful=lean_decision)
    one.none("征求意见公告日期", "征求意见截止日期").of("公众参与")[0]["参与方式"] = "座谈会"


@article("dec-feedback-adoption", "713号令第18条、第29条", decision)
def adoption(law: Law) -> None:
    """归纳整理意见，形成研究采纳情况；条数对得上；没有意见也要记载。"""
    law.fault("没有采纳情况说明", 意见采纳情况说明=NONE)
    one = law.fault("条数对不上：有说明，转人核", DOUBTFUL)
    one["未采纳数"] = int(str(one["未采纳数"])) + 3
    law.harmless(
        "没有收到意见，已记载",
        MET,
        收到意见数=0,
        采纳数=0,
        部分采纳数=0,
        未采纳数=0,
        意见采纳情况说明="未收到意见",
    )


@article("dec-accountability", "713号令第38至41条", decision)
def accountability(law: Law) -> None:
    """违反程序或者决策严重失误的，依规追究责任。"""
    law.fault(
        "发现违规，没有追究", GAP, 是否发现违反程序=True, 责任追究文书=NONE, 追责进展说明=NONE
    )
    law.harmless(
        "发现违规，正在追究",
        MET,
        是否发现违反程序=True,
        责任追究文书=NONE,
        追责进展说明="已移送调查",
    )
