"""What examples show of every condition, on a terminal."""

from __future__ import annotations

from typing import IO

from engine.guard.pages.conditions import ConditionsPage, Counted
from reporter.rules.share import percent
from reporter.terminal.page import Page


def render_conditions(found: ConditionsPage, out: IO[str]) -> None:
    """Write each requirement and term with its share, and what is proved or still owed."""
    page = Page(out)
    page.heading("要求和术语")
    for owner in found.owners:
        shown = f"{owner.name}　{owner.title}　条件{owner.conditions}项"
        page.line(f"{shown}　{_share(owner.counted)}", 2, 4)
        for one in owner.unseen:
            label, colour = ("还差", "yellow") if one.owed else ("不可能", None)
            said = f"{label}{'、'.join(one.aspects)}：{one.condition}（{one.place}）"
            page.line(said, 4, 6, fg=colour)
    whole = found.counted
    page.line()
    page.line(
        f"条件{found.conditions}项，各须有例子使它成立、不成立、不明，并左右结论，共{whole.every}处；"
        f"证明不可能的{whole.never}处，例子显示的{whole.shown}处，还差{whole.owed}处"
    )
    page.line(f"条件覆盖率 {_share(whole)}")


def _share(counted: Counted) -> str:
    return percent(counted.shown, counted.wanted)
