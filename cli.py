"""The command line: arguments to facts, engine and reporter; errors to text and exit codes."""

from __future__ import annotations

import datetime as dt
import errno
import gc
import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

HOME: Final = Path(__file__).parent
ROOMS: Final = ("engine", "facts", "reporter")


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

from engine.model.errors import FazhiError, InvalidRulesetError
from opening import RULESETS, cached_ruleset, opened, today
from reporter.delivery import deliver, draw, write
from reporter.exit_code import ExitCode, exit_code
from reporter.formats import DEADLINES, JSON, TERMINAL, chosen
from reporter.options import DAY, FILE, LOCAL, OUTPUT, PLAIN, common, formats, looking
from reporter.terminal.chinese import Group, speak_chinese

# `fazhi --help` stays fast: whatever is heavy is imported where it is used.
if TYPE_CHECKING:
    from engine.judging.run import Run
    from engine.model.assessment import Assessment, MadeFrom, OutcomeEntry
    from engine.ruleset.cached import CachedRuleset
    from engine.ruleset.model import Ruleset


_STREAM: Final = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF, errno.EINVAL)
"""How writing to a stream fails that has no name."""

speak_chinese()


class AlreadySetUpError(FazhiError):
    """The folder has settings, and setup doesn't touch them (wrong use, exit code 2)."""


@contextmanager
def exit_codes() -> Iterator[None]:
    """Turn expected errors into a message on stderr and an exit code."""
    from engine.assessing.workload import TooMuchError
    from engine.model.assessment import UnreadableAssessmentError
    from facts.files.single import UnreadableFileError
    from reporter.files import OutputError

    kinds: dict[type[FazhiError], ExitCode] = {
        InvalidRulesetError: ExitCode.RULESET_INVALID,
        OutputError: ExitCode.NOT_WRITTEN,
        UnreadableAssessmentError: ExitCode.UNREAD,
        UnreadableFileError: ExitCode.UNREAD,
        TooMuchError: ExitCode.NOTHING_CHECKED,
        FazhiError: ExitCode.WRONG_USE,
    }
    try:
        yield
    except FazhiError as error:
        click.echo(f"出错了：{error}", err=True)
        code = next(code for kind, code in kinds.items() if isinstance(error, kind))
        raise click.exceptions.Exit(code) from None


def progress(message: str) -> None:
    """Say on stderr what is being done, where someone watches."""
    if sys.stderr.isatty():
        click.echo(message, err=True)


class Program(Group):
    """The program as a whole: however it ends, its exit code says how.

    Python's own code for an error that nobody foresaw is 1, which here means findings.
    """

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for, and see its words out."""
        try:
            found = super().invoke(ctx)
            sys.stdout.flush()
        except (click.exceptions.Exit, click.ClickException):
            raise
        except KeyboardInterrupt:
            click.echo("停下了，没有结果", err=True)
            raise click.exceptions.Exit(ExitCode.STOPPED) from None
        except click.Abort:
            click.echo("没有回答，什么也没有写", err=True)
            raise click.exceptions.Exit(ExitCode.WRONG_USE) from None
        except OSError as error:
            if error.filename is None and error.errno in _STREAM:
                _unheard(error)
            _crashed(error)
        except Exception as error:  # noqa: BLE001 - this is what they end in
            _crashed(error)
        return found


def _unheard(error: OSError) -> NoReturn:
    """The screen, or the program behind the pipe, takes no more."""
    # Python flushes once more at its end, and would say so in its own words.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if error.errno != errno.EPIPE:
        click.echo(f"出错了：结果写不出去：{error.strerror}", err=True)
    raise click.exceptions.Exit(ExitCode.NOT_WRITTEN) from None


def _crashed(error: Exception) -> NoReturn:
    """One line for whoever runs it, and a report for whoever mends it."""
    from facts.files.cache import keep
    from reporter.crash import crash_report, place_of

    now = dt.datetime.now().astimezone()
    kept = keep(f"意外-{now:%Y%m%d-%H%M%S}.txt", crash_report(error, HOME).encode())
    where = f"；详情记在“{kept}”，里面没有台账的内容，请交给维护的人" if kept else ""
    place = place_of(error, HOME)
    kind = f"{type(error).__name__}{'，' if place else ''}{place}"
    click.echo(f"出错了：程序出了意外（{kind}），没有结果{where}", err=True)
    raise click.exceptions.Exit(ExitCode.FAILED) from None


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


@main.command()
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--profile", metavar="清单", help="只核对这份清单里的要求。")
@click.option("--since", type=FILE, metavar="结果文件", help="与上次的结果（json）比较。")
@click.option("--all", "whole", is_flag=True, help="屏幕上写出每一项，不只是第一屏。")
@common
@click.pass_context
def check(
    ctx: click.Context,
    /,
    folder: Path,
    profile: str | None,
    since: Path | None,
    *,
    whole: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """年度自查：核对文件夹里的全部台账和年度报告。"""
    with exit_codes():
        from engine.assessing.assess import assess
        from engine.assessing.since import since as compared

        options["form"] = chosen(options["form"], options["output"])
        before = _load(since) if since is not None else None
        cached, ruleset, run = _opened(folder, options)
        progress("核对 …")
        if options["form"] == TERMINAL and options["output"] is None:
            _first_page(ruleset, run)
        assessment = assess(ruleset, replace(run, profile=profile or ""))
        if before is not None:
            assessment = compared(assessment, before)
        if options["form"] == JSON:
            assessment = _lying_in(assessment, folder, options["output"])
        deliver(assessment, options["form"], options["output"], whole=whole)
        cached.remember(ruleset)
    ctx.exit(exit_code(assessment, options["fail_on"]))


@main.command()
@click.argument("folder", type=FILE, metavar="文件夹")
@click.argument("key", metavar="编号或名称")
@click.option("--meeting", type=DAY, help="拟上会的日子，默认取台账里的，没有就取检查日。")
@common
@click.pass_context
def predecision(
    ctx: click.Context,
    /,
    folder: Path,
    key: str,
    meeting: dt.date | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """上会前核对：这件决策能不能上会、能不能出台，缺什么、谁来补。"""
    with exit_codes():
        from engine.assessing.predecision import predecide

        options["form"] = chosen(options["form"], options["output"])
        cached, ruleset, run = _opened(folder, {**options, "decision": key, "meeting": meeting})
        progress("核对 …")
        assessment = predecide(ruleset, run, key, meeting)
        deliver(assessment, options["form"], options["output"])
        cached.remember(ruleset)
    ctx.exit(exit_code(assessment, options["fail_on"]))


@main.command()
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option(
    "--days",
    type=click.IntRange(0, 3660),
    metavar="天数",
    default=30,
    show_default=True,
    help="往后看多少日。",
)
@looking
@formats(DEADLINES)
@click.pass_context
def due(ctx: click.Context, /, folder: Path, days: int, **options: Any) -> None:  # noqa: ANN401
    """期限：什么事哪一天以前要办，哪个单位、由谁办；也可以写成日历文件（.ics）。"""
    with exit_codes():
        from engine.assessing.assess import assess
        from reporter.deadlines import within
        from reporter.terminal.deadlines import render_deadlines

        form = chosen(options["form"], options["output"], DEADLINES)
        cached, ruleset, run = _opened(folder, options)
        progress("核对 …")
        found = within(assess(ruleset, run), days)
        if form == TERMINAL:
            draw(lambda out: render_deadlines(found, out, days), options["output"])
        else:
            write(DEADLINES[form].render(found), options["output"])
        cached.remember(ruleset)
    ctx.exit(exit_code(found, fail_on=None))


@main.command()
@click.argument("folder", type=FILE, metavar="文件夹")
@click.argument("key", metavar="编号或名称")
@click.option("--meeting", type=DAY, help="拟上会（审议、决定）的日子，默认取台账里的。")
@looking
@formats(PLAIN)
def timetable(
    folder: Path,
    key: str,
    meeting: dt.date | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """时间表：一件决策、文件、案件还要办的各步，最早、最迟哪天，凭什么。"""
    with exit_codes():
        from engine.assessing.timetable.timetable import timetables_of
        from engine.model.assessment import timetables_json
        from reporter.terminal.timetable import render_timetables

        form = chosen(options["form"], options["output"], PLAIN)
        cached, ruleset, run = _opened(folder, options)
        progress("逐日核对 …")
        found = timetables_of(ruleset, run, key, meeting)
        if form == JSON:
            write(timetables_json(found), options["output"])
        else:
            draw(lambda out: render_timetables(found, out), options["output"])
        cached.remember(ruleset)


@main.command()
@click.argument("old", type=FILE, metavar="上次结果")
@click.argument("new", type=FILE, metavar="这次结果")
@formats(PLAIN)
@OUTPUT
@click.pass_context
def diff(ctx: click.Context, /, old: Path, new: Path, **options: Any) -> None:  # noqa: ANN401
    """比较两次的结果（json）：新出现、再次出现、仍然存在、未再出现、已解决、不再涉及。

    年度不同的，只按纲要各节比较。有新出现或再次出现的问题（年度不同的，有变差的节），退出码为 1。
    """
    with exit_codes():
        from engine.assessing.since import since, to_json, worse
        from reporter.terminal.comparison import render_comparison

        form = chosen(options["form"], options["output"], PLAIN)
        compared = since(_load(new), _load(old))
        if form == TERMINAL:
            draw(lambda out: render_comparison(compared, out), options["output"])
        else:
            write(to_json(compared), options["output"])
    ctx.exit(ExitCode.FINDINGS if worse(compared) else ExitCode.CLEAN)


@main.command()
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


@main.command()
@click.argument("result", type=FILE, metavar="结果文件")
@click.option("--data", type=FILE, required=True, metavar="文件夹", help="当时核的文件夹。")
@LOCAL
@click.pass_context
def replay(ctx: click.Context, /, result: Path, data: Path, local: tuple[Path, ...]) -> None:
    """照当时的检查日、选项重核一次：一字不差退出码为 0；不一样的说出什么变了，退出码为 1。"""
    with exit_codes():
        from engine.assessing.assess import assess
        from engine.assessing.predecision import predecide
        from engine.assessing.replay import changes
        from engine.model.assessment import from_json
        from facts.files.single import read_result_file

        text = read_result_file(result)
        then = from_json(text)
        asked = then.made_from
        if asked is None:
            raise FazhiError("这份结果没有写明由什么做成；请用 --format json 写出来的")
        options = {
            "year": asked.year,
            "jurisdiction": asked.jurisdiction,
            "decision": asked.decision,
            "meeting": asked.meeting,
            "as_of": then.as_of,
            "unmask": asked.unmask,
            "local": local,
            "form": JSON,
        }
        cached, ruleset, run = _opened(data, options)
        progress("重核 …")
        if asked.decision is None:
            now = assess(ruleset, replace(run, profile=then.profile))
        else:
            now = predecide(ruleset, run, asked.decision, asked.meeting)
        cached.remember(ruleset)
        said = changes(text, then, now)
        click.echo("不一样：" if said else "一字不差")
        for line in said:
            click.echo(f"  {line}")
    ctx.exit(ExitCode.FINDINGS if said else ExitCode.CLEAN)


@main.command()
@click.argument("assessment", type=FILE, metavar="结果文件")
@click.argument("requirement", metavar="要求")
@click.argument("key", metavar="编号")
@click.option("--folder", type=FILE, metavar="文件夹", help="当时核对的文件夹，移动过的才要写。")
@LOCAL
def explain(
    assessment: Path, requirement: str, key: str, folder: Path | None, local: tuple[Path, ...]
) -> None:
    """说明一个结论的经过：哪个条件、哪些值、在哪个单元格、差多少。

    不必处理的，结果文件里不存经过，照当时的文件夹重新核一遍。
    """
    with exit_codes():
        from engine.assessing.explained import changed
        from engine.model.assessment import find_outcomes
        from reporter.terminal.assessment import render_explanation

        loaded = _load(assessment)
        found = find_outcomes(loaded, requirement, key)
        folder = folder or _folder_of(loaded, assessment)
        if folder is not None and not all(entry.trace for entry in found):
            again, inputs = _explained(loaded, found[0].requirement, key, folder, local)
            for line in changed(loaded.inputs, inputs, found, again):
                click.echo(line)
            found = again or found
        render_explanation(loaded, found, sys.stdout)


@main.command()
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--by", metavar="姓名", help="谁确认的，写进设置。")
@click.option("--yes", is_flag=True, help="看出来的照收，说不准的不定，不逐项问。")
@LOCAL
def setup(folder: Path, *, by: str | None, yes: bool, local: tuple[Path, ...]) -> None:
    """看一遍文件夹，逐项确认设置，写进“设置.xlsx”；已有设置的不改。"""
    with exit_codes():
        from engine.judging.run import run_of
        from facts.files.apart import Apart
        from facts.folder import read_folder
        from facts.ledgers.settings_book import CONFIRMED_BY, CONFIRMED_ON, SETTINGS_BOOK
        from facts.ledgers.settings_book import settings_book as written
        from facts.proposals import has_settings, proposals
        from reporter.files import write_new
        from reporter.terminal.asking import asked

        ruleset = _ruleset(local)
        with Apart() as reader:
            facts = read_folder(folder, ruleset.schema, reader=reader)
        if has_settings(facts):
            raise AlreadySetUpError("文件夹里已有设置；要改，直接改“设置.xlsx”或 fazhi.yaml")
        _first_page(ruleset, run_of(ruleset, facts, today()))
        found = {one.item: one.value for one in proposals(facts, ruleset.schema)}
        if not yes:
            questions = [question for item in facts.inputs for question in item.questions]
            found = asked(found, ruleset.province_names, questions)
            by = by or click.prompt(CONFIRMED_BY, default="", show_default=False)
        found |= {CONFIRMED_BY: by or "", CONFIRMED_ON: today().isoformat()}
        write_new(folder, {SETTINGS_BOOK: written(found)})
        click.echo(f"写好 {folder / SETTINGS_BOOK}，随时可以改")


@main.command()
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--core", is_flag=True, help="只要入门的一本：最要紧的列，按程序先后排。")
@LOCAL
def template(folder: Path, *, core: bool, local: tuple[Path, ...]) -> None:
    """写出空白台账（xlsx）和 fazhi.yaml，照着填；已有的文件不覆盖。"""
    with exit_codes():
        from engine.model.assessment import CORE
        from facts.ledgers.workbook import core_files, template_files
        from reporter.files import write_new

        ruleset = _ruleset(local)
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


DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    default="fazhi-data",
    show_default=True,
    help="数据文件夹，没有就建一个，只有自己看得到。",
)
DATABASE = click.option("--database", metavar="URL", default="", help="用 PostgreSQL：postgres://…")


@main.command()
@DATA
@click.option(
    "--host", metavar="地址", default="127.0.0.1", show_default=True, help="开在哪个地址。"
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="端口。"
)
@click.option("--name", "names", metavar="域名", multiple=True, help="别的机器用什么名字打开它。")
@click.option("--behind-tls", is_flag=True, help="前面有一台收 https 的服务器。")
@DATABASE
def serve(  # noqa: PLR0913 - the options
    data: Path, host: str, port: int, names: tuple[str, ...], database: str, *, behind_tls: bool
) -> None:
    """办公室的网页：上传台账，看能不能上会、哪里有问题，下载附表。"""
    with exit_codes():
        page = _page()
        page.configured(data, database, ",".join(names), tls=behind_tls)
        page.serve(host, port, lambda said: click.echo(said, err=True))


@main.group()
def web() -> None:
    """办公室网页的维护。"""


@web.command("backup")
@click.argument("target", type=click.Path(path_type=Path), metavar="文件")
@DATA
@DATABASE
def web_backup(target: Path, data: Path, database: str) -> None:
    """把网页存的全部（材料、结果、人员、日志）备份成一个文件；网页开着也可以。"""
    with exit_codes():
        _page().configured(data, database)
        from web.backup import backup

        backup(target)
        click.echo(f"备份到 {target}；要用它时，停下网页，换掉数据文件夹里的 fazhi.sqlite3")


@main.group()
def rules() -> None:
    """看一看规则集里的要求。"""


@rules.command("list")
@LOCAL
def rules_list(local: tuple[Path, ...]) -> None:
    """列出每一条要求：编号、名称、严重度、对象。"""
    with exit_codes():
        from engine.guard.pages.listing import rows
        from reporter.rules.listing import render_list

        render_list(rows(_ruleset(local)), sys.stdout)


@rules.command("show")
@click.argument("requirement", metavar="要求")
@LOCAL
def rules_show(requirement: str, local: tuple[Path, ...]) -> None:
    """一条要求的全文：依据、条件、整改、说明、例子。"""
    with exit_codes():
        from engine.guard.pages.requirement import page_of
        from reporter.rules.requirement import markdown

        click.echo(markdown(page_of(_ruleset(local), requirement)), nl=False)


@rules.command("lint")
@LOCAL
@click.pass_context
def rules_lint(ctx: click.Context, /, local: tuple[Path, ...]) -> None:
    """查规则集：缺依据、整改、例子、种下的问题，式子没试全，没人读的栏，没人引的法规，改了意思的编号。"""
    with exit_codes():
        from engine.guard.lint.expected import unexpected
        from engine.guard.lint.lint import lint
        from facts.calendar import work_calendar
        from reporter.rules.listing import render_complaints

        ruleset = _ruleset(local)
        complaints = [*lint(ruleset, work_calendar()), *unexpected(ruleset, RULESETS)]
        render_complaints(complaints, len(ruleset.domains), sys.stdout)
    ctx.exit(ExitCode.RULESET_INVALID if complaints else ExitCode.CLEAN)


@rules.command("verify")
@click.option(
    "--proofs", type=FILE, metavar="文件", help="把证明记到文件：rulesets/infeasible.yaml。"
)
@LOCAL
@click.pass_context
def rules_verify(ctx: click.Context, /, proofs: Path | None, local: tuple[Path, ...]) -> None:
    """用 z3 证明：永不适用、永不符合、永不违反的要求，互相矛盾的，打不开的闸门，接不上的界限。"""
    with exit_codes():
        from engine.guard.lint.infeasible import local_only, notes, written
        from facts.calendar import work_calendar

        try:
            from engine.guard.pages.proofs import proofs_of
            from engine.guard.verify.verify import verify
            from reporter.rules.proofs import render_proofs
        except ModuleNotFoundError as error:
            if error.name != "z3":
                raise
            message = "没有装 z3。请先运行 pip install 'fazhi[verify]'，或 pip install z3-solver"
            raise FazhiError(message) from None
        ruleset = _ruleset(local)
        progress("证明 …")
        found = verify(ruleset, work_calendar())
        render_proofs(proofs_of(ruleset, found), sys.stdout)
        if proofs is not None:
            made = notes(ruleset, found.proofs, found.same)
            write(written(local_only(made) if local else made), proofs)
    ctx.exit(ExitCode.CLEAN if found.clean else ExitCode.RULESET_INVALID)


@rules.command("coverage")
@click.option("--conditions", is_flag=True, help="改看每个条件：例子使它成立、不成立、不明了没有。")
@click.option("--mutants", is_flag=True, help="改看变异体：式子写错一处，例子看不看得出。")
@LOCAL
@click.pass_context
def rules_coverage(
    ctx: click.Context, /, *, conditions: bool, mutants: bool, local: tuple[Path, ...]
) -> None:
    """纲要各节、各部法规的条文各有哪些要求，哪些还没有；或者例子试全了条件、看出了变异体没有。"""
    code = ExitCode.CLEAN
    with exit_codes():
        if conditions and mutants:
            raise click.UsageError("--conditions 和 --mutants 一次看一样")
        ruleset = _ruleset(local)
        whole = True
        if conditions:
            whole = _conditions(ruleset)
        elif mutants:
            whole = _mutants(ruleset)
        else:
            from engine.guard.pages.coverage import coverage_of
            from reporter.rules.coverage import render_coverage

            render_coverage(coverage_of(ruleset), sys.stdout)
        code = ExitCode.CLEAN if whole else ExitCode.RULESET_INVALID
    ctx.exit(code)


@rules.command("currency")
@click.option("--as-of", type=DAY, help="哪一天的情形，默认今天。")
@LOCAL
def rules_currency(as_of: dt.date | None, local: tuple[Path, ...]) -> None:
    """依据的文件还能不能用：原文没有读到的、该再核对的、已被取代的，各有哪些要求靠着它。"""
    with exit_codes():
        from engine.guard.pages.currency import currency_of
        from reporter.rules.currency import render_currency

        render_currency(currency_of(_ruleset(local), as_of or today()), sys.stdout)


def _conditions(ruleset: Ruleset) -> bool:
    """Show what examples try of every condition; whether that is everything."""
    from engine.guard.lint.conditions import tried
    from engine.guard.lint.infeasible import owed
    from engine.guard.pages.conditions import conditions_of
    from facts.calendar import work_calendar
    from reporter.rules.conditions import render_conditions

    found = tried(ruleset, work_calendar())
    render_conditions(conditions_of(ruleset, found), sys.stdout)
    return not owed(ruleset, found)


def _mutants(ruleset: Ruleset) -> bool:
    """Show what becomes of every mutant; whether none is left alive."""
    from engine.guard.mutants.trial import MutantStatus, tried
    from engine.guard.pages.mutants import mutants_of
    from facts.calendar import work_calendar
    from reporter.rules.mutants import render_mutants

    progress("逐个变异体判例子 …")
    found = list(tried(ruleset, work_calendar()))
    render_mutants(mutants_of(ruleset, found), sys.stdout)
    return all(status is not MutantStatus.ALIVE for _, status in found)


def _ruleset(given: Sequence[Path] = ()) -> Ruleset:
    """The shipped ruleset with the local rules given."""
    from facts.local.folders import local_rules

    return cached_ruleset(local_rules(None, given)).read()


def _opened(folder: Path, options: dict[str, Any]) -> tuple[CachedRuleset, Ruleset, Run]:
    """The rules an office goes by, and its folder seen on the day that was asked for."""
    names = ("as_of", "year", "jurisdiction", "local", "unmask")
    asked = {name: options[name] for name in names}
    cached, ruleset, run = opened(folder, progress=progress, **asked)
    if options.get("form") == JSON:
        run = replace(run, made_from=_made_from(options))
    return cached, ruleset, run


def _made_from(options: dict[str, Any]) -> MadeFrom:
    """Which program runs, and what it was asked instead of the folder."""
    from importlib.metadata import version

    from engine.model.assessment import MadeFrom
    from engine.ruleset.store import stamp

    code = stamp({name: HOME / name for name in ("engine", "facts", "reporter")})
    return MadeFrom(
        version("fazhi"),
        code.hex(),
        year=options["year"],
        jurisdiction=options["jurisdiction"],
        decision=options.get("decision"),
        meeting=options.get("meeting"),
    )


def _page() -> ModuleType:
    """What starts the page in the browser; it needs libraries of its own."""
    try:
        from web import serve as page
    except ModuleNotFoundError as error:
        if error.name not in ("django", "waitress", "dj_database_url"):
            raise
        raise FazhiError("没有装网页要的库。请先运行 pip install 'fazhi[web]'") from None
    return page


def _lying_in(assessment: Assessment, folder: Path, output: Path | None) -> Assessment:
    """The assessment with where its folder lies, as seen from the file it is written to."""
    start = Path() if output is None else output.parent
    try:
        where = Path(relpath(folder, start)).as_posix()
    except ValueError:  # on another drive of Windows
        where = folder.absolute().as_posix()
    inputs = tuple(replace(item, folder=where) for item in assessment.inputs)
    return replace(assessment, inputs=inputs)


def _folder_of(assessment: Assessment, file: Path) -> Path | None:
    """The folder of an assessment that was read from `file`; None where it is not there."""
    found = next((file.parent / item.folder for item in assessment.inputs if item.folder), None)
    return found if found is not None and found.is_dir() else None


def _explained(
    loaded: Assessment, requirement: str, key: str, folder: Path, local: Sequence[Path]
) -> tuple[list[OutcomeEntry], Mapping[str, str]]:
    """Outcomes with their reasons as the folder has them now, and the digests of its files."""
    from engine.assessing.explained import explained

    asked = {"local": local, "year": loaded.year, "as_of": loaded.as_of, "unmask": False}
    cached, ruleset, run = _opened(folder, asked | {"jurisdiction": loaded.jurisdiction or None})
    found = explained(ruleset, run, requirement, key)
    cached.remember(ruleset)
    return found, {item.path: item.sha256 for item in run.facts.inputs}


def _first_page(ruleset: Ruleset, run: Run) -> None:
    """What was read and what it suggests, where the folder has no settings yet."""
    from engine.assessing.screened import screened
    from facts.proposals import has_settings, proposals
    from reporter.terminal.first_page import render_first_page

    if has_settings(run.facts):
        return
    titles = {name: record_type.title for name, record_type in ruleset.schema.types.items()}
    suggested = [(one.item, one.value, one.why) for one in proposals(run.facts, ruleset.schema)]
    render_first_page(run.facts, titles, suggested, screened(ruleset, run), sys.stdout)


def _load(path: Path) -> Assessment:
    """An assessment that was saved as JSON."""
    from engine.model.assessment import from_json
    from facts.files.single import read_result_file

    return from_json(read_result_file(path))


if __name__ == "__main__":
    main()
