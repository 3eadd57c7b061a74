"""The forms of `facts/forms/*.yaml`, read and held against the record types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from engine.model.errors import InvalidRulesetError, nearest
from engine.model.schema import Schema
from engine.model.shipped import shipped_files, shipped_text
from engine.model.strict_yaml import load_yaml
from engine.model.validated import validate
from facts.forms.model import Form, FormRecord


@lru_cache(maxsize=1)
def load_forms() -> tuple[Form, ...]:
    """The forms that come with fazhi; the same on every call."""
    folder = Path(__file__).parent
    return read_forms(
        {
            f"facts/forms/{path.name}": shipped_text(path)
            for path in shipped_files(folder)
            if path.suffix == ".yaml"
        }
    )


def read_forms(texts: Mapping[str, str]) -> tuple[Form, ...]:
    """The forms written in `texts`, YAML by file name.

    Raises `InvalidRulesetError` with file, line, key and the nearest right spelling.
    """
    forms = []
    for file, text in texts.items():
        form = validate(Form, load_yaml(text, file), file)
        if form.form != PurePosixPath(file).stem:
            message = f"文件名须与 form“{form.form}”一致"
            raise InvalidRulesetError(message, file=file, key="form")
        forms.append(form)
    return tuple(forms)


def forms_for(schema: Schema, forms: Iterable[Form]) -> tuple[Form, ...]:
    """The forms whose record types the schema has.

    Raises `InvalidRulesetError` where one names a field that its record type doesn't have.
    """
    found = [form for form in forms if all(r.type in schema.types for r in form.records)]
    for form in found:
        for record in form.records:
            for path in _paths(record):
                _check(schema, form, record, path)
    return tuple(found)


def _paths(record: FormRecord) -> list[str]:
    named = [*record.columns, *record.instead, *record.given, *record.values]
    named += [path for given in record.given.values() for path in given.when]
    return [*named, *record.needs]


def _check(schema: Schema, form: Form, record: FormRecord, path: str) -> None:
    owner, name = schema.types[record.type], path
    head, _, rest = path.partition(".")
    if head == "parent" and owner.parent is not None:
        owner, name = schema.types[owner.parent], rest
    elif head in owner.nested:
        owner, name = schema.types[owner.nested[head].of], rest
    if name not in owner.fields:
        message = f"“{owner.title}”没有字段“{path}”" + nearest(name, owner.fields)
        raise InvalidRulesetError(message, file=f"facts/forms/{form.form}.yaml", key=path)
