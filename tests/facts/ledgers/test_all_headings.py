"""The joint index of headers never hides a header from the type that knows it."""

from __future__ import annotations

import itertools
import random

from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.headers import headings_of
from facts.records.load import load_schema


def test_whoever_finds_a_header_is_named_by_the_index() -> None:
    """Every word alone, and 4000 drawn groups, pairs, units and dotted names."""
    headings = headings_of(load_schema())
    known = AllHeadings(headings)
    words = sorted({word for heading in headings.values() for word in heading.words})
    above = sorted({word for heading in headings.values() for word in heading.groups})
    draw = random.Random(20240501)  # noqa: S311 - not for secrets
    drawn = [(word, "") for word in words]
    for _ in range(1000):
        one, other, group = draw.choice(words), draw.choice(words), draw.choice(above)
        cut = draw.randrange(len(one) + 1)
        drawn += [(one, group), (f"{one[:cut]}/{other}", ""), (f"1.*{one}（万元）", f"{group}(项)")]
        drawn.append((f"x.{group}.{one}", ""))
    assert any("/" in text and known.knowing(text) for text, _ in drawn)
    for (text, group), (name, heading) in itertools.product(drawn, headings.items()):
        if heading.find(text, group) is not None:
            assert name in known.knowing(text, group), (name, text, group)


def test_a_text_that_no_ledger_knows() -> None:
    """Most cells are looked at once and are no header."""
    known = AllHeadings(headings_of(load_schema()))
    assert known.knowing("关于老旧小区改造的实施意见") == frozenset()
