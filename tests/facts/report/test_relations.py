"""Relations that the text lets one recompute; what it doesn't is never called wrong."""

from __future__ import annotations

import pytest

from facts.report import Verdict, read_report

HOLD = [
    ("共有事项200项，其中网办150项，占比75%。", "share", "150/200=75%"),
    ("评查案卷50份，合格48份，合格率96%。", "share", "48/50=96%"),
    ("收到申请90件，受理60件，不予受理30件。", "sum", "60+30=90"),
    ("办理案件25宗（其中甲类10宗，乙类15宗）。", "sum", "10+15=25"),
    ("退休人员62名（离休3名、退休44名，内退15名）。", "sum", "3+44+15=62"),
    ("办理信访件27件，同比减少12件，下降30.8%。", "change", "(39-27)/39=30.8%"),
    ("办理信访件27件，较上年的30件下降10%。", "change", "(30-27)/30=10%"),
    ("受理信访48件，已办结48件，办结率100%。", "share", "48/48=100%"),
    ("共收到申请103宗，不受理12宗（其中转送10宗，告知2宗），受理91宗。", "sum", "12+91=103"),
    ("接访102批458人次，其中领导接访51批次256人次。", "subset", "256<=458"),
    ("时限从55天压缩至20天，压缩率63.64%。", "compression", "(55-20)/55=63.64%"),
    ("检查东镇、西镇、南镇3个镇。", "enumeration", "count(检查东镇、西镇、南镇)=3"),
    ("检查东镇、西镇和南镇3个镇。", "enumeration", "count(检查东镇、西镇、南镇)=3"),
    ("受理复议100件，其中维持60件。", "subset", "60<=100"),
]
FAIL = [
    ("时限从55天压缩至20天，压缩率73.6%。", "compression"),
    ("共收到10件，其中转送12件。", "subset"),
    ("共办理事项200项，其中网办150项，占总数的85%。", "share"),
    ("走访东镇、西镇、南镇4个镇。", "enumeration"),
]
UNSURE = [
    "接访102批，其中领导接访51批，约访22批，下访19批。",
    "受理信访48件，已办结42件，按期办结率100%。",
    "开展法治督察，发现问题3大类56项，整改完成54项。",
    "走访东镇和西镇、南镇3个镇。",
    # a list that 和 ends may join names with it as well
    "检查东镇、西镇和南镇4个镇。",
    # off by a digit that may be rounded otherwise, or from a base of none
    "时限从3天压缩至2天，压缩率33.34%。",
    "数量从0件增加至5件，增长率10%。",
    "办理信访件27件，同比增加27件，增长100%。",
    "共办理事项200项，其中网办150项，占总数的76%。",
    "时限从55天压缩至20天，全部事项总压缩率81%。",
    "接待1000人次，办理5件、解答咨询，其中来电咨询20件。",
    "办理案件30宗（其中甲类10宗，乙类12宗）。",
    "办结率71.23%，受理282件，办结52件。",
    "受理复议32件，审结20件，纠错1件，纠错率4.9%。",
    "同比下降12.35%，办理件300件，上年350件。",
    # a list of shares of another total, after a share of this one
    "受理200件，其中甲局20件，占10%；各区前两名为乙区60件、丙区30件，分别占各区总数的20%、12%。",
    "受理200件，其中甲局20件，占10%；乙区30件，占各区总数的12%。",
    # two parts of a total told elsewhere: the second is no share of the first
    "甲类案件13件，占总量的38%，乙类案件12件，占总量的35%。",
]


@pytest.mark.parametrize(("text", "kind", "expression"), HOLD)
def test_holds(text: str, kind: str, expression: str) -> None:
    found = {(r.kind, r.expression): r.verdict for r in read_report(text).relations}
    assert found[kind, expression] is Verdict.HOLDS


@pytest.mark.parametrize(("text", "kind"), FAIL)
def test_fails(text: str, kind: str) -> None:
    failing = [r for r in read_report(text).relations if r.verdict is Verdict.FAILS]
    assert [r.kind for r in failing] == [kind]
    assert all("不" in r.explanation for r in failing)


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("化解纠纷36件，化解率98%。", True),
        ("化解纠纷36件，化解率97%。", False),
        ("负责人出庭45件，出庭率93.75%。", False),
        ("化解纠纷2400件，化解率98%。", False),
    ],
)
def test_a_percentage_without_whole_numerator(text: str, *, doubted: bool) -> None:
    codes = [o.code for o in read_report(text).observations]
    assert ("no_integer_numerator" in codes) is doubted


@pytest.mark.parametrize("text", UNSURE)
def test_unsure_is_never_wrong(text: str) -> None:
    assert not [r for r in read_report(text).relations if r.verdict is Verdict.FAILS]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("时限从3天压缩至2天，压缩率33.34%。", "compression", "与33.34%只差末位"),
        ("数量从0件增加至5件，增长率10%。", "compression", "基数为零，无法复算"),
        ("办理信访件27件，同比增加27件，增长100%。", "change", "基数为零，无法复算"),
        ("共办理事项200项，其中网办150项，占总数的76%。", "share", "无法复算"),
    ],
)
def test_why_it_can_not_be_recomputed_is_said(text: str, kind: str, words: str) -> None:
    (relation,) = [r for r in read_report(text).relations if r.kind == kind]
    assert relation.verdict is Verdict.UNKNOWN
    assert relation.explanation.endswith(words)


@pytest.mark.parametrize(
    "text",
    [
        # the rate stands too far from the count to be its own
        "受理120件，办结60件，其中涉及到全县各个乡镇街道以及各个部门各个单位工作的案件占比50%。",
        # more closed than received: the rate is of something else
        "受理48件，已办结50件，办结率100%。",
        "受理0件，已办结0件，办结率100%。",
    ],
)
def test_no_share_is_told_of_what_is_no_part(text: str) -> None:
    assert [r for r in read_report(text).relations if r.kind == "share"] == []


def test_a_part_larger_than_its_whole_fails_as_such_and_is_no_share_of_it() -> None:
    text = "政务服务事项100项。实现不见面审批120项。不见面事项占比80%。"
    assert [(r.rule, r.expression, r.verdict) for r in read_report(text).relations] == [
        ("no-meeting-within-total", "120<=100", Verdict.FAILS)
    ]
