"""Outcomes by durable_rules: measure the records, match the rules, take the first that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from engine.judging.judge import Outcomes
from engine.judging.rete.apart import Matcher
from engine.judging.rete.evaluation import FAILED, Evaluator, Row, Value
from engine.judging.rete.plan import NONE, RANKS, Partition, Plan, plan_for
from engine.model.outcome import Outcome
from engine.model.values import Record, Records
from engine.model.world import World
from engine.ruleset.model import Requirement

SLICE: Final = 5_000
"""Records measured and judged at a time, which bounds memory."""


class ReteJudge:
    """Matching by durable_rules over measures taken by the reference's closures."""

    name = "durable_rules"

    def judge(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> Outcomes:
        """The outcome of every requirement for every record of its subject type.

        Raises `InvalidRulesetError` for a requirement that the matching engine cannot hold.
        """
        by_subject: dict[str, list[Requirement]] = {}
        for requirement in requirements:
            by_subject.setdefault(requirement.subject, []).append(requirement)
        outcomes: dict[str, list[Outcome]] = {requirement.id: [] for requirement in requirements}
        for subject, group in by_subject.items():
            if found := records.get(subject, ()):
                columns = _judge(plan_for(group, world.schema), found, world, year)
                outcomes.update(zip((r.id for r in group), columns, strict=True))
        return {requirement.id: outcomes[requirement.id] for requirement in requirements}


def _judge(plan: Plan, records: Sequence[Record], world: World, year: int) -> list[list[Outcome]]:
    """For each requirement of the plan its outcomes, in the order of the records."""
    evaluator = Evaluator(plan.subject, plan.keys, world, year)
    columns: list[list[Outcome]] = [[] for _ in plan.needs]
    for start in range(0, len(records), SLICE):
        # What is measured alike is judged alike: one fact for all of them.
        kinds: dict[Row, int] = {}
        of_record = [
            kinds.setdefault(evaluator.row(record), len(kinds))
            for record in records[start : start + SLICE]
        ]
        judged = _Judging(plan, evaluator.columns, [list(row) for row in kinds]).outcomes()
        for column, outcomes in zip(columns, zip(*judged, strict=True), strict=True):
            column += [outcomes[kind] for kind in of_record]
    return columns


class _Judging:
    """The rows of one subject type on their way through the passes of a plan."""

    def __init__(self, plan: Plan, columns: dict[int, int], rows: list[list[Value]]) -> None:
        self.plan, self.rows = plan, rows
        self.columns = dict(columns)

    def outcomes(self) -> list[list[Outcome]]:
        """For each row the outcome of every requirement."""
        for partitions in self.plan.passes:
            self._judge_parts(partitions)
        width = len(self.plan.needs)
        best = [[NONE] * width for _ in self.rows]
        lost: list[set[int]] = [set() for _ in self.rows]
        for partition in self.plan.outcomes:
            for at, fired in enumerate(self._match(partition)):
                if fired is None:
                    lost[at].update(target for proof in partition.proofs for target, _ in proof)
                    continue
                ranks = best[at]
                for rule in fired:
                    for target, rank in partition.proofs[rule]:
                        ranks[target] = min(rank, ranks[target])
        outcomes = [[RANKS[rank] for rank in ranks] for ranks in best]
        for row, missed, of_row in zip(self.rows, lost, outcomes, strict=True):
            if missed or FAILED in row:
                self._fail(row, missed, of_row)
        return outcomes

    def _fail(self, row: list[Value], lost: set[int], outcomes: list[Outcome]) -> None:
        """Whatever rests on something that broke off or was lost is `failed`, never met."""
        broken = {number for number, column in self.columns.items() if row[column] is FAILED}
        for place, needs in enumerate(self.plan.needs):
            if place in lost or needs & broken:
                outcomes[place] = Outcome.FAILED

    def _judge_parts(self, partitions: tuple[Partition, ...]) -> None:
        targets = {target for s in partitions for proof in s.proofs for target, _ in proof}
        for target in sorted(targets):
            self.columns[target] = len(self.columns)
        for row in self.rows:
            row.extend([None] * len(targets))
        for partition in partitions:
            for row, fired in zip(self.rows, self._match(partition), strict=True):
                if fired is None:
                    proven = {(t, -1) for proof in partition.proofs for t, _ in proof}
                else:
                    proven = {pair for rule in fired for pair in partition.proofs[rule]}
                for target, value in proven:
                    column = self.columns[target]
                    fresh = row[column] is None and value >= 0
                    same = row[column] is bool(value) and value >= 0
                    row[column] = bool(value) if fresh or same else FAILED

    def _match(self, partition: Partition) -> Iterator[frozenset[int] | None]:
        """For each row the rules that fired; None where its fact was lost."""
        columns = [self.columns[number] for number in partition.measures]
        names = [f"m{number}" for number in partition.measures]
        chosen = _chooser(columns)
        facts: dict[tuple[Value, ...], int] = {}
        of_row = [facts.setdefault(chosen(row), len(facts)) for row in self.rows]
        found = Matcher(partition.rules).run([_body(names, values) for values in facts])
        return (found[fact] for fact in of_row)


def _chooser(columns: list[int]) -> Callable[[list[Value]], tuple[Value, ...]]:
    if len(columns) < 2:
        return lambda row: tuple(row[column] for column in columns)
    return itemgetter(*columns)


def _body(names: list[str], values: tuple[Value, ...]) -> str:
    """A fact's fields in JSON; what is unknown or broke off stays out."""
    fields = []
    for name, value in zip(names, values, strict=True):
        if value is True:
            fields.append(f',"{name}":true')
        elif value is False:
            fields.append(f',"{name}":false')
        elif isinstance(value, tuple):
            lo, hi = value
            if lo is not None:
                fields.append(f',"{name}l":{lo}')
            if hi is not None:
                fields.append(f',"{name}h":{hi}')
        elif isinstance(value, int):
            fields.append(f',"{name}":{value}')
    return "".join(fields)
