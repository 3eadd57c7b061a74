"""What expressions mean: three values, open lists, the three readings; worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.judging.reference import BUDGET, Frame, Reading, compile_expr
from engine.language import tree as t
from engine.model.errors import BudgetExceededError
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, Truth, Unknown
from engine.model.world import Period
from tests.engine.small import (
    AS_OF,
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

D = dt.date
T, F, U = True, False, None


# truth


AND = {(T, T): T, (T, F): F, (T, U): U, (F, F): F, (F, U): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, F): F, (F, U): U, (U, U): U}


@pytest.mark.parametrize("a", [T, F, U])
@pytest.mark.parametrize("b", [T, F, U])
def test_kleene_tables(a: Truth, b: Truth) -> None:
    record = thing(flag=BLANK if a is U else a, done=BLANK if b is U else b)
    pair = (a, b) if (a, b) in AND else (b, a)
    assert value("thing.flag && thing.done", record) is AND[pair]
    assert value("thing.flag || thing.done", record) is OR[pair]
    assert value("!thing.flag", record) is {T: F, F: T, U: U}[a]


@pytest.mark.parametrize(
    ("state", "has", "equal", "unequal", "among"),
    [
        ("甲", T, T, F, T),
        ("乙", T, F, T, T),
        ("丙", T, F, T, F),
        (ABSENT, F, U, U, U),
        (BLANK, U, U, U, U),
        (None, U, U, U, U),  # no such column
    ],
)
def test_only_has_tells_absent_from_unknown(
    state: Fact, has: Truth, equal: Truth, unequal: Truth, among: Truth
) -> None:
    record = thing() if state is None else thing(kind=state)
    assert value("has(thing.kind)", record) is has
    assert value("thing.kind == '甲'", record) is equal
    assert value("thing.kind != '甲'", record) is unequal
    assert value("thing.kind in ['甲', '乙']", record) is among


@pytest.mark.parametrize(
    ("n", "expected"), [(3, T), (4, F), (between(3, 4), U), (between(5, 9), F), (ABSENT, U)]
)
def test_a_number_among_constants(n: Fact, expected: Truth) -> None:
    assert value("thing.n in [1, 3]", thing(n=n)) is expected


def test_a_choice_with_unknown_condition_is_unknown_even_where_both_branches_agree() -> None:
    assert value("thing.flag ? true : true", thing(flag=BLANK)) is U
    assert value("thing.flag ? 1 : 1", thing(flag=BLANK), kind=t.Kind.INT) == (None, None)
    assert value("thing.flag ? 1 : 2", thing(flag=F), kind=t.Kind.INT) == (2, 2)


def test_part_of_a_date_is_there_all_the_same() -> None:
    """2024年5月 is a date that was written down, before the day of the check."""
    record = thing(on=between(D(2024, 5, 1), D(2024, 5, 31)))
    assert value("has(thing.on)", record) is T
    assert value("thing.on < date(2024, 6, 1)", record) is T
    assert value("thing.on <= date(2024, 5, 30)", record) is U


# events and terms


@pytest.mark.parametrize(
    ("on", "known"),
    [
        (AS_OF, T),
        (AS_OF + dt.timedelta(days=1), U),
        (between(D(2024, 6, 1), AS_OF), T),
        (between(D(2024, 6, 1), D(2024, 7, 1)), U),  # may not have happened
        (between(D(2024, 6, 1), None), U),
    ],
)
def test_an_event_after_the_day_of_the_check_has_not_happened(on: Fact, known: Truth) -> None:
    record = thing(on=on, until=on)
    assert value("has(thing.on)", record) is known
    assert value("thing.on >= date(2024, 6, 1)", record) is known
    assert value("thing.until >= date(2024, 6, 1)", record) is T  # a term may lie ahead


def test_due_reads_the_planned_day_and_nothing_else_does() -> None:
    planned = Unknown(Cause.PLANNED, planned=D(2024, 7, 9))
    for on in (planned, D(2024, 7, 9)):
        record = thing(on=on)
        assert value("thing.on", record, kind=t.Kind.DATE) == (None, None)
        assert value("thing.on", record, kind=t.Kind.DATE, reading=Reading.PLAN) == (
            D(2024, 7, 9),
            D(2024, 7, 9),
        )


def test_a_day_that_a_gate_assumes_has_happened() -> None:
    assumed = world(assumed=frozenset({("thing", "on")}))
    record = thing(on=D(2024, 7, 9), start=D(2024, 7, 9))
    assert value("has(thing.on)", record, within=assumed) is T
    assert value("has(thing.start)", record, within=assumed) is U


def test_moments_are_compared_with_the_day_of_the_check_by_their_day() -> None:
    late = dt.datetime(2024, 6, 30, 23, 59)  # noqa: DTZ001
    assert value("has(thing.at)", thing(at=late)) is T
    assert value("has(thing.at)", thing(at=late + dt.timedelta(minutes=1))) is U


# lists


PART: dict[Truth, dict[str, Fact]] = {True: {"ok": T}, False: {"ok": F}, None: {"ok": BLANK}}


@pytest.mark.parametrize(
    ("oks", "closed", "every", "some"),
    [
        ((), T, T, F),
        ((), F, U, U),
        ((T,), T, T, T),
        ((T,), F, U, T),  # another row may be bad
        ((F,), T, F, F),
        ((F,), F, F, U),  # another row may be good
        ((U,), T, U, U),
        ((T, U), T, U, T),
        ((F, U), T, F, U),
        ((T, F), F, F, T),
    ],
)
def test_all_and_exists(oks: tuple[Truth, ...], *, closed: bool, every: Truth, some: Truth) -> None:
    record = parts(thing(), *(PART[ok] for ok in oks), closed=closed)
    assert value("thing.parts.all(p, p.ok)", record) is every
    assert value("thing.parts.exists(p, p.ok)", record) is some
    # `all` is `!exists` of the opposite
    assert value("!thing.parts.exists(p, !p.ok)", record) is every


@pytest.mark.parametrize(
    ("oks", "closed", "size", "two", "not_two"),
    [
        ((T, T, U), T, (2, 3), T, F),  # two valid and one unknown is met
        ((T, U), T, (1, 2), U, U),
        ((T, F), T, (1, 1), F, T),
        ((T, F), F, (1, None), U, U),
        ((T, T), F, (2, None), T, F),
        ((), F, (0, None), U, U),
        ((), T, (0, 0), F, T),
    ],
)
def test_sizes_and_at_least(
    oks: tuple[Truth, ...],
    *,
    closed: bool,
    size: Fact,
    two: Truth,
    not_two: Truth,
) -> None:
    record = parts(thing(), *(PART[ok] for ok in oks), closed=closed)
    chosen = "thing.parts.filter(p, p.ok)"
    assert value(f"size({chosen})", record, kind=t.Kind.INT) == size
    assert value(f"{chosen}.size()", record, kind=t.Kind.INT) == size
    assert value("at_least(2, thing.parts, p, p.ok)", record) is two
    assert value(f"size({chosen}) < 2", record) is not_two


@pytest.mark.parametrize(
    ("given", "closed", "total"),
    [
        ((40, 22), T, (62, 62)),
        ((40, 22), F, (62, None)),  # what is missing can only add
        ((40, BLANK), T, (40, None)),
        ((40, between(10, 19)), T, (50, 59)),
        ((40, ABSENT), T, (40, None)),
        ((), T, (0, 0)),
        ((), F, (0, None)),
    ],
)
def test_sums(given: tuple[Fact, ...], *, closed: bool, total: Fact) -> None:
    record = parts(thing(), *({"n": n} for n in given), closed=closed)
    assert value("sum(thing.parts, p, p.n)", record, kind=t.Kind.INT) == total


def test_a_possible_element_adds_to_the_upper_bound_only() -> None:
    record = parts(thing(), {"ok": T, "n": 40}, {"ok": BLANK, "n": 22})
    text = "sum(thing.parts.filter(p, p.ok), p, p.n)"
    assert value(text, record, kind=t.Kind.INT) == (40, 62)


@pytest.mark.parametrize(
    ("kept", "ok", "some", "every"),
    [
        (1, T, T, T),
        (1, F, F, F),
        (1, BLANK, U, U),
        (0, T, F, T),  # not kept: as if the list were empty
        (0, F, F, T),
        (BLANK, T, U, T),  # kept or not, none kept is bad
        (BLANK, F, F, U),
        (BLANK, BLANK, U, U),
    ],
)
def test_over_a_filter_a_possible_element_counts_only_where_it_could_turn_the_answer(
    kept: Fact, ok: Fact, some: Truth, every: Truth
) -> None:
    record = parts(thing(), {"n": kept, "ok": ok})
    chosen = "thing.parts.filter(p, p.n >= 1)"
    assert value(f"{chosen}.exists(p, p.ok)", record) is some
    assert value(f"{chosen}.all(p, p.ok)", record) is every


def test_sets_of_strings() -> None:
    record = thing(tags=strings("红", "绿"))
    assert value("thing.tags.exists(x, x == '绿')", record) is T
    assert value("thing.tags.exists(x, x == '蓝')", record) is F
    assert value("thing.tags.exists(x, x in ['蓝', '红'])", record) is T
    assert value("size(thing.tags) == 2", record) is T
    open_set = thing(tags=strings("红", "绿", closed=False))
    assert value("thing.tags.exists(x, x == '蓝')", open_set) is U
    assert value("size(thing.tags) == 2", open_set) is U
    assert value("size(thing.tags) >= 2", open_set) is T


@pytest.mark.parametrize(
    ("found", "has"),
    [
        (ABSENT_LIST, F),
        (Elements((), closed=True), F),
        (Elements((), closed=False), U),
        (Elements(("红",), closed=False), T),
        (ABSENT, F),
        (BLANK, U),
    ],
)
def test_has_of_a_list_is_whether_it_holds_anything(found: Fact, has: Truth) -> None:
    assert value("has(thing.tags)", thing(tags=found)) is has


def test_no_column_of_a_list_is_an_open_list() -> None:
    assert value("has(thing.tags)", thing()) is U
    assert value("thing.tags.all(x, true)", thing()) is U


# parents


def test_fields_of_the_parent() -> None:
    record = parts(thing(n=7), {"n": 1})
    child = record.values["parts"].items[0]  # type: ignore[union-attr]
    assert isinstance(child, Record)
    assert value("parent.n > part.n", child) is T


def test_a_row_without_its_parent_knows_nothing_of_it() -> None:
    """It must not answer with its own fields of the same name: that was a false pass."""
    orphan = Record("part", "分9", {"n": 7, "word": "甲"})
    assert value("parent.n >= 7", orphan) is U
    assert value("has(parent.n)", orphan) is U
    leaf = Record("leaf", "细1", {"ok": T}, parent=orphan)
    assert value("parent.parent.flag", leaf) is U
    assert value("has(parent.parent.parts)", leaf) is U


def test_the_place_is_one_for_all() -> None:
    here = world(place={"level": "县级"})
    assert value("place.level == '县级'", thing(), within=here) is T
    assert value("place.level == '县级'", thing()) is U


# what more paper could supply


@pytest.mark.parametrize(
    ("text", "record", "judged", "curable"),
    [
        ("has(thing.on)", thing(on=ABSENT), F, U),
        ("has(thing.kind)", thing(kind=ABSENT), F, U),
        ("thing.done", thing(done=F), F, U),  # in progress: it can still be done
        ("thing.flag", thing(flag=F), F, F),  # a settled no
        ("!thing.done", thing(done=T), F, F),
        ("has(thing.parts)", parts(thing()), F, U),  # rows can still be added
        ("thing.parts.all(p, p.ok)", parts(thing(), {"ok": F}), F, F),  # a bad row stays
        ("has(thing.fixed)", thing(fixed=Elements((), closed=True)), F, F),
        ("has(thing.fixed)", thing(fixed=ABSENT_LIST), F, U),
        ("thing.on <= thing.until", thing(on=D(2024, 5, 2), until=D(2024, 5, 1)), F, F),
    ],
)
def test_curable(text: str, record: Record, judged: Truth, curable: Truth) -> None:
    assert value(text, record) is judged
    assert value(text, record, reading=Reading.CURABLE) is curable


# parameters


PERIODS = {
    "most_days": (
        Period(D.min, D(2023, 12, 31), 10),
        Period(D(2024, 1, 1), D.max, 15),
    )
}


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ((D(2023, 12, 31), D(2023, 12, 31)), (10, 10)),
        ((D(2024, 1, 1), D(2024, 1, 1)), (15, 15)),
        ((D(2023, 1, 1), D(2024, 12, 31)), (None, None)),  # the day decides which holds
        ((D(2024, 1, 1), D(2024, 12, 31)), (15, 15)),
    ],
)
def test_a_parameter_holds_on_the_day_of_the_act(act: Fact, expected: Fact) -> None:
    found = value(
        "param.most_days", thing(), kind=t.Kind.INT, within=world(params=PERIODS), act=act
    )
    assert found == expected


def test_a_parameter_that_is_not_set_is_unknown() -> None:
    assert value("thing.n <= param.most_days", thing(n=0)) is U


# numbers and budget


def test_reviewers_are_five_in_a_hundred_without_division() -> None:
    assert value("thing.n * 20 >= thing.m", thing(n=2, m=40)) is T
    assert value("thing.n * 20 >= thing.m", thing(n=2, m=41)) is F
    assert value("thing.amount * 1.5 > 3", thing(amount=Decimal("2.0001"))) is T


def test_a_date_in_a_year_that_is_computed() -> None:
    found = value("date(thing.n + 1, 3, 1)", thing(n=2024), kind=t.Kind.DATE)
    assert found == (D(2025, 3, 1), D(2025, 3, 1))
    approximate = value("date(thing.n, 3, 1)", thing(n=between(2023, 2024)), kind=t.Kind.DATE)
    assert approximate == (D(2023, 3, 1), D(2024, 3, 1))


def test_more_steps_than_allowed_stop_the_evaluation() -> None:
    record = thing(tags=strings(*(["红"] * 1000)))
    node = tree(
        "thing.tags.all(a, thing.tags.all(b, thing.tags.all(c, a == b && b == c)))",
    )
    with pytest.raises(BudgetExceededError, match=f"超过{BUDGET}步"):
        compile_expr(node, world())(Frame({"thing": record}))


def test_what_is_no_value_is_refused() -> None:
    """A filter alone yields nothing that an outcome could rest on."""
    node = tree("size(thing.parts.filter(p, p.ok)) > 0")
    assert isinstance(node, t.Compare)
    assert isinstance(node.left, t.Size)
    with pytest.raises(TypeError):
        compile_expr(node.left.source, world())
    with pytest.raises(TypeError):
        parts(thing()).scalar("parts")


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("min(thing.n, thing.m)", t.Kind.INT, 3),
        ("max(thing.n, thing.m)", t.Kind.INT, 5),
        ("days(thing.start, thing.on)", t.Kind.INT, 5),
        (
            "workdays(thing.start, thing.on)",
            t.Kind.INT,
            2,
        ),  # the 7th, a Sunday made up, and the 8th
        ("hours(thing.at, thing.then)", t.Kind.NUMBER, 4),
        ("add_days(thing.start, thing.n)", t.Kind.DATE, D(2024, 4, 6)),
        ("add_months(thing.start, 1)", t.Kind.DATE, D(2024, 5, 3)),
        ("add_workdays(thing.start, thing.n)", t.Kind.DATE, D(2024, 4, 9)),
        ("deadline(add_days(thing.start, 1))", t.Kind.DATE, D(2024, 4, 7)),
    ],
)
def test_each_function_of_what_the_record_holds(text: str, kind: t.Kind, expected: Fact) -> None:
    """From Wednesday 3 April 2024; the 4th to the 6th are off."""
    noon = dt.datetime(2024, 4, 8, 12)  # noqa: DTZ001 - facts are local times
    record = thing(
        n=3, m=5, start=D(2024, 4, 3), on=D(2024, 4, 8), at=noon, then=noon.replace(hour=16)
    )
    assert value(text, record, kind=kind) == (expected, expected)


def test_a_list_costs_a_step_and_one_for_each_of_its_items() -> None:
    record = parts(thing(), {"ok": True}, {"ok": True})
    frame = Frame({"thing": record}, (AS_OF, AS_OF))
    assert compile_expr(tree("size(thing.parts) == 2"), world())(frame) is True
    assert frame.steps == BUDGET - 3
