"""约, 近, 余, 以上 mean one interval in a cell and in a report. Bounds are worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.field import FieldType
from engine.model.values import LIMIT, Cause, Unknown
from facts.report import read_report
from facts.writing.approximations import AFTER_DIGITS, AFTER_UNIT, BEFORE, interval, word_before
from facts.writing.cells import CellReader
from facts.writing.dates import Unreadable
from facts.writing.numbers import parse_number
from facts.writing.numerals import step_of

CELL = CellReader(FieldType.model_validate({"type": "int", "title": "件数", "unit": "件"}))

PHRASES = [
    ("约1000件", 900, 2000),
    ("约300件", 200, 400),
    ("大约23件", 21, 25),
    ("大概480件", 432, 528),
    ("近千件", 900, 1000),
    ("近480件", 432, 480),
    ("将近20件", 10, 20),
    ("接近500件", 400, 500),
    ("超过300件", 300, None),
    ("超300件", 300, None),
    ("逾1000件", 1000, None),
    ("突破200件", 200, None),
    ("上百件", 100, None),
    ("过万件", 10000, None),
    ("不足30件", 0, 30),
    ("不到200件", 0, 200),
    ("20余件", 20, 29),
    ("20多件", 20, 29),
    ("一百余件", 100, 199),
    ("百余件", 100, 199),
    ("十几件", 10, 19),
    ("二十来件", 10, 30),
    ("41.1万余件", 411_000, 411_999),
    ("4万多件", 40_000, 49_999),
    ("约22000余件", 19_800, 24_200),
    ("超过300余件", 300, None),
    ("50件以上", 50, None),
    ("50件以下", 0, 50),
    ("50件以内", 0, 50),
    ("60件左右", 50, 70),
    ("60件上下", 50, 70),
    ("3—5件", 3, 5),
    ("3至5件", 3, 5),
    ("数十件", 10, 99),
    ("几百件", 100, 999),
]


@pytest.mark.parametrize(("phrase", "low", "high"), PHRASES)
def test_a_phrase_means_the_same_in_a_cell_and_in_a_report(
    phrase: str, low: int, high: int | None
) -> None:
    """Fails if either reader has a reading of its own."""
    (figure,) = read_report(f"全年办理{phrase}。").figures
    assert figure.approximate
    assert (figure.min, figure.max) == (low, high)
    assert CELL.read(phrase).state == Unknown(Cause.INCOMPLETE, low, high)


@pytest.mark.parametrize("phrase", ["至少5件", "不少于5件", "不低于5件"])
def test_a_floor_is_a_bound_in_a_cell_and_an_aim_in_a_report(phrase: str) -> None:
    (figure,) = read_report(f"全年办理{phrase}。").figures
    assert (figure.kind.value, figure.min, figure.max) == ("target", 5, None)
    assert CELL.read(phrase).state == Unknown(Cause.INCOMPLETE, 5, None)


@pytest.mark.parametrize("phrase", ["不超过5件", "不高于5件", "不多于5件"])
def test_a_ceiling_is_a_bound_in_a_cell_and_an_aim_in_a_report(phrase: str) -> None:
    (figure,) = read_report(f"全年办理{phrase}。").figures
    assert (figure.kind.value, figure.min, figure.max) == ("target", None, 5)
    assert CELL.read(phrase).state == Unknown(Cause.INCOMPLETE, 0, 5)


@pytest.mark.parametrize("text", ["上5件", "过5件", "千件", "数百亿件", "数百十件", "几百分"])
def test_what_approximates_nothing_is_no_number_of_a_cell(text: str) -> None:
    assert isinstance(parse_number(text, "件", Decimal(1), whole=True), Unreadable)


def test_measured_things_keep_their_fractions() -> None:
    """Fails if 700余元 can't be 799.5 元: only what is counted comes whole."""
    money = parse_number("700余元", "元", Decimal(1), whole=False)
    assert money == Unknown(Cause.INCOMPLETE, Decimal(700), Decimal(800))
    (figure,) = read_report("追缴欠薪700余元。").figures
    assert (figure.min, figure.max) == (700, 800)


def test_an_order_of_magnitude_takes_the_columns_scale() -> None:
    assert parse_number("数十", "元", Decimal(10000), whole=False) == Unknown(
        Cause.INCOMPLETE, Decimal(100_000), Decimal(1_000_000)
    )


def test_an_end_beyond_the_caps_is_open() -> None:
    assert parse_number(f"约{LIMIT - 1}", "", Decimal(1), whole=True) == Unknown(
        Cause.INCOMPLETE, 1932735283, None
    )


@given(st.integers(1, 10**6), st.sampled_from(BEFORE), st.sampled_from((*AFTER_DIGITS, "")))
def test_every_word_leaves_the_number_itself_possible(number: int, before: str, after: str) -> None:
    """Fails if a word excludes the number it stands with: 近300 may honestly be 300."""
    bounds = interval(Decimal(number), step_of(str(number)), before, after, whole=True)
    assert bounds is not None
    low, high = bounds
    assert 0 <= low <= number
    assert high is None or number <= high


@given(st.integers(1, 10**6), st.integers(0, 4), st.sampled_from(["约", "大约", "大概"]))
def test_what_rounds_to_a_number_is_about_it(number: int, digits: int, before: str) -> None:
    """Fails if 约300 leaves out 260, which a clerk rounds to it."""
    rounded = round(number, -digits)
    bounds = interval(Decimal(rounded), step_of(str(rounded)), before, "", whole=True)
    if rounded == 0:
        return
    assert bounds is not None
    low, high = bounds
    assert high is not None
    assert low <= number <= high or (rounded == 10**digits and number < rounded)


@given(st.sampled_from((*AFTER_DIGITS, *AFTER_UNIT)), st.integers(1, 10**6))
def test_two_words_allow_what_either_allows(after: str, number: int) -> None:
    value, step = Decimal(number), step_of(str(number))
    both = interval(value, step, "约", after, whole=True)
    for before, behind in (("约", ""), ("", after)):
        one = interval(value, step, before, behind, whole=True)
        assert one is not None
        assert both is not None
        assert both[0] <= one[0]
        assert both[1] is None or (one[1] is not None and one[1] <= both[1])


def test_a_number_alone_is_exact() -> None:
    assert interval(Decimal(300), Decimal(100), "", "", whole=True) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [("超过300", "超过"), ("近千", "近"), ("上百", "上"), ("上5", ""), ("300", "")],
)
def test_the_word_before(text: str, word: str) -> None:
    assert word_before(text) == word
