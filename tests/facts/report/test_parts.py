"""A part counts by what its body says; problems are this year's; plans answer by their object."""

from __future__ import annotations

import re

import pytest

from facts.report import PartName, Problem, Report, read_report
from facts.report.phrases import any_of, phrase
from tests.facts.report.whole import ALL, CAUSES, DONE, KINDS, LACKS, LEADERS, PLANS, reports

EACH = 40
_MARKER = re.compile(
    r"^(?:[一二三四五六七八九十]是|（[一二三四五六七八九十]）|[0-9]．)|[。；，\n]$"
)
_ABOUT_PROBLEMS = [kind for kind in KINDS if reports(kind, 1)[0].unanswered is not None]


def bare(problem: Problem) -> str:
    """A problem without the marks of its list."""
    return _MARKER.sub("", problem.text)


def has(report: Report) -> set[PartName]:
    return {part.name for part in report.parts if part.present}


def may_have(report: Report) -> set[PartName]:
    return {part.name for part in report.parts if part.doubtful}


@pytest.mark.parametrize("kind", KINDS)
def test_reports_of_every_kind_have_the_parts_that_were_put_there(kind: str) -> None:
    """Fails if a heading alone makes a part, or if only a heading does."""
    for whole in reports(kind, EACH):
        report = read_report(whole.text)
        assert (has(report), may_have(report)) == (whole.parts, whole.unclear), whole.text


@pytest.mark.parametrize("kind", _ABOUT_PROBLEMS)
def test_problems_are_this_years_and_answered_by_their_object(kind: str) -> None:
    """Fails if an item is lost, if last year's count, or if a word of the field is an answer."""
    for whole in reports(kind, EACH):
        report = read_report(whole.text)
        listed = tuple(bare(p) for p in report.problems if p.where == "part")
        assert whole.problems in (None, listed), whole.text
        assert unanswered(report) == whole.unanswered, whole.text
        assert doubtful(report) == (whole.doubtful or ()), whole.text


def unanswered(report: Report) -> tuple[str, ...]:
    open_ones = (p for p in report.problems if not (p.plans or p.maybe or p.settled))
    return tuple(map(bare, open_ones))


def doubtful(report: Report) -> tuple[str, ...]:
    return tuple(bare(p) for p in report.problems if p.maybe and not p.plans)


BASE = {
    DONE: ("主要举措和成效", "全年审查规范性文件12件，提出修改意见34条。组织执法培训6期。"),
    LACKS: ("存在的不足和原因", "一是乡镇执法力量薄弱，原因是编制有限。"),
    LEADERS: (
        "党政主要负责人履行推进法治建设第一责任人职责情况",
        "县长主持召开4次常务会议研究法治政府建设。",
    ),
    PLANS: ("2025年工作安排", "充实乡镇执法力量。"),
}
INTRO = "青石县2024年法治政府建设年度报告\n2024年，我县坚持依法行政。现将情况报告如下。"


def report_with(part: PartName, title: str, body: str) -> Report:
    """A whole report in which one part has this title (if given) and this body."""
    sections = BASE | {part: (title or BASE[part][0], body)}
    lines = [f"{'一二三四'[n]}、{head}\n{text}" for n, (head, text) in enumerate(sections.values())]
    return read_report("\n".join([INTRO, *lines, ""]))


SAYS_NONE = [
    (LACKS, "", "本年度无。"),
    (LACKS, "", "暂不填写。"),
    (LACKS, "", "无明显不足。"),
    (LACKS, "", "经自查，未发现存在问题。"),
    (LACKS, "", "没有问题。"),
    (LACKS, "", "不存在明显短板。"),
    (LACKS, "", "见总结。"),
    (LACKS, "", "（见附件1）"),
    (LACKS, "", "详见附表。"),
    (LACKS, "", "正在梳理，待后续补报。"),
    (LACKS, "", "待下半年补充"),
    (LACKS, "", "________"),
    (LACKS, "", "（待补）"),
    (LACKS, "", "此项空缺"),
    (LACKS, "", "同去年。"),
    (LACKS, "", "与上年度一致。"),
    (LACKS, "", "略去不写。"),
    (LACKS, "", "（内容略）"),
    (LACKS, "", "本部分从略。"),
    (LACKS, "", "无需报告事项。"),
    (LACKS, "", "无相关情况"),
    (LACKS, "", "TODO"),
    (LACKS, "", "XXX"),
    (LACKS, "", "……。"),
    (LACKS, "", "上年度考核指出的3个问题已全部整改到位。"),
    (LACKS, "", "2023年督察发现的备案不及时问题，我县高度重视，已于6月整改完毕。"),
    (
        LACKS,
        "",
        "（一）备案不及时的问题。已完成整改，建立台账。\n（二）审核不规范的问题。已整改到位。",
    ),
    (
        LACKS,
        "",
        "（一）关于备案不及时的问题\n已整改完成。\n（二）关于审核不规范的问题\n已修订办法，整改到位。",
    ),
    (LACKS, "", "去年存在的执法力量不足、装备老化等问题，通过招录和采购，均已得到解决。"),
    (LACKS, "", "上一年度存在问题2个，均已销号。"),
    (LACKS, "聚焦突出问题抓整改", "整改问题15个。"),
    (LACKS, "坚持问题导向，着力破解难题", "解决问题12个。"),
    (LACKS, "查找问题、补齐短板", "召开座谈会3次，梳理意见20条。"),
    (LACKS, "主要问题整治情况", "开展专项整治3次。"),
    (LACKS, "困难群众法律援助", "办理法律援助案件30件。"),
    (LACKS, "突出问题专项整治成效明显", "办结信访积案12件。"),
    (LACKS, "下大力气解决突出困难和问题", "办结12件。"),
    (PLANS, "", ""),
    (PLANS, "", "待市政府部署后另行制定。"),
    (PLANS, "", "暂未制定。"),
    (PLANS, "", "另文上报。"),
    (PLANS, "", "本年度已按安排完成全部工作。"),
    (PLANS, "", "2024年共召开会议6次，培训800人次。"),
    (PLANS, "", "全县各级各部门认真落实了年度安排。"),
    (PLANS, "", "我县制定了2024年度工作要点，明确了任务分工，各项任务顺利推进。"),
    (PLANS, "", "去年安排的12项任务完成11项。"),
    (PLANS, "年度工作计划落实情况", "28项任务均已完成。"),
    (PLANS, "工作安排部署", "年初召开会议部署全年工作。"),
    (PLANS, "科学制定工作计划", "印发2024年工作要点。"),
    (PLANS, "统筹安排，扎实推进", "印发方案3份。"),
    (PLANS, "2024年工作安排", "印发2024年工作要点。"),
    (LEADERS, "", "县委、县政府主要负责人切实履行第一责任人职责，高度重视法治建设。"),
    (LEADERS, "", "各级党政主要负责人认真履职。"),
    (LEADERS, "", "已纳入领导干部综合考核评价体系。"),
    (LEADERS, "", "县委依法治县办对12名乡镇党政主要负责人开展述法评议。"),
    (LEADERS, "", "对各乡镇主要负责人履职情况开展督察2次。"),
    (LEADERS, "", "县委组织部将履职情况作为干部考核的重要内容，县司法局组织述法3次。"),
    (LEADERS, "", "严格落实党政主要负责人履行推进法治建设第一责任人职责规定，层层压实责任。"),
    (LEADERS, "", "各乡镇党委书记主持召开会议研究法治工作24次。"),
    (LEADERS, "", "部门主要负责人带头讲法治课15场。"),
    (LEADERS, "", "县长应当每年听取汇报。"),
    (LEADERS, "", "2023年，县长听取汇报3次。"),
    (LEADERS, "", "明年县长将主持召开法治会议4次。"),
    (LEADERS, "", "司法局牵头开展培训5次。"),
    (LEADERS, "", "分管副县长主持召开推进会3次。"),
    (LEADERS, "", "略"),
]

SAYS_ONE = [
    (LACKS, "", "去年存在的问题已整改，但执法力量仍然薄弱。"),
    (LACKS, "", "上年问题已整改到位，今年的不足主要是法制审核人员配备不足。"),
    (LACKS, "", "个别部门行政执法不够规范。"),
    (LACKS, "", "行政败诉案件仍有发生。"),
    (LACKS, "", "基层法治人才缺乏。"),
    (LACKS, "", "执法人员年龄偏大、专业素质参差不齐。"),
    (LACKS, "", "一些干部运用法治思维解决问题的能力还需加强。"),
    (LACKS, "", "普法的针对性、实效性需进一步增强。"),
    (LACKS, "", "少数干部依法办事的自觉性有待提高。"),
    (LACKS, "", "法治督察“后半篇文章”做得还不够。"),
    (PLANS, "", "一是加强执法培训。二是推进复议改革。"),
    (PLANS, "", "把执法规范化作为重点，补齐短板。"),
    (PLANS, "", "在巩固已有成果的基础上，推动法治建设再上台阶。"),
    (PLANS, "", "2025年，我县将认真贯彻法治思想。"),
    (LEADERS, "", "县委书记、县长主持召开县委全面依法治县委员会会议2次。"),
    (LEADERS, "", "县政府主要领导亲自部署、亲自过问，全年听取汇报4次。"),
    (LEADERS, "", "市政府主要负责人主持召开四次常务会议专题研究。"),
    (LEADERS, "", "县委书记李某某带头宣讲习近平法治思想3场。"),
    (LEADERS, "", "主持召开政府常务会议学法4次，审议文件12件。"),
    (LEADERS, "", "主要负责人签批法治类文件26件，现场督导4次。"),
    (LEADERS, "", "书记、镇长每季度召开一次法治工作会议。"),
    (LEADERS, "", "党委书记定期研究法治建设重大问题。"),
    (LEADERS, "", "县委理论学习中心组学法2次，县委书记作专题辅导。"),
    (LEADERS, "", "区长出庭应诉1次。"),
]

SAYS_SOMETHING = [
    (LACKS, "", "与先进地区相比，还有一定差距。"),
]


@pytest.mark.parametrize(("part", "title", "body"), SAYS_NONE)
def test_what_says_nothing_of_this_year_is_no_part(part: PartName, title: str, body: str) -> None:
    """The others stay as they are."""
    report = report_with(part, title, body)
    gone = {part, CAUSES} if part is LACKS else {part}
    assert (has(report), may_have(report)) == (ALL - gone, set())


@pytest.mark.parametrize(("part", "title", "body"), SAYS_ONE)
def test_one_sentence_that_says_it_makes_a_part(part: PartName, title: str, body: str) -> None:
    report = report_with(part, title, body)
    found = report.part(part)
    assert found.present
    assert found.sentence is not None
    assert found.sentence.text.strip() in body


@pytest.mark.parametrize(("part", "title", "body"), SAYS_SOMETHING)
def test_what_only_a_person_can_tell_is_a_doubt(part: PartName, title: str, body: str) -> None:
    """Neither had nor missing: it is asked about, with the words."""
    report = report_with(part, title, body)
    assert may_have(report) == {part}
    (asked,) = [o for o in report.observations if o.code == "doubtful_part"]
    assert body.strip("。") in asked.message


WORKED = (
    "一、主要举措和成效\n全年审查规范性文件12件，提出修改意见34条。组织执法培训6期，参训人员800人次。"
    "建立府院联动机制，召开联席会议3次。开展普法宣传活动38场，发放资料2万份。办理行政复议案件21件，"
    "调解结案9件。推行证明事项告知承诺，减少证明32项。开展案卷评查2次，评查案卷46卷。"
)
WHERE_THEY_STAND = [
    (
        [
            INTRO,
            WORKED,
            "虽然我县做了大量工作，但离上级要求还有差距，执法队伍专业化水平不高。",
            "下一步，我县将加强执法培训。",
        ],
        {DONE, LACKS, PLANS},
    ),
    (
        [
            INTRO,
            WORKED,
            "在总结成绩的同时，我们也清醒地看到，部分干部法治意识不强。",
            "下一步，加强学法。",
        ],
        {DONE, LACKS, PLANS},
    ),
    (
        [
            INTRO,
            WORKED,
            "但也存在执法力量不足、装备老化等问题，主要原因是财力有限。今后，将加大投入，充实力量。",
        ],
        {DONE, LACKS, CAUSES, PLANS},
    ),
    ([INTRO, WORKED, "下一步：一是加强执法培训；二是完善决策程序。"], {DONE, PLANS}),
    ([INTRO, WORKED, "2025年，我县将加强执法监督。"], {DONE, PLANS}),
    (
        [INTRO, WORKED, "2025年是法治建设的关键之年。我们将加强执法监督，完善决策程序。"],
        {DONE, PLANS},
    ),
    (
        [
            INTRO,
            WORKED,
            "下步工作中，我县将从以下方面着手：",
            "（一）加强执法培训。",
            "（二）完善决策程序。",
        ],
        {DONE, PLANS},
    ),
    ([INTRO, WORKED, "县委书记、县长等主要领导多次主持召开会议，研究法治建设。"], {DONE, LEADERS}),
    ([INTRO, WORKED, "检查发现，部分单位仍存在执法不规范问题，已责令整改。"], {DONE}),
    ([INTRO, WORKED, "督察组指出我县仍存在备案不及时问题，已全部整改到位。"], {DONE}),
    ([INTRO, WORKED, "针对仍存在的薄弱环节，开展专项整治3次。"], {DONE}),
    ([INTRO, WORKED, "企业仍面临融资难问题，组织银企对接12次。"], {DONE}),
    ([INTRO, WORKED, "年初部署下一步工作，印发方案12份。"], {DONE}),
    ([INTRO, WORKED, "会议研究了下一步工作安排。"], {DONE}),
    ([INTRO, WORKED, "下一步工作安排已印发。"], {DONE}),
    ([INTRO, WORKED, "各部门主要负责人带头学法12次。"], {DONE}),
    (
        [INTRO, WORKED, "（三）存在问题：执法力量薄弱。", "（四）下一步打算：充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "1.存在的问题。执法力量薄弱。", "2.下一步打算。充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "二、存在问题及下步打算", "一是法治意识有待进一步提高。二是执法力量薄弱。"],
        {DONE, LACKS},
    ),
    (
        [
            INTRO,
            WORKED,
            "二、存在问题及下步打算",
            "一是执法力量薄弱，下一步将充实力量。二是备案不及时，将加强督促。",
        ],
        {DONE, LACKS, PLANS},
    ),
    (
        [
            INTRO,
            WORKED,
            "二、存在问题及下步打算",
            "（一）存在问题",
            "执法力量薄弱。",
            "（二）下步打算",
            "充实执法力量。",
        ],
        {DONE, LACKS, PLANS},
    ),
    (
        [
            INTRO,
            WORKED,
            "二、存在问题和原因分析",
            "（一）存在问题",
            "执法力量薄弱。",
            "（二）原因分析",
            "编制有限，引进人才难。",
        ],
        {DONE, LACKS, CAUSES},
    ),
    ([INTRO, WORKED, "二、存在的不足和原因", "执法力量薄弱。"], {DONE, LACKS}),
    ([INTRO, WORKED, "二、原因分析", "无"], {DONE}),
    ([INTRO, WORKED, "目录", "一、主要举措……1", "二、存在不足……3", "三、下步打算……5"], {DONE}),
    (["目录", "一、主要举措和成效", "二、存在的不足", "三、下一步打算", INTRO, WORKED], {DONE}),
    (
        [
            "本报告分四部分：一、主要举措和成效；二、存在的不足；三、主要负责人履职情况；四、下一步打算。",
            INTRO,
            WORKED,
        ],
        {DONE},
    ),
    (
        [
            INTRO,
            "一、党政主要负责人履行推进法治建设第一责任人职责情况",
            "县长主持召开会议3次研究法治工作。",
            "二、存在的不足",
            "执法力量薄弱。",
            "三、下一步打算",
            "充实执法力量。",
        ],
        {LACKS, LEADERS, PLANS},
    ),
    (
        [INTRO, WORKED, "存在的不足", "", "执法力量薄弱。", "", "下一步打算", "", "充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "存在的不足", "执法力量薄弱。", "下一步打算", "充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "【存在的不足】", "执法力量薄弱。", "【下一步打算】", "充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "存在的不足：执法力量薄弱。", "下一步打算：充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [
            INTRO,
            WORKED,
            "**二、存在的不足**",
            "执法力量薄弱。",
            "**三、下一步打算**",
            "充实执法力量。",
        ],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "Ⅱ、存在的不足", "执法力量薄弱。", "Ⅲ、下一步打算", "充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "2、存在的不足", "执法力量薄弱。", "3、下一步打算", "充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "二.存在的不足", "执法力量薄弱。", "三.下一步打算", "充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
    (
        [INTRO, WORKED, "二 存在的不足", "执法力量薄弱。", "三 下一步打算", "充实执法力量。"],
        {DONE, LACKS, PLANS},
    ),
]


@pytest.mark.parametrize(("lines", "parts"), WHERE_THEY_STAND)
def test_parts_are_found_wherever_they_stand(lines: list[str], parts: set[PartName]) -> None:
    """Under headings of every form, under none, and not in what only speaks of them."""
    report = read_report("\n".join([*lines, ""]))
    assert (has(report), may_have(report)) == (parts, set())


def test_a_part_is_quoted_by_the_sentence_that_says_it() -> None:
    (whole,) = reports("everything", 1)
    report = read_report(whole.text)
    for part in report.parts:
        assert part.sentence is not None
        assert whole.text[part.sentence.start : part.sentence.end] == part.sentence.text
        assert part.spans[0] == (part.start, part.end)


@pytest.mark.parametrize("source", ["(甲|乙", "甲[乙", "甲|乙", "(甲|(乙))"])
def test_a_phrase_that_is_none_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"^词句写法有误"):
        phrase(source)


def test_phrases_are_what_they_say() -> None:
    pattern = any_of(["^甲…(乙|丙)[丁]戊$", "#次"])
    assert pattern.search("甲一二乙戊")
    assert pattern.search("甲丙丁戊")
    assert not pattern.search("甲,乙戊")
    assert pattern.search("先后三次")
