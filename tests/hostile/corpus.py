"""Small whole files of every format, what has broken a parser before, and ways to break them.

Of a ledger it is known which rows stand in it as they were written: a planted gap among these is
never met, and never gone, without a word.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import docx

from tests.facts.report.test_formats import pdf
from tests.hostile.test_mutated import HEAD, SHEET, packed, rows, table, workbook

REPORT: Final = (
    "青岚县2024年法治政府建设年度报告\n一、主要工作\n全年办理行政复议案件12件，审结10件，"
    "制发规范性文件3件，备案率100%。\n二、存在的不足\n执法人员培训不够。\n"
) * 3
STRUCTURE: Final[Sequence[str]] = (
    *("\x00", '"', "'", ",", "\n", "\r", "\t", "{", "[", "]", "}", ":", "- ", "&a ", "*a", "|"),
    *("!!python/object:os.system", "<", ">", "&amp;", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "</c>"),
    *("<table>", "<div>", '<td colspan="²">', "<td rowspan=5000>", 'r="0"', 'r="A1048577"'),
    *('r="1000000000000"', 't="s"', "<v>99999999</v>", "_xD800_", "PK\x03\x04", "%PDF-1.4"),
    *("endobj", "stream", "/Kids[3 0 R 2 0 R]", "/Length 99999999", "= 1+1", "NaN", "Infinity"),
    *("-", "1e999999999", "9" * 60, "①", "²", "⑴", "\u202e", "〇", "5000年13月45日", "单位：万元"),
)
"""What has broken a parser before, ours or another's."""
BYTES: Final[Sequence[bytes]] = (b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x81")
SIZES: Final = (1, 1, 2, 8, 64)


def in_bytes(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to four changed, cut, doubled, moved, or hostile ones put in."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at, size = rng.randrange(len(out) + 1), rng.choice(SIZES)
        match rng.randrange(6):
            case 0:
                out[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size] * rng.choice((1, 2, 50))
            case 3:
                out[at:at] = rng.choice(BYTES)
            case 4:
                out[at:at] = rng.choice(STRUCTURE).encode()
            case _:
                del out[at + rng.randrange(max(1, len(out) - at)) :]
    return bytes(out)


def in_text(text: str, rng: random.Random) -> str:
    """The text with one to four places changed, cut, doubled, or hostile ones put in."""
    for _ in range(rng.randint(1, 4)):
        at, size = rng.randrange(len(text) + 1), rng.choice(SIZES)
        match rng.randrange(4):
            case 0:
                text = text[:at] + chr(rng.choice((rng.randrange(128), 0x4E00))) + text[at + 1 :]
            case 1:
                text = text[:at] + text[at + size :]
            case 2:
                text = text[:at] + text[at : at + size] * rng.choice((1, 2, 50)) + text[at:]
            case _:
                text = text[:at] + rng.choice(STRUCTURE) + text[at:]
    return text


@dataclass(frozen=True)
class Kind:
    """A format: how its files end, one that is whole, and how it is broken.

    `rows` finds in a broken file the planted rows that still stand in it as they were written.
    """

    suffix: str
    whole: bytes
    broken: Callable[[random.Random], bytes]
    rows: Callable[[bytes], set[str]] | None = None


def _text_kind(suffix: str, text: str, marks: Mapping[str, str] | None = None) -> Kind:
    def broken(rng: random.Random) -> bytes:
        if rng.random() < 0.2:
            return in_bytes(text.encode(), rng)
        return in_text(text, rng).encode(errors="surrogatepass")

    written = {key: mark.encode() for key, mark in (marks or {}).items()}

    def standing(data: bytes) -> set[str]:
        if head not in data:
            return set()
        return {key for key, mark in written.items() if mark in data}

    head = (
        b"" if marks is None else text[: text.index(min(marks.values(), key=text.index))].encode()
    )
    return Kind(suffix, text.encode(), broken, standing if marks is not None else None)


def _parts_kind(
    suffix: str, parts: dict[str, bytes], rows: Callable[[bytes], set[str]] | None = None
) -> Kind:
    names, whole = sorted(parts), packed(parts)

    def broken(rng: random.Random) -> bytes:
        if rng.random() < 0.1:
            return in_bytes(whole, rng)
        name = rng.choice(names)
        try:
            text = parts[name].decode()
        except UnicodeDecodeError:
            return packed({**parts, name: in_bytes(parts[name], rng)})
        return packed({**parts, name: in_text(text, rng).encode(errors="surrogatepass")})

    return Kind(suffix, whole, broken, rows)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _book_rows(data: bytes) -> set[str]:
    """The planted rows of a workbook, where neither its sheet nor its texts were touched."""
    try:
        parts = parts_of(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        return set()
    if any(parts.get(name) != _BOOK[name] for name in (SHEET, "xl/sharedStrings.xml")):
        return set()
    return {f"决{at}" for at in range(1, 9, 2)}


def _document() -> dict[str, bytes]:
    paper = docx.Document()
    for line in REPORT.splitlines():
        paper.add_paragraph(line)
    for at, cell in enumerate(paper.add_table(2, 3)._cells):
        cell.text = str(at)
    buffer = io.BytesIO()
    paper.save(buffer)
    kept = ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml")
    return {name: data for name, data in parts_of(buffer.getvalue()).items() if name in kept}


def _objects() -> Iterator[tuple[str, dict[str, str]]]:
    for row in rows()[1:]:
        yield row[1], dict(zip(HEAD, row, strict=True))


def _planted(mark: Callable[[dict[str, str]], str]) -> dict[str, str]:
    return {key: mark(made) for key, made in _objects() if int(key[1:]) % 2}


def _json_of(made: dict[str, str]) -> str:
    return json.dumps(made, ensure_ascii=False)


def _yaml_of(made: dict[str, str]) -> str:
    return "- " + "\n  ".join(f"{key}: {value!r}" for key, value in made.items()) + "\n"


_PAGE: Final = (
    "<html><body><h1>法治政府建设年度报告</h1><table>"
    + "".join(
        "<tr>" + "".join(f"<td colspan=2>{cell}</td>" for cell in row) + "</tr>" for row in rows()
    )
    + "</table>"
    + "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
    + "</body></html>"
)
_LINES: Final = dict(zip((row[1] for row in rows()), table().splitlines(), strict=True))

_BOOK: Final = workbook()
_PDF: Final = pdf([REPORT.splitlines()])

KINDS: Final[Mapping[str, Kind]] = {
    "xlsx": _parts_kind(".xlsx", _BOOK, _book_rows),
    "docx": _parts_kind(".docx", _document()),
    "pdf": Kind(".pdf", _PDF, lambda rng: in_bytes(_PDF, rng)),
    "csv": _text_kind(".csv", table(), _planted(lambda made: f"\n{_LINES[made['决策编号']]}\n")),
    "json": _text_kind(
        ".json",
        '{"决策": [' + ",\n".join(_json_of(made) for _, made in _objects()) + "]}",
        _planted(_json_of),
    ),
    "yaml": _text_kind(
        ".yaml", "决策:\n" + "".join(_yaml_of(made) for _, made in _objects()), _planted(_yaml_of)
    ),
    "html": _text_kind(".html", _PAGE),
    "txt": _text_kind(".txt", REPORT),
}
