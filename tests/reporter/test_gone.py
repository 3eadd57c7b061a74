"""What was read last time and isn't any more, wherever a result is read: every one, by name."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from html import unescape

import pytest

from engine.assessing.since import since, to_json
from engine.model.assessment import Assessment
from engine.model.comparison import VanishedRecord
from reporter.formats import FORMATS
from reporter.terminal.comparison import render_comparison
from tests.reporter.sample import sample
from tests.reporter.test_masking import text_of

GONE = ("停车收费办法", "公交线网规划", "老旧小区改造")
SAID = "2024-06-30起没有再读到"


@pytest.fixture
def compared() -> Assessment:
    """A result compared with the same of before; three records are there no more."""
    found = since(sample(), sample())
    assert found.since is not None
    gone = tuple(
        VanishedRecord("decision", str(at), label, dt.date(2024, 6, 30))
        for at, label in enumerate(GONE)
    )
    return replace(found, since=replace(found.since, vanished=gone))


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"blanks"}))
def test_every_format_names_each(name: str, compared: Assessment) -> None:
    """Broken by a format that counts them, or names the first."""
    text = unescape(text_of(FORMATS[name].render(compared)))
    assert [label for label in GONE if label in text] == list(GONE)


def test_the_comparison_alone_names_each(compared: Assessment) -> None:
    out = io.StringIO()
    render_comparison(compared, out)
    for text in (out.getvalue(), to_json(compared)):
        assert [label for label in GONE if label in text] == list(GONE)
    assert "没有再读到的记录 3件" in out.getvalue()
    assert [f"{label}　{SAID}" in out.getvalue() for label in GONE] == [True] * 3
