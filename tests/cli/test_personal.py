"""What must not leave the office is in nothing that fazhi writes, whatever it is asked.

An office whose every kept field holds a word of its own, in ledgers of every format, once as it
should be and once where a day or a number belongs: the screen, errors, every format, the cache
and the report of a crash are searched for these words.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from openpyxl import load_workbook

from cli import main
from engine.model.assessment import Assessment
from engine.model.assessment_json import from_json
from engine.model.schema import Schema
from facts.files.cache import cache_folder
from reporter.exit_code import ExitCode
from reporter.formats import DEADLINES, FORMATS
from tests.reporter.test_masking import IDENTITY, KEPT, LEAKS, filled, text_of

REPORT = f"""青岚县2024年法治政府建设年度报告
一、主要工作
全年办理行政复议案件12件，审结10件，其中申请人{IDENTITY}一件。
二、存在的不足
执法人员培训不够，{IDENTITY}号案卷归档不及时。
三、下一步安排
加强培训。
"""


def _sheets(path: Path) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    book = load_workbook(path)
    for sheet in book.worksheets:
        head, _, *body = [list(row) for row in sheet.iter_rows(values_only=True)]
        if len(body) >= 2 and sheet.title != "填表说明":
            yield sheet.title, [str(title) for title in head], body[:2]


def _text(value: object) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.datetime) else str(value or "")


def _objects(path: Path) -> dict[str, list[dict[str, str]]]:
    return {
        title: [dict(zip(head, map(_text, row), strict=True)) for row in body]
        for title, head, body in _sheets(path)
    }


def _as_csv(path: Path) -> None:
    for title, head, body in _sheets(path):
        out = io.StringIO()
        csv.writer(out).writerows([head, *([_text(cell) for cell in row] for row in body)])
        path.with_name(f"{title}.csv").write_text(out.getvalue(), encoding="utf-8")


def _as_json(path: Path) -> None:
    text = json.dumps(_objects(path), ensure_ascii=False)
    path.with_suffix(".json").write_text(text, encoding="utf-8")


def _as_yaml(path: Path) -> None:
    text = yaml.safe_dump(_objects(path), allow_unicode=True, sort_keys=False)
    path.with_suffix(".yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def office(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All ledgers, a quarter in each format, and a report that quotes an identity number."""
    folder = tmp_path_factory.mktemp("office")
    filled(schema, folder)
    ways: tuple[Callable[[Path], None] | None, ...] = (None, _as_csv, _as_json, _as_yaml)
    kept = ("人工认定.xlsx", "豁免.xlsx", "待填.xlsx")
    held = sorted(
        folder.glob("*.xlsx"), key=lambda path: (KEPT in text_of(path.read_bytes()), path)
    )
    for at, path in enumerate(held):
        way = ways[at % len(ways)]
        if way is not None and path.name not in kept:
            way(path)
            path.unlink()
    (folder / "2024年度报告.txt").write_text(REPORT, encoding="utf-8")
    (folder / "fazhi.yaml").write_text("place: {name: 青岚县, level: 县级}\n", encoding="utf-8")
    return folder


def run(*arguments: object) -> tuple[int, str]:
    made = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return made.exit_code, made.output


def at_checked(folder: Path) -> tuple[object, ...]:
    return (folder, "--as-of", "2025-03-10", "--year", "2024")


@pytest.fixture(scope="module")
def result(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    result = tmp_path_factory.mktemp("result") / "结果.json"
    code, said = run("check", *at_checked(office), "--output", result)
    assert code == ExitCode.UNREAD, said
    assert LEAKS.search(said) is None, said
    return result


@pytest.fixture(scope="module")
def assessment(result: Path) -> Assessment:
    return from_json(result.read_text(encoding="utf-8"))


def clean(text: str) -> None:
    found = LEAKS.search(text)
    assert found is None, text[max(0, found.start() - 200) : found.end() + 50]


def test_the_office_holds_them_and_some_in_cells_that_cannot_be_read(
    office: Path, assessment: Assessment
) -> None:
    """So that what is searched for below was there: in every format, and quoted in problems."""
    for suffix in (".xlsx", ".csv", ".json", ".yaml"):
        found = [unescape(text_of(path.read_bytes())) for path in office.glob(f"*{suffix}")]
        assert any(KEPT in text for text in found), suffix
        told = [item for item in assessment.inputs if item.path.endswith(suffix)]
        assert any(p.level == "error" for item in told for p in item.problems), suffix


@pytest.mark.parametrize("name", [*FORMATS, *(f"期限 {name}" for name in DEADLINES)])
def test_no_format(name: str, assessment: Assessment) -> None:
    form = DEADLINES[name[3:]] if name.startswith("期限 ") else FORMATS[name]
    clean(text_of(form.render(assessment)))


def test_no_command(office: Path, result: Path, assessment: Assessment) -> None:
    """Broken by a page, a message or an error that shows what the formats don't."""
    entry = next(entry for entry in assessment.outcomes if entry.finding)
    unknown = ("explain", result, entry.requirement, "没有这一件")
    for asked in (
        ("predecision", office, "没有这一件", "--as-of", "2025-03-10"),
        ("extract", office / "2024年度报告.txt"),
        ("extract", office / "2024年度报告.txt", "--format", "json"),
        ("explain", result, entry.requirement, entry.subject_key, "--folder", office),
        unknown,
        ("diff", result, result),
        ("setup", office),
    ):
        _, said = run(*asked)
        clean(said)


def test_no_cache_and_no_report_of_a_crash(
    office: Path, result: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a cache that keeps facts, or by an error's own words, which quote a cell."""
    assert result.exists()

    def failing(*_: object, **__: object) -> None:
        raise ValueError(f"{KEPT}1号 {IDENTITY}")

    monkeypatch.setattr("facts.folder.read_folder", failing)
    code, said = run("check", *at_checked(office))
    assert code == ExitCode.FAILED
    clean(said)
    folder = cache_folder()
    assert folder is not None
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name.startswith("意外") for path in kept)
    assert any(not path.name.startswith("意外") for path in kept)
    for path in kept:
        clean(path.read_bytes().decode("utf-8", "replace"))


SPOILT: dict[str, str] = {
    "行政处罚案件台账.csv": (
        "案号,案由,当事人,决定日期\n罚1,占道,甲公司,2024-03-01\n罚2,占道,{0},乙,2024-03-01\n"
        '罚3,"占道,{0},2024-03-01\n罚4,违建,丙公司,2024-05-01\n'
    ),
    "没有表头的执法人员.csv": "{0},县司法局,410001\n赵六,县司法局,410002\n",
    "名册.yaml": "执法人员:\n- 姓名：{0}\n  所在单位: 县司法局\n",
}
"""Ledgers of which rows or all is lost: what they say is quoted nowhere."""


def test_no_row_that_is_lost(tmp_path: Path) -> None:
    """Broken by quoting a row whose cells nobody can tell apart, or the first words of a table."""
    folder = tmp_path / "office"
    folder.mkdir()
    for name, text in SPOILT.items():
        (folder / name).write_text(text.format(f"{KEPT}1号"), encoding="utf-8")
    result = tmp_path / "结果.json"
    code, said = run("check", *at_checked(folder), "--output", result)
    assert code == ExitCode.UNREAD, said
    clean(said)
    clean(run("check", *at_checked(folder), "--all")[1])
    checked = from_json(result.read_text(encoding="utf-8"))
    lost = {
        (item.path, problem.place.removeprefix(item.path).strip())
        for item in checked.inputs
        for problem in item.problems
        if problem.level == "error"
    }
    assert lost == {
        ("行政处罚案件台账.csv", "第3行"),
        ("行政处罚案件台账.csv", "第4行"),
        ("没有表头的执法人员.csv", ""),
        ("名册.yaml", ""),
    }
    clean(result.read_text(encoding="utf-8"))
