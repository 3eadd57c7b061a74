"""What statements run elsewhere leave behind: the outcomes, and what was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.tables import ID
from engine.judging.sql.verdict import NUMBERS
from engine.judging.sql.whole.program import severity_of
from engine.judging.sql.whole.statement import Columns, joined, selected
from engine.model.outcome import ALWAYS_FINDINGS, OUTCOME_TITLES, Outcome, Severity
from engine.ruleset.model import Requirement
from tables.names import BAD, HOMELESS, KEY, KEYED, PLACE, TWIN, UNIT
from tables.results import shown
from tables.source import Source

OUTCOMES: Final = "outcomes"
TABLES: Final = "tables"

_MADE: Final = {
    OUTCOMES: (
        ("requirement", "VARCHAR"), ("outcome", "VARCHAR"), ("severity", "VARCHAR"),
        ("finding", "BOOLEAN"), ("type", "VARCHAR"), ("key", "VARCHAR"), ("row", "BIGINT"),
        ("place", "VARCHAR"), ("unit", "VARCHAR"),
    ),
    TABLES: (("type", "VARCHAR"), ("called", "VARCHAR"), ("said", "VARCHAR"), ("many", "BIGINT")),
}  # fmt: skip


def made_for(name: str) -> tuple[tuple[str, str], ...]:
    """The columns of a table of results, and their types: as the parquet files have them."""
    return _MADE[name]


def outcomes_of(
    requirement: Requirement, table: str, source: Source, *, unmask: bool
) -> exp.Select:
    """A row per subject: how one requirement came out, and of what."""
    number: exp.Expression = n.column(requirement.id, "o")
    rank: exp.Expression = n.column(severity_of(requirement.id), "o")
    lowest = n.integer(Severity.ADVISORY.rank)
    lowered = n.both(
        n.compare("==", number, NUMBERS[Outcome.NOT_EVIDENCED]), n.compare("<", rank, lowest)
    )
    rank = n.case((lowered, n.plus(rank, n.integer(1))), default=rank)
    finding = n.either(
        n.among(number, [NUMBERS[each] for each in ALWAYS_FINDINGS]),
        n.both(
            n.compare("==", number, NUMBERS[Outcome.UNKNOWN]),
            n.compare("==", rank, n.integer(Severity.BLOCKING.rank)),
        ),
    )
    key = n.column(KEY, "s") if shown(source, unmask=unmask) else n.text("")
    columns: Columns = [
        ("requirement", n.text(requirement.id)),
        ("outcome", n.case(*((n.compare("==", number, NUMBERS[o]), n.text(o)) for o in Outcome))),
        (
            "severity",
            n.case(*((n.compare("==", rank, n.integer(s.rank)), n.text(s)) for s in Severity)),
        ),
        ("finding", finding),
        ("type", n.text(source.type.type)),
        ("key", n.or_else(key, n.text(""))),
        ("row", n.plus(n.column(ID, "s"), n.integer(1))),
        ("place", n.or_else(n.column(PLACE, "s"), n.text(""))),
        ("unit", n.or_else(n.column(UNIT, "s"), n.text(""))),
    ]
    of = joined(source.type.type, "s", (n.column(ID, "s"), n.column(ID, "o")))
    return selected(columns, table, "o", joins=[of])


def read_of(source: Source, called: str) -> Iterator[exp.Select]:
    """How many rows of a table were read, judged, belong nowhere, have unread cells or a twin."""
    name = source.type.type
    counts: list[tuple[str, str, exp.Expression]]
    counts = [("读到的行", name + KEYED, n.TRUE), ("核了的行", name, n.TRUE)]
    if source.type.parent is not None:
        counts.append(("不知属于谁、没有核的行", name + HOMELESS, n.TRUE))
    unread = n.compare(">", n.column(BAD, "row"), n.integer(0))
    counts.append(("有读不准的格的行", name, unread))
    counts.append(("编号与别的行重复的行", name, n.surely(n.column(TWIN, "row"))))
    for said, table, condition in counts:
        columns = [("type", n.text(name)), ("called", n.text(called)), ("said", n.text(said))]
        yield selected([*columns, ("many", n.count(condition))], table, "row")


def by_table() -> exp.Select:
    """What was read, table by table."""
    columns = [(name, n.column(name, "t")) for name, _ in _MADE[TABLES]]
    select = selected(columns, TABLES, "t")
    return select.order_by(n.column("type", "t"), copy=False)


def by_outcome() -> exp.Select:
    """How often each requirement came out in which way."""
    outcome = n.column("outcome", "o")
    titles = OUTCOME_TITLES.items()
    said = n.case(*((n.compare("==", outcome, n.text(o)), n.text(title)) for o, title in titles))
    by = [n.column(each, "o") for each in ("requirement", "outcome", "severity")]
    columns: Columns = [
        ("requirement", by[0]), ("outcome", by[1]), ("said", said), ("severity", by[2]),
        ("many", n.count(n.TRUE)),
    ]  # fmt: skip
    select = selected(columns, OUTCOMES, "o")
    return select.group_by(*by, copy=False).order_by(*by, copy=False)
