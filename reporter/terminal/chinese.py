"""Chinese for what click says by itself: usage lines, wrong options, missing arguments."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import click

DOMAIN = "fazhi"


def speak_chinese() -> None:
    """Make click's own words Chinese, whatever the machine's locale.

    click asks gettext for every sentence; the catalogue beside this module answers.
    """
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain(DOMAIN, str(Path(__file__).parent / "locale"))
    gettext.textdomain(DOMAIN)


class Whole(click.IntRange):
    """A whole number within bounds."""

    name = "整数"


class Command(click.Command):
    """A command whose usage line is Chinese too."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line after the command's name."""
        return [piece.replace("[OPTIONS]", "[选项]") for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was asked for; of two answers to one question none is taken without a word."""
        _, _, given = self.make_parser(ctx).parse_args(args=[*args])
        options = [one for one in given if isinstance(one, click.Option) and not one.is_flag]
        for one in options:
            if not one.multiple and options.count(one) > 1:
                ctx.fail(f"“{one.opts[0]}”写了不止一次，只能写一次")
        return super().parse_args(ctx, args)


class Group(click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line after the group's name."""
        chinese = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
        return [chinese.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]
