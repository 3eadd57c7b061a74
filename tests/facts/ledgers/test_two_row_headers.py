"""A header over two rows whose other columns are merged over both is read with its groups."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook

from facts.folder import read_folder
from facts.records.load import load_schema


def test_the_group_above_tells_what_a_column_holds(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "决策台账"
    sheet.append(["决策编号", "决策事项", "公众参与情况", None, None])
    sheet.append([None, None, "参与方式", "开始日期", "佐证材料"])
    sheet.append(["决2024-01", "停车管理", "座谈会", "2024.3.20", "座谈会记录"])
    for merged in ("A1:A2", "B1:B2", "C1:E1"):
        sheet.merge_cells(merged)
    written = io.BytesIO()
    book.save(written)
    (tmp_path / "决策.xlsx").write_bytes(written.getvalue())
    records = read_folder(tmp_path, load_schema()).records
    (held,) = records["participation"]
    assert held.values["form"] == "座谈会"
    assert held.values["evidence"] == "座谈会记录"
