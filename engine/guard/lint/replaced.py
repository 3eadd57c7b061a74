"""Requirements that rest on a text after another has taken its place, and on unread ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from engine.guard.lint.complaint import Complaint
from engine.language import tree as t
from engine.ruleset.currency import successors
from engine.ruleset.files import Basis
from engine.ruleset.model import Requirement, Ruleset


def replaced(ruleset: Ruleset) -> Iterator[Complaint]:
    """Bases that last beyond the day on which another text took the place of theirs.

    A text of which nothing was read carries nothing either; what was so before, and is known from
    memory alone, is at most doubtful.
    """
    for requirement in ruleset.requirements.values():
        yield from _from_memory(ruleset, requirement)
        for basis in requirement.file.basis:
            if not basis.carries:
                continue
            name = ruleset.instruments[basis.instrument].name
            for successor, since in successors(ruleset, basis.instrument):
                if since is not None and _last(ruleset, basis) >= since:
                    message = (
                        f"《{name}》自{since}起由《{ruleset.instruments[successor].name}》取代，"
                        f"这一条依据写明 until: {since - dt.timedelta(days=1)}，"
                        f"并把取代它的条文（{successor}）写进 basis"
                    )
                    yield Complaint(ruleset.file_of(requirement.id), "basis", message)
            if ruleset.instruments[basis.instrument].read == "none":
                message = f"《{name}》一个字也没有读到（read: none），不能据以设定义务"
                yield Complaint(ruleset.file_of(requirement.id), "basis", message)


def _from_memory(ruleset: Ruleset, requirement: Requirement) -> Iterator[Complaint]:
    """Earlier texts that rest on what was not read and could accuse somebody."""
    for text in requirement.texts[1:]:
        carriers = [ruleset.instruments[basis.instrument] for basis in text.basis if basis.carries]
        doubtful = isinstance(text.lenient, t.Lit) and text.lenient.value is True
        if all(one.read == "none" for one in carriers) and not doubtful:
            names = "、".join(f"《{one.name}》" for one in carriers)
            message = f'{names}一个字也没有读到，以前的文本至多存疑：写 lenient: "true"'
            yield Complaint(ruleset.file_of(requirement.id), "versions", message)


def _last(ruleset: Ruleset, basis: Basis) -> dt.date:
    return basis.end or ruleset.instruments[basis.instrument].end or dt.date.max
