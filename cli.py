"""The command line: arguments to facts, engine and reporter; errors to text and exit codes."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeVar

import click

from engine.errors import FazhiError, InvalidRulesetError

if TYPE_CHECKING:  # `fazhi --help` stays fast: the rest is imported where it is used
    from engine.assessment import Assessment

RULESETS: Final = Path(__file__).parent / "rulesets"
SEVERITIES: Final = ("blocking", "major", "minor", "advisory")
_Command = TypeVar("_Command", bound=Callable[..., object])


class ExitCode(IntEnum):
    """What the command ends with; of several the one that stands first here."""

    RULESET_INVALID = 4
    WRONG_USE = 2
    NOT_WRITTEN = 6
    FAILED = 7
    UNREAD = 3
    NOTHING_CHECKED = 5
    FINDINGS = 1
    CLEAN = 0


class Exit(click.ClickException):
    """An expected failure: its message, its exit code."""

    def __init__(self, message: str, code: ExitCode) -> None:
        super().__init__(message)
        self.exit_code = code

    def show(self, file: IO[str] | None = None) -> None:
        """Say it on stderr."""
        click.echo(f"出错了：{self.format_message()}", file=file or sys.stderr)


@contextmanager
def exit_codes() -> Iterator[None]:
    """Turn expected errors into messages and exit codes."""
    from engine.assessment import UnreadableAssessmentError
    from reporter.files import OutputError

    try:
        yield
    except InvalidRulesetError as error:
        raise Exit(f"规则集有误，没有核对：{error}", ExitCode.RULESET_INVALID) from None
    except OutputError as error:
        raise Exit(str(error), ExitCode.NOT_WRITTEN) from None
    except UnreadableAssessmentError as error:
        raise Exit(str(error), ExitCode.UNREAD) from None
    except FazhiError as error:
        raise Exit(str(error), ExitCode.WRONG_USE) from None


class Day(click.ParamType):
    """A day as people write it on a command line: 2024-07-20."""

    name = "日期"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The day. Fails with what was expected."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2024-07-20 的样子", param, ctx)


DAY: Final = Day()


def progress(message: str) -> None:
    """Say on stderr what is being done, where someone watches."""
    if sys.stderr.isatty():
        click.echo(message, err=True)


def common(command: _Command) -> _Command:
    """Options that check and predecision share."""
    options = (
        click.option("--as-of", type=DAY, help="检查日，默认今天。"),
        click.option("--year", type=click.IntRange(2000, 2100), help="自查年度。"),
        click.option("--jurisdiction", help="适用哪个省的参数，如 henan。"),
        click.option(
            "--format",
            "form",
            type=click.Choice(["terminal", "json"]),
            default="terminal",
            show_default=True,
            help="输出格式。",
        ),
        click.option("--output", type=click.Path(path_type=Path), help="写到文件，默认写到屏幕。"),
        click.option(
            "--fail-on",
            type=click.Choice(SEVERITIES),
            default="minor",
            show_default=True,
            help="有这一级及更严重的问题时，退出码为 1。",
        ),
        click.option("--unmask", is_flag=True, help="显示姓名等个人信息和内部信息。"),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="fazhi", message="fazhi %(version)s")
def main() -> None:
    """法治体检：重大行政决策上会前核对，法治政府建设年度自查。"""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _ruleset() -> Ruleset:
    from engine.ruleset.load import load_ruleset
    from facts.schema import load_schema

    return load_ruleset(RULESETS, load_schema())


def _read(folder: Path, ruleset: Ruleset, year: int | None) -> Facts:
    from facts.folder import read_folder

    progress(f"读取 {folder} …")
    return read_folder(folder, ruleset.schema, year=year)


def _run(ruleset: Ruleset, facts: Facts, options: Options) -> Run:
    """The facts of a folder as the engine takes them."""
    from engine.assess import Run
    from engine.reference import World
    from engine.ruleset.model import parameters

    jurisdiction = options["jurisdiction"] or facts.jurisdiction
    world = World(
        schema=ruleset.schema,
        as_of=options["as_of"] or dt.datetime.now().astimezone().date(),
        calendar=facts.calendar,
        place=facts.place,
        params=parameters(ruleset, jurisdiction),
    )
    return Run(
        records=facts.records,
        world=world,
        year=facts.year,
        jurisdiction=jurisdiction,
        inputs=tuple(_input(item) for item in facts.inputs),
        closed=facts.closed,
        unmask=options["unmask"],
    )


def _input(item: Input) -> InputEntry:
    from engine.assessment import InputEntry, ProblemEntry

    return InputEntry(
        path=item.path,
        sha256=item.sha256,
        kind=item.kind.value,
        records=dict(item.records),
        notes=tuple(item.notes),
        problems=tuple(
            ProblemEntry(problem.place(), problem.text(), problem.level.value)
            for problem in item.problems
        ),
    )


def _deliver(assessment: Assessment, options: Options) -> None:
    """Write the result whole, to the file or the screen."""
    import io

    from engine.assessment import to_json
    from reporter.files import write_whole
    from reporter.terminal import render

    output: Path | None = options["output"]
    if options["form"] == "json":
        text = to_json(assessment) + "\n"
    elif output is None:
        render(assessment, sys.stdout)
        return
    else:
        buffer = io.StringIO()
        render(assessment, buffer)
        text = buffer.getvalue()
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text)


def _exit_code(assessment: Assessment, fail_on: str) -> ExitCode:
    from engine.outcome import Outcome, Severity

    limit = Severity(fail_on).rank
    unread = any(p.level == "error" for item in assessment.inputs for p in item.problems)
    judged = sum(assessment.summary.outcomes.values()) and assessment.summary.subjects
    found = {
        ExitCode.FAILED: assessment.summary.outcomes.get(Outcome.FAILED, 0) > 0,
        ExitCode.UNREAD: unread,
        ExitCode.NOTHING_CHECKED: not judged,
        ExitCode.FINDINGS: any(e.severity.rank <= limit for e in assessment.findings),
    }
    return next((code for code in ExitCode if found.get(code)), ExitCode.CLEAN)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--profile", help="只核对这份清单里的要求。")
@common
@click.pass_context
def check(ctx: click.Context, folder: Path, profile: str | None, **options: Any) -> None:
    """年度自查：核对文件夹里的全部台账和年度报告。"""
    with exit_codes():
        ruleset = _ruleset()
        facts = _read(folder, ruleset, options["year"])
        from engine.assess import assess

        progress("核对 …")
        run = replace(_run(ruleset, facts, options), profile=profile or "annual")
        assessment = assess(ruleset, run)
        _deliver(assessment, options)
    ctx.exit(_exit_code(assessment, options["fail_on"]))
