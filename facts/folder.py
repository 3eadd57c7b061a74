"""A folder to facts: the straight way from what an office keeps to what can be judged.

文件夹：一个文件夹从头读到尾的次序，每步交出它做的。
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from engine.model.errors import FazhiError
from engine.model.facts import Facts, Input, InputKind
from engine.model.schema import Schema
from engine.model.workdays import WorkCalendar
from facts.calendar import read_year, work_calendar
from facts.files.open import Found, RefusedError, read_bytes, walk
from facts.files.yaml import parse_yaml
from facts.intake import Intake, Text
from facts.joining.answers import apply_answers
from facts.joining.assembly import Assembly
from facts.joining.linked import Ledgers, fill_links, fill_nested
from facts.joining.records import assemble
from facts.joining.subjects import generate
from facts.place import NAMES, Settings, default_settings, read_settings
from facts.reports import draft_reports, reports_by_year, set_aside


class NoFolderError(FazhiError):
    """The path given is not a folder that can be read (wrong use, exit code 2)."""


def read_folder(path: Path | str, schema: Schema, *, year: int | None = None) -> Facts:
    """Everything the folder says, by record type, with every problem met on the way.

    `year` takes precedence over fazhi.yaml. Raises NoFolderError; anything
    wrong inside the folder is a problem of its file, and the rest is read. Linear in the size
    of the files; the order of files, sheets and rows changes nothing but `inputs` and sources.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise NoFolderError(f"“{path}”不是文件夹；请给出放台账和报告的文件夹")
    left_out: list[Input] = []
    files = walk(folder, left_out)
    settings = _settings(files, schema)
    calendar = _calendar(files, settings)
    intake = Intake(schema, settings)
    for found in files:
        if found.entry.kind is InputKind.OTHER:
            intake.read(found)
    inputs = sorted([*(found.entry for found in files), *left_out], key=lambda item: item.path)
    assembly = Assembly(schema, {item.path: item for item in inputs}, intake.lost)
    texts = reports_by_year(intake)
    settled, how = _year(year, settings, intake, texts)
    reports = draft_reports(intake, texts, settled)
    assemble(assembly, intake.drafts)
    ledgers = Ledgers(settings.closed, assembly.lost, intake.seen)
    fill_nested(assembly, ledgers)
    assembly.records["place"] = [settings.place]
    generate(assembly, settled)
    fill_links(assembly, ledgers, list(schema.types.values()))
    apply_answers(assembly)
    _count(assembly)
    set_aside(assembly, texts, settled)
    main = texts.get(settled)
    return Facts(
        records=assembly.records,
        place=settings.place,
        year=settled,
        year_source=how,
        jurisdiction=settings.jurisdiction,
        calendar=calendar,
        inputs=inputs,
        closed=frozenset(name for name in settings.closed if ledgers.closed(name)),
        lost=frozenset(assembly.lost),
        filing_superior=settings.filing_superior,
        report_text=main.text if main is not None else "",
        report_path=main.entry.path if main is not None else "",
        reports=reports,
    )


def _settings(files: list[Found], schema: Schema) -> Settings:
    for found in files:
        if found.path in NAMES:
            found.entry.kind = InputKind.SETTINGS
            try:
                return read_settings(read_bytes(found), found.entry, schema)
            except RefusedError as error:
                found.entry.problem(str(error))
    return default_settings(schema)


def _calendar(files: list[Found], settings: Settings) -> WorkCalendar:
    """The statutory calendar with the year files that fazhi.yaml names, or called 放假安排."""
    extra: dict[int, tuple[dt.date, ...]] = {}
    missing = set(settings.workdays)
    for found in files:
        named = found.path in settings.workdays
        if not named and not (found.suffix in (".yaml", ".yml") and "放假安排" in found.path):
            continue
        missing.discard(found.path)
        found.entry.kind = InputKind.CALENDAR
        try:
            content, found.entry.encoding = parse_yaml(read_bytes(found))
            year = read_year(content, found.entry)
        except RefusedError as error:
            found.entry.problem(str(error))
            continue
        if year is not None:
            extra[year[0]] = year[1]
            found.entry.notes.append(f"{year[0]}年的工作日按此文件计算")
    for entry in [found.entry for found in files if found.path in NAMES][:1]:
        for name in sorted(missing):
            entry.problem("文件夹里没有这个放假安排文件", name, cell="workdays")
    return work_calendar(extra)


def _year(
    given: int | None, settings: Settings, intake: Intake, texts: dict[int, Text]
) -> tuple[int, str]:
    """The assessed year: given, from fazhi.yaml, the report, or what the ledgers suggest."""
    if given is not None:
        return given, "命令行指定"
    if settings.year is not None:
        return settings.year, "fazhi.yaml"
    if texts:
        latest = max(texts)
        texts[latest].entry.notes.append(f"自查年度取自本报告：{latest}年")
        return latest, f"年度报告“{texts[latest].entry.path}”"
    years = intake.years or Counter(_event_years(intake))
    if years:
        most = max(years.items(), key=lambda item: (item[1], item[0]))[0]
        return most, "台账（标题或多数日期）"
    return dt.datetime.now().astimezone().year, "未写明，取今年"


def _event_years(intake: Intake) -> Iterable[int]:
    for drafts in intake.drafts.values():
        for draft in drafts:
            for path, state in draft.cells.items():
                if path == "year" and isinstance(state, int):
                    yield state
                spec = draft.type.fields.get(path)
                if isinstance(state, dt.date) and spec is not None and spec.time == "event":
                    yield state.year


def _count(assembly: Assembly) -> None:
    """Say of each input how many records came from it, by type."""
    for name, found in assembly.records.items():
        if name == "place" or assembly.schema.types[name].generated is not None:
            continue
        for record in found:
            entry = assembly.inputs[record.source.file]
            entry.records[name] = entry.records.get(name, 0) + 1
