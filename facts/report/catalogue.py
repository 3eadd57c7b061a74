"""The indicator catalogue: what a figure can be about, as data in ``indicators/*.yaml``.

A pattern is written in a small notation that can only say linear things:

- ``#`` is the figure with its unit, ``§`` any other figure
- ``…`` skips up to 12 characters within the clause, ``……`` up to 40 within the sentence
- ``(甲|乙)`` is a choice, ``[甲]`` may be missing; everything else stands for itself
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from engine.model.regex import regex
from engine.model.shipped import shipped_files, shipped_text
from facts.writing.text import words

UNIT_FAMILIES: Final[dict[str, frozenset[str]]] = {
    "matter": frozenset(
        words(
            "件 起 宗 份 个 项 部 篇 条 例 笔 单 批 批次 件次 宗次 项次 起次 条次 次 "
            "类 种 套 处 款 章 则 大项 小项"
        )
    )
    | {""},
    "case": frozenset(words("件 起 宗 例 笔 批 批次 件次 宗次 起次 次 份")) | {""},
    "document": frozenset(words("份 件 个 部 篇 册 本 张 卷 宗 套 条 期 批 项 则 封 块 幅 处"))
    | {""},
    "people": frozenset(words("人 名 位 对")) | {""},
    # who came three times is counted three times
    "attendance": frozenset(["人次"]),
    "occasion": frozenset(
        words("次 场 场次 期 轮 轮次 批 批次 堂 节 个 讲 件 项 班次 课次 期次 项次")
    )
    | {""},
    "organisation": frozenset(words("个 家 户 所 处 支 家次 户次 间 座 组 类 镇 条 队")) | {""},
    "thing": frozenset(words("个 台 套 台件 块 幅 张 份 本 册 件 处 组 枚 条 辆 艘 项 余 架"))
    | {""},
    "rate": frozenset(["%", "‰"]),
    "point": frozenset(["百分点"]),
    "money": frozenset(["元"]),
    "time": frozenset(words("天 工作日 自然日 小时 分钟 个月 学时 课时")),
    "area": frozenset(["平方米", "平方公里", "亩", "公顷", "处"]),
}
_FIGURE: Final = "了?#"
"""A figure; 制发了2件 is 制发2件."""
# of each mark: what it may stand for, and how long that is at most
_MARKS: Final = {
    "……": (r"([^。\n#]{0,40}?)", 40),
    "…": (r"([^。,;\n#§]{0,12}?)", 12),
    "#": (_FIGURE, 2),
    "§": ("§", 1),
}
_TOKEN: Final = regex(r"……|…|#|§|[(]([^()]+)[)]|\[([^\[\]]+)\]|([^()\[\]…#§]+)")


@dataclass(frozen=True, slots=True)
class Beside:
    """The words nearest to a pattern's figure, of which one must be there.

    It begins at most ``reach`` characters before the figure, or ends as far ``after`` it; where it
    is ``close``, within the same clause and with no other figure between.
    """

    words: tuple[str, ...]
    reach: int
    after: bool
    close: bool


@dataclass(frozen=True)
class Pattern:
    """A pattern; of each choice in ``required`` a word must be there for it to match at all.

    ``keys`` is the choice that says most, ``beside`` the one nearest to the figure.
    """

    source: str
    expression: str
    keys: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    weight: int
    beside: Beside

    def spoken_of(self, line: str) -> bool:
        """Whether all its words stand in a line: only then is it worth compiling."""
        for choice in self.required:
            for word in choice:
                if word in line:
                    break
            else:
                return False
        return True

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when its words first stand in a text: of hundreds a report needs a few."""
        return regex(self.expression)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that reports count. ``outline`` is the section of the 2021–2025 outline.

    ``context``: words of which one must stand near, with none of ``nearer`` nearer still.
    ``without``: words that its clause must not have; ``not_under``: words that the heading above
    must not have.
    """

    slug: str
    title: str
    units: frozenset[str]
    patterns: tuple[Pattern, ...]
    outline: str
    acts: tuple[str, ...]
    denies: bool = False
    lists: bool = False
    context: tuple[str, ...] = ()
    nearer: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    not_under: tuple[str, ...] = ()
    adverse: bool = False
    fewer_is_better: bool = False
    topics: tuple[str, ...] = ()


def compile_pattern(source: str) -> Pattern:
    """Read the notation above; raise ValueError (in Chinese) for anything else."""
    parts: list[str] = []
    pieces: list[str] = []
    required: list[tuple[str, ...]] = []
    widths: list[int] = []
    places: list[int] = []
    weight = 0
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if not match:
            raise ValueError(f"指标句式写法有误：{source}（第{position + 1}字处）")
        position = match.end()
        piece, choice, maybe, literal = match.group(), match[1], match[2], match[3]
        pieces.append(piece)
        if piece in _MARKS:
            expression, width = _MARKS[piece]
            parts.append(expression)
            widths.append(width)
            continue
        words = tuple((choice or maybe or literal).split("|"))
        joined = "|".join(re.escape(word) for word in words)
        parts.append(f"(?:{joined})" + ("?" if maybe else ""))
        widths.append(max(map(len, words)))
        if not maybe:
            required.append(words)
            places.append(len(parts) - 1)
            weight += min(map(len, words))
    if source.count("#") != 1 or not required:
        raise ValueError(f"指标句式须恰有一个#，并至少有一个词：{source}")
    keys = max(required, key=lambda words: (min(map(len, words)), -len(words)))
    figure = parts.index(_FIGURE)
    nearest = min(places, key=lambda place: abs(place - figure))
    first, last = sorted((nearest, figure))
    return Pattern(
        source,
        "".join(parts),
        keys,
        tuple(required),
        weight,
        beside=Beside(
            required[places.index(nearest)],
            reach=sum(widths[first : last + 1]) - 1,
            after=nearest > figure,
            close=not {"……", "§"} & set(pieces[first : last + 1]),
        ),
    )


@lru_cache(maxsize=1)
def indicators() -> tuple[Indicator, ...]:
    """Return all indicators that come with fazhi, sorted by slug."""
    folder = shipped_files(Path(__file__).with_name("indicators"))
    return read_indicators({file.name: shipped_text(file) for file in folder})


def read_indicators(texts: Mapping[str, str]) -> tuple[Indicator, ...]:
    """The indicators written in `texts`, YAML by file name, sorted by slug.

    Raise ValueError (in Chinese) for a faulty or repeated entry.
    """
    found: dict[str, Indicator] = {}
    for file, text in sorted(texts.items()):
        for row in load_yaml(text):
            indicator = _indicator(row, file)
            if indicator.slug in found:
                raise ValueError(f"{file}：指标 {indicator.slug} 重复")
            found[indicator.slug] = indicator
    return tuple(found[slug] for slug in sorted(found))


@lru_cache(maxsize=1)
def by_slug() -> dict[str, Indicator]:
    """Return the catalogue keyed by slug."""
    return {indicator.slug: indicator for indicator in indicators()}


def load_yaml(text: str) -> Any:  # noqa: ANN401 - plain data from our own files
    """Parse one of our own YAML files; the C loader where there is one, it is ten times faster."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders


def _indicator(row: dict[str, Any], file: str) -> Indicator:
    known = {
        "slug",
        "title",
        "units",
        "patterns",
        "outline",
        "acts",
        "denies",
        "lists",
        "context",
        "nearer",
        "without",
        "not_under",
        "adverse",
        "fewer_is_better",
        "topics",
    }
    unknown = set(row) - known
    if unknown or not {"slug", "title", "units", "patterns", "outline", "acts"} <= set(row):
        raise ValueError(f"{file}：指标 {row.get('slug', '?')} 字段有误：{sorted(unknown)}")
    families = row["units"] if isinstance(row["units"], list) else [row["units"]]
    units = frozenset().union(*(UNIT_FAMILIES.get(name, {name}) for name in families))
    return Indicator(
        slug=row["slug"],
        title=row["title"],
        units=units,
        patterns=tuple(compile_pattern(source) for source in row["patterns"]),
        outline=row["outline"],
        acts=tuple(row["acts"]),
        denies=bool(row.get("denies", False)),
        lists=bool(row.get("lists", False)),
        context=tuple(row.get("context", ())),
        nearer=tuple(row.get("nearer", ())),
        without=tuple(row.get("without", ())),
        not_under=tuple(row.get("not_under", ())),
        adverse=bool(row.get("adverse", False)),
        fewer_is_better=bool(row.get("fewer_is_better", row.get("adverse", False))),
        topics=tuple(row.get("topics", ())),
    )
