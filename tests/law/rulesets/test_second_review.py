"""The second reading of the law, row by row: what used to pass, in ledgers as offices keep them.

One folder holds every case as a row of its own; the outcomes were worked out from the articles.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import Workbook

from engine.model.strict_yaml import load_yaml
from engine.ruleset.model import Ruleset
from tests.law.pipeline.cityrun import assessment_of

_FILE: Final = Path(__file__).with_name("second_review.yaml")
_TABLE: Final[Any] = load_yaml(_FILE.read_text(encoding="utf-8"), _FILE.name)
_CASES: Final = list(enumerate(_TABLE["cases"], 1))


def _key(number: int) -> str:
    return f"青〔2024〕{number}号"


def _sheet(book: Workbook, name: str, rows: list[dict[str, Any]]) -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    sheet = book.create_sheet(name)
    sheet.append(headings)
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The assessment of one folder with a row for every case."""
    folder = tmp_path_factory.mktemp("review")
    sheets: dict[str, list[dict[str, Any]]] = {}
    for number, case in _CASES:
        ledger = case["ledger"]
        key = {_TABLE["key"][ledger]: _key(number)}
        # names differ, so that no case is the matter of another
        name = _TABLE["named"].get(ledger)
        named = {name: f"{_TABLE['lawful'][ledger][name]}{number}"} if name else {}
        row = {**key, **_TABLE["lawful"][ledger], **named, **case["set"]}
        sheets.setdefault(ledger, []).append(row)
        if "beside" in case:
            second = {_TABLE["key"][ledger]: f"{_key(number)}之二"}
            sheets[ledger].append({**second, **_TABLE["lawful"][ledger], **case["beside"]})
        for name, own in _TABLE["with"].get(ledger, {}).items():
            told = {at: _key(number) if cell == "=" else cell for at, cell in own.items()}
            sheets.setdefault(name, []).append(told)
        for name, nested in case.get("nested", {}).items():
            sheets.setdefault(name, []).append({**key, **nested})
    for name, rows in _TABLE["beside"].items():
        own = _TABLE["lawful"].get(name, {})
        sheets.setdefault(name, []).extend({**own, **row} for row in rows)
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        _sheet(book, name, rows)
    book.save(folder / "台账.xlsx")
    text = json.dumps(_TABLE["settings"], ensure_ascii=False)  # which is YAML as well
    (folder / "fazhi.yaml").write_text(text, encoding="utf-8")
    as_of = _TABLE["as_of"]
    assert isinstance(as_of, dt.date)
    return assessment_of(folder, as_of.isoformat())


@pytest.mark.parametrize(
    ("number", "case"), _CASES, ids=[f"row {case['row']} {case['why']}" for _, case in _CASES]
)
def test_row(number: int, case: dict[str, Any], judged: dict[str, Any]) -> None:
    """Fails if what the review found to pass passes again, or if its lawful twin suffers."""
    record = case.get("record", f"{{}}{case.get('part', '')}").format(_key(number))
    found = [
        outcome["outcome"]
        for outcome in judged["outcomes"]
        if (outcome["requirement"], outcome["subject_key"]) == (case["requirement"], record)
    ]
    assert found == [case["outcome"]]
    states = {
        gate["gate"]: gate["state"]
        for gate in judged["gates"]
        if gate["subject_key"] == _key(number) and gate["gate"] in case.get("gates", {})
    }
    assert states == case.get("gates", {})


@pytest.mark.parametrize(
    "case", _TABLE["bases"], ids=[f"row {one['row']} {one['why']}" for one in _TABLE["bases"]]
)
def test_basis(case: dict[str, Any], ruleset: Ruleset) -> None:
    """Fails if a text that was not read, or is no norm, carries a duty as if it were one."""
    requirement = ruleset.requirements[case["requirement"]]
    carries = [basis.instrument for basis in requirement.texts[0].basis if basis.carries]
    assert carries == case["carries"]
    assert requirement.unconfirmed == case.get("unconfirmed")
    assert case.get("severity", requirement.severities.default) == requirement.severities.default
