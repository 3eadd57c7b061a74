"""Names settled before records are made: whose number a name is, which office is part of which.

The engines compare values letter by letter, so one person or agency must have one value. What
names one for certain is replaced by it; what may name one is unknown where the two would meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from engine.model.facts import Problem
from engine.model.regex import regex
from engine.model.schema import Schema
from engine.model.values import Elements, Record
from facts.joining.nodes import Node, Tops, all_of, walk
from facts.writing.meanings import CellState
from facts.writing.text import spelled

_NUMBER: Final = r"([A-Z]+[A-Z0-9-]*[0-9][A-Z]?|[0-9]{3,}[A-Z]?)"
_TOGETHER: Final = regex(rf"{_NUMBER}([一-鿿·]{{2,}})|([一-鿿·]{{2,}}){_NUMBER}")
_TITLE: Final = (
    r"(?:主持人|记录人|办案人员|审核人|副?(?:[局厅处科股所院队室组站]|[大中支总]队)长|副?主任|副?书记"
    r"|[一二三四]级(?:主任)?科员|科员|法制员|执法员|同志)"
)
_TITLED: Final = regex(rf"(?:{_TITLE}[:：]?)*(.+?)(?:[（(\[].*[)）\]]|{_TITLE})*")
"""A person with what he is: 王某（副科长）, 主持人：王某, 王某同志."""
_TITLES: Final = regex(f"{_TITLE}+")
_NO_BRACKETS: Final = dict.fromkeys(map(ord, "（）()[]【】:：/"), None)
_DIGITS: Final = regex(r"[0-9]+")
_HAN: Final = regex(r"[一-鿿]")
_OFFICES: Final = tuple("局科股室队办处所委院厅会署")
_SELVES: Final = regex(
    r"(?:本|我|承办|主办|经办|起草|办案)(?:局|委|厅|办|队|所|院|镇|乡|街道|单位|机关|部门|[科处股]室|[科股])"
)
_GROUP: Final = regex(
    "[0-9一二两三四五六七八九十几多]+[人名]|等$|^(?:全体|全员|全局|全队|所有|各(?:科|股|队|所|单位))|若干|[有相]关人员"
)
"""Several persons of whom none is named."""
_FROM_TO: Final = regex("[-~至到/]")
_SEVERAL: Final = regex(r"[、，,；;/和与及]")
_LEVELS: Final = tuple("省市县区")
_SHORTEST: Final = 3
_MOST_ALIKE: Final = 1_000
"""Agencies of the rosters, alike in their first and last character, that a name is held against."""


def settle_names(schema: Schema, tops: Tops, place: Record) -> list[Problem]:
    """Settle one value for every person and agency; what can't be told of any is a problem.

    Linear in the records; short names are held against the other names of the folder once.
    """
    nodes = all_of(tops)
    problems: list[Problem] = []
    agencies = _Agencies(schema, nodes, place, problems)
    for node in nodes:
        agencies.settle(node)
    people = _People(nodes, problems)
    for node in nodes:
        people.settle(node)
    for of_type in tops.values():
        for top in of_type:
            people.settle_group(top)
    return problems


# --- persons ---------------------------------------------------------------------------------


class _People:
    """The persons that rosters hold, by number and by name, each with its unit."""

    def __init__(self, nodes: Iterable[Node], problems: list[Problem]) -> None:
        self._problems = problems
        self._numbers: dict[str, str] = {}
        self._names: dict[str, dict[str, object]] = defaultdict(dict)
        for node in nodes:
            roster = node.type.roster
            if roster is None:
                continue
            number, name = node.value(node.type.key[0]), node.value(roster.name)
            if isinstance(number, str):
                known = spelled(name) if isinstance(name, str) else ""
                self._numbers[number] = known
                self._names[known][number] = node.value(roster.unit)
        self._names.pop("", None)

    def settle(self, node: Node) -> None:
        """A name becomes the number of the one person that it can be."""
        for path in () if node.type.roster is not None else node.kind.persons:
            value = node.value(path)
            if isinstance(value, str) and value not in self._numbers:
                self._settle(node, path, value)

    def _settle(self, node: Node, path: str, value: str) -> None:
        both = _TOGETHER.fullmatch(value.translate(_NO_BRACKETS))
        number, name = (both[1] or both[4], both[2] or both[3]) if both else ("", _bare(value))
        if name in self._numbers:
            number, name = name, value.removeprefix(name).translate(_NO_BRACKETS)
        if number and _TITLES.fullmatch(name):
            name = self._numbers.get(number, "")
        fitting = self._fitting(name, node)
        if number in self._numbers:
            if self._numbers[number] in ("", name):
                node.settled[path] = number
            else:
                said = f"“{number}”的姓名不是“{name}”，不知是谁"
                self._problems.append(node.doubt(path, said, "请核对"))
        elif len(fitting) == 1:
            node.settled[path] = fitting[0]
        elif fitting:
            said = f"有{len(fitting)}人同名，不知是哪一人"
            self._problems.append(node.doubt(path, said, "请写人员编号"))
        elif number:
            node.settled[path] = number
        elif name != value and len(name) == 1:
            said = "只写了姓和职务，不知是哪一人"
            self._problems.append(node.doubt(path, said, "请写人员编号或姓名"))
        elif self._is_several(value):
            said = "写的不止一人，看不出是哪几人"
            self._problems.append(node.doubt(path, said, "请逐个写人员编号，用顿号隔开"))
        elif _is_office(value, _agencies_around(node)):
            said = f"“{node.type.fields[path].title}”应写是谁，这里写的是单位"
            self._problems.append(node.doubt(path, said, "请写人员编号或姓名"))

    def _is_several(self, value: str) -> bool:
        """R01至R03, 全体人员, 2人: who they are nobody can tell."""
        ends = _FROM_TO.split(value)
        known = any(one in self._numbers or one in self._names for one in ends)
        return (len(ends) > 1 and known) or _GROUP.search(value) is not None

    def _fitting(self, name: str, node: Node) -> list[str]:
        """The numbers of those who bear a name, in the record's own unit if that tells."""
        bearers = self._names.get(name, {})
        if len(bearers) > 1:
            units = set(_texts(node)) | set(() if node.parent is None else _texts(node.parent))
            own = [number for number, unit in bearers.items() if unit in units]
            return own or [*bearers]
        return [*bearers]

    def settle_group(self, top: Node) -> None:
        """Names and numbers of one matter that no roster holds may be the same persons."""
        unnamed: list[str] = []
        names = []
        for node in walk(top):
            for path in node.kind.persons:
                value = node.value(path)
                if not isinstance(value, str):
                    continue
                if _HAN.search(value) and not any(map(str.isdigit, value)):
                    names.append((node, path))
                elif not self._numbers.get(value):
                    unnamed.append(value)
        for node, path in names if unnamed else ():
            said = f"不知与“{unnamed[0]}”是不是同一人，对不上人员名册"
            hint = "请写人员编号，或把人员补进执法人员台账"
            self._problems.append(node.doubt(path, said, hint))


def _bare(value: str) -> str:
    """A name without the title that stands before or behind it."""
    titled = _TITLED.fullmatch(value)
    return value if titled is None else titled[1]


def _is_office(value: str, agencies: Iterable[str]) -> bool:
    """Whether what should name a person names an agency or its office; a number names neither."""
    if any(map(str.isdigit, value)):
        return False
    if _SELVES.match(value) or any(value.startswith(name) for name in agencies):
        return True
    return len(value) > _SHORTEST and value.endswith(_OFFICES)


# --- agencies --------------------------------------------------------------------------------


def _texts(node: Node) -> Iterator[str]:
    """The agencies that a record names."""
    return _named([node.value(path) for path in node.kind.agencies])


def _named(values: Iterable[CellState | None]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Elements):
            yield from (item for item in value.items if isinstance(item, str))


def _agencies_around(node: Node) -> set[str]:
    """The agencies that a record names, its parent's and its children's among them."""
    around = [node, *node.children(), *(() if node.parent is None else (node.parent,))]
    return {name for one in around for name in _texts(one)}


class _Agencies:
    """The names of agencies in a folder: which are one, which may be short for another."""

    def __init__(
        self, schema: Schema, nodes: Iterable[Node], place: Record, problems: list[Problem]
    ) -> None:
        self._problems = problems
        self._joins = {
            name: {mine for link in t.links.values() for mine in link.on.values()}
            for name, t in schema.types.items()
        }
        fields = schema.types[place.type].fields if place.type in schema.types else {}
        self._of_rosters: dict[str, set[str]] = {}
        self._place = set(_named(place.values.get(p) for p, spec in fields.items() if spec.agency))
        self._rest = _rest_of(place)
        known = set(self._place)
        rosters: set[str] = set()
        for node in nodes:
            if node.kind.agencies:
                known.update(_texts(node))
                key = node.type.key
                if len(key) == 1 and node.type.fields[key[0]].agency:
                    rosters.update(_named([node.value(key[0])]))
        self._same = self._of_this_place(known, place)
        self._rosters = {self._same.get(name, name) for name in rosters}
        self._by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in sorted(self._rosters):
            self._by_ends[self._ends(name)].append(name)

    def _of_this_place(self, known: set[str], place: Record) -> dict[str, str]:
        """司法局, 县司法局 → 清溪县司法局, where the folder of 清溪县 names that too."""
        name = place.values.get("name")
        if not isinstance(name, str):
            return {}
        full = {self._rest(one): one for one in sorted(known) if one.startswith(spelled(name))}
        full |= {self._rest(one): one for one in sorted(self._place)}
        return {
            one: full[self._rest(one)]
            for one in known - self._place
            if full.get(self._rest(one), one) != one
        }

    def _ends(self, name: str) -> tuple[str, str]:
        rest = self._rest(name)
        return rest[:1], rest[-1:]

    def _in_full(self, name: str, others: Iterable[str]) -> set[str]:
        """Those that a name may be short for: 清溪县城市管理局 of 县城管局.

        Two that stand side by side in one roster, or in fazhi.yaml, are two.
        """
        rest, ends = self._rest(name), self._ends(name)
        apart = [known for known in (self._rosters, self._place) if name in known]
        return {
            other
            for other in others
            if self._ends(other) == ends
            and 1 < len(rest) < len(longer := self._rest(other))
            and not any(other in known for known in apart)
            and _is_within(rest, longer)
        }

    def _in_roster(self, name: str) -> set[str]:
        """Those of the rosters that a name may be short for.

        Of more that begin and end alike than can be held against it, nobody can tell.
        """
        if name in self._rosters:
            return set()
        if name not in self._of_rosters:
            alike = self._by_ends.get(self._ends(name), [])
            found = self._in_full(name, alike[:_MOST_ALIKE])
            self._of_rosters[name] = found or set(alike[_MOST_ALIKE : _MOST_ALIKE + 1])
        return self._of_rosters[name]

    def settle(self, node: Node) -> None:
        """Replace what names an agency for certain; what may name another here is unknown."""
        for path in node.kind.agencies:
            value = node.value(path)
            if isinstance(value, Elements):
                items = dict.fromkeys(self._same.get(str(item), str(item)) for item in value.items)
                if tuple(items) != value.items:
                    node.settled[path] = replace(value, items=tuple(items))
            if not isinstance(value, str):
                continue
            if value in self._same:
                value = node.settled[path] = self._same[value]
            if path in node.kind.offices and self._office(node, path):
                continue
            around = {self._same.get(name, name) for name in _agencies_around(node)}
            meant = self._in_full(value, around | self._place)
            if path in self._joins[node.type.type]:
                meant |= self._in_roster(value)
            if meant:
                self._doubt(node, path, min(meant))
        for path in node.kind.offices:
            # who names others beside the agency's own office isn't the agency alone
            if path not in node.kind.agencies and not _SEVERAL.search(str(node.value(path))):
                self._office(node, path)

    def _office(self, node: Node, path: str) -> bool:
        """An office of the agency it is within is the agency: 城市管理局财务科, 本局, 办案机关."""
        whole = node.type.fields[path].within or ""
        value, agency = node.value(path), node.value(whole)
        if not isinstance(value, str) or not isinstance(agency, str):
            return False
        agency = self._same.get(agency, agency)
        titles = {node.type.fields[whole].title, *node.type.fields[whole].synonyms}
        mine, theirs = self._rest(value), self._rest(agency)
        if _SELVES.match(value) or value.startswith(tuple(titles)) or mine.startswith(theirs):
            node.settled[path] = agency
            return True
        heads = (mine[:end] for end in range(_SHORTEST, len(mine)))
        ends = theirs[0], theirs[-1]
        if any((head[0], head[-1]) == ends and _is_within(head, theirs) for head in heads):
            self._doubt(node, path, agency)
            return True
        return False

    def _doubt(self, node: Node, path: str, other: str) -> None:
        said = f"像是“{other}”的简称，不知是不是同一单位"
        hint = "请写全称，或在“设置.xlsx”的“单位别名”（fazhi.yaml 的 agencies）里写明"
        self._problems.append(node.doubt(path, said, hint))


def _rest_of(place: Record) -> Callable[[str], str]:
    """What is left of a name without the name or the level of this place."""
    name, superior = place.values.get("name"), place.values.get("superior")
    heads: list[str] = []
    if isinstance(name, str) and len(name) > 1:
        here = spelled(name)
        heads = [here, here[:-1]] if len(here) > 2 else [here]
        above = superior if isinstance(superior, str) else ""
        if here[-1] in _LEVELS and not above.endswith(here[-1]):
            heads.append(here[-1])

    @cache
    def rest(one: str) -> str:
        head = next((h for h in heads if one.startswith(h) and len(one) > len(h) + 1), "")
        return one.removeprefix(head)

    return rest


def _is_within(short: str, long: str) -> bool:
    """Whether the characters of a short name stand in a longer one in the same order.

    Numbers are never shortened: 第6局 is not short for 第16执法局.
    """
    characters = iter(long)
    numbers = _DIGITS.findall(short)
    return numbers in ([], _DIGITS.findall(long)) and all(one in characters for one in short)
