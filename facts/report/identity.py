"""Title, place and year of a report, and what each part of the text says of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from engine.model.regex import regex
from facts.report.contents import Identity
from facts.report.view import View
from facts.report.wording import wording

_ABOUT: Final = regex(
    r"[^。;!?,]{0,60}?(?:法治政府|依法行政|法治建设)[^。;!?,]{0,40}?(?:报告|总结|情况|年报|自评)[^。,]{0,12}"
)
# a title's second line; the first one names who reports
_CONTINUES: Final = regex(r"(?:关于|(?:19|20)[0-9]{2}|[一二][〇零○Oo])")
_BODY: Final = regex(r".{0,12}(?:政府|管理局|委员会|管委会|街道|街道办|办事处|[局委办会院镇乡])")
_NOT_A_TITLE: Final = ("现将", "根据", "按照", "为", "附件", "来源", "当前位置", "您")
# a heading of the text, or the path of pages that led to it
_HEADING: Final = regex(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.、]"
)
# what some pages print on the title's own line
_ASIDE: Final = regex(r"[ \u3000\t]{2}|发布(?:时间|日期)|信?息?来源[:：]|时间[:：]")
_FIRST_LINES: Final = 20
_INLINE_TITLE: Final = regex(
    r"((?:[\u4e00-\u9fff]{2,20}?(?:关于)?)?(?:19|20)[0-9]{2}年(?:度)?(?:[\u4e00-\u9fff]{0,16})"
    r"(?:法治政府建设|依法行政)[\u4e00-\u9fff]{0,12}(?:报告|总结|情况))"
)
_YEAR: Final = regex(r"((?:19|20)[0-9]{2})年(?:度)?")
_NAME_YEAR: Final = regex(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_CN_YEAR: Final = regex(r"([二一][〇零0oO九][〇零一二三四五六七八九0oO]{2})年")
_CN_DIGIT: Final = {
    **{c: str(i) for i, c in enumerate("零一二三四五六七八九")},
    "〇": "0",
    "o": "0",
    "O": "0",
}
_PLACE_IN_TITLE: Final = regex(
    r"^(?:关于)?([\u4e00-\u9fff]{1,24}?(?:管理委员会|管委会|委员会|人民政府|合作区|开发区|示范区|实验区|新区|街道"
    r"|自治州|自治县|办公室|中心|公司|学校|医院|[大支总]队|[省市县区州旗盟镇乡局厅委办院]))(?=关于|(?:19|20)[0-9]{2}|[一二][〇零○]|法治|依法|年度)"
)
# 2023年,某镇坚持…: a page that lost its title names who reports in its first sentence
_REPORTER: Final = regex(
    r"(?:19|20)[0-9]{2}年度?(?:以来)?,(?![我全本各市县区州省镇])"
    r"([\u4e00-\u9fff]{1,20}?(?:人民政府|管理委员会|管委会|街道|[市县区州旗镇乡局厅]))(?:党工委|办事处|政府)?(?:、办事处)?"
    r"(?=在|坚持|以|认真|深入|深学|紧|按|全面|严格|围绕|始终|高度|扎实|持续|严格|切实)"
)
_YEAR_FIRST: Final = regex("^(?:19|20)[0-9]{2}年度?")
# 中共某镇委员会某镇人民政府: both report, of one place
_PARTY: Final = regex(
    "^中共[\u4e00-\u9fff]{2,12}?委(?:员会)?、?(?=[\u4e00-\u9fff]{2,20}(?:政府|管委会|办事处))"
)
_SUFFIX: Final = "市县区旗州"
_FUNCTION_WORDS: Final = frozenset(
    "全我各本该在对向和与由及经为于将等每个省市县区由从是的到有上下我们以按把给并设示范创评选获"
)
# what makes a word before 市 or 县 a place for certain: nobody says 建筑市政府
_ITS_OWN: Final = regex("(?:人民)?政府|委(?!员)|人大|司法局|公安局|人民法院")
# who signs, on a line of its own, and when
_BODY_SIGNS: Final = regex(
    "(?:[\u4e00-\u9fff]{2,30})(?:政府|委员会|管委会|党工委|办事处|街道|办公室|领导小组|中心|[局厅委办院队镇乡])"
)
_SIGNED_ON: Final = regex(
    r"(?P<who>[\u4e00-\u9fff]{0,40}?)(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<words>[二一][〇零0oO九○][〇零○一二三四五六七八九0oO]{2})年)"
    r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})日"
)
_LAST_LINES: Final = 8
_OPENS_WITH: Final = regex("((?:19|20)[0-9]{2})年度?(?:以来)?,")
_OPENING_CHARS: Final = 600


def title_of(view: View) -> str | None:
    """Return the title, of one line or two, if the text has one among its first lines."""
    before = ""
    for line in view.source[:_OPENING_CHARS].split("\n")[:_FIRST_LINES]:
        words = "".join(_ASIDE.split(line.strip(), maxsplit=1)[0].split()).lstrip("#\ufeff")
        if _ABOUT.fullmatch(words) and not _is_no_title(words):
            return before + words if before and _CONTINUES.match(words) else words
        before = words if _BODY.fullmatch(words) else ""
    match = _INLINE_TITLE.match(view.text[:_OPENING_CHARS])
    return view.quote(match.start(1), match.end(1)).strip() if match else None


def _is_no_title(words: str) -> bool:
    return words.startswith(_NOT_A_TITLE) or ">" in words or bool(_HEADING.match(words))


def identity_of(view: View, title: str | None, name: str) -> Identity:
    """Who and which year the title, the opening, the signature and the file's name speak of."""
    signer, signed = _signature(view.source)
    opening = _REPORTER.search(view.text[:_OPENING_CHARS])
    opens = _OPENS_WITH.search(view.text[:_OPENING_CHARS])
    return Identity(
        titled=_reporter(title or ""),
        filed=_reporter(name.rpartition("/")[2]),
        opening=None if opening is None else opening[1].removesuffix("人民政府"),
        signer=signer,
        guessed=_most_named(view.text),
        title_year=_year(title or ""),
        name_year=_year(name, _NAME_YEAR),
        opening_year=None if opens is None else int(opens[1]),
        signed_year=signed,
    )


def year_of(view: View, said: Identity) -> int | None:
    """Return the year reported on: of the title, else of the file name, else of the opening.

    A year that the text only names is it where it names no other half as often.
    """
    stated = said.title_year or said.name_year or _year(view.text[:200])
    if stated is not None:
        return stated
    counted = Counter(_YEAR.findall(view.text)).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] < 2 * counted[1][1]):
        return None
    return int(counted[0][0])


def place_of(said: Identity) -> str | None:
    """Return the place the report is about, or None if the text doesn't settle it."""
    signer = None if said.signer is None else said.signer.removesuffix("人民政府")
    return said.titled or said.opening or signer or said.guessed


def is_another(place: str, own: str) -> bool:
    """Whether a word is the name of a place other than that which reports as ``own``."""
    named = _is_name(place[:-1]) and not wording().no_place.search(place)
    return named and not _overlap(place, own)


def _year(text: str, pattern: re.Pattern[str] = _YEAR) -> int | None:
    match = pattern.search(text)
    if match:
        return int(match.group(1))
    words = _CN_YEAR.search(text.replace("○", "〇"))
    return _in_digits(words.group(1)) if words else None


def _in_digits(words: str) -> int:
    return int("".join(_CN_DIGIT.get(char, "0") for char in words))


def _reporter(title: str) -> str | None:
    """Who reports by a title, 人民政府 left out."""
    match = _PLACE_IN_TITLE.match(_PARTY.sub("", _YEAR_FIRST.sub("", title)))
    return match.group(1).removesuffix("人民政府") if match else None


def _signature(source: str) -> tuple[str | None, int | None]:
    """Who signs in the last lines, and in which year."""
    lines = [bare for line in source.splitlines()[-60:] if (bare := "".join(line.split()))]
    signer, year = None, None
    for line in lines[-_LAST_LINES:]:
        dated = _SIGNED_ON.fullmatch(line)
        if dated is not None:
            year = int(dated["year"]) if dated["year"] else _in_digits(dated["words"])
        who = line if dated is None else dated["who"]
        if _BODY_SIGNS.fullmatch(who):
            signer = who
    return signer, year


def _most_named(text: str) -> str | None:
    """The name with 市/县/区 that the text repeats most, if it repeats one clearly more.

    Only a word that somewhere has its own government or courts is a place at all.
    """
    counts: Counter[str] = Counter()
    places: set[str] = set()
    for match in re.finditer(f"[{_SUFFIX}]", text):
        for length in (2, 3):
            word = text[max(0, match.start() - length) : match.start()]
            if len(word) == length and _is_name(word):
                name = word + match.group()
                counts[name] += 1
                if _ITS_OWN.match(text, match.end()) and not wording().no_place.search(name):
                    places.add(name)
    best = [(n, len(word), word) for word, n in counts.items() if n >= 3 and word in places]
    if not best:
        return None
    count, _, word = max(best)
    others = [other for other, _, name in best if name != word and not _overlap(name, word)]
    return word if not others or count >= 2 * max(others) else None


def _is_name(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" and char not in _FUNCTION_WORDS for char in word)


def _overlap(first: str, second: str) -> bool:
    return first.endswith(second) or second.endswith(first)
