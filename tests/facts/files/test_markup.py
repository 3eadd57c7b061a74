"""A page that makes a parser work by the square of its length is refused before it is parsed."""

from __future__ import annotations

import time

import pytest

from engine.model.facts import Input
from facts.files.documents.markup import MAX_ATTRIBUTES, MAX_DEPTH, count_of
from facts.files.reader import HERE
from facts.files.refused import RefusedError

BODY = "<p>" + "全年办理行政复议案件12件。" * 10 + "</p>"
DEEP = "套了5000层以上"
MANY = "5000个以上的属性"


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<div>" * 200_000 + BODY, DEEP),
        ("<x-y>" * (MAX_DEPTH + 1) + BODY, DEEP),
        ("<b><i>" * MAX_DEPTH + BODY, DEEP),
        ("<p " + " ".join(f"a{n}=1" for n in range(500_000)) + ">" + BODY, MANY),
        ("<" * 300_000 + BODY, ""),  # no tags at all
        ("<a " * 300_000 + BODY, ""),
        ("<div>" * MAX_DEPTH + "</div>" * MAX_DEPTH + BODY, ""),
        ("<p>一<li>二<td>三<br>" * 20_000 + BODY, ""),  # each ends the one before
        ("<path d='x'/>" * 20_000 + BODY, ""),
        ("</div>" * 20_000 + BODY, ""),
        ('<img src="data:image/png;base64,' + "A" * 1_000_000 + '">' + BODY, ""),
        ("<p " + " ".join(f"a{n}=1" for n in range(MAX_ATTRIBUTES // 2)) + ">" + BODY, ""),
    ],
)
def test_what_no_program_would_write_is_refused_at_once(markup: str, said: str) -> None:
    """Broken by a parse that takes minutes, and by refusing a page that people do save."""
    started = time.process_time()
    for read in (
        lambda data: HERE.text(data, ".html"),
        lambda data: HERE.grids(data, ".xls", Input("台账.xls")),
    ):
        page = f"<html><body>{markup}</body></html>".encode()
        if said:
            with pytest.raises(RefusedError, match=said):
                read(page)
        else:
            read(page)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("written", "count"),
    [("3", 3), ("３", 3), ("64", 64), ("65", 64), ("0", 0), ("9" * 5000, 64), ("0" * 10, 64),
     ("²", 1), ("①", 1), ("-1", 1), ("", 1), ("1e9", 1)],
)  # fmt: skip
def test_a_count_of_any_length_is_one(written: str, count: int) -> None:
    """Broken by Python, which makes no number of more than 4,300 digits."""
    assert count_of(written, 64) == count
