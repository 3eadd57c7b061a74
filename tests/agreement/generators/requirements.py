"""Random requirements in memory: texts with windows, both readings, due and evidence."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Vocabulary
from engine.model.outcome import Severity
from engine.ruleset.files import RequirementFile, RequirementKind
from engine.ruleset.frozen import Later
from engine.ruleset.model import Requirement, Severities, Text, Window
from tests.agreement.generators.expressions import ExpressionDice

ALWAYS = (Window(dt.date.min, dt.date.max),)
_FILE = RequirementFile.model_construct(id="x", title="x")


def requirement(name: str, subject: str, act_on: t.Expr, *texts: Text) -> Requirement:
    """A requirement of these texts, the current one first."""
    values: dict[str, Any] = {field.name: () for field in dataclasses.fields(Requirement)}
    values |= {
        "id": name,
        "domain": "d",
        "title": name,
        "subject": subject,
        "kind": RequirementKind.CHECKED,
        "severities": Severities((), Severity.MAJOR),
        "act_on": act_on,
        "texts": texts,
        "unconfirmed": None,
        "file": _FILE,
        "worked": Later(()),
    }
    return Requirement(**values)


def text(require: t.Expr, **more: Any) -> Text:  # noqa: ANN401 - any field of a text
    """A text always in force, applying to all, unless said otherwise."""
    values: dict[str, Any] = {
        "basis": (),
        "windows": ALWAYS,
        "lawful": ALWAYS,
        "applies": t.Lit(True, t.Kind.BOOL),
        "require": require,
        "lenient": None,
        "due": None,
        "evidence": frozenset(),
        "note": None,
        "message": "",
        "remedy": "",
    }
    return Text(**(values | more))


def _one_after_another(texts: list[Text]) -> list[Text]:
    """The texts, none in force on a day on which another is, as in any loaded requirement."""
    found: list[Text] = []
    for made in sorted(texts, key=lambda each: sum((w.end - w.start).days for w in each.windows)):
        left = made.windows
        for taken in (window for text in found for window in text.windows):
            left = tuple(part for window in left for part in _without(window, taken))
        found.append(dataclasses.replace(made, windows=left))
    return found


def _without(window: Window, taken: Window) -> Iterator[Window]:
    if window.start < taken.start:
        yield Window(window.start, min(window.end, taken.start - dt.timedelta(1)))
    if window.end > taken.end:
        yield Window(max(window.start, taken.end + dt.timedelta(1)), window.end)


@dataclasses.dataclass
class RequirementDice:
    """The same requirements for the same seed."""

    vocabulary: Vocabulary
    dice: random.Random
    as_of: dt.date

    def requirement(self, name: str, subject: str, depth: int = 3) -> Requirement:
        """A requirement on records of type `subject`."""
        texts = [self._text(subject, depth) for _ in range(self.dice.choice((1, 1, 1, 2, 3)))]
        act_on = self.dice.choice((t.AsOf(), self._day(subject)))
        return requirement(name, subject, act_on, *_one_after_another(texts))

    def question(self, name: str, subject: str, depth: int = 0) -> Requirement:
        """A requirement that is one expression: its outcome is met, gap or unknown with it."""
        return requirement(name, subject, t.AsOf(), text(self._expr(subject, depth)))

    def duty(self, name: str, subject: str) -> Requirement:
        """A requirement that is one expression and has a last day."""
        made = ExpressionDice(self.vocabulary, self.dice, subject).due()
        due = check(made, subject, t.Kind.DATE, self.vocabulary)
        return requirement(name, subject, t.AsOf(), text(self._expr(subject, 0), due=due))

    def term_of_days(self, name: str, subject: str) -> Requirement:
        """A requirement that is one term of days."""
        made = ExpressionDice(self.vocabulary, self.dice, subject).term_of_days(0)
        tree = check(made, subject, t.Kind.BOOL, self.vocabulary)
        return requirement(name, subject, t.AsOf(), text(tree))

    def _expr(self, subject: str, depth: int) -> t.Expr:
        made = ExpressionDice(self.vocabulary, self.dice, subject).truth(depth)
        return check(made, subject, t.Kind.BOOL, self.vocabulary)

    def _day(self, subject: str) -> t.Expr:
        made = ExpressionDice(self.vocabulary, self.dice, subject).ordered(t.Kind.DATE, 1)
        return check(made, subject, t.Kind.DATE, self.vocabulary)

    def _windows(self) -> tuple[Window, ...]:
        start = self.as_of + dt.timedelta(self.dice.randrange(-200, 200))
        end = start + dt.timedelta(self.dice.randrange(90))
        return self.dice.choice(
            (
                ALWAYS,
                ALWAYS,
                (Window(start, dt.date.max),),
                (Window(dt.date.min, start),),
                (Window(start, end),),
                (Window(dt.date.min, start), Window(end + dt.timedelta(1), dt.date.max)),
                (),
            )
        )

    def _evidence(self, trees: list[t.Expr]) -> frozenset[tuple[str, str]]:
        read = sorted(
            {
                (part.record, part.field)
                for node in trees
                for part in t.walk(node)
                if isinstance(part, t.Path)
            }
        )
        share = self.dice.choice((0, 0.7, 1, 1))
        return frozenset(place for place in read if self.dice.random() < share)

    def _text(self, subject: str, depth: int) -> Text:
        require = self._expr(subject, depth)
        trivial = t.Lit(True, t.Kind.BOOL)
        return text(
            require,
            windows=self._windows(),
            applies=self.dice.choice((trivial, trivial, self._expr(subject, 1))),
            lenient=self.dice.choice((None, self._expr(subject, 2))),
            due=self.dice.choice((None, None, self._day(subject))),
            evidence=self._evidence([require]),
            # of its own dice: what is generated besides stays as it was
            house=random.Random(repr(require)).random() < 0.25,  # noqa: S311
        )
