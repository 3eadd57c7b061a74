"""What an unknown truth waits for: which facts, each once, and whether blanks alone."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.explaining.trace import Missing, Tracer, missing, reads, waits_for_blanks
from engine.judging.reference import Frame, Reading
from engine.language import tree as t
from engine.model.values import ABSENT, Cause, Elements, Record, Unknown
from tests.engine.small import (
    BLANK,
    UNREADABLE,
    Fact,
    between,
    parts,
    strings,
    thing,
    traced,
    tree,
    world,
)

D = dt.date


def _gaps(text: str, record: Record) -> list[tuple[str, Cause | None]]:
    return [(gap.field, gap.cause) for gap in missing(traced(text, record))]


@pytest.mark.parametrize(
    ("text", "values", "gaps"),
    [
        ("has(thing.on)", {"on": BLANK}, [("on", Cause.BLANK)]),
        ("has(thing.on)", {}, [("on", Cause.NO_COLUMN)]),
        ("has(thing.on)", {"on": D(2024, 7, 9)}, [("on", Cause.PLANNED)]),
        ("thing.on < as_of", {"on": ABSENT}, [("on", None)]),
        ("thing.n >= 3", {"n": UNREADABLE}, [("n", Cause.UNREADABLE)]),
        ("thing.n >= 3", {"n": between(2, 5)}, [("n", Cause.INCOMPLETE)]),
        # only what keeps it open: the known part of a conjunction is not waited for
        (
            "thing.flag && has(thing.on) && thing.n > 1",
            {"flag": True, "on": BLANK, "n": BLANK},
            [("on", Cause.BLANK), ("n", Cause.BLANK)],
        ),
        ("thing.flag || has(thing.on)", {"flag": False, "on": BLANK}, [("on", Cause.BLANK)]),
        # a choice waits for its condition first, then for the chosen branch alone
        (
            "thing.flag ? has(thing.on) : thing.n > 1",
            {"flag": BLANK, "on": BLANK},
            [("flag", Cause.BLANK)],
        ),
        (
            "thing.flag ? has(thing.on) : thing.n > 1",
            {"flag": False, "on": BLANK, "n": UNREADABLE},
            [("n", Cause.UNREADABLE)],
        ),
        # each once
        ("has(thing.on) && thing.on < as_of", {"on": BLANK}, [("on", Cause.BLANK)]),
        ("!(thing.flag || thing.done)", {"flag": BLANK, "done": False}, [("flag", Cause.BLANK)]),
        ("term.big", {"n": BLANK}, [("n", Cause.BLANK)]),
        ("thing.n <= param.most_days", {"n": 1}, [("most_days", Cause.PARAMETER)]),
        # both ends known, but 2027 is in no calendar
        (
            "workdays(thing.until, date(2027, 1, 8)) > 3",
            {"until": D(2026, 12, 30)},
            [("calendar", Cause.CALENDAR)],
        ),
        (
            "thing.until <= deadline(date(2027, 1, 8))",
            {"until": D(2027, 1, 8)},
            [("calendar", Cause.CALENDAR)],
        ),
        ("has(thing.tags)", {"tags": strings(closed=False)}, [("tags", Cause.OPEN_LIST)]),
        ("has(thing.tags)", {}, [("tags", Cause.NO_COLUMN)]),
        (
            "thing.tags.exists(x, x == '红')",
            {"tags": Elements((), closed=False, cause=Cause.BLANK)},
            [("tags", Cause.BLANK)],
        ),
        (
            "size(thing.tags) == 1",
            {"tags": strings("红", closed=False)},
            [("tags", Cause.OPEN_LIST)],
        ),
        # where the thing is decided, it waits for nothing more
        ("thing.flag && has(thing.on)", {"flag": True, "on": D(2024, 5, 1)}, []),
    ],
)
def test_missing(text: str, values: dict[str, Fact], gaps: list[tuple[str, Cause | None]]) -> None:
    assert _gaps(text, thing(**values)) == gaps


def test_missing_within_elements_names_the_element() -> None:
    record = parts(thing(), {"ok": True}, {"ok": BLANK}, {"ok": UNREADABLE})
    gaps = missing(traced("thing.parts.all(p, p.ok)", record))
    assert [(gap.record.key if gap.record else "", gap.cause) for gap in gaps] == [
        ("分2", Cause.BLANK),
        ("分3", Cause.UNREADABLE),
    ]


def test_a_count_waits_for_undecided_elements_and_for_the_rest_of_the_list() -> None:
    record = parts(thing(), {"ok": True}, {"ok": BLANK}, closed=False)
    assert _gaps("at_least(3, thing.parts, p, p.ok)", record) == [
        ("parts", Cause.OPEN_LIST),
        ("ok", Cause.BLANK),
    ]


def test_a_sum_waits_for_every_unknown_number() -> None:
    record = parts(thing(), {"n": 40}, {"n": BLANK}, {"n": ABSENT})
    assert _gaps("sum(thing.parts, p, p.n) >= 60", record) == [
        ("n", Cause.BLANK),
        ("n", None),
    ]


def test_a_row_without_its_parent_is_traced_too() -> None:
    orphan = Record("part", "分9", {"n": 7})
    node = tree("parent.n > 1 && has(parent.parts)", subject="part")
    trace = Tracer(world()).trace(node, Frame({"part": orphan}))
    assert trace.value is None
    assert [(gap.field, gap.cause) for gap in missing(trace)] == [
        ("n", Cause.NO_COLUMN),
        ("parts", Cause.NO_COLUMN),
    ]


EVIDENCE = frozenset({("thing", "on"), ("part", "ok"), ("thing", "tags")})


@pytest.mark.parametrize(
    ("text", "values", "waits"),
    [
        ("has(thing.on)", {"on": BLANK}, True),
        ("has(thing.on)", {}, False),  # a missing column is not missing evidence
        ("has(thing.on)", {"on": UNREADABLE}, False),
        ("has(thing.on)", {"on": Unknown(Cause.ELSEWHERE)}, False),
        ("has(thing.on) && thing.flag", {"on": BLANK, "flag": BLANK}, False),  # not evidence
        ("has(thing.on) && thing.flag", {"on": BLANK, "flag": True}, True),
        ("thing.on < as_of", {"on": ABSENT}, False),
        (
            "thing.tags.exists(x, x == '红')",
            {"tags": Elements((), closed=False, cause=Cause.BLANK)},
            True,
        ),
        ("thing.tags.exists(x, x == '红')", {"tags": strings(closed=False)}, False),
        ("has(thing.on) && thing.n <= param.most_days", {"on": BLANK, "n": 1}, False),
    ],
)
def test_waits_for_blanks(text: str, values: dict[str, Fact], *, waits: bool) -> None:
    assert waits_for_blanks(traced(text, thing(**values)), EVIDENCE) is waits


def test_nothing_missing_is_not_waiting() -> None:
    assert not waits_for_blanks(traced("true", thing()), EVIDENCE)


def test_reads_every_field_in_order_also_of_elements() -> None:
    record = parts(thing(flag=False, n=2), {"ok": True})
    trace = traced("thing.flag && thing.n > 1 && thing.parts.all(p, p.ok)", record)
    assert [(r.key, path.field) for r, path, _ in reads(trace)] == [
        ("事1", "flag"),
        ("事1", "n"),
        ("事1", "parts"),
        ("分1", "ok"),
    ]


def test_the_trace_keeps_what_a_filter_kept() -> None:
    record = parts(thing(), {"ok": True}, {"ok": False}, {"ok": BLANK})
    trace = traced("has(thing.parts) && thing.parts.filter(p, p.ok).all(q, q.n > 1)", record)
    listing = trace.parts[1].parts[0]
    assert isinstance(listing.node, t.Filter)
    assert [element.key for element in listing.value.items] == ["分1", "分3"]


def test_the_plan_is_traced_by_its_own_reading() -> None:
    record = thing(on=Unknown(Cause.PLANNED, planned=D(2024, 7, 9)))
    assert missing(traced("thing.on < as_of", record)) == [Missing(record, "on", Cause.PLANNED)]
    assert not missing(traced("thing.on < as_of", record, Reading.PLAN))
