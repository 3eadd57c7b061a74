"""How a normative document is made: what it may say, comment, review, deliberation."""

from __future__ import annotations

from tests.law.city.case import DOUBTFUL, MET, NONE, NOT_CONCERNED, NOT_EVIDENCED, UNKNOWN
from tests.law.city.days import days, workdays_after, workdays_before
from tests.law.city.law import UNPLANTED, Law, article
from tests.law.city.lawful.document import MATERIALS, bureau_document, document, plain_document
from tests.law.city.lawful.document import township_document as township

UNPLANTED["nd-789-scope"] = "只说明789号令不适用于县级文件，期限由两条备案要求核对（covered_by）"
UNPLANTED["nd-benchmark-as-nd"] = "裁量权基准的各步骤由各条分别核对（covered_by）"
UNPLANTED["nd-decision-overlap"] = "两套程序各由各条核对（covered_by）"


@article("nd-identify", "河南令226号第2条", document)
def identify(law: Law) -> None:
    """是否规范性文件要认定，并写明理由。"""
    law.fault("没有认定理由", 认定理由=NONE)
    law.fault("认定理由空着", NOT_EVIDENCED, 认定理由=None)
    law.harmless("认定为不是，写明理由", 是否规范性文件=False, 认定理由="内部会议通知")


@article("nd-issuer", "国办发〔2018〕37号一（一）", document)
def issuer(law: Law) -> None:
    """不得以内设机构、临时机构、议事协调机构名义制发；办公室须经授权。"""
    for kind in ("临时机构", "内设机构"):
        law.fault(f"以{kind}名义", 制定主体类型=kind)
    law.fault("办公室没有授权", 制定主体类型="政府办公室", 办公室发文是否经授权=False)
    law.harmless("办公室经授权", 制定主体类型="政府办公室", 办公室发文是否经授权=True)


@article("nd-forbid-content", "许可法第17条、处罚法第16条、强制法第10条", document)
def forbidden(law: Law) -> None:
    """不得设定许可、处罚、强制、收费；没有上位法依据，不得减损权益、增加义务。"""
    for what in ("许可", "处罚", "强制", "收费"):
        law.fault(f"设定{what}", **{f"是否设定{what}": True})
    law.fault("无依据减损权益", 是否减损权益或增加义务=True, 上位法依据=NONE)
    law.fault("是否设定许可没有填", UNKNOWN, 是否设定许可=None)
    law.harmless("有依据地增加义务", 是否减损权益或增加义务=True)


@article("enf-no-mass-shutdown", "纲要（十五）；优化营商环境条例第59条", document)
def shutdown(law: Law) -> None:
    """没有法定依据、没有报批，不得要求普遍停产停业。"""
    law.fault(
        "普遍停产而无依据", 是否要求普遍停产停业=True, 停产停业依据=NONE, 停产停业报批文件=NONE
    )
    law.fault(
        "有依据，没有报批",
        是否要求普遍停产停业=True,
        停产停业依据="安全生产法",
        停产停业报批文件=NONE,
    )
    law.harmless(
        "有依据并经批准",
        是否要求普遍停产停业=True,
        停产停业依据="安全生产法",
        停产停业报批文件="省批件",
    )


@article("nd-eval", "地方组织法第75条", document)
def evaluation(law: Law) -> None:
    """起草时评估论证必要性、可行性、合理性。"""
    law.fault("没有评估论证", 评估论证材料=NONE)
    law.fault("评估论证材料空着", NOT_EVIDENCED, 评估论证材料=None)


@article("nd-public-comment", "地方组织法第75条；37号文二（五）", document)
def comment(law: Law) -> None:
    """涉及权利义务的，公开征求意见；依法保密的写明依据，应急的除外。"""
    law.fault("没有公开征求意见").none("征求意见公告日期", "征求意见截止日期")
    one = law.fault("审议以后才征求意见")
    one["征求意见公告日期"] = one.day("审议日期") + days(1)
    one["征求意见截止日期"] = one.day("审议日期") + days(40)
    one = law.harmless("依法保密", 不公开征求意见的依据="保密法第九条")
    one.none("征求意见公告日期", "征求意见截止日期")
    one = law.harmless("执行上级紧急命令", NOT_CONCERNED, 是否应急或紧急命令=True)
    one.none("征求意见公告日期", "征求意见截止日期")


@article("nd-comment-30d-market", "优化营商环境条例第62条第2款", document)
def comment_market(law: Law) -> None:
    """与市场主体生产经营密切相关的，一般不少于30日（自然日）。"""
    for number in (14, 28):
        one = law.fault(f"只有{number}日")
        one["征求意见截止日期"] = one.day("征求意见公告日期") + days(number)
    one = law.fault("连公告当日才满30日", DOUBTFUL)
    one["征求意见截止日期"] = one.day("征求意见公告日期") + days(29)
    one = law.harmless("恰满30日")
    one["征求意见截止日期"] = one.day("征求意见公告日期") + days(30)


@article("nd-comment-7wd", "示范指标第24项", plain_document)
def comment_plain(law: Law) -> None:
    """影响重大权益、不涉市场主体的，一般不少于7个工作日。"""
    one = law.fault("只有6个工作日")
    one["征求意见截止日期"] = workdays_after(one.day("征求意见公告日期"), 6)
    one = law.harmless("恰满7个工作日")
    one["征求意见截止日期"] = workdays_after(one.day("征求意见公告日期"), 7)


@article("nd-feedback", "优化营商环境条例第62条第2款", document)
def feedback(law: Law) -> None:
    """反馈意见采纳情况；相对集中的意见没有采纳的，说明理由。"""
    law.fault("没有反馈", 采纳情况反馈=NONE)
    law.fault("集中意见不采纳也不说明", 相对集中意见是否未采纳=True, 未采纳是否说明=False)
    law.harmless("集中意见不采纳，作了说明", 相对集中意见是否未采纳=True, 未采纳是否说明=True)


@article("nd-listen-enterprises", "优化营商环境条例第62条第1款", document)
def listen(law: Law) -> None:
    """涉企文件充分听取企业、行业协会商会意见。"""
    law.fault("没有听取企业意见", **{"听取意见的企业、协会": NONE})
    law.harmless("不涉企", NOT_CONCERNED, lawful=plain_document)


@article("nd-expert", "37号文二（四）（五）", document)
def experts(law: Law) -> None:
    """专业性、技术性较强的组织专家论证。"""
    law.fault("没有论证", 专家论证日期=NONE, 专家论证意见=NONE)
    law.harmless("专业性不强", NOT_CONCERNED, lawful=plain_document)


@article("nd-fair-competition", "公平竞争审查条例第12至14、17、18条", document)
def fair(law: Law) -> None:
    """政府文件由市场监管部门会同起草单位审查，部门文件自审；不晚于审议；不符合的不得出台。"""
    gone = ("公平竞争初审日期", "公平竞争审查日期", "公平竞争审查单位", "公平竞争审查结论")
    law.fault("没有审查").none(*gone)
    law.fault("政府文件由起草单位自审", 公平竞争审查单位="县城市管理局")
    law.fault("结论不符合", 公平竞争审查结论="不符合")
    law.fault(
        "适用例外而无理由",
        公平竞争审查结论="适用例外",
        适用例外的理由=NONE,
        例外的期限或终止条件="至2026年底",
    )
    one = law.fault("审议以后才审查")
    one["公平竞争审查日期"] = one.day("审议日期") + days(1)
    law.fault("部门文件没有审查", lawful=bureau_document).none(*gone)
    law.harmless("部门文件自己审查", lawful=bureau_document)
    law.harmless("不涉及经营者", NOT_CONCERNED, lawful=plain_document)


@article("nd-fc-opinions", "公平竞争审查条例第16条", document)
def fair_opinions(law: Law) -> None:
    """审查听取利害关系人意见；涉及公众利益的，听取公众意见。"""
    law.fault("没有听取经营者", 竞争审查听取的经营者意见=NONE)
    law.fault("没有听取公众", 竞争审查听取的公众意见=NONE)


@article("nd-legality-materials", "115号文二（五）", document)
def materials(law: Law) -> None:
    """送审材料包括送审稿、说明、依据、采纳情况、起草单位自己的审核意见。"""
    for what in MATERIALS:
        law.fault(f"缺{what}", 送审材料=[x for x in MATERIALS if x != what])


@article("nd-legality-review", "地方组织法第75条；37号文二（六）", document)
def review(law: Law) -> None:
    """未经合法性审核或者审核不合法的，不得提交审议。"""
    law.fault("没有审核").none(
        "合法性审核意见日期",
        "审核意见号",
        "审核文书类型",
        "合法性审核单位",
        "合法性审核结论",
    )
    one = law.fault("审议以后才审核", 要求反馈日期=None)
    one["合法性审核意见日期"] = one.day("审议日期") + days(1)
    one["送审材料齐备日期"] = workdays_before(one.day("审议日期"), 8)
    one = law.fault("审议当天审核", DOUBTFUL)
    one["合法性审核意见日期"] = one.day("审议日期")
    one["送审材料齐备日期"] = workdays_before(one.day("审议日期"), 8)
    law.fault("不合法仍审议", 合法性审核结论="不合法")
    law.fault("应予修改而没有修改", 合法性审核结论="应予修改", 按审核意见修改日期=NONE)
    one = law.fault("审核日期空着", NOT_EVIDENCED, 合法性审核意见日期=None)
    one.also("nd-legality-not-substituted", UNKNOWN)
    one = law.harmless("审议前已修改", 合法性审核结论="应予修改")
    one["按审核意见修改日期"] = one.day("合法性审核意见日期") + days(1)
    law.fault("乡镇文件没有审核", lawful=township).none(
        "合法性审核意见日期",
        "审核意见号",
        "审核文书类型",
        "合法性审核单位",
        "合法性审核结论",
    )


@article("nd-legality-not-substituted", "37号文二（六）", document)
def not_substituted(law: Law) -> None:
    """不得以征求意见、会签、参加审议等代替审核。"""
    for kind in ("征求意见回复", "会签", "会议审议", "口头意见", "法律顾问意见"):
        law.fault(f"以{kind}代替", 审核文书类型=kind)
    law.fault("文书类型没有填", UNKNOWN, 审核文书类型=None)


@article("nd-legality-reviewer", "115号文二（四）", document)
def reviewer(law: Law) -> None:
    """政府文件由本级政府审核机构审核；部门文件由部门的审核机构；经政府同意印发的同政府文件。"""
    law.fault("政府文件由起草单位审核", 合法性审核单位="县城市管理局")
    law.fault("经政府同意的部门文件自审", lawful=bureau_document, 是否报经政府同意=True)
    law.harmless("部门文件由自己的机构审核", lawful=bureau_document)
    law.harmless("乡镇文件由其专门机构审核", lawful=township)


@article("nd-legality-time", "115号文二（五）", document)
def review_time(law: Law) -> None:
    """材料齐备后审核时间一般不少于5个、最长不超过15个工作日。"""
    one = law.fault("只给4个工作日")
    one["要求反馈日期"] = workdays_after(one.day("送审材料齐备日期"), 4)
    one["合法性审核意见日期"] = workdays_after(one.day("送审材料齐备日期"), 2)
    one = law.fault("用了16个工作日")
    one["送审材料齐备日期"] = workdays_before(one.day("合法性审核意见日期"), 16)
    one["要求反馈日期"] = workdays_after(one.day("送审材料齐备日期"), 15)
    one = law.harmless("用了15个工作日")
    one["送审材料齐备日期"] = workdays_before(one.day("合法性审核意见日期"), 15)
    one["要求反馈日期"] = workdays_after(one.day("送审材料齐备日期"), 15)
    one = law.harmless("给5个工作日，第2个就出具")
    one["要求反馈日期"] = workdays_after(one.day("送审材料齐备日期"), 5)
    one["合法性审核意见日期"] = workdays_after(one.day("送审材料齐备日期"), 2)
    law.harmless("应急文件", NOT_CONCERNED, 是否应急或紧急命令=True)


@article("nd-legality-opinion", "115号文二（六）", document)
def opinion(law: Law) -> None:
    """出具书面意见；没有完全采纳的，提请审议时说明理由。"""
    law.fault("没有书面意见", 是否书面审核意见=False)
    law.fault("没有全部采纳又不说明", 审核意见是否全部采纳=False, 未采纳审核意见的理由=NONE)
    law.harmless(
        "没有全部采纳，说明理由", 审核意见是否全部采纳=False, 未采纳审核意见的理由="与省规定衔接"
    )


@article("nd-collective", "地方组织法第75条；37号文二（七）", document)
def collective(law: Law) -> None:
    """政府文件经常务会议或者全体会议，部门文件经办公会议，乡镇文件经乡镇长办公会。"""
    for kind in ("专题会议", "传签", "领导小组会议", "党委会议", "部门办公会议"):
        law.fault(f"政府文件由{kind}定", 会议类型=kind)
    law.fault("部门文件传签", lawful=bureau_document, 会议类型="传签")
    law.fault("乡镇文件传签", lawful=township, 会议类型="传签")
    one = law.fault("印发以后才审议")
    one["审议日期"] = one.day("印发日期") + days(2)
    law.fault("审议日期空着", NOT_EVIDENCED, 审议日期=None, 拟上会日=None).also(
        "nd-fair-competition", UNKNOWN
    ).also("nd-legality-review", UNKNOWN)
    one = law.harmless("印发当日审议")
    one["审议日期"] = one["签发日期"] = one.day("印发日期")
    law.harmless("政府全体会议", MET, 会议类型="全体会议")


@article("nd-minutes", "37号文二（七）", document)
def minutes(law: Law) -> None:
    """如实记录讨论情况和不同意见。"""
    law.fault("没有记录", 会议记录或纪要=NONE)
    law.fault("记录空着", NOT_EVIDENCED, 会议记录或纪要=None)


@article("nd-party-report", "37号文三", document)
def party(law: Law) -> None:
    """重大的规范性文件及时报告同级党委。"""
    law.fault("没有报告", 报告党委日期=NONE)
    law.harmless("不是重大文件", NOT_CONCERNED, lawful=plain_document)
