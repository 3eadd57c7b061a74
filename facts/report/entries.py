"""A report as the assessment carries it: the reader's values as the engine's entries."""

from __future__ import annotations

from decimal import Decimal
from typing import overload

from engine.model.report import (
    Number,
    ReportChange,
    ReportEntry,
    ReportFigure,
    ReportObservation,
    ReportPart,
    ReportProblem,
    ReportRelation,
    Span,
)
from facts.report import Report, by_slug
from facts.report.contents import Figure, Observation, Problem, Relation
from facts.report.relations.arithmetic import places, show
from facts.report.year_on_year import Change


def report_entry(  # noqa: PLR0913 - what an entry is made of
    report: Report,
    text: str,
    changes: tuple[Change, ...],
    *,
    path: str,
    year: int,
    assessed: bool,
) -> ReportEntry:
    """The entry of one report read from `text`; the engine adds what the ledgers show."""
    return ReportEntry(
        path=path,
        title=report.title or "",
        place=report.place or "",
        year=year,
        assessed=assessed,
        parts=tuple(
            ReportPart(part.name.value, _span(part.start, part.end)) for part in report.parts
        ),
        figures=tuple(_figure(figure, report) for figure in report.figures),
        relations=tuple(_relation(relation, report) for relation in report.relations),
        observations=tuple(_observation(item, report) for item in report.observations),
        problems=tuple(_problem(problem, report, text) for problem in report.problems),
        changes=tuple(_change(change) for change in changes),
    )


def _change(change: Change) -> ReportChange:
    before, after = change.before, change.after
    return ReportChange(
        indicator=change.indicator,
        title=change.title,
        unit=after.unit,
        last=plain_number(before.value),
        this=plain_number(after.value),
        percent=plain_number(change.percent),
        direction=change.direction,
        claimed=change.claimed,
        words=change.claim or "",
        general=change.general,
        agrees=change.agrees,
        explanation=change.explanation,
        last_span=Span(before.start, before.end),
        this_span=Span(after.start, after.end),
    )


@overload
def plain_number(value: Decimal) -> Number: ...
@overload
def plain_number(value: Decimal | None) -> Number | None: ...
def plain_number(value: Decimal | None) -> Number | None:
    """The number as JSON has it; none for an open side."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def indicator_title(figure: Figure) -> str:
    """What a figure counts, in Chinese; of a doubtful one, what it may count."""
    slugs = (figure.indicator,) if figure.indicator else figure.candidates
    return "或".join(by_slug()[slug].title for slug in slugs if slug in by_slug())


def _figure(figure: Figure, report: Report) -> ReportFigure:
    section = "" if figure.section is None else report.sections[figure.section].title
    return ReportFigure(
        indicator=figure.indicator,
        title=indicator_title(figure),
        value=plain_number(figure.value),
        unit=figure.unit,
        raw=figure.raw,
        start=figure.start,
        end=figure.end,
        approximate=figure.approximate,
        min=plain_number(figure.min),
        max=plain_number(figure.max),
        kind=figure.kind,
        scope=figure.time_scope or "",
        section=section,
        sentence=figure.sentence.text,
    )


def _relation(relation: Relation, report: Report) -> ReportRelation:
    figures = [report.figures[index] for index in relation.figures]
    return ReportRelation(
        kind=relation.kind,
        arithmetic=relation.expression,
        verdict=relation.verdict,
        explanation=explained(relation, report),
        rounding=_rounding(figures),
        figures=relation.figures,
        spans=tuple(Span(figure.start, figure.end) for figure in figures),
    )


def explained(relation: Relation, report: Report) -> str:
    """The working of a relation, with what its figures count where that is sure."""
    figures = (report.figures[index] for index in relation.figures)
    titles = [indicator_title(figure) for figure in figures if figure.indicator]
    named = f"（{'、'.join(dict.fromkeys(titles))}）" if titles else ""
    return relation.explanation + named


def _rounding(figures: list[Figure]) -> str:
    """What exact values the printed percentage may stand for; nothing where none is printed."""
    rate = next((figure.value for figure in reversed(figures) if figure.unit == "%"), None)
    if rate is None:
        return ""
    step = Decimal(1).scaleb(-places(rate))
    low, high = show(rate - step / 2), show(rate + step / 2)
    return f"四舍五入（{low}%至不足{high}%）或截尾（{show(rate)}%至不足{show(rate + step)}%）都认"


def _observation(item: Observation, report: Report) -> ReportObservation:
    start, end = item.start, item.end
    if item.figures:
        sentence = report.figures[item.figures[0]].sentence
        start, end = sentence.start, sentence.end
    return ReportObservation(item.code, item.title, item.message, _span(start, end))


def _problem(problem: Problem, report: Report, text: str) -> ReportProblem:
    return ReportProblem(
        text=problem.text,
        span=Span(problem.start, problem.end),
        cause="" if problem.cause is None else text[slice(*problem.cause)],
        plans=tuple(report.plans[index].text for index in problem.plans),
    )
