"""The result of judging whole tables: counts, the gravest findings, and where the rest is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from pydantic import TypeAdapter

from engine.model.assessment import EngineEntry, PeriodEntry, RulesetEntry
from engine.model.outcome import Outcome, Severity

SURVEY_SCHEMA: Final = "fazhi-survey/1"


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table that was read: its rows, those that were judged, and what of it can't be read.

    `judged` and `homeless` (of a list, those whose record isn't there or isn't the only one) and
    `broken` (lines with more or fewer cells than the header) are all there is. `bad_rows` have a
    cell that can't be read, `bad_cells` says how many by column. `twins` have the key of another
    row. `unused` are columns that no field is read of.
    """

    type: str
    title: str
    called: str
    judged: int
    homeless: int
    broken: int
    bad_rows: int
    twins: int
    bad_cells: Mapping[str, int]
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell or a line that can't be read: its row in the table, counted from 1 below the header.

    Of a line that is broken, `row` is its line in the file.
    """

    table: str
    row: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class SurveyFinding:
    """What somebody must act on: a requirement, a record, and its row in the table."""

    requirement: str
    outcome: Outcome
    severity: Severity
    type: str
    key: str
    row: int
    place: str
    unit: str


@dataclass(frozen=True, slots=True)
class SurveyRequirement:
    """A requirement that was judged, how often each outcome came out, and what it says."""

    title: str
    subject: str
    subject_title: str
    confirmed: bool
    outcomes: Mapping[Outcome, int]
    findings: Mapping[Severity, int]
    message: str
    remedy: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one place, one unit, or of one place in one section of the outline."""

    place: str
    unit: str
    section: str
    outcomes: Mapping[Outcome, int]
    findings: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class Survey:
    """All of a run over tables.

    `refused` are the requirements that were not judged here, each with the reason: what of them
    is so, nobody knows; `refused_titles` is what they are called. `differing` are outcomes by two
    engines that are not the same. `left_out` are ledgers and reports of the folder that no table is
    made of.
    `findings` are the gravest, `found` says how many there are in all; `unread` are the first of
    what can't be read. `beside` are the files that hold all of them, `apart` is the folder in
    which each place has a survey of its own. In such a one `unplaced` says how many rows may be
    that place's too and are not in it, as nobody knows whose they are. `period` is the outline
    whose period is over, with no other known after it.
    """

    schema: str
    as_of: dt.date
    year: int
    place: str
    jurisdiction: str
    ruleset: RulesetEntry
    engines: tuple[EngineEntry, ...]
    tables: tuple[TableEntry, ...]
    requirements: Mapping[str, SurveyRequirement]
    refused: Mapping[str, str]
    refused_titles: Mapping[str, str]
    differing: tuple[str, ...]
    outcomes: Mapping[Outcome, int]
    severities: Mapping[Severity, int]
    places: tuple[Group, ...]
    units: tuple[Group, ...]
    sections: tuple[Group, ...]
    section_titles: Mapping[str, str]
    findings: tuple[SurveyFinding, ...]
    found: int
    unread: tuple[Unread, ...]
    unread_cells: int
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    apart: str = ""
    period: PeriodEntry | None = None
    unplaced: int = 0

    @property
    def judged(self) -> int:
        """How many outcomes there are."""
        return sum(self.outcomes.values())


def survey_json(tally: Survey) -> str:
    """The survey as JSON, Chinese as it stands."""
    return json.dumps(asdict(tally), ensure_ascii=False, indent=1, default=str) + "\n"


def survey_json_schema() -> str:
    """The JSON Schema of a survey, as kept in `docs/schema/survey.json`."""
    schema: dict[str, Any] = TypeAdapter(Survey).json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
