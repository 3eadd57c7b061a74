"""Whose report it is: the text's own title, opening and signature held against fazhi.yaml.

认报：标题、开头、落款和 fazhi.yaml 对得上的，才是本地这一年的报告；有疑问的不读。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from engine.model.regex import regex
from engine.model.values import Record
from facts.report import Report
from facts.writing.text import fold

_LEAST: Final = 16
"""Characters beside the title; with fewer, and nothing said, there is no report."""
_OPENING_CHARS: Final = 600
_FIRST_HEADING: Final = regex(
    "\n[#\\s]{0,8}(?:[一二三四五六七八九十]、|第[一二三]部分|[(（]一[)）])"
)
_ADDRESSED: Final = regex("(?!现将)[\u4e00-\u9fff、，]{2,40}(?<!如下)[：:]")
_SPEAKS: Final = regex(
    "[我本](局|厅|委|办|镇|乡|街道|学校|医院|[大支总]队|中心|公司|单位|部门|系统)(?!长|级|会)"
)
"""By what a body calls itself; 我县 and 全县 say nothing of which one."""
_PARTY: Final = regex("^(?:中共|中国共产党)")
_GENERIC: Final = regex("(?:本级|全)?[省市县区州旗镇乡]?(?:人民政府|政府|委)?")
"""县人民政府: no name at all."""
_ABOVE: Final = regex("(?:[\u4e00-\u9fff]{2,12}[省市县区州旗盟])?(?:人民政府)?")
_OWN: Final = regex(
    "[省市县区州旗镇乡]?(?:委员会|党委|委|党工委)?[和、]?(?:人民政府|政府)?(?:办公室)?(?:管理委员会|管委会|办事处)?"
)
"""What may stand behind the place's name where its government reports."""
_DRAFTS: Final = regex("(?:司法局|(?:委)?(?:全面)?依法治[省市县区]|法治政府建设)")
"""The office that writes the report may sign it where the title is the place's."""
_WITHIN: Final = regex(
    "(?:局|厅|系统|部门|领域|中心|公司|学校|医院|大队|支队|总队|法院|检察院|街道|镇|乡)"
    "(?=关于|(?:19|20)[0-9]{2}|法治|依法|年度|$)"
)
"""What makes a title that of a body within the place."""


def why_not_ours(report: Report, place: Record, text: str) -> tuple[str, str] | None:
    """What speaks against a report being the place's own of one certain year, and what to do.

    None where nothing does; where the settings name no place only the year is looked at.
    """
    doubts = (
        _body(report, text),
        _place(report, place, text),
        _year(report),
        _named(report, place, text),
    )
    return next(chain.from_iterable(doubts), None)


def _body(report: Report, text: str) -> Iterator[tuple[str, str]]:
    """Nothing but a title: the report itself is an attachment, or pictures."""
    said = any(part.present or part.doubtful for part in report.parts) or report.figures
    if not said and len("".join(text.split())) - len(report.title or "") < _LEAST:
        hint = "报告在附件里的，请放入附件本身；正文是图片的，请放入 Word 原稿"
        yield "除了标题没有读到正文，没有读取", hint


def _place(report: Report, place: Record, text: str) -> Iterator[tuple[str, str]]:
    name = place.values.get("name")
    if not isinstance(name, str) or not fold(name):
        return
    said = report.identity
    own = [fold(name)]
    hint = "fazhi.yaml 的地名写错了的，请改正"
    for where, who in (("标题", said.titled), ("正文开头", said.opening)):
        if who is not None and not _is_own(who, own):
            if where == "标题":
                yield f"是“{who}”的报告，不是“{name}”的，没有读取", hint
            yield f"{where}说的是“{who}”，不是“{name}”，没有读取", hint
    if (within := _WITHIN.search(_without(report.title or "", own))) and said.titled is not None:
        yield f"标题是“{report.title}”，不像“{name}”政府的报告（{within[0]}），没有读取", hint
    if said.signer is not None and not _signs(said.signer, own, titled=said.titled is not None):
        yield f"落款是“{said.signer}”，不是“{name}”政府，没有读取", "请核对这是谁的报告"
    nobody = (said.titled, said.opening, said.signer) == (None, None, None)
    if nobody and said.filed is not None and not _is_own(said.filed, own):
        yield f"文件名说的是“{said.filed}”，不是“{name}”，没有读取", "标题里写明是谁的报告"
    other = report.place
    if nobody and other and not _is_own(other, own) and fold(name) not in fold(text):
        yield f"是“{other}”的报告，不是“{name}”的，没有读取", hint


def _named(report: Report, place: Record, text: str) -> Iterator[tuple[str, str]]:
    """Somebody must say that it is this place's: a report that names nobody may be anyone's."""
    name = place.values.get("name")
    if not isinstance(name, str) or not fold(name) or report.year is None:
        return
    said, own = report.identity, fold(name)
    if any(own in fold(who or "") for who in (said.titled, said.opening, said.signer)):
        return
    speaker = _SPEAKS.search(text)
    if speaker and not own.endswith(speaker[1]):
        why = f"正文自称“{speaker[0]}”，看不准是不是“{name}”政府的报告，没有读取"
        yield why, "请核对这是谁的报告"
    if not any(own in fold(who or "") for who in (said.filed, said.guessed, _opening(text))):
        why = f"标题、开头、落款都没有写明是谁的报告，看不准是不是“{name}”的，没有读取"
        yield why, f"请在标题里写明“{name}”"


def _opening(text: str) -> str:
    """The lines before the first numbered heading, where a report says whose it is.

    A line that is only names and a colon says to whom it is addressed.
    """
    lines = _FIRST_HEADING.split(text[:_OPENING_CHARS], maxsplit=1)[0].splitlines()
    return "\n".join(line for line in lines if not _ADDRESSED.fullmatch(line.strip()))


def _is_own(who: str, own: list[str]) -> bool:
    """Whether words name the place's government, or nobody in particular."""
    words = _PARTY.sub("", fold(who))
    if _GENERIC.fullmatch(words):
        return True
    for name in own:
        before, found, behind = words.partition(name)
        if found and _ABOVE.fullmatch(before) and _OWN.fullmatch(behind.replace(name, "")):
            return True
    return False


def _signs(signer: str, own: list[str], *, titled: bool) -> bool:
    words = fold(signer)
    named = any(name in words for name in own)
    return _is_own(signer, own) or (titled and named and _DRAFTS.search(words) is not None)


def _without(title: str, own: list[str]) -> str:
    words = fold(title)
    for name in own:
        words = words.replace(name, "")
    return words


def _year(report: Report) -> Iterator[tuple[str, str]]:
    said, year = report.identity, report.year
    hint = "请在标题里写明是哪一年度的"
    if year is None:
        return
    first = "标题" if said.title_year is not None else "文件名"
    if said.opening_year not in (None, year):
        told = f"{first}写的是{year}年，正文开头说的是{said.opening_year}年"
        yield f"{told}，看不准是哪一年的报告，没有读取", hint
    if said.signed_year is not None and not year <= said.signed_year <= year + 1:
        told = f"{first}写的是{year}年，落款是{said.signed_year}年的"
        yield f"{told}，看不准是哪一年的报告，没有读取", hint
