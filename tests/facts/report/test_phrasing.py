"""How reports phrase figures, and what only looks like one. Sentences are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from facts.report import FigureKind, read_report

READ = [
    ("印发宣传册3000余份。", [("3000余", 3000, "份")]),
    ("发放资料41.5万余份。", [("41.5万余", 415000, "份")]),
    ("罚没款97.44万元。", [("97.44万", 974400, "元")]),
    ("受益4万多人次。", [("4万多", 40000, "人次")]),
    ("共两万余人次参加。", [("两万余", 20000, "人次")]),
    ("制发文书一百余条。", [("一百余", 100, "条")]),
    ("办理近百件。", [("百", 100, "件")]),
    ("列出十个事项、七个方面、两项任务。", [("十", 10, "个"), ("七", 7, "个"), ("两", 2, "项")]),
    ("实现零败诉。", [("零", 0, "件")]),
    ("无一宗案件败诉。", [("无一", 0, "宗")]),
    ("实现“零事故”目标。", [("零", 0, "起")]),
    ("应诉38宗，保持“零败诉”。", [("38", 38, "宗"), ("零", 0, "宗")]),
    ("在全省考评中名列第二。", [("第二", 2, "名")]),
    ("行政处罚案件数（件）\n124\n受理数（宗）：20", [("124", 124, "件"), ("20", 20, "宗")]),
    ("列全省第3名。", [("第3", 3, "名")]),
    ("知晓率达8成以上。", [("8成", 80, "%")]),
    ("占全省的1/4左右。", [("1/4", 25, "%")]),
    ("位列各项民生工作满意程度的第一位。", [("第一", 1, "名")]),
    ("考核得96.5分。", [("96.5", Decimal("96.5"), "分")]),
    ("整治6大行业领域。", [("6", 6, "个")]),
    ("受理1,234件。", [("1,234", 1234, "件")]),
    ("受理1 234件。", [("1 234", 1234, "件")]),
    ("受理１２件。", [("１２", 12, "件")]),
    ("合格率百分之九十五。", [("百分之九十五", 95, "%")]),
    ("满意率达100％。", [("100％", 100, "%")]),
    ("评查2批次37卷。", [("2", 2, "批次"), ("37", 37, "卷")]),
    ("组织40个单位1603人培训5次。", [("40", 40, "个"), ("1603", 1603, "人"), ("5", 5, "次")]),
    ("建议12件提案4件。", [("12", 12, "件"), ("4", 4, "件")]),
    ("组建17专业性救援队伍。", [("17", 17, "")]),
    ("下降7.01个百分点。", [("7.01", Decimal("7.01"), "百分点")]),
    ("时限从150天压缩至20天。", [("150", 150, "天"), ("20", 20, "天")]),
    ("开展检查 318起。", [("318", 318, "起")]),
    ("收到件数为563项。", [("563", 563, "项")]),
    ("召开会议一次。", [("一", 1, "次")]),
    # 单 of 单位 belongs to the noun, not to 名单
    ("约谈70余名单位负责人。", [("70余", 70, "名")]),
    ("开了两轮县级协调会。", [("两", 2, "轮")]),
    # the noun before, the unit left out, the clause at its end
    ("为工人追回欠薪8.2亿。", [("8.2亿", 820000000, "")]),
    ("查处治安案件1326,同比上升4%。", [("1326", 1326, ""), ("4%", 4, "%")]),
    ("行政处罚2100，占总数的33.9%。", [("2100", 2100, ""), ("33.9%", Decimal("33.9"), "%")]),
    ("覆盖3亿多劳动者。", [("3亿多", 300000000, "")]),
    ("收到申请107（受理98件）。", [("107", 107, ""), ("98", 98, "件")]),
    ("办结2件，其中一件维持，一件撤销。", [("2", 2, "件"), ("一", 1, "件"), ("一", 1, "件")]),
    # a table copied out with one cell per line
    (
        "作出维持决定\n\n74\n\n74.7%\n\n2\n\n作出撤销决定\n\n6\n\n6.1%\n",
        [
            ("74", 74, ""),
            ("74.7%", Decimal("74.7"), "%"),
            ("6", 6, ""),
            ("6.1%", Decimal("6.1"), "%"),
        ],
    ),
]

NAMES = [
    "2024年，二〇二三年，二○二三年，2021－2025年，20212025年。",
    "10月31日、8月份、2024.10.31、12时30分。",
    "国发〔2022〕48号、第21批、第二十五条、713号令。",
    "12345热线、12348平台、4.15全民国家安全教育日。",
    "公示期为30天，无异议。为期3天，自助区开放24小时。",
    "1+6+31+N、“5+N”、“1262”工作法、7×24小时、365天24小时。",
    "一件事、三重一大、双随机、三年行动、二十大、第八个五年规划、两个维护。",
    "《提升质量三年行动计划（2023—2025年）》。",
    "500米服务圈，15个工作日内办结，最多跑一次。",
    "一个问题、一批骨干、一种办法。",
    "排名前二十名，列入第三批，第一方阵，六届七次、八次全会。",
    "4.0版平台，A4纸，5G网络。",
    "索引号：1134170200325601XJ/202303-00026，邮编：361000，附件12，电话：0595-5223557。",
    "推进三个“一号工程”，见图12，每两月1次。",
    "您是第1038231位访客。",
    "条例经十五届人大常委会四十次会议通过。",
    "三台县、五家渠市、七台河市。",
]


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_reads(sentence: str, expected: list[tuple[str, Decimal | int, str]]) -> None:
    figures = read_report(sentence).figures
    assert [(f.raw, f.value, f.unit) for f in figures] == expected
    assert all(sentence[f.start : f.end] == f.raw for f in figures)


@pytest.mark.parametrize("sentence", NAMES)
def test_names_are_no_figures(sentence: str) -> None:
    assert [f.raw for f in read_report(sentence).figures] == []


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("700余件", 700, 799),
        ("20余场", 20, 29),
        ("120余万元", 1_200_000, 1_300_000),
        ("超过600场", 600, None),
        ("近480人", 432, 480),
        ("约600名", 500, 700),
        ("约22000余条", 19_800, 24_200),
        ("90%以上", 90, None),
        ("十余次", 10, 19),
        ("3至5名", 3, 5),
    ],
)
def test_intervals(phrase: str, low: int, high: int | None) -> None:
    (figure,) = read_report(f"全年开展{phrase}。").figures
    assert figure.approximate
    assert (figure.min, figure.max) == (low, high)
    assert not figure.may_equal(low - 1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024年工作报告。按照全覆盖要求检查校园233家次。", FigureKind.RESULT),
        ("2024年工作报告。优良天数比例好于年度目标0.9个百分点。", FigureKind.RESULT),
        ("2024年工作报告。要求各镇检查校园233家次。", FigureKind.TARGET),
        ("2024年工作报告\n一、不足与打算\n2025年，新建站点3个。", FigureKind.TARGET),
        ("2024年工作报告\n一、不足与打算\n六十岁以上的占41.5%。", FigureKind.RESULT),
        # the year in the name of what was looked at is not the year of what was done
        ("2024年工作报告。督察2023年度报告公开情况，另查阅案卷30件。", FigureKind.RESULT),
        ("2024年工作报告。2023年查阅案卷30件。", FigureKind.COMPARISON),
        ("2024年工作报告。规划计划30条。", FigureKind.RESULT),
    ],
)
def test_an_aim_and_a_year_reach_only_what_they_speak_of(text: str, kind: FigureKind) -> None:
    assert [figure.kind for figure in read_report(text).figures] == [kind]


def test_what_was_carried_over_is_last_years_and_nothing_after_it() -> None:
    text = "2024年工作报告。全年收到申请48件，结转上年申请1件，办结49件。"
    kinds = [figure.kind for figure in read_report(text).figures]
    assert kinds == [FigureKind.RESULT, FigureKind.COMPARISON, FigureKind.RESULT]


def test_years_told_together_are_told_apart() -> None:
    text = "2023年工作报告。2021年、2022年和2023年分别查处违法案件71件、68件和62件，罚款5万元。"
    figures = read_report(text).figures
    assert [(f.raw, f.time_scope, f.kind) for f in figures[:3]] == [
        ("71", "2021年", FigureKind.COMPARISON),
        ("68", "2022年", FigureKind.COMPARISON),
        ("62", "2023年", FigureKind.RESULT),
    ]


def test_kinds() -> None:
    text = (
        "2022年度法治政府建设工作报告\n全年办结50件，较2021年的40件增长25%。"
        "开展测评的比例不低于50%。累计建成站点30个。"
    )
    kinds = {f.raw: f.kind for f in read_report(text).figures}
    assert kinds == {
        "50": FigureKind.RESULT,
        "40": FigureKind.COMPARISON,
        "25%": FigureKind.COMPARISON,
        "50%": FigureKind.TARGET,
        "30": FigureKind.CUMULATIVE,
    }


def test_one_rate_for_two_nouns() -> None:
    text = "全年承办人大代表建议20件，建议办复率及满意率均达到100%。"
    figures = [f for f in read_report(text).figures if f.unit == "%"]
    assert [f.indicator for f in figures] == ["proposal_reply_rate", "proposal_satisfaction_rate"]
    assert len({(f.start, f.end) for f in figures}) == 1
