"""fazhi.yaml of another year, place or level than the folder speaks of: said, and never silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from facts.records.load import load_schema
from tests.facts.conftest import Office, errors

PLACE = "place: {name: 清溪县, level: 县级, superior: 南河市}\n"


@pytest.fixture
def real(tmp_path: Path) -> Office:
    """An empty folder read with the record types that ship."""
    return Office(tmp_path, load_schema())


def ledger(office: Office, head: str, year: int, rows: int = 6) -> None:
    cells = [[f"决{n}", "停车", f"{head}城管局", f"{year}-05-{n:02d}"] for n in range(1, rows + 1)]
    office.xlsx(决策台账=[["决策编号", "决策事项", "承办单位", "讨论日期"], *cells])


def test_a_folder_of_its_own_year_and_place_is_in_order(real: Office) -> None:
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    ledger(real, "清溪县", 2024)
    assert errors(real.read(year=None)) == []


def test_bodies_named_without_their_place_say_nothing(real: Office) -> None:
    """Lawful: an office calls its bodies 城管局."""
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    ledger(real, "", 2024)
    assert errors(real.read(year=None)) == []


def test_a_row_that_states_its_year_is_of_that_year(real: Office) -> None:
    """Lawful: the report on 2024 is handed in, and made public, in 2025."""
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    days = ["报同级党委日期", "报同级人大常委会日期", "报上一级党委日期", "报上一级政府日期",
            "抄送督察单位日期", "报告公开日期"]  # fmt: skip
    row = ["清溪县人民政府", 2024, *["2025-02-20"] * 6]
    real.xlsx(年度报告报送=[["报告单位", "报告年度", *days], row])
    assert errors(real.read(year=None)) == []


def test_the_settings_of_another_year(real: Office) -> None:
    real.write("fazhi.yaml", PLACE + "year: 2023\n")
    ledger(real, "清溪县", 2024)
    assert errors(real.read(year=None)) == [
        "fazhi.yaml year：“2023”，台账里的日期多在2024年（6处），2023年的只有0处，请核对年度"
    ]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("青石县", ("fazhi.yaml place.name：“清溪县”，台账里的机关多是“青石县”的（6处），"
         "没有一处是“清溪县”的，请核对地名")),
        ("南河市", ("fazhi.yaml place.level：“县级”，台账里的机关多是“南河市”的（6处），"
         "没有一处是“清溪县”的，请核对层级")),
    ],
)  # fmt: skip
def test_the_settings_of_another_place_or_level(real: Office, head: str, said: str) -> None:
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    ledger(real, head, 2024)
    assert errors(real.read(year=None)) == [said]


def test_the_report_of_another_place_is_refused(real: Office) -> None:
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    text = "{}2024年法治政府建设情况报告\n一、主要做法\n全年制发行政规范性文件5件。\n"
    real.write("青石县2024年法治政府建设报告.txt", text.format("青石县"))
    facts = real.read(year=None)
    assert facts.reports == ()
    assert errors(facts) == [
        (
            "青石县2024年法治政府建设报告.txt：是“青石县”的报告，不是“清溪县”的，没有读取"
            "（fazhi.yaml 的地名写错了的，请改正）"
        )
    ]


@pytest.mark.parametrize("head", ["清溪县", "清溪县人民政府", "南河市清溪县", ""])
def test_the_report_of_this_place_is_read(real: Office, head: str) -> None:
    """Lawful: with its government, with the city it belongs to, or with no name at all."""
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    text = f"{head}2024年法治政府建设情况报告\n一、主要做法\n全年制发行政规范性文件5件。\n"
    real.write("2024年法治政府建设报告.txt", text)
    assert len(real.read(year=None).reports) == 1
