"""Cases found by z3: every state of a fact as an example writes it, and why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

import pytest
import z3

from engine.guard.examples import Case
from engine.guard.verify import search as searching
from engine.guard.verify.algebra import Bool
from engine.guard.verify.days import MINUTES, Days
from engine.guard.verify.facts import Fact, Facts, SymbolicRecord
from engine.guard.verify.search import Answer, Found, Search
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.model.values import ABSENT_LIST
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Requirement
from tests.engine.small import CALENDAR, SCHEMA, parts, requirement, thing, tree, value

D = dt.date
MAY, JUNE = D(2024, 5, 1), D(2024, 6, 3)


def asked(text: str, made: Requirement | None = None) -> tuple[Search, Bool]:
    """A search for cases of a requirement, and the condition that it is about."""
    found = Search([made or requirement(require=text)], SCHEMA, CALENDAR)
    scope = {found.requirement.subject: found.subject}
    return found, found.encoder.truth(tree(text, subject=found.requirement.subject), scope).true


def example(search: Search, *goals: Bool) -> Example:
    """The example that z3 finds, which nobody need confirm."""
    found = search.find(z3.And(*goals), lambda _case: True)
    assert isinstance(found, Found)
    return found.example


def says(text: str) -> Callable[[Case], bool]:
    """Whether the reference finds the condition true of a case."""
    return lambda case: value(text, case.subject) is True


FactGoal: TypeAlias = Callable[[Fact], list[Bool]]
Code: TypeAlias = bool | int | z3.RatNumRef


def known(code: Code) -> FactGoal:
    return lambda fact: [fact.known, fact.value == code]


@pytest.mark.parametrize(
    ("text", "field", "goal", "written"),
    [
        ("thing.flag", "flag", known(True), True),
        ("thing.n > 0", "n", known(7), 7),
        ("thing.n > 0", "n", lambda f: [f.absent], None),
        ("thing.n > 0", "n", lambda f: [f.bounded, f.lo == 3, f.hi == 5], {"between": [3, 5]}),
        (
            "thing.n > 0",
            "n",
            lambda f: [z3.Not(z3.Or(f.known, f.absent, f.bounded))],
            {"unknown": "blank"},
        ),
        ("thing.amount > 0", "amount", known(z3.RealVal("2.25")), Decimal("2.25")),
        ("thing.on < as_of", "on", known(MAY.toordinal()), MAY),
        (
            "thing.on < as_of",
            "on",
            lambda f: [f.bounded, f.lo == MAY.toordinal(), f.hi == JUNE.toordinal()],
            {"between": [MAY, JUNE]},
        ),
        (
            "thing.on < as_of",
            "on",
            lambda f: [f.planned, f.value == JUNE.toordinal()],
            {"planned": JUNE},
        ),
        (
            "thing.at < thing.then",
            "at",
            known(MAY.toordinal() * MINUTES + 8 * 60 + 30),
            "2024-05-01 08:30",
        ),
        ("thing.word == '水'", "word", known(0), "水"),
        ("thing.word == '水'", "word", known(1), "某1"),  # a word that no expression names
    ],
)
def test_a_fact_is_written_as_the_model_has_it(
    text: str, field: str, goal: FactGoal, written: object
) -> None:
    search, _ = asked(text)
    given = example(search, *goal(search.subject.facts[field])).given
    assert (given[field], type(given[field])) == (written, type(written))


def test_lists_are_written_open_closed_or_absent() -> None:
    search, _ = asked("thing.tags.exists(s, s == '红') && thing.parts.exists(p, p.ok)")
    tags, listed = search.subject.lists["tags"], search.subject.lists["parts"]
    red, *others = (slot.present for slot in tags.slots)
    [slot] = listed.slots
    assert isinstance(slot.element, SymbolicRecord)
    ok = slot.element.facts["ok"]
    only_red = [red, *map(z3.Not, others)]
    given = example(search, *only_red, tags.closed, listed.absent).given
    assert (given["tags"], given["parts"]) == (["红"], None)
    poor = [slot.present, ok.known, z3.Not(ok.value), listed.closed]
    given = example(search, *only_red, z3.Not(tags.closed), *poor).given
    assert (given["tags"], given["parts"]) == ({"open": ["红"]}, [{"ok": False}])
    given = example(search, *map(z3.Not, (red, *others)), tags.closed, *poor).given
    assert given["tags"] == []


def test_words_of_a_list_that_nobody_enumerated() -> None:
    search, exists = asked("thing.secret_tags.exists(s, s == '密')")
    assert example(search, exists).given["secret_tags"] in (["密"], {"open": ["密"]})


def test_parameters_and_the_place() -> None:
    text = "thing.n <= param.most_days && thing.amount <= param.share && place.level == '县级'"
    search, holds = asked(text)
    days, share = search.facts.params["most_days"][1], search.facts.params["share"][1]
    found = example(search, holds, days == 5, share == z3.RealVal("0.25"))
    assert found.params == {"most_days": 5, "share": Decimal("0.25")}
    assert type(found.params["most_days"]) is int
    assert found.place == {"level": "县级"}
    unset = example(search, *(z3.Not(known) for known, _ in search.facts.params.values()))
    assert unset.params == {}


def test_the_record_above_stands_beside_what_is_given() -> None:
    made = requirement(subject="part", act_on="part.on", require="part.parent.flag && part.ok")
    search, holds = asked("part.parent.flag && part.ok", made)
    found = example(search, holds)
    assert (found.given["ok"], found.parent) == (True, {"flag": True})
    case = search.find(holds, says("part.parent.flag && part.ok"))
    assert isinstance(case, Found)
    assert case.case.subject.parent is not None
    assert case.case.subject.parent.values == {"flag": True}


def test_a_persons_answer() -> None:
    made = requirement(kind="manual", require=None)
    search = Search([made], SCHEMA, CALENDAR)
    search.encoder.truth(made.texts[0].require, {"thing": search.subject})
    [answer] = (fact for path, fact in search.subject.facts.items() if path.startswith("manual:"))
    for word in ("符合", "不符合", "不涉及"):
        code = search.facts.code(word)
        assert example(search, answer.known, answer.value == code).given["answer"] == word
    assert "answer" not in example(search, z3.Not(answer.known)).given
    assert search.find(answer.absent, lambda _case: True) is Answer.IMPOSSIBLE
    assert search.find(answer.value == 17, lambda _case: True) is Answer.IMPOSSIBLE


def test_a_case_is_made_exact_until_the_reference_agrees() -> None:
    # 6 May 2024 and five working days on: Saturday the 11th, a working day
    text = "workdays(thing.on, thing.until) == 5 && thing.on == date(2024, 5, 6)"
    search, holds = asked(text)
    found = search.find(z3.And(holds, search.subject.facts["until"].known), says(text))
    assert isinstance(found, Found)
    assert found.case.subject.values["until"] == D(2024, 5, 11)
    assert found.example.outcome is Outcome.UNKNOWN  # nobody judged it yet


def test_why_there_is_no_case(monkeypatch: pytest.MonkeyPatch) -> None:
    search, holds = asked("thing.n > 3 && thing.n < 3")
    assert search.find(holds, lambda _case: True) is Answer.IMPOSSIBLE
    assert search.impossible(holds)
    search, holds = asked("thing.n > 3")
    assert search.find(holds, lambda _case: False) is Answer.UNDECIDED
    assert not search.impossible(holds)
    # Told the working days of every model, the reference never agrees.
    search, holds = asked("workdays(thing.on, thing.until) > 3")
    monkeypatch.setattr(searching, "_ROUNDS", 2)
    seen: list[Case] = []
    assert search.find(holds, lambda case: bool(seen.append(case))) is Answer.UNDECIDED
    assert len(seen) == 2
    # z3 does not know.
    monkeypatch.setattr(searching, "_STEPS", 1_000)
    x, y, z = z3.Ints("x y z")
    hard = z3.And(x > 1, y > 1, z > 1, x * x * x + y * y * y == z * z * z)
    assert search.find(hard, lambda _case: True) is Answer.UNDECIDED
    assert not search.impossible(hard)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("size(thing.parts) >= thing.n && thing.n >= 5", 5),
        ("size(thing.parts) >= 20", 20),
        ("size(thing.parts.filter(p, p.n <= 3)) >= thing.n && thing.n >= 5", 5),
        ("size(thing.parts) + size(thing.fixed) >= 5", 5),
        ("sum(thing.parts, p, p.n) == 15 && thing.parts.all(p, p.n <= 3)", 5),
        ("sum(thing.parts, p, p.n * 0.5) == 7.5 && thing.parts.all(p, p.n <= 3)", 5),
        ("sum(thing.parts.filter(p, p.ok), p, p.n) >= 7 && thing.parts.all(p, p.n <= 3)", 5),
    ],
)
def test_what_only_a_longer_list_shows_is_not_called_impossible(text: str, items: int) -> None:
    """A case has as many elements as there are slots; the reference knows of a longer list."""
    record = parts(thing(n=5, fixed=ABSENT_LIST), *[{"n": 3, "ok": True}] * items)
    assert value(text, record) is True
    search, holds = asked(text)
    assert search.find(holds, says(text)) is Answer.UNDECIDED
    assert not search.impossible(holds)


@pytest.mark.parametrize(
    "text",
    [
        "size(thing.parts) >= 20 && size(thing.parts) < 20",
        "size(thing.parts) > thing.n && size(thing.parts) < thing.n",
        "size(thing.parts.filter(p, p.ok)) > size(thing.parts)",
        "size(thing.parts.filter(p, p.ok)) >= thing.n && !(size(thing.parts) >= thing.n)",
        "sum(thing.parts, p, p.n) < 0",
        "sum(thing.parts, p, p.n) > thing.n && sum(thing.parts, p, p.n) < thing.n",
        "sum(thing.parts, p, p.n) > 0 && size(thing.parts) == 0",
        "sum(thing.parts, p, p.n * 0.5) > 0 && size(thing.parts) == 0",
        "size(thing.tags) > 3",  # three values are all there is
    ],
)
def test_what_no_list_shows_however_long(text: str) -> None:
    search, holds = asked(text)
    assert search.find(holds, says(text)) is Answer.IMPOSSIBLE
    assert search.impossible(holds)


def test_a_plain_case_is_recent_and_wholly_written_down() -> None:
    text = "thing.on < thing.until && thing.amount > 0 && thing.at < thing.then && thing.flag"
    search, _ = asked(f"{text} && thing.parts.exists(p, p.ok) && thing.tags.all(s, s == '红')")
    found = search.find(z3.BoolVal(val=True), lambda _case: True, plain=True)
    assert isinstance(found, Found)
    case = found.case
    assert D(2022, 1, 1) <= case.world.as_of <= D(2025, 12, 31)
    assert 2022 <= case.year <= 2025
    given = found.example.given
    assert isinstance(given["flag"], bool)
    assert isinstance(given["parts"], list)
    assert isinstance(given["tags"], list)
    assert given["amount"] is None or given["amount"] <= 200_000
    for field in ("on", "until"):
        assert given[field] is None or D(2020, 1, 1) <= given[field] <= D(2026, 12, 31)
    for field in ("at", "then"):
        assert given[field] is None or "2020-01-01" <= given[field] < "2027"


def test_what_cannot_be_plain_is_found_all_the_same() -> None:
    search, _ = asked("thing.flag && thing.until < as_of")
    flag, until = (search.subject.facts[name] for name in ("flag", "until"))
    found = search.find(z3.Not(flag.known), lambda _case: True, plain=True)
    assert isinstance(found, Found)
    assert found.example.given["flag"] in (None, {"unknown": "blank"})
    assert D(2022, 1, 1) <= found.case.world.as_of <= D(2025, 12, 31)
    old = z3.And(until.known, until.value == D(1999, 1, 1).toordinal())
    found = search.find(old, lambda _case: True, plain=True)
    assert isinstance(found, Found)
    assert found.example.given["until"] == D(1999, 1, 1)


@pytest.mark.parametrize("year", [2000, 2023, 2024, 2025])
def test_a_generated_record_has_its_key_and_its_year(schema: Schema, year: int) -> None:
    facts = Facts(schema, lambda _path: 1)
    kind = "agency_year"
    record = SymbolicRecord(schema.types[kind], kind)
    unit, level, *made = (
        facts.fact(record, t.Path(kind, 0, kind, name, holds))
        for name, holds in (
            ("unit", t.Kind.STRING),
            ("level", t.Kind.STRING),
            ("year", t.Kind.INT),
            ("start", t.Kind.DATE),
            ("end", t.Kind.DATE),
        )
    )
    solver = z3.Solver()
    solver.add(*facts.axioms, facts.year == year)
    assert solver.check() == z3.sat
    days = (year, D(year, 1, 1).toordinal(), D(year, 12, 31).toordinal())
    others = [z3.Or(z3.Not(f.known), f.value != day) for f, day in zip(made, days, strict=True)]
    assert solver.check(z3.Or(*others)) == z3.unsat
    assert solver.check(z3.Not(unit.known)) == z3.unsat  # its key; what is copied may be blank
    assert solver.check(z3.Not(level.known)) == z3.sat


def test_a_calendar_without_years_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Days(WorkCalendar({}))


@pytest.mark.parametrize("reader", ["truth", "span", "word"])
def test_what_is_no_condition_number_or_word_is_refused(reader: str) -> None:
    search, _ = asked("thing.flag")
    listed = tree("size(thing.parts.filter(p, p.ok)) > 0").left.source  # type: ignore[union-attr]
    with pytest.raises(TypeError):
        getattr(search.encoder, reader)(listed, {"thing": search.subject})
