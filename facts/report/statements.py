"""What one sentence of a report says: a problem, a cause, a leader's own act, a plan, or nothing.

Positions are of no account here: a sentence is folded text without its list marker. ``year`` is
the year reported on, None where it isn't known.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from engine.model.regex import regex
from facts.report.wording import wording

MARKER: Final = regex(
    r"(?:#{1,6}|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:部分|章)?[,、:]?"
    r"|[(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)]|[0-9]{1,2}[.、](?![0-9])|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}(?:是|要)(?!否)|(?:首先|其次|再次|最后),)"
)
"""What an item of a list begins with."""

_EDGE: Final = "。;:,、 \n\t#*-·"
_BARE: Final = regex(r"[^\w]|[_×xX]")
_NAMED: Final = regex("《[^《》]{1,60}》")
_YEAR: Final = regex("(?:19|20)[0-9]{2}(?=年)")
_CLAUSE: Final = regex("[,;:。]")
_NEAR: Final = 36
"""Characters from who acts to what is done."""
_BEFORE: Final = 24
_SHORTEST: Final = 4
_OTHERS: Final = regex(
    "(?:局|办公室|部门|单位|乡镇|司法所|法院|检察院|治[县市区]办|委员会)(?:积极|认真|先后|多次|专题|定期)?$"
)
_WENT: Final = regex("[到赴]|深入|前往|对")
_CAUSE_FIRST: Final = regex("(?:究其)?(?:主要)?(?:原因|根源|成因)|(?:主要)?是因为")


class Says(IntEnum):
    """Whether a sentence says what is asked for; only a person can tell of MAYBE."""

    NO = 0
    MAYBE = 1
    YES = 2


def bare(sentence: str) -> str:
    """The sentence without the marker of its list and the marks around it."""
    words = sentence.strip(_EDGE)
    while (marker := MARKER.match(words)) is not None:
        words = words[marker.end() :].lstrip(_EDGE)
    return words


def says_nothing(sentence: str) -> bool:
    """Whether nothing is said: no word at all, or 无, 略, 待定, 见附件."""
    left = _BARE.sub("", bare(sentence))
    return not left or bool(wording().empty.search(left))


def is_past(words: str, year: int | None) -> bool:
    """Whether words speak of an earlier year: 上年度, 2023年 in a report on 2024."""
    if wording().past.search(words):
        return True
    named = [int(found) for found in _YEAR.findall(_NAMED.sub("", words))]
    return bool(named) and year is not None and max(named) < year


def states_problem(sentence: str, year: int | None, after: str = "") -> Says:
    """Whether a problem of this year is stated that isn't mended by now.

    `after` is the sentence that follows in the same item: it may say 已完成整改.
    """
    words = bare(sentence)
    if says_nothing(words) or wording().next_step.search(words) or _CAUSE_FIRST.match(words):
        return Says.NO
    left = _unmended(words, year)
    if mends(after) and states_problem(after, year) is not Says.YES:
        return Says.NO
    if any(_lacks(part) for part in left):
        return Says.YES
    denied = wording().none.search(words) or any(wording().tackles.search(part) for part in left)
    return Says.NO if not left or denied else Says.MAYBE


def _unmended(words: str, year: int | None) -> list[str]:
    """What of a sentence is wrong now, turn by turn (但, 然而): nothing past or mended."""
    parts = [part for piece in words.split(";") for part in wording().turn.split(piece)]
    left = (_wrong_now(part.strip(_EDGE), year) for part in parts)
    return [part for part in left if part]


def _wrong_now(part: str, year: int | None) -> str:
    if not (is_past(part, year) or mends(part)):
        return part
    clauses = part.split(",")
    for index, clause in enumerate(clauses):
        now = wording().still.search(clause) or wording().present.search(clause)
        if now and not mends(clause) and not is_past(clause, year):
            return ",".join(clauses[index:])
    return ""


def _lacks(part: str) -> bool:
    words = wording()
    for pattern in (words.none, words.tackles, words.vague):
        part = pattern.sub("", part)
    return bool(words.lack.search(part))


def mends(words: str) -> bool:
    """Whether something is said to be mended: 已整改, and not 尚未整改."""
    return any(
        not wording().unmended.search(words[: found.start()])
        for found in wording().mended.finditer(words)
    )


def is_mended(sentence: str, year: int | None) -> bool:
    """Whether all that a sentence names was last year's, or is mended in the sentence itself."""
    return not _unmended(bare(sentence), year)


def gives_cause(sentence: str) -> bool:
    """Whether a cause is given."""
    return bool(wording().cause.search(bare(sentence)))


def tells_leaders_act(sentence: str, year: int | None, *, headed: bool = False) -> Says:
    """Whether the leader of this place acts in person: who, what, how often.

    Under a heading of theirs (`headed`) the leaders needn't be named again. Being listed, assessed
    or urged is somebody else's act, and what a rule asks of them is none.
    """
    words = bare(sentence)
    if says_nothing(words) or is_past(words, year):
        return Says.NO
    if any(_acts(words, found) for found in wording().leader.finditer(words)):
        return Says.YES
    if not headed:
        return Says.NO
    clauses = _CLAUSE.split(words)
    if any(_acts_unnamed(clause) for clause in clauses):
        return Says.YES
    counts = any(
        wording().times.search(clause)
        and not wording().own_act.search(clause)
        and not wording().no_own_act.search(clause)
        and not _others_before(clause, wording().leader.search(clause))
        for clause in clauses
    )
    return Says.MAYBE if counts else Says.NO


def _others_before(words: str, leader: re.Match[str] | None) -> bool:
    """Whether it is the leaders of somebody else that are named."""
    if leader is None:
        return False
    start = max(0, leader.start() - _BEFORE)
    before = _CLAUSE.split(words[start : leader.start()])[-1]
    return bool(wording().other_leader.search(before))


def _acts(words: str, leader: re.Match[str]) -> bool:
    if _others_before(words, leader):
        return False
    after = words[leader.end() : leader.end() + _NEAR].split(";", maxsplit=1)[0]
    act = wording().own_act.search(after) or wording().named_act.search(after)
    if act is None:
        return False
    clause = _CLAUSE.split(after[act.end() :])[0]
    return not wording().no_own_act.search(after[: act.end()] + clause)


def _acts_unnamed(clause: str) -> bool:
    act = wording().own_act.search(clause)
    if act is None or wording().no_own_act.search(clause):
        return False
    leader = wording().leader.search(clause)
    before = clause[: act.start()]
    others = _OTHERS.search(before) is not None and not _WENT.search(before)
    return not others and not _others_before(clause, leader)


def points_forward(sentence: str, year: int | None) -> Says:
    """Whether something is going to be done; under a heading of plans any measure is.

    What is lacking is no plan, though it say 有待提高.
    """
    words = bare(sentence)
    if says_nothing(words):
        return Says.NO
    named = [int(found) for found in _YEAR.findall(_NAMED.sub("", words))]
    if wording().forward.search(words) or (named and year is not None and min(named) > year):
        return Says.YES if wording().measure.search(words) else Says.MAYBE
    back = bool(named) and year is not None and max(named) <= year
    if back or wording().past.search(words) or wording().done.search(words):
        return Says.NO
    measure = wording().measure.search(words)
    if measure is not None and not measure.start():
        return Says.YES
    if states_problem(words, year) is Says.YES:
        return Says.NO
    if measure is not None:
        return Says.YES
    return Says.MAYBE if len(words) >= _SHORTEST else Says.NO


def admits(sentence: str, year: int | None) -> bool:
    """Whether a sentence without a heading of its own opens what is admitted of this year."""
    words = bare(sentence)
    return bool(wording().admits.search(words)) and not is_mended(words, year)


def looks_ahead(sentence: str, year: int | None) -> bool:
    """Whether a sentence without a heading of its own opens what comes next: 下一步."""
    words = bare(sentence)
    named = _YEAR.match(words)
    next_year = named is not None and year is not None and int(named.group()) > year
    opens = bool(wording().next_step.search(words)) or next_year
    return opens and points_forward(words, year) is not Says.NO and not wording().done.search(words)
