"""fazhi.yaml: the place, the year, and what the office declares about its ledgers.

本地：fazhi.yaml 写的地方、年度、机关和声明。

place: {name: 某市, level: 县级, superior: 某某市, filing_superior: 某某市人民政府,
        reviewers: [司法局]}
year: 2024
jurisdiction: 河南
closed: [重大行政决策台账, 执法证件]
headers: {事项全称: 决策事项}
agencies: {司法局: [市司法局, 某市司法局]}
workdays: [放假安排2027.yaml]
ignore: [会议通知.doc, 往年]
sheets: {导出.xlsx〔Sheet1〕: 行政处罚案件}
defaults: {文件目录.xlsx: {是否规范性文件: 是}}
confirmed: {by: 某某, on: 2025-01-10}
rulesets: [本地规则]
tables: {执法人员: {file: 人员.parquet}}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from engine.model.facts import Input
from engine.model.field import FieldKind, FieldType, Holds
from engine.model.schema import Schema
from engine.model.values import Record, Source, in_years
from facts.files.names import SETTINGS, SETTINGS_BOOK
from facts.files.reader import HERE, Reader
from facts.files.refused import RefusedError
from facts.files.yaml import mended, parse_yaml
from facts.ledgers.headers import header_text
from facts.ledgers.settings_book import ITEMS, settings_content
from facts.sheet_settings import DEFAULTS, SHEETS, SheetSettings, read_sheet_settings
from facts.writing.cells import CellReader, Names
from facts.writing.meanings import blank_state
from facts.writing.presence import Presence, presence
from facts.writing.text import fold, nearest, spelled

FILING: Final = "filing_superior"
SUPERIOR: Final = "superior_government"
TABLES: Final = "tables"
"""Tables that are judged where they lie; what they are is for the room of tables to read."""

KEYS: Final = (
    "place", "year", "jurisdiction", "closed", "headers", "agencies", FILING, "workdays",
    "rulesets", "ignore", SHEETS, DEFAULTS, "confirmed", TABLES,
)  # fmt: skip
_UNNAMED: Final = "本地"
_A_DAY: Final = FieldType(type=FieldKind.DATE, title="确认日期", time="event")


@dataclass(slots=True)
class Settings:
    """What fazhi.yaml says; without one nothing is declared and the place has no name.

    `titles` are what the fields of the place are called; `tables` is what stands under that key.
    """

    place: Record
    year: int | None = None
    jurisdiction: str = ""
    closed: frozenset[str] = frozenset()
    headers: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    workdays: tuple[str, ...] = ()
    ignore: frozenset[str] = frozenset()
    sheets: SheetSettings = field(default_factory=SheetSettings)
    titles: Mapping[str, str] = field(default_factory=dict)
    tables: object = None

    def ignores(self, path: str) -> bool:
        """Whether the office says that a file, or the folder that it lies in, is no matter."""
        parts = fold(path).split("/")
        return any("/".join(parts[:end]) in self.ignore for end in range(1, len(parts) + 1))

    @property
    def names(self) -> Names:
        """The aliases of the agencies, and what the place and its government are called."""
        own = (self.place.values.get(path) for path in ("name", "government"))
        return self.agencies, frozenset(fold(name) for name in own if isinstance(name, str))


def default_settings(schema: Schema) -> Settings:
    """The settings of a folder without fazhi.yaml."""
    place = Record("place", _UNNAMED)
    if "place" in schema.types:
        place.values.update(
            (path, blank_state(spec)) for path, spec in schema.types["place"].fields.items()
        )
    fields = schema.types["place"].fields.items() if "place" in schema.types else ()
    settings = Settings(place, titles={path: spec.title for path, spec in fields})
    _stands_in(settings, SETTINGS)
    return settings


def _stands_in(settings: Settings, file: str) -> None:
    """What is not written of the place would stand in the settings, each under its key."""
    settings.place.source = Source(file)
    settings.place.sources = {
        path: _source(path, file, settings.titles) for path in settings.place.values
    }


def _source(path: str, file: str, titles: Mapping[str, str]) -> Source:
    """Where a field of the place stands: under what the settings call it, by its title."""
    if file == SETTINGS_BOOK:
        return Source(file, cell=_key(path, file))
    return Source(file, sheet=titles.get(path, path))


def _key(path: str, file: str) -> str:
    """What the settings call a field of the place: its key, or its row in 设置.xlsx."""
    rows = {key: item for item, (key, _) in ITEMS.items()} if file == SETTINGS_BOOK else {}
    key = f"place.{path}"
    return rows.get(key) or rows.get(path) or key


def read_settings(data: bytes, entry: Input, schema: Schema, reader: Reader = HERE) -> Settings:
    """The settings in a fazhi.yaml or 设置.xlsx; what is wrong is a problem, and the rest counts.

    Raises RefusedError if it is neither.
    """
    content: object
    places: Mapping[str, Source] = {}
    if entry.path == SETTINGS_BOOK:
        content, places = settings_content(reader.grids(data, ".xlsx", entry), entry)
    else:
        content, entry.encoding = parse_yaml(data)
    settings = default_settings(schema)
    _stands_in(settings, entry.path)
    if content is None:
        return settings
    if not isinstance(content, Mapping):
        said = mended(content) if isinstance(content, str) else ""
        raise RefusedError(said or "应写成“键: 值”，如 year: 2024")
    for key in content:
        if key not in KEYS:
            _unknown_key(entry, str(key), "fazhi.yaml 没有这个键", KEYS)
    settings.agencies = _agencies(content.get("agencies"), entry)
    settings.tables = content.get(TABLES)
    settings.headers = _headers(content.get("headers"), entry)
    settings.year = _year(content.get("year"), entry)
    settings.jurisdiction = _word(content, "jurisdiction", entry)
    settings.closed = _closed(content.get("closed"), entry, schema)
    settings.workdays = tuple(_words(content.get("workdays"), "workdays", entry))
    ignored = _words(content.get("ignore"), "ignore", entry)
    settings.ignore = frozenset(fold(name).rstrip("/") for name in ignored)
    confirmed = _confirmed(content.get("confirmed"), entry)
    settings.sheets = read_sheet_settings(content, entry, schema, places, confirmed)
    if "place" in schema.types:
        _place(content.get("place"), settings, entry, schema)
        _filing(_word(content, FILING, entry), settings, entry, schema)
    return settings


def _unknown_key(entry: Input, key: str, expected: str, known: tuple[str, ...]) -> None:
    close = nearest(key, known)
    entry.problem(
        expected, key, hint=f"是否指“{close}”？" if close else "可用：" + "、".join(known)
    )


def _place(raw: object, settings: Settings, entry: Input, schema: Schema) -> None:
    if raw is None:
        return
    if isinstance(raw, str) and (said := mended(raw)):
        entry.problem(said, cell="place")
        return
    if isinstance(raw, str):
        raw = {"name": raw}
    if not isinstance(raw, Mapping):
        entry.problem("应写成 place: {name: 某市, level: 县级}", str(raw))
        return
    record, fields = settings.place, schema.types["place"].fields
    titles = {title: path for path, spec in fields.items()
              for title in (spec.title, *spec.synonyms, path)}  # fmt: skip
    for key, value in raw.items():
        path = titles.get(key)
        if path is None:
            _unknown_key(entry, str(key), "place 没有这一项", tuple(fields))
            continue
        _place_field(path, value, settings, entry, schema)
    name = record.values.get("name")
    if isinstance(name, str):
        record.key = name


def _place_field(
    path: str, value: object, settings: Settings, entry: Input, schema: Schema
) -> None:
    """Read one field of the place; where none is written, it stays as it is."""
    cell = CellReader(schema.types["place"].fields[path], agencies=settings.agencies).read(value)
    if cell.expected:
        entry.problem(cell.expected, str(value), cell=_key(path, entry.path), hint=cell.hint)
    if cell.state is not None:
        settings.place.values[path] = cell.state
        source = _source(path, entry.path, settings.titles)
        settings.place.sources[path] = replace(source, text=str(value))


def _filing(said: str, settings: Settings, entry: Input, schema: Schema) -> None:
    """The body that documents are filed with: the government above, unless another is named."""
    _place_field(FILING, said, settings, entry, schema)
    values, sources = settings.place.values, settings.place.sources
    written = {path for path, source in sources.items() if source.text}
    if FILING not in written and SUPERIOR in written:
        values[FILING], sources[FILING] = values[SUPERIOR], sources[SUPERIOR]


def _agencies(raw: object, entry: Input) -> dict[str, str]:
    found: dict[str, str] = {}
    if raw is None:
        return found
    if not isinstance(raw, Mapping):
        entry.problem("应写成 agencies: {司法局: [市司法局]}", str(raw))
        return found
    for name, aliases in raw.items():
        for alias in (name, *_words(aliases, f"agencies.{name}", entry)):
            other = found.setdefault(fold(str(alias)), spelled(str(name)))
            if other != spelled(str(name)):
                entry.problem(f"别名同时属于“{other}”和“{name}”", str(alias), cell="agencies")
    return found


def _headers(raw: object, entry: Input) -> dict[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        entry.problem("应写成 headers: {本单位的列名: 模板的列名}", str(raw))
        return {}
    return {header_text(str(own)): str(known) for own, known in raw.items()}


def _confirmed(raw: object, entry: Input) -> str:
    """Who stands for the settings and since when, in words; nothing unless both are said."""
    if raw is None:
        return ""
    if not isinstance(raw, Mapping):
        entry.problem("应写成 confirmed: {by: 姓名, on: 日期}", str(raw), cell="confirmed")
        return ""
    by = str(raw.get("by") or "")
    cell = CellReader(_A_DAY).read(raw.get("on"))
    if cell.expected:
        entry.problem(cell.expected, str(raw.get("on")), cell="confirmed.on", hint=cell.hint)
    if by and presence(fold(by), Holds.NAME) is not Presence.PRESENT:
        entry.problem("应写确认人的姓名", by, cell="confirmed.by")
        by = ""
    on = cell.state.isoformat() if isinstance(cell.state, dt.date) else ""
    if by or on:
        who = by or "（没有写明是谁）"
        entry.notes.append(f"设置由{who}确认{'，' if on else ''}{on}")
    return f"{by} {on} 确认" if by and on else ""


def _closed(raw: object, entry: Input, schema: Schema) -> frozenset[str]:
    names: dict[str, str] = {}
    for record_type in schema.types.values():
        if record_type.generated is None:
            for word in (record_type.type, record_type.title, *record_type.sheets):
                names.setdefault(fold(word), record_type.type)
    closed = set()
    for word in _words(raw, "closed", entry):
        name = names.get(fold(word))
        if name is None:
            close = nearest(fold(word), names)
            hint = f"是否指“{schema.types[names[close]].title}”？" if close else ""
            entry.problem("没有这种台账，不能声明为完整", word, cell="closed", hint=hint)
        else:
            closed.add(name)
    return frozenset(closed)


def _year(raw: object, entry: Input) -> int | None:
    if raw is None:
        return None
    text = fold(str(raw)).removesuffix("度").removesuffix("年")
    if text.isascii() and text.isdigit() and len(text) == 4:  # of thousands of digits int is none
        year = int(text)
        if in_years(year):
            return year
    entry.problem("应为四位年份，如 year: 2024", str(raw), cell="year")
    return None


def _word(content: Mapping[str, object], key: str, entry: Input) -> str:
    raw = content.get(key)
    if raw is None or isinstance(raw, str):
        return raw or ""
    entry.problem("应为文字", str(raw), cell=key)
    return ""


def _words(raw: object, key: str, entry: Input) -> list[str]:
    if raw is None:
        return []
    if isinstance(raw, str):
        return [raw]
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return [str(item) for item in raw]
    entry.problem("应为清单，如 [甲, 乙]", str(raw), cell=key)
    return []
