"""Two small assessments compared, without a ledger or a ruleset behind them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.assessing.since import since, to_json, worse
from engine.model.assessment import (
    PREDECISION,
    Assessment,
    OutcomeEntry,
    RequirementEntry,
    RulesetEntry,
    SectionEntry,
    Summary,
)
from engine.model.comparison import (
    Change,
    Comparison,
    PastFinding,
    SectionChange,
    Trend,
    VanishedRecord,
)
from engine.model.outcome import Outcome, Severity

THEN, NOW, LATER = dt.date(2024, 5, 31), dt.date(2024, 6, 30), dt.date(2024, 7, 31)
GAP, UNKNOWN, MET, NOT_APPLICABLE = (
    Outcome.GAP,
    Outcome.UNKNOWN,
    Outcome.MET,
    Outcome.NOT_APPLICABLE,
)


def requirement(title: str) -> RequirementEntry:
    """A requirement of which only the title counts."""
    nothing = ("", "", "", "", Severity.MAJOR, True, (), (), "", "", "", "", "", "")
    return RequirementEntry(title, *nothing)


def entry(
    key: str, outcome: Outcome, *, about: str = "a-one", mark: str | None = None
) -> OutcomeEntry:
    """The outcome of one record; gaps are findings. Its fingerprint is its key."""
    return OutcomeEntry(
        requirement=about,
        subject_type="thing",
        subject_key=key,
        subject_label=f"事项{key}",
        outcome=outcome,
        severity=Severity.MINOR,
        finding=outcome in (GAP, Outcome.BORDERLINE),
        fingerprint=key if mark is None else mark,
    )


def assessment(
    *outcomes: OutcomeEntry,
    as_of: dt.date = NOW,
    outline: Mapping[str, Mapping[Outcome, int]] | None = None,
) -> Assessment:
    """An assessment of these outcomes, and these counts by section."""
    counts = outline or {}
    return Assessment(
        schema="fazhi-assessment/1",
        as_of=as_of,
        year=2024,
        place="甲县",
        jurisdiction="",
        profile="",
        ruleset=RulesetEntry("1", "aa", ()),
        engines=(),
        inputs=(),
        requirements={"a-one": requirement("办理"), "b-two": requirement("公布")},
        outcomes=outcomes,
        gates=(),
        summary=Summary({}, {}, {}, counts, 0, 0),
        outline={name: SectionEntry(f"第{name}节", "章") for name in counts},
    )


def before(*outcomes: OutcomeEntry) -> Assessment:
    """The earlier assessment."""
    return assessment(*outcomes, as_of=THEN)


def compared(now: Assessment, then: Assessment) -> tuple[list[Change | None], Comparison]:
    """The changes of the outcomes in their order, and the comparison."""
    found = since(now, then)
    assert found.since is not None
    return [one.change for one in found.outcomes], found.since


def past(
    key: str, change: Change, on: dt.date, reason: str = "", about: str = "a-one"
) -> PastFinding:
    """What is kept of a gap."""
    title = {"a-one": "办理", "b-two": "公布"}[about]
    return PastFinding(
        key, about, title, "thing", key, f"事项{key}", GAP, Severity.MINOR, change, on, reason
    )


def counts(**numbers: int) -> dict[Change, int]:
    """How many of each change, those not named being none."""
    return {change: numbers.get(change.name.lower(), 0) for change in Change}


def test_each_finding_is_told_from_what_it_was() -> None:
    then = before(entry("1", GAP), entry("2", GAP), entry("3", GAP), entry("4", GAP))
    now = assessment(
        entry("1", GAP),
        entry("2", MET),
        entry("3", NOT_APPLICABLE),
        entry("4", UNKNOWN),
        entry("5", GAP),
        entry("6", MET),
    )
    changes, comparison = compared(now, then)
    assert changes == [Change.PERSISTING, None, None, Change.PERSISTING, Change.NEW, None]
    assert comparison == Comparison(
        as_of=THEN,
        year=2024,
        counts=counts(persisting=2, new=1, fixed=1, no_longer_applicable=1),
        past=(past("2", Change.FIXED, NOW), past("3", Change.NO_LONGER_APPLICABLE, NOW)),
    )


def test_what_cannot_be_told_stays_open_until_it_is_met() -> None:
    unclear = since(assessment(entry("1", UNKNOWN)), before(entry("1", GAP)))
    changes, comparison = compared(assessment(entry("1", MET)), unclear)
    assert changes == [None]
    kept = replace(past("1", Change.FIXED, NOW), outcome=UNKNOWN)
    assert comparison.past == (kept,)


@pytest.mark.parametrize(
    ("now", "then", "reason"),
    [
        ([], [entry("1", GAP)], "这次没有读到这件记录"),
        (
            [entry("1", GAP)],
            [entry("1", GAP), entry("1", GAP)],
            "同号的少了一件",
        ),
    ],
)
def test_a_record_that_is_gone_is_not_fixed(
    now: list[OutcomeEntry], then: list[OutcomeEntry], reason: str
) -> None:
    changes, comparison = compared(assessment(*now), before(*then))
    assert changes == [Change.PERSISTING for _ in now]
    assert comparison.past == (past("1", Change.VANISHED, NOW, reason),)


def test_a_requirement_that_is_gone_is_told_before_a_record_that_is() -> None:
    now = replace(assessment(), requirements={"b-two": requirement("公布")})
    _, comparison = compared(now, before(entry("1", GAP)))
    reason = "这次的结果里没有这条要求"
    assert comparison.past == (past("1", Change.NO_LONGER_APPLICABLE, NOW, reason),)


def test_what_vanished_is_worse_and_stays_until_it_is_seen_again() -> None:
    """Fails if a row could be deleted and nobody be asked, this time or the next."""
    gone = since(assessment(), before(entry("1", GAP)))
    assert worse(gone)
    still = since(assessment(as_of=LATER), gone)
    assert still.since is not None
    (finding,) = still.since.past
    assert (finding.change, finding.on) == (Change.VANISHED, LATER)
    back = since(assessment(entry("1", MET), as_of=LATER), gone)
    assert back.since is not None
    assert [f.change for f in back.since.past] == [Change.FIXED]


def test_of_twins_the_one_that_is_as_before_is_the_old_one() -> None:
    borderline = entry("1", Outcome.BORDERLINE)
    changes, _ = compared(assessment(borderline, entry("1", GAP)), before(entry("1", GAP)))
    assert changes == [Change.NEW, Change.PERSISTING]
    changes, _ = compared(assessment(entry("1", GAP), borderline), before(entry("1", GAP)))
    assert changes == [Change.PERSISTING, Change.NEW]


def test_of_twins_one_is_fixed_and_one_stays() -> None:
    then = before(entry("1", GAP), entry("1", GAP), entry("1", GAP))
    now = assessment(entry("1", GAP), entry("1", MET), entry("1", UNKNOWN))
    changes, comparison = compared(now, then)
    assert changes == [Change.PERSISTING, None, Change.PERSISTING]
    assert comparison.past == (past("1", Change.FIXED, NOW),)
    assert comparison.counts == counts(persisting=2, fixed=1)


def test_what_was_settled_is_kept_so_that_its_coming_back_is_seen() -> None:
    fixed = since(
        assessment(entry("1", MET), entry("2", NOT_APPLICABLE)),
        before(entry("1", GAP), entry("2", GAP)),
    )
    changes, comparison = compared(assessment(entry("1", MET)), fixed)
    assert changes == [None]
    earlier = [
        replace(past("1", Change.FIXED, NOW), earlier=True),
        replace(past("2", Change.NO_LONGER_APPLICABLE, NOW), earlier=True),
    ]
    assert comparison.past == tuple(earlier)
    assert comparison.counts == counts()
    changes, comparison = compared(
        assessment(entry("1", GAP), entry("2", GAP), entry("3", GAP)), fixed
    )
    assert changes == [Change.REOPENED, Change.REOPENED, Change.NEW]
    assert comparison.past == ()
    assert comparison.counts == counts(reopened=2, new=1)


def test_what_nobody_asked_is_unseen_and_open_the_next_time() -> None:
    other = replace(assessment(), profile="另一份清单")
    unseen = since(other, before(entry("1", GAP)))
    assert unseen.since is not None
    assert unseen.since.past == (past("1", Change.UNSEEN, THEN),)
    assert unseen.since.counts == counts(unseen=1)
    changes, comparison = compared(assessment(entry("1", GAP)), unseen)
    assert (changes, comparison.past) == ([Change.PERSISTING], ())
    decision = replace(before(entry("1", GAP)), profile=PREDECISION)
    _, comparison = compared(replace(assessment(), profile=PREDECISION), decision)
    assert comparison.past == (past("1", Change.UNSEEN, THEN),)


def test_the_past_is_sorted_by_requirement_and_key_what_is_older_last() -> None:
    first = since(
        assessment(entry("0", MET)), before(entry("0", GAP), entry("9", GAP, about="b-two"))
    )
    then = replace(
        first, outcomes=(entry("3", GAP, about="b-two"), entry("2", GAP), entry("1", GAP))
    )
    _, comparison = compared(assessment(), then)
    order = [(one.earlier, one.requirement, one.subject_key) for one in comparison.past]
    assert order == [
        (False, "a-one", "1"),
        (False, "a-one", "2"),
        (False, "b-two", "3"),
        (False, "b-two", "9"),
        (True, "a-one", "0"),
    ]


def test_between_years_only_the_sections_are_compared() -> None:
    then = replace(before(entry("1", GAP)), year=2023)
    found = since(assessment(entry("1", GAP)), then)
    assert found.outcomes == (entry("1", GAP),)
    assert found.since == Comparison(
        THEN, 2023, notes=("两次的年度不同（2023年、2024年），只按纲要各节比较",)
    )


@pytest.mark.parametrize(
    ("was", "is_", "trend"),
    [
        ({GAP: 1, MET: 1}, {GAP: 1, MET: 2}, Trend.BETTER),
        ({GAP: 1, MET: 2}, {GAP: 1, MET: 1}, Trend.WORSE),
        ({GAP: 1, MET: 1}, {GAP: 2, MET: 2}, Trend.SAME),
        ({GAP: 1}, {GAP: 5}, Trend.SAME),
        ({MET: 1}, {MET: 2}, Trend.SAME),
        ({MET: 1}, {GAP: 1}, Trend.WORSE),
        ({GAP: 2, MET: 2}, {GAP: 1, MET: 2}, Trend.INCOMPARABLE),  # a gap gone is not mended
        ({GAP: 2, MET: 2}, {GAP: 1, MET: 2, UNKNOWN: 1}, Trend.INCOMPARABLE),
        ({GAP: 2, MET: 2}, {GAP: 1, MET: 3}, Trend.BETTER),
        ({UNKNOWN: 1}, {MET: 1}, Trend.INCOMPARABLE),
        ({MET: 1}, {UNKNOWN: 1}, Trend.INCOMPARABLE),
        ({}, {MET: 1}, Trend.INCOMPARABLE),
        ({MET: 1}, {}, Trend.INCOMPARABLE),
        *[
            ({MET: 1}, {MET: 1, short: 1}, Trend.WORSE)
            for short in (Outcome.BORDERLINE, Outcome.NOT_EVIDENCED, Outcome.FAILED)
        ],
    ],
)
def test_a_section_goes_by_the_share_of_what_falls_short(
    was: Mapping[Outcome, int], is_: Mapping[Outcome, int], trend: Trend
) -> None:
    then = assessment(as_of=THEN, outline={"二": was} if was else {})
    now = assessment(outline={"一": {}, "二": is_})
    _, comparison = compared(now, then)
    assert comparison.sections == {"二": SectionChange("第二节", was, is_, trend)}
    assert worse(since(replace(now, year=2025), then)) is (trend is Trend.WORSE)
    # Within a year the findings tell, not the sections.
    assert not worse(since(now, then))


def test_only_what_is_new_or_comes_back_is_worse() -> None:
    bad, good = assessment(entry("1", GAP)), assessment(entry("1", MET))
    assert worse(since(bad, good))
    assert worse(since(bad, since(good, bad)))
    assert not worse(since(bad, bad))
    assert not worse(since(good, bad))
    assert not worse(bad)


def test_what_makes_the_two_hard_to_compare() -> None:
    then = replace(
        assessment(as_of=dt.date(2024, 7, 1)),
        place="乙县",
        profile="清单",
        ruleset=RulesetEntry("1", "bb", ()),
    )
    _, comparison = compared(assessment(), then)
    assert comparison.notes == (
        "两次核的不是同一个地方：上次是“乙县”，这次是“甲县”",
        "两次核的范围不同：上次没有核的问题列为新出现，这次没有核的另列",
        "两次用的规则集不同：有的变化可能来自要求的修改",
        "“上次”的检查日（2024-07-01）比这次（2024-06-30）还晚，请看文件有没有放反",
    )
    _, comparison = compared(assessment(), assessment())
    assert comparison.notes == ()


def test_the_comparison_written_down_has_only_what_it_marks() -> None:
    now = assessment(entry("1", GAP), entry("2", MET))
    text = to_json(since(now, before(entry("2", GAP))))
    assert text.startswith('{\n "schema": "fazhi-diff/1",\n "as_of": "2024-06-30",\n')
    assert text.endswith("\n}\n")
    written = json.loads(text)
    assert list(written) == ["schema", "as_of", "year", "period", "since", "outcomes"]
    assert written["year"] == 2024
    assert [(one["subject_key"], one["change"]) for one in written["outcomes"]] == [("1", "new")]
    assert [one["subject_key"] for one in written["since"]["past"]] == ["2"]


def test_every_record_that_is_gone_is_named_whatever_its_outcome_was() -> None:
    """Broken by looking at findings alone: a row taken out whole was most often met."""
    then = before(entry("1", MET), entry("2", MET), entry("3", GAP))
    found = since(assessment(entry("2", MET)), then)
    assert found.since is not None
    assert found.since.vanished == (
        VanishedRecord("thing", "1", "事项1", NOW),
        VanishedRecord("thing", "3", "事项3", NOW),
    )
    assert worse(found)


def test_a_record_that_is_gone_is_worse_though_nothing_was_wrong_with_it() -> None:
    """Broken by counting findings alone: a row that was met can be taken out unseen."""
    found = since(assessment(entry("2", MET)), before(entry("1", MET), entry("2", MET)))
    assert worse(found)


def test_a_record_with_another_number_is_gone_under_the_one_it_had() -> None:
    """Broken by telling records by what they are called: a number may be changed to hide one."""
    renumbered = replace(entry("1甲", MET), subject_label="事项1")
    found = since(assessment(renumbered, entry("2", MET)), before(entry("1", MET), entry("2", MET)))
    assert found.since is not None
    assert found.since.vanished == (VanishedRecord("thing", "1", "事项1", NOW),)


def test_a_number_of_one_ledger_is_none_of_another() -> None:
    """Broken by a certificate that stands in for a decision of the same number."""
    other = replace(entry("1", MET), subject_type="other")
    found = since(assessment(other), before(entry("1", MET), other))
    assert found.since is not None
    assert found.since.vanished == (VanishedRecord("thing", "1", "事项1", NOW),)


def test_a_record_that_is_gone_is_named_until_it_is_there_again() -> None:
    then = since(assessment(entry("2", MET)), before(entry("1", MET), entry("2", MET)))
    later = since(assessment(entry("2", MET), as_of=LATER), then)
    assert later.since is not None
    assert later.since.vanished == (VanishedRecord("thing", "1", "事项1", NOW),)
    back = since(assessment(entry("1", MET), entry("2", MET), as_of=LATER), then)
    assert back.since is not None
    assert back.since.vanished == ()
    assert not worse(back)


def test_of_records_under_one_key_as_many_are_gone_as_there_are_fewer() -> None:
    twins = before(entry("1", MET), entry("1", GAP), entry("1", MET, about="b-two"))
    found = since(assessment(entry("1", MET)), twins)
    assert found.since is not None
    assert found.since.vanished == (VanishedRecord("thing", "1", "事项1", NOW),)


def test_a_check_of_something_else_misses_no_record() -> None:
    """Broken by taking for gone what was not looked at: another list, another year, one matter."""
    then = before(entry("1", MET), entry("2", MET, about="b-two"))
    now = assessment(entry("3", MET))
    for other in (
        replace(now, profile="核心"),
        replace(now, profile=PREDECISION),
        replace(now, year=2025),
        replace(now, requirements={}),
    ):
        found = since(other, then).since
        assert found is not None
        assert found.vanished == ()
    both = replace(now, profile=PREDECISION), replace(then, profile=PREDECISION)
    assert since(*both).since.vanished == ()  # type: ignore[union-attr]
