"""An invented city's own rules, as docs/local-rules.md has one write them, and its office."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.docs.test_followed import steps

PAGE: Final = {path: body for what, path, body in steps("local-rules.md", "## 照着做一遍")}
"""What the page has one write, by path; under the empty path the commands."""

RULES: Final = {
    path.removeprefix("我市/本地规则/"): body
    for path, body in PAGE.items()
    if path.startswith("我市/本地规则/")
}
MEETING: Final = RULES["records/local_meeting.yaml"]
LAW: Final = RULES["instruments.yaml"]
DUTY: Final = RULES["property/local-meeting-filing.yaml"]
LEDGER: Final = PAGE["我市/业主大会备案台账.csv"]
"""The first is filed on the thirtieth day, the second on the thirty-first."""

SMALLEST: Final = """\
id: local-schedule
title: 启动时写明时间安排
subject: decision
basis: [{instrument: TL713, article: 第十条}]
severity: minor
act_on: as_of
require: has(decision.schedule)
message: 没有写明时间安排。
remedy: 补写时间安排。
rationale: 本市要求启动决策时一律写明时间安排。
examples:
  - {outcome: met, as_of: 2024-12-31, given: {schedule: 三个月}, why: 写了}
  - {outcome: gap, as_of: 2024-12-31, given: {schedule: null}, why: 台账写“无”}
  - {outcome: unknown, as_of: 2024-12-31, why: 没有这一列}
"""
"""One requirement on a ledger of ours, under a law of ours: the least a folder can hold."""


def write(folder: Path, files: dict[str, str]) -> Path:
    """The folder with these files in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def office(folder: Path, settings: str = "rulesets: 本地规则\n") -> Path:
    """The city's office: its ledger, its settings, its rules in a folder of their own."""
    head = "place: {name: 某市, level: 县级}\nyear: 2024\n"
    write(folder, {"业主大会备案台账.csv": LEDGER, "fazhi.yaml": head + settings})
    write(folder / "本地规则", RULES)
    return folder
