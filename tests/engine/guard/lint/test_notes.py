"""What a note of a proof rests on, and until when it holds.

The stamps are kept in a file: were one written otherwise, all that was ever proved would be stale.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.guard.lint.conditions import Place, Tried, tried
from engine.guard.lint.infeasible import (
    _digest,
    _rests_on,
    local_only,
    notes,
    owed,
    proved,
    same,
    stale,
    stamps,
    unshown,
    written,
)
from engine.ruleset.files import InfeasibleFile
from engine.ruleset.model import Ruleset
from tests.engine.guard.lint.test_conditions import EXAMPLES, rule
from tests.engine.guard.lint.test_lint import THING, loaded
from tests.engine.small import CALENDAR, ruleset

TERMS = "early: {subject: thing, title: 早, expr: thing.on  < thing.until}\n"
ADJUST = (
    "low:\n  subject: thing\n  title: 轻\n  when: {}\n  basis: [{{instrument: LAW, article: 三}}]\n"
)


def test_a_stamp_is_the_beginning_of_a_digest_line_by_line() -> None:
    assert _digest(["a", "b"]) == "7e18f737311b2dc3"  # of sha256 over a, a line feed and b


def test_what_a_proof_rests_on() -> None:
    made = ruleset(
        {
            "basis": [{"instrument": "PAPER", "article": "一"}],
            "require": "thing.flag  \n && size(thing.parts) >= 2",
            "lenient": "thing.done",
            "due": "thing.until",
            "note": {"when": "thing.m  ==  7", "text": "请核"},
            "severity": [
                {"when": "thing.kind  == '甲'", "level": "blocking"},
                {"level": "minor"},
            ],
            "versions": [
                {
                    "basis": [{"instrument": "LAW", "article": "一", "until": "2021-08-10"}],
                    "require": "thing.done",
                    "note": {"when": "thing.m ==  8", "text": "请核"},
                }
            ],
        }
    )
    assert list(_rests_on(made.requirements["a-one"], made)) == [
        "true",
        "thing.flag && size(thing.parts) >= 2",
        "thing.done",
        "thing.until",
        "thing.m == 7",
        # the earlier text, of which only this is written
        "",
        "thing.done",
        "",
        "",
        "thing.m == 8",
        "thing.start",
        "thing.kind == '甲': blocking",
        ": minor",
        # the days of each text; of the paper's also those of which it is not merely advisory
        "2021-08-11~9999-12-31",
        "2021-08-11~2023-12-31",
        "2020-01-01~2021-08-10",
        # how each field that is read is declared: kind, time, progress, values; whether it grows
        "thing.done: bool None True True",
        "thing.flag: bool None False False",
        "thing.kind: enum None False 甲 乙 丙 False",
        "thing.m: int None False False",
        "thing.parts:  True",
        "thing.start: date event False False",
        "thing.until: date term False False",
    ]


def test_a_term_is_rested_on_as_it_is_written(tmp_path: Path) -> None:
    made = loaded(
        tmp_path, {"terms": TERMS, "dom/a-one": rule("thing.flag", "term.early", EXAMPLES[10:])}
    )
    lines = list(_rests_on(made.requirements["a-one"], made))
    assert "term.early: thing.on < thing.until" in lines
    assert {"thing.on: date event True True", "thing.until: date term False False"} <= {*lines}


def stamped(folder: Path, **files: str) -> dict[str, str]:
    return stamps(loaded(folder, {"terms": TERMS, "dom/a-one": termed("term.early"), **files}))


def termed(require: str, applies: str = "thing.flag") -> str:
    return rule(applies, require, EXAMPLES[10:])


def test_what_changes_a_stamp_and_whose(tmp_path: Path) -> None:
    """A requirement's own, and those of what it shares with others: terms, laws, adjustments."""
    adjusted = {"adjustments": ADJUST.format("has(thing.on)")}
    before = stamped(tmp_path / "1", **adjusted)
    assert set(before) == {"a-one", "term.early", "instrument.LAW", "adjustment.low"}
    blanks = {"dom/a-one": termed("term.early").replace("thing.flag", "thing.flag ")}
    assert stamped(tmp_path / "2", **adjusted, **blanks) == before
    worded = {"dom/a-one": termed("term.early").replace("去办", "快去办")}
    assert stamped(tmp_path / "3", **adjusted, **worded) == before

    def differing(after: dict[str, str]) -> set[str]:
        return {name for name in before if after.get(name) != before[name]}

    applies = {"dom/a-one": termed("term.early", "thing.on > as_of")}
    other = stamped(tmp_path / "4", **adjusted, **applies)
    assert differing(other) == set(before)  # they rest on all that use them
    term = stamped(tmp_path / "5", **adjusted, terms=TERMS.replace("<", "<="))
    assert differing(term) == set(before)
    low = stamped(tmp_path / "6", adjustments=ADJUST.format("thing.flag"))
    assert differing(low) == {"adjustment.low"}
    spaced = stamped(tmp_path / "7", adjustments=ADJUST.format("has(thing.on) "))
    assert differing(spaced) == set()


def test_an_adjustment_rests_on_the_requirements_of_its_subject_alone() -> None:
    made = ruleset(
        {"id": "a-one"},
        {"id": "b-part", "subject": "part", "act_on": "part.on", "require": "part.ok"},
    )
    known = stamps(made)
    both = _digest(sorted([known["a-one"], known["b-part"]]))
    assert known == {
        "a-one": known["a-one"],
        "b-part": known["b-part"],
        "instrument.LAW": both,
    }
    assert known["a-one"] != known["b-part"]


def noted(made: Ruleset, **kept: InfeasibleFile) -> Ruleset:
    return replace(made, infeasible={name.replace("_", "-"): note for name, note in kept.items()})


def note(stamp: str, never: dict[str, tuple[str, ...]], *same_: str) -> InfeasibleFile:
    return InfeasibleFile.model_validate({"stamp": stamp, "never": never, "same": same_})


def test_a_note_counts_for_its_place_while_its_stamp_is_right(tmp_path: Path) -> None:
    made = loaded(tmp_path, {})
    stamp = stamps(made)["a-one"]
    first, second = Place("a-one", 0, "require", 1), Place("a-one", 0, "require", 2)
    shown = {
        first: Tried(made.requirements["a-one"].act_on, {"true"}),
        second: Tried(made.requirements["a-one"].act_on, {"true", "false", "unknown", "decides"}),
    }
    assert owed(made, shown) == {first: ("false", "unknown", "decides")}
    held = noted(made, a_one=note(stamp, {"require#1": ("false", "decides")}, "m1", "m2"))
    assert proved(held, shown) == {first: ("false", "decides")}
    assert owed(held, shown) == {first: ("unknown",)}
    assert same(held) == {("a-one", "m1"), ("a-one", "m2")}
    assert stale(held) == []
    changed = noted(made, a_one=note("0" * 16, {"require#1": ("false",)}, "m1"))
    assert (proved(changed, shown), same(changed), stale(changed)) == ({}, set(), ["a-one"])
    gone = noted(made, z_gone=note(stamp, {}, "m1"))
    assert (same(gone), stale(gone)) == (set(), ["z-gone"])


def test_the_notes_to_keep_are_by_owner_with_what_was_proved_of_each(tmp_path: Path) -> None:
    made = loaded(tmp_path, {"terms": TERMS, "dom/a-one": termed("term.early")})
    known = stamps(made)
    never = {
        Place("early", 0, "term", 1): ["false"],
        Place("a-one", 0, "applies", 1): ["unknown"],
        Place("a-one", 0, "require", 1): ["true", "decides"],
    }
    kept = notes(made, never, {"a-one": ["z", "b"], "instrument.LAW": []})
    assert kept == {
        "a-one": note(
            known["a-one"],
            {"applies#1": ("unknown",), "require#1": ("true", "decides")},
            "b",
            "z",
        ),
        "instrument.LAW": note(known["instrument.LAW"], {}),
        "term.early": note(known["term.early"], {"term#1": ("false",)}),
    }
    assert list(kept) == ["a-one", "instrument.LAW", "term.early"]
    assert written(kept) == (
        "# 没有一条记录能使这些条件成立（true）、不成立（false）、不明（unknown），"
        "或者左右结论（decides）；\n"
        "# 没有一条记录能看出这些变异体（same）。\n"
        "# 由 fazhi rules verify --proofs 写出，不要手改；stamp 是所证明的式子的指纹。\n"
        f"a-one:\n  stamp: '{known['a-one']}'\n  never:\n"
        "    applies#1: ['unknown']\n    require#1: ['true', 'decides']\n"
        "  same:\n    - b\n    - z\n"
        f"instrument.LAW:\n  stamp: '{known['instrument.LAW']}'\n"
        f"term.early:\n  stamp: '{known['term.early']}'\n  never:\n    term#1: ['false']\n"
    )


def test_what_is_owed_and_what_is_stale_is_said_where_it_is_written(tmp_path: Path) -> None:
    """No example has a day after the other's end: the term is owed 不成立 and 左右结论."""
    examples = (
        "  - {outcome: unknown, as_of: 2024-07-01, why: 早, given: {flag: true, n: 9,\n"
        "     on: 2024-06-29, until: 2024-06-30}}\n"
    )
    files = {
        "terms": TERMS,
        "parameters/here": "most: {title: 最多件数}\n",
        "dom/a-one": rule("thing.flag", "term.early && thing.n > param.most", examples),
        "infeasible": f"a-one:\n  stamp: '{'0' * 16}'\n  never:\n    require#1: ['false']\n",
    }
    thing = THING + "  n: {type: int, title: 件数}\n"
    made = loaded(tmp_path, files, thing)
    said = "编不出的，用 fazhi rules verify 证明"
    place = "rulesets/dom/a-one.yaml"
    assert [(c.file, c.key, c.message) for c in unshown(made, CALENDAR)] == [
        (place, "applies",
         f"条件““是否甲”为“是””没有例子使它不成立、不明，请各编一个；{said}（applies#1）"),
        (place, "require",
         f"条件“早”没有例子使它不成立、不明，请各编一个；{said}（require#1）"),
        ("rulesets/terms.yaml", "early",
         f"条件““办理日期”早于“截止日期””没有例子使它不成立、不明，请各编一个；{said}（term#1）"),
        (place, "require",
         f"条件““件数”大于本地参数“最多件数””没有例子使它成立、不成立，请各编一个；{said}（require#2）"),
        ("rulesets/infeasible.yaml", "a-one",
         "证明之后式子改过，请用 fazhi rules verify --proofs rulesets/infeasible.yaml 重新证明"),
    ]  # fmt: skip
    assert tried(made, CALENDAR).keys() == {
        Place("a-one", 0, "applies", 1),
        Place("a-one", 0, "require", 1),
        Place("a-one", 0, "require", 2),
        Place("early", 0, "term", 1),
    }


def test_notes_on_what_a_local_folder_says_stand_apart() -> None:
    """Fails if a note on ours were written beside an office's rules, or one of theirs lost."""
    note = InfeasibleFile(stamp="0", never={}, same=())
    ours = ("a-one", "term.early", "instrument.LAW", "a-local-one")
    theirs = ("local-one", "term.local_early", "instrument.local-law")
    found = local_only(dict.fromkeys((*ours, *theirs), note))
    assert tuple(found) == theirs
