"""What the two pages promise and what is tried through the command are one list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.conftest import ROOT

PAGES: Final = ("waivers.md", "ledgers.md")
ELSEWHERE: Final = "## 加一种台账"
"""From here on the page is a how-to; `tests/docs/test_followed.py` follows it literally."""
MARK: Final = re.compile(r"\bpromise\((.*?)\)(?=[\n,\]])", re.DOTALL)


def read(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8").partition(ELSEWHERE)[0]


def parts(page: str) -> Iterator[str]:
    """Every bullet, row of a table and paragraph of a page, the heads of tables apart."""
    prose = re.sub(r"```.*?```", "", read(page), flags=re.DOTALL)
    prose = re.sub(r"\|[^\n]*\|\n\|[-|]+\|\n", "\n", prose)
    for block in re.split(r"\n\n|\n(?=- |\| )", prose):
        part = block.strip()
        if part and not part.startswith("#"):
            yield part


def quoted() -> set[str]:
    """The words that tests name."""
    return {
        text
        for path in (ROOT / "tests" / "cli" / "promises").glob("test_*.py")
        for mark in MARK.findall(path.read_text(encoding="utf-8"))
        for text in re.findall(r'"([^"]+)"', mark)
    }


def unbroken(text: str) -> str:
    """A text without the line breaks of its page."""
    return re.sub(r"\n\s*", "", text)


@pytest.mark.parametrize("page", PAGES)
def test_every_promise_is_tried(page: str) -> None:
    """Fails for a new bullet, row or paragraph that no test names."""
    named = quoted()
    untried = [p for p in parts(page) if not any(text in unbroken(p) for text in named)]
    assert untried == []


def test_every_promise_that_is_tried_is_made_once() -> None:
    """Fails if a page no longer says what a test is there for, or words stand for two promises."""
    pages = unbroken("".join(read(page) for page in PAGES))
    assert sorted(text for text in quoted() if pages.count(text) != 1) == []


@pytest.mark.parametrize(("page", "least"), [("waivers.md", 20), ("ledgers.md", 40)])
def test_a_page_is_taken_apart(page: str, least: int) -> None:
    """Fails if the page's form changed so that whole sections are one part, or none."""
    assert len(list(parts(page))) > least
