"""The record types of `facts/records/<domain>/*.yaml`, read and checked into a `Schema`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from engine.model.errors import InvalidRulesetError
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.shipped import shipped_files, shipped_text
from engine.model.strict_yaml import load_yaml
from engine.model.validated import validate


@lru_cache(maxsize=1)
def load_schema() -> Schema:
    """The record types that come with fazhi; the same object on every call."""
    texts = {
        f"facts/records/{path.parent.name}/{path.name}": shipped_text(path)
        for path in shipped_files(Path(__file__).parent)
        if path.suffix == ".yaml"
    }
    # by the types' names: rearranging the folders changes nothing
    return read_schema(dict(sorted(texts.items(), key=lambda item: PurePosixPath(item[0]).stem)))


def read_schema(texts: Mapping[str, str]) -> Schema:
    """The schema written in `texts`, YAML by file name.

    Raises `InvalidRulesetError` with file, line, key and the nearest right spelling.
    """
    types = [read_type(file, text) for file, text in texts.items()]
    return Schema(types, dict(zip((t.type for t in types), texts, strict=True)))


def read_type(file: str, text: str) -> RecordType:
    """The record type written in one file."""
    record_type = validate(RecordType, load_yaml(text, file), file)
    if record_type.type != PurePosixPath(file).stem:
        message = f"文件名须与 type“{record_type.type}”一致"
        raise InvalidRulesetError(message, file=file, key="type")
    check_headers(record_type, file)
    return record_type


def headers(record_type: RecordType) -> dict[str, str]:
    """Every header by which a column of this type is known, and the field or list it names."""
    known: dict[str, str] = {}
    for path, spec in record_type.fields.items():
        for word in (spec.title, *spec.synonyms):
            known.setdefault(word, path)
    for name, nested in record_type.nested.items():
        if nested.cell is not None:
            for word in (nested.title, *nested.synonyms):
                known.setdefault(word, name)
    return known


def check_headers(record_type: RecordType, file: str) -> None:
    """Refuse a header that names two columns, and a spelling that means two values."""
    owner: dict[str, str] = {}

    def claim(word: str, path: str) -> None:
        if owner.setdefault(word, path) != path:
            message = f"列名“{word}”同时指“{owner[word]}”和“{path}”"
            raise InvalidRulesetError(message, file=file, key=path)

    for path, spec in record_type.fields.items():
        for word in (spec.title, *spec.synonyms):
            claim(word, path)
        spellings: dict[str, str] = {}
        for value, others in spec.values.items():
            for word in (value, *others):
                if spellings.setdefault(word, value) != value:
                    message = f"“{word}”同时指取值“{spellings[word]}”和“{value}”"
                    raise InvalidRulesetError(message, file=file, key=path)
    for name, nested in record_type.nested.items():
        if nested.cell is not None:
            for word in (nested.title, *nested.synonyms):
                claim(word, name)
