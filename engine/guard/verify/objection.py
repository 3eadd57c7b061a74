"""What verification objects to: which requirements, what is wrong, and a case that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.explaining.words import Words, plain
from engine.guard.examples import Case
from engine.judging.measure import Measurer
from engine.model.outcome import OUTCOME_TITLES, Outcome
from engine.model.values import Elements, Record
from engine.ruleset.model import Requirement, Ruleset


@dataclass(frozen=True, order=True, slots=True)
class Objection:
    """One fault. `case` is a record in words, as the reference judged it; empty if none was found.

    `kind` and `names` say in `accepted.yaml` that the fault is known.
    """

    file: str
    kind: str
    names: tuple[str, ...]
    message: str
    case: str

    @property
    def id(self) -> str:
        """What an accepted fault is called."""
        return " ".join((self.kind, *self.names))


def outcome(requirement: Requirement, case: Case, record: Record | None = None) -> Outcome:
    """What the reference says of the subject of a case, or of another record of it."""
    return Measurer(requirement, case.world, case.year).outcome(record or case.subject)


class Describer:
    """Cases in words."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.words = Words(ruleset.schema, parameters=ruleset.parameter_titles)

    def case(self, case: Case, judged: Iterable[Requirement]) -> str:
        """The facts of a case, and what the requirements say of it."""
        said = "；".join(self._facts(case))
        outcomes = "，".join(
            f"“{r.title}”（{r.id}）{OUTCOME_TITLES[outcome(r, case)]}" for r in judged
        )
        return f"检查日{plain(case.world.as_of)}；{said}。结论：{outcomes}"

    def _facts(self, case: Case) -> Iterator[str]:
        yield from self._record(case.subject)
        if case.subject.parent is not None and case.subject.parent.values:
            title = self.words.schema.types[case.subject.parent.type].title
            yield f"上级“{title}”（{'，'.join(self._record(case.subject.parent))}）"
        yield from self._record(case.world.place)
        for name, periods in case.world.params.items():
            yield f"{self.words.parameter(name)}：{plain(periods[0].value)}"

    def _record(self, record: Record) -> Iterator[str]:
        for path, state in record.values.items():
            spec = self.words.field_type(record.type, path)
            title = f"“{self.words.title(record.type, path)}”"
            if isinstance(state, Elements) and any(isinstance(x, Record) for x in state.items):
                items = "、".join(
                    f"第{number}项（{'，'.join(self._record(item))}）"
                    for number, item in enumerate(state.items, 1)
                    if isinstance(item, Record)
                )
                ending = "" if state.closed else "，清单未封闭"
                yield f"{title}：{items}{ending}"
            else:
                yield f"{title}：{self.words.state(state, spec)}"
