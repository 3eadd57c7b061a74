"""No setting of fazhi.yaml is without a reader: each changes what is known of the folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from facts.local.folders import KEY as RULES
from facts.local.folders import local_rules
from facts.place import KEYS
from facts.records.load import load_schema
from tests.facts.conftest import Office

ROWS = "决策编号,单位全名,决策事项,承办单位\n决1,某某公司,停车,城管局\n"
REST = "year: 2027\noff: [2027-01-04]\nworking: [2027-01-03]\n"
SETTINGS: dict[str, tuple[str, Any]] = {
    "place": ("{name: 青岚县}", lambda facts: facts.place.key),
    "year": ("2023", lambda facts: facts.year),
    "jurisdiction": ("henan", lambda facts: facts.jurisdiction),
    "closed": ("[重大行政决策台账]", lambda facts: facts.closed),
    "headers": ("{单位全名: 决策机关}",
                lambda facts: facts.records["decision"][0].values.get("maker")),
    "agencies": ("{县城市管理局: [城管局]}",
                 lambda facts: facts.records["decision"][0].values["lead_unit"]),
    "filing_superior": ("望州市人民政府",
                        lambda facts: facts.place.values["filing_superior"]),
    "sheets": ("{决策台账.csv: 不是台账}", lambda facts: len(facts.records["decision"])),
    "defaults": ("{决策台账.csv: {是否重大行政决策: 是}}\nconfirmed: {by: 丁一, on: 2025-03-01}",
                 lambda facts: facts.records["decision"][0].values.get("is_major")),
    "confirmed": ("{by: 丁一, on: 2025-03-01}",
                  lambda facts: [note for item in facts.inputs for note in item.notes]),
    "ignore": ("[决策台账.csv]", lambda facts: len(facts.records["decision"])),
    "tables": ("{执法证件: {file: 证件.parquet}}", lambda facts: len(facts.problems)),
    "workdays": ("[年历.yaml]", lambda facts: facts.calendar.is_workday(dt.date(2027, 1, 4))),
}  # fmt: skip


def test_every_setting_changes_what_is_known(tmp_path: Path) -> None:
    """Fails for a key that is accepted and read by nothing, and for one that isn't tried here."""
    assert {*SETTINGS, RULES} == set(KEYS)
    office = Office(tmp_path, load_schema())
    office.write("决策台账.csv", ROWS)
    before = office.read(year=None)
    unread = []
    for key, (value, known) in SETTINGS.items():
        office.write("fazhi.yaml", f"{key}: {value}\n")
        if key == "workdays":  # a file that no setting names is no calendar
            office.write("年历.yaml", REST)
        if known(office.read(year=None)) == known(before):
            unread.append(key)
    assert unread == []


def test_documents_are_filed_with_the_government_above_unless_another_is_named(
    tmp_path: Path,
) -> None:
    """Broken by a filing that nobody is known to be owed, or by one owed to the wrong body."""
    office = Office(tmp_path, load_schema())
    above = "place: {name: 青岚县, superior_government: 望州市人民政府}\n"
    for more, body in (("", "望州市人民政府"), ("filing_superior: 望州市司法局\n", "望州市司法局")):
        office.write("fazhi.yaml", above + more)
        assert office.read(year=None).place.values["filing_superior"] == body


def test_the_folder_of_own_rules_is_read_before_the_rest(tmp_path: Path) -> None:
    """Which rules there are settles what the ledgers are read by."""
    office = Office(tmp_path, load_schema())
    office.write("本局规则/说明.yaml", "title: 本局\n")
    assert local_rules(tmp_path, ()) == []
    office.write("fazhi.yaml", f"{RULES}: 本局规则\n")
    assert [found.name for found in local_rules(tmp_path, ())] == ["本局规则"]
    # what a check is to find of a requirement is no rule
    office.write("本局规则/decision/local-notice.expected.yaml", "duty: 说明\n")
    (own,) = local_rules(tmp_path, ())
    assert [*own.texts] == ["说明.yaml"]
