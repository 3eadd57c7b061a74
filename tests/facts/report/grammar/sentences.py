"""Sentences as annual reports write them, with what a reader must find in each.

The grammar is number style × unit × order × ellipsis × width × layout. A sentence is built from
pieces; every piece knows whether it is a figure, so the truth is known without any reading.
Nothing here is taken from a report.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.facts.report.grammar.clauses import CLAUSES
from tests.facts.report.grammar.numbers import Draft, Truth
from tests.facts.report.grammar.vocabulary import FILLERS, SCOPES

_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789.,%+:;()"}
_WIDE_TEXT = {ord(","): "，", ord(";"): "；", ord(":"): "：", ord("("): "（", ord(")"): "）"}
OPENERS = ["一是", "二是", "(一)", "1.", "三、", "(2)", ""]


def sentence(rng: Random) -> Draft:
    """Build one sentence of the grammar, ending in 。"""
    draft = Draft()
    draft.say(rng.choice(OPENERS))
    draft.say(rng.choice(SCOPES))
    if rng.random() < 0.4:
        draft.say(rng.choice(FILLERS))
    for index in range(rng.randint(1, 3)):
        if index:
            draft.say(rng.choice([",", ",", ";", "、"]))
        rng.choice(CLAUSES)(rng, draft)
    draft.say("。")
    return _dressed(draft, rng)


def _dressed(draft: Draft, rng: Random) -> Draft:
    """Change width: punctuation, digits, both, or neither. No offset moves."""
    if rng.random() < 0.7:
        draft.text = widen_text(draft)
    if rng.random() < 0.2:
        draft.text = widen_digits(draft)
    return draft


def widen_text(draft: Draft) -> str:
    """Full-width punctuation outside the numbers."""
    return _outside(draft, lambda words: words.translate(_WIDE_TEXT))


def widen_digits(draft: Draft) -> str:
    """Full-width digits, points and percent signs inside the numbers."""
    pieces, position = [], 0
    for truth in draft.truths:
        pieces.append(draft.text[position : truth.start])
        pieces.append(draft.text[truth.start : truth.end].translate(_WIDE))
        position = truth.end
    return "".join(pieces) + draft.text[position:]


def _outside(draft: Draft, change_words: Callable[[str], str]) -> str:
    pieces, position = [], 0
    for truth in draft.truths:
        pieces.append(change_words(draft.text[position : truth.start]))
        pieces.append(draft.text[truth.start : truth.end])
        position = truth.end
    return "".join(pieces) + change_words(draft.text[position:])


def spaced(draft: Draft, rng: Random) -> Draft:
    """The same sentence with blanks strewn between its words, numbers left whole."""
    inside = {p for truth in draft.truths for p in range(truth.start + 1, truth.end)}
    text, moved, shift = "", {}, 0
    for position, char in enumerate(draft.text):
        before = draft.text[position - 1 : position]
        apart = position not in inside and not (before.isascii() and char.isascii())
        if position and apart and rng.random() < 0.3:
            text += rng.choice([" ", "\u3000", "\u00a0", "\u200b"])
            shift += 1
        moved[position] = position + shift
        text += char
    truths = [
        Truth(
            moved[t.start],
            moved[t.end - 1] + 1,
            t.value,
            t.unit,
            t.low,
            t.high,
            t.approximate,
        )
        for t in draft.truths
    ]
    return Draft(text, truths)


def page(drafts: list[Draft], rng: Random) -> Draft:
    """Lay several sentences out: one line, a paragraph each, or lines broken at a page's width."""
    joined = Draft()
    for draft in drafts:
        shift = len(joined.text)
        joined.text += draft.text
        joined.truths += [
            Truth(t.start + shift, t.end + shift, t.value, t.unit, t.low, t.high, t.approximate)
            for t in draft.truths
        ]
        joined.text += rng.choice(["", "\n", "\n　　", "\n\n"])
    return joined
