"""All mutants of a ruleset: of requirements, and of what requirements share."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from engine.guard.lint.complaint import expressions, others
from engine.guard.mutants.operators import Change, Operator, changed, moved
from engine.language import tree as t
from engine.language.checking.bounds import adds_only
from engine.model.errors import InvalidRulesetError
from engine.ruleset import force
from engine.ruleset.files import InstrumentFile, RequirementKind
from engine.ruleset.model import Requirement, Ruleset, Severities, Text

TERM: Final = "term."
ADJUSTMENT: Final = "adjustment."
INSTRUMENT: Final = "instrument."
"""Before the name of what requirements share, where a requirement has its id."""

_DAY: Final = dt.timedelta(days=1)
_OPTIONAL: Final = ("lenient", "due", "note")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One thing changed: whose, where, and the requirements as they then read.

    `place` is a key of the file with the number of the text, the part or the entry concerned;
    `made` is empty where the language refuses the change.
    """

    owner: str
    place: str
    change: Change
    made: tuple[Requirement, ...]

    @property
    def id(self) -> str:
        """What it is called within its owner; it holds until the owner's text changes."""
        return f"{self.place} {self.change}"


def mutants(ruleset: Ruleset) -> Iterator[Mutant]:
    """Every mutant, by owner."""
    requirements = list(ruleset.requirements.values())
    for requirement in requirements:
        yield from of_requirement(requirement, ruleset.instruments)
    for name in ruleset.terms:
        yield from _of_term(name, requirements)
    for name in ruleset.adjustments:
        yield from _of_adjustment(name, ruleset)
    for name in ruleset.instruments:
        yield from _of_instrument(name, ruleset)


# what stands in a requirement's own file


def of_requirement(
    requirement: Requirement, instruments: Mapping[str, InstrumentFile]
) -> Iterator[Mutant]:
    """The mutants of one requirement.

    What an earlier text takes over from the current one changes in both, as it does in the file.
    """
    for place, key, node in _written(requirement):
        for number, change, new in changed(node):
            made = (_put(requirement, key, node, new),) if adds_only(new) else ()
            yield Mutant(requirement.id, f"{place}#{number}", change, made)
        if key in _OPTIONAL:
            made = (_put(requirement, key, node, None),)
            yield Mutant(requirement.id, place, Change(Operator.GONE, node, None), made)
        if key == "due":
            for operator, by in ((Operator.MORE, 1), (Operator.LESS, -1)):
                late = moved(node, by)
                made = (_put(requirement, key, node, late),)
                yield Mutant(requirement.id, place, Change(operator, node, late), made)
    cases = requirement.severities.cases
    for index, (condition, _) in enumerate(cases):
        fewer = dataclasses.replace(
            requirement.severities, cases=(*cases[:index], *cases[index + 1 :])
        )
        made = (dataclasses.replace(requirement, severities=fewer),)
        change = Change(Operator.GONE, condition, None)
        yield Mutant(requirement.id, f"severity[{index + 1}]", change, made)
    yield from _of_bases(requirement, instruments)


def _written(requirement: Requirement) -> Iterator[tuple[str, str, t.Expr]]:
    """Each expression that somebody wrote once: its place, its key, its tree."""
    for index, (key, node) in enumerate(others(requirement)):
        yield f"{key}[{index}]" if index else key, key, node
    seen: set[tuple[str, t.Expr]] = set()
    for number, text in enumerate(requirement.texts):
        for key, node in expressions(requirement, text):
            if (key, node) not in seen:
                seen.add((key, node))
                yield f"{key}@{number}" if number else key, key, node


def _put(requirement: Requirement, key: str, old: t.Expr, new: t.Expr | None) -> Requirement:
    """The requirement with `new` wherever `old` stood under a key; left out where it is None."""
    if new is not None and key == "act_on":
        return dataclasses.replace(requirement, act_on=new)
    if new is not None and key == "severity":
        cases = tuple(
            (new if condition == old else condition, level)
            for condition, level in requirement.severities.cases
        )
        severities = dataclasses.replace(requirement.severities, cases=cases)
        return dataclasses.replace(requirement, severities=severities)
    manual = requirement.kind is RequirementKind.MANUAL and key == "applies"
    texts = []
    for text in requirement.texts:
        if (key, old) not in expressions(requirement, text):
            texts.append(text)
        elif manual and new is not None and isinstance(text.applies, t.And):
            asked = t.And((new, *text.applies.items[1:]))
            texts.append(dataclasses.replace(text, applies=asked))
        elif key == "note" and text.note is not None:
            note = None if new is None else (new, text.note[1])
            texts.append(dataclasses.replace(text, note=note))
        else:
            texts.append(dataclasses.replace(text, **{key: new}))  # type: ignore[arg-type]
    return dataclasses.replace(requirement, texts=tuple(texts))


def _of_bases(
    requirement: Requirement, instruments: Mapping[str, InstrumentFile]
) -> Iterator[Mutant]:
    """The days that the file itself gives for an article, a day earlier and later."""
    for number, text in enumerate(requirement.texts):
        version = f"@{number}" if number else ""
        for index, basis in enumerate(text.basis):
            for key, change, update in _moved_days(basis.start, basis.end):
                bases = list(text.basis)
                bases[index] = basis.model_copy(update=update)
                texts = list(requirement.texts)
                texts[number] = dataclasses.replace(text, basis=tuple(bases))
                place = f"basis{version}[{index + 1}].{key}"
                changed_ = dataclasses.replace(requirement, texts=tuple(texts))
                yield from _redated(requirement.id, place, change, [changed_], instruments)


def _moved_days(
    start: dt.date | None, end: dt.date | None
) -> Iterator[tuple[str, Change, dict[str, dt.date]]]:
    for key, name, day in (("from", "start", start), ("until", "end", end)):
        if day is not None:
            for operator, by in ((Operator.MORE, _DAY), (Operator.LESS, -_DAY)):
                before, after = (t.Lit(x, t.Kind.DATE) for x in (day, day + by))
                yield key, Change(operator, before, after), {name: day + by}


def _redated(
    owner: str,
    place: str,
    change: Change,
    requirements: Iterable[Requirement],
    instruments: Mapping[str, InstrumentFile],
) -> Iterator[Mutant]:
    """The mutant of a moved day; none where no text is in force on other days for it."""
    made = []
    try:
        for requirement in requirements:
            texts = force.dated(requirement.texts, instruments)
            if texts != requirement.texts:
                made.append(dataclasses.replace(requirement, texts=texts))
    except InvalidRulesetError:
        yield Mutant(owner, place, change, ())
        return
    if made:
        yield Mutant(owner, place, change, tuple(made))


# what requirements share


def _of_term(name: str, requirements: Iterable[Requirement]) -> Iterator[Mutant]:
    """The mutants of a term, in all requirements that use it."""
    users: list[tuple[Requirement, dict[t.Expr, list[tuple[int, Change, t.Expr]]]]] = []
    for requirement in requirements:
        uses: dict[t.Expr, list[tuple[int, Change, t.Expr]]] = {
            node: changed(node.item)
            for whole in requirement.expressions()
            for node in t.walk(whole)
            if isinstance(node, t.Named) and node.name == name
        }
        if uses:
            users.append((requirement, uses))
    # A term reads the same wherever it is used, but for the record that it is asked of.
    first = next((found for _, uses in users for found in uses.values()), [])
    for index, (number, change, new) in enumerate(first):
        made = tuple(
            _substituted(
                requirement,
                {
                    node: dataclasses.replace(cast("t.Named", node), item=found[index][2])
                    for node, found in uses.items()
                },
            )
            for requirement, uses in users
        )
        yield Mutant(TERM + name, f"expr#{number}", change, made if adds_only(new) else ())


def _substituted(requirement: Requirement, parts: Mapping[t.Expr, t.Expr]) -> Requirement:
    """The requirement with some parts of its expressions exchanged."""

    def new(node: t.Expr) -> t.Expr:
        return parts[node] if node in parts else t.rebuilt(node, new)

    def text(old: Text) -> Text:
        return dataclasses.replace(
            old,
            applies=new(old.applies),
            require=new(old.require),
            lenient=None if old.lenient is None else new(old.lenient),
            due=None if old.due is None else new(old.due),
            note=None if old.note is None else (new(old.note[0]), old.note[1]),
        )

    severities = requirement.severities
    return dataclasses.replace(
        requirement,
        act_on=new(requirement.act_on),
        texts=tuple(map(text, requirement.texts)),
        severities=Severities(
            tuple((new(condition), level) for condition, level in severities.cases),
            severities.default,
            tuple(map(new, severities.lower)),
        ),
    )


def _of_adjustment(name: str, ruleset: Ruleset) -> Iterator[Mutant]:
    """The mutants of what takes a step off the severity of all requirements on a subject."""
    subject = ruleset.adjustments[name].subject
    on_subject = [n for n, entry in ruleset.adjustments.items() if entry.subject == subject]
    users = [r for r in ruleset.requirements.values() if r.subject == subject]
    if not users:
        return
    condition = users[0].severities.lower[on_subject.index(name)]
    for number, change, new in changed(condition):
        made = tuple(_lowered(user, condition, new) for user in users)
        place = f"when#{number}"
        yield Mutant(ADJUSTMENT + name, place, change, made if adds_only(new) else ())
    made = tuple(_lowered(user, condition, None) for user in users)
    yield Mutant(ADJUSTMENT + name, "when", Change(Operator.GONE, condition, None), made)


def _lowered(requirement: Requirement, old: t.Expr, new: t.Expr | None) -> Requirement:
    """The requirement with another condition for a milder severity, or without it."""
    severities = requirement.severities
    lower = (new if condition == old else condition for condition in severities.lower)
    left = tuple(condition for condition in lower if condition is not None)
    return dataclasses.replace(requirement, severities=dataclasses.replace(severities, lower=left))


def _of_instrument(name: str, ruleset: Ruleset) -> Iterator[Mutant]:
    """The days from and until which an instrument is in force, a day earlier and later."""
    instrument = ruleset.instruments[name]
    users = [
        requirement
        for requirement in ruleset.requirements.values()
        if any(basis.instrument == name for text in requirement.texts for basis in text.basis)
    ]
    for key, change, update in _moved_days(instrument.start, instrument.end):
        others_ = {**ruleset.instruments, name: instrument.model_copy(update=update)}
        yield from _redated(INSTRUMENT + name, key, change, users, others_)
