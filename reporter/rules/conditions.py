"""Conditions of requirements: what examples show, what is proved impossible, what lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from engine.explaining.words import Words
from engine.guard.lint.conditions import ASPECT_TITLES, ASPECTS, TERM, Place, Tried
from engine.guard.lint.infeasible import owed, proved
from engine.ruleset.model import Ruleset
from reporter.terminal.page import Page


def render_conditions(ruleset: Ruleset, found: Mapping[Place, Tried], out: IO[str]) -> None:
    """Write each requirement and term with its share, and what is proved or still owed."""
    page = Page(out)
    words = Words(ruleset.schema, parameters=ruleset.parameter_titles)
    impossible, left = proved(ruleset, found), owed(ruleset, found)
    owners: dict[tuple[bool, str], list[Place]] = {}
    for place in found:
        owners.setdefault((place.key == TERM, place.owner), []).append(place)
    page.heading("要求和术语")
    for (is_term, name), places in sorted(owners.items()):
        wanted = len(places) * len(ASPECTS) - sum(len(impossible.get(p, ())) for p in places)
        lacking = sum(len(left.get(p, ())) for p in places)
        title = ruleset.terms[name].title if is_term else ruleset.requirements[name].title
        shown = f"{'term.' if is_term else ''}{name}　{title}　条件{len(places)}项"
        page.line(f"{shown}　{_share(wanted - lacking, wanted)}", 2, 4)
        for place in places:
            for label, aspects in (("不可能", impossible), ("还差", left)):
                if place in aspects:
                    said = "、".join(ASPECT_TITLES[a] for a in aspects[place])
                    colour = "yellow" if aspects is left else None
                    condition = words.expr(found[place].node)
                    page.line(f"{label}{said}：{condition}（{place}）", 4, 6, fg=colour)
    every = len(found) * len(ASPECTS)
    never = sum(map(len, impossible.values()))
    lacking = sum(map(len, left.values()))
    page.line()
    page.line(
        f"条件{len(found)}项，各须有例子使它成立、不成立、不明，并左右结论，共{every}处；"
        f"证明不可能的{never}处，例子显示的{every - never - lacking}处，还差{lacking}处"
    )
    page.line(f"条件覆盖率 {_share(every - never - lacking, every - never)}")


def _share(part: int, whole: int) -> str:
    """A percentage that says 100 % only of all."""
    return f"{part * 1000 // whole / 10:g}%" if whole else "100%"
