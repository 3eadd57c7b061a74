"""A real report by itself in a folder: what check must say of it, and what it must hold."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from tests.conftest import ROOT
from tests.results import whole

REPORT = ROOT.parent / "shared" / "reports" / "changge-2024.txt"
pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="这里没有标注过的年度报告")


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("report")
    shutil.copy(REPORT, folder)
    arguments = ["check", str(folder), "--as-of", "2025-03-10", "--format", "json"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == ExitCode.FINDINGS
    found: dict[str, Any] = whole(result.stdout)
    return found


def shown(entry: dict[str, Any]) -> str:
    return "；".join(fact["value"] or "" for fact in entry["evidence"])


def test_the_findings_are_these_and_no_others(assessment: dict[str, Any]) -> None:
    gaps = [o for o in assessment["outcomes"] if o["finding"] and o["outcome"] != "unknown"]
    assert Counter((o["requirement"], o["outcome"]) for o in gaps) == {
        ("ar-causes", "gap"): 1,  # weaknesses without causes
        ("ar-content-five", "gap"): 1,  # nothing on the principal leaders' duties
        ("ar-data-consistency", "gap"): 1,  # 2,479 against 2,381
        ("ar-figure-pairs", "gap"): 8,
        ("ar-problem-plan-map", "gap"): 1,  # the lost-case rate of the first quarter
        ("ar-required-figures", "gap"): 1,  # figures a self-assessment should give
    }


def test_the_pairs_that_ought_to_match_are_named_one_by_one(assessment: dict[str, Any]) -> None:
    said = [shown(o) for o in assessment["outcomes"] if o["requirement"] == "ar-figure-pairs"]
    wanted = (
        "审查行政决策17次，只出具书面意见5份",
        "问题50条，提出整改意见48条",
        "问题25条，提出意见11条",
        "问题15条，提出整改建议18条",
        "98.44%",
        "不予处罚831起，行政指导318起",
        "101人",
        "11家",
    )
    for words in wanted:
        assert sum(words in text for text in said) == 1, words


def test_2479_items_against_2381(assessment: dict[str, Any]) -> None:
    failing = [
        o
        for o in assessment["outcomes"]
        if o["requirement"] == "ar-data-consistency" and o["outcome"] == "gap"
    ]
    assert [o["subject_label"].rpartition("”")[2] for o in failing] == ["2479<=2381"]


def test_the_percentages_that_hold_are_held(assessment: dict[str, Any]) -> None:
    held = {
        o["subject_label"].rpartition("”")[2]
        for o in assessment["outcomes"]
        if o["requirement"] == "ar-data-consistency" and o["outcome"] == "met"
    }
    # notes b1: 2381+102, 2479/2483, 2362/2483, (55080−2860)/55080
    assert {
        "102+2381=2483",
        "2479/2483=99.84%",
        "2362/2483=95.13%",
        "(55080-2860)/55080=94.81%",
    } <= held
