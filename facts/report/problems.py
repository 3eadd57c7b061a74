"""Problems that the report admits, and the plans that answer them."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from facts.report.catalogue import load_yaml
from facts.report.contents import Part, PartName, Plan, Problem
from facts.report.context import Reading
from facts.report.parts import cause_in, items_in
from facts.report.view import View
from facts.writing.text import words

# two of these, or one that the report hardly uses otherwise, make a match
_ENOUGH: Final = 3.2
# no report lists more; beyond, the text is something else
_MOST: Final = 200
_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_ADMITTED: Final = re.compile(
    r"针对(?![^。,;\n]{0,8}(?:存在|工作中|发现|反馈|检查|热点|难点|上述|突出|各类|重点))"
    r"[^。,;\n]{4,24}?(?:问题|短板|不足)"
)
# words every report uses of everything; they tie nothing to anything
_EMPTY: Final = frozenset(
    words(
        "法治 政府 建设 行政 工作 进一 一步 不够 存在 问题 加强 提高 能力 水平 机制 制度 依法 "
        "全面 推进 持续 不断 完善 强化 个别 部分 有待 有的 方面 情况 和不 仍需 需要 还需 有效 "
        "开展 落实 深入 健全 规范 提升 尚不 不健 一些 比较 还有 力度 部门 单位 机关"
    )
)


def find_plans(reading: Reading) -> tuple[Plan, ...]:
    """Return the items of the part on next year's arrangements."""
    part = _part(reading, PartName.PLANS)
    return tuple(
        Plan(reading.view.quote(start, end).strip(), *reading.view.span(start, end))
        for start, end in _items(reading, part)
    )


def find_problems(reading: Reading, plans: tuple[Plan, ...]) -> tuple[Problem, ...]:
    """Return the admitted problems in text order, each with the plans that answer it."""
    view = reading.view
    part = _part(reading, PartName.PROBLEMS)
    spans = [(start, end, "part") for start, end in _items(reading, part)]
    told = [_view_span(view, part), _view_span(view, _part(reading, PartName.PLANS))]
    spans += [
        (*match.span(), "body")
        for match in _ADMITTED.finditer(view.text)
        if not any(span and span[0] <= match.start() < span[1] for span in told)
    ]
    rarity = _rarity(view.text)
    folded = [_spoken(_fold(view, plan.start, plan.end)) for plan in plans[:_MOST]]
    found = []
    for start, end, where in sorted(spans)[:_MOST]:
        words = _spoken(view.text[start:end])
        answers = tuple(
            index
            for index, plan in enumerate(folded)
            if words.themes & plan.themes or _tie(words, plan, rarity) >= _ENOUGH
        )
        cause = cause_in(view, start, end)
        found.append(
            Problem(
                text=view.quote(start, end).strip(),
                start=view.span(start, end)[0],
                end=view.span(start, end)[1],
                where=where,
                plans=answers,
                cause=view.span(*cause) if cause else None,
            )
        )
    return tuple(found)


def _part(reading: Reading, name: PartName) -> Part:
    return next(part for part in reading.parts if part.name is name)


def _items(reading: Reading, part: Part) -> list[tuple[int, int]]:
    """The listed items of a part, else its sentences, the heading left out."""
    span = _view_span(reading.view, part)
    if span is None or part.found_by != "heading":
        return []
    items = items_in(reading.outline, span)
    if items:
        return items
    heading = next((h for h in reading.outline.headings if h.start == span[0]), None)
    start = heading.body if heading else span[0]
    return reading.sentences.spans(start, span[1])


def _view_span(view: View, part: Part) -> tuple[int, int] | None:
    if part.start is None or part.end is None:
        return None
    return view.position(part.start), view.position(part.end)


def _fold(view: View, start: int, end: int) -> str:
    return view.text[view.position(start) : view.position(end)]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a piece of text speaks of: its pairs of characters, and the themes they touch."""

    pairs: frozenset[str]
    themes: frozenset[int]


def _spoken(text: str) -> _Spoken:
    touched = (
        index for index, theme in enumerate(_themes()) if any(word in text for word in theme)
    )
    return _Spoken(frozenset(_bigrams(text)), frozenset(touched))


def _bigrams(words: str) -> set[str]:
    runs = _HAN.findall(words)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)} - _EMPTY


def _rarity(text: str) -> dict[str, float]:
    """How much a shared pair of characters says: the rarer in the report, the more."""
    counts: Counter[str] = Counter()
    for run in _HAN.findall(text):
        counts.update(run[i : i + 2] for i in range(len(run) - 1))
    return {pair: 2.2 / (1 + math.log(count)) for pair, count in counts.items()}


def _tie(problem: _Spoken, plan: _Spoken, rarity: dict[str, float]) -> float:
    return sum(rarity.get(pair, 0.0) for pair in problem.pairs & plan.pairs)


@lru_cache(maxsize=1)
def _themes() -> tuple[tuple[str, ...], ...]:
    text = files("facts.report").joinpath("themes.yaml").read_text(encoding="utf-8")
    return tuple(tuple(words) for words in load_yaml(text))
