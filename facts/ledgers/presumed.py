"""Unknown headers that can be nothing else: matched by their name and by what their cells hold.

Name and content have to speak both, and for one field alone; what is read so counts as doubtful
until somebody confirms it in the settings.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from engine.model.facts import Input, Level, Question
from engine.model.field import FieldKind, FieldType, Holds
from engine.model.regex import regex
from engine.model.values import Absent, Unknown
from facts.ledgers.bodies import body_of
from facts.ledgers.draft import Draft
from facts.ledgers.headers import Match, Target, bracket, header_text
from facts.ledgers.tables import HEADERS, UNREAD, Column, Table
from facts.writing.cells import CellReader
from facts.writing.text import clean, fold, words

_FEW: Final = 2
"""So many cells have to speak; one alone may say anything."""
_LIKE: Final = 0.5
"""From here on two names share enough to be of one thing."""
_APART: Final = 0.15
"""Two names that are like by as much are like the same."""
_FAR: Final = 500
"""The rank of a match by likeness: behind every header that is known."""
_MARKS: Final = words(
    "拟 计划 预计 预定 应 要求 期限 时限 截止 未 不 无 免 否 再 复 二次 重新 补 原 上次 首次 初"
    " 后 前 起 止 开始 结束 延 自行 自我 反馈 撤 驳"
)
"""What one of two names says and the other doesn't makes them two things."""
_TAIL: Final = regex("(?:日期|时间|年月日|日|文号|编号|字号|号|单位|机关|部门|机构)$")
"""What a name ends with says of what kind it is, not which of that kind."""
_NUMBER: Final = regex(r".*[〔\[（(【][12][0-9]{3}[〕\]）)】].*[0-9]+号")
_DAY: Final = FieldType(type=FieldKind.DATE, title="日期", time="event")

Elsewhere = dict[tuple[str, str], str]
"""Fields by record type and path that a column anywhere has, each with its folded header."""


def columns_of(tables: Sequence[Table]) -> Elsewhere:
    """The fields that the columns of these tables have."""
    found: Elsewhere = {}
    for table in tables:
        for column in table.columns:
            for target in (column.match.target, column.match.second):
                if target is not None:
                    owner = table.headings.owner(target).type
                    found[owner, target.path] = header_text(column.header)
    return found


def presume(
    tables: Sequence[Table],
    elsewhere: Elsewhere,
    bodies: Mapping[str, str],
    aliases: Mapping[str, str],
    entry: Input,
) -> None:
    """Read the unknown columns of a sheet that can be nothing else, and say why.

    `tables` are those of the sheet, `elsewhere` what is read in the folder, which grows with it;
    `bodies` are the names of bodies known, folded.
    """
    if not tables or tables[0].grid.names:
        return
    first = tables[0]
    claims: dict[tuple[str, str], list[tuple[int, str, _Claim]]] = {}
    for number, text, above in first.unread:
        if not text or aliases.get(header_text(text)) == UNREAD:
            continue
        may_be = [
            claim for table in tables for claim in _claims(table, number, above + text, bodies)
        ]
        near = [claim for claim in may_be if claim.like > max(c.like for c in may_be) - _APART]
        if len(near) == 1 and near[0].likest:
            key = near[0].table.type.type, near[0].path
            claims.setdefault(key, []).append((number, text, near[0]))
    for key, found in claims.items():
        other = elsewhere.get(key)
        if len(found) == 1 and other in (None, header_text(found[0][1])):
            number, text, claim = found[0]
            elsewhere[key] = header_text(text)
            _take(claim, number, text, entry, first)


def mark_presumed(table: Table, drafts: Iterable[Draft]) -> None:
    """Say at every fact of a presumed column why it is taken from there."""
    for draft in drafts if table.presumed else ():
        for path in table.presumed.keys() & draft.cells.keys():
            draft.sources[path] = replace(draft.sources[path], presumed=table.presumed[path])


@dataclass(frozen=True, slots=True)
class _Claim:
    """A field that a column may be, why, how like its name is, and whether that is the likest.

    Of the names of all fields of its kind, those that have their column among them.
    """

    table: Table
    path: str
    why: str
    like: float
    likest: bool


def _take(claim: _Claim, number: int, text: str, entry: Input, first: Table) -> None:
    table, title = claim.table, claim.table.type.fields[claim.path].title
    table.columns.append(Column(number, clean(text), Match(Target(claim.path), _FAR)))
    table.columns.sort(key=lambda column: column.number)
    table.presumed[claim.path] = f"“{clean(text)}”一列是按列名和内容认作“{title}”的，没有人确认"
    first.unread = [column for column in first.unread if column[0] != number]
    own = header_text(text)
    entry.questions.append(Question(HEADERS, clean(text), (title,), claim.why))
    entry.problem(
        f"按列名和内容当作“{title}”读取，没有人确认；确认以前，靠它才成立的是存疑待核",
        clean(text),
        sheet=table.grid.sheet,
        cell=table.header_cell(number),
        hint=f"{claim.why}；对的，在设置的“{HEADERS}”（headers）里写“{own}={title}”，"
        f"不对的写“{own}={UNREAD}”",
        level=Level.NOTE,
        record_type=table.type.type,
    )


def _claims(table: Table, number: int, text: str, bodies: Mapping[str, str]) -> Iterator[_Claim]:
    """The fields of a table that a column may be by its name and its cells."""
    taken = {target for c in table.columns for target in (c.match.target, c.match.second)}
    name = bracket(header_text(text))[0]
    likeness = {target: _likeness(name, said) for target, said in _words(table).items()}
    if max(likeness.values(), default=0.0) < _LIKE:
        return
    cells = [(row, row[number - 1]) for _, row in table.rows if len(row) >= number]
    filled = [(row, cell) for row, cell in cells if cell is not None and clean(str(cell))]
    if len(filled) < _FEW or not _one_a_key(table, filled):
        return
    for target, like in likeness.items():
        spec = table.type.fields.get(target.path)
        own = not target.list and not target.parent and target.path not in table.type.key
        if like < _LIKE or spec is None or not own or target in taken:
            continue
        why = _content(table, target.path, spec, filled, bodies)
        if why:
            said = f"列名与“{spec.title}”相近，{why}"
            kind = [
                one for t, one in likeness.items() if _kind(table.headings.spec(t)) == _kind(spec)
            ]
            yield _Claim(table, target.path, said, like, likest=like == max(kind))


def _kind(spec: FieldType | None) -> tuple[object, ...]:
    """What sort of cell a field has: a name that is like one of another sort is no rival."""
    return () if spec is None else (spec.type, spec.agency, spec.time)


def _words(table: Table) -> dict[Target, list[str]]:
    found: dict[Target, list[str]] = {}
    for word, (_, target) in table.headings.words.items():
        found.setdefault(target, []).append(word)
    return found


def _likeness(name: str, said: Sequence[str]) -> float:
    """How much a header is like the words for a field, from 0 to 1."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_stem(name))
    best = 0.0
    for word in said:
        matcher.set_seq1(_stem(word))
        if matcher.quick_ratio() > best and _marks(word) == _marks(name):
            best = max(best, matcher.ratio())
    return best


def _stem(name: str) -> str:
    return _TAIL.sub("", name).replace("的", "")


def _marks(name: str) -> frozenset[str]:
    return frozenset(mark for mark in _MARKS if mark in name)


_Cells = Sequence[tuple[Sequence[object], object]]
"""The rows with something in a column, each with what that is."""


def _one_a_key(table: Table, filled: _Cells) -> bool:
    """Whether rows of one thing say one thing: else the column is of something smaller."""
    places = [c.number for c in table.columns if c.match.target.path in table.type.key]
    said: dict[tuple[object, ...], object] = {}
    for row, cell in filled:
        key = tuple(row[place - 1] for place in places if place <= len(row))
        if key and said.setdefault(key, cell) != cell:
            return False
    return True


def _content(
    table: Table, path: str, spec: FieldType, filled: _Cells, bodies: Mapping[str, str]
) -> str:
    """What the cells say for a field, in words; nothing where they say nothing certain.

    Every cell has to be readable; those that say 无 or 待定 speak for any field.
    """
    reader = CellReader(spec, ledger_year=table.year, agencies=bodies)
    read = [(row, cell, reader.read(cell)) for row, cell in filled]
    if any(cell.expected for _, _, cell in read):
        return ""
    told = [(row, raw) for row, raw, cell in read if not isinstance(cell.state, Unknown | Absent)]
    cells = [raw for _, raw in told]
    if len(cells) < _FEW:
        return ""
    if spec.type is FieldKind.DATE and spec.time == "event":
        return _days(table, path, told)
    if spec.type is FieldKind.ENUM:
        return f"{len(cells)}格都是这一项的选项"
    if spec.agency and spec.type is FieldKind.STRING:
        return _all(cells, lambda text: fold(text) in bodies or bool(body_of(text)), "是单位名称")
    if spec.holds in (Holds.DOCUMENT_NUMBER, Holds.PAPER):
        return _all(cells, lambda text: _NUMBER.fullmatch(text) is not None, "是文号")
    return ""


def _all(cells: Sequence[object], fits: Callable[[str], bool], said: str) -> str:
    ok = all(isinstance(cell, str) and fits(clean(cell)) for cell in cells)
    return f"{len(cells)}格都{said}" if ok else ""


def _days(table: Table, path: str, filled: _Cells) -> str:
    """Days that lie between those of the nearest steps before and after, in most rows.

    A few may be breaches, which is what is looked for.
    """
    reader = CellReader(_DAY, ledger_year=table.year)
    order = list(table.type.fields)
    steps = _steps(table)
    before = [step for step in reversed(steps) if order.index(step[0]) < order.index(path)]
    after = [step for step in steps if order.index(step[0]) > order.index(path)]
    between: Counter[tuple[str, str]] = Counter()
    compared = 0
    for row, cell in filled:
        day = reader.read(cell).state
        first, last = _nearest(row, before, reader), _nearest(row, after, reader)
        if isinstance(day, dt.date) and first is not None and last is not None:
            compared += 1
            if first[1] <= day <= last[1]:
                between[first[0], last[0]] += 1
    within = between.total()
    if compared < _FEW or within * 5 < compared * 4:
        return ""
    one, other = (table.type.fields[step].title for step in between.most_common(1)[0][0])
    return f"{len(filled)}格都是日期，有{within}格在前后两步（如“{one}”和“{other}”）之间"


def _steps(table: Table) -> list[tuple[str, int]]:
    """The days of events that columns have, in the order of the procedure, with the column."""
    places = {
        column.match.target.path: column.number
        for column in table.columns
        if not column.match.target.list and not column.match.target.parent
    }
    return [
        (path, places[path])
        for path, spec in table.type.fields.items()
        if path in places and path not in table.presumed
        if spec.type is FieldKind.DATE and spec.time == "event"
    ]


def _nearest(
    row: Sequence[object], steps: Sequence[tuple[str, int]], reader: CellReader
) -> tuple[str, dt.date] | None:
    """The first of these steps that has a day in a row, and that day."""
    for path, place in steps:
        day = reader.read(row[place - 1] if place <= len(row) else None).state
        if isinstance(day, dt.date):
            return path, day
    return None
