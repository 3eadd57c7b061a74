"""Two assessments compared. Fails if a new finding passes for an old one, if one that can't be
told any more passes for fixed, or if moved rows, added columns or renamed files change anything.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from engine.assessing.since import since, worse
from engine.model.assessment import Assessment
from engine.model.assessment_json import from_json, to_json
from engine.model.comparison import Change, Trend
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from tests.engine.assessing.waivers.small import (
    AS_OF,
    BLOCKING,
    HEADER,
    MAJOR,
    checked,
    decision,
    office,
    outcome,
)

SHORT = "2024-05-15"
FINE = decision("决9")
Check: TypeAlias = Callable[..., Assessment]


@pytest.fixture
def check(tmp_path: Path, ruleset: Ruleset) -> Check:
    """What comes of a ledger of these rows, saved and read again as between two runs."""
    number = iter(range(100))

    def run(*rows: str, header: str = HEADER, name: str = "决策台账.csv") -> Assessment:
        folder = office(tmp_path / str(next(number)), *rows, header=header, name=name)
        return from_json(to_json(checked(folder, ruleset)))

    return run


def changes(compared: Assessment) -> dict[tuple[str, str], Change]:
    return {
        (entry.requirement, entry.subject_key): entry.change
        for entry in compared.outcomes
        if entry.change is not None
    }


def past(compared: Assessment) -> dict[tuple[str, str], Change]:
    assert compared.since is not None
    return {
        (finding.requirement, finding.subject_key): finding.change
        for finding in compared.since.past
        if not finding.earlier
    }


def test_new_persisting_and_fixed(check: Check) -> None:
    old = check(decision("决1", until=SHORT), decision("决2", until=SHORT), FINE)
    new = check(decision("决1", until=SHORT), decision("决2"), decision("决9", until=SHORT))
    compared = since(new, old)
    assert changes(compared) == {(MAJOR, "决1"): Change.PERSISTING, (MAJOR, "决9"): Change.NEW}
    assert past(compared) == {(MAJOR, "决2"): Change.FIXED}
    assert compared.since is not None
    counts = {change: number for change, number in compared.since.counts.items() if number}
    assert counts == {Change.PERSISTING: 1, Change.NEW: 1, Change.FIXED: 1}


def test_what_comes_back_is_reopened_however_many_checks_lie_between(check: Check) -> None:
    bad, good = check(decision("决1", until=SHORT)), check(decision("决1"))
    first = since(good, bad)
    second = since(good, first)
    assert past(second) == {}
    third = since(bad, from_json(to_json(second)))
    assert changes(third) == {(MAJOR, "决1"): Change.REOPENED}
    assert past(third) == {}
    assert changes(since(bad, third)) == {(MAJOR, "决1"): Change.PERSISTING}


def test_what_cannot_be_told_any_more_is_not_fixed(check: Check) -> None:
    old = check(decision("决1", until=SHORT))
    unreadable = since(check(decision("决1", until="见附件")), old)
    assert outcome(unreadable, MAJOR, "决1").outcome is Outcome.UNKNOWN
    assert changes(unreadable) == {(MAJOR, "决1"): Change.PERSISTING}
    assert past(unreadable) == {}
    again = since(old, unreadable)
    assert changes(again) == {(MAJOR, "决1"): Change.PERSISTING}


def test_a_row_that_is_gone_is_not_fixed(check: Check) -> None:
    old = check(decision("决1", until=SHORT), FINE)
    compared = since(check(FINE), old)
    assert compared.since is not None
    (finding,) = compared.since.past
    assert finding.change is Change.VANISHED
    assert "没有读到这件记录" in finding.reason


def test_what_does_not_apply_any_more(check: Check) -> None:
    minor = decision("决1", until=SHORT).replace(",是,无,无,", ",否,无,无,", 1)
    compared = since(check(minor), check(decision("决1", until=SHORT)))
    assert past(compared) == {(MAJOR, "决1"): Change.NO_LONGER_APPLICABLE}


def test_of_two_records_with_one_key_only_as_many_are_old_as_there_were(check: Check) -> None:
    """A second bad row under an old number must not hide behind the first."""
    one = decision("决1", until=SHORT)
    twin = decision("决1", title="另一件", until="2024-05-10")
    compared = since(check(one, twin), check(one))
    found = Counter(entry.change for entry in compared.outcomes if entry.requirement == MAJOR)
    assert found == {Change.PERSISTING: 1, Change.NEW: 1}
    back = since(check(one), check(one, twin))
    assert changes(back) == {(MAJOR, "决1"): Change.PERSISTING}
    assert past(back) == {(MAJOR, "决1"): Change.VANISHED}


def test_moved_rows_added_columns_and_renamed_files_change_nothing(check: Check) -> None:
    rows = [decision("决1", until=SHORT), decision("决2", reviewed="2024-06-25"), FINE]
    moved = [f"{n},{row},无" for n, row in enumerate(reversed(rows), 1)]
    header = f"备忘,{HEADER},紧急情况说明"
    new = check(*moved, header=header, name="2024年重大行政决策（改名）.csv")
    compared = since(new, check(*rows))
    assert set(changes(compared).values()) == {Change.PERSISTING}
    assert {(MAJOR, "决1"), (BLOCKING, "决2")} <= set(changes(compared))
    assert past(compared) == {}


def test_another_scope_neither_fixes_nor_forgets(check: Check) -> None:
    old = check(decision("决1", until=SHORT))
    narrow = replace(
        old,
        profile="predecision",
        outcomes=tuple(entry for entry in old.outcomes if entry.requirement != MAJOR),
    )
    compared = since(narrow, old)
    assert past(compared) == {(MAJOR, "决1"): Change.UNSEEN}
    assert compared.since is not None
    assert any("范围不同" in note for note in compared.since.notes)
    assert changes(since(old, compared)) == {(MAJOR, "决1"): Change.PERSISTING}


def test_years_are_compared_by_section(check: Check) -> None:
    old = check(decision("决1", until=SHORT), decision("决2"))
    new = replace(check(decision("决1"), decision("决2")), year=2025, as_of=dt.date(2025, 7, 20))
    compared = since(new, old)
    assert changes(compared) == {}
    assert compared.since is not None
    assert compared.since.past == ()
    assert compared.since.counts == {}
    section = compared.since.sections["（十一）"]
    assert section.trend is Trend.BETTER
    assert (section.before[Outcome.GAP], section.after.get(Outcome.GAP, 0)) == (1, 0)
    turned = since(old, replace(new, year=2023)).since
    assert turned is not None
    assert turned.sections["（十一）"].trend is Trend.WORSE


def test_what_makes_two_hard_to_compare(check: Check) -> None:
    old = check(FINE)
    earlier = AS_OF - dt.timedelta(days=1)
    other = replace(old.ruleset, sha256="0" * 64)
    compared = since(replace(old, place="乙县", ruleset=other, as_of=earlier), old)
    assert compared.since is not None
    assert compared.since.notes == (
        "两次核的不是同一个地方：上次是“”，这次是“乙县”",
        "两次用的规则集不同：有的变化可能来自要求的修改",
        f"“上次”的检查日（{AS_OF}）比这次（{earlier}）还晚，请看文件有没有放反",
    )
    same = since(old, old).since
    assert same is not None
    assert same.notes == ()


def test_a_requirement_that_is_gone_fixes_nothing(check: Check) -> None:
    old = check(decision("决1", until=SHORT))
    kept = {name: entry for name, entry in old.requirements.items() if name != MAJOR}
    outcomes = tuple(entry for entry in old.outcomes if entry.requirement != MAJOR)
    compared = since(replace(old, requirements=kept, outcomes=outcomes), old).since
    assert compared is not None
    [gone] = [finding for finding in compared.past if finding.requirement == MAJOR]
    assert (gone.change, gone.reason) == (
        Change.NO_LONGER_APPLICABLE,
        "这次的结果里没有这条要求",
    )


def test_only_what_is_new_or_comes_back_is_worse(check: Check) -> None:
    good, bad = check(decision("决1")), check(decision("决1", until=SHORT))
    assert worse(since(bad, good))
    assert worse(since(bad, since(good, bad)))
    assert not worse(since(bad, bad))
    assert not worse(since(good, bad))
    assert not worse(bad)  # compared with nothing


def test_the_comparison_changes_no_outcome(check: Check) -> None:
    old, new = check(decision("决1", until=SHORT)), check(decision("决1"), decision("决2"))
    compared = since(new, old)
    assert [replace(entry, change=None) for entry in compared.outcomes] == list(new.outcomes)
    assert compared.summary == new.summary


def test_diff_on_the_command_line(check: Check, tmp_path: Path) -> None:
    old, new = tmp_path / "旧.json", tmp_path / "新.json"
    old.write_text(to_json(check(decision("决1", until=SHORT))), encoding="utf-8")
    fixed = check(decision("决1"), decision("决2", until=SHORT))
    new.write_text(to_json(fixed), encoding="utf-8")
    result = CliRunner().invoke(main, ["diff", str(old), str(new)])
    assert result.exit_code == ExitCode.FINDINGS
    assert "新出现 1项 · 再次出现 0项 · 仍然存在 0项 · 已解决 1项" in result.stdout
    assert CliRunner().invoke(main, ["diff", str(new), str(new)]).exit_code == ExitCode.CLEAN
    result = CliRunner().invoke(main, ["diff", str(old), str(new), "--format", "json"])
    content = json.loads(result.stdout)
    assert content["schema"] == "fazhi-diff/1"
    assert [entry["change"] for entry in content["outcomes"]] == ["new"]
    assert [finding["change"] for finding in content["since"]["past"]] == ["fixed"]
    assert content["as_of"] == AS_OF.isoformat()


def test_a_file_that_is_no_assessment(tmp_path: Path) -> None:
    path = tmp_path / "坏.json"
    path.write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(main, ["diff", str(path), str(path)])
    assert result.exit_code == ExitCode.UNREAD
    assert "请用 fazhi check --format json 写一份" in result.stderr
    missing = CliRunner().invoke(main, ["diff", str(tmp_path / "无.json"), str(path)])
    assert missing.exit_code == ExitCode.UNREAD
