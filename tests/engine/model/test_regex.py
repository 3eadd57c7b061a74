"""Expressions that are compiled when first asked: all that are written, and no other way to ask."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import commands
import engine
import facts
import reporter
import tables
from engine.model.regex import Unasked, regex

ELSEWHERE = {"pyspark"}
"""What some rooms need that isn't installed everywhere."""


def written() -> Iterator[tuple[str, Unasked[str] | Unasked[bytes]]]:
    for block in (commands, engine, facts, reporter, tables):
        for module in pkgutil.walk_packages(block.__path__, f"{block.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, Unasked):
                    yield f"{module.name}.{name}", value


def test_every_expression_that_is_written_can_be_compiled() -> None:
    """A wrong one would be noticed only by the run that first asks it."""
    found = dict(written())
    assert len(found) > 250
    for name, value in found.items():
        assert regex(value.pattern, value.flags & ~re.UNICODE).search is not None, name


def test_it_is_compiled_when_first_asked_and_then_is_the_expression_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    compile_ = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: made.append(given[0]) or compile_(*given))
    one = regex("(?P<day>[0-9]+)日$", re.MULTILINE)
    assert one.pattern == "(?P<day>[0-9]+)日$"
    assert made == []
    found = one.search("7月\n1日\n")
    assert found is not None
    assert found["day"] == "1"
    assert (one.sub("", "3日"), one.split("4日")) == ("", ["", "4", ""])
    assert one.flags & re.MULTILINE
    assert dict(one.groupindex) == {"day": 1}
    assert made == [one.pattern]


def test_bytes_have_their_own() -> None:
    assert regex(rb"[a-z]+").findall(b"a1bc") == [b"a", b"bc"]


def test_what_no_expression_has_it_has_not_either() -> None:
    one = regex("a")
    assert not hasattr(one, "no_such_thing")
    with pytest.raises(re.error):
        assert regex("(").search("a")
