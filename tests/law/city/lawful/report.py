"""The county's annual report of this year and of last year, part by part."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from tests.law.city.case import NONE, Case, City, Row
from tests.law.city.days import day, days
from tests.law.city.lawful.staff import cancelled, certificate
from tests.law.city.lawful.year import report_of
from tests.law.city.names import GOVERNMENT, PLACE

_HEADS = {
    "成效": "一、主要举措和成效",
    "不足": "二、存在的不足和原因",
    "履职": "三、党政主要负责人履行推进法治建设第一责任人职责情况",
    "安排": "四、下一年度工作安排",
}


def report(city: City) -> Case:
    """This year's report: what the law asks to be written, and figures that agree."""
    if "报告文本" not in city.place:
        year = city.year
        city.place["年度报告"] = report_of(city, "政府", GOVERNMENT)
        for heading in (
            "报告包含的部分",
            "报告使用的统计口径",
            "统计口径说明",
            "报告所述听取汇报次数",
        ):
            city.place["年度报告"][heading] = None
        city.place["年度报告"]["统计口径说明"] = NONE
        city.place["报告文本"] = Case(
            "",
            "年度",
            {
                "年度": year,
                "决策": "列入重大行政决策年度目录2项。全年审查行政决策{审查决策数}件。",
                "文件": "全年制发行政规范性文件{制发文件数}件，审核行政规范性文件{审核文件数}件，"
                "报送备案行政规范性文件{备案文件数}件。",
                "执法": "年末持有行政执法证件820人，全年注销行政执法证件{注销证件数}本。"
                "全年作出行政处罚决定640件。完成重大行政处罚备案{备案处罚数}件。",
                "培训": "组织执法人员培训班{培训期数}期，培训执法人员{培训人数}人，"
                "共计培训{培训学时}学时。",
                "服务": "政务服务事项共1500项，其中进驻大厅1400项，列入负面清单100项。",
                "争议": "全年收到行政复议申请96件，比上年下降4%。"
                "行政机关负责人出庭应诉率为{负责人出庭率}%。行政诉讼败诉率为{败诉率}%。收到政府信息公开申请35件。",
                "不足": "一是重大行政决策程序执行不够严格，原因是承办单位前期工作启动晚。"
                "二是乡镇执法力量薄弱，原因是编制有限。",
                "履职": "县委、县政府主要负责人全年听取法治政府建设工作汇报4次，"
                "研究部署法治建设重大问题3次。",
                "安排": "（一）完善重大行政决策程序，未经合法性审查的不排入议题。\n\n"
                "（二）充实乡镇执法力量，对乡镇执法人员分批轮训。\n\n"
                "（三）加强行政应诉工作，降低行政诉讼败诉率。\n\n"
                "（四）严格行政执法证件管理，及时注销不符合条件人员的证件。",
                "多报": {},
            },
            gone=True,
        )
        city.place["上年报告"] = Case(
            "",
            "年度",
            {
                "年度": year - 1,
                "争议": "全年收到行政复议申请100件。",
                "不足": "一是规范性文件备案不够及时，原因是衔接不畅。",
                "履职": "主要负责人全年听取法治政府建设工作汇报3次。",
                "安排": "（一）抓好规范性文件备案。",
            },
            gone=True,
        )
    return city.place["报告文本"]


def texts(city: City) -> dict[int, str]:
    """The reports as text, by year; what ledgers count is counted there, unless overstated."""
    found = {}
    for name in ("报告文本", "上年报告"):
        if name in city.place:
            row = city.place[name].row
            counts = _counted(city)
            more = row.get("多报")
            if isinstance(more, dict):
                counts = {name: number + more.get(name, 0) for name, number in counts.items()}
            found[int(str(row["年度"]))] = _text(row, counts)
    return found


def _text(row: Row, counts: dict[str, Decimal]) -> str:
    year = row["年度"]
    parts = [
        f"{PLACE}{year}年法治政府建设年度报告",
        f"现将{PLACE}{year}年法治政府建设情况报告如下。",
    ]
    done = ["决策", "文件", "执法", "培训", "服务", "争议"]
    parts.append(_HEADS["成效"])
    parts += [str(row[name]).format(**counts) for name in done if row.get(name)]
    for name in ("不足", "履职", "安排"):
        if row.get(name):
            parts += [_HEADS[name], str(row[name])]
    return "\n\n".join(parts) + "\n"


def _counted(city: City) -> dict[str, Decimal]:
    """What the ledgers hold of the year, one by one."""
    rows = city.rows()

    def within(value: object) -> bool:
        return isinstance(value, dt.date) and value.year == city.year

    def number(ledger: str, heading: str) -> int:
        return sum(within(row[heading]) for row in rows.get(ledger, []))

    def rate(heading: str, day_heading: str) -> Decimal:
        suits = [row for row in rows.get("行政应诉案件", []) if within(row[day_heading])]
        share = Decimal(100 * sum(row[heading] is True for row in suits)) / (len(suits) or 1)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)

    documents = [row for row in rows["规范性文件台账"] if row["是否规范性文件"] is True]
    filed = {row["文号"] for row in rows.get("备案", []) if within(row["备案日期"])}
    trainings = [row for row in rows["培训"] if row["年度"] == city.year]
    counts = {
        "审查决策数": number("重大行政决策台账", "合法性审查意见日期"),
        "制发文件数": sum(within(row["印发日期"]) for row in documents),
        "审核文件数": sum(within(row["合法性审核意见日期"]) for row in documents),
        "备案文件数": sum(row["文号"] in filed for row in documents),
        "注销证件数": number("执法证件", "注销日期"),
        "备案处罚数": number("行政处罚案件", "重大处罚报备日期"),
        "培训期数": number("培训班", "开班日期"),
        "培训人数": len({row["人员编号"] for row in trainings}),
        "培训学时": sum(int(str(row["学时"])) for row in trainings),
    }
    return {
        **{name: Decimal(count) for name, count in counts.items()},
        "负责人出庭率": rate("负责人是否出庭", "开庭日期"),
        "败诉率": rate("是否败诉", "裁判日期"),
    }


def course(city: City) -> Case:
    """A training course held in the year."""
    number = city.number()
    row = {
        "培训班编号": f"班{number:05d}",
        "培训班名称": f"执法人员轮训第{number}期",
        "开班日期": day(f"{city.year}-04-16") + days(city.dice.randrange(150)),
        "参训人次": 80,
    }
    return Case("培训班", "培训班编号", row)


def cancelled_certificate(city: City) -> Case:
    """A certificate cancelled in the year, its holder long without it."""
    lost = day(f"{city.year}-05-20")
    return cancelled(certificate(city), lost, lost + days(10))
