"""The same officers and cases as Python objects, for engines that take one record at a time."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from benchmarks.engines.duties import AS_OF, CASE, CERTIFICATE, OFFICER, Duty
from engine.model.outcome import Outcome

Row = dict[str, Any]
LETTERS: Final = {str(outcome): chr(65 + number) for number, outcome in enumerate(Outcome)}
_TODAY: Final = dt.date.fromisoformat(AS_OF).toordinal()
_SINCE: Final = dt.date(2018, 1, 1).toordinal()
_ACTIVE: Final = ("有效", "暂扣", "失格", "遗失", "过期")
_YES_NO: Final = ("in_post", "public_listed", "is_reviewer", "law_qualification")


@dataclass(frozen=True)
class Subjects:
    """Records of one kind with the duties that are judged on each."""

    duties: Mapping[str, Duty]
    rows: list[Row]


def read(folder: Path, task: str) -> dict[str, list[Row]]:
    """The rows as a program that keeps them would have them; nothing is None."""
    tables = ("officers", "certificates") if task == "officers" else ("cases", "handlers")
    return {table: _rows(folder / f"{table}.parquet") for table in tables}


def _rows(path: Path) -> list[Row]:
    found = duckdb.sql(f"FROM read_parquet('{path}')")
    names = found.columns
    return [dict(zip(names, map(_plain, names, row), strict=True)) for row in found.fetchall()]


def _plain(name: str, value: object) -> object:
    if name in _YES_NO:
        return -1 if value is None else int(bool(value))
    if isinstance(value, dt.date):
        return value.toordinal()
    return (0 if name.endswith("_on") else "") if value is None else value


def linked(found: Mapping[str, list[Row]]) -> list[Subjects]:
    """What the duties ask of other records, told on each record: the work of a join."""
    if "cases" in found:
        return [Subjects(CASE, _cases(found["cases"], found["handlers"]))]
    officers = {row["officer_id"]: row for row in found["officers"]}
    for row in officers.values():
        row |= {"active": 0, "unclear": 0, "since": _SINCE, "ground": int("公安局" in row["unit"])}
    for row in found["certificates"]:
        holder = officers.get(row["officer_id"])
        row |= {"linked": int(holder is not None), "as_of": _TODAY, "lost_due": 0}
        row["loss_due"] = row["loss_on"] + 30
        for name in ("public_law_exam", "special_law_exam", "exam_on", "law_qualification"):
            row[name] = (-1 if name in _YES_NO else "") if holder is None else holder[name]
        if holder is None:
            row["exam_on"] = 0
        else:
            holder["active"] += row["status"] in _ACTIVE
            holder["unclear"] += row["status"] == ""
        if row["lost_on"]:
            row["lost_due"] = _month_later(row["lost_on"])
    return [Subjects(OFFICER, found["officers"]), Subjects(CERTIFICATE, found["certificates"])]


def _month_later(ordinal: int) -> int:
    day = dt.date.fromordinal(ordinal)
    year, month = (day.year + day.month // 12, day.month % 12 + 1)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1])).toordinal()


def _cases(cases: list[Row], handlers: list[Row]) -> list[Row]:
    by_number = {row["case_no"]: row for row in cases}
    for row in cases:
        row |= {"handlers": 0, "nameless": 0, "same": 0}
    for handler in handlers:
        row = by_number[handler["case_no"]]
        row["handlers"] += 1
        row["nameless"] += handler["officer_id"] == ""
        row["same"] += handler["officer_id"] == row["reviewer_id"] != ""
    return cases


Prepared = Callable[[], Callable[[], Mapping[str, str]]]


def by_rows(folder: Path, task: str, judge: Callable[[Subjects], Mapping[str, str]]) -> Prepared:
    """A contender that judges rows of a kind; the clock runs from the rows on, with linking."""
    found = read(folder, task)

    def run() -> Callable[[], Mapping[str, str]]:
        outcomes: dict[str, str] = {}
        for subjects in linked(found):
            outcomes |= judge(subjects)
        return lambda: outcomes

    return run
