"""Looking along the days: the first that holds, forwards and back, and nothing beyond reach."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.assessing.timetable.search import DAY, REACH, STRIDE, nearest_day

D = dt.date
START = D(2025, 3, 10)


@pytest.mark.parametrize("offset", [0, 1, 6, 7, 8, 29, 30, REACH - 1, REACH])
def test_the_first_day_that_holds(offset: int) -> None:
    """Off by one at the start, at a stride or at the end of what is looked at shows."""
    turn = START + offset * DAY
    assert nearest_day(lambda day: day >= turn, START) == turn
    turn = START - offset * DAY
    assert nearest_day(lambda day: day <= turn, START, back=True) == turn


def test_nothing_beyond_reach_or_the_last_day() -> None:
    beyond = START + (REACH + 1) * DAY
    assert nearest_day(lambda day: day >= beyond, START) is None
    last = START + 9 * DAY
    assert nearest_day(lambda day: day >= last, START, last=last) == last
    assert nearest_day(lambda day: day > last, START, last=last) is None
    assert nearest_day(lambda _: False, START, back=True) is None


def test_a_short_span_is_found_at_its_landmark() -> None:
    """Three days that no stride meets; without the landmark they are passed over."""
    first = START + (STRIDE + 1) * DAY
    span = (first, first + DAY, first + 2 * DAY)
    assert nearest_day(lambda day: day in span, START) is None
    assert nearest_day(lambda day: day in span, START, {first + 2 * DAY}) == first


def test_a_landmark_on_the_other_side_is_not_tried() -> None:
    tried: list[dt.date] = []

    def holds(day: dt.date) -> bool:
        tried.append(day)
        return day == START + STRIDE * DAY

    assert nearest_day(holds, START, {START - DAY}) == START + STRIDE * DAY
    assert START - DAY not in tried
