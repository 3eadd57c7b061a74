"""Column headers to fields: titles, synonyms, groups over two rows, units in brackets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from engine.model.field import FieldKind, FieldType, Holds
from engine.model.record_type import RecordType
from engine.model.regex import regex
from engine.model.schema import Schema
from facts.writing.measure import measures
from facts.writing.text import fold, nearest

_ORDINALS: Final = frozenset({"序号", "编号", "号", "no.", "no"})
_IGNORED: Final = frozenset({"序号", "no.", "no", "编号"})
_UNIT_ENDS: Final = ("元", "时", "%", "美金")
_OF_TERM: Final = 90
"""The rank of a header for both ends of a term: columns of their own are closer."""
_ENDS: Final = (
    ("起", "自", "始", "从", "开始", "起始", "起始日期", "开始日期", "起始时间", "开始时间"),
    ("止", "至", "终", "到", "结束", "截止", "终止", "截止日期", "结束日期", "终止日期", "截止时间",
     "结束时间", "到期日期", "届满日期", "止日期"),
)  # fmt: skip
"""The headers below one that stands over both ends of a term."""
_DAYS: Final = ("日期", "时间")
_OF_A_DAY: Final = (*_DAYS, "日", "年月日")
_SHORT: Final = 2
"""A header this short, 起 or 日期, says little without the end of the group above it."""
_OTHERWISE: Final = regex(
    "计划|^拟|预[计定]|暂定|估[计算]|目标|^应(?![填写急])|^未|^原|^旧|草案|草稿|初[稿审]|[上前去往历]年|[上前]次|下级|上级|二次|第二|作废|废止|取消|修[改订]前"
)
"""What makes of a day or a thing another one: 讨论日期（计划）, 送审日期（上次）."""
_BY_OTHERS: Final = regex("部门|科室|内部|本局|本单位|起草单位|承办单位")
"""Who did it instead; where a unit or a person is asked for, it only says what to write."""
_NAMES: Final = (Holds.UNIT, Holds.NAME, Holds.PERSON)
_LEAD: Final = regex(r"^[*★#]*(?:[0-9]{1,3}[.、])?[*★#]*")


@dataclass(frozen=True, slots=True)
class Target:
    """What a column holds: a field, an object, a list in one cell, or a key of the parent.

    `path` is a field of the sheet's type; with `list` a field of that list's elements, where an
    empty `path` is the list itself. `parent`: `path` is a field of the parent type.
    """

    path: str = ""
    list: str = ""
    parent: bool = False

    @property
    def is_list(self) -> bool:
        """Whether a whole list stands in one cell."""
        return bool(self.list) and not self.path


@dataclass(frozen=True, slots=True)
class Match:
    """A header that was recognised. A lower `rank` is a closer match.

    `unit` is the unit of its numbers as the header, or the group above it, names it. `term`: both
    ends of a term stand in its cells, `second` being the last.
    """

    target: Target
    rank: int
    unit: str = ""
    second: Target | None = None
    term: bool = False


@dataclass(slots=True)
class Headings:
    """Every header that a sheet of one record type may carry."""

    type: RecordType
    schema: Schema
    words: dict[str, tuple[int, Target]] = field(default_factory=dict)
    groups: dict[str, dict[str, tuple[int, Target]]] = field(default_factory=dict)
    terms: dict[str, tuple[Target, Target]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for term in self.type.terms:
            ends = Target(term.first), Target(term.last)
            for word in term.column:
                self.terms[fold(word)] = ends
                self._add(word, _OF_TERM, ends[0])
                within = self.groups.setdefault(fold(word), {})
                for end, words in zip(ends, _ENDS, strict=True):
                    for below in words:
                        _keep(within, below, _OF_TERM, end)
        self._own()
        self._nested()
        self._parent()

    def find(self, text: str, group: str = "") -> Match | None:
        """What the header stands for; `group` is the header above it in a two-row heading."""
        folded = header_text(text)
        base, unit = bracket(folded)
        above = header_text(group)
        for word in dict.fromkeys((folded, base)):
            if word in self.terms:
                first, last = self.terms[word]
                return Match(first, _OF_TERM, second=last, term=True)
            found = self._lookup(word, above)
            if found is not None:
                rank, target = found
                if word != folded and self._is_otherwise(target, unit):
                    return None
                return Match(target, rank, self._unit(target, unit or bracket(above)[1]))
        return self._pair(base, above)

    def _lookup(self, word: str, above: str) -> tuple[int, Target] | None:
        if not word:
            return None
        if not above and "." in word:
            above, _, word = word.rpartition(".")
            found = self.words.get(f"{above}.{word}")
            if found is not None:
                return found
            above = above.rpartition(".")[2]
        if above:
            within = self.groups.get(bracket(above)[0], {})
            found = within.get(word)
            for joined in () if found is not None else joined_heads(above, word):
                found = found or self.words.get(joined)
            if found is not None:
                return found
        found = self.words.get(word)
        if above and found is not None:
            spec = self.spec(found[1])
            if spec is not None and spec.type is FieldKind.DATE and _OTHERWISE.search(above):
                return None
        return found

    def _is_otherwise(self, target: Target, said: str) -> bool:
        """Whether what stands in brackets behind a header makes it another one."""
        spec = self.spec(target)
        if spec is None:
            return False
        names = spec.agency or spec.holds in _NAMES
        return bool(_OTHERWISE.search(said) or (not names and _BY_OTHERS.search(said)))

    def _pair(self, word: str, above: str) -> Match | None:
        """送审/反馈日期: one column for two fields, whose cells hold two values."""
        heads, second = pair_heads(word)
        for head in heads:
            one, two = self._lookup(head, above), self._lookup(second, above)
            if one and two and one[1] != two[1]:
                return Match(one[1], one[0], second=two[1])
        return None

    def spec(self, target: Target) -> FieldType | None:
        """The field that a target names; None for a list and an unknown one."""
        return self.owner(target).fields.get(target.path)

    def unites(self, target: Target) -> bool:  # noqa: ARG002 - those of a form may
        """Whether several columns of a field give its items together."""
        return False

    def owner(self, target: Target) -> RecordType:
        """The record type whose field a target names."""
        if target.list:
            return self.schema.types[self.type.nested[target.list].of]
        if target.parent and self.type.parent:
            return self.schema.types[self.type.parent]
        return self.type

    def title(self, target: Target) -> str:
        """The Chinese title of a target."""
        spec = self.spec(target)
        if target.list:
            title = self.type.nested[target.list].title
            return title if spec is None else f"{title}·{spec.title}"
        return spec.title if spec is not None else target.path

    def nearest(self, text: str, may_be: Callable[[Target], bool] = lambda _: True) -> str:
        """The title of the closest header of those that it may be, or nothing."""
        words = [word for word, (_, target) in self.words.items() if may_be(target)]
        close = nearest(header_text(text), words)
        return self.title(self.words[close][1]) if close else ""

    def _unit(self, target: Target, unit: str) -> str:
        """The unit that a header's bracket names, if it is one for such a field."""
        spec = self.spec(target)
        if spec is None or spec.type not in (FieldKind.INT, FieldKind.NUMBER):
            return ""
        unit = unit.removeprefix("单位:").removeprefix("人民币")
        told = measures(unit, spec.unit) or unit.endswith(_UNIT_ENDS) or unit in ("万", "千")
        return unit if told else ""

    # --- the tables ----------------------------------------------------------------------

    def _own(self) -> None:
        for path, spec in self.type.fields.items():
            target = Target(path)
            self._add(path, 0, target)
            self._add(spec.title, 0, target)
            for place, synonym in enumerate(spec.synonyms):
                self._add(synonym, 10 + place, target)
            for word in _day_names(spec, (spec.title, *spec.synonyms)):
                self._add(word, 200, target)
            head = path.rpartition(".")[0]
            if head:
                self._grouped(self.type.fields[head].title, self.type.fields[head], spec, target)

    def _grouped(
        self, title: str, group: FieldType, spec: FieldType, target: Target, rank: int = 5
    ) -> None:
        """A field below an object: known by its title under the object's, or joined to it."""
        for above in (title, *group.synonyms):
            within = self.groups.setdefault(fold(above), {})
            for place, word in enumerate((spec.title, *spec.synonyms)):
                _keep(within, fold(word), rank + place, target)
                self._add(above + word, rank + 30 + place, target)

    def _nested(self) -> None:
        for name, nested in self.type.nested.items():
            child = self.schema.types[nested.of]
            whole = Target(list=name)
            self._add(name, 0, whole)
            for place, word in enumerate((nested.title, *nested.synonyms)):
                self._add(word, 40 + place, whole)
            for path, spec in child.fields.items():
                target = Target(path, list=name)
                self._add(f"{name}.{path}", 0, target)
                self._add(spec.title, 60, target)
                for word in _day_names(spec, (spec.title,)):
                    self._add(word, 260, target)
                for above in dict.fromkeys((nested.title, child.title, *nested.synonyms)):
                    within = self.groups.setdefault(fold(above), {})
                    for place, word in enumerate((spec.title, *spec.synonyms)):
                        _keep(within, fold(word), 50 + place, target)
                        self._add(above + word, 70 + place, target)

    def _parent(self) -> None:
        if self.type.parent is None:
            return
        parent = self.schema.types[self.type.parent]
        for path in dict.fromkeys((*parent.key, *((parent.label,) if parent.label else ()))):
            spec = parent.fields[path]
            target = Target(path, parent=True)
            rank = 5 if path in parent.key else 100
            self._add(f"{parent.type}.{path}", 0, target)
            self._add(spec.title, rank, target)
            for place, word in enumerate(spec.synonyms):
                if fold(word) not in _ORDINALS:
                    self._add(word, rank + 20 + place, target)
        if len(parent.key) == 1:
            target = Target(parent.key[0], parent=True)
            for word in (parent.type, f"所属{parent.title}", f"{parent.title}编号", parent.title):
                self._add(word, 45, target)

    def _add(self, word: str, rank: int, target: Target) -> None:
        _keep(self.words, fold(word), rank, target)


def _day_names(spec: FieldType, known: Iterable[str]) -> Iterator[str]:
    """The other ways to write the names of a day: 审查日期, 审查时间, 审查日 are one."""
    for word in known if spec.type is FieldKind.DATE else ():
        for tail in _DAYS:
            if word.endswith(tail) and len(word) > len(tail):
                yield from (word.removesuffix(tail) + other for other in _OF_A_DAY)


def _keep(words: dict[str, tuple[int, Target]], word: str, rank: int, target: Target) -> None:
    if word and (word not in words or rank < words[word][0]):
        words[word] = (rank, target)


@lru_cache(maxsize=65536)
def header_text(text: str) -> str:
    """A header for matching: folded, without ordinals, stars and colons."""
    return _LEAD.sub("", fold(text)).rstrip("*:★")


def ignored(text: str) -> bool:
    """Whether a column only numbers the rows."""
    return header_text(text) in _IGNORED


def is_closer(one: tuple[str, int], other: tuple[str, int]) -> bool:
    """Of two columns for the same field, whether `one` (its header, its rank) is to be read.

    A column that says it numbers the rows, 序号, is never taken for the key while a column of
    real numbers stands beside it: what other ledgers refer to is the number, not the place.
    """
    return (_numbering(one[0]), one[1]) < (_numbering(other[0]), other[1])


def _numbering(header: str) -> int:
    text = header_text(header)
    return 0 if text not in _ORDINALS else 2 if counts_rows(header) else 1


def counts_rows(header: str) -> bool:
    """Whether a header says that its column numbers the rows of the sheet, as 序号 does."""
    return header_text(header) in _ORDINALS - {"编号", "号"}


def joined_heads(above: str, word: str) -> list[str]:
    """证件有效期 above 起: what both may say together, 证件有效期起 or 有效期起."""
    ends = range(1, len(above) - 1) if len(word) <= _SHORT else ()
    return [above + word, *(above[at:] + word for at in ends)]


def pair_heads(word: str) -> tuple[list[str], str]:
    """送审/反馈日期: the ways to read the first of two headers, and the second; none if no pair."""
    first, found, second = word.partition("/")
    if not found or "/" in second:
        return [], ""
    return [first, *(first + second[at:] for at in range(1, len(second)))], second


def bracket(folded: str) -> tuple[str, str]:
    """`金额(万元)` → (`金额`, `万元`); also `金额,万元` and `金额/万元`."""
    if folded.endswith(")") and "(" in folded:
        at = folded.index("(")
        return folded[:at], folded[at + 1 : -1]
    if folded.endswith("]") and "[" in folded:
        at = folded.index("[")
        return folded[:at], folded[at + 1 : -1]
    for mark in (",", "/"):
        base, found, unit = folded.rpartition(mark)
        if found and unit.endswith("元") and len(unit) <= 3:
            return base, unit
    return folded, ""


def headings_of(schema: Schema) -> dict[str, Headings]:
    """The headings of every record type that can stand in a sheet."""
    return {
        name: Headings(record_type, schema)
        for name, record_type in schema.types.items()
        if record_type.generated is None and name != "place"
    }
