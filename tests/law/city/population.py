"""What every city has: the year's records, and lawful matters of each kind beside the broken."""

from __future__ import annotations

from typing import Final

from tests.law.city.case import City
from tests.law.city.law import made
from tests.law.city.matters import MATTERS, SINGLE

_NOT_WHOLE: Final = frozenset({"报告正文", "报备率所看的文件"})
"""Written only where the sums over the whole city are asked for."""
_ONLY_BROKEN: Final = frozenset({
    "国庆前送审的决策", "部门的决策", "执过法的人员", "用过的证件", "三人执法", "没有结案的处罚",
    "有上年安排的年度报告",
})  # fmt: skip
"""Made for a fault alone: the city has lawful ones like them already."""


def populate(city: City, number: int = 1) -> None:
    """The year's records, and so many lawful matters of each kind."""
    for matter in MATTERS:
        if matter in _NOT_WHOLE or matter in _ONLY_BROKEN:
            continue
        for _ in range(1 if matter in SINGLE else number):
            case = made(city, matter)
            if matter not in SINGLE:
                city.add(case)
