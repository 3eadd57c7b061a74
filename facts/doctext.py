"""Report files to plain text: txt, md, html, docx. Each paragraph is a line."""

from __future__ import annotations

import html.parser
import io
from typing import Final

from defusedxml.ElementTree import iterparse

from facts.open import RefusedError, decode, open_archive

SUFFIXES: Final = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf"})
MAX_TEXT: Final = 300_000
MAX_PARAGRAPHS: Final = 100_000
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS: Final = frozenset(
    ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "title", "table", "section"]
)
_HIDDEN: Final = frozenset(["script", "style", "noscript", "template", "head"])


def report_text(data: bytes, suffix: str) -> tuple[str, str]:
    """The text of a report file and the encoding it was read in. Raises RefusedError."""
    if suffix == ".pdf":
        raise RefusedError("暂不能读取 PDF，请另存为 docx 或 txt 后放入文件夹")
    if suffix == ".docx":
        text, encoding = _docx(data), "docx"
    else:
        text, encoding = decode(data)
        if suffix in (".html", ".htm"):
            text = _html(text)
    if len(text) > MAX_TEXT:
        raise RefusedError(f"报告超过{MAX_TEXT}字，没有读取")
    return text, encoding


def _docx(data: bytes) -> str:
    """The paragraphs of the body, tables included; deleted revisions are left out."""
    archive = open_archive(data)
    xml = archive.read("word/document.xml")
    if not xml:
        raise RefusedError("不是 Word 文档（docx），打不开")
    lines: list[str] = []
    line: list[str] = []
    size = 0
    try:
        for _, element in iterparse(io.BytesIO(xml), forbid_dtd=True):
            tag = element.tag
            if tag == f"{_WORD}t":
                line.append(element.text or "")
                size += len(element.text or "")
            elif tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
                line.append("\t" if tag.endswith("tab") else "\n")
            elif tag == f"{_WORD}p":
                lines.append("".join(line))
                line = []
                element.clear()
            if size > MAX_TEXT or len(lines) > MAX_PARAGRAPHS:
                # the length of what is returned refuses it
                break
    except Exception as error:
        raise RefusedError(f"Word 文档已损坏：{type(error).__name__}") from error
    if len(lines) > MAX_PARAGRAPHS:
        raise RefusedError("报告的段落太多，没有读取")
    return "\n".join(lines)


class _Text(html.parser.HTMLParser):
    """Collects visible text; scripts and styles are never looked at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN and self._hidden:
            self._hidden -= 1
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data.replace("\n", " "))


def _html(text: str) -> str:
    reader = _Text()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
