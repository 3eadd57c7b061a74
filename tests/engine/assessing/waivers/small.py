"""A small office: decisions in a csv, a few shipped requirements, and what comes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.assessing.assess import assess
from engine.judging.run import Run
from engine.judging.run import run_of as whole_run
from engine.model.assessment import Assessment, OutcomeEntry
from engine.ruleset.model import Ruleset
from facts.folder import read_folder

AS_OF = dt.date(2024, 7, 20)
BLOCKING, MAJOR = "dec-legality-before-discussion", "dec-comment-30d"
HEADER = (
    "决策编号,决策事项,是否重大行政决策,不适用本程序的情形,另有程序的依据,"
    "征求意见公告日期,征求意见截止日期,缩短期限的理由,公告中是否说明缩短理由,"
    "合法性审查意见日期,讨论日期"
)
ROW = "{key},{title},是,无,无,2024-05-01,{until},无,否,{reviewed},2024-06-20"


def decision(
    key: str, *, title: str = "", until: str = "2024-05-31", reviewed: str = "2024-06-10"
) -> str:
    """A row, a matter of its own: comments open for 30 days, reviewed before the meeting."""
    title = title or ("停车收费" if key == "决1" else f"停车收费{key}")
    return ROW.format(key=key, title=title, until=until, reviewed=reviewed)


def office(folder: Path, *rows: str, header: str = HEADER, name: str = "决策台账.csv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def run_of(folder: Path, ruleset: Ruleset, as_of: dt.date = AS_OF, *, unmask: bool = False) -> Run:
    return whole_run(ruleset, read_folder(folder, ruleset.schema), as_of, unmask=unmask)


def some(ruleset: Ruleset, names: Sequence[str] = (BLOCKING, MAJOR)) -> Ruleset:
    """The ruleset with these requirements alone, and no gates."""
    chosen = {name: ruleset.requirements[name] for name in names}
    return replace(ruleset, requirements=chosen, gates={})


def checked(folder: Path, ruleset: Ruleset, as_of: dt.date = AS_OF) -> Assessment:
    return assess(some(ruleset), run_of(folder, ruleset, as_of))


def outcome(assessment: Assessment, requirement: str, key: str) -> OutcomeEntry:
    (found,) = (
        e for e in assessment.outcomes if e.requirement == requirement and e.subject_key == key
    )
    return found
