"""Findings that rest on one fact are one root with so many consequences."""

from __future__ import annotations

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import Outcome, Severity
from engine.model.shown import FactEntry
from engine.model.values import Cause
from reporter.roots import roots


def fact(key: str, field: str, cause: Cause | None = None, *, decides: bool = True) -> FactEntry:
    """A fact of a card."""
    state = "known" if cause is None else "unknown"
    value = "2024" if cause is None else None
    return FactEntry("card", key, field, field, state, value, cause, None, decides)  # type: ignore[arg-type]


def finding(
    name: str,
    severity: Severity,
    *evidence: FactEntry,
    missing: tuple[FactEntry, ...] = (),
) -> OutcomeEntry:
    """A finding on an act."""
    return OutcomeEntry(
        name, "act", name, name, Outcome.GAP, severity, finding=True, fingerprint=name,
        evidence=evidence, missing=missing,
    )  # fmt: skip


def shown(*entries: OutcomeEntry) -> list[tuple[str | None, bool, list[str]]]:
    return [
        (None if r.fact is None else r.fact.field, r.column, [e.requirement for e in r.entries])
        for r in roots(entries)
    ]


MAJOR, MINOR = Severity.MAJOR, Severity.MINOR


def test_a_card_that_spoils_acts_is_one_root() -> None:
    """Fails if four acts on one expired card could be told as four things to mend."""
    acts = [finding(f"a{n}", MAJOR, fact("1", "valid_to"), fact(f"{n}", "held")) for n in range(4)]
    other = finding("b", MAJOR, fact("2", "valid_to"))
    assert shown(other, *acts) == [
        ("valid_to", False, ["a0", "a1", "a2", "a3"]),
        (None, False, ["b"]),
    ]


def test_a_fact_that_was_read_and_decided_nothing_joins_nothing() -> None:
    one = finding("a", MAJOR, fact("1", "level", decides=False), fact("1", "x"))
    two = finding("b", MAJOR, fact("1", "level", decides=False), fact("2", "x"))
    assert shown(one, two) == [(None, False, ["a"]), (None, False, ["b"])]


def test_a_column_that_is_not_there_is_one_root_for_all_records() -> None:
    lacks = Cause.NO_COLUMN
    entries = [finding(f"a{n}", MINOR, missing=(fact(f"{n}", "x", lacks),)) for n in range(3)]
    assert shown(*entries) == [("x", True, ["a0", "a1", "a2"])]


def test_the_gravest_comes_first_and_then_what_has_most_consequences() -> None:
    """Fails if roots could stand in the order of their letters."""
    grave = finding("z", Severity.BLOCKING, fact("9", "x"))
    pair = [finding(n, MAJOR, fact("1", "x")) for n in ("y1", "y2")]
    single = finding("a", MAJOR, fact("3", "x"))
    assert [names for _, _, names in shown(single, *pair, grave)] == [["z"], ["y1", "y2"], ["a"]]
