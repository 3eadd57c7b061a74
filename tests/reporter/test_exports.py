"""Whatever a cell says comes back as it was written, from every format, and none of it is live.

100,000 texts in the ordinary run; docs/THREAT_MODEL.md says how many through each format.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import cmarkgfm
import docx
import openpyxl
import pytest
from icalendar import Calendar
from selectolax.lexbor import LexborHTMLParser

from engine.model.assessment import Assessment, RectificationEntry
from engine.model.assessment_json import from_json, to_json
from engine.model.deadline import DeadlineEntry, Urgency
from engine.model.facts import Input
from engine.model.field import FieldKind
from engine.model.outcome import Outcome, Severity
from engine.model.shown import FactEntry
from engine.model.values import Cause, Source
from facts.files.reader import HERE
from facts.files.xml import fromstring
from facts.ledgers.headers import Target
from facts.ledgers.templates import Book, Column, Sheet
from facts.ledgers.workbook import GUIDE, workbook_bytes
from reporter.documents.xlsx import SHEET
from reporter.formats import DEADLINES, FORMATS
from reporter.visible import visible
from tests.reporter.sample import sample

HOSTILE: Final = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "＝1+1", "'=1"),
    *("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"),
    *("&lt;b&gt;", "&amp;", "&#60;", "]]>", "<!--", "-->", "<a href=//x>", "<https://x.y>"),
    *("javascript:alert(1)", "http://example.com", "https://a.b/c?d=e", "www.example.com"),
    *("mailto:a@b.c", "a@b.com", "ftp://x.y", "\\\\share\\x", "file:///etc", "internal:表!A1"),
    *("\u202eabc", "\u200b", "\ufeff", "\x00", "\x0b", "\x1b[31m", "\x7f", "\x85", "\u2028"),
    *("_x000D_", "_x005F_x000D_", "_x005F_x005F_x000D_", "_xD800_", "\ufffe"),
    *("|", "`", "*甲*", "_乙_", "[丙](http://x)", "![丙](x)", "[^1]", "# 丁", "> 丁", "1. 丁"),
    *("{{ 戊 }}", "{% 己 %}", "{# 庚 #}", "\\", "~~庚~~", "$x$", "---", "```", "BEGIN:VEVENT"),
    *("END:VEVENT\r\nBEGIN:VALARM", ";", ",", "\\n", "{ HYPERLINK x }", "INCLUDETEXT x"),
    *("", " ", "　", "\n", "甲\n乙", "  前后  ", "0012", "1E5", "2024-01-01", "TRUE", "#N/A"),
)
ALPHABET: Final = (
    "甲乙丙丁0123456789abcXYZ <>&'\"=+-@|*_`[]()#{}%\\/:;,.!?～—…“”\u202e\u200b\t_x000D_"
)
IN_A_CELL: Final = 20
"""Texts that one message quotes; the first of them stands alone in another place too."""


def strings(number: int, seed: int) -> list[str]:
    """So many texts: the hostile ones, whole, at the head of others or behind them; random ones."""
    rng = random.Random(seed)  # noqa: S311
    found = list(HOSTILE)
    while len(found) < number:
        body = "".join(rng.choices(ALPHABET, k=rng.randint(0, 8)))
        match rng.randrange(4):
            case 0:
                body = rng.choice(HOSTILE) + body
            case 1:
                body += rng.choice(HOSTILE)
            case _:
                pass
        found.append(body)
    return found


def marked(texts: Sequence[str], first: int) -> str:
    return "".join(f"〖{at}〗{text}〖/{at}〗" for at, text in enumerate(texts, first))


def cells(texts: Sequence[str]) -> Iterable[tuple[int, Sequence[str]]]:
    return ((at, texts[at : at + IN_A_CELL]) for at in range(0, len(texts), IN_A_CELL))


def holding(texts: Sequence[str]) -> Assessment:
    """An assessment whose findings and deadlines quote these texts, each between its marks."""
    base = sample()
    finding = next(entry for entry in base.outcomes if entry.finding)
    outcomes = tuple(
        dataclasses.replace(
            finding,
            subject_key=f"k{at}",
            subject_label=group[0],
            message=marked(group, at),
            fingerprint=f"f{at}",
        )
        for at, group in cells(texts)
    )
    deadlines = tuple(
        DeadlineEntry(
            dt.date(2024, 7, 1), Urgency.YELLOW, 7, "甲", "dec-0", "decision", f"k{at}", f"k{at}",
            group[0], "", marked(group, at), f"f{at}", Severity.MAJOR,
        )
        for at, group in cells(texts)
    )  # fmt: skip
    return dataclasses.replace(base, outcomes=outcomes, deadlines=deadlines, gates=(), since=None)


def lost(told: str, texts: Sequence[str], shown: Callable[[str], str] = visible) -> dict[int, str]:
    """The texts that don't stand between their marks; blanks, which no page counts, set aside."""
    told = squeezed(told)
    return {
        at: text
        for at, text in enumerate(texts)
        if f"〖{at}〗{squeezed(shown(text))}〖/{at}〗" not in told
    }


def squeezed(text: str) -> str:
    return "".join(text.split())


def rendered(name: str, texts: Sequence[str]) -> str:
    made = FORMATS[name].render(holding(texts))
    assert isinstance(made, str)
    return made


def live(tree: LexborHTMLParser) -> dict[str, int]:
    """How many of each tag that does something there are, of handlers, and of links elsewhere."""
    names = ("script", "img", "iframe", "object", "embed", "form", "link", "style", "base", "svg")
    found = {name: len(tree.css(name)) for name in names}
    nodes = tree.css("*")
    found["handlers"] = sum(name.startswith("on") for node in nodes for name in node.attributes)
    targets = [node.attributes.get("href") or "" for node in nodes if "href" in node.attributes]
    found["elsewhere"] = sum(not target.startswith("#") for target in targets)
    return found


JSON, TEXTS, PAPER = 22_500, 10_000, 7_500
"""How many go through each format of data, of text, of paper. OSCAL comes on top."""

BLANKS = 5_000
"""How many, on top too, stand in the cells of the sheet to fill in."""


def test_there_are_as_many_as_is_said() -> None:
    assert len(HOSTILE) < PAPER
    assert 2 * JSON + 4 * TEXTS + 2 * PAPER == 100_000


def read_back(name: str, texts: Sequence[str]) -> list[str]:
    """What the findings or deadlines of a format of data say, in the order of the marks."""
    whole = holding(texts)
    if name == "json":
        again = from_json(to_json(whole))
        assert [entry.subject_label for entry in again.outcomes] == list(texts[::IN_A_CELL])
        return [entry.message for entry in again.outcomes]
    found = json.loads(str(DEADLINES["json"].render(whole)))["deadlines"]
    return sorted(
        (entry["todo"] for entry in found), key=lambda said: int(re.findall(r"\d+", said)[0])
    )


@pytest.mark.parametrize("name", ["json", "deadlines"])
@pytest.mark.rounds(1, nightly=20)
def test_data_gives_back_every_character(rounds: int, name: str) -> None:
    """Broken by a character that is lost, changed, or that ends a string."""
    for seed in range(rounds):
        texts = strings(JSON, seed)
        assert "".join(read_back(name, texts)) == marked(texts, 0)


@pytest.mark.rounds(1, nightly=20)
def test_oscal_gives_back_every_text(rounds: int) -> None:
    for seed in range(rounds):
        texts = strings(TEXTS, seed)
        found = json.loads(rendered("oscal", texts))["assessment-results"]["results"]
        said = [entry["description"] for result in found for entry in result["findings"]]
        assert lost("".join(said), texts) == {}


@pytest.mark.rounds(1, nightly=20)
def test_a_calendar_has_its_own_events_alone(rounds: int) -> None:
    for seed in range(rounds):
        texts = strings(TEXTS, seed)
        made = DEADLINES["ics"].render(holding(texts))
        calendar = Calendar.from_ical(made)
        assert {part.name for part in calendar.walk()} == {"VCALENDAR", "VEVENT"}
        events = calendar.walk("VEVENT")
        keys = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES"}
        assert all(set(event) == {*keys, "TRANSP"} for event in events)
        assert lost("".join(str(event["DESCRIPTION"]) for event in events), texts) == {}


@pytest.mark.rounds(1, nightly=20)
def test_a_page_shows_every_text_and_runs_none(rounds: int) -> None:
    """Broken by a value that is not escaped, or by a link or script made of one."""
    for seed in range(rounds):
        texts = strings(TEXTS, seed)
        tree = LexborHTMLParser(rendered("html", texts))
        assert live(tree) == live(LexborHTMLParser(rendered("html", ["甲"])))
        assert lost(tree.text(), texts) == {}


@pytest.mark.rounds(1, nightly=20)
def test_markdown_shows_every_text_and_links_none(rounds: int) -> None:
    """Broken by a text that a reader of Markdown makes a link, an image, markup or code of."""
    for seed in range(rounds):
        texts = strings(TEXTS, seed)
        page = cmarkgfm.github_flavored_markdown_to_html(rendered("markdown", texts))
        tree = LexborHTMLParser(page)
        assert not any(live(tree).values())
        for tag in ("a", "code", "em", "del", "blockquote", "hr"):
            assert tree.css(tag) == [], tag
        assert lost(tree.text(), texts) == {}


@pytest.mark.rounds(1, nightly=20)
def test_the_terminal_gets_no_control_character(rounds: int) -> None:
    for seed in range(rounds):
        texts = strings(TEXTS, seed)
        said = rendered("terminal", texts)
        assert {char for char in said if not char.isprintable()} <= {"\n", "\u3000"}
        assert lost(said, texts) == {}


def texts_of(data: bytes) -> str:
    """All texts of a workbook, none of which is a formula or leads elsewhere."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    told = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in told if cell.data_type == "f"] == []
    links = [cell.hyperlink for cell in told if cell.hyperlink is not None]
    assert [link.target for link in links if link.target] == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        written = fromstring(archive.read("xl/sharedStrings.xml"))
    return "".join(as_read(node.text or "") for node in written.iter() if node.tag[-2:] == "}t")


@pytest.mark.rounds(1, nightly=20)
def test_a_workbook_holds_every_text_as_text(rounds: int) -> None:
    """Broken by a cell that the program which opens it takes for a formula or a link."""
    for seed in range(rounds):
        texts = strings(PAPER, seed)
        data = FORMATS["xlsx"].render(holding(texts))
        assert isinstance(data, bytes)
        assert lost(texts_of(data), texts, as_a_cell) == {}


@pytest.mark.rounds(1, nightly=20)
def test_the_sheet_to_fill_in_holds_every_text_as_text(rounds: int) -> None:
    """It is sent to those who fill it in, and is opened there."""
    for seed in range(rounds):
        texts = strings(BLANKS, seed)
        data = FORMATS["blanks"].render(waiting(texts))
        assert isinstance(data, bytes)
        assert lost(texts_of(data), texts, as_a_cell) == {}


def told(texts: Sequence[str]) -> Assessment:
    """An assessment of whose findings an office wrote these texts, four each, into its ledger."""
    base = holding(texts[::4])
    finding = base.outcomes[0]
    outcomes = tuple(
        dataclasses.replace(
            finding,
            subject_key=f"k{at}",
            message="",
            fingerprint=f"f{at}",
            rectification=RectificationEntry(*texts[at : at + 4], closed="", source=None),
        )
        for at in range(0, len(texts), 4)
    )
    return dataclasses.replace(base, outcomes=outcomes, deadlines=())


@pytest.mark.rounds(1, nightly=20)
def test_what_an_office_wrote_of_findings_is_read_again_as_it_was(rounds: int) -> None:
    """Broken by a text of the 整改台账 that the next run reads as another one.

    What nobody wrote is filled in by what the requirement says: no text here is empty.
    """
    for seed in range(rounds):
        texts = [text or "空" for text in strings(BLANKS, seed)]
        data = FORMATS["xlsx"].render(told(texts))
        assert isinstance(data, bytes)
        (grid,) = (g for g in HERE.grids(data, ".xlsx", Input("整改.xlsx")) if g.sheet == SHEET)
        head, *rows = (row for _, row in grid.rows)
        columns = [list(head).index(name) for name in ("责任人", "措施", "时限", "佐证卷页")]
        cells = [str(row[column] or "") for row in rows for column in columns]
        assert list(map(squeezed, cells)) == [squeezed(as_a_cell(text)) for text in texts]


def to_fill_in(texts: Sequence[str]) -> Book:
    """A ledger to fill in whose every column says four of these texts, each between its marks."""
    columns = tuple(
        Column(
            header=texts[at],
            note=marked([texts[at + 1]], at + 1),
            kind=FieldKind.STRING,
            target=Target(""),
            choices=(texts[at + 2],),
            example=texts[at + 3],
            article=texts[at + 1],
        )
        for at in range(0, len(texts), 4)
    )
    return Book("台账", (Sheet("台账", "own", texts[0], columns),))


@pytest.mark.rounds(1, nightly=20)
def test_a_ledger_to_fill_in_holds_every_text_as_text(rounds: int) -> None:
    """An office's own record types say what stands in it."""
    for seed in range(rounds):
        texts = strings(BLANKS, seed)
        data = workbook_bytes(to_fill_in(texts))
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
        page, guide = book["台账"], book[GUIDE]
        written = {"头": texts[::4], "例": texts[3::4][1:], "注": texts[1::4]}
        read = {
            "头": [cell.value for cell in page[1]],
            "例": [cell.value for cell in page[2]][1:],
            "注": [row[3].value for row in guide.iter_rows(min_row=3)][: len(texts) // 4],
        }
        for name, found in read.items():
            assert [as_kept(cell or "") for cell in found] == list(map(as_kept, written[name]))


def as_kept(text: str) -> str:
    """As a cell holds it that its own program wrote: no format has the control characters."""
    held = (char for char in text if char in "\t\n\r" or (char >= " " and char != "\ufffe"))
    return squeezed("".join(held).replace("x005F_", ""))


def waiting(texts: Sequence[str]) -> Assessment:
    """An assessment that waits for cells in which these texts stand, each between its marks."""
    base = holding(texts)
    outcomes = tuple(
        dataclasses.replace(
            entry,
            outcome=Outcome.UNKNOWN,
            missing=(
                FactEntry(
                    "decision", entry.subject_key, "a", "某栏", "unknown", None, Cause.UNREADABLE,
                    Source("台账.xlsx", "决策", f"A{at}", text=entry.message),
                ),
            ),
        )
        for at, entry in enumerate(base.outcomes, 2)
    )  # fmt: skip
    return dataclasses.replace(base, outcomes=outcomes)


def as_read(text: str) -> str:
    """As the format says that a text is read; openpyxl drops more than that."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def as_a_cell(text: str) -> str:
    """What spells two of the format's escapes in one another would be read as something else."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_)", "‹U+005F›", visible(text))


@pytest.mark.rounds(1, nightly=20)
def test_a_document_holds_every_text_as_text(rounds: int) -> None:
    """Broken by a field or a link that a text becomes."""
    for seed in range(rounds):
        texts = strings(PAPER, seed)
        data = FORMATS["docx"].render(holding(texts))
        assert isinstance(data, bytes)
        body = docx.Document(io.BytesIO(data)).element.body
        told = "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
        assert not [node for node in body.iter() if node.tag.endswith("}hyperlink")]
        codes = [node.text or "" for node in body.iter() if node.tag.endswith("}instrText")]
        assert not [code for code in codes if not re.match(r"\s*(PAGE|NUMPAGES|TOC)\b", code)]
        assert lost(told, texts) == {}
