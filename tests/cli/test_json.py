"""The JSON of an assessment: true to its schema, the same whatever the order of files and rows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from cli import main
from engine.model.assessment_json import from_json
from tests.conftest import ROOT
from tests.results import whole

EXAMPLE = ROOT / "examples" / "qinglan"
SCHEMA = json.loads((ROOT / "docs" / "schema" / "assessment.json").read_text(encoding="utf-8"))
HEADER = ("决策编号", "决策事项", "是否重大行政决策", "合法性审查意见日期", "讨论日期")
ROWS = [
    ("决2024-01", "停车收费办法", "是", "2024-04-20", "2024-04-22"),
    ("决2024-02", "供热方案", "是", "2024-05-06", "2024-05-06"),
    ("决2024-02", "供热方案（同号）", "是", None, "2024-05-09"),
]


def run(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, [*arguments, "--as-of", "2025-03-10", "--format", "json"])
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("arguments", [("check",), ("predecision", "决2024-03")])
def test_what_is_written_fits_the_schema(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """On all of the example but the long ledgers, whose outcomes are of the same kinds."""
    for path in EXAMPLE.iterdir():
        if not path.name.startswith(("执法", "处罚", "许可")):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    command, *key = arguments
    jsonschema.validate(run(command, str(tmp_path), *key), SCHEMA)


def folder(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]], name: str) -> str:
    path.mkdir()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [header, *rows]:
        sheet.append(row)
    book.save(path / name)
    return str(path)


def without_places(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same without inputs and sources: what order may change."""
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items() if k not in ("inputs", "source")}
    return [without_places(item) for item in value] if isinstance(value, list) else value


def test_order_of_rows_and_columns_and_names_of_files_change_nothing_else(tmp_path: Path) -> None:
    turned = [tuple(reversed(row)) for row in reversed(ROWS)]
    first = folder(tmp_path / "a", HEADER, list(ROWS), "重大行政决策台账.xlsx")
    second = folder(tmp_path / "b", tuple(reversed(HEADER)), turned, "决策台账（新）.xlsx")
    one, other = (without_places(run("check", path)) for path in (first, second))
    assert one == other


def test_what_is_settled_is_short_and_its_subject_is_called_once(tmp_path: Path) -> None:
    """Broken by reasons that are stored where nobody has to act, or a name written row by row."""
    header = (*HEADER, "豁免情形", "特别程序依据")
    rows = [(*row, "无", "无") for row in ROWS]
    where = folder(tmp_path / "a", header, rows, "决策台账.xlsx")
    found = run("check", where)
    met = next(o for o in found["outcomes"] if o["outcome"] == "met")
    assert set(met) == {
        "requirement",
        "subject_type",
        "subject_key",
        "outcome",
        "severity",
        "finding",
        "fingerprint",
    }
    called = found["subjects"][met["subject_type"]][met["subject_key"]]
    assert set(called) == {"subject_label", "owner"}
    assert called["subject_label"] == "“决2024-01”停车收费办法"
    finding = next(o for o in found["outcomes"] if o["outcome"] in ("gap", "borderline"))
    assert finding["subject_label"]
    assert finding["trace"]


def test_what_an_earlier_state_wrote_is_still_read(tmp_path: Path) -> None:
    """Broken by a reader that needs what was once not written: `subjects`, rows without names."""
    where = folder(tmp_path / "a", HEADER, ROWS, "决策台账.xlsx")
    arguments = ["check", where, "--as-of", "2025-03-10", "--format", "json"]
    text = CliRunner().invoke(main, arguments).stdout
    before = {**whole(text), "inputs": []}
    assert "subjects" not in before
    assert all(len(row) > 20 for row in before["outcomes"])
    again = from_json(json.dumps(before))
    assert again == replace(from_json(text), inputs=())
