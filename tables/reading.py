"""From a column to a field, in SQL: what is there for certain, and nothing else.

What the ledgers' own reader (`facts.writing`) would read otherwise, or would need more than the
cell to read, is unreadable here: unknown, counted, listed. The words are that reader's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sqlglot import exp

from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.language import tree as t
from engine.model.field import FieldKind, FieldType, Holds
from engine.model.values import ABSENT, ABSENT_LIST, FIRST_YEAR, LAST_YEAR, LIMIT
from facts.writing.cells import CellReader
from facts.writing.meanings import blank_state, none_means
from facts.writing.presence import SAID_OF_IT
from facts.writing.questions import own_answers
from facts.writing.text import (
    NO_WORDS,
    NONE_WORDS,
    NOT_APPLICABLE_WORDS,
    NOT_DONE_WORDS,
    OPEN_WORDS,
    YES_WORDS,
    fold,
    words,
)
from tables.source import Held

_DAY: Final = "^[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}([ T]00:00:00([.]0+)?)?$"
_MOMENT: Final = "^[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
_SECONDS: Final = len("2024-05-01 09:30:00")
_WHOLE: Final = "^[0-9]{1,10}([.]0{1,9})?$"
_NUMBER: Final = "^[0-9]{1,10}([.][0-9]{1,4}0{0,9})?$"
_MARKS: Final = "0-9A-Za-z一-鿿〔〕《》（）()、，。：；:;·/+%—-"
_ANYHOW: Final = f"^[{_MARKS}]+$"
_PLAIN: Final = f"^[0-9A-Za-z一-鿿《]([{_MARKS}]*[0-9A-Za-z一-鿿》〕）])?$"
_NAME: Final = "^[0-9A-Z一-鿿]([0-9A-Z一-鿿〔〕（）-]*[0-9A-Z一-鿿〕）])?$"
_NUMBERED: Final = "^[0-9A-Z-]*[0-9][0-9A-Z-]*$"
_CERTAIN: Final = "^([0-9A-Za-z][0-9A-Za-z-]*)?[0-9]([0-9A-Za-z-]*[0-9A-Za-z])?$"
_SPELT_OTHERWISE: Final = (
    "（[12][0-9]{3}年?）|〔[12][0-9]{3}年|〕第|〕0|〕[0-9]+$"
    "|^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|^([12][0-9]{3}年)?[0-9]{1,2}月([0-9]{1,2}[日号])?$"
)
"""Of a document's number: other marks than its one spelling has, or no more than a day."""
_LETTER: Final = "[A-Za-z一-鿿]"
_DENYING: Final = (
    "^(尚|暂|还|均|都|皆|并|仍|从|至今|目前|因故|经查)*(未|没|无|不|非|否|缺|免)"
    "|未|没有|没|[:：(（]无|无$|无[)）]|暂缺|缺失|丢失|遗失|灭失|作废|口头|电话|当面|不详|空白"
    "|正在|^正|^拟|待|^将|即将|将于|拟于|拟定于|计划|预计|预定|准备|打算|争取|力争|抓紧"
    "|还在|仍在|尚在|尚需|还需|中$|后补|补办|补齐|补签|稍后|随后|会后|择期|近期|尽快|另行"
    "|[下本近](周|月|旬|季度|年)|明年|天|明日|^(均|都|全部)?已|附后|后附|附件|^另|^见|详见|参见|^详"
    "|同[意上左前]|^如|^同|^略|其他|若干|多份|多个|本人|有关|相关|批示|通过$|合格$|保密|涉密"
    "|拒绝|拒不|不予|不同意|不再|不肯|不出|查无|法无|^等|中的|前(完成|出具|提交|办结|补齐|报送)$|[日月](出|交|报|补)"
    "|(零|(^|[^0-9])0+)[份件次个条项页人名家场张本篇例期宗起部]|[xX]{2}|×|《无?》"
)
_UNDONE: Final = (
    "〔[^〕]*$|^[^〔]*〕|〔([0-9]{0,3}|[^〕]*[^0-9年〕][^〕]*)〕"
    "|〔[12][0-9]{3}年?〕(第?$|第?[^0-9一二三四五六七八九十百千零〇第])"
    "|号或|第[^0-9一二三四五六七八九十百千零〇A-WYZa-wyz]{0,3}[号条]"
    "|(草|初|讨论|拟|未定|样)稿|^(空白|应|须|需|必须|请|预留|占|空号|跳号|暂|疑|以|由|经|仅|只|会上|列席|会签|微信|短信)"
    "|(号|》|[0-9][(（,，;；])[^号》]*(撤|废|失效|无效|过期|退回|驳回|取消|终止|稿|拟|待|缺|补|空|跳号|不|其[他它]|另一|否"
    "|疑|假|伪|编造|虚|无|此件|此文|找不|仅|非本|非正式|误|重号|占号|预留|代替|借用)"
)
"""What may take back the thing that a text names: looser than the ledgers' own reader has it."""
_SEVERAL: Final = "[，；。：:;]"
_PAPER: Final = (
    "《|〔|(书|表|函|报告|记录|纪要|方案|材料|文件|笔录|照片|录像|录音|档案|案卷|批复|请示|决定"
    "|制度|办法|细则|规则|台账|回执|签报|批件|证明|目录|规划|条例|规章|册)$"
)
_GROUND: Final = "《[^《》]+》|第[0-9〇零一二三四五六七八九十百千]+条"
ARTICLE: Final = "第[0-9〇零一二三四五六七八九十百千]+条"
_NUMBER_OR_TITLE: Final = "[0-9A-Za-z〔《]"
_LOOKS: Final[Mapping[Holds, str]] = {
    Holds.PAPER: _PAPER,
    Holds.DOCUMENT_NUMBER: _NUMBER_OR_TITLE,
    Holds.GROUND: _GROUND,
    Holds.ARTICLE: ARTICLE,
    Holds.PERSON: _NUMBERED,
    Holds.IDENTIFIER: "[0-9A-Za-z一-鿿]",
    Holds.NAME: _LETTER,
    Holds.UNIT: _LETTER,
    Holds.STATEMENT: _LETTER,
}
_BARE: Final = words(
    "意见 建议 方案 说明 材料 资料 文件 报告 记录 纪要 规定 办法 条例 法 决定 通知 标准 规范 规章 "
    "细则 规则 令 解释 公告 批复 准则"
)
_NAMED: Final = (Holds.PERSON, Holds.DOCUMENT_NUMBER)
_WHOLE_NAMES: Final = (Holds.NAME, Holds.UNIT, Holds.IDENTIFIER)
_BY_CODE: Final = (*_NAMED, Holds.IDENTIFIER)
_CLAIMABLE: Final = (Holds.TEXT, Holds.PERSON, Holds.DOCUMENT_NUMBER, Holds.IDENTIFIER)
_SEPARATORS: Final = "，,；;"
_OTHERS: Final = (
    NONE_WORDS | NOT_DONE_WORDS | NOT_APPLICABLE_WORDS | OPEN_WORDS | YES_WORDS | NO_WORDS
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a column says: the value, NULL unless it is known; the code of its state; if it is bad.

    Of a set the value is whether the list is closed, `items` whether each of its values is among
    them, and `none` whether it is said to have none.
    """

    value: exp.Expression
    state: exp.Expression
    bad: exp.Expression
    items: Mapping[str, exp.Expression] = field(default_factory=dict)
    none: exp.Expression = n.FALSE


def matches(value: exp.Expression, pattern: str) -> exp.Expression:
    """Whether a text matches a regular expression that every dialect understands."""
    return exp.RegexpLike(this=value, expression=n.text(pattern))


def text_of(raw: exp.Expression) -> exp.Expression:
    """A column of whatever kind as a text without blanks at its ends."""
    return exp.Trim(this=n.cast(raw, "VARCHAR"))


def unmapped(spec: FieldType) -> Read:
    """What no column says."""
    if spec.type is FieldKind.SET:
        return Read(n.FALSE, n.integer(c.OTHER), n.FALSE)
    return Read(n.null(_sql_type(spec)), n.integer(c.OTHER), n.FALSE)


def read(
    spec: FieldType,
    raw: exp.Expression,
    held: Held,
    agencies: Mapping[str, str],
    value: exp.Expression | None = None,
) -> Read:
    """A field as its column has it; `raw` is the column, of texts already trimmed.

    The state rests on the value, and finding that is what takes time: `value` is the column in
    which it stands by then, if there is one.
    """
    typed = _typed(spec, raw, held)
    if typed is not None:
        return _read(spec, n.is_null(raw), typed, None, value)
    if held is not Held.TEXT:  # a moment in some zone, a list, bytes: nothing to be sure of
        found = _read(spec, n.is_null(raw), n.null(_sql_type(spec)), None, value)
        return replace(found, value=n.FALSE) if spec.type is FieldKind.SET else found
    blank = n.either(n.is_null(raw), n.compare("==", raw, n.text("")))
    if spec.type is FieldKind.SET:
        return _set(spec, raw, blank, value)
    word = exp.Lower(this=raw)
    return _read(spec, blank, _value(spec, raw, word, agencies), word, value)


def _sql_type(spec: FieldType) -> str:
    if spec.type in (FieldKind.ENUM, FieldKind.SET):
        return "VARCHAR"
    return c.SQL_TYPES[t.Kind(spec.type.value)]


def _typed(spec: FieldType, raw: exp.Expression, held: Held) -> exp.Expression | None:
    """The value of a column that is of the field's own kind; None where it isn't."""
    match spec.type, held:
        case FieldKind.BOOL, Held.BOOL:
            return raw
        case FieldKind.DATE, Held.DATE:
            return n.case((_in_years(raw), raw))
        case FieldKind.DATE, Held.TIMESTAMP:
            return n.case((_in_years(n.cast(raw, "DATE")), n.cast(raw, "DATE")))
        case FieldKind.DATETIME, Held.TIMESTAMP:
            moment = n.compare("!=", raw, n.cast(n.cast(raw, "DATE"), "TIMESTAMP"))
            return n.case((n.both(moment, _in_years(n.cast(raw, "DATE"))), raw))
        case _:
            return None


def _in_years(day: exp.Expression) -> exp.Expression:
    first, last = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
    return n.both(n.compare(">=", day, n.date(first)), n.compare("<=", day, n.date(last)))


def _read(
    spec: FieldType,
    blank: exp.Expression,
    found: exp.Expression,
    word: exp.Expression | None,
    value: exp.Expression | None,
) -> Read:
    """The value with what blanks and words say instead of one."""
    absent: list[exp.Expression] = []
    blanks: list[exp.Expression] = []
    said: list[exp.Expression] = []
    branches: list[tuple[exp.Expression, exp.Expression]] = []

    def means(state: object, when: exp.Expression, otherwise: list[exp.Expression]) -> None:
        if state is ABSENT:
            absent.append(when)
        elif state is False:
            branches.append((when, n.FALSE))
        else:
            otherwise.append(when)

    means(blank_state(spec), blank, blanks)
    if word is not None:
        own = {*CellReader(spec).values(), *map(fold, spec.words), *own_answers(spec)}
        none = NONE_WORDS | (NOT_DONE_WORDS if spec.type is not FieldKind.BOOL else frozenset())
        none = none - own
        means(none_means(spec), _among(word, none), said)
        blanks.append(_among(word, OPEN_WORDS - own))
        said.append(_among(word, NOT_APPLICABLE_WORDS - own))
        if spec.type is FieldKind.STRING and (spec.holds or Holds.TEXT) not in _CLAIMABLE:
            blanks.append(_among(word, YES_WORDS - own))
    found = n.case(*branches, (n.TRUE, found)) if branches else found
    there = n.not_null(found if value is None else value)
    state = n.case(
        (there, n.integer(c.KNOWN)),
        (n.either(*absent), n.integer(c.IS_ABSENT)),
        (n.either(*blanks), n.integer(c.BLANK)),
        default=n.integer(c.OTHER),
    )
    bad = n.case((there, n.FALSE), default=n.negate(n.surely(n.either(*absent, *blanks, *said))))
    return Read(found, state, bad)


def _among(word: exp.Expression, words: Iterable[str]) -> exp.Expression:
    listed = sorted(words)
    return n.among(word, [n.text(each) for each in listed]) if listed else n.FALSE


def _spelt(word: exp.Expression, words: Iterable[str]) -> exp.Expression:
    """The same of many words: a pattern is looked through faster than a hundred texts."""
    plain = {each for each in words if each.isalnum()}
    pattern = matches(word, f"^({'|'.join(sorted(plain))})$")
    return n.either(pattern, _among(word, {*words} - plain))


def _value(
    spec: FieldType,
    raw: exp.Expression,
    word: exp.Expression,
    agencies: Mapping[str, str],
) -> exp.Expression:
    """The value that a text is, NULL where it is none for certain."""
    match spec.type:
        case FieldKind.BOOL:
            return _bool(spec, word)
        case FieldKind.ENUM:
            return _enum(CellReader(spec).values(), word)
        case FieldKind.INT | FieldKind.NUMBER:
            return _number(spec, raw)
        case FieldKind.DATE:
            return _day(raw, _DAY)
        case FieldKind.DATETIME:
            return _moment(raw)
        case _:
            return _string(spec, raw, word, agencies)


def _bool(spec: FieldType, word: exp.Expression) -> exp.Expression:
    own = own_answers(spec) | {fold(each): said for each, said in spec.words.items()}
    yes = {each for each, said in own.items() if said == "true"} | (YES_WORDS - own.keys())
    no = {each for each, said in own.items() if said == "false"} | (NO_WORDS - own.keys())
    taken = NONE_WORDS | NOT_APPLICABLE_WORDS | OPEN_WORDS
    return n.case(
        (_among(word, yes - (taken - own.keys())), n.TRUE),
        (_among(word, no - (taken - own.keys())), n.FALSE),
    )


def _enum(values: Mapping[str, str], word: exp.Expression) -> exp.Expression:
    spelt: dict[str, list[str]] = {}
    for spelling, value in values.items():
        spelt.setdefault(value, []).append(spelling)
    return n.case(*((_among(word, each), n.text(value)) for value, each in spelt.items()))


def _number(spec: FieldType, raw: exp.Expression) -> exp.Expression:
    whole = spec.type is FieldKind.INT
    decimal = n.cast(raw, "DECIMAL(38, 4)")
    scale = 1 if whole else c.SCALE
    fits = [matches(raw, _WHOLE if whole else _NUMBER)]
    value = n.cast(n.times(decimal, n.integer(scale)), "BIGINT")
    small = n.compare("<", decimal, n.integer(LIMIT))
    if spec.unit == "%":  # 0.5 may be a share of one, or half a percent
        fraction = n.both(
            n.compare(">", decimal, n.integer(0)), n.compare("<", decimal, n.integer(1))
        )
        small = n.both(small, n.negate(fraction))
    return n.case((n.both(*fits), n.case((small, value))))


def _day(raw: exp.Expression, pattern: str) -> exp.Expression:
    """A day of the calendar: no cast that could end the whole query."""
    year, month, day = (
        n.cast(_part(raw, start, length), "INTEGER") for start, length in ((1, 4), (6, 2), (9, 2))
    )
    zero = n.integer(0)

    def divides(by: int) -> exp.Expression:
        return n.compare("==", exp.Mod(this=year, expression=n.integer(by)), zero)

    leap = n.either(n.both(divides(4), n.negate(divides(100))), divides(400))
    short = n.among(month, [n.integer(each) for each in (4, 6, 9, 11)])
    last = n.case(
        (short, n.integer(30)),
        (n.compare("!=", month, n.integer(2)), n.integer(31)),
        (leap, n.integer(29)),
        default=n.integer(28),
    )
    valid = n.both(
        n.compare(">=", year, n.integer(FIRST_YEAR)), n.compare("<=", year, n.integer(LAST_YEAR)),
        n.compare(">=", month, n.integer(1)), n.compare("<=", month, n.integer(12)),
        n.compare(">=", day, n.integer(1)), n.compare("<=", day, last),
    )  # fmt: skip
    made = n.cast(_replaced(_part(raw, 1, 10), "/", "-"), "DATE")
    return n.case((matches(raw, pattern), n.case((valid, made))))


def _moment(raw: exp.Expression) -> exp.Expression:
    known = n.not_null(_day(raw, _MOMENT))
    written = _replaced(_replaced(raw, "/", "-"), "T", " ")
    whole = n.compare("==", exp.Length(this=raw), n.integer(_SECONDS))
    written = n.case((whole, written), default=exp.DPipe(this=written, expression=n.text(":00")))
    return n.case((known, n.cast(written, "TIMESTAMP")))


def _part(raw: exp.Expression, start: int, length: int) -> exp.Expression:
    return exp.Substring(this=raw, start=n.integer(start), length=n.integer(length))


def _replaced(raw: exp.Expression, old: str, new: str) -> exp.Expression:
    return n.call("REPLACE", raw, n.text(old), n.text(new))


def _string(
    spec: FieldType,
    raw: exp.Expression,
    word: exp.Expression,
    agencies: Mapping[str, str],
) -> exp.Expression:
    holds = spec.holds or Holds.TEXT
    named = spec.agency or holds in _NAMED
    value = exp.Upper(this=raw) if named else raw
    digits = {"1"} if holds in _BY_CODE else set()
    taken = {*_OTHERS, *_BARE, *map(fold, spec.words)} - digits
    if holds is Holds.TEXT:
        denied = "附件|附后|后附|^另附|^另见|^详|^参见|^见|^[—-]+$"
        tests = [matches(value, _ANYHOW), n.negate(matches(raw, denied))]
    else:
        taken |= SAID_OF_IT
        tests = [
            matches(value, _NAME if named else _PLAIN), n.negate(matches(raw, _DENYING)),
            matches(value, _LOOKS[holds]),
        ]  # fmt: skip
        if holds is not Holds.STATEMENT:
            tests.append(n.negate(matches(raw, _UNDONE)))
        if holds in _WHOLE_NAMES:
            tests.append(n.negate(matches(raw, _SEVERAL)))
    tests.append(n.negate(_spelt(word, taken)))
    numbered = holds is Holds.DOCUMENT_NUMBER
    spelt_so = [n.negate(matches(raw, _SPELT_OTHERWISE))] if numbered else []
    present = [fold(each) for each, said in spec.words.items() if said == "present"]
    branches = [(_among(word, present), raw)] if present else []
    if spec.agency and agencies:
        narrow = _replaced(_replaced(word, "（", "("), "）", ")")
        spelt: dict[str, list[str]] = {}
        for alias, name in agencies.items():
            spelt.setdefault(name, []).append(alias)
        branches = [(_among(narrow, each), n.text(name)) for name, each in spelt.items()]
    if holds in _BY_CODE:
        # the tests below say so too, only later, and most codes are no more than that
        short = {each for each in taken if re.search(_CERTAIN, each)}
        code = n.both(matches(value, _CERTAIN), n.negate(_among(word, short)), *spelt_so)
        branches.append((code, value))
    return n.case(*branches, (n.both(*tests, *spelt_so), value))


def _set(
    spec: FieldType, raw: exp.Expression, blank: exp.Expression, value: exp.Expression | None
) -> Read:
    """A set of declared values, each of which is found in the list; any other is unreadable."""
    listed: exp.Expression = raw
    for mark in _SEPARATORS:
        listed = _replaced(listed, mark, "、")
    listed = exp.Concat(
        expressions=[n.text("、"), listed, n.text("、")], safe=False, coalesce=False
    )
    count = n.minus(exp.Length(this=listed), exp.Length(this=_replaced(listed, "、", "")))
    spelt: dict[str, list[str]] = {}
    for title, synonyms in spec.values.items():
        spelt[title] = sorted({title, *synonyms})
    found = {
        value: [exp.Like(this=listed, expression=n.text(f"%、{each}、%")) for each in spellings]
        for value, spellings in spelt.items()
    }
    hits: exp.Expression = n.integer(0)
    for each in (test for tests in found.values() for test in tests):
        hits = n.plus(hits, n.case((each, n.integer(1)), default=n.integer(0)))
    whole = n.both(n.negate(blank), n.compare("==", count, n.plus(hits, n.integer(1))))
    blank_absent, says_none = (
        each == ABSENT_LIST for each in (blank_state(spec), none_means(spec))
    )
    said = _among(raw, NONE_WORDS | NOT_DONE_WORDS) if says_none else n.FALSE
    none = n.either(said, blank if blank_absent else n.FALSE)
    empty = n.FALSE if blank_absent else blank
    closed = n.either(n.both(whole, n.TRUE if spec.complete else n.FALSE), none)
    state = n.case(
        (closed if value is None else value, n.integer(c.KNOWN)),
        (n.either(empty, _among(raw, OPEN_WORDS)), n.integer(c.BLANK)),
        default=n.integer(c.OTHER),
    )
    known = n.either(
        whole, none, empty, _among(raw, NONE_WORDS | OPEN_WORDS | NOT_APPLICABLE_WORDS)
    )
    items = {value: n.surely(n.both(whole, n.either(*tests))) for value, tests in found.items()}
    return Read(n.surely(closed), state, n.negate(n.surely(known)), items, n.surely(none))
