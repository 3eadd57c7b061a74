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
    cells = [
        [f"决{n}", f"停车{n}", f"{head}城管局", f"{year}-05-{n:02d}"] for n in range(1, rows + 1)
    ]
    office.xlsx(决策台账=[["决策编号", "决策事项", "承办单位", "讨论日期"], *cells])


def test_a_folder_of_its_own_year_and_place_is_in_order(real: Office) -> None:
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    ledger(real, "清溪县", 2024)
    assert errors(real.read(year=None)) == []


def test_tables_that_lie_elsewhere_leave_no_ledger_whole(real: Office) -> None:
    """Broken by a ledger that is taken as whole although the rest of it was not read."""
    real.write("fazhi.yaml", PLACE + "year: 2024\nclosed: [重大行政决策]\n")
    ledger(real, "清溪县", 2024)
    assert real.read(year=None).closed == {"decision"}
    tables = "tables: {执法证件: {file: 证件.parquet}}\n"
    real.write("fazhi.yaml", PLACE + "year: 2024\nclosed: [重大行政决策]\n" + tables)
    facts = real.read(year=None)
    assert facts.closed == frozenset()
    (said,) = errors(facts)
    assert said.startswith("fazhi.yaml tables：里面的表只有 check 核，这里没有读，哪一本台账都不能")


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


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "name: 清溪县, government: 青石县人民政府",
            (
                "place.name：“清溪县”，而 place.government 写的是“青石县人民政府”，"
                "不是一个地方的，请核对地名"
            ),
        ),
        (
            "name: 清溪县, party_committee: 中共青石县委员会",
            (
                "place.name：“清溪县”，而 place.party_committee 写的是“中共青石县委员会”，"
                "不是一个地方的，请核对地名"
            ),
        ),
        (
            "name: 清溪县, level: 市级",
            "place.level：“市级”，而地名“清溪县”是县级的，请核对层级",
        ),
        (
            "name: 清溪市, level: 乡级",
            "place.level：“乡级”，而地名“清溪市”是市级或者县级的，请核对层级",
        ),
        (
            "name: 清溪市, level: 市级, superior: 南河县",
            "place.level：“市级”，而上一级“南河县”是县级的，不会在它上面，请核对层级",
        ),
    ],
)
def test_settings_that_contradict_themselves(real: Office, place: str, said: str) -> None:
    """Fails if a block half copied from another county's, or another level's, were believed."""
    real.write("fazhi.yaml", f"place: {{{place}}}\n")
    assert errors(real.read(year=2024)) == [f"fazhi.yaml {said}"]


@pytest.mark.parametrize(
    "place",
    [
        "name: 清溪县, level: 县级, superior: 南河省, party_committee: 中共清溪县委员会",
        "name: 清溪市, level: 县级, superior: 南河市, government: 南河市清溪市人民政府",
        "name: 清溪市, level: 市级, superior: 南河省",
        "name: 清溪自治区, level: 省级",
        "name: 清溪新区, level: 市级, government: 清溪新区管理委员会",
        "name: 清溪, level: 市级, government: 青石县人民政府",
        "level: 县级, government: 青石县人民政府",
        "name: 清溪镇, level: 乡级, superior: 南河县, government: 清溪镇人民政府",
    ],
)
def test_settings_that_agree(real: Office, place: str) -> None:
    """Lawful: every level, a city in a city, a zone, and names that don't tell what they are."""
    real.write("fazhi.yaml", f"place: {{{place}}}\n")
    assert errors(real.read(year=2024)) == []


def test_a_few_rows_tell_where_they_all_say_the_same(real: Office) -> None:
    """One row of last year under this year's settings, with two bodies of another county."""
    real.write("fazhi.yaml", PLACE + "year: 2023\n")
    head = ["决策编号", "承办单位", "决策机关", "启动日期", "讨论日期"]
    row = ["决1", "青石县城管局", "青石县人民政府", "2024-02-01", "2024-05-01"]
    real.xlsx(决策台账=[head, row])
    assert errors(real.read(year=None)) == [
        "fazhi.yaml year：“2023”，台账里的日期多在2024年（2处），2023年的只有0处，请核对年度",
        (
            "fazhi.yaml place.name：“清溪县”，台账里的机关多是“青石县”的（2处），"
            "没有一处是“清溪县”的，请核对地名"
        ),
    ]


ROSTER = ["人员编号", "姓名", "所在单位", "编制类型", "考试日期"]


def test_a_roster_says_nothing_of_the_year(real: Office) -> None:
    """Lawful: the officers of 2024 passed their examinations in 2021."""
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    rows = [[f"R{n}", f"甲{n}", "清溪县城管局", "行政编制", "2021-05-10"] for n in range(9)]
    real.xlsx(执法人员=[ROSTER, *rows])
    assert errors(real.read(year=None)) == []


def test_a_roster_of_later_days_alone_tells(real: Office) -> None:
    """Settings of 2020 with officers who passed in 2021."""
    real.write("fazhi.yaml", PLACE + "year: 2020\n")
    rows = [[f"R{n}", f"甲{n}", "清溪县城管局", "行政编制", "2021-05-10"] for n in range(9)]
    real.xlsx(执法人员=[ROSTER, *rows])
    assert errors(real.read(year=None)) == [
        "fazhi.yaml year：“2020”，台账里的日期多在2021年（9处），2020年的只有0处，请核对年度"
    ]


def test_a_decision_planned_for_this_year_is_of_this_year(real: Office) -> None:
    """Lawful: checked in January for a meeting in January, with everything done last year."""
    real.write("fazhi.yaml", PLACE + "year: 2025\n")
    days = ["启动日期", "征求意见公告日期", "专家论证日期", "送审日期", "合法性审查意见日期"]
    row = ["决1", "清溪县城管局", *["2024-10-08"] * 5, "2025-01-10"]
    real.xlsx(决策台账=[["决策编号", "承办单位", *days, "拟上会日"], row])
    assert errors(real.read(year=None)) == []


def test_a_city_whose_ledgers_name_its_counties_is_in_order(real: Office) -> None:
    """Lawful: a city that calls its own bodies 市司法局, and registers what its counties file."""
    real.write("fazhi.yaml", "place: {name: 南河市, level: 市级}\nyear: 2024\n")
    rows = [[f"收{n}", f"规{n}", "清溪县人民政府", f"2024-05-0{n}"] for n in range(1, 5)]
    real.xlsx(收到报备=[["接收编号", "报备文号", "报备单位", "收到日期"], *rows])
    assert errors(real.read(year=None)) == []


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


@pytest.mark.parametrize("head", ["清溪县", "清溪县人民政府", "南河市清溪县"])
def test_the_report_of_this_place_is_read(real: Office, head: str) -> None:
    """Lawful: with its government, with the city it belongs to."""
    real.write("fazhi.yaml", PLACE + "year: 2024\n")
    text = f"{head}2024年法治政府建设情况报告\n一、主要做法\n全年制发行政规范性文件5件。\n"
    real.write("2024年法治政府建设报告.txt", text)
    assert len(real.read(year=None).reports) == 1
