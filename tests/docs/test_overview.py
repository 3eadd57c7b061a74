"""The glossary has one row per word; the architecture page names what exists and its picture."""

from __future__ import annotations

import re
import tomllib
from xml.etree import ElementTree as ET

from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome
from tests.conftest import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| 英文"))
]


def test_one_row_per_word_with_one_sentence() -> None:
    words = [row[0] for row in ROWS]
    assert len(words) == len(set(words))
    for word, chinese, sentence in ROWS:
        assert chinese, word
        assert sentence.endswith("。"), word
        assert sentence.count("。") == 1, word


def test_outcomes_and_severities_are_called_as_the_program_calls_them() -> None:
    titles = {row[0].removesuffix(" (outcome)"): row[1] for row in ROWS if row[1] != "不明"}
    for outcome in Outcome:
        assert titles[outcome.value] == OUTCOME_TITLES[outcome]
    (severity,) = (row[2] for row in ROWS if row[0] == "severity")
    assert severity == "、".join(SEVERITY_TITLES.values()) + "。"


def test_every_module_named_exists() -> None:
    for named in re.findall(r"`((?:engine|facts|reporter)/[\w/.]*)`", ARCHITECTURE):
        assert (ROOT / named).exists(), named


def test_the_picture_is_well_formed_and_shown() -> None:
    ET.parse(ROOT / "docs" / "architecture.svg")  # noqa: S314 - our own file
    assert "](architecture.svg)" in ARCHITECTURE


def test_the_table_of_imports_is_what_import_linter_holds() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: dict[str, set[str]] = {}
    for contract in config["tool"]["importlinter"]["contracts"]:
        for source in contract["source_modules"]:
            contracts.setdefault(source, set()).update(contract["forbidden_modules"])
    assert {"facts", "reporter", "cli"} <= contracts["engine"]
    assert {"reporter", "cli", "engine.judging.reference"} <= contracts["facts"]
    assert {"facts", "cli", "engine.judging.reference"} <= contracts["reporter"]
