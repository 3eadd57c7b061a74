"""Writes the generated pages of docs/: run `python docs/generate.py` from the repository's root.

A test fails while a page differs from what this would write.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import cli  # noqa: E402 - the repository's root comes first
from docs.house import House, Picture, room_list  # noqa: E402
from engine.guard.pages.checklists import checklist_pages  # noqa: E402
from engine.guard.pages.listing import rows  # noqa: E402
from engine.guard.pages.requirement import page_of  # noqa: E402
from engine.model.assessment_json import json_schema  # noqa: E402
from engine.model.survey import survey_json_schema  # noqa: E402
from engine.ruleset.load import load_ruleset  # noqa: E402
from facts.records.load import load_schema  # noqa: E402
from reporter.rules.checklists import checklist_markdown  # noqa: E402
from reporter.rules.listing import index_page  # noqa: E402
from reporter.rules.requirement import markdown  # noqa: E402

REQUIREMENTS = ROOT / "docs" / "requirements"
CHECKLISTS = ROOT / "docs" / "checklists"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
_ROOMS = ("<!-- rooms -->\n", "<!-- /rooms -->")
"""Between these the architecture page has the list of rooms."""

_CODES = {
    cli.ExitCode.CLEAN: "核对了，没有要处理的",
    cli.ExitCode.FINDINGS: "有 `--fail-on` 那一级或更严重的问题（默认 minor）",
    cli.ExitCode.WRONG_USE: "用法不对：参数、选项、编号写错了",
    cli.ExitCode.UNREAD: "有材料没读进来（其余照样核对）",
    cli.ExitCode.RULESET_INVALID: "规则集有误，什么都没核",
    cli.ExitCode.NOTHING_CHECKED: "一条记录也没核到；或者太多，一次核不了，什么也没核",
    cli.ExitCode.NOT_WRITTEN: "结果写不出去，原来的文件没动",
    cli.ExitCode.FAILED: "有结论没核成：两个引擎不一致，或者超出步数；或者程序出了意外，没有结果",
    cli.ExitCode.STOPPED: "中途按了 Ctrl+C，没有结果",
}


def cli_page() -> str:
    """docs/cli.md: every command's help, and the exit codes."""
    parts = [
        "# 命令行\n",
        "本页由 `python docs/generate.py` 写成。\n",
        "结果写到标准输出（UTF-8），进度和错误写到标准错误。\n",
    ]
    for name, command in _commands(cli.main, ("fazhi",)):
        text = command.get_help(_context(name, command))
        parts.append(f"## {' '.join(name)}\n\n```text\n{text}\n```\n")
    order = "、".join(str(int(code)) for code in cli.ExitCode)
    parts.append(f"## 退出码\n\n几种情形同时出现时，取这个次序里的第一个：{order}。\n")
    rows = [f"| {int(code)} | {_CODES[code]} |" for code in sorted(cli.ExitCode)]
    parts.append("| 退出码 | 意思 |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _commands(
    command: click.Command, name: tuple[str, ...]
) -> list[tuple[tuple[str, ...], click.Command]]:
    found = [(name, command)]
    if isinstance(command, click.Group):
        for child in sorted(command.commands):
            found += _commands(command.commands[child], (*name, child))
    return found


def _context(name: tuple[str, ...], command: click.Command) -> click.Context:
    parent = None
    for part in name[:-1]:
        parent = click.Context(click.Group(part), info_name=part, parent=parent)
    return click.Context(command, info_name=name[-1], parent=parent, terminal_width=80)


def requirement_pages() -> dict[Path, str]:
    """docs/requirements/: the text of `fazhi rules show` for each, an index; docs/checklists/."""
    ruleset = load_ruleset(cli.RULESETS, load_schema())
    intro = (
        "本页和各条要求的页由 `python docs/generate.py` 写成，与 `fazhi rules show` 的内容相同。"
        "纲要各节、各部法规的条文各有哪些要求，见 `fazhi rules coverage`。"
    )
    found = {REQUIREMENTS / "README.md": index_page(rows(ruleset), "要求一览", intro)}
    for name, domain in ruleset.domains.items():
        found[REQUIREMENTS / domain / f"{name}.md"] = markdown(page_of(ruleset, name))
    for page in checklist_pages(ruleset):
        found[CHECKLISTS / f"{page.name}.md"] = checklist_markdown(page)
    return found


def house_pages() -> dict[Path, str]:
    """docs/architecture.svg, and the list of rooms in docs/architecture.md: from the imports."""
    house = House(ROOT)
    start, end = _ROOMS
    before, _, rest = ARCHITECTURE.read_text(encoding="utf-8").partition(start)
    after = rest.partition(end)[2]
    return {
        ROOT / "docs" / "architecture.svg": Picture(house).svg(),
        ARCHITECTURE: f"{before}{start}{room_list(house)}\n{end}{after}",
    }


@cache
def pages() -> dict[Path, str]:
    """Every generated page and its content."""
    return {
        ROOT / "docs" / "cli.md": cli_page(),
        ROOT / "docs" / "schema" / "assessment.json": json_schema(),
        ROOT / "docs" / "schema" / "survey.json": survey_json_schema(),
        **house_pages(),
        **requirement_pages(),
    }


def stale() -> list[Path]:
    """Pages of requirements that are no more."""
    return sorted(set(REQUIREMENTS.rglob("*.md")) - set(pages()))


if __name__ == "__main__":
    for path in stale():
        path.unlink()
    for path, content in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        print(path.relative_to(ROOT))  # noqa: T201
