"""Mutants of the ruleset: how many examples notice, which are proved the same, which live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import IO

from engine.explaining.words import Words
from engine.guard.mutants.description import described, file, title
from engine.guard.mutants.mutants import Mutant
from engine.guard.mutants.trial import MUTANT_STATUS_TITLES, SURVIVES, MutantStatus
from engine.ruleset.model import Ruleset
from reporter.terminal.page import Page

_SHOWN = (MutantStatus.ACCEPTED, MutantStatus.ALIVE)


def render_mutants(
    ruleset: Ruleset, found: Iterable[tuple[Mutant, MutantStatus]], out: IO[str]
) -> None:
    """Write each owner with its score and the mutants that live, then domains, then the whole."""
    page = Page(out)
    words = Words(ruleset.schema, parameters=ruleset.parameter_titles)
    owners: dict[str, list[tuple[Mutant, MutantStatus]]] = {}
    for mutant, status in found:
        owners.setdefault(mutant.owner, []).append((mutant, status))
    domains: dict[str, Counter[MutantStatus]] = {}
    page.heading("要求，和各条要求共用的")
    for owner, tried in owners.items():
        counted = Counter(status for _, status in tried)
        domain = ruleset.domains.get(owner, "（共用）")
        domains.setdefault(domain, Counter()).update(counted)
        page.line(f"{owner}　{title(owner, ruleset)}　{_counted(counted)}", 2, 4)
        for mutant, status in tried:
            if status in _SHOWN:
                colour = "yellow" if status is MutantStatus.ALIVE else None
                where = f"{file(mutant, ruleset)} {mutant.id}"
                said = (
                    f"{MUTANT_STATUS_TITLES[status]}：{described(mutant.change, words)}（{where}）"
                )
                page.line(said, 4, 6, fg=colour)
                reason = ruleset.accepted.get(f"{SURVIVES} {mutant.owner} {mutant.id}")
                if reason is not None:
                    page.line(reason.reason, 6, 6)
    page.heading("领域")
    for domain, counted in domains.items():
        page.line(f"{domain}　{_counted(counted)}", 2, 4)
    whole: Counter[MutantStatus] = sum(domains.values(), Counter())
    page.line()
    page.line(_counted(whole))
    page.line(f"变异得分 {_score(whole)}")


def _counted(counted: Mapping[MutantStatus, int]) -> str:
    parts = (
        f"{MUTANT_STATUS_TITLES[status]}{counted[status]}个"
        for status in MutantStatus
        if counted[status]
    )
    return f"变异体{sum(counted.values())}个：{'，'.join(parts)}；得分{_score(counted)}"


def _score(counted: Mapping[MutantStatus, int]) -> str:
    """The share of mutants noticed, of those that a record could notice."""
    noticed = counted[MutantStatus.KILLED]
    whole = noticed + counted[MutantStatus.ALIVE]
    return f"{noticed * 1000 // whole / 10:g}%" if whole else "100%"
