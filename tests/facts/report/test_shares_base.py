"""A whole that one share of a sentence is right of is the whole of the next one too."""

from __future__ import annotations

from engine.model.report import Verdict
from facts.report import read_report

HEAD = "某县2024年法治政府建设报告\n一、政务服务\n政务服务事项共1836项。"


def verdicts(text: str) -> dict[str, Verdict]:
    return {
        relation.expression: relation.verdict
        for relation in read_report(HEAD + text).relations
        if relation.kind == "share"
    }


def test_the_second_share_of_a_sentence_is_held_against_the_first_ones_whole() -> None:
    # 1798/1836 = 97.930 %, 1102/1836 = 60.022 %: the second is a percentage point off.
    found = verdicts("不见面审批1798项，占比97.93%；即办件1102项，占比61.02%。")
    assert found == {"1798/1836=97.93%": Verdict.HOLDS, "1102/1836=61.02%": Verdict.FAILS}


def test_a_share_of_the_part_before_it_is_right() -> None:
    # 1102/1798 = 61.290 %: taken of what was just counted.
    found = verdicts("不见面审批1798项，占比97.93%；即办件1102项，占比61.29%。")
    assert found == {"1798/1836=97.93%": Verdict.HOLDS, "1102/1798=61.29%": Verdict.HOLDS}


def test_without_a_share_that_holds_the_whole_stays_a_question() -> None:
    found = verdicts("即办件1102项，占比61.02%。")
    assert set(found.values()) == {Verdict.UNKNOWN}
