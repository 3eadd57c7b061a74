"""Every format: as kept in its golden file, with all a reader must be told, and inert."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from engine.model.assessment import InputEntry, ProblemEntry
from engine.model.assessment_json import from_json
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome
from facts.files.xml import fromstring
from reporter.formats import FORMATS
from tests.reporter.golden import SAMPLES, path_of, shown, text_of
from tests.reporter.sample import HOSTILE, sample

MACHINE = ("json", "oscal")
"""Formats that platforms read: they use the codes, not the words."""


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_format_is_as_its_golden_file_has_it(name: str, form: str) -> None:
    assert shown(name, form) == path_of(name, form).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_assessment_gives_the_same_bytes(form: str) -> None:
    assert FORMATS[form].render(sample()) == FORMATS[form].render(sample())


def as_lines(form: str) -> str:
    """The document as text without the breaks and escapes of its format."""
    said = shown("year", form)
    if form == "html":
        parsed = LexborHTMLParser(said)
        for style in parsed.css("style"):
            style.decompose()
        said = parsed.text()
    if form == "markdown":
        said = said.replace("\\", "")
    if form == "terminal":  # wrapped lines are one line
        said = re.sub(r"\n\s+", "", said)
    return said


@pytest.mark.parametrize("form", ["terminal", "html", "markdown"])
def test_what_is_wrong_in_the_settings_stands_at_the_head(form: str) -> None:
    """Fails if ledgers judged under another county's settings didn't say so before all else."""
    wrong = ProblemEntry("fazhi.yaml", "fazhi.yaml year：“2023”，请核对年度", "error")
    settings = InputEntry("fazhi.yaml", "0" * 64, "settings", problems=(wrong,))
    told = replace(sample(), inputs=(*sample().inputs, settings))
    said = FORMATS[form].render(told)
    assert isinstance(said, str)
    below = 'class="tiles"' if form == "html" else "须处理"
    assert 0 < said.index("请核对年度") < said.index(below)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"blanks"}))  # no verdicts, but cells
def test_every_format_tells_outcome_severity_doubt_waiver_and_problems(form: str) -> None:
    said = as_lines(form)
    findings = sample().findings
    assert len(findings) == 6
    for entry in findings:
        # What can't be judged is told of the blocking ones, in a part of its own.
        undecided = entry.outcome is Outcome.UNKNOWN and form not in MACHINE
        outcome = "判断不了" if undecided else OUTCOME_TITLES[entry.outcome]
        severity = "必须先解决" if undecided else SEVERITY_TITLES[entry.severity]
        expected = (
            (entry.outcome.value, entry.severity.value) if form in MACHINE else (outcome, severity)
        )
        assert [word for word in expected if word not in said] == [], entry.requirement
        assert sample().requirements[entry.requirement].title in said
    assert "晚到2024年7月2日" in said
    assert "随上级方案公布" in said
    assert "不认识的列" in said
    doubt = {"json": '"confirmed": false', "oscal": '"basis-confirmed"'}.get(form, "依据待核")
    assert doubt in said


@pytest.mark.parametrize("form", FORMATS)
def test_no_control_or_direction_character_passes(form: str) -> None:
    content = FORMATS[form].render(sample())
    said = text_of(content, form)
    hidden = {c for c in said if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs")} - set("\n\t")
    assert hidden == set()
    assert "\ufffe" not in said


def test_html_has_nothing_but_our_own_markup() -> None:
    said = shown("year", "html")
    tree = LexborHTMLParser(said)
    assert tree.css("script, iframe, object, embed, form, img, link, base") == []
    for node in tree.css("*"):
        assert [name for name in node.attributes if name.startswith("on")] == []
        assert not (node.attributes.get("href") or "#").strip().lower().startswith("javascript")
    assert all((a.attributes.get("href") or "").startswith("#") for a in tree.css("a"))
    assert 'alert("x")' in tree.text()


def test_markdown_has_nothing_but_our_own_markup() -> None:
    said = shown("year", "markdown")
    assert "<script" not in re.sub(r"\\<", "", said)
    assert re.findall(r"(?<!\\)\]\(", said) == []


def test_no_cell_begins_live() -> None:
    content = FORMATS["xlsx"].render(sample())
    assert isinstance(content, bytes)
    book = load_workbook(io.BytesIO(content))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    assert {cell.quotePrefix for cell in cells} == {True}


def test_word_has_no_field_but_the_page_number() -> None:
    content = FORMATS["docx"].render(sample())
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = [parts.read(name) for name in parts.namelist() if name.endswith(".xml")]
    for text in texts:
        fromstring(text)
    fields = re.findall(rb'w:instr="([^"]*)"', b"".join(texts))
    assert set(fields) == {b"PAGE"}
    assert b"instrText" not in b"".join(texts)


def test_json_read_back_is_what_was_written() -> None:
    whole = sample()
    content = FORMATS["json"].render(whole)
    assert isinstance(content, str)
    assert from_json(content) == whole
    assert HOSTILE in json.loads(content)["inputs"][0]["problems"][1]["text"]
