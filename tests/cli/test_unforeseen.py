"""Errors that nobody foresaw: one Chinese line, an exit code, and nothing of the office's."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import cli
import opening
from cli import ExitCode, main
from engine.ruleset.cached import OURS
from facts.files import cache
from reporter.crash import crash_report, place_of
from tests.conftest import CACHE_HOMES, ROOT

QUOTED = "当事人张三 410101199001011234"
LEDGER = "编号,事项\n1,停车\n"


@pytest.fixture(scope="module")
def rules() -> bytes:
    """The rules as they are kept once they were read."""
    opening.cached_ruleset().read()
    kept = cache.kept(OURS)
    assert kept is not None
    return kept


@pytest.fixture
def folder(rules: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger, and a cache folder of its own with the rules alone in it."""
    for variable in CACHE_HOMES:
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    cache.keep(OURS, rules)
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "决策台账.csv").write_text(LEDGER, encoding="utf-8")
    return tmp_path / "office"


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let reading a folder end in an error."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("facts.folder.read_folder", fail)


def check(folder: Path) -> Result:
    return CliRunner().invoke(main, ["check", str(folder), "--as-of", "2025-03-10"])


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (ValueError(QUOTED), "ValueError"),
        (RecursionError(QUOTED), "RecursionError"),
        (MemoryError(QUOTED), "MemoryError"),
        (UnicodeEncodeError("utf-8", QUOTED, 0, 1, QUOTED), "UnicodeEncodeError"),
        (OSError(errno.EIO, QUOTED, QUOTED), "磁盘读写出错"),
        (OSError(errno.EPROTO, QUOTED, QUOTED), "OSError"),
        (AssertionError(QUOTED), "AssertionError"),
    ],
)
def test_any_error_is_one_line_and_a_report_without_the_offices_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, named: str
) -> None:
    """Broken by a traceback, by exit code 1, or by the words of an error, which quote a cell."""
    failing(monkeypatch, error)
    result = check(folder)
    (line,) = result.output.splitlines()
    (report,) = (folder.parent / "cache" / "fazhi").glob("意外-*.txt")
    told = report.read_text(encoding="utf-8")
    assert result.exit_code == ExitCode.FAILED
    assert line.startswith(f"出错了：程序出了意外（{named}，")
    assert str(report) in line
    assert type(error).__name__ in told
    assert "fazhi/commands/judging.py" in told
    for shown in (line.replace(str(report), ""), told):
        assert "张三" not in shown
        assert "1990" not in shown
        assert str(ROOT) not in shown
        assert str(folder) not in shown


def test_where_no_report_can_be_kept_the_line_stands_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder.parent / "cache")
    (folder.parent / "cache").write_text("", encoding="utf-8")
    failing(monkeypatch, ValueError(QUOTED))
    result = check(folder)
    assert result.exit_code == ExitCode.FAILED
    assert result.output.startswith(
        "出错了：程序出了意外（ValueError，fazhi/tests/cli/test_unforeseen.py 第"
    )
    assert "详情" not in result.output


def test_an_error_behind_the_error_is_told_too() -> None:
    behind = KeyError(QUOTED)
    error = ValueError(QUOTED)
    error.__cause__ = behind
    with pytest.raises(ValueError, match="张三"):
        raise error
    told = crash_report(error, Path("/nowhere"))
    assert place_of(error, Path("/nowhere")) == ""
    assert told.index("ValueError") < told.index("KeyError")
    assert "test_unforeseen.py 第" in told
    assert QUOTED not in told


def test_a_library_is_named_without_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr("reporter.crash.version", missing)
    with pytest.raises(AttributeError) as caught:
        click.Context(None)  # type: ignore[arg-type]
    told = crash_report(caught.value, ROOT)
    assert "  click/core.py 第" in told
    assert told.startswith("fazhi （未安装）\n")


def test_who_stops_it_is_told_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    result = check(folder)
    assert result.exit_code == ExitCode.STOPPED
    assert result.output == "停下了，没有结果\n"


def test_a_question_without_an_answer_is_wrong_use(folder: Path) -> None:
    """Broken by click's own exit code for it, 1."""
    result = CliRunner().invoke(main, ["setup", str(folder)], input="")
    assert result.exit_code == ExitCode.WRONG_USE
    assert result.stderr.endswith("没有回答，什么也没有写\n")
    assert [path.name for path in folder.iterdir()] == ["决策台账.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="没有 /dev/full")
@pytest.mark.parametrize("command", [["rules", "list"], ["check", "--format", "json"]])
def test_a_full_screen_is_output_that_could_not_be_written(
    folder: Path, command: list[str]
) -> None:
    where = [str(folder)] if command[0] == "check" else []
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        made = subprocess.run(
            [sys.executable, str(Path(cli.__file__)), *command, *where],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, encoding="utf-8",
        )  # fmt: skip
    assert made.returncode == ExitCode.NOT_WRITTEN
    assert made.stderr.startswith("出错了：结果写不出去")
    assert len(made.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="那里的管道断法不同")
def test_a_pipe_that_is_closed_says_nothing_and_is_no_finding() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    made = subprocess.run(
        [sys.executable, str(Path(cli.__file__)), "rules", "list"],
        stdout=writer, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(writer)
    assert made.returncode == ExitCode.NOT_WRITTEN
    assert made.stderr == b""


PROCESS = """
import atexit, sys
sys.path.insert(0, {root!r})
import cli

class Heavy:
    def __del__(self):
        print("taken apart")

heavy = Heavy()

def main():
    atexit.register(print, "cleared away")
    print("said")
    {end}

cli.main = main
cli.run()
"""


@pytest.mark.parametrize(
    ("end", "code", "told"),
    [
        ("sys.exit(3)", 3, ""),
        ("sys.exit()", 0, ""),
        ("pass", 1, ""),
        ("sys.exit('why')", 1, "why\n"),
    ],
    ids=["a code", "none", "no exit", "words"],
)
def test_a_process_ends_when_all_is_said_and_cleared_away(end: str, code: int, told: str) -> None:
    """Broken by words or a code that get lost, or by an end that first takes all apart."""
    program = PROCESS.format(root=str(ROOT), end=end)
    found = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=False
    )
    assert (found.stdout, found.stderr) == ("said\ncleared away\n", told)
    assert found.returncode == code
