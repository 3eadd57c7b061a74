"""What the shipped requirements advise: nothing that makes the past otherwise than it was."""

from __future__ import annotations

import re
from typing import Final

import pytest

from engine.ruleset.model import Ruleset, Text

_FORGES: Final = re.compile(r"倒签|补造|改写|改为“|登记为“[是否]|填错的")
"""Words of advice that would alter what is recorded; allowed only where it is forbidden."""
_FORBIDDEN: Final = re.compile(r"(不得|不能|不)[^，；。]{0,8}$")


def _advised(ruleset: Ruleset) -> list[tuple[str, Text]]:
    return [(r.id, text) for r in ruleset.requirements.values() for text in r.texts]


def test_no_advice_alters_what_is_recorded(ruleset: Ruleset) -> None:
    """Broken by advice such as 是否情况紧急改为是, 审查结论改写, 日期填错的更正."""
    wrong = [
        (name, said[max(0, found.start() - 8) : found.end()])
        for name, text in _advised(ruleset)
        for said in (text.remedy, text.redress)
        for found in _FORGES.finditer(said)
        if not _FORBIDDEN.search(said[: found.start()])
    ]
    assert wrong == []


@pytest.mark.parametrize("before", ["再上会", "再提请讨论", "再印发", "再作决定", "撤下议题"])
def test_what_must_come_before_has_other_advice_afterwards(ruleset: Ruleset, before: str) -> None:
    """Broken where a decision that was issued is advised to take a step before its meeting."""
    lacking = [
        name for name, text in _advised(ruleset) if before in text.remedy and not text.redress
    ]
    assert lacking in ([], ["enf-demand-before-exec"] if before == "再作决定" else [])
