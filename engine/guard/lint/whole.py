"""What a requirement can't do without: an article, a message, a remedy, its examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.guard.lint.complaint import Complaint
from engine.guard.lint.possible import possible
from engine.model.outcome import OUTCOME_TITLES, Outcome
from engine.model.regex import regex
from engine.ruleset.files import RequirementFile, RequirementKind
from engine.ruleset.model import Requirement, Ruleset

_SAYS_SOMETHING: Final = regex(r"\w")
_WANTED: Final = {Outcome.MET: True, Outcome.GAP: False, Outcome.UNKNOWN: None}


def unfinished(ruleset: Ruleset) -> Iterator[Complaint]:
    """Requirements without article, message, remedy, rationale, or an example they need."""
    for file in [*(r.file for r in ruleset.requirements.values()), *ruleset.covered.values()]:
        yield from _texts(ruleset.file_of(file.id), file)
    for requirement in ruleset.requirements.values():
        yield from _redress(ruleset, requirement)
        yield from _examples(ruleset, requirement)


def _texts(place: str, file: RequirementFile) -> Iterator[Complaint]:
    for basis in (*file.basis, *(b for version in file.versions for b in version.basis)):
        if not _SAYS_SOMETHING.search(basis.article):
            message = f"“{basis.instrument}”没有写条号，请写到条、款、项，或文件的（几）"
            yield Complaint(place, "basis", message)
    wanted = {"rationale": (file.rationale, "请写明公式、条文、通常说法不一致时怎么定的")}
    if file.kind is not RequirementKind.COVERED:
        wanted["message"] = (file.message or "", "请写缺了什么")
        wanted["remedy"] = (file.remedy or "", "请写怎么改、来不及改的怎么办")
    for key, (text, advice) in wanted.items():
        if not _SAYS_SOMETHING.search(text):
            yield Complaint(place, key, f"是空的，{advice}")


def _redress(ruleset: Ruleset, requirement: Requirement) -> Iterator[Complaint]:
    """What is left to do once it is too late, of a duty for which it never gets too late."""
    place = ruleset.schema.types[requirement.subject]
    while not place.concluded and place.parent is not None:
        place = ruleset.schema.types[place.parent]
    for text in requirement.texts:
        if text.redress and not place.concluded and text.due is None:
            message = (
                "永远不会显示：没有 due，记录类型也没有写 concluded，请写其中一样，或者并入 remedy"
            )
            yield Complaint(ruleset.file_of(requirement.id), "redress", message)
            return


def _examples(ruleset: Ruleset, requirement: Requirement) -> Iterator[Complaint]:
    place = ruleset.file_of(requirement.id)
    found = {example.outcome for example in requirement.examples}
    current = requirement.texts[0]
    applies = possible(current.applies, ruleset.schema)
    can_be = possible(current.require, ruleset.schema)
    wanted = [outcome for outcome, truth in _WANTED.items() if truth in can_be | applies & {None}]
    if current.house:  # nothing is a gap by a period that no text sets
        wanted = [Outcome.BORDERLINE if one is Outcome.GAP else one for one in wanted]
    if True not in applies:
        wanted = [Outcome.NOT_APPLICABLE]
    for outcome in wanted:
        if outcome not in found:
            title = OUTCOME_TITLES[outcome]
            message = f"没有一个“{title}”的例子，请照条文编一个，算法写在 why"
            yield Complaint(place, "examples", message)
    for example in requirement.examples:
        if not _SAYS_SOMETHING.search(example.why):
            message = "这一例没有写 why，请写明结论是怎样从条文算出来的"
            yield Complaint(place, "examples", message, example.line)
