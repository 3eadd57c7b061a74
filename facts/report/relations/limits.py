"""What can't be more than something else: some of its set, a rate of a hundred, shares of a whole.

Which acts are done to some of what others were done to is data (``subsets.yaml``).
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind, Verdict
from facts.report.contents import Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import HUNDRED, places, show, show_percent
from facts.report.relations.wording import data, of_other_times, told_with

_OF_ALL: Final = regex(
    "(?:合格|优秀|通过|满意|办结|结案|审结|办复|答复|出庭(?:应诉)?|覆盖|参与|参训|参考|备案|报备|审查|审核"
    "|整改|执行|公示|知晓|成功|化解|纠错|败诉|胜诉|持证)率[^,。;:\n]{0,6}$"
)
"""Rates of things out of things, which have no more than all of them; 完成率 may."""
_SHARES: Final = regex("(?:分别占|占比分别)(?P<of>[^,。;:\n]{0,10})$")
_OWED: Final = regex("(?<![响反相对适供效顺呼])应[当该]?([\u4e00-\u9fff]{2})")
# of these more may be done than is due by now, and what came in before
_BEFORE_ITS_DAY: Final = regex("[办审了]结|结案|办复|[答回]复|整改|化解|受理|[备报]")
_EACH_OWN: Final = regex("[各本其]")
_AND: Final = regex("[%、,]?(?:、|和|及|与|以及)?")


def limits(reading: Reading) -> list[Relation]:
    """Return the figures that exceed what they can be."""
    found: list[Relation] = []
    for group in reading.by_sentence:
        counts = [index for index in group if reading.is_count(index)]
        if counts and not of_other_times(reading, counts[0]):
            found += _subsets(reading, counts)
        rates = [index for index in group if _is_rate(reading, index)]
        found += _over_hundred(reading, rates)
        found += _shares(reading, rates)
    return found


def _is_rate(reading: Reading, index: int) -> bool:
    figure = reading.figures[index]
    exact = figure.unit == "%" and not figure.approximate
    return exact and figure.kind is not FigureKind.COMPARISON


def _subsets(reading: Reading, counts: list[int]) -> list[Relation]:
    """评查案卷50份,合格52份: what was done to some of them was done to more."""
    words = {index: told_with(reading, index) for index in counts}
    found = []
    together = "#".join(words.values())
    rules = [rule for rule in data("subsets.yaml") if _has(together, rule["some"])]
    found += _owed_and_done(reading, counts, words)
    for at, some in enumerate(counts) if rules else ():
        alike = [index for index in counts[:at] if reading.same_unit(index, some)]
        for rule in rules:
            if not _has(words[some], rule["some"]):
                continue
            # between the two stand only others of the same kind
            of = next((i for i in reversed(alike) if not _has(words[i], rule["some"])), None)
            if of is None:
                of = next((i for i in reversed(alike) if _has(words[i], rule["of"])), None)
            if of is None or not _has(words[of], rule["of"]):
                continue
            if reading.figures[some].value > reading.figures[of].value:
                doubt = "可能含以前年度的" if rule.get("soft") else ""
                found.append(_exceeds(reading, some, of, doubt))
                break
    return found


def _owed_and_done(reading: Reading, counts: list[int], words: dict[int, str]) -> list[Relation]:
    """应参训480人,实际参训492人: nobody does more of what is owed than there is."""
    found = []
    for of, some in pairwise(counts):
        owed = _OWED.search(words[of])
        done = owed and re.search(f"(实际|实|已经?){owed[1]}", words[some])
        exceeds = reading.figures[some].value > reading.figures[of].value
        if owed and done and exceeds and reading.same_unit(of, some):
            early = done[1].startswith("已") or _BEFORE_ITS_DAY.search(owed[1]) is not None
            found.append(_exceeds(reading, some, of, "可能含还没有到期的" if early else ""))
    return found


def _has(words: str, wanted: list[str]) -> bool:
    return any(word in words for word in wanted)


def _exceeds(reading: Reading, some: int, of: int, doubt: str) -> Relation:
    part, whole = reading.figures[some], reading.figures[of]
    words = f"{show(part.value)}{part.unit}多于其所出自的{show(whole.value)}{whole.unit}"
    return Relation(
        kind="subset",
        expression=f"{show(part.value)}<={show(whole.value)}",
        verdict=Verdict.UNKNOWN if doubt else Verdict.FAILS,
        explanation=f"{words}，" + (f"{doubt}，须说明" if doubt else "不可能"),
        figures=(some, of),
    )


def _over_hundred(reading: Reading, rates: list[int]) -> list[Relation]:
    """合格率达105%."""
    return [
        Relation(
            kind="share",
            expression=f"{show_percent(reading.figures[rate].value)}<=100%",
            verdict=Verdict.FAILS,
            explanation=f"这样的比率最多是100%，所写{show_percent(reading.figures[rate].value)}不可能",
            figures=(rate,),
        )
        for rate in rates
        if reading.figures[rate].value > HUNDRED and _OF_ALL.search(reading.before(rate))
    ]


def _shares(reading: Reading, rates: list[int]) -> list[Relation]:
    """三类分别占45%、35%和30%: the shares of one whole, each part once."""
    found = []
    for at, first in enumerate(rates):
        told = _SHARES.search(reading.before(first))
        if told is None or _EACH_OWN.search(told["of"]):
            continue
        listed = [first]
        for index in rates[at + 1 :]:
            if index != listed[-1] + 1 or not _AND.fullmatch(reading.between(listed[-1], index)):
                break
            listed.append(index)
        values = [reading.figures[index].value for index in listed]
        # each may have been rounded up by half of its last digit
        slack = sum((Decimal(1).scaleb(-places(value)) / 2 for value in values), Decimal(0))
        if sum(values, Decimal(0)) > HUNDRED + slack:
            terms = "+".join(map(show_percent, values))
            total = show_percent(sum(values, Decimal(0)))
            found.append(
                Relation(
                    kind="sum",
                    expression=f"{terms}<=100%",
                    verdict=Verdict.FAILS,
                    explanation=f"各占比之和{terms}={total}，超过100%，不可能",
                    figures=tuple(listed),
                )
            )
    return found
