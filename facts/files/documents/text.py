"""Report files to plain text, each format by its own reader: txt, md, html, docx, pdf."""

from __future__ import annotations

import unicodedata
from typing import Final

from engine.model.regex import regex
from facts.files.archive import open_archive
from facts.files.decode import decode
from facts.files.documents.errors import ReportTextError
from facts.files.refused import RefusedError, SecretError
from facts.writing.text import clean, marking

MAX_TEXT: Final = 1_000_000
"""Characters of a report; a longer one is refused."""

_NUMBER: Final = regex("[0-9０-９]+|[〇零一二两三四五六七八九十百千万亿]+")

_NOISE: Final = 0.02
"""The share of characters that are none from which on a text is not one."""

_NO_CHARACTERS: Final = ("Cc", "Cn", "Co", "Cs")
_SPACES: Final = frozenset("\t\n\r\f\v")

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
    if sum(map(_is_noise, text)) > _NOISE * len(text):
        raise RefusedError("取出来的是乱码，没有读取；请放入 Word 原稿，或另存为 UTF-8 的文本")
    if len(text) > MAX_TEXT:
        raise RefusedError(f"报告超过{MAX_TEXT}字，没有读取")
    for line in text.splitlines()[:_HEAD]:
        if secret := marking(clean(line)):
            raise SecretError(f"标有“{secret}”：涉密文件不得在本软件中处理，没有读取")
    return text, encoding


def count_numbers(text: str) -> int:
    """In how many places a number may stand."""
    return len(_NUMBER.findall(text))


def _is_noise(char: str) -> bool:
    return char == "\ufffd" or (
        unicodedata.category(char) in _NO_CHARACTERS and char not in _SPACES
    )


def _text(data: bytes, suffix: str) -> tuple[str, str]:
    """The readers of documents are imported where a document is there to read."""
    match suffix:
        case ".pdf":
            from facts.files.documents.pdf import pdf_text

            return pdf_text(data), "pdf"
        case ".docx":
            from facts.files.documents.docx import docx_text

            return docx_text(open_archive(data).read), "docx"
        case ".html" | ".htm" | ".mht" | ".mhtml":
            from facts.files.documents.html import html_text
            from facts.files.documents.mht import is_message, page_of

            if is_message(data):
                return html_text(page_of(data)), "mht"
            markup, encoding = decode(data)
            return html_text(markup), encoding
        case ".md":
            from facts.files.documents.md import md_text

            text, encoding = decode(data)
            return md_text(text), encoding
        case _:
            return decode(data)
