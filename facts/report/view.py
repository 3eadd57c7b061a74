"""A text as patterns want to see it, with the way back to the original offsets.

Width, script and blanks differ from page to page and say nothing. The view folds them away, so
that no pattern needs to know of them; every view position remembers where it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from engine.model.regex import regex
from facts.report.aligned import spelled_out
from facts.report.lone_titles import LONGEST, lone_title

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES: Final = "‐‑‒–—―−﹣－～〜~"
_BLANKS: Final = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c"
)
_INVISIBLE: Final = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\x00"
)
# characters of traditional pages, each followed by what it folds to
_SCRIPTS: Final = (
    "項项證证議议訴诉訟讼決决規规範范審审備备應应會会務务個个條条張张種种類类處处罰罚執执開开"
    "場场壓压縮缩達达調调辦办結结復复級级黨党領领導导責责問问題题區区縣县鎮镇鄉乡員员長长數数"
    "總总計计萬万億亿兩两餘余點点單单書书發发現现監监覽览報报標标準准約约過过無无內内給给實实"
    "際际進进駐驻網网線线機机關关據据續续確确來来對对經经濟济學学習习與与為为從从時时間间說说"
    "裝装變变電电話话團团體体隊队聯联繫系專专業业論论糾纠錯错銷销維维護护權权義义職职訓训講讲"
    "預预諮咨詢询協协訪访釋释讀读編编製制訂订頒颁佈布廣广東东陽阳農农漁渔環环衛卫檢检測测獲获"
    "獎奖優优勝胜績绩評评價价質质創创圍围組组織织幹干節节資资稅税錄录檔档擴扩減减視视聽听見见"
    "親亲觀观塊块鐵铁銀银鋼钢純纯紀纪綱纲絡络師师屬属層层歲岁齡龄複复雙双隨随險险隱隐鑒鉴鑑鉴"
    "託托讓让該该誠诚諾诺謀谋擊击產产設设許许試试認认記记訊讯討讨請请譯译讚赞貢贡財财費费貸贷"
    "買买賣卖賠赔賬账贏赢趙赵趕赶車车輛辆輕轻轉转辭辞遠远適适選选遷迁遲迟郵邮鄰邻醫医釐厘針针"
    "門门閉闭閒闲陳陈陸陆陰阴雜杂離离難难靈灵靜静響响頂顶順顺須须頓顿頻频顆颗額额願愿顧顾顯显"
    "風风飛飞飯饭養养館馆駕驾驗验髒脏鬥斗魚鱼鮮鲜鳥鸟麗丽麥麦黃黄齊齐齒齿龍龙"
)
_FOLD: Final[dict[int, str]] = {
    **{code: chr(target) for code, target in _FULL_WIDTH.items()},
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _BLANKS), " "),
    **dict.fromkeys(map(ord, _INVISIBLE), "\0"),
    **dict(zip(map(ord, _SCRIPTS[::2]), _SCRIPTS[1::2], strict=True)),
    ord("\r"): "\n",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    ord("\x85"): "\n",
    ord("○"): "〇",
    ord("◯"): "〇",
    ord("﹪"): "%",
    ord("〔"): "[",
    ord("〕"): "]",
    ord("【"): "[",
    ord("】"): "]",
    ord("﹝"): "[",
    ord("﹞"): "]",
    ord("•"): "·",
    ord("・"): "·",
    ord("．"): ".",
    ord("。"): "。",
    ord("｡"): "。",
    ord("、"): "、",
    ord("､"): "、",
    ord("「"): "“",
    ord("」"): "”",
    ord("『"): "“",
    ord("』"): "”",
}

_GAP: Final = regex(r"[ \n\0]+")
_COLUMNS: Final = frozenset("\t\u3000")
"""Blanks that stand between columns and never within a number."""
# 1 234 567 as tables print it; a neighbour number a blank away means columns, not thousands
_SPACED_THOUSANDS: Final = regex(
    r"(?<![\d.,])(?<!\d )\d{1,3}(?: \d{3}){1,4}(?:\.\d{1,4})?(?![\d,.])(?! \d)"
)
# 复(fù)议: pages put the reading after a character to spoil copies
_PINYIN: Final = regex(
    r"[(][a-zü ]{0,6}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü ]{0,20}[)]"
)
# 覆 stays in 覆盖; in the traditional 覆議 it is 复
_REVIEW: Final = regex("覆(?=议)")
# what may open a new paragraph, looked for right after a line break
_OPENER: Final = regex(
    r"[#*\-]|[一二三四五六七八九十]{1,3}\n?、|[(][一二三四五六七八九十]{1,3}[)]"
    r"|\d{1,2}[.、](?!\d)|[(]\d{1,2}[)]|第[一二三四五六七八九十]{1,3}(?:部分|章|节)"
    r"|[一二三四五六七八九十]{1,2}\n?是|[①-⑳]"
)
_CLOSERS: Final = frozenset("。!?;:…")
# how far into a text its title may stand
_HEAD: Final = 600
_TITLE_WORDS: Final = ("报告", "总结", "情况", "年报")


@dataclass(frozen=True, slots=False)
class View:
    r"""``text`` is folded; ``offsets[i]`` is where its i-th character stands in ``source``.

    A kept ``\n`` is a paragraph break; a kept blank stands between two digits.
    """

    source: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of the view span ``[start, end)``; empty spans stay empty."""
        first = self.offsets[start]
        return first, (self.offsets[end - 1] + 1 if end > start else first)

    def position(self, offset: int) -> int:
        """Return the first view position at or after a source offset."""
        return bisect_left(self.offsets, offset)

    def quote(self, start: int, end: int) -> str:
        """Return the original wording of a view span."""
        first, last = self.span(start, end)
        return self.source[first:last]


def make_view(source: str) -> View:
    """Fold ``source``; linear in its length, never raises.

    A table that it sets with blanks is spelled out, so that each of its figures has its head.
    """
    spelled = spelled_out(source)
    if spelled is None:
        return View(source, *_folded(source))
    text, origin = spelled
    folded, offsets = _folded(text)
    return View(source, folded, tuple(origin[offset] for offset in offsets))


def _folded(source: str) -> tuple[str, tuple[int, ...]]:
    """The text as patterns want to see it, and where each of its characters stands."""
    plain = _REVIEW.sub("复", source.translate(_FOLD))
    folded = _PINYIN.sub(lambda match: "\0" * len(match.group()), plain)
    joined = {
        position
        for match in _SPACED_THOUSANDS.finditer(folded)
        for position in range(*match.span())
        if folded[position] == " " and source[position] not in _COLUMNS
    }
    chars: list[str] = []
    offsets: list[int] = []
    line_start = 0
    last = 0
    for gap in _GAP.finditer(folded):
        start, end = gap.span()
        chars.append(folded[last:start])
        offsets.extend(range(last, start))
        last = end
        blank = _kept(folded, gap, line_start, joins=start in joined)
        if blank:
            chars.append(blank)
            offsets.append(start)
        if "\n" in gap.group():
            line_start = end
    chars.append(folded[last:])
    offsets.extend(range(last, len(folded)))
    return "".join(chars), tuple(offsets)


def _kept(folded: str, gap: re.Match[str], line_start: int, *, joins: bool) -> str:
    """What stays of a run of blanks: a paragraph break, a digit separator, or nothing."""
    start, end = gap.span()
    if start == 0 or end == len(folded) or joins or set(gap.group()) == {"\0"}:
        return ""
    if "\n" in gap.group() and _breaks_paragraph(folded, gap, line_start):
        return "\n"
    between_digits = folded[start - 1].isdigit() and folded[end].isdigit()
    return " " if between_digits else ""


def _breaks_paragraph(folded: str, gap: re.Match[str], line_start: int) -> bool:
    """A line end inside a sentence is only the page's width; these are not."""
    start, end = gap.span()
    if folded[start - 1] in _CLOSERS or _OPENER.match(folded, end):
        return True
    line = folded[line_start : min(start, line_start + 60)]
    if start - line_start <= LONGEST and _after_a_stop(folded, line_start) and lone_title(line):
        return True
    if _OPENER.match(line) and not _lone_marker(line) and start - line_start <= 60:
        return True
    named = any(word in line for word in _TITLE_WORDS) and ("法治" in line or "依法" in line)
    titled = named and "。" not in line and "," not in line and start - line_start <= 60
    return (gap.group().count("\n") > 1 and start - line_start > 3) or (
        titled and line_start < _HEAD
    )


def _after_a_stop(folded: str, line_start: int) -> bool:
    """Whether what stands before a line is closed: the line is no piece of a sentence."""
    before = folded[max(0, line_start - 8) : line_start].rstrip(" \n\0")
    return not before or before[-1] in _CLOSERS or folded[line_start - 2 : line_start] == "\n\n"


def _lone_marker(line: str) -> bool:
    """一 / 是 / … each on a line of its own: the page broke a marker, not a paragraph."""
    return len(line.strip()) <= 2
