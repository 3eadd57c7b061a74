"""Whole reports as places write them, with the parts, problems and answers a reader must find.

A kind is one way of having or not having a part; of each there are as many reports as one likes.
What a report has is known because it was put there. Nothing here is taken from a report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from facts.report import PartName

DONE, LACKS, CAUSES, LEADERS, PLANS = PartName
ALL = frozenset(PartName)
YEAR = 2024
PLACE = "青石县"


@dataclass(frozen=True)
class Whole:
    """A report and the truth of it.

    ``problems`` are the problems of this year, word for word, where a kind is about them;
    ``unanswered`` those of them that no plan answers, ``doubtful`` those that a person must look
    at. A part in neither ``parts`` nor ``unclear`` is found nowhere.
    """

    text: str
    parts: frozenset[PartName]
    unclear: frozenset[PartName] = frozenset()
    problems: tuple[str, ...] | None = None
    unanswered: tuple[str, ...] | None = None
    doubtful: tuple[str, ...] | None = None


Section = tuple[str, str]
Kind = Callable[[Random], Whole]
KINDS: dict[str, Kind] = {}

# what is lacking, how, and what would mend it
THINGS = [
    ("乡镇执法力量", "薄弱", "充实乡镇执法力量"),
    ("重大行政决策程序", "执行不够严格", "完善重大行政决策程序"),
    ("规范性文件备案", "不及时", "抓实规范性文件备案"),
    ("行政复议审理质效", "有待提升", "提升行政复议审理质效"),
    ("普法宣传的针对性", "不强", "增强普法宣传的针对性"),
    ("合同审查档案", "不够齐全", "健全合同审查档案"),
    ("执法记录设备", "老化", "更新执法记录设备"),
    ("行政处罚案卷", "制作不规范", "规范行政处罚案卷制作"),
    ("部门间数据共享", "不畅", "打通部门间数据共享"),
    ("干部法治培训", "覆盖面偏窄", "扩大干部法治培训覆盖面"),
]
WHO = ["", "", "部分", "个别单位", "有的地方"]
WHY = [
    "原因是编制有限",
    "主要是因为承办单位启动晚",
    "究其原因，是衔接机制没有理顺",
    "由于专业人才流动大",
]
# among what was done stands much that sounds like a part and is none
WORK = [
    "全年审查规范性文件12件，提出修改意见34条。",
    "聚焦群众反映强烈的突出问题开展专项整治，查处违法行为21起。",
    "制定年度普法工作计划，组织宣传活动15场次。",
    "紧盯薄弱环节补齐装备短板，配发执法记录仪40台。",
    "执法检查发现问题16个，已全部督促整改到位。",
    "年初印发工作安排，把任务分解到23个单位。",
    "对标先进找差距，政务大厅办件时间压缩一半。",
    "分析案件成因，向主管部门发出建议书3份。",
    "组织各部门主要负责人述法9人次，并将履职情况列入年度考核。",
]
LEADER = [
    "县长主持召开4次县政府常务会议研究法治政府建设。",
    "县委书记专题听取法治工作汇报2次。",
    "县政府主要负责人主持召开四次常务会议专题研究执法体制改革。",
    "党政主要负责同志带头讲法治课3次。",
    "县委、县政府主要领导先后5次研究解决行政争议化解中的难题。",
]
NOTHING = [
    "无",
    "无。",
    "略",
    "（略）",
    "略。",
    "待定",
    "暂无",
    "暂无。",
    "同上",
    "见附件",
    "详见附件2。",
    "另行报送。",
    "待补充",
    "此处略去。",
    "没有。",
    "/",
    "——",
    "……",
    "×××",
    "本部分内容待完善。",
    "（此处填写具体内容）",
    "内容同上年。",
    "不涉及。",
    "N/A",
]
HEADS = {
    DONE: ["主要举措和成效", "工作开展情况", "推进法治政府建设的主要做法及成效"],
    LACKS: ["存在的不足", "存在的问题和不足", "存在的主要问题", "当前存在的短板"],
    LEADERS: [
        "党政主要负责人履行推进法治建设第一责任人职责情况",
        "主要负责人履职情况",
        "县政府主要负责同志履行第一责任人职责情况",
    ],
    PLANS: [
        f"{YEAR + 1}年工作安排",
        "下一步工作打算",
        "下年度工作计划",
        "下步推进法治政府建设的主要安排",
    ],
}
_TENS = "一二三四五六七八九十"


def kind(make: Kind) -> Kind:
    """Enter a kind under its name."""
    KINDS[make.__name__] = make
    return make


def reports(name: str, number: int) -> list[Whole]:
    """So many reports of a kind, always the same ones."""
    return [KINDS[name](Random(f"{name}/{n}")) for n in range(number)]  # noqa: S311 - no secrets


def things(rng: Random, number: int) -> list[tuple[str, str, str]]:
    return rng.sample(THINGS, number)


def lack(rng: Random, thing: tuple[str, str, str]) -> str:
    return rng.choice(WHO) + thing[0] + thing[1]


def lacks(rng: Random, found: list[tuple[str, str, str]], *, why: bool = True) -> str:
    """The body of the part on problems."""
    said = [lack(rng, one) + (f"，{rng.choice(WHY)}" if why else "") for one in found]
    return listed(rng, said)


def listed(rng: Random, said: list[str]) -> str:
    """Items as a list of one of the usual kinds."""
    match rng.randrange(4):
        case 0:
            return "".join(f"{_TENS[n]}是{words}。" for n, words in enumerate(said))
        case 1:
            return "\n".join(f"（{_TENS[n]}）{words}。" for n, words in enumerate(said))
        case 2:
            return "\n".join(f"{n + 1}．{words}。" for n, words in enumerate(said))
        case _:
            return "".join(f"{words}。" for words in said)


def plans(rng: Random, found: list[tuple[str, str, str]]) -> str:
    """The body of the part on next year."""
    return listed(
        rng, [f"{one[2]}，{rng.choice(['细化措施', '压实责任', '逐项推进'])}" for one in found]
    )


def work(rng: Random) -> str:
    return "\n".join(rng.sample(WORK, 6))


def whole_sections(rng: Random) -> dict[PartName, Section]:
    """A report that has everything."""
    found = things(rng, 3)
    bodies = {
        DONE: work(rng),
        LACKS: lacks(rng, found),
        LEADERS: "".join(rng.sample(LEADER, 2)),
        PLANS: plans(rng, found),
    }
    return {name: (rng.choice(HEADS[name]), body) for name, body in bodies.items()}


def lay(rng: Random, sections: list[Section], head: str = "", tail: str = "") -> str:
    """Number the sections and set them, as one of the usual forms."""
    form = rng.randrange(4)
    lines = [
        f"{PLACE}{YEAR}年法治政府建设年度报告",
        f"{YEAR}年，{PLACE}坚持依法行政。现将情况报告如下。",
    ]
    lines += [head] if head else []
    for number, (title, body) in enumerate(sections):
        mark = (f"{_TENS[number]}、", f"第{_TENS[number]}部分　", "## ", f"{_TENS[number]}、")[form]
        lines += [mark + title, *([body] if body else [])]
    lines += [tail] if tail else []
    return ("\n\n" if form == 3 else "\n").join(lines) + "\n"


def told(rng: Random, sections: dict[PartName, Section], parts: frozenset[PartName]) -> Whole:
    return Whole(lay(rng, list(sections.values())), parts)


def without(rng: Random, name: PartName, body: str, title: str = "") -> Whole:
    """A report whose part of that name says nothing that counts."""
    sections = whole_sections(rng)
    sections[name] = (title or sections[name][0], body)
    gone = {name, CAUSES} if name is LACKS else {name}
    return told(rng, sections, ALL - gone)


@kind
def everything(rng: Random) -> Whole:
    return told(rng, whole_sections(rng), ALL)


@kind
def empty_part(rng: Random) -> Whole:
    return without(rng, rng.choice([DONE, LACKS, LEADERS, PLANS]), "")


@kind
def part_that_says_nothing(rng: Random) -> Whole:
    return without(rng, rng.choice([DONE, LACKS, LEADERS, PLANS]), rng.choice(NOTHING))


@kind
def items_that_say_nothing(rng: Random) -> Whole:
    body = "\n".join(f"（{_TENS[n]}）{rng.choice(NOTHING)}" for n in range(2))
    return without(rng, rng.choice([LACKS, PLANS]), body)


@kind
def table_of_contents(rng: Random) -> Whole:
    """What a table of contents names and the text doesn't have."""
    sections = whole_sections(rng)
    tail = rng.choice(["", "……{}", "\t{}", " .......... {}"])
    head = "\n".join(
        [
            "目录",
            *(
                f"{_TENS[n]}、{title}{tail.format(n + 1)}"
                for n, (title, _) in enumerate(sections.values())
            ),
        ]
    )
    gone = rng.choice([LACKS, LEADERS, PLANS])
    del sections[gone]
    left = ALL - ({gone, CAUSES} if gone is LACKS else {gone})
    return Whole(lay(rng, list(sections.values()), head), left)


@kind
def contents_and_parts(rng: Random) -> Whole:
    sections = whole_sections(rng)
    head = "\n".join(f"{_TENS[n]}、{title}" for n, (title, _) in enumerate(sections.values()))
    return Whole(lay(rng, list(sections.values()), f"目　录\n{head}"), ALL)


SOUND_ALIKE: dict[PartName, list[Section]] = {
    LACKS: [
        ("聚焦突出问题，开展专项整治", "整治占道经营，查处违法行为18起，整改率100%。"),
        ("坚持问题导向，补齐短板弱项", "新建司法所3个，配备人员12名。"),
        ("着力解决群众反映的困难和问题", "办结群众诉求360件。"),
        ("深化问题整改", "巡视反馈的7个问题已全部整改完成。"),
        ("强化薄弱环节监管", "对9家企业开展检查，督促消除隐患15处。"),
        ("破解执法难题、化解矛盾问题", "建立联动机制，解决执法不规范问题6个。"),
    ],
    PLANS: [
        ("制定年度工作计划", "年初印发工作要点，明确任务32项。"),
        ("全面完成普法规划和工作安排", "八五普法规划各项任务已全部完成。"),
        ("落实上级工作部署和安排", "按照上级安排完成了6项改革任务。"),
        (f"{YEAR}年工作计划完成情况", "计划的28项任务已全部完成。"),
    ],
    LEADERS: [
        ("压实主要负责人责任", "将各部门主要负责人履职情况列入年度考核。"),
        ("督促各级主要负责人履行第一责任人职责", "组织12个乡镇党政主要负责人述法。"),
    ],
}


@kind
def headings_that_sound_alike(rng: Random) -> Whole:
    sections = whole_sections(rng)
    gone = rng.choice([LACKS, PLANS, LEADERS])
    sections[gone] = rng.choice(SOUND_ALIKE[gone])
    left = ALL - ({gone, CAUSES} if gone is LACKS else {gone})
    order = [
        sections[DONE],
        sections[gone],
        *(s for n, s in sections.items() if n not in (DONE, gone)),
    ]
    return Whole(lay(rng, order), left)


@kind
def items_that_sound_alike(rng: Random) -> Whole:
    """The same a level lower, among the achievements."""
    sections = whole_sections(rng)
    gone = rng.choice([LACKS, PLANS, LEADERS])
    title, body = rng.choice(SOUND_ALIKE[gone])
    done = f"（一）{title}\n{body}\n（二）规范行政执法\n{work(rng)}"
    sections = {name: s for name, s in sections.items() if name is not gone} | {
        DONE: (sections[DONE][0], done)
    }
    left = ALL - ({gone, CAUSES} if gone is LACKS else {gone})
    return told(rng, sections, left)


JUDGES_OTHERS = [
    "已列入年度考核。",
    "将党政主要负责人履行推进法治建设第一责任人职责情况列入领导干部年度考核内容。",
    "组织各乡镇党政主要负责人述法，对履职不力的2名主要负责人进行约谈。",
    "把各部门主要负责人履职情况纳入绩效考核，督促其履行职责。",
    "听取12名部门主要负责人述法汇报由县委依法治县办组织，评议结果已通报。",
    "要求各级主要负责人每年至少听取2次法治工作汇报。",
    "党政主要负责人应当每年主持研究法治工作。",
    "压实各级党政主要负责人责任，推动法治建设各项任务落实。",
    "分管副县长多次主持召开推进会。",
    "2023年，县长主持召开常务会议研究法治工作3次。",
    "县长将主持召开会议研究法治工作。",
]


@kind
def leaders_who_judge_others(rng: Random) -> Whole:
    return without(rng, LEADERS, "".join(rng.sample(JUDGES_OTHERS, rng.randint(1, 2))))


LEADER_ACTS = [
    "县长先后三次主持召开常务会议听取法治政府建设情况汇报。",
    "市政府主要负责人主持召开四次常务会议专题研究。",
    "县委书记、县长分别听取行政复议工作汇报2次。",
    "镇长亲自研究重大合同审查事项。",
    "局主要负责人带头学法6次，并作法治专题辅导。",
    "主要领导多次研究部署执法规范化工作。",
    "县委主要负责同志对3起行政争议作出批示。",
    "区长王某主持会前学法8次。",
    "党政“一把手”带队调研基层法治建设2次。",
]


@kind
def leaders_sentence_anywhere(rng: Random) -> Whole:
    """A sentence about the leaders' own acts under a heading of any level, or none."""
    sections = whole_sections(rng)
    del sections[LEADERS]
    said = rng.choice(LEADER_ACTS)
    mark = rng.choice(
        [
            "（一）加强组织领导。",
            "1．压实责任。",
            "（1）高位推动。",
            "一是强化统筹。",
            "",
            "### 领导带头\n",
        ]
    )
    sections[DONE] = (sections[DONE][0], f"{mark}{said}\n{work(rng)}")
    return told(rng, sections, ALL)


@kind
def leaders_without_a_subject(rng: Random) -> Whole:
    """Under their heading the leaders needn't be named again."""
    said = rng.choice(
        [
            "主持召开县政府常务会议4次，研究法治政府建设事项。",
            "全年听取法治工作汇报2次。",
            "带头参加学法活动，作专题辅导1次。",
            "先后3次开展法治建设专题调研。",
        ]
    )
    sections = whole_sections(rng)
    sections[LEADERS] = (sections[LEADERS][0], said)
    return told(rng, sections, ALL)


SOLVED = [
    "已全部整改到位",
    "已完成整改",
    "现已解决",
    "已整改销号",
    "整改完毕",
    "均已纠正",
    "得到有效解决",
]


@kind
def last_years_problems(rng: Random) -> Whole:
    """Nothing but what was wrong last year and is mended."""
    found = things(rng, 2)
    last = rng.choice(["上年度", "去年", "2023年", "上一年度"])
    end = rng.choice(SOLVED)
    body = rng.choice(
        [
            f"{last}督察反馈的{found[0][0]}{found[0][1]}、{found[1][0]}{found[1][1]}等问题{end}。",
            f"{last}报告指出的{found[0][0]}{found[0][1]}问题，{end}。{found[1][0]}{found[1][1]}问题{end}。",
            f"一是{last}存在的{found[0][0]}{found[0][1]}问题{end}。二是{found[1][0]}{found[1][1]}的问题{end}。",
        ]
    )
    return without(rng, LACKS, body)


@kind
def two_years_problems(rng: Random) -> Whole:
    """Last year's with what was done about them, and this year's, under headings alike."""
    sections = whole_sections(rng)
    old, new = things(rng, 4)[:2], things(rng, 2)
    old = [one for one in old if one not in new] or [next(t for t in THINGS if t not in new)]
    title = rng.choice(["存在问题及整改情况", "上年度存在问题整改情况", "存在的问题"])
    last = rng.choice(["上年度", "去年", "2023年"])
    rectified = "".join(f"{last}存在的{one[0]}{one[1]}问题，{rng.choice(SOLVED)}。" for one in old)
    said = [lack(rng, one) for one in new]
    sections[LACKS] = (
        "存在的问题",
        "".join(f"{_TENS[n]}是{words}。" for n, words in enumerate(said)),
    )
    sections[PLANS] = (sections[PLANS][0], plans(rng, new))
    order = [sections[DONE], (title, rectified), *(sections[n] for n in (LACKS, LEADERS, PLANS))]
    return Whole(lay(rng, order), ALL - {CAUSES}, problems=tuple(said), unanswered=())


BACKWARD = [
    "2024年，全县开展执法检查120次，办结案件86件。",
    "已完成法治政府建设任务32项。",
    "过去一年，我们按照年度安排开展了普法宣传38场。",
    "全年组织培训12期，培训人员800人次。",
    "按照2024年工作计划，各项任务已全部完成。",
    "2023年工作安排已落实到位。",
]


@kind
def plans_that_look_back(rng: Random) -> Whole:
    return without(rng, PLANS, "".join(rng.sample(BACKWARD, rng.randint(1, 2))))


@kind
def parts_without_headings(rng: Random) -> Whole:
    """Problems in a paragraph that admits them, plans in one that begins with what comes next."""
    found = things(rng, 3)
    sections = whole_sections(rng)
    items = "；".join(f"{_TENS[n]}是{one[0]}{one[1]}" for n, one in enumerate(found))
    opening = rng.choice(
        [
            "虽然我县法治政府建设取得了一定成效，但仍存在一些薄弱环节，{}。",
            "但也存在一些不足：{}。",
            "与此同时，我们也清醒认识到，工作中还存在不少差距，{}。",
            "尽管取得了成绩，但与群众期盼相比还有差距，{}。",
            "对照上级要求，法治政府建设还存在一些问题，{}。",
        ]
    )
    coming = rng.choice(
        ["下一步，我县将", "下一步，", "2025年，我们将", "今后，我县将继续", "下一年度，将重点"]
    )
    said = opening.format(items)
    plan = coming + "、".join(one[2] for one in found) + "，不断提升依法行政水平。"
    done = f"{work(rng)}\n\n{said}\n\n{plan}"
    text = lay(
        rng,
        [
            (sections[DONE][0], ""),
            ("规范权力运行", work(rng)),
            sections[LEADERS],
            ("提升治理效能", done),
        ],
    )
    return Whole(
        text, ALL - {CAUSES}, problems=tuple(f"{one[0]}{one[1]}" for one in found), unanswered=()
    )


@kind
def a_list_within_a_sentence(rng: Random) -> Whole:
    found = things(rng, rng.randint(2, 5))
    said = [lack(rng, one) for one in found]
    mark = rng.choice(["，", "："]) if rng.random() < 0.8 else ""
    stop = rng.choice(["；", "；", "，"])
    opening = rng.choice(
        ["虽然取得一定成效，但还存在一些薄弱环节", "法治政府建设仍有差距", "工作中还有不少不足"]
    )
    body = opening + mark + stop.join(f"{_TENS[n]}是{words}" for n, words in enumerate(said)) + "。"
    sections = whole_sections(rng)
    sections[LACKS] = (sections[LACKS][0], body)
    sections[PLANS] = (sections[PLANS][0], plans(rng, found))
    return Whole(
        lay(rng, list(sections.values())), ALL - {CAUSES}, problems=tuple(said), unanswered=()
    )


@kind
def solved_where_it_is_said(rng: Random) -> Whole:
    one, other = things(rng, 2)
    said = rng.choice(
        [
            f"针对{one[0]}{one[1]}问题，增配人员12名，问题得到有效解决。",
            f"针对{one[0]}{one[1]}的问题，制定整改方案，已整改到位。",
        ]
    )
    sections = whole_sections(rng)
    sections[DONE] = (sections[DONE][0], f"{said}\n全年办理复议案件21件。")
    sections[LACKS] = (sections[LACKS][0], f"一是{other[0]}{other[1]}。二是{other[0]}的经费紧张。")
    sections[PLANS] = (sections[PLANS][0], f"{other[2]}，保障{other[0]}的经费。")
    return Whole(lay(rng, list(sections.values())), ALL - {CAUSES}, unanswered=())


# a problem, a plan that names its object, one that only speaks of the same field
SAME_FIELD = [
    ("规范性文件备案不及时", "抓好规范性文件报备，做到应备尽备", "开展规范性文件清理"),
    ("乡镇执法力量薄弱", "为乡镇补充执法人员", "规范行政执法行为"),
    ("重大行政决策听证走过场", "改进重大行政决策听证", "编制重大行政决策目录"),
    ("行政复议审理周期偏长", "缩短行政复议审理周期", "推进行政复议规范化场所建设"),
    ("普法宣传形式单一", "丰富普法宣传形式", "编制普法责任清单"),
    ("行政诉讼败诉率偏高", "降低行政诉讼败诉率", "落实行政诉讼统计制度"),
]


@kind
def answered_by_the_same_object(rng: Random) -> Whole:
    """The object answers; the field alone leaves a doubt; another field answers nothing."""
    (problem, answer, field), (other, _, _) = rng.sample(SAME_FIELD, 2)
    which = rng.randrange(3)
    plan = (answer, field, "建设数字档案室")[which]
    sections = whole_sections(rng)
    sections[LACKS] = (sections[LACKS][0], f"一是{problem}。二是{other}。")
    other_answer = next(a for p, a, _ in SAME_FIELD if p == other)
    sections[PLANS] = (sections[PLANS][0], f"（一）{plan}。\n（二）{other_answer}。")
    return Whole(
        lay(rng, list(sections.values())),
        ALL - {CAUSES},
        problems=(problem, other),
        unanswered=(problem,) if which == 2 else (),
        doubtful=(problem,) if which == 1 else (),
    )
