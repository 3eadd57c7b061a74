"""Bad input: a clear Chinese error, the designed exit code, nothing lost, never a traceback."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from cli import ExitCode, main
from tests.results import whole

AS_OF = ("--as-of", "2025-03-10")


def fazhi(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def ledger(folder: Path, *rows: tuple[object, ...], name: str = "重大行政决策台账.xlsx") -> Path:
    folder.mkdir(exist_ok=True)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder


HEADER = ("决策编号", "决策事项", "是否重大行政决策", "合法性审查意见日期", "讨论日期")
ROW = ("决2024-01", "停车收费办法", "是", "2024-04-20", "2024-04-22")


def no_traceback(result: Result) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = fazhi("check", tmp_path / "没有")
    no_traceback(result)
    assert result.exit_code == ExitCode.WRONG_USE
    assert "不是文件夹" in result.stderr
    assert not result.stdout


def test_an_empty_folder_checks_nothing(tmp_path: Path) -> None:
    result = fazhi("check", tmp_path, *AS_OF)
    no_traceback(result)
    assert result.exit_code == ExitCode.NOTHING_CHECKED
    assert "没有读到" in result.stdout + result.stderr


def test_a_folder_without_a_known_file(tmp_path: Path) -> None:
    (tmp_path / "照片.png").write_bytes(b"\x89PNG\r\n")
    result = fazhi("check", tmp_path, *AS_OF)
    no_traceback(result)
    assert result.exit_code in (ExitCode.NOTHING_CHECKED, ExitCode.UNREAD)
    assert "照片.png" in result.stdout


def test_a_corrupt_workbook_is_a_problem_and_the_rest_is_judged(tmp_path: Path) -> None:
    ledger(tmp_path, HEADER, ROW)
    (tmp_path / "执法证件台账.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    result = fazhi("check", tmp_path, *AS_OF, "--format", "json")
    no_traceback(result)
    assert result.exit_code == ExitCode.UNREAD
    found = whole(result.stdout)
    assert [p["level"] for i in found["inputs"] for p in i["problems"]].count("error") == 1
    assert any(o["subject_key"] == "决2024-01" for o in found["outcomes"])


def test_a_missing_column_is_unknown_not_met(tmp_path: Path) -> None:
    ledger(tmp_path, HEADER[:3] + HEADER[4:], ROW[:3] + ROW[4:])
    result = fazhi("check", tmp_path, *AS_OF, "--format", "json")
    no_traceback(result)
    outcomes = {
        o["requirement"]: o
        for o in whole(result.stdout)["outcomes"]
        if o["subject_key"] == "决2024-01"
    }
    assert outcomes["dec-legality-before-discussion"]["outcome"] == "unknown"


def test_a_wrong_date_names_the_cell_and_the_row_is_judged(tmp_path: Path) -> None:
    ledger(tmp_path, HEADER, (*ROW[:3], "2024-13-45", ROW[4]), ("决2024-02", *ROW[1:]))
    result = fazhi("check", tmp_path, *AS_OF, "--format", "json")
    no_traceback(result)
    assert result.exit_code == ExitCode.UNREAD
    found = whole(result.stdout)
    texts = [p["text"] for i in found["inputs"] for p in i["problems"]]
    assert any("D2" in text and "2024-13-45" in text for text in texts)
    assert {"决2024-01", "决2024-02"} <= {o["subject_key"] for o in found["outcomes"]}


def test_a_report_without_figures(tmp_path: Path) -> None:
    (tmp_path / "2024年法治政府建设年度报告.txt").write_text("一切都好。", encoding="utf-8")
    result = fazhi("check", tmp_path, *AS_OF)
    no_traceback(result)
    assert result.exit_code != ExitCode.CLEAN


def test_a_wrong_key_in_the_settings_is_named_with_the_nearest(tmp_path: Path) -> None:
    ledger(tmp_path, HEADER, ROW)
    (tmp_path / "fazhi.yaml").write_text("yaer: 2024\n", encoding="utf-8")
    result = fazhi("check", tmp_path, *AS_OF)
    no_traceback(result)
    assert result.exit_code == ExitCode.UNREAD
    assert "yaer" in result.stdout
    assert "year" in result.stdout


def test_an_unknown_decision_names_the_nearest(tmp_path: Path) -> None:
    ledger(tmp_path, HEADER, ROW)
    result = fazhi("predecision", tmp_path, "决2024-1", *AS_OF)
    no_traceback(result)
    assert result.exit_code == ExitCode.WRONG_USE
    assert "决2024-01" in result.stderr


def test_a_wrong_day_on_the_command_line(tmp_path: Path) -> None:
    result = fazhi("check", tmp_path, "--as-of", "2024-02-30")
    assert result.exit_code == ExitCode.WRONG_USE
    assert "2024-02-30" in result.stderr


@pytest.mark.parametrize("option", ["--output", "--as-of", "--year"])
def test_an_option_that_is_answered_twice(tmp_path: Path, option: str) -> None:
    """Broken by the second answer taken for both: a file that was asked for is never written."""
    told = CliRunner().invoke(main, ["check", str(tmp_path), f"{option}=1", option, "2"])
    assert (told.exit_code, told.stdout) == (ExitCode.WRONG_USE, "")
    assert told.stderr.splitlines()[-1] == f"出错了：“{option}”写了不止一次，只能写一次"


def test_an_unknown_province(tmp_path: Path) -> None:
    ledger(tmp_path, HEADER, ROW)
    result = fazhi("check", tmp_path, *AS_OF, "--jurisdiction", "hennan")
    no_traceback(result)
    assert result.exit_code == ExitCode.WRONG_USE
    assert "henan" in result.stderr


def test_without_a_province_what_it_sets_is_unknown(tmp_path: Path) -> None:
    """Fails if one province's fifteen days of filing stand in for those of a place unnamed."""
    ledger(
        tmp_path,
        ("文号", "是否规范性文件", "制定机关", "制发层级", "印发日期", "公布日期", "备案处数"),
        ("甲政规〔2024〕1号", "是", "甲县人民政府", "县政府", "2024-03-01", "2024-03-01", 0),
        name="规范性文件台账.xlsx",
    )
    (tmp_path / "fazhi.yaml").write_text("place: {name: 甲县, level: 县级}\n", encoding="utf-8")
    assert filing(tmp_path) == ("unknown", ["parameter"])
    assert filing(tmp_path, "--jurisdiction", "henan") == ("gap", [])
    shown = fazhi("check", tmp_path, *AS_OF, "--all").stdout
    assert "没有写明省份" in shown
    assert "现有：河南" in shown
    assert "henan" not in shown
    for name in ("henan", "河南", "河南省", "豫"):
        assert filing(tmp_path, "--jurisdiction", name) == ("gap", [])
        assert (
            "省份" not in fazhi("check", tmp_path, *AS_OF, "--jurisdiction", name, "--all").stdout
        )


def filing(folder: Path, *options: str) -> tuple[str, list[str]]:
    """Whether the one document was filed in time, and why that can't be told."""
    result = fazhi("check", folder, *AS_OF, *options, "--format", "json")
    no_traceback(result)
    (found,) = [
        o for o in whole(result.stdout)["outcomes"] if o["requirement"] == "nd-file-superior-15d"
    ]
    return found["outcome"], [missing["cause"] for missing in found["missing"]]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ledger(tmp_path / "台账", HEADER, ROW)
    old = tmp_path / "结果.json"
    old.write_text("旧的", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = fazhi("check", folder, *AS_OF, "--format", "json", "--output", old)
    no_traceback(result)
    assert result.exit_code == ExitCode.NOT_WRITTEN
    assert old.read_text(encoding="utf-8") == "旧的"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["台账", "结果.json"]


def test_output_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    folder = ledger(tmp_path / "台账", HEADER, ROW)
    result = fazhi("check", folder, *AS_OF, "--output", tmp_path / "无" / "结果.txt")
    no_traceback(result)
    assert result.exit_code == ExitCode.NOT_WRITTEN
    assert "文件夹不存在" in result.stderr


def test_explain_refuses_what_is_no_assessment(tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    path.write_text('{"a": 1}', encoding="utf-8")
    result = fazhi("explain", path, "dec-publish", "决2024-01")
    no_traceback(result)
    assert result.exit_code == ExitCode.UNREAD
    assert "fazhi check --format json" in result.stderr


def test_explain_suggests_the_nearest_requirement(tmp_path: Path) -> None:
    folder = ledger(tmp_path / "台账", HEADER, ROW)
    path = tmp_path / "结果.json"
    fazhi("check", folder, *AS_OF, "--format", "json", "--output", path)
    result = fazhi("explain", path, "dec-legality-before-discusion", "决2024-01")
    no_traceback(result)
    assert result.exit_code == ExitCode.WRONG_USE
    assert "dec-legality-before-discussion" in result.stderr


def test_extract_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = fazhi("extract", tmp_path / "报告.txt")
    no_traceback(result)
    assert result.exit_code == ExitCode.UNREAD
    assert "没有找到文件" in result.stderr


def test_rules_show_suggests_the_nearest() -> None:
    result = fazhi("rules", "show", "dec-publis")
    no_traceback(result)
    assert result.exit_code == ExitCode.WRONG_USE
    assert "dec-publish" in result.stderr
