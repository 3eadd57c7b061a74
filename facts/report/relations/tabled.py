"""Sums within a table: its rows against its 合计 row, the columns of a row against its 合计 column.

A table reaches the reader as a head that ends in a colon and a line for each row (see
:mod:`facts.files.documents.tables`); a list with its total in prose has the same shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import takewhile
from typing import Final

from engine.model.regex import regex
from engine.model.report import Verdict
from facts.report.contents import Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import show

_TOTAL: Final = regex("合计|总计|共计|总数")
_PERIOD: Final = regex(
    "(?:20[0-9]{2}年(?:度|上半年|下半年)?|[本今当上去]年(?:度|同期)?|上一?年度?|[本上]期|[上下]半年)"
)
_OF_A_BODY: Final = regex(r"([^()]{1,40})[(]([^()]{1,40})[)]")
_NOTHING: Final = frozenset(["数量", ""])
_COUNTS: Final = "共"
# of rows and columns like these it isn't certain that each thing is counted in one of them
_UNSURE: Final = regex(
    "其中|小计|全[省市县区镇乡]|本级合计|含|结转|上年|去年|同比|立案|受理|申请(?!法院|人民法院)|办结|结案|审结|检查|移送|收到|应[^急]|未|率|等$"
)
# of columns like these the rows have no sum; of those one thing may stand in several rows
_NO_SUM: Final = regex("率|比|均|名次|排名|得分|最[高低]")
_SHARED: Final = regex("涉及|参与|覆盖|惠及|单位|部门|其中")
_MARKER: Final = regex(
    r"^(?:([一二三四五六七八九十]{1,3}、)|([(][一二三四五六七八九十]{1,3}[)])|([0-9]{1,2}[.、)]))"
)
_FEWEST: Final = 2


@dataclass(frozen=True)
class _Row:
    """One line of a table: its figures, the period of each and the words it is told with."""

    figures: tuple[int, ...]
    periods: tuple[str, ...]
    told: tuple[str, ...]

    @cached_property
    def label(self) -> str:
        """What the row is called."""
        bodies = {match[1] for words in self.told if (match := _OF_A_BODY.fullmatch(words))}
        if bodies:
            return bodies.pop() if len(bodies) == 1 else ""
        if len(self.told) == 1:
            return self.told[0]
        ends = zip(*(reversed(words) for words in self.told), strict=False)
        alike = takewhile(lambda chars: len(set(chars)) == 1, ends)
        return "".join(chars[0] for chars in alike)[::-1]

    @cached_property
    def is_total(self) -> bool:
        """Whether all that it tells begins with 合计."""
        return all(_TOTAL.match(words) for words in self.told)

    @cached_property
    def columns(self) -> dict[str, int]:
        """The figures by what their column is of; none where two columns are told alike."""
        keys = [
            period + self.column(words)
            for period, words in zip(self.periods, self.told, strict=True)
        ]
        alike = len(set(keys)) < len(keys)
        return {} if alike else dict(zip(keys, self.figures, strict=True))

    def column(self, words: str) -> str:
        """What the column of a figure that is told with ``words`` is of."""
        if body := _OF_A_BODY.fullmatch(words):
            return "" if body[2] in _NOTHING else body[2]
        if self.is_total:
            return _TOTAL.sub("", words, count=1)
        return words.removesuffix(self.label)


def tabled(reading: Reading) -> list[Relation]:
    """Return the totals of tables: those that come out, and those that don't or may not."""
    found: list[Relation] = []
    for rows in _tables(reading):
        for row in rows:
            found += _across(reading, row)
        found += _down(reading, rows)
    return found


def _tables(reading: Reading) -> Iterator[list[_Row]]:
    """The runs of lines with figures below a line that ends in a colon."""
    text = reading.view.text
    spans: dict[int, list[int]] = {}
    last, line, end = -1, 0, text.find("\n")
    for index, number in enumerate(reading.numbers):
        while 0 <= end < number.start:
            line, end = end + 1, text.find("\n", end + 1)
        if number.start != last:
            spans.setdefault(line, []).append(index)
        last = number.start
    rows: list[_Row] = []
    after = -1
    for start, figures in spans.items():
        if start != after:
            yield rows
            rows = []
            if text[max(0, start - 2) : start] != ":\n":
                after = -1
                continue
        rows.append(_row(reading, start, figures))
        end = text.find("\n", start)
        after = end + 1 if end >= 0 else len(text)
    yield rows


def _row(reading: Reading, start: int, figures: Sequence[int]) -> _Row:
    periods, told, position = [], [], start
    for index in figures:
        words = reading.view.text[position : reading.numbers[index].start].lstrip(",")
        period = _PERIOD.match(words)
        periods.append(period.group() if period else "")
        told.append(words[len(periods[-1]) :].removesuffix(_COUNTS))
        position = reading.numbers[index].unit_end
    return _Row(tuple(figures), tuple(periods), tuple(told))


def _down(reading: Reading, rows: Sequence[_Row]) -> Iterator[Relation]:
    """甲局12件。乙局9件。合计20件。: the rows above a total, column by column."""
    at = next((at for at, row in enumerate(rows) if row.is_total), len(rows))
    above = rows[:at]
    if len(above) < _FEWEST or at == len(rows):
        return
    labels = [row.label for row in above]
    levels = {match.lastindex if (match := _MARKER.match(label)) else 0 for label in labels}
    certain = all(labels) and len(set(labels)) == len(labels) and len(levels) == 1
    certain = certain and not any(map(_UNSURE.search, labels))
    lone = all(len(row.figures) == 1 for row in rows[: at + 1])
    for column, total in rows[at].columns.items():
        columns = (row.figures[0] if lone else row.columns.get(column) for row in above)
        parts = [index for index in columns if index is not None]
        if _NO_SUM.search(column):
            continue
        if len(parts) >= _FEWEST and _alike(reading, [*parts, total]):
            complete = certain and len(parts) == len(above) and not _SHARED.search(column)
            yield _sum(reading, total, parts, "表中各行", certain=complete)


def _across(reading: Reading, row: _Row) -> Iterator[Relation]:
    """警告12件，罚款345件，合计357件。: the columns of a row up to its total."""
    run: list[int] = []
    unsure = False
    for index, words in zip(row.figures, row.told, strict=True):
        column = row.column(words)
        if run and not _alike(reading, [run[0], index]):
            run, unsure = [], False
        if not _TOTAL.search(column):
            run.append(index)
            unsure = unsure or _UNSURE.search(column) is not None
            continue
        if len(run) >= _FEWEST:
            tails = (run[start:] for start in range(len(run) - 1))
            fitting = next(
                (tail for tail in tails if _together(reading, tail) == _value(reading, index)), run
            )
            yield _sum(reading, index, fitting, "表中各栏", certain=not unsure)
        run, unsure = [], False


def _alike(reading: Reading, figures: Sequence[int]) -> bool:
    """Whether figures are exact counts of one unit."""
    units = {reading.figures[index].unit for index in figures}
    return len(units) == 1 and all(map(reading.is_count, figures))


def _value(reading: Reading, index: int) -> Decimal:
    return reading.figures[index].value


def _together(reading: Reading, parts: Sequence[int]) -> Decimal:
    return sum((_value(reading, part) for part in parts), Decimal(0))


def _slack(reading: Reading, figures: Sequence[int]) -> Decimal:
    """By how much rounding may part a total from its parts: half a last digit for each figure."""
    slack = Decimal(0)
    for index in figures:
        figure = reading.figures[index]
        digits = re.sub("[^0-9]", "", figure.raw)
        if "." in figure.raw and int(digits):
            slack += figure.value / int(digits) / 2
    return slack


def _sum(
    reading: Reading, total: int, parts: Sequence[int], what: str, *, certain: bool
) -> Relation:
    terms = "+".join(show(_value(reading, part)) for part in parts)
    together, value = _together(reading, parts), _value(reading, total)
    words = f"{what}之和{terms}={show(together)}，"
    if together == value:
        verdict, words = Verdict.HOLDS, f"{words}与合计相符"
    elif certain and abs(together - value) > _slack(reading, [*parts, total]):
        verdict, words = Verdict.FAILS, f"{words}所写合计{show(value)}，不符"
    else:
        verdict = Verdict.UNKNOWN
        words += f"所写合计{show(value)}；各项可能有包含、重复、取整或者没有列全，须人核对"
    return Relation("sum", f"{terms}={show(value)}", verdict, words, (*parts, total))
