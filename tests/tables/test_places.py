"""Several places in one run: each has a report of its own, with nothing in it of another."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import jsonschema
import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from tests.conftest import ROOT
from tests.tables.folders import settings, write_csv

SCHEMA = json.loads((ROOT / "docs" / "schema" / "survey.json").read_text(encoding="utf-8"))
TABLES = (
    "  执法人员: {file: 人员.csv, place: 县}\n"
    "  执法证件: {file: 证件.csv, place: 县}\n"
    "  行政处罚案件: {file: 案件.csv, place: 县}\n"
    "  办案人员: {file: 办案.csv, parent: 案号, place: 县}"
)
SIGNS = {"甲县": "JIA", "乙县": "YI", "": "NOWHERE"}
"""What every name and number of a place begins with."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of 甲县 a clerk by the day and one of whom nobody can tell, of 乙县 a clerk by the day.

    Each has a line of a case that isn't there. Of nobody knows where is one more.
    """
    told = [
        ("甲县", 1, "工勤", "是"), ("甲县", 2, "行政编制", "JIA也许"),
        ("乙县", 1, "工勤", "是"), ("", 1, "工勤", "是"),
    ]  # fmt: skip
    officers, held, cases, lines = [], [], [], []
    for place, number, post, there in told:
        sign = SIGNS[place]
        officers.append({"人员编号": f"{sign}{number}", "所在单位": f"{sign}水利局",
                         "编制类型": post, "是否在岗": there, "县": place})  # fmt: skip
        held.append({"证号": f"{sign}Z{number}", "人员编号": f"{sign}{number}",
                     "证件种类": "执法证", "证件状态": "有效", "县": place})  # fmt: skip
        cases.append({"案号": f"{sign}罚{number}", "办案机关": f"{sign}水利局", "县": place})
        lines.append({"人员编号": f"{sign}{number}", "案号": f"{sign}没有", "县": place})
    for name, rows in (("人员", officers), ("证件", held), ("案件", cases), ("办案", lines)):
        write_csv(tmp_path / f"{name}.csv", rows)
    with (tmp_path / "人员.csv").open("a", encoding="utf-8") as file:
        file.write("NOWHERE9,多,了,一,甲县,格\n")
    settings(tmp_path, TABLES)
    return tmp_path


def _check(folder: Path, output: Path, *more: str) -> str:
    told = CliRunner().invoke(
        main, ["check", str(folder), "--as-of", "2025-03-10", "--output", str(output), *more]
    )
    assert told.exit_code == ExitCode.UNREAD, told.output
    return told.output


def _texts(path: Path) -> str:
    """All that a file says."""
    if path.suffix == ".parquet":
        return repr(duckdb.sql(f"FROM '{path}'").fetchall())
    data = path.read_bytes()
    if path.suffix == ".xlsx":
        with ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(name) for name in book.namelist())
    return data.decode("utf-8")


@pytest.mark.parametrize("form", ["json", "html", "xlsx", "txt"])
def test_a_place_sees_its_own_and_nothing_else(folder: Path, form: str, tmp_path: Path) -> None:
    """Broken by a name, a number or a count of another place in any file of a place."""
    _check(folder, tmp_path / f"结果.{form}", "--unmask")
    apart = tmp_path / "结果.地方"
    assert {path.name for path in apart.iterdir()} == {"甲县", "乙县"}
    for place in ("甲县", "乙县"):
        files = {path.name for path in (apart / place).iterdir()}
        assert files == {
            f"结果.{form}", "结果.findings.parquet", "结果.counts.parquet", "结果.unread.parquet",
        }  # fmt: skip
        said = {path.name: _texts(path) for path in (apart / place).iterdir()}
        others = {each for other, sign in SIGNS.items() if other != place for each in (sign, other)}
        for name, text in said.items():
            assert not [other for other in others - {""} if other in text], name
            if name != "结果.counts.parquet":
                assert SIGNS[place] + "1" in text or "unread" in name
        assert f"{place}2024年度按表核对" in said[f"结果.{form}"] or form == "json"


def test_the_parts_are_the_whole(folder: Path, tmp_path: Path) -> None:
    """By hand; broken by a finding, a row or a cell that is in no place's report, or in two."""
    _check(folder, tmp_path / "结果.json")
    whole = json.loads((tmp_path / "结果.json").read_text(encoding="utf-8"))
    parts = {
        place: json.loads((tmp_path / "结果.地方" / place / "结果.json").read_text("utf-8"))
        for place in ("甲县", "乙县")
    }
    for said in (whole, *parts.values()):
        jsonschema.validate(said, SCHEMA)

    def counts(said: dict[str, Any], *names: str) -> list[tuple[int, ...]]:
        return [tuple(table[name] for name in names) for table in said["tables"]]

    of = ("judged", "homeless", "broken", "bad_rows", "twins")
    assert counts(whole, *of) == [
        (4, 0, 1, 1, 0), (4, 0, 0, 0, 0), (4, 0, 0, 0, 0), (0, 4, 0, 0, 0),
    ]  # fmt: skip
    assert counts(parts["甲县"], *of) == [
        (2, 0, 0, 1, 0), (2, 0, 0, 0, 0), (2, 0, 0, 0, 0), (0, 2, 0, 0, 0),
    ]  # fmt: skip
    assert counts(parts["乙县"], *of) == [
        (1, 0, 0, 0, 0), (1, 0, 0, 0, 0), (1, 0, 0, 0, 0), (0, 1, 0, 0, 0),
    ]  # fmt: skip
    # an officer, a certificate, a case, a line of a case, and the line with a cell too many
    assert {name: said["unplaced"] for name, said in parts.items()} == {"甲县": 5, "乙县": 5}
    assert whole["unplaced"] == 0
    assert (whole["apart"], [said["apart"] for said in parts.values()]) == ("结果.地方", ["", ""])
    staff = {}
    for place, said in parts.items():
        outcomes = said["requirements"]["cert-eligible-staff"]["outcomes"]
        staff[place] = {each: many for each, many in outcomes.items() if many}
    assert staff == {"甲县": {"gap": 1, "unknown": 1}, "乙县": {"gap": 1}}

    def rows(table: str) -> dict[str, list[tuple[object, ...]]]:
        here = duckdb.sql(f"FROM '{tmp_path}/结果.{table}.parquet' ORDER BY ALL").fetchall()
        found = {place: [row for row in here if row[_PLACES[table]] == place] for place in SIGNS}
        for place in ("甲县", "乙县"):
            own = f"'{tmp_path}/结果.地方/{place}/结果.{table}.parquet'"
            assert duckdb.sql(f"FROM {own} ORDER BY ALL").fetchall() == found[place]
        assert sum(map(len, found.values())) == len(here)
        return found

    for table in ("findings", "counts"):
        assert all(rows(table).values()), table
    unread = {place: [row[0] for row in found] for place, found in rows("unread").items()}
    assert unread == {
        "甲县": ["人员.csv", "办案.csv", "办案.csv"], "乙县": ["办案.csv"],
        "": ["人员.csv", "办案.csv"],
    }  # fmt: skip


_PLACES = {"findings": 6, "counts": 4, "unread": 5}
"""In which column a table says of which place a row is."""


def test_the_whole_says_where_the_parts_are(folder: Path, tmp_path: Path) -> None:
    """Broken by reports that nobody is told of, or rows of nobody's that are told of nowhere."""
    _check(folder, tmp_path / "结果.txt")
    assert "各地各有一份，只有本地的：结果.地方/" in (tmp_path / "结果.txt").read_text("utf-8")
    own = (tmp_path / "结果.地方" / "乙县" / "结果.txt").read_text("utf-8")
    assert "另有5行看不出是哪个地方的，可能有本地的，不在这一份里" in own
    assert "【各地】" not in own


def test_one_place_has_no_reports_beside_the_whole(tmp_path: Path) -> None:
    """Broken by a folder of places where nothing is told apart."""
    row = {"人员编号": "R1", "编制类型": "工勤", "是否在岗": "也许", "县": "甲县"}
    write_csv(tmp_path / "人员.csv", [row, {**row, "人员编号": "R2"}])
    for table in ("{file: 人员.csv, place: 县}", "{file: 人员.csv}"):
        settings(tmp_path, f"  执法人员: {table}")
        _check(tmp_path, tmp_path / "结果.json")
        assert not (tmp_path / "结果.地方").exists()


def test_names_of_places_are_no_paths(tmp_path: Path) -> None:
    """Broken by a place that writes beyond its folder, or over another's report."""
    names = ["../外", "A县", "a县", "/", "甲" * 90, "甲" * 91]
    rows = [
        {"人员编号": "R1", "编制类型": "工勤", "是否在岗": "也许", "县": name} for name in names
    ]
    write_csv(tmp_path / "人员.csv", rows)
    settings(tmp_path, "  执法人员: {file: 人员.csv, place: 县}")
    _check(tmp_path, tmp_path / "结果.json")
    found = {
        path.parent.relative_to(tmp_path).as_posix(): json.loads(path.read_text("utf-8"))["place"]
        for path in tmp_path.rglob("结果.json")
    }
    assert found == {
        ".": "试县", "结果.地方/___外": "../外", "结果.地方/A县": "A县", "结果.地方/a县_2": "a县",
        "结果.地方/__2": "/", "结果.地方/" + "甲" * 60: "甲" * 90,
        "结果.地方/" + "甲" * 60 + "_2": "甲" * 91,
    }  # fmt: skip
