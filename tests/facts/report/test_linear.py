"""No pattern of the reader can take more than linear time.

A repeat without bound is allowed only of one character class, not before something that can
fail, and never inside another repeat; all other repeats are bounded.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import facts.report
from engine.model.regex import Unasked
from facts.report import indicators, read_report

PARSER = importlib.import_module("re._parser")
MAXREPEAT = importlib.import_module("re._constants").MAXREPEAT
# (?:甲{1,3}乙){1,3} and the like: nested, but the whole can match only so many characters
LONGEST_BOUNDED = 2500


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(facts.report.__path__, "facts.report."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in _within(value() if _is_made_once(value) else value):
                yield f"{module.name}.{name}", pattern
    for indicator in indicators():
        for pattern in indicator.patterns:
            yield indicator.slug, pattern.regex


def _is_made_once(value: Callable[..., object]) -> bool:
    """Whether it is kept data that is made when it is first asked for, out of a YAML file."""
    return hasattr(value, "cache_info") and not inspect.signature(value).parameters


def _within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, Unasked) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _within(item)
    elif isinstance(value, dict):
        yield from _within(list(value.values()))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _within([getattr(value, one.name) for one in dataclasses.fields(value)])


ALL = sorted({(name, p.pattern): p for name, p in patterns()}.items())


def test_there_are_many() -> None:
    assert len(ALL) > 600
    assert len(indicators()) >= 120


def test_the_words_of_the_parts_are_among_them() -> None:
    """Patterns made of ``parts.yaml`` would escape the check if they were no longer seen."""
    names = [name for (name, _), _ in ALL]
    assert names.count("facts.report.wording.wording") > 25
    assert {"facts.report.denials._denial", "facts.report.relations.partitions._acts"} <= {*names}


def test_every_pattern_is_bounded_or_repeats_one_class() -> None:
    for (name, _), pattern in ALL:
        tree = PARSER.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
        endless = [r for r in _repeats(tree, inside=False) if r[2] is MAXREPEAT]
        for inside, low, _, body in endless:
            assert not inside, f"{name}: a repeat without bound inside a repeat"
            assert low >= 1, f"{name}: a star can match nothing anywhere"
            assert len(body) == 1, f"{name}: more than one class repeated without bound"
            assert str(body[0][0]) in {"IN", "LITERAL", "NOT_LITERAL"}, name
        assert endless or tree.getwidth()[1] <= LONGEST_BOUNDED, name


def _repeats(tree: Iterable[Any], *, inside: bool) -> Iterator[tuple[bool, int, Any, Any]]:
    for operator, argument in tree:
        name = str(operator)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            low, high, body = argument
            yield inside, low, high, body
            yield from _repeats(body, inside=inside or high != 1)
        elif name == "SUBPATTERN":
            yield from _repeats(argument[3], inside=inside)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _repeats(branch, inside=inside)
        elif name in {"ASSERT", "ASSERT_NOT"}:
            yield from _repeats(argument[1], inside=inside)
        elif name == "ATOMIC_GROUP":
            yield from _repeats(argument, inside=inside)


def test_a_text_without_a_full_stop_is_broken_up() -> None:
    # Each figure used to carry the whole text as its sentence: memory grew with the square.
    text = "处罚1件" * 1500
    told = read_report(text).figures
    assert len(told) == 1500
    assert max(len(figure.sentence.text) for figure in told) <= 2000
    assert len({id(figure.sentence) for figure in told}) <= 4
    assert all(text[f.sentence.start : f.sentence.end] == f.sentence.text for f in told)
