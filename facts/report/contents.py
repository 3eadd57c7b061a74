"""What a report says, as plain values.

Every ``start``/``end`` pair is a half-open span of code points in the decoded text that was given
to :func:`facts.report.read_report`; ``text[start:end]`` is always the quoted piece itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from engine.model.report import FigureKind, Verdict


class PartName(StrEnum):
    """The contents that article 25 of the supervision rules asks an annual report to have."""

    ACHIEVEMENTS = "举措成效"
    PROBLEMS = "不足"
    CAUSES = "原因"
    LEADERS = "党政主要负责人履职"
    PLANS = "下年度安排"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its span."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and all it governs, deeper headings included.

    ``level`` is 1 for 一、, 2 for （一）, 3 for 1., 4 for (1), 5 for 一是; ``parent`` is an index
    into ``Report.sections``.
    """

    title: str
    level: int
    start: int
    end: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One required part; ``start`` and ``end`` are None when the report does not have it.

    ``found_by`` is ``heading`` (a section of its own), ``text`` (only said in a sentence) or None;
    ``sentence`` is the one by which the part counts. ``doubtful``: something stands there, and
    whether it is what the article asks for a person must see; the part is not present then.
    ``spans`` are all the places where the part is, the first of them from ``start`` to ``end``.
    """

    name: PartName
    start: int | None = None
    end: int | None = None
    found_by: str | None = None
    sentence: Sentence | None = None
    doubtful: bool = False
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def present(self) -> bool:
        """Whether the report has this part for certain."""
        return self.start is not None and not self.doubtful


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that the report claims.

    ``value`` is in ``unit`` (万 and 亿 multiplied out; a percentage 99.84% is 99.84 with unit
    ``%``). An exact figure has ``min == max == value``; an approximate one lies between the two,
    both included, None being an open side. ``start``/``end`` span ``raw``: the number with its 万,
    余 and %, without approximating words before it and without its unit.
    ``indicator`` is a slug of the catalogue or None; if doubtful, ``candidates`` names the slugs.
    One number stated of two nouns (甲率及乙率均达100%) gives two figures with the same span.
    ``section`` is an index into ``Report.sections`` (the deepest one), or None.
    """

    value: Decimal
    unit: str
    raw: str
    start: int
    end: int
    min: Decimal | None
    max: Decimal | None
    approximate: bool
    kind: FigureKind
    time_scope: str | None
    sentence: Sentence
    section: int | None
    indicator: str | None = None
    candidates: tuple[str, ...] = ()

    def may_equal(self, number: Decimal | int) -> bool:
        """Whether ``number`` is compatible with what the report says."""
        if not self.approximate:
            return self.value == number
        above = self.min is None or number >= self.min
        below = self.max is None or number <= self.max
        return above and below


@dataclass(frozen=True, slots=True)
class Relation:
    """An arithmetic relation between figures of the text.

    ``figures`` are indexes into ``Report.figures`` in the order the expression uses them;
    ``expression`` is the bare formula (``2479/2483=99.84%``), ``explanation`` the arithmetic in
    Chinese words with the rounding it allows. ``rule`` names an entry of ``relations.yaml`` if
    the relation was declared there.
    """

    kind: str
    expression: str
    verdict: Verdict
    explanation: str
    figures: tuple[int, ...]
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """Something in the report that a reader should ask about; not an arithmetic error as such.

    ``severity`` is a hint: blocking, major, minor or advisory. ``start``/``end`` point at the
    place in the text, None when the point is that something is missing.
    """

    code: str
    title: str
    message: str
    severity: str
    figures: tuple[int, ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem the report admits; ``plans`` are indexes into ``Report.plans`` that answer it.

    ``where`` is ``part`` (in the problems part) or ``body`` (admitted in passing elsewhere).
    ``cause`` is the span of the sentence that gives its cause, None if it gives none. ``maybe``
    are plans of the same field where none names its object: whether one of them is meant for it
    a person must see. ``settled`` is the span of its own words that say it is mended, or what
    will be done about it.
    """

    text: str
    start: int
    end: int
    where: str
    plans: tuple[int, ...] = ()
    cause: tuple[int, int] | None = None
    maybe: tuple[int, ...] = ()
    settled: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing the report says will be done next."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports and on which year, by each part of the text that says so; None where it doesn't.

    ``titled`` is the title's, ``opening`` the first sentence's, ``signer`` the signature's;
    ``filed`` and ``name_year`` are the file name's, ``guessed`` is only the place that the text
    names most.
    """

    titled: str | None = None
    filed: str | None = None
    opening: str | None = None
    signer: str | None = None
    guessed: str | None = None
    title_year: int | None = None
    name_year: int | None = None
    opening_year: int | None = None
    signed_year: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report as read. Lists are in text order."""

    name: str
    title: str | None
    place: str | None
    year: int | None
    sections: tuple[Section, ...] = ()
    parts: tuple[Part, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    observations: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()
    plans: tuple[Plan, ...] = ()
    cutoffs: tuple[str, ...] = field(default=())
    identity: Identity = field(default_factory=Identity)

    def part(self, name: PartName) -> Part:
        """Return the part called ``name``; it may be absent (``Part.present`` is False)."""
        return next((part for part in self.parts if part.name is name), Part(name))

    def by_indicator(self, slug: str) -> tuple[Figure, ...]:
        """Return the figures assigned to ``slug``, in text order."""
        return tuple(figure for figure in self.figures if figure.indicator == slug)
