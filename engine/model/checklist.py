"""Check-lists that people hold in their hands, as an assessment shows them for one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ItemState(StrEnum):
    """Whether what an item asks for is there. `manual`: only a person can tell, and hasn't yet."""

    PRESENT = "present"
    MISSING = "missing"
    UNKNOWN = "unknown"
    MANUAL = "manual"
    NOT_NEEDED = "not_needed"


ITEM_STATE_TITLES: Final = {
    ItemState.PRESENT: "有",
    ItemState.MISSING: "缺",
    ItemState.UNKNOWN: "不明",
    ItemState.MANUAL: "待人工认定",
    ItemState.NOT_NEEDED: "不需要",
}


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One line to tick: the requirements that ask for it by id, and the columns that tell it.

    `reason` says why no requirement asks for it; then nobody but a person can tell.
    """

    title: str
    state: ItemState
    requirements: Mapping[str, str]
    columns: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """A check-list gone through for one record."""

    checklist: str
    title: str
    subject_type: str
    subject_key: str
    subject_label: str
    items: tuple[ItemEntry, ...]
