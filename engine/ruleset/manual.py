"""Requirements that a person settles: the answer is a fact of the record, like any other."""

from __future__ import annotations

from typing import Final

from engine.language import tree as t
from engine.language.vocabulary import MANUAL

MET: Final = "符合"
NOT_MET: Final = "不符合"
NOT_APPLICABLE: Final = "不涉及"
ANSWERS: Final = (MET, NOT_MET, NOT_APPLICABLE)
"""What a person may answer in the 人工认定 ledger."""


def answer(subject: str, requirement: str) -> t.Path:
    """The field of the subject that holds the answer; unanswered is unknown."""
    return t.Path(subject, 0, subject, MANUAL + requirement, t.Kind.STRING)


def answer_met(subject: str, requirement: str) -> t.Expr:
    """Whether the person found it met."""
    return t.Compare("==", answer(subject, requirement), t.Lit(MET, t.Kind.STRING))


def answer_applies(subject: str, requirement: str, *, early: bool = False) -> t.Expr:
    """Whether the person did not find it beside the point.

    `early`: it may be too early to ask, before what the question is about is there. That there is
    no answer yet is known then, and the question itself is not beside the point.
    """
    given = answer(subject, requirement)
    beside = t.Compare("!=", given, t.Lit(NOT_APPLICABLE, t.Kind.STRING))
    return t.Or((t.Not(t.Has(given)), beside)) if early else beside
