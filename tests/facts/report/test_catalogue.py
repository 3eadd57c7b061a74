"""The indicator catalogue and the declared relations are sound data, and nobody's in particular."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from facts.report import by_slug, indicators, read_report
from facts.report.catalogue import compile_pattern, read_indicators
from facts.report.relations.declared import read_rules, rules

ROOT = Path(__file__).parents[3]
PRODUCT = sorted(
    path for path in (ROOT / "facts" / "report").rglob("*") if path.suffix in (".py", ".yaml")
)
REPORTS = ROOT.parent / "shared" / "reports"
OUTLINE = [
    head + ones
    for head in ("", "十", "二十", "三十")
    for ones in ("", *"一二三四五六七八九")
    if head + ones
][:35]
LONGEST_SHARED = 12


def test_enough_and_well_formed() -> None:
    assert len(indicators()) >= 120
    for indicator in indicators():
        assert re.fullmatch("[a-z][a-z0-9_]{2,60}", indicator.slug)
        assert re.search("[\u4e00-\u9fff]", indicator.title)
        assert indicator.outline in OUTLINE, indicator.slug
        assert indicator.patterns, indicator.slug
        assert indicator.acts, indicator.slug
        assert not indicator.adverse or indicator.topics, indicator.slug
    titles = [indicator.title for indicator in indicators()]
    assert len(set(titles)) == len(titles)


def test_declared_relations_name_what_exists() -> None:
    ids = [rule["id"] for rule in rules()]
    assert len(set(ids)) == len(ids)
    for rule in rules():
        if rule["kind"] in ("match", "enough"):
            assert {"message", "severity"} <= set(rule), rule["id"]
            assert rule["severity"] in ("blocking", "major", "minor", "advisory")


@pytest.mark.parametrize("source", ["", "甲乙", "#", "#甲#", "(甲#", "甲*#["])
def test_a_faulty_pattern_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="指标句式"):
        compile_pattern(source)


def test_a_pattern_skips_within_its_clause_only() -> None:
    pattern = compile_pattern("出具…意见#").regex
    assert pattern.search("出具书面意见#")
    assert not pattern.search("出具函件,另提意见#")
    assert compile_pattern("出具……意见#").regex.search("出具函件,另提意见#")


def test_what_was_done_may_be_said_to_be_done() -> None:
    """制发了2件 is 制发2件; 了 alone joins nothing else to its figure."""
    pattern = compile_pattern("制发#…文件").regex
    assert pattern.search("制发了#规范性文件")
    assert pattern.search("制发#规范性文件")
    assert not pattern.search("制发完了#规范性文件")


def test_doubt_is_shown_with_its_candidates() -> None:
    (figure,) = read_report("常务会议2次听取汇报。").figures
    assert figure.indicator is None
    assert len(figure.candidates) > 1
    assert set(figure.candidates) <= set(by_slug())


def test_no_place_is_named() -> None:
    names = re.compile("长葛|许昌|河南|君山|平潭|福建|龙华|深圳|广东|和尚桥|中原便民")
    for path in PRODUCT:
        assert not names.search(path.read_text(encoding="utf-8")), path.name


@pytest.mark.skipif(not REPORTS.is_dir(), reason="这里没有标注过的年度报告")
def test_no_wording_is_copied_from_a_report() -> None:
    shared = re.compile("[\u4e00-\u9fff]+")
    pieces: set[str] = set()
    for path in REPORTS.glob("*.txt"):
        for run in shared.findall(path.read_text(encoding="utf-8")):
            pieces |= {run[i : i + LONGEST_SHARED] for i in range(len(run) - LONGEST_SHARED + 1)}
    for path in PRODUCT:
        for run in shared.findall(path.read_text(encoding="utf-8")):
            for i in range(len(run) - LONGEST_SHARED + 1):
                assert run[i : i + LONGEST_SHARED] not in pieces, path.name


ENTRY = (
    "- {slug: losses, title: 败诉, units: case, patterns: ['败诉#'], outline: 二十三, acts: [败诉]"
)


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({"10.yaml": ENTRY + ", pattern: []}"}, "10.yaml：指标 losses 字段有误：['pattern']"),
        ({"10.yaml": "- {slug: losses, title: 败诉}"}, "10.yaml：指标 losses 字段有误：[]"),
        ({"20.yaml": ENTRY + "}", "10.yaml": ENTRY + "}"}, "20.yaml：指标 losses 重复"),
    ],
)
def test_a_faulty_or_repeated_indicator_is_refused(texts: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(problem)}$"):
        read_indicators(texts)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("{id: a, kind: shares, part: b}", "relations.yaml：a 的 kind 或字段有误"),
        (
            "{id: a, kind: at_most, lesser: litigation_losses}",
            "relations.yaml：a 的 kind 或字段有误",
        ),
        (
            "{id: a, kind: at_most, lesser: litigation_losses, greater: nothing}",
            "relations.yaml：a 所指指标 nothing 不存在",
        ),
    ],
)
def test_a_faulty_relation_is_refused(rule: str, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(problem)}$"):
        read_rules(f"- {rule}")
