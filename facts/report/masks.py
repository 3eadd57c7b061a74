"""Where digits are no figures: years, dates, document numbers, titles, hotlines, names."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from engine.model.regex import regex
from facts.report.lexicon import CN_NUMERAL, NAME, RANKED

_YEAR: Final = r"(?:19|20)[0-9]{2}"
_CN_YEAR: Final = r"[一二][〇零Oo0一二三四五六七八九]{3}"
_ORD: Final = rf"(?:[0-9]{{1,12}}|{CN_NUMERAL}{{1,8}})"

# what follows a number that counts something, so that 110件 is no telephone number
_COUNTED: Final = (
    r"(?![0-9.,%余多几件起宗份个项部篇张卷批轮场次人名户家条类种台处元万亿期位天小所套艘辆支幅堂笔通趟"
    r"公吨㎡㎞]|平(?!台))"
)

_PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("title", r"《[^《》\n]{1,80}》(?:\([^()\n]{1,30}\))?"),
    ("document number", rf"[\[(]{_YEAR}[\])]第?[0-9]{{1,6}}号"),
    ("document number", rf"第?{_ORD}(?:-{_ORD})?号(?:令|文|公告|文件|窗口)?"),
    (
        "date",
        (
            rf"(?<![0-9.])(?:{_YEAR}年|{_CN_YEAR}年)?[0-9]{{1,2}}月(?:[0-9]{{1,2}}[日号]?)?"
            r"(?:[至到-]{1,2}(?:[0-9]{1,2}月)?[0-9]{1,2}[日号])?(?:份|底|初|末)?"
        ),
    ),
    ("date", rf"{CN_NUMERAL}{{1,3}}月(?:{CN_NUMERAL}{{1,3}}[日号]|份|底|初|末)?"),
    ("date", rf"(?<![0-9.]){_YEAR}[./-][0-9]{{1,2}}[./-][0-9]{{1,2}}(?![0-9.])"),
    ("date", r"(?<![0-9])[0-9]{1,2}[日号](?!以上|以下|左右)"),
    ("clock", r"[0-9]{1,2}[时点:][0-9]{2}(?:分(?!钟)|(?![0-9]))"),
    (
        "years",
        rf"(?<![0-9.]){_YEAR}年?[-、至到和与及]{{1,2}}(?:19|20)?[0-9]{{2}}(?=[^0-9.%万亿余多])",
    ),
    ("years", rf"(?<![0-9.]){_YEAR}{_YEAR}(?=年|\))"),
    ("year", rf"(?<![0-9.])(?:{_YEAR}|[0-9]{{1,3}})年(?:度|代|底|初|末|来|以来)?"),
    ("year", rf"{_CN_YEAR}年?(?:度|底|初|末)?"),
    ("year", rf"^{_YEAR}(?=[卷版])"),
    ("years", rf"{_ORD}(?:周年|年|个?年度|个?季度|届|周岁|岁|级|等奖|中全会|审)"),
    ("ordinal", rf"第{_ORD}(?:[-、至到]{{1,2}}第?{_ORD})?"),
    ("sum of ones", r"(?:[0-9NnXx]{1,4}\+){1,8}[0-9NnXx]{1,4}(?![0-9.%])"),
    ("product", r"[0-9]{1,4}[×xX*][0-9]{1,4}(?:小时|天)?"),
    ("round the clock", r"(?:365天|7天)[×xX*、]?(?:24小时|365天)"),
    ("round the clock", r"(?<![至到为从由])(?:24小时|365天)"),
    (
        "hotline",
        rf"(?<![0-9.])1[0-9]{{4,5}}{_COUNTED}(?=[^0-9,。;:%\n]{{0,8}}(?:热线|平台|专线|电话))",
    ),
    ("hotline", rf"(?<![0-9.])(?:12[0-9]{{3}}|96[0-9]{{3,4}}|110|119|120){_COUNTED}"),
    (
        "deadline",
        (
            rf"(?:[0-9]{{1,3}}|{CN_NUMERAL}{{1,4}})"
            r"(?:个?工作日|个?自然日|日|天|小时|个月|周|分钟)(?:之内|内|以内|前|期满)"
        ),
    ),
    (
        "label",
        (
            r"(?:索引号|备案号|备案序号|编号|邮编|邮政编码|电话|传真|联系方式|机构代码|信用代码"
            r"|许可证号|文号|编码):?[0-9A-Za-z()/-]{3,40}(?![A-Za-z()/-])" + _COUNTED
        ),
    ),
    (
        "file code",
        r"(?<![0-9A-Za-z])[0-9A-Z]{0,24}[A-Z][0-9A-Z]{0,24}(?:[/-][0-9A-Z]{2,12}){1,4}",
    ),
    ("web", r"[A-Za-z][A-Za-z0-9]{1,10}[:.][A-Za-z0-9/.:_?=&%-]{3,200}"),
    ("code", r"(?<![0-9])[0-9]{1,6}[A-Za-z]{1,8}|[A-Za-z]{1,8}-?[0-9]{1,6}(?=[A-Za-z/\"”)》纸级])"),
    ("version", r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}版"),
    ("version", r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){2,4}(?![0-9])"),
    ("scale", r"(?<![0-9.])[0-9]{1,5}米"),
    ("name", NAME.pattern),
    (
        "name",
        r"一(?:站式|网通|件事|次办|次性|门式|窗|企一策|案一|村一|图|条龙|把手|张网|本账|张图)",
    ),
    (
        "name",
        rf"{CN_NUMERAL}{{1,2}}(?:大班子|套(?:领导)?班子|官一律|重一大|会一课|所联动|大攻坚|位一体)",
    ),
    (
        "name",
        rf"(?:{CN_NUMERAL}{{1,3}}届)?(?:{CN_NUMERAL}{{1,3}}次[、和]?){{1,3}}(?:全会|全体会议|代表大会|党代会)",
    ),
    ("name", rf"(?:常委会|委员会|人大|政协|届){CN_NUMERAL}{{1,4}}次(?:全体)?会议"),
    ("name", rf"前(?:[0-9]{{1,3}}|{CN_NUMERAL}{{1,3}})(?:名|位|强)"),
    ("ratio", r"(?<![0-9.])[0-9]{1,4}(?:\.[0-9]{1,2})?:[0-9]{1,4}(?:\.[0-9]{1,2})?(?![0-9%])"),
    ("visits", r"(?:浏览|点击|阅读|访问)(?:次数|量|数):[0-9]{1,9}次?"),
    # the third phase of a project stands in brackets behind it
    ("phase", rf"\(第?(?:[0-9]{{1,2}}|{CN_NUMERAL}{{1,3}})(?:期|批|阶段|标段)(?:工程|项目)?\)"),
    ("per", rf"每(?:[0-9]{{1,4}}|{CN_NUMERAL}{{1,4}})(?:万|千|百)?(?:人|名|户|件|个)"),
    # 三个“一号工程”: what the numeral counts is a set of names
    ("name", rf"{CN_NUMERAL}(?:个|项|大)(?=“)"),
    ("habit", r"跑[一1两2]次|[一1]次(?:成|都不跑)"),
    (
        "habit",
        (
            r"每(?:两个?|半)?(?:年|月|季度|季|周)"
            r"(?:[^,。;\n0-9]{0,6}[一二两三四]|[^,。;\n0-9]{0,2}[0-9])[次期场]"
        ),
    ),
)
MASKS: Final = tuple((name, regex(pattern, re.MULTILINE)) for name, pattern in _PATTERNS)
# a short quoted piece with a number in it is a name: “5+N”, “一件事”, “三重一大”
_QUOTED: Final = regex(r"“[^“”\n]{1,16}”|‘[^‘’\n]{1,16}’")


class Mask:
    """The spans of a text whose digits are names; ``covers`` answers for one position."""

    def __init__(self, text: str) -> None:
        spans = [
            match.span()
            for name, pattern in MASKS
            for match in pattern.finditer(text)
            if not (name == "ordinal" and _in_ranking(text, match.start()))
        ]
        spans += [match.span() for match in _QUOTED.finditer(text) if match.group()[1] not in "零0"]
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def end_at(self, position: int) -> int | None:
        """Return the end of the name that covers ``position``, or None if none does."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and position < self._ends[index]:
            return self._ends[index]
        return None


def _in_ranking(text: str, start: int) -> bool:
    return bool(RANKED.search(text[max(0, start - 28) : start]))
