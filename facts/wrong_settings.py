"""fazhi.yaml held against itself and the ledgers: another year, another place, another level.

设置核对：fazhi.yaml 的年度、地名、层级，同它自己、同台账说的对不对得上。
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from engine.model.facts import Problem, problem_at
from engine.model.field import FieldType
from engine.model.regex import regex
from engine.model.schema import Schema
from engine.model.values import Source
from facts.intake.found import Intake
from facts.ledgers.draft import Draft
from facts.place import TABLES, Settings
from facts.writing.text import fold

_ENOUGH: Final = 5
"""Fewer days or names of bodies than this tell nothing where some speak the other way."""

_SOME: Final = 2
"""So many are enough where all of them say the same."""

_PARTY: Final = regex("^(?:中共|中国共产党)")
_HEAD: Final = regex("[\u4e00-\u9fff]{2,6}?[县市区旗州]")
_ZONE: Final = regex("(?:新|开发|园|示范)区$")
_OWN: Final = ("government", "party_committee", "npc")
"""The bodies of the settings that bear the name of the place itself."""


def wrong_settings(
    settings: Settings, schema: Schema, intake: Intake, assessed: int
) -> list[Problem]:
    """Settings that speak against each other, or that the ledgers speak against.

    Each is a problem of fazhi.yaml; nothing else is changed by it. Linear in the rows.
    """
    found = [*_year(settings, intake.drafts, assessed), *_tables(settings)]
    if "place" in schema.types:
        within = [*_own_bodies(settings), *_own_level(settings, schema)]
        found += within or _bodies(settings, intake.drafts)
    file = settings.place.source.file
    return [problem_at(Source(file, cell=cell), said, value) for cell, value, said in found]


def place_of(name: str) -> str:
    """The county, city or district that a body's name begins with; empty if with none."""
    found = _HEAD.match(_PARTY.sub("", fold(name)))
    return found[0] if found else ""


_Found = tuple[str, str, str]
"""The key in fazhi.yaml, what stands there, and what speaks against it."""


def _tables(settings: Settings) -> Iterator[_Found]:
    """Tables that lie elsewhere are judged by `check` alone; here they are not read."""
    if settings.tables is not None:
        said = "里面的表只有 check 核，这里没有读，哪一本台账都不能当作录全；"
        yield TABLES, "", said + "要用台账核的，放到没有 tables 的文件夹里"


def _year(settings: Settings, drafts: Iterable[Draft], assessed: int) -> Iterator[_Found]:
    """The year, where the ledgers' days are mostly of another one.

    A ledger that stands over the years says nothing of earlier ones, and nothing at all where
    another ledger tells.
    """
    if settings.year != assessed:
        return
    drafts = list(drafts)
    years = years_of(draft for draft in drafts if not draft.type.standing)
    if not years:
        standing = years_of(drafts)
        years = Counter({year: n for year, n in standing.items() if year >= assessed})
    most, count = max(years.items(), key=lambda item: item[1], default=(assessed, 0))
    own = years[assessed]
    if count > 2 * own and count >= (_ENOUGH if own else _SOME):
        said = f"台账里的日期多在{most}年（{count}处），{assessed}年的只有{own}处，请核对年度"
        yield "year", str(assessed), said


def _own_bodies(settings: Settings) -> Iterator[_Found]:
    """The place's name, where a body of its own bears another one."""
    values = settings.place.values
    name = values.get("name")
    if not isinstance(name, str) or place_of(name) != fold(name):
        return
    for path in _OWN:
        body = values.get(path)
        if isinstance(body, str) and place_of(body) and fold(name) not in fold(body):
            said = f"而 place.{path} 写的是“{body}”，不是一个地方的，请核对地名"
            yield "place.name", name, said
            return


def _own_level(settings: Settings, schema: Schema) -> Iterator[_Found]:
    """The place's level, where its name or that of the place above says that it has another."""
    values, spec = settings.place.values, schema.types["place"].fields["level"]
    level, name, superior = (values.get(path) for path in ("level", "name", "superior"))
    if not isinstance(level, str):
        return
    own = levels_of(str(name), spec) if isinstance(name, str) else []
    ranks = list(spec.values)
    above = levels_of(superior, spec) if isinstance(superior, str) else []
    if own and level not in own:
        yield "place.level", level, f"而地名“{name}”是{'或者'.join(own)}的，请核对层级"
    elif above and all(ranks.index(level) <= ranks.index(one) for one in above):
        said = f"而上一级“{superior}”是{'或者'.join(above)}的，不会在它上面，请核对层级"
        yield "place.level", level, said


def levels_of(name: str, spec: FieldType) -> list[str]:
    """The levels that a place may have by what its name ends with; none if that doesn't tell."""
    folded = fold(name)
    if _ZONE.search(folded):
        return []
    return [
        level for level, words in spec.values.items() if any(w[-1] == folded[-1:] for w in words)
    ]


def _bodies(settings: Settings, drafts: Iterable[Draft]) -> Iterator[_Found]:
    """The place's name or level, where the bodies in the ledgers are another place's."""
    name, superior, level = (settings.place.values.get(p) for p in ("name", "superior", "level"))
    if not isinstance(name, str) or place_of(name) != fold(name):
        return
    agencies = _agencies(drafts)
    if any(fold(name) in fold(agency) for agency in agencies):
        return
    heads: Counter[str] = Counter()
    for agency, times in agencies.items():
        if place_of(agency):
            heads[place_of(agency)] += times
    other, times = max(heads.items(), key=lambda item: item[1], default=("", 0))
    # below a county there is no place whose bodies would be named in its ledgers by themselves
    few = level == "县级" and other != superior
    if times >= (_SOME if few else _ENOUGH) and 2 * times > agencies.total():
        path, what = ("level", "层级") if other == superior else ("name", "地名")
        value = str(settings.place.values.get(path))
        said = f"台账里的机关多是“{other}”的（{times}处），没有一处是“{name}”的，请核对{what}"
        yield f"place.{path}", value, said


def _agencies(drafts: Iterable[Draft]) -> Counter[str]:
    """The names of bodies that the ledgers speak of."""
    return Counter(
        state
        for draft in drafts
        for path, state in draft.cells.items()
        if isinstance(state, str) and path in draft.type.fields and draft.type.fields[path].agency
    )


def years_of(drafts: Iterable[Draft]) -> Counter[int]:
    """The year that each row states, else that of its planned day, or the years of its events."""
    return Counter(_event_years(drafts))


def _event_years(drafts: Iterable[Draft]) -> Iterator[int]:
    for draft in drafts:
        stated = draft.cells.get("year")
        if isinstance(stated, int):
            yield stated
            continue
        fields = draft.type.fields
        days = {path: state for path, state in draft.cells.items() if isinstance(state, dt.date)}
        ahead = [days[s.planned].year for s in fields.values() if s.planned in days]
        for path, day in days.items():
            if path in fields and fields[path].time == "event":
                yield ahead[0] if ahead else day.year
        yield from _event_years(inner for _, inner in draft.inner)
