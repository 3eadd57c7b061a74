"""The words around each figure, as they are held against the patterns of the indicators."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from engine.model.regex import regex
from facts.report import denials, nouns
from facts.report.moved import without_way
from facts.report.quantity import Number

CLAUSE_END: Final = regex("[,;。:§#]")
"""What ends a clause, another figure and the figure itself among them."""

_MARK: Final = regex("[,;。]")
_LIST_REACH: Final = 48
_LEFT: Final = 130
_RIGHT: Final = 45
_FARTHER: Final = 220
_NONE: Final = frozenset("无没未从零")
_BRACKET: Final = regex(r"\([^()\n]{4,80}\)|《[^《》\n]{1,60}》、?")
_RATES: Final = regex(
    r"((?:[^,。;:、及和与§#\n]{1,12}率(?:、|以及|及|和|与)){1,3})([^,。;:、§#\n]{1,12}率)"
    r"([^,。;:、率§#\n]{0,8})$"
)
# 复议意见应办结18件,实际办结12件; 合同全部审查,共审查31份: the second clause leaves its noun out
_LEFT_OUT: Final = regex(
    "([\u4e00-\u9fff]{2,16}?)(?:应当?|应该|需要?|须|全部|均)([\u4e00-\u9fff]{2,5})§?,"
    "(?:实际|已经?|均已|共计?|累计)(?=\\2$)"
)
_BARE_VERB: Final = regex(",(?:实际|已经?|均已|共计?|累计)[\u4e00-\u9fff]{2,5}$")
_LONGEST_VERB: Final = 12
_AND: Final = regex("(?<=率)(?:、|以及|及|和|与)")


@dataclass(frozen=True)
class Window:
    """The words around one figure: ``left#right`` within its sentence, ``above`` before that."""

    left: str
    right: str
    above: str
    heading: str = ""
    none: bool = False
    """Whether the figure is said as 无一, 零: of what follows there was none."""
    spoken: str = ""
    """What stands on its left with its brackets."""

    @cached_property
    def clause(self) -> denials.Clause:
        """The figure's own clause."""
        return denials.clause_of(self.spoken, self.right)

    @cached_property
    def led(self) -> Window:
        """The same without the words that lead to the figure from what it was."""
        return replace(self, left=without_way(self.left), spoken=without_way(self.spoken))

    @cached_property
    def excepted(self) -> bool:
        """Whether the figure is what is left out: 除3项外."""
        return nouns.is_exception(self.left)

    @cached_property
    def own(self) -> str:
        """The words around the figure up to the nearest marks, brackets left out."""
        return f"{CLAUSE_END.split(self.left)[-1]}#{CLAUSE_END.split(self.right)[0]}"

    @cached_property
    def around(self) -> str:
        """The words that would tell a list: above the figure, shortly before it, behind it."""
        after = _MARK.split(self.right)[0]
        return f"{self.heading}#{self.left[-_LIST_REACH:]}#{after}"


def windows(
    text: str, numbers: list[Number], index: int, sentence: tuple[int, int], heading: str = ""
) -> list[Window]:
    """Return the window of a figure: one, or one per noun where several share the figure."""
    number = numbers[index]
    if _is_category(numbers, index):
        return [Window("", "", "")]
    start = max(sentence[0], number.start - _LEFT)
    spoken = _blanked(text, numbers, index - 1, start, number.start)
    if _BARE_VERB.search(spoken, max(0, len(spoken) - _LONGEST_VERB)):
        spoken = _LEFT_OUT.sub(r"\1", spoken)
    left = _BRACKET.sub("", spoken)
    right = _right(text, numbers, index, sentence[1])
    above = text[max(0, number.start - _FARTHER) : number.start]
    none = text[number.start] in _NONE and text[number.start - 1 : number.start] != "为"
    shared = _RATES.search(left) if number.unit == "%" else None
    if not shared:
        return [Window(left, right, above, heading, none, spoken)]
    head = left[: shared.start()]
    heads = [*_AND.split(shared[1])[:-1], shared[2]]
    return [
        Window(said := head + noun + shared[3], right, above, heading, spoken=said)
        for noun in heads
    ]


def _is_category(numbers: list[Number], index: int) -> bool:
    """3大类56项: the first says how the second is sorted, and counts nothing by itself."""
    if numbers[index].unit not in ("类", "种") or index + 1 == len(numbers):
        return False
    return numbers[index + 1].start == numbers[index].unit_end


def _blanked(text: str, numbers: list[Number], last: int, start: int, end: int) -> str:
    """The text of a span with the figures before ``end`` replaced by §."""
    pieces: list[str] = []
    position = end
    while last >= 0 and numbers[last].start >= start:
        number = numbers[last]
        pieces.append(text[number.unit_end : position])
        pieces.append("" if _is_category(numbers, last) else "§")
        position = number.start
        last -= 1
    pieces.append(text[start:position])
    return "".join(reversed(pieces))


def _right(text: str, numbers: list[Number], index: int, sentence_end: int) -> str:
    position = numbers[index].unit_end
    end = min(sentence_end, position + _RIGHT)
    pieces = []
    for number in numbers[index + 1 : index + 8]:
        if number.start >= end:
            break
        pieces.append(text[position : number.start])
        pieces.append("§")
        position = number.unit_end
    pieces.append(text[position:end] if position < end else "")
    return "".join(pieces)
