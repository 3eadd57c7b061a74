"""Folders broken in their structure: a planted gap is never met, unless something is said.

What a cell says may be changed into what is lawful, and nothing could tell; here only where it
stands is changed: rows and cells in the XML of a sheet, the parts of a workbook, the quotes of a
csv file.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from engine.judging.measure import Measurer
from engine.judging.run import run_of
from engine.model.facts import Level
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from facts.folder import read_folder

AS_OF = dt.date(2025, 3, 10)
REQUIREMENT = "dec-comment-30d"
HEAD = [
    *("序号", "决策编号", "决策事项", "承办单位", "是否重大行政决策", "不适用本程序的情形"),
    *("另有程序的依据", "缩短期限的理由", "征求意见公告日期", "征求意见截止日期", "集体讨论日期"),
]
LAWFUL = ("2024-03-01", "2024-04-15")
SHORT = ("2024-03-01", "2024-03-11")


def rows() -> list[list[str]]:
    """A header and eight decisions, every second with ten days of comment instead of thirty."""
    body = []
    for at in range(1, 9):
        days = SHORT if at % 2 else LAWFUL
        text = f"停车收费方案{at}，含夜间"
        body.append(
            [str(at), f"决{at}", text, "县住建局", "是", "无", "无", "无", *days, "2024-06-03"]
        )
    return [HEAD, *body]


PLANTED = {f"决{at}" for at in range(1, 9, 2)}


def workbook(written: list[list[str]] | None = None) -> dict[str, bytes]:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("重大行政决策")
    for at, row in enumerate(written or rows()):
        sheet.write_row(at, 0, row)
    book.add_worksheet("填表说明").write_row(0, 0, ["照实填写"])
    book.close()
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def table() -> str:
    quoted = (f'"{cell}"' if "，" in cell else cell for row in rows() for cell in row)
    cells = list(quoted)
    width = len(HEAD)
    lines = (",".join(cells[at : at + width]) for at in range(0, len(cells), width))
    return "\n".join(lines).replace("，", ",") + "\n"


class Judge:
    """Judges the one requirement over whatever a folder has become."""

    def __init__(self, folder: Path, ruleset: Ruleset) -> None:
        self.folder, self.ruleset = folder, ruleset
        self.tried = self.refused = self.gone = 0

    def judged(self, name: str, data: bytes) -> tuple[dict[str, Outcome], bool]:
        """The outcomes by key, and whether something that wasn't read is named."""
        for path in self.folder.iterdir():
            path.unlink()
        (self.folder / name).write_bytes(data)
        facts = read_folder(self.folder, self.ruleset.schema, year=2024)
        run = run_of(self.ruleset, facts, AS_OF)
        measurer = Measurer(self.ruleset.requirements[REQUIREMENT], run.world, run.year)
        found = {r.key: measurer.outcome(r) for r in run.records.get("decision", ())}
        return found, any(problem.level is Level.ERROR for problem in facts.problems)

    def __call__(self, name: str, data: bytes) -> dict[str, Outcome]:
        """The outcomes by key; a planted gap that is met without a word fails the test."""
        found, said = self.judged(name, data)
        self.tried += 1
        self.refused += said
        self.gone += not found.keys() >= PLANTED
        passed = {k for k in PLANTED & found.keys() if found[k] in (Outcome.MET, Outcome.PENDING)}
        if not said:
            assert passed == set(), data
            strange = {k for k in found.keys() - PLANTED if re.fullmatch(r"决[1357]", k)}
            assert strange == set(), data
        return found


@pytest.fixture
def judge(tmp_path: Path, ruleset: Ruleset) -> Judge:
    return Judge(tmp_path, ruleset)


SHEET = "xl/worksheets/sheet1.xml"
_ROW = re.compile(rb'<row r="(\d+)".*?</row>', re.DOTALL)
_CELL = re.compile(rb"<c r=.*?</c>|<c r=[^>]*/>", re.DOTALL)


def without_row(parts: dict[str, bytes], rng: random.Random) -> None:
    found = list(_ROW.finditer(parts[SHEET]))
    one = rng.choice(found)
    parts[SHEET] = parts[SHEET].replace(one[0], b"", 1)


def renumbered_row(parts: dict[str, bytes], rng: random.Random) -> None:
    one = rng.choice(list(_ROW.finditer(parts[SHEET])))
    other = b"%d" % rng.randint(0, 12)
    parts[SHEET] = parts[SHEET].replace(b'<row r="%s"' % one[1], b'<row r="%s"' % other, 1)


def moved_row(parts: dict[str, bytes], rng: random.Random) -> None:
    """A row with its cells under the number of another."""
    one, other = rng.sample(list(_ROW.finditer(parts[SHEET])), 2)
    text = one[0]
    for cell in _CELL.findall(one[0]):
        text = text.replace(cell, re.sub(rb'(r="[A-Z]+)\d+', rb"\g<1>" + other[1], cell, count=1))
    text = text.replace(b'<row r="%s"' % one[1], b'<row r="%s"' % other[1], 1)
    parts[SHEET] = parts[SHEET].replace(one[0], text, 1)


def shuffled_cells(parts: dict[str, bytes], rng: random.Random) -> None:
    one = rng.choice(list(_ROW.finditer(parts[SHEET])))
    cells = _CELL.findall(one[0])
    mixed = rng.sample(cells, len(cells))
    parts[SHEET] = parts[SHEET].replace(one[0], one[0].replace(b"".join(cells), b"".join(mixed)))


def without_member(parts: dict[str, bytes], rng: random.Random) -> None:
    del parts[rng.choice(sorted(parts))]


def swapped_members(parts: dict[str, bytes], rng: random.Random) -> None:
    one, other = rng.sample(sorted(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]


@pytest.mark.parametrize(
    "change",
    [without_row, renumbered_row, moved_row, shuffled_cells, without_member, swapped_members],
)
@pytest.mark.rounds(5, nightly=3000)
def test_a_workbook(
    judge: Judge, rounds: int, change: Callable[[dict[str, bytes], random.Random], None]
) -> None:
    """Broken by leaving out what stands out of its place, and judging the rest as the whole."""
    whole = workbook()
    assert {k for k, v in judge("台账.xlsx", packed(whole)).items() if v is Outcome.GAP} == PLANTED
    rng = random.Random(change.__name__)  # noqa: S311
    for _ in range(rounds):
        parts = dict(whole)
        for _ in range(rng.randint(1, 2)):
            change(parts, rng)
        judge("台账.xlsx", packed(parts))
    assert judge.tried == rounds + 1
    assert judge.refused + judge.gone > 0


@pytest.mark.parametrize("lawful", [1, 7, 9, 20])
def test_texts_exchanged_between_two_workbooks(judge: Judge, lawful: int) -> None:
    """Broken by reading the cells of one workbook with the texts of another, and nothing said.

    Two of one shape and size can't be told apart: that is told in docs/THREAT_MODEL.md.
    """
    table = "xl/sharedStrings.xml"
    ours, theirs = workbook(), workbook([HEAD, *(rows()[2] for _ in range(lawful))])
    said = []
    for parts, texts in ((ours, theirs[table]), (theirs, ours[table])):
        found, told = judge.judged("台账.xlsx", packed({**parts, table: texts}))
        said.append(told)
        assert told or not {k for k in PLANTED & found.keys() if found[k] is Outcome.MET}
    assert any(said)


@pytest.mark.rounds(25, nightly=6000)
def test_a_csv_file(judge: Judge, rounds: int) -> None:
    """Quotes put in and taken out anywhere."""
    whole = table()
    found = judge("决策.csv", whole.encode())
    assert {key for key, value in found.items() if value is Outcome.GAP} == PLANTED
    rng = random.Random(7)  # noqa: S311
    for _ in range(rounds):
        text = whole
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(text))
            quotes = [place for place, char in enumerate(text) if char == '"']
            if rng.random() < 0.4 and quotes:
                at = rng.choice(quotes)
                text = text[:at] + text[at + 1 :]
            else:
                text = text[:at] + '"' + text[at:]
        judge("决策.csv", text.encode())
    assert judge.refused > 0
