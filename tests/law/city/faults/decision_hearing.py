"""713号令第14至24条: comment, hearing, experts, risk."""

from __future__ import annotations

from tests.law.city.case import (
    DOUBTFUL,
    GAP,
    MET,
    NONE,
    NOT_CONCERNED,
    NOT_EVIDENCED,
    UNKNOWN,
    Case,
)
from tests.law.city.days import days
from tests.law.city.law import Law, article
from tests.law.city.lawful.decision import decision, lean_decision


def _hearing(case: Case) -> Case:
    return case.of("听证会")[0]


@article("dec-comment-30d", "713号令第15条第1款", decision)
def comment_period(law: Law) -> None:
    """向社会公开征求意见一般不少于30日，公告当日不计入；紧急等情况在公告中说明的可以缩短。"""
    for number in (10, 28):
        one = law.fault(f"征求意见{number}日")
        one["征求意见截止日期"] = one.day("征求意见公告日期") + days(number)
    one = law.fault("连公告当日才满30日", DOUBTFUL)
    one["征求意见截止日期"] = one.day("征求意见公告日期") + days(29)
    one = law.harmless("恰满30日")
    one["征求意见截止日期"] = one.day("征求意见公告日期") + days(30)
    one = law.harmless(
        "缩短为20日，公告中说明了理由", MET, 缩短期限的理由="防汛在即", 公告中是否说明缩短理由=True
    )
    one["征求意见截止日期"] = one.day("征求意见公告日期") + days(20)
    for kind, outcome, number in (
        ("说明了缩短理由，截止早于公告", GAP, -1),
        ("说明了缩短理由，公告当日截止", DOUBTFUL, 0),
    ):
        one = law.fault(kind, outcome, 缩短期限的理由="防汛在即", 公告中是否说明缩短理由=True)
        one["征求意见截止日期"] = one.day("征求意见公告日期") + days(number)
    one = law.fault(
        "说明了缩短理由，公告却没有期限", 缩短期限的理由="防汛在即", 公告中是否说明缩短理由=True
    )
    one.none("征求意见截止日期").also("dec-comment-closed")
    one = law.harmless("没有公开征求意见，只座谈", NOT_CONCERNED, lawful=lean_decision)
    one.none("征求意见公告日期", "征求意见截止日期").of("公众参与")[0]["参与方式"] = "座谈会"


@article("dec-comment-shortened-reason", "713号令第15条第1款", decision)
def comment_shortened(law: Law) -> None:
    """缩短期限的理由须在征求意见公告里同时说明，事后补写无效。"""
    one = law.fault("理由没有写进公告", 缩短期限的理由="防汛在即", 公告中是否说明缩短理由=False)
    one["征求意见截止日期"] = one.day("征求意见公告日期") + days(15)
    one = law.harmless("理由写进了公告", 缩短期限的理由="防汛在即", 公告中是否说明缩短理由=True)
    one["征求意见截止日期"] = one.day("征求意见公告日期") + days(15)


@article("dec-comment-channel", "713号令第15条第1款", decision)
def comment_channel(law: Law) -> None:
    """通过政府网站、政务新媒体以及报刊、广播电视等便于知晓的途径公布。"""
    law.fault("只登了报，没有上网站", 征求意见渠道=["报刊"])
    law.harmless("只在网站公布", 征求意见渠道=["政府网站"])


@article("dec-comment-package", "713号令第15条第1款", decision)
def comment_package(law: Law) -> None:
    """公布草案及其说明等材料，明确提出意见的方式和期限。"""
    for what in ("附决策草案", "附说明", "写明反馈方式", "写明期限"):
        law.fault(f"公告没有{what}", **{f"公告是否{what}": False})


@article("dec-comment-closed", "713号令第15条", decision)
def comment_closed(law: Law) -> None:
    """征求意见期满以前，不得提请集体讨论。"""
    one = law.fault("期限没满就上会")
    one["征求意见截止日期"] = one.day("讨论日期") + days(3)
    one.also("dec-step-order")
    one = law.harmless("期满次日上会", lawful=lean_decision)
    one["征求意见截止日期"] = one.day("送审材料齐备日期") - days(1)


@article("dec-hearing-needed", "713号令第16条第1款", decision)
def hearing_needed(law: Law) -> None:
    """法律、法规、规章规定应当召开听证会的，必须听证。"""
    one = law.fault("法定听证没有举行", 是否举行听证会=False).drop("听证会")
    one.children = [c for c in one.children if c.row.get("参与方式") != "听证会"]
    law.harmless("没有规定必须听证的", NOT_CONCERNED, lawful=lean_decision)


@article("dec-hearing-optional", "713号令第16条第1款", lean_decision)
def hearing_optional(law: Law) -> None:
    """直接涉及切身利益或者存在较大分歧的，可以召开听证会：提示，不是违法。"""
    law.fault("涉及切身利益，没有听证", 是否直接涉及切身利益=True, 不听证的理由=NONE)
    law.fault("存在较大分歧，没有听证", 是否存在较大分歧=True, 不听证的理由=NONE)
    law.harmless("没有听证，记了理由", 是否存在较大分歧=True, 不听证的理由="已开座谈会")
    law.harmless("没有切身利益和分歧", NOT_CONCERNED)


@article("dec-hearing-advance-notice", "713号令第16条第2、3款", decision)
def hearing_notice(law: Law) -> None:
    """听证前公布草案、时间、地点；需要遴选参加人的，公布办法和名单。"""
    at = _hearing
    for kind, heading in (
        ("没有公告", "听证公告日期"),
        ("没有公布名单", "参加人名单公布日期"),
        ("没有公布遴选办法", "遴选办法公布日期"),
    ):
        one = law.fault(kind)
        at(one)[heading] = NONE
        law.rekey(at(one))
    one = law.fault("听证当天才公告")
    at(one)["听证公告日期"] = at(one)["听证会日期"]
    law.rekey(at(one))
    one = law.harmless("前一日公告，不遴选")
    at(one).row.update(
        {"是否遴选参加人": False, "遴选办法公布日期": None, "参加人名单公布日期": None}
    )
    at(one)["听证公告日期"] = at(one).day("听证会日期") - days(1)
    law.rekey(at(one))


@article("dec-hearing-materials-7d", "713号令第16条第3款", decision)
def hearing_materials(law: Law) -> None:
    """草案等材料应于听证会召开7日前送达参加人；日是自然日。"""
    for number, plant_ in ((6, law.fault), (2, law.fault), (7, law.harmless), (8, law.harmless)):
        one = plant_(f"提前{number}日送达")
        hearing = _hearing(one)
        for row in (hearing, *hearing.children):
            name = "听证材料最迟送达日期" if row is hearing else "材料送达日期"
            row[name] = hearing.day("听证会日期") - days(number)
        law.rekey(hearing)
    one = law.fault("最后一人迟送")
    hearing = _hearing(one)
    hearing["听证材料最迟送达日期"] = None
    hearing.children[1]["材料送达日期"] = hearing.day("听证会日期") - days(3)
    law.rekey(hearing)


@article("dec-hearing-materials-each", "713号令第16条第3款", decision)
def hearing_each(law: Law) -> None:
    """听证会登记的最迟送达日，不应早于某一参加人的实际送达日。"""
    one = law.fault("有一人的送达晚于登记的最迟日")
    hearing = _hearing(one)
    hearing.children[1]["材料送达日期"] = hearing.day("听证会日期") - days(3)
    law.rekey(hearing)


@article("dec-hearing-record", "713号令第17条", decision)
def hearing_record(law: Law) -> None:
    """听证公开举行，听证记录由参加人确认签字。"""
    changes: tuple[tuple[str, dict[str, object]], ...] = (
        ("不公开而无依据", {"是否公开举行": False, "不公开听证的依据": NONE}),
        ("没有听证记录", {"听证记录": NONE}),
        ("三人参加两人签字", {"签字人数": 2}),
    )
    for kind, cells in changes:
        one = law.fault(kind)
        _hearing(one).row.update(cells)
        _hearing(one).children[2]["是否签字"] = "签字人数" not in cells
        law.rekey(_hearing(one))
    one = law.harmless("签字人数空着，名单上都签了")
    _hearing(one)["签字人数"] = None
    law.rekey(_hearing(one))
    one = law.fault("听证记录空着", NOT_EVIDENCED)
    _hearing(one)["听证记录"] = None
    law.rekey(_hearing(one))


@article("dec-expert-needed", "713号令第19条第1款", decision)
def expert_needed(law: Law) -> None:
    """专业性、技术性较强的，应当组织专家、专业机构论证。"""
    one = law.fault("没有组织论证")
    one.none("专家论证日期", "专家论证意见", "论证方式", "专家意见采纳情况").drop("论证专家")
    law.fault("论证了但没有意见", 专家论证意见=NONE)
    law.fault("论证意见空着", NOT_EVIDENCED, 专家论证意见=None)
    law.fault("是否专业性强没有认定", UNKNOWN, 专业性技术性是否较强=None)
    law.harmless("专业性不强", NOT_CONCERNED, lawful=lean_decision)


@article("dec-expert-independence", "713号令第20条", decision)
def expert_independent(law: Law) -> None:
    """不得选择与决策事项有直接利害关系的专家、专业机构。"""
    one = law.fault("一名专家有利害关系")
    one.of("论证专家")[1]["是否有利害关系"] = True
    law.harmless("专家均无利害关系")


@article("dec-expert-signed", "713号令第19条第2款", decision)
def expert_signed(law: Law) -> None:
    """书面论证意见由专家署名、专业机构盖章。"""
    law.fault("专家没有署名").of("论证专家")[0]["个人是否署名"] = False
    law.fault("机构没有盖章").of("论证专家")[2]["机构是否盖章"] = False


@article("dec-risk-needed", "713号令第22条", decision)
def risk_needed(law: Law) -> None:
    """可能对社会稳定、公共安全等造成不利影响的，应当评估风险可控性。"""
    gone = (
        "风险评估报告日期",
        "风险评估报告",
        "风险点",
        "风险防范措施",
        "处置预案",
        "风险评估征求意见的部门",
        "风险评估结论",
    )
    law.fault("没有评估").none(*gone)
    law.fault("是否有风险没有认定", UNKNOWN, 是否可能造成不利影响=None)
    one = law.harmless("已有评估，不重复做").none("风险评估报告日期")
    one["不重复评估的依据"] = "规划环评已作社会稳定评价"
    law.harmless("没有风险", NOT_CONCERNED, lawful=lean_decision)


@article("dec-risk-report", "713号令第22、23条", decision)
def risk_report(law: Law) -> None:
    """听取有关部门意见；报告载明风险点、防范措施、处置预案。"""
    for what in ("风险点", "风险防范措施", "处置预案", "风险评估征求意见的部门"):
        law.fault(f"报告没有{what}", **{what: NONE})


@article("dec-risk-controllable", "713号令第24条", decision)
def risk_controllable(law: Law) -> None:
    """风险不可控的，调整草案等确保可控后方可决策。"""
    law.fault(
        "风险不可控而作出决策",
        风险评估结论="不可控",
        降低风险的调整=NONE,
        复评日期=NONE,
        复评结论=NONE,
    )
    law.fault("风险不可控，没有复评（空着）", 风险评估结论="不可控")
    one = law.fault("先评可控，出台前复评为不可控", 复评结论="不可控")
    one["复评日期"] = one.day("出台日期") - days(1)
    one = law.fault("出台以后才复评为不可控：条文没有明写", DOUBTFUL, 复评结论="不可控")
    one["复评日期"] = one.day("出台日期") + days(1)
    one = law.harmless("复评仍可控", 复评结论="可控")
    one["复评日期"] = one.day("风险评估报告日期") + days(1)
    one = law.harmless(
        "调整后复评可控", 风险评估结论="不可控", 降低风险的调整="缩小范围", 复评结论="可控"
    )
    one["复评日期"] = one.day("风险评估报告日期") + days(1)
