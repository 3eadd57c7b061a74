"""The 整改台账 comes back: what the office wrote stands beside the finding, and decides nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine.model.assessment import Assessment, RectificationEntry
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from reporter.documents import xlsx
from tests.engine.assessing.waivers.small import MAJOR, checked, decision, office, outcome

SHORT = "2024-05-20"
"""A deadline 19 days after the notice, which is short of 30."""


def sheet_of(content: bytes, name: str = xlsx.SHEET) -> Worksheet:
    page = load_workbook(io.BytesIO(content))[name]
    assert isinstance(page, Worksheet)
    return page


def row_of(page: Worksheet, requirement: str) -> dict[str, object]:
    head, *rows = page.iter_rows(values_only=True)
    (found,) = (
        row
        for row in (dict(zip(map(str, head), row, strict=True)) for row in rows)
        if row["要求"] == requirement
    )
    return found


def sent_back(folder: Path, assessment: Assessment, written: Mapping[str, str]) -> None:
    """The ledger of these findings in the folder, its columns filled in on every row."""
    book = load_workbook(io.BytesIO(xlsx.render(assessment)))
    page = book[xlsx.SHEET]
    head = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        for title, text in written.items():
            page.cell(row, head[title], text)
    book.save(folder / "整改台账.xlsx")


WRITTEN = {
    "责任人": "周某",
    "时限": "2024年8月底",
    "佐证卷页": "卷三第7页",
    "验收销号": "2024-07-18",
}


def test_what_the_office_wrote_stands_beside_the_finding_which_stays(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    folder = office(tmp_path, decision("决1", until=SHORT))
    sent_back(folder, checked(folder, ruleset), WRITTEN)
    again = checked(folder, ruleset)
    found = outcome(again, MAJOR, "决1")
    assert (found.outcome, found.finding) == (Outcome.GAP, True)
    assert found.rectification is not None
    assert (found.rectification.responsible, found.rectification.closed) == ("周某", "2024-07-18")
    assert again.rectified == ()
    row = row_of(sheet_of(xlsx.render(again)), again.requirements[MAJOR].title)
    assert {title: row[title] for title in WRITTEN} == WRITTEN


def test_a_row_whose_gap_is_closed_says_so_and_no_finding_is_left(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    folder = office(tmp_path, decision("决1", until=SHORT))
    sent_back(folder, checked(folder, ruleset), WRITTEN)
    office(folder, decision("决1"))
    again = checked(folder, ruleset)
    assert [entry.requirement for entry in again.findings] == []
    (gone,) = again.rectified
    assert (gone.requirement, gone.outcome) == (MAJOR, Outcome.MET)
    assert isinstance(gone.row, RectificationEntry)
    assert sheet_of(xlsx.render(again), xlsx.SETTLED).max_row == 2


def test_a_row_of_a_record_that_is_gone_was_not_judged(tmp_path: Path, ruleset: Ruleset) -> None:
    folder = office(tmp_path, decision("决1", until=SHORT))
    sent_back(folder, checked(folder, ruleset), {})
    office(folder, decision("决2"))
    (gone,) = checked(folder, ruleset).rectified
    assert gone.outcome is None


def test_moved_and_renamed_columns_still_find_their_finding(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    folder = office(tmp_path, decision("决0"), decision("决1", until=SHORT))
    sent_back(folder, checked(folder, ruleset), WRITTEN)
    office(folder, decision("决1", until=SHORT), decision("决0"))
    found = outcome(checked(folder, ruleset), MAJOR, "决1")
    assert found.rectification is not None
