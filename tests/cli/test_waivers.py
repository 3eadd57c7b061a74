"""docs/waivers.md, promise by promise, through the command line and real files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import ExitCode, main

HEADER = "要求,对象,理由,豁免依据,批准人,起,止"
GOOD = "dec-comment-30d,决1,施工期已定,会签单〔2024〕3号,李某,2024-06-01,2024-12-31"
DECISIONS = (
    "决策编号,决策事项,是否重大行政决策,不适用本程序的情形,另有程序的依据,"
    "征求意见公告日期,征求意见截止日期,缩短期限的理由,公告中是否说明缩短理由,"
    "合法性审查意见日期,讨论日期\n"
    "决1,停车收费,是,无,无,2024-05-01,2024-05-20,无,否,2024-06-10,2024-06-20\n"
)


def checked(folder: Path, *rows: str, name: str = "豁免台账.csv") -> tuple[int, Any]:
    """The exit code and the assessment of one decision whose comments closed too soon."""
    (folder / "决策台账.csv").write_text(DECISIONS, encoding="utf-8")
    if rows:
        (folder / name).write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    given = ["check", str(folder), "--as-of", "2024-07-20", "--year", "2024", "--format", "json"]
    run = CliRunner().invoke(main, given)
    return run.exit_code, json.loads(run.stdout)


def outcome(found: Any, requirement: str, key: str) -> Any:  # noqa: ANN401 - JSON
    (entry,) = (
        e for e in found["outcomes"] if (e["requirement"], e["subject_key"]) == (requirement, key)
    )
    return entry


def own(found: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - JSON
    """The outcomes of the waivers themselves."""
    return [(e["outcome"], e["message"]) for e in found["outcomes"] if e["requirement"] == "waiver"]


def test_a_waiver_stands_beside_its_finding_and_changes_nothing_else(tmp_path: Path) -> None:
    _, before = checked(tmp_path)
    _, after = checked(tmp_path, GOOD)
    one, other = (outcome(found, "dec-comment-30d", "决1") for found in (before, after))
    assert (one["waiver"], other["waiver"]["reason"]) == (None, "施工期已定")
    assert other["waiver"]["approver"] == "＊＊＊"
    assert {**one, "waiver": None} == {**other, "waiver": None}
    assert before["gates"] == after["gates"]
    assert after["summary"]["waived"] == 1
    assert own(after) == [("met", "有效：所管的问题照样列出，注明已豁免")]


def test_a_ledger_that_can_not_be_read_voids_every_waiver(tmp_path: Path) -> None:
    """Fails if the guard is off in production: a row was lost, and the others still count."""
    (tmp_path / "豁免台账（旧）.xls").write_bytes(b"old")
    code, found = checked(tmp_path, GOOD)
    assert outcome(found, "dec-comment-30d", "决1")["waiver"] is None
    assert own(found) == [
        ("gap", "豁免台账没有读全，这一条不作数"),
        ("gap", "豁免台账有读不进来的内容，全部豁免都不作数；见“读取中的问题”"),
    ]
    assert code == ExitCode.UNREAD


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("2024-12-31", "2024-06-30"), "已过期：到2024年6月30日为止"),
        (GOOD.replace("决1", "全部"), "太宽：一条豁免只能管一件事项，请写它的编号"),
        (GOOD.replace("李某", ""), "“批准人”没有填，或者认不出，这条豁免不作数"),
        (GOOD.replace("2024-06-01", "2025-01-01"), "止日2024年12月31日早于起日2025年1月1日"),
        (GOOD.replace("dec-comment-30d", "dec-risk-needed"),
         "“必须先解决”的要求不能豁免，这一条不作数"),
    ],
)  # fmt: skip
def test_a_waiver_that_does_not_count_is_a_finding(tmp_path: Path, row: str, said: str) -> None:
    _, found = checked(tmp_path, row)
    assert outcome(found, "dec-comment-30d", "决1")["waiver"] is None
    ((verdict, message),) = own(found)
    assert verdict == "gap"
    assert message.endswith(said)


def test_a_waiver_before_its_first_day_waits(tmp_path: Path) -> None:
    _, found = checked(tmp_path, GOOD.replace("2024-06-01", "2024-08-01"))
    assert own(found) == [("pending", "还没有生效：从2024年8月1日起")]
