"""Files that hypothesis makes from nothing: the shape of a format, with anything in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

import yaml
from hypothesis import strategies as st

from tests.facts.report.test_formats import pdf
from tests.hostile.corpus import KINDS, STRUCTURE, parts_of
from tests.hostile.test_mutated import HEAD, SHEET, packed

_WORD: Final = st.one_of(
    st.sampled_from(STRUCTURE),
    st.sampled_from([*HEAD, "是", "否", "无", "2024-03-01", "2024年3月1日", "详见附件", "12件"]),
    st.text(max_size=8),
)
_NAME: Final = st.one_of(st.sampled_from(HEAD), _WORD)
_SCALAR: Final = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates().map(str), _WORD
)
_TREE: Final = st.recursive(
    _SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAME, inner, max_size=4),
    max_leaves=12,
)
_LEDGER: Final = st.dictionaries(
    st.sampled_from(["决策", "重大行政决策", "其他"]),
    st.lists(st.dictionaries(_NAME, _TREE, max_size=5), max_size=4),
    max_size=2,
)
_ROWS: Final = st.lists(st.lists(_WORD, max_size=6), max_size=6)


def _csv(table: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue().encode(errors="surrogatepass")


def _xml(text: str) -> str:
    return escape("".join(max(char, " ") for char in text))


def _sheet(table: list[list[str]]) -> bytes:
    body = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{chr(65 + to)}{at}" t="inlineStr"><is><t>{_xml(cell)}</t></is></c>'
            for to, cell in enumerate(row)
        )
        + "</row>"
        for at, row in enumerate(table, 1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'
    return text.encode(errors="replace")


_TAGS: Final = ("p", "div", "table", "tr", "td colspan=3", "td rowspan=2", "th", "b", "span", "ul")
_HTML: Final = st.recursive(
    _WORD,
    lambda inner: st.tuples(st.sampled_from(_TAGS), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0].split()[0]}>"
    ),
    max_leaves=20,
)
_BLOCKS: Final = ("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:ins", "w:del", "w:hyperlink")
_WORDXML: Final = st.recursive(
    _WORD.map(lambda text: f"<w:p><w:r><w:t>{_xml(text)}</w:t></w:r></w:p>"),
    lambda inner: st.tuples(st.sampled_from(_BLOCKS), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(body: str) -> bytes:
    text = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    parts = parts_of(KINDS["docx"].whole)
    return packed({**parts, "word/document.xml": text.encode(errors="replace")})


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


_PAGES: Final = st.lists(
    st.lists(
        _WORD.map(lambda text: "".join(char for char in text if 32 <= ord(char) < 0xD800)),
        max_size=5,
    ),
    min_size=1,
    max_size=3,
)

FILES: Final[Mapping[str, st.SearchStrategy[bytes]]] = {
    "xlsx": _ROWS.map(
        lambda table: packed({**parts_of(KINDS["xlsx"].whole), SHEET: _sheet(table)})
    ),
    "docx": _WORDXML.map(_docx),
    "pdf": _PAGES.map(pdf),
    "csv": _ROWS.map(_csv),
    "json": st.one_of(_LEDGER, _TREE).map(lambda made: json.dumps(made).encode()),
    "yaml": st.one_of(_LEDGER, _TREE).map(
        lambda made: yaml.safe_dump(made, allow_unicode=True).encode(errors="surrogatepass")
    ),
    "html": _HTML.map(_bytes),
    "txt": st.lists(_WORD, max_size=20).map(lambda words: _bytes("".join(words))),
}
