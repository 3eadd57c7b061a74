"""Which sheets stand in which workbook, and the two files that are no workbooks."""

# ruff: noqa: E501 - the rows of a ledger read best as they stand

from __future__ import annotations

from typing import Final

from examples.ledgers import (
    actions,
    coercion,
    decisions,
    disputes,
    documents,
    officers,
    services,
    supervision,
    units,
    yearly,
)  # fmt: skip
from examples.ledgers.cells import Row, Sheet, columns

TRAINING_FILE: Final = "执法人员培训学时台账.csv"
CASE_FILE: Final = "处罚案件（案件系统导出）.json"


def sheet(name: str, title: str, rows: list[Row], *, numbered: bool = False) -> Sheet:
    """A sheet with the columns that its rows fill, under a title or none."""
    names = ["序号", *columns(rows)] if numbered else columns(rows)
    return Sheet(name, (title,) if title else (), names, rows)


def _counts() -> Sheet:
    found = sheet("单位年度统计", "2024年度行政执法单位统计表", yearly.COUNTS, numbered=True)
    summed = ("执法人员总数", "法制审核人员", "培训人数")
    total: list[object] = ["合计"]
    for name in found.columns[1:]:
        numbers = [row[name] for row in found.rows if isinstance(row[name], int)]
        total.append(sum(n for n in numbers if isinstance(n, int)) if name in summed else None)
    found.footer = (total,)
    return found


def _certificates() -> Sheet:
    found = sheet("执法证件", "行政执法证件管理台账", officers.certificates(), numbered=True)
    found.footer = (("合计", None, None, len(found.rows)),)
    return found


def books() -> dict[str, list[Sheet]]:
    """The workbooks of the folder by their file names."""
    return {
        "重大行政决策台账2024.xlsx": [
            Sheet(
                "决策台账", ("青岚县2024年度重大行政决策台账", "填报单位：青岚县司法局法制科"),
                decisions.DECISION_COLUMNS, decisions.DECISIONS,
                footer=(("填表人：法制科", "填报日期：2025年3月7日"),),
            ),
            sheet("听证会", "重大行政决策听证会登记表", decisions.HEARINGS),
            Sheet("听证参加人", (), ("听证编号", "姓名", "身份", "材料送达日期", "笔录签字"),
                  decisions.PARTICIPANTS),
            sheet("专家名单", "专家论证参加人员", decisions.EXPERTS),
            sheet("法律顾问意见", "", decisions.COUNSEL),
            sheet("年度目录", "重大行政决策年度目录", decisions.CATALOGS),
            sheet("目录事项", "", decisions.CATALOG_ITEMS),
            Sheet("填表说明", ("本表由承办单位填写前两部分，法制科填写其余部分。",), (), ()),
        ],
        "规范性文件.xlsx": [
            Sheet("规范性文件台账", ("行政规范性文件登记台账", "（2024年1月—2025年2月）"),
                  documents.DOCUMENT_COLUMNS, documents.DOCUMENTS),
            Sheet("备案", ("规范性文件备案登记",), ("文号", "备案类别", "备案机关", "报备日期", "备案号", "报备材料"),
                  documents.FILINGS, footer=(("合计", None, None, 19),)),
            sheet("清理", "", documents.CLEANUPS),
        ],
        "执法人员和证件.xlsx": [
            sheet("执法人员", "青岚县行政执法人员名册", officers.officers(), numbered=True),
            _certificates(),
            sheet("暂扣", "", officers.SUSPENSIONS),
        ],
        "执法活动.xlsx": [
            sheet("执法活动", "青岚县行政执法活动登记（2024年）", actions.actions()),
            Sheet("执法活动人员", (), ("执法编号", "人员编号", "角色"), actions.PARTICIPATIONS),
        ],
        "强制、委托和检查.xlsx": [
            sheet("强制措施", "行政强制措施台账", coercion.MEASURES),
            sheet("强制执行", "行政强制执行台账", coercion.EXECUTIONS),
            sheet("委托执法", "", coercion.ENTRUSTMENTS),
            sheet("电子监控设备", "", coercion.DEVICES),
            sheet("涉企检查", "涉企行政检查台账", coercion.inspections()),
        ],
        "许可服务和公示.xlsx": [
            sheet("许可办件", "行政许可办件登记", services.licences()),
            sheet("政务服务事项", "政务服务事项（抽查）", services.SERVICE_ITEMS),
            sheet("执法决定公开", "行政执法决定公开台账", services.published()),
        ],
        "复议、应诉和信息公开.xlsx": [
            sheet("行政应诉案件", "青岚县行政应诉案件台账（2024年）", disputes.LAWSUITS, numbered=True),
            sheet("行政复议案件", "青岚县行政复议案件台账（2024年）", disputes.RECONSIDERATIONS, numbered=True),
            sheet("司法建议和检察建议", "", disputes.ADVICE),
            sheet("依申请公开", "政府信息公开申请办理台账", disputes.REQUESTS),
            sheet("信息公开年报", "", disputes.INFORMATION_REPORTS),
            sheet("权责清单", "权责清单公布、调整（抽查）", disputes.POWER_LISTS),
        ],
        "监督、备案和会议.xlsx": [
            sheet("监督文书", "执法监督、法治督察文书", supervision.PAPERS),
            sheet("执法监督", "", supervision.VISITS),
            sheet("案卷评查", "", supervision.REVIEWS),
            sheet("收到报备", "收到的规范性文件报备", supervision.RECEIVED),
            sheet("审查建议", "", supervision.REQUESTS),
            sheet("发文簿", "县政府、县政府办发文簿（摘）", supervision.ISSUED),
            sheet("会议议题", "县政府常务会议议题（摘）", supervision.TOPICS),
            sheet("年度目录报送", "", supervision.LISTS),
        ],
        "年度统计和报告报送.xlsx": [
            _counts(),
            Sheet("年度报告报送", ("法治政府建设年度报告报送、公开情况",),
                  ("序号", "报告单位", "层级", "报告年度", "报同级党委日期", "报人大日期",
                   "报上一级党委日期", "报上一级政府日期", "报本级政府日期", "抄送日期", "公开日期", "不公开的依据"),
                  yearly.REPORTS),
            sheet("人工认定", "需要人工认定的事项", yearly.ANSWERS),
            sheet("执法单位", "行政执法主体名单", units.agencies()),
            sheet("乡镇赋权清单", "乡镇赋权事项清单", units.delegated()),
            sheet("领导职责", "", yearly.LEADERSHIP),
            sheet("学法活动", "2024年学法台账", yearly.sessions()),
        ],
    }  # fmt: skip
