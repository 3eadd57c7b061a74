"""Of a ledger that is written anew at every check, the newest row of one key is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.facts import Level
from engine.model.schema import Schema
from facts.folder import read_folder

HEAD = "对象,问题,责任人,要求编号,指纹,检查日\n"


def rectified(folder: Path, schema: Schema, **files: str) -> tuple[list[str], list[str]]:
    """Who is responsible by the rows that are left, and what is said of the others."""
    for name, rows in files.items():
        (folder / f"{name}.csv").write_text(HEAD + rows, encoding="utf-8")
    facts = read_folder(folder, schema, year=2024)
    problems = [p for item in facts.inputs for p in item.problems if "更晚" in p.expected]
    assert all(p.level is Level.NOTE for p in problems)
    return (
        sorted(str(r.values["responsible"]) for r in facts.records["rectification"]),
        sorted(f"{p.file}：{p.expected}" for p in problems),
    )


def test_the_later_check_takes_the_place_of_the_earlier(tmp_path: Path, schema: Schema) -> None:
    """Fails if last month's row could stand against this month's, or vanish in silence."""
    found = rectified(
        tmp_path,
        schema,
        整改台账二月="决1,甲,旧,dec-x,aa,2025-02-10\n决2,乙,别的,dec-x,bb,2025-02-10\n",
        整改台账三月="决1,甲,新,dec-x,aa,2025-03-10\n",
    )
    assert found == (
        ["别的", "新"],
        ["整改台账二月.csv：整改事项有更晚的一份，以“检查日”晚的为准，这里的1行没有用"],
    )


@pytest.mark.parametrize("day", ["", "无"])
def test_a_row_without_a_day_is_the_oldest(tmp_path: Path, schema: Schema, day: str) -> None:
    found = rectified(
        tmp_path,
        schema,
        整改台账旧=f"决1,甲,旧,dec-x,aa,{day}\n",
        整改台账新="决1,甲,新,dec-x,aa,2025-03-10\n",
    )
    assert found[0] == ["新"]


def test_rows_of_one_day_are_left_as_they_are(tmp_path: Path, schema: Schema) -> None:
    rows = "决1,甲,{},dec-x,aa,2025-03-10\n"
    found = rectified(tmp_path, schema, 整改台账一=rows.format("一"), 整改台账二=rows.format("二"))
    assert found == (["一", "二"], [])
