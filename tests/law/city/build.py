"""Whole cities: a large one for what is judged record by record, small ones for the year's own."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Final

from tests.law.city import faults
from tests.law.city.case import City
from tests.law.city.law import SCRIPTS, kinds_of, plant
from tests.law.city.lawful.report import report
from tests.law.city.population import populate

YEAR: Final = 2024
AS_OF: Final = dt.date(2025, 12, 20)
"""Every deadline of the year has passed, and the policy papers of 2021 to 2025 are in force."""

for _module in pkgutil.iter_modules(faults.__path__):
    importlib.import_module(f"{faults.__name__}.{_module.name}")


def large(seed: int, copies: int = 1) -> City:
    """Every script that is judged record by record, so often, among lawful matters."""
    city = City(seed, YEAR, AS_OF)
    populate(city, 2)
    for _ in range(copies):
        for one in SCRIPTS:
            if not one.once:
                plant(city, one)
    for one in SCRIPTS:
        if one.once and not one.apart:
            plant(city, one, turn=seed % turns())
    return city


def small(seed: int, turn: int) -> City:
    """One kind of each script of which a city has one record, among lawful matters."""
    city = City(seed, YEAR, AS_OF)
    populate(city, 1)
    report(city)
    for one in SCRIPTS:
        if one.once:
            plant(city, one, turn=turn)
    return city


def turns() -> int:
    """How many small cities plant every kind once."""
    scratch = City(0, YEAR, AS_OF)
    return max(len(kinds_of(one, scratch)) for one in SCRIPTS if one.once)


def many(faults_wanted: int, copies: int = 5, first: int = 1) -> Iterator[City]:
    """Large and small cities of one seed after the other, until so many faults are planted."""
    planted, seed = 0, first
    while planted < faults_wanted or seed - first < turns():
        for city in (large(seed, copies), small(seed, seed % turns())):
            planted += len(city.faults)
            yield city
        seed += 1


def cities(seed: int) -> Iterator[City]:
    """Every script at least once; the kinds of a single record that three turns come to."""
    yield large(seed)
    for turn in (seed + 1, seed + 2):
        yield small(seed, turn % turns())
