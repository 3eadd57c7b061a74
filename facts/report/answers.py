"""Which plans answer a problem: those that name its object; one of its field alone is a doubt."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine.model.regex import regex
from engine.model.shipped import shipped_text
from facts.report.catalogue import load_yaml
from facts.report.statements import bare
from facts.report.wording import wording

_ENOUGH: Final = 3.2
"""Two shared pairs of characters, or one that the report hardly uses otherwise."""
_HAN: Final = regex("[\u4e00-\u9fff]+")
_PIECES: Final = regex("[,;:。、]|以及")
_PAIR: Final = 2

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Data:
    """The lists of ``objects.yaml``."""

    things: tuple[Group, ...]
    fields: tuple[Group, ...]
    empty: frozenset[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Object:
    """A thing that a problem is about: the words for its head, and the pairs that say which."""

    head: Group
    which: frozenset[str]


class Answers:
    """The plans of a report, asked for what answers a problem."""

    def __init__(self, plans: Iterable[str], text: str) -> None:
        self._plans = list(plans)
        self._pairs = [_pairs(plan) for plan in self._plans]
        self._fields = [_fields(plan) for plan in self._plans]
        self._rarity = _rarity(text)

    def to(self, problem: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The indexes of the plans that name the problem's object, and of those of its field."""
        objects = objects_of(problem)
        pairs, fields = _pairs(problem), _fields(problem)
        sure = [i for i in range(len(self._plans)) if any(self._names(i, one) for one in objects)]
        maybe = [
            index
            for index in range(len(self._plans))
            if index not in sure
            and (fields & self._fields[index] or self._tie(pairs, index) >= _ENOUGH)
        ]
        return tuple(sure), tuple(maybe)

    def _names(self, index: int, thing: _Object) -> bool:
        """Whether a plan has the head of a thing, and says of the same one."""
        told = any(word in self._plans[index] for word in thing.head)
        return told and (not thing.which or bool(thing.which & self._pairs[index]))

    def _tie(self, pairs: frozenset[str], index: int) -> float:
        return sum(self._rarity.get(pair, 0.0) for pair in pairs & self._pairs[index])


def objects_of(problem: str) -> list[_Object]:
    """What is lacking, clause by clause: the 力量 of 乡镇执法 in 部分乡镇执法力量薄弱."""
    found = []
    for piece in _PIECES.split(bare(problem)):
        lack = wording().lack.search(piece)
        if lack is None:
            continue
        words = _data().behind.sub("", _data().before.sub("", piece[: lack.start()]))
        words = "".join(_HAN.findall(words)) or piece[lack.end() :]  # 缺乏专业人才
        if len(words) >= _PAIR:
            found.append(_object(words))
    return found


def _object(words: str) -> _Object:
    """The head is what stands last, with the other words for it."""
    for group in _data().things:
        ending = max((word for word in group if words.endswith(word)), key=len, default="")
        if ending:
            return _Object(group, _pairs(words.removesuffix(ending)))
    return _Object((words[-_PAIR:],), _pairs(words[:-_PAIR]))


def _fields(text: str) -> frozenset[int]:
    groups = enumerate(_data().fields)
    return frozenset(index for index, group in groups if any(word in text for word in group))


def _pairs(text: str) -> frozenset[str]:
    runs = _HAN.findall(text)
    found = {run[i : i + _PAIR] for run in runs for i in range(len(run) - 1)}
    return frozenset(found - _data().empty)


def _rarity(text: str) -> dict[str, float]:
    """How much a shared pair of characters says: the rarer in the report, the more."""
    counts: Counter[str] = Counter()
    for run in _HAN.findall(text):
        counts.update(run[i : i + _PAIR] for i in range(len(run) - 1))
    return {pair: 2.2 / (1 + math.log(count)) for pair, count in counts.items()}


@lru_cache(maxsize=1)
def _data() -> _Data:
    text = shipped_text(Path(__file__).with_name("objects.yaml"))
    data: dict[str, Any] = load_yaml(text)
    things, fields = (tuple(tuple(group) for group in data[name]) for name in ("同物", "同领域"))
    before, behind = ("|".join(map(re.escape, data[name])) for name in ("谁", "收尾"))
    return _Data(
        things,
        fields,
        frozenset(data["虚词"].split()),
        regex(f"^(?:{before}){{1,8}}"),
        regex(f"(?:{behind}){{1,6}}$"),
    )
