"""Find the numbers of a text: value, interval, unit and span, names left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from facts.report.lexicon import (
    ARABIC,
    CN_NUMERAL,
    DURATION_UNITS,
    MEASURED_TIME,
    MULTIPLIER,
    NONE_OF,
    RISKY_UNITS,
    UNIT,
    UNIT_NAMES,
)
from facts.report.masks import Mask
from facts.report.numerals import arabic_number, chinese_number, interval, step_of


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the view; ``end`` is where the number stops, ``unit_end`` where its unit does."""

    start: int
    end: int
    unit_end: int
    value: Decimal
    unit: str
    min: Decimal | None
    max: Decimal | None
    approximate: bool
    target: bool = False


_NUMBER = re.compile(
    rf"(?P<long>[0-9]{{16,}})"
    rf"|百分之(?P<percent>{CN_NUMERAL}{{1,8}}|{ARABIC})"
    rf"|(?P<under>{CN_NUMERAL}{{1,3}})分之(?P<over>{CN_NUMERAL}{{1,3}})"
    r"|(?<![0-9./])(?P<top>[0-9]{1,2})/(?P<bottom>[0-9]{1,3})(?=左右|以上|的|强|多)"
    r"|(?P<yi>[0-9]{1,6})亿(?P<wan>[0-9]{1,4}(?:\.[0-9]{1,4})?)万"
    rf"|(?P<digits>{ARABIC})(?P<mid>余|多)?(?P<times>{MULTIPLIER})?(?P<post>余|多|几)?(?P<rate>%|‰)?"
    r"|(?P<vague>数|几|好几)(?P<place>[十百千万亿]{1,2})"
    r"|(?P<teens>十)几"
    rf"|(?P<none>(?:零(?=(?:{NONE_OF}))"
    rf"|(?:无|没有|未发生|未出现)一(?=[件宗起例人次项个名]?[^,。;:\n]{{0,14}}(?:{NONE_OF}))))"
    r"|(?P<tenths>[一二三四五六七八九两])成(?P<half>半)?(?=以上|左右|以下|多|的|[,。;])"
    rf"|(?P<words>{CN_NUMERAL}{{1,12}})(?P<tail>余|多|来)?"
)
_BEFORE = re.compile(
    r"(不低于|不少于|不得低于|不得少于|不小于|至少|力争|确保|不超过|不高于|不多于"
    r"|超过|突破|将近|接近|大约|大概|不足|不到|(?<![最附靠邻临])近|约|超|逾|过|上)"
    r"(?:为|达|达到|了|到)?$"
)
_TARGETS = frozenset(["不低于", "不少于", "不得低于", "不得少于", "不小于", "至少", "力争", "确保"])
_CEILINGS = frozenset(["不超过", "不高于", "不多于"])
_AFTER = re.compile("以上|左右|以内|以下|上下|多(?=[的,。;])")
_BARE = frozenset("百千万亿")
# a number may stand without unit after these words only
_COUNTING = re.compile(
    r"(?:共|共计|总计|合计|累计|达|达到|为|有|数|量|总数|近|超|约|建立|组建|设立|建成|配备|聘请|聘任"
    r"|发放|开展|办理|受理|完成|组织|化解|检查|查处|审查|审核|印发|制定|清理|培训|举办|召开|新增)$"
)
_NOUN = re.compile("[\u4e00-\u9fff]")
_NOT_A_NOUN = re.compile("[年月日号时点分之的多是则者代倍版级届]")
_STOP = frozenset(",。;:)\n!?")
# before 一 + classifier at a clause end: these make it an adverb or a pronoun
_ADVERB = re.compile("[第每这那某另任唯同上下进逐统再跑只多]|最后$")


def numbers(text: str, mask: Mask) -> Iterator[Number]:
    """Yield the figures of the folded ``text`` in order."""
    position = 0
    while match := _NUMBER.search(text, position):
        name_end = mask.end_at(match.start())
        if name_end is not None:
            position = max(name_end, match.start() + 1)
            continue
        position = match.end()
        if match["long"]:
            continue
        number = _read(text, match)
        if number is not None:
            position = max(number.end, match.start() + 1)
            yield number


def _read(text: str, match: re.Match[str]) -> Number | None:
    if match["digits"]:
        return _arabic(text, match)
    if match["words"]:
        return _words(text, match)
    if match["none"]:
        unit = UNIT.match(text, match.end())
        zero = Decimal(0)
        name = unit.group() if unit and match["none"][0] != "零" else ""
        end = match.end()
        return Number(
            match.start(), end, end + len(name), zero, name, zero, zero, approximate=False
        )
    if match["percent"]:
        return _percent(text, match, _decimal(match["percent"]))
    if match["tenths"]:
        tenths = Decimal(chinese_number(match["tenths"]) or 0)
        return _percent(text, match, tenths * 10 + (5 if match["half"] else 0))
    if match["under"] or match["top"]:
        return _fraction(text, match)
    if match["yi"]:
        value = Decimal(match["yi"]) * 10**8 + Decimal(match["wan"]) * 10**4
        return _counted(text, match, value, Decimal(1), "")
    return _vague(text, match)


def _decimal(digits: str) -> Decimal | None:
    if digits[0] in "0123456789":
        return arabic_number(digits)
    if digits == "百":
        return Decimal(100)
    whole, _, places = digits.partition("点")
    value = chinese_number(whole)
    return None if value is None or places else Decimal(value)


def _arabic(text: str, match: re.Match[str]) -> Number | None:
    digits, times = match["digits"], match["times"] or ""
    after = match["mid"] or match["post"] or ""
    value = arabic_number(digits, times)
    if match["rate"] == "%":
        return _percent(text, match, value, after)
    if match["rate"]:
        return _percent(text, match, value, after, "‰")
    number = _counted(text, match, value, step_of(value, digits, times), after)
    if number is None or number.unit:
        return number
    whole = "." not in digits or times
    return number if whole and _may_lack_unit(text, number, digits + times) else None


def _may_lack_unit(text: str, number: Number, digits: str) -> bool:
    """17 teams without a 支 between; but not 2.0, not an item number, not a year."""
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return False
    if len(digits) > 8 or (len(digits) > 1 and digits[0] == "0"):
        return False
    following = text[number.end : number.end + 1]
    noun = _NOUN.match(following) and not _NOT_A_NOUN.match(following)
    if not noun and following and following not in _STOP:
        return False
    return bool(_COUNTING.search(text[max(0, number.start - 4) : number.start]))


def _words(text: str, match: re.Match[str]) -> Number | None:
    words, after = match["words"], match["tail"] or ""
    # 近百, 上千, 百余: the numeral leaves out its 一
    value = chinese_number("一" + words if words in _BARE else words)
    before = _approximator(text, match.start())
    if value is None or (len(words) >= 4 and set(words) <= set("零〇一二三四五六七八九")):
        return None
    if words in _BARE and not (after or before):
        return None
    number = _counted(text, match, Decimal(value), step_of(Decimal(value)), after)
    if number is None or not number.unit or words in ("二", "零", "〇"):
        return None
    if words == "一" and not _counts_one(text, number):
        return None
    if number.unit in RISKY_UNITS and value < 20:
        return None
    if text[number.unit_end : number.unit_end + 1] in set("县区市渠河山峡") and number.unit != "个":
        return None
    return number


def _counts_one(text: str, number: Number) -> bool:
    """一件 is an article more often than a count; at a clause's end it counts."""
    ends = text[number.unit_end : number.unit_end + 1] in _STOP or number.unit_end == len(text)
    return ends and not _ADVERB.search(text[max(0, number.start - 2) : number.start])


def _approximator(text: str, start: int) -> str:
    found = _BEFORE.search(text[max(0, start - 6) : start])
    return found[1] if found else ""


def _numeric_approximator(text: str, start: int) -> str:
    """上 and 过 make 上百, 过万; before digits they belong to the verb (网上5件, 办过3件)."""
    before = _approximator(text, start)
    digits = text[start] in "0123456789"
    return "" if digits and before in ("上", "过") else before


def _counted(
    text: str, match: re.Match[str], value: Decimal, step: Decimal, after: str
) -> Number | None:
    """Put unit and interval to a count; None if the unit says that it is a rule's deadline."""
    start, end = match.span()
    unit = UNIT.match(text, end)
    unit_end = unit.end() if unit else end
    name = UNIT_NAMES.get(unit.group(), unit.group()) if unit else ""
    if name in DURATION_UNITS:
        around = text[max(0, start - 24) : unit_end + 12]
        if not MEASURED_TIME.search(around):
            return None
    return _number(text, (start, end, unit_end), value, name, step, after)


def _percent(
    text: str, match: re.Match[str], value: Decimal | None, after: str = "", unit: str = "%"
) -> Number | None:
    if value is None:
        return None
    start, end = match.span()
    places = -int(value.as_tuple().exponent)
    step = Decimal(1).scaleb(-max(places, 0))
    return _number(text, (start, end, end), value, unit, step, after)


def _fraction(text: str, match: re.Match[str]) -> Number | None:
    if match["under"]:
        under, over = chinese_number(match["under"]), chinese_number(match["over"])
    else:
        under, over = int(match["bottom"]), int(match["top"])
    if not under or over is None or over > under:
        return None
    value = (Decimal(over) / Decimal(under)).quantize(Decimal("0.0001"))
    start, end = match.span()
    return _number(text, (start, end, end), value, "", Decimal("0.01"), "")


def _vague(text: str, match: re.Match[str]) -> Number | None:
    """数十, 几百, 十几: only an order of magnitude, and only before a unit."""
    unit = UNIT.match(text, match.end())
    place = chinese_number("一" + match["place"]) if match["place"] else 10
    if place is None or not unit or unit.group() in DURATION_UNITS:
        return None
    low = Decimal(place)
    high = low * 10 if match["place"] else Decimal(20)
    name = UNIT_NAMES.get(unit.group(), unit.group())
    start, end = match.span()
    return Number(start, end, unit.end(), low, name, low, high, approximate=True)


def _number(  # noqa: PLR0913, PLR0917 - one place that knows all approximators
    text: str,
    spans: tuple[int, int, int],
    value: Decimal,
    unit: str,
    step: Decimal,
    after: str,
) -> Number:
    start, end, unit_end = spans
    before = _numeric_approximator(text, start)
    tail = _AFTER.match(text, unit_end)
    suffix = after or (tail.group() if tail else "")
    if before in _TARGETS:
        return Number(
            start, end, unit_end, value, unit, value, None, approximate=False, target=True
        )
    if before in _CEILINGS:
        return Number(
            start, end, unit_end, value, unit, None, value, approximate=False, target=True
        )
    low, high, approximate = interval(value, step, before, suffix)
    if unit == "%" and high is not None and value < 100 < high:
        high = Decimal(100)
    return Number(start, end, unit_end, value, unit, low, high, approximate)
