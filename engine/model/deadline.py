"""Deadlines as an assessment shows them: what has to be done by which day, and by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.model.outcome import Severity

RED: Final = 3
YELLOW: Final = 10
"""Working days within which a deadline is red, and yellow: what we draw people's eyes to."""


class Urgency(StrEnum):
    """How near a deadline is: within `RED` working days, within `YELLOW`, or later."""

    RED = "red"
    YELLOW = "yellow"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class DeadlineEntry:
    """What has to be done by the end of `day`.

    `requirement` asks for it, and is empty for a term of the ledger that runs out. `owner` is the
    unit whose matter the record is, `supplier` the office that does it; each is empty where
    nothing says. `workdays` counts the working days after the check up to `day`, None where the
    calendar doesn't reach. `severity` says how grave it is to miss it. `house`: no text
    sets the period.
    """

    day: dt.date
    urgency: Urgency
    workdays: int | None
    title: str
    requirement: str
    subject_type: str
    subject_key: str
    subject_label: str
    owner: str
    supplier: str
    todo: str
    fingerprint: str
    severity: Severity
    house: bool = False
