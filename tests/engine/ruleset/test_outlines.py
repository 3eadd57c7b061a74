"""A successor of the outline: one new file and one line, and the duties go on."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from engine.assessing.standing import period_over
from engine.model.errors import InvalidRulesetError
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from engine.ruleset.outlines import outline_on
from facts.records.load import load_schema
from tests.conftest import ROOT

D = dt.date
LINE = (
    "GY26: {name: 某某实施纲要（2026—2030年）, from: 2026-01-01, until: 2030-12-31, policy: true, "
    "read: full, checked: 2026-02-01, replaces: [GY]}\n"
)
FILE = """
（一）: {title: 总的要求, reason: 只讲意义}
（二）: {title: 执法队伍, chapter: 二, requirements: [cert-60-hours]}
（三）: {title: 科学决策, chapter: 三, requirements: [cert-60-hours, ar-demo-results]}
"""
"""An invented outline: it goes on asking for training hours, and for nothing of the lists."""


def with_successor(folder: Path, line: str = LINE, file: str = FILE) -> Ruleset:
    copied = folder / "rulesets"
    shutil.copytree(ROOT / "rulesets", copied)
    with (copied / "instruments.yaml").open("a", encoding="utf-8") as instruments:
        instruments.write(line)
    (copied / "outlines").mkdir()
    (copied / "outlines" / "GY26.yaml").write_text(file, encoding="utf-8")
    return load_ruleset(copied, load_schema())


def carried_by_law(ruleset: Ruleset, name: str, day: dt.date) -> bool:
    """Whether more than expired policy papers carries the duty on that day."""
    windows = ruleset.requirements[name].texts[0].lawful
    return any(window.start <= day <= window.end for window in windows)


def test_what_the_successor_names_is_carried_on_and_the_rest_is_not(tmp_path: Path) -> None:
    """Fails if a duty it doesn't name were carried on, or one it names were lowered."""
    before, after = load_ruleset(ROOT / "rulesets", load_schema()), with_successor(tmp_path)
    day = D(2026, 1, 1)
    named, unnamed = ("cert-60-hours", "ar-demo-results"), ("enf-exempt-list", "ar-learn-list")
    assert [carried_by_law(before, name, day) for name in (*named, *unnamed)] == [False] * 4
    assert [carried_by_law(after, name, day) for name in named] == [True, True]
    assert [carried_by_law(after, name, day) for name in unnamed] == [False, False]
    last = D(2025, 12, 31)
    assert carried_by_law(after, "cert-60-hours", last)
    assert [b.article for b in after.requirements["cert-60-hours"].texts[0].basis[-2:]] == [
        "（二）", "（三）",
    ]  # fmt: skip
    assert not carried_by_law(after, "cert-60-hours", D(2031, 1, 1))


def test_each_year_is_shown_by_its_outline(tmp_path: Path) -> None:
    ruleset = with_successor(tmp_path)
    requirements = [ruleset.requirements[n] for n in ("cert-60-hours", "enf-exempt-list")]
    then = outline_on(ruleset, D(2025, 12, 31), requirements)
    assert (then.instrument, len(then.sections)) == ("GY", 35)
    assert then.of == {r.id: r.file.outline for r in requirements}
    now = outline_on(ruleset, D(2026, 12, 31), requirements)
    assert (now.instrument, list(now.sections)) == ("GY26", ["（一）", "（二）", "（三）"])
    assert now.of == {"cert-60-hours": ("（二）", "（三）"), "enf-exempt-list": ()}


def test_the_period_is_over_only_where_none_is_known_after_it(tmp_path: Path) -> None:
    """The last day of a period still belongs to it. By hand: until 2025-12-31, and 2030-12-31."""
    shipped, after = load_ruleset(ROOT / "rulesets", load_schema()), with_successor(tmp_path)
    every = list(shipped.requirements.values())
    assert period_over(shipped, every, D(2025, 12, 31)) is None
    over = period_over(shipped, every, D(2026, 1, 1))
    assert over is not None
    assert over.until == D(2025, 12, 31)
    assert {"cert-60-hours", "enf-exempt-list", "ar-learn-list"} <= set(over.lowered)
    kept = {"enf-minutes-not-basis", "dec-exec-assignment", "dec-catalog-annual"}
    assert not kept & set(over.lowered), "another text carries these"
    every = list(after.requirements.values())
    assert period_over(after, every, D(2026, 1, 1)) is None
    over = period_over(after, every, D(2031, 1, 1))
    assert over is not None
    assert over.name == "某某实施纲要（2026—2030年）"


@pytest.mark.parametrize(
    ("line", "file", "reason"),
    [
        (LINE, "（一）: {title: 甲, requirements: [cert-60-hour]}\n", "没有“cert-60-hour”"),
        (LINE.replace("[GY]", "[GX]"), FILE, "没有“GX”"),
        ("", FILE, "没有“GY26”"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(
    tmp_path: Path, line: str, file: str, reason: str
) -> None:
    with pytest.raises(InvalidRulesetError) as refused:
        with_successor(tmp_path, line, file)
    assert refused.value.reason.startswith(reason)


def test_without_an_outline_no_period_can_be_over(tmp_path: Path) -> None:
    copied = tmp_path / "rulesets"
    shutil.copytree(ROOT / "rulesets", copied)
    head = copied / "ruleset.yaml"
    head.write_text('version: "1"\ntitle: 试\n', encoding="utf-8")
    ruleset = load_ruleset(copied, load_schema())
    assert period_over(ruleset, ruleset.requirements.values(), D(2027, 1, 1)) is None
