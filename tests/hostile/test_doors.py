"""Every way in but `check`: a hostile name, day, result or folder is one Chinese line and a code.

What must not be is the same at each: a traceback, 1 that is no finding, 7, an identity number.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import ExitCode, main

IDENTITY = "411422198003150018"
LEDGER = (
    "决策编号,决策事项,承办单位,是否重大行政决策,集体讨论日期\n"
    "决1,停车收费,县住建局,是,2024-05-06\n"
    f"{IDENTITY},公交,县交通局,是,2024-05-07\n"
)
AS_OF = ("--as-of", "2025-03-10")
LONG = "很" * 5000
RULE = "dec-legality-before-discussion"


def run(*arguments: object) -> Result:
    """What a command says: nothing that nobody foresaw, and no identity number."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "意外" not in result.output
    assert re.search("41142219|19800315", result.output) is None
    return result


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    (folder / "重大行政决策台账.csv").write_text(LEDGER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def result(office: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A result as it should be."""
    place = tmp_path_factory.mktemp("result") / "结果.json"
    assert run("check", office, *AS_OF, "--output", place).exit_code == ExitCode.FINDINGS
    found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", LONG), ExitCode.WRONG_USE),
        (("predecision", LONG, "决1"), ExitCode.WRONG_USE),
        (("checklist", LONG, "决1"), ExitCode.WRONG_USE),
        (("due", LONG), ExitCode.WRONG_USE),
        (("setup", LONG), ExitCode.WRONG_USE),
        (("sql", LONG, "--dialect", "postgres"), ExitCode.WRONG_USE),
        (("extract", f"{LONG}.txt"), ExitCode.UNREAD),
        (("diff", LONG, LONG), ExitCode.UNREAD),
        (("replay", LONG, "--data", "."), ExitCode.UNREAD),
        (("explain", LONG, RULE, "决1"), ExitCode.UNREAD),
        (("check", ".", "--since", LONG), ExitCode.UNREAD),
        (("check", ".", "--rulesets", LONG), ExitCode.RULESET_INVALID),
        (("rules", "lint", "--rulesets", LONG), ExitCode.RULESET_INVALID),
        (("template", LONG), ExitCode.NOT_WRITTEN),
    ],
)
def test_a_name_that_no_file_has(
    arguments: tuple[str, ...], code: ExitCode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by an error of the system where Python asks whether such a file is there."""
    monkeypatch.chdir(tmp_path)
    found = run(*arguments)
    assert (found.exit_code, found.stdout) == (code, "")
    assert found.stderr.startswith("出错了：")
    assert list(tmp_path.iterdir()) == []


def test_output_to_a_name_that_no_file_has(office: Path, tmp_path: Path) -> None:
    found = run("extract", office, "--output", tmp_path / "x.json")
    assert found.exit_code == ExitCode.UNREAD
    (tmp_path / "报告.txt").write_text("一切都好。", encoding="utf-8")
    for name in (f"{LONG}.json", f"{LONG}/x.json"):
        found = run("extract", tmp_path / "报告.txt", "--output", tmp_path / name)
        assert found.exit_code == ExitCode.NOT_WRITTEN
        assert found.stderr.endswith("：名称太长\n")
    assert [path.name for path in tmp_path.iterdir()] == ["报告.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 的文件夹里没有管道")
@pytest.mark.parametrize("made", [os.mkfifo, Path.mkdir, lambda place: place.symlink_to("x")])
def test_what_is_no_file_where_a_file_is_asked_for(
    tmp_path: Path, made: Callable[[Path], object]
) -> None:
    """Broken by waiting for a pipe that nobody writes to."""
    place = tmp_path / "报告.txt"
    made(place)
    for arguments in (("diff", place, place), ("replay", place, "--data", "."), ("extract", place)):
        found = run(*arguments)
        assert (found.exit_code, found.stdout) == (ExitCode.UNREAD, "")
        assert str(place) in found.stderr


@pytest.mark.parametrize("day", ["9999-12-31", "2101-01-01", "1948-12-31", "0001-01-01"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("due", "--as-of"),
        ("check", "--as-of"),
        ("checklist", "决1", "--as-of"),
        ("timetable", "决1", *AS_OF, "--meeting"),
        ("predecision", "决1", *AS_OF, "--meeting"),
    ],
)
def test_a_day_that_no_record_has(arguments: tuple[str, ...], day: str, office: Path) -> None:
    """Broken by reckoning on from the last day that there is."""
    found = run(arguments[0], office, *arguments[1:], day)
    assert found.exit_code == ExitCode.WRONG_USE
    assert found.output == f"出错了：“{day}”：年份应在1949至2100之间\n"


@pytest.mark.parametrize("day", ["1949-01-01", "2100-12-31"])
def test_the_last_days_that_a_record_may_have(day: str, office: Path) -> None:
    assert run("due", office, "--days", 3660, "--as-of", day).exit_code == ExitCode.CLEAN
    shown = run("timetable", office, "决1", *AS_OF, "--meeting", day)
    assert shown.exit_code == ExitCode.CLEAN


def changed(result: dict[str, Any], **parts: object) -> str:
    return json.dumps({**result, **parts}, ensure_ascii=False)


RESULTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "空的": lambda _: "",
    "套得深": lambda _: "[" * 1_000_000,
    "里面套得深": lambda r: changed(r)[:-1] + ',"x":' + "[" * 5000 + "]" * 5000 + "}",
    "半个字符": lambda r: changed(r, place="@").replace('"@"', '"\\ud800"'),
    "五千位数": lambda r: changed(r).replace('"year": 2024', f'"year": {"9" * 5000}'),
    "NaN": lambda r: changed(r, year=float("nan")),
    "结论不是结论": lambda r: changed(r, outcomes=[1]),
    "没有要求": lambda r: changed(r, requirements={}),
    "对象不是对象": lambda r: changed(r, subjects={"decision": 1}),
    "日子是身份证号": lambda r: changed(r, as_of=IDENTITY),
    "名称是身份证号": lambda r: changed(r, subjects={IDENTITY: {IDENTITY: IDENTITY}}),
    "半份": lambda r: changed(r)[:-5000],
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_that_is_none(
    name: str, result: dict[str, Any], office: Path, tmp_path: Path
) -> None:
    place = tmp_path / "结果.json"
    place.write_text(RESULTS[name](result), encoding="utf-8")
    for arguments in (
        ("diff", place, place),
        ("check", office, *AS_OF, "--since", place),
        ("replay", place, "--data", office),
        ("explain", place, RULE, "决1"),
    ):
        found = run(*arguments)
        assert (found.exit_code, found.stdout) == (ExitCode.UNREAD, "")
        assert found.stderr.startswith("出错了：这不是核对写出的结果（json）：")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"year": 99999}, "自查年度“99999”：年份应在1949至2100之间"),
        ({"year": 10**18}, f"自查年度“{10**18}”：年份应在1949至2100之间"),
        ({"decision": "决1", "meeting": "9999-12-31"}, "“9999-12-31”：年份应在1949至2100之间"),
        ({"decision": f"{IDENTITY}\u202e"}, "“重大行政决策”里没有“＊＊＊0018‹U+202E›”"),
        ({"jurisdiction": "../../x"}, "没有“../../x”"),
    ],
)
def test_a_result_that_was_made_from_what_is_not(
    parts: dict[str, object], said: str, result: dict[str, Any], office: Path, tmp_path: Path
) -> None:
    """Broken by believing what a file says that it was made from."""
    place = tmp_path / "结果.json"
    made = {**result["made_from"], **parts}
    place.write_text(changed(result, made_from=made), encoding="utf-8")
    found = run("replay", place, "--data", office)
    assert found.exit_code == ExitCode.WRONG_USE
    assert found.stderr.startswith(f"出错了：{said}")


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('rulesets: ["a\\0b"]', ExitCode.RULESET_INVALID),
        (f"rulesets: [{LONG}]", ExitCode.RULESET_INVALID),
        (f"{'# 很长的一行'}\n" * 5_000_000, ExitCode.WRONG_USE),
        ("tables: [[[1]]]\nyear: 2024", ExitCode.WRONG_USE),
        (f"year: {'9' * 5000}", ExitCode.WRONG_USE),
    ],
    ids=["空字节", "名称太长", "九十兆", "不是表", "年份五千位"],
)
def test_settings_that_are_none(settings: str, code: ExitCode, tmp_path: Path) -> None:
    """Broken by looking for a folder that none can be called, or by reading a file whole first."""
    (tmp_path / "fazhi.yaml").write_text(settings, encoding="utf-8")
    found = run("sql", tmp_path, "--dialect", "postgres")
    assert found.exit_code == code
    assert found.stderr.startswith("出错了：")


def test_a_wrong_name_where_the_ledger_was_not_read_says_so(tmp_path: Path) -> None:
    """Broken by “台账是空的” of a ledger that nobody could open."""
    (tmp_path / "重大行政决策台账.xlsx").write_bytes(b"PK\x03\x04")
    for command in ("predecision", "checklist", "timetable"):
        found = run(command, tmp_path, "决1", *AS_OF)
        assert found.exit_code == ExitCode.WRONG_USE
        assert found.stderr.endswith(
            "；重大行政决策台账.xlsx没有读进来，或者没有读全；fazhi check 列出为什么\n"
        )


def test_what_was_not_read_is_named_beside_what_does_not_tell_it(
    office: Path, tmp_path: Path
) -> None:
    """Broken by a list to tick off, and exit code 0, while half of the papers lie unread."""
    (tmp_path / "重大行政决策台账.csv").write_text(LEDGER, encoding="utf-8")
    for number in range(6):
        (tmp_path / f"专家{number}号{IDENTITY}.xlsx").write_bytes(b"PK\x03\x04")
    listed = "、".join(f"专家{number}号＊＊＊0018.xlsx" for number in range(5))
    for command in ("checklist", "timetable"):
        assert run(command, office, "决1", *AS_OF).exit_code == ExitCode.CLEAN
        found = run(command, tmp_path, "决1", *AS_OF)
        assert found.exit_code == ExitCode.UNREAD
        assert found.stderr == (
            f"注意：{listed}等6个文件没有读进来，或者没有读全；fazhi check 列出为什么\n"
        )


def test_the_first_page_and_what_it_asks_show_no_identity_number(tmp_path: Path) -> None:
    """Broken by a name of a file or a header, which no field declares as personal."""
    (tmp_path / f"{IDENTITY}.json").write_text(f'{{"schema": "fazhi-{IDENTITY}"}}', "utf-8")
    head = f"决策编号,决策事项,{IDENTITY}的意见,集体讨论日期\n决1,停车,无,2024-05-06\n"
    (tmp_path / "重大行政决策台账.csv").write_text(head, encoding="utf-8")
    (tmp_path / f"台账{IDENTITY}.xlsx").write_bytes(b"PK\x03\x04")
    for arguments in (("check", *AS_OF, "--all"), ("check", *AS_OF), ("setup",)):
        assert "＊＊＊0018" in run(arguments[0], tmp_path, *arguments[1:]).output
