"""Relations between indicators that ``relations.yaml`` declares."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine.model.report import FigureKind, Verdict
from engine.model.shipped import shipped_text
from facts.report.catalogue import by_slug, load_yaml
from facts.report.contents import Observation, Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import (
    how_rounded,
    percent_of,
    show,
    show_exact,
    show_percent,
)

_SLOTS: Final = {
    "sum": ("total", "parts"),
    "share": ("part", "whole", "rate"),
    "at_most": ("lesser", "greater"),
    "match": ("a", "b"),
    "enough": ("lesser", "greater"),
}


@lru_cache(maxsize=1)
def rules() -> tuple[dict[str, Any], ...]:
    """Return the declared relations that come with fazhi."""
    return read_rules(shipped_text(Path(__file__).parents[1] / "relations.yaml"))


def read_rules(text: str) -> tuple[dict[str, Any], ...]:
    """Read declared relations; raise ValueError for one that names what doesn't exist."""
    loaded: tuple[dict[str, Any], ...] = tuple(load_yaml(text))
    for rule in loaded:
        slots = _SLOTS.get(rule.get("kind", ""))
        if slots is None or not all(slot in rule for slot in slots):
            raise ValueError(f"relations.yaml：{rule.get('id', '?')} 的 kind 或字段有误")
        for slug in _slugs(rule):
            if slug not in by_slug():
                raise ValueError(f"relations.yaml：{rule['id']} 所指指标 {slug} 不存在")
    return loaded


def _slugs(rule: dict[str, Any]) -> list[str]:
    named = [rule[slot] for slot in _SLOTS[rule["kind"]]]
    return [slug for name in named for slug in (name if isinstance(name, list) else [name])]


def declared(reading: Reading) -> tuple[list[Relation], list[Observation]]:
    """Return what the declared relations say about the figures of a report."""
    relations: list[Relation] = []
    observations: list[Observation] = []
    known = _values(reading)
    for rule in rules():
        slugs = _slugs(rule)
        if not all(slug in known for slug in slugs):
            continue
        figures = tuple(known[slug] for slug in slugs)
        if not _comparable(reading, rule, figures):
            continue
        if rule["kind"] in ("match", "enough"):
            observations += _pair(reading, rule, figures)
            continue
        relation = _relation(reading, rule, figures)
        if relation is None:
            continue
        relations.append(relation)
        if relation.verdict is not Verdict.HOLDS and "message" in rule:
            observations.append(_observation(reading, rule, figures))
    return relations, observations


def _values(reading: Reading) -> dict[str, int]:
    """Indicators with one exact result; where a report gives two, it may mean two things."""
    found: dict[str, list[int]] = {}
    for index, figure in enumerate(reading.figures):
        if figure.indicator and figure.kind is FigureKind.RESULT and not figure.approximate:
            found.setdefault(figure.indicator, []).append(index)
    return {
        slug: indexes[0]
        for slug, indexes in found.items()
        if len({reading.figures[index].value for index in indexes}) == 1
    }


def _comparable(reading: Reading, rule: dict[str, Any], figures: tuple[int, ...]) -> bool:
    """Only figures told under one heading and counted alike are sure to be of one matter."""
    first, *others = [index for index in figures if reading.figures[index].unit != "%"]
    papers = rule["kind"] in ("match", "enough") or rule.get("units") == "any"
    alike = papers or all(reading.same_unit(first, i) for i in others)
    home = reading.main_section(first)
    return alike and all(reading.main_section(index) == home for index in figures)


def _relation(reading: Reading, rule: dict[str, Any], figures: tuple[int, ...]) -> Relation | None:
    values = [reading.figures[index].value for index in figures]
    if rule["kind"] == "sum":
        total, *parts = values
        terms = "+".join(map(show, parts))
        holds = sum(parts, Decimal(0)) == total
        words = f"{terms}={show(sum(parts, Decimal(0)))}，总数写作{show(total)}，"
        expression, ordered = f"{terms}={show(total)}", (*figures[1:], figures[0])
    elif rule["kind"] == "share":
        part, whole, rate = values
        if whole <= 0 or part > whole:
            return None
        exact = percent_of(part, whole)
        holds = how_rounded(exact, rate) is not None
        words = f"{show(part)}÷{show(whole)}={show_exact(exact)}，所写{show_percent(rate)}，"
        expression, ordered = f"{show(part)}/{show(whole)}={show_percent(rate)}", figures
    else:
        lesser, greater = values
        holds = lesser <= greater
        words = f"{show(lesser)}应不超过{show(greater)}，"
        expression, ordered = f"{show(lesser)}<={show(greater)}", figures
    bad = Verdict.UNKNOWN if rule.get("soft") else Verdict.FAILS
    return Relation(
        kind=rule["kind"] if rule["kind"] != "at_most" else "subset",
        expression=expression,
        verdict=Verdict.HOLDS if holds else bad,
        explanation=words + ("相符" if holds else "不符，须说明口径"),
        figures=ordered,
        rule=rule["id"],
    )


def _pair(reading: Reading, rule: dict[str, Any], figures: tuple[int, ...]) -> list[Observation]:
    first, second = (reading.figures[index] for index in figures)
    fits = first.value == second.value
    if rule["kind"] == "enough":
        fits = first.value >= second.value
    return [] if fits else [_observation(reading, rule, figures)]


def _observation(reading: Reading, rule: dict[str, Any], figures: tuple[int, ...]) -> Observation:
    first, second = (reading.figures[index] for index in figures[:2])
    gap = abs(first.value - second.value)
    titles = by_slug()
    named = [titles[slug].title for slug in _slugs(rule)[:2]]
    return Observation(
        code=rule["id"],
        title=f"{named[0]}与{named[1]}不相称",
        message=rule["message"].format(
            a=f"{show(first.value)}{first.unit}",
            b=f"{show(second.value)}{second.unit}",
            gap=show(gap),
        ),
        severity=rule.get("severity", "minor"),
        figures=figures,
        start=first.start,
        end=first.end,
    )
