"""What stands in a report now is read once; what can't be read is refused, never half read."""

from __future__ import annotations

import pytest

from facts.files.documents.docx import docx_text
from facts.files.documents.errors import ReportTextError
from facts.files.documents.html import html_text
from facts.files.documents.pdf import _Meaning, pdf_text
from facts.files.documents.text import report_text
from facts.files.refused import RefusedError
from tests.facts.report.test_formats import BODY, assert_reads, parts, pdf, word_document

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


def docx(xml: str) -> str:
    return docx_text(parts(document=word_document(xml)))


def test_a_strict_document_reads_as_any_other() -> None:
    xml = "".join(f"<w:p>{run(line)}</w:p>" for line in BODY)
    document = word_document(xml)
    strict = document.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT.encode()
    )
    assert strict != document
    assert_reads(docx_text(parts(document=strict)))


def test_text_that_was_moved_stands_where_it_stands_now() -> None:
    moved = f"<w:p><w:moveFrom>{run('审核文件15件。')}</w:moveFrom></w:p>"
    here = f"<w:p><w:moveTo>{run('审核文件15件。')}</w:moveTo></w:p>"
    assert docx(f"{moved}<w:p>{run('备案12件。')}</w:p>{here}").split() == [
        "备案12件。",
        "审核文件15件。",
    ]


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ("<w:strike/>", "备案12件"),
        ("<w:dstrike/>", "备案12件"),
        ("<w:vanish/>", "备案12件"),  # hidden text is not there either
        ('<w:vanish w:val="0"/>', "备案912件"),
        ('<w:strike w:val="1"/>', "备案12件"),
        ('<w:strike w:val="false"/>', "备案912件"),
        ('<w:strike w:val="0"/>', "备案912件"),
        ("<w:b/>", "备案912件"),
    ],
)
def test_what_is_struck_out_is_not_there(properties: str, text: str) -> None:
    """`备案9(struck out)12件` is 12, never 912."""
    assert docx(f"<w:p>{run('备案')}{run('9', properties)}{run('12件')}</w:p>") == text


@pytest.mark.parametrize("change", ["rPrChange", "pPrChange"])
def test_how_it_looked_before_a_revision_says_nothing(change: str) -> None:
    """Fails if text is dropped because it was struck out once, and is no longer."""
    old = f"<w:{change}><w:rPr><w:strike/></w:rPr></w:{change}>"
    assert docx(f"<w:p>{run('备案')}{run('9', old)}{run('12件')}</w:p>") == "备案912件"


def test_a_row_that_was_deleted_is_gone() -> None:
    def row(words: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc><w:p>{run(words)}</w:p></w:tc></w:tr>"

    gone = row("备案9件", "<w:trPr><w:del/></w:trPr>")
    assert docx(f"<w:tbl>{row('审核15件')}{gone}{row('备案12件')}</w:tbl>").split() == [
        "审核15件",
        "备案12件",
    ]


def test_a_hyphen_that_is_an_element_parts_two_years() -> None:
    """Fails if 2021-2025 becomes one number, and if a struck one is read."""
    text = "<w:r><w:t>2021</w:t><w:noBreakHyphen/><w:t>2025年</w:t></w:r>"
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:noBreakHyphen/></w:r>"
    assert docx(f"<w:p>{text}{struck}</w:p>") == "2021-2025年"


def test_the_mark_of_a_struck_paragraph_strikes_no_run() -> None:
    paragraph = "<w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>"
    assert docx(f"<w:p>{paragraph}{run('备案12件')}</w:p>") == "备案12件"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('备案12件。')}</w:p></w:txbxContent>"
    twice = (
        f"<mc:AlternateContent {MC}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert docx(f"<w:p><w:r>{twice}</w:r></w:p><w:p>{run('完。')}</w:p>").split() == [
        "备案12件。",
        "完。",
    ]


def test_a_pdf_whose_fonts_say_nothing_is_refused() -> None:
    """Without a table the glyph numbers come out as characters that mean something else."""
    whole = pdf([BODY])
    assert_reads(pdf_text(whole))
    bare = whole.replace(b" /ToUnicode 5 0 R", b" " * len(b" /ToUnicode 5 0 R"))
    assert len(bare) == len(whole)
    with pytest.raises(ReportTextError, match=r"字体没有文字对照表.*请放入 Word 原稿"):
        pdf_text(bare)


@pytest.mark.parametrize(
    ("font", "unknown"),
    [
        ({"/Subtype": "/Type0", "/Encoding": "/Identity-H"}, 1),
        ({"/Subtype": "/Type0", "/Encoding": "/Identity-V"}, 1),
        ({"/Subtype": "/Type0", "/Encoding": "/GBK-EUC-H"}, 0),
        ({"/Subtype": "/Type0", "/Encoding": "/Identity-H", "/ToUnicode": 1}, 0),
        ({"/Subtype": "/Type3", "/Encoding": {"/Differences": [0, "/g1", "/g22"]}}, 1),
        ({"/Subtype": "/TrueType", "/Encoding": {"/Differences": [1, "/c7", "/G12"]}}, 1),
        ({"/Subtype": "/TrueType"}, 1),
        ({"/Subtype": "/Type3"}, 1),
        ({"/Subtype": "/Type1"}, 0),
        ({"/Subtype": "/TrueType", "/Encoding": "/WinAnsiEncoding"}, 0),
        ({"/Subtype": "/Type1", "/Encoding": {"/Differences": [1, "/one", "/A"]}}, 0),
        ({"/Subtype": "/Type1", "/Encoding": {"/BaseEncoding": "/WinAnsiEncoding"}}, 0),
    ],
)
def test_fonts_of_every_kind_that_say_nothing(font: dict[str, object], unknown: int) -> None:
    """Lawful: named glyphs and standard encodings, as of the digits in a text."""
    meaning = _Meaning()
    meaning("字", None, None, font, None)
    assert (meaning.shown, meaning.unknown) == (1, unknown)


def test_a_page_that_is_one_form_is_read_and_a_form_in_it_left_out() -> None:
    article = "".join(f"<p>{line}</p>" for line in BODY)
    search = "<form><p>站内搜索：请输入关键字9999</p></form>"
    page = f"<body><form id=aspnetForm><div>{search}</div><div>{article}</div></form></body>"
    assert html_text(page).splitlines() == BODY
    apart = f"<body>{search}<div>{article}</div></body>"
    assert html_text(apart).splitlines() == BODY


@pytest.mark.parametrize("target", ["/files/P0202.pdf", "a.DOCX?x=1", "年报.wps"])
def test_a_page_with_nothing_but_a_link_to_the_report_is_not_the_report(target: str) -> None:
    page = (
        f'<h1>甲县2024年法治政府建设年度报告</h1><p>见附件</p><a href="{target}">年度报告全文</a>'
    )
    with pytest.raises(ReportTextError, match="报告在附件“年度报告全文”里；请放入附件本身"):
        html_text(page)
    article = "".join(f"<p>{line}</p>" for line in BODY) * 20
    assert html_text(f"{page}{article}").count(BODY[2]) == 20


LINK = "<h1>甲县2024年法治政府建设年度报告</h1><p>现将报告予以公布。</p>{}<p>主办单位：甲县政府</p>"


@pytest.mark.parametrize(
    "shown",
    [
        '<a href="/download.jsp?id=12">年度报告.pdf</a>',
        '<iframe src="/viewer/年报.pdf"></iframe>',
        '<embed type="application/pdf" src="/x/12">',
        '<object data="a/年报.docx#page=1"></object>',
    ],
)
def test_a_page_that_only_shows_a_document_is_not_the_report(shown: str) -> None:
    """However the document hangs on it, and whatever stands around it that is no sentence."""
    around = "".join(f"<p>栏目{n}　公开指南　工作机构　联系方式</p>" for n in range(40))
    with pytest.raises(ReportTextError, match="请放入附件本身"):
        html_text(LINK.format(shown) + around)
    article = "".join(f"<p>{line}</p>" for line in BODY) * 3
    assert html_text(LINK.format(shown) + article).count(BODY[2]) == 3
    assert "现将报告" in html_text(LINK.format('<iframe src="/map.html"></iframe>'))


MHT = (
    "From: <Saved by WPS>\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
)


def test_a_page_saved_as_a_single_file_is_read_under_any_name() -> None:
    markup = "<body>" + "".join(f"<p>{line}</p>" for line in BODY) + "</body>"
    data = MHT.encode() + markup.encode("gb18030") + b"\r\n--b--\r\n"
    for suffix in (".htm", ".mht"):
        text, encoding = report_text(data, suffix)
        assert encoding == "mht"
        assert_reads(text)


@pytest.mark.parametrize("named", ["gb2312", "GBK", "utf-8", ""])
def test_a_saved_page_may_hold_more_than_the_charset_it_names(named: str) -> None:
    """镕, 堃 and 㐱 are in GBK or GB18030 only: a charset named too small must lose no figure."""
    name = f'; charset="{named}"' if named else ""
    head = MHT.partition("--b")[0] + f"--b\r\nContent-Type: text/html{name}\r\n\r\n"
    people = "审核人朱镕、王堃、㐱某。"
    markup = f"<body><p>{people}</p>" + "".join(f"<p>{line}</p>" for line in BODY) + "</body>"
    text, _ = report_text(head.encode() + markup.encode("gb18030") + b"\r\n--b--\r\n", ".mht")
    assert people in text
    assert_reads(text.replace(people + "\n", ""))


@pytest.mark.parametrize(
    "part",
    [
        "Content-Type: image/png\r\n\r\nx",
        'Content-Type: text/html; charset="nothing"\r\n\r\n<p>x</p>',
        "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n/////w==",
        'Content-Type: multipart/mixed; boundary="c"\r\n\r\n--c\r\n--c--',
    ],
)
def test_a_single_file_without_a_page_says_what_to_do(part: str) -> None:
    data = MHT.partition("--b")[0] + f"--b\r\n{part}\r\n--b--\r\n"
    with pytest.raises(RefusedError, match="另存为“网页，仅 HTML”"):
        report_text(data.encode(), ".htm")


@pytest.mark.parametrize(("noise", "refused"), [(2, False), (3, True)])
def test_noise_is_no_text(noise: int, refused: bool) -> None:  # noqa: FBT001
    """More than two characters in a hundred that are none."""
    data = ("\x03" * noise + "字" * (100 - noise)).encode()
    if refused:
        with pytest.raises(RefusedError, match="乱码"):
            report_text(data, ".txt")
    else:
        assert report_text(data, ".txt")[1] == "UTF-8"
