"""Errors planted in each engine are seen, and how soon."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.agreement.differential import comparison as c
from tests.agreement.differential.comparison import Comparison, Material
from tests.agreement.differential.planted import ERRORS, Error


def _material(seed: int) -> Material:
    """Made anew each time: an engine may remember what it compiled for a requirement or world."""
    return c.generated(seed, each=2, count=60)


RARE = 10_000
"""What takes more comparisons than this is looked for at night."""


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(
            error,
            id=f"{error.name}-{error.seen_by}",
            marks=pytest.mark.nightly if error.within > RARE else (),
        )
        for error in ERRORS
    ],
)
def test_a_planted_error_is_seen(
    error: Error, monkeypatch: pytest.MonkeyPatch, say: Callable[[str], None]
) -> None:
    """Broken by a comparison that is blind: a generator that never comes near the error."""
    c.need(error.seen_by)
    error.plant(monkeypatch)
    found = Comparison()
    seed = 0
    while found.first is None and found.total < error.within:
        found.add(error.seen_by, _material(seed))
        seed += 1
    assert found.first is not None, f"not seen in {found.total} comparisons"
    say(f"planted in {error.engine}: {error.name} seen by {error.seen_by}, no. {found.first}")
    assert found.first <= error.within
