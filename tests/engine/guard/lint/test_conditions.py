"""What examples show of each atomic condition: truths where it is asked, and what it decides."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from engine.guard.lint.conditions import tried
from engine.guard.lint.infeasible import notes, owed, stale, written
from engine.guard.lint.lint import lint
from engine.ruleset.model import Ruleset
from tests.engine.guard.lint.test_lint import RULE, loaded
from tests.engine.small import CALENDAR
from tests.engine.small import ruleset as small_ruleset

D = dt.date
EXAMPLES = RULE[RULE.index("examples:") :]


def rule(applies: str, require: str, examples: str, more: str = "") -> str:
    text = RULE.replace("applies: thing.flag", f"applies: {applies}")
    text = text.replace(
        "require: has(thing.on) && thing.on <= thing.until", f"require: {require}{more}"
    )
    return text.replace(EXAMPLES, "examples:\n" + examples)


def example(outcome: str, given: str, as_of: str = "2024-07-31") -> str:
    return f"  - {{outcome: {outcome}, as_of: {as_of}, why: 算法, given: {{{given}}}}}\n"


def lacking(ruleset: Ruleset) -> dict[str, tuple[str, ...]]:
    found = tried(ruleset, CALENDAR)
    return {f"{p.owner} {p}": aspects for p, aspects in owed(ruleset, found).items()}


def test_the_small_ruleset_lacks_what_no_example_of_it_shows(tmp_path: Path) -> None:
    # Examples: flag 是 three times, no column once, 否 once; on before and after until, blank.
    ruleset = loaded(tmp_path, {})
    assert lacking(ruleset) == {
        "a-one require#1": ("false",),  # has(on): nobody wrote 无
    }
    assert [(c.file, c.key, c.message) for c in lint(ruleset, CALENDAR)] == [
        (
            "rulesets/dom/a-one.yaml",
            "require",
            "条件“有“办理日期””没有例子使它不成立，请各编一个；"  # noqa: ISC004 - one sentence
            "编不出的，用 fazhi rules verify 证明（require#1）",
        )
    ]


def test_a_condition_is_seen_only_where_the_outcome_asks_it(tmp_path: Path) -> None:
    examples = (
        example("met", "flag: true, on: 2024-06-29, until: 2024-06-30")
        + example("gap", "flag: true, on: null, until: 2024-06-30")
        + example("unknown", "flag: {unknown: blank}, until: 2024-06-30")
        # 否: whether it was done is asked of nobody, so blank shows nothing of require
        + example("not_applicable", "flag: false, on: {unknown: blank}, until: 2024-06-30")
    )
    ruleset = loaded(tmp_path, {"dom/a-one": rule("thing.flag", "has(thing.on)", examples)})
    assert lacking(ruleset) == {"a-one require#1": ("unknown",)}


def test_a_condition_that_changes_no_outcome_decides_nothing(tmp_path: Path) -> None:
    require = "has(thing.on) || (has(thing.on) && thing.word == '甲')"
    examples = (
        example("met", "flag: true, on: 2024-06-29, word: 甲, until: 2024-06-30")
        + example("met", "flag: true, on: 2024-06-29, word: 乙, until: 2024-06-30")
        + example("gap", "flag: true, on: null, word: {unknown: blank}, until: 2024-06-30")
        + example("unknown", "flag: true, on: {unknown: blank}, word: 甲, until: 2024-06-30")
        + example("unknown", "until: 2024-06-30")
        + example("not_applicable", "flag: false, until: 2024-06-30")
    )
    ruleset = loaded(tmp_path, {"dom/a-one": rule("thing.flag", require, examples)})
    assert lacking(ruleset) == {"a-one require#2": ("decides",)}


def test_conditions_of_list_elements_and_of_terms_are_their_own(tmp_path: Path) -> None:
    files = {
        "terms": "early: {subject: thing, title: 早, expr: thing.on < thing.until}\n",
        "dom/a-one": rule("thing.flag && !term.early", "has(thing.on)", EXAMPLES[10:]),
    }
    found = tried(loaded(tmp_path, files), CALENDAR)
    assert {f"{p.owner} {p}" for p in found} == {
        "a-one applies#1",
        "a-one applies#2",
        "a-one require#1",
        "early term#1",
    }


GRADED = RULE.replace(
    "severity: major",
    "severity:\n  - {when: thing.word == '甲', level: blocking}\n"
    "  - {when: thing.word == '乙', level: major}\n  - {level: minor}",
)


def test_a_severity_is_asked_where_the_outcome_calls_for_something(tmp_path: Path) -> None:
    # The examples have no column for the word: unknown in 不符合 and 信息不全, and the graver
    # holds; were the first condition never true, it would be 重要.
    first = lacking(loaded(tmp_path / "first", {"dom/a-one": GRADED}))
    assert first == {
        "a-one require#1": ("false",),
        "a-one severity#1": ("true", "false"),
        "a-one severity@1#1": ("true", "false", "decides"),
    }
    met = example("met", "flag: true, word: 甲, on: 2024-06-29, until: 2024-06-30")
    met += example("not_applicable", "flag: false, word: 乙, on: 2024-06-29, until: 2024-06-30")
    assert lacking(loaded(tmp_path / "met", {"dom/a-one": GRADED + met})) == first
    gap = example("gap", "flag: true, word: 甲, on: 2024-07-02, until: 2024-06-30")
    gap += example("gap", "flag: true, word: 丙, on: 2024-07-02, until: 2024-06-30")
    assert lacking(loaded(tmp_path / "gap", {"dom/a-one": GRADED + gap})) == {
        "a-one require#1": ("false",),
        "a-one severity@1#1": ("true",),
    }
    second = example("gap", "flag: true, word: 乙, on: 2024-07-02, until: 2024-06-30")
    assert lacking(loaded(tmp_path / "second", {"dom/a-one": GRADED + gap + second})) == {
        "a-one require#1": ("false",),
    }


def test_a_note_is_asked_where_it_is_met(tmp_path: Path) -> None:
    noted = RULE.replace("message:", "note: {when: thing.word == '甲', text: 请核}\nmessage:")
    first = lacking(loaded(tmp_path / "first", {"dom/a-one": noted}))
    assert first == {"a-one require#1": ("false",), "a-one note#1": ("true", "false")}
    gap = example("gap", "flag: true, word: 甲, on: 2024-07-02, until: 2024-06-30")
    gap += example("gap", "flag: true, word: 丙, on: 2024-07-02, until: 2024-06-30")
    assert lacking(loaded(tmp_path / "gap", {"dom/a-one": noted + gap})) == first
    met = example("met", "flag: true, word: 甲, on: 2024-06-29, until: 2024-06-30")
    met += example("met", "flag: true, word: 丙, on: 2024-06-29, until: 2024-06-30")
    assert lacking(loaded(tmp_path / "met", {"dom/a-one": noted + met})) == {
        "a-one require#1": ("false",)
    }


def test_a_note_counts_until_what_it_was_proved_of_changes(tmp_path: Path) -> None:
    ruleset = loaded(tmp_path, {})
    place = next(p for p in tried(ruleset, CALENDAR) if str(p) == "require#1")
    kept = notes(ruleset, {place: ("false",)}, {})
    text = "".join(f"{n}: {note.model_dump_json()}\n" for n, note in kept.items())
    noted = loaded(tmp_path, {"infeasible": text})
    assert (lacking(noted), stale(noted)) == ({}, [])
    changed = loaded(tmp_path, {"dom/a-one": RULE.replace("on <= thing", "on < thing")})
    assert lacking(changed)["a-one require#1"] == ("false",)
    assert stale(changed) == ["a-one"]


def test_notes_are_written_as_they_are_read(tmp_path: Path) -> None:
    ruleset = loaded(tmp_path, {})
    place = next(p for p in tried(ruleset, CALENDAR) if str(p) == "require#1")
    only = notes(ruleset, {place: ("false", "unknown")}, {})
    text = written(only)
    assert text.splitlines()[3:] == [
        "a-one:",
        f"  stamp: '{only['a-one'].stamp}'",
        "  never:",
        "    require#1: ['false', 'unknown']",
    ]
    assert loaded(tmp_path / "never", {"infeasible": text}).infeasible == only
    both = notes(ruleset, {}, {"a-one": ["require#2 swap", "applies#1 negate"]})
    text = written(both)
    assert text.splitlines()[5:] == ["  same:", "    - applies#1 negate", "    - require#2 swap"]
    assert loaded(tmp_path / "same", {"infeasible": text}).infeasible == both


def test_days_of_acts_and_days_due_are_read_as_planned() -> None:
    """9 July is to come: a condition about it holds, where it would be unknown of what has been."""
    later = "thing.on > thing.start"
    made = small_ruleset(
        {
            "act_on": f"{later} ? thing.start : thing.until",
            "due": f"{later} ? thing.until : thing.start",
            "applies": f"{later} || true",
            "examples": [
                {
                    "outcome": "pending",
                    "as_of": "2024-06-30",
                    "why": "算法",
                    "given": {
                        "start": D(2024, 5, 1),
                        "until": D(2024, 8, 1),
                        "on": {"planned": D(2024, 7, 9)},
                    },
                }
            ],
        }
    )
    found = {str(place): shown.aspects for place, shown in tried(made, CALENDAR).items()}
    assert found == {
        "act_on#1": {"true"},  # either day is under the same law
        "due#1": {"true", "decides"},  # by the other, the day due would be over
        "applies#1": {"unknown"},
        "require#1": {"unknown", "decides"},
    }
