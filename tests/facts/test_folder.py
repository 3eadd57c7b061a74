"""A whole folder: settings, year, report, manual answers, and the shipped record types."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from engine.model.facts import InputKind, quote
from engine.model.schema import Schema
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, Unknown
from facts.files.mend import MEND
from facts.files.open import walk
from facts.folder import read_folder
from facts.ledgers.headers import headings_of
from facts.records.load import load_schema

from .conftest import Office, errors, notes

REPORT = """某市2024年法治政府建设报告
　　一、主要举措和成效
　　2024年，审查重大行政决策17次，出具书面意见5份。
　　二、存在的不足
　　一是个别单位法治意识不强。
　　三、下一步工作安排
　　加强培训。
"""


def test_an_empty_folder_has_its_year_and_nothing_else(office: Office) -> None:
    facts = office.read(year=None)
    assert facts.inputs == ()
    assert facts.year == dt.datetime.now().astimezone().year
    found = [record.type for of_type in facts.records.values() for record in of_type]
    assert sorted(found) == ["place", "place_year"]
    assert facts.jurisdiction == ""


def test_settings(office: Office) -> None:
    office.write(
        "fazhi.yaml",
        "place: {name: 某市, level: 县, reviewers: [市司法局, 法制办]}\n"
        "year: 2023\njurisdiction: hubei\nclosed: [决策台账]\n"
        "agencies: {司法局: [市司法局]}\nfiling_superior: 许昌市人民政府\n",
    )
    facts = office.read(year=None)
    assert errors(facts) == []
    assert facts.year == 2023
    assert facts.jurisdiction == "hubei"
    assert facts.place.values["filing_superior"] == "许昌市人民政府"
    assert facts.closed == frozenset()
    assert (facts.place.key, facts.place.values["level"]) == ("某市", "县级")
    assert facts.place.values["reviewers"] == Elements(("司法局", "法制办"), closed=True)
    assert facts.inputs[0].kind is InputKind.SETTINGS
    assert office.read(year=2024).year == 2024


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("yaer: 2024\n", "fazhi.yaml：“yaer”，fazhi.yaml 没有这个键（是否指“year”？）"),
        ("year: 二四\n", "fazhi.yaml year：“二四”，应为四位年份，如 year: 2024"),
        # more digits than Python makes a number of
        (
            f"year: {'1' * 5000}\n",
            f"fazhi.yaml year：“{quote('1' * 5000)}”，应为四位年份，如 year: 2024",
        ),
        ("closed: [决策台帐]\n",
         "fazhi.yaml closed：“决策台帐”，没有这种台账，不能声明为完整（是否指“决策”？）"),
        ("place: {nmae: x}\n", "fazhi.yaml：“nmae”，place 没有这一项（是否指“name”？）"),
        ("year: 2024\nyear: 2023\n", "fazhi.yaml：第2行 键“year”：键重复，第1行已有"),
        ("- a\n", "fazhi.yaml：应写成“键: 值”，如 year: 2024"),
        (
            "name：芦川县\n",
            "fazhi.yaml：“name：…”：冒号是全角的，请改成“name: …”（英文冒号，空一格）",
        ),
        (
            "place:\n  name:芦川县\n",
            (
                "fazhi.yaml place：“name:…”：冒号后面没有空格，请改成“name: …”"
                "（英文冒号，空一格）"
            ),
        ),
        ("place: [甲市]\n", "fazhi.yaml：“['甲市']”，应写成 place: {name: 某市, level: 县级}"),
        ("place: {level: 某级}\n",
         "fazhi.yaml place.level：“某级”，“层级”应为：县级（是否指“县级”？）"),
        ("agencies: 司法局\n", "fazhi.yaml：“司法局”，应写成 agencies: {司法局: [市司法局]}"),
        ("agencies: {甲: [丙], 乙: [丙]}\n",
         "fazhi.yaml agencies：“丙”，别名同时属于“甲”和“乙”"),
        ("agencies: {甲: {乙: 丙}}\n",
         "fazhi.yaml agencies.甲：“{'乙': '丙'}”，应为清单，如 [甲, 乙]"),
        ("headers: [甲]\n",
         "fazhi.yaml：“['甲']”，应写成 headers: {本单位的列名: 模板的列名}"),
        ("year: 5000\n", "fazhi.yaml year：“5000”，应为四位年份，如 year: 2024"),
        ("filing_superior: [甲]\n", "fazhi.yaml filing_superior：“['甲']”，应为文字"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_settings_is_said(office: Office, text: str, problem: str) -> None:
    office.write("fazhi.yaml", text)
    assert errors(office.read()) == [problem]


def test_short_ways_to_write_the_settings(office: Office) -> None:
    office.write("fazhi.yaml", "place: 某市\nclosed: 决策台账\nagencies: {司法局: 市司法局}\n")
    office.xlsx(决策台账=[["编号", "承办单位"], ["1", "市司法局"]])
    facts = office.read()
    assert errors(facts) == []
    assert (facts.place.key, facts.closed) == ("某市", {"matter"})
    assert facts.records["matter"][0].values["unit"] == "司法局"


def test_settings_that_say_nothing(office: Office) -> None:
    office.write("fazhi.yaml", "# 还没有填\n")
    facts = office.read()
    assert errors(facts) == []
    assert (facts.year, facts.closed) == (2024, frozenset())
    assert facts.inputs[0].kind is InputKind.SETTINGS


def test_the_year_the_ledgers_suggest(office: Office) -> None:
    office.xlsx(决策台账=[["某市2023年决策台账"], ["编号", "事项"], ["1", "甲"]])
    facts = office.read(year=None)
    assert facts.year == 2023


def test_the_year_of_most_dates(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["编号", "讨论日期"],
            ["1", "2022-01-05"],
            ["2", "2023-01-05"],
            ["3", "2023-06-05"],
        ]
    )
    assert office.read(year=None).year == 2023


def test_an_extra_calendar_year(office: Office) -> None:
    office.write("fazhi.yaml", "workdays: [放假安排2027.yaml, 没有.yaml]\n")
    office.write("放假安排2027.yaml", "year: 2027\noff: [2027-01-01]\nworking: [2027-01-03]\n")
    facts = office.read()
    assert facts.calendar.is_workday(dt.date(2027, 1, 3)) is True
    assert facts.calendar.is_workday(dt.date(2027, 1, 1)) is False
    assert errors(facts) == ["fazhi.yaml workdays：“没有.yaml”，文件夹里没有这个放假安排文件"]


def test_a_calendar_that_can_not_be_read_counts_no_day(office: Office) -> None:
    office.write("放假安排2027.yaml", "year: 2027\nyear: 2028\n")
    office.write("放假安排2028.yml", "year: 2028\n")
    facts = office.read()
    assert facts.calendar.is_workday(dt.date(2027, 1, 4)) is None
    assert facts.calendar.is_workday(dt.date(2028, 1, 4)) is None
    assert errors(facts) == [
        "放假安排2027.yaml：第2行 键“year”：键重复，第1行已有",
        "放假安排2028.yml off：没有放假日，不像放假安排",
    ]


TWICE = (
    "编号重复且“认定结论”等内容不同（台账.xlsx〔人工认定〕A8、台账.xlsx〔人工认定〕A7），"
    "各按一件核对，其他台账对它的引用不作数"
)


def test_manual_answers_reach_their_records(office: Office) -> None:
    header = ["要求编号", "对象类型", "对象编号", "认定结论", "认定人", "认定日期"]
    office.xlsx(
        决策台账=[["编号", "事项"], ["1", "甲"], ["2", "乙"]],
        人工认定=[header, ["dec-a", "决策台账", "1", "符合", "王某", "2024-12-01"],
                  ["dec-b", "matter", "1", "不涉及", None, "2024-12-01"],
                  ["dec-a", "matter", "9", "符合", "王某", "2024-12-01"],
                  ["dec-c", "matter", "2", "合规", "王某", "2024-12-01"],
                  ["dec-d", "matter", "2", "符合", "王某", "无"],
                  ["dec-e", "matter", "2", "符合", "王某", "2024-12-01"],
                  ["dec-e", "matter", "2", "不符合", "李某", "2024-12-01"]],
    )  # fmt: skip
    facts = office.read()
    first, second = facts.records["matter"]
    assert first.values["manual:dec-a"] == "符合"
    assert first.source_of("manual:dec-a").cell == "D2"
    given = {key for record in (first, second) for key in record.values if "manual:" in key}
    assert given == {"manual:dec-a"}
    assert sorted((p.cell, p.expected) for p in facts.problems) == [
        ("A3", "人工认定没有认定人或认定日期，不作数"),
        ("A4", "人工认定找不到所认定的事项，不作数"),
        ("A5", "人工认定没有写明认定结论，不作数"),
        ("A6", "人工认定没有认定人或认定日期，不作数"),
        ("A7", "人工认定对同一事项有几个认定，都不作数"),
        ("A7", TWICE),
        ("A8", "人工认定对同一事项有几个认定，都不作数"),
        ("A8", TWICE),
        ("D5", "“认定结论”应为：符合、不符合、不涉及"),
    ]


@pytest.fixture
def real(tmp_path: Path) -> Office:
    """An empty folder read with the record types that ship."""
    return Office(tmp_path, load_schema())


def test_a_report_becomes_the_record_of_its_year(real: Office) -> None:
    real.write("fazhi.yaml", "place: {name: 某市}\n")
    real.write("某市2024年法治政府建设报告.txt", REPORT.encode("gb18030"))
    real.write("年度报告.csv", "报告单位,报告年度,报告公开日期\n某市人民政府,2024,2025-03-10\n")
    facts = real.read(year=None)
    assert errors(facts) == []
    assert facts.year == 2024
    (entry,) = facts.reports
    assert (entry.path, entry.year) == ("某市2024年法治政府建设报告.txt", 2024)
    (report,) = facts.records["annual_report"]
    assert report.key == "某市人民政府/2024"
    assert report.values["published_on"] == dt.date(2025, 3, 10)
    assert report.values["text_read"] is True
    parts = report.elements("parts")
    assert set(parts.items) == {"举措成效", "不足", "下年度安排"}
    assert parts.closed is True
    assert report.values["head_duty_text"] is ABSENT
    figures = report.elements("figures")
    assert figures.closed is True
    reviewed = next(
        item
        for item in figures.items
        if item.values["raw"] == "17"  # type: ignore[union-attr]
    )
    source = reviewed.source  # type: ignore[union-attr]
    assert REPORT[source.start : source.end] == "17"
    assert next(i for i in facts.inputs if i.kind is InputKind.REPORT).encoding == "GB18030"


def test_two_years_reports_stand_under_one_unit(real: Office) -> None:
    """The row names the county's government, the texts the county: last year's plans are found."""
    last = "某市2023年法治政府建设报告\n一、主要做法\n略。\n二、下一步工作\n一是充实执法力量。\n"
    real.write("fazhi.yaml", "place: {name: 某市}\n")
    real.write("某市2023年法治政府建设报告.txt", last)
    real.write("某市2024年法治政府建设报告.txt", REPORT)
    real.write("年度报告.csv", "报告单位,报告年度\n某县人民政府,2023\n某市人民政府,2024\n")
    facts = real.read()
    reports = {report.key: report for report in facts.records["annual_report"]}
    plans = reports["某市人民政府/2024"].elements("previous").items
    assert [item.values["carried_by"] for item in plans if isinstance(item, Record)] == [2024]
    assert sorted(reports) == ["某县人民政府/2023", "某市人民政府/2024"]


@pytest.mark.parametrize("name", ["报告.html", "报告.docx", "报告.md"])
def test_reports_in_other_formats(real: Office, name: str) -> None:
    if name.endswith(".docx"):
        real.write(name, docx(REPORT))
    elif name.endswith(".html"):
        body = "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
        real.write(name, f"<html><head><title>x</title><script>99件</script></head>{body}</html>")
    else:
        real.write(name, REPORT)
    facts = real.read(year=None)
    assert errors(facts) == []
    assert facts.year == 2024
    (report,) = facts.records["annual_report"]
    said = [item.values["raw"] for item in report.elements("figures").items]  # type: ignore[union-attr]
    assert sorted(said) == ["17", "5"]


def docx(text: str) -> bytes:
    """The least that a docx can be."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>',
        )
    return buffer.getvalue()


def test_two_reports_of_one_year_and_a_text_that_is_none(real: Office) -> None:
    real.write("甲2024年法治政府建设报告.txt", REPORT)
    real.write("乙2024年法治政府建设报告.txt", REPORT)
    real.write("内部2024年法治政府建设报告.txt", "秘密★1年\n" + REPORT)
    real.write("通知.txt", "关于开会的通知")
    real.write("丙.pdf", b"%PDF-1.4")
    facts = real.read(year=None)
    assert errors(facts) == [
        f"丙.pdf：PDF 已损坏，打不开：PdfStreamError；{MEND}",
        "内部2024年法治政府建设报告.txt：标有“秘密”：涉密文件不得在本软件中处理，没有读取",
        "甲2024年法治政府建设报告.txt：2024年已有报告“乙2024年法治政府建设报告.txt”，这一份没有读取",
    ]
    assert [note.file for note in notes(facts)] == ["通知.txt"]


def test_every_shipped_header_leads_to_its_own_field() -> None:
    schema = load_schema()
    wrong = [
        f"{name}.{path} {word}: {match and match.target}"
        for name, headings in headings_of(schema).items()
        for path, spec in headings.type.fields.items()
        for word in (spec.title,)
        if (match := headings.find(word)) is None
        or match.target.list
        or match.target.parent
        or match.target.path != path
    ]
    assert wrong == []


def test_every_shipped_ledger_is_recognised_by_its_titles(real: Office) -> None:
    for number, record_type in enumerate(load_schema().types.values()):
        if record_type.generated is None and record_type.sheets:
            real.write(f"{number}.json", {record_type.sheets[0]: [
                {spec.title: "x" if spec.type == "string" else None
                 for spec in record_type.fields.values()}]})  # fmt: skip
    facts = real.read()
    unrecognised = [text for text in errors(facts) if "认不出是哪种台账" in text]
    assert unrecognised == []


def test_walking_lists_files_in_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c/d.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [found.path for found in walk(tmp_path)[0]] == ["a.csv", "b.csv", "c/d.csv"]


def test_file_and_sheet_order_change_nothing(small: Schema, tmp_path: Path) -> None:
    one, two = Office(tmp_path / "one", small), Office(tmp_path / "two", small)
    for office, names in ((one, "ab"), (two, "ba")):
        office.folder.mkdir()
        office.write(f"{names[0]}.csv", "编号,事项\n1,甲\n3,丙\n")
        office.write(f"{names[1]}.csv", "编号,讨论日期\n1,2024-04-26\n2,2024-05-26\n")
    first, second = (office.read().records["matter"] for office in (one, two))
    assert [(r.key, r.values) for r in first] == [(r.key, r.values) for r in second]
    assert [record.key for record in first] == ["1", "2", "3"]


def test_a_ledger_that_was_deleted_between_is_no_crash(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项"], ["1", "甲"]])
    shutil.copy(office.folder / "台账.xlsx", office.folder / "副本.xlsx")
    facts = read_folder(office.folder, office.schema, year=2024)
    assert len(facts.records["matter"]) == 1
    assert len(notes(facts)) == 1


def test_absent_lists_are_closed(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "材料", "依据"], ["1", "甲", "无", None]])
    record = office.one()
    assert record.values["materials"] == ABSENT_LIST
    assert record.values["basis"] == Elements((), closed=False, cause=Cause.BLANK)
    assert record.scalar("exempt") == Unknown(Cause.NO_COLUMN)


def test_more_rows_than_a_folder_may_hold(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by reading as many as fit: the rest would be missing without a word."""
    monkeypatch.setattr("facts.intake.sheets.MAX_ROWS", 5)
    office.write("甲决策台账.csv", "编号,事项\n1,停车\n2,公交\n")
    office.write("乙决策台账.csv", "编号,事项\n3,停车\n4,公交\n")
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["3", "4"]
    assert [text for text in errors(facts) if "超过5行" in text and text.startswith("甲")]
    assert "matter" in facts.lost


def test_numbers_beyond_the_cap_are_refused_with_the_report(
    tmp_path: Path, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a table of 100,000 rows in a report: each of its numbers is read with its words."""
    monkeypatch.setattr("facts.intake.texts.MAX_NUMBERS", 7)
    for year, said in (("2023", "案件12件，三十件。"), ("2024", "案件１件，2件，3件，4件。")):
        name = f"{year}年法治政府建设年度报告"
        (tmp_path / f"{name}.txt").write_text(f"{name}\n{said}", encoding="utf-8")
    (tmp_path / "说明.txt").write_text("1、2、3、4、5、6、7、8、9", encoding="utf-8")
    inputs = read_folder(tmp_path, schema, year=2024).inputs
    refused = {
        (one.path, said.expected)
        for one in inputs
        for said in one.problems
        if said.expected.startswith("有5处")
    }
    assert refused == {
        (
            "2024年法治政府建设年度报告.txt",
            "有5处数字，连同前面的报告超过7处，没有读取；请只放报告的正文，附表、明细另放",
        )
    }
