"""The real pipeline on a city: its files written, read, judged by both engines, and compared."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from cli import main
from engine.model.outcome import OUTCOME_TITLES, Outcome
from tests.conftest import RULESETS
from tests.law.city.build import AS_OF
from tests.law.city.case import MET, NOT_CONCERNED, City, Planted
from tests.law.city.law import ENDING, reached
from tests.law.city.untidy import write

_CANT_BE: Final = "核对清楚之前，这几处都不作数"
"""How a problem ends that tells of facts read well that can't all be so."""

Finding: TypeAlias = tuple[str, str, str]
"""A requirement, the key of a record, the Chinese title of the outcome."""


@dataclass
class Checked:
    """A city after the check: what was planted but not found, found but not planted, and more.

    `misjudged` are near-misses that got another outcome than the lawful one. `lost` are the
    problems by which something in a file was not read.
    """

    city: City
    assessment: dict[str, Any]
    missed: list[Finding] = field(default_factory=list)
    false_alarms: list[Finding] = field(default_factory=list)
    misjudged: list[tuple[Planted, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def check(city: City) -> Checked:
    """Everything found in the city, held against all that was planted, both ways."""
    return compared(city, assessed(city).assessment)


def assessed(city: City) -> Checked:
    """The city's files written and checked; nothing compared yet."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "city")
        folder.mkdir()
        write(city, folder)
        return Checked(city, assessment_of(folder, city.as_of.isoformat()))


def assessment_of(folder: Path, as_of: str) -> dict[str, Any]:
    """What the real command says of a folder."""
    with tempfile.TemporaryDirectory() as name:
        result = Path(name, "result.json")
        arguments = ["check", str(folder), "--as-of", as_of, "--format", "json"]
        main([*arguments, "--output", str(result)], standalone_mode=False)
        found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return found


def outcomes(folder: Path, requirement: str) -> list[tuple[str, str]]:
    """What one requirement says of each record of a folder: its key and the outcome's title."""
    found = assessment_of(folder, AS_OF.isoformat())["outcomes"]
    return [(key, said) for name, key, said in _findings(found) if name == requirement]


def compared(city: City, assessment: dict[str, Any]) -> Checked:
    """The findings of an assessment against those of the city, as multisets."""
    checked = Checked(city, assessment)
    found = Counter(_findings(o for o in assessment["outcomes"] if o["finding"]))
    wanted = Counter(city.expected())
    checked.missed = sorted((wanted - found).elements())
    checked.false_alarms = sorted((found - wanted).elements())
    outcomes: dict[tuple[str, str], set[str]] = {}
    for requirement, key, outcome in _findings(assessment["outcomes"]):
        outcomes.setdefault((requirement, key), set()).add(outcome)
    for one in city.harmless:
        said = outcomes.get((one.requirement, one.record), set())
        if one.outcome not in said:
            checked.misjudged.append((one, "、".join(sorted(said)) or "没有这件"))
    checked.lost = [
        f"{item['path']} {problem['place']} {problem['text']}"
        for item in assessment["inputs"]
        for problem in item["problems"]
        if problem["level"] == "error" and not problem["text"].endswith(_CANT_BE)
    ]
    return checked


PASSES: Final = frozenset({MET, NOT_CONCERNED})


def passed(checked: Checked) -> list[tuple[str, str]]:
    """What bears no pass and passed all the same, or came out otherwise than its script says.

    What else is said of those matters isn't compared; of all others nothing may be found.
    Each with its name: the requirement, and what was planted or which record it is.
    """
    outcomes: dict[tuple[str, str], set[str]] = {}
    for requirement, key, outcome in _findings(checked.assessment["outcomes"]):
        outcomes.setdefault((requirement, key), set()).add(outcome)
    wrong = []
    for one in checked.city.unsure:
        said = outcomes.get((one.requirement, one.record), set())
        if not said or said & PASSES or (one.outcome and said != {one.outcome}):
            told_ = f"{where(one.requirement)}：“{one.kind}”得到{'、'.join(sorted(said))}"
            wrong.append((f"{one.requirement} {one.kind}", told_))
    spoiled = {str(checked.city.year)}
    for one in checked.city.unsure:
        spoiled |= {case.key for case in reached(one.case) if case.heading}
    for requirement, key, outcome in _findings(
        o for o in checked.assessment["outcomes"] if o["finding"]
    ):
        if not spoiled & {key, key.partition("/")[0]}:
            told_ = f"{where(requirement)}：{key} {outcome}，没有种而报出"
            wrong.append((f"{requirement} {key}", told_))
    return wrong


def told(checked: Checked) -> list[str]:
    """All that is not as it should be, in words: what, and in which file to write about it."""
    advice = "没有种而报出：台账怎样记才合规，写进它的 lawful；是别处的错带出的，写进那一处的 also"
    return [
        *(f"没读进来：{problem}" for problem in checked.lost),
        *(f"{where(one[0])}：种下而没有报出：{one[1]} {one[2]}" for one in checked.missed),
        *(f"{where(one[0])}：{one[1]} {one[2]}，{advice}" for one in checked.false_alarms),
        *(
            f"{where(one.requirement)}：“{one.kind}”应是{one.outcome}，得到{said}"
            for one, said in checked.misjudged
        ),
    ]


def where(requirement: str) -> str:
    """The file in which to write what is planted for a requirement."""
    (path,) = RULESETS.glob(f"*/{requirement}.yaml")
    return f"rulesets/{path.parent.name}/{requirement}{ENDING}"


def _findings(outcomes: Iterable[dict[str, Any]]) -> Iterable[Finding]:
    """Nested records without a number of their own go by the record they stand below."""
    for outcome in outcomes:
        key = str(outcome["subject_key"]).partition("#")[0]
        yield outcome["requirement"], key, OUTCOME_TITLES[Outcome(outcome["outcome"])]
