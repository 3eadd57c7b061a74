"""Check-lists gone through for one record: every state worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.assessing.checklists import checklists_of, gone_through
from engine.assessing.predecision import predecide
from engine.explaining.words import Words
from engine.language.vocabulary import MANUAL
from engine.model.assessment_json import checklists_from, checklists_kept
from engine.model.checklist import ChecklistEntry, ItemEntry, ItemState
from engine.model.errors import AmbiguousNameError, InvalidRulesetError, WrongNameError
from engine.model.values import ABSENT, Cause, Record, Unknown
from tests.engine.small import SCHEMA, Fact, parts, ruleset, thing, world
from tests.runs import a_run

BLANK = Unknown(Cause.BLANK)
LISTS = """
papers:
  title: 材料
  subject: thing
  source: 某地的单子
  items:
    - item: 名称
      present: has(thing.word)
      requirements: [a-one]
    - item: 甲的份数
      needed: thing.flag
      present: thing.m > 0
      requirements: [a-one]
    - item: 看卷
      requirements: [b-seen, c-seen]
    - item: 当面点
      reason: 台账不记。
others:
  title: 别的
  subject: part
  source: 某地的单子
  items:
    - {item: 分项, present: part.ok, requirements: [a-one]}
"""
GATES = """
meet: {title: 上会, subject: thing, classification: a-one, assumes: 'on', requirements: [a-one]}
"""
RULES = ruleset(
    {"id": "a-one"},
    {"id": "b-seen", "kind": "manual", "require": None, "title": "看过"},
    {"id": "c-seen", "kind": "manual", "require": None, "title": "再看"},
    gates=GATES,
    checklists=LISTS,
)


def gone(record: Record) -> list[ChecklistEntry]:
    """The lists of one record on 30 June 2024."""
    run = a_run({"thing": [record]}, world(), 2024)
    return list(gone_through(RULES, run, Words(SCHEMA), record))


def states(**facts: Fact) -> list[ItemState]:
    """The states of the four lines for a thing with these facts; `b`, `c` are the answers."""
    answers = {MANUAL + f"{one}-seen": facts.pop(one) for one in ("b", "c") if one in facts}
    record = thing(**facts)
    record.values.update(answers)
    (found,) = gone(record)
    return [item.state for item in found.items]


PRESENT, MISSING, UNKNOWN, MANUAL_, NOT_NEEDED = ItemState


def test_a_list_says_who_asks_for_an_item_and_which_columns_tell_it() -> None:
    """Of the lists only the one about things; nothing asks for what has a reason."""
    (found,) = gone(replace(thing(word="水价", flag=True, m=2), key="7"))
    assert found == ChecklistEntry(
        "papers",
        "材料",
        "thing",
        "7",
        "“7”水价",
        (
            ItemEntry("名称", PRESENT, {"a-one": "办理"}, ("名称",)),
            ItemEntry("甲的份数", PRESENT, {"a-one": "办理"}, ("份数", "是否甲")),
            ItemEntry("看卷", MANUAL_, {"b-seen": "看过", "c-seen": "再看"}, ()),
            ItemEntry("当面点", MANUAL_, {}, (), "台账不记。"),
        ),
    )


@pytest.mark.parametrize(
    ("facts", "word", "copies"),
    [
        ({"word": ABSENT, "flag": True, "m": 0}, MISSING, MISSING),
        ({"word": BLANK, "flag": True, "m": BLANK}, UNKNOWN, UNKNOWN),
        ({"word": "水价", "flag": False, "m": 0}, PRESENT, NOT_NEEDED),
        ({"word": "水价", "flag": BLANK, "m": 0}, PRESENT, UNKNOWN),
        ({"word": "水价", "flag": BLANK, "m": 1}, PRESENT, PRESENT),
        ({}, UNKNOWN, UNKNOWN),
    ],
)
def test_what_the_ledger_tells(facts: dict[str, Fact], word: ItemState, copies: ItemState) -> None:
    """Broken if an unknown were there, or missing though nobody knows that it is needed."""
    assert states(**facts)[:2] == [word, copies]


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, MANUAL_),
        ({"b": "符合"}, MANUAL_),
        ({"b": "不符合"}, MANUAL_),
        ({"b": "符合", "c": "符合"}, PRESENT),
        ({"b": "符合", "c": "不涉及"}, PRESENT),
        ({"b": "不涉及", "c": "不涉及"}, NOT_NEEDED),
        ({"b": "不符合", "c": "符合"}, MISSING),
    ],
)
def test_what_a_person_answers(answers: dict[str, Fact], state: ItemState) -> None:
    """Broken if half an answer were a whole one, or if 不涉及 were 不符合."""
    assert states(**answers)[2:] == [state, MANUAL_]


def test_the_check_before_a_decision_carries_its_lists() -> None:
    """Broken if the lists were left to a page; each of two records by one key has its own."""
    same = [replace(thing(word=word), key="7") for word in ("水价", "气价")]
    found = predecide(RULES, a_run({"thing": same}, world(), 2024), "7")
    assert [(one.checklist, one.subject_label) for one in found.checklists] == [
        ("papers", "“7”水价"),
        ("papers", "“7”气价"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[b-seen, c-seen]", "[b-sean]", "b-seen"),
        ("thing.m > 0", "thing.k > 0", "k"),
        ("thing.m > 0", "thing.m + 1", ""),
        ("subject: part", "subject: pert", "part"),
    ],
)
def test_a_list_that_can_not_be_read_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(InvalidRulesetError) as refused:
        ruleset(
            {"id": "a-one"},
            {"id": "b-seen", "kind": "manual", "require": None},
            {"id": "c-seen", "kind": "manual", "require": None},
            checklists=LISTS.replace(old, new),
        )
    assert refused.value.file == "checklists.yaml"
    assert said in str(refused.value)


def asked(
    record: Record, key: str, record_type: str = ""
) -> list[tuple[str, str, list[ItemState]]]:
    """Which lists a key has, of which record, and the states of their lines."""
    run = a_run({"thing": [record]}, world(), 2024)
    return [
        (one.checklist, one.subject_key, [item.state for item in one.items])
        for one in checklists_of(RULES, run, key, record_type)
    ]


def test_whatever_a_key_names_has_its_lists_and_those_of_its_parts() -> None:
    """Fails if a part had no list, or if the list were left out where no part is read yet."""
    named = replace(thing(word="水价", flag=False), key="7")
    own = ("papers", "7", [PRESENT, NOT_NEEDED, MANUAL_, MANUAL_])
    assert asked(named, "7") == [own, ("others", "7", [UNKNOWN])]
    parted = parts(named, {"ok": True}, {"ok": False})
    both = [own, ("others", "分1", [PRESENT]), ("others", "分2", [MISSING])]
    assert asked(parted, "7") == both
    assert asked(parted, "水价", "thing") == both


def test_what_nobody_knows_is_refused_with_the_nearest_key() -> None:
    named = replace(thing(word="水价"), key="水7")
    with pytest.raises(WrongNameError, match="事项里没有“水8”，是否指“水7”"):
        asked(named, "水8")
    same = [replace(thing(word="水价"), key=key) for key in ("甲", "乙")]
    run = a_run({"thing": same}, world(), 2024)
    with pytest.raises(AmbiguousNameError, match="对得上2件"):
        checklists_of(RULES, run, "水")


def test_lists_alone_can_be_kept() -> None:
    run = a_run({"thing": [replace(thing(word="水价"), key="7")]}, world(), 2024)
    found = checklists_of(RULES, run, "7")
    assert checklists_from(checklists_kept(found)) == list(found)
