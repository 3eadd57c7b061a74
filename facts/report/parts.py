"""The parts that an annual report must have, recognised by what their headings say."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from facts.report.contents import Part, PartName
from facts.report.sections import Heading, Outline
from facts.report.view import View

_CUES: Final[tuple[tuple[PartName, re.Pattern[str]], ...]] = (
    (
        PartName.LEADERS,
        re.compile(
            r"主要负责(?:人|同志)[^。]{0,20}(?:履|职责|责任)|第一责任人[^。]{0,14}(?:履|职责|情况)"
            r"|履行[^。]{0,16}第一责任人|主要领导[^。]{0,12}(?:履(?:职|行)|推进|抓)"
        ),
    ),
    (
        PartName.PROBLEMS,
        re.compile(
            r"(?:存在|主要|面临|突出)[^。]{0,8}(?:问题|不足|短板|困难|薄弱)|(?:问题|不足|短板|差距)(?:和|与|及|以及|、)"
            r"|(?:需|有待|尚待)(?:要)?(?:进一步)?(?:改进|加强|完善|提升)的"
            r"|不足之处|薄弱环节|^(?:问题|不足|短板)|(?:问题|不足|困难|差距)$"
        ),
    ),
    (PartName.CAUSES, re.compile("原因|成因")),
    (
        PartName.PLANS,
        re.compile(
            r"下一?(?:步|阶段|年度?)|明年|来年|今后|(?:19|20)[0-9]{2}年度?(?:的)?(?:主要)?(?:工作)?"
            r"(?:计划|打算|安排|思路|重点|设想)|工作(?:计划|打算|安排|思路)|努力方向|展望$|(?:打算|安排|计划)$"
        ),
    ),
    (
        PartName.ACHIEVEMENTS,
        re.compile(
            r"基本情况|(?:主要|重点|特色|具体|年度)?(?:举措|做法|成效|成绩|成果|亮点)|(?:工作|建设|推进|落实|开展|完成|进展)"
            r"(?:主要|总体)?情况|主要工作|工作回顾|工作总结"
        ),
    ),
)
# the leader acts in person; being listed, assessed or urged is somebody else's act
_LEADER_ACTS: Final = re.compile(
    r"(?:党政主要负责(?:人|同志)|主要负责同志|主要领导(?:同志)?|党政“?一把手”?|(?:党组|党委|[市区县]委)书记、?"
    r"|(?:市长|县长|区长|镇长|局长|主任))[^。;\n]{0,20}"
    r"(?:主持召开|专题听取|听取[^。;,]{0,16}汇报|亲自|带头(?:讲|学|述|作|开展|宣讲)|定期听取|先后[^。;,]{0,8}次|专题研究|多次)"
)
_NOT_AN_ACT: Final = re.compile("列入|纳入|考核|督促|推动各|要求各|督察|述法评议|指导各")
_CAUSES_ONLY: Final = re.compile("^(?:主要|问题)?(?:原因|成因)(?:分析|剖析)?")
_FEWEST_ITEMS: Final = 2
_SHORTEST_ITEM: Final = 4
_CAUSE: Final = re.compile(
    r"原因(?:是|在于|主要|有|:|,)|究其(?:原因|根源)|(?:主要)?(?:是)?由于|主要是因为|根源(?:是|在于)|归因于"
    r"|(?:受|因)[^,。;]{2,14}(?:影响|制约|不足|所限)"
)


def find_parts(view: View, outline: Outline) -> tuple[Part, ...]:
    """Return all five parts in the order of :class:`PartName`; absent ones have no span."""
    spans = _by_heading(outline.headings)
    parts = []
    for name in PartName:
        if name in spans:
            parts.append(Part(name, *view.span(*spans[name]), "heading"))
            continue
        found = None
        if name is PartName.CAUSES and PartName.PROBLEMS in spans:
            found = cause_in(view, *spans[PartName.PROBLEMS])
        elif name is PartName.LEADERS:
            found = _leader_acts(view)
        elif name is PartName.ACHIEVEMENTS:
            found = _before_the_rest(spans)
        parts.append(Part(name, *view.span(*found), "text") if found else Part(name))
    return tuple(parts)


def _by_heading(found: list[Heading]) -> dict[PartName, tuple[int, int]]:
    """Give each part the highest heading that speaks of it; one heading may serve several."""
    spans: dict[PartName, tuple[int, int]] = {}
    levels: dict[PartName, int] = {}
    for heading in found:
        if heading.level > 2:
            continue
        names = [name for name, cue in _CUES if cue.search(heading.title)]
        if PartName.ACHIEVEMENTS in names and len(names) > 1:
            names.remove(PartName.ACHIEVEMENTS)
        for name in names:
            if name not in spans or heading.level < levels[name]:
                spans[name] = heading.start, heading.end
                levels[name] = heading.level
    return spans


def cause_in(view: View, start: int, end: int) -> tuple[int, int] | None:
    """Return the sentence within the view span that gives a cause, as a view span."""
    match = _CAUSE.search(view.text, start, end)
    return _sentence_around(view.text, match.start(), match.end()) if match else None


def _leader_acts(view: View) -> tuple[int, int] | None:
    for match in _LEADER_ACTS.finditer(view.text):
        start, end = _sentence_around(view.text, *match.span())
        clause = view.text[max(start, match.start() - 20) : min(end, match.end() + 20)]
        if not _NOT_AN_ACT.search(clause):
            return start, end
    return None


def _before_the_rest(spans: dict[PartName, tuple[int, int]]) -> tuple[int, int] | None:
    """Reports that head their achievements by topic have them before the problems."""
    later = [spans[name][0] for name in (PartName.PROBLEMS, PartName.PLANS) if name in spans]
    return (0, min(later)) if later and min(later) > 200 else None


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind(mark, max(0, start - 400), start) for mark in "。\n") + 1
    lasts = [text.find(mark, end, end + 400) for mark in "。\n"]
    last = min((position for position in lasts if position >= 0), default=end)
    return max(first, 0), last


def items_in(outline: Outline, part: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the view spans of the items that a part lists: its headings without deeper ones.

    A heading that only announces causes lists none.
    """
    start, end = part
    inside = [h for h in outline.headings if start < h.start < end]
    leaves = [
        heading
        for heading, following in zip_longest(inside, inside[1:])
        if (following is None or following.level <= heading.level)
        and not _CAUSES_ONLY.search(heading.title)
    ]
    if len(leaves) < _FEWEST_ITEMS:
        return []
    items = [(heading.start, min(heading.end, end)) for heading in leaves]
    return [(first, last) for first, last in items if last - first > _SHORTEST_ITEM]
