"""Numbers that a record names another by: one that is written otherwise there is no miss.

A number that no record has, and that is one of theirs but for its marks or what stands around it,
is unknown: who is named can't be told, and the records it may name must not be thought unnamed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from engine.model.facts import Problem
from engine.model.field import Holds
from engine.model.regex import regex
from engine.model.schema import Schema
from facts.joining.nodes import Node, Tops, all_of
from facts.writing.numerals import NUMERAL_SIGNS, chinese_number
from facts.writing.text import document_number, fold

_TITLE: Final = regex("《[^《》]*》")
_AROUND: Final = "()（）:：,，文"
_IN_FIGURES: Final = regex(f"[{NUMERAL_SIGNS}]+")
_PARTS: Final = regex("[0-9]+|[a-z一-鿿]+")
_ENDINGS: Final = regex("[第号號字发文年]")
_YEAR: Final = regex("[12][0-9]{3}")
_COUNTED: Final = regex("〔[12][0-9]{3}〕[0-9]+")
_HEAD: Final = regex(".+?〔[12][0-9]{3}〕[0-9]+")
_LONGEST: Final = 200
_NUMBERS: Final = frozenset([Holds.DOCUMENT_NUMBER, Holds.IDENTIFIER])


def settle_numbers(schema: Schema, tops: Tops) -> list[Problem]:
    """Settle the numbers of those that records name; what can't be told of one is a problem.

    Linear in the records.
    """
    nodes = all_of(tops)
    asked = _asked(schema)
    wanted = {target for of_type in asked.values() for target in of_type.values()}
    known: dict[tuple[str, str], _Known] = {target: _Known() for target in wanted}
    named: dict[str, list[str]] = {}
    for name, path in wanted:
        named.setdefault(name, []).append(path)
    for node in nodes:
        for path in named.get(node.type.type, ()):
            value = node.value(path)
            if isinstance(value, str):
                known[node.type.type, path].add(value, node.value(node.type.label or path))
    return [
        problem
        for node in nodes
        for path, target in asked[node.type.type].items()
        for problem in _settled(node, path, known[target])
    ]


def _asked(schema: Schema) -> dict[str, dict[str, tuple[str, str]]]:
    """By type: which of its fields name a record, and by which field of which type.

    What a record is called itself names no other.
    """
    return {
        name: {
            mine: (link.to, theirs)
            for link in record_type.links.values()
            for theirs, mine in link.on.items()
            if mine in record_type.fields
            and mine not in record_type.key
            and record_type.fields[mine].holds in _NUMBERS
            and (link.to, theirs) != (name, mine)
        }
        for name, record_type in schema.types.items()
    }


class _Known:
    """The numbers that the records of one type have."""

    def __init__(self) -> None:
        self.whole: dict[str, str] = {}
        self._alike: dict[tuple[str, ...], str] = {}
        self._heads: dict[str, str] = {}
        self._called: dict[str, str] = {}

    def add(self, number: str, called: object) -> None:
        """Know one more and what it is called; of those that are alike the first stands for all."""
        word = fold(number)
        if isinstance(called, str):
            self._called.setdefault(_untitled(called), number)
        if word in self.whole:
            return
        self.whole[word] = number
        parts = _parts(word)
        self._alike.setdefault(parts, number)
        self._alike.setdefault(tuple(part for part in parts if not _YEAR.fullmatch(part)), number)
        head = _HEAD.match(word)
        if head is not None:
            self._heads.setdefault(head[0], number)

    def alike(self, value: str) -> str | None:
        """One that the value may be: other marks, more around it, or its title."""
        word = fold(value)[:_LONGEST]
        titles = [*_TITLE.findall(word), word]
        called = next((self._called[t] for t in map(_untitled, titles) if t in self._called), None)
        alike = called or self._alike.get(_parts(word))
        if alike is not None:
            return alike
        within = (
            word[start : found.end()]
            for found in _COUNTED.finditer(word)
            for start in range(found.start())
        )
        return next((self._heads[head] for head in within if head in self._heads), None)


def _settled(node: Node, path: str, known: _Known) -> Iterable[Problem]:
    """Settle the number that a field names a record by; what can't be told of it."""
    value = node.value(path)
    if not isinstance(value, str) or fold(value) in known.whole:
        return
    untitled = document_number(_TITLE.sub("", value).strip(_AROUND))
    if fold(untitled) in known.whole:
        node.settled[path] = known.whole[fold(untitled)]
        return
    other = known.alike(value)
    if other is not None:
        said = f"台账里没有这个号，像是“{other}”，不知是不是同一件"
        yield node.doubt(path, said, "请写成同一个号，一格一个号")


def _untitled(title: str) -> str:
    return fold(title).strip("《》")


def _parts(word: str) -> tuple[str, ...]:
    """The letters and the figures of a number, without zeros before and marks between."""
    word = _IN_FIGURES.sub(lambda found: str(chinese_number(found[0]) or found[0]), word)
    parts = _PARTS.findall(_ENDINGS.sub("-", word))
    return tuple(part.lstrip("0") or "0" for part in parts)
