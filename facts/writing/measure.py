"""In what unit the bare numbers of a column are, and which units measure the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_YUAN: Final = "元"
_HOURS: Final = frozenset(["学时", "课时"])
_DAYS: Final = frozenset(["天", "日"])
_TIMES: Final = frozenset(
    ["分钟", "小时", "钟头", "半天", "周", "月", "个月", "年", "学分", "工作日", "个工作日"]
)
_SHARES: Final = frozenset(["%", "‰", "成"])


@dataclass(frozen=True, slots=True)
class Measure:
    """In what unit the bare numbers of a column are.

    `factor` turns them into the field's unit; None where that can't be told: `doubt` says why,
    `mend` what to write. `unit` is the unit as stated, empty where none is.
    """

    factor: Decimal | None = Decimal(1)
    unit: str = ""
    doubt: str = ""
    mend: str = ""


PLAIN: Final = Measure()


def measures(written: str, unit: str) -> bool:
    """Whether `written` is a unit of what the unit of a field measures: money, time or a share.

    A number in one that differs from the field's is never taken as it stands.
    """
    if unit == _YUAN:
        return written.endswith(("元", "圆", "美金")) or written in ("万", "千", "亿")
    if unit in _HOURS:
        return written in _HOURS | _TIMES | _DAYS
    if unit in _DAYS:
        return written in _DAYS | _TIMES
    return unit == "%" and written in _SHARES
