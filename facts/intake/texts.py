"""The text of a report: what is one, and how much of them is read."""

from __future__ import annotations

from collections import Counter
from typing import Final

from engine.model.facts import InputKind, Level, stem
from engine.model.report import TO_FILL
from facts.files.documents.text import count_numbers
from facts.files.open import Found
from facts.files.refused import RefusedError
from facts.intake.found import Intake, Text
from facts.intake.unread import Unread
from facts.report.facts import is_report

MAX_NUMBERS: Final = 10_000
"""Numbers of all reports of a folder, each read with the words around it; a report has hundreds."""


class Texts:
    """Takes in reports, one after the other."""

    def __init__(self, unread: Unread) -> None:
        self._unread = unread
        self._numbers: Counter[str] = Counter()

    def text(self, held: tuple[str, str], found: Found) -> Intake:
        """A report as read; what is none, or one too many, is said. Raises RefusedError."""
        entry = found.entry
        text, entry.encoding = held
        if not is_report(stem(entry.path), text):
            entry.kind = InputKind.OTHER
            said = "不像法治政府建设年度报告，没有读取"
            return self._unread.neither(entry, said, "文件名或标题里应有“法治政府建设”和“报告”")
        if TO_FILL in text:
            entry.kind = InputKind.OTHER
            entry.problem(
                f"还有“{TO_FILL}”的地方，是没有写完的自查报告，没有当作年度报告读",
                level=Level.NOTE,
                hint="写完了再放进来；定稿的年度报告里不要留这几个字",
            )
            return Intake()
        entry.kind = InputKind.REPORT
        numbers = count_numbers(text)
        if numbers + self._numbers.total() > MAX_NUMBERS:
            raise RefusedError(
                f"有{numbers}处数字，连同前面的报告超过{MAX_NUMBERS}处，没有读取；"
                "请只放报告的正文，附表、明细另放"
            )
        self._numbers[entry.path] = numbers
        return Intake(texts=[Text(entry.path, text)])
