"""A run on records made by hand, with nothing else known of the folder they would stand in."""

from __future__ import annotations

from typing import Any

from engine.judging.run import Run
from engine.model.facts import Facts
from engine.model.values import Records
from engine.model.world import World


def facts_of(records: Records, world: World, year: int, **known: Any) -> Facts:  # noqa: ANN401
    """The facts of a folder that holds these records; `known` are more of its fields."""
    nothing: dict[str, Any] = {
        "jurisdiction": "",
        "inputs": (),
        "closed": frozenset(),
        "lost": frozenset(),
        "reports": (),
    }
    fields = {**nothing, **known}
    return Facts(records=records, place=world.place, year=year, calendar=world.calendar, **fields)


def a_run(  # noqa: PLR0913 - the fields of a run
    records: Records,
    world: World,
    year: int,
    *,
    profile: str = "",
    explain_all: bool = False,
    unmask: bool = False,
    **known: Any,  # noqa: ANN401
) -> Run:
    """The run on these records; `known` are more fields of the facts."""
    facts = facts_of(records, world, year, **known)
    return Run(facts, world, profile, unmask, explain_all)
