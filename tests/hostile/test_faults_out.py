"""Results on their way out of every command and into every format, while the disk fails.

The old file stays or the new one is whole, whatever call fails; each command says so and ends
with the same code.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import ExitCode, main
from engine.model.assessment import Assessment
from engine.model.errors import InvalidRulesetError
from facts.files.single import UnreadableFileError, read_report_file, read_result_file
from reporter.delivery import deliver, write
from reporter.files import OutputError
from reporter.formats import DEADLINES, FORMATS
from tests.hostile.disk import Disk, each
from tests.reporter.sample import sample

OLD = b"old"
HEAD = "决策编号,决策事项,承办单位,是否重大行政决策,集体讨论日期\n"
LEDGER = HEAD + "决1,停车收费,县住建局,是,2024-05-06\n"
REPORT = "青岚县2024年法治政府建设年度报告\n全年办理行政复议案件12件，审结10件。\n"
AS_OF = ("--as-of", "2025-03-10")


FEW = (errno.ENOSPC, errno.EACCES)
"""What the others are called is tried where a file is written."""


def whole(form: str, found: Assessment, target: Path) -> None:
    if form in FORMATS:
        deliver(found, form, target)
    else:
        write(DEADLINES[form].render(found), target)


@pytest.mark.parametrize("form", sorted({*FORMATS, *DEADLINES}))
def test_every_format_leaves_the_old_or_the_new_whole(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a format that is written in place, or made in files of its own."""
    found, target = sample(), tmp_path / "结果"
    whole(form, found, target)
    size = len(target.read_bytes())
    assert size > len(OLD)

    def deliver_it(_: Disk) -> Callable[[], None]:
        said = ""
        try:
            whole(form, found, target)
        except (OutputError, InvalidRulesetError) as error:
            said = str(error)

        def after() -> None:
            left = target.read_bytes()
            assert left == OLD if said else abs(len(left) - size) < 64  # a time stands in some
            assert not said or re.match(
                "写不了“|结果做不出来：|[^：]*：程序自己的文件读不了：", said
            )
            assert "Errno" not in said

        return after

    assert each(monkeypatch, deliver_it, before=lambda: target.write_bytes(OLD), errors=FEW) > 15


@pytest.mark.parametrize("read", [read_result_file, read_report_file])
def test_a_file_named_by_hand_is_read_or_refused(
    read: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What diff, replay, explain, --since and extract read."""
    place = tmp_path / "报告.txt"
    place.write_text(REPORT, encoding="utf-8")

    def read_it(_: Disk) -> None:
        said = found = ""
        try:
            found = read(place)
        except UnreadableFileError as error:
            said = str(error)
        assert found == ("" if said else REPORT)
        assert not said or said.startswith(f"“{place}”没有读：")
        assert "Errno" not in said

    assert each(monkeypatch, read_it) > 20


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, a report and a result."""
    above = tmp_path_factory.mktemp("above")
    (above / "office").mkdir()
    (above / "office" / "重大行政决策台账.csv").write_text(LEDGER, encoding="utf-8")
    (above / "lake").mkdir()
    (above / "lake" / "决策.csv").write_text(LEDGER, encoding="utf-8")
    tables = "year: 2024\ntables:\n  重大行政决策台账: {file: 决策.csv}\n"
    (above / "lake" / "fazhi.yaml").write_text(tables, encoding="utf-8")
    (above / "报告.txt").write_text(REPORT, encoding="utf-8")
    made = run("check", above / "office", *AS_OF, "--output", above / "结果.json")
    assert made.exit_code == ExitCode.FINDINGS, made.output
    return above


COMMANDS = (
    ("check", "office", *AS_OF, "结果.xlsx"),
    ("predecision", "office", "决1", *AS_OF, "附表.docx"),
    ("due", "office", *AS_OF, "期限.ics"),
    ("timetable", "office", "决1", *AS_OF, "时间表.json"),
    ("checklist", "office", "决1", *AS_OF, "清单.json"),
    ("diff", "结果.json", "结果.json", "比较.json"),
    ("extract", "报告.txt", "数字.json"),
    ("sql", "lake", "--dialect", "postgres", "语句.sql"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command[0]))
def test_every_command_that_cannot_write_says_so_and_leaves_the_old(
    command: tuple[str, ...], office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office)
    target = office / command[-1]
    target.write_bytes(OLD)
    before = sorted(office.iterdir())

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        found = run(*command[:-1], "--output", target)
    assert found.exception is None or isinstance(found.exception, SystemExit)
    assert found.exit_code == ExitCode.NOT_WRITTEN
    assert found.output.endswith(f"出错了：写不了“{target}”：磁盘满了\n")
    assert target.read_bytes() == OLD
    assert sorted(office.iterdir()) == before
    with suppress(FileNotFoundError):
        target.unlink()


def test_setup_and_template_that_cannot_write_leave_nothing(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    for command in (("setup", office / "office", "--yes"), ("template", tmp_path, "--core")):
        before = sorted(Path(command[1]).iterdir())
        found = run(*command)
        assert found.exit_code == ExitCode.NOT_WRITTEN
        assert found.stderr.endswith("：磁盘满了\n")
        assert sorted(Path(command[1]).iterdir()) == before
