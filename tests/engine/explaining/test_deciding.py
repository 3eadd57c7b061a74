"""The fields that decided: those where another value might have turned the truth."""

from __future__ import annotations

import pytest

from engine.explaining.trace import Tracer, deciding
from engine.judging.reference import Frame
from engine.model.values import ABSENT
from tests.engine.small import BLANK, parts, thing, tree, world


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        # of a conjunction that fails, the parts that fail
        ("thing.n >= 1 && thing.m >= 5", ["m"]),
        ("thing.n >= 9 && thing.m >= 5", ["n", "m"]),
        # of a disjunction that fails, all
        ("thing.n >= 9 || thing.m >= 5", ["n", "m"]),
        ("thing.n >= 1 || thing.m >= 5", ["n"]),
        ("!(thing.n >= 1 && thing.m >= 1)", ["n", "m"]),
        # of a choice, the test and what was chosen
        ("thing.n >= 1 ? thing.m >= 5 : thing.flag", ["n", "m"]),
        ("thing.n >= 9 ? thing.flag : thing.m >= 5", ["n", "m"]),
        ("has(thing.word)", ["word"]),
        # of a list, the elements that fail; of an empty one, the list
        ("thing.parts.all(p, p.ok)", ["ok"]),
        ("thing.parts.exists(p, p.n > 5)", ["n", "n"]),
        ("thing.fixed.exists(p, p.ok)", ["fixed"]),
        ("size(thing.parts) >= 3", ["parts"]),
    ],
)
def test_what_decided(text: str, fields: list[str]) -> None:
    """Fails if a fact could be blamed that would change nothing, or one that would, be spared."""
    record = parts(
        thing(n=3, m=2, flag=True, word=ABSENT, fixed=()), {"ok": True, "n": 1}, {"ok": False,
        "n": 2},
    )  # fmt: skip
    record.values["fixed"] = parts(thing()).elements("parts")
    trace = Tracer(world()).trace(tree(text), Frame({"thing": record}))
    assert [path.field for _, path in deciding(trace)] == fields


def test_of_what_is_unknown_it_is_what_is_unknown() -> None:
    record = thing(n=3, m=BLANK)
    trace = Tracer(world()).trace(tree("thing.n >= 1 && thing.m >= 5"), Frame({"thing": record}))
    assert [path.field for _, path in deciding(trace)] == ["m"]
