"""A stored ruleset is the ruleset; anything else in its place is as good as nothing."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import pickle
import shutil
import stat
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import cli
import opening
from commands.asked import ruleset_with
from engine.ruleset import store
from engine.ruleset.cached import OURS
from engine.ruleset.frozen import frozen
from engine.ruleset.model import Ruleset
from facts.files import cache as cachefile
from tests.conftest import RULESETS

KEY = hashlib.sha256(b"this stamp").digest()
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows 的文件没有这样的属主和权限")


class Danger:
    """Unpickled, it would leave a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def framed(value: object) -> bytes:
    body = frozen(value)
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


def test_what_was_kept_holds_data_alone(ruleset: Ruleset, tmp_path: Path) -> None:
    """Broken by any format that names what is to be called: whoever can write it could have it run.

    Nothing that is found under the right stamp and digest is more than read as JSON.
    """
    content = store.dump(ruleset, KEY)
    end = 68 + int.from_bytes(content[64:68])
    kinds, nodes, _ = json.loads(zlib.decompress(content[68:end]))
    assert all(name.startswith("engine.") for name, *_ in kinds)
    later = [(int(node[1]), int(node[2])) for node in nodes if node[0] == "later"]
    assert [begin for begin, _ in later] == [0, *(stop for _, stop in later[:-1])]
    assert end + later[-1][1] == len(content)
    for begin, stop in later:
        inner = content[end + begin : end + stop]
        assert json.loads(zlib.decompress(inner[4:]))  # and holds nothing for later itself
        assert len(inner) == 4 + int.from_bytes(inner[:4])
    trace = tmp_path / "trace"
    pickled = pickle.dumps(Danger(trace))
    packed = (pickled, zlib.compress(pickled), zlib.compress(b'[[["os.system"]],[[0,"x"]],0]'))
    for inside in packed:
        for body in (inside, len(inside).to_bytes(4) + inside):
            assert store.load(KEY + hashlib.sha256(body).digest() + body, KEY) is None
    assert not trace.exists()


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
    first = ruleset_with()
    assert [path.name for path in cache.iterdir()] == [OURS]
    monkeypatch.setattr("engine.ruleset.load.load_ruleset", lambda *_: pytest.fail("read anew"))
    assert ruleset_with().requirements == first.requirements


def test_changed_rules_are_read_anew(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "home" / "rulesets"
    shutil.copytree(RULESETS, folder)
    monkeypatch.setattr(opening, "RULESETS", folder)
    before = ruleset_with()
    head = folder / "ruleset.yaml"
    head.write_text('version: "9"\ntitle: 改过的\n', encoding="utf-8")
    assert before.version != "9"
    assert ruleset_with().version == "9"
    assert [path.name for path in cache.iterdir()] == [OURS]


@pytest.mark.parametrize("content", [b"", b"garbage", b"x" * 200])
def test_a_damaged_cache_is_ignored_and_replaced(cache: Path, content: bytes) -> None:
    cache.mkdir(mode=0o700)
    (cache / OURS).write_bytes(content)
    assert ruleset_with().requirements
    assert (cache / OURS).stat().st_size > 1000


@posix
def test_a_folder_that_others_may_use_is_emptied_and_made_private(cache: Path) -> None:
    """Broken by trusting what lay there while it was open, once it is shut."""
    cachefile.keep("x", b"mine")
    cachefile.keep("y", b"mine")
    (cache / "below").mkdir()
    assert cachefile.kept("x") == b"mine"
    cache.chmod(0o777)
    (cache / "x").write_bytes(b"poison")
    assert cachefile.kept("x") is None
    assert cachefile.keep("y", b"new") == cache / "y"
    assert cachefile.kept("x") is None
    assert cachefile.kept("y") == b"new"
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


@posix
def test_a_folder_of_somebody_elses_is_left_alone(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cachefile.keep("x", b"mine")
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert cachefile.kept("x") is None
    assert cachefile.keep("x", b"new") is None
    assert (cache / "x").read_bytes() == b"mine"


def test_two_runs_at_once_agree(cache: Path) -> None:
    """Broken by writing in place: one would read what the other has half written."""
    command = [sys.executable, str(Path(cli.__file__)), "rules", "list"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    said = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert said[0] == said[1] == said[2]
    assert [path.name for path in cache.iterdir()] == [OURS]


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
