"""Lines of check-lists that nothing stands behind are told to whoever keeps the rules."""

from __future__ import annotations

from engine.guard.lint.checklists import unbacked
from tests.engine.small import ruleset

LISTS = """
papers:
  title: 材料
  subject: thing
  source: 某地的单子
  items:
    - {item: 名称, present: has(thing.word), requirements: [a-one]}
    - {item: 看卷, requirements: [b-seen]}
    - {item: 当面点, reason: 台账不记}
"""


def complaints(old: str, new: str) -> list[tuple[str, str, str]]:
    made = ruleset(
        {"id": "a-one"},
        {"id": "b-seen", "kind": "manual", "require": None},
        checklists=LISTS.replace(old, new),
    )
    return [(c.file, c.key, c.message) for c in unbacked(made)]


def test_items_with_a_requirement_or_a_reason_are_well() -> None:
    assert complaints("", "") == []


def test_an_item_with_neither_is_told() -> None:
    assert complaints("reason: 台账不记", "reason: ''") == [
        (
            "rulesets/checklists.yaml",
            "papers",
            "“当面点”没有要求：写上 requirements，或者在 reason 写明为什么没有",
        )
    ]


def test_an_item_with_both_is_told() -> None:
    assert complaints("reason: 台账不记", "reason: 台账不记, requirements: [b-seen]") == [
        ("rulesets/checklists.yaml", "papers", "“当面点”有要求，reason 是没有要求的才写")
    ]


def test_an_item_that_nothing_can_tell_is_told() -> None:
    """Broken if a requirement that the ledgers settle passed for a person's answer."""
    assert complaints("present: has(thing.word), ", "") == [
        (
            "rulesets/checklists.yaml",
            "papers",
            "“名称”没有写 present，它的要求又不都由人认定，看不出有没有",
        )
    ]
