"""One run: the facts in a fresh database, and the requirements judged by subject type."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

import duckdb

from engine.judging.judge import Outcomes
from engine.judging.sql import database
from engine.judging.sql.database import ON_CALENDAR
from engine.judging.sql.needs import Needs, expressions, read_by
from engine.judging.sql.tables import Tables, load
from engine.language import tree as t
from engine.language.canonical import canonical
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.model.values import Records
from engine.model.world import World
from engine.ruleset import derived
from engine.ruleset.model import Requirement

_REFUSED = (duckdb.Error, ArithmeticError, LookupError, TypeError, ValueError)
"""What a requirement may end in; anything else is a fault of ours and may be heard of."""

_OUTCOMES: Final = tuple(Outcome)

AT_ONCE: Final = 8
"""Requirements in one query: planning grows faster than their number."""

LARGE: Final = 5_000
"""Records above which the database's optimiser is worth its time."""

THREADS: Final = 2
"""Queries planned at a time: planning uses one core each, and leaves Python free."""


class Run:
    """Loads what the requirements read, then judges; closes its database at the end."""

    def __init__(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> None:
        self.requirements, self.records, self.world = requirements, records, world
        self.year = year
        self.tables = Tables()
        self.place = self.tables.number("place", world.place)
        self.connection = database.connect(
            world.as_of, year, large=sum(map(len, records.values())) > LARGE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def outcomes(self) -> Outcomes:
        """Every outcome, by requirement, in the order of the subjects."""
        by_subject: dict[str, list[Requirement]] = {}
        for requirement in self.requirements:
            if self.records.get(requirement.subject):
                by_subject.setdefault(requirement.subject, []).append(requirement)
        self._load(by_subject)
        found: dict[str, list[Outcome]] = {r.id: [] for r in self.requirements}
        with ThreadPoolExecutor(THREADS) as pool:
            parts = [
                (subject, requirements[start : start + AT_ONCE])
                for subject, requirements in by_subject.items()
                for start in range(0, len(requirements), AT_ONCE)
            ]
            for outcomes in pool.map(lambda part: self._subject(*part), parts):
                found.update(outcomes)
        return found

    def _load(self, by_subject: dict[str, list[Requirement]]) -> None:
        for subject in by_subject:
            for record in self.records[subject]:
                self.tables.number(subject, record)
        asked = [r for requirements in by_subject.values() for r in requirements]
        schema = self.world.schema
        needs = derived.recall("needs", asked, schema, None, lambda: _needs(asked, schema))
        load(self.connection, self.tables, needs)
        if needs.calendar:
            database.create_calendar(self.connection, self.world.calendar)

    def _subject(
        self, subject: str, requirements: Sequence[Requirement]
    ) -> dict[str, list[Outcome]]:
        """All at once; where that is refused, one by one."""
        rows = [self.tables.number(subject, record) for record in self.records.get(subject, ())]
        failed = {r.id: [Outcome.FAILED] * len(rows) for r in requirements}
        fit = [r for r in requirements if not self._unfit(r)]
        if not fit:
            return failed
        try:
            return failed | self._query(fit, rows)
        except _REFUSED:
            if len(fit) == 1:
                return failed
        for requirement in fit:
            failed |= self._subject(subject, [requirement])
        return failed

    def _unfit(self, requirement: Requirement) -> bool:
        nodes = [node for node, _ in expressions(requirement)]
        return not self.tables.unfit.isdisjoint(read_by(nodes))

    def _query(
        self, requirements: Sequence[Requirement], rows: Sequence[int]
    ) -> dict[str, list[Outcome]]:
        shape = self.tables.shape(), *sorted(self.world.params.items()), self.world.assumed
        text = derived.recall(
            "query", requirements, self.world.schema, shape, lambda: self._text(requirements)
        )
        with self.connection.cursor() as cursor:
            found = list(zip(*cursor.execute(text).fetchall(), strict=True))
        return {
            requirement.id: [_OUTCOMES[column[row]] for row in rows]
            for requirement, column in zip(requirements, found, strict=True)
        }

    def _text(self, requirements: Sequence[Requirement]) -> str:
        # Only here, so that what has its texts does not wait for sqlglot.
        from engine.judging.sql.writer import judging  # noqa: PLC0415

        return judging(self.tables, self.world, self.place, requirements)


def _needs(requirements: Sequence[Requirement], schema: Schema) -> Needs:
    """All that must be loaded to judge `requirements`."""
    needs = Needs(schema)
    for requirement in requirements:
        subject = requirement.subject
        needs.types.add(subject)
        for node, searched in expressions(requirement):
            tree = canonical(node)
            needs.add(tree, {subject: subject, "place": "place"}, states=searched)
            needs.calendar = needs.calendar or any(
                isinstance(part, t.Call) and part.name in ON_CALENDAR for part in t.walk(tree)
            )
    return needs
