"""What `fazhi extract` gives: the figures, relations and sections of a report as one document."""

from __future__ import annotations

from typing import Any

from facts.report.catalogue import by_slug
from facts.report.contents import Figure, Observation, Relation, Report
from facts.report.entries import plain_number


def document(report: Report) -> dict[str, Any]:
    """The report as plain values, ready for JSON; offsets are code points of the decoded text."""
    return {
        "schema": "fazhi-extract/1",
        "name": report.name,
        "title": report.title,
        "place": report.place,
        "year": report.year,
        "figures": [_figure(figure) for figure in report.figures],
        "indicators": _indicators(report),
        "relations": [_relation(relation, report) for relation in report.relations],
        "observations": [_observation(item) for item in report.observations],
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "start": section.start,
                "end": section.end,
                "parent": section.parent,
            }
            for section in report.sections
        ],
        "parts": [
            {"name": part.name.value, "present": part.present, "start": part.start, "end": part.end}
            for part in report.parts
        ],
        "problems": [
            {
                "text": problem.text,
                "start": problem.start,
                "end": problem.end,
                "plans": list(problem.plans),
                "cause": list(problem.cause) if problem.cause is not None else None,
            }
            for problem in report.problems
        ],
        "plans": [
            {"text": plan.text, "start": plan.start, "end": plan.end} for plan in report.plans
        ],
    }


def _indicators(report: Report) -> dict[str, dict[str, str]]:
    """Chinese title and outline section of every indicator that a figure has or may have."""
    named = {
        slug
        for figure in report.figures
        for slug in (figure.indicator, *figure.candidates)
        if slug is not None
    }
    return {
        slug: {"title": by_slug()[slug].title, "outline": by_slug()[slug].outline}
        for slug in sorted(named)
    }


def _figure(figure: Figure) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "indicator": figure.indicator,
        "value": plain_number(figure.value),
        "unit": figure.unit,
        "raw": figure.raw,
        "start": figure.start,
        "end": figure.end,
        "approximate": figure.approximate,
        "kind": figure.kind.value,
        "sentence": figure.sentence.text,
        "section": figure.section,
    }
    if figure.approximate:
        entry |= {"min": plain_number(figure.min), "max": plain_number(figure.max)}
    if figure.time_scope is not None:
        entry["time_scope"] = figure.time_scope
    if figure.candidates:
        entry["candidates"] = list(figure.candidates)
    return entry


def _relation(relation: Relation, report: Report) -> dict[str, Any]:
    return {
        "kind": relation.kind,
        "expression": relation.expression,
        "holds": relation.verdict.truth,
        "explanation": relation.explanation,
        "figures": list(relation.figures),
        "sentences": list(
            dict.fromkeys(report.figures[index].sentence.text for index in relation.figures)
        ),
    }


def _observation(item: Observation) -> dict[str, Any]:
    return {
        "code": item.code,
        "title": item.title,
        "message": item.message,
        "severity": item.severity,
        "figures": list(item.figures),
        "start": item.start,
        "end": item.end,
    }
