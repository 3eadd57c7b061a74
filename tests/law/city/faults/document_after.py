"""What follows a normative document: number, publication, validity, filing, cleaning up."""

from __future__ import annotations

import datetime as dt

from tests.law.city.case import DOUBTFUL, NONE, NOT_CONCERNED, Case, City
from tests.law.city.days import day, days, is_workday, next_workday, workdays_after
from tests.law.city.law import Law, article
from tests.law.city.lawful import document as books
from tests.law.city.lawful.answers import answered
from tests.law.city.lawful.document import (
    bureau_document,
    document,
    filing_list,
    plain_document,
    regular_cleanup,
    township_document,
)
from tests.law.city.lawful.year import leadership
from tests.law.city.names import GOVERNMENT, NPC, SUPERIOR


def _unfiled(law: Law, case: Case) -> Case:
    """A document nobody filed spoils the year's rate of filing; its row says that there is none."""
    case["备案处数"] = 0
    return case.drop("备案").spoils("nd-file-rate", law.city.year)


@article("nd-three-unified", "37号文二（八）", document)
def unified(law: Law) -> None:
    """统一登记、统一编号、统一印发：每件一号，不重复。"""
    law.fault("没有登记号", 登记号=NONE)
    first = law.fault("两件同一个登记号")
    twin = document(law.city)
    twin["登记号"] = first["登记号"]
    twin.also("nd-three-unified")
    first.linked.append(twin)


@article("nd-publish", "地方组织法第75条；37号文二（八）", document)
def publish(law: Law) -> None:
    """向社会公布；政府文件上政府网站，部门文件上部门网站也可。"""
    one = law.fault("没有公布").none("公布日期", "公布渠道", "解读日期")
    one.drop("备案")
    for kind, body, when in (("上一级政府", SUPERIOR, 5), ("同级人大常委会", NPC, 9)):
        one.add(
            "备案",
            备案机关类别=kind,
            备案机关=body,
            备案日期=one.day("印发日期") + days(when),
            报备材料是否规范=True,
        )
    law.fault("没有上网站", 公布渠道=["报刊"])
    law.fault("政府文件只上了部门网站", 公布渠道=["部门网站"])
    law.harmless("部门文件上部门网站", lawful=bureau_document)


@article("nd-publish-20wd", "信息公开条例第26条", document)
def publish_20(law: Law) -> None:
    """自形成之日起20个工作日内公开。"""
    for number, plant_ in ((21, law.fault), (20, law.harmless)):
        one = plant_(f"签发后第{number}个工作日公布")
        one["公布日期"] = one["解读日期"] = workdays_after(one.day("签发日期"), number)
        one["施行日期"] = one.day("公布日期") + days(10)
        for at, filing in enumerate(one.of("备案"), 1):
            filing["备案日期"] = one.day("公布日期") + days(at)


@article("nd-interpretation", "37号文二（八）", document)
def interpretation(law: Law) -> None:
    """与文件同步部署解读，3个工作日内。"""
    law.fault("没有解读", 解读日期=NONE)
    one = law.fault("第4个工作日才解读")
    one["解读日期"] = workdays_after(one.day("公布日期"), 4)
    one = law.harmless("第3个工作日解读")
    one["解读日期"] = workdays_after(one.day("公布日期"), 3)


@article("nd-adaptation", "优化营商环境条例第65条", document)
def adaptation(law: Law) -> None:
    """与市场主体密切相关的，研究留出适应调整期；当日施行的说明理由。"""
    one = law.fault("公布当日施行又无说明", 适应调整期说明=NONE)
    one["施行日期"] = one.day("公布日期")
    one = law.harmless("当日施行，说明了理由", 适应调整期说明="防汛需要即行")
    one["施行日期"] = one.day("公布日期")
    one = law.harmless("公布次日施行")
    one["施行日期"] = one.day("公布日期") + days(1)


@article("nd-validity", "河南令226号（有效期）", document)
def validity(law: Law) -> None:
    """文件应规定有效期；年限条文没有读到，只判有没有。"""
    law.fault("没有规定有效期", 有效期至=NONE)


def _filing(case: Case, kind: str) -> Case:
    return next(f for f in case.of("备案") if f["备案机关类别"] == kind)


def _published(city: City, period: int, *, on_workday: bool) -> dt.date:
    """A day whose `period`-th day after is, or is not, a working day."""
    start = day(f"{city.year}-09-02") + days(city.dice.randrange(30))
    return next(
        when
        for when in (start + days(at) for at in range(40))
        if is_workday(when + days(period)) == on_workday
    )


def _deadlines(law: Law, kind: str, period: int, whole: books.Maker) -> None:
    """The last day, the day after it, and a last day that falls on a day off."""

    def planted(what: str, *, late: bool, on_workday: bool) -> tuple[Case, dt.date]:
        published = _published(law.city, period, on_workday=on_workday)
        plant_ = law.fault if late else law.harmless
        one = plant_(what, lawful=lambda city: whole(city, published))
        return _filing(one, kind), published + days(period)

    one, last = planted("期满次日才报", late=True, on_workday=True)
    one["备案日期"] = last + days(1)
    one, last = planted("期限最后一日报", late=False, on_workday=True)
    one["备案日期"] = last
    one, last = planted("末日休息，顺延以后第二日才报", late=True, on_workday=False)
    one["备案日期"] = next_workday(last) + days(1)
    one, last = planted("末日休息，顺延后第一个工作日报", late=False, on_workday=False)
    one["备案日期"] = next_workday(last)
    one = law.fault("报备日期早于印发", DOUBTFUL, lawful=whole)
    _filing(one, kind)["备案日期"] = one.day("印发日期") - days(1)
    one = law.harmless("印发当日、公布之前报备", lawful=whole)
    _filing(one, kind)["备案日期"] = one.day("印发日期")
    one = law.harmless("先上网公布后印发，公布当日报备", lawful=whole)
    _filing(one, kind)["备案日期"] = one.day("公布日期")
    one["印发日期"] = one.day("公布日期") + days(1)


@article("nd-file-superior-15d", "国发〔2008〕17号四（十四）", document)
def file_superior(law: Law) -> None:
    """政府规范性文件自公布之日起15日内报上一级政府备案。"""
    _deadlines(law, "上一级政府", 15, document)
    one = law.fault("没有报上一级政府")
    one.children.remove(_filing(one, "上一级政府"))
    one["备案处数"] = 1
    one = law.fault("报给了人大而没有报上一级政府")
    _filing(one, "上一级政府").row.update({"备案机关类别": "同级人大常委会", "备案机关": NPC})


@article("nd-file-npc-30d", "河南监督法办法第51条", document)
def file_npc(law: Law) -> None:
    """政府规范性文件公布后30日内报同级人大常委会备案。"""
    _deadlines(law, "同级人大常委会", 30, document)
    one = law.fault("没有报人大常委会")
    one.children.remove(_filing(one, "同级人大常委会"))
    one["备案处数"] = 1


@article("nd-file-dept-15d", "国发〔2008〕17号四（十四）", bureau_document)
def file_bureau(law: Law) -> None:
    """部门规范性文件自公布之日起15日内报本级政府备案。"""
    _deadlines(law, "本级政府", 15, bureau_document)
    _unfiled(law, law.fault("没有报备"))
    one = law.fault("报给了人大，没有报本级政府")
    one.of("备案")[0].row.update({"备案机关类别": "同级人大常委会", "备案机关": NPC})


@article("nd-township-filing", "国发〔2008〕17号；省办法", township_document)
def file_township(law: Law) -> None:
    """乡镇规范性文件报县政府备案。"""
    _unfiled(law, law.fault("没有报备"))
    one = law.fault("报备日期早于印发", DOUBTFUL)
    one.of("备案")[0]["备案日期"] = one.day("印发日期") - days(1)
    one = law.harmless("印发当日报备")
    one.of("备案")[0]["备案日期"] = one.day("印发日期")
    law.harmless("报县政府备案").of("备案")[0]["备案机关"] = GOVERNMENT


@article("nd-npc-feedback-30d", "河南监督法办法第56条", document)
def npc_feedback(law: Law) -> None:
    """收到人大常委会书面审查意见后30日内反馈。"""

    def asked(case: Case, number: int | None) -> None:
        filing = _filing(case, "同级人大常委会")
        when = filing.day("备案日期") + days(20)
        while not is_workday(when + days(30)):
            when += days(1)
        filing["人大审查意见日期"] = when
        filing["反馈人大日期"] = NONE if number is None else when + days(number)

    asked(law.fault("第31日才反馈"), 31)
    asked(law.fault("没有反馈"), None)
    asked(law.harmless("第30日反馈"), 30)


@article("nd-log-trace", "国发〔2008〕17号四（十四）", books.issue_log)
def log_trace(law: Law) -> None:
    """由发文簿倒查：是规范性文件的，台账里应有同号文件并报过备。"""
    law.fault("发了文，台账里没有").linked.clear()
    one = law.fault("台账里有，没有报备")
    one.linked[0].also("nd-file-superior-15d").also("nd-file-npc-30d")
    _unfiled(law, one.linked[0])
    law.harmless("不是规范性文件", NOT_CONCERNED, 是否规范性文件=False).linked.clear()


@article("nd-received-review", "国发〔2008〕17号四（十四）", books.received)
def received(law: Law) -> None:
    """有件必备、有备必审、有错必纠。"""
    law.fault("没有登记", 登记日期=NONE)
    law.fault("没有审查", 审查日期=NONE)
    law.fault("要求纠正而没有纠正", 审查结果="要求纠正", 纠正日期=NONE)
    one = law.harmless("要求纠正，已纠正", 审查结果="要求纠正")
    one["纠正日期"] = one.day("审查日期") + days(20)


@article("nd-review-request", "国发〔2008〕17号四（十四）", books.review_request)
def requests(law: Law) -> None:
    """对公民、法人的审查建议应当处理。"""
    law.fault("没有答复", 答复日期=NONE)


@article("nd-cleanup-publish", "国发〔2008〕17号四（十五）", books.cleanup)
def cleanup_published(law: Law) -> None:
    """公布继续有效、废止、失效目录；三者之和等于清理总数。"""
    law.fault("没有公布", 清理结果公布日期=NONE)
    one = law.fault("数字对不上")
    one["清理总数"] = int(str(one["清理总数"])) + 2


@article("nd-cleanup-2y", "国发〔2008〕17号四（十五）", regular_cleanup, once=True)
def cleanup_due(law: Law) -> None:
    """规范性文件每两年清理一次，按对应日。"""
    year, key = law.city.year, str(law.city.year)
    law.fault(
        "两年零一日没有清理",
        key=key,
        清理完成日期=day(f"{year - 2}-12-30"),
        清理结果公布日期=day(f"{year - 1}-01-05"),
    )
    law.fault("没有清理过", key=key).gone = True
    law.harmless(
        "到年末恰满两年",
        key=key,
        清理完成日期=day(f"{year - 2}-12-31"),
        清理结果公布日期=day(f"{year - 1}-01-05"),
    )
    law.fault("只有专项清理", key=key, 清理类别="专项清理")


@article("nd-npc-annual-list", "河南监督法办法第62条", filing_list, once=True)
def annual_list(law: Law) -> None:
    """每年3月31日前报上一年度制定、修改、废止的目录。"""
    year, key = law.city.year + 1, str(law.city.year)
    law.fault("4月1日才报", key=key, 目录报人大日期=day(f"{year}-04-01"))
    law.harmless("3月31日报", key=key, 目录报人大日期=day(f"{year}-03-31"))
    law.fault("没有报", key=key).gone = True


@article("nd-gov-oversight", "河南令226号第6条", leadership, once=True)
def oversight(law: Law) -> None:
    """规范性文件管理纳入法治政府建设督察和年度考核。"""
    law.harmless("纳入考核")
    law.fault("没有纳入考核", 是否考核规范性文件=False)


@article("nd-platform", "纲要（二十九）", leadership, once=True)
def platform(law: Law) -> None:
    """统一平台公开查询，由人到平台核对后认定。"""
    answered(law.fault("人工认定为不符合"), "nd-platform", "place_year", "不符合")
    answered(law.harmless("人工认定为符合"), "nd-platform", "place_year", "符合")


@article("nd-file-rate", "示范指标第27项", document, once=True, apart=True)
def rate(law: Law) -> None:
    """报备率、规范率应达到100%；没有制发文件的不是100%，是不涉及。"""
    key = str(law.city.year)
    one = law.fault("一件报备不规范", key=key, lawful=_with_document)
    for filing in one.of("备案"):
        filing["报备材料是否规范"] = False
    law.harmless("件件规范", key=key, lawful=_with_document)


def _with_document(city: City) -> Case:
    """The document by which this city's rate is judged."""
    if "报备率" not in city.place:
        city.place["报备率"] = plain_document(city)
    return city.place["报备率"]
