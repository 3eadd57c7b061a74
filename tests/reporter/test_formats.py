"""The table of formats: which one is meant, and that each one writes an assessment."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.errors import WrongNameError
from reporter.formats import FORMATS, chosen


@pytest.mark.parametrize(
    ("form", "output", "meant"),
    [
        (None, None, "terminal"),
        ("json", None, "json"),
        (None, Path("结果.json"), "json"),
        (None, Path("结果.JSON"), "json"),
        (None, Path("结果.txt"), "terminal"),
        ("terminal", Path("结果.json"), "terminal"),
        ("json", Path("结果"), "json"),
    ],
)
def test_the_format_is_named_or_seen_from_the_name_of_the_output(
    form: str | None, output: Path | None, meant: str
) -> None:
    assert chosen(form, output) == meant


@pytest.mark.parametrize("name", ["结果", "结果.jsn", "json"])
def test_a_name_that_says_no_format_is_wrong_use(name: str) -> None:
    with pytest.raises(WrongNameError, match=r"看不出.*--format.*\.json"):
        chosen(None, Path(name))


def test_no_two_formats_share_an_ending() -> None:
    assert len({form.ending for form in FORMATS.values()}) == len(FORMATS)
