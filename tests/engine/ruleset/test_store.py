"""A small ruleset as bytes and back: under its stamp alone, and with nothing else called.

The shipped ruleset and the cache folder: tests/law/rulesets/test_stored.py.
"""

from __future__ import annotations

import collections
import datetime as dt
import gc
import hashlib
import io
import pickle
import platform
import sys
from collections.abc import Iterator
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import pytest

from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.model.strict_yaml import YamlList, YamlMap
from engine.ruleset import derived, store
from engine.ruleset.files import Basis
from engine.ruleset.model import Ruleset, Window
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
    body = pickle.dumps(value)
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
    derived.recall("stored", both, small.schema, "rest", lambda: Decimal("1.5"))
    found = store.load(store.dump(small, KEY), KEY)
    assert found is not None
    again = list(found.requirements.values())
    never = derived.recall("stored", again, found.schema, "rest", lambda: Decimal(2))
    assert never == Decimal("1.5")


def test_the_bytes_are_the_stamp_their_digest_and_themselves(small: Ruleset) -> None:
    content = store.dump(small, KEY)
    assert content[:32] == KEY
    assert content[32:64] == hashlib.sha256(content[64:]).digest()
    assert content[64:66] == b"\x80\x05"  # pickle's fifth protocol


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
    assert store.load(framed(store.load), KEY) is None
    assert gc.isenabled() is collecting


def test_the_collector_rests_while_bytes_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def watched(module: str, name: str) -> None:
        seen.append(gc.isenabled())
        raise pickle.UnpicklingError(f"{module}.{name}")

    monkeypatch.setattr(store._Reader, "find_class", lambda _self, *names: watched(*names))
    assert store.load(framed(Decimal(1)), KEY) is None
    assert seen == [False]


@pytest.mark.parametrize("body", [["not a ruleset"], (1, []), (), None, {"a": 1}])
def test_what_is_no_ruleset_is_nothing(body: object) -> None:
    assert store.load(framed(body), KEY) is None


def test_a_ruleset_without_what_was_worked_out_is_nothing(small: Ruleset) -> None:
    assert store.load(framed(small), KEY) is None
    assert store.load(framed((small, ())), KEY) is None
    assert store.load(framed((small, [])), KEY) is not None


def _read(value: object) -> object:
    return store._Reader(io.BytesIO(pickle.dumps(value))).load()


@pytest.mark.parametrize(
    "value",
    [
        frozenset({1}),
        {1, 2},
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
    assert _read(value) == value


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
        (Path.touch, f"{Path.__module__}.Path.touch"),  # pathlib, or a part of it
        (dt.timedelta(1), "datetime.timedelta"),
        (dt.time(1), "datetime.time"),
        (store.load, "engine.ruleset.store.load"),
        (t.walk, "engine.language.tree.walk"),  # a function
        (store._Reader, "engine.ruleset.store._Reader"),  # holds no data
        (len, "builtins.len"),
        (complex, "builtins.complex"),
    ],
)
def test_nothing_else_is_made_or_called(value: object, name: str) -> None:
    with pytest.raises(pickle.UnpicklingError) as refused:
        _read(value)
    assert str(refused.value) == name


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("engine.ruleset.store", "Path"),  # another module's
        ("engine.ruleset.store", "Ruleset"),  # ours, but under another module's name
        ("engine.ruleset.store", "stamp"),
        ("engine.ruleset.store", "no_such_thing"),
        ("engine.language.tree", "Kind.INT"),
        ("engines", "x"),
        ("os", "system"),
    ],
)
def test_a_class_is_found_in_its_own_module_alone(module: str, name: str) -> None:
    with pytest.raises(pickle.UnpicklingError) as refused:
        store._Reader(io.BytesIO()).find_class(module, name)
    assert str(refused.value) == f"{module}.{name}"


def test_a_class_of_ours_is_found() -> None:
    reader = store._Reader(io.BytesIO())
    assert reader.find_class("engine.ruleset.model", "Ruleset") is Ruleset
    assert reader.find_class("builtins", "frozenset") is frozenset


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
