"""The annual report as facts: what `facts.report.read_report` finds, as a draft of its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.model.record_type import RecordType
from engine.model.report import DIRECTION_TITLES, FigureKind
from engine.model.schema import Schema
from engine.model.values import ABSENT, Cause, Elements, Source, Unknown
from facts.ledgers.draft import Draft
from facts.report.claims import TYPE as CLAIM
from facts.report.claims import Claim, claims_of
from facts.report.contents import Figure, PartName, Problem, Report
from facts.report.drafting import Maker
from facts.report.entries import explained, indicator_title
from facts.report.statements import Says, tells_leaders_act
from facts.report.year_on_year import Change, claim_of
from facts.writing.dates import Unreadable
from facts.writing.meanings import CellState
from facts.writing.numbers import checked, incomplete
from facts.writing.text import fold

TYPE: Final = "annual_report"
_QUOTED: Final = 40

_HEARD: Final = "leader_reports_heard"
_STUDIED: Final = "leader_law_studies"


def is_report(name: str, text: str) -> bool:
    """Whether a text is an annual report on building law-based government, by name and head."""
    head = fold(name) + fold(text[:400])
    about = "法治政府" in head or "依法行政" in head or "法治建设" in head
    return about and any(word in head for word in ("报告", "情况", "总结"))


def report_draft(  # noqa: PLR0913 - what the record is made of
    report: Report,
    schema: Schema,
    key: tuple[str, int],
    last: LastYear | None = None,
    *,
    file: str,
    text: str,
) -> Draft:
    """The draft of the report's record, with its nested lists complete: it was read whole.

    `key` is its unit and year, settled with the ledgers beforehand; `last` is what last year's
    report gives to compare with. Places are spans of characters (code points of the decoded text).
    """
    record_type = schema.types[TYPE]
    unit, year = key
    maker = Maker(file, text)
    leaders = report.part(PartName.LEADERS)
    indicators = sorted({figure.indicator for figure in report.figures if figure.indicator})
    draft = maker.draft(
        record_type,
        {
            "unit": unit,
            "year": year,
            "parts": [part.name.value for part in report.parts if part.present],
            "indicators": indicators,
            "cutoffs": list(report.cutoffs),
            "text_read": True,
            "head_duty_text": maker.text(leaders.start, leaders.end) or ABSENT,
            "head_hear_times": _one_figure(_of_leaders(report, _HEARD)),
            "head_study_times": _one_figure(_of_leaders(report, _STUDIED)),
        },
        (0, len(text)),
    )
    if leaders.start is not None:
        draft.sources["head_duty_text"] = maker.source(leaders.start, leaders.end)
    # a report without any part has none for certain, which is no blank
    read = draft.cells.setdefault("parts", ABSENT)
    if _is_open(report):
        items = read.items if isinstance(read, Elements) else ()
        draft.cells["parts"] = Elements(items, closed=False, cause=Cause.NEEDS_PERSON)
    draft.sources["parts"] = Source(file, start=0, end=len(text), text=_where(report))
    for name, children in _children(report, maker, schema, year, last):
        draft.children.extend((name, child) for child in children)
        draft.counts[name] = len(children)
    return draft


def _children(
    report: Report, maker: Maker, schema: Schema, year: int, last: LastYear | None
) -> Iterable[tuple[str, list[Draft]]]:
    types = schema.types
    yield (
        "problems",
        [
            maker.draft(
                types["report_problem"],
                {
                    "text": problem.text,
                    "place": problem.where,
                    "cause": ABSENT if problem.cause is None else maker.text(*problem.cause),
                    "plan": _plan(report, problem, maker),
                },
                (problem.start, problem.end),
            )
            for problem in report.problems
        ],
    )
    yield (
        "plans",
        [
            maker.draft(
                types["report_plan"],
                {"text": plan.text, "carried_by": year + 1},
                (plan.start, plan.end),
            )
            for plan in report.plans
        ],
    )
    yield "figures", list(_figures(report, maker, types["report_figure"], last))
    found = claims_of(report, types[CLAIM], year)
    yield "claims", [_claim(claim, maker, types[CLAIM], year) for claim in found]
    yield (
        "relations",
        [
            maker.draft(
                types["report_relation"],
                {
                    "kind": relation.kind,
                    "rule": relation.rule or ABSENT,
                    "description": relation.expression,
                    "status": relation.verdict.value,
                    "detail": explained(relation, report),
                },
                _span_of(report, relation.figures),
            )
            for relation in report.relations
        ],
    )
    yield (
        "observations",
        [
            maker.draft(
                types["report_observation"],
                {
                    "code": item.code,
                    "title": item.title,
                    "message": item.message,
                    "grade": item.severity,
                },
                _span_of(report, item.figures) if item.figures else (item.start, item.end),
            )
            for item in report.observations
        ],
    )


def _is_open(report: Report) -> bool:
    """Whether nothing but a doubt keeps a report from having all parts: then it may have them.

    A part that is missing for certain stays missing beside one that is doubtful.
    """
    asked = [part for part in report.parts if part.name is not PartName.CAUSES]
    return any(p.doubtful for p in asked) and all(p.present or p.doubtful for p in asked)


def _where(report: Report) -> str:
    """Which parts are found nowhere, where the others stand, and by which words they count."""
    found = [(p, p.sentence) for p in report.parts if p.sentence is not None]
    missing = [part.name.value for part in report.parts if part.sentence is None]
    nowhere = f"没有找到{'、'.join(missing)}" if missing else ""
    places = "、".join(
        f"{part.name.value}{'（须人看）' if part.doubtful else ''}第{part.start}—{part.end}字"
        for part, _ in found
    )
    words = "；".join(f"{part.name.value}：“{_short(said.text)}”" for part, said in found)
    return f"{'；'.join(filter(None, (nowhere, places)))}。{words}"


def _short(text: str) -> str:
    line = "".join(text.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED] + "…"


def _plan(report: Report, problem: Problem, maker: Maker) -> CellState:
    """What answers a problem: the plans, or its own words; only a person can tell of a doubt."""
    if problem.plans:
        return "；".join(report.plans[at].text for at in problem.plans)
    if problem.settled is not None:
        return "本句已写明：" + maker.text(*problem.settled)
    return Unknown(Cause.NEEDS_PERSON) if problem.maybe else ABSENT


def _figures(
    report: Report, maker: Maker, record_type: RecordType, last: LastYear | None
) -> Iterable[Draft]:
    """The figures; where words say how one has changed, with last year's as its report gives it.

    Without last year's report that is not known; without such words nobody asks for it.
    """
    changes = {} if last is None else {id(change.after): change for change in last.changes}
    for figure in report.figures:
        words, claimed, general = claim_of(figure, report)
        change = changes.get(id(figure))
        previous: CellState = ABSENT if words is None else Unknown(Cause.BLANK)
        draft = _figure(
            figure,
            maker,
            record_type,
            {
                "previous": previous if change is None else figure_value(change.before),
                "narrative": ABSENT if claimed is None else DIRECTION_TITLES[claimed],
                "narrative_text": words or ABSENT,
                "narrative_general": general,
            },
        )
        sentence = figure.sentence
        draft.sources["narrative_text"] = maker.source(sentence.start, sentence.end)
        if last is not None and change is not None:
            draft.sources["previous"] = last.source(change.before)
        yield draft


def _claim(claim: Claim, maker: Maker, record_type: RecordType, year: int) -> Draft:
    """A claim with the sentence it stands in; several numbers for one thing make an interval.

    Several counts may be parts of one another, from the largest to all together; of several rates
    one is meant. `step` is what the last digit written counts: 95.5% is rounded to tenths.
    """
    first, numbers = claim.figures[0], [figure.value for figure in claim.figures]
    value = figure_value(first)
    if claim.added:
        value = figure_value(claim.total)
    elif len(numbers) > 1:
        rate = first.unit == "%"
        low, high = (min(numbers), max(numbers)) if rate else (max(numbers), sum(numbers))
        value = Unknown(Cause.INCOMPLETE, low, high)
    draft = maker.draft(
        record_type,
        {
            "indicator": claim.counted,
            "title": indicator_title(first),
            "value": value,
            "step": Decimal(1).scaleb(min(0, int(first.value.as_tuple().exponent))),
            "unit": first.unit or ABSENT,
            "raw": "、".join(figure.raw for figure in claim.figures),
            "whole_year": claim.whole_year,
            "start": dt.date(year, 1, 1),
            "end": dt.date(year, 12, 31),
        },
        (first.start, first.end),
    )
    sentence = first.sentence
    draft.sources["raw"] = draft.sources["value"] = maker.source(sentence.start, sentence.end)
    return draft


def figure_value(figure: Figure) -> CellState:
    """The value as a fact; of an approximate figure, the interval it lies in."""
    if figure.approximate:
        return incomplete((figure.min or Decimal(0), figure.max), whole=False)
    value = checked(figure.value, whole=False)
    return Unknown(Cause.UNREADABLE) if isinstance(value, Unreadable) else value


def _figure(
    figure: Figure, maker: Maker, record_type: RecordType, change: dict[str, object]
) -> Draft:
    return maker.draft(
        record_type,
        {
            "indicator": figure.indicator or ABSENT,
            "title": indicator_title(figure) or ABSENT,
            "value": figure_value(figure),
            "unit": figure.unit or ABSENT,
            "kind": figure.kind.value,
            "raw": figure.raw,
            "approximate": figure.approximate,
            "cutoff": figure.time_scope or ABSENT,
            **change,
        },
        (figure.start, figure.end),
    )


def _one_figure(figures: Iterable[Figure]) -> int | None:
    """The whole number that the report gives once, None if it gives none or several."""
    told = [figure for figure in figures if figure.kind is FigureKind.RESULT]
    values = {figure.value for figure in told}
    value = values.pop() if len(values) == 1 else None
    exact = not any(figure.approximate for figure in told)
    return int(value) if exact and value is not None and value == int(value) else None


def _of_leaders(report: Report, slug: str) -> Iterable[Figure]:
    """The figures told of the leaders themselves: what others heard or studied is not."""
    part = report.part(PartName.LEADERS)
    spans = part.spans if part.present else ()
    headed = part.found_by == "heading"
    for figure in report.by_indicator(slug):
        within = any(start <= figure.start < end for start, end in spans)
        said = fold(figure.sentence.text)
        if within and tells_leaders_act(said, report.year, headed=headed) is Says.YES:
            yield figure


def _span_of(report: Report, figures: tuple[int, ...]) -> tuple[int, int]:
    first = report.figures[figures[0]]
    return first.sentence.start, first.sentence.end


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's report: its file, and what has changed since."""

    file: str
    changes: tuple[Change, ...]

    def source(self, figure: Figure) -> Source:
        """Where a figure of last year's report stands."""
        return Source(self.file, start=figure.start, end=figure.end, text=figure.raw)
