"""In what unit a table's bare numbers are: its headers, title, blocks, notes and rows say so.

A column is read in the unit that covers it. Where units are stated that can't be attributed, or
that contradict each other, its bare numbers are unknown: no amount is taken in the wrong unit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

from engine.model.facts import stem
from engine.model.field import FieldKind, FieldType
from engine.model.regex import regex
from facts.ledgers.tables import Again, Column, Table
from facts.writing.measure import PLAIN, Measure, measures
from facts.writing.text import clean, fold, half_width
from facts.writing.units import unit_scale

_MONEY: Final = r"(?:人民币)?(?:(?:百|千|万|十万|百万|千万|亿)(?:元|圆)|[美港欧日]元|元(?![一-鿿]))"
_OTHERS: Final = r"学时|课时|小时|分钟|学分|个?工作日|个?月|天|日|周|%|‰"
_UNIT: Final = regex(rf"({_MONEY}|{_OTHERS})")
_STATED: Final = regex(
    r"单\s*位\s*(?:均|都|一律|统一)*\s*(?:为|是|以|按|:)*\s*[(\"“]?(?=([^\s()。;\"”]+))"
)
_AMOUNTS: Final = regex(
    rf"(?:金额|数额|罚款|款项|罚没款?)[^,。;、]{{0,6}}?(?:[:为]|以|按|用)\s*({_MONEY})(?!以[上下内])"
    rf"|(?:以|按|用)\s*({_MONEY})\s*(?:为|作|计|填|列|表示)"
)
_BRACKETS: Final = regex(rf"[(\[【]\s*({_MONEY})\s*[)\]】]")
_MENTION: Final = regex(
    r"(?<![0-9.多余几数一二三四五六七八九十百千两])((?:百|千|万|百万|千万|亿)元)(?!以[上下内]|户)"
)
_PARTS: Final = regex(r"[、,/和及]")
_FOOTNOTE: Final = ("注", "备注", "说明", "填表说明", "填报说明", "*", "※")
_UNIT_LINE: Final = ("单位", "金额单位", "填报单位", "填表单位", "计量单位", "币种")
_LONGEST_UNIT: Final = 6

Key: TypeAlias = tuple[int, tuple[str, ...]]
"""What decides the units of a row: the block it stands in, and the units it states itself."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A unit that a text states, and how to tell the reader; `columns` are those it covers.

    `vague`: the text names the unit without saying of what.
    """

    unit: str
    said: str
    columns: range | None = None
    vague: bool = False


@dataclass(slots=True)
class Measures:
    """The units of a table: stated for all of it, from a row on, or by the rows themselves."""

    columns: dict[int, FieldType]
    whole: list[_Stated] = field(default_factory=list)
    blocks: list[tuple[int, list[_Stated]]] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)

    def key(self, number: int, row: Sequence[object]) -> Key:
        """What decides the units of this row."""
        if not self.columns:
            return 0, ()
        texts = (cell for cell in row if isinstance(cell, str))
        own = dict.fromkeys(unit for text in texts for unit in _row_units(text))
        return bisect_right(self.blocks, number, key=lambda block: block[0]), tuple(own)

    def of(self, column: Column, spec: FieldType, key: Key) -> Measure:
        """The unit of a column's bare numbers in the rows of this key."""
        if column.number not in self.columns:
            return PLAIN
        own = column.match.unit
        stated = [_Stated(own, f"列名写“{own}”")] if own else []
        stated += [_Stated(unit, f"本行写“{unit}”") for unit in key[1]]
        stated += [
            item
            for item in self._around(key[0])
            if (item.columns is None or column.number in item.columns)
            and not (item.vague and stated)
        ]
        return _settled(column, spec, [s for s in stated if measures(s.unit, spec.unit)])

    def around(self, number: int) -> list[_Stated]:
        """What is stated around the row of this number."""
        return self._around(bisect_right(self.blocks, number, key=lambda block: block[0]))

    def _around(self, block: int) -> list[_Stated]:
        """What is stated around the rows of a block; one before all blocks may not be theirs."""
        if block:
            notes = [item for item in self.whole if item.said.startswith("注")]
            return [*self.blocks[block - 1][1], *notes]
        if self.blocks and not any(not item.vague for item in self.whole):
            later = [
                _Stated(item.unit, f"{item.said}，写在这些行的下面", item.columns, vague=True)
                for item in self.blocks[0][1]
            ]
            return [*self.whole, *later]
        return self.whole


def _settled(column: Column, spec: FieldType, stated: list[_Stated]) -> Measure:
    """The one unit of all that are stated, else why there is none."""
    firm = [item for item in stated if not item.vague]
    factors = {unit_scale(item.unit, spec.unit) for item in firm}
    vague = [item for item in stated if item.vague and unit_scale(item.unit, spec.unit) != 1]
    mend = f"请在列名上写明，如“{spec.title}（{spec.unit}）”"
    if not firm and vague:
        return Measure(
            None, doubt=f"不知这一列是否也按“{vague[0].unit}”：{vague[0].said}", mend=mend
        )
    if len(factors) > 1:
        said = dict.fromkeys(item.said for item in firm)
        return Measure(None, doubt=f"单位说法不一：{'；'.join(said)}", mend="请改正其中写错的一处")
    if None in factors and firm[0].unit != column.match.unit:
        return Measure(None, doubt=f"{firm[0].said}，与“{spec.unit}”不同", mend=mend)
    return Measure(factors.pop(), firm[0].unit) if factors else PLAIN


def measures_of(table: Table) -> Measures:
    """Every unit that a table states; nothing is looked for where no column has one of these."""
    columns = {}
    for column in table.columns:
        for target in (column.match.target, column.match.second):
            spec = table.headings.spec(target) if target is not None else None
            if spec is not None and _measured(spec):
                columns[column.number] = spec
    found = Measures(columns)
    if not columns:
        return found
    grid = table.grid
    for name, text in (("工作表名", grid.sheet), ("文件名", stem(grid.file))):
        found.whole += _of_title(text, f"{name}“{text}”")
    for note in grid.notes:
        found.whole += _explicit(note, f"写“{note}”")
    for remark in grid.remarks:
        for line in remark.splitlines():
            said = f"表外写“{line.strip()}”"
            found.whole += [_Stated(item.unit, said, vague=True) for item in _explicit(line, said)]
    above = grid.rows[: table.top]
    for at, (number, row) in enumerate(above):
        _above(table, found, (number, row), above[at + 1 :])
    _below(table, found)
    for again in table.again:
        _restated(table, found, again)
    return found


def _restated(table: Table, found: Measures, again: Again) -> None:
    """A header written again says the units of the rows below it; titles right above it do too.

    What was stated for the rows above may still hold where it says nothing.
    """
    stated = [
        item
        for number, row in again.titles
        for text in dict.fromkeys(clean(cell) for cell in row if isinstance(cell, str))
        for item in _explicit(text, f"第{number}行写“{text}”")
    ]
    for column, header, unit in again.units:
        said = f"{table.grid.cell(again.number, column)}写“{header}”"
        stated.append(_Stated(unit, said, range(column, column + 1)))
    if stated:
        before = found.around(again.number)
        stated += [_Stated(i.unit, f"前面{i.said}", i.columns, vague=True) for i in before]
        found.blocks.append((again.number, stated))
        found.blocks.sort(key=lambda block: block[0])


def _measured(spec: FieldType) -> bool:
    return spec.type in (FieldKind.INT, FieldKind.NUMBER) and measures(spec.unit, spec.unit)


def _above(
    table: Table,
    found: Measures,
    line: tuple[int, Sequence[object]],
    below: Sequence[tuple[int, Sequence[object]]],
) -> None:
    """What a title row, or the header itself, says of units."""
    number, row = line
    known = {column.number for column in table.columns}
    texts = {column: clean(cell) for column, cell in enumerate(row, 1) if isinstance(cell, str)}
    texts = {column: text for column, text in texts.items() if text}
    seen = set()
    for column, text in texts.items():
        if text in seen:
            continue
        seen.add(text)
        said = f"{table.grid.cell(number, column)}写“{text}”"
        if not below:  # the header: of its texts only one that is no column speaks for the sheet
            if column not in known and fold(text).lstrip("(").startswith(("单位", "金额单位")):
                found.whole += _explicit(text, said)
        elif len(below) == 1 and below[0][0] == number + 1 and len(set(texts.values())) > 1:
            found.whole += _of_group(found, (column, text), said, (row, below[0][1]))
        else:
            found.whole += _of_title(text, said)


def _of_group(
    found: Measures,
    place: tuple[int, str],
    said: str,
    rows: tuple[Sequence[object], Sequence[object]],
) -> list[_Stated]:
    """What a text right above the header says: of the columns below it, or of the whole sheet."""
    column, text = place
    explicit = _explicit(text, said)
    if explicit:
        return explicit
    row, header = rows
    mine = row[column - 1]
    same = (None, "", mine)
    # a merge says how far a group reaches; without one it reaches to the next text
    merged = column < len(row) and row[column] == mine
    reach, end = ((mine,), len(row)) if merged else (same, max(len(row), len(header)))
    others = (at for at in range(column + 1, len(row) + 1) if row[at - 1] not in reach)
    span = range(column, next(others, end + 1))
    units = [_Stated(unit, said, span) for unit in _BRACKETS.findall(half_width(text))]
    below = header[column - 1] if column <= len(header) else None
    if units and below not in same and not found.columns.keys() & set(span):
        return [_Stated(item.unit, said, vague=True) for item in units]
    return units


def _of_title(text: str, said: str) -> list[_Stated]:
    """The units that a title states, else those that it only mentions."""
    plain = half_width(text)
    stated = _explicit(text, said) or [_Stated(u, said) for u in _BRACKETS.findall(plain)]
    return stated or [_Stated(unit, said, vague=True) for unit in _MENTION.findall(plain)]


def _explicit(text: str, said: str) -> list[_Stated]:
    """The units that a text says its numbers are in: 单位：件、万元; 金额以万元计."""
    spaced = half_width(text)
    units: dict[str, None] = {}
    for plain in (spaced, "".join(spaced.split())):  # 单 位：万 元 is set wide
        for found in _STATED.findall(plain):
            heads = map(_UNIT.match, _PARTS.split(found))
            units.update((head[1], None) for head in heads if head is not None)
        for amounts in _AMOUNTS.finditer(plain):
            units[amounts[1] or amounts[2]] = None
    return [_Stated(unit, said) for unit in units]


def _below(table: Table, found: Measures) -> None:
    """Notes below the rows speak for the whole table, lines between them for what follows."""
    notes: list[tuple[int, list[_Stated], bool]] = []
    for number, row in table.rows:
        texts = dict.fromkeys(clean(cell) for cell in row if isinstance(cell, str))
        texts.pop("", None)
        if not any("元" in text or "单位" in text for text in texts) or _has_amount(found, row):
            continue
        first = fold(next(iter(texts))).lstrip("(")
        note = first.startswith(_FOOTNOTE)
        if not note and not first.startswith(_UNIT_LINE) and len({str(c) for c in row if c}) > 1:
            continue  # a row of its own: what it says of units holds for itself
        stated = [item for text in texts for item in _of_title(text, f"第{number}行写“{text}”")]
        if note or any(not item.vague for item in stated):
            notes.append((number, stated, note))
            found.lines.add(number)
    taken = {number for number, _, _ in notes}
    last = max((number for number, _ in table.rows if number not in taken), default=0)
    for number, stated, footnote in notes:
        if footnote or number > last:
            found.whole += [
                _Stated(item.unit, f"注（{item.said}）", vague=item.vague) for item in stated
            ]
        else:
            found.blocks.append((number, stated))


def _has_amount(found: Measures, row: Sequence[object]) -> bool:
    """Whether a row holds a number where the table has its amounts: it is no line of words."""
    cells = (row[column - 1] for column in found.columns if column <= len(row))
    return any(
        not isinstance(cell, str) or (cell != row[0] and any(map(str.isdigit, cell)))
        for cell in cells
        if cell is not None
    )


@lru_cache(maxsize=65536)
def _row_units(text: str) -> tuple[str, ...]:
    """The units that one cell of a row states for the row: 万元, or 金额单位：万元."""
    if "单位" in text:
        return tuple(item.unit for item in _explicit(text, ""))
    whole = _UNIT.fullmatch(half_width(clean(text))) if len(text) <= _LONGEST_UNIT else None
    return () if whole is None else (whole[1],)
