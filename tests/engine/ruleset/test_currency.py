"""Which texts can't be relied on as they are cited: worked out from their days by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from engine.assessing.standing import stale_texts
from engine.guard.lint.replaced import replaced
from engine.model.assessment import OutcomeEntry, Staleness
from engine.model.outcome import Outcome, Severity
from engine.ruleset.currency import Stale, stale, successor_on
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from facts.records.load import read_schema
from tests.engine.guard.lint.test_lint import RULE, THING

D = dt.date
TEXTS = """
LAW: {name: 某条例, from: 2020-01-01, read: full, checked: 2024-06-30}
OLD: {name: 旧办法, from: 2010-01-01, read: excerpt, checked: 2024-06-30}
NEW: {name: 新办法, from: 2024-07-01, read: full, checked: 2024-06-30, replaces: [OLD]}
HEARD: {name: 听说的, from: 2020-01-01, read: secondary, checked: 2024-06-30}
NEVER: {name: 没读的, from: 2020-01-01, read: none}
SOME: {name: 不知哪天起的, read: full, checked: 2024-06-30, replaces: [HEARD]}
"""


def ruleset(folder: Path, basis: str) -> Ruleset:
    files = {
        "ruleset": "version: '1'\ntitle: 试\nchecked_within: 30\n",
        "instruments": TEXTS,
        "ids": "a-one: {title: 办理}\n",
        "dom/a-one": RULE.replace("[{instrument: LAW, article: 第一条}]", basis),
    }
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_ruleset(folder, read_schema({"thing.yaml": THING}))


def test_unread_overdue_and_replaced(tmp_path: Path) -> None:
    """30 natural days after 2024-06-30 is 2024-07-30, in time; the day after is not.

    Fails if the first day of the new text were still the old one's.
    """
    made = ruleset(tmp_path, "[{instrument: OLD, article: 一}, {instrument: NEVER, article: 二}]")
    u, o, r = Staleness.UNREAD, Staleness.OVERDUE, Staleness.REPLACED
    rests = ("a-one",)
    assert stale(made, D(2024, 6, 30)) == (
        Stale("HEARD", (r, u), (), {}), Stale("NEVER", (u, o), rests, {}),
    )  # fmt: skip
    assert stale(made, D(2024, 7, 30)) == (
        Stale("OLD", (r,), rests, {}),
        Stale("HEARD", (r, u), (), {}),
        Stale("NEVER", (u, o), rests, {}),
    )  # fmt: skip
    late = {one.instrument: one.why for one in stale(made, D(2024, 7, 31))}
    assert late == {
        "LAW": (o,), "OLD": (r, o), "NEW": (o,), "HEARD": (r, u, o), "NEVER": (u, o), "SOME": (o,),
    }  # fmt: skip
    assert successor_on(made, "OLD", D(2024, 6, 30)) is None
    assert successor_on(made, "OLD", D(2024, 7, 1)) == "NEW"


def test_a_basis_may_not_outlast_its_text(tmp_path: Path) -> None:
    """Refused without an end, and one day late; not on the eve, nor where it only supports."""

    def said(name: str, basis: str) -> list[str]:
        return [one.message for one in replaced(ruleset(tmp_path / name, basis))]

    refused = (
        "《旧办法》自2024-07-01起由《新办法》取代，这一条依据写明 until: 2024-06-30，"
        "并把取代它的条文（NEW）写进 basis"
    )
    old = "{instrument: OLD, article: 一"
    assert said("open", f"[{old}}}]") == [refused]
    assert said("late", f"[{old}, until: 2024-07-01}}]") == [refused]
    assert said("eve", f"[{old}, until: 2024-06-30}}]") == []
    assert said("beside", f"[{old}, carries: false}}, {{instrument: LAW, article: 一}}]") == []


def test_no_duty_is_made_of_an_unread_text(tmp_path: Path) -> None:
    made = ruleset(tmp_path, "[{instrument: NEVER, article: 一}]")
    (complaint,) = replaced(made)
    assert complaint.message == "《没读的》一个字也没有读到（read: none），不能据以设定义务"


def test_what_an_unread_text_said_before_is_at_most_doubtful(tmp_path: Path) -> None:
    """Fails if a duty known from memory alone could be broken, or were hidden from the list."""

    def made(name: str, lenient: str) -> Ruleset:
        current = "[{instrument: NEW, article: 一}]\nversions:\n"
        earlier = (
            f"  - basis: [{{instrument: NEVER, article: 二}}]\n    require: thing.flag\n{lenient}"
        )
        return ruleset(tmp_path / name, current + earlier.rstrip("\n"))

    (complaint,) = replaced(made("gap", ""))
    assert complaint.message == (
        '《没读的》一个字也没有读到，以前的文本至多存疑：写 lenient: "true"'
    )
    doubtful = made("doubt", "    lenient: 'true'\n")
    assert list(replaced(doubtful)) == []
    hung = {
        one.instrument: (one.requirements, one.earlier) for one in stale(doubtful, D(2024, 7, 30))
    }
    assert hung == {"OLD": ((), {}), "HEARD": ((), {}), "NEVER": ((), {"a-one": (1,)})}
    # what was judged by the earlier text rests on it, what was judged by the current one doesn't
    (entry,) = stale_texts(doubtful, doubtful.requirements.values(), D(2024, 7, 30))
    old = OutcomeEntry("a-one", "thing", "1", "1", Outcome.GAP, Severity.MINOR, finding=True)
    assert [entry.carries(replace(old, text=text)) for text in (0, 1, 2)] == [False, True, False]
    assert stale_texts(doubtful, (), D(2024, 7, 30)) == ()
