"""Whether the words around a figure deny the act that it would count, or say that it is owed.

未报送备案2件 are no filings, 应出庭20件 no appearances. Which acts turn an indicator round is data
(`acts` in ``indicators/*.yaml``); here stands how Chinese denies. All functions take folded text
and are linear in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from engine.model.regex import regex
from facts.report import nouns
from facts.report.catalogue import indicators

_DENIALS: Final = (
    "未(?!成年|来|遂|婚|央|知|必|满|批先建|雨绸缪)"
    "|没有|没能|(?<!毫)不(?:予|再|得|能|准|服|合格|达标|满意|通过|成|及时|到位|落实|按)|(?<![错缺])漏(?!洞)|拒不|拒绝|免予|免于|暂缓"
    # what is owed is not done either; 应诉, 应急, 反应, 需求, 接待 say nothing of it
    "|(?<![响反相对适供效顺呼])应(?!诉|急|用|对|付|邀|届|聘|答|验|变|力|允)"
    "|[需须](?!求|知|要)|需要|(?<![接等招对看期优善])待(?!遇)"
)
_BEFORE_AN_ACT: Final = "(?:[不无免漏]|(?<!罚)没)(?=%s)"
"""These deny an act that stands right behind them, and elsewhere belong to other words."""
_ENDS_ITS_REACH: Final = regex(
    "[的而但后已并]|责令|督促|提醒|约谈|通报|擅自|私自|从事|违[法规]|实际|予以"
)
_REACH: Final = 10
_FINDS: Final = regex(
    "(?:发现|查出|查处|查办|整治|纠正|责令|督促|通报|查纠|注销|撤销|吊销|收回|取消|清理|清退|废止)$"
)
"""What comes right behind one of these is its object: 查处未取得许可经营案件5件 are cases,
注销不再符合条件人员的证件2本 are cancelled certificates."""
_WHAT_WAS_DONE: Final = regex("责令|督促|提醒|约谈|通报|[已均后]|全部|予以|进行|开展|立案|查处")
_AIMED_AT: Final = regex("(?:针对|[对就将把])[^的]{0,6}$")
_CLAUSE: Final = regex("[,;:。、()\n]|(?<![对就])§")
_LIGHT_FIRST: Final = regex("[,;)]")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a figure's own clause: before it and after it."""

    before: str
    after: str


def clause_of(left: str, right: str) -> Clause:
    """The clause around a figure in ``left`` # ``right``, other figures being §.

    未备案的,共2件: what has no meaning of its own speaks with the clause before it. Words between
    two figures that another one's noun already stands before are the next one's: 审结9件未审结3件.
    """
    pieces = _CLAUSE.split(left)
    before = pieces[-1]
    if not nouns.weight(before) and len(pieces) > 1:
        mark = left[len(left) - len(before) - 1]
        if _LIGHT_FIRST.match(mark):
            before = pieces[-2] + before
    end = _CLAUSE.search(right)
    after = right[: end.start()] if end else right
    if end and end.group() == "§" and nouns.weight(before):
        after = ""
    return Clause(before, after)


def denied(clause: Clause, acts: Sequence[str]) -> bool:
    """Whether a figure's clause says of none of ``acts`` that it was done, but denies something."""
    return _says(clause.before, acts, last=True, rest=clause.after)


def _says(words: str, acts: Sequence[str], *, last: bool, rest: str = "") -> bool:
    """The act nearest to the figure decides; where none is spoken of, any denial does."""
    pattern = _any_of(tuple(acts))
    found = list(pattern.finditer(words))
    if not found:
        return bool(_denial().search(words)) or (
            last and bool(rest) and _says(rest, acts, last=False)
        )
    act = found[-1] if last else found[0]
    if _governed(words, act.start()) or _of_such(words, act.start()):
        return True
    following = words[act.end() :] + (rest if last else "")
    denial = _denial().search(following)
    if denial is None:
        return False
    return bool(denial.start()) or not _FINDS.search(act.group())


def _governed(words: str, start: int) -> bool:
    """Whether a denial before ``start`` reaches as far."""
    first = max(0, start - _REACH - 2)
    denials = [denial for denial in _denial().finditer(words, first) if denial.end() <= start]
    return bool(denials) and not _ENDS_ITS_REACH.search(words, denials[-1].end(), start)


def _of_such(words: str, start: int) -> bool:
    """未整改的反馈问题7个: the act is part of the name of what a denial describes.

    对未备案的文件责令补报5件 tells what was done to such.
    """
    denial = _denial().search(words, 0, start)
    described = words.find("的", denial.end(), start) if denial else -1
    if denial is None or described < 0:
        return False
    aimed = _AIMED_AT.search(words, 0, denial.start())
    return not aimed and not _WHAT_WAS_DONE.search(words, described, start)


@lru_cache(maxsize=1)
def _denial() -> re.Pattern[str]:
    """What denies or owes; of some words only where an act of the catalogue follows."""
    acts = {act for indicator in indicators() for act in indicator.acts}
    return regex(f"{_DENIALS}|{_BEFORE_AN_ACT % '|'.join(sorted(acts))}")


@lru_cache(maxsize=512)
def _any_of(acts: tuple[str, ...]) -> re.Pattern[str]:
    return regex("|".join(map(re.escape, acts)))
