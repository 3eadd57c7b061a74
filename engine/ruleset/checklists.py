"""Check-lists of a ruleset: their items with what tells each, and who asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.language import tree as t
from engine.ruleset import files as f
from engine.ruleset.expressions import Expressions
from engine.ruleset.model import Checklist, ChecklistItem, Requirement

_CHECKLISTS: Final = "checklists.yaml"


def checklists(
    expressions: Expressions, requirements: Mapping[str, Requirement]
) -> dict[str, Checklist]:
    """Every check-list by its name.

    Raises `InvalidRulesetError` for a requirement that isn't there and for an expression that
    can't be read.
    """
    tables = expressions.tables

    def item(name: str, subject: str, one: f.ChecklistItemFile) -> ChecklistItem:
        for wanted in one.requirements:
            tables.known(wanted, requirements, _CHECKLISTS, name)

        def expr(text: str | None) -> t.Expr | None:
            return None if text is None else expressions.expr(_CHECKLISTS, name, text, subject)

        return ChecklistItem(
            one.item, expr(one.needed), expr(one.present), one.requirements, one.reason
        )

    return {
        name: Checklist(
            name,
            one.title,
            one.subject,
            one.source,
            tuple(item(name, one.subject, each) for each in one.items),
        )
        for name, one in tables.table(_CHECKLISTS, f.ChecklistFile).items()
    }
