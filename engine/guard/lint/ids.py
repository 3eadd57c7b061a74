"""Ids that were given once: none disappears, none is given to another duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.guard.lint.complaint import Complaint
from engine.ruleset.local import is_local
from engine.ruleset.model import Ruleset

_TABLE: Final = "ids.yaml"


def misused(ruleset: Ruleset) -> Iterator[Complaint]:
    """Differences between the requirements there are and the ids ever given.

    A local folder need not keep a list of its ids; where it does, it is held to it.
    """
    files = [*(r.file for r in ruleset.requirements.values()), *ruleset.covered.values()]
    titles = {file.id: file.title for file in files}
    for name, title in titles.items():
        known = ruleset.ids.get(name)
        if known is None:
            file = _list(ruleset, name)
            message = f"新的 id，请记一行：{name}: {{title: {title}}}"
            yield from [Complaint(file, name, message)] if file else []
        elif known.withdrawn:
            message = f"这个 id 已经撤销（{known.title}），不得再用，请换一个"
            yield Complaint(ruleset.file_of(name), "id", message)
        elif known.title != title:
            message = (
                f"这个 id 原是“{known.title}”。还是同一项义务的，在 ids.yaml 改 title、"
                "旧名写进 was，并记入 CHANGELOG；换了义务的，换一个 id"
            )
            yield Complaint(ruleset.file_of(name), "title", message)
    for name, known in ruleset.ids.items():
        if name not in titles and not known.withdrawn:
            message = "这条要求不见了。id 不能删：写上 withdrawn（为什么撤销），并记入 CHANGELOG"
            yield Complaint(ruleset.file_of(name, _TABLE), name, message)


def _list(ruleset: Ruleset, name: str) -> str:
    """The file that a new id is noted in; none where a local folder keeps no list."""
    if not is_local(name):
        return f"rulesets/{_TABLE}"
    folder, _, _ = ruleset.file_of(name).partition("/")
    file = f"{folder}/{_TABLE}"
    return file if file in ruleset.lines else ""
