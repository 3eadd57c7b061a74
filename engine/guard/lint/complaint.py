"""A fault of a ruleset: where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from engine.language import tree as t
from engine.language.check import check
from engine.ruleset.files import RequirementKind
from engine.ruleset.model import Requirement, Ruleset, Text


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault; `message` says in Chinese what is wrong and what to do.

    `line` is where it stands, counted from 1; 0 where the file has no line for it.
    """

    file: str
    key: str
    message: str
    line: int = 0


def expressions(requirement: Requirement, text: Text) -> Iterator[tuple[str, t.Expr]]:
    """The expressions that one text of a duty is written in, by key.

    What a person's answer adds to a manual requirement was not written by anybody.
    """
    if requirement.kind is RequirementKind.MANUAL:
        yield "applies", cast("t.And", text.applies).items[0]
    else:
        yield "applies", text.applies
        yield "require", text.require
    if text.lenient is not None:
        yield "lenient", text.lenient
    if text.due is not None:
        yield "due", text.due
    if text.note is not None:
        yield "note", text.note[0]


def others(requirement: Requirement) -> Iterator[tuple[str, t.Expr]]:
    """The expressions that all texts of a duty share, by key."""
    yield "act_on", requirement.act_on
    for condition, _ in requirement.severities.cases:
        yield "severity", condition


def terms(ruleset: Ruleset) -> Iterator[tuple[str, t.Expr]]:
    """Every term by name, typed."""
    for name, term in ruleset.terms.items():
        yield name, check(term.expr, term.subject, t.Kind.BOOL, ruleset.vocabulary)
