"""What is said of an assessment made again from something else: each thing by its name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.assessing.assess import assess
from engine.assessing.replay import changes
from engine.model.assessment import Assessment, LocalRulesEntry, MadeFrom
from engine.model.assessment_json import to_json
from tests.engine.small import ruleset, thing, world
from tests.runs import a_run

MADE = MadeFrom("1.0", "aa")


def made() -> Assessment:
    """Of one thing, which is as it should be."""
    run = a_run({"thing": [thing(start=dt.date(2024, 5, 1), flag=True)]}, world(), 2024)
    return assess(ruleset({}), replace(run, made_from=MADE))


def with_rules(found: Assessment, version: str, sha256: str, **local: str) -> Assessment:
    """The assessment by other rules: ours, and each of these local folders with its digest."""
    folders = tuple(LocalRulesEntry(name, "1", digest) for name, digest in local.items())
    rules = replace(found.ruleset, version=version, sha256=sha256, local=folders)
    return replace(found, ruleset=rules)


def test_the_same_says_nothing() -> None:
    """Fails if anything were told of an assessment to which nothing has happened."""
    assert changes(to_json(made()), made(), made()) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (("1", "aa", {}), ("2", "bb", {}), ["规则集变了：1 → 2"]),
        # what it says of itself is no matter
        (("1", "aa", {}), ("1", "bb", {}), ["规则集变了：1 → 1"]),
        (("1", "aa", {"本市": "a"}), ("1", "aa", {"本市": "b"}), ["本地规则变了：本市"]),
        (
            ("1", "aa", {"乙": "a", "同": "s"}),
            ("1", "aa", {"甲": "a", "同": "s"}),
            ["本地规则变了：乙", "本地规则变了：甲"],
        ),
    ],
)
def test_other_rules_are_named(
    before: tuple[str, str, dict[str, str]],
    after: tuple[str, str, dict[str, str]],
    said: list[str],
) -> None:
    """Fails if rules that are new, gone or not the same any more were passed over."""
    then, now = (
        with_rules(made(), version, digest, **local) for version, digest, local in (before, after)
    )
    assert changes(to_json(then), then, now) == said


@pytest.mark.parametrize("gone", ["then", "now", "both"])
def test_where_it_is_not_said_by_what_one_was_made_nothing_of_that_differs(gone: str) -> None:
    """Fails if a program that nobody named were told to be another, or there were an error."""
    then, now = with_rules(made(), "1", "aa"), with_rules(made(), "2", "bb")
    then = then if gone == "now" else replace(then, made_from=None)
    now = now if gone == "then" else replace(now, made_from=None)
    assert changes(to_json(then), then, now) == ["规则集变了：1 → 2"]


def test_a_program_and_engines_that_are_others_are_named() -> None:
    """Fails if what judged could be another without a word."""
    then = made()
    assert then.made_from is not None
    other = replace(then.made_from, program="2.0")
    now = replace(then, made_from=other, engines=then.engines[:1])
    assert changes(to_json(then), then, now) == ["程序版本变了", "用的引擎变了"]
