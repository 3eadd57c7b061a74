"""The program as a whole: errors to text and exit codes, and what is said meanwhile."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, NoReturn

import click

from engine.model.errors import FazhiError, InvalidRulesetError, reason, usual_reason
from engine.model.regex import regex
from opening import HOME
from reporter.exit_code import ExitCode
from reporter.terminal.chinese import Group

_STREAM: Final = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF, errno.EINVAL)
"""How writing to a stream fails that has no name."""

_NO_TEXT: Final = regex(r"\\udc([89a-f][0-9a-f])")
"""How Python quotes a byte of a word that is no text."""


@contextmanager
def exit_codes() -> Iterator[None]:
    """Turn expected errors into a message on stderr and an exit code."""
    from engine.assessing.workload import TooMuchError
    from engine.model.assessment_json import UnreadableAssessmentError
    from facts.files.single import UnreadableFileError
    from reporter.files import OutputError
    from reporter.visible import shown

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
        said = "\n".join(shown(line) for line in str(error).split("\n"))
        click.echo(f"出错了：{said}", err=True)
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

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401 - as click has it
        """See what was asked for."""
        with _shown_whole():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for, and see its words out."""
        try:
            with _shown_whole():
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


@contextmanager
def _shown_whole() -> Iterator[None]:
    """Let click quote words whose bytes are no text as every other message quotes them."""
    try:
        yield
    except click.ClickException as error:
        from reporter.visible import visible

        said = _NO_TEXT.sub(lambda byte: f"‹U+DC{byte[1].upper()}›", error.message)
        error.message = "\n".join(map(visible, said.split("\n")))  # type: ignore[misc] # click calls it final
        raise


def _unheard(error: OSError) -> NoReturn:
    """The screen, or the program behind the pipe, takes no more."""
    # Python flushes once more at its end, and would say so in its own words.
    with suppress(OSError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if error.errno != errno.EPIPE:
        click.echo(f"出错了：结果写不出去：{reason(error)}", err=True)
    raise click.exceptions.Exit(ExitCode.NOT_WRITTEN) from None


def _crashed(error: Exception) -> NoReturn:
    """One line for whoever runs it, and a report for whoever mends it."""
    from facts.files.cache import keep
    from reporter.crash import crash_report, place_of

    now = dt.datetime.now().astimezone()
    kept = keep(f"意外-{now:%Y%m%d-%H%M%S}.txt", crash_report(error, HOME).encode())
    where = f"；详情记在“{kept}”，里面没有台账的内容，请交给维护的人" if kept else ""
    place = place_of(error, HOME)
    name = (isinstance(error, OSError) and usual_reason(error)) or type(error).__name__
    kind = f"{name}{'，' if place else ''}{place}"
    click.echo(f"出错了：程序出了意外（{kind}），没有结果{where}", err=True)
    raise click.exceptions.Exit(ExitCode.FAILED) from None
