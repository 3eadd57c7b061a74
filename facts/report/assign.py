"""Say what each figure is about; where two answers are as good, say so instead of guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from engine.model.regex import regex
from facts.report import denials, nouns
from facts.report.catalogue import UNIT_FAMILIES, Indicator, Pattern
from facts.report.near import candidates
from facts.report.windows import CLAUSE_END, Window

# how much better the best answer must be than the next one
_MARGIN: Final = 1.0
_LEAST: Final = 1.0
_GAP_COST: Final = 0.45
_CONTEXT_BONUS: Final = 5.0
_NEAR: Final = 20
_SAME_SENTENCE: Final = 1.5
_CLOSER_COST: Final = 5.0
_SHORTEST_NOUN: Final = 2
# a gap over a 、 leads to the next item of a list as often as to the figure's own noun
_LIST_COST: Final = 2.0
# a noun that another figure follows is that figure's: 建议12件政协提案4件
_NEXT_COST: Final = 3.0
# what the words around a figure say against an answer; see nouns.py
_AGAINST: Final = 20.0
_ONE_CHARACTER: Final = 1.5
_NOUN: Final = 2
_MODIFIERS: Final = 6
_FAR: Final = 12
_QUOTE: Final = regex("“[^“”\n]{1,30}”")


@dataclass(frozen=True, slots=True)
class Answer:
    """The indicator of a figure, or None with the candidates."""

    slug: str | None
    candidates: tuple[str, ...] = ()


class _Fit(NamedTuple):
    """How well an indicator fits, and by how many words of the text.

    ``tail`` is the gap right before the figure, None if its noun comes after.
    """

    score: float
    words: int
    tail: int | None
    slug: str


def assign(window: Window, unit: str) -> Answer:
    """Return the best indicator for a figure with ``unit`` in ``window``.

    Of 由6件增至9件 the nine are told by what stands before the six, where nothing nearer does.
    """
    answer = _answer(window, unit)
    if answer.slug is None and not answer.candidates and window.led != window:
        return _answer(window.led, unit)
    return answer


def _answer(window: Window, unit: str) -> Answer:
    if unit not in UNIT_FAMILIES["rate"] and nouns.is_ratio(window.clause.before):
        return Answer(None)
    line = f"{window.left}#{window.right}"
    fits = [
        fit
        for indicator, patterns in candidates(window, line, unit)
        if (fit := _fit(indicator, patterns, window, line, unit)) is not None
    ]
    scored = [(_settled(fit, fits), fit.slug) for fit in fits]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    if not scored or scored[0][0] < _LEAST:
        return Answer(None, tuple(slug for _, slug in scored[:3]))
    close = [slug for score, slug in scored if scored[0][0] - score < _MARGIN]
    return Answer(close[0]) if len(close) == 1 else Answer(None, tuple(close[:5]))


def _settled(fit: _Fit, fits: list[_Fit]) -> float:
    """行政诉讼败诉5件 counts what stands next to it: a name whose gap holds another one yields."""
    tail = fit.tail or 0
    closer = any(
        other.tail == 0 and _SHORTEST_NOUN <= other.words <= tail
        for other in fits
        if other.slug != fit.slug
    )
    return fit.score - _CLOSER_COST if closer else fit.score


def _fit(
    indicator: Indicator, patterns: list[Pattern], window: Window, line: str, unit: str
) -> _Fit | None:
    if indicator.without and any(word in window.own for word in indicator.without):
        return None
    if indicator.not_under and any(word in window.heading for word in indicator.not_under):
        return None
    if not indicator.lists and nouns.is_entry(unit, window.around):
        return None
    best: _Fit | None = None
    for pattern in patterns:
        fit = _pattern_fit(pattern, window, line, indicator)
        if fit is not None and (best is None or fit.score > best.score):
            best = fit
    if best is None:
        return None
    if not indicator.denies and denials.denied(window.clause, indicator.acts):
        return None
    if not indicator.context:
        return best
    bonus = _context_bonus(indicator, window)
    return None if bonus is None else best._replace(score=best.score + bonus)


def _pattern_fit(pattern: Pattern, window: Window, line: str, indicator: Indicator) -> _Fit | None:
    best: _Fit | None = None
    position = 0
    # the leftmost match may have the wider gap, so look for a later one that ends at the figure
    while match := pattern.regex.search(line, position):
        position = match.start() + 1
        if window.none and not _tells_all(match, line):
            continue
        gaps = match.groups()
        skipped = "".join(gaps)
        words = len(match.group()) - len(skipped) - 1
        cost = _GAP_COST * len(skipped) + _LIST_COST * skipped.count("、")
        before = match.group().endswith("#")
        if line[match.end() : match.end() + 1] == "§" and not before:
            cost += _NEXT_COST
        cost += _objection(pattern, match, window, line, indicator.acts)
        score = 2.0 * min(words, 8) - cost
        if best is None or score > best.score:
            gapped = pattern.source.endswith("…#")
            tail = (len(gaps[-1]) if gapped else 0) if before else None
            best = _Fit(score, words, tail, indicator.slug)
    return best


def _tells_all(match: re.Match[str], line: str) -> bool:
    """无一起应诉案件败诉: of all that follows there was none, so less than all tells nothing."""
    rest = CLAUSE_END.split(line[match.end() :])[0]
    return not match.group().endswith("#") and not nouns.weight(rest)


def _objection(
    pattern: Pattern, match: re.Match[str], window: Window, line: str, acts: tuple[str, ...]
) -> float:
    """What the words around a match say against it: another noun, a kind, a part of the field."""
    gaps = match.groups()
    cost = 0.0
    if window.excepted or any(map(nouns.is_kind, gaps)):
        return _AGAINST
    if pattern.source.endswith("…#"):
        tail = gaps[-1]
        if nouns.is_some_of(tail):
            return _AGAINST
        weight = nouns.weight(tail, acts)
        following = line[match.end() : match.end() + 1]
        if weight >= _NOUN or nouns.noun_follows(tail, following):
            return _AGAINST
        cost = _ONE_CHARACTER * weight
        # what stands right before the noun: within the match, or before it
        items = gaps[-2] if len(gaps) > 1 else line[max(0, match.start() - _FAR) : match.start()]
        if nouns.ends_a_list(tail, items) and not any(key in items for key in pattern.keys):
            return _AGAINST
    elif not match.group().endswith("#"):
        if nouns.taken_over(line[match.end() : match.end() + _FAR]):
            return _AGAINST
        if pattern.source.startswith("#…"):
            if "(" in gaps[0] or gaps[0].startswith("等"):
                return _AGAINST
            if "、" in gaps[0] and "§" in line[match.end() : match.end() + _FAR]:
                return _AGAINST
            cost = max(0, len(_QUOTE.sub("", gaps[0])) - _MODIFIERS)
    before = line[max(0, match.start() - _MODIFIERS) : match.start()]
    clause = CLAUSE_END.split(before)[-1]
    if nouns.turned(clause) or nouns.only_some(clause + "".join(gaps[:-1])):
        return _AGAINST
    return cost


def _context_bonus(indicator: Indicator, window: Window) -> float | None:
    """The nearer a context word stands, the surer it speaks of this figure."""
    bonus: float | None = None
    other = max((window.above.rfind(word) for word in indicator.nearer), default=-1)
    if other > max(window.above.rfind(word) for word in indicator.context):
        return None
    for word in indicator.context:
        found = window.above.rfind(word)
        if found >= 0:
            distance = len(window.above) - found
        elif (after := re.split("[;。]", window.right)[0].find(word)) >= 0:
            distance = after + _NEAR
        else:
            continue
        here = _SAME_SENTENCE if word in window.left or word in window.right else 0.0
        value = _CONTEXT_BONUS * _NEAR / (_NEAR + distance) + here
        bonus = value if bonus is None else max(bonus, value)
    return bonus
