"""OSCAL assessment-results as JSON, for platforms that exchange it.

A requirement is an objective; only what is met is `satisfied`. What can't be told, is doubtful or
wasn't judged is `not-satisfied` with the reason `other`; fazhi's own words stand in `props`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from pydantic_core import to_json

from engine.model.assessment import Assessment, OutcomeEntry
from engine.model.outcome import OUTCOME_TITLES, Outcome
from engine.model.shown import FactEntry
from reporter import titles
from reporter.overview import Overview
from reporter.since import gone, in_short
from reporter.visible import visible

VERSION: Final = "1.1.2"
NAMESPACE: Final = "urn:fazhi:oscal"
_IDS: Final = UUID("6f2b6f0a-6b0e-5c51-9a52-2f1d3c0e7a11")
"""Every id is made from this one and what it names: the same assessment, the same file."""

_LEFT_OUT: Final = (Outcome.NOT_APPLICABLE, Outcome.PENDING)
_REASONS: Final = {Outcome.MET: "pass", Outcome.GAP: "fail"}

_Object = dict[str, Any]


def render(assessment: Assessment) -> str:
    """The document; days stand as midnight in UTC."""
    return "".join(pieces(assessment))


def pieces(assessment: Assessment) -> Iterator[str]:
    """The text of `render` piece by piece: of a large assessment it never stands in memory."""
    overview = Overview(assessment)
    rest = _json({"assessment-results": _results(overview)}) + "\n"
    for name, made in (("observations", _observations), ("findings", _findings)):
        before, _, after = rest.partition(f'"{name}": [\n{_INSIDE}{_json(_LATER)}')
        if after:
            yield f'{before}"{name}": ['
            apart = "\n"
            for item in made(overview):
                # a line of JSON ends nowhere but between values
                yield apart + _INSIDE + _json(item).replace("\n", f"\n{_INSIDE}")
                apart = ",\n"
            rest = after
    yield rest


_LATER: Final = "\0"
"""Stands in the document for all items of a list; no text in it has such a character."""

_INSIDE: Final = " " * 5
"""How far the items of a result's lists are set in."""


def _json(value: object) -> str:
    return to_json(value, indent=1).decode()


def _results(overview: Overview) -> _Object:
    a = overview.assessment
    rules = "/".join((a.ruleset.sha256, *(one.sha256 for one in a.ruleset.local)))
    name = f"{overview.place}/{a.year}/{a.as_of}/{a.profile}/{rules}"
    plan = _id(f"{name}/plan")
    return {
        "uuid": _id(name),
        "metadata": {
            "title": visible(f"法治体检 · {overview.kind} {overview.place} {a.year}年"),
            "last-modified": _moment(a),
            "version": str(a.as_of),
            "oscal-version": VERSION,
            **({"remarks": visible("；".join(overview.notices))} if overview.notices else {}),
        },
        "import-ap": {"href": f"#{plan}"},
        "results": [_result(overview, name)],
        "back-matter": {
            "resources": [
                {
                    "uuid": plan,
                    "title": "核对依据",
                    "description": f"规则集 {a.ruleset.version}，SHA-256 {a.ruleset.sha256}"
                    + titles.local_rules(a.ruleset),
                },
                *_inputs(a),
            ]
        },
    }


def _result(overview: Overview, name: str) -> _Object:
    a = overview.assessment
    result: _Object = {
        "uuid": _id(f"{name}/result"),
        "title": visible(f"{overview.place} {a.year}年"),
        "description": f"{overview.to_act}\n{overview.in_all}",
        "start": _moment(a),
        "props": list(_run_props(a)),
        "reviewed-controls": {
            "control-selections": [
                {"include-controls": [{"control-id": name} for name in a.requirements]}
            ]
        },
    }
    # An empty list is not allowed there: what is empty is left out.
    for listed, made in (("observations", _observations), ("findings", _findings)):
        if next(made(overview), None) is not None:
            result[listed] = [_LATER]
    return result


def _shown(overview: Overview) -> Iterator[tuple[OutcomeEntry, str, Sequence[FactEntry]]]:
    """The outcomes that are told, each with what its id is made from and what it stands on."""
    twins: Counter[str] = Counter()
    for entry in overview.assessment.outcomes:
        if entry.outcome not in _LEFT_OUT:
            twins[entry.fingerprint or entry.requirement] += 1
            key = f"{entry.requirement}/{entry.fingerprint}/{twins[entry.fingerprint]}"
            yield entry, key, [*entry.evidence, *entry.missing]


def _observations(overview: Overview) -> Iterator[_Object]:
    for entry, key, facts in _shown(overview):
        if facts:
            yield _observation(overview, entry, facts, _observed(key))


def _findings(overview: Overview) -> Iterator[_Object]:
    for entry, key, facts in _shown(overview):
        yield _finding(overview, entry, key, _observed(key) if facts else None)


def _observed(key: str) -> str:
    return _id(f"{key}/observation")


def _finding(overview: Overview, entry: OutcomeEntry, key: str, observed: str | None) -> _Object:
    requirement = overview.requirements[entry.requirement]
    met = entry.outcome is Outcome.MET
    finding: _Object = {
        "uuid": _id(key),
        "title": requirement.title,
        "description": visible(entry.message or OUTCOME_TITLES[entry.outcome]),
        "props": list(_props(overview, entry)),
        "target": {
            "type": "objective-id",
            "target-id": entry.requirement,
            "title": titles.basis(requirement, entry.text) or requirement.title,
            "status": {
                "state": "satisfied" if met else "not-satisfied",
                "reason": _REASONS.get(entry.outcome, "other"),
            },
        },
    }
    if observed is not None:
        finding["related-observations"] = [{"observation-uuid": observed}]
    said = [titles.remedy_of(entry, requirement)] if not met else []
    said += [f"{titles.margin(entry)}：{visible(text)}" for text in entry.nearest]
    if said:
        finding["remarks"] = "\n".join(said)
    return finding


def _props(overview: Overview, entry: OutcomeEntry) -> Iterator[_Object]:
    requirement = overview.requirements[entry.requirement]
    values = {
        "outcome": entry.outcome.value,
        "severity": entry.severity.value,
        "finding": "true" if entry.finding else "false",
        "basis-confirmed": "true" if requirement.confirmed else "false",
        "basis-doubt": requirement.unconfirmed.value if requirement.unconfirmed else "",
        "record": overview.subject(entry),
        "fingerprint": entry.fingerprint,
        "due": str(entry.due or ""),
        "note": entry.note,
        "waiver": titles.waiver(entry.waiver),
        "change": entry.change.value if entry.change is not None else "",
    }
    return _listed(values)


def _run_props(a: Assessment) -> Iterator[_Object]:
    yield from _listed({"ruleset-version": a.ruleset.version, "ruleset-sha256": a.ruleset.sha256})
    for one in a.ruleset.local:
        yield from _listed({"local-rules": f"{one.name} {one.version} {one.sha256}"})
    if a.since is not None:
        yield from _listed({"since": in_short(a.since)})
        for block in gone(a.since):
            for line in block.lines:
                yield from _listed({"since-last": f"{block.title}：{line}"})
    for engine in a.engines:
        yield from _listed({"engine": engine.name})
    for item in a.inputs:
        for problem in item.problems:
            yield from _listed({f"problem-{problem.level}": problem.text})


def _listed(values: dict[str, str]) -> Iterator[_Object]:
    for name, value in values.items():
        said = visible(value).strip()
        if said:
            yield {"name": name, "ns": NAMESPACE, "value": said}


def _observation(
    overview: Overview, entry: OutcomeEntry, facts: Sequence[FactEntry], name: str
) -> _Object:
    return {
        "uuid": name,
        "description": overview.subject(entry),
        "methods": ["EXAMINE"],
        "relevant-evidence": [{"description": titles.fact(item)} for item in facts],
        "collected": _moment(overview.assessment),
    }


def _inputs(a: Assessment) -> Iterator[_Object]:
    for item in a.inputs:
        yield {
            "uuid": _id(f"{item.path}/{item.sha256}"),
            "title": visible(item.path),
            "description": f"SHA-256 {item.sha256}",
        }


def _moment(a: Assessment) -> str:
    return f"{a.as_of}T00:00:00Z"


def _id(name: str) -> str:
    return str(uuid5(_IDS, name))
