"""What became of the mutants of the ruleset, on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import IO

from engine.guard.mutants.trial import MUTANT_STATUS_TITLES, MutantStatus
from engine.guard.pages.mutants import Owner
from reporter.rules.share import percent
from reporter.terminal.page import Page


def render_mutants(owners: Sequence[Owner], out: IO[str]) -> None:
    """Write each owner with its score and the mutants that live, then domains, then the whole."""
    page = Page(out)
    domains: dict[str, Counter[MutantStatus]] = {}
    page.heading("要求，和各条要求共用的")
    for owner in owners:
        domains.setdefault(owner.domain, Counter()).update(owner.statuses)
        page.line(f"{owner.name}　{owner.title}　{_counted(owner.statuses)}", 2, 4)
        for missed in owner.missed:
            colour = "yellow" if missed.alive else None
            page.line(f"{missed.status}：{missed.change}（{missed.place}）", 4, 6, fg=colour)
            if missed.reason:
                page.line(missed.reason, 6, 6)
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
        if counted.get(status)
    )
    return f"变异体{sum(counted.values())}个：{'，'.join(parts)}；得分{_score(counted)}"


def _score(counted: Mapping[MutantStatus, int]) -> str:
    """The share of mutants noticed, of those that a record could notice."""
    noticed = counted.get(MutantStatus.KILLED, 0)
    return percent(noticed, noticed + counted.get(MutantStatus.ALIVE, 0))
