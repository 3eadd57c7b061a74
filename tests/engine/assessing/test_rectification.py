"""The rows of the 整改台账: beside the finding they are about, else listed for themselves."""

from __future__ import annotations

from dataclasses import replace

from engine.assessing.rectification import rectified
from engine.explaining.words import Words
from engine.judging.run import Run
from engine.model.assessment import OutcomeEntry, RectificationEntry, RectifiedEntry
from engine.model.outcome import Outcome, Severity
from engine.model.values import ABSENT, Record, Source
from tests.engine.small import BLANK, SCHEMA, Fact, world
from tests.runs import a_run

WORDS = Words(SCHEMA)
NUMBER = "41010519900101123X"
GAP, MET = Outcome.GAP, Outcome.MET


def entry(fingerprint: str, outcome: Outcome = GAP) -> OutcomeEntry:
    found = OutcomeEntry(
        "a-one", "thing", "事1", "事1", outcome, Severity.MAJOR, finding=outcome is GAP
    )
    return replace(found, fingerprint=fingerprint)


def row(fingerprint: str, source: Source | None = None, **cells: Fact) -> Record:
    return Record("rectification", fingerprint, cells, source=source or Source())


def run_of(*rows: Record) -> Run:
    return a_run({"rectification": list(rows)}, world(), 2024)


FILLED: dict[str, Fact] = {
    "responsible": f"周某{NUMBER}",
    "measure": "补办",
    "deadline": "八月底",
    "pages": "卷三第7页",
    "closed": "已销",
    "requirement": "a-one",
    "record": "事1",
    "problem": "没有办",
}
PLACE = Source("整改台账.xlsx", "整改台账", "A2")


def test_a_row_stands_beside_its_finding_as_it_was_written() -> None:
    run = run_of(row("aa", PLACE, **FILLED))
    entries, gone = rectified([entry("aa"), entry("bb")], run, WORDS)
    written = RectificationEntry(
        responsible="周某＊＊＊123X",
        measure="补办",
        deadline="八月底",
        pages="卷三第7页",
        closed="已销",
        source=PLACE,
    )
    assert entries == [replace(entry("aa"), rectification=written), entry("bb")]
    assert gone == ()


def test_a_row_without_a_finding_tells_what_it_was_about_and_what_became_of_it() -> None:
    run = run_of(row("aa", **FILLED), row("cc"), row("bb"))
    entries, gone = rectified([entry("aa", MET), entry("bb"), entry("dd", MET)], run, WORDS)
    nothing = RectificationEntry("", "", "", "", "", None)
    assert entries == [
        entry("aa", MET),
        replace(entry("bb"), rectification=nothing),
        entry("dd", MET),
    ]
    written = RectificationEntry(
        "周某＊＊＊123X", "补办", "八月底", "卷三第7页", "已销", source=None
    )
    assert gone == (
        RectifiedEntry("aa", "a-one", "事1", "没有办", MET, written),
        RectifiedEntry("cc", "", "", "", None, nothing),
    )


def test_a_cell_that_says_nothing_readable_is_empty() -> None:
    run = run_of(row("aa", responsible=ABSENT, measure=BLANK, closed="是"))
    ([found], _) = rectified([entry("aa")], run, WORDS)
    assert found.rectification == RectificationEntry("", "", "", "", "是", None)


def test_without_a_row_the_outcomes_are_as_they_were() -> None:
    given = (entry("aa"), entry("bb", MET))
    for run in (run_of(), a_run({}, world(), 2024)):
        assert rectified(given, run, WORDS) == ([*given], ())
