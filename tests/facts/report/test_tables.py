"""Tables of a report: a figure with its row and its columns, in every format that has tables."""

from __future__ import annotations

import pytest

from facts.files.documents.docx import docx_text
from facts.files.documents.html import html_text
from facts.files.documents.md import md_text
from facts.files.documents.pdf import pdf_text
from facts.files.documents.tables import table_lines
from facts.report import read_report
from tests.facts.report.spoken import score
from tests.facts.report.test_formats import pdf, word_document

TITLE = "甲县2024年法治政府建设情况报告"
ROWS = [
    ["序号", "指标", "单位", "2024年", "2023年"],
    ["1", "制发行政规范性文件", "件", "12", "345"],
    ["2", "行政复议按期办结率", "%", "98.5", "97"],
]
# by hand: the row names what is counted, the column its year, 单位 its unit
WANTED = [
    ("normative_documents_issued", "12", "件", "result"),
    ("normative_documents_issued", "345", "件", "comparison"),
    ("reconsideration_closing_rate", "98.5%", "%", "result"),
    ("reconsideration_closing_rate", "97%", "%", "comparison"),
]
BODY = "各部门认真履行职责，扎实推进法治政府建设，全县执法规范化水平有了新的提高，情况如下。"


def word(rows: list[list[str]]) -> bytes:
    cells = "</w:tr><w:tr>".join(
        "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row)
        for row in rows
    )
    head = f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>"
    return word_document(f"{head}<w:tbl><w:tr>{cells}</w:tr></w:tbl>")


def text_of(form: str) -> str:
    if form == "md":
        lines = ["| " + " | ".join(row) + " |" for row in ROWS]
        return md_text("\n".join([f"# {TITLE}", "", lines[0], "|---|---|---|---|---|", *lines[1:]]))
    if form == "html":
        rows = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in ROWS)
        return html_text(
            f"<body><h1>{TITLE}</h1><p>{BODY}</p><table>{rows}</table><p>{BODY}</p></body>"
        )
    if form == "docx":
        document = word(ROWS)
        return docx_text(lambda name: document if name == "word/document.xml" else None)
    return pdf_text(pdf([[TITLE, *(" ".join(row) for row in ROWS)]]))


@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_a_figure_has_its_row_and_its_column(form: str) -> None:
    text = text_of(form)
    figures = read_report(text).figures
    assert [(f.indicator, f.raw, f.unit, f.kind.value) for f in figures] == WANTED
    assert all(text[f.start : f.end] == f.raw for f in figures)


def told(*rows: list[str]) -> list[str]:
    return (table_lines(rows) or [])[1:]


def test_heads_of_two_levels_and_units_in_brackets() -> None:
    assert told(
        ["类别", "行政复议", "行政复议"],
        ["类别", "2024年（件）", "2023年（件）"],
        ["收案", "96", "80"],
    ) == ["2024年行政复议收案96件，2023年行政复议收案80件。"]
    assert told(["指标", "数量"], ["注销执法证件（本）", "5"]) == ["注销执法证件5本。"]


def test_years_down_the_side_and_changes() -> None:
    assert told(["年份", "制发规范性文件（件）"], ["2024", "12"]) == ["2024年制发规范性文件12件。"]
    assert told(["项目", "本年", "同比增长"], ["行政应诉案件", "12件", "20%"]) == [
        "本年行政应诉案件12件，同比增长20%。"
    ]


def test_what_one_body_did_is_not_what_the_place_did() -> None:
    rows = [["单位", "行政处罚（件）"], ["城管局", "120"], ["合计", "620"]]
    lines = table_lines(rows)
    assert lines is not None
    figures = read_report("\n".join([TITLE, *lines])).figures
    assert [(f.raw, f.indicator) for f in figures] == [("120", None), ("620", "penalties_total")]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "职务"], ["张某", "局长"]],
        [["发布机构", "甲县政府"], ["成文日期", "2024-01-05"]],
        [["12", "345"]],
        [["标题", "正文"], ["甲", "全年受理案件12件，" + "办结情况良好" * 20]],
        [],
    ],
)
def test_what_is_no_table_of_figures_is_left_alone(rows: list[list[str]]) -> None:
    assert table_lines(rows) is None


def test_numbers_in_two_columns_are_two_numbers() -> None:
    row = "<tr><td>受理行政复议案件12件</td><td>345</td><td>678</td></tr>"
    text = html_text(f"<body><p>{TITLE}</p><p>{BODY}</p><table>{row}</table></body>")
    assert "12345" not in {str(f.value) for f in read_report(text).figures}
    assert not {"345678", "345 678"} & {str(f.value) for f in read_report(text).figures}
    lines = pdf_text(pdf([[TITLE, "各类案件 120 600", "其他情况详见附件所列的各项内容"]]))
    assert [f for f in read_report(lines).figures if f.value > 600] == []
    # one cell a line, as copied from a page: neither glued nor read across
    flat = read_report(f"{TITLE}\n受理\n12\n345\n办结\n10\n300\n")
    assert {f.value for f in flat.figures} <= {12, 345, 10, 300}


def test_prose_beside_a_table_in_a_pdf_stays_prose() -> None:
    lines = [
        TITLE,
        "指标 2024年 2023年",
        "制发规范性文件 12件 10件",
        "（二）办理行政应诉案件 7 件。",
    ]
    assert pdf_text(pdf([lines])).splitlines()[-1] == "（二）办理行政应诉案件 7 件。"


def test_a_cell_over_columns_or_rows_stands_in_each() -> None:
    page = (
        "<table><tr><th rowspan=2>类别</th><th colspan=2>行政诉讼</th></tr>"
        "<tr><th>2024年</th><th>2023年</th></tr><tr><td>收案</td><td>61件</td><td>50件</td></tr></table>"
    )
    text = html_text(f"<body><p>{TITLE}</p><p>{BODY}</p>{page}<p>{BODY}</p></body>")
    assert "2024年行政诉讼收案61件，2023年行政诉讼收案50件。" in text
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wide, down = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = [
        cell.format(down, "类别") + cell.format(wide, "行政诉讼"),
        cell.format("<w:vMerge/>", "") + cell.format("", "2024年") + cell.format("", "2023年"),
        cell.format("", "收案") + cell.format("", "61件") + cell.format("", "50件"),
    ]
    xml = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    document = word_document(f"<w:tbl>{xml}</w:tbl>")
    text = docx_text(lambda name: document if name == "word/document.xml" else None)
    assert text.splitlines()[-1] == "2024年行政诉讼收案61件，2023年行政诉讼收案50件。"


def test_a_head_as_long_as_a_sentence_heads_no_table() -> None:
    head = (
        "本年度各单位办理的行政处罚案件数量（含简易程序和普通程序案件以及移送其他机关处理的案件）"
    )
    assert table_lines([["单位", head], ["甲局", "12"], ["乙局", "9"]]) is None


def test_a_head_as_long_as_a_sentence_heads_no_aligned_table() -> None:
    head = "本年度各单位办理的行政处罚案件数量含简易程序和普通程序案件以及移送其他机关处理的案件"
    assert read(f"单位  {head}\n甲局  12\n乙局  9\n") == []


def test_words_beside_the_figures_of_a_row_stand_with_their_head() -> None:
    assert told(["指标", "2024年", "备注"], ["制发文件", "12", "含党政联合发文"]) == [
        "2024年制发文件12，备注：含党政联合发文。"
    ]


def test_a_table_of_a_pdf_whose_first_column_has_no_head() -> None:
    text = pdf_text(pdf([[TITLE, "2024年 2023年", "制发行政规范性文件 12 9", "立案 30 28"]]))
    assert text.splitlines()[1:] == [
        "2024年\t2023年：",
        "2024年制发行政规范性文件12，2023年制发行政规范性文件共9。",
        "2024年立案30，2023年立案28。",
    ]


def test_a_table_that_holds_another_is_layout() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr></table>"
    rows = f"<tr><td>{BODY}</td><td>{inner}</td></tr><tr><td>{BODY}</td><td>2</td></tr>"
    text = html_text(f"<body><p>{BODY}</p><table>{rows}</table><p>{BODY}</p></body>")
    assert text.splitlines() == [BODY, BODY, "甲\t\t1", f"{BODY}\t\t2", BODY]


def test_every_table_is_read_cell_by_cell_in_every_format() -> None:
    """A cell that is lost, glued to its neighbour or given another unit breaks this."""
    assert score.tables().wrong == ()


def test_the_total_and_no_other_cell_is_what_a_table_counts() -> None:
    assert score.table_indicators().wrong == ()


HEAD = f"{TITLE}\n"


def read(text: str) -> list[tuple[str, str, str | None, str]]:
    source = HEAD + text
    figures = read_report(source).figures
    assert all(source[f.start : f.end] == f.raw for f in figures)
    assert all(f.sentence.start <= f.start < f.end <= f.sentence.end for f in figures)
    return [(f"{f.value:f}", f.unit, f.indicator, f.kind.value) for f in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "指标 2024年 2023年\n行政处罚决定 12 345\n行政许可 6 789\n",
            [
                ("12", "", "penalties_total", "result"),
                ("345", "", "penalties_total", "comparison"),
                ("6", "", "approvals_handled", "result"),
                ("789", "", "approvals_handled", "comparison"),
            ],
        ),
        # the names of the rows have no head
        (
            "2024年　2023年\n制发行政规范性文件　12　345\n",
            [
                ("12", "", "normative_documents_issued", "result"),
                ("345", "", "normative_documents_issued", "comparison"),
            ],
        ),
        # years over several columns each, shared out evenly
        (
            "2024年  2023年\n受理  办结  受理  办结\n12  345  67  890\n",
            [
                ("12", "", None, "result"),
                ("345", "", None, "result"),
                ("67", "", None, "comparison"),
                ("890", "", None, "comparison"),
            ],
        ),
        # the total stands under no serial number
        (
            "序号　单位名称　行政处罚（件）\n1　城管局　218\n2　交通局　151\n合计　369\n",
            [
                ("218", "件", None, "result"),
                ("151", "件", None, "result"),
                ("369", "件", "penalties_total", "result"),
            ],
        ),
        # the unit on a line of its own
        (
            "单位：万元\n项目　2024年\n罚没金额　98 .5\n".replace("98 .5", "98.5"),
            [("985000", "元", "fines_amount", "result")],
        ),
        # heads that can't be shared out, and none: nothing is glued, nothing is guessed
        ("甲　乙　丙\n子　丑\n12　345　678　9　10\n3　4　5　6　7\n", []),
        ("甲镇 12 345\n乙镇 16 789\n", []),
        ("第一部分　总体要求\n第二部分　主要做法\n", []),
        ("表一　表二\n", []),
    ],
)
def test_blanks_part_the_cells_of_plain_text(
    text: str, expected: list[tuple[str, str, str | None, str]]
) -> None:
    assert read(text) == expected


def test_blanks_within_prose_and_within_thousands_stay() -> None:
    assert [value for value, *_ in read("全年受理1 234件，办结 1 200 件。\n")] == ["1234", "1200"]
    assert [value for value, *_ in read("　　受理12件\n　　办结　8件\n")] == ["12", "8"]


def test_what_a_blank_head_stands_under() -> None:
    rows = [
        ["单位名称", "行政处罚（件）", "", "检查（次）"],
        ["", "立案", "结案", ""],
        ["甲局", "5", "4", "9"],
    ]
    assert told(*rows)[-1] == "甲局（行政处罚立案）5件，甲局（行政处罚结案）4件，甲局（检查）9次。"


def test_the_first_column_may_count_or_number() -> None:
    assert told(["警告", "罚款"], ["12", "345"]) == ["警告12，罚款345。"]
    assert told(["年度", "受理（件）"], ["2024", "12"]) == ["2024年受理12件。"]
    assert told(["序号", "受理（件）"], ["1", "12"]) == ["受理12件。"]


def test_a_rate_does_not_take_the_unit_of_its_table() -> None:
    rows = [["指标", "2024年"], ["办结率", "98"], ["受理", "12"]]
    assert table_lines(rows, "单位：件") == [
        "指标\t2024年：",
        "2024年办结率98。",
        "2024年受理12件。",
    ]
