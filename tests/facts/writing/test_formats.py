"""What a spreadsheet's formats make of a number, and how a cell of such a format is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.field import FieldType
from engine.model.values import Cause, Unknown
from facts.writing.cells import CellReader
from facts.writing.formats import Formatted, NumberFormat, number_format
from facts.writing.meanings import Cell
from facts.writing.measure import Measure, measures

MONEY = FieldType.model_validate({"title": "罚款", "type": "number", "unit": "元"})
SHARE = FieldType.model_validate({"title": "比例", "type": "number", "unit": "%"})
TEXT = FieldType.model_validate({"title": "文号", "type": "string"})
DAY = FieldType.model_validate({"title": "日期", "type": "date", "time": "event"})
WAN = Measure(Decimal(10000), "万元")
YUAN = Measure(Decimal(1), "元")
THOUSANDS = Measure(Decimal(1000), "千元")
UNREADABLE = Unknown(Cause.UNREADABLE)


def formatted(code: str, number: float) -> Formatted:
    look = number_format(code)
    assert look is not None
    made = look.of(number)
    assert made is not None
    return made


@pytest.mark.parametrize(
    "code",
    [
        *("", "General", "0", "0.00", "#,##0.00_ ", "¥#,##0.00", "[$¥-804]#,##0.00", "0.00E+00"),
        *("@", "yyyy-mm-dd", 'yyyy"年"m"月"', "h:mm", "# ?/?", "[Red]0;[Blue]-0", "0.0-0"),
        *("[DBNum2][$-804]General", '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)'),
    ],
)
def test_formats_that_show_the_number_as_it_is(code: str) -> None:
    assert number_format(code) is None


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("0%", 0.05, "5%"),
        ("0.00%;[Red]-0.00%", 0.0345, "3.45%"),
        ('0"%"', 5, "5%"),  # a quoted sign does not multiply
        ('0.00"万元"', 12.5, "12.5万元"),
        ('_(* #,##0"万元"_);_(* (#,##0);_(* "-"_);_(@_)', 12, "12万元"),
        ("0万元", 12, "12万元"),
        ('G/通用格式"万元"', 12, "12万元"),
        ('0!.0,"万元"', 123456, "12.3456万元"),
        ('0\\.0000"万元"', 123456, "12.3456万元"),
        ("#,##0,", 12000, "12"),
        ('#,##0.00,,"百万元"', 1500000, "1.5百万元"),
        ("[$$-409]#,##0", 500, "$500"),
        ("[$€-407]0", 500, "€500"),
        ('"城罚〔2024〕"0"号"', 7, "城罚〔2024〕7号"),
        ("0000", 7, "0007"),
        ("0000-00-00", 20240501, "2024-05-01"),
        ("0-00", 12345, "123-45"),
        ('"约"0', 30, "约30"),
    ],
)
def test_what_a_cell_shows_unrounded(code: str, number: float, shown: str) -> None:
    assert str(formatted(code, number)) == shown


def test_what_is_not_shown_and_what_depends_on_the_number() -> None:
    assert number_format(";;;") == NumberFormat(invisible=True)
    assert number_format('"已报"') == NumberFormat(doubtful=True)
    assert number_format('[>=10000]0!.0,"万元";0"元"') == NumberFormat(doubtful=True)
    assert number_format("[>=10000]#,##0;0") is None
    look = number_format("0%")
    assert look is not None
    assert look.of(float("nan")) is None


@pytest.mark.parametrize(
    ("field", "measure", "code", "number", "state"),
    [
        (SHARE, Measure(), "0%", 0.05, Decimal(5)),
        (MONEY, Measure(), '0.00"万元"', 12, Decimal(120000)),
        (MONEY, WAN, '0.00"万元"', 12, Decimal(120000)),
        (MONEY, Measure(None, doubt="两说"), '0.00"万元"', 12, Decimal(120000)),
        (MONEY, Measure(), '0!.0,"万元"', 123456, Decimal(123456)),
        (MONEY, THOUSANDS, "#,##0,", 12000, Decimal(12000)),
        (MONEY, WAN, "0000", 7, Decimal(70000)),
        (TEXT, Measure(), '"城罚〔2024〕"0"号"', 7, "城罚〔2024〕7号"),
    ],
)
def test_a_formatted_number_is_what_it_shows(
    field: FieldType, measure: Measure, code: str, number: float, state: object
) -> None:
    assert CellReader(field, measure).read(formatted(code, number)) == Cell(state)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "measure", "code", "number", "expected", "hint"),
    [
        (MONEY, WAN, '0"元"', 12, "显示为“12元”，而这一列的单位是“万元”", ""),
        (MONEY, YUAN, '0"万元"', 12, "显示为“12万元”，而这一列的单位是“元”", ""),
        (MONEY, YUAN, "#,##0,", 12000, "显示为“12”，实为12000，不知以哪个为准", ""),
        (MONEY, Measure(None, mend="改"), "0,", 12000, "显示为“12”，实为12000，不知以哪个为准",
         "改"),
        (MONEY, Measure(), "0%", 0.5, "“罚款”应为数字（元）", "单位“%”与本列的“元”不同"),
        (MONEY, Measure(), "[$$-409]0", 5, "“罚款”应为数字（元）", ""),
        (MONEY, Measure(), '"已报"', 5, "“罚款”应为数字（元）",
         "数字格式随数值而变，看不出显示的是什么"),
    ],
)  # fmt: skip
def test_a_format_that_contradicts_its_column_is_a_problem(  # noqa: PLR0913, PLR0917
    field: FieldType, measure: Measure, code: str, number: float, expected: str, hint: str
) -> None:
    cell = CellReader(field, measure).read(formatted(code, number))
    assert cell == Cell(UNREADABLE, expected, hint)


def test_a_day_typed_as_eight_digits_is_read_as_it_shows() -> None:
    assert str(CellReader(DAY).read(formatted("0000-00-00", 20240501)).state) == "2024-05-01"


@pytest.mark.parametrize("raw", [0.05, "0.05", Decimal("0.05")])
def test_a_bare_fraction_may_be_a_percentage(raw: object) -> None:
    """Fails if 0.05 is taken for 0.05 % where the office may have meant 5 %."""
    expected, hint = "不知是0.05%还是5.00%", "请写上“%”，或设成百分比格式"
    state = Unknown(Cause.INCOMPLETE, Decimal("0.05"), Decimal(5))
    assert CellReader(SHARE).read(raw) == Cell(state, expected, hint)
    stated = CellReader(SHARE, Measure(Decimal(1), "%")).read(raw)
    assert stated == Cell(Decimal("0.05"))


@pytest.mark.parametrize(
    ("raw", "share"), [("0.5%", "0.5"), ("5%", "5"), (3, "3"), (0, "0"), ("百分之五", None)]
)
def test_shares_that_leave_no_doubt(raw: object, share: str | None) -> None:
    state = CellReader(SHARE).read(raw).state
    assert state == (UNREADABLE if share is None else Decimal(share))


@pytest.mark.parametrize(
    ("raw", "amount"), [("3万元", 30000), ("500元", 500), (0, 0), ("0", 0), (3, None)]
)
def test_a_cell_that_names_its_unit_needs_no_other(raw: object, amount: int | None) -> None:
    """In a column whose unit can't be told, only such a cell is known; a bare 0 is 0 元 in any."""
    cell = CellReader(MONEY, Measure(None, doubt="两说", mend="写明")).read(raw)
    assert cell == (Cell(UNREADABLE, "两说", "写明") if amount is None else Cell(Decimal(amount)))


@pytest.mark.parametrize(
    ("written", "unit", "same"),
    [
        ("万元", "元", True),
        ("万", "元", True),
        ("人", "元", False),
        ("分钟", "学时", True),
        ("人", "学时", False),
        ("小时", "天", True),
        ("元", "天", False),
        ("‰", "%", True),
        ("元", "%", False),
        ("人", "人", False),
    ],
)
def test_units_of_one_kind(written: str, unit: str, same: bool) -> None:  # noqa: FBT001
    assert measures(written, unit) is same


@given(
    st.integers(0, 2_000_000),
    st.sampled_from(['0"元"', '0.00"元"', '0!.0,"万元"', '#,##0,"千元"', '0,,"百万元"', "General"]),
)
def test_no_format_changes_an_amount(number: int, code: str) -> None:
    """Fails if what a format shows, unit and all, is not worth what the cell holds in 元."""
    look = number_format(code)
    raw = number if look is None else look.of(number)
    assert CellReader(MONEY).read(raw) == Cell(Decimal(number))
