"""What the settings say of single files and sheets: which ledger one is, what all its rows share.

声明：设置写明的，哪张表是哪种台账，整本各行相同的是什么。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from engine.model.facts import Input
from engine.model.schema import Schema
from engine.model.values import Source
from facts.forms.load import forms_for, load_forms
from facts.forms.model import Form
from facts.ledgers.all_headings import FORM
from facts.ledgers.defaults import Default
from facts.ledgers.sheet_names import names_of
from facts.ledgers.sheets import NO_LEDGER, place_of_sheet
from facts.writing.text import fold, nearest

SHEETS: Final = "sheets"
DEFAULTS: Final = "defaults"
_BRACKETS: Final = str.maketrans("[]【】「」", "〔〕〔〕〔〕")


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """What is said of files and sheets, by their folded places.

    `kinds` are the types and forms that a sheet may be, none if it is no ledger. `defaults` may
    be said of a ledger by its name too.
    """

    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    defaults: Mapping[str, tuple[Default, ...]] = field(default_factory=dict)
    written: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def kind(self, path: str, sheet: str) -> frozenset[str] | None:
        """The types and forms that a sheet may be; None if nothing is said of it."""
        found = (self.kinds.get(one) for one in _places(path, sheet))
        return next((kind for kind in found if kind is not None), None)

    def defaults_of(self, path: str, sheet: str, ledger: Iterable[str]) -> Iterator[Default]:
        """What is said of the rows of a sheet, of its file, and of its ledger by these names."""
        for place in (*_places(path, sheet), *map(fold, ledger)):
            yield from self.defaults.get(place, ())

    def say_unused(self, entry: Input, places: Iterable[tuple[str, str]], schema: Schema) -> None:
        """Say what is written of a sheet or a ledger that isn't there."""
        there = {one: one for path, sheet in places for one in _places(path, sheet)}
        names = {name for one in schema.types.values() for name in names_of(one)}
        for place, (key, text) in self.written.items():
            if place in there or (key == DEFAULTS and place in names):
                continue
            close = nearest(place, there)
            hint = f"是否指“{close}”？" if close else "写“文件名”或“文件名〔工作表名〕”"
            entry.problem("文件夹里没有这张表", text, cell=key, hint=hint)


def _places(path: str, sheet: str) -> tuple[str, str]:
    return _folded(place_of_sheet(path, sheet)), fold(path)


def _folded(place: str) -> str:
    return fold(place.translate(_BRACKETS))


def read_sheet_settings(
    content: Mapping[str, object],
    entry: Input,
    schema: Schema,
    places: Mapping[str, Source],
    confirmed: str,
) -> SheetSettings:
    """What `sheets` and `defaults` say; what is wrong with them is a problem, and doesn't count.

    `places` says where each stands, in a book. `confirmed` says who stands for them and since
    when: without it no default counts.
    """
    written: dict[str, tuple[str, str]] = {}
    kinds: dict[str, frozenset[str]] = {}
    names = _ledgers(schema)
    for place, said in _mapping(content, SHEETS, "文件名〔工作表名〕: 台账", entry):
        name = fold(str(said))
        if name not in names:
            close = nearest(name, names)
            hint = f"是否指“{close}”？" if close else f"写台账的名称，或“{NO_LEDGER}”"
            entry.problem("没有这种台账", str(said), cell=SHEETS, hint=hint)
            continue
        kinds[_folded(place)] = names[name]
        written[_folded(place)] = SHEETS, place
    defaults: dict[str, tuple[Default, ...]] = {}
    for place, fields in _mapping(content, DEFAULTS, "文件名: {栏目: 内容}", entry):
        if not isinstance(fields, Mapping):
            entry.problem("应写成 文件名: {栏目: 内容}", str(fields), cell=DEFAULTS)
        elif not confirmed:
            entry.problem(
                "整本默认没有作数：没有写明谁在哪一天确认的",
                place,
                cell=DEFAULTS,
                hint="填“确认人”“确认日期”；fazhi.yaml 里写 confirmed: {by: 姓名, on: 日期}",
            )
        else:
            source = places.get(DEFAULTS, Source(entry.path, cell=DEFAULTS))
            defaults[_folded(place)] = tuple(
                Default(str(title), value, _said(source, value, confirmed))
                for title, value in fields.items()
            )
            written[_folded(place)] = DEFAULTS, place
    return SheetSettings(kinds, defaults, written)


def _said(source: Source, value: object, confirmed: str) -> Source:
    return replace(source, text=f"{value}（整本默认，{confirmed}）")


def _mapping(
    content: Mapping[str, object], key: str, shape: str, entry: Input
) -> Iterator[tuple[str, object]]:
    raw = content.get(key)
    if raw is None:
        return
    if not isinstance(raw, Mapping):
        entry.problem(f"应写成 {key}: {{{shape}}}", str(raw), cell=key)
        return
    for place, said in raw.items():
        yield str(place), said


def _types_in(form: Form, schema: Schema) -> set[str]:
    """The record types that a row of a form holds, those of lists among them."""
    types = {record.type for record in form.records}
    for record in form.records:
        nested = schema.types[record.type].nested
        heads = {path.partition(".")[0] for path in (*record.columns, *record.instead)}
        types |= {nested[head].of for head in heads & nested.keys()}
    return types


def _ledgers(schema: Schema) -> Mapping[str, frozenset[str]]:
    """What a sheet may be said to be: by each name, the types and forms that have it."""
    forms = forms_for(schema, load_forms())
    found: dict[str, frozenset[str]] = {fold(NO_LEDGER): frozenset()}
    for form in forms:
        found[fold(form.title)] = frozenset({FORM + form.form})
    for record_type in schema.types.values():
        if record_type.generated is not None:
            continue
        own = {FORM + form.form for form in forms if record_type.type in _types_in(form, schema)}
        for name in names_of(record_type):
            found.setdefault(name, frozenset({record_type.type, *own}))
    return found
