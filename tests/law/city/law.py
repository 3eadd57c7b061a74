"""How a fault script is written: an article, a lawful matter, and one mistake at a time.

    @article("dec-comment-30d", "713号令第15条第1款", decision)
    def comment_period(law: Law) -> None:
        \"\"\"公开征求意见一般不少于30日；……\"\"\"
        one = law.fault("公告期20日")
        one["征求意见截止日期"] = one.day("征求意见公告日期") + days(20)

Every call of a script plants each of its kinds once, each into a matter of its own.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from tests.law.city.case import GAP, MET, Case, City, Lawful, Planted

Script: TypeAlias = Callable[["Law"], None]


@dataclass(frozen=True)
class Article:
    """A requirement, the article it rests on, and the script that breaks it."""

    requirement: str
    article: str
    lawful: Lawful
    script: Script
    once: bool
    apart: bool


SCRIPTS: Final[list[Article]] = []
UNPLANTED: Final[dict[str, str]] = {}
"""Requirements that no entry in a ledger can break, each with the reason."""


def article(
    requirement: str, basis: str, lawful: Lawful, *, once: bool = False, apart: bool = False
) -> Callable[[Script], Script]:
    """Register a script. `once`: a city has only one such record, so one kind at a time.

    `apart`: what it breaks is a sum over records that other scripts break, so it is planted
    in cities of its own, where those are whole.
    """

    def register(script: Script) -> Script:
        SCRIPTS.append(Article(requirement, basis, lawful, script, once, apart))
        return script

    return register


class Law:
    """What a script plants with. `turn`: of a record that exists once, which kind this time."""

    def __init__(self, city: City, one: Article, turn: int | None = None) -> None:
        self.city, self._article, self._turn = city, one, turn
        self.kinds: list[str] = []
        self._last: list[Planted] | None = None
        self._whole: Case | None = None

    def fault(
        self, kind: str, outcome: str = GAP, /, *, key: str = "", lawful: Lawful | None = None,
        **cells: object,
    ) -> Case:  # fmt: skip
        """A lawful matter to break; the finding with this outcome must follow."""
        return self._plant(self.city.faults, kind, outcome, key, lawful, cells)

    def harmless(
        self, kind: str, outcome: str = MET, /, *, key: str = "", lawful: Lawful | None = None,
        **cells: object,
    ) -> Case:  # fmt: skip
        """A lawful matter to bring to the edge; no finding may follow."""
        return self._plant(self.city.harmless, kind, outcome, key, lawful, cells)

    def rekey(self, nested: Case) -> None:
        """The matter just planted is judged at a record nested in it."""
        self.rekey_to(nested.key)

    def rekey_to(self, key: str) -> None:
        """The matter just planted is judged at the record of this key."""
        if self._last is not None:
            self._last[-1] = replace(self._last[-1], key=key)

    def _plant(  # noqa: PLR0913, PLR0917
        self, into: list[Planted], kind: str, outcome: str, key: str, lawful: Lawful | None,
        cells: dict[str, object],
    ) -> Case:  # fmt: skip
        self.kinds.append(kind)
        case = (lawful or self._article.lawful)(self.city)
        if self._turn is None:
            self.city.add(case)
        elif self._turn != len(self.kinds) - 1:
            self._last = None
            return copy.deepcopy(self._whole or case)
        else:
            self._whole = copy.deepcopy(case)
        case.row.update(cells)
        self._last = into
        into.append(Planted(self._article.requirement, kind, case, outcome, key))
        return case


def kinds_of(one: Article, city: City) -> list[str]:
    """The kinds a script plants, found by letting it plant into a city that is thrown away."""
    law = Law(city, one, turn=-1)
    one.script(law)
    return law.kinds


def plant(city: City, one: Article, *, turn: int = 0) -> None:
    """Let a script do its work in a city: all its kinds, or of a single record the `turn`-th."""
    if not one.once:
        one.script(Law(city, one))
        return
    number = len(kinds_of(one, city))
    one.script(Law(city, one, turn=turn % number))
