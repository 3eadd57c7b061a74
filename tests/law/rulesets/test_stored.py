"""A stored ruleset is the ruleset; anything else in its place is as good as nothing."""

from __future__ import annotations

import gc
import hashlib
import pickle
import shutil
import sys
from pathlib import Path

import pytest

import cli
import opening
from engine.ruleset import store
from engine.ruleset.cached import OURS
from engine.ruleset.model import Ruleset
from facts.files import cache as cachefile
from tests.conftest import RULESETS

KEY = hashlib.sha256(b"this stamp").digest()
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows 的文件没有这样的属主和权限")


class Danger:
    """Unpickled carelessly, it would leave a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def framed(value: object) -> bytes:
    body = pickle.dumps(value)
    return KEY + hashlib.sha256(body).digest() + body


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    return tmp_path / "fazhi"


def test_what_is_stored_comes_back(ruleset: Ruleset) -> None:
    found = store.load(store.dump(ruleset, KEY), KEY)
    assert found is not None
    assert {**vars(found), "schema": None, "vocabulary": None} == {
        **vars(ruleset),
        "schema": None,
        "vocabulary": None,
    }
    assert found.schema.types == ruleset.schema.types
    assert found.vocabulary.terms == ruleset.vocabulary.terms
    assert found.vocabulary.schema is found.schema


@pytest.mark.parametrize("collecting", [True, False])
def test_reading_leaves_the_collector_as_it_was(ruleset: Ruleset, *, collecting: bool) -> None:
    content = store.dump(ruleset, KEY)
    (gc.enable if collecting else gc.disable)()
    try:
        assert store.load(content, KEY) is not None
        assert gc.isenabled() is collecting
        assert store.load(framed(["not a ruleset"]), KEY) is None
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


def test_another_stamp_or_damaged_bytes_are_nothing(ruleset: Ruleset) -> None:
    content = store.dump(ruleset, KEY)
    other = hashlib.sha256(b"another").digest()
    flipped = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
    wrong = [b"", b"x", content[:40], content[:-1], content + b"x", flipped]
    assert [store.load(item, KEY) for item in wrong] == [None] * len(wrong)
    assert store.load(content, other) is None


def test_foreign_pickles_are_not_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    assert store.load(framed(Danger(trace)), KEY) is None
    assert not trace.exists()
    assert store.load(framed(["not a ruleset"]), KEY) is None
    assert store.load(framed(store.load), KEY) is None


def test_a_stamp_changes_with_every_source(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("one", encoding="utf-8")
    first = store.stamp({"x": tmp_path})
    (tmp_path / "a.pyc").write_text("compiled", encoding="utf-8")
    assert store.stamp({"x": tmp_path}) == first
    source.write_text("two", encoding="utf-8")
    second = store.stamp({"x": tmp_path})
    source.rename(tmp_path / "b.yaml")
    third = store.stamp({"x": tmp_path})
    (tmp_path / "c.py").touch()
    assert len({first, second, third, store.stamp({"x": tmp_path})}) == 4


def test_the_second_run_reads_the_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cli._ruleset()
    assert [path.name for path in cache.iterdir()] == [OURS]
    monkeypatch.setattr("engine.ruleset.cached.load_ruleset", lambda *_: pytest.fail("read anew"))
    assert cli._ruleset().requirements == first.requirements


def test_changed_rules_are_read_anew(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "home" / "rulesets"
    shutil.copytree(RULESETS, folder)
    monkeypatch.setattr(opening, "RULESETS", folder)
    before = cli._ruleset()
    head = folder / "ruleset.yaml"
    head.write_text('version: "9"\ntitle: 改过的\n', encoding="utf-8")
    assert before.version != "9"
    assert cli._ruleset().version == "9"
    assert [path.name for path in cache.iterdir()] == [OURS]


@pytest.mark.parametrize("content", [b"", b"garbage", b"x" * 200])
def test_a_damaged_cache_is_ignored_and_replaced(cache: Path, content: bytes) -> None:
    cache.mkdir(mode=0o700)
    (cache / OURS).write_bytes(content)
    assert cli._ruleset().requirements
    assert (cache / OURS).stat().st_size > 1000


@posix
def test_a_folder_that_others_may_use_is_not_trusted(cache: Path) -> None:
    cachefile.keep("x", b"mine")
    assert cachefile.kept("x") == b"mine"
    cache.chmod(0o755)
    assert cachefile.kept("x") is None
    cachefile.keep("x", b"new")
    assert (cache / "x").read_bytes() == b"mine"


@posix
def test_links_are_not_followed(cache: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"foreign")
    cache.mkdir(mode=0o700)
    (cache / "x").symlink_to(elsewhere)
    assert cachefile.kept("x") is None
    cachefile.keep("x", b"mine")
    assert elsewhere.read_bytes() == b"foreign"
    shutil.rmtree(cache)
    cache.symlink_to(tmp_path)
    assert cachefile.kept("x") is None


@pytest.mark.parametrize("problem", ["file in the way", "no home", "too large"])
def test_without_a_cache_folder_all_works(
    problem: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    match problem:
        case "file in the way":
            cache.write_bytes(b"")
        case "no home":
            monkeypatch.setenv("XDG_CACHE_HOME", "relative")
            monkeypatch.setenv("LOCALAPPDATA", "")
            monkeypatch.setattr(Path, "home", _no_home)
        case _:
            monkeypatch.setattr(cachefile, "LARGEST", 3)
    cachefile.keep("x", b"four")
    assert cachefile.kept("x") is None
    assert not list(tmp_path.rglob(".x-*"))


def _no_home() -> Path:
    raise RuntimeError
