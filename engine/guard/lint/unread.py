"""Fields that a ledger asks people to fill in and that no requirement reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.guard.lint.complaint import Complaint, terms
from engine.language import tree as t
from engine.model.field import FieldKind
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.ruleset.model import Ruleset

_LIST: Final = "unread.yaml"
_NAMES_A_REQUIREMENT: Final = "requirement"


def unread(ruleset: Ruleset) -> Iterator[Complaint]:
    """Fields without a reader or a reason in unread.yaml, and reasons without such a field."""
    read = _read(ruleset)
    idle: set[str] = set()
    for record_type in ruleset.schema.types.values():
        if not record_type.sheets or _NAMES_A_REQUIREMENT in record_type.fields:
            continue  # nobody fills it in; or it answers requirements rather than feeds them
        structural = _structural(record_type, ruleset.schema)
        for path, spec in record_type.fields.items():
            used = (record_type.type, path) in read or path in structural
            if not used and spec.type is not FieldKind.OBJECT:
                idle.add(f"{record_type.type}.{path}")
    for name in sorted(idle - set(ruleset.unread)):
        record, _, path = name.partition(".")
        file = ruleset.schema.file_of(record, path)
        message = f"没有要求读这一栏，请删去，或者在 {_list(file)} 写明为什么要填"
        yield Complaint(file, path, message)
    for name in sorted(set(ruleset.unread) - idle):
        record, _, path = name.partition(".")
        known = ruleset.schema.types.get(record)
        there = known is not None and path in known.fields
        file = ruleset.file_of(name, _LIST)
        if there and ruleset.local and file == f"rulesets/{_LIST}":
            continue  # a local requirement may be what reads it: our reason stands for ours
        message = "这一栏已有要求读它，请删去这一行" if there else "没有这一栏，请删去这一行"
        yield Complaint(file, name, message)


def _list(file: str) -> str:
    """Where reasons stand for the fields that `file` declares: in the ruleset it belongs to."""
    folder, local, _ = file.partition("/records/")
    return f"{folder if local and folder != 'facts' else 'rulesets'}/{_LIST}"


def _read(ruleset: Ruleset) -> set[tuple[str, str]]:
    """Record types and paths that some expression, evidence, notice or gate reads."""
    found: set[tuple[str, str]] = set()
    nodes = [node for _, node in terms(ruleset)]
    for requirement in ruleset.requirements.values():
        found.update(requirement.show)
        nodes += requirement.expressions()
        for text in requirement.texts:
            found.update(text.evidence)
    found |= {(g.subject, g.assumes) for g in ruleset.gates.values() if g.assumes is not None}
    paths = (part for node in nodes for part in t.walk(node) if isinstance(part, t.Path))
    return found | {(path.record, path.field) for path in paths}


def _structural(record_type: RecordType, schema: Schema) -> set[str | None]:
    """Fields by which records are told apart, joined, counted, planned, named or generated."""
    found: set[str | None] = {*record_type.key, record_type.label}
    for spec in record_type.fields.values():
        found |= {spec.planned, spec.main}
    for nested in record_type.nested.values():
        found |= {nested.count, nested.any}
    for link in record_type.links.values():
        found |= set(link.on.values())
    for other in schema.types.values():
        for link in other.links.values():
            found |= set(link.on) if link.to == record_type.type else set()
        for nested in other.nested.values():
            found |= {nested.cell} if nested.of == record_type.type else set()
        if other.generated is not None and other.generated.each == record_type.type:
            found |= set(other.fields)
    return found
