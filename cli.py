"""The command line: where `fazhi` is entered, and which commands it has."""

from __future__ import annotations

import atexit
import gc
import importlib.util
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

HOME: Final = Path(__file__).parent
ROOMS: Final = ("commands", "engine", "facts", "reporter", "tables")


def check_rooms() -> None:
    """End with a clear word where another program's modules stand in for ours (ADR 0024).

    They have names that others may use too, and whoever comes first on the path is imported.
    """
    for name in ROOMS:
        found = importlib.util.find_spec(name)
        origin = "" if found is None else found.origin or ""
        if Path(origin).resolve().parent != (HOME / name).resolve():
            there = origin or "没有"
            said = (
                f"出错了：名为“{name}”的程序块不是 fazhi 的（{there}）；请单独建一个环境来装 fazhi"
            )
            sys.stderr.write(said + "\n")
            sys.exit(7)


check_rooms()


def check_names() -> None:
    """End with a clear word where this machine is set so that no file can have a Chinese name."""
    try:
        "法治".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        said = (
            "出错了：照这台机器的设置，文件名里不能有汉字；请先运行 export PYTHONUTF8=1，再来一次"
        )
        sys.stderr.write(said + "\n")
        sys.exit(2)


from reporter.terminal.chinese import speak_chinese

speak_chinese()  # a command keeps the words that stood when it was made

from commands import days, judging, page, reports, results, rules, starting, statements
from commands.program import Program
from opening import RULESETS
from reporter.exit_code import ExitCode

__all__ = ["RULESETS", "ExitCode", "main"]


@click.group(cls=Program, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="fazhi", message="fazhi %(version)s", help="显示版本。")
def main() -> None:
    """法治体检：重大行政决策上会前核对，法治政府建设年度自查。"""
    # A hundred thousand trees and facts live as long as the process: looking for garbage among
    # them again and again takes a tenth of the time, and finds none.
    gc.set_threshold(1_000_000)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    check_names()


for _command in (
    judging.check,
    judging.predecision,
    judging.checklist,
    days.due,
    days.timetable,
    results.diff,
    reports.extract,
    results.replay,
    results.explain,
    starting.setup,
    starting.template,
    page.serve,
    page.web,
    statements.sql,
    rules.rules,
):
    main.add_command(_command)


def run() -> None:
    """Run the program as a process of its own, which ends as soon as all is said and done.

    Python would then take apart the hundred thousand objects that rules and facts are, for half
    a second.
    """
    code = 1  # which is Python's own, where an error gets out

    def leave() -> None:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # told before, if nobody hears any more
                stream.flush()
        os._exit(code)

    atexit.register(leave)  # before any other: it is called after them
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        raise


if __name__ == "__main__":
    run()
