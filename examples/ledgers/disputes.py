"""Suits, reconsideration, advice of courts and procurators, information, lists of powers.

Of the suits nos. 5, 8, 11, 20 and the appeal hold the faults; 3, 5, 22 stand on a limit; 14 and 17
look odd. Of the reconsiderations 2, 3 and 4 hold faults; 1, 3, 4 and 5 stand on a limit.
"""

# ruff: noqa: E501 - the rows of a ledger read best as they stand

from __future__ import annotations

from typing import Final

from examples.ledgers.cells import Cell, Row, day
from examples.ledgers.units import FARM, HEALTH, HOUSING, LAND, MARKET, ROADS, TOWN, URBAN, WATER

GOVERNMENT: Final = "青岚县人民政府"


def lawsuit(
    number: str, plaintiff: str, defendant: str, cause: str, *dates: Cell, **more: Cell
) -> Row:
    """A row of the register; `dates`: copy received, defence, evidence, hearing, judgment, effect."""
    received, defended, proved, heard, judged, effective = dates
    return {
        "案号": f"（2024）青0921{number}", "审级": "二审" if "终" in number else "一审",
        "审理法院": "望州市中级人民法院" if "终" in number else "青岚县人民法院",
        "原告": plaintiff, "被告": defendant, "案由": cause, "收到应诉通知日期": received, "答辩日期": defended,
        "举证日期": proved, "法院准许延期举证至": None, "开庭日期": heard, "负责人是否出庭": "是",
        "出庭负责人职务": "副局长", "出庭人员": "负责人、工作人员、律师", "未出庭原因": None,
        "是否提交盖章或主要负责人签字的说明": None, "裁判日期": judged, "裁判结果": "驳回诉讼请求", "是否败诉": "否",
        "生效日期": effective, "履行期限": None, "履行情况": None, "履行日期": None, **more,
    }  # fmt: skip


LAWSUITS: Final[list[Row]] = [
    lawsuit("行初3号", "青岚县某超市", MARKET, "行政处罚", day("2024-03-11"), day("2024-03-26"), day("2024-03-26"), day("2024-04-18"), day("2024-05-16"), "2024.6.3"),
    lawsuit("行初5号", "魏某", URBAN, "行政强制", day("2024-04-19"), day("2024-05-06"), day("2024-05-07"), day("2024-06-13"), day("2024-07-11"), day("2024-07-29"),
            负责人是否出庭="否", 出庭负责人职务=None, 出庭人员="律师", 未出庭原因="开会", 是否提交盖章或主要负责人签字的说明="否",
            裁判结果="撤销、责令重作", 是否败诉="是", 履行期限=day("2024-09-27"), 履行情况="未履行"),
    lawsuit("行初8号", "青岚某建筑公司", HOUSING, "行政许可", day("2024-05-06"), "2024.5.15", "2024.5.15", day("2024-06-20"), day("2024-08-15"), "2024.9.2",
            负责人是否出庭="否", 出庭负责人职务=None, 出庭人员="工作人员、律师", 未出庭原因="他人不能代替的公务", 是否提交盖章或主要负责人签字的说明="是",
            裁判结果="确认违法、采取补救措施", 是否败诉="是", 履行期限=day("2024-10-31"), 履行情况="已履行", 履行日期=day("2024-11-05")),
    lawsuit("行初11号", "孙某", GOVERNMENT, "房屋征收补偿", day("2024-06-03"), "2024.6.17", "2024.6.17", day("2024-07-18"), day("2024-08-08"), "2024.8.26",
            出庭负责人职务="局长", 裁判结果="驳回起诉"),
    lawsuit("行初14号", "孙某等三人", "县政府", "土地确权", day("2024-07-01"), "2024.7.15", "2024.7.15", day("2024-08-22"), day("2024-09-19"), "2024.10.8",
            出庭负责人职务="副县长", 出庭人员="负责人、工作人员"),
    lawsuit("行终2号", "青岚县某超市", MARKET, "行政处罚", "无", None, None, day("2024-09-05"), day("2024-10-10"), day("2024-10-10"),
            出庭负责人职务=None, 裁判结果="维持原判"),
    lawsuit("行初17号", "田某", FARM, "信息公开", day("2024-10-08"), "2024.10.14", "2024.10.14", "无", day("2024-11-06"), "无",
            负责人是否出庭=None, 出庭负责人职务=None, 出庭人员=None, 裁判结果="撤诉"),
    lawsuit("行初20号", "白某", HEALTH, "不履行法定职责", day("2024-10-21"), "2024.11.1", "2024.11.1", day("2024-12-05"), day("2025-01-09"), day("2025-02-05"),
            出庭负责人职务="主任", 裁判结果="责令履行", 是否败诉="是", 履行期限=day("2025-04-30"), 履行情况="正在履行"),
    lawsuit("行初22号", "青岚某农庄", TOWN, "行政协议", day("2024-12-16"), day("2024-12-31"), day("2025-01-10"), day("2025-03-20"), None, None,
            法院准许延期举证至=day("2025-01-10"), 负责人是否出庭=None, 出庭负责人职务=None, 出庭人员=None, 裁判结果=None, 是否败诉=None),
]  # fmt: skip


def reconsideration(
    number: int, applicant: str, respondent: str, act: str, *dates: Cell, **more: Cell
) -> Row:
    """A row; `dates`: received, accepted, copy to the respondent, its answer, decision, delivery."""
    received, accepted, told, replied, decided, delivered = dates
    return {
        "复议案号": f"青政复〔2024〕{number}号", "申请人": applicant, "被申请人": respondent, "复议机关": GOVERNMENT,
        "复议事项": act, "收到申请日期": received, "补正材料收到日期": None, "受理日期": accepted, "不予受理日期": None,
        "适用程序": "普通程序", "收到答复通知日期": told, "答复日期": replied, "是否延长": "否",
        "延长是否经批准并书面告知": None, "中止天数": None, "法律规定的较短期限": None, "决定日期": decided, "复议结果": "维持",
        "送达日期": delivered, "履行期限": None, "履行情况": None, "履行日期": None, "收到意见书日期": None,
        "纠正情况报送日期": None, **more,
    }  # fmt: skip


RECONSIDERATIONS: Final[list[Row]] = [
    reconsideration(1, "罗某", URBAN, "行政处罚", day("2024-03-04"), day("2024-03-11"), day("2024-03-14"), day("2024-03-28"), day("2024-05-10"), "2024.5.14"),
    reconsideration(2, "青岚某商贸公司", MARKET, "行政处罚", day("2024-04-01"), day("2024-04-10"), day("2024-04-12"), day("2024-04-28"), day("2024-06-07"), "2024.6.12",
                    复议结果="撤销、责令重作", 履行期限=day("2024-08-12"), 履行情况="未履行"),
    reconsideration(3, "段某", HOUSING, "行政许可", day("2024-05-06"), day("2024-05-09"), day("2024-05-13"), day("2024-05-20"), day("2024-06-12"), "2024.6.13",
                    适用程序="简易程序", 复议结果="确认违法", 收到意见书日期=day("2024-06-13"), 纠正情况报送日期=day("2024-08-13")),
    reconsideration(4, "青岚某砖厂", LAND, "不履行法定职责", day("2024-06-17"), day("2024-06-20"), "2024.6.24", "2024.7.3", day("2024-09-18"), "2024.9.20",
                    是否延长="是", 延长是否经批准并书面告知="是", 复议结果="责令履行", 履行期限=day("2024-10-20"), 履行情况="已履行", 履行日期=day("2024-10-25")),
    reconsideration(5, "卢某", WATER, "行政许可", day("2024-07-08"), "无", "无", None, "无", None, 不予受理日期=day("2024-07-15"), 适用程序=None, 复议结果=None),
    reconsideration(6, "孙某", GOVERNMENT, "房屋征收决定", day("2024-07-22"), day("2024-07-31"), day("2024-08-05"), day("2024-08-19"), day("2024-10-25"), "2024.10.29",
                    复议机关="望州市人民政府"),
    reconsideration(7, "崔某", URBAN, "行政强制", day("2025-02-24"), day("2025-02-27"), day("2025-03-04"), None, None, None, 复议结果=None),
]  # fmt: skip

REQUESTS: Final[list[Row]] = [
    {"登记编号": number, "申请人": applicant, "申请内容": what, "受理机关": agency, "收到申请日期": got, "收到补正日期": corrected,
     "征求意见扣除工作日": asked, "是否延期": extended, "延期是否同意并告知": agreed, "答复日期": replied, "答复类型": kind}
    for number, applicant, what, agency, got, corrected, asked, extended, agreed, replied, kind in (
        ("公开2024-01", "姜某", "抽检结果", MARKET, day("2024-06-11"), None, None, "否", None, day("2024-07-09"), "予以公开"),
        ("公开2024-02", "姚某", "拆除通知", URBAN, day("2024-06-11"), None, None, "否", None, day("2024-07-10"), "部分公开"),
        ("公开2024-03", "丁某", "征地批复", LAND, day("2024-06-11"), None, None, "是", "是", day("2024-08-06"), "予以公开"),
        ("公开2024-04", "青岚某律所", "招标资料", HOUSING, day("2024-06-11"), None, None, "是", "否", day("2024-07-16"), "不予公开"),
        ("公开2024-05", "秦某", "河道规划", WATER, day("2024-06-03"), day("2024-06-11"), None, "否", None, day("2024-07-09"), "予以公开"),
        ("公开2025-01", "贺某", "补助名单", TOWN, day("2025-02-20"), None, None, "否", None, None, None),
    )
]  # fmt: skip

ADVICE: Final[list[Row]] = [
    {"建议书文号": number, "建议种类": kind, "建议机关": sender, "被建议单位": target, "收到日期": got, "回复期限": due, "回复日期": replied}
    for number, kind, sender, target, got, due, replied in (
        ("青检行建〔2024〕1号", "检察建议", "青岚县人民检察院", LAND, day("2024-04-08"), day("2024-06-08"), day("2024-06-08")),
        ("青检行建〔2024〕2号", "检察建议", "青岚县人民检察院", WATER, "2024.7.1", day("2024-08-30"), day("2024-09-05")),
        ("青法建〔2024〕1号", "司法建议", "青岚县人民法院", HOUSING, day("2024-07-22"), None, "无"),
    )
]  # fmt: skip

INFORMATION_REPORTS: Final[list[Row]] = [
    {"报告单位": unit, "主体类别": level, "报告年度": 2024, "提交日期": submitted, "公布日期": published}
    for unit, level, submitted, published in (
        (GOVERNMENT, "政府", None, None),
        (MARKET, "部门", day("2025-01-13"), day("2025-01-31")),
        (URBAN, "部门", day("2025-01-27"), day("2025-02-05")),
        (TOWN, "乡镇", None, "2025.2.10"),
    )
]  # fmt: skip

POWER_LISTS: Final[list[Row]] = [
    {"单位名称": unit, "清单公布日期": published, "最近调整日期": adjusted}
    for unit, published, adjusted in (
        (MARKET, "2022.6.1", day("2024-03-10")),
        (URBAN, "2022.6.1", day("2024-03-09")),
        (ROADS, "无", None),
    )
]  # fmt: skip
