"""Disks that fail, call by call: the old file stays, or the new one is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.model.facts import Level
from facts.files import cache
from facts.files.open import read_bytes, walk
from facts.files.refused import RefusedError
from reporter.files import OutputError, write_new, write_whole
from tests.conftest import ROOT
from tests.facts.conftest import Office, errors
from tests.hostile.disk import Disk, each

OLD, NEW = b"old" * 1000, b"new" * 2000


def test_writing_leaves_the_old_or_the_new_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by writing in place, or by calling a good write a failure for a file left behind."""
    target = tmp_path / "结果.json"

    def write(_: Disk) -> Callable[[], None]:
        said = ""
        try:
            write_whole(target, NEW)
        except OutputError as error:
            said = str(error)

        def after() -> None:
            assert target.read_bytes() == (OLD if said else NEW)
            assert not said or ("写不了" in said and "Errno" not in said)

        return after

    assert each(monkeypatch, write, before=lambda: target.write_bytes(OLD)) > 60


def test_a_result_whose_writing_stops_half_way_leaves_the_old_whole(tmp_path: Path) -> None:
    """Of a large result the text is made while it is written: its error may come then."""
    target = tmp_path / "结果.json"
    target.write_bytes(OLD)

    def pieces() -> Iterator[str]:
        yield "新的开头"
        raise MemoryError

    with pytest.raises(MemoryError):
        write_whole(target, pieces())
    assert (target.read_bytes(), [*tmp_path.iterdir()]) == (OLD, [target])
    write_whole(target, iter(["甲", "", "乙"]))
    assert target.read_text(encoding="utf-8") == "甲乙"


def test_of_several_files_all_are_written_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = iter(range(10_000))

    def write(disk: Disk) -> Callable[[], None]:
        folder = tmp_path / str(next(number))
        done = True
        try:
            write_new(folder, {"甲.xlsx": NEW, "乙.xlsx": NEW})
        except OutputError:
            done = False

        def after() -> None:
            left = {path.name for path in folder.glob("[甲乙]*")}
            if done:
                assert left == {"甲.xlsx", "乙.xlsx"}
            elif not disk.rest:  # where nothing can be taken away any more, it stays
                assert left == set()

        return after

    assert each(monkeypatch, write) > 60


def test_a_cache_that_fails_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    cache.keep("x", OLD)

    def keep(_: Disk) -> None:
        kept = cache.keep("x", NEW)
        assert kept in (None, tmp_path / "fazhi" / "x")
        assert cache.kept("x") in (None, OLD, NEW)

    assert each(monkeypatch, keep) > 60
    assert cache.kept("x") in (OLD, NEW)


def test_reading_fails_for_that_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲.csv").write_bytes(OLD)
    (tmp_path / "乙").mkdir()
    (tmp_path / "乙" / "丙.csv").write_bytes(NEW)

    def read(_: Disk) -> None:
        found, left_out = walk(tmp_path)
        said = [left.reason for left in left_out]
        for one in found:
            try:
                read_bytes(one)
            except RefusedError as error:
                said.append(str(error))
                assert not one.entry.sha256
        assert all("Errno" not in text for text in said)
        assert len(found) + len(left_out) >= 1

    assert each(monkeypatch, read) > 30


def test_a_file_that_vanishes_while_the_folder_is_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.write("决策台账.csv", "编号,事项\n1,停车\n")
    gone = office.write("专家.csv", "编号,专家姓名\n1,王某某\n")
    real = os.open

    def vanish(path: Any, *rest: Any, **named: Any) -> int:  # noqa: ANN401
        gone.unlink(missing_ok=True)
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", vanish)
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1"]
    assert [text for text in errors(facts) if "已经不在了" in text and text.startswith("专家.csv")]


def test_a_ledger_that_is_open_elsewhere_is_read_and_said(office: Office) -> None:
    """What isn't saved yet is not in the file; the lock itself is no ledger."""
    office.write("决策台账.csv", "编号,事项\n1,停车\n")
    office.write("~$决策台账.csv", b"\x06Lee")
    office.write("下/专家名单（二）.xlsx", b"PK")
    office.write("下/~$名单（二）.xlsx", b"\x06Lee")
    facts = office.read()
    assert [item.path for item in facts.inputs] == ["下/专家名单（二）.xlsx", "决策台账.csv"]
    for item in facts.inputs:
        said = [p for p in item.problems if "打开着" in p.text()]
        assert [problem.level for problem in said] == [Level.NOTE]


WRITER = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from reporter.files import write_whole
target = Path({target!r})
print("ready", flush=True)
while True:
    for data in (b"a" * 3_000_000, b"b" * 2_000_000):
        write_whole(target, data)
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    place = tmp_path / "结果.json"
    place.write_bytes(b"a" * 3_000_000)
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 kill -9")
@pytest.mark.rounds(10, nightly=1000)
def test_killed_while_writing(target: Path, rounds: int) -> None:
    """Broken by writing in place: sooner or later half a file is found."""
    rng = random.Random(9)  # noqa: S311
    program = WRITER.format(root=str(ROOT), target=str(target))
    for _ in range(rounds):
        child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(rng.random() / 20)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        found = target.read_bytes()
        assert found in (b"a" * 3_000_000, b"b" * 2_000_000)
