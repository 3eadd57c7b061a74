"""Where the cells of a row stand, told only to who asks."""

from __future__ import annotations

import pickle

import pytest

from engine.model.values import Source
from facts.files.grid import Grid, RowSources

B2 = Source("台账.xlsx", "决策", "B2", text="停车")
C2 = Source("台账.xlsx", "决策", "C2", text="")
ELSEWHERE = Source("人工认定.xlsx", "", "D9")


@pytest.fixture
def sources() -> RowSources:
    """Of a row of two cells; a third field has a column beyond its end, a fourth has none."""
    columns = {"no": 1, "title": 2, "major": 3}
    cells = {"title": "停车", "major": None, "kind": "常务会议"}
    return RowSources(Grid("台账.xlsx", "决策"), 2, ["1", "停车"], columns, cells)


def test_only_filled_fields_with_a_column_have_a_place(sources: RowSources) -> None:
    assert dict(sources) == {"title": B2, "major": C2}
    assert (list(sources), len(sources)) == (["title", "major"], 2)
    assert (list(sources.keys()), list(sources.values())) == (["title", "major"], [B2, C2])
    assert ("title" in sources, "no" in sources, "kind" in sources) == (True, False, False)
    assert (sources.get("title"), sources.get("no", ELSEWHERE)) == (B2, ELSEWHERE)


def test_a_place_that_is_not_there_is_a_key_error(sources: RowSources) -> None:
    for _ in range(2):
        with pytest.raises(KeyError, match="no"):
            sources["no"]
    assert sources["title"] == B2


def test_a_place_given_by_hand_comes_before_the_cells(sources: RowSources) -> None:
    sources["title"] = ELSEWHERE
    assert (sources["title"], sources["major"]) == (ELSEWHERE, C2)
    assert dict(sources.items()) == {"title": ELSEWHERE, "major": C2}


def test_places_travel_between_processes(sources: RowSources) -> None:
    assert pickle.loads(pickle.dumps(sources)) == {"title": B2, "major": C2}  # noqa: S301
