"""What lies in a folder beside the ledgers: it is named, and changes no more than it may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.facts import ANY_LEDGER, InputKind, Level
from engine.model.schema import Schema
from tests.facts.conftest import Office, errors, notes

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [["编号", "事项"], ["决1", "修桥"]]


def closed(office: Office) -> frozenset[str]:
    office.write("fazhi.yaml", "closed: [决策, 执法单位]\n")
    office.xlsx("本年.xlsx", 决策台账=ROWS, 单位=[["单位名称", "执法人员数"], ["县局", 3]])
    return office.read().closed


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("会议通知.doc", {"matter", "agency"}),
        ("座谈会.wps", {"matter", "agency"}),
        ("2023年决策台账.doc", {"agency"}),
        ("2023年决策台账.et", {"agency"}),
        ("说明.et", set()),
        ("附件.zip", {"matter", "agency"}),
        ("2023年决策台账.rar", {"agency"}),
        ("2023年决策台账.7z", {"agency"}),
        ("2023年决策台账.numbers", {"agency"}),
        ("导出.dbf", set()),
        ("2023年决策台账", {"agency"}),
        ("2023年决策台账.csv.", {"agency"}),
        ("2023年决策台账.xlsx.bak", {"agency"}),
        ("2023年决策台账.jpg", {"agency"}),
        ("2023年决策台账.txt", {"agency"}),
        ("2023年决策台账.docx", {"agency"}),
        ("重大决策公告.jpg", {"matter", "agency"}),
        ("会议登记表.docx", {"matter", "agency"}),
        ("决策.docx", {"agency"}),
        ("2024年决策（下半年）.txt", {"agency"}),
        ("清溪县决策名单.pdf", {"agency"}),
        ("决策的说明.docx", {"matter", "agency"}),
        ("决策.jsonl", {"agency"}),
        ("导出.jsonl", set()),
    ],
)
def test_a_file_that_isn_t_read_opens_what_its_name_fits(
    office: Office, name: str, left: set[str]
) -> None:
    """Broken by a notice that opens every ledger, or by an old ledger that opens none."""
    office.write(name, OLD)
    assert closed(office) == left


@pytest.mark.parametrize("name", ["决策台账.txt", "决策台账.md", "决策台账.html"])
def test_a_ledger_among_the_texts_is_lost_and_said(office: Office, name: str) -> None:
    """Broken by a note: it was taken for a text that is no report, and the ledger stayed closed."""
    office.write(name, "编号\t事项\n决2\t铺路\n")
    assert closed(office) == {"agency"}
    said = [one.expected for one in office.read().problems if one.lost_row]
    assert said == ["不像法治政府建设年度报告，没有读取；看名称是台账，请另存为 .xlsx 再放进来"]


@pytest.mark.parametrize("suffix", [".doc", ".docm", ".ofd", ".pages", ".jpg", ""])
def test_a_report_in_a_format_that_isn_t_read_is_no_small_thing(
    office: Office, suffix: str
) -> None:
    """Broken by a report that is passed over as if it were a notice."""
    office.write(f"2024年法治政府建设年度报告{suffix}", OLD)
    facts = office.read()
    assert [(p.level, p.lost_row) for p in facts.problems] == [(Level.ERROR, False)]
    assert facts.inputs[0].kind is InputKind.REPORT


def test_what_the_office_says_is_no_matter_is_not_looked_at(office: Office) -> None:
    """Broken by a file that is read though it is ignored, or by one of a like name."""
    office.write("说明.et", OLD)
    office.write("往年/决策台账.csv", "编号,事项\n旧1,甲\n")
    office.write("往年说明.csv", "编号,事项\n新1,甲\n")
    office.write("fazhi.yaml", "ignore: [说明.et, 往年/]\n")
    facts = office.read()
    assert (facts.problems, facts.lost) == ([], frozenset())
    assert [record.key for record in facts.records["matter"]] == ["新1"]
    ignored = [entry.path for entry in facts.inputs if entry.notes]
    assert ignored == ["往年/决策台账.csv", "说明.et"]


def test_a_sheet_that_fits_nothing_changes_nothing(office: Office) -> None:
    """Broken by a list of telephone numbers that opens every ledger."""
    office.xlsx("电话.xlsx", Sheet1=[["姓氏", "电话"], ["丁", "000"]])
    assert closed(office) == {"matter", "agency"}
    assert [note.expected for note in notes(office.read())] == [
        "不像台账，没有读取，别的台账不受影响"
    ]


WHOLE = [
    ["编号", "事项", "是否重大", "讨论日期", "人数"],
    ["决1", "修桥", "是", "2024-05-06", 3],
    ["决2", "铺路", "否", "2024-06-06", 4],
]


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([["决3", "植树", "是", "2024-07-06", 5]], {"agency"}),
        ([["续表"], ["决3", "植树", "是", "", 5], ["决4", "清河", "", "7月6日", 6]], {"agency"}),
        ([["决3", "植树", 12, 3.5, 5]], {"matter", "agency"}),  # figures of something else
        ([["甲", "乙", "丙", "丁", "戊"]], {"matter", "agency"}),
        ([["决3", "植树"]], {"matter", "agency"}),  # two texts may be anything
        ([["汇总", 1, 2], ["其中", 3, 4]], {"matter", "agency"}),
    ],
)
def test_a_sheet_without_a_header_that_goes_on_opens_its_ledger(
    office: Office, rows: list[list[object]], left: set[str]
) -> None:
    """Broken by half a ledger on the next sheet, noted as no ledger and missed by no list."""
    office.write("fazhi.yaml", "closed: [决策, 执法单位]\n")
    office.xlsx("本年.xlsx", 决策台账=WHOLE, 单位=[["单位名称", "执法人员数"], ["县局", 3]],
                Sheet2=rows)  # fmt: skip
    assert office.read().closed == left


@pytest.mark.parametrize("beside", [1, 2])
def test_a_ledger_on_its_side_is_not_read_and_opens_it(office: Office, beside: int) -> None:
    """Broken by taking 事项, 是否重大 … for the numbers of matters."""
    office.write("fazhi.yaml", "closed: [决策, 执法单位]\n")
    turned = [list(line)[: beside + 1] for line in zip(*WHOLE, strict=True)]
    office.xlsx("本年.xlsx", 决策台账=turned, 单位=[["单位名称", "执法人员数"], ["县局", 3]])
    facts = office.read()
    assert facts.records["matter"] == []
    assert facts.closed == {"agency"}
    (problem,) = errors(facts)
    assert problem == (
        "本年.xlsx〔决策台账〕：列名像是从上往下写的，一件一列，没有读取"
        "（请转成一件一行：复制后“选择性粘贴—转置”）"
    )


def test_a_sheet_with_a_header_of_a_ledger_opens_that_one(office: Office) -> None:
    """Broken by half a ledger that nobody misses."""
    office.xlsx("其他.xlsx", Sheet1=[["甲", "乙", "丙", "执法人员数"], [1, 2, 3, 4]])
    assert closed(office) == {"matter"}
    (problem,) = errors(office.read())
    assert "可能是执法单位，这些台账先不当作录全" in problem


def test_a_hidden_sheet_that_is_no_ledger_is_said_and_no_more(office: Office) -> None:
    """Broken by a hidden list of choices that opens a ledger."""
    import openpyxl  # noqa: PLC0415 - one test hides a sheet

    path = office.xlsx("本年.xlsx", 决策台账=ROWS, 备选=[["执法人员数", "丙", "丁"], ["是", 1, 2]])
    book = openpyxl.load_workbook(path)
    book["备选"].sheet_state = "hidden"
    book.save(path)
    facts = office.read()
    assert (facts.problems, facts.lost) == ([], frozenset())
    assert ANY_LEDGER not in facts.lost


@pytest.mark.parametrize(
    ("name", "level"), [("附件.zip", Level.NOTE), ("2023年决策台账.rar", Level.ERROR)]
)
def test_an_archive_says_to_unpack_it(office: Office, name: str, level: Level) -> None:
    """Broken by an archive full of ledgers that is passed over as any other file."""
    office.write(name, b"PK")
    (problem,) = office.read().problems
    assert (problem.level, problem.expected) == (
        level, "是压缩包，没有读取；里面有台账、报告的，请解压到这个文件夹里再核",
    )  # fmt: skip


@pytest.mark.parametrize("sheet", ["人员年度", "单位年度", "地方年度"])
def test_a_sheet_named_as_what_has_no_ledger_is_no_ledger(
    tmp_path: Path, schema: Schema, sheet: str
) -> None:
    """Broken by an error that ends the whole run, for a name that only our own rules use."""
    office = Office(tmp_path, schema)
    office.write("fazhi.yaml", "year: 2024\n")
    office.xlsx("情况.xlsx", **{sheet: [["甲", "乙"], [1, 2]]})
    assert errors(office.read()) == []
