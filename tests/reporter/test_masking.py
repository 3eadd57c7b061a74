"""What must not leave the office is in no format, unless someone asks for it.

Every field that a record type keeps (identity numbers, parties, drafts, dissent, reports to the
party committee, risk reports, supervision feedback) is filled with a word of its own, in every
ledger; then each format of the table is searched for these words. Fails as soon as a label, a
key, a message, a problem's quote, a place or a trace lets one through. A new record type, field
or format is held to it without a change here.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from engine.assessing.assess import assembled
from engine.assessing.entries import entries_of
from engine.assessing.gates import GateShower, at_gate
from engine.assessing.since import since
from engine.explaining.words import Words
from engine.judging.judge import ReferenceJudge
from engine.judging.run import Judged, run_of
from engine.model.assessment import Assessment
from engine.model.field import FieldKind
from engine.model.schema import Schema
from engine.ruleset.model import Ruleset
from facts.folder import read_folder
from facts.ledgers.templates import books
from facts.ledgers.workbook import template_files
from reporter.formats import FORMATS

KEPT = "密语"
"""Every kept field is filled with this word and a number."""

IDENTITY = "411422198003150018"
KEPT_DAY = dt.date(2024, 11, 29)
SHOWN_DAY = dt.date(2024, 5, 6)
AS_OF = dt.date(2025, 3, 10)


def filled(schema: Schema, folder: Path) -> set[str]:
    """Every ledger with two rows: one that reads, one whose days and numbers are words."""
    files, kept = template_files(schema), set()
    for book in books(schema):
        workbook = load_workbook(io.BytesIO(files[f"{book.name}.xlsx"]))
        for sheet in book.sheets:
            record_type = schema.types[sheet.type]
            for row, readable in ((3, True), (4, False)):
                for at, column in enumerate(sheet.columns, 1):
                    path = column.target.path
                    key = column.key or column.target.parent
                    spec = None if column.target.parent else record_type.fields.get(path)
                    content: Any = f"{book.name[:4]}{row}" if key else None
                    if spec is not None and spec.kept and not key:
                        word = f"{KEPT}{len(kept)}号"
                        kept.add(f"{sheet.type}.{path}")
                        content = word
                        if readable and spec.type is FieldKind.DATE:
                            content = KEPT_DAY
                    elif spec is not None and not key:
                        content = _plain(spec.type, column.choices)
                        if spec.type is FieldKind.STRING and spec.title.endswith(("理由", "名称")):
                            content = f"见{IDENTITY}号材料"
                    elif key and spec is not None and spec.type is FieldKind.INT:
                        content = 2024
                    if key and sheet.type == "officer":
                        content = IDENTITY
                    if content is not None:
                        workbook[sheet.title].cell(row, at, content)
        workbook.save(folder / f"{book.name}.xlsx")
    return kept


def _plain(kind: FieldKind, choices: tuple[str, ...]) -> Any:  # noqa: ANN401 - a cell
    match kind:
        case FieldKind.DATE:
            return SHOWN_DAY
        case FieldKind.INT | FieldKind.NUMBER:
            return 3
        case FieldKind.BOOL:
            return "是"
        case FieldKind.ENUM:
            return choices[0]
        case FieldKind.OBJECT:
            return None
        case _:
            return "甲"


def made(folder: Path, ruleset: Ruleset, *, unmask: bool) -> Assessment:
    """An assessment of the folder with a reason for every outcome, compared with itself."""
    facts = read_folder(folder, ruleset.schema, year=2024)
    run = replace(run_of(ruleset, facts, AS_OF, unmask=unmask), explain_all=True)
    requirements = list(ruleset.requirements.values())
    outcomes = ReferenceJudge().judge(requirements, run.records, run.world, run.year)
    judged = Judged({name: list(found) for name, found in outcomes.items()}, ())
    words = Words(ruleset.schema, unmask=unmask, parameters=ruleset.parameter_titles)
    gates = [g for gate in ruleset.gates.values() for g in at_gate(ruleset, run, gate, judged)]
    assessment = assembled(
        ruleset,
        run,
        words,
        requirements=requirements,
        engines=(),
        entries=[e for r in requirements for e in entries_of(r, run, judged, words)],
        gates=[GateShower(ruleset, words).entry(gate) for gate in gates],
        disagreements=0,
        doubts=judged.doubts,
    )
    return since(assessment, assessment)


def text_of(content: str | bytes) -> str:
    """All that a file holds, its parts unpacked, without the markup that may part a word."""
    if isinstance(content, str):
        return content
    if not content.startswith(b"PK"):
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return re.sub(r"<[^>]*>", "", "\n".join(parts))


@pytest.fixture(scope="module")
def office(ruleset: Ruleset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    kept = filled(ruleset.schema, folder)
    declared = {
        f"{record_type.type}.{path}"
        for book in books(ruleset.schema)
        for record_type in (ruleset.schema.types[sheet.type] for sheet in book.sheets)
        for path, spec in record_type.fields.items()
        if spec.kept
    }
    assert kept == declared
    return folder


@pytest.fixture(scope="module")
def masked(office: Path, ruleset: Ruleset) -> Assessment:
    return made(office, ruleset, unmask=False)


LEAKS = re.compile(rf"{KEPT}\d+号|{IDENTITY}|2024年11月29日|2024-11-29")


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_anything_out(name: str, masked: Assessment) -> None:
    found = LEAKS.search(text := text_of(FORMATS[name].render(masked)))
    assert found is None, text[max(0, found.start() - 300) : found.end() + 100]


def test_whoever_asks_for_it_sees_it(office: Path, ruleset: Ruleset) -> None:
    """So that the test above can fail: the same facts hold all of it."""
    shown = made(office, ruleset, unmask=True)
    text = text_of(FORMATS["json"].render(shown))
    assert {found[:2] for found in LEAKS.findall(text)} == {KEPT, IDENTITY[:2], "20"}
    assert any(KEPT in problem.text for item in shown.inputs for problem in item.problems)
    assert any(KEPT in entry.subject_label for entry in shown.outcomes)
    assert any(IDENTITY in entry.subject_key for entry in shown.outcomes)


def test_nothing_but_words_changes(office: Path, ruleset: Ruleset, masked: Assessment) -> None:
    """Joins, outcomes and fingerprints are the same whether or not names are shown."""
    shown = made(office, ruleset, unmask=True)
    same = ("requirement", "outcome", "severity", "fingerprint")
    one, other = (
        [tuple(getattr(entry, name) for name in same) for entry in found.outcomes]
        for found in (masked, shown)
    )
    assert one == other
