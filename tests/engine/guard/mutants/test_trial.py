"""Mutants of a small ruleset: which there are, and what becomes of each, as worked out by hand.

`require: thing.flag && thing.n >= 3`, judged with three examples: 3 pieces, 2 pieces, not done.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from engine.guard.lint.infeasible import notes, same, stale
from engine.guard.lint.lint import lint
from engine.guard.mutants.mutants import mutants
from engine.guard.mutants.trial import MutantStatus, tried
from engine.guard.verify.equivalents import survived
from engine.guard.verify.search import Answer, Search
from engine.model.errors import InvalidRulesetError
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from facts.records.load import read_schema
from tests.engine.guard.lint.test_lint import RULE, loaded
from tests.engine.small import CALENDAR

THING = """\
type: thing
title: 事项
sheets: [事项]
key: [no]
fields:
  no: {type: string, title: 编号}
  flag: {type: bool, title: 是否甲}
  n: {type: int, title: 件数}
  on: {type: date, time: event, title: 办理日期}
  kind: {type: enum, title: 种类, values: {甲: [], 乙: []}}
"""
HEAD = RULE[: RULE.index("severity:")]
TAIL = "message: 没有办\nremedy: 去办\nrationale: 理由\n"
MET = "{name: 照办, outcome: met, as_of: 2024-07-01, why: 三件, given: {flag: true, n: 3}}"
SHORT = "{like: 照办, outcome: gap, why: 两件, given: {n: 2}}"
UNDONE = "{like: 照办, outcome: gap, why: 没办, given: {flag: false}}"


def rule(*examples: str, severity: str = "major", **keys: str) -> str:
    written = {"act_on": "as_of", "require": "thing.flag && thing.n >= 3"} | keys
    body = "".join(f"{key}: {text}\n" for key, text in written.items())
    listed = "".join(f"  - {example}\n" for example in examples)
    return f"{HEAD}severity: {severity}\n{body}{TAIL}examples:\n{listed}"


def ruleset(folder: Path, text: str, **files: str) -> Ruleset:
    return loaded(folder, {"dom/a-one": text, **files}, THING)


def statuses(found: Ruleset) -> dict[str, str]:
    return {f"{m.owner} {m.id}": str(status) for m, status in tried(found, CALENDAR)}


def own(found: Ruleset, status: MutantStatus) -> set[str]:
    """The mutants of the requirement itself with a status."""
    return {
        name.removeprefix("a-one ")
        for name, status_ in statuses(found).items()
        if status_ == status and name.startswith("a-one ")
    }


def test_an_example_on_each_side_kills_every_mutant_of_a_conjunction(tmp_path: Path) -> None:
    found = ruleset(tmp_path, rule(MET, SHORT, UNDONE))
    assert own(found, MutantStatus.ALIVE) == set()
    assert own(found, MutantStatus.KILLED) == {
        "applies#1 negate",
        "require#1 connective",
        "require#1 drop1",
        "require#1 drop2",
        "require#2 negate",
        "require#3 strict",
        "require#3 swap",
        "require#3 negate",
        "require#5 more",
        "require#5 less",
    }


def test_examples_are_judged_by_the_working_day_calendar(tmp_path: Path) -> None:
    # From Monday, 30 September 2024, to 8 October lies the holiday: one working day, eight days.
    given = "given: {on: 2024-09-30}"
    first = f"{{outcome: met, as_of: 2024-10-08, why: 假后首日, {given}}}"
    late = f"{{outcome: gap, as_of: 2024-10-09, why: 晚一日, {given}}}"
    found = ruleset(tmp_path, rule(first, late, require="workdays(thing.on, as_of) <= 1"))
    killed = own(found, MutantStatus.KILLED)
    assert killed >= {"require#2 days", "require#1 strict", "require#5 more", "require#5 less"}


def test_a_share_is_those_chosen_by_number(tmp_path: Path) -> None:
    found = ruleset(tmp_path, rule(MET, UNDONE))
    every = list(tried(found, CALENDAR))
    share = list(tried(found, CALENDAR, lambda number: number % 3 == 1))
    assert share == every[1::3]
    assert len(share) > 1


def test_a_mutant_lives_where_the_example_that_notices_it_is_taken_away(tmp_path: Path) -> None:
    # Without 两件: nothing tells >= 3 from >= 2, nor the number from no condition at all, nor
    # 3 from its turned-round self, which 3 pieces satisfy either way.
    found = ruleset(tmp_path, rule(MET, UNDONE))
    assert own(found, MutantStatus.ALIVE) == {"require#1 drop2", "require#3 swap", "require#5 less"}


def test_days_of_force_belong_to_the_file_that_gives_them(tmp_path: Path) -> None:
    found = ruleset(tmp_path, rule(MET, SHORT, UNDONE))
    dated = {
        name: status for name, status in statuses(found).items() if name.startswith("instrument")
    }
    assert dated == {"instrument.LAW from more": "alive", "instrument.LAW from less": "alive"}
    eve = "{like: 照办, outcome: not_applicable, as_of: 2019-12-31, why: 前一日}"
    first = "{like: 照办, outcome: met, as_of: 2020-01-01, why: 当日}"
    found = ruleset(tmp_path, rule(MET, SHORT, UNDONE, eve, first))
    dated = {
        name: status for name, status in statuses(found).items() if name.startswith("instrument")
    }
    assert dated == {"instrument.LAW from more": "killed", "instrument.LAW from less": "killed"}
    own_day = rule(MET).replace("article: 第一条", "article: 第一条, from: 2021-01-01")
    assert {m.id for m in mutants(ruleset(tmp_path, own_day)) if m.place.startswith("basis")} == {
        "basis[1].from more",
        "basis[1].from less",
    }


def test_a_whole_reading_a_deadline_and_its_day_can_go(tmp_path: Path) -> None:
    text = rule(MET, lenient="thing.flag", due="date(2024, 6, 30)")
    found = {m.id for m in mutants(ruleset(tmp_path, text)) if m.place in ("lenient", "due")}
    assert found == {"lenient gone", "due gone", "due more", "due less"}


def test_severity_and_note_count_where_an_example_asserts_them(tmp_path: Path) -> None:
    severity = "[{when: thing.kind == '甲', level: blocking}, {level: minor}]"
    note = "{when: thing.n == 3, text: 恰好}"
    plain = "{like: 照办, outcome: gap, why: 甲, given: {flag: false, kind: 甲}}"
    found = ruleset(tmp_path, rule(MET, SHORT, UNDONE, plain, severity=severity, note=note))
    assert own(found, MutantStatus.ALIVE) == {
        "severity[1]#1 negate",
        "severity[1] gone",
        "note#1 strict",
        "note#1 other-side",
        "note#1 negate",
        "note#3 more",
        "note#3 less",
        "note gone",
    }
    asserted = plain.replace("outcome: gap", "outcome: gap, severity: blocking")
    noted = MET.replace("outcome: met", "outcome: met, note: true")
    four = "{like: 照办, outcome: met, note: false, why: 四件, given: {n: 4}}"
    found = ruleset(
        tmp_path, rule(noted, SHORT, UNDONE, asserted, four, severity=severity, note=note)
    )
    # Fewer than three are never met: no note is said of them, so nothing tells <= 3 from == 3.
    assert own(found, MutantStatus.ALIVE) == {"note#1 strict"}
    assert survived(found, CALENDAR).same["a-one"] == ("note#1 strict",)


def test_a_term_is_judged_over_all_that_use_it(tmp_path: Path) -> None:
    terms = "enough: {subject: thing, title: 够数, expr: thing.n >= 3}\n"
    other = rule(MET, UNDONE, require="thing.flag && term.enough")
    found = ruleset(tmp_path, other, terms=terms)
    alive = {name for name, status in statuses(found).items() if status == "alive"}
    assert {name for name in alive if name.startswith("term")} == {
        "term.enough expr#1 swap",
        "term.enough expr#3 less",
    }
    second = rule(MET, SHORT, require="term.enough").replace("a-one", "a-two")
    ids = "a-one: {title: 办理}\na-two: {title: 办理}\n"
    found = ruleset(tmp_path, other, terms=terms, ids=ids, **{"dom/a-two": second})
    alive = {name for name, status in statuses(found).items() if status != "killed"}
    assert not {name for name in alive if name.startswith("term")}


def test_what_no_record_can_notice_is_proved_and_noted_until_the_text_changes(
    tmp_path: Path,
) -> None:
    # Whoever has a number of 3 or more has a number.
    text = rule(MET, SHORT, UNDONE, require="thing.flag && (thing.n >= 3 || thing.n > 3)")
    found = ruleset(tmp_path, text)
    alive = own(found, MutantStatus.ALIVE)
    proved = survived(found, CALENDAR).same
    assert "require#3 drop2" in alive
    assert "require#3 drop2" in proved["a-one"]
    kept = notes(found, {}, proved)
    noted = ruleset(tmp_path, text, infeasible=_text(kept))
    assert same(noted) == {(owner, name) for owner, names in proved.items() for name in names}
    assert own(noted, MutantStatus.SAME) == set(proved["a-one"])
    changed = ruleset(tmp_path, text.replace("> 3", "> 4"), infeasible=_text(kept))
    assert "require#3 drop2" in own(changed, MutantStatus.ALIVE)
    assert "a-one" in stale(changed)
    assert [c.key for c in lint(changed, CALENDAR) if "重新证明" in c.message] == list(kept)


def _text(kept: object) -> str:
    assert isinstance(kept, dict)
    return "".join(f"{name}: {note.model_dump_json()}\n" for name, note in kept.items())


def test_what_some_record_notices_is_shown_with_that_record(tmp_path: Path) -> None:
    found = survived(ruleset(tmp_path, rule(MET, UNDONE)), CALENDAR)
    said = {o.id: o for o in found.objections}
    missed = said["survives a-one require#5 less"]
    assert missed.message == "没有例子看出这处改动：〔“件数”不少于3〕改成〔“件数”不少于2〕"
    assert "“件数”：2" in missed.case
    assert missed.case.endswith("“办理”（a-one）不符合；改动以后符合要求")


def test_what_z3_does_not_answer_in_time_is_neither_shown_nor_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Search, "find", lambda *_args, **_keys: Answer.UNDECIDED)
    found = survived(ruleset(tmp_path, rule(MET, UNDONE)), CALENDAR)
    [missed] = [o for o in found.objections if o.id == "survives a-one require#5 less"]
    assert (missed.case, found.same) == ("", {})


def test_a_reason_in_accepted_stands_for_a_proof(tmp_path: Path) -> None:
    accepted = "survives a-one require#3 swap: {reason: 为什么}\n"
    found = ruleset(tmp_path, rule(MET, UNDONE), accepted=accepted)
    assert own(found, MutantStatus.ACCEPTED) == {"require#3 swap"}


def test_an_example_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRulesetError) as refused:
        ruleset(tmp_path, rule("三件", MET, SHORT))
    assert refused.value.key == "examples.1"
    assert "须是“键: 值”" in str(refused.value)


def test_a_day_moved_past_the_end_of_its_window_is_stillborn(tmp_path: Path) -> None:
    """In force on one day alone: a day later it would start after it ends, a day earlier not."""
    one_day = rule(MET).replace(
        "article: 第一条", "article: 第一条, from: 2021-01-01, until: 2021-01-01"
    )
    found = ruleset(tmp_path, one_day)
    own_days = {m.id: bool(m.made) for m in mutants(found) if m.place.startswith("basis")}
    assert own_days == {
        "basis[1].from more": False,
        "basis[1].from less": True,
        "basis[1].until more": True,
        "basis[1].until less": False,
    }
    assert own(found, MutantStatus.STILLBORN) >= {"basis[1].from more", "basis[1].until less"}


def test_an_adjustment_of_what_no_requirement_judges_has_no_mutants(tmp_path: Path) -> None:
    """A mutant is told from the original by judging; here there is nothing to judge."""
    lower = (
        "low:\n  subject: thing\n  title: 轻\n  when: has(thing.on)\n"
        "  basis: [{instrument: LAW, article: 第一条}]\n"
    )
    used = ruleset(tmp_path, rule(MET), adjustments=lower)
    made = [m.id for m in mutants(used) if m.owner == "adjustment.low"]
    assert {name.split()[-1] for name in made} == {"true", "false", "negate", "gone"}
    (tmp_path / "adjustments.yaml").write_text(lower.replace("thing", "other"), encoding="utf-8")
    other = THING.replace("type: thing", "type: other").replace("[事项]", "[别的]")
    types = read_schema({"thing.yaml": THING, "other.yaml": other})
    unused = load_ruleset(tmp_path, types)
    assert [m for m in mutants(unused) if m.owner == "adjustment.low"] == []


def test_the_two_coverages_are_not_shown_at_once() -> None:
    result = CliRunner().invoke(main, ["rules", "coverage", "--conditions", "--mutants"])
    assert result.exit_code == ExitCode.WRONG_USE
    assert "一次看一样" in result.stderr
