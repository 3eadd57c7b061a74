"""Yearly numbers that an office has declared, held against its ledgers and its annual report.

统计对照：统计表的数，同台账的件数、年度报告的数说的对不对得上。
"""

from __future__ import annotations

import datetime as dt
import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from engine.model.facts import Level, Problem, problem_at
from engine.model.field import Declared, Name, Path
from engine.model.regex import regex
from engine.model.schema import Schema
from engine.model.shipped import shipped_text
from engine.model.strict_yaml import load_yaml
from engine.model.validated import validate
from engine.model.values import Absent, Source, Unknown
from facts.joining.rows import Joined
from facts.report import Figure, FigureKind, Report
from facts.reports import ReadReport
from facts.writing.meanings import CellState
from facts.writing.text import fold

TYPE: Final = "declared_count"
_FILE: Final = "facts/report/declared.yaml"
_WHOLE: Final = regex("全年度?|本?年度?|今年(?:以来)?|当年")
_PLACE: Final = regex(".{1,6}?[县市区旗州](?=.{3})")
_MOST_NAMED: Final = 5


class Held(Declared):
    """What one kind of number is held against: a ledger, a figure of the report, or both.

    `of` is the ledger's record type, `day` the field that says of which year a row is, `where`
    the rows that count; with `part` the ledger holds no more than some of what was counted.
    """

    counted: str
    of: Name | None = None
    day: Path | None = None
    where: Mapping[Path, bool] = {}
    part: bool = False
    indicator: str = ""


class _All(Declared):
    held: tuple[Held, ...]


@lru_cache(maxsize=1)
def load_held() -> tuple[Held, ...]:
    """What the numbers are held against, as it comes with fazhi."""
    text = shipped_text(pathlib.Path(__file__).parent / "report" / "declared.yaml")
    return validate(_All, {"held": load_yaml(text, _FILE)}, _FILE).held


def _undated(found: Iterable[Joined]) -> Iterator[Problem]:
    """The sheets of which no year is known: nothing can be held against them."""
    sheets = {
        (joined.rows.drafts[0].source.file, joined.rows.drafts[0].source.sheet)
        for joined in found
        if not isinstance(joined.rows.cells.get("year"), int)
    }
    for file, sheet in sorted(sheets):
        hint = "请在标题、工作表名或文件名里写明年度"
        said = "看不出是哪一年的统计，没有用来核对"
        place = Source(file, sheet)
        yield problem_at(place, said, hint=hint, level=Level.NOTE, record_type=TYPE)


@dataclass(frozen=True, slots=True)
class Number:
    """One declared number: of what, whose, of which year, and where it stands."""

    counted: str
    unit: str
    year: int
    number: int
    source: Source


def held_against(
    schema: Schema,
    records: Mapping[str, Sequence[Joined]],
    reports: Mapping[int, ReadReport],
    declared: frozenset[str],
) -> tuple[frozenset[str], list[Problem]]:
    """The ledgers that are short of what was declared, and every number that doesn't fit.

    A number never shows that a ledger is complete. One that is larger than a ledger declared
    complete (`declared`) shows that it isn't. Linear in the rows for each number.
    """
    numbers = list(dict.fromkeys(_numbers(records.get(TYPE, ()))))
    short: set[str] = set()
    problems = list(_undated(records.get(TYPE, ())))
    for held in load_held():
        mine = [number for number in numbers if number.counted == held.counted]
        ledger = schema.types.get(held.of or "")
        for number in mine if ledger is not None else ():
            rows = _rows(records.get(held.of or "", ()), held, number)
            if rows.more():
                problems.append(_problem(number, rows.more()))
            elif ledger is not None and ledger.type in declared and rows.fewer(ledger.title):
                problems.append(_problem(number, rows.fewer(ledger.title)))
                short |= {ledger.type, *(nested.of for nested in ledger.nested.values())}
        problems += _against_reports(held, mine, reports)
    return frozenset(short), problems


def _problem(number: Number, said: str) -> Problem:
    return problem_at(number.source, said, str(number.number), record_type=TYPE)


def _of_sheet(number: Number, said: str, total: int) -> Problem:
    sheet = Source(number.source.file, number.source.sheet)
    return problem_at(sheet, said, str(total), record_type=TYPE)


def _numbers(found: Iterable[Joined]) -> Iterator[Number]:
    for joined in found:
        cells = joined.rows.cells
        counted, year, number = (cells.get(path) for path in ("counted", "year", "number"))
        if isinstance(counted, str) and isinstance(year, int) and isinstance(number, int):
            unit = cells.get("unit")
            draft = joined.rows.drafts[0]
            source = draft.sources.get("number", draft.source)
            yield Number(counted, unit if isinstance(unit, str) else "", year, number, source)


def _rows(records: Iterable[Joined], held: Held, number: Number) -> _Rows:
    truths = [(one.name, _counts(one.rows.cells, held, number)) for one in records]
    certain = tuple(name for name, truth in truths if truth)
    return _Rows(held, number, certain, sum(truth is not False for _, truth in truths))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a ledger that a number counts for certain, and how many it may count at most."""

    held: Held
    number: Number
    certain: tuple[str, ...]
    possible: int

    @property
    def _whose(self) -> str:
        return f"{self.number.unit}{self.number.year}年"

    def more(self) -> str:
        """That the ledger has more than was declared; nothing where it may not."""
        if len(self.certain) <= self.number.number:
            return ""
        names = "、".join(self.certain[:_MOST_NAMED])
        more = "等" if len(self.certain) > _MOST_NAMED else ""
        said = f"统计表写{self._whose}{self.held.counted}{self.number.number}件"
        return f"{said}，台账里有{len(self.certain)}件（{names}{more}），对不上，请核对"

    def fewer(self, ledger: str) -> str:
        """That a ledger declared complete has fewer; nothing where it may not."""
        if self.held.part or self.possible >= self.number.number:
            return ""
        said = f"统计表写{self._whose}{self.held.counted}{self.number.number}件"
        at_most = f"声明录全的“{ledger}”至多{self.possible}件"
        return f"{said}，{at_most}，对不上，录全的声明不作数"


def _counts(cells: Mapping[str, CellState], held: Held, number: Number) -> bool | None:
    """Whether a row is among what was counted; None where it doesn't say enough."""
    parts = [_of_year(cells.get(held.day or ""), number.year), _of_unit(cells, number.unit)]
    for path, value in held.where.items():
        state = cells.get(path)
        parts.append(state is value if isinstance(state, bool) else None)
    return False if False in parts else None if None in parts else True


def _of_year(state: CellState | None, year: int) -> bool | None:
    if isinstance(state, dt.date):
        return state.year == year
    if isinstance(state, Absent):
        return False
    if isinstance(state, Unknown) and isinstance(state.lo, dt.date):
        first, last = state.lo.year, getattr(state.hi, "year", year)
        return None if first <= year <= last else False
    return None


def _of_unit(cells: Mapping[str, CellState], unit: str) -> bool | None:
    """Whether a row is of a unit; one may bear the name of the place, the other not."""
    own = cells.get("unit")
    if not unit:
        return True
    if not isinstance(own, str):
        return None
    one, other = _bare(own), _bare(unit)
    return True if one == other else None if one.endswith(other) or other.endswith(one) else False


def _bare(name: str) -> str:
    return _PLACE.sub("", fold(name), count=1).removeprefix("县")


def _against_reports(
    held: Held, numbers: Sequence[Number], reports: Mapping[int, ReadReport]
) -> Iterator[Problem]:
    """The sum of the numbers of a year against what the report of that year says.

    The table of one body alone is part of what a place's report counts: then only more is wrong.
    """
    for year in sorted({number.year for number in numbers}):
        mine = [number for number in numbers if number.year == year]
        read, total = reports.get(year), sum(number.number for number in mine)
        figures = [] if read is None else _figures(read.report, held.indicator, year)
        if read is None or not figures or any(figure.may_equal(total) for figure in figures):
            continue
        alone = len({number.unit for number in mine}) == 1 and mine[0].unit
        if alone and any(figure.value > total for figure in figures):
            continue
        said = "、".join(f"“{figure.raw}{figure.unit}”" for figure in figures)
        place = Source(read.path, start=figures[0].start, end=figures[0].end).place()
        text = f"统计表写{year}年{held.counted}合计{total}件，年度报告写{said}（{place}），对不上"
        yield _of_sheet(mine[0], f"{text}，请核对；口径不同的，在报告里写明", total)


def _figures(report: Report, indicator: str, year: int) -> list[Figure]:
    """The figures of an indicator that are results of the whole year."""
    return [
        figure
        for figure in report.by_indicator(indicator)
        if figure.kind is FigureKind.RESULT
        and _WHOLE.fullmatch((figure.time_scope or "全年").removeprefix(str(year)) or "全年")
    ]
