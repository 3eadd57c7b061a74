"""The pages of check-lists: item, requirement, ledger column."""

from __future__ import annotations

from engine.guard.pages.checklists import ChecklistLine, ChecklistPage

_HEAD = """# 清单：{title}

本页由 `python docs/generate.py` 从 `rulesets/checklists.yaml` 写成；{source}。

| 项目 | 要求 | 看台账的哪一栏 |
|---|---|---|
"""


def checklist_markdown(page: ChecklistPage) -> str:
    """The whole page, to stand in docs/checklists/."""
    return _HEAD.format(title=page.title, source=page.source) + "".join(map(_row, page.lines))


def _row(line: ChecklistLine) -> str:
    if line.reason:
        return f"| {line.title} | 没有要求：{line.reason} | — |\n"
    asked = "；".join(
        f"[{title}](../requirements/{domain}/{name}.md)"
        for name, title, domain in line.requirements
    )
    return f"| {line.title} | {asked} | {'；'.join(line.columns)} |\n"
