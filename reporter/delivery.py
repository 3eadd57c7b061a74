"""Results on their way out: to the screen, or whole to a file.

送出：写到屏幕，或者整个写到文件。
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from reporter.formats import FORMATS, TERMINAL

if TYPE_CHECKING:  # the command line imports this for its help, which stays fast
    from engine.model.assessment import Assessment
    from reporter.files import Content


def deliver(
    assessment: Assessment,
    form: str,
    output: Path | None,
    *,
    whole: bool = True,
    understood: Sequence[str] = (),
) -> None:
    """The assessment in the format `form`; on the screen not `whole` where so asked.

    `understood` is said there of a folder without settings. Raises `OutputError`.
    """
    if form == TERMINAL and output is None:
        from reporter.terminal.assessment import render

        render(assessment, sys.stdout, whole=whole, understood=understood)
    else:
        write(_made(assessment, form), output)


def _made(assessment: Assessment, form: str) -> Content:
    from reporter.files import disk_told

    pieces = FORMATS[form].pieces
    with disk_told("结果做不出来"):
        return FORMATS[form].render(assessment) if pieces is None else pieces(assessment)


def draw(render: Callable[[IO[str]], None], output: Path | None) -> None:
    """What `render` writes. Raises `OutputError`."""
    if output is None:
        render(sys.stdout)
        return
    buffer = io.StringIO()
    render(buffer)
    write(buffer.getvalue(), output)


def write(content: Content, output: Path | None) -> None:
    """The content as it is. Raises `OutputError`."""
    from reporter.files import in_pieces, write_whole

    if output is None:
        for piece in in_pieces(content):
            click.echo(piece, nl=False)
    else:
        write_whole(output, content)
