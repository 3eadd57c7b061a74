"""What z3 found in a ruleset, on a terminal."""

from __future__ import annotations

from typing import IO, Final

from engine.guard.pages.proofs import Fault, ProofsPage
from reporter.terminal.page import Page

_ACCEPTED: Final = "rulesets/accepted.yaml"


def render_proofs(found: ProofsPage, out: IO[str]) -> None:
    """Write every fault with its case, accepted ones with their reason, then the proofs."""
    page = Page(out)
    for fault in found.faults:
        _fault(page, fault)
        page.line(f"认可的，在 {_ACCEPTED} 写：{fault.id}: {{reason: 为什么}}", 2, 2)
    for fault in found.accepted:
        _fault(page, fault)
        page.line(f"已认可：{fault.reason}", 2, 2)
    for name in found.idle:
        page.line(_ACCEPTED, bold=True)
        page.line(f"“{name}”已经没有这个问题，请删去这一行", 2, 2)
    for one in found.unproved:
        title = "记着不可能，却证明不了" if one.noted else "证明不了"
        page.line(one.place, bold=True)
        page.line(f"例子没有使它{'、'.join(one.aspects)}，{title}：编一个例子", 2, 2)
    page.line()
    page.line(
        f"查了{found.requirements}条要求、{found.gates}个闸门，"
        f"发现{len(found.faults)}处问题，另有已认可的{len(found.accepted)}处；"
        f"证明条件不可能的{found.never}处，证明不了的{found.owed}处；"
        f"证明等价的变异体{found.same}个"
    )


def _fault(page: Page, fault: Fault) -> None:
    page.line(fault.file, bold=True)
    page.line(f"{fault.id}：{fault.message}", 2, 2)
    if fault.case:
        page.line(f"比如：{fault.case}", 2, 2)
