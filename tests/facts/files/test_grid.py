"""Where the cells of a row stand, told only to who asks."""

from __future__ import annotations

import pickle

import pytest

from engine.model.values import Source
from facts.files.grid import Grid, RowSources

B2 = Source("台账.xlsx", "决策", "B2", text="停车")
A2 = Source("台账.xlsx", "决策", "A2", text="1")
C2 = Source("台账.xlsx", "决策", "C2", text="")
D2 = Source("台账.xlsx", "决策", "D2", text="常务会议")
ELSEWHERE = Source("人工认定.xlsx", "", "D9")


@pytest.fixture
def sources() -> RowSources:
    """Of a row of four cells; the third is empty, a fourth field has two columns.

    The first of those is empty, and so are both columns of a fifth, the second beyond the end.
    """
    columns = {"no": (1,), "title": (2,), "major": (3,), "kind": (3, 4), "held": (3, 9)}
    row = ["1", "停车", None, "常务会议"]
    return RowSources(Grid("台账.xlsx", "决策"), 2, row, columns)


def test_a_field_with_a_column_has_a_place_be_it_filled_or_not(sources: RowSources) -> None:
    """Fails if an empty cell has no place, or if an empty column hides one that is filled."""
    places = {"no": A2, "title": B2, "major": C2, "kind": D2, "held": C2}
    assert dict(sources) == places
    assert (list(sources), len(sources)) == (list(places), 5)
    assert (list(sources.keys()), list(sources.values())) == (list(places), [*places.values()])
    assert ("title" in sources, "major" in sources, "issued" in sources) == (True, True, False)
    assert (sources.get("title"), sources.get("issued", ELSEWHERE)) == (B2, ELSEWHERE)


def test_a_place_that_is_asked_for_alone_is_worked_out_alone(
    sources: RowSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails if a check pays for the place of every cell, or if the order is that of the asking."""
    asked: list[int | None] = []
    place = Grid.source

    def counted(self: Grid, row: int, column: int | None, text: str = "") -> Source:
        asked.append(column)
        return place(self, row, column, text)

    monkeypatch.setattr(Grid, "source", counted)
    assert "kind" in sources
    assert asked == []
    assert (sources["kind"], sources["kind"], sources.get("no")) == (D2, D2, A2)
    assert asked == [4, 1]
    assert list(sources) == ["no", "title", "major", "kind", "held"]
    assert asked == [4, 1, 2, 3, 3]


@pytest.mark.parametrize(
    ("grid", "column", "place"),
    [
        (Grid("台账.csv", lines=True), 4, "台账.csv 第2行D列"),
        (Grid("台账.csv", lines=True), None, "台账.csv 第2行"),
        (Grid("台账.xlsx", "决策"), 4, "台账.xlsx〔决策〕D2"),
        (Grid("台账.json", names=("编号",), labels={2: "决策[1]"}), 1, "台账.json 决策[1].编号"),
    ],
)  # fmt: skip
def test_a_place_names_the_very_cell(grid: Grid, column: int | None, place: str) -> None:
    """Fails if a cell of a csv file is known by its line alone."""
    assert grid.source(2, column).place() == place


def test_a_place_that_is_not_there_is_a_key_error(sources: RowSources) -> None:
    for _ in range(2):
        with pytest.raises(KeyError, match="issued"):
            sources["issued"]
    assert sources["title"] == B2


def test_a_place_given_by_hand_comes_before_the_cells(sources: RowSources) -> None:
    sources["title"] = ELSEWHERE
    assert (sources["title"], sources["major"]) == (ELSEWHERE, C2)
    every = {"no": A2, "title": ELSEWHERE, "major": C2, "kind": D2, "held": C2}
    assert dict(sources.items()) == every


@pytest.mark.parametrize("made", [False, True])
def test_other_places_come_before_those_of_the_cells(sources: RowSources, made: bool) -> None:  # noqa: FBT001
    """Broken by a place that is lost, or by the row's own that another's takes the place of."""
    own = {"no": A2, "title": B2, "major": C2, "kind": D2, "held": C2}
    if made:
        assert dict(sources.items()) == own
    assert sources | {"title": ELSEWHERE} == {**own, "title": ELSEWHERE}
    assert sources == own


def test_places_travel_between_processes(sources: RowSources) -> None:
    places = {"no": A2, "title": B2, "major": C2, "kind": D2, "held": C2}
    assert pickle.loads(pickle.dumps(sources)) == places  # noqa: S301


def test_places_are_alike_whatever_was_asked_for(sources: RowSources) -> None:
    """Fails if a place that nobody asked for yet counts as none."""
    row = ["1", "停车", None, "常务会议"]
    columns = {"no": (1,), "title": (2,), "major": (3,), "kind": (3, 4), "held": (3, 9)}
    other, moved = (RowSources(Grid("台账.xlsx", "决策"), row_, row, columns) for row_ in (2, 3))
    assert sources["title"] == B2
    assert sources == other
    assert other == {"no": A2, "title": B2, "major": C2, "kind": D2, "held": C2}
    assert sources != moved
    assert not sources == moved  # noqa: SIM201 - the other way of asking
    assert sources != "台账.xlsx"
