"""The 整改台账: one row per finding, to be filled in, signed off and read again by the next run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from engine.model.assessment import Assessment, OutcomeEntry
from engine.model.comparison import CHANGE_TITLES
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome, Severity
from reporter import deadlines, gates, timetable, titles, trend
from reporter.documents.sheet import CELL, fit, height, print_as
from reporter.overview import Overview
from reporter.since import gone

SHEET: Final = "整改台账"
SETTLED: Final = "已不再是问题的"
AHEAD: Final = "快要上会出台的"
DEADLINES: Final = "期限"
PASSING: Final = "逐件看"
TIMETABLE: Final = "时间表"
CHECKLISTS: Final = "清单"
PROBLEMS: Final = "读取中的问题"
ABOUT: Final = "使用说明"

_MOST_FACTS: Final = 6
_FILLS: Final = {
    Severity.BLOCKING: "#F4CCCC",
    Severity.MAJOR: "#FCE5CD",
    Severity.MINOR: "#FFF9DB",
    Severity.ADVISORY: "#EEF3F8",
}


class _Row:
    """A finding as the cells of a row are made from it."""

    def __init__(self, overview: Overview, entry: OutcomeEntry) -> None:
        self.entry, self.requirement = entry, overview.requirements[entry.requirement]
        self.subject = overview.subject(entry)
        self.run = f"{overview.assessment.year}年{overview.kind}"
        self.day = str(overview.assessment.as_of)

    def said(self, column: str) -> str:
        """What the office wrote into that column last time."""
        row = self.entry.rectification
        return "" if row is None else str(getattr(row, column))

    def remedy(self) -> str:
        """What the requirement itself asks to be done."""
        return titles.remedy_of(self.entry, self.requirement, who=False)

    def sources(self) -> str:
        """Where the finding comes from: the ledgers and sheets its facts stand in."""
        facts = (*self.entry.evidence, *self.entry.missing)
        sheets = [
            item.source.file + (f"〔{item.source.sheet}〕" if item.source.sheet else "")
            for item in facts
            if item.source is not None
        ]
        return "\n".join([self.run, *dict.fromkeys(sheets)])

    def problem(self) -> str:
        """What is wrong, with the facts and their cells."""
        return "\n".join([self.entry.message, *titles.facts(self.entry, _MOST_FACTS)])


_COLUMNS: Final[tuple[tuple[str, int, Callable[[_Row], str]], ...]] = (
    ("对象", 16, lambda row: row.subject),
    ("来源", 16, lambda row: row.sources()),
    ("问题", 40, lambda row: row.problem()),
    ("条款", 18, lambda row: titles.basis(row.requirement, row.entry.text)),
    ("严重度", 7, lambda row: SEVERITY_TITLES[row.entry.severity]),
    ("结论", 8, lambda row: OUTCOME_TITLES[row.entry.outcome]),
    ("可否补正", 8, lambda row: titles.CURABLE[row.entry.curable]),
    ("责任人", 12, lambda row: row.said("responsible") or row.requirement.supplier),
    ("措施", 32, lambda row: row.said("measure") or row.remedy()),
    ("时限", 11, lambda row: row.said("deadline")),
    ("佐证卷页", 9, lambda row: row.said("pages")),
    ("验收销号", 9, lambda row: row.said("closed")),
    ("豁免", 9, lambda row: titles.waiver(row.entry.waiver)),
    ("比上次", 9, lambda row: CHANGE_TITLES[row.entry.change] if row.entry.change else ""),
    ("要求", 16, lambda row: row.requirement.title),
    ("指纹", 18, lambda row: row.entry.fingerprint),
    ("检查日", 11, lambda row: row.day),
)
_PRINTED: Final = 13
"""Columns on paper; what only the next run reads stays on the screen."""


def render(assessment: Assessment) -> bytes:
    """The workbook as an xlsx file, the same for the same assessment."""
    overview = Overview(assessment)
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = dt.datetime.combine(assessment.as_of, dt.time(), dt.UTC)
    book.set_properties({"title": f"{overview.place}{SHEET}", "author": "fazhi", "created": day})
    text = book.add_format({**CELL, "align": "left"})
    head = book.add_format({**CELL, "bold": True, "align": "center", "bg_color": "#DDE7F0"})
    _findings(book.add_worksheet(SHEET), overview, text, head, _by_severity(book))
    if not overview.single and (overview.ahead or overview.undated):
        _lines(book.add_worksheet(AHEAD), list(_ahead(overview)), text, head, [36, 18, 14, 14, 14])
    if assessment.rectified or assessment.since is not None:
        _lines(book.add_worksheet(SETTLED), _settled(overview), text, head)
    if assessment.gates:
        page = book.add_worksheet(PASSING)
        _lines(page, list(_passing(overview)), text, head, [26, 18, 30, 10, 16, 11, 60])
    if not overview.single:
        page = book.add_worksheet(DEADLINES)
        _lines(page, list(_deadlines(assessment)), text, head, [16, 16, 18, 34, 26, 60])
    if assessment.earlier:
        page = book.add_worksheet(trend.TITLE)
        years, widths = [trend.COLUMNS, *trend.rows(assessment)], [12] * len(trend.COLUMNS)
        _lines(page, years, text, head, widths)
    if assessment.timetables:
        page = book.add_worksheet(TIMETABLE)
        _lines(page, list(_timetable(assessment)), text, head, [24, 24, 14, 14, 20, 60, 16])
    if assessment.checklists:
        _lines(book.add_worksheet(CHECKLISTS), _ticked(assessment), text, head)
    _lines(book.add_worksheet(PROBLEMS), _problems(overview), text, head)
    _lines(book.add_worksheet(ABOUT), _about(overview), text, head)
    book.close()
    return buffer.getvalue()


def _by_severity(book: Workbook) -> dict[Severity, Format]:
    return {
        severity: book.add_format({**CELL, "align": "center", "bg_color": colour})
        for severity, colour in _FILLS.items()
    }


def _findings(
    page: Worksheet, overview: Overview, text: Format, head: Format, marked: dict[Severity, Format]
) -> None:
    undecided = [e for e in overview.assessment.findings if e.outcome is Outcome.UNKNOWN]
    entries = [*overview.found, *undecided]
    for column, (title, width, _) in enumerate(_COLUMNS):
        page.set_column(column, column, width)
        page.write_string(0, column, title, head)
    for number, entry in enumerate(entries, 1):
        row = _Row(overview, entry)
        cells = [fit(content(row)) for _, _, content in _COLUMNS]
        page.set_row(number, height(cells, [width for _, width, _ in _COLUMNS]))
        for column, cell in enumerate(cells):
            marks = _COLUMNS[column][0] == "严重度"
            page.write_string(number, column, cell, marked[entry.severity] if marks else text)
    page.print_area(0, 0, max(len(entries), 1), _PRINTED - 1)
    page.autofilter(0, 0, max(len(entries), 1), len(_COLUMNS) - 1)
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    print_as(page, f"{overview.place}{overview.assessment.year}年{SHEET}（内部）")


def _lines(
    page: Worksheet,
    rows: Sequence[Sequence[str]],
    text: Format,
    head: Format,
    widths: Sequence[int] = (36, 90),
) -> None:
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for number, row in enumerate(rows):
        cells = [fit(cell) for cell in row]
        page.set_row(number, height(cells, widths))
        for column, cell in enumerate(cells):
            page.write_string(number, column, cell, text if number else head)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    print_as(page, page.get_name())


def _settled(overview: Overview) -> list[tuple[str, str]]:
    assessment = overview.assessment
    found = [
        (
            f"{item.subject}\n{overview.title(item.requirement)}",
            f"{titles.settled(item)}\n{item.problem.partition(chr(10))[0]}",
        )
        for item in assessment.rectified
    ]
    since = assessment.since
    past = [(block.title, line) for block in gone(since) for line in block.lines] if since else []
    return [("对象和要求", "现在怎样，原来是什么问题"), *found, *past]


def _ahead(overview: Overview) -> Iterator[tuple[str, ...]]:
    """Every record whose meeting or issue lies ahead, on a known day or on none."""
    yield ("事项", "闸门", "哪天", "还有几日", "怎样")
    as_of = overview.assessment.as_of
    for one in overview.ahead:
        for gate in one.gates:
            if gate.assumed is not None:
                left = gates.left(gate.assumed, as_of)
                yield (one.label, gate.title, str(gate.assumed), left, gate.state_title)
    for _, records in overview.undated:
        for one in records:
            first = gates.next_gate(one.gates, as_of)
            if first is not None:
                yield (one.label, first.title, "没有定日子", "", first.state_title)


def _passing(overview: Overview) -> Iterator[tuple[str, ...]]:
    """Every gate of every record with every requirement that it stands on."""
    yield ("事项", "闸门", "依据的要求", "怎样", "由谁", "最迟", "缺什么、哪里不合")
    for one in overview.passing:
        for gate in one.gates:
            for state, steps in gates.by_state(gate):
                for step in steps:
                    requirement = overview.requirements[step.requirement]
                    yield (
                        one.label,
                        f"{gate.title}：{gate.state_title}",
                        gates.named(step, overview.requirements),
                        state,
                        requirement.supplier,
                        str(step.due or ""),
                        gates.what(step, requirement),
                    )


def _timetable(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    """Every day of the steps still to come, what each goal comes to, what is supposed."""
    yield ("事项", *timetable.COLUMNS)
    for entry in assessment.timetables:
        label = entry.subject_label
        yield from ((label, line.strip(), *[""] * 5) for line in timetable.goals(entry))
        yield from ((label, *row) for row in timetable.rows(entry))
        yield from ((label, "假定", *[""] * 3, line, "") for line in timetable.supposed(entry))


def _deadlines(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    """Every deadline from the check on."""
    yield ("最迟", "还有", "单位", "事项", "要办的", "怎么办")
    for one in deadlines.together(assessment.deadlines):
        for entry in one.entries:
            yield (one.on, one.off, one.owner, one.subject, entry.title, entry.todo.strip())
    for late in deadlines.undated(assessment):
        yield (deadlines.UNDATED, "", late.owner, late.subject, late.title, f"缺：{late.waits}")


def _ticked(assessment: Assessment) -> list[tuple[str, str]]:
    found = [
        (f"{item.title}\n{checklist.title}", f"{titles.ticked(item)}　{titles.tells(item)}")
        for checklist in assessment.checklists
        for item in checklist.items
    ]
    return [("项目", "有没有，在哪里填"), *found]


def _problems(overview: Overview) -> list[tuple[str, str]]:
    problems = overview.problems(overview.assessment.inputs)
    found = [(problem.place, titles.problem(problem)) for problem in problems]
    return [("位置", "问题"), *found]


def _about(overview: Overview) -> list[tuple[str, str]]:
    a = overview.assessment
    return [
        ("项目", "内容"),
        ("地区和年度", f"{overview.place}　{a.year}年　检查日 {a.as_of}"),
        *(("注意", notice) for notice in overview.notices),
        ("要处理的", overview.to_act),
        ("全部结论", overview.in_all),
        ("怎么填", "“责任人、措施、时限、佐证卷页、验收销号”可以改、可以填；别的列不要动。"),
        ("下次核对", "填好后放进台账文件夹，下次核对读回来，按“指纹”对上。"),
        (
            "规则集",
            f"{a.ruleset.version}（{a.ruleset.sha256}）{titles.local_rules(a.ruleset)}",
        ),
        ("引擎", "、".join(engine.name for engine in a.engines)),
        ("提示", "本结果只核程序和佐证，不代替合法性判断。"),
    ]
