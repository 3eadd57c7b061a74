"""One requirement in words: what `fazhi rules show` and its page in docs/requirements/ say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.explaining.words import Words
from engine.guard.pages.words import KIND_TITLES, READ_TITLES, day, name, span, spans, words_of
from engine.language import tree as t
from engine.language.check import check
from engine.model.errors import WrongNameError, nearest
from engine.model.outcome import HOUSE, OUTCOME_TITLES, SEVERITY_TITLES, Unconfirmed
from engine.ruleset.files import Basis, RequirementFile, RequirementKind
from engine.ruleset.model import Requirement, Ruleset, Text


@dataclass(frozen=True, slots=True)
class Head:
    """What a requirement is called, what it judges, how, and where the outline has it."""

    id: str
    title: str
    subject: str
    kind: str
    outline: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article that a requirement rests on; `about`: its number, days, how far it was read."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """One text of a duty in words; what it does not have is empty.

    `windows` are its days in force, `lawful` those of them on which law carries it, given where
    they differ. `applies` is empty of a duty for all, `require` of one that a person answers.
    """

    basis: tuple[Article, ...]
    windows: str
    lawful: str
    act_on: str
    applies: str
    require: str
    lenient: str
    due: str
    evidence: tuple[str, ...]
    note: str
    message: str
    remedy: str
    redress: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that conditions name, and what it means."""

    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What a province sets for a parameter that conditions name, and since when."""

    title: str
    jurisdiction: str
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An example: what comes out, how grave where it says so, on which day, and why.

    `like` is the name of the example that it differs from as its `why` says.
    """

    outcome: str
    level: str
    as_of: str
    why: str
    name: str
    like: str


@dataclass(frozen=True, slots=True)
class RequirementPage:
    """Everything about a requirement that is judged; `texts` has the current one first."""

    head: Head
    severity: str
    gates: tuple[str, ...]
    supplier: str
    unconfirmed: Unconfirmed | None
    texts: tuple[RuleText, ...]
    terms: tuple[Definition, ...]
    parameters: tuple[Setting, ...]
    rationale: str
    examples: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class CoveredPage:
    """Everything about a requirement that others carry: ids and titles of those."""

    head: Head
    covered_by: tuple[tuple[str, str], ...]
    basis: tuple[Article, ...]
    rationale: str


def page_of(ruleset: Ruleset, requirement: str) -> RequirementPage | CoveredPage:
    """The page of one requirement. Raises `WrongNameError` with the nearest id."""
    if requirement in ruleset.covered:
        return _covered(ruleset, ruleset.covered[requirement])
    if requirement not in ruleset.requirements:
        known = [*ruleset.requirements, *ruleset.covered]
        raise WrongNameError(f"没有要求“{requirement}”{nearest(requirement, known)}")
    return _judged(ruleset, ruleset.requirements[requirement])


def _judged(ruleset: Ruleset, requirement: Requirement) -> RequirementPage:
    file, words = requirement.file, words_of(ruleset)
    gates = (gate for gate in ruleset.gates.values() if requirement.id in gate.requirements)
    return RequirementPage(
        head=_head(ruleset, file),
        severity=_severity(ruleset, requirement, words),
        gates=tuple(gate.title for gate in gates),
        supplier=file.supplier,
        unconfirmed=requirement.unconfirmed,
        texts=tuple(_text(ruleset, requirement, text, words) for text in requirement.texts),
        terms=tuple(_terms(ruleset, requirement, words)),
        parameters=tuple(_parameters(ruleset, requirement)),
        rationale=file.rationale.strip(),
        examples=tuple(
            Shown(
                OUTCOME_TITLES[example.outcome],
                "" if example.severity is None else SEVERITY_TITLES[example.severity],
                day(example.as_of),
                example.why,
                example.name or "",
                example.like or "",
            )
            for example in requirement.examples
        ),
    )


def _covered(ruleset: Ruleset, file: RequirementFile) -> CoveredPage:
    return CoveredPage(
        head=_head(ruleset, file),
        covered_by=tuple((id_, ruleset.requirements[id_].title) for id_ in file.covered_by),
        basis=tuple(_articles(ruleset, file.basis)),
        rationale=file.rationale.strip(),
    )


def _head(ruleset: Ruleset, file: RequirementFile) -> Head:
    sections = ((number, ruleset.outline.get(number)) for number in file.outline)
    return Head(
        file.id,
        file.title,
        ruleset.schema.types[file.subject].title,
        KIND_TITLES[file.kind],
        tuple(f"{number}{section.title if section else ''}" for number, section in sections),
    )


def _severity(ruleset: Ruleset, requirement: Requirement, words: Words) -> str:
    severities = requirement.severities
    default = SEVERITY_TITLES[severities.default]
    said = [f"{words.expr(when)}的，{SEVERITY_TITLES[level]}" for when, level in severities.cases]
    said.append(f"其余{default}" if said else default)
    subject = requirement.subject
    lower = [e.title for e in ruleset.adjustments.values() if e.subject == subject]
    return "；".join([*said, *(f"{title}的，降一级" for title in lower)])


def _text(ruleset: Ruleset, requirement: Requirement, text: Text, words: Words) -> RuleText:
    manual = requirement.kind is RequirementKind.MANUAL
    applies = text.applies.items[0] if manual and isinstance(text.applies, t.And) else text.applies
    always = applies == t.Lit(value=True, kind=t.Kind.BOOL)
    return RuleText(
        basis=tuple(_articles(ruleset, text.basis)),
        windows=spans(text.windows),
        lawful="" if text.lawful == text.windows else spans(text.lawful),
        act_on=words.expr(requirement.act_on),
        applies="" if always else words.expr(applies),
        require="" if manual else words.expr(text.require),
        lenient="" if text.lenient is None else words.expr(text.lenient),
        due="" if text.due is None else words.expr(text.due) + (HOUSE if text.house else ""),
        evidence=tuple(words.title(*field) for field in sorted(text.evidence)),
        note=f"{words.expr(text.note[0])}的，{text.note[1].strip()}" if text.note else "",
        message=text.message,
        remedy=text.remedy,
        redress=text.redress,
    )


def _articles(ruleset: Ruleset, bases: Iterable[Basis]) -> Iterator[Article]:
    for basis in bases:
        instrument = ruleset.instruments[basis.instrument]
        start, end = basis.start or instrument.start, basis.end or instrument.end
        about = [instrument.number, span(start, end), READ_TITLES[instrument.read]]
        if not basis.carries:
            about.append("佐证，不单独承载义务")
        yield Article(_cited(ruleset, basis), _listed(about))


def _cited(ruleset: Ruleset, basis: Basis) -> str:
    return f"{name(ruleset.instruments[basis.instrument])}{basis.article}"


def _listed(parts: Iterable[str]) -> str:
    return "，".join(part for part in parts if part)


def _terms(ruleset: Ruleset, requirement: Requirement, words: Words) -> Iterator[Definition]:
    """The definitions that the conditions name, those that definitions name included."""
    named = (part.name for part in _parts(requirement) if isinstance(part, t.Named))
    for found in dict.fromkeys(named):
        term = ruleset.terms[found]
        typed = check(term.expr, term.subject, t.Kind.BOOL, ruleset.vocabulary)
        cited = "；".join(
            f"{name(ruleset.instruments[b.instrument])}{b.article}" for b in term.basis
        )
        note = "".join(line.strip() for line in term.note.splitlines())
        meaning = f"{words.expr(typed)}。{note}" + (f"（{cited}）" if cited else "")
        yield Definition(term.title, meaning)


def _parameters(ruleset: Ruleset, requirement: Requirement) -> Iterator[Setting]:
    """What each province sets for the parameters that the conditions name."""
    named = (part.name for part in _parts(requirement) if isinstance(part, t.Param))
    for found in dict.fromkeys(named):
        for jurisdiction, table in ruleset.parameters.items():
            for period in table[found].periods if found in table else ():
                value = (
                    "未定，不判" if period.value is None else f"{period.value}{table[found].unit}"
                )
                confirmed = "" if period.confirmed else "未核实"
                about = _listed((confirmed, span(period.start, period.end), period.source))
                yield Setting(
                    table[found].title, ruleset.called(jurisdiction), f"{value}（{about}）"
                )


def _parts(requirement: Requirement) -> Iterator[t.Expr]:
    """Every part of the conditions of a requirement, those of its terms included."""
    for text in requirement.texts:
        for node in text.expressions():
            yield from t.walk(node)
