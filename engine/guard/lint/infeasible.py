"""What no record can show, as `rules verify` proved and noted it: truths and mutants.

A note holds for the expressions it was proved of: its stamp tells when they have changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from engine.explaining.words import Words
from engine.guard.lint.complaint import Complaint, expressions, others
from engine.guard.lint.conditions import ASPECT_TITLES, TERM, Place, Tried, tried
from engine.language import tree as t
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import InfeasibleFile, RequirementFile, VersionFile
from engine.ruleset.local import is_local
from engine.ruleset.model import Requirement, Ruleset

FILE: Final = "infeasible.yaml"
"""The table of a ruleset that holds the notes."""


def owner(place: Place) -> str:
    """Under which name a place stands in the notes: a requirement's id, or `term.` and a name."""
    return f"term.{place.owner}" if place.key == TERM else place.owner


def stamps(ruleset: Ruleset) -> dict[str, str]:
    """A digest of what a proof rests on: of requirements, and of what they share.

    That is: expressions with their terms, days in force, and how the fields read are declared.
    What is shared rests on all requirements that use it, and on what the file says of it; ours
    not on those of a local folder, whose author can't prove ours anew.
    """
    found: dict[str, str] = {}
    users: dict[str, list[str]] = {}
    for requirement in ruleset.requirements.values():
        own = found[requirement.id] = _digest(_rests_on(requirement, ruleset))
        names = {f"term.{node.name}" for node in _parts(requirement) if isinstance(node, t.Named)}
        names |= {
            f"adjustment.{name}"
            for name, entry in ruleset.adjustments.items()
            if entry.subject == requirement.subject
        }
        names |= {f"instrument.{b.instrument}" for text in requirement.texts for b in text.basis}
        for name in names:
            if is_local(requirement.id) == is_local(name.partition(".")[2]):
                users.setdefault(name, []).append(own)
    for name, entry in ruleset.adjustments.items():
        users.setdefault(f"adjustment.{name}", []).append(" ".join(entry.when.split()))
    return found | {name: _digest(sorted(used)) for name, used in users.items()}


def _parts(requirement: Requirement) -> Iterator[t.Expr]:
    """Every part of what decides outcomes, severities and notes."""
    written = (expressions(requirement, text) for text in requirement.texts)
    wholes = chain(others(requirement), *written)
    return (node for _, whole in wholes for node in t.walk(whole))


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _rests_on(requirement: Requirement, ruleset: Ruleset) -> Iterable[str]:
    file = requirement.file
    parts: list[RequirementFile | VersionFile] = [file, *file.versions]
    for part in parts:
        for written in (part.applies, part.require, part.lenient, part.due):
            yield " ".join((written or "").split())
        if part.note is not None:
            yield " ".join(part.note.when.split())
    yield str(file.act_on)
    if not isinstance(file.severity, str):
        yield from (f"{' '.join((c.when or '').split())}: {c.level}" for c in file.severity)
    for text in requirement.texts:
        yield " ".join(f"{window.start}~{window.end}" for window in text.windows)
        if text.lawful != text.windows:
            yield " ".join(f"{window.start}~{window.end}" for window in text.lawful)
        if text.house:
            yield "house"
    read: dict[str, str] = {}
    for node in _parts(requirement):
        if isinstance(node, t.Named):
            read[f"term.{node.name}"] = " ".join(ruleset.terms[node.name].expr.split())
        elif isinstance(node, t.Path):
            spec = ruleset.schema.types[node.record].fields.get(node.field)
            declared = (spec.type, spec.time, spec.progress, *spec.values) if spec else ()
            grows = ruleset.schema.types[node.record].in_progress(node.field)
            read[f"{node.record}.{node.field}"] = f"{' '.join(map(str, declared))} {grows}"
    yield from (f"{name}: {text}" for name, text in sorted(read.items()))


def proved(ruleset: Ruleset, found: Mapping[Place, Tried]) -> dict[Place, tuple[str, ...]]:
    """What no record can show of each condition, by notes that are not stale."""
    known = stamps(ruleset)
    never: dict[Place, tuple[str, ...]] = {}
    for place in found:
        note = ruleset.infeasible.get(owner(place))
        if note is not None and note.stamp == known.get(owner(place)) and str(place) in note.never:
            never[place] = note.never[str(place)]
    return never


def owed(ruleset: Ruleset, found: Mapping[Place, Tried]) -> dict[Place, tuple[str, ...]]:
    """What examples still owe each condition, but for what was proved impossible."""
    never = proved(ruleset, found)
    left = {
        place: tuple(aspect for aspect in shown.lacking if aspect not in never.get(place, ()))
        for place, shown in found.items()
    }
    return {place: lacking for place, lacking in left.items() if lacking}


def same(ruleset: Ruleset) -> set[tuple[str, str]]:
    """The mutants that no record tells from the original, by notes that are not stale."""
    known = stamps(ruleset)
    return {
        (name, mutant)
        for name, note in ruleset.infeasible.items()
        if note.stamp == known.get(name)
        for mutant in note.same
    }


def stale(ruleset: Ruleset) -> list[str]:
    """Notes on expressions that have changed since, or that there are no more."""
    known = stamps(ruleset)
    return [name for name, note in ruleset.infeasible.items() if known.get(name) != note.stamp]


def notes(
    ruleset: Ruleset,
    never: Mapping[Place, Iterable[str]],
    same_: Mapping[str, Iterable[str]],
) -> dict[str, InfeasibleFile]:
    """The notes to keep of what was proved: of conditions, and of mutants by owner."""
    known = stamps(ruleset)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for place, aspects in never.items():
        found.setdefault(owner(place), {})[str(place)] = tuple(aspects)
    return {
        name: InfeasibleFile.model_validate(
            {
                "stamp": known[name],
                "never": found.get(name, {}),
                "same": sorted(same_.get(name, ())),
            }
        )
        for name in sorted({*found, *same_})
    }


def local_only(notes_: Mapping[str, InfeasibleFile]) -> dict[str, InfeasibleFile]:
    """The notes on what local folders say: those on ours stand with ours."""
    return {name: n for name, n in notes_.items() if is_local(name.rpartition(".")[2])}


_HEAD: Final = (
    "# 没有一条记录能使这些条件成立（true）、不成立（false）、不明（unknown），"
    "或者左右结论（decides）；\n"
    "# 没有一条记录能看出这些变异体（same）。\n"
    "# 由 fazhi rules verify --proofs 写出，不要手改；stamp 是所证明的式子的指纹。\n"
)


def written(notes_: Mapping[str, InfeasibleFile]) -> str:
    """The notes as they are kept in a file."""
    lines = [_HEAD]
    for name, note in notes_.items():
        lines.append(f"{name}:\n  stamp: '{note.stamp}'\n")
        lines += ["  never:\n"] if note.never else []
        lines += [f"    {place}: {list(a)}\n" for place, a in sorted(note.never.items())]
        lines += ["  same:\n"] if note.same else []
        lines += [f"    - {mutant}\n" for mutant in note.same]
    return "".join(lines)


def unshown(ruleset: Ruleset, calendar: WorkCalendar) -> Iterator[Complaint]:
    """A complaint for each condition that examples still owe something, and each stale note."""
    words = Words(ruleset.schema, parameters=ruleset.parameter_titles)
    found = tried(ruleset, calendar)
    for place, lacking in owed(ruleset, found).items():
        shown = "、".join(ASPECT_TITLES[aspect] for aspect in lacking)
        message = (
            f"条件“{words.expr(found[place].node)}”没有例子使它{shown}，请各编一个；"
            f"编不出的，用 fazhi rules verify 证明（{place}）"
        )
        table = "terms.yaml" if place.key == TERM else "requirements"
        file = ruleset.file_of(place.owner, table)
        yield Complaint(file, place.owner if place.key == TERM else place.key, message)
    for name in stale(ruleset):
        file = ruleset.file_of(name, FILE)
        message = f"证明之后式子改过，请用 fazhi rules verify --proofs {file} 重新证明"
        yield Complaint(file, name, message)
