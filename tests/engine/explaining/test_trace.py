"""The value of every part of an expression, and what was read for it."""

from __future__ import annotations

import datetime as dt

from engine.explaining.trace import Tracer, reads
from engine.judging.reference import Frame, Reading
from engine.language import tree as t
from engine.model.values import Cause, Record, Unknown
from tests.engine.small import BLANK, parts, thing, traced, tree, world

D = dt.date


def test_a_row_without_its_parent_is_traced_too() -> None:
    orphan = Record("part", "分9", {"n": 7})
    node = tree("parent.n > 1 && has(parent.parts)", subject="part")
    assert Tracer(world()).trace(node, Frame({"part": orphan})).value is None


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
    assert traced("thing.on > as_of", record).value is None
    assert traced("thing.on > as_of", record, Reading.PLAN).value is True
