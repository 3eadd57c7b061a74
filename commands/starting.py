"""Commands an office begins with: blank ledgers, and the settings of its folder."""

from __future__ import annotations

from pathlib import Path

import click

from commands.asked import ruleset_with, show_first_page
from commands.program import exit_codes
from engine.model.errors import FazhiError
from opening import today
from reporter.options import FILE, LOCAL
from reporter.terminal.chinese import Command


class AlreadySetUpError(FazhiError):
    """The folder has settings, and setup doesn't touch them (wrong use, exit code 2)."""


@click.command(cls=Command)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--by", metavar="姓名", help="谁确认的，写进设置。")
@click.option("--yes", is_flag=True, help="看出来的照收，说不准的不定，不逐项问。")
@LOCAL
def setup(folder: Path, *, by: str | None, yes: bool, local: tuple[Path, ...]) -> None:
    """看一遍文件夹，逐项确认设置，写进“设置.xlsx”；已有设置的不改。"""
    with exit_codes():
        from engine.judging.run import run_of
        from facts.files.apart import Apart
        from facts.files.names import SETTINGS_BOOK
        from facts.folder import read_folder
        from facts.ledgers.settings_book import CONFIRMED_BY, CONFIRMED_ON
        from facts.ledgers.settings_book import settings_book as written
        from facts.proposals import has_settings, proposals
        from reporter.files import disk_told, write_new
        from reporter.terminal.asking import asked

        ruleset = ruleset_with(local)
        with Apart() as reader:
            facts = read_folder(folder, ruleset.schema, reader=reader)
        if has_settings(facts):
            raise AlreadySetUpError("文件夹里已有设置；要改，直接改“设置.xlsx”或 fazhi.yaml")
        show_first_page(ruleset, run_of(ruleset, facts, today()))
        found = {one.item: one.value for one in proposals(facts, ruleset.schema)}
        if not yes:
            questions = [question for item in facts.inputs for question in item.questions]
            found = asked(found, ruleset.province_names, questions)
            by = by or click.prompt(CONFIRMED_BY, default="", show_default=False)
        found |= {CONFIRMED_BY: by or "", CONFIRMED_ON: today().isoformat()}
        with disk_told("设置做不出来"):
            book = written(found)
        write_new(folder, {SETTINGS_BOOK: book})
        click.echo(f"写好 {folder / SETTINGS_BOOK}，随时可以改")


@click.command(cls=Command)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--core", is_flag=True, help="只要入门的一本：最要紧的列，按程序先后排。")
@LOCAL
def template(folder: Path, *, core: bool, local: tuple[Path, ...]) -> None:
    """写出空白台账（xlsx）和 fazhi.yaml，照着填；已有的文件不覆盖。"""
    with exit_codes():
        from engine.model.assessment import CORE
        from facts.ledgers.workbook import core_files, template_files
        from reporter.files import disk_told, write_new

        ruleset = ruleset_with(local)
        with disk_told("空白台账做不出来"):
            files = core_files(ruleset.schema) if core else template_files(ruleset.schema)
        write_new(folder, files)
        click.echo(f"写好{len(files)}个文件：")
        for name in sorted(files):
            click.echo(f"  {name}")
        if core:
            carried = len(ruleset.profiles[CORE])
            click.echo(
                f"填好以后运行 fazhi check {folder} --profile {CORE}，核{carried}条要求；"
                f"其余{len(ruleset.requirements) - carried}条要添哪些列，见工作簿里的“填表说明”，"
                "和不加 --core 写出的完整空白台账"
            )
