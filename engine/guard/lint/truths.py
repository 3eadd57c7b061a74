"""Expressions that no example brings to every truth they can have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.guard.examples import cases_of
from engine.guard.lint.complaint import Complaint, expressions
from engine.guard.lint.possible import possible
from engine.judging.measure import Measurer
from engine.judging.reference import compile_expr
from engine.language import tree as t
from engine.model.values import Truth
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Requirement, Ruleset, Text

_WORDS: Final[dict[Truth, str]] = {True: "成立", False: "不成立", None: "不明"}
_TRIED: Final = ("applies", "require", "lenient")


def untried(ruleset: Ruleset, calendar: WorkCalendar) -> Iterator[Complaint]:
    """A complaint for each truth of `applies`, `require` and `lenient` without an example.

    An example tries the text in force on its day. `lenient` counts where `require` is not true:
    only there does it decide.
    """
    for requirement in ruleset.requirements.values():
        tried = _tried(requirement, ruleset, calendar)
        done: set[tuple[str, t.Expr]] = set()
        for text in requirement.texts:
            for key, node in expressions(requirement, text):
                if key not in _TRIED or (key, node) in done:
                    continue
                if key != "applies" and True not in possible(text.applies, ruleset.schema):
                    continue
                done.add((key, node))
                lacking = possible(node, ruleset.schema) - tried.get((key, node), set())
                if lacking:
                    shown = "、".join(_WORDS[truth] for truth in _WORDS if truth in lacking)
                    yield Complaint(
                        ruleset.file_of(requirement.id),
                        key,
                        f"{_since(requirement, text)}没有例子使它{shown}，请各编一个",
                    )


def _since(requirement: Requirement, text: Text) -> str:
    return "" if text is requirement.texts[0] else f"{text.windows[0].start}起的文本："


def _tried(
    requirement: Requirement, ruleset: Ruleset, calendar: WorkCalendar
) -> dict[tuple[str, t.Expr], set[Truth]]:
    tried: dict[tuple[str, t.Expr], set[Truth]] = {}
    for case in cases_of(requirement, ruleset.schema, calendar):
        measurer = Measurer(requirement, case.world, case.year)
        text, _ = measurer.governing(case.subject)
        if text is None:
            continue
        frame = measurer.frame(case.subject)
        met = compile_expr(text.require, case.world)(frame) is True
        for key, node in expressions(requirement, text):
            if key in _TRIED and not (key == "lenient" and met):
                truth = compile_expr(node, case.world)(frame)
                tried.setdefault((key, node), set()).add(truth)
    return tried
