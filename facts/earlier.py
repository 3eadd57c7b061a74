"""Earlier results that lie in the folder: which they are, and which of them count for the trend.

往年：文件夹里以前核对的结果（json），哪几份算得上往年的，不算的说为什么。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.model.assessment import PREDECISION
from engine.model.earlier import FAMILY, UnreadableYearError, YearEntry, year_of
from engine.model.facts import Input, InputKind, Level
from engine.model.regex import regex
from facts.files.decode import decode
from facts.files.open import MIB, Found, read_bytes
from facts.files.refused import RefusedError
from facts.writing.text import fold

_LARGEST: Final = 256 * MIB
"""Bytes: a result with every reason is larger than any ledger."""

_OURS: Final = regex(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"schema"\s*:\s*"(fazhi-[^"]{1,60})"')
_CALLED: Final = {
    "fazhi-diff": "与上次比",
    "fazhi-extract": "报告里的数字",
    "fazhi-timetable": "时间表",
    "fazhi-checklist": "清单",
}
"""What the program writes under a schema of its own, besides results."""

_TITLE: Final = "法治体检".encode() + b")"
_WITHOUT_SCHEMA: Final = {
    regex(rb"\A(?:\xef\xbb\xbf)?\s*" + begins): called
    for begins, called in (
        (rb'(?s:\{\s*"assessment-results"\s*:.{0,400}?"title"\s*:\s*"' + _TITLE, "OSCAL"),
        (rb'\{\s*"as_of"\s*:\s*"[0-9-]{10}"\s*,\s*"(?:period|deadlines)"\s*:', "期限"),
        (rb'\[\s*\{\s*"title"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"subject_type"\s*:', "时间表"),
    )
}
"""How what else the program writes as JSON begins, and what it is."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier result of a whole year, with its file."""

    entry: Input
    year: YearEntry


def earlier_results(files: Iterable[Found]) -> list[Earlier]:
    """The results of earlier checks among the files; their files are no ledgers any more.

    What can't be read, or is no check of a year, is said of its file.
    """
    return [found for file in files if (found := _result(file)) is not None]


def _result(file: Found) -> Earlier | None:
    if file.suffix != ".json" or file.entry.kind is not InputKind.OTHER:
        return None
    entry = file.entry
    try:
        data = read_bytes(file, _LARGEST)
        written = _OURS.match(data)
        if written is None:
            _other(entry, data)
            return None
        entry.kind = InputKind.EARLIER
        name = written[1].decode("ascii", "replace")
        if not name.startswith(FAMILY):
            _say_other(entry, _CALLED.get(name.partition("/")[0], name))
            return None
        text, entry.encoding = decode(data)
        year = year_of(text)
    except RefusedError as error:
        if entry.kind is InputKind.EARLIER:
            entry.problem(f"以前核对的结果没有读出来：{error}")
        return None
    except UnreadableYearError as error:
        hint = "文件不完整或者太旧；用当年的台账再核一次，存成 json 换掉它"
        entry.problem(f"以前核对的结果没有读出来：{error}", hint=hint)
        return None
    return Earlier(entry, year)


def _other(entry: Input, data: bytes) -> None:
    """Say of a file that it is another output of the program, if it is: no ledger, and not read."""
    for begins, called in _WITHOUT_SCHEMA.items():
        if begins.match(data):
            entry.kind = InputKind.EARLIER
            _say_other(entry, called)


def _say_other(entry: Input, called: str) -> None:
    said = f"是 fazhi 写出的另一种结果（{called}），不是台账，没有读取"
    entry.problem(said, level=Level.NOTE)


def years_before(found: Sequence[Earlier], place: str, year: int) -> tuple[YearEntry, ...]:
    """The years before `year` of this place, the oldest first, each by its last whole check.

    Of every result that isn't among them its file says why.
    """
    counted: dict[int, Earlier] = {}
    for one in sorted(found, key=lambda e: (e.year.as_of, e.entry.path)):
        why = "；".join(_not_counted(one.year, place, year))
        if why:
            one.entry.notes.append(f"以前核对的结果，不列入历年：{why}")
            continue
        before = counted.get(one.year.year)
        if before is not None:
            before.entry.notes.append(
                f"以前核对的结果，不列入历年：{one.year.year}年的以“{one.entry.path}”为准，"
                "它的检查日不早于这一份"
            )
        counted[one.year.year] = one
    for one in counted.values():
        one.entry.notes.append(f"以前核对的结果，列入历年：{one.year.year}年")
    return tuple(counted[name].year for name in sorted(counted))


def _not_counted(one: YearEntry, place: str, year: int) -> Iterator[str]:
    """Why a result is no earlier year of this place's."""
    if one.profile == PREDECISION:
        yield "只核了一件决策"
    elif one.profile:
        yield f"只核了清单“{one.profile}”"
    if not place or not one.place:
        yield "这次或者那次没有写明地名，认不出是不是同一个地方"
    elif fold(one.place) != fold(place):
        yield f"那是“{one.place}”的，这次核的是“{place}”"
    if one.year == year:
        yield f"{year}年就是这次核的年度"
    elif one.year > year:
        yield f"{one.year}年在这次核的{year}年之后"
