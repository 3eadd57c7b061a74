"""An assessment made again from what it names: the same to the byte, or what changed is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import commands.asked
from cli import ExitCode, main

HEAD = "决策编号,决策事项,承办单位,是否重大行政决策,集体讨论日期\n"
LEDGER = HEAD + "决1,停车收费,县住建局,是,2024-05-06\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "重大行政决策台账.csv").write_text(LEDGER, encoding="utf-8")
    (folder / "fazhi.yaml").write_text("place: {name: 青岚县, level: 县级}\n", encoding="utf-8")
    return folder


@pytest.fixture
def saved(office: Path) -> Path:
    result = office.parent / "结果.json"
    made = run("check", office, "--as-of", "2025-03-10", "--year", "2024", "--output", result)
    assert made.exit_code == ExitCode.FINDINGS, made.output
    return result


def test_it_names_everything_that_it_was_made_from(saved: Path) -> None:
    found = json.loads(saved.read_text(encoding="utf-8"))
    made = found["made_from"]
    for name in ("program_sha256", "parameters", "calendar"):
        assert len(made[name]) == 64
    assert (made["year"], made["jurisdiction"], made["decision"]) == (2024, None, None)
    assert len(found["ruleset"]["sha256"]) == 64
    assert all(len(item["sha256"]) == 64 for item in found["inputs"])


def test_the_same_is_the_same_to_the_byte(saved: Path, office: Path) -> None:
    """Broken by anything in a result that isn't made from what it names: a clock, an order."""
    again = run("replay", saved, "--data", office)
    assert (again.exit_code, again.output) == (ExitCode.CLEAN, "一字不差\n")


def test_what_changed_is_said(saved: Path, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = office / "重大行政决策台账.csv"
    ledger.write_text(LEDGER.replace("2024-05-06", "2024-05-07"), encoding="utf-8")
    (office / "规范性文件.csv").write_text("文号,标题\n1,甲\n", encoding="utf-8")
    (office / "fazhi.yaml").unlink()
    monkeypatch.setattr(commands.asked, "HOME", office)
    monkeypatch.setattr(
        "engine.ruleset.store.stamp", lambda folders, _texts=None: b"%d" % len(folders)
    )
    again = run("replay", saved, "--data", office)
    lines = again.output.splitlines()
    assert again.exit_code == ExitCode.FINDINGS
    assert lines[:5] == [
        "不一样：",
        "  材料少了：fazhi.yaml",
        "  材料多了：规范性文件.csv",
        "  材料改了：重大行政决策台账.csv",
        "  程序变了",
    ]
    assert lines[-1].startswith("  结论不同的")


def test_a_result_that_was_rewritten_is_told(saved: Path, office: Path) -> None:
    found = json.loads(saved.read_text(encoding="utf-8"))
    saved.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    again = run("replay", saved, "--data", office)
    assert again.output == "不一样：\n  内容一样，可是结果文件被改写过\n"
    found["outcomes"][0]["message"] += "。"
    saved.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    again = run("replay", saved, "--data", office)
    assert "都没有变，结果却不一样" in again.output


def test_a_comparison_does_not_stand_in_the_way(saved: Path, office: Path) -> None:
    later = saved.with_name("四月.json")
    asked = ("--as-of", "2025-03-10", "--year", "2024", "--since", saved, "--output", later)
    run("check", office, *asked)
    assert json.loads(later.read_text(encoding="utf-8"))["since"] is not None
    assert run("replay", later, "--data", office).output == "一字不差\n"


def test_one_decision_is_made_again_too(office: Path) -> None:
    saved = office.parent / "会前.json"
    asked = ("--as-of", "2025-03-10", "--meeting", "2025-03-28", "--output", saved)
    run("predecision", office, "决1", *asked)
    assert json.loads(saved.read_text(encoding="utf-8"))["made_from"]["decision"] == "决1"
    assert run("replay", saved, "--data", office).output == "一字不差\n"


def test_what_names_nothing_cannot_be_made_again(saved: Path, office: Path) -> None:
    found = json.loads(saved.read_text(encoding="utf-8"))
    del found["made_from"]
    saved.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    again = run("replay", saved, "--data", office)
    assert again.exit_code == ExitCode.WRONG_USE
    assert again.output.startswith("出错了：这份结果没有写明由什么做成")
