"""When a figure counts and what it claims: scope words and the kind of a figure."""

from __future__ import annotations

import re
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind
from facts.report.moved import is_before, ways

_SPAN: Final = (
    "[一二三四五六七八九十]{1,2}五[^,。;\n]{0,6}(?:以来|期间)"
    "|(?:任期|换届|任职|改革|创建|成立|建立|组建|挂牌)以来"
    "|(?:本届|任期)[^,。;\n]{0,6}(?:以来|期间|内)|[二两三四五六七八九2-9]年间|历年"
)
"""More years than one, without their number: 十四五以来, 机构改革以来, 本届政府任期内."""
_SCOPE: Final = regex(
    rf"{_SPAN}|"
    r"截[至止](?:到)?(?:(?:19|20)[0-9]{2}年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号]|底|末|份)?|年底|目前|年末|底)"
    r"|截[至止](?:到)?(?:19|20)[0-9]{2}年(?:底|末)?|今年以来|去年以来|年初以来|全年度?|本年度?|上半年|下半年"
    r"|[一二三四1-4]季度|(?:19|20)[0-9]{2}年(?:度|底|以来|上半年|下半年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?份?)?"
    r"|去年同期|上年同期|去年|上年|上一年度|前年|往年|近[一二两三四五六0-9]{1,2}年来?|[一二三四五0-9]{1,2}年来|目前|累计"
    r"|同期|今年|当年|[0-9]{1,2}月份"
)
_COMPARING: Final = frozenset("较比同与")
_WEAK: Final = frozenset(["累计", "目前"])
_YEARS_EACH: Final = regex(
    r"((?:(?:19|20)[0-9]{2}年?度?[、,和及与]){1,6}(?:19|20)[0-9]{2}年度?)[^,。;\n]{0,24}分别(?=[^。;\n]{0,60}$)"
)
_NUMERAL: Final = regex(r"[0-9][0-9.]{0,12}")
_DIGIT: Final = regex("[0-9]")
_YEAR: Final = regex(r"(?:19|20)[0-9]{2}")
_CARRIED: Final = regex("结转|遗留|转入")
_EARLIER: Final = regex(r"去年|上年|上一年度|前年|往年|同期")
_COMPARED: Final = regex(
    r"(?:同比|环比|比上年|比去年|较上年|较去年|较(?:19|20)[0-9]{2}年|比(?:19|20)[0-9]{2}年|相较|相比)"
    r"[^。;\n]{0,24}$"
)
_CHANGE: Final = regex(
    r"(?:增长|上升|下降|增加|减少|提高|提升|降低|增幅|降幅)(?:了|约|近|超|超过|达)?$"
)
# 由91项增加到186项: what comes after 到 is where things stand now
_REACHED: Final = regex(
    r"(?:增长|上升|下降|增加|减少|提高|提升|降低|压缩|扩大|缩短|[升降增减])(?:到了|到|至|为)(?:了|约|近|超过?)?$"
)
_HOPED: Final = regex(
    r"(?:力争|争取|目标是|目标为|(?:提出|强调|指出|明确|部署)[,:]?[\"“‘']?要(?!求))[^。;\n]{0,40}$"
)
_AIM: Final = regex(
    r"(?:力争|争取|目标(?:是|为)?|(?<!规划)(?<!工作)(?<!行动)计划|拟|预计|确保"
    r"|不低于|不少于|要求)[^,。;\n]{0,16}$"
)
# 按照…要求检查233家次, 好于年度目标0.9个百分点: measured by an aim, not one
_BY_THE_AIM: Final = regex(
    r"(?:按照?|根据|依照|落实|围绕|对照|(?:好|优|高|低)于|超过|超|超额完成|完成)[^,。;\n]{0,20}(?:要求|目标|计划)[^,。;\n]{0,16}$"
)
_RUNNING: Final = regex(rf"{_SPAN}|累计|(?<!今)年来|(?<!今)(?<!初)年以来|自(?:19|20)[0-9]{{2}}年")


def scope(text: str, start: int, sentence_start: int) -> tuple[str | None, int | None]:
    """Return the nearest scope words before a figure in its sentence, and the year they name."""
    first = max(sentence_start, start - 200)
    if shared := _one_of_several_years(text[first:start]):
        return shared, int(shared[:4])
    of_before = ways(text, first, start)  # 由2023年的6件增至9件: the year is the six's alone
    found = [
        match
        for match in _SCOPE.finditer(text, first, start)
        if not any(match.start() in way for way in of_before) and _reaches(text, match, start)
    ]
    if not found:
        return None, None
    # 截至10月31日,累计…: the word that only says "so far" gives way to the one that says when
    nearest = next((m for m in reversed(found) if m.group() not in _WEAK), found[-1])
    year = _YEAR.search(nearest.group())
    return nearest.group(), int(year.group()) if year else None


def _one_of_several_years(before: str) -> str | None:
    """2021年、2022年分别办理3件和5件: the second figure is the second year's."""
    told = _YEARS_EACH.search(before)
    if told is None:
        return None
    years = _YEAR.findall(told[1])
    position = len(_NUMERAL.findall(before[told.end() :]))
    return f"{years[position]}年" if position < len(years) else None


def _reaches(text: str, match: re.Match[str], start: int) -> bool:
    """较上年 compares within its clause, （含上年结转3件） speaks within its bracket."""
    words = text[match.end() : start]
    if match.group() == "累计" and re.search("[,;]", words):
        return False
    # 结转上年申请1件,办结49件: last year's is what was carried over, not what follows
    carried = _CARRIED.search(text[max(0, match.start() - 6) : match.end() + 6])
    if carried and _EARLIER.search(match.group()) and re.search("[,;)]", words):
        return False
    if words.find(")") >= 0 and words.find(")") < (words.find("(") % (len(words) + 1)):
        return False
    compares = text[match.start() - 1 : match.start()] in _COMPARING
    return not (compares and re.search("[,;、]", words))


def kind(  # noqa: PLR0913 - all that bears on it
    text: str,
    start: int,
    end: int,
    sentence_start: int,
    scoped: tuple[str | None, int | None],
    *,
    year: int | None,
    in_plan: bool,
    mixed: bool,
    target: bool,
) -> FigureKind:
    """Return what the figure at ``start`` in the view, its unit to ``end``, of a scope, claims."""
    before = text[max(sentence_start, start - 60) : start]
    words, named = scoped
    if named is not None and not _covers(text, sentence_start, start, words or ""):
        named = None
    if in_plan and mixed:
        # 不足与打算 under one heading: there only what a later year has is planned
        in_plan = year is not None and named is not None and named > year
    aimed = _AIM.search(before) and not _BY_THE_AIM.search(before)
    if target or in_plan or aimed or _HOPED.search(before):
        return FigureKind.TARGET
    if is_before(text, start, end):
        return FigureKind.COMPARISON
    if _REACHED.search(before):
        return FigureKind.RESULT
    if _COMPARED.search(before) and not _result_after_comparison(before):
        return FigureKind.COMPARISON
    if _CHANGE.search(before):
        return FigureKind.COMPARISON
    if words and _EARLIER.search(words):
        return FigureKind.COMPARISON
    other = year is not None and named is not None and named != year
    if words and other and not _RUNNING.search(words):
        return FigureKind.COMPARISON
    clause = re.split("[,;:]", before)[-1]
    if _RUNNING.search(clause) or (words and (_RUNNING.search(words) or "近" in words)):
        return FigureKind.CUMULATIVE
    return FigureKind.RESULT


def _covers(text: str, sentence_start: int, start: int, words: str) -> bool:
    """2022年立案20件,结案18件 counts on; in 督察2022年度报告,另查案卷 the year is a name's."""
    clauses = text[text.rfind(words, sentence_start, start) + len(words) : start].split(",")[:-1]
    return not clauses or clauses[0] == "" or all(_DIGIT.search(clause) for clause in clauses)


def _result_after_comparison(before: str) -> bool:
    """同比下降5%,办结12件: the figure after the change is this year's again."""
    tail = re.split(r"[,;]", before)[-1]
    return not _COMPARED.search(tail) and bool(re.search(r"%,|百分点,|倍,", before))
