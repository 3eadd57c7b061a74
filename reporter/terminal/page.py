"""Lines of a terminal page: Chinese counted two columns wide, wrapped by Chinese rules."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import IO, Final

import click

from reporter.visible import visible
from reporter.width import text_width

WIDTH: Final = 100
"""Columns where there is no terminal to ask."""

_NEVER_FIRST: Final = frozenset("，。、；：？！”’）》】〕…—,.;:?!)]}%％")
_NEVER_LAST: Final = frozenset("“‘（《【〔([{")


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns.

    Words and numbers stay whole where they fit on a line; no line begins with a closing mark or
    ends with an opening one.
    """
    if text_width(text) <= width:
        return [text]
    lines: list[str] = []
    line, taken = "", 0
    for piece in _pieces(text):
        wide = text_width(piece)
        if not taken or taken + wide <= width:
            line, taken = line + piece, taken + wide
        else:
            kept = line.rstrip(" ")
            opened = len(kept) - len(kept.rstrip("".join(_NEVER_LAST)))
            line = kept[len(kept) - opened :] + piece.lstrip(" ")
            lines.append(kept[: len(kept) - opened])
            taken = text_width(line)
        while taken > width:
            lines.append(line[:width] if line[:width].isascii() else line[: width // 2])
            line = line[len(lines[-1]) :]
            taken = text_width(line)
    return [*lines, line] if line else lines


def cut(text: str, width: int) -> str:
    """So much of the text as fits in `width` columns, with a sign where more follows."""
    if text_width(text) <= width:
        return text
    while text_width(text) > width - 2:
        text = text[:-1]
    return f"{text}……"[: len(text) + 1]


def _pieces(text: str) -> list[str]:
    """Runs that stay together: an ASCII word, or one character, with the marks that follow."""
    pieces: list[str] = []
    for char in text:
        joins = pieces and (char in _NEVER_FIRST or (_in_word(char) and _in_word(pieces[-1][-1])))
        if joins:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _in_word(char: str) -> bool:
    return char.isascii() and not char.isspace()


class Page:
    """Writes lines to a stream, in colour only where it is a terminal.

    Whatever they say, nothing in them steers the terminal: what is hidden is made visible here.
    """

    def __init__(self, out: IO[str]) -> None:
        self.out, self.colour = out, out.isatty()
        self.width = shutil.get_terminal_size((WIDTH, 24)).columns if self.colour else WIDTH

    def line(self, text: str = "", indent: int = 0, hang: int = 0, **style: object) -> None:
        """One paragraph; further lines stand `hang` columns deeper than `indent`."""
        room = max(20, self.width - indent - hang)
        for number, piece in enumerate(wrap(visible(text), room)):
            spaces = " " * (indent + (hang if number else 0))
            shown = click.style(piece, **style) if self.colour and style else piece  # type: ignore[arg-type]
            self.out.write(f"{spaces}{shown}\n")

    def short(self, text: str, indent: int = 0, **style: object) -> None:
        """One line and no more: what doesn't fit is cut."""
        self.line(cut(visible(text), self.width - indent), indent, 0, **style)

    def notices(self, said: Iterable[str]) -> None:
        """What has to be known before what follows."""
        for notice in said:
            self.line(f"注意　　{notice}", 0, 8, fg="yellow")

    def heading(self, text: str) -> None:
        """A heading with a rule to the edge."""
        rule = "─" * ((self.width - text_width(visible(text)) - 8) // 2)
        self.out.write("\n")
        self.line(f"── {text} {rule}", bold=True)
