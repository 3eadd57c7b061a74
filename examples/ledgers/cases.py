"""Penalty cases, a json as the case system exports it: 140 in the year.

Those in `SPECIAL` are worth a word. The others go through every step: opened, investigated, told,
decided, served, filed away; two officers, fines paid to a bank.
"""

# ruff: noqa: E501 - the rows of a ledger read best as they stand

from __future__ import annotations

import datetime as dt
from typing import Final

from examples.ledgers.cells import Cell, spread, worked
from examples.ledgers.officers import usual
from examples.ledgers.units import (
    AIR,
    BRIDGE,
    CULTURE,
    FARM,
    HEALTH,
    HOUSING,
    LAND,
    MARKET,
    ROADS,
    SAFETY,
    URBAN,
    WATER,
)  # fmt: skip

Case = dict[str, Cell]
BANK: Final = "青岚农村商业银行"
CONTENTS: Final = [
    "当事人情况",
    "违法事实和证据",
    "处罚种类和依据",
    "履行方式和期限",
    "救济途径和期限",
    "机关名称和日期",
]
NOTICE: Final = ["拟处罚内容", "事实", "理由", "依据", "陈述申辩等权利"]
NODES: Final = ["启动", "调查取证", "决定", "送达"]


ACTS: Final = (
    "未按规定公示价格",
    "超范围经营",
    "占道堆放物料",
    "未办理变更登记",
    "擅自倾倒建筑垃圾",
    "台账记录不全",
    "未按规定报告",
    "设施未经验收投入使用",
    "未落实消毒制度",
    "逾期未改正",
)
NAMED: Final = (
    "绿源",
    "宏达",
    "青禾",
    "云岭",
    "顺安",
    "嘉禾",
    "永兴",
    "百川",
    "泰和",
    "金穗",
    "瑞丰",
    "清泉",
)
TRADES: Final = (
    "商贸有限公司",
    "建材有限公司",
    "农资经营部",
    "餐饮有限公司",
    "运输有限公司",
    "养殖场",
    "物业服务有限公司",
    "加工厂",
    "酒店有限公司",
    "便民超市",
    "包装厂",
    "种植专业合作社",
)


def party(number: int) -> str:
    """An invented party, another one for each case."""
    return f"青岚县{NAMED[number % len(NAMED)]}{TRADES[number // len(NAMED) % len(TRADES)]}"


def _iso(on: dt.date) -> str:
    return on.isoformat()


def handlers(*ids: str) -> list[Case]:
    """Those who handled a case, the first of them in charge."""
    return [
        {"人员编号": officer_id, "角色": "协办" if place else "主办"}
        for place, officer_id in enumerate(ids)
    ]


def case(number: int, unit: str, decided: str | None, **more: Cell) -> Case:
    """One case, as the case system exports it; without a day of decision it is still open."""
    people = usual(unit)
    pair = people[number % len(people)], people[(number + 1) % len(people)]
    known: Case = {
        "案号": f"青罚〔2024〕{number}号", "办案机关": unit, "适用程序": "普通程序",
        "当事人": party(number), "违法行为": ACTS[number % len(ACTS)], "当事人类型": "企业", "处罚事项": "一般监管事项", "处理结果": "给予处罚" if decided else "未结案",
        "是否涉及生命健康或金融安全": "否", "办案人员是否有利害关系": "否", "是否已回避": None,
        "先行登记保存日期": None, "登记保存是否批准": None, "登记保存处理日期": None,
        "是否陈述申辩": "否", "是否复核陈述申辩": None,
        "是否属应告知听证": "否", "是否达到较大数额": "否", "听证告知日期": "无", "是否申请听证": None,
        "是否放弃听证": None, "听证通知日期": None, "听证日期": "无", "听证主持人编号": None,
        "听证是否公开": None, "不公开听证的依据": None,
        "是否吊销企业许可证或执照": "否", "加处罚款数额": 0, "每日加处比例": None, "是否涉嫌犯罪": "否",
        "移送日期": None, "收款机构": BANK, "当场收缴依据": None, "从宽情形": None, "从宽依据": None,
        "从宽证据": None, "教育记录": None, "办案人数": 2, "办案人员": handlers(*pair),
        "中止扣除次数": 0, "延长至": None, "延长依据": None, "引用的文件": [],
        "是否属本机关管辖": "是", "移送管辖文书": "无", "移送管辖日期": "无", "移送报告日期": None, "批准移送日期": None,
        "听证笔录": None, "听证笔录签字": None, "罚款票据号": None, "告知书载明事项": NOTICE,
        "调查终结报告": f"调查终结报告{number}" if decided else None, "送达回证": f"回证{number}" if decided else None,
        "结案报告": f"结案报告{number}" if decided else None, "案卷评查日期": None,
    }  # fmt: skip
    known |= _decided(decided, more) if decided else {"罚款金额": "无", "决定日期": "无"}
    return {**known, **more}


def _decided(decided: str, more: Case) -> Case:
    on = dt.date.fromisoformat(decided)
    served = worked(on, 3)
    reviewed = isinstance(more.get("法制审核日期"), str) and more["法制审核日期"] != "无"
    return {
        "违法行为终了日期": _iso(on - dt.timedelta(75)), "发现违法日期": _iso(on - dt.timedelta(62)),
        "立案日期": _iso(on - dt.timedelta(60)), "处罚告知日期": _iso(worked(on, -8)),
        "处罚种类": "罚款", "罚款金额": 5000, "拟罚款数额": more.get("罚款金额", 5000), "没收金额": 0,
        "法制审核情形": "无", "是否复杂或重大处罚": "否",
        "法制审核日期": "无", "法制审核人员编号": "D06" if reviewed else None,
        "决定日期": decided, "决定书载明事项": CONTENTS, "是否引用裁量权基准": "是", "是否调整适用基准": "否",
        "送达日期": _iso(served), "是否当场交付": "否", "是否公告送达": "否",
        "缴款期限": _iso(served + dt.timedelta(15)),
        "文字记录环节": [*NODES[:2], "审核", *NODES[2:]] if reviewed else NODES,
        "是否易引发争议": "否", "音像记录": "是", "归档日期": _iso(worked(on, 30)) if on.year == 2024 else None,
        "报备日期": "无",
        "报备审查日期": _iso(worked(on, 25)) if str(more.get("报备日期", "无"))[:1] == "2" else None,
    }  # fmt: skip


def onspot(number: int, unit: str, decided: str, **more: Cell) -> Case:
    """A case by the simple procedure: decided, delivered and recorded on the spot."""
    return case(
        number, unit, decided,
        **{"适用程序": "简易程序", "告知书载明事项": None, "调查终结报告": None, "当事人类型": "个人", "罚款金额": 100, "处罚告知日期": None,
           "立案日期": "无", "送达日期": decided, "是否当场交付": "是",
           "缴款期限": _iso(dt.date.fromisoformat(decided) + dt.timedelta(15)),
           "当场处罚备案日期": _iso(worked(dt.date.fromisoformat(decided), 2)), **more},
    )  # fmt: skip


EXPIRED: Final = [{"文号": "青政规〔2019〕6号", "文件种类": "规范性文件", "作为依据": "是"}]
HEARD: Final[Case] = {
    "是否属应告知听证": "是", "听证告知日期": "2024-06-12", "是否申请听证": "是", "是否放弃听证": "否",
    "听证日期": "2024-07-10", "听证主持人编号": "D07", "听证是否公开": "是", "听证笔录": "听证笔录1份", "听证笔录签字": "签字",
    "法制审核情形": "经过听证", "法制审核日期": "2024-07-22", "审核结果": "通过",
    "是否复杂或重大处罚": "是", "集体讨论日期": "2024-07-24", "罚款金额": 60000,
}  # fmt: skip
OFFERED: Final[Case] = {
    "是否达到较大数额": "是", "罚款金额": 60000, "是否申请听证": "否", "是否放弃听证": "是",
}  # fmt: skip

SPECIAL: Final[list[Case]] = [
    # 一、最早十件
    case(1, URBAN, "2024-04-19", 当事人类型="个人", 罚款金额=10000,
         法制审核情形="省规定的重大处罚", 法制审核日期="2024-04-15", 审核结果="通过",
         是否复杂或重大处罚="是", 集体讨论日期="2024-04-18", 报备日期="2024-05-06"),
    case(2, URBAN, "2024-05-17", 当事人类型="个人", 罚款金额=9999),
    case(3, ROADS, "2024-06-14", 罚款金额=100000,
         法制审核情形="省规定的重大处罚", 法制审核日期="2024-06-07", 审核结果="通过",
         是否复杂或重大处罚="是", 集体讨论日期="2024-06-12", 报备日期="无"),
    case(4, SAFETY, "2024-07-05", 处罚种类="罚款、没收违法所得",
         罚款金额=60000, 没收金额=50000, 报备日期="无"),
    case(5, SAFETY, "2024-08-09", 处罚种类="责令停产停业", 罚款金额=0, 是否属应告知听证="是",
         听证告知日期="2024-07-10", 是否申请听证="是", 是否放弃听证="否", 听证通知日期="2024-07-17",
         听证日期="2024-07-29", 听证主持人编号="D07", 听证是否公开="是", 听证笔录="听证笔录1份", 听证笔录签字="签字",
         法制审核情形="经过听证", 法制审核日期="2024-08-09", 审核结果="通过",
         是否复杂或重大处罚="是", 集体讨论日期="2024-08-09", 报备日期="2024-08-26"),
    case(6, URBAN, "2024-09-13", 罚款金额=30000,
         法制审核情形="案情疑难复杂", 法制审核日期="2024-09-10", 审核结果="未通过",
         是否复杂或重大处罚="是", 集体讨论日期=None, 引用的文件=EXPIRED),
    case(7, URBAN, "2024-06-28", 罚款金额=8000, 引用的文件=EXPIRED),
    case(8, ROADS, "2024-10-18", 罚款金额=20000, 法制审核情形=None),
    case(9, ROADS, "2025-02-21", 处罚种类="吊销许可证", 罚款金额=0,
         是否吊销企业许可证或执照="是", 听证告知日期="2025-01-20", 是否放弃听证="是",
         法制审核情形="省规定的重大处罚", 法制审核日期="2025-02-17",
         审核结果="修改后通过", 是否复杂或重大处罚="是", 集体讨论日期="2025-02-20", 报备日期=None),
    case(10, SAFETY, None, 法制审核情形="经过听证", 立案日期="2024-12-20", 是否属本机关管辖="否", 移送管辖文书="案件移送函1份", 移送管辖日期="2025-01-06"),
    # 二、办案期限（行政处罚法第六十条）
    case(12, LAND, "2024-04-10", 立案日期="2024-01-02"),
    case(13, LAND, "2024-04-10", 立案日期="2024-01-02", 中止扣除次数=1,
         办案期限扣除=[{"扣除起": "2024-02-19", "扣除止": "2024-02-28", "扣除天数": 9,
                  "扣除依据": "自然资源行政处罚办法：鉴定期间不计入"}]),
    case(14, LAND, "2024-04-10", 立案日期="2024-01-11"),
    case(16, FARM, None, 立案日期="2024-11-04"),
    case(17, FARM, None, 立案日期="2024-12-10", 是否属本机关管辖="否"),
    # 三、告知（第四十四条）
    case(18, MARKET, "2024-05-22", 处罚告知日期="2024-05-22"),
    case(19, MARKET, "2024-05-23", 处罚告知日期="无"),
    case(21, MARKET, "2024-05-24", 处罚告知日期=None),
    # 四、追责时效（第三十六条）
    case(22, CULTURE, "2024-06-05", 违法行为终了日期="2022-03-01", 发现违法日期="2024-04-01"),
    case(23, CULTURE, "2024-06-05", 违法行为终了日期="2020-06-01", 发现违法日期="2024-04-01",
         是否涉及生命健康或金融安全="是"),
    case(24, CULTURE, "2024-06-06", 违法行为终了日期="2022-04-15", 发现违法日期="2024-04-15"),
    # 五、听证（第六十三、六十四条）
    case(26, HOUSING, "2024-06-20", **{**OFFERED, "是否放弃听证": None, "是否申请听证": None}),
    case(27, HOUSING, "2024-06-20", 听证告知日期="2024-06-20", **OFFERED),
    case(28, HOUSING, "2024-06-11", 听证告知日期="2024-06-03", **{**OFFERED, "是否放弃听证": "否"}),
    case(29, HOUSING, "2024-06-12", 听证告知日期="2024-06-03", **{**OFFERED, "是否放弃听证": "否"}),
    case(31, AIR, "2024-07-26", 听证通知日期="2024-06-28",
         **{**HEARD, "听证主持人编号": "H06", "办案人员": handlers("H06", "H07")}),
    case(32, AIR, "2024-07-26", 听证通知日期="2024-07-02", **HEARD),
    case(33, AIR, "2024-07-26", 听证通知日期="2024-07-01", **{**HEARD, "听证笔录签字": "未签字"}),
    case(34, AIR, "2024-07-26", 听证通知日期="2024-06-28", **{**HEARD, "听证是否公开": "否", "听证笔录签字": "拒绝签字已注明"}),
    # 六、陈述申辩、回避、罚缴分离、加处罚款、涉罪移送
    case(36, WATER, "2024-08-06", 是否陈述申辩="是", 是否复核陈述申辩="是", 拟罚款数额=5000, 罚款金额=8000),
    case(37, WATER, "2024-08-07", 办案人员是否有利害关系="是", 是否已回避="否"),
    case(38, WATER, "2024-08-08", 办案人员是否有利害关系="是", 是否已回避="是"),
    case(39, HEALTH, "2024-08-12", 收款机构=HEALTH),
    case(41, HEALTH, "2024-08-13", 收款机构=HEALTH, 当场收缴依据="处罚法第六十九条：交通不便，当事人提出", 罚款票据号="无"),
    case(42, HEALTH, "2024-08-14", 罚款金额=8000, 加处罚款数额=12000, 每日加处比例=3),
    case(43, HEALTH, "2024-08-15", 罚款金额=8000, 加处罚款数额=8000, 每日加处比例=3),
    case(46, FARM, "2024-08-20", 是否涉嫌犯罪="是", 移送日期="无"),
    case(47, FARM, "2024-08-21", 是否涉嫌犯罪="是", 移送报告日期="2024-08-09", 批准移送日期="2024-08-12", 移送日期="2024-08-12"),
    # 七、简易程序（第五十一、五十二条）
    onspot(48, URBAN, "2024-09-03", 罚款金额=300),
    onspot(49, URBAN, "2024-09-04", 当事人类型="企业", 罚款金额=3000),
    onspot(51, URBAN, "2024-09-05", 罚款金额=200),
    onspot(52, URBAN, "2024-09-06", 当场处罚备案日期="无"),
    # 八、登记保存（第五十六条）
    case(53, MARKET, "2024-06-03", 先行登记保存日期="2024-05-06", 登记保存是否批准="是",
         登记保存处理日期="2024-05-16"),
    case(54, MARKET, "2024-06-03", 先行登记保存日期="2024-05-06", 登记保存是否批准="是",
         登记保存处理日期="2024-05-14", 结案报告="无"),
    # 九、送达、缴款（第六十一、六十七条）
    case(56, LAND, "2024-07-05", 送达日期="2024-07-17", 缴款期限="2024-08-01"),
    case(57, LAND, "2024-07-05", 送达日期="2024-07-16", 缴款期限="2024-07-31", 送达回证="无"),
    case(58, LAND, "2024-07-08", 送达日期=None, 缴款期限=None),
    case(59, LAND, "2024-07-09", 送达日期="2024-07-10", 缴款期限="2024-07-20"),
    case(61, LAND, "2024-07-09", 送达日期="2024-07-10", 缴款期限="2024-07-31"),
    # 十、文书、基准、从宽、教育、立案、记录
    case(62, CULTURE, "2024-09-10", 决定书载明事项=[i for i in CONTENTS if i != "救济途径和期限"]),
    case(63, CULTURE, "2024-09-11", 是否引用裁量权基准="否"),
    case(64, CULTURE, "2024-09-12", 从宽情形="从轻", 从宽依据="主动消除危害后果", 从宽证据="无",
         告知书载明事项=[i for i in NOTICE if i != "理由"]),
    case(65, CULTURE, "2024-09-12", 从宽情形="从轻", 从宽依据="主动消除危害后果", 从宽证据=["整改照片"], 调查终结报告="无"),
    case(66, MARKET, "2024-09-18", 处理结果="不予处罚", 处罚种类="无", 罚款金额=0, 教育记录="无"),
    case(67, MARKET, "2024-09-19", 立案日期="2024-09-20"),
    case(68, MARKET, "2024-09-20", 立案日期=None),
    case(69, MARKET, "2024-09-23", 文字记录环节=["启动", "调查取证", "决定"]),
    case(71, MARKET, "2024-09-24", 是否易引发争议="是", 音像记录="否"),
    # 十一、法制审核、集体讨论、报备
    case(72, HOUSING, "2024-10-10", 罚款金额=100000, 是否达到较大数额="是", 听证告知日期="2024-09-20",
         是否放弃听证="是", 是否复杂或重大处罚="是", 集体讨论日期="2024-10-09", 报备日期="2024-10-18"),
    case(73, HOUSING, "2024-10-11", 罚款金额=99999),
    case(74, HOUSING, "2024-08-09", 罚款金额=20000, 法制审核情形="案情疑难复杂",
         法制审核日期="2024-08-07", 审核结果="通过", 是否复杂或重大处罚="是", 集体讨论日期="2024-08-06"),
    case(77, MARKET, "2024-06-18", 罚款金额=120000, 是否达到较大数额="是", 听证告知日期="2024-06-03",
         是否放弃听证="是", 法制审核情形="省规定的重大处罚", 法制审核日期="2024-06-13", 审核结果="通过",
         是否复杂或重大处罚="是", 集体讨论日期="2024-06-17", 报备日期="2024-07-01", 报备审查日期="无"),
    # 十二、一事再罚、乡镇赋权、审核与办案不分、引用纪要和没有公布的文件
    case(78, FARM, "2024-10-15", 当事人="青岚县绿野种业有限公司", 违法行为="销售标签不符的种子"),
    case(79, FARM, "2024-11-15", 当事人="青岚县绿野种业有限公司", 违法行为="销售标签不符的种子"),
    case(81, BRIDGE, "2024-10-22", 处罚事项="擅自开采砂石"),
    case(82, BRIDGE, "2024-10-23", 处罚事项="占道经营"),
    case(83, LAND, "2024-11-06", 法制审核情形="案情疑难复杂", 法制审核日期="2024-10-30", 审核结果="通过",
         是否复杂或重大处罚="是", 集体讨论日期="2024-11-04", 法制审核人员编号="T06",
         办案人员=handlers("T06", "T07")),
    case(84, LAND, "2024-11-07", 引用的文件=[{"文号": "青政常纪〔2024〕18号", "文件种类": "会议纪要", "作为依据": "是"}]),
    case(85, LAND, "2024-11-08", 引用的文件=[{"文号": "青政常纪〔2024〕18号", "文件种类": "会议纪要", "作为依据": "否"}]),
    case(86, LAND, "2024-12-10", 引用的文件=[{"文号": "青政规〔2024〕5号", "文件种类": "规范性文件", "作为依据": "是"}]),
]  # fmt: skip
LAST: Final = 140
"""The number of the year's last case."""


def cases() -> list[Case]:
    """The cases of the year: those worth a word, then all the others in the order of numbers."""
    taken = {str(found["案号"]) for found in SPECIAL}
    rest = [n for n in range(11, LAST + 1) if f"青罚〔2024〕{n}号" not in taken]
    units = (MARKET, LAND, FARM, HEALTH, AIR, WATER, HOUSING, CULTURE, URBAN, MARKET)
    found = list(SPECIAL)
    for number, on in zip(rest, spread(len(rest), 45, 235), strict=True):
        unit = units[number % len(units)]
        if number % 7 == 0:
            found.append(onspot(number, unit, _iso(on)))
        elif number % 11 == 0:
            found.append(
                case(number, unit, _iso(on), 处理结果="不予处罚", 处罚种类="无", 罚款金额=0,
                     教育记录="约谈记录", 从宽情形="不予处罚", 从宽依据="处罚法第三十三条",
                     从宽证据=["改正照片"])
            )  # fmt: skip
        else:
            found.append(case(number, unit, _iso(on), 罚款金额=1000 * (number % 9 + 1)))
    return found
