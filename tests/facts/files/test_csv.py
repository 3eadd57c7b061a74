"""csv ledgers: every line is accounted for, whatever its quotes are."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.model.facts import Input
from facts.files.csv import read_csv
from facts.files.refused import RefusedError

HEAD = "编号,事项,说明\n"


def read(text: str) -> tuple[list[tuple[int, list[str]]], list[tuple[int | None, bool]]]:
    """The rows with their lines, and of each problem its line and whether a row is lost."""
    entry = Input("台账.csv")
    rows = [(line, list(row)) for g in read_csv(text.encode(), entry) for line, row in g.rows]
    return rows, [(problem.line, problem.lost_row) for problem in entry.problems]


def test_a_cell_over_several_lines_is_one_cell() -> None:
    rows, problems = read(HEAD + '1,甲,"第一行\n第二行"\n2,乙,"他说""好"""\n')
    assert rows[1:] == [(2, ["1", "甲", "第一行\n第二行"]), (4, ["2", "乙", '他说"好"'])]
    assert problems == []


def test_a_stray_quote_costs_its_own_line_and_no_other() -> None:
    """Read as it stands, the quote of line 3 takes lines 4 and 5 into one cell, in silence."""
    rows, problems = read(HEAD + '1,甲,好\n2,"乙,好\n3,丙,好\n4,丁,"好"\n')
    assert [row[0] for _, row in rows] == ["编号", "1", "3", "4"]
    assert problems == [(3, True)]


def test_a_quote_that_is_never_closed() -> None:
    rows, problems = read(HEAD + '1,甲,"好\n')
    assert [row[0] for _, row in rows] == ["编号"]
    assert problems == [(2, True)]


@pytest.mark.parametrize("row", ['1,"甲,"乙,丙",好\n', '1,"甲,5"管,好"\n', '1,"甲,乙"丙,好\n'])
def test_a_cell_that_took_in_another_and_went_on_is_named(row: str) -> None:
    """As many cells as there should be, but not the right ones."""
    rows, problems = read(HEAD + row + "2,乙,好\n3,丙,好\n")
    assert [cells[0] for _, cells in rows] == ["编号", "2", "3"]
    assert problems == [(2, True)]


def test_what_a_lost_line_says_stays_in_the_office() -> None:
    """Broken by quoting it: nobody knows which of its cells is somebody's name."""
    entry = Input("台账.csv")
    read_csv((HEAD + '1,甲,好\n2,"乙,好\n3,丙,好\n4,丁,好,好\n').encode(), entry)
    assert [(one.line, one.kept) for one in entry.problems] == [(3, True), (5, True)]


def test_a_file_whose_quotes_would_be_read_over_and_over_is_refused() -> None:
    """Broken by reading what a lost row took in as often as there are lost rows above it."""
    block = '甲"乙"丙,"丁\n' * 900 + "1,2,3\n" * 3000 + '丙",乙,甲\n'
    with pytest.raises(RefusedError, match=r"^第\d+行起许多行的引号不成对，没有读取"):
        read(HEAD + block * 2)


def test_every_second_line_with_a_stray_quote_is_no_such_file() -> None:
    rows, problems = read(HEAD + '1,"甲,好\n2,乙,好\n' * 3000)
    assert (len(rows), len(problems)) == (3001, 3000)


@pytest.mark.parametrize("quoted", ['5"管', '"5""管"', '"5"管'])
def test_a_quote_within_a_line_stays_within_it(quoted: str) -> None:
    rows, problems = read(HEAD + f"1,{quoted},好\n2,乙,好\n")
    assert [(line, row[0], row[2]) for line, row in rows[1:]] == [(2, "1", "好"), (3, "2", "好")]
    assert problems == []


ROWS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["甲", "乙丙", "好"])), min_size=1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS, at=st.integers(0, 30))
def test_one_stray_quote_anywhere_loses_at_most_its_line(
    rows: list[tuple[int, str]], at: int
) -> None:
    """Broken by a line that is neither a row nor named in a problem."""
    lines = [f"{number},{word},{word * n}" for number, (n, word) in enumerate(rows, 1)]
    spoilt = at % len(lines)
    lines[spoilt] = lines[spoilt].replace(",", ',"', 1)
    found, problems = read(HEAD + "\n".join(lines) + "\n")
    kept = {row[0] for _, row in found[1:]}
    assert kept == {str(n) for n in range(1, len(lines) + 1) if n != spoilt + 1}
    assert problems == [(spoilt + 2, True)]


WIDE = "编号,事项,公告日,截止日,备注\n"
FULL = "".join(f"{n},停车{n},2024-01-0{n},2024-02-0{n},\n" for n in range(1, 6))


@pytest.mark.parametrize(
    "row",
    [
        '6,"停车,2024-01-06",2024-02-06,\n',  # two quotes make one cell of two
        "6,停车 2024-01-06,2024-02-06,\n",  # a comma is gone
        "6,停,车,2024-01-06,2024-02-06,\n",  # a comma in a cell, which has lost its quotes
    ],
)
@pytest.mark.parametrize("at", [0, 2, 5])
def test_a_row_whose_cells_have_moved_is_named(row: str, at: int) -> None:
    """Broken by reading cells by their number alone: the last day would stand as the first."""
    lines = FULL.splitlines(keepends=True)
    lines.insert(at, row)
    rows, problems = read(WIDE + "".join(lines))
    assert "6" not in [cells[0] for _, cells in rows]
    assert len(rows) == 6
    assert problems == [(at + 2, True)]


@pytest.mark.parametrize(
    "rows",
    [
        "6,停,车,2024-01-06,2024-02-06,\n7,公,园,2024-01-07,2024-02-07,\n",
        "6,停车 2024-01-06,2024-02-06,\n7,公园 2024-01-07,2024-02-07,\n",
        "6,1,200,2024-01-06,2024-02-06,\n7,1,300,2024-01-07,2024-02-07,\n8,1,400,2024-01-08,,\n",
    ],
)
@pytest.mark.parametrize("at", [0, 2, 5])
def test_rows_side_by_side_whose_cells_have_moved_are_named(rows: str, at: int) -> None:
    """Broken by taking two rows with the same fault for a table of their own."""
    lines, wrong = FULL.splitlines(keepends=True), rows.splitlines(keepends=True)
    lines[at:at] = wrong
    found, problems = read(WIDE + "".join(lines))
    assert [cells[0] for _, cells in found] == ["编号", "1", "2", "3", "4", "5"]
    assert problems == [(at + 2 + n, True) for n in range(len(wrong))]


def test_another_table_below_is_read_in_its_own_width() -> None:
    """Broken by naming the rows of a table because the one above it has other columns."""
    below = "单位,姓名,证号\n住建局,甲,1\n水务局,乙,2\n"
    found, problems = read(WIDE + FULL + below)
    assert [cells[0] for _, cells in found][6:] == ["单位", "住建局", "水务局"]
    assert problems == []


def test_rows_as_programs_write_them_are_read_whatever_their_length() -> None:
    """Titles of one cell; Excel's runs of rows without their last empty cells."""
    short = "6,停车6,2024-01-06,2024-02-06\n7,停车7,2024-01-07,2024-02-07\n"
    rows, problems = read("某县台账,,,\n2024年\n" + WIDE + FULL + short + "填表人：某某\n")
    assert [cells[0] for _, cells in rows] == [
        "某县台账", "2024年", "编号", "1", "2", "3", "4", "5", "6", "7", "填表人：某某",
    ]  # fmt: skip
    assert problems == []


NOTED = "编号,事项,承办单位,讨论日期,备注\n" + "".join(
    f"{n},停车{n},住建局,2024-01-0{n},见附件\n" for n in range(1, 6)
)


@pytest.mark.parametrize(
    ("row", "is_read"),
    [
        ("6,停车,住建局,2024-01-06\n", True),  # the empty note is not written
        ("6,停车 住建局,2024-01-06,\n", False),  # a comma is gone: the day stands under the unit
        ("6,停车,住建局2024-01-06,见附件\n", False),
        ("6,停车,住建局\n", False),  # the unit may as well be the note
        ("6,停车,,2024-01-06\n", True),
        ("6,停车,住建局,2024-01-06,,\n", False),  # too many is another thing
    ],
)
def test_a_row_without_its_last_empty_cells_is_read_where_nothing_else_can_be_missing(
    row: str,
    is_read: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    lines = NOTED.splitlines(keepends=True)
    lines.insert(3, row)
    rows, problems = read("".join(lines))
    assert ("6" in [cells[0] for _, cells in rows]) is is_read
    assert problems == ([] if is_read else [(4, True)])


def test_a_number_that_runs_on_into_a_day_is_no_later_day() -> None:
    """2024-01-1,3 without its comma is a day too."""
    text = "编号,讨论日期,人数\n" + "".join(f"{n},2024-01-{n},1{n}\n" for n in range(1, 6))
    rows, problems = read(text + "6,2024-01-13\n")
    assert len(rows) == 6
    assert problems == [(7, True)]


def test_the_only_row_is_held_against_the_header() -> None:
    rows, problems = read(WIDE + "1,停车,2024-01-01\n")
    assert [cells[0] for _, cells in rows] == ["编号"]
    assert problems == [(2, True)]


@pytest.mark.parametrize("blank", [" ", "\u3000", '"\n"', ""])
def test_a_blank_at_the_end_of_a_short_row_holds_nothing(blank: str) -> None:
    """Broken by a file that is not read at all because of it, or by a row told by its blank."""
    rows, problems = read(
        f"编号,事项,说明,备注\n1,甲,好,无\n2,乙,{blank}\n3,丙,好,无\n（本表）,{blank}\n"
    )
    assert [cells[0] for _, cells in rows] == ["编号", "1", "3", "（本表）"]
    assert problems == [(3, True)]


@pytest.mark.parametrize("missing", ["好", ""])
def test_a_row_without_its_last_text_is_named(missing: str) -> None:
    """Two columns of texts side by side: a comma lost between them looks just the same."""
    lines = [f"{at},事项{at},说明{at}" for at in range(1, 6)]
    lines[2] = f"3,事项3{missing}"
    rows, problems = read(HEAD + "\n".join(lines) + "\n")
    assert [row[0] for _, row in rows] == ["编号", "1", "2", "4", "5"]
    assert problems == [(4, True)]


@example(cuts=[(0, '"'), (0, '"'), (0, '"'), (19, '"')])
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from(['"', ",", "", '","', '""', ';"', "\t"])),
        max_size=4,
    )
)
def test_what_stands_in_a_line_is_in_a_row_or_the_line_is_named(
    cuts: list[tuple[int, str]],
) -> None:
    """Broken by a line of which nothing is read and nothing is said, whatever marks were put in or
    taken out.
    """
    lines = [f"标{at}标,事项{at},2024-03-0{at},说明{at}" for at in range(1, 9)]
    text = "编号,事项,日期,说明\n" + "\n".join(lines) + "\n"
    for at, mark in cuts:
        place = at % len(text)
        gone = not mark and text[place] in ',"'
        text = text[:place] + mark + text[place + gone :]
    entry = Input("台账.csv")
    rows = [row for grid in read_csv(text.encode(), entry) for row in grid.rows]
    cells = "".join(str(cell) for _, row in rows for cell in row)
    named: set[int] = set()
    for problem in entry.problems:
        assert problem.line is not None
        to = re.search("到第([0-9]+)行", problem.expected)
        named |= {*range(problem.line, (problem.line if to is None else int(to[1])) + 1)}
    for line, written in enumerate(text.splitlines(), 1):
        for token in set(re.findall("标[1-8]标", written)):
            assert token in cells or line in named, (text, rows, entry.problems)
