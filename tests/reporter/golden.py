"""What each format looks like, kept in files that are read when they change.

`python -m tests.reporter.golden` writes them anew; look at the difference before committing it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from engine.model.assessment import Assessment
from facts.files.xml import fromstring
from reporter.formats import FORMATS
from tests.reporter.sample import decision, sample

FOLDER: Final = Path(__file__).parent / "golden"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLES: Final[dict[str, Callable[[], Assessment]]] = {"year": sample, "decision": decision}


def text_of(content: str | bytes, form: str) -> str:
    """What a reader sees of a document, as lines: paragraphs, or cells by address."""
    if isinstance(content, str):
        return content
    return {"docx": _paragraphs, "xlsx": _cells, "blanks": _cells}[form](content)


def _paragraphs(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = fromstring(parts.read("word/document.xml"))
    lines = []
    for paragraph in body.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val") if style is not None else ""
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t"))
        lines.append(f"{name}\t{text}".rstrip())
    return "\n".join(lines) + "\n"


def _cells(content: bytes) -> str:
    book = load_workbook(io.BytesIO(content))
    return "".join(
        f"{page.title}!{cell.coordinate}\t{cell.value!r}\n"
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    )


def shown(name: str, form: str) -> str:
    return text_of(FORMATS[form].render(SAMPLES[name]()), form)


def path_of(name: str, form: str) -> Path:
    return FOLDER / f"{name}.{form}.txt"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in SAMPLES:
        for form in FORMATS:
            path_of(name, form).write_text(shown(name, form), encoding="utf-8", newline="\n")
