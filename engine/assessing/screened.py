"""Records worth a look, whatever else is known of them: what the screens of a ruleset show."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explaining.words import Words
from engine.judging.reference import Frame, compile_expr
from engine.judging.run import Run
from engine.ruleset.model import Ruleset


def screened(ruleset: Ruleset, run: Run) -> Iterator[tuple[str, str, list[str]]]:
    """Each screen that shows something: its title, what to do, and what it shows, as labels.

    Only records of which the condition is so for certain; no outcome comes of it.
    """
    words = Words(ruleset.schema, unmask=run.unmask)
    for screen in ruleset.screens:
        holds = compile_expr(screen.when, run.world)
        shown = [
            words.label(record)
            for record in run.records.get(screen.subject, ())
            if holds(Frame({screen.subject: record})) is True
        ]
        if shown:
            yield screen.title, screen.hint, shown
