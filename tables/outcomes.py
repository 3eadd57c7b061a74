"""How outcomes are told, in statements: one by one, findings alone, counted; what was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.tables import ID
from engine.judging.sql.verdict import NUMBERS
from engine.judging.sql.whole.program import Judging, severity_of
from engine.judging.sql.whole.statement import Columns, Statement, joined, selected
from engine.model.outcome import ALWAYS_FINDINGS, OUTCOME_TITLES, Outcome, Severity
from engine.ruleset.model import Requirement
from tables.names import BAD, HOMELESS, KEY, KEYED, PLACE, TWIN, UNIT
from tables.source import Source

OUTCOMES: Final = "outcomes"
TABLES: Final = "tables"
_FINDING: Final = "finding"
_MANY: Final = "n"

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


def shown(source: Source, *, unmask: bool) -> bool:
    """Whether keys may be shown: none of their parts stays in the office."""
    return unmask or not any(source.type.fields[path].kept for path in source.type.key)


def beside(judging: Judging, source: Source, *, unmask: bool) -> Statement:
    """Outcomes and how grave they are, beside what each row is called: a table on the way.

    What is only not evidenced is a step less grave.
    """
    key = n.column(KEY, "s") if shown(source, unmask=unmask) else n.text("")
    columns: Columns = [
        ("key", n.or_else(key, n.text(""))),
        ("row", n.plus(n.column(ID, "s"), n.integer(1))),
        ("place", n.or_else(n.column(PLACE, "s"), n.text(""))),
        ("unit", n.or_else(n.column(UNIT, "s"), n.text(""))),
    ]
    lowest = n.integer(Severity.ADVISORY.rank)
    for each in judging.requirements:
        number, rank = n.column(each.id, "o"), n.column(severity_of(each.id), "o")
        lowered = n.both(
            n.compare("==", number, NUMBERS[Outcome.NOT_EVIDENCED]), n.compare("<", rank, lowest)
        )
        columns.append((each.id, number))
        columns.append(
            (severity_of(each.id), n.case((lowered, n.plus(rank, n.integer(1))), default=rank))
        )
    of = joined(source.type.type, "s", (n.column(ID, "s"), n.column(ID, "o")))
    select = selected(columns, judging.table, "o", joins=[of])
    return Statement(f"{judging.table}|beside", select)


def outcomes_of(requirement: Requirement, table: str, source: Source) -> exp.Select:
    """A row per subject: how one requirement came out, and of what; `table` is `beside`."""
    return selected(_told(requirement, source), table, "o")


def findings_of(requirement: Requirement, table: str, source: Source) -> exp.Select:
    """The same of the subjects of which it is a finding."""
    columns = [each for each in _told(requirement, source) if each[0] != _FINDING]
    return selected(columns, table, "o", where=_finding(requirement))


def alike(judging: Judging, table: str) -> exp.Select:
    """How many rows of one place and unit came out alike; `table` is `beside`."""
    names = [name for name, _ in alike_columns(judging)][:-1]
    by = [n.column(name, "o") for name in names]
    columns: Columns = [*zip(names, by, strict=True), (_MANY, n.count(n.TRUE))]
    return selected(columns, table, "o").group_by(*by, copy=False)


def alike_columns(judging: Judging) -> tuple[tuple[str, str], ...]:
    """The columns of that, and their types."""
    numbers = [each for one in judging.requirements for each in (one.id, severity_of(one.id))]
    texts = (("place", "VARCHAR"), ("unit", "VARCHAR"))
    return (*texts, *((each, "BIGINT") for each in numbers), (_MANY, "BIGINT"))


def counts_of(requirement: Requirement, table: str) -> exp.Select:
    """How often one requirement came out in which way, by place and unit; of rows `alike`."""
    beside = [(name, n.column(name, "o")) for name in ("place", "unit")]
    many = n.cast(n.call("SUM", n.column(_MANY, "o")), "BIGINT")
    select = selected([*_came_out(requirement), *beside, (_MANY, many)], table, "o")
    numbers = (n.column(each, "o") for each in (requirement.id, severity_of(requirement.id)))
    return select.group_by(*numbers, *(column for _, column in beside), copy=False)


def _told(requirement: Requirement, source: Source) -> Columns:
    return [
        *_came_out(requirement),
        ("type", n.text(source.type.type)),
        *((name, n.column(name, "o")) for name in ("key", "row", "place", "unit")),
    ]


def _came_out(requirement: Requirement) -> Columns:
    number, rank = n.column(requirement.id, "o"), n.column(severity_of(requirement.id), "o")
    outcome = n.case(*((n.compare("==", number, NUMBERS[o]), n.text(o)) for o in Outcome))
    grave = n.case(*((n.compare("==", rank, n.integer(s.rank)), n.text(s)) for s in Severity))
    return [
        ("requirement", n.text(requirement.id)),
        ("outcome", outcome),
        ("severity", grave),
        (_FINDING, _finding(requirement)),
    ]


def _finding(requirement: Requirement) -> exp.Expression:
    """Whether an outcome is a finding, as `engine.model.outcome.is_finding` has it."""
    number, rank = n.column(requirement.id, "o"), n.column(severity_of(requirement.id), "o")
    return n.either(
        n.among(number, [NUMBERS[each] for each in ALWAYS_FINDINGS]),
        n.both(
            n.compare("==", number, NUMBERS[Outcome.UNKNOWN]),
            n.compare("==", rank, n.integer(Severity.BLOCKING.rank)),
        ),
    )


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
