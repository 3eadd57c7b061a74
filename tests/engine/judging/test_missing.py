"""What an unknown truth waits for: which facts, each once, and whether blanks alone."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.judging.missing import Missing, missing, to_supply, waits_for_blanks
from engine.judging.reference import Frame, Reading
from engine.model.values import ABSENT, Cause, Elements, Record, Unknown
from tests.engine.small import (
    AS_OF,
    BLANK,
    UNREADABLE,
    Fact,
    between,
    parts,
    strings,
    thing,
    tree,
    world,
)

D = dt.date


def gaps(text: str, record: Record, reading: Reading = Reading.JUDGE) -> list[Missing]:
    """What a text about a record waits for."""
    frame = Frame({record.type: record}, (AS_OF, AS_OF))
    return missing(tree(text, subject=record.type), frame, world(), reading)


def fields(text: str, record: Record) -> list[tuple[str, Cause | None]]:
    return [(gap.field, gap.cause) for gap in gaps(text, record)]


@pytest.mark.parametrize(
    ("text", "values", "waits_for"),
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
def test_missing(
    text: str, values: dict[str, Fact], waits_for: list[tuple[str, Cause | None]]
) -> None:
    assert fields(text, thing(**values)) == waits_for


def test_missing_within_elements_names_the_element() -> None:
    record = parts(thing(), {"ok": True}, {"ok": BLANK}, {"ok": UNREADABLE})
    found = gaps("thing.parts.all(p, p.ok)", record)
    assert [(gap.record.key if gap.record else "", gap.cause) for gap in found] == [
        ("分2", Cause.BLANK),
        ("分3", Cause.UNREADABLE),
    ]


def test_a_count_waits_for_undecided_elements_and_for_the_rest_of_the_list() -> None:
    record = parts(thing(), {"ok": True}, {"ok": BLANK}, closed=False)
    assert fields("at_least(3, thing.parts, p, p.ok)", record) == [
        ("parts", Cause.OPEN_LIST),
        ("ok", Cause.BLANK),
    ]


def test_a_sum_waits_for_every_unknown_number() -> None:
    record = parts(thing(), {"n": 40}, {"n": BLANK}, {"n": ABSENT})
    assert fields("sum(thing.parts, p, p.n) >= 60", record) == [
        ("n", Cause.BLANK),
        ("n", None),
    ]


def test_a_row_without_its_parent_waits_for_it() -> None:
    orphan = Record("part", "分9", {"n": 7})
    assert fields("parent.n > 1 && has(parent.parts)", orphan) == [
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
    frame = Frame({"thing": thing(**values)}, (AS_OF, AS_OF))
    assert waits_for_blanks(tree(text), frame, world(), EVIDENCE) is waits


def test_nothing_missing_is_not_waiting() -> None:
    assert not waits_for_blanks(tree("true"), Frame({"thing": thing()}), world(), EVIDENCE)


def test_a_filter_waits_for_what_may_belong_to_it() -> None:
    """Broken by going through what an earlier filter has left out (分2), or by leaving out what
    may pass it (分3)."""
    record = parts(thing(), {"ok": True, "n": BLANK}, {"ok": False, "n": BLANK}, {"ok": BLANK})
    text = "thing.parts.filter(p, p.ok).all(q, q.n > 1)"
    assert [(gap.record.key, gap.field) for gap in gaps(text, record) if gap.record] == [
        ("分3", "ok"),
        ("分1", "n"),
        ("分3", "n"),
    ]


def test_the_plan_is_searched_by_its_own_reading() -> None:
    record = thing(on=Unknown(Cause.PLANNED, planned=D(2024, 7, 9)))
    assert gaps("thing.on < as_of", record) == [Missing(record, "on", Cause.PLANNED)]
    assert not gaps("thing.on < as_of", record, Reading.PLAN)


def test_what_would_settle_an_open_list_is_the_field_that_it_waits_for() -> None:
    """Fails if a reader is sent to a list where one empty cell keeps it open."""
    other = thing(word=BLANK, n=3)
    waiting = thing(
        parts=Elements((), waits=(other, "word")), tags=Elements((), waits=(other, "n"))
    )
    closed = thing(parts=Elements((), closed=True, waits=(other, "word")))
    asked = [
        Missing(waiting, "parts", Cause.OPEN_LIST),
        Missing(waiting, "tags", Cause.OPEN_LIST),  # its own cause where the field is known
        Missing(closed, "parts", Cause.OPEN_LIST),
        Missing(thing(parts=Elements()), "parts", Cause.OPEN_LIST),
        Missing(thing(), "parts", Cause.NO_COLUMN),
        Missing(None, "most_days", Cause.PARAMETER),
    ]
    assert [to_supply(gap) for gap in asked] == [
        Missing(other, "word", Cause.BLANK),
        Missing(other, "n", Cause.OPEN_LIST),
        *asked[2:],
    ]
