"""Whole cities: a large one for what is judged record by record, small ones for the year's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from tests.law.city.case import City
from tests.law.city.law import made, plant, scripts
from tests.law.city.population import populate

YEAR: Final = 2024
AS_OF: Final = dt.date(2025, 12, 20)
"""Every deadline of the year has passed, and the policy papers of 2021 to 2025 are in force."""


def large(seed: int, turn: int, copies: int = 1) -> City:
    """Every kind that is judged record by record, so often, among lawful matters.

    Of a matter that a city has once only the `turn`-th kind of each requirement is planted.
    """
    city = City(seed, YEAR, AS_OF)
    populate(city, 2)
    for _ in range(copies):
        for script in scripts():
            for kind in script.kinds:
                if not kind.single and not kind.is_unsure:
                    plant(city, kind)
    _plant_singles(city, turn, apart=False)
    return city


def small(seed: int, turn: int) -> City:
    """One kind of each script of which a city has one record, among lawful matters."""
    city = City(seed, YEAR, AS_OF)
    populate(city, 1)
    made(city, "报告正文")
    _plant_singles(city, turn, apart=True)
    return city


def _plant_singles(city: City, turn: int, *, apart: bool) -> None:
    """`apart`: also what needs a city whose sums nothing else breaks."""
    for script in scripts():
        singles = [kind for kind in script.kinds if kind.single and not kind.is_unsure]
        if singles:
            kind = singles[turn % len(singles)]
            if apart or not kind.apart:
                plant(city, kind)


def turns() -> int:
    """How many small cities plant every kind once."""
    return max(sum(k.single and not k.is_unsure for k in script.kinds) for script in scripts())


def only(requirement: str, seed: int = 1) -> Iterator[City]:
    """Small cities in which nothing but the kinds of one requirement is planted."""
    (script,) = (one for one in scripts() if one.requirement == requirement)
    singles = [kind for kind in script.kinds if kind.single and not kind.is_unsure]
    for turn in range(max(1, len(singles))):
        city = City(seed, YEAR, AS_OF)
        populate(city, 1)
        made(city, "报告正文")
        for kind in singles[turn : turn + 1]:
            plant(city, kind)
        for kind in script.kinds if turn == 0 else ():
            if not kind.single and not kind.is_unsure:
                plant(city, kind)
        yield city


def unsure(seed: int) -> City:
    """Lawful matters, and among them each whose facts deny or contradict themselves."""
    city = City(seed, YEAR, AS_OF)
    populate(city, 1)
    for script in scripts():
        for kind in script.kinds:
            if kind.is_unsure:
                plant(city, kind)
    return city


def many(faults_wanted: int, copies: int = 5, first: int = 1) -> Iterator[City]:
    """Large and small cities of one seed after the other, until so many faults are planted."""
    planted, seed = 0, first
    while planted < faults_wanted or seed - first < turns():
        turn = seed % turns()
        for city in (large(seed, turn, copies), small(seed, turn)):
            planted += len(city.faults)
            yield city
        seed += 1


def cities(seed: int) -> Iterator[City]:
    """Every kind judged record by record once; of a single record the kinds of three turns."""
    yield large(seed, 0)
    for turn in (1, 2):
        yield small(seed + turn, turn)
