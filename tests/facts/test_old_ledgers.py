"""Ledgers as an office keeps them by hand: what of them is read, and what is named."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.old_ledgers import write
from engine.model.facts import Facts
from engine.model.values import NO_COLUMN, Cause, Unknown
from facts.folder import read_folder
from facts.records.load import load_schema
from tests.facts.conftest import errors

D = dt.date


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder: Path = tmp_path_factory.mktemp("old")
    write(folder)
    return read_folder(folder, load_schema())


def test_every_row_is_a_record(facts: Facts) -> None:
    """Fails if a sheet of the old ledgers isn't read, or a title, a section or a total is a row."""
    kinds = ("decision", "normative_doc", "filing", "officer", "certificate", "penalty_case",
             "training_record", "declared_count", "agency_count")  # fmt: skip
    # 2 of 6 reviewed are decisions and 2 documents; 9 were cleaned up and 5 filed
    assert {kind: len(facts.records[kind]) for kind in kinds} == {
        "decision": 2, "normative_doc": 16, "filing": 5, "officer": 16, "certificate": 16,
        "penalty_case": 36, "training_record": 12, "declared_count": 1, "agency_count": 1,
    }  # fmt: skip


def test_what_they_say_is_read(facts: Facts) -> None:
    """Fails if a month gives no day, a term no end, a title no body, a clean-up no day."""
    case = next(r for r in facts.records["penalty_case"] if r.key == "云水罚〔2024〕101号")
    days = [case.scalar(path) for path in ("unit", "opened_on", "decision_on")]
    assert days == ["云溪县水利局", D(2024, 10, 1), D(2024, 10, 21)]
    assert Counter(r.scalar("valid_to") for r in facts.records["certificate"]) == Counter(
        {D(year, 5, 9): 4 for year in (2024, 2025, 2026, 2027)}
    )
    # no settings say that 县 is 云溪县: the names stay as they are written
    units = Counter(r.scalar("unit") for r in facts.records["officer"])
    assert units == Counter(dict.fromkeys(("县水利局", "县林业局", "县城管局", "青石镇"), 4))
    cleaned = [r for r in facts.records["normative_doc"] if r.source.file.endswith("清理结果.xlsx")]
    state = Counter((r.scalar("in_valid_catalog"), r.scalar("repealed_on")) for r in cleaned)
    assert state == Counter({(True, NO_COLUMN): 3, (False, D(2024, 6, 30)): 6})
    trained = {r.scalar("trained_on") for r in facts.records["training_record"]}
    assert trained == {
        Unknown(Cause.INCOMPLETE, D(2024, month, 1), D(2024, month, last))
        for month, last in ((3, 31), (6, 30), (9, 30), (11, 30))
    }
    # by name in one ledger, by number in the other: the same three
    assert {r.scalar("officer_id") for r in facts.records["training_record"]} == {
        "豫K00", "豫K01", "豫K02",
    }  # fmt: skip


def test_the_one_thing_that_does_not_fit_is_named(facts: Facts) -> None:
    (text,) = errors(facts)
    assert text.startswith(
        "行政执法统计年报.xlsx〔表二〕B3：“35”，统计表写云溪县水利局2024年行政处罚35件，台账里有36件"
    )
