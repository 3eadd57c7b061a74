"""Names that are listed before their count, and counts of one per place."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from engine.model.report import Verdict
from facts.report.contents import Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import show
from facts.writing.text import words

_COUNTERS: Final = frozenset(words("个 家 项 类 种 部 名 处 所 条 位 户"))
_LONGEST: Final = 160
_FEWEST_PLACES: Final = 5
# a number that a report repeats more often than this is no sign of anything
_MOST_ALIKE: Final = 20
_CLAUSE: Final = regex(r"[,。;:(\n]")
_LAST_TWO: Final = regex(r"([^、]{2,8}?)(?:以及|和|及|与)([^、]{2,8})")
_PER_PLACE: Final = regex(r"(?:在|各|每个?)[^,。;\n]{0,4}$")


def enumerations(reading: Reading) -> list[Relation]:
    """Return 甲镇、乙镇、丙镇3个镇 and the like; an open list (等) proves nothing."""
    found = []
    for index, figure in enumerate(reading.figures):
        if figure.unit not in _COUNTERS or not reading.is_count(index):
            continue
        clause = _CLAUSE.split(reading.before(index, _LONGEST))[-1]
        clause = clause.removesuffix("共").removesuffix("这")
        if "、" not in clause or clause.endswith("等"):
            continue
        relation = _enumeration(reading, index, clause)
        if relation is not None:
            found.append(relation)
    return found


def _enumeration(reading: Reading, index: int, clause: str) -> Relation | None:
    names = clause.split("、")
    # only the last of a list may be joined by 和; elsewhere the character belongs to a name
    if pair := _LAST_TWO.fullmatch(names[-1]):
        names[-1:] = pair.groups()
    value = int(reading.figures[index].value)
    if not 2 <= len(names) <= 20 or not all(2 <= len(name) <= 14 for name in names[1:]):
        return None
    # only a shared last character that the counted noun repeats shows that the list is one
    endings = {name[-1] for name in names if name}
    noun = reading.after(index, 8)
    if len(endings) != 1 or not noun.startswith(tuple(endings)):
        return None
    holds = len(names) == value
    if not holds and re.search("[和及与]", clause):
        return None
    listed = "、".join([names[0][-4:], *names[1:]])
    return Relation(
        kind="enumeration",
        expression=f"count({listed})={value}",
        verdict=Verdict.HOLDS if holds else Verdict.FAILS,
        explanation=f"列名{len(names)}个，所写{value}个，" + ("相符" if holds else "不符"),
        figures=(index,),
    )


def one_each(reading: Reading) -> list[Relation]:
    """Return pairs like 在各镇街摆放16个 / 全市16个镇街: one thing per place."""
    found = []
    alike: dict[Decimal, list[int]] = {}
    for index, figure in enumerate(reading.figures):
        if reading.is_count(index) and figure.value >= _FEWEST_PLACES:
            alike.setdefault(figure.value, []).append(index)
    for place in (index for group in alike.values() for index in group[:_MOST_ALIKE]):
        noun = _noun(reading, place)
        if not noun:
            continue
        for thing in alike[reading.figures[place].value][:_MOST_ALIKE]:
            figure = reading.figures[thing]
            if thing == place:
                continue
            clause = _CLAUSE.split(reading.before(thing, 30))[-1]
            at = clause.find(noun)
            if at > 0 and _PER_PLACE.search(clause[:at]):
                value = show(figure.value)
                found.append(
                    Relation(
                        kind="one_each",
                        expression=f"{value}={value}",
                        verdict=Verdict.HOLDS,
                        explanation=f"{noun}{value}个，与在各{noun}的数目{value}一致（各一）",
                        figures=(thing, place),
                    )
                )
    return found


def _noun(reading: Reading, index: int) -> str:
    """The bare noun right after a figure's unit: 镇办 of 16个镇办."""
    if reading.figures[index].unit not in _COUNTERS:
        return ""
    match = re.match(r"([\u4e00-\u9fff]{2,4})(?=[0-9,。;、)])", reading.after(index, 6))
    return match[1] if match else ""
