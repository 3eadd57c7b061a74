"""Statistical tables as reports append them, in every format, with what must be read in each.

The first two are laid out as the statutory statistics of enforcement are (国办发〔2018〕118号);
all names and figures are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from facts.files.documents.docx import docx_text
from facts.files.documents.html import html_text
from facts.files.documents.md import md_text
from facts.files.documents.pdf import pdf_text
from tests.facts.report.test_formats import pdf, word_document

TITLE = "甲县2024年法治政府建设情况报告"
BODY = "各部门认真履行职责，扎实推进法治政府建设，全县执法规范化水平有了新的提高，情况如下。"


@dataclass(frozen=True)
class Table:
    """A caption, head rows and rows; `wanted` is value and unit of every figure, in reading order.

    `counts` are indicators with the one value that they must be given, nothing else.
    """

    name: str
    caption: tuple[str, ...]
    heads: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    wanted: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str], ...] = ()
    spans: bool = False
    """Whether its heads can't be told without their spans, which only some formats have."""


_KINDS = (
    "警告",
    "罚款",
    "没收违法所得、没收非法财物",
    "暂扣许可证、执照",
    "责令停产停业",
    "吊销许可证、执照",
    "行政拘留",
    "其他行政处罚",
)


def each(numbers: str, unit: str) -> tuple[tuple[str, str], ...]:
    """Several figures of one unit."""
    return tuple((number, unit) for number in numbers.split())


TABLES: tuple[Table, ...] = (
    Table(
        "penalties of one body, first column a figure",
        ("行政处罚实施情况统计表",),
        (
            ("行政处罚实施数量（件）",) * 9 + ("罚没金额（万元）",),
            (*_KINDS, "合计", "罚没金额（万元）"),
        ),
        (("12", "345", "6", "2", "1", "0", "0", "3", "369", "98.5"),),
        (*each("12 345 6 2 1 0 0 3 369", "件"), ("985000", "元")),
        (("penalties_total", "369"), ("fines_amount", "985000")),
    ),
    Table(
        "penalties by body, with a total",
        ("行政处罚实施情况统计表",),
        (
            ("单位名称", *("行政处罚实施数量（件）",) * 9, "罚没金额（万元）"),
            ("单位名称", *_KINDS, "合计", "罚没金额（万元）"),
        ),
        (
            ("城市管理局", "10", "200", "5", "0", "1", "0", "0", "2", "218", "60.5"),
            ("交通运输局", "2", "145", "1", "2", "0", "0", "0", "1", "151", "38"),
            ("合计", "12", "345", "6", "2", "1", "0", "0", "3", "369", "98.5"),
        ),
        (
            *each("10 200 5 0 1 0 0 2 218", "件"),
            ("605000", "元"),
            *each("2 145 1 2 0 0 0 1 151", "件"),
            ("380000", "元"),
            *each("12 345 6 2 1 0 0 3 369", "件"),
            ("985000", "元"),
        ),
        (("penalties_total", "369"), ("fines_amount", "985000")),
    ),
    Table(
        "licences, unit in the caption",
        ("行政许可实施情况统计表", "单位：件"),
        (("申请数量", "受理数量", "许可数量", "不予许可数量", "撤销许可数量"),),
        (("1200", "1180", "1150", "30", "2"),),
        each("1200 1180 1150 30 2", "件"),
    ),
    Table(
        "unit in the caption's brackets, serial numbers",
        ("2024年行政执法数据统计表（单位：件）",),
        (("序号", "单位名称", "行政处罚", "行政强制"),),
        (
            ("1", "城市管理局", "218", "12"),
            ("2", "交通运输局", "151", "345"),
            ("", "合计", "369", "357"),
        ),
        each("218 12 151 345 369 357", "件"),
        (("penalties_total", "369"), ("coercion_cases", "357")),
    ),
    Table(
        "unit in the row's name",
        (),
        (("指标", "2024年", "2023年"),),
        (
            ("行政检查（次）", "3200", "2900"),
            ("行政复议按期办结率（%）", "100", "98.5"),
            ("罚没金额（万元）", "12", "345"),
        ),
        (
            ("3200", "次"),
            ("2900", "次"),
            ("100", "%"),
            ("98.5", "%"),
            ("120000", "元"),
            ("3450000", "元"),
        ),
    ),
    Table(
        "unit in a column of its own",
        (),
        (("序号", "项目", "计量单位", "数量"),),
        (
            ("1", "制定行政规范性文件", "件", "12"),
            ("2", "开展执法培训", "期", "345"),
            ("3", "罚没金额", "万元", "67.8"),
        ),
        (("12", "件"), ("345", "期"), ("678000", "元")),
        (("normative_documents_issued", "12"),),
    ),
    Table(
        "coercion, three rows of heads",
        ("行政强制实施情况统计表",),
        (
            (
                "行政强制措施（件）",
                "行政强制措施（件）",
                *("行政强制执行（件）",) * 3,
                "合计（件）",
            ),
            (
                "查封",
                "扣押",
                "行政机关强制执行",
                "行政机关强制执行",
                "申请法院强制执行",
                "合计（件）",
            ),
            ("查封", "扣押", "加处罚款", "代履行", "申请法院强制执行", "合计（件）"),
        ),
        (("4", "15", "7", "120", "33", "179"),),
        each("4 15 7 120 33 179", "件"),
        (("coercion_cases", "179"),),
        spans=True,
    ),
)


def html(table: Table) -> str:
    """The table in a page, spans written as spans."""
    caption = "".join(f"<p>{line}</p>" for line in table.caption)
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (*table.heads, *table.rows)
    )
    page = f"<h1>{TITLE}</h1><p>{BODY}</p>{caption}<table>{rows}</table><p>{BODY}</p>"
    return html_text(f"<body>{page}</body>")


def md(table: Table) -> str:
    """The table between bars."""
    heads = [_barred(row) for row in table.heads]
    rule = "|" + "---|" * len(table.rows[0])
    rows = [_barred(row) for row in table.rows]
    return md_text(
        "\n".join(
            [f"# {TITLE}", "", BODY, "", *table.caption, "", heads[0], rule, *heads[1:], *rows]
        )
    )


def _barred(row: tuple[str, ...]) -> str:
    return "| " + " | ".join(row) + " |"


def docx(table: Table) -> str:
    """The table of a Word document."""
    lines = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (TITLE, BODY, *table.caption)
    )
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{''.join(cell.format(text) for text in row)}</w:tr>"
        for row in (*table.heads, *table.rows)
    )
    document = word_document(f"{lines}<w:tbl>{rows}</w:tbl>")
    return docx_text(lambda name: document if name == "word/document.xml" else None)


def _shown(row: tuple[str, ...]) -> list[str]:
    """A row as it is seen: what stands over several columns stands there once."""
    return [cell for at, cell in enumerate(row) if cell and (not at or cell != row[at - 1])]


def in_pdf(table: Table) -> str:
    """The text layer of a page: cells a blank apart; a cell over two rows of heads stands once."""
    seen: set[str] = set()
    lines = [TITLE, BODY, *table.caption]
    for row in table.heads:
        cells = [cell for cell in _shown(row) if cell not in seen]
        seen.update(cells)
        lines.append(" ".join(cells))
    lines += [" ".join(cell for cell in row if cell) for row in table.rows]
    return pdf_text(pdf([lines]))


def _aligned(table: Table, blank: str) -> str:
    seen: set[str] = set()
    lines = [TITLE, f"　　{BODY}", *table.caption]
    for row in table.heads:
        cells = [cell for cell in _shown(row) if cell not in seen]
        seen.update(cells)
        lines.append(blank.join(cells))
    lines += [blank.join(cell for cell in row if cell) for row in table.rows]
    return "\n".join([*lines, f"　　{BODY}"])


def spaced(table: Table) -> str:
    """Plain text, cells several blanks apart."""
    return _aligned(table, "    ")


def wide(table: Table) -> str:
    """Plain text, cells a full-width blank apart."""
    return _aligned(table, "\u3000")


def wider(table: Table) -> str:
    """Plain text, cells two full-width blanks apart."""
    return _aligned(table, "\u3000\u3000")


def tabbed(table: Table) -> str:
    """Plain text, cells a tab apart."""
    return _aligned(table, "\t")


FLAT = (in_pdf, spaced, wide, wider, tabbed)
"""Forms that show no spans."""

FORMS: tuple[Callable[[Table], str], ...] = (html, md, docx, in_pdf, spaced, wide, wider, tabbed)


def wanted(table: Table) -> list[tuple[Decimal, str]]:
    """What must be read, in reading order."""
    return [(Decimal(value), unit) for value, unit in table.wanted]
