"""A mutant in words: which file, whose, and what stands there before and after."""

from __future__ import annotations

import pytest

from engine.explaining.words import Words
from engine.guard.mutants.description import described, file, title
from engine.guard.mutants.mutants import Mutant, mutants
from engine.guard.mutants.operators import Change, Operator, changed
from engine.language import tree as t
from engine.ruleset.model import Ruleset
from tests.engine.guard.mutants.test_mutants import ruleset
from tests.engine.small import SCHEMA, tree


@pytest.fixture(scope="module")
def shared() -> Ruleset:
    return ruleset()


@pytest.mark.parametrize(
    ("owner", "place", "called"),
    [
        ("a-one", "rulesets/dom/a-one.yaml", "办理"),
        ("a-three", "rulesets/dom/a-three.yaml", "分项"),
        ("term.enough", "rulesets/terms.yaml", "够数"),
        ("adjustment.two", "rulesets/adjustments.yaml", "乙"),
        ("instrument.LAW", "rulesets/instruments.yaml", "某条例"),
    ],
)
def test_the_file_and_what_people_call_it(
    shared: Ruleset, owner: str, place: str, called: str
) -> None:
    mutant = next(mutant for mutant in mutants(shared) if mutant.owner == owner)
    assert (file(mutant, shared), title(owner, shared)) == (place, called)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("thing.n >= 3", "strict", "〔“件数”不少于3件〕改成〔“件数”大于3件〕"),
        ("has(thing.on)", "true", "〔有“办理日期”〕当作总是成立"),
        ("has(thing.on)", "false", "〔有“办理日期”〕当作总是不成立"),
        ("thing.flag && thing.n >= 3 && thing.done", "drop1", "删去〔“是否甲”为“是”〕"),
        ("thing.flag && thing.n >= 3 && thing.done", "drop2", "删去〔“件数”不少于3件〕"),
        ("thing.flag || thing.n >= 3 || thing.done", "drop3", "删去〔“是否办完”为“是”〕"),
        ("thing.kind in ['甲', '乙', '丙']", "drop1", "删去〔甲〕"),
        ("thing.kind in ['甲', '乙', '丙']", "drop2", "删去〔乙〕"),
        ("thing.kind in ['甲', '乙', '丙']", "drop3", "删去〔丙〕"),
    ],
)
def test_before_and_after(text: str, name: str, said: str) -> None:
    words, node = Words(SCHEMA), tree(text)
    [change] = [change for number, change, _ in changed(node) if (number, str(change)) == (1, name)]
    whole = f"〔{words.expr(node)}〕{said}" if name.startswith("drop") else said
    assert described(change, words) == whole


def test_what_is_left_out_altogether() -> None:
    change = Change(Operator.GONE, tree("thing.n >= 3"), None)
    assert described(change, Words(SCHEMA)) == "整个删去〔“件数”不少于3件〕"


@pytest.mark.parametrize(
    ("owner", "name", "said"),
    [
        ("a-one", "severity[1] gone", "整个删去〔“种类”是“甲”〕"),
        ("a-one", "note gone", "整个删去〔“种类”是“丙”〕"),
        ("a-one", "due gone", "整个删去〔“截止日期”〕"),
        ("a-one", "due more", "〔“截止日期”〕改成〔“截止日期”后1日〕"),
        ("a-one", "basis[1].from more", "〔2021年6月1日〕改成〔2021年6月2日〕"),
        ("a-one", "basis[1].from less", "〔2021年6月1日〕改成〔2021年5月31日〕"),
        ("a-one", "basis@2[1].until less", "〔2019年6月30日〕改成〔2019年6月29日〕"),
        ("term.enough", "expr#3 more", "〔事项的“件数”不少于3件〕改成〔事项的“件数”不少于4件〕"),
        ("adjustment.two", "when gone", "整个删去〔“是否办完”为“是”〕"),
        ("instrument.LAW", "from more", "〔2020年1月1日〕改成〔2020年1月2日〕"),
    ],
)
def test_what_the_mutants_of_a_ruleset_say(
    shared: Ruleset, owner: str, name: str, said: str
) -> None:
    [mutant] = [m for m in mutants(shared) if (m.owner, m.id) == (owner, name)]
    assert described(mutant.change, Words(SCHEMA)) == said


def test_a_mutant_is_called_by_its_place_and_its_change() -> None:
    node = t.Lit(1, t.Kind.INT)
    assert Mutant("a-one", "require#2", Change(Operator.DROP, node, None, 3), ()).id == (
        "require#2 drop3"
    )
