"""The indicators by which places are compared: what was read is mapped, and nothing else."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from engine.ruleset.files import IndicatorFile
from engine.ruleset.model import Ruleset


def test_what_cites_an_indicator_stands_under_it(ruleset: Ruleset) -> None:
    """Fails for a requirement that rests on an item which the table calls unread."""
    for requirement in ruleset.requirements.values():
        for basis in requirement.file.basis:
            if basis.instrument == "ZB21":
                assert requirement.id in ruleset.indicators[basis.article].requirements


def test_all_hundred_are_there(ruleset: Ruleset) -> None:
    """By hand: three, twenty, one, two, one and seventy-three."""
    assert list(ruleset.indicators) == [
        *("第1项", "第2项", "第3项", "第4项至第23项"),
        *("第24项", "第25项、第26项", "第27项", "第28项至第100项"),
    ]
    unread = [name for name, one in ruleset.indicators.items() if not one.title]
    assert unread == ["第1项", "第4项至第23项", "第25项、第26项", "第28项至第100项"]


@pytest.mark.parametrize("given", [{"title": "甲"}, {"requirements": ["a-one"]}, {"reason": "乙"}])
def test_what_was_read_says_what_judges_it_or_why_nothing_does(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        IndicatorFile.model_validate(given)
