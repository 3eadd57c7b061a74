"""Reasons that a result does not keep are worked out from the folder; what changed is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main

HEADER = "决策编号,决策事项,是否重大行政决策,豁免情形,特别程序依据,合法性审查意见日期,讨论日期\n"
ROW = "决1,停车收费办法,是,无,无,{},2024-04-22\n"
CHECKED = "dec-legality-before-discussion"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """The result of a folder whose one decision was reviewed two days before the meeting."""
    (tmp_path / "县").mkdir()
    write(tmp_path, "2024-04-20")
    file = tmp_path / "结果.json"
    run("check", tmp_path / "县", "--as-of", "2025-03-10", "--output", file)
    return file


def write(tmp_path: Path, reviewed: str) -> None:
    (tmp_path / "县" / "决策台账.csv").write_text(HEADER + ROW.format(reviewed), encoding="utf-8")


def test_what_is_met_is_explained_from_the_folder(result: Path) -> None:
    """Broken by a result that forgets where its folder lies."""
    found = run("explain", result, CHECKED, "决1")
    assert found.exit_code == 0
    assert "符合要求" in found.output
    assert "2024年4月20日" in found.output
    assert "决策台账.csv" in found.output
    assert "注意" not in found.output


def test_a_folder_that_was_changed_since_is_said_to_be(result: Path, tmp_path: Path) -> None:
    """Broken by reasons of today given as those of then."""
    write(tmp_path, "2024-04-23")
    found = run("explain", result, CHECKED, "决1")
    assert "注意：核对以后文件夹改过（决策台账.csv），下面是照现在的算的" in found.output
    assert "注意：结果文件里是“符合要求”，现在是“不符合”" in found.output


def test_a_folder_that_was_moved_is_named(result: Path, tmp_path: Path) -> None:
    """Broken by a trace that is missing in silence."""
    (tmp_path / "县").rename(tmp_path / "搬走的")
    found = run("explain", result, CHECKED, "决1")
    assert found.exit_code == 0
    assert "用 --folder 写明当时核对的文件夹" in found.output
    found = run("explain", result, CHECKED, "决1", "--folder", tmp_path / "搬走的")
    assert "2024年4月20日" in found.output


def test_a_file_that_came_since_is_named(result: Path, tmp_path: Path) -> None:
    (tmp_path / "县" / "说明.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    found = run("explain", result, CHECKED, "决1")
    assert "注意：核对以后文件夹改过（说明.csv）" in found.output


def test_what_the_folder_no_longer_holds_is_shown_as_it_was(result: Path, tmp_path: Path) -> None:
    (tmp_path / "县" / "决策台账.csv").write_text(HEADER, encoding="utf-8")
    found = run("explain", result, CHECKED, "决1")
    assert found.exit_code == 0
    assert "“合法性审查前置”符合要求" not in found.output
    assert "结果文件里没有存经过" in found.output
