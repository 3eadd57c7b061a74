"""What a cell of the example holds, by its address or by its column and the key of its row."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROWS = 5
KEY_COLUMNS = 4


class Ledgers:
    """The files of the folder, opened once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def sheets(self) -> dict[str, Worksheet]:
        return {
            sheet.title: sheet
            for path in sorted(self.folder.glob("*.xlsx"))
            for sheet in openpyxl.load_workbook(path).worksheets
        }

    @cached_property
    def cases(self) -> list[dict[str, Any]]:
        (path,) = self.folder.glob("*.json")
        found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["行政处罚案件"]
        return found

    @cached_property
    def training(self) -> list[list[str]]:
        (path,) = self.folder.glob("*.csv")
        return list(csv.reader(path.read_bytes().decode("gb18030").splitlines()))

    def text(self, place: str, address: str, row: str) -> str:
        """The text of a cell: a day as 2024-05-01, nothing for an empty cell."""
        if place == "处罚案件.json":
            return _shown(self._case(address, row))
        if place == "培训学时.csv":
            return self._hours(address, row)
        sheet = self.sheets[place]
        if re.fullmatch(r"[A-Z]{1,3}\d+", address):
            return _shown(sheet[address].value)
        columns = {
            cell.value: cell.column or 0
            for line in sheet.iter_rows(max_row=HEADER_ROWS)
            for cell in line
        }
        lines = [
            line[0].row or 0
            for line in sheet.iter_rows(max_col=KEY_COLUMNS)
            if row in (_shown(cell.value) for cell in line)
        ]
        return _shown(sheet.cell(lines[0], columns[address]).value)

    def _case(self, address: str, row: str) -> object:
        (case,) = (case for case in self.cases if case["案号"] == row)
        return case.get(address)

    def _hours(self, address: str, row: str) -> str:
        if address.startswith("第"):
            line = self.training[int(address.strip("第行")) - 1]
            return line[4] if line[1] == row else f"第{address}行不是{row}"
        column = self.training[1].index(address)
        return "、".join(line[column] for line in self.training if line[1] == row)


def _shown(value: object) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    return "" if value is None else str(value)
