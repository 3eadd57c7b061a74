"""Lawful in other words: every duty stays met, every gate open, and nothing is in doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.law.falsepass.folder import FIRST, cases, sheets_of, suffered, write
from tests.law.pipeline.cityrun import assessment_of

CONTROLS: Final = cases("controls.yaml")
AS_OF: Final = "2025-06-30"


def test_there_are_enough_controls() -> None:
    """Fails if a mechanism could be made stricter and hardly a lawful wording would tell."""
    assert len(CONTROLS) >= 24


@pytest.mark.parametrize("matter", ["决策", "文件", "执法"])
def test_what_is_lawful_in_other_words_stays_lawful(matter: str, tmp_path: Path) -> None:
    """Fails if a way in which offices write lawful things is taken for a fault or a doubt."""
    own = [case for case in CONTROLS if case["matter"] == matter]
    write(tmp_path / "县", matter, sheets_of(own))
    assessment = assessment_of(tmp_path / "县", AS_OF)
    wrong = {
        case["name"]: told
        for number, case in enumerate(own, FIRST)
        if (told := suffered(assessment, number, matter))
    }
    assert wrong == {}
    assert [
        problem["text"]
        for item in assessment["inputs"]
        for problem in item["problems"]
        if problem["level"] == "error"
    ] == []
