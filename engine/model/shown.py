"""A fact as a reader is shown it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from operator import not_
from typing import Annotated, Final, Literal

from pydantic import Field

from engine.model.values import Cause, Source

EMPTY: Final = "空白，按"
"""How the value of a fact begins that an empty cell is read as."""


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact that was read: its record, state, value as shown, and where it stands.

    `cause` says why it is unknown, `value` is then None; personal content is masked. The value
    of an absent fact says whether the ledger has it so or an empty cell is read so. `decides`:
    another value there might turn the outcome. `until`: of a day that is still to come, the last
    that is in time. `ahead`: it can't be known on the day of the check, as its own day lies ahead;
    `plan` is then what the field is called that holds the day planned for it, if there is one.
    """

    record_type: str
    record_key: str
    field: str
    title: str
    state: Literal["known", "absent", "unknown"]
    value: str | None
    cause: Cause | None
    source: Source | None
    decides: Annotated[bool, Field(exclude_if=not_)] = False
    until: Annotated[dt.date | None, Field(exclude_if=not_)] = None
    ahead: Annotated[bool, Field(exclude_if=not_)] = False
    plan: Annotated[str, Field(exclude_if=not_)] = ""

    @property
    def asked(self) -> str:
        """What can be written down of it where it is missing; "" where nothing can be yet."""
        return self.plan if self.ahead else self.title

    @property
    def unfilled(self) -> bool:
        """Whether nobody wrote anything: an empty cell that is read as none."""
        return self.state == "absent" and (self.value or "").startswith(EMPTY)
