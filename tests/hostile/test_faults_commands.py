"""Every command on a disk that fails at any call: a clean end, the old result or the new one whole.

What is found met on such a disk is met on a sound one.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from click.testing import CliRunner, Result

from cli import ExitCode, main
from tests.conftest import ROOT
from tests.hostile.disk import ERRORS, Disk

OLD: Final = b"old"
HEAD: Final = "决策编号,决策事项,承办单位,是否重大行政决策,集体讨论日期,合法性审查意见日期\n"
LEDGER: Final = HEAD + "决1,停车收费,县住建局,是,2024-05-06,2024-04-20\n"
REPORT: Final = "青岚县2024年法治政府建设年度报告\n全年办理行政复议案件12件，审结10件。\n"
AS_OF: Final = ("--as-of", "2025-03-10")
SOME: Final = 100
"""Calls of the program's own files tried at night, of each command."""


class Command(NamedTuple):
    """What is typed, and the file or folder that it writes, if any."""

    words: tuple[str, ...]
    output: str = ""
    differs: bool = False
    """Whether its findings are that less could be read."""


COMMANDS: Final = {
    "check": Command(("check", "office", *AS_OF)),
    "check json": Command(("check", "office", *AS_OF, "--output", "新.json"), "新.json"),
    "check xlsx": Command(("check", "office", *AS_OF, "--output", "新.xlsx"), "新.xlsx"),
    "check since": Command(
        ("check", "office", *AS_OF, "--since", "结果.json", "--output", "新.json"), "新.json"
    ),
    "predecision": Command(
        ("predecision", "office", "决1", *AS_OF, "--output", "新.docx"), "新.docx"
    ),
    "due": Command(("due", "office", *AS_OF, "--output", "新.ics"), "新.ics"),
    "timetable": Command(("timetable", "office", "决1", *AS_OF, "--output", "新.json"), "新.json"),
    "checklist": Command(("checklist", "office", "决1", *AS_OF, "--output", "新.json"), "新.json"),
    "diff": Command(("diff", "结果.json", "结果.json", "--output", "新.json"), "新.json"),
    "extract": Command(("extract", "报告.txt", "--output", "新.json"), "新.json"),
    "explain": Command(("explain", "结果.json", "dec-expert-needed", "决1")),
    "replay": Command(("replay", "结果.json", "--data", "office"), differs=True),
    "template": Command(("template", "新", "--core"), "新"),
    "rules list": Command(("rules", "list")),
    "rules show": Command(("rules", "show", "dec-comment-30d")),
    "sql": Command(("sql", "lake", "--dialect", "postgres", "--output", "新.sql"), "新.sql"),
    "check tables": Command(("check", "lake", *AS_OF, "--output", "新.json"), "新.json"),
}

NO_RESULT: Final = (
    ExitCode.WRONG_USE, ExitCode.RULESET_INVALID, ExitCode.NOT_WRITTEN, ExitCode.FAILED,
)  # fmt: skip


def run(command: Command) -> Result:
    return CliRunner().invoke(main, list(command.words))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, one whose ledger is a table, a report and a result."""
    above = tmp_path_factory.mktemp("above")
    files = {
        "office/重大行政决策台账.csv": LEDGER,
        "office/年度报告.txt": REPORT,
        "office/fazhi.yaml": "year: 2024\n",
        "lake/决策.csv": LEDGER,
        "lake/fazhi.yaml": "year: 2024\ntables:\n  重大行政决策台账: {file: 决策.csv}\n",
        "报告.txt": REPORT,
    }
    for name, text in files.items():
        (above / name).parent.mkdir(exist_ok=True)
        (above / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(above)
        made = run(Command(("check", "office", *AS_OF, "--output", "结果.json")))
    assert made.exit_code == ExitCode.FINDINGS, made.output
    return above


@pytest.fixture
def home(office: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where commands are run, with nothing but what they may read."""
    monkeypatch.chdir(office)
    before = contents(office)
    yield office
    prepare(office, "")
    assert contents(office) == before


def contents(home: Path) -> dict[str, bytes]:
    """What the files hold that commands only read."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.relative_to(home).as_posix().startswith("新")
    }


def prepare(home: Path, output: str) -> None:
    """Nothing of a run before is left but an old result."""
    shutil.rmtree(home / "新", ignore_errors=True)
    for path in (*home.glob("新*"), *home.glob(".fazhi-*")):
        path.unlink()
    if "." in output:
        (home / output).write_bytes(OLD)


def whole(output: str, home: Path) -> object:
    """What can be compared of a result that was written: no time and no digest of another run."""
    path = home / output
    if not output:
        return None
    if path.is_dir() or not path.exists():
        return sorted(p.name for p in path.rglob("*"))
    found = met(path) if path.suffix == ".json" else None
    return path.stat().st_size // 512 if found is None else found


def met(path: Path) -> set[tuple[str, str]] | None:
    """What is met, by requirement and record; of tables as many as there are.

    None of a result without outcomes.
    """
    outcomes = json.loads(path.read_text(encoding="utf-8")).get("outcomes")
    if outcomes is None:
        return None
    if isinstance(outcomes, dict):
        return {("met", str(number)) for number in range(outcomes["met"])}
    return {(o["requirement"], o["subject_key"]) for o in outcomes if o["outcome"] == "met"}


def fits(found: object, sound: object, *, same: bool) -> bool:
    """Whether a result is as on a sound disk; where less was read, no more may be met."""
    if isinstance(found, set) and isinstance(sound, set) and not same:
        return found <= sound
    return found == sound or not same


def failing(
    name: str, office: list[int], program: list[int], rounds: int
) -> Iterator[tuple[int, int, bool]]:
    """Which call fails, with what error, and whether all after it do.

    Without `rounds` each call that touches something else than the program's own thousand files,
    alone and with all after it, and some of theirs. Else so many of them, three in four of such.
    """
    rng = random.Random(name)  # noqa: S311
    theirs = program or office
    by_chance = [theirs if number % 4 == 3 else office for number in range(rounds)]
    for calls in by_chance or [theirs] * SOME:
        yield rng.choice(calls), rng.choice(ERRORS), rng.random() < 0.5
    for first in office if rounds == 0 else ():
        for rest in (False, True):
            yield first, rng.choice(ERRORS), rest


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # what is cut short is not closed
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.rounds(3, nightly=0)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_on_a_disk_that_fails(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch, rounds: int
) -> None:
    """Broken by an error that nobody foresaw, a result written in place, a file passed over."""
    command = COMMANDS[name]
    prepare(home, command.output)
    with monkeypatch.context() as patch:
        disk = Disk(patch, 0, 0, rest=False)
        sound = run(command)
    made = whole(command.output, home)
    ours = (str(ROOT / "rulesets"), str(ROOT / "engine"), str(ROOT / "facts"), "site-packages")
    program = [n for n, at in enumerate(disk.touched, 1) if any(one in at for one in ours)]
    office = sorted({*range(1, disk.calls + 1)} - {*program})
    lawful = {sound.exit_code, ExitCode.UNREAD}
    if command.differs:
        lawful.add(ExitCode.FINDINGS)
    wrong = []
    for first, error, rest in failing(name, office, program, rounds):
        prepare(home, command.output)
        with monkeypatch.context() as patch:
            disk = Disk(patch, error, first, rest=rest)
            found = run(command)
        told = found.output
        said = {
            "another error": not isinstance(found.exception, SystemExit | None),
            "no Chinese": "Errno" in told or os.strerror(error) in told,
            "no reason": "出错了：" not in told and found.exit_code not in lawful,
            "another code": found.exit_code not in {*lawful, *NO_RESULT},
            "unforeseen": "程序出了意外" in told,
            "other words": found.exit_code == sound.exit_code and told != sound.output,
        }
        path = home / command.output
        if "." in command.output:
            old = path.read_bytes() == OLD
            same = found.exit_code == sound.exit_code
            fitting = old or fits(whole(command.output, home), made, same=same)
            said["torn"] = old != ("出错了：" in told) or not fitting
        said["left behind"] = not rest and any(home.glob(".fazhi-*"))
        wrong += [
            (what, first, error, rest, disk.touched[first - 1], found.exit_code, told[-200:])
            for what, so in said.items()
            if so
        ]
    assert wrong == []


def full(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "name",
    [
        *("check xlsx", "predecision", "due", "timetable", "checklist", "diff", "extract", "sql"),
        *("check json", "check since"),
    ],
)
def test_every_command_that_cannot_write_says_so_and_leaves_the_old(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = COMMANDS[name]
    prepare(home, command.output)
    target = home / command.output
    before = sorted(home.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        found = run(command)
    assert found.exception is None or isinstance(found.exception, SystemExit)
    assert found.exit_code == ExitCode.NOT_WRITTEN
    assert found.output.endswith(f"出错了：写不了“{command.output}”：磁盘满了\n")
    assert target.read_bytes() == OLD
    assert sorted(home.iterdir()) == before


def test_setup_and_template_that_cannot_write_leave_nothing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "office").mkdir()
    shutil.copy(home / "office" / "重大行政决策台账.csv", tmp_path / "office")
    (tmp_path / "blank").mkdir()
    monkeypatch.setattr(os, "fsync", full)
    for words in (
        ("setup", str(tmp_path / "office"), "--yes"),
        ("template", str(tmp_path / "blank"), "--core"),
    ):
        before = sorted(Path(words[1]).iterdir())
        found = run(Command(words))
        assert found.exit_code == ExitCode.NOT_WRITTEN
        assert found.stderr.endswith("：磁盘满了\n")
        assert sorted(Path(words[1]).iterdir()) == before
