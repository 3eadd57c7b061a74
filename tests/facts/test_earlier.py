"""Earlier results in the folder: which are taken, which are left and why, none of them a ledger."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from engine.assessing.since import to_json as diff_json
from engine.model.assessment_json import checklists_json, deadlines_json, timetables_json, to_json
from engine.model.checklist import ChecklistEntry
from engine.model.earlier import YearEntry
from engine.model.facts import Facts, InputKind, Level
from engine.model.outcome import Outcome, Severity
from engine.model.schema import Schema
from engine.model.timetable import TimetableEntry
from facts.folder import read_folder
from facts.report import read_report
from facts.report.extract import document
from reporter.formats import FORMATS
from tests.reporter.sample import sample

SETTINGS = "place: {name: 青岚县, level: 县级}\nyear: 2025\njurisdiction: 河南\nclosed: [听证会]\n"


def result(**changes: object) -> str:
    """The sample, a check of 2024 of 青岚县, as JSON."""
    return to_json(replace(sample(), **changes))  # type: ignore[arg-type]


def folder(place: Path, files: Mapping[str, str | bytes], settings: str = SETTINGS) -> Path:
    """A folder with these files and an empty, whole ledger of hearings."""
    ledger = "决策编号,听证会编号,听证会日期\n"
    for name, content in {"fazhi.yaml": settings, "听证会.csv": ledger, **files}.items():
        data = content if isinstance(content, bytes) else content.encode()
        (place / name).write_bytes(data)
    return place


def said(facts: Facts, path: str) -> tuple[list[str], list[str]]:
    """The problems and the notes of one file."""
    (entry,) = (item for item in facts.inputs if item.path == path)
    return [problem.expected for problem in entry.problems], entry.notes


def test_a_result_of_an_earlier_year_is_taken_with_its_counts(
    tmp_path: Path, schema: Schema
) -> None:
    facts = read_folder(folder(tmp_path, {"去年.json": result()}), schema)
    (year,) = facts.earlier
    assert isinstance(year, YearEntry)
    assert (year.year, year.as_of, year.place) == (2024, dt.date(2024, 6, 20), "青岚县")
    assert (year.ruleset.version, year.profile) == ("2026.11", "")
    assert year.summary.outcomes[Outcome.GAP] == 2
    assert year.summary.findings[Severity.BLOCKING] == 2
    assert year.summary.outline == {"（一）": {Outcome.GAP: 2, Outcome.MET: 1}}
    assert said(facts, "去年.json") == ([], ["以前核对的结果，列入历年：2024年"])
    (entry,) = (item for item in facts.inputs if item.path == "去年.json")
    assert entry.kind is InputKind.EARLIER


WHY = {
    "别处": ({"place": "甲县"}, "那是“甲县”的，这次核的是“青岚县”"),
    "没写地名": ({"place": ""}, "这次或者那次没有写明地名，认不出是不是同一个地方"),
    "一件": ({"profile": "predecision"}, "只核了一件决策"),
    "清单": ({"profile": "入门"}, "只核了清单“入门”"),
    "今年": ({"year": 2025}, "2025年就是这次核的年度"),
    "明年": ({"year": 2026}, "2026年在这次核的2025年之后"),
}


@pytest.mark.parametrize("name", WHY)
def test_what_is_no_earlier_year_of_this_place_is_not_counted(
    name: str, tmp_path: Path, schema: Schema
) -> None:
    """Broken by a count of another place, of a part, or of a year that isn't past."""
    changes, why = WHY[name]
    facts = read_folder(folder(tmp_path, {"旧.json": result(**changes)}), schema)
    assert facts.earlier == ()
    assert said(facts, "旧.json") == ([], [f"以前核对的结果，不列入历年：{why}"])


def test_of_two_checks_of_a_year_the_later_counts(tmp_path: Path, schema: Schema) -> None:
    files = {
        "甲.json": result(as_of=dt.date(2024, 12, 1)),
        "乙.json": result(as_of=dt.date(2024, 11, 1)),
        "前年.json": result(year=2023),
    }
    facts = read_folder(folder(tmp_path, files), schema)
    assert [(year.year, str(year.as_of)) for year in facts.earlier] == [
        (2023, "2024-06-20"),
        (2024, "2024-12-01"),
    ]
    (note,) = said(facts, "乙.json")[1]
    assert note.startswith("以前核对的结果，不列入历年：2024年的以“甲.json”为准")


def test_the_place_may_be_named_by_the_report_alone(tmp_path: Path, schema: Schema) -> None:
    report = "青岚县2025年法治政府建设年度报告\n\n一、主要举措和成效\n培训3次。\n"
    bare = SETTINGS.replace("place: {name: 青岚县, level: 县级}\n", "")
    files = {"旧.json": result(), "青岚县2025年法治政府建设年度报告.txt": report}
    facts = read_folder(folder(tmp_path, files, bare), schema)
    assert [year.year for year in facts.earlier] == [2024]


def older() -> str:
    content = json.loads(result())
    content["schema"] = "fazhi-assessment/0"
    del content["summary"]["outcomes"]
    return json.dumps(content)


DAMAGED: dict[str, tuple[str | bytes, str]] = {
    "截断": (result()[:4000], "以前核对的结果没有读出来：不是完整的 json（第"),
    "太旧": (older(), "以前核对的结果没有读出来：“summary”里缺少“outcomes”这一项"),
    "乱码": (b'{"schema": "fazhi-assessment/1", \xff\xff}', "以前核对的结果没有读出来："),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_or_old_result_is_named_and_closes_no_ledger_the_less(
    name: str, tmp_path: Path, schema: Schema
) -> None:
    """Broken by a traceback, by silence, or by a result that is taken for rows of a ledger."""
    content, begins = DAMAGED[name]
    facts = read_folder(folder(tmp_path, {"旧.json": content}), schema)
    assert facts.earlier == ()
    ((problem,), notes) = said(facts, "旧.json")
    assert problem.startswith(begins)
    assert notes == []
    assert "hearing" in facts.closed
    assert facts.lost == frozenset()


def written(name: str) -> str | bytes:
    """Another output of the program, as it writes it."""
    match name:
        case "OSCAL":
            return FORMATS["oscal"].render(sample())
        case "期限":
            return deadlines_json(sample())
        case "时间表":
            one = TimetableEntry("程序", "decision", "决1", '“决“1”"', (), ())
            return timetables_json([one], dt.date(2025, 3, 10), None)
        case "清单":
            one_list = ChecklistEntry("list", "材料", "decision", "决1", "“决1”", ())
            return checklists_json([one_list], dt.date(2025, 3, 10), None)
        case "与上次比":
            return diff_json(sample())
    return json.dumps(document(read_report("青岚县2024年法治政府建设年度报告\n\n培训3次。\n")))


@pytest.mark.parametrize("name", ["OSCAL", "期限", "时间表", "清单", "与上次比", "报告里的数字"])
def test_another_result_of_ours_is_no_ledger(name: str, tmp_path: Path, schema: Schema) -> None:
    """Broken where what the program wrote itself is read as rows that have no ledger."""
    facts = read_folder(folder(tmp_path, {"写出的.json": written(name)}), schema)
    note = f"是 fazhi 写出的另一种结果（{name}），不是台账，没有读取"
    assert said(facts, "写出的.json") == ([note], [])
    (entry,) = (item for item in facts.inputs if item.path == "写出的.json")
    assert [problem.level for problem in entry.problems] == [Level.NOTE]
    assert facts.lost == frozenset()


@pytest.mark.parametrize(
    "text",
    ['{"assessment-results": {"metadata": {"title": "x"}}}', '[{"title": "甲", "rows": []}]', "[]"],
)
def test_what_only_looks_like_one_is_left_to_the_ledgers(
    text: str, tmp_path: Path, schema: Schema
) -> None:
    """Broken where somebody else's file would be passed over as ours."""
    facts = read_folder(folder(tmp_path, {"别人的.json": text}), schema)
    assert not any("fazhi 写出" in told for told in said(facts, "别人的.json")[0])


def test_a_strange_json_is_still_read_as_a_ledger(tmp_path: Path, schema: Schema) -> None:
    """Broken by a foreign file that goes in silence: it may be a ledger that can't be read."""
    facts = read_folder(folder(tmp_path, {"别家.json": '{"schema": "x/1", "a": '}), schema)
    (problem,) = said(facts, "别家.json")[0]
    assert "不是正确的 JSON" in problem
    assert facts.earlier == ()


def test_a_file_that_may_not_be_opened_is_left_to_who_reads_ledgers(
    tmp_path: Path, schema: Schema
) -> None:
    facts = read_folder(folder(tmp_path, {"机密★1年.json": result()}), schema)
    (problem,) = said(facts, "机密★1年.json")[0]
    assert "涉密" in problem
    assert facts.earlier == ()


def test_a_draft_of_ours_is_no_annual_report(tmp_path: Path, schema: Schema) -> None:
    """Broken by a draft that has all its parts and so meets what an annual report has to."""
    draft = FORMATS["docx"].render(sample())
    assert isinstance(draft, bytes)
    facts = read_folder(folder(tmp_path, {"自查报告.docx": draft}), schema)
    assert facts.reports == ()
    (problem,) = said(facts, "自查报告.docx")[0]
    assert "没有当作年度报告读" in problem
