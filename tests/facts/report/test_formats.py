"""Web pages, Word documents, PDFs and Markdown to the text that the reader takes."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from facts.files.documents.docx import docx_text
from facts.files.documents.errors import ReportTextError
from facts.files.documents.html import html_text
from facts.files.documents.md import md_text
from facts.files.documents.pdf import pdf_text
from facts.files.mend import MEND
from facts.report import PartName, read_report
from tests.conftest import ROOT

BODY = [
    "甲市2023年法治政府建设情况报告",
    "一、主要举措和成效",
    "全年审查规范性文件12件，开展执法检查300余次。",
    "二、存在的不足和原因",
    "执法力量不足，原因在于编制紧张。",
    "三、下一步安排",
    "充实基层执法力量。",
]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def assert_reads(text: str) -> None:
    report = read_report(text)
    assert [(f.raw, f.unit) for f in report.figures] == [("12", "件"), ("300余", "次")]
    assert (report.place, report.year) == ("甲市", 2023)
    missing = {part.name for part in report.parts if not part.present}
    assert missing == {PartName.LEADERS}


def web_page(lines: list[str]) -> str:
    article = "".join(f"<p><span>{line}</span></p>" for line in lines[1:])
    links = "".join(f'<li><a href="/{n}">2022年第{n}号公告共{n}件</a></li>' for n in range(30))
    return f"""<!DOCTYPE html><html><head><title>{lines[0]}-甲市人民政府</title>
    <meta name="ArticleTitle" content="{lines[0]}"><script>var a = "执法检查900次";</script></head>
    <body><div class="top"><ul>{links}</ul></div><div class="wrap"><div class="crumb">
    当前位置：首页 &gt; 公开</div><h1>{lines[0]}</h1>
    <div class="info">来源：某局 浏览次数：88次</div>
    <div id="zoom"><div>{article}</div></div><div>附件下载：3件</div></div>
    <div class="bottom"><a>版权</a>网站标识码：4100000001</div></body></html>"""


def test_html_is_its_article() -> None:
    text = html_text(web_page(BODY))
    assert text.splitlines() == BODY
    assert_reads(text)


def test_html_without_text_says_so() -> None:
    for page in ("<script>1</script>", "<frameset><frame src=a></frameset>"):
        with pytest.raises(ReportTextError, match="没有正文"):
            html_text(page)


def test_html_whose_title_stands_in_its_head_alone() -> None:
    page = web_page(BODY).replace(f"<h1>{BODY[0]}</h1>", "")
    assert html_text(page).splitlines() == BODY


def test_a_form_around_the_whole_page_is_the_page_and_one_in_it_is_not() -> None:
    """Broken by a page that is lost with its form, and by a form whose words count as text."""
    text = "".join(f"<p>{line}</p>" for line in BODY)
    ask = "<form><p>留言3条。</p></form>"
    assert html_text(f"<body><form>{text}</form></body>").splitlines() == BODY
    assert html_text(f"<body>{text}{ask}</body>").splitlines() == BODY


def test_html_nested_endlessly_is_read_whole() -> None:
    assert html_text("<div>" * 300 + "<p>甲</p><p>乙</p>").splitlines() == ["甲", "乙"]


@pytest.mark.parametrize(
    "markup", ["", "<", "<a<b>", "<div>" * 3000, "<!--" * 500, "<table><td>甲"]
)
def test_broken_html_is_text_or_an_error(markup: str) -> None:
    with contextlib.suppress(ReportTextError):
        html_text(markup)


def word_document(paragraphs: str) -> bytes:
    return f"<w:document {W}><w:body>{paragraphs}</w:body></w:document>".encode()


def parts(**named: bytes) -> Callable[[str], bytes | None]:
    return lambda name: named.get(name.removeprefix("word/").removesuffix(".xml"))


def test_docx_paragraphs() -> None:
    xml = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in BODY)
    text = docx_text(parts(document=word_document(xml)))
    assert text.splitlines() == BODY
    assert_reads(text)


def test_docx_numbers_that_word_counts_are_text() -> None:
    """Headings numbered by Word itself have no number in their text."""
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    lines = []
    for line in BODY:
        heading = line[1:2] == "、"
        words = line[2:] if heading else line
        lines.append(f"<w:p>{numbered if heading else ''}<w:r><w:t>{words}</w:t></w:r></w:p>")
    lists = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    ).encode()
    text = docx_text(parts(document=word_document("".join(lines)), numbering=lists))
    assert text.splitlines() == BODY
    assert_reads(text)


def test_docx_tables_are_rows_and_deleted_text_is_gone() -> None:
    xml = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>行政处罚案件</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>124件</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>受理5件</w:t><w:delText>受理9件</w:delText></w:r></w:p>"
    )
    text = docx_text(parts(document=word_document(xml)))
    assert text == "行政处罚案件\t124件\n受理5件"


def test_docx_breaks_and_tabs_part_words() -> None:
    xml = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>"
    assert docx_text(parts(document=word_document(xml))) == "甲 乙\n丙"


def test_docx_a_table_within_a_cell_stays_in_that_cell() -> None:
    def cell(content: str) -> str:
        return f"<w:tc>{content}</w:tc>"

    def words(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    inner = f"<w:tbl><w:tr>{cell(words('内'))}{cell(words('外'))}</w:tr></w:tbl>"
    row = cell(words("甲")) + cell(words("乙") + inner)
    xml = f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
    assert docx_text(parts(document=word_document(xml))) == "甲\t乙 内 外"


LISTS = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="%1"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"/>
</w:numbering>""".encode()
STYLES = f"""<w:styles {W}>
<w:style w:styleId="章"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="无"><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="文"/>
</w:styles>""".encode()


@pytest.mark.parametrize(
    ("properties", "lines"),
    [
        ('<w:pStyle w:val="章"/>', ["一、甲", "二、甲"]),
        ('<w:pStyle w:val="无"/>', ["甲", "甲"]),
        ('<w:pStyle w:val="文"/>', ["甲", "甲"]),
        ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', ["一.3甲", "一.4甲"]),
        ('<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>', ["甲", "甲"]),
        ('<w:numPr><w:ilvl w:val="7"/><w:numId w:val="1"/></w:numPr>', ["甲", "甲"]),
        ('<w:numPr><w:numId w:val="2"/></w:numPr>', ["甲", "甲"]),
        ('<w:pStyle w:val="章"/><w:numPr><w:numId w:val="0"/></w:numPr>', ["甲", "甲"]),
    ],
)
def test_docx_numbers_by_style_level_and_form(properties: str, lines: list[str]) -> None:
    xml = f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>甲</w:t></w:r></w:p>" * 2
    document = word_document(xml)
    text = docx_text(parts(document=document, numbering=LISTS, styles=STYLES))
    assert text.splitlines() == lines


@pytest.mark.parametrize("name", ["altChunk", "subDoc"])
def test_docx_with_another_file_within_is_refused(name: str) -> None:
    """Broken by reading on past it: Word shows what stands there as text like any other."""
    xml = f"<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:{name}/>"
    with pytest.raises(ReportTextError, match=r"^正文里夹着另一个文件，那里的字读不到，没有读取"):
        docx_text(parts(document=word_document(xml)))


def test_docx_with_damaged_lists_is_an_error() -> None:
    with pytest.raises(ReportTextError, match=rf"^Word 文档已损坏：ParseError；{MEND}$"):
        docx_text(parts(document=word_document("<w:p/>"), numbering=b"<w:numbering"))


def test_docx_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    document = word_document("<w:p><w:r><w:t>甲乙丙</w:t></w:r></w:p>" * 3)
    monkeypatch.setattr("facts.files.documents.docx.MAX_TEXT", 8)
    with pytest.raises(ReportTextError, match=r"^报告超过8字，没有读取$"):
        docx_text(parts(document=document))
    monkeypatch.setattr("facts.files.documents.docx.MAX_PARAGRAPHS", 2)
    with pytest.raises(ReportTextError, match=r"^报告的段落太多，没有读取$"):
        docx_text(parts(document=document))


def test_docx_with_a_long_number_before_each_paragraph() -> None:
    """Broken by writing a label of any length before every paragraph, and looking afterwards."""
    listed = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='7'/></w:numPr></w:pPr>"
    xml = f"{listed}<w:r><w:t>甲</w:t></w:r></w:p>" * 2
    lists = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:lvlText w:val="{"%1" * 500_000}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    ).encode()
    text = docx_text(parts(document=word_document(xml), numbering=lists))
    assert text == f"{'1' * 50}甲\n{'2' * 50}甲"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (None, "不是 Word 文档"),
        (b"<w:document", "已损坏"),
        (word_document("<w:p/>"), "没有文字"),
    ],
)
def test_docx_errors(document: bytes | None, message: str) -> None:
    with pytest.raises(ReportTextError, match=message):
        docx_text(lambda name: document if name == "word/document.xml" else None)


def pdf(pages: list[list[str]]) -> bytes:
    """A small PDF with a text layer, or without one where a page has no lines."""
    chars = sorted({char for page in pages for line in page for char in line})
    codes = {char: f"{index + 1:04X}" for index, char in enumerate(chars)}
    mapping = "\n".join(f"<{code}> <{ord(char):04X}>" for char, code in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapping}\nendbfchar\nendcmap\nend\nend"
    )
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
            "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
        ),
        (
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        f"<< /Length {len(to_unicode)} >>\nstream\n{to_unicode}\nendstream",
    ]
    for number, page in enumerate(pages):
        shows = "\n".join(f"<{''.join(codes[char] for char in line)}> Tj 0 -20 Td" for line in page)
        stream = f"BT /F1 12 Tf 60 700 Td\n{shows}\nET" if page else ""
        objects += [
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
                f"/Contents {7 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            ),
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    ).encode()
    return out


def test_pdf_pages_join_and_page_numbers_go() -> None:
    pages = [
        [*BODY[:2], "全年审查规范性文件", "- 1 -"],
        ["12件，开展执法检查300余次。", *BODY[3:], "- 2 -"],
    ]
    text = pdf_text(pdf(pages))
    assert "- 1 -" not in text
    assert_reads(text)


def test_a_scan_says_so() -> None:
    with pytest.raises(ReportTextError, match="扫描件"):
        pdf_text(pdf([[], []]))


def locked(data: bytes, opening: str, algorithm: str = "RC4-128") -> bytes:
    """The same PDF with a password for changing it, and one for opening it."""
    writer = pypdf.PdfWriter(io.BytesIO(data))
    writer.encrypt(opening, "改", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_locked_against_changes_is_read_and_one_locked_whole_is_refused() -> None:
    assert_reads(pdf_text(locked(pdf([BODY]), "")))
    with pytest.raises(ReportTextError, match=r"^PDF 设有打开密码，请去掉密码后再放入文件夹$"):
        pdf_text(locked(pdf([BODY]), "开"))


@pytest.mark.parametrize("algorithm", ["AES-128", "AES-256"])
def test_a_pdf_that_is_ciphered_is_not_called_damaged(tmp_path: Path, algorithm: str) -> None:
    """Broken where what deciphers it isn't installed, as it is with the tests alone."""
    pytest.importorskip("cryptography", reason="没有装 cryptography，造不出加了密的 PDF")
    path = tmp_path / "报告.pdf"
    path.write_bytes(locked(pdf([BODY]), "", algorithm))
    program = (
        "import sys; sys.modules.update(cryptography=None, Crypto=None); from pathlib import Path\n"
        "from facts.files.documents.errors import ReportTextError\n"
        "from facts.files.documents.pdf import pdf_text\n"
        "try: pdf_text(Path(sys.argv[1]).read_bytes())\n"
        "except ReportTextError as error: sys.stdout.buffer.write(str(error).encode())\n"
    )
    command = [sys.executable, "-c", program, str(path)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    assert said.startswith("PDF 加了密（")


def test_a_pdf_that_nothing_deciphers_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken by a file that is whole called damaged where what deciphers it isn't installed."""

    def fails(*_: object, **__: object) -> None:
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf, "PdfReader", fails)
    with pytest.raises(ReportTextError, match=r"^PDF 加了密（"):
        pdf_text(pdf([BODY]))


def test_a_pdf_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([["甲" * 20], ["乙" * 20], ["丙" * 20]])
    monkeypatch.setattr("facts.files.documents.pdf.MAX_TEXT", 19)
    with pytest.raises(ReportTextError, match=r"^报告超过19字，没有读取$"):
        pdf_text(data)
    monkeypatch.setattr("facts.files.documents.pdf.MAX_PAGES", 2)
    with pytest.raises(ReportTextError, match=r"^PDF 有3页，超过2页，没有读取$"):
        pdf_text(data)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", zlib.compress(b"x" * 99), b"%PDF-1.7\nxref\n"])
def test_a_damaged_pdf_is_an_error(data: bytes) -> None:
    with pytest.raises(ReportTextError, match="PDF"):
        pdf_text(data)


def test_markdown() -> None:
    lines = [f"# {BODY[0]}", *(f"## {line}" if line[1] == "、" else line for line in BODY[1:])]
    lines[2] = lines[2].replace("12件", "**12**件").replace("执法检查", "[执法检查](http://a.b/c)")
    assert_reads(md_text("\n\n".join(lines)))


def test_markdown_headings_without_numbers() -> None:
    text = f"# {BODY[0]}\n\n## 存在的不足\n\n办案慢。\n\n## 下一步打算\n\n加快办案。\n"
    report = read_report(md_text(text))
    assert [(s.title, s.level) for s in report.sections] == [("存在的不足", 1), ("下一步打算", 1)]
    assert report.part(PartName.PLANS).present
