"""What z3 reads in expressions: worked out by hand, and the reference says the same."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.guard.verify.encode import slots_needed
from engine.judging.reference import Reading
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, Truth, Unknown
from engine.model.world import Period
from tests.engine.guard.verify.pinned import Pinned
from tests.engine.small import (
    BLANK,
    Fact,
    between,
    parts,
    strings,
    thing,
    tree,
    value,
    world,
)

D, M = dt.date, dt.datetime
T, F, U = True, False, None
MAY = D(2024, 5, 1)
WATER = "水"
ALWAYS = (D.min, D.max)
PLANNED = Unknown(Cause.PLANNED, planned=D(2024, 8, 1))
HERE = {"level": "市级"}
SET = {"most_days": 5, "share": Decimal("0.25")}


def given(**values: Fact) -> dict[str, Fact]:
    return values


ROWS: list[tuple[str, dict[str, Fact], Truth]] = [
    # truths
    ("true", {}, T),
    ("false", {}, F),
    ("thing.flag", given(flag=T), T),
    ("thing.flag", given(flag=F), F),
    ("thing.flag", given(flag=BLANK), U),
    ("!thing.flag", given(flag=F), T),
    ("thing.flag && thing.done", given(flag=T, done=T), T),
    ("thing.flag && thing.done", given(flag=F), F),
    ("thing.flag && thing.done", given(flag=T), U),
    ("thing.flag && true", given(flag=T), T),
    ("thing.flag && false", given(flag=T), F),
    ("thing.flag || thing.done", given(flag=T), T),
    ("thing.flag || thing.done", given(flag=F), U),
    ("thing.flag || true", given(flag=F), T),
    ("thing.flag || false", given(flag=F), F),
    ("thing.flag ? thing.n >= 1 : thing.m >= 1", given(flag=T, n=1, m=0), T),
    ("thing.flag ? thing.n >= 1 : thing.m >= 1", given(flag=F, n=1, m=0), F),
    ("thing.flag ? thing.n >= 1 : thing.m >= 1", given(n=1, m=1), U),
    ("true ? thing.flag : thing.done", given(flag=F, done=T), F),
    ("thing.flag == thing.done", given(flag=F, done=F), T),
    ("thing.flag == thing.done", given(flag=F, done=T), F),
    ("thing.flag == thing.done", given(flag=F), U),
    ("thing.flag != thing.done", given(flag=F, done=T), T),
    ("term.big", given(n=10), T),
    ("term.big", given(n=9), F),
    # numbers
    ("thing.n < 3", given(n=2), T),
    ("thing.n < 3", given(n=3), F),
    ("thing.n < 3", given(n=ABSENT), U),
    ("thing.n < 3", given(n=between(2, 3)), U),
    ("thing.n <= 3", given(n=between(2, 3)), T),
    ("thing.n <= 3", given(n=between(4, 9)), F),
    ("thing.n > 3", given(n=3), F),
    ("thing.n >= 3", given(n=3), T),
    ("thing.n == 3", given(n=3), T),
    ("thing.n == 3", given(n=between(3, 4)), U),
    ("thing.n == 3", given(n=between(4, 5)), F),
    ("thing.n != 3", given(n=between(1, 2)), T),
    ("thing.n in [1, 3]", given(n=3), T),
    ("thing.n in [1, 3]", given(n=2), F),
    ("thing.n in [1, 3]", given(n=between(1, 2)), U),
    ("thing.n + thing.m == 7", given(n=3, m=4), T),
    ("thing.n + thing.m == 7", given(n=3), U),
    ("thing.n - thing.m == 3", given(n=7, m=4), T),
    ("thing.n - thing.m > 2", given(n=between(7, 9), m=between(4, 5)), U),
    ("-thing.n <= -3", given(n=3), T),
    ("-thing.n <= -3", given(n=between(1, 3)), U),
    ("-thing.n <= -3", given(n=between(0, 2)), F),
    ("thing.amount * 20 >= thing.n", given(amount=Decimal("0.05"), n=1), T),
    ("thing.amount * 20 >= thing.n", given(amount=Decimal("0.04"), n=1), F),
    ("thing.n * 0.1 > 0.5", given(n=5), F),
    ("thing.n * 0.1 > 0.5", given(n=6), T),
    ("(thing.flag ? thing.n : thing.m) == 2", given(flag=T, n=2, m=3), T),
    ("(thing.flag ? thing.n : thing.m) == 2", given(flag=F, n=2, m=3), F),
    ("(thing.flag ? thing.n : thing.m) == 2", given(n=2, m=2), U),
    ("min(thing.n, thing.m) <= 3", given(n=3), T),
    ("min(thing.n, thing.m) >= 3", given(n=3), U),
    ("min(thing.n, thing.m) == 3", given(n=3, m=4), T),
    ("max(thing.n, thing.m) >= 3", given(m=3), T),
    ("max(thing.n, thing.m) <= 3", given(m=3), U),
    ("max(thing.n, thing.m) == 4", given(n=3, m=4), T),
    ("thing.n <= param.most_days", given(n=5), T),
    ("thing.n <= param.most_days", given(n=6), F),
    ("thing.amount <= param.share", given(amount=Decimal("0.25")), T),
    ("thing.amount <= param.share", given(amount=Decimal("0.26")), F),
    # strings
    ("thing.kind == '甲'", given(kind="甲"), T),
    ("thing.kind == '甲'", given(kind="乙"), F),
    ("thing.kind == '甲'", given(kind=ABSENT), U),
    ("thing.kind != '甲'", given(kind="乙"), T),
    ("thing.word == thing.secret", given(word="水", secret=WATER), T),
    ("thing.word == thing.secret", given(word="火", secret=WATER), F),
    ("thing.kind in ['甲', '乙']", given(kind="乙"), T),
    ("thing.kind in ['甲', '乙']", given(kind="丙"), F),
    ("thing.kind in ['甲', '乙']", given(kind=BLANK), U),
    ("(thing.flag ? thing.kind : thing.word) == '甲'", given(flag=T, kind="甲"), T),
    ("(thing.flag ? thing.kind : thing.word) == '甲'", given(flag=F, kind="甲", word="水"), F),
    ("(thing.flag ? thing.kind : thing.word) == '甲'", given(kind="甲", word="甲"), U),
    ("place.level == '市级'", {}, T),
    ("place.level == '县级'", {}, F),
    # there or not
    ("has(thing.n)", given(n=0), T),
    ("has(thing.n)", given(n=ABSENT), F),
    ("has(thing.n)", given(n=BLANK), U),
    ("has(thing.n)", given(n=between(1, 2)), T),
    ("has(thing.on)", given(on=D(2024, 6, 30)), T),
    ("has(thing.on)", given(on=D(2024, 7, 1)), U),  # after the day of the check
    ("has(thing.on)", given(on=between(MAY, D(2024, 7, 1))), U),
    ("has(thing.until)", given(until=D(2024, 7, 1)), T),  # a term may lie ahead
    ("has(thing.on)", given(on=PLANNED), U),
    ("has(thing.at)", given(at=M(2024, 6, 30, 23, 59)), T),
    ("has(thing.at)", given(at=M(2024, 7, 1, 0, 0)), U),
    # days
    ("thing.until < as_of", given(until=D(2024, 6, 29)), T),
    ("thing.until < as_of", given(until=D(2024, 6, 30)), F),
    ("thing.on > thing.until", given(on=D(2024, 5, 2), until=MAY), T),
    ("days(thing.on, thing.until) == 30", given(on=MAY, until=D(2024, 5, 31)), T),
    ("days(thing.on, thing.until) == -30", given(on=D(2024, 5, 31), until=MAY), T),
    ("add_days(thing.on, 30) == thing.until", given(on=MAY, until=D(2024, 5, 31)), T),
    (
        "hours(thing.at, thing.then) == 25.5",
        given(at=M(2024, 5, 1, 8), then=M(2024, 5, 2, 9, 30)),
        T,
    ),
    # 1 to 5 May 2024 were holidays, Saturday 11 May a working day
    ("workdays(thing.on, thing.until) == 1", given(on=D(2024, 4, 30), until=D(2024, 5, 6)), T),
    ("workdays(thing.on, thing.until) == 5", given(on=D(2024, 5, 6), until=D(2024, 5, 11)), T),
    ("workdays(thing.on, thing.until) == -5", given(on=D(2024, 5, 11), until=D(2024, 5, 6)), T),
    ("workdays(thing.on, thing.until) == 0", given(on=MAY, until=MAY), T),
    ("workdays(thing.on, thing.until) >= 0", given(on=MAY, until=D(2099, 1, 1)), U),
    ("add_months(thing.on, 1) == thing.until", given(on=D(2024, 1, 31), until=D(2024, 2, 29)), T),
    ("add_months(thing.on, -1) == thing.until", given(on=D(2024, 3, 31), until=D(2024, 2, 29)), T),
    ("add_months(thing.on, 12) == thing.until", given(on=D(2024, 2, 29), until=D(2025, 2, 28)), T),
    (
        "add_months(thing.on, thing.n) > thing.until",
        given(on=MAY, until=D(2024, 5, 15), n=between(0, 1)),
        U,
    ),
    ("add_days(thing.on, thing.n) > as_of", given(on=MAY, n=100), T),
    ("add_days(thing.on, thing.n) > as_of", given(on=MAY, n=9_000_000), U),  # after 9999
    ("add_months(thing.on, thing.n) > as_of", given(on=MAY, n=9_000_000), U),
    (
        "add_months(thing.on, 1) <= thing.until && add_months(thing.on, 1) >= thing.until",
        given(on=D(2024, 5, 31), until=D(2024, 6, 30)),
        T,
    ),
    ("(true ? thing.n : thing.m) == 2", given(n=2, m=3), T),
    ("thing.n <= param.most_days && thing.m > param.most_days", given(n=5, m=6), T),
    ("date(thing.n, 3, 1) == date(2024, 3, 1)", given(n=2024), T),
    ("days(date(thing.n, 1, 1), date(thing.n, 12, 31)) == 365", given(n=2024), T),
    ("days(date(thing.n, 1, 1), date(thing.n, 12, 31)) == 365", given(n=2023), F),
    ("date(thing.n, 1, 1) > as_of", given(n=BLANK), U),
    # sets
    ("thing.tags.exists(s, s == '红')", given(tags=strings("红", "绿")), T),
    ("thing.tags.exists(s, s == '红')", given(tags=strings("绿")), F),
    ("thing.tags.exists(s, s == '红')", given(tags=strings("绿", closed=False)), U),
    ("thing.secret_tags.all(s, s != '密')", given(secret_tags=strings("甲", "乙")), T),
    ("thing.secret_tags.all(s, s != '密')", given(secret_tags=strings("甲", "密")), F),
    ("thing.secret_tags.all(s, s != '密')", given(secret_tags=strings("甲", closed=False)), U),
    ("has(thing.tags)", given(tags=strings()), F),
    ("has(thing.tags)", given(tags=strings("红", closed=False)), T),
    ("has(thing.tags)", given(tags=strings(closed=False)), U),
    ("size(thing.tags) == 0", given(tags=ABSENT_LIST), T),
]


@pytest.mark.parametrize(("text", "facts", "expected"), ROWS)
def test_z3_and_the_reference_read_one_record_alike(
    text: str, facts: dict[str, Fact], expected: Truth
) -> None:
    record = thing(**facts)
    params = {name: [Period(*ALWAYS, number)] for name, number in SET.items()}
    assert value(text, record, within=world(params=params, place=HERE)) is expected
    assert Pinned(record, HERE, SET).truth(text) is expected


MOVED: list[tuple[str, dict[str, Fact], Truth, set[Truth]]] = [
    (
        "add_workdays(thing.on, 5) == thing.until",
        given(on=D(2024, 5, 6), until=D(2024, 5, 11)),
        T,
        {T, U},
    ),
    (
        "add_workdays(thing.on, 5) == thing.until",
        given(on=D(2024, 5, 6), until=D(2024, 5, 10)),
        F,
        {F, U},
    ),
    (
        "add_workdays(thing.on, -5) == thing.until",
        given(on=D(2024, 5, 11), until=D(2024, 5, 6)),
        T,
        {T, U},
    ),
    ("add_workdays(thing.on, 0) == thing.until", given(on=MAY, until=MAY), T, {T}),
    ("add_workdays(thing.until, 5) > thing.on", given(on=MAY, until=D(2090, 1, 1)), U, {U}),
    ("deadline(thing.until) == date(2024, 5, 6)", given(until=D(2024, 5, 4)), T, {T, U}),
    ("deadline(thing.until) == date(2024, 5, 6)", given(until=D(2024, 5, 6)), T, {T, U}),
    ("deadline(thing.until) == date(2024, 5, 6)", given(until=D(2024, 4, 30)), F, {F, U}),
    (
        "deadline(thing.until) >= thing.on && deadline(thing.until) <= thing.on",
        given(until=D(2024, 5, 4), on=D(2024, 5, 6)),
        T,
        {T, U},
    ),
]


@pytest.mark.parametrize(("text", "facts", "expected", "left"), MOVED)
def test_where_a_working_day_falls_is_said_right_or_left_open(
    text: str, facts: dict[str, Fact], expected: Truth, left: set[Truth]
) -> None:
    """z3 may take a day for one beyond the calendar; never for another day."""
    record = thing(**facts)
    assert value(text, record) is expected
    assert Pinned(record).truths(text) == left


OK, POOR, DOUBTFUL = ({"ok": state} for state in (T, F, BLANK))
LISTS: list[tuple[str, list[dict[str, Fact]], Truth, Truth]] = [
    # the truth where the list is closed, and where it is open
    ("thing.parts.all(p, p.ok)", [], T, U),
    ("thing.parts.all(p, p.ok)", [OK, OK], T, U),
    ("thing.parts.all(p, p.ok)", [OK, POOR], F, F),
    ("thing.parts.all(p, p.ok)", [OK, DOUBTFUL], U, U),
    ("thing.parts.exists(p, p.ok)", [], F, U),
    ("thing.parts.exists(p, p.ok)", [POOR, OK], T, T),
    ("thing.parts.exists(p, p.ok)", [POOR, DOUBTFUL], U, U),
    ("thing.parts.exists(p, p.ok)", [POOR], F, U),
    ("has(thing.parts)", [POOR], T, T),
    ("has(thing.parts)", [], F, U),
    ("size(thing.parts) >= 2", [OK, POOR], T, T),
    ("size(thing.parts) < 2", [OK], T, U),
    ("2 > size(thing.parts)", [OK], T, U),
    ("size(thing.parts) == 2", [OK, OK], T, U),
    ("size(thing.parts.filter(p, p.ok)) == 1", [OK, POOR], T, U),
    ("size(thing.parts.filter(p, p.ok)) == 1", [OK, DOUBTFUL], U, U),
    ("size(thing.parts.filter(p, p.ok)) <= 1", [OK, DOUBTFUL], U, U),
    ("size(thing.parts.filter(p, p.ok)) <= 2", [OK, DOUBTFUL], T, U),
    ("at_least(1, thing.parts, p, p.ok)", [OK, DOUBTFUL], T, T),
    ("at_least(1, thing.parts, p, p.ok)", [DOUBTFUL], U, U),
    ("thing.parts.filter(p, p.ok).all(p, p.n >= 2)", [{"ok": T, "n": 2}, {"ok": F}], T, U),
    ("thing.parts.filter(p, p.ok).all(p, p.n >= 2)", [{"ok": BLANK, "n": 1}], U, U),
    ("thing.parts.filter(p, p.ok).exists(p, p.n >= 2)", [{"ok": BLANK, "n": 2}], U, U),
    (
        "thing.parts.filter(p, p.ok).filter(p, p.n >= 2).exists(p, p.word == '水')",
        [{"ok": T, "n": 2, "word": "水"}],
        T,
        T,
    ),
    ("sum(thing.parts, p, p.n) == 5", [{"n": 2}, {"n": 3}], T, U),
    ("sum(thing.parts, p, p.n) >= 5", [{"n": 2}, {"n": 3}], T, T),
    ("sum(thing.parts, p, p.n) >= 5", [{"n": 5}, {"n": BLANK}], T, T),
    ("sum(thing.parts, p, p.n) <= 5", [{"n": 5}, {"n": BLANK}], U, U),
    ("sum(thing.parts, p, p.n) <= 5", [{"n": 5}], T, U),
    ("sum(thing.parts.filter(p, p.ok), p, p.n) == 2", [{"ok": T, "n": 2}, {"ok": F, "n": 3}], T, U),
    ("sum(thing.parts.filter(p, p.ok), p, p.n) <= 2", [{"ok": BLANK, "n": 3}], U, U),
    ("sum(thing.parts.filter(p, p.ok), p, p.n) <= 3", [{"ok": BLANK, "n": 3}], T, U),
    ("has(thing.parts) && thing.parts.all(p, p.ok)", [OK], T, U),
    ("thing.parts.all(p, p.parent.flag)", [OK], T, U),
    ("thing.parts.all(p, p.leaves.exists(l, l.ok))", [OK], U, U),
]


@pytest.mark.parametrize(("text", "items", "closed", "open_"), LISTS)
def test_lists_open_and_closed(
    text: str, items: list[dict[str, Fact]], closed: Truth, open_: Truth
) -> None:
    for expected, shut in ((closed, True), (open_, False)):
        record = parts(thing(flag=T), *items, closed=shut)
        assert value(text, record) is expected
        assert Pinned(record).truth(text) is expected


def test_a_field_of_the_record_above() -> None:
    for flag, expected in ((T, T), (F, F), (BLANK, U)):
        part = Record("part", "分1", {}, parent=thing(flag=flag))
        assert value("part.parent.flag", part) is expected
        assert Pinned(part).truth("part.parent.flag") is expected


@pytest.mark.parametrize(
    ("text", "facts", "judged", "curable", "planned"),
    [
        ("thing.done", given(done=F), F, U, F),  # a 否 that may still become 是
        ("thing.flag", given(flag=F), F, F, F),
        ("has(thing.n)", given(n=ABSENT), F, U, F),
        ("has(thing.on)", given(on=PLANNED), U, U, T),
        ("thing.on > as_of", given(on=PLANNED), U, U, T),
        ("thing.on > as_of", given(on=D(2024, 7, 1)), U, U, T),
        ("has(thing.parts)", given(parts=ABSENT_LIST), F, U, F),
        ("has(thing.fixed)", given(fixed=ABSENT_LIST), F, U, F),
        ("has(thing.fixed)", given(fixed=Elements((), closed=True)), F, F, F),
        ("has(thing.parts)", given(parts=Elements((), closed=True)), F, U, F),  # may still grow
    ],
)
def test_the_three_readings(
    text: str, facts: dict[str, Fact], judged: Truth, curable: Truth, planned: Truth
) -> None:
    record = thing(**facts)
    readings = (Reading.JUDGE, judged), (Reading.CURABLE, curable), (Reading.PLAN, planned)
    for reading, expected in readings:
        assert value(text, record, reading=reading) is expected
        assert Pinned(record).truth(text, reading) is expected


@pytest.mark.parametrize(
    ("text", "item", "judged", "curable", "planned"),
    [
        ("thing.parts.all(p, has(p.on))", given(on=PLANNED), U, U, T),
        ("thing.parts.exists(p, has(p.on))", given(on=PLANNED), U, U, T),
        ("size(thing.parts.filter(p, has(p.on))) == 1", given(on=PLANNED), U, U, T),
        ("sum(thing.parts.filter(p, has(p.on)), p, p.n) >= 2", given(on=PLANNED, n=2), U, U, T),
        (
            "thing.parts.filter(p, has(p.on)).filter(p, p.ok).exists(p, p.n >= 2)",
            given(on=PLANNED, ok=T, n=2),
            U,
            U,
            T,
        ),
        # A list that may still grow, seen through its filters.
        ("thing.parts.filter(p, p.ok).exists(p, p.n >= 2)", given(ok=F, n=2), F, U, F),
        ("thing.parts.filter(p, p.ok).all(p, p.n >= 2)", given(ok=T, n=2), T, U, T),
        ("size(thing.parts.filter(p, p.ok)) <= 1", given(ok=T), T, U, T),
    ],
)
def test_a_reading_reaches_into_lists(
    text: str, item: dict[str, Fact], judged: Truth, curable: Truth, planned: Truth
) -> None:
    record = parts(thing(), item)
    readings = (Reading.JUDGE, judged), (Reading.CURABLE, curable), (Reading.PLAN, planned)
    for reading, expected in readings:
        assert value(text, record, reading=reading) is expected
        assert Pinned(record).truth(text, reading) is expected


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("has(thing.parts)", {("thing", "parts"): 1}),
        ("has(thing.n) && thing.n > 3", {}),
        ("thing.parts.all(p, p.ok)", {("thing", "parts"): 1}),
        ("thing.tags.exists(s, s == '红')", {("thing", "tags"): 1}),
        ("size(thing.parts) >= 3", {("thing", "parts"): 4}),
        ("3 <= size(thing.parts.filter(p, p.ok))", {("thing", "parts"): 4}),
        ("size(thing.parts) >= thing.n", {("thing", "parts"): 2}),
        ("sum(thing.parts, p, p.n) >= 9", {("thing", "parts"): 1}),
        (
            "has(thing.parts) && thing.parts.all(p, p.leaves.exists(l, l.ok))",
            {("thing", "parts"): 2, ("part", "leaves"): 1},
        ),
    ],
)
def test_how_many_elements_may_matter(text: str, needed: dict[tuple[str, str], int]) -> None:
    """One for each question that is asked of a list; for a count, the number and one more."""
    assert slots_needed([tree(text)]) == needed
