"""713号令第31至40条: issue, publication, archive, execution; the catalogue; the year."""

from __future__ import annotations

from tests.law.city.case import DOUBTFUL, NONE, NOT_CONCERNED, PENDING
from tests.law.city.days import day, days, workdays_after
from tests.law.city.law import Law, article
from tests.law.city.lawful.decision import ARCHIVE, decision, lean_decision, older_decision
from tests.law.city.lawful.year import catalog, catalog_before, leadership, topic


@article("dec-step-order", "713号令第二、三章", decision)
def order(law: Law) -> None:
    """启动、公众参与等各步骤、合法性审查、集体讨论、公布，先后不得颠倒。"""
    one = law.fault("先公告征求意见，后启动")
    one["启动日期"] = one.day("征求意见公告日期") + days(1)
    one = law.fault("送审以后、出具意见以前论证：条文没有明写", DOUBTFUL)
    one["专家论证日期"] = one.day("送审材料齐备日期") + days(1)
    one = law.fault("审查意见出具以后才论证")
    one["专家论证日期"] = one.day("合法性审查意见日期") + days(1)
    one = law.fault("公布早于讨论").also("dec-secrecy-review")
    one["公布日期"] = one["解读日期"] = one.day("讨论日期") - days(1)
    one = law.harmless("先评估后论证：两者无先后")
    one["风险评估报告日期"] = one.day("专家论证日期") - days(3)
    one = law.harmless("同日送审和完成评估")
    one["风险评估报告日期"] = one.day("送审材料齐备日期")


@article("dec-issue-approved", "713号令第30条", decision)
def approved(law: Law) -> None:
    """讨论没有通过的，不得出台。"""
    for result in ("不予通过", "暂缓", "再次讨论"):
        law.fault(f"讨论结果为{result}而出台", 讨论结果=result)
    law.harmless("修改后通过", 讨论结果="修改后通过")


@article("dec-party-report", "713号令第31条", decision)
def party(law: Law) -> None:
    """出台前按规定向同级党委请示报告。"""
    law.fault("没有请示报告", 请示报告党委日期=NONE, 请示报告文号=NONE)
    one = law.fault("出台以后才请示")
    one["请示报告党委日期"] = one.day("出台日期") + days(1)
    one = law.harmless("上会之前已请示：先后不拘")
    one["请示报告党委日期"] = one.day("讨论日期") - days(3)


@article("dec-npc-report", "713号令第8条", decision)
def npc(law: Law) -> None:
    """属于人大及其常委会讨论决定范围的，出台前报告。"""
    law.fault("没有报告人大", 报告人大日期=NONE)
    one = law.fault("出台以后才报告")
    one["报告人大日期"] = one.day("出台日期") + days(1)
    law.harmless("不属人大讨论决定的", NOT_CONCERNED, 是否人大讨论决定事项=False, 报告人大日期=NONE)


@article("dec-publish", "713号令第32条", decision)
def publish(law: Law) -> None:
    """通过政府公报、政府网站和当地报纸等公布。"""
    one = law.fault("没有公布").none("公布日期", "公布渠道", "解读日期", "公开前保密审查日期")
    one.also("dec-interpretation")
    law.fault("没有上政府网站", 公布渠道=["报刊"])
    one = law.harmless("依法不公开", NOT_CONCERNED, 不予公开的依据="保密法第九条")
    one.none("公布日期", "公布渠道", "解读日期")


@article("dec-publish-20wd", "信息公开条例第26条", decision)
def publish_20(law: Law) -> None:
    """自形成之日起20个工作日内公开；由出台之日起算。"""
    one = law.fault("第21个工作日公布")
    one["公布日期"] = one["解读日期"] = workdays_after(one.day("出台日期"), 21)
    one = law.harmless("第20个工作日公布")
    one["公布日期"] = one["解读日期"] = workdays_after(one.day("出台日期"), 20)


@article("dec-secrecy-review", "信息公开条例第17条", decision)
def secrecy(law: Law) -> None:
    """公开前应当保密审查。"""
    law.fault("没有保密审查", 公开前保密审查日期=NONE)
    one = law.fault("公布以后才审查")
    one["公开前保密审查日期"] = one.day("公布日期") + days(1)


@article("dec-interpretation", "713号令第32条", decision)
def interpretation(law: Law) -> None:
    """公众普遍关心或者专业性较强的，说明意见采纳情况并解读。"""
    law.fault("没有解读", 解读日期=NONE)
    law.fault("没有说明采纳情况", 是否说明公众意见采纳情况=False)
    law.harmless(
        "不受关注、专业性不强", NOT_CONCERNED, lawful=lean_decision, 是否社会普遍关注=False
    )


@article("dec-archive", "713号令第33条；档案法第13、14条", older_decision)
def archive(law: Law) -> None:
    """形成记录，将材料及时完整归档；没有统一期限，上一年的决策早应归档。"""
    law.fault("没有归档", 归档日期=NONE, 档号=NONE, 归档材料=NONE)
    for what in (
        "决策草案",
        "专家论证材料",
        "风险评估材料",
        "合法性审查材料",
        "集体讨论材料",
        "公众参与材料",
    ):
        law.fault(f"卷内缺{what}", 归档材料=[x for x in ARCHIVE if x != what])
    law.harmless("没有论证、评估的，卷内不必有", lawful=lean_decision)
    law.harmless(
        "当年出台的还在整理", PENDING, lawful=decision, 归档日期=NONE, 档号=NONE, 归档材料=NONE
    )


@article("dec-exec-unit", "713号令第34条", decision)
def exec_unit(law: Law) -> None:
    """决策机关应明确负责执行的单位。"""
    law.fault("没有执行单位", 执行单位=NONE)


@article("dec-exec-assignment", "纲要（十二）", decision)
def exec_assignment(law: Law) -> None:
    """在决策中明确执行时限、执行反馈。"""
    law.fault("没有执行反馈", 执行反馈机制=NONE)
    law.fault("没有执行时限", 执行期限=NONE)


@article("dec-exec-report", "713号令第34、35条", decision)
def exec_report(law: Law) -> None:
    """执行单位应向决策机关报告执行情况。"""
    law.fault("执行期满没有报告").drop("执行报告")
    one = law.harmless("执行期未满", PENDING).drop("执行报告")
    one["执行期限"] = law.city.as_of + days(30)


@article("dec-no-arbitrary-change", "713号令第37条", decision)
def change(law: Law) -> None:
    """未经法定程序不得变更或者停止执行；情况紧急的，首长可先中止。"""
    when = day(f"{law.city.year + 1}-05-10")
    law.fault(
        "随意变更",
        是否变更或停止执行=True,
        变更日期=when,
        变更程序是否完成=False,
        是否行政首长先行中止=False,
    )
    law.fault(
        "首长中止而无紧急理由",
        是否变更或停止执行=True,
        变更日期=when,
        变更程序是否完成=False,
        是否行政首长先行中止=True,
        中止的紧急理由=NONE,
    )
    law.harmless("履行了程序", 是否变更或停止执行=True, 变更日期=when, 变更程序是否完成=True)
    law.harmless(
        "紧急，首长先中止",
        是否变更或停止执行=True,
        变更日期=when,
        变更程序是否完成=False,
        是否行政首长先行中止=True,
        中止的紧急理由="突发汛情",
    )


@article("dec-post-evaluation", "713号令第36条", decision)
def evaluation(law: Law) -> None:
    """明显未达预期、意见较多等情形，可以组织后评估；不评估的说明。"""
    law.fault("有情形而不评估", 后评估日期=NONE, 后评估机构=None, 不评估的理由=NONE)
    law.harmless(
        "不评估，写明理由", 后评估日期=NONE, 后评估机构=None, 不评估的理由="刚施行，待满一年"
    )
    law.harmless(
        "没有这些情形",
        NOT_CONCERNED,
        后评估情形=None,
        后评估日期=NONE,
        后评估机构=None,
    )


@article("dec-evaluator-independent", "713号令第36条第2款", decision)
def evaluator(law: Law) -> None:
    """决策前承担主要论证评估工作的单位，不得做后评估。"""
    law.fault(
        "前期评估机构做后评估", 后评估机构="云州咨询公司", 后评估机构是否参加过决策前评估=True
    )


@article("dec-topic-unreviewed", "督察规定第13条", topic)
def topics(law: Law) -> None:
    """属于应审查范围的议题，应有对应的决策或者文件记录，不得未审先议。"""
    law.fault("应审查的议题，台账里没有", 决策编号=NONE, 文件文号=NONE)
    law.harmless(
        "不属应审查的议题", NOT_CONCERNED, 是否属于应审查事项=False, 决策编号=NONE, 文件文号=NONE
    )


@article("dec-catalog-annual", "纲要（十一）；713号令第3条第3款", catalog, once=True)
def catalog_year(law: Law) -> None:
    """推行重大行政决策事项年度目录公开。"""
    law.harmless("当年有目录", key=str(law.city.year))
    law.fault("当年没有目录", key=str(law.city.year)).gone = True


@article("dec-catalog-party-consent", "713号令第3条第3款", catalog_before, once=True)
def catalog_consent(law: Law) -> None:
    """目录、标准经同级党委同意后向社会公布。"""
    law.fault("没有党委同意", 同级党委同意日期=NONE, 党委同意的文件=NONE, 同意机关=NONE)
    law.fault("只经政府同意", 同意机关="政府")
    one = law.fault("先公布后同意")
    one["同级党委同意日期"] = one.day("目录公布日期") + days(3)
    law.harmless("同意在公布之前")


@article("dec-catalog-published", "713号令第3条第3款", catalog_before, once=True)
def catalog_published(law: Law) -> None:
    """目录向社会公布；调整的，更新公布。"""
    law.harmless("按时公布并更新")
    one = law.fault("调整没有公布")
    one.of("目录调整")[0]["调整公布日期"] = NONE


@article("dec-catalog-coverage", "713号令第3条", catalog_before, once=True)
def catalog_coverage(law: Law) -> None:
    """目录内的事项应有办理记录，没有办理的说明。"""
    law.fault("一件没有办理也不说明").of("目录事项")[0]["进展说明"] = NONE
    law.harmless("没有办理的都有说明")


@article("dec-assessment", "713号令第9条", leadership, once=True)
def assessment(law: Law) -> None:
    """重大行政决策情况作为考核评价的内容。"""
    law.fault("考核没有重大决策", 是否考核重大决策=False)
    law.harmless("纳入考核")
