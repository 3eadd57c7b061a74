"""No false pass: facts that deny, contradict themselves or aren't there make no duty met.

What a row holds is planted beside its requirement (`unsure`); what ails a whole file, a sheet or
the settings is done here to the written folder. Both are worked out from what an officer who is
careful would stop at, not from how it is caught.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.law.city.build import AS_OF, YEAR, unsure
from tests.law.city.case import MET, City
from tests.law.city.law import KINDS, made, scripts
from tests.law.city.untidy import write
from tests.law.pipeline.cityrun import PASSES, assessed, assessment_of, outcomes, passed

Harm: TypeAlias = Callable[[Path], None]


def test_every_kind_is_planted_in_several_ways() -> None:
    """Fails if a kind of false pass were tried in one field alone, or in none."""
    planted = Counter(k.text["kind"] for s in scripts() for k in s.kinds if k.is_unsure)
    assert set(planted) == set(KINDS)
    assert {kind for kind, number in planted.items() if number < 2} <= {"两栏同义"}


def test_nothing_that_denies_or_contradicts_itself_passes() -> None:
    """Fails if one of them is met or not applicable, or if a lawful matter beside it suffers."""
    assert [told for _, told in passed(assessed(unsure(seed=1)))] == []


def lawful(folder: Path, *matters: str) -> None:
    """A folder of lawful matters of these kinds, every ledger declared complete."""
    city = City(3, YEAR, AS_OF)
    for matter in matters:
        city.add(made(city, matter))
    folder.mkdir()
    write(city, folder)


def sheets(folder: Path, heading: Iterable[str]) -> Iterator[tuple[Worksheet, int, int]]:
    """Every sheet with a column headed so, in any spelling: its header row, and the column.

    What is changed is saved.
    """
    names = set(heading)
    for path in folder.glob("*.xlsx"):
        book = load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=6):
                for cell in row:
                    text = str(cell.value or "").replace("\n", "").lstrip("*")
                    if text in names and cell.column is not None and cell.row is not None:
                        yield sheet, cell.row, cell.column
        book.save(path)


ACTED = ("失格注销的证件", "执法活动")
REVIEWED = (
    "合法性审查意见日期",
    "合法性审查日期",
    "审查意见日期",
    "审查意见出具日期",
    "合法性审查时间",
    "出具意见日期",
)
BEFORE = "dec-legality-before-discussion"
PLAN = ("处置预案", "应急处置预案", "风险处置预案")
FINE = ("罚款数额", "罚款金额", "罚款", "处罚金额", "金额")


def hide_column(*heading: str) -> Harm:
    """The column stays in the file, hidden."""

    def harm(folder: Path) -> None:
        found = list(sheets(folder, heading))
        assert found
        for path in folder.glob("*.xlsx"):
            book = load_workbook(path)
            for sheet in book.worksheets:
                for row in sheet.iter_rows(max_row=6):
                    for cell in row:
                        text = str(cell.value or "").replace("\n", "").lstrip("*")
                        if text in heading:
                            sheet.column_dimensions[cell.column_letter].hidden = True
            book.save(path)

    return harm


def strike(*heading: str) -> Harm:
    """Everything below the heading is struck out."""

    def harm(folder: Path) -> None:
        for sheet, top, column in sheets(folder, heading):
            for row in range(top + 1, (sheet.max_row or top) + 1):
                sheet.cell(row, column).font = Font(strike=True)

    return harm


def in_ten_thousands(folder: Path) -> None:
    """单位：万元 stands above the block whose fines were meant in yuan."""
    for sheet, top, _ in list(sheets(folder, FINE)):
        path = next(p for p in folder.glob("*.xlsx") if sheet.title in load_workbook(p).sheetnames)
        book = load_workbook(path)
        book[sheet.title].insert_rows(top)
        book[sheet.title].cell(top, 1, "填报单位：县城市管理局　　单位：万元")
        book.save(path)


def gone(*names: str) -> Harm:
    """The workbooks so named aren't there, though their ledgers are declared complete."""

    def harm(folder: Path) -> None:
        found = [p for p in folder.glob("*.xlsx") if any(name in p.name for name in names)]
        assert found
        for path in found:
            path.unlink()

    return harm


def damaged(*names: str) -> Harm:
    """The workbooks so named hold no bytes."""

    def harm(folder: Path) -> None:
        found = [p for p in folder.glob("*.xlsx") if any(name in p.name for name in names)]
        assert found
        for path in found:
            path.write_bytes(b"")

    return harm


def settings(**changed: Any) -> Harm:  # noqa: ANN401 - whatever YAML can hold
    """`fazhi.yaml` says something else."""

    def harm(folder: Path) -> None:
        file = folder / "fazhi.yaml"
        known = yaml.safe_load(file.read_text(encoding="utf-8"))
        whole = {**known, **changed}
        if "place" in changed:
            whole["place"] = {**known["place"], **changed["place"]}
        file.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")

    return harm


@pytest.mark.parametrize(
    ("matters", "harm", "requirement"),
    [
        pytest.param(ACTED, gone("执法活动"), "cert-tainted-cases", id="5 gone"),
        pytest.param(ACTED, damaged("执法活动"), "cert-tainted-cases", id="5 damaged"),
        pytest.param(("决策",), hide_column(*REVIEWED), BEFORE, id="6 hidden"),
        pytest.param(("决策",), strike(*PLAN), "dec-risk-report", id="6 struck out"),
        pytest.param(("当场处罚",), in_ten_thousands, "enf-onspot-limit", id="11 unit above"),
    ],
)
def test_what_ails_a_file_makes_nothing_met(
    matters: tuple[str, ...], harm: Harm, requirement: str, tmp_path: Path
) -> None:
    """Fails if a duty that was met stays met when what it stood on can't be read any more."""
    lawful(tmp_path / "before", *matters)
    before = {key for key, said in outcomes(tmp_path / "before", requirement) if said == MET}
    assert before, "nothing to harm"
    lawful(tmp_path / "after", *matters)
    harm(tmp_path / "after")
    after = {key for key, said in outcomes(tmp_path / "after", requirement) if said in PASSES}
    assert not before & after


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(settings(year=2022), id="13 another year"),
        pytest.param(
            settings(place={"name": "清溪县", "government": "清溪县人民政府"}),
            id="13 another place",
        ),
        pytest.param(settings(place={"level": "市级"}), id="13 another level"),
    ],
)
def test_settings_of_another_year_or_place_are_a_problem(harm: Harm, tmp_path: Path) -> None:
    """Fails if ledgers of one county are judged in silence as those of another, or of no year."""
    folder = tmp_path / "county"
    lawful(folder, "决策", "文件", "政府的年度报告")
    harm(folder)
    problems = [
        problem["place"]
        for item in assessment_of(folder, AS_OF.isoformat())["inputs"]
        for problem in item["problems"]
        if problem["level"] != "note"
    ]
    assert any(place.startswith("fazhi.yaml") for place in problems), problems
