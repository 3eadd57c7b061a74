"""Outcomes found by name in an assessment; who errs is told what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.assessment import find_outcomes
from engine.errors import WrongNameError
from engine.ruleset.model import Ruleset
from tests.waivers.small import MAJOR, checked, decision, office


def test_outcomes_are_found_by_requirement_and_key(tmp_path: Path, ruleset: Ruleset) -> None:
    rows = decision("豫决1"), decision("豫决2"), decision("豫决1", title="水价")
    found = checked(office(tmp_path, *rows), ruleset)
    assert [e.subject_key for e in find_outcomes(found, MAJOR, "豫决1")] == ["豫决1", "豫决1"]
    for requirement, key, said in (
        ("dec-comment-30", "豫决1", f"这份结果里没有要求“dec-comment-30”，是否指“{MAJOR}”？"),
        (MAJOR, "豫决3", f"要求“{MAJOR}”没有核对过“豫决3”，是否指“豫决2”？"),
        (MAJOR, "绿化", f"要求“{MAJOR}”没有核对过“绿化”，有：豫决1、豫决1、豫决2"),
    ):
        with pytest.raises(WrongNameError) as error:
            find_outcomes(found, requirement, key)
        assert str(error.value) == said
