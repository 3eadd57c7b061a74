"""Files that are not read: why, what they may have held, and what to do with them."""

from __future__ import annotations

from typing import Final

from engine.model.facts import ANY_LEDGER, Input, InputKind, Level, Question, stem
from engine.model.schema import Schema
from facts.files.open import Found
from facts.intake.found import Intake
from facts.intake.naming import is_called_ledger, types_named
from facts.report.facts import is_report

_TO_IGNORE: Final = (
    "与台账无关的，写进“设置.xlsx”的“不看的文件”，或在 fazhi.yaml 里加一行 ignore: [{}]"
)
IGNORED: Final = "不看的文件"
"""The row of the settings that names the files to leave alone."""


class Unread:
    """Says of a file that it isn't read, and which ledgers are not whole without it."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def refused(self, entry: Input, reason: str) -> Intake:
        """A file that isn't read may hold rows of the ledgers that its name suggests, or any."""
        if entry.kind is not InputKind.LEDGER and not is_called_ledger(entry.path, self._schema):
            entry.problem(reason)
            return Intake()
        entry.kind = InputKind.LEDGER
        named = types_named(entry.path, self._schema)
        entry.questions.append(Question(IGNORED, entry.path, ("是", "否"), f"读不了：{reason}"))
        if named:
            entry.problem(reason, lost_row=True)
            return Intake(lost=named)
        hint = "文件名看不出是哪本台账，读进来以前，哪一本都不能当作录全；"
        hint += _TO_IGNORE.format(entry.path)
        entry.problem(reason, hint=hint, lost_row=True)
        return Intake(lost=frozenset({ANY_LEDGER}))

    def document(self, found: Found, said: str) -> Intake:
        """A text or an archive holds a ledger only if its name says so, and a report likewise."""
        entry = found.entry
        named = types_named(entry.path, self._schema)
        if named:
            entry.kind = InputKind.LEDGER
            return self.refused(entry, said)
        report = is_report(stem(entry.path), "")
        entry.kind = InputKind.REPORT if report else InputKind.OTHER
        entry.problem(said, level=Level.ERROR if report else Level.NOTE)
        return Intake()

    def neither(self, entry: Input, said: str, hint: str) -> Intake:
        """What is read neither as a ledger nor as a report is noted, unless it is called one."""
        if is_called_ledger(entry.path, self._schema):
            return self.refused(entry, f"{said}；看名称是台账，请另存为 .xlsx 再放进来")
        if is_report(stem(entry.path), ""):
            entry.kind = InputKind.REPORT
            entry.problem(f"{said}；看名称是年度报告，请另存为 .docx 再放进来")
            return Intake()
        entry.problem(said, level=Level.NOTE, hint=hint)
        return Intake()


def save_as(suffix: str, better: str) -> str:
    """What to do with a file whose format isn't read."""
    return f"不读取{suffix}格式；请在 WPS 里打开，点“文件—另存为”，文件类型选 {better}，再放进来"
