"""Looking along the days for the first on which something holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Final

DAY: Final = dt.timedelta(days=1)

STRIDE: Final = 7
"""Days between two that are tried, where nothing says that an answer turns there."""

REACH: Final = 800
"""How far a day is looked for, in natural days: what no law lets wait longer isn't found."""

Holds = Callable[[dt.date], bool]


def nearest_day(
    holds: Holds,
    start: dt.date,
    landmarks: Iterable[dt.date] = (),
    *,
    back: bool = False,
    last: dt.date | None = None,
) -> dt.date | None:
    """The first day from `start` on, or back from it, on which `holds`; None within `REACH`.

    It is looked for no later than `last`, on `landmarks`, where answers may turn, and on every
    `STRIDE`th day; between a day that fails and the next that holds the first is bisected for, so
    it holds on the day found and not on the one before. A span of days shorter than `STRIDE` that
    begins at no landmark may be passed over.
    """
    sign = -1 if back else 1
    offsets = {(day - start).days * sign for day in landmarks}
    reach = REACH if last is None or back else min(REACH, (last - start).days)
    tried = sorted({n for n in (0, reach, *range(0, reach, STRIDE), *offsets) if 0 <= n <= reach})
    failed = -1
    for offset in tried:
        if holds(start + sign * offset * DAY):
            return start + sign * _turn(holds, start, sign, failed, offset) * DAY
        failed = offset
    return None


def _turn(holds: Holds, start: dt.date, sign: int, failed: int, found: int) -> int:
    """The first offset that holds, between one that doesn't and one that does."""
    while found - failed > 1:
        middle = (failed + found) // 2
        if holds(start + sign * middle * DAY):
            found = middle
        else:
            failed = middle
    return found
