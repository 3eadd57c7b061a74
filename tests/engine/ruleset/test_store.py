"""A small ruleset as bytes and back: under its stamp alone, and with nothing else called.

The shipped ruleset and the cache folder: tests/law/rulesets/test_stored.py.
"""

from __future__ import annotations

import collections
import datetime as dt
import gc
import hashlib
import json
import platform
import sys
import zlib
from collections.abc import Iterator
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import pytest

from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.model.strict_yaml import YamlList, YamlMap
from engine.model.values import ABSENT
from engine.model.world import Period
from engine.ruleset import derived, store
from engine.ruleset.files import Basis
from engine.ruleset.frozen import Later, NotOursError, _class, _Writer, frozen, thawed
from engine.ruleset.model import Place, Ruleset, Window
from tests.engine.small import ruleset

KEY = hashlib.sha256(b"this stamp").digest()


@pytest.fixture(scope="module")
def small() -> Ruleset:
    return ruleset({"lenient": "thing.done"}, {"id": "a-two", "due": "thing.until"})


@pytest.fixture(params=[True, False])
def collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    (gc.enable if request.param else gc.disable)()
    yield request.param
    gc.enable()


def framed(value: object, key: bytes = KEY) -> bytes:
    body = frozen(value)
    return key + hashlib.sha256(body).digest() + body


def test_what_is_stored_comes_back(small: Ruleset) -> None:
    found = store.load(store.dump(small, KEY), KEY)
    assert found is not None
    assert found is not small
    assert found.requirements == small.requirements
    assert (found.version, found.sha256) == (small.version, small.sha256)
    assert found.schema.types == small.schema.types
    assert found.vocabulary.schema is found.schema


def test_what_was_worked_out_is_remembered_again(small: Ruleset) -> None:
    """Of the stored requirements, not of those that were stored."""
    both = list(small.requirements.values())
    rest = "rest", Period(dt.date(2024, 7, 1), dt.date(2024, 7, 2), 1, confirmed=False)
    derived.recall("stored", both, small.schema, rest, lambda: Decimal("1.5"))
    found = store.load(store.dump(small, KEY), KEY)
    assert found is not None
    again = list(found.requirements.values())
    never = derived.recall("stored", again, found.schema, rest, lambda: Decimal(2))
    assert never == Decimal("1.5")


def test_the_bytes_are_the_stamp_their_digest_and_themselves(small: Ruleset) -> None:
    content = store.dump(small, KEY)
    assert content[:32] == KEY
    assert content[32:64] == hashlib.sha256(content[64:]).digest()
    size = int.from_bytes(content[64:68])
    assert json.loads(zlib.decompress(content[68 : 68 + size]))[2] > 0


def test_another_stamp_or_damaged_bytes_are_nothing(small: Ruleset) -> None:
    content = store.dump(small, KEY)
    flipped = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
    wrong = [b"", b"x", content[:40], content[:-1], content + b"x", flipped]
    assert [store.load(item, KEY) for item in wrong] == [None] * len(wrong)
    assert store.load(content, hashlib.sha256(b"another").digest()) is None


def test_reading_leaves_the_collector_as_it_was(small: Ruleset, *, collecting: bool) -> None:
    content = store.dump(small, KEY)
    assert store.load(content, KEY) is not None
    assert gc.isenabled() is collecting
    assert store.load(framed([1]), KEY) is None
    assert gc.isenabled() is collecting


def test_the_collector_rests_while_bytes_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def watched(_: bytes) -> None:
        seen.append(gc.isenabled())
        raise ValueError

    monkeypatch.setattr(store, "thawed", watched)
    assert store.load(framed(Decimal(1)), KEY) is None
    assert seen == [False]


@pytest.mark.parametrize("body", [["not a ruleset"], [1, []], [], None, {"a": 1}])
def test_what_is_no_ruleset_is_nothing(body: object) -> None:
    assert store.load(framed(body), KEY) is None


def test_a_ruleset_without_what_was_worked_out_is_nothing(small: Ruleset) -> None:
    assert store.load(framed(small), KEY) is None
    assert store.load(framed([small, ()]), KEY) is None
    assert store.load(framed([small, []]), KEY) is not None


def test_what_is_kept_for_later_is_thawed_when_asked_for_and_stored_again_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Would break if a run paid for what it never reads, or if storing twice lost it."""
    held = (Basis.model_validate({"instrument": "LAW", "article": "一"}), Decimal("1.5"))
    back = thawed(frozen([Later(held)]))
    assert isinstance(back, list)
    again = thawed(frozen(back))
    assert isinstance(again, list)
    with monkeypatch.context() as patch:
        patch.setattr("engine.ruleset.frozen.thawed", lambda _: pytest.fail("thawed too early"))
        assert frozen(back) == frozen(again) == frozen([Later(held)])
    assert back[0].value == held
    assert back[0].value is back[0].value
    assert {back[0], again[0]} == {Later(held)}
    assert back[0].data() is back[0].data()  # nor does a run that stores it pay twice
    assert back[0] != Later(held[:1])
    assert back[0] != held


def test_the_examples_of_a_stored_requirement_come_back() -> None:
    example = {"outcome": "met", "as_of": dt.date(2024, 7, 1), "given": {}, "why": "一日"}
    made = ruleset({"examples": [example]})
    found = store.load(store.dump(made, KEY), KEY)
    assert found is not None
    (back,) = found.requirements["a-one"].examples
    assert (back.outcome, back.as_of, back.why) == (Outcome.MET, dt.date(2024, 7, 1), "一日")


def _read(value: object) -> object:
    return thawed(frozen(value))


@pytest.mark.parametrize(
    "value",
    [
        frozenset({1}),
        {1, 2},
        (1, True, None, 1.5, "文", 10**40),
        {1: [2], ("a",): {}},
        ABSENT,
        dt.date(2024, 7, 1),
        dt.datetime(2024, 7, 1, 8, 30),  # noqa: DTZ001 - a moment of ours has no zone
        Decimal("1.5"),
        t.Lit(1, t.Kind.INT),
        Window(dt.date(2024, 7, 1), dt.date(2024, 7, 2)),
        Basis.model_validate({"instrument": "LAW", "article": "一"}),
        Outcome.MET,
    ],
)
def test_our_own_values_are_made(value: object) -> None:
    found = _read(value)
    assert found == value
    assert type(found) is type(value)


def test_what_is_one_thing_to_two_stays_one() -> None:
    one = [1]
    first, second = _read([one, one])  # type: ignore[misc]
    assert first is second


def test_of_what_is_equal_only_what_is_not_ours_and_can_not_change_becomes_one() -> None:
    """Lint tells two places in an expression by their nodes, though they ask the same."""
    lit, other = t.Lit("甲", t.Kind.STRING), t.Lit("甲", t.Kind.STRING)
    found = _read([(dt.date(2024, 7, 1), "甲"), (dt.date(2024, 7, 1), "甲"), lit, other, (lit,)])
    first, second, *trees, (again,) = cast("list[Any]", found)
    assert first is second
    assert trees == [lit, other]
    assert trees[0] is not trees[1]
    assert again is trees[0]
    changing = cast("list[Any]", _read([[1], [1], {}, {}, set(), set()]))
    assert len({id(one) for one in changing}) == 6
    alike = [(1,), (True,), (1.0,), (Decimal(1),), ("1",), frozenset({1}), frozenset({"1"})]
    back = cast("list[Any]", _read(alike))
    assert [(type(one), *map(type, one)) for one in back] == [
        (type(one), *map(type, one)) for one in alike
    ]


def test_defaults_come_back_though_they_are_not_written() -> None:
    """Of a model also which of its fields were given: lint asks that."""
    given = Basis.model_validate({"instrument": "LAW", "article": "一", "carries": True})
    plain = Basis.model_validate({"instrument": "LAW", "article": "一"})
    found = cast("list[Basis]", _read([given, plain]))
    assert found == [given, plain]
    assert [list(vars(one)) for one in found] == [list(vars(one)) for one in (given, plain)]
    assert [one.model_fields_set for one in found] == [
        {"instrument", "article", "carries"}, {"instrument", "article"},
    ]  # fmt: skip
    changed = Basis.model_construct({"instrument", "article"}, **{**vars(plain), "carries": False})
    assert cast("Basis", _read(changed)).carries is False
    place = Place("decision", "title")
    assert (_read(place), b"of" in frozen(place)) == (place, False)


def test_what_is_nothing_where_something_is_the_default_comes_back() -> None:
    """Broken by a value that says no and comes back as the default, which says yes."""
    day = dt.date(2025, 1, 1)
    for value in (Period(day, day, 1, confirmed=False), Period(day, day, 0)):
        assert thawed(frozen(value)) == value


def test_half_a_character_comes_back() -> None:
    assert _read(("\udcff", Later("\udcff"))) == ("\udcff", Later("\udcff"))


@pytest.mark.parametrize("place", [("0", "9"), ("-1", "1"), ("1", "0"), ("0", "0")])
def test_what_is_for_later_lies_within_the_bytes(place: tuple[str, str]) -> None:
    """Else who made the bytes would have it be nothing at all, noticed by nobody."""
    body = zlib.compress(json.dumps([[], [["later", *place]], 0]).encode())
    with pytest.raises(ValueError, match=place[1]):
        thawed(len(body).to_bytes(4) + body + b"12345678")


def test_mappings_and_lists_that_know_their_lines_are_made() -> None:
    mapping, listed = YamlMap(3), YamlList(4)
    mapping["a"] = listed
    mapping.lines["a"] = 5
    found = _read(mapping)
    assert isinstance(found, YamlMap)
    assert (found, found.line, found.lines) == ({"a": []}, 3, {"a": 5})
    assert isinstance(_read(Schema([])), Schema)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (collections.OrderedDict(), "collections.OrderedDict"),
        (dt.timedelta(1), "datetime.timedelta"),
        (dt.time(1), "datetime.time"),
        (store.load, "builtins.function"),
        (Path(), f"{type(Path()).__module__}.{type(Path()).__qualname__}"),
        (complex(1), "builtins.complex"),
        (type("T", (tuple,), {})(), f"{__name__}.T"),
        (_Writer(), "engine.ruleset.frozen._Writer"),
    ],
)
def test_nothing_else_is_kept(value: object, name: str) -> None:
    with pytest.raises(NotOursError) as refused:
        frozen([value])
    assert str(refused.value) == name


@pytest.mark.parametrize(
    "name",
    [
        "engine.ruleset.store.Path",  # another module's
        "engine.ruleset.store.Ruleset",  # ours, but under another module's name
        "engine.ruleset.store.stamp",
        "engine.ruleset.store.no_such_thing",
        "engine.ruleset.frozen._Writer",  # holds no data
        "engine.language.tree.Kind.INT",
        "engines.x",
        "os.system",
    ],
)
def test_a_class_is_found_in_its_own_module_alone(name: str) -> None:
    with pytest.raises((NotOursError, ImportError)):
        _class(name)


def test_a_class_of_ours_is_found() -> None:
    assert _class("engine.ruleset.model.Ruleset") is Ruleset


def test_the_stamp_is_of_names_lengths_and_contents(tmp_path: Path) -> None:
    """And of what reads them: another Python or library makes another one."""
    one, two = tmp_path / "one", tmp_path / "two"
    files = {
        one / "b.yaml": b"rules",
        one / "deep" / "a.py": b"code",
        two / "c.lark": b"grammar",
        two / "d.yml": "文".encode(),
    }
    for path, content in {**files, one / "e.pyc": b"compiled", two / "f.txt": b""}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    libraries = [version(name) for name in ("duckdb", "lark", "pydantic", "sqlglot")]
    expected = "".join(f"{part}\0" for part in (sys.version, platform.machine(), *libraries))
    body = expected.encode()
    body += b"a/c.lark\x007\0grammar" + b"a/d.yml\x003\0" + "文".encode()
    body += b"z/b.yaml\x005\0rules" + b"z/deep/a.py\x004\0code"
    # By title, whatever order they are given in.
    assert store.stamp({"z": one, "a": two}) == hashlib.sha256(body).digest()
    assert store.stamp({"a": two, "z": one}) == hashlib.sha256(body).digest()
