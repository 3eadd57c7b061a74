"""Find the numbers of a text: value, interval, unit and span, names left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from facts.report.lexicon import ARABIC, CN_DIGITS, CN_NUMERAL, NONE_OF, SCALE, ZERO_UNITS
from facts.report.masks import Mask
from facts.report.quantity import Number, approximator, counted, percent, with_interval
from facts.writing.approximations import VAGUE, vague_interval
from facts.writing.numerals import (
    BARE,
    SCALES,
    approximated_number,
    arabic_number,
    chinese_number,
    step_of,
)
from facts.writing.units import DURATION_UNITS, RISKY_UNITS, UNIT, is_whole, unit_name

_NUMBER: Final = regex(
    rf"(?P<long>[0-9]{{16,}})"
    rf"|百分之(?P<percent>{CN_NUMERAL}{{1,8}}(?:点[{CN_DIGITS}]{{1,4}})?|{ARABIC})"
    rf"|(?P<under>{CN_NUMERAL}{{1,3}})分之(?P<over>{CN_NUMERAL}{{1,3}})"
    r"|(?<![0-9./])(?P<top>[0-9]{1,2})/(?P<bottom>[0-9]{1,3})(?=左右|以上|的|强|多)"
    r"|(?<![0-9.])(?P<tenths>[一二三四五六七八九两1-9])成(?P<half>半)?(?=以上|左右|以下|多|的|[,。;])"
    r"|(?P<yi>[0-9]{1,6})亿(?P<wan>[0-9]{1,4}(?:\.[0-9]{1,4})?)万"
    rf"|(?P<digits>{ARABIC})(?P<mid>余|多)?(?P<times>{SCALE})?(?P<post>余|多|几)?(?P<rate>%|‰)?"
    rf"|(?P<rank>第(?:[0-9]{{1,3}}|{CN_NUMERAL}{{1,3}}))"
    rf"|(?P<vague>{VAGUE})"
    r"|(?<=为)(?P<nought>零)(?=[,。;、\n])"
    rf"|(?P<none>(?:零(?=(?:{NONE_OF}))"
    rf"|(?:无|(?:没有?|从?未)(?:发生|出现|发现|有)?)一(?=[件宗起例人次项个名]?[^,。;:\n]{{0,14}}(?:{NONE_OF}))))"
    rf"|(?P<words>{CN_NUMERAL}{{1,12}})(?P<tail>余|多|来|几)?(?P<group>(?<=[余多几])[万亿])?"
)
# a number may stand without unit after these words only
_COUNTING: Final = regex(
    r"(?:等|共|共计|总计|合计|累计|达|达到|为|有|数|量|总数|近|超|约|建立|组建|设立|建成|配备|聘请|聘任"
    r"|发放|开展|办理|受理|完成|组织|化解|检查|查处|审查|审核|印发|制定|清理|培训|举办|召开|新增)$"
)
# digits after these words name something: they are no count
_LABELLED: Final = regex(
    "(?:附件|附表|图|表|版本|热线|平台|邮编|电话|传真|编号|编码|代码|文号|批|第|至|到)$"
)
_NOUN: Final = regex("[\u4e00-\u9fff]")
_NOT_A_NOUN: Final = regex("[年月日号时点分之的多是则者代倍版级届]")
_KINDS: Final = regex("大(?=[\u4e00-\u9fff]{2})(?![学队厅于会桥家部局约概致赛])")
# a table of one cell per line: label, count, share
_CELL_BEFORE: Final = regex("[\u4e00-\u9fff]\n$")
_SHARE_CELL: Final = regex(r"[\n ][0-9]{1,3}(?:\.[0-9]{1,4})?%")
_PARTS_FOLLOW: Final = regex("[(](?:其中|含|包括|受理)")
_UPPER: Final = regex("(?:-|至|到)[0-9]")
_LISTED: Final = regex("包括|其中|分别")
_HEADED: Final = regex(r"[(]([^()0-9]{1,5})[)][:]?$")
_LOWER: Final = regex(r"(?<![0-9.])([0-9]{1,9})(?:-|至|到)$")
# 第一方阵, 第二批, 第三季度: ordinals that rank nothing
_NOT_A_PLACE: Final = frozenset("方梯档一二三四类批次期条章届季版阶个款项号轮年")
_CASE_UNITS: Final = frozenset("件起宗例")
# 三台县, 五家渠市: names of places that a numeral and a classifier open
_IN_PLACE_NAMES: Final = frozenset("台家")
_PLACES: Final = frozenset("县区市渠河山")
_STOP: Final = frozenset(",。;:)\n!?")
# 其中一件维持,一件撤销: here one is counted
_ONE_OF: Final = regex("其中有?(?:一[件起宗例][^,。;]{1,10},)?$")
# before 一 + classifier at a clause end: these make it an adverb or a pronoun
_ADVERB: Final = regex("[第每这那某另任唯同上下进逐统再跑只多]|最后$")


def find_numbers(text: str, mask: Mask) -> Iterator[Number]:
    """Yield the figures of the folded ``text`` in order."""
    position = 0
    last: Number | None = None
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
            if match["none"] and last is not None:
                number = _counted_alike(text, number, last)
            position = max(number.end, match.start() + 1)
            last = number
            yield number


def _counted_alike(text: str, zero: Number, last: Number) -> Number:
    """零败诉 after 38宗 is none of those 宗: places differ in how they count cases."""
    implied = zero.unit_end == zero.end and zero.unit in _CASE_UNITS
    same_sentence = "。" not in text[last.end : zero.start]
    return (
        replace(zero, unit=last.unit)
        if (implied and same_sentence and last.unit in _CASE_UNITS)
        else zero
    )


def _read(text: str, match: re.Match[str]) -> Number | None:
    if match["digits"]:
        return _arabic(text, match)
    if match["words"]:
        return _words(text, match)
    if match["none"] or match["nought"]:
        return _none(text, match)
    if match["rank"]:
        return _rank(text, match)
    if match["percent"]:
        return percent(text, match, _decimal(match["percent"]))
    if match["tenths"]:
        tenths = _decimal(match["tenths"]) or Decimal(0)
        return percent(text, match, tenths * 10 + (5 if match["half"] else 0))
    if match["under"] or match["top"]:
        return _fraction(text, match)
    if match["yi"]:
        value = Decimal(match["yi"]) * 10**8 + Decimal(match["wan"]) * 10**4
        return counted(text, match, value, Decimal(1), "")
    return _vague(text, match)


def _none(text: str, match: re.Match[str]) -> Number | None:
    """Zero in words; what there was none of gives its unit unless the text names one."""
    end = unit_end = match.end()
    unit = UNIT.match(text, end)
    if match["nought"]:
        event = ZERO_UNITS.search(text, max(0, match.start() - 16), match.start())
        if event is None:
            return None
    else:
        event = ZERO_UNITS.search(text, end, end + 20)
    name = event.lastgroup if event and event.lastgroup else ""
    if unit and match.group()[0] != "零":
        name, unit_end = unit.group(), unit.end()
    zero = Decimal(0)
    unit_name = {"cases": "件", "incidents": "起", "people": "人"}.get(name, name)
    return Number(match.start(), end, unit_end, zero, unit_name, zero, zero, approximate=False)


def _rank(text: str, match: re.Match[str]) -> Number | None:
    """A place in a ranking (名列第二) is a claim; any other 第二 is a name, and masked."""
    words = match["rank"][1:]
    value = int(words) if words.isdecimal() else chinese_number(words)
    if value is None or value == 0 or text[match.end() : match.end() + 1] in _NOT_A_PLACE:
        return None
    rank = Decimal(value)
    end = match.end()
    unit_end = end + 1 if text[end : end + 1] in ("名", "位") else end
    return Number(match.start(), end, unit_end, rank, "名", rank, rank, approximate=False)


def _decimal(digits: str) -> Decimal | None:
    if digits[0] in "0123456789":
        return arabic_number(digits)
    if digits == "百":
        return Decimal(100)
    whole, _, places = digits.partition("点")
    value = chinese_number(whole)
    if value is None:
        return None
    return Decimal(f"{value}." + "".join(str(chinese_number(digit)) for digit in places))


def _arabic(text: str, match: re.Match[str]) -> Number | None:
    digits, times = match["digits"], match["times"] or ""
    after = match["mid"] or match["post"] or ""
    value = arabic_number(digits, times)
    if match["rate"] == "%":
        return percent(text, match, value, after)
    if match["rate"]:
        return percent(text, match, value, after, "‰")
    number = counted(text, match, value, step_of(digits, times), after)
    if number is None or number.unit:
        return _range(text, number) if number else None
    if _KINDS.match(text, number.end) and "." not in digits:
        # 6大领域: 大 stands where the unit would; the things counted are just that many
        return replace(number, unit="个", unit_end=number.end + 1)
    headed = _HEADED.search(text[max(0, number.start - 8) : number.start])
    if headed and (unit := UNIT.fullmatch(headed[1])):
        # 案件数(件) 124: a table names the unit in its head
        return replace(number, unit=unit_name(unit.group()))
    whole = "." not in digits or times
    return number if whole and _may_lack_unit(text, number, digits + times) else None


def _range(text: str, number: Number) -> Number:
    """3至5名: the second number of a range carries the unit, the first the lower end."""
    lower = _LOWER.search(text[max(0, number.start - 12) : number.start])
    if not lower or Decimal(lower[1]) >= number.value:
        return number
    return replace(number, min=Decimal(lower[1]), max=number.value, approximate=True)


def _may_lack_unit(text: str, number: Number, digits: str) -> bool:
    """17 teams without a 支 between; but not 2.0, not an item number, not a year."""
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return False
    if len(digits) > 8 or (digits[0] == "0" and digits[1:2] not in ("", ".")):
        return False
    following = text[number.end : number.end + 1]
    if _UPPER.match(text, number.end):
        return False
    if _CELL_BEFORE.search(text[max(0, number.start - 2) : number.start]) and _SHARE_CELL.match(
        text, number.end
    ):
        return True
    noun = _NOUN.match(following) and not _NOT_A_NOUN.match(following)
    if digits[-1] in "万亿" and (noun or following in _STOP or following in ("", "、")):
        # 3亿多劳动者, 追回欠薪8.2亿: so many need no classifier
        return True
    if _PARTS_FOLLOW.match(text, number.end) and _counts_noun_before(text, number, digits):
        return True
    if not noun and following and following not in _STOP:
        return False
    if not noun and _counts_noun_before(text, number, digits):
        return True
    before = text[max(0, number.start - 60) : number.start]
    if _COUNTING.search(before[-4:]):
        return True
    # 包括咨询6952,投诉242: the unit was said with the total
    listed = _LISTED.search(before.rsplit("。", 1)[-1])
    return bool(listed) and not noun and bool(_NOUN.match(before[-1:]))


def _counts_noun_before(text: str, number: Number, digits: str) -> bool:
    """讨薪8.2亿。 查处治安案件1326,同比…: the noun stands before and the clause ends here."""
    before = text[max(0, number.start - 8) : number.start]
    return len(digits) > 1 and bool(_NOUN.match(before[-1:])) and not _LABELLED.search(before)


def _words(text: str, match: re.Match[str]) -> Number | None:
    words, after = match["words"], match["tail"] or ""
    value = approximated_number(words)
    before = approximator(text, match.start())
    if value is None or (len(words) >= 4 and set(words) <= set("零〇一二三四五六七八九")):
        return None
    if words in BARE and not (after or before):
        return None
    # 六千余万: what stands behind 余 multiplies what stands before it
    factor = SCALES[match["group"]] if match["group"] else 1
    step = step_of(str(value)) * factor
    number = counted(text, match, Decimal(value * factor), step, after)
    if number is None or not number.unit or words in ("二", "零", "〇"):
        return None
    if words == "一" and not _counts_one(text, number):
        return None
    if number.unit in RISKY_UNITS and value < 20:
        return None
    if number.unit in _IN_PLACE_NAMES and text[number.unit_end : number.unit_end + 1] in _PLACES:
        return None
    return number


def _counts_one(text: str, number: Number) -> bool:
    """一件 is an article more often than a count; at a clause's end it counts."""
    if number.unit in _CASE_UNITS and _ONE_OF.search(
        text[max(0, number.start - 24) : number.start]
    ):
        return True
    ends = text[number.unit_end : number.unit_end + 1] in _STOP or number.unit_end == len(text)
    return ends and not _ADVERB.search(text[max(0, number.start - 2) : number.start])


def _fraction(text: str, match: re.Match[str]) -> Number | None:
    if match["under"]:
        under, over = chinese_number(match["under"]), chinese_number(match["over"])
    else:
        under, over = int(match["bottom"]), int(match["top"])
    if not under or over is None or over > under:
        return None
    # a quarter is told as the percentage that it is
    value = (Decimal(100 * over) / Decimal(under)).quantize(Decimal("0.01")).normalize()
    start, end = match.span()
    return with_interval(text, (start, end, end), +value, "%", Decimal(1), "")


def _vague(text: str, match: re.Match[str]) -> Number | None:
    """数十, 几百: only an order of magnitude, and only before a unit."""
    unit = UNIT.match(text, match.end())
    place = chinese_number("一" + match["place"])
    if place is None or not unit or unit.group() in DURATION_UNITS:
        return None
    name = unit_name(unit.group())
    low, high = vague_interval(Decimal(place), whole=is_whole(name))
    start, end = match.span()
    return Number(start, end, unit.end(), low, name, low, high, approximate=True)
