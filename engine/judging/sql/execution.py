"""One run: the facts in a fresh database, and the requirements judged by subject type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Final, Self

from engine.judging.judge import Outcomes
from engine.judging.sql.database import Database, RefusedError
from engine.judging.sql.needs import Needs, needs_of
from engine.judging.sql.tables import Tables, load
from engine.model.outcome import Outcome
from engine.model.values import Records
from engine.model.world import World
from engine.ruleset import derived
from engine.ruleset.model import Requirement

_REFUSED = (RefusedError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a requirement may end in; anything else is a fault of ours and may be heard of."""

_OUTCOMES: Final = tuple(Outcome)


class Run:
    """Loads what the requirements read, then judges; closes its database at the end."""

    def __init__(
        self,
        requirements: Sequence[Requirement],
        records: Records,
        world: World,
        year: int,
        dialect: str,
    ) -> None:
        self.requirements, self.records, self.world = requirements, records, world
        self.dialect = dialect
        self.tables = Tables()
        self.place = self.tables.number("place", world.place)
        self.database = _opened(dialect, world.as_of, year)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.database.close()

    def outcomes(self) -> Outcomes:
        """Every outcome, by requirement, in the order of the subjects."""
        by_subject: dict[str, list[Requirement]] = {}
        for requirement in self.requirements:
            if self.records.get(requirement.subject):
                by_subject.setdefault(requirement.subject, []).append(requirement)
        self._load(by_subject)
        found: dict[str, list[Outcome]] = {r.id: [] for r in self.requirements}
        at_once = self.database.at_once
        for subject, requirements in by_subject.items():
            rows = [self.tables.number(subject, record) for record in self.records[subject]]
            for start in range(0, len(requirements), at_once):
                found.update(self._judged(requirements[start : start + at_once], rows))
        return found

    def _load(self, by_subject: dict[str, list[Requirement]]) -> None:
        for subject in by_subject:
            for record in self.records[subject]:
                self.tables.number(subject, record)
        needs = Needs()
        for requirement in (r for requirements in by_subject.values() for r in requirements):
            needs.take(self._needs(requirement))
        if needs.calendar:
            self.database.add_calendar(self.world.calendar)
        load(self.database, self.tables, needs, self.world.schema)

    def _judged(
        self, requirements: Sequence[Requirement], rows: Sequence[int]
    ) -> Iterator[tuple[str, list[Outcome]]]:
        """The outcomes of all at once; where that is refused, one by one."""
        fit = [r for r in requirements if self.tables.unfit.isdisjoint(self._needs(r).places)]
        for requirement in requirements:
            yield requirement.id, [Outcome.FAILED] * len(rows)
        try:
            if fit:
                yield from self._query(fit, rows)
        except _REFUSED:
            for requirement in fit if len(fit) > 1 else ():
                yield from self._judged([requirement], rows)

    def _needs(self, requirement: Requirement) -> Needs:
        schema = self.world.schema
        return derived.recall(
            "needs", [requirement], schema, None, lambda: needs_of(requirement, schema)
        )

    def _query(
        self, requirements: Sequence[Requirement], rows: Sequence[int]
    ) -> Iterator[tuple[str, list[Outcome]]]:
        read = {place for each in requirements for place in self._needs(each).places}
        world = self.world
        made_for = (
            self.dialect,
            self.tables.shape(read),
            *sorted(world.params.items()),
            world.assumed,
        )
        text = derived.recall(
            "query", requirements, world.schema, made_for, lambda: self._text(requirements)
        )
        found = zip(*self.database.rows(text), strict=True)
        for requirement, column in zip(requirements, found, strict=True):
            yield requirement.id, [_OUTCOMES[column[row]] for row in rows]

    def _text(self, requirements: Sequence[Requirement]) -> str:
        # Only here, so that what has its texts does not wait for sqlglot.
        from engine.judging.sql.writer import judging  # noqa: PLC0415

        return judging(self.tables, self.world, self.place, requirements, self.dialect)


def _opened(dialect: str, as_of: dt.date, year: int) -> Database:
    if dialect == "sqlite":
        from engine.judging.sql.lite import Sqlite  # noqa: PLC0415 - the one that is used

        return Sqlite(as_of, year)
    from engine.judging.sql.duck import DuckDb  # noqa: PLC0415 - the one that is used

    return DuckDb(as_of, year)
