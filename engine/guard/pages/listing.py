"""Every requirement in one row: what `fazhi rules list` and the index of the pages show."""

from __future__ import annotations

from dataclasses import dataclass

from engine.guard.pages.words import KIND_TITLES, name
from engine.model.outcome import SEVERITY_TITLES, Unconfirmed
from engine.ruleset.model import Ruleset


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement in short; `level` is empty of one that others carry.

    `article` is the first it rests on, `examples` how many it has.
    """

    domain: str
    id: str
    title: str
    subject: str
    kind: str
    level: str
    article: str
    unconfirmed: Unconfirmed | None
    examples: int


def rows(ruleset: Ruleset) -> list[Row]:
    """All requirements by domain and id, those that others carry included."""
    found = []
    for domain, requirement in sorted((where, id_) for id_, where in ruleset.domains.items()):
        carried = requirement in ruleset.covered
        judged = None if carried else ruleset.requirements[requirement]
        file = ruleset.covered[requirement] if judged is None else judged.file
        first = file.basis[0]
        found.append(
            Row(
                domain=domain,
                id=file.id,
                title=file.title,
                subject=ruleset.schema.types[file.subject].title,
                kind=KIND_TITLES[file.kind],
                level="" if judged is None else SEVERITY_TITLES[judged.severities.default],
                article=f"{name(ruleset.instruments[first.instrument])}{first.article}",
                unconfirmed=None if judged is None else judged.unconfirmed,
                examples=len(file.examples if judged is None else judged.examples),
            )
        )
    return found
