"""Records worth a look, whatever else is known of them: what the screens of a ruleset show."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explaining.words import Words
from engine.judging.reference import Frame, compile_expr
from engine.judging.run import Run
from engine.model.values import Record
from engine.ruleset.model import Ruleset, Screen


def screened(ruleset: Ruleset, run: Run) -> Iterator[tuple[str, str, list[str]]]:
    """Each screen that shows something: its title, what to do, and what it shows, as labels.

    Only records of which the condition is so for certain; no outcome comes of it.
    """
    words = Words(ruleset.schema, unmask=run.unmask)
    for screen in ruleset.screens:
        found = [words.label(record) for record in shown(screen, run)]
        if found:
            yield screen.title, screen.hint, found


def shown(screen: Screen, run: Run) -> Iterator[Record]:
    """The records of which the condition of a screen is so for certain, and `unless` is not."""
    holds = compile_expr(screen.when, run.world)
    spared = compile_expr(screen.unless, run.world)
    for record in run.records.get(screen.subject, ()):
        frame = Frame({screen.subject: record})
        if holds(frame) is True and spared(frame) is not True:
            yield record
