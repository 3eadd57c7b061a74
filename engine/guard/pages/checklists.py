"""A check-list as its page has it: each item with the requirements and columns behind it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.explaining.words import Words
from engine.language import tree as t
from engine.ruleset.model import Checklist, ChecklistItem, Ruleset


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """An item: requirements by id, title and domain, columns with their ledgers, or a reason."""

    title: str
    requirements: tuple[tuple[str, str, str], ...]
    columns: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ChecklistPage:
    """A check-list of the ruleset."""

    name: str
    title: str
    source: str
    lines: tuple[ChecklistLine, ...]


def checklist_pages(ruleset: Ruleset) -> tuple[ChecklistPage, ...]:
    """Every check-list, in the order of the ruleset."""
    words = Words(ruleset.schema)

    def line(item: ChecklistItem) -> ChecklistLine:
        asked = [expr for expr in (item.present, item.needed) if expr is not None]
        paths = [node for expr in asked for node in t.walk(expr) if isinstance(node, t.Path)]
        columns = (
            f"{ruleset.schema.types[path.record].title}：{words.title(path.record, path.field)}"
            for path in paths
        )
        return ChecklistLine(
            item.title,
            tuple(
                (name, ruleset.requirements[name].title, ruleset.domains[name])
                for name in item.requirements
            ),
            tuple(dict.fromkeys(columns)) if item.present is not None else ("人工认定",),
            item.reason,
        )

    def page(checklist: Checklist) -> ChecklistPage:
        lines = tuple(map(line, checklist.items))
        return ChecklistPage(checklist.id, checklist.title, checklist.source, lines)

    return tuple(map(page, ruleset.checklists.values()))
