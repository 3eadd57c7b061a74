"""Problems that the report admits, and the plans that answer them."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from engine.model.regex import regex
from facts.report.answers import Answers
from facts.report.contents import PartName, Plan, Problem
from facts.report.context import Reading
from facts.report.items import Span, items_of, view_spans
from facts.report.parts import cause_in
from facts.report.statements import Says, mends, points_forward, states_problem
from facts.report.view import View
from facts.report.wording import wording

# no report lists more; beyond, the text is something else
_MOST: Final = 200
_ADMITTED: Final = regex(
    r"针对(?![^。,;\n]{0,8}(?:存在|工作中|发现|反馈|检查|热点|难点|上述|突出|各类|重点))"
    r"[^。,;\n]{4,24}?(?:问题|短板|不足)"
)


def find_plans(reading: Reading) -> tuple[Plan, ...]:
    """Return the items of the part on next year's arrangements that point forward."""
    view = reading.view
    return tuple(
        Plan(view.quote(start, end).strip(), *view.span(start, end))
        for start, end in items_of(reading, PartName.PLANS).spans
        if _looks_ahead(reading, (start, end))
    )


def find_problems(reading: Reading, plans: tuple[Plan, ...]) -> tuple[Problem, ...]:
    """Return this year's problems in text order, each with the plans that answer it."""
    view = reading.view
    items = items_of(reading, PartName.PROBLEMS)
    least = ((items.spans, Says.MAYBE), (items.lead, Says.YES))
    spans = [
        (*span, "part") for found, says in least for span in found if _states(reading, span) >= says
    ]
    told = [
        span
        for part in reading.parts
        if part.name in (PartName.PROBLEMS, PartName.PLANS)
        for span in view_spans(reading, part)
    ]
    spans += [
        (*match.span(), "body")
        for match in _ADMITTED.finditer(view.text)
        if not any(first <= match.start() < last for first, last in told)
    ]
    answers = Answers((_folded(view, plan) for plan in plans[:_MOST]), view.text)
    return tuple(_problem(reading, answers, *span) for span in sorted(spans)[:_MOST])


def _folded(view: View, plan: Plan) -> str:
    return view.text[view.position(plan.start) : view.position(plan.end)]


def _states(reading: Reading, span: Span) -> Says:
    """What the sentence of an item says that says most of a problem."""
    said = [reading.view.text[slice(*s)] for s in reading.sentences.spans(*span)]
    pairs = zip_longest(said, said[1:], fillvalue="")
    return max((states_problem(one, reading.year, after) for one, after in pairs), default=Says.NO)


def _looks_ahead(reading: Reading, span: Span) -> bool:
    """Whether a sentence of an item points forward."""
    spans = reading.sentences.spans(*span)
    return any(points_forward(reading.view.text[slice(*s)], reading.year) for s in spans)


def _problem(reading: Reading, answers: Answers, start: int, end: int, where: str) -> Problem:
    view = reading.view
    settled = _settled(reading, start, end)
    sure, maybe = answers.to(view.text[start:end])
    cause = cause_in(view, reading.sentences, start, end)
    first, last = view.span(start, end)
    return Problem(
        text=view.quote(start, end).strip(),
        start=first,
        end=last,
        where=where,
        plans=sure,
        cause=view.span(*cause) if cause else None,
        maybe=() if sure or settled else maybe,
        settled=view.span(*settled) if settled else None,
    )


def _settled(reading: Reading, start: int, end: int) -> Span | None:
    """The sentence of a problem that says it is mended, or what will be done about it."""
    text = reading.view.text
    until = max(end, reading.sentences.bounds(start)[1])
    for first, last in reading.sentences.spans(start, until):
        words = text[first:last]
        if mends(words) or wording().forward.search(words):
            return first, last
    return None
