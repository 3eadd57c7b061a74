"""The headers of a form: what each means in it, before what it means in the record type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.model.field import FieldKind
from engine.model.schema import Schema
from facts.forms.model import Form, FormRecord
from facts.ledgers.headers import Headings, Match, Target, bracket, header_text
from facts.writing.text import fold

_FIRST: Final = -1
"""The rank of a form's own headers: closer than any of the record type."""
PARENT: Final = "parent."


@dataclass(slots=True)
class RecordHeadings(Headings):
    """The headings of one record of a form."""

    record: FormRecord = field(kw_only=True)
    aside: frozenset[str] = field(kw_only=True)
    instead: dict[str, list[Target]] = field(default_factory=dict, kw_only=True)

    def __post_init__(self) -> None:
        super(RecordHeadings, self).__post_init__()
        for path, words in self.record.columns.items():
            for word in words:
                self._put(word, self.target(path))
        for path, words in self.record.instead.items():
            for word in words:
                self.instead.setdefault(fold(word), []).append(self.target(path))
        own = {fold(word) for words in self.record.columns.values() for word in words}
        self.aside = (self.aside | self.instead.keys()) - own

    def target(self, path: str) -> Target:
        """What a path in the form's file names."""
        head, _, rest = path.partition(".")
        if path.startswith(PARENT):
            return Target(rest, parent=True)
        return Target(rest, list=head) if head in self.type.nested else Target(path)

    def find(self, text: str, group: str = "") -> Match | None:
        """What the header stands for; nothing if the form has it for something else."""
        folded = header_text(text)
        words = (folded, bracket(folded)[0])
        within = self.groups.get(bracket(header_text(group))[0], {})
        read = any(word in within or word in self.terms for word in words)
        if not read and any(word in self.aside for word in words):
            return None
        return super(RecordHeadings, self).find(text, group)

    def unites(self, target: Target) -> bool:
        """Whether several columns give a field's items together: 处罚类别1 and 处罚类别2."""
        spec = self.spec(target)
        return spec is not None and spec.type is FieldKind.SET

    def _put(self, word: str, target: Target) -> None:
        above, found, below = word.rpartition("|")
        if found:
            self.groups.setdefault(fold(above), {})[fold(below)] = (_FIRST, target)
        self.words[fold(above + below)] = (_FIRST, target)


@dataclass(slots=True)
class FormHeadings:
    """A form with the headings of each of its records; the first is what it mainly is.

    `words` are the headers that it may carry, `groups` those below each group, `own` those that
    are known without being read; all folded. `needs` are its own, one of each to be there.
    """

    form: Form
    records: tuple[RecordHeadings, ...]
    needs: tuple[frozenset[str], ...]
    own: frozenset[str]
    words: frozenset[str] = field(init=False)
    groups: dict[str, set[str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.words = self.own
        for record in self.records:
            self.words |= record.words.keys()
            for above, within in record.groups.items():
                self.groups.setdefault(above, set()).update(within)

    def knows(self, text: str, group: str) -> bool:
        """Whether the form has this header, read or not."""
        folded = header_text(text)
        above = bracket(header_text(group))[0]
        if not self.own.isdisjoint((folded, bracket(folded)[0], above + folded)):
            return True
        return self.reads(text, group)

    def reads(self, text: str, group: str) -> bool:
        """Whether a record of the form has a field for this header."""
        word = header_text(text)
        return any(
            record.find(text, group) is not None or word in record.instead
            for record in self.records
        )

    def has(self, texts: frozenset[str]) -> bool:
        """Whether the folded headers of a sheet are enough for this form."""
        return all(not need.isdisjoint(texts) for need in self.needs)


def form_headings(schema: Schema, forms: tuple[Form, ...]) -> Mapping[str, FormHeadings]:
    """The headings of forms by their names."""
    return {form.form: _headings(schema, form) for form in forms}


def _headings(schema: Schema, form: Form) -> FormHeadings:
    aside = frozenset(map(fold, form.aside))
    records = tuple(
        RecordHeadings(schema.types[record.type], schema, record=record, aside=aside)
        for record in form.records
    )
    split = {fold(word) for r in form.records if r.where is not None for word in r.where.column}
    instead = {word for record in records for word in record.instead}
    dated = {fold(w) for r in form.records for given in r.given.values() for w in given.column}
    needs = tuple(frozenset(map(fold, words)) for words in form.needs)
    own = aside.union(split, instead, dated, *needs)
    return FormHeadings(form, records, needs, own)
