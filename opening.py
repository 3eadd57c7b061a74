"""An office's folder and the rules that it goes by, opened: where commands and the page begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

# `fazhi --help` stays fast: whatever is heavy is imported where it is used.
if TYPE_CHECKING:
    from engine.judging.run import Run
    from engine.ruleset.cached import CachedRuleset
    from engine.ruleset.model import Ruleset
    from facts.local.folders import LocalTexts

HOME: Final = Path(__file__).parent
RULESETS: Final = HOME / "rulesets"
SOURCES: Final = {name: HOME / name for name in ("engine", "facts")}
"""The code that the ruleset is read by."""


def cached_ruleset(local: Sequence[LocalTexts] = ()) -> CachedRuleset:
    """The shipped ruleset with local rules, kept in the user's cache folder."""
    from engine.ruleset.cached import CachedRuleset
    from engine.ruleset.local import LocalFolder
    from facts.files import cache
    from facts.local.records import extended
    from facts.records.load import load_schema

    return CachedRuleset(
        home=RULESETS,
        sources=SOURCES,
        records=lambda files: extended(load_schema(), files),
        folders=[LocalFolder(one.name, one.texts) for one in local],
        cache=cache,
    )


class Kept:
    """What a process that opens one folder after the other has not to make anew.

    The rules, as long as nothing of theirs changed, and what the files hold.
    """

    def __init__(self) -> None:
        from facts.files.apart import Answers

        self.answers = Answers()
        self._rules: tuple[bytes, Ruleset] | None = None

    def rules(self, cached: CachedRuleset) -> Ruleset:
        """The ruleset, read where it is another than the last one."""
        if self._rules is None or self._rules[0] != cached.stamp:
            self._rules = cached.stamp, cached.read()
        return self._rules[1]


def opened(  # noqa: PLR0913 - what an office may be looked at by
    folder: Path,
    *,
    as_of: dt.date | None = None,
    year: int | None = None,
    jurisdiction: str | None = None,
    local: Sequence[Path] = (),
    unmask: bool = False,
    progress: Callable[[str], None] = lambda _: None,
    kept: Kept | None = None,
) -> tuple[CachedRuleset, Ruleset, Run]:
    """The rules an office goes by, and its folder seen on the day that was asked for, else today.

    `progress` is told what is being done; `kept` is of folders opened before.
    """
    from facts.files.apart import Apart

    # ledgers are read while all else is imported and the rules are read
    with Apart(answers=kept.answers if kept else None, folder=folder) as reader:
        from engine.judging.run import run_of
        from facts.folder import read_folder
        from facts.local.folders import local_rules

        rules = local_rules(folder, local)
        cached = cached_ruleset(rules)
        ruleset = kept.rules(cached) if kept else cached.read()
        progress(f"读取 {folder} …")
        facts = read_folder(
            folder,
            ruleset.schema,
            year=year,
            jurisdiction=jurisdiction,
            apart=[one.place for one in rules],
            reader=reader,
        )
    return cached, ruleset, run_of(ruleset, facts, as_of or today(), unmask=unmask)


def today() -> dt.date:
    """The day by the machine's clock, where it stands."""
    return dt.datetime.now().astimezone().date()
