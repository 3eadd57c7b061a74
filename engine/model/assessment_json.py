"""An assessment as JSON and back: the one outside form of what a run found.

Shared texts stand once, and an outcome that asks for nothing has only what is its own. What an
earlier state of fazhi wrote is still read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final, TypeAlias

from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from engine.model.assessment import Assessment, OutcomeEntry, PeriodEntry
from engine.model.checklist import ChecklistEntry
from engine.model.deadline import DeadlineEntry
from engine.model.errors import FazhiError
from engine.model.gate import GateEntry
from engine.model.outcome import SETTLED
from engine.model.regex import regex
from engine.model.timetable import TimetableEntry
from engine.model.wrong_values import wrong_json

_HIDDEN: Final = regex(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff0-\ufffb\ufffe\uffff]"
)
"""Characters that don't show or turn the direction of writing; those below space are escaped."""


class UnreadableAssessmentError(FazhiError):
    """A file that was to be an assessment is not one."""


@cache
def _adapter() -> TypeAdapter[Assessment]:
    return TypeAdapter(Assessment)


_Called: TypeAlias = dict[str, dict[str, dict[str, str]]]
"""What subjects are called and whose they are, by their type and key."""

_CALLED: Final = {"subject_label", "owner"}


class _Document(TypedDict, total=False):
    """An assessment as it is written: its subjects beside its outcomes."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]
    subjects: _Called
    outcomes: list[dict[str, Any]]


@cache
def _document() -> TypeAdapter[_Document]:
    return TypeAdapter(_Document)


@cache
def _entries() -> TypeAdapter[OutcomeEntry]:
    return TypeAdapter(OutcomeEntry)


@cache
def _deadlines() -> TypeAdapter[Any]:
    lists = tuple[DeadlineEntry, ...] | tuple[OutcomeEntry, ...]
    return TypeAdapter(dict[str, dt.date | PeriodEntry | lists | None])


@cache
def _gate_entries() -> TypeAdapter[GateEntry]:
    return TypeAdapter(GateEntry)


def to_json(assessment: Assessment) -> str:
    """The assessment as JSON: UTF-8 text, Chinese as it stands, hidden characters as escapes.

    An outcome has a line to itself. One that asks for nothing has only what is not as everywhere;
    what its subject is called, and whose matter that is, stands once in `subjects`.
    """
    return "".join(json_pieces(assessment))


def json_pieces(assessment: Assessment) -> Iterator[str]:
    """The text of `to_json` piece by piece: of a large assessment it never stands in memory."""
    subjects: _Called = {}
    for entry in assessment.outcomes:
        if entry.outcome in SETTLED:
            subjects.setdefault(entry.subject_type, {}).setdefault(
                entry.subject_key, _called(entry)
            )
    bare = replace(assessment, outcomes=(), gates=())
    rest = _escaped(_adapter().dump_json(bare, indent=1).decode())
    before, rest = rest.split(_NO_ROWS)
    between, after = rest.split(_NO_GATES)
    called = json.dumps(subjects, ensure_ascii=False, indent=1)
    yield _escaped(f'{before}\n "subjects": {called},\n "outcomes": [')
    yield from _listed(_row(entry, subjects) for entry in assessment.outcomes)
    yield f"\n ]{between}"
    if assessment.gates:
        yield '\n "gates": ['
        shown = (_gate_entries().dump_json(gate, indent=1).decode() for gate in assessment.gates)
        # what people wrote may hold other ends of lines than those between values
        yield from _listed("  " + gate.replace("\n", "\n  ") for gate in shown)
        yield "\n ]"
    else:
        yield _NO_GATES
    yield f"{after}\n"


_NO_ROWS: Final = '\n "outcomes": []'
_NO_GATES: Final = '\n "gates": []'
"""What stands for none of them in JSON; within a text its quotation marks would be escaped."""


def _listed(rows: Iterable[str]) -> Iterator[str]:
    """The rows of a list; what stands before each says whether one comes before it."""
    apart = "\n"
    for row in rows:
        yield apart + _escaped(row)
        apart = ",\n"


def _called(entry: OutcomeEntry) -> dict[str, str]:
    return {"subject_label": entry.subject_label, "owner": entry.owner}


def _row(entry: OutcomeEntry, subjects: _Called) -> str:
    """An outcome on one line, without what `subjects` says of one that asks for nothing."""
    if entry.outcome in SETTLED:
        known = subjects[entry.subject_type][entry.subject_key]
        if known == _called(entry):
            return _entries().dump_json(entry, exclude=_CALLED, exclude_defaults=True).decode()
    return _entries().dump_json(entry).decode()


def _with_subjects(found: _Document) -> _Document:
    """The document with each outcome's subject called as `subjects` has it."""
    subjects = found.pop("subjects", {})
    for row in found.get("outcomes", ()):
        known = subjects.get(str(row.get("subject_type")), {}).get(str(row.get("subject_key")), {})
        row.update((name, value) for name, value in known.items() if name not in row)
    return found


def _shown(value: object, adapter: TypeAdapter[Any]) -> str:
    return _escaped(adapter.dump_json(value, indent=1).decode() + "\n")


def _escaped(text: str) -> str:
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def timetables_json(
    entries: Sequence[TimetableEntry], as_of: dt.date, period: PeriodEntry | None
) -> str:
    """Timetables alone as JSON, with the day of the check and the outline that is over."""
    found = TypeAdapter(list[TimetableEntry]).dump_python(list(entries), mode="json")
    return _alone("fazhi-timetable/1", as_of, period, "timetables", found)


def checklists_json(
    entries: Sequence[ChecklistEntry], as_of: dt.date, period: PeriodEntry | None
) -> str:
    """Check-lists alone as JSON, with the day of the check and the outline that is over."""
    found = _checklists().dump_python(list(entries), mode="json")
    return _alone("fazhi-checklist/1", as_of, period, "checklists", found)


def _alone(
    schema: str, as_of: dt.date, period: PeriodEntry | None, name: str, found: object
) -> str:
    head = {"schema": schema, "as_of": as_of, "period": period}
    return _shown({**head, name: found}, TypeAdapter(dict[str, Any]))


def checklists_kept(entries: Sequence[ChecklistEntry]) -> str:
    """Check-lists as they are kept to be shown again."""
    return _shown(list(entries), _checklists())


def checklists_from(text: str) -> list[ChecklistEntry]:
    """The check-lists that `checklists_kept` wrote."""
    return _checklists().validate_json(text)


@cache
def _checklists() -> TypeAdapter[list[ChecklistEntry]]:
    return TypeAdapter(list[ChecklistEntry])


def deadlines_json(assessment: Assessment) -> str:
    """The deadlines of the assessment as JSON, with the day of the check.

    `period` is the outline that is over, `undated` are the outcomes whose day isn't known, with
    what it waits for.
    """
    found = {
        "as_of": assessment.as_of,
        "period": assessment.period,
        "deadlines": assessment.deadlines,
        "undated": assessment.undated,
    }
    return _shown(found, _deadlines())


def from_json(text: str) -> Assessment:
    """The assessment in `text`, as this or an earlier state of fazhi wrote it.

    Raises `UnreadableAssessmentError`.
    """
    try:
        found = _document().validate_json(text)
        assessment = _adapter().validate_python(_with_subjects(found))
    except ValidationError as error:
        said = wrong_json(error, text)
        raise UnreadableAssessmentError(f"这不是核对写出的结果（json）：{said}") from None
    for entry in assessment.outcomes:
        if entry.requirement not in assessment.requirements:
            raise UnreadableAssessmentError(
                f"这不是核对写出的结果（json）：“requirements”里没有“{entry.requirement}”"
            )
    return assessment


def json_schema() -> str:
    """The JSON Schema of an assessment, as kept in `docs/schema/assessment.json`."""
    schema: dict[str, Any] = _adapter().json_schema(mode="serialization")
    texts = {name: {"type": "string"} for name in sorted(_CALLED)}
    called = {"properties": texts, "required": sorted(_CALLED), "type": "object"}
    of_type = {"additionalProperties": called, "type": "object"}
    schema["properties"]["subjects"] = {"additionalProperties": of_type, "type": "object"}
    schema["required"].append("subjects")
    schema["$defs"]["OutcomeEntry"]["required"].remove("subject_label")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
