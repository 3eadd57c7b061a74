"""What must be found where, beside each requirement: a fault planted in the city, or why none.

The scripts themselves are read by the tests, which know nothing of the rules; here it is only
asked that there is one, and that what it says can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from engine.guard.lint.complaint import Complaint
from engine.model.errors import InvalidRulesetError
from engine.model.outcome import OUTCOME_TITLES, Outcome, Severity
from engine.model.strict_yaml import load_yaml
from engine.model.validated import validate
from engine.ruleset.load import EXPECTED
from engine.ruleset.local import is_local
from engine.ruleset.model import Ruleset

_TITLES: Final = {title: outcome for outcome, title in OUTCOME_TITLES.items()}
_HOW: Final = "见 docs/add-a-requirement.md“种下的问题”"
_Text = Annotated[str, Field(min_length=1)]
_Cells = Mapping[str, Any]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Spoiled(_Strict):
    """What is done to one lawful matter, and what else follows from it."""

    set: _Cells = {}
    rows: Mapping[str, _Cells] = {}
    reword: Mapping[str, Mapping[str, str]] = {}
    drop: tuple[str, ...] = ()
    add: Mapping[str, tuple[_Cells, ...]] = {}
    answer: _Cells = {}
    gone: bool = False
    also: Mapping[str, str | _Cells] = {}


class _Beside(_Spoiled):
    """Another lawful matter that the first has to do with."""

    matter: str | _Cells


class _Planted(_Spoiled):
    """One fault, one lawful near-miss, or one thing nobody may pass, of some kind."""

    fault: _Text | None = None
    near: _Text | None = None
    unsure: _Text | None = None
    kind: _Text | None = None
    outcome: str | None = None
    matter: str | _Cells | None = None
    where: tuple[str, ...] = ()
    record: _Text | None = None
    beside: tuple[_Beside, ...] = ()


class _Found(_Strict):
    """A finding that must be made in examples/qinglan, worked out by hand."""

    record: _Text
    outcome: Outcome
    severity: Severity
    place: _Text
    row: _Text | None = None
    cells: Mapping[str, str] = {}
    quotes: tuple[str, ...] = ()
    sum: _Text


class _Boundary(_Strict):
    """A record of examples/qinglan on the other side of a limit."""

    record: _Text
    outcome: Outcome
    sum: _Text


class _Qinglan(_Strict):
    """What of a requirement is found there; `without`: why there is nothing for it to judge."""

    without: _Text | None = None
    findings: tuple[_Found, ...] = ()
    boundaries: tuple[_Boundary, ...] = ()


class _File(_Strict):
    article: _Text | None = None
    duty: _Text | None = None
    matter: str | _Cells | None = None
    record: _Text | None = None
    lawful: Mapping[str, _Cells] = {}
    planted: tuple[_Planted, ...] = ()
    unplanted: _Text | None = None
    qinglan: _Qinglan = _Qinglan()


def unexpected(ruleset: Ruleset, folder: Path) -> Iterator[Complaint]:
    """Requirements of `folder` without a planted fault or a reason; files of no requirement."""
    ours = {name: domain for name, domain in ruleset.domains.items() if not is_local(name)}
    wanted = {f"{domain}/{name}{EXPECTED}": name for name, domain in ours.items()}
    there = {p.relative_to(folder).as_posix(): p for p in folder.glob(f"*/*{EXPECTED}")}
    for place in sorted(there.keys() - wanted.keys()):
        message = "没有这条要求，请改文件名，或者删去这个文件"
        yield Complaint(f"rulesets/{place}", "", message)
    for place in sorted(wanted):
        if place in there:
            yield from _read(f"rulesets/{place}", there[place])
        else:
            message = (
                "没有这个文件：请写一件合规的事怎样弄坏、该报什么（planted）；"
                f"台账里弄不坏的，写 unplanted: 为什么。{_HOW}"
            )
            yield Complaint(f"rulesets/{place}", "planted", message)


def _read(place: str, path: Path) -> Iterator[Complaint]:
    try:
        file = validate(_File, load_yaml(path.read_text(encoding="utf-8"), place), place)
    except InvalidRulesetError as error:
        yield Complaint(place, error.key, error.reason)
        return
    faults = [one for one in file.planted if one.fault is not None]
    if not faults and file.unplanted is None:
        message = f"没有一处种下的问题（fault），请写一处；弄不坏的，写 unplanted: 为什么。{_HOW}"
        yield Complaint(place, "planted", message)
    if faults and file.unplanted is not None:
        yield Complaint(place, "unplanted", "已经种了问题，请删去这一行")
    if faults and (file.article is None or file.duty is None):
        yield Complaint(place, "article", "请写条号（article）和用自己的话说的条文（duty）")
    for one in file.planted:
        names = [name for name in (one.fault, one.near, one.unsure) if name is not None]
        name = "、".join(names)
        if len(names) != 1:
            message = (
                f"“{name}”须有 fault（种下的问题）、near（近似而合规的）、"
                "unsure（不许算符合的）之一，不能都写"
            )
            yield Complaint(place, "planted", message)
        if one.matter is None and file.matter is None:
            message = f"“{name}”没有写弄坏哪一种事（matter）"
            yield Complaint(place, "matter", message)
        if one.outcome is not None and one.outcome not in _TITLES:
            message = f"“{name}”的“{one.outcome}”不是结论，应是{'、'.join(_TITLES)}"
            yield Complaint(place, "outcome", message)
