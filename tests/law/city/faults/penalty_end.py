"""处罚法第29至34条、第51至74条: the decision, serving, paying, filing, and what it rests on."""

from __future__ import annotations

from tests.law.city.case import DOUBTFUL, NONE, NOT_CONCERNED, NOT_EVIDENCED, Case
from tests.law.city.days import days, workdays_after
from tests.law.city.law import UNPLANTED, Law, article
from tests.law.city.lawful.penalty import (
    ITEMS,
    NODES,
    citing,
    device,
    penalty,
    small_penalty,
    spot_penalty,
)
from tests.law.city.lawful.staff import township

UNPLANTED["enf-major-filing-deadline"] = (
    "省规定的报备期限没有核实，参数未设，只能得出信息不全，不构成问题"
)


@article("enf-decision-content", "处罚法第59条", penalty)
def content(law: Law) -> None:
    """决定书载明六项内容。"""
    for what in ITEMS:
        law.fault(f"没有载明{what}", 决定书载明事项=[x for x in ITEMS if x != what])


@article("enf-no-double-fine", "处罚法第29条", small_penalty)
def double(law: Law) -> None:
    """对同一违法行为，不得给予两次以上罚款。"""
    first = law.fault("一事两罚")
    again = small_penalty(law.city)
    again.row.update({"当事人": first["当事人"], "违法行为": first["违法行为"]})
    again.also("enf-no-double-fine")
    first.linked.append(again)
    first = law.harmless("同一当事人，不同行为")
    again = small_penalty(law.city)
    again["当事人"] = first["当事人"]
    first.linked.append(again)


@article("enf-lenient-basis", "处罚法第32、33条", small_penalty)
def lenient(law: Law) -> None:
    """从轻、减轻、不予处罚，要有法定情形和证据。"""
    law.fault("从轻没有依据", 从宽情形="从轻", 从宽依据=NONE, 从宽证据=["整改照片"])
    law.fault("从轻没有证据", 从宽情形="从轻", 从宽依据="主动消除后果", 从宽证据=NONE)
    law.harmless("有依据有证据", 从宽情形="减轻", 从宽依据="主动消除后果", 从宽证据=["整改照片"])


@article("enf-education", "处罚法第33条第3款", small_penalty)
def education(law: Law) -> None:
    """对不予处罚的，应当教育。"""
    spared: dict[str, object] = {
        "处理结果": "不予处罚",
        "从宽情形": "不予处罚",
        "从宽依据": "首违且轻微",
        "从宽证据": ["整改照片"],
        "处罚种类": NONE,
        "罚款数额": 0,
    }
    law.fault("没有教育记录", **spared, 教育记录=NONE)
    law.harmless("有教育记录", **spared, 教育记录="批评教育书")


@article("enf-benchmark-cited", "国办发〔2022〕27号", penalty)
def cited(law: Law) -> None:
    """决定书写明适用的裁量权基准；调整适用的经批准。"""
    law.fault("没有写明基准", 是否引用裁量权基准=False)


@article("enf-onspot-limit", "处罚法第51条", spot_penalty)
def on_the_spot(law: Law) -> None:
    """当场处罚：公民二百元以下，法人三千元以下，含本数。"""
    for who, amount, plant_ in (
        ("公民", 201, law.fault),
        ("公民", 200, law.harmless),
        ("法人", 3001, law.fault),
        ("法人", 3000, law.harmless),
        ("其他组织", 5000, law.fault),
    ):
        plant_(f"{who}{amount}元", 当事人类型=who, 罚款数额=amount, 拟罚款数额=amount)


@article("enf-onspot-record", "处罚法第52条", spot_penalty)
def spot_filed(law: Law) -> None:
    """当场处罚报所属行政机关备案。"""
    law.fault("没有报备", 当场处罚报所属机关备案日期=NONE)
    law.harmless("普通程序不适用", NOT_CONCERNED, lawful=small_penalty)


@article("enf-serve-7wd", "处罚法第61、85条", small_penalty)
def served(law: Law) -> None:
    """当场交付；当事人不在场的，七日（工作日）内送达。"""
    for number, plant_ in ((8, law.fault), (7, law.harmless)):
        one = plant_(f"第{number}个工作日送达")
        one["送达日期"] = workdays_after(one.day("处罚决定日期"), number)
        one["缴款期限"] = one.day("送达日期") + days(15)
    law.fault("没有送达", 送达日期=NONE, 缴款期限=None)
    law.fault("送达日期空着", NOT_EVIDENCED, 送达日期=None, 缴款期限=None)
    one = law.harmless("公告送达", 是否公告送达=True)
    one["送达日期"] = workdays_after(one.day("处罚决定日期"), 30)
    one["缴款期限"] = one.day("送达日期") + days(15)


@article("enf-fine-15d", "处罚法第67条", small_penalty)
def pay_due(law: Law) -> None:
    """自收到决定书之日起十五日（自然日）内缴款。"""
    for number, plant_ in ((10, law.fault), (15, law.harmless)):
        one = plant_(f"给{number}日")
        one["缴款期限"] = one.day("送达日期") + days(number)


@article("enf-fine-separation", "处罚法第67、74条", small_penalty)
def separation(law: Law) -> None:
    """决定罚款的机关与收缴机构分离；法定当场收缴的除外。"""
    one = law.fault("办案机关自己收缴")
    one["收款机构"] = one["决定机关"]
    one = law.harmless("法定情形当场收缴", 当场收缴依据="一百元以下")
    one["收款机构"] = one["决定机关"]


@article("enf-extra-fine-cap", "处罚法第72、73条；强制法第45条", penalty)
def extra(law: Law) -> None:
    """每日按百分之三加处，总额不超过罚款数额。"""
    law.fault("加处超过本数", 加处罚款数额=120001, 每日加处比例=3)
    law.fault("每日加处百分之四", 加处罚款数额=10000, 每日加处比例=4)
    law.harmless("加处恰等于本数", 加处罚款数额=120000, 每日加处比例=3)


def _major(case: Case) -> Case:
    """A penalty reviewed and discussed as a major one."""
    decided = case.day("处罚决定日期")
    case.row.update(
        {
            "法制审核情形": ["省规定的重大处罚"],
            "法制审核日期": decided - days(2),
            "法制审核结果": "通过",
            "法制审核意见": "法审",
            "法制审核人员编号": "S001",
            "是否复杂或重大处罚": True,
            "集体讨论日期": decided - days(1),
        }
    )
    return case


@article("enf-major-filing", "河南令168号第3、4、6条", small_penalty)
def major_filing(law: Law) -> None:
    """个人一万元以上、单位十万元以上（含本数），停产停业，吊销企业许可证照的，报备。"""
    for who, fine, plant_ in (
        ("公民", 10000, law.fault),
        ("公民", 9999, law.harmless),
        ("法人", 100000, law.fault),
        ("法人", 99999, law.harmless),
        ("其他组织", 250000, law.fault),
    ):
        outcome = () if plant_ == law.fault else (NOT_CONCERNED,)
        _major(
            plant_(
                f"{who}罚{fine}元没有报备", *outcome, 当事人类型=who, 罚款数额=fine, 拟罚款数额=fine
            )
        )
    _major(law.fault("没收一万元没有报备", 处罚种类=["没收违法所得"], 罚款数额=0, 没收数额=10000))
    one = _major(
        law.fault("停产停业没有报备", 处罚种类=["责令停产停业"], 罚款数额=0, 是否放弃听证=True)
    )
    one["听证告知日期"] = one["处罚告知日期"]
    law.harmless("已报备", lawful=penalty)


@article("enf-filed-penalty-review", "河南令168号第4条", penalty)
def filing_reviewed(law: Law) -> None:
    """报备的重大处罚，备案审查部门应当审查。"""
    law.fault("没有审查", 报备审查日期=NONE)


@article("enf-full-record", "处罚法第47条；118号文三", penalty)
def recorded(law: Law) -> None:
    """启动、调查取证、审核、决定、送达全过程记录并归档；易引发争议的音像记录。"""
    for what in NODES[:5]:
        law.fault(f"{what}没有记录", 文字记录环节=[x for x in NODES if x != what])
    law.fault("易引发争议而没有音像", 是否音像记录=False)
    law.fault("没有归档", 归档日期=NONE)
    law.harmless("没有争议，不音像", 是否音像记录=False, 是否易引发争议=False)


@article("enf-township-delegation", "处罚法第24条", small_penalty)
def delegated(law: Law) -> None:
    """乡镇只能行使省决定下放、清单以内的处罚权。"""
    for kind, plant_, item in (
        ("清单外处罚", law.fault, "餐饮油烟"),
        ("清单内处罚", law.harmless, "占道经营"),
    ):
        place = township(law.city)
        one = plant_(kind, 办案机关=place.key, 决定机关=place.key, 处罚事项=item)
        one.linked.append(place)


@article("enf-minutes-not-basis", "纲要（十五）", citing)
def minutes(law: Law) -> None:
    """会议纪要不得作为执法依据。"""

    def cites(case: Case, kind: str, *, basis: bool) -> None:
        case.linked = [other for other in case.linked if other.ledger != "规范性文件台账"]
        case.children = [c for c in case.children if c.ledger != "引用文件"]
        case.add(
            "引用文件",
            "",
            引用文号=f"青政常纪〔{law.city.year}〕3号",
            文件种类=kind,
            是否作为处罚依据=basis,
        )

    cites(law.fault("以会议纪要为依据"), "会议纪要", basis=True)
    cites(law.harmless("纪要只作参考"), "会议纪要", basis=False)


@article("nd-expired-use", "国发〔2008〕17号四（十五）", citing)
def expired(law: Law) -> None:
    """有效期届满、废止、未列入继续有效目录的文件，不得作为依据。"""

    def basis(case: Case) -> Case:
        return next(other for other in case.linked if other.ledger == "规范性文件台账")

    for kind, plant_, after in (("前一日到期", law.fault, -1), ("最后一日", law.harmless, 0)):
        one = plant_(kind)
        basis(one).row.update(
            {
                "有效期至": one.day("处罚决定日期") + days(after),
                "是否在现行有效目录": False,
            }
        )
    one = law.fault("已经废止")
    basis(one).row.update(
        {
            "废止日期": one.day("处罚决定日期") - days(3),
            "是否在现行有效目录": False,
        }
    )
    one = law.fault("废止当日", DOUBTFUL)
    basis(one).row.update({"废止日期": one.day("处罚决定日期"), "是否在现行有效目录": False})
    one = law.fault("没有列入继续有效目录")
    basis(one)["是否在现行有效目录"] = False


@article("nd-unpublished-basis", "优化营商环境条例第64条第2款", citing)
def unpublished(law: Law) -> None:
    """没有公布的文件不得作为行政管理的依据。"""
    for kind, plant_, after in (("次日才公布", law.fault, 1), ("当日公布", law.harmless, 0)):
        one = plant_(kind)
        document = next(other for other in one.linked if other.ledger == "规范性文件台账")
        when = one.day("处罚决定日期") + days(after)
        document.row.update(
            {
                "公布日期": when,
                "解读日期": when,
                "签发日期": when - days(2),
                "印发日期": when - days(1),
                "施行日期": when + days(5),
            }
        )
        for filing in document.of("备案"):
            filing["备案日期"] = when + days(3)


@article("enf-tech-monitor", "处罚法第41条", device)
def monitor(law: Law) -> None:
    """电子技术监控设备经法制和技术审核，地点公布；审核不晚于启用。"""
    for what in ("法制审核日期", "技术审核日期", "设置地点公布日期"):
        law.fault(f"没有{what}", **{what: NONE})
    one = law.fault("启用以后才审核")
    one["法制审核日期"] = one.day("启用日期") + days(1)
    law.harmless("不用于处罚", NOT_CONCERNED, 是否用于处罚=False, 法制审核日期=NONE)
    one = law.harmless("启用当日审核完")
    one["法制审核日期"] = one.day("启用日期")
