"""All that z3 has to say of a small ruleset: what is proved, owed, and was noted wrongly."""

from __future__ import annotations

from pathlib import Path

from engine.guard.lint.conditions import Place, tried
from engine.guard.lint.infeasible import notes
from engine.guard.mutants.mutants import mutants
from engine.guard.verify.conditions import impossible
from engine.guard.verify.equivalents import Counterexample, counterexample
from engine.guard.verify.verify import verify
from engine.ruleset.model import Ruleset
from tests.engine.guard.verify.test_objections import ONE, rule, ruleset, with_parts
from tests.engine.small import CALENDAR

OFTEN = "thing.n >= 5 && has(thing.n)"


def proofs(found: Ruleset, wanted: dict[Place, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {str(p): aspects for p, aspects in impossible(found, CALENDAR, wanted).items()}


def test_what_no_record_can_show_of_a_condition(tmp_path: Path) -> None:
    text = rule(
        act_on="'has(thing.on) ? thing.on : thing.until'",
        applies="thing.flag && as_of >= date(2000, 1, 1)",
        require=OFTEN,
        lenient="thing.n >= 4 && (thing.n >= 5 || has(thing.on))",
        due="'as_of > date(1949, 1, 1) ? thing.until : thing.on'",
    )
    found = ruleset(tmp_path, a_one=text)
    wanted = {
        place: ("true", "false", "unknown", "decides")
        for place in tried(found, CALENDAR)
        if str(place) in ("act_on#1", "applies#2", "lenient#2", "due#1")
    }
    assert len(wanted) == 4
    # The day of the check is known, and after 1949; lenient is asked where n is no known 5.
    assert proofs(found, wanted) == {
        "applies#2": ("unknown",),
        "lenient#2": ("true",),
        "due#1": ("false", "unknown"),
    }


def test_what_no_record_can_show_of_a_severity_and_a_note(tmp_path: Path) -> None:
    text = rule(
        act_on="date(2024, 1, 1)",
        applies="as_of >= date(2000, 1, 1)",
        require=OFTEN,
        note="{when: 'thing.n < 5 || thing.n == 7', text: 请核}",
    )
    levels = "[{when: thing.n >= 5, level: blocking}, {level: minor}]"
    found = ruleset(tmp_path, a_one=text.replace("severity: major", f"severity: {levels}"))
    wanted = {
        place: ("true", "false", "unknown", "decides")
        for place in tried(found, CALENDAR)
        if place.key in ("severity", "note")
    }
    assert sorted(map(str, wanted)) == ["note#1", "note#2", "severity#1"]
    # It calls for something where the number is not certainly 5 or more; where it is met, the
    # number is certainly not below 5, though "5 to 9" may be 7.
    assert proofs(found, wanted) == {"severity#1": ("true",), "note#1": ("true", "unknown")}


def test_of_a_term_only_what_no_requirement_using_it_can_show(tmp_path: Path) -> None:
    terms = "big: {subject: thing, title: 大, expr: thing.n >= 1}\n"
    many = rule(applies="thing.flag && thing.n >= 5", require="term.big && thing.other")
    wanted = {Place("big", 0, "term", 1): ("false", "unknown", "true")}
    alone = ruleset(tmp_path / "alone", terms=terms, a_one=many)
    assert proofs(alone, wanted) == {"term#1": ("false", "unknown")}
    other = rule("a-two", require="term.big || thing.other")
    both = ruleset(tmp_path / "both", terms=terms, a_one=many, a_two=other)
    assert proofs(both, wanted) == {}


def test_what_is_accepted_idle_proved_owed_and_refuted(tmp_path: Path) -> None:
    """What is 是 or 否 never fails, the day of the check is never unknown."""
    text = rule(require="thing.flag || !thing.flag", applies="as_of >= date(2000, 1, 1)")
    written = {
        "a_one": text,
        "accepted": "never-fails a-one: {reason: 一}\nhole x y: {reason: 二}\n",
    }
    first = verify(ruleset(tmp_path / "first", **written), CALENDAR)
    assert not first.clean
    assert [o.id for o in first.objections if o.kind != "survives"] == []
    assert [o.id for o in first.accepted] == ["never-fails a-one"]
    assert first.idle == ("hole x y",)
    assert {str(p): a for p, a in first.proofs.items()} == {"applies#1": ("unknown",)}
    # There are no examples: everything but what is proved is owed.
    assert {str(p): a for p, a in first.unproved.items()} == {
        "applies#1": ("true", "false", "decides"),
        "require#1": ("true", "false", "unknown", "decides"),
    }
    assert first.refuted == {}
    # What is noted without proof is refuted; the right note beside it is not.
    found = ruleset(tmp_path / "noted", **written)
    place = next(p for p in first.proofs)
    wrong = notes(found, {place: ("unknown", "true")}, {})
    lines = "".join(f"{name}: {note.model_dump_json()}\n" for name, note in wrong.items())
    second = verify(ruleset(tmp_path / "noted", **written, infeasible=lines), CALENDAR)
    assert second.refuted == {place: ("true",)}


def test_a_note_about_a_list_is_tried_with_as_many_elements_as_it_asks_for(tmp_path: Path) -> None:
    """Broken by lists as short as the outcome alone needs: the note would seem never to be said."""
    parts = "part.parent.parts"
    when = f"{parts}.exists(p, p.ok) && {parts}.exists(p, p.extra && !p.ok)"
    noted = rule(
        "a-two", **ONE, require="part.parent.n >= 1", note=f"{{when: '{when}', text: 请核}}"
    )
    found = with_parts(tmp_path, a_two=noted, a_six=rule("a-six", **ONE, require="part.ok"))
    answers = {
        mutant.id: counterexample(mutant, found, CALENDAR)
        for mutant in mutants(found)
        if mutant.owner == "a-two" and mutant.place.startswith("note")
    }
    assert "note gone" in answers
    assert {
        name for name, answer in answers.items() if not isinstance(answer, Counterexample)
    } == set()
