"""Rounding as reports do it, and numbers as they print them."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Final

HUNDRED: Final = Decimal(100)


def places(percent: Decimal) -> int:
    """Return how many decimals a percentage was printed with."""
    return max(0, -int(percent.as_tuple().exponent))


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """Return 100 · part / whole, unrounded."""
    return HUNDRED * part / whole


def how_rounded(exact: Decimal, printed: Decimal) -> str | None:
    """Say how ``exact`` was rounded to ``printed``: 四舍五入, 截尾, or None if it wasn't."""
    step = Decimal(1).scaleb(-places(printed))
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        if exact.quantize(step, rounding=rounding) == printed:
            return "四舍五入"
    return "截尾" if exact.quantize(step, rounding=ROUND_FLOOR) == printed else None


def has_numerator(percent: Decimal, whole: Decimal, *, may_cut: bool) -> bool:
    """Whether some whole number out of a positive ``whole`` prints as ``percent``.

    ``may_cut``: whether the report may have cut decimals off instead of rounding.
    """
    near = _around(percent * whole / HUNDRED)
    return any(0 <= part <= whole and _prints(part, whole, percent, may_cut) for part in near)


def has_denominator(percent: Decimal, part: Decimal, *, may_cut: bool) -> bool:
    """Whether a positive ``part`` out of some whole number prints as ``percent``."""
    near = _around(part * HUNDRED / percent)
    return any(whole >= part and _prints(part, whole, percent, may_cut) for whole in near)


def _around(exact: Decimal) -> list[Decimal]:
    low = exact.to_integral_value(rounding=ROUND_FLOOR)
    return [low - 1, low, low + 1, low + 2]


def _prints(part: Decimal, whole: Decimal, percent: Decimal, may_cut: bool) -> bool:  # noqa: FBT001
    way = how_rounded(percent_of(part, whole), percent)
    return way == "四舍五入" or (may_cut and way is not None)


def tells_rounding(exact: Decimal, printed: Decimal) -> bool:
    """Whether this percentage shows that its report rounds: cutting would print another one."""
    step = Decimal(1).scaleb(-places(printed))
    return (
        exact.quantize(step, rounding=ROUND_HALF_UP) == printed
        and exact.quantize(step, rounding=ROUND_FLOOR) != printed
    )


def show(value: Decimal) -> str:
    """Print a number without exponent and without zeros that say nothing."""
    whole = value.to_integral_value()
    return str(int(whole)) if value == whole else f"{value.normalize():f}"


def show_percent(value: Decimal) -> str:
    """Print a percentage as the report did."""
    return f"{value:f}%"


def show_exact(value: Decimal) -> str:
    """Print a computed percentage with four decimals."""
    return f"{value.quantize(Decimal('0.0001')):f}%"
