"""Text in, :class:`Report` out: the order in which the pieces of the reader work."""

from __future__ import annotations

from functools import cache

from engine.model.report import FigureKind
from facts.report import observations, timing
from facts.report.assign import Answer, assign
from facts.report.contents import Figure, Part, PartName, Report
from facts.report.context import Reading
from facts.report.duplicates import without_duplicates
from facts.report.identity import identity_of, place_of, title_of, year_of
from facts.report.masks import Mask
from facts.report.parts import find_parts
from facts.report.problems import find_plans, find_problems
from facts.report.quantity import Number
from facts.report.relations import find_relations
from facts.report.scan import find_numbers
from facts.report.sections import Outline
from facts.report.sentences import Sentences
from facts.report.view import View, make_view
from facts.report.windows import windows


def read_report(text: str, *, name: str = "") -> Report:
    """Read a decoded report; see :mod:`facts.report` for what comes out. Never raises."""
    view = make_view(text)
    title = title_of(view)
    said = identity_of(view, title, name)
    year = year_of(view, said)
    reading = _read_figures(view, year)
    relations, doubts = find_relations(reading)
    plans = find_plans(reading)
    problems = find_problems(reading, plans)
    moments = observations.cutoffs(reading.figures)
    return Report(
        name=name,
        title=title,
        place=place_of(said),
        year=year,
        sections=reading.outline.sections(),
        parts=reading.parts,
        figures=reading.figures,
        relations=relations,
        observations=(
            *doubts,
            *observations.missing_parts(reading.parts),
            *observations.mixed_cutoffs(moments),
            *observations.unanswered(problems, plans),
            *observations.figures_without_plan(reading.figures, plans),
        ),
        problems=problems,
        plans=plans,
        cutoffs=moments,
        identity=said,
    )


def _read_figures(view: View, year: int | None) -> Reading:
    outline = Outline(view)
    sentences = Sentences(view)
    parts = find_parts(view, outline, sentences, year)
    plans = next(part for part in parts if part.name is PartName.PLANS)
    mixed = any(p.name is PartName.PROBLEMS and p.start == plans.start for p in parts)
    found = list(find_numbers(view.text, Mask(view.text)))
    figures: list[Figure] = []
    numbers: list[Number] = []
    # rows of tables and lists are told in the same words again and again
    answer_to = cache(assign)
    for index, number in enumerate(found):
        bounds = sentences.bounds(number.start)
        heading = outline.title_at(number.start)
        answers = [
            answer_to(window, number.unit)
            for window in windows(view.text, found, index, bounds, heading)
        ]
        if not any(answer.slug for answer in answers):
            answers = answers[:1]
        scoped = timing.scope(view.text, number.start, bounds[0])
        kind = timing.kind(
            view.text,
            number.start,
            number.unit_end,
            bounds[0],
            scoped,
            year=year,
            in_plan=_inside(view, number, plans),
            mixed=mixed,
            target=number.target,
        )
        for answer in answers:
            if answer.slug is None and len(answers) > 1 and not answer.candidates:
                continue
            figures.append(_figure(view, number, answer, kind, scoped[0], sentences, outline))
            numbers.append(number)
    settled = without_duplicates(view.text, figures, numbers, sentences, outline)
    return Reading(view, outline, sentences, parts, settled, tuple(numbers), year)


def _inside(view: View, number: Number, part: Part) -> bool:
    """Whether a number stands in a part that has a heading of its own."""
    if part.start is None or part.end is None or part.found_by != "heading":
        return False
    return part.start <= view.offsets[number.start] < part.end


def _figure(  # noqa: PLR0913, PLR0917 - the one place that puts a figure together
    view: View,
    number: Number,
    answer: Answer,
    kind: FigureKind,
    scope: str | None,
    sentences: Sentences,
    outline: Outline,
) -> Figure:
    start, end = view.span(number.start, number.end)
    return Figure(
        value=number.value,
        unit=number.unit,
        raw=view.source[start:end],
        start=start,
        end=end,
        min=number.min,
        max=number.max,
        approximate=number.approximate,
        kind=kind,
        time_scope=scope,
        sentence=sentences.sentence(number.start),
        section=outline.at(number.start),
        indicator=answer.slug,
        candidates=answer.candidates,
    )
