"""One cell to one state: the table of what offices write in a cell, per field type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Final, TypeAlias, TypeGuard

from engine.model.field import FieldKind, FieldType, Holds, Says
from engine.model.regex import regex
from engine.model.values import Cause, Elements, Unknown
from facts.writing.dates import Unreadable, day_interval, parse_date, split_two
from facts.writing.formats import Formatted, exact
from facts.writing.meanings import EMPTY, UNREADABLE, Cell, in_range, moments, none_means
from facts.writing.measure import PLAIN, Measure
from facts.writing.numbers import NumberResult, checked, parse_number
from facts.writing.numerals import NUMERAL_SIGNS
from facts.writing.periods import Period
from facts.writing.presence import Presence, presence
from facts.writing.questions import own_answers
from facts.writing.text import (
    NO_WORDS,
    NONE_WORDS,
    NOT_APPLICABLE_WORDS,
    NOT_DONE_WORDS,
    OPEN_WORDS,
    UNDECIDED_WORDS,
    YES_WORDS,
    clean,
    document_number,
    fold,
    is_elsewhere,
    nearest,
    spelled,
    split_items,
)
from facts.writing.units import unit_scale

Raw: TypeAlias = object
"""What a file holds in one cell: None, text, a number, a truth value, a date, or a JSON list."""

Names: TypeAlias = tuple[Mapping[str, str], frozenset[str]]
"""Aliases of agencies by their folded spelling, and the folded names of the office's own place."""

_SESSION: Final = regex(f"(?:[12][0-9]{{3}}年度?)|第?[0-9{NUMERAL_SIGNS}]{{1,6}}[次届]")
"""Which session it was and of which year says nothing of its kind: 第12次, 第十五届, 2024年."""

_LEVELS: Final = frozenset("省市县区州旗盟镇乡")
_NUMBER_LENGTH: Final = 15
_ERRORS: Final = ("#ref!", "#n/a", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#spill!")


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one column. Equal cells are read once.

    `measure` is the unit of its bare numbers, `ledger_year` the year in the sheet's title, `within`
    the month that the sheet is of.
    `agencies` maps a folded name to the name that stands for it; `own` holds the folded names of
    the place and of its government.
    """

    spec: FieldType
    measure: Measure = PLAIN
    ledger_year: int | None = None
    agencies: Mapping[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    within: Period | None = None
    _known: dict[tuple[type, object], Cell] = field(default_factory=dict)
    _values: dict[str, str] | None = None
    _own_words: Mapping[str, Says] | None = None

    def read(self, raw: Raw) -> Cell:
        """The state of one cell, and what was expected if it can't be read."""
        if raw is None:
            return EMPTY
        if isinstance(raw, (list, tuple, dict)):
            return self._structured(raw)
        key = (type(raw), raw)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read(raw)
        return found

    def _read(self, raw: Raw) -> Cell:
        if isinstance(raw, str):
            text = clean(raw)
            if not text:
                return EMPTY
            word = fold(text)
            if word in _ERRORS:
                return Cell(UNREADABLE, "公式出错，请改正后另存")
            common = self._common(text, word)
            return common if common is not None else self._typed(text, word)
        return self._typed_value(raw)

    def _common(self, text: str, word: str) -> Cell | None:
        """无, /, 详见附件, 待定: what any column may say instead of a value."""
        if word in self.values():
            return None
        said = self._words().get(word)
        if said is not None:
            return self._said(said, text)
        kind = self.spec.type
        if word in NONE_WORDS or (word in NOT_DONE_WORDS and kind is not FieldKind.BOOL):
            return Cell(none_means(self.spec))
        if kind is FieldKind.OBJECT and word in NO_WORDS - {"0", "不需要"}:
            return Cell(none_means(self.spec))
        if word in NOT_APPLICABLE_WORDS or (word == "不需要" and kind is not FieldKind.BOOL):
            return Cell(self._unknown(Cause.CLAIMED_NOT_APPLICABLE))
        if is_elsewhere(word):
            return Cell(self._unknown(Cause.ELSEWHERE))
        if word in OPEN_WORDS:
            return Cell(self._unknown(Cause.BLANK))
        return None

    def _words(self) -> Mapping[str, Says]:
        """What words say in this very field: those it declares, and its own question answered."""
        if self._own_words is None:
            answers = own_answers(self.spec)
            self._own_words = answers | {fold(word): said for word, said in self.spec.words.items()}
        return self._own_words

    def _said(self, said: Says, text: str) -> Cell:
        match said:
            case "true" | "false":
                return Cell(said == "true")
            case "present":
                return Cell(text)
            case "absent":
                return Cell(none_means(self.spec))
            case "planned":
                return Cell(self._unknown(Cause.PLANNED))
            case _:
                return Cell(self._unknown(Cause.NEEDS_PERSON))

    def _unknown(self, cause: Cause) -> Unknown | Elements:
        if self.spec.type is FieldKind.SET:
            return Elements((), closed=False, cause=cause)
        return Unknown(cause)

    def _typed(self, text: str, word: str) -> Cell:
        reader: Callable[[CellReader, str, str], Cell] = _TEXT_READERS[self.spec.type]
        return reader(self, text, word)

    def _typed_value(self, raw: Raw) -> Cell:
        """Cells that are not text: what a spreadsheet or JSON has typed already."""
        if isinstance(raw, bool):
            word = "是" if raw else "否"
            return self._typed(word, word)
        if isinstance(raw, (dt.datetime, dt.date)):
            return self._dated(raw)
        if isinstance(raw, Formatted):
            return self._formatted(raw)
        if isinstance(raw, (int, float, Decimal)):
            return self._numeric(raw)
        return self._bad()

    def _dated(self, raw: dt.date) -> Cell:
        kind = self.spec.type
        midnight = not isinstance(raw, dt.datetime) or raw.time() == dt.time.min
        day = raw.date() if isinstance(raw, dt.datetime) else raw
        if kind is FieldKind.DATE:
            return in_range(day, day)
        if kind is FieldKind.DATETIME:
            moment = dt.datetime.combine(day, getattr(raw, "time", dt.time)())
            return in_range(day, day_interval(day) if midnight else moment)
        if kind in (FieldKind.STRING, FieldKind.SET, FieldKind.OBJECT):
            return self._typed(day.isoformat(), day.isoformat())
        return Cell(UNREADABLE, self.expected(), "这一格是日期")

    def _numeric(self, raw: float | Decimal) -> Cell:
        kind = self.spec.type
        number = exact(raw)
        if number is None:
            return Cell(UNREADABLE, self.expected(), "数字太大或不是有限数")
        text = f"{number:f}"
        if kind in (FieldKind.INT, FieldKind.NUMBER):
            return self._measured(number, text)
        if len(text.partition(".")[0]) > _NUMBER_LENGTH:
            return Cell(UNREADABLE, "超过15位的号码请按文本填写", "电子表格会丢掉第15位以后的数字")
        if isinstance(raw, float) and kind in (FieldKind.DATE, FieldKind.DATETIME):
            return self._float_date(text)
        return self._typed(text, text) if kind is not FieldKind.BOOL else self._bool(text, text)

    def _float_date(self, text: str) -> Cell:
        """A cell 2024.1 that is a number may have been typed as 2024.10: both are possible.

        So may 3.1 be the 10th where the sheet gives the year.
        """
        result = parse_date(text, None, self.within)
        if isinstance(result, dt.date):
            later = parse_date(f"{text}0", None, self.within)
            if isinstance(later, dt.date):
                return self._date_cell(Unknown(Cause.INCOMPLETE, result, later))
        if isinstance(result, Unknown) and text.endswith(".1") and isinstance(result.lo, dt.date):
            return Cell(Unknown(Cause.INCOMPLETE, result.lo, dt.date(result.lo.year, 10, 31)))
        return self._date(text, text)

    def _structured(self, raw: object) -> Cell:
        if not raw:
            return EMPTY  # nothing was entered; 无 would say that there is none
        if self.spec.type is not FieldKind.SET or not isinstance(raw, (list, tuple)):
            return Cell(UNREADABLE, self.expected(), "这里不能是清单")
        if not all(isinstance(item, str | int | Decimal) for item in raw):
            return Cell(UNREADABLE, self.expected(), "清单里应是文字")
        items = chain.from_iterable(split_items(str(item)) for item in raw)
        return self._elements(list(items), complete=self.spec.complete)

    # --- one method per field type -------------------------------------------------------

    def _bool(self, text: str, word: str) -> Cell:
        del text
        if word in YES_WORDS:
            return Cell(True)
        if word in NO_WORDS:
            return Cell(False)
        if word in UNDECIDED_WORDS:
            return Cell(Unknown(Cause.NEEDS_PERSON))
        return self._bad()

    def _object(self, text: str, word: str) -> Cell:
        cell = self._bool(text, word)
        return Cell(none_means(self.spec)) if cell.state is False else cell

    def _string(self, text: str, word: str) -> Cell:
        if self.spec.agency and word in self.agencies:
            return Cell(self._named(text, word))
        holds = self.spec.holds or Holds.TEXT
        match presence(word, holds):
            case Presence.PRESENT:
                return Cell(self._named(text, word))
            case Presence.DENIED:
                return Cell(none_means(self.spec))
            case Presence.UNDER_WAY:
                return Cell(Unknown(Cause.PLANNED))
            case Presence.CLAIMED:
                return Cell(Unknown(Cause.CLAIMED))
            case Presence.TAKEN_BACK:
                return Cell(Unknown(Cause.CONTRADICTED), self.expected(), _TAKEN_BACK)
            case _:
                return Cell(UNREADABLE, self.expected(), _UNTOLD[holds])

    def _named(self, text: str, word: str) -> str:
        """A name in its one spelling; any other text as it is."""
        if self.spec.agency:
            return self.agencies.get(word) or spelled(text)
        if self.spec.holds is Holds.PERSON:
            return spelled(text)
        return document_number(text) if self.spec.holds is Holds.DOCUMENT_NUMBER else text

    def _int(self, text: str, word: str) -> Cell:
        del word
        result = self._parsed(text, Decimal(1))
        if result != self._parsed(text, Decimal(2)):
            # a number that is worth more in a larger unit names none itself
            return self._measured(None, text)
        return self._number_cell(result)

    def _measured(self, number: Decimal | None, text: str) -> Cell:
        """A number without a unit of its own, in the unit of its column; typed or a text."""
        factor = self.measure.factor if number != 0 else Decimal(1)  # nothing is 0 in any unit
        if factor is None:
            doubt = self.measure.doubt or f"列名的单位与“{self.spec.unit}”不同"
            return Cell(UNREADABLE, doubt, self.measure.mend)
        if number is None:
            result = self._parsed(text, factor)
        else:
            result = checked(number * factor, whole=self.spec.type is FieldKind.INT)
        if self.spec.unit == "%" and not self.measure.unit and _is_fraction(result):
            share = Unknown(Cause.INCOMPLETE, result, result * 100)
            expected = f"不知是{result:f}%还是{result * 100:f}%"
            return Cell(share, expected, "请写上“%”，或设成百分比格式")
        return self._number_cell(result)

    def _parsed(self, text: str, factor: Decimal) -> NumberResult:
        whole = self.spec.type is FieldKind.INT
        return parse_number(text, self.spec.unit, factor, whole=whole)

    def _formatted(self, raw: Formatted) -> Cell:
        """A number whose format shows another one, or a unit: it is what it shows."""
        text, look = str(raw), raw.format
        if look.doubtful:
            return Cell(UNREADABLE, self.expected(), "数字格式随数值而变，看不出显示的是什么")
        if self.spec.type not in (FieldKind.INT, FieldKind.NUMBER):
            return self._typed(text, fold(text))
        stated = self.measure.unit
        if look.unit and stated and unit_scale(look.unit, self.spec.unit) != self.measure.factor:
            return Cell(UNREADABLE, f"显示为“{text}”，而这一列的单位是“{stated}”")
        if not look.unit and look.factor != 1 and look.factor * (self.measure.factor or 0) != 1:
            return Cell(
                UNREADABLE, f"显示为“{text}”，实为{raw.stored:f}，不知以哪个为准", self.measure.mend
            )
        return self._int(text, fold(text))

    def _number_cell(self, result: Decimal | Unknown | Unreadable) -> Cell:
        if isinstance(result, Unreadable):
            return Cell(UNREADABLE, self.expected(), result.hint)
        if isinstance(result, Decimal) and self.spec.type is FieldKind.INT:
            return Cell(int(result))
        return Cell(result)

    def _date(self, text: str, word: str) -> Cell:
        del word
        result = parse_date(text, self.ledger_year, self.within)
        if isinstance(result, Unreadable):
            hint = result.hint or ("一格写了两个日期，请分两列填写" if split_two(text) else "")
            return Cell(UNREADABLE, self.expected(), hint)
        return self._date_cell(result)

    def _date_cell(self, result: dt.date | Unknown) -> Cell:
        if self.spec.type is FieldKind.DATE:
            return Cell(result.date() if isinstance(result, dt.datetime) else result)
        if isinstance(result, Unknown):
            return Cell(moments(result))
        return Cell(result if isinstance(result, dt.datetime) else day_interval(result))

    def _enum(self, text: str, word: str) -> Cell:
        del text
        value = self._value_of(word)
        if value is not None:
            return Cell(value)
        close = nearest(word, self.values())
        hint = f"是否指“{self.values()[close]}”？" if close else ""
        return Cell(UNREADABLE, self.expected(), hint)

    def _value_of(self, word: str) -> str | None:
        values = self.values()
        if word in values:
            return values[word]
        plain = _SESSION.sub("", word)
        if plain in values:
            return values[plain]
        return next(
            (values[rest] for body in self._bodies() if (rest := _after(plain, body)) in values),
            None,
        )

    def _bodies(self) -> Iterable[str]:
        """What the office's own body may be called before a value: 市政府 only where it is one."""
        for body in self.spec.whose:
            level = body[0]
            if not self.own or level not in _LEVELS or any(n.endswith(level) for n in self.own):
                yield body
            yield from (f"{name}{body}" for name in self.own)
        yield from self.own if self.spec.whose else ()

    def _set(self, text: str, word: str) -> Cell:
        del word
        items = split_items(text)
        complete = self.spec.complete
        if items and items[-1].endswith(("等", "等等", "……", "...")):
            complete = False
            items[-1] = clean(items[-1].rstrip(".…").removesuffix("等").removesuffix("等"))
        return self._elements([item for item in items if item], complete=complete)

    def _elements(self, items: list[str], *, complete: bool) -> Cell:
        """The set; an item that is none of the values leaves it open, for it may be any of them."""
        if not self.values():
            if self.spec.agency:
                items = [self._named(item, fold(item)) for item in items]
            return Cell(Elements(tuple(dict.fromkeys(items)), closed=complete))
        known: dict[str, None] = {}
        strange = []
        for item in items:
            value = self._value_of(fold(item))
            if value is None:
                strange.append(item)
            else:
                known[value] = None
        if not strange:
            return Cell(Elements(tuple(known), closed=complete))
        close = nearest(fold(strange[0]), self.values())
        # What stays in the office is quoted where it can be hidden, in what was found.
        named = "其中一项" if self.spec.kept else f"“{strange[0]}”"
        hint = f"{named}不是规定的项目" + (f"，是否指“{self.values()[close]}”？" if close else "")
        return Cell(
            Elements(tuple(known), closed=False, cause=Cause.UNREADABLE), self.expected(), hint
        )

    def values(self) -> dict[str, str]:
        """Every spelling of the enumeration, folded, with the value it stands for."""
        if self._values is None:
            spellings = {fold(value): value for value in self.spec.values}
            for value, synonyms in self.spec.values.items():
                for synonym in synonyms:
                    spellings.setdefault(fold(synonym), value)
            self._values = spellings
        return self._values

    def expected(self) -> str:
        """What this column takes, in words."""
        title = self.spec.title
        if self.spec.values:
            return f"“{title}”应为：" + "、".join(self.spec.values)
        if self.spec.holds is not None:
            return f"“{title}”{_HOLDS[self.spec.holds]}"
        unit = f"（{self.spec.unit}）" if self.spec.unit else ""
        return f"“{title}”{_EXPECTED[self.spec.type]}{unit}"

    def _bad(self) -> Cell:
        return Cell(UNREADABLE, self.expected())


def _after(word: str, lead: str) -> str:
    """What follows `lead` in `word`; nothing where the word doesn't begin with it."""
    return word[len(lead) :] if word.startswith(lead) else ""


def _is_fraction(result: NumberResult) -> TypeGuard[Decimal]:
    return isinstance(result, Decimal) and 0 < result < 1


_TEXT_READERS: Final[Mapping[FieldKind, Callable[[CellReader, str, str], Cell]]] = {
    FieldKind.BOOL: CellReader._bool,  # noqa: SLF001 - the class's own table
    FieldKind.OBJECT: CellReader._object,  # noqa: SLF001
    FieldKind.STRING: CellReader._string,  # noqa: SLF001
    FieldKind.INT: CellReader._int,  # noqa: SLF001
    FieldKind.NUMBER: CellReader._int,  # noqa: SLF001
    FieldKind.DATE: CellReader._date,  # noqa: SLF001
    FieldKind.DATETIME: CellReader._date,  # noqa: SLF001
    FieldKind.ENUM: CellReader._enum,  # noqa: SLF001
    FieldKind.SET: CellReader._set,  # noqa: SLF001
}

_HOLDS: Final[Mapping[Holds, str]] = {
    Holds.TEXT: "应为文字",
    Holds.STATEMENT: "应写明内容，没有的写“无”",
    Holds.PAPER: "应写材料的名称或文号，没有的写“无”",
    Holds.DOCUMENT_NUMBER: "应写文号或编号，没有的写“无”",
    Holds.IDENTIFIER: "应写编号，没有的写“无”",
    Holds.GROUND: "应写明是哪部法律、哪份文件，到条款，没有的写“无”",
    Holds.ARTICLE: "应写到第几条，没有的写“无”",
    Holds.PERSON: "应写编号或姓名，没有的写“无”",
    Holds.NAME: "应写姓名或单位，没有的写“无”",
    Holds.UNIT: "应写单位名称，没有的写“无”",
}
_TAKEN_BACK: Final = "写了又收回，或者没有填完，当作还没有"
_UNTOLD: Final[Mapping[Holds, str]] = {
    Holds.TEXT: "",
    Holds.STATEMENT: "看不出写的是内容，还是说没有",
    Holds.PAPER: "看不出是哪一份材料，还是说没有",
    Holds.DOCUMENT_NUMBER: "看不出是哪个号，还是说没有",
    Holds.IDENTIFIER: "看不出是哪一个，还是说没有",
    Holds.GROUND: "没有写出法律、文件的名称或条款",
    Holds.ARTICLE: "没有写出第几条",
    Holds.PERSON: "看不出是谁，还是说没有",
    Holds.NAME: "看不出是谁，还是说没有",
    Holds.UNIT: "看不出是哪个单位，还是说没有",
}

_EXPECTED: Final[Mapping[FieldKind, str]] = {
    FieldKind.BOOL: "应填“是”或“否”",
    FieldKind.OBJECT: "应填“有”或“无”",
    FieldKind.STRING: "应为文字",
    FieldKind.INT: "应为整数",
    FieldKind.NUMBER: "应为数字",
    FieldKind.DATE: "应为日期，如 2024-05-01",
    FieldKind.DATETIME: "应为日期和时间，如 2024-05-01 09:30",
    FieldKind.ENUM: "应为规定的选项",
    FieldKind.SET: "应为用顿号隔开的清单",
}
