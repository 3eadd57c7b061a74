"""A folder to facts: the straight way from what an office keeps to what can be judged.

文件夹：一个文件夹从头读到尾的次序，每步交出它做的。
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from engine.model.errors import FazhiError, WrongDayError
from engine.model.facts import ANY_LEDGER, Facts, Input, InputKind, Problem
from engine.model.schema import Schema
from engine.model.values import YEARS, Record, in_years
from engine.model.workdays import WorkCalendar
from facts.calendar import read_year, work_calendar
from facts.declared import held_against
from facts.earlier import earlier_results, years_before
from facts.files.names import NAMES, READ_SUFFIXES
from facts.files.open import Found, LeftOut, is_folder, read_bytes, walk
from facts.files.reader import HERE, Reader
from facts.files.refused import RefusedError
from facts.files.yaml import parse_yaml
from facts.intake.desk import take_in
from facts.intake.found import Intake
from facts.joining.answers import answers_of
from facts.joining.filled import fill_in
from facts.joining.joined import join_rows
from facts.joining.latest import with_latest
from facts.joining.ledgers import complete_ledgers
from facts.joining.names import settle_names
from facts.joining.nodes import entries_of, nodes_of
from facts.joining.numbers import settle_numbers
from facts.joining.records import records_of, with_nested
from facts.joining.settled import settle
from facts.joining.subjects import generated
from facts.place import Settings, default_settings, read_settings
from facts.report.catalogue import by_slug
from facts.reports import ReadReport, Reported, draft_reports, reports_by_year, to_be_judged
from facts.wrong_settings import wrong_settings, years_of


class NoFolderError(FazhiError):
    """The path given is not a folder that can be read (wrong use, exit code 2)."""


def read_folder(  # noqa: PLR0913 - what a run may say of its folder
    path: Path | str,
    schema: Schema,
    *,
    year: int | None = None,
    jurisdiction: str | None = None,
    apart: Collection[Path] = (),
    reader: Reader = HERE,
) -> Facts:
    """Everything the folder says, by record type, with every problem met on the way.

    `year` and `jurisdiction` take precedence over fazhi.yaml. What lies in the folders `apart`
    (resolved: those of local rules) is no ledger. `reader` opens what the files hold. Raises
    NoFolderError, and WrongDayError of a year that none is; anything wrong inside the folder is a
    problem of its file, and the rest is read. Linear in the size of the files; the order of files,
    sheets and rows changes nothing but `inputs` and sources.
    """
    folder = Path(path)
    if not is_folder(folder):
        raise NoFolderError(f"“{path}”不是文件夹；请给出放台账和报告的文件夹")
    if year is not None and not in_years(year):
        raise WrongDayError(f"自查年度“{year}”：{YEARS}")
    walked, left_out = walk(folder)
    files = [
        found
        for found in walked
        if not any(place in found.place.resolve().parents for place in apart)
    ]
    settings = _settings(files, schema, reader)
    calendar = _calendar(files, settings)
    results = earlier_results(files)
    rest = [found for found in files if found.entry.kind is InputKind.OTHER]
    unopened = [left for left in left_out if left.path not in NAMES]
    intake, others = take_in(rest, unopened, schema, settings, reader)
    for found in files:
        if found.path == settings.place.source.file:
            looked = {(other.path, "") for other in files} | intake.sheets
            settings.sheets.say_unused(found.entry, looked, schema)
    reports, unread = reports_by_year(intake.texts, settings.place)
    assessed, remarks = _year(year, settings, intake, reports)
    wrong = wrong_settings(settings, schema, intake, assessed)
    drafts, unfilled = fill_in(schema, intake.drafts, settings.names)
    drafts, older = with_latest(drafts)
    reported = draft_reports(schema, reports, assessed, settings.place, drafts)
    joining, misfits = join_rows(schema, [*drafts, *reported.drafts])
    lost = intake.lost | joining.lost
    if settings.tables is not None:
        # what the tables hold isn't seen here: no ledger can be known to be whole
        lost |= {ANY_LEDGER}
    short, differing = held_against(schema, joining.records, reports, settings.closed)
    ledgers, void = complete_ledgers(
        schema,
        settings.closed,
        settings.place.source,
        joining=joining,
        lost=lost | short,
        read=intake.read | reported.read,
    )
    settled, contradictions = settle(schema, joining.tops, ledgers)
    presumed = intake.presumed
    del intake, drafts, joining  # a hundred thousand rows are not held twice
    tops = nodes_of(schema, settled)
    nameless = settle_names(schema, tops, settings.place)
    misnamed = settle_numbers(schema, tops)
    entries = entries_of(tops)
    entries |= generated(schema, with_nested(schema, entries), assessed)
    answers, uncounted = answers_of(schema, with_nested(schema, entries))
    records = records_of(schema, entries, ledgers, answers)
    earlier = years_before(results, _called(settings.place, reported), assessed)
    others += [_unread_settings(left) for left in left_out if left.path in NAMES]
    inputs = [*(found.entry for found in files), *others]
    problems = [
        *wrong,
        *unread,
        *unfilled,
        *older,
        *misfits,
        *differing,
        *void,
        *contradictions,
        *nameless,
        *misnamed,
        *uncounted,
    ]
    made = {record_type.type for record_type in schema.generated}
    counted = [r for name, of_type in records.items() if name not in made for r in of_type]
    return Facts(
        records=to_be_judged(schema, records, reported.aside) | {"place": [settings.place]},
        place=settings.place,
        year=assessed,
        jurisdiction=jurisdiction or settings.jurisdiction,
        calendar=calendar,
        inputs=_inputs(inputs, counted, problems, remarks | reported.aside),
        closed=ledgers.complete,
        lost=lost,
        reports=reported.entries,
        presumed=presumed,
        earlier=earlier,
        called={slug: indicator.title for slug, indicator in by_slug().items()},
    )


def read_office(
    path: Path | str,
    schema: Schema,
    *,
    year: int | None = None,
    jurisdiction: str | None = None,
    reader: Reader = HERE,
) -> tuple[Facts, Settings]:
    """What the settings of a folder say of the office, and no ledger: its tables lie elsewhere.

    `inputs` are the settings and the files of days off. The year has to be given or set. Raises
    NoFolderError, also where it isn't, or the settings can't be opened.
    """
    folder = Path(path)
    if not is_folder(folder):
        raise NoFolderError(f"“{path}”不是文件夹；请给出放台账和报告的文件夹")
    files, left_out = walk(folder)
    for left in left_out:
        if left.path in NAMES:
            raise NoFolderError(f"“{left.path}”{left.reason}")
    settings = _settings(files, schema, reader)
    calendar = _calendar(files, settings)
    assessed = year or settings.year
    if assessed is None:
        raise NoFolderError("按表核对要写明自查年度：fazhi.yaml 写 year: 2024，或者加 --year")
    kinds = (InputKind.SETTINGS, InputKind.CALENDAR)
    facts = Facts(
        records={"place": [settings.place]},
        place=settings.place,
        year=assessed,
        jurisdiction=jurisdiction or settings.jurisdiction,
        calendar=calendar,
        inputs=_inputs([f.entry for f in files if f.entry.kind in kinds], (), (), {}),
        closed=settings.closed,
        lost=frozenset(),
        reports=(),
    )
    return facts, settings


def not_taken_in(folder: Path, read: Collection[Path], facts: Facts) -> list[str]:
    """The ledgers and reports of a folder that are none of the files which were `read`."""
    known = {entry.path for entry in facts.inputs}
    walked, left_out = walk(folder.resolve())
    return [
        found.path
        for found in walked
        if found.suffix in READ_SUFFIXES and found.path not in known and found.place not in read
    ] + [left.path for left in left_out if left.many or left.suffix in READ_SUFFIXES]


def _called(place: Record, reported: Reported) -> str:
    """What the place is called: by the settings, else by the report of the assessed year."""
    name = place.values.get("name")
    if isinstance(name, str):
        return name
    return next((report.place for report in reported.entries if report.assessed), "")


def _settings(files: list[Found], schema: Schema, reader: Reader) -> Settings:
    """The first of the settings that are there; another beside it is named and not used."""
    named = sorted((f for f in files if f.path in NAMES), key=lambda f: NAMES.index(f.path))
    for found in named:
        found.entry.kind = InputKind.SETTINGS
    for other in named[1:]:
        other.entry.problem(f"已有“{named[0].path}”，没有用这一份；请只留一份")
    for found in named[:1]:
        try:
            return read_settings(read_bytes(found), found.entry, schema, reader)
        except RefusedError as error:
            found.entry.problem(str(error))
    return default_settings(schema)


def _unread_settings(left: LeftOut) -> Input:
    """What is called as the settings are, and isn't opened."""
    entry = Input(left.path, kind=InputKind.SETTINGS)
    entry.problem(left.reason)
    return entry


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


Remarks: TypeAlias = dict[str, list[str]]
"""What was decided on the reader's behalf, by file."""


def _year(
    given: int | None, settings: Settings, intake: Intake, reports: Mapping[int, ReadReport]
) -> tuple[int, Remarks]:
    """The assessed year: given, from fazhi.yaml, the report, or what the ledgers suggest.

    With what is to be said of that, by file.
    """
    if given is not None:
        return given, {}
    if settings.year is not None:
        return settings.year, {}
    if reports:
        latest = max(reports)
        return latest, {reports[latest].path: [f"自查年度取自本报告：{latest}年"]}
    years = intake.years or years_of(intake.drafts)
    if years:
        return max(years.items(), key=lambda item: (item[1], item[0]))[0], {}
    return dt.datetime.now().astimezone().year, {}


def _inputs(
    inputs: Iterable[Input],
    records: Iterable[Record],
    problems: Iterable[Problem],
    remarks: Remarks,
) -> tuple[Input, ...]:
    """The inputs by their path, each with how many records came from it, by type."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        counts[record.source.file][record.type] += 1
    said: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        said[problem.file].append(problem)
    return tuple(
        replace(
            item,
            records=dict(counts[item.path]),
            problems=[*item.problems, *said[item.path]],
            notes=[*item.notes, *remarks.get(item.path, ())],
        )
        for item in sorted(inputs, key=lambda item: item.path)
    )
