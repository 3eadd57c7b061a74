"""Records found by name, copied for another day, singled out with their own."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.assessing import subjects
from engine.model.errors import WrongNameError
from engine.model.values import ABSENT, Cause, Elements, Record, Source, Unknown
from tests.engine.small import SCHEMA, parts, thing

D = dt.date


def named(key: str, word: object = None) -> Record:
    """A thing with a key, and a label where one is given."""
    return Record("thing", key, {} if word is None else {"word": word})  # type: ignore[dict-item]


FIRST, SECOND, THIRD = named("甲1", "旧城改造"), named("甲2", "旧城水网"), named("甲3")
KNOWN = {"thing": [FIRST, SECOND, THIRD]}


def find(key: str, records: dict[str, list[Record]] | None = None) -> list[Record]:
    return subjects.find(KNOWN if records is None else records, SCHEMA, "thing", key)


def test_by_key_then_by_words_of_the_label() -> None:
    assert find("甲1") == [FIRST]
    assert find("水网") == [SECOND]
    # a key goes before a label that contains it, and may stand more than once
    twice = [named("旧城", "一"), named("旧城", "二"), FIRST]
    assert find("旧城", {"thing": twice}) == twice[:2]


def said(key: str, records: dict[str, list[Record]] | None = None) -> str:
    with pytest.raises(WrongNameError) as error:
        find(key, records)
    return str(error.value)


def test_what_is_not_found_says_what_there_is() -> None:
    assert said("旧城") == "“旧城”对得上2件（甲1、甲2），请写编号"
    assert said("甲4") == "“事项”里没有“甲4”，是否指“甲3”？"
    assert said("xyz") == "“事项”里没有“xyz”，现有：甲1、甲2、甲3"
    assert said("xyz", {}) == "“事项”里没有“xyz”，这种台账一件也没有读到"
    many = [named(f"第{n}") for n in range(12)]
    listed = "、".join(f"第{n}" for n in range(10))
    assert said("xyz", {"thing": many}) == f"“事项”里没有“xyz”，现有：{listed}"


def test_a_type_without_label_is_found_by_key_alone() -> None:
    leaf = Record("leaf", "细1", {"ok": True})
    assert subjects.find({"leaf": [leaf]}, SCHEMA, "leaf", "细1") == [leaf]
    with pytest.raises(WrongNameError, match="“细项”里没有“True”，现有：细1"):
        subjects.find({"leaf": [leaf]}, SCHEMA, "leaf", "True")


def family() -> Record:
    """A thing with two parts, the first of which has a leaf; and a link to something else."""
    top = parts(thing(start=D(2024, 5, 1)), {"n": 1}, {"n": 2})
    first = top.elements("parts").items[0]
    assert isinstance(first, Record)
    leaf = Record("leaf", "细1", {"ok": True}, parent=first)
    first.values["leaves"] = Elements((leaf,), closed=True)
    top.values["linked"] = Elements((named("别的"),), closed=True)
    top.values["tags"] = Elements(("红",), closed=True)
    top.sources["start"] = Source("表.xlsx")
    return top


def test_the_family_is_what_nests_not_what_is_linked() -> None:
    assert [record.key for record in subjects.family(family())] == ["事1", "分1", "细1", "分2"]


def test_a_copy_shares_nothing_that_nests() -> None:
    top = family()
    parent = named("上级")
    copy = subjects.copied(top, parent)
    assert copy.parent is parent
    assert [r.key for r in subjects.family(copy)] == ["事1", "分1", "细1", "分2"]
    old, new = list(subjects.family(top)), list(subjects.family(copy))
    assert not {id(r) for r in old} & {id(r) for r in new}
    assert [r.parent for r in new[1:]] == [copy, new[1], copy]
    assert copy.elements("parts").closed
    assert copy.elements("linked") is top.elements("linked")
    assert copy.elements("tags") is top.elements("tags")
    copy.values["start"], copy.sources["start"] = D(2024, 6, 1), Source("别的.xlsx")
    assert (top.values["start"], top.sources["start"]) == (D(2024, 5, 1), Source("表.xlsx"))


def test_with_another_day() -> None:
    top = family()
    top.parent = named("上级")
    moved = subjects.with_day(top, "start", D(2024, 7, 2))
    assert (moved.scalar("start"), moved.parent) == (D(2024, 7, 2), top.parent)
    assert moved.source_of("start") == Source(text="按2024-07-02核对")
    assert top.scalar("start") == D(2024, 5, 1)


def test_the_chosen_are_the_only_ones_of_their_types_and_of_all_that_nest() -> None:
    top, other = family(), thing()
    place = Record("place", "本地")
    records = {"thing": [top, other], "part": [], "fixed_part": [named("x")], "place": [place]}
    kept = subjects.only(records, SCHEMA, iter([top]))
    assert {name: [r.key for r in found] for name, found in kept.items()} == {
        "thing": ["事1"],
        "part": ["分1", "分2"],
        "leaf": ["细1"],
        "fixed_part": [],
        "place": ["本地"],
    }
    leaf = Record("leaf", "细9")
    assert subjects.only(records, SCHEMA, [leaf]) == {**records, "leaf": [leaf]}


def test_the_day_in_a_field() -> None:
    planned = Unknown(Cause.PLANNED, planned=D(2024, 8, 1))
    record = thing(start=D(2024, 5, 1), on=planned, until=ABSENT, word="2024-05-01")
    days = [subjects.day_in(record, name) for name in ("start", "on", "until", "word", "at")]
    assert days == [D(2024, 5, 1), D(2024, 8, 1), None, None, None]
