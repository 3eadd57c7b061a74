"""Mutants in words: where, what stood there, what stands there instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from engine.explaining.words import Words
from engine.guard.mutants.mutants import ADJUSTMENT, INSTRUMENT, TERM, Mutant
from engine.guard.mutants.operators import Change, Operator
from engine.language import tree as t
from engine.ruleset.model import Ruleset

_SHARED: Final[Mapping[str, tuple[str, Callable[[Ruleset, str], str]]]] = {
    TERM: ("rulesets/terms.yaml", lambda ruleset, name: ruleset.terms[name].title),
    ADJUSTMENT: (
        "rulesets/adjustments.yaml",
        lambda ruleset, name: ruleset.adjustments[name].title,
    ),
    INSTRUMENT: ("rulesets/instruments.yaml", lambda ruleset, name: ruleset.instruments[name].name),
}
"""Of what requirements share: the file, and what people call it."""


def file(mutant: Mutant, ruleset: Ruleset) -> str:
    """The file that a mutant changes."""
    for prefix, (shared, _) in _SHARED.items():
        if mutant.owner.startswith(prefix):
            return shared
    return ruleset.file_of(mutant.owner)


def title(owner: str, ruleset: Ruleset) -> str:
    """What people call the owner of a mutant."""
    for prefix, (_, called) in _SHARED.items():
        if owner.startswith(prefix):
            return called(ruleset, owner.removeprefix(prefix))
    return ruleset.requirements[owner].title


def described(change: Change, words: Words) -> str:
    """What is changed, before and after."""
    before = words.expr(change.before)
    if change.after is None:
        return f"整个删去〔{before}〕"
    if change.operator is Operator.DROP:
        return f"〔{before}〕删去〔{_part(change.before, change.which, words)}〕"
    if change.operator in (Operator.TRUE, Operator.FALSE):
        always = "成立" if change.operator is Operator.TRUE else "不成立"
        return f"〔{before}〕当作总是{always}"
    return f"〔{before}〕改成〔{words.expr(change.after)}〕"


def _part(node: t.Expr, which: int, words: Words) -> str:
    """The part of a conjunction, disjunction or enumeration that was left out."""
    if isinstance(node, t.In):
        return str(node.values[which - 1])
    return words.expr(t.children(node)[which - 1])
