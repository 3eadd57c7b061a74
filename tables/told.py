"""What a row says of a field, and what other cells of the row tell of it."""

from __future__ import annotations

from sqlglot import exp

from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.judging.sql.whole.statement import Columns
from engine.model.field import FieldType, Holds
from tables.reading import ARTICLE, matches, unmapped
from tables.source import Source
from tables.tabled import Tabled


def plain(made: Tabled, source: Source, path: str) -> tuple[exp.Expression, exp.Expression]:
    """A field's value and state as its column has them."""
    spec = source.type.fields[path]
    if path not in {each for each, _, _ in made.mapped(source)}:
        found = unmapped(spec)
        return found.value, found.state
    return n.column(path, "row"), n.column(path + c.STATE, "row")


def field_columns(made: Tabled, source: Source, path: str, spec: FieldType) -> Columns:
    """A field with what other cells of its row tell of it."""
    value, state = plain(made, source, path)
    if spec.told_by is not None:
        value, state = _told(made, source, path, (value, state))
    if spec.of is not None and spec.of in source.columns:
        paper = n.column(spec.of + c.STATE, "row")
        # of a paper that is said not to be there, or can't be read, nobody knows the day
        sure = n.among(paper, [n.integer(c.KNOWN), n.integer(c.BLANK)])
        value = n.case((sure, value))
        fallen = n.both(n.negate(sure), n.compare("==", state, n.integer(c.KNOWN)))
        state = n.case((fallen, n.integer(c.OTHER)), default=state)
    unsure = made.unsure(source, path)
    value = n.case((n.negate(unsure), value))
    told = n.among(state, [n.integer(c.KNOWN), n.integer(c.IS_ABSENT)])
    state = n.case((n.both(unsure, told), n.integer(c.OTHER)), default=state)
    columns: Columns = [(path, value), (path + c.STATE, state)]
    if spec.planned is not None and spec.planned in source.columns:
        day, _ = plain(made, source, spec.planned)
        empty = n.compare("==", state, n.integer(c.BLANK))
        empty = empty if path in source.columns else n.TRUE
        plan = n.case((empty, day))
        waits = n.both(empty, n.not_null(day))
        columns[1] = (path + c.STATE, n.case((waits, n.integer(c.OTHER)), default=state))
        columns.append((path + c.PLAN, plan))
        made.tables.columns.add((source.type.type, path + c.PLAN))
    return columns


def _told(
    made: Tabled, source: Source, path: str, written: tuple[exp.Expression, exp.Expression]
) -> tuple[exp.Expression, exp.Expression]:
    """What a unit or a ground tells of a field in which nothing is written."""
    spec, (value, state) = source.type.fields[path], written
    by = spec.told_by or ""
    teller, teller_state = plain(made, source, by)
    if spec.holds is Holds.ARTICLE:
        ground = n.both(n.not_null(teller), matches(teller, ARTICLE))
        said = n.case((ground, teller))
    else:
        said = _by_name(spec, teller)
    told_state = n.case(
        (n.not_null(said), n.integer(c.KNOWN)),
        (n.not_null(teller), n.integer(c.IS_ABSENT)),
        default=n.case(
            (n.compare("==", teller_state, n.integer(c.KNOWN)), n.integer(c.OTHER)),
            default=teller_state,
        )
        if spec.holds is Holds.ARTICLE
        else n.integer(c.OTHER),
    )
    if path not in source.columns:
        return said, told_state
    empty = n.compare("==", n.column(path + "|empty", "row"), n.TRUE)
    against = n.both(n.compare("==", state, n.integer(c.IS_ABSENT)), n.not_null(said))
    return (
        n.case((empty, said), default=value),
        n.case((empty, told_state), (against, n.integer(c.OTHER)), default=state),
    )


def set_columns(made: Tabled, source: Source, path: str, spec: FieldType) -> Columns:
    """Whether a set is closed, absent, or why not."""
    if path in source.columns and spec.values:
        unsure = made.unsure(source, path)
        sure, state = n.negate(unsure), n.column(path + c.STATE, "row")
        return [
            (path + c.CLOSED, n.both(sure, n.column(path + c.CLOSED, "row"))),
            (path + c.NONE, n.both(sure, n.column(path + c.NONE, "row"))),
            (path + c.STATE, n.case((unsure, n.integer(c.OTHER)), default=state)),
        ]
    nothing = [(path + c.CLOSED, n.FALSE), (path + c.NONE, n.FALSE)]
    return [*nothing, (path + c.STATE, n.integer(c.OTHER))]


def _by_name(spec: FieldType, unit: exp.Expression) -> exp.Expression:
    """What the name of a unit tells, by how it ends or by what stands in it."""
    branches = []
    for said, endings in spec.endings.items():
        ends = n.either(*(exp.Like(this=unit, expression=n.text(f"%{each}")) for each in endings))
        branches.append((ends, n.text(said)))
    for said, parts in spec.parts.items():
        has = n.either(*(exp.Like(this=unit, expression=n.text(f"%{each}%")) for each in parts))
        branches.append((has, n.text(said)))
    return n.case(*branches)
