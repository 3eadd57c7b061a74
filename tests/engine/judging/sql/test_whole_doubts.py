"""Facts of whole tables that can't all be so, and how grave an outcome is: worked out by hand.

Each is also what a run of the same records comes to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from engine.judging import run as running
from engine.judging.judge import ReferenceJudge
from engine.judging.measure import Measurer
from engine.judging.run import judge
from engine.model.outcome import Outcome, Severity
from engine.model.values import Elements, Record, State
from engine.model.world import World
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Requirement
from facts.calendar import work_calendar
from facts.records.load import read_schema
from tests.agreement.differential.comparison import Material
from tests.agreement.differential.test_whole import by_statements
from tests.engine import small
from tests.runs import a_run

D = dt.date
MET, DOUBTFUL = Outcome.MET, Outcome.BORDERLINE
CASE = """
type: case
title: 案件
key: [no]
fields:
  no: {type: string, title: 案号}
  accepted_on: {type: date, time: event, title: 立案日期}
  decided_on: {type: date, time: event, title: 决定日期}
  kind: {type: enum, title: 种类, values: {甲: [], 乙: [], 丙: []}}
nested:
  hearings: {of: hearing, title: 听证}
  notices: {of: notice, title: 公告}
  reports: {of: report, title: 报备}
order:
  - {first: hearings.held_on, then: decided_on, why: 听证以后才决定}
  - {first: decided_on, then: notices.posted_at, same_day: doubtful, why: 决定的次日起公告}
  - {first: decided_on, then: reports.sent_on, why: 报备的是已经作出的决定}
"""
PARTS = {
    "hearing": "held_on: {type: date, time: event, title: 听证日期}",
    "notice": "posted_at: {type: datetime, time: event, title: 公告时间}",
    "report": "sent_on: {type: date, time: event, title: 报备日期}",
}
AFTER_ACCEPTED = "order:\n  - {first: parent.accepted_on, then: sent_on, why: 立案后才报备}\n"
PLACE = "type: place\ntitle: 本地\nfields:\n  name: {type: string, title: 名称}\n"
SCHEMA = read_schema(
    {
        "case.yaml": CASE,
        "place.yaml": PLACE,
        **{
            f"{name}.yaml": f"type: {name}\ntitle: 各次\nparent: case\nfields:\n  {field}\n"
            + (AFTER_ACCEPTED if name == "report" else "")
            for name, field in PARTS.items()
        },
    }
)
DUTIES = {
    "accepted": ("case", "has(case.accepted_on)"),
    "decided": ("case", "has(case.decided_on)"),
    "heard": ("hearing", "has(hearing.held_on)"),
    "posted": ("notice", "has(notice.posted_at)"),
    "sent": ("report", "has(report.sent_on)"),
}
LISTS = {"hearing": "hearings", "notice": "notices", "report": "reports"}


@pytest.fixture(scope="module")
def duties(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Requirement]:
    """Each asks for one day: met as read, so that it shows which days are in doubt."""
    folder = tmp_path_factory.mktemp("rules")
    files = {
        "ruleset.yaml": "version: '1'\ntitle: 试\n",
        "instruments.yaml": "LAW: {name: 某条例, from: 2020-01-01, read: full}\n",
        "gates.yaml": "{}",
    }
    (folder / "dom").mkdir()
    for name, (subject, require) in DUTIES.items():
        written = {
            "id": f"a-{name}", "title": name, "subject": subject, "act_on": "as_of",
            "severity": "major", "message": "缺", "remedy": "补", "rationale": "试",
            "basis": [{"instrument": "LAW", "article": "第一条"}], "require": require,
        }  # fmt: skip
        files[f"dom/a-{name}.yaml"] = yaml.safe_dump(written, allow_unicode=True)
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8")
    return list(load_ruleset(Path(folder), SCHEMA).requirements.values())


def case(no: str, **lists: Sequence[State]) -> list[Record]:
    """A case accepted on 1 March and decided on 1 April 2024, and what is listed there by type."""
    values: dict[str, State | Elements] = {"no": no}
    record = Record("case", no, {**values, "accepted_on": D(2024, 3, 1)})
    record.values["decided_on"] = D(2024, 4, 1)
    found = [record]
    for name, field in LISTS.items():
        day = PARTS[name].partition(":")[0]
        items = tuple(
            Record(name, f"{no}#{number}", {day: one}, parent=record)
            for number, one in enumerate(lists.get(name, ()), 1)
        )
        record.values[field] = Elements(items, closed=True)
        found += items
    return found


@pytest.fixture(autouse=True)
def by_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    both = ReferenceJudge(), ReferenceJudge(), ""
    monkeypatch.setattr(running, "everyday_judges", lambda _: both)


def doubtful(duties: Sequence[Requirement], *cases: list[Record]) -> Mapping[str, list[str]]:
    """The keys of records of which each day is in doubt; of all others it is there."""
    place, calendar = Record("place", "某县"), work_calendar()
    world = World(SCHEMA, D(2024, 12, 31), calendar, place)
    records: dict[str, list[Record]] = {name: [] for name in ("case", *LISTS)}
    for record in (one for every in cases for one in every):
        records[record.type].append(record)
    found = by_statements(Material(duties, records, world, 2024))
    judged = judge(a_run(records, world, 2024), duties)
    held: dict[str, list[str]] = {}
    for each in duties:
        outcomes = [outcome for outcome, _ in found.get(each.id, ())]
        assert outcomes == judged.outcomes[each.id], each.id
        assert set(outcomes) <= {MET, DOUBTFUL}, each.id
        keys = [record.key for record in records[each.subject]]
        pairs = zip(keys, outcomes, strict=True)
        held[each.id.removeprefix("a-")] = [key for key, one in pairs if one is DOUBTFUL]
    return {name: keys for name, keys in held.items() if keys}


MORNING = dt.datetime.fromisoformat("2024-04-01T09:00")
NEXT_DAY = dt.datetime.fromisoformat("2024-04-02T00:00")


def test_days_of_elements_out_of_order_are_in_doubt_with_those_of_their_own_owner(
    duties: Sequence[Requirement],
) -> None:
    """Fails if an order across a list were passed over, or fell on another owner or element."""
    fine = case("1", hearing=[D(2024, 3, 9)], notice=[NEXT_DAY], report=[D(2024, 4, 1)])
    # the second was sent before the decision, after the case was accepted
    sent = case("2", report=[D(2024, 4, 2), D(2024, 3, 15)])
    assert doubtful(duties, fine, sent) == {"decided": ["2"], "sent": ["2#2"]}
    # nor was it accepted yet
    sent = case("2", report=[D(2024, 2, 1), D(2024, 4, 2)])
    assert doubtful(duties, fine, sent) == {
        "accepted": ["2"], "decided": ["2"], "sent": ["2#1"],
    }  # fmt: skip
    # the day of the decision itself is not the day after it
    posted = case("2", notice=[NEXT_DAY, MORNING])
    assert doubtful(duties, fine, posted) == {"decided": ["2"], "posted": ["2#2"]}
    # where the element comes first
    heard = case("2", hearing=[D(2024, 4, 2), D(2024, 4, 1)])
    assert doubtful(duties, fine, heard) == {"decided": ["2"], "heard": ["2#1"]}
    assert doubtful(duties, fine) == {}


def test_days_known_in_part_are_out_of_order_only_for_certain(
    duties: Sequence[Requirement],
) -> None:
    """Fails if a span of days were taken for its wrong end."""
    may_be = small.between(D(2024, 3, 20), D(2024, 4, 1))
    never = small.between(D(2024, 3, 20), D(2024, 3, 31))
    sent = case("1", report=[may_be, never])
    assert doubtful(duties, sent) == {"decided": ["1"], "sent": ["1#2"]}
    held = [
        small.between(D(2024, 4, 1), D(2024, 4, 9)),
        small.between(D(2024, 4, 2), D(2024, 4, 9)),
    ]
    assert doubtful(duties, case("1", hearing=held)) == {"decided": ["1"], "heard": ["1#2"]}


@pytest.mark.parametrize(
    ("n", "m", "severity"),
    [
        (11, 11, Severity.BLOCKING),
        (1, 11, Severity.MINOR),
        (1, 1, Severity.MAJOR),
        (small.BLANK, 1, Severity.BLOCKING),  # unknown: the graver of what it may be
        (small.BLANK, 11, Severity.BLOCKING),
        (1, small.BLANK, Severity.MAJOR),  # the case is the milder, so the rest holds
    ],
)
def test_how_grave_it_is_by_case(n: State, m: State, severity: Severity) -> None:
    """Fails if a case that isn't known to hold made an outcome milder, or were passed over."""
    levels = [
        {"when": "thing.n > 10", "level": "blocking"},
        {"when": "thing.m > 10", "level": "minor"},
        {"level": "major"},
    ]
    made = small.requirement(severity=levels)
    records = {"thing": [small.thing(start=D(2024, 5, 1), flag=False, n=n, m=m)]}
    world = small.world()
    found = by_statements(Material([made], records, world, 2024))
    assert found == {made.id: [(Outcome.GAP, severity.rank)]}
    assert Measurer(made, world, 2024).severity(records["thing"][0]) is severity
