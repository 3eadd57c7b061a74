"""Relations between the figures of a report: found without being listed, and declared ones.

Each module looks for one shape. A relation is reported as failing only where the text itself says
what is computed from what; a reader who is sent after a false alarm stops reading.
"""

from __future__ import annotations

from engine.model.report import Verdict
from facts.report.contents import Observation, Relation
from facts.report.context import Reading
from facts.report.relations.changes import changes, compressions
from facts.report.relations.declared import declared
from facts.report.relations.limits import limits
from facts.report.relations.lists import enumerations, one_each
from facts.report.relations.partitions import partitions
from facts.report.relations.rates import rates
from facts.report.relations.shares import shares
from facts.report.relations.tabled import tabled
from facts.report.relations.totals import subsets, totals


def find_relations(reading: Reading) -> tuple[tuple[Relation, ...], tuple[Observation, ...]]:
    """Return the relations in text order and the observations that come with them."""
    stated, observations = declared(reading)
    held, doubts = shares(reading)
    found = [
        *held,
        *compressions(reading),
        *changes(reading),
        *totals(reading),
        *subsets(reading),
        *enumerations(reading),
        *one_each(reading),
        *tabled(reading),
        *partitions(reading),
        *limits(reading),
        *rates(reading),
        *stated,
    ]
    return _unique(found), (*observations, *doubts)


def _unique(relations: list[Relation]) -> tuple[Relation, ...]:
    """One relation per kind and set of figures; of two, the one that could be computed stays."""
    computed = {
        relation.figures[-1] for relation in relations if relation.verdict is not Verdict.UNKNOWN
    }
    kept: dict[tuple[str, frozenset[int]], Relation] = {}
    for relation in relations:
        if (
            relation.kind == "share"
            and relation.verdict is Verdict.UNKNOWN
            and (relation.figures[-1] in computed)
        ):
            continue
        key = relation.kind, frozenset(relation.figures)
        if key not in kept or (
            kept[key].verdict is Verdict.UNKNOWN and relation.verdict is not Verdict.UNKNOWN
        ):
            kept[key] = relation
    return tuple(sorted(kept.values(), key=lambda relation: (relation.figures, relation.kind)))
