"""What z3 found in a ruleset, for those who write it."""

from __future__ import annotations

from typing import IO

from engine.guard.lint.conditions import ASPECT_TITLES, Place
from engine.guard.verify.objection import Objection
from engine.guard.verify.verify import Verification
from engine.ruleset.model import Ruleset
from reporter.terminal.page import Page

_ACCEPTED = "rulesets/accepted.yaml"


def render_verification(found: Verification, ruleset: Ruleset, out: IO[str]) -> None:
    """Write every objection with its case, accepted ones with their reason, then the proofs."""
    page = Page(out)
    for objection in found.objections:
        _objection(page, objection)
        page.line(f"认可的，在 {_ACCEPTED} 写：{objection.id}: {{reason: 为什么}}", 2, 2)
    for objection in found.accepted:
        _objection(page, objection)
        page.line(f"已认可：{ruleset.accepted[objection.id].reason}", 2, 2)
    for name in found.idle:
        page.line(_ACCEPTED, bold=True)
        page.line(f"“{name}”已经没有这个问题，请删去这一行", 2, 2)
    for title, places in (("证明不了", found.unproved), ("记着不可能，却证明不了", found.refuted)):
        for place, aspects in places.items():
            shown = "、".join(ASPECT_TITLES[aspect] for aspect in aspects)
            page.line(f"{place.owner}（{place}）", bold=True)
            page.line(f"例子没有使它{shown}，{title}：编一个例子", 2, 2)
    page.line()
    page.line(
        f"查了{len(ruleset.requirements)}条要求、{len(ruleset.gates)}个闸门，"
        f"发现{len(found.objections)}处问题，另有已认可的{len(found.accepted)}处；"
        f"证明条件不可能的{_count(found.proofs)}处，证明不了的{_count(found.unproved)}处；"
        f"证明等价的变异体{sum(map(len, found.same.values()))}个"
    )


def _objection(page: Page, objection: Objection) -> None:
    page.line(objection.file, bold=True)
    page.line(f"{objection.id}：{objection.message}", 2, 2)
    if objection.case:
        page.line(f"比如：{objection.case}", 2, 2)


def _count(places: dict[Place, tuple[str, ...]]) -> int:
    return sum(map(len, places.values()))
