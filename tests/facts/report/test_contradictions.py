"""What can't be is called wrong with its arithmetic; what may be right is at most a question."""

from __future__ import annotations

import pytest

from facts.report import Verdict, read_report
from facts.report.contents import Relation
from tests.facts.report.spoken import score

HEAD = "2024年法治政府建设情况报告\n"


def failing(text: str) -> list[Relation]:
    report = read_report(HEAD + text)
    return [relation for relation in report.relations if relation.verdict is Verdict.FAILS]


def test_planted_contradictions_are_named() -> None:
    """One that is overlooked, or a kind that no longer is told, breaks this."""
    assert score.contradictions().wrong == ()


def test_sound_twins_and_what_is_possible_are_left_in_peace() -> None:
    """One false alarm breaks this."""
    assert score.false_alarms().wrong == ()


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        (
            "审结复议案件86件，其中维持52件，撤销18件，终止25件。",
            "维持、撤销、终止各不相同，合起来不会超过总数：52+18+25=95，所写总数86，不符",
        ),
        (
            "督察反馈问题30个，已整改28个，未整改5个。",
            "整改与没有整改的合起来就是全部：28+5=33，所写总数30，不符",
        ),
        (
            "上半年受理40件，下半年受理50件，全年合计100件。",
            "各项合计40+50=90，所写总数100，不符",
        ),
        (
            "共受理100件，其中甲局60件、乙局50件。",
            "所列各项合起来不会超过总数：60+50=110，所写总数100，不符",
        ),
        (
            "共有人员500人，其中市场监管、城管和交通分别为200人、150人和170人。",
            "所列各项之和200+150+170=520，所写总数500，不符",
        ),
        ("抽查案卷60卷，优秀65卷。", "65卷多于其所出自的60卷，不可能"),
        ("群众满意率101%。", "这样的比率最多是100%，所写101%不可能"),
        ("甲、乙两类分别占60%和55%。", "各占比之和60%+55%=115%，超过100%，不可能"),
        ("受理案件40件，审结36件，结案率95%。", "36÷40=90.0000%，与所写95%不符"),
        (
            "行政处罚案件200件，同比增加50件，增长50%。",
            "(200-150)/150=33.3333%，与所写50%不符，口径须核对",
        ),
        (
            "全年收到申请200件。\n办理顺利。\n甲类60件，占收到申请总数的30%；乙类50件，占30%。",
            "50÷200=25.0000%，与所写30%不符",
        ),
        (
            "全年办案分为上半年、下半年：共90件，上半年40件，下半年45件。",
            "上半年、下半年合起来就是全部：40+45=85，所写总数90，不符",
        ),
    ],
)
def test_why_it_can_not_be_is_said(text: str, explanation: str) -> None:
    assert [relation.explanation for relation in failing(text)] == [explanation]


@pytest.mark.parametrize(
    "text",
    [
        # of other years too, or carried over
        "收到申请90件，含上年结转10件，受理70件，不予受理30件。",
        "评查案卷60件，含上年结转的，合格62件。",
        # the list is open, of some only, of a wider place, or of other years
        "处罚200件，其中城管、交通等分别为90件、70件。",
        "处罚200件，其中城管和交通分别为90件、70件。",
        "甲局20件、乙局15件，全市合计60件。",
        "共查处200件，2021年、2022年和2023年分别查处71件、68件和62件。",
        "检查50次，其中夜间12次，培训6次，合计60次。",
        "处罚40件、检查约30件、强制6件，合计80件。",
        # side by side, not done and not done
        "从轻处罚案件34件，减轻处罚案件4件，不予处罚案件831件。",
        "督察问题60个，整改40个，正在整改12个，未整改5个。",
        "发现问题15条，提出整改建议18条。",
        # of several places each its own, or overlapping
        "甲、乙两类分别占各区的60%和55%。",
        "受理100件，其中涉及公安60件、涉及交通50件。",
        "年度任务完成率105%。",
        # the rate is of what was due, of a change, of nothing told, or off by its last digit
        "受理案件40件，审结36件，按期结案率95%。",
        "时限从55天缩短为20天，压缩率63.64%。",
        "组织考试400人，优秀率95%。",
        "评查案卷51份，合格46份，合格率90%。",
        "受理复议32件，审结20件，纠错1件，纠错率4.9%。",
        # a total of other words, of a wider place, or told twice otherwise
        "全年收到申请200件。\n甲类60件，占处罚决定总数的45%。",
        "全年作出处罚决定200件。\n甲类60件，占全市处罚决定总数的45%。",
        "作出处罚决定200件。\n作出处罚决定180件。\n甲类60件，占处罚决定总数的45%。",
        "全年收到申请200件。\n甲类60件，占收到申请总数的29%。",
        "全年收到申请200件。\n甲类60件，占收到申请总数的30%；乙类50人，占30%。",
        "全年收到申请200件。\n甲类60件，占收到申请总数的30%；乙类50件，占26%。",
        # the values stand too far from their change
        "行政处罚案件200件，培训5次，同比增加50件，增长50%。",
        "分别占45%、35%，投诉下降40%。",
        "分别占65%、15%，满意率98%。",
        # nothing to add up, or told of different things
        "全年处罚：共计40件。",
        "检查30次，处罚40件，合计45件。",
        "共处罚200件，分别为甲类90件、培训30次。",
    ],
)
def test_what_may_be_right_is_never_called_wrong(text: str) -> None:
    assert failing(text) == []


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("处罚3件，检查2件，强制6件，合计11件。", "3+2+6=11"),
        ("共处罚200件，其中甲、乙和丙分别为90件、70件和40件。", "90+70+40=200"),
        ("全年收到申请200件。\n甲类60件，占收到申请总数的30%。", "60/200=30%"),
        ("全年收到申请200件。\n甲类60件，占收到申请总数的30%；乙类50件，占25%。", "50/200=25%"),
    ],
)
def test_what_comes_out_is_said_too(text: str, expression: str) -> None:
    relations = read_report(HEAD + text).relations
    held = {r.expression for r in relations if r.verdict is Verdict.HOLDS}
    assert expression in held


@pytest.mark.parametrize(
    ("text", "expression"),
    [("受理案件30件，审结35件。", "35<=30"), ("制发规范性文件10件，备案12件。", "12<=10")],
)
def test_more_than_came_in_is_a_question(text: str, expression: str) -> None:
    (relation,) = read_report(HEAD + text).relations
    assert (relation.expression, relation.verdict) == (expression, Verdict.UNKNOWN)
    assert relation.explanation.endswith("可能含以前年度的，须说明")
