"""The command that reads a report alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.program import exit_codes
from reporter.delivery import draw, write
from reporter.formats import JSON, chosen
from reporter.options import FILE, OUTPUT, PLAIN, formats
from reporter.terminal.chinese import Command


@click.command(cls=Command)
@click.argument("report", type=FILE, metavar="报告")
@click.option("--text", type=FILE, metavar="文件", help="把读出的全文写到文件，位置以它为准。")
@formats(PLAIN)
@OUTPUT
@click.option("--unmask", is_flag=True, help="显示18位身份证号；不写只留末4位。")
def extract(report: Path, text: Path | None, **options: Any) -> None:  # noqa: ANN401
    """抽取年度报告里的每一个数字，连同原句，并复算它们的关系。"""
    with exit_codes():
        import json

        from engine.model.masking import document_without_identity, hidden_in_place
        from facts.files.apart import Apart
        from facts.files.single import read_report_file
        from facts.report import read_report
        from facts.report.extract import document
        from reporter.terminal.figures import render_figures

        form = chosen(options["form"], options["output"], PLAIN)
        with Apart() as reader:
            decoded = read_report_file(report, reader)
        content = document(read_report(decoded, name=report.name))
        if not options["unmask"]:
            decoded, content = hidden_in_place(decoded), document_without_identity(content)
        if text is not None:
            write(decoded, text)
        if form == JSON:
            write(json.dumps(content, ensure_ascii=False, indent=1) + "\n", options["output"])
        else:
            draw(lambda out: render_figures(content, out), options["output"])
