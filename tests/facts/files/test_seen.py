"""Lines that only look like a table, put on its columns."""

from __future__ import annotations

from facts.files.documents.seen import arranged

ROWS = [["城管局", "3", "5"], ["司法局", "1", "2"]]
EACH = [0, 1, 2]


def test_two_lines_of_heads_each_over_all_columns() -> None:
    """Broken by a line of heads that is taken for a row, or spread over other columns."""
    heads = [["单位", "案件", "罚款"], ["名称", "件", "万元"]]
    assert arranged([*heads, *ROWS]) == [EACH, EACH, EACH, EACH]


def test_heads_over_several_of_those_below() -> None:
    """Broken by heads that are spread over columns which nothing says they stand over."""
    assert arranged([["2024年"], ["单位", "案件", "罚款"], *ROWS]) == [
        [None, 0, 0],
        EACH,
        EACH,
        EACH,
    ]
    assert arranged([["甲", "乙", "丙", "丁"], ["单位", "案件", "罚款"], *ROWS]) is None
