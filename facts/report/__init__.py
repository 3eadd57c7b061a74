"""The report reader: a decoded annual report in, everything it claims out.

报告：正文到数字、指标、勾稽、建议，每个都带着它的那句话。

    from facts.report import read_report
    report = read_report(text, name="2024年报.txt")

:func:`read_report` is pure (no files, no clock, no network), linear in the length of the text and
never raises. ``name`` is only a label, and a last resort for the year. It returns a
:class:`Report` of frozen values (see :mod:`facts.report.contents` for every field):

``title``, ``place``, ``year``
    None where the text does not say.
``sections``
    The headings as a flat list in text order, each with level, span and the index of its parent.
``parts``
    Always five, one per :class:`PartName` (举措成效, 不足, 原因, 党政主要负责人履职, 下年度安排);
    ``report.part(PartName.CAUSES).present`` tells whether it is there.
``figures``
    Every number the report claims: ``value`` (Decimal) in ``unit``, ``min``/``max``,
    ``raw`` with ``start``/``end`` (code points of the text), ``kind``, ``time_scope``,
    ``sentence``, ``indicator`` (a slug, or None with ``candidates``).
    ``report.by_indicator("decisions_reviewed")`` picks those of one indicator.
``relations``
    Arithmetic relations with their ``verdict``, ``expression``, ``explanation`` and the indexes of
    their figures.
``observations``
    What a reader should ask about though no sum is wrong, each with a stable ``code``, a
    ``severity`` hint and its place: figures that don't match (``relations.yaml``),
    ``no_integer_numerator``, ``missing_causes``, ``missing_leaders``, ``mixed_cutoffs``,
    ``problem_without_plan``, ``figure_without_plan`` …
``problems``, ``plans``
    The admitted problems (with the span of their cause, if given) and the plans that answer them.
``cutoffs``
    The different moments up to which the report counts.

:func:`indicators` returns the catalogue; :func:`by_slug` the same by slug.

Beside it: :mod:`facts.report.year_on_year` (``compare(earlier, later)``: changes between two years'
reports with the direction their words claim), :mod:`facts.report.last_year` (``relations_to``: what
a report says of last year, compared with last year's), :mod:`facts.report.facts` (the report as a
record) and :mod:`facts.report.extract` (the document of ``fazhi extract``).
"""

from engine.model.report import FigureKind, Verdict
from facts.report.catalogue import Indicator, by_slug, indicators
from facts.report.contents import (
    Figure,
    Observation,
    Part,
    PartName,
    Plan,
    Problem,
    Relation,
    Report,
    Section,
    Sentence,
)
from facts.report.reader import read_report

__all__ = [
    "Figure",
    "FigureKind",
    "Indicator",
    "Observation",
    "Part",
    "PartName",
    "Plan",
    "Problem",
    "Relation",
    "Report",
    "Section",
    "Sentence",
    "Verdict",
    "by_slug",
    "indicators",
    "read_report",
]
