"""Report files to plain text, each format by its own reader: txt, md, html, docx, pdf."""

from __future__ import annotations

from typing import Final

from facts.files.documents.errors import ReportTextError
from facts.files.open import RefusedError, decode, open_archive
from facts.writing.text import clean, marking

SUFFIXES: Final = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf"})
MAX_TEXT: Final = 1_000_000
"""Characters of a report; a longer one is refused."""

_HEAD: Final = 15
"""The first lines, where a document says how secret it is."""


def report_text(data: bytes, suffix: str) -> tuple[str, str]:
    """The text of a report file and the encoding it was read in. Raises RefusedError."""
    try:
        text, encoding = _text(data, suffix)
    except ReportTextError as error:
        raise RefusedError(str(error)) from None
    if not text.strip():
        raise RefusedError("文件里没有文字，请放入写好的报告")
    if len(text) > MAX_TEXT:
        raise RefusedError(f"报告超过{MAX_TEXT}字，没有读取")
    for line in text.splitlines()[:_HEAD]:
        if secret := marking(clean(line)):
            raise RefusedError(f"标有“{secret}”：涉密文件不得在本软件中处理，没有读取")
    return text, encoding


def _text(data: bytes, suffix: str) -> tuple[str, str]:
    """The readers of documents are imported where a document is there to read."""
    match suffix:
        case ".pdf":
            from facts.files.documents.pdf import pdf_text

            return pdf_text(data), "pdf"
        case ".docx":
            from facts.files.documents.docx import docx_text

            return docx_text(open_archive(data).read), "docx"
        case ".html" | ".htm":
            from facts.files.documents.html import html_text

            markup, encoding = decode(data)
            return html_text(markup), encoding
        case ".md":
            from facts.files.documents.md import md_text

            text, encoding = decode(data)
            return md_text(text), encoding
        case _:
            return decode(data)
