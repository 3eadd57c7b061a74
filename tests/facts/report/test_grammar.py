"""20,000 sentences of the grammar come back exact; dressing them otherwise changes nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.report import read_report
from facts.writing.text import words
from tests.facts.report.grammar import sentences
from tests.facts.report.grammar.numbers import Truth

SENTENCES = 20_000
PER_PAGE = 20
SHARES = 10

# a loaded machine must not turn into a failing test
relaxed = settings(deadline=None)
seeds = st.integers(min_value=0, max_value=2**48)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - sentences, not secrets


def found_in(text: str) -> list[Truth]:
    """The figures that the reader finds, one per span, in the shape of the truth."""
    truths = [
        Truth(f.start, f.end, f.value, f.unit, f.min, f.max, f.approximate)
        for f in read_report(text).figures
    ]
    return list(dict.fromkeys(truths))


def moved(truths: list[Truth], shift: int) -> list[Truth]:
    return [Truth(t.start + shift, t.end + shift, *_meaning(t)) for t in truths]


def _meaning(truth: Truth) -> tuple[object, ...]:
    return truth.value, truth.unit, truth.low, truth.high, truth.approximate


@pytest.mark.parametrize("share", range(SHARES))
def test_twenty_thousand_sentences_are_exact(share: int) -> None:
    pages = SENTENCES // PER_PAGE // SHARES
    for number in range(share * pages, (share + 1) * pages):
        rng = seeded(number)
        page = sentences.page([sentences.sentence(rng) for _ in range(PER_PAGE)], rng)
        assert found_in(page.text) == page.truths, page.text


@relaxed
@given(seeds)
def test_any_number_in_any_style_comes_back(seed: int) -> None:
    draft = sentences.sentence(seeded(seed))
    assert found_in(draft.text) == draft.truths


@relaxed
@given(seeds, seeds)
def test_blanks_change_nothing_but_offsets(seed: int, other: int) -> None:
    draft = sentences.sentence(seeded(seed))
    spaced = sentences.spaced(draft, seeded(other))
    assert found_in(spaced.text) == spaced.truths
    assert [_meaning(t) for t in spaced.truths] == [_meaning(t) for t in draft.truths]


@relaxed
@given(seeds)
def test_width_changes_nothing(seed: int) -> None:
    draft = sentences.sentence(seeded(seed))
    for text in (sentences.widen_text(draft), sentences.widen_digits(draft)):
        assert found_in(text) == draft.truths


@relaxed
@given(seeds)
def test_a_sentence_before_moves_the_offsets(seed: int) -> None:
    draft = sentences.sentence(seeded(seed))
    opening = "各级机关认真履行职责。"
    assert found_in(opening + draft.text) == moved(draft.truths, len(opening))


@relaxed
@given(st.text(max_size=400))
def test_arbitrary_text_never_raises(text: str) -> None:
    report = read_report(text, name=text[:10])
    assert all(text[f.start : f.end] == f.raw for f in report.figures)


PIECES = st.sampled_from(
    [
        *words(
            "一 二 两 十 百 千 万 亿 〇 ○ O 零 余 多 近 约 超 数 几 无一 第 名列 百分之 分之 成 % "
            "‰ 个百分点 0 1 9 12 2024 . , ， 、 。 ; : ( ) 《 》 “ ” 年 月 日 号 件 起 人次 批次 "
            "率 占比 其中 共 从 压缩至 同比 增长 较 原因 问题 存在的问题 下一步 一、 （一） 1. "
            "一是 败诉 事故 热线 + N × 小时 天 镇、 等 截至 累计 不低于 以上 左右 # ## 主要负责人 "
            "听取汇报 办复率及 规范性文件 审查 / -"
        ),
        "\n",
        "\r\n",
        "\u3000",
        "\u200b",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_text_of_its_own_words_never_raises(pieces: list[str]) -> None:
    text = "".join(pieces)
    report = read_report(text)
    for figure in report.figures:
        assert text[figure.start : figure.end] == figure.raw
        assert figure.sentence.start <= figure.start < figure.end <= figure.sentence.end
    for section in report.sections:
        assert 0 <= section.start <= section.end <= len(text)
    for relation in report.relations:
        assert all(0 <= index < len(report.figures) for index in relation.figures)
