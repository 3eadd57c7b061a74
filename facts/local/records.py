"""Record types of an office's own folder: new ones, and new fields and lists of those of fazhi.

What would change how a shipped record type is read or judged is refused: a field or list it has,
a header it knows, an order or contradiction that makes its facts doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final, NoReturn

from pydantic import BaseModel, ConfigDict

from engine.model.errors import InvalidRulesetError, nearest
from engine.model.field import FieldType, Name, Path
from engine.model.record_type import Link, Nested, RecordType, Unordered
from engine.model.schema import Schema
from engine.model.strict_yaml import Plain, YamlMap, load_yaml
from engine.model.validated import validate
from facts.ledgers.headers import Headings
from facts.records.load import check_headers, read_type
from facts.writing.text import fold

LOCAL: Final = "local_"
"""How the names of local record types begin, and those of fields and lists added to ours."""


class Addition(BaseModel):
    """What a local folder adds to a record type that comes with fazhi.

    `unordered` declines an order between two events: it makes no fact doubtful.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    type: Name
    fields: Mapping[Path, FieldType] = {}
    nested: Mapping[Name, Nested] = {}
    links: Mapping[Name, Link] = {}
    unordered: tuple[Unordered, ...] = ()


def extended(schema: Schema, texts: Mapping[str, str]) -> Schema:
    """`schema` with the record types and fields written in `texts`, YAML by file name.

    The same schema where there are none. Raises `InvalidRulesetError` with file, line and key
    for what would change a record type that comes with fazhi.
    """
    if not texts:
        return schema
    types, files = dict(schema.types), dict(schema.files)
    for file, text in texts.items():
        raw = load_yaml(text, file)
        name = raw.get("type") if isinstance(raw, YamlMap) else None
        if isinstance(name, str) and name in schema.types:
            reader = _Adding(schema.types[name], schema, raw, file)
            types[name] = reader.record_type(types[name])
            files |= dict.fromkeys(reader.names(), file)
        else:
            made = read_type(file, text)
            _check_new(made, schema, raw, file)
            if made.type in types:
                message = f"记录类型“{made.type}”重复，{files[made.type]} 已有"
                _refuse(message, raw, file, "type")
            types[made.type], files[made.type] = made, file
    try:
        found = Schema(types.values(), files)
    except InvalidRulesetError as error:
        place = files.get(error.key, files.get(error.key.partition(".")[0], next(iter(texts))))
        raise InvalidRulesetError(error.reason, file=place, key=error.key) from None
    _check_doubts(found, schema)
    return found


class _Adding:
    """One file that adds to a shipped type."""

    def __init__(self, ours: RecordType, schema: Schema, raw: Plain, file: str) -> None:
        self.ours, self.schema, self.raw, self.file = ours, schema, raw, file
        if PurePosixPath(file).stem != ours.type:
            _refuse(f"文件名须与 type“{ours.type}”一致", raw, file, "type")
        for key in raw if isinstance(raw, YamlMap) else ():
            if key in RecordType.model_fields and key not in Addition.model_fields:
                message = f"“{ours.title}”是随附的台账，只能加字段、清单和链接，不能改“{key}”"
                _refuse(message, raw, file, key)
        self.added = validate(Addition, raw, file)

    def names(self) -> Iterator[str]:
        """The names it gives, below that of the type."""
        for name in (*self.added.fields, *self.added.nested, *self.added.links):
            yield f"{self.ours.type}.{name}"

    def record_type(self, so_far: RecordType) -> RecordType:
        """The type with what the file adds, after what other local folders added."""
        added = self.added
        for name in (*added.fields, *added.nested, *added.links):
            self._check_name(name, so_far)
        headings = Headings(self.ours, self.schema)
        for name, spec in added.fields.items():
            for word in (spec.title, *spec.synonyms):
                self._check_header(name, word, headings)
        for name, nested in added.nested.items():
            for mine in nested.tally:
                if not _is_local(mine):
                    message = f"tally 会使随附的字段“{mine}”存疑，只能用自己加的字段"
                    _refuse(message, self.raw, self.file, name)
            for word in (nested.title, *nested.synonyms) if nested.cell is not None else ():
                self._check_header(name, word, headings)
        parts = {
            part: {**getattr(so_far, part), **getattr(added, part)}
            for part in ("fields", "nested", "links")
        }
        unordered = (*so_far.unordered, *added.unordered)
        made = so_far.model_copy(update={**parts, "unordered": unordered})
        validate(RecordType, made.model_dump(), self.file)  # the parts have to fit each other
        check_headers(made, self.file)
        return made

    def _check_name(self, name: str, so_far: RecordType) -> None:
        if name in so_far.names():
            message = f"“{self.ours.title}”已有“{name}”，本地规则不能改它；另起 {LOCAL} 开头的名字"
            _refuse(message, self.raw, self.file, name)
        if not _is_local(name):
            head, dot, last = name.rpartition(".")
            message = f"加在随附台账上的名字须以 {LOCAL} 开头，如“{head}{dot}{LOCAL}{last}”"
            _refuse(message, self.raw, self.file, name)

    def _check_header(self, name: str, word: str, headings: Headings) -> None:
        known = headings.find(word)
        if known is not None:
            target = known.target.path or known.target.list
            held = self.ours.fields.get(target)
            title = held.title if held is not None else target
            message = f"列名“{word}”已是随附的“{title}”，另起一个，不然那一栏会读不到"
            _refuse(message, self.raw, self.file, name)


def _is_local(name: str) -> bool:
    return name.rpartition(".")[2].startswith(LOCAL)


def _check_new(made: RecordType, schema: Schema, raw: Plain, file: str) -> None:
    """Refuse a new type whose name could be one of ours, and a sheet of ours as its own."""
    if not made.type.startswith(LOCAL):
        close = nearest(made.type, schema.types)
        message = f"本地的记录类型须以 {LOCAL} 开头，如“{LOCAL}{made.type}”{close}"
        _refuse(message, raw, file, "type")
    known = {
        fold(word): record_type.title
        for record_type in schema.types.values()
        for word in (record_type.type, record_type.title, *record_type.sheets)
    }
    for key, words in (("title", (made.title,)), ("sheets", made.sheets)):
        for word in words:
            if fold(word) in known:
                message = f"“{word}”是随附的“{known[fold(word)]}”的名字，另起一个"
                _refuse(message, raw, file, key)


def _check_doubts(found: Schema, ours: Schema) -> None:
    """Refuse an order or a contradiction by which a fact of a shipped type becomes doubtful."""
    for name, record_type in found.types.items():
        if name in ours.types:
            continue
        doubted = [("order", p) for o in record_type.order for p in (o.first, o.then)]
        doubted += [("contradictions", p) for c in record_type.contradictions for p in c.fields]
        for key, path in doubted:
            holder, _ = found.holder(record_type, path)
            if holder.type in ours.types:
                message = f"“{path}”是随附的“{holder.title}”的字段，本地规则不能使它存疑"
                raise InvalidRulesetError(message, file=found.file_of(name), key=key)


def _refuse(message: str, raw: Plain, file: str, key: str) -> NoReturn:
    raise InvalidRulesetError(message, file=file, line=_line(raw, key), key=key)


def _line(raw: Plain, key: str) -> int | None:
    """The line of a key of the file, or of one below `fields`, `nested` or `links`."""
    held = [raw, *raw.values()] if isinstance(raw, YamlMap) else []
    maps = (part for part in held if isinstance(part, YamlMap))
    return next((part.lines[key] for part in maps if key in part.lines), None)
