"""Whose report it is: name and year of the text's title, opening and signature, and fazhi.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from facts.records.load import load_schema
from tests.facts.conftest import Office, errors

PLACE = "place: {name: 清溪县, level: 县级, superior: 南河市}\nyear: 2024\n"
BODY = "一、主要做法\n全年制发行政规范性文件5件。\n二、存在的不足\n乡镇执法力量薄弱。\n"


@pytest.fixture
def county(tmp_path: Path) -> Office:
    office = Office(tmp_path, load_schema())
    office.write("fazhi.yaml", PLACE)
    return office


def said(office: Office, text: str, name: str = "2024年法治政府建设报告.txt") -> list[str]:
    """What is said of a report in the folder; nothing where it is read and judged."""
    office.write(name, text)
    facts = office.read(year=None)
    problems = errors(facts)
    assert len(facts.records.get("annual_report", ())) + len(problems) == 1, problems
    return [problem.partition("：")[2] for problem in problems]


TITLE = "{}2024年法治政府建设情况报告\n"
OWN = TITLE.format("清溪县")


@pytest.mark.parametrize(
    "text",
    [
        OWN + BODY,
        TITLE.format("清溪县人民政府关于") + BODY,
        TITLE.format("南河市清溪县") + BODY,
        TITLE.format("中共清溪县委 清溪县人民政府关于") + BODY,
        TITLE.format("清溪县人民政府办公室关于") + BODY,
        TITLE.format("") + "现将清溪县2024年法治政府建设情况报告如下：\n" + BODY,
        TITLE.format("县人民政府关于") + BODY + "清溪县人民政府\n2025年1月20日\n",
        OWN + "2024年，清溪县坚持依法行政。\n" + BODY,
        OWN + "2024年，我县坚持依法行政，在南河市考核中名列第一。\n" + BODY,
        OWN + BODY + "清溪县人民政府\n2025年1月20日\n",
        OWN + BODY + "清溪县人民政府\n二〇二五年一月二十日\n",
        OWN + BODY + "清溪县人民政府　2024年12月30日\n",
        OWN + BODY + "清溪县司法局\n2025年1月20日\n",
        OWN + BODY + "中共清溪县委全面依法治县委员会办公室\n2025年1月20日\n",
        TITLE.format("") + BODY + "清溪县人民政府\n2025年1月20日\n",
    ],
)
def test_the_places_own_report_is_read(county: Office, text: str) -> None:
    """Lawful: with its city, its party committee, its office, unnamed, signed by who drafts it."""
    assert said(county, text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        # the superior, a neighbour
        (TITLE.format("南河市") + BODY, "是“南河市”的报告，不是“清溪县”的"),
        (TITLE.format("青石县人民政府关于") + BODY, "是“青石县”的报告，不是“清溪县”的"),
        (
            TITLE.format("") + BODY + "青石县人民政府\n2025年1月20日\n",
            "落款是“青石县人民政府”，不是“清溪县”政府",
        ),
        (
            TITLE.format("") + "2024年，青石县坚持依法行政。\n" + BODY,
            "正文开头说的是“青石县”，不是“清溪县”",
        ),
        (OWN + "2024年，青石县坚持依法行政。\n" + BODY, "正文开头说的是“青石县”，不是“清溪县”"),
        (
            OWN + BODY + "青石县人民政府\n2025年1月20日\n",
            "落款是“青石县人民政府”，不是“清溪县”政府",
        ),
        # a bureau, a town
        (
            TITLE.format("清溪县住房和城乡建设局") + BODY,
            "是“清溪县住房和城乡建设局”的报告，不是“清溪县”的",
        ),
        (TITLE.format("住建局关于") + BODY, "是“住建局”的报告，不是“清溪县”的"),
        (TITLE.format("清溪县云溪镇人民政府关于") + BODY, "是“清溪县云溪镇”的报告，不是“清溪县”的"),
        (TITLE.format("清溪县城关街道") + BODY, "是“清溪县城关街道”的报告，不是“清溪县”的"),
        (
            "清溪县2024年住建系统法治政府建设情况报告\n" + BODY,
            "标题是“清溪县2024年住建系统法治政府建设情况报告”",
        ),
        (OWN + BODY + "清溪县住房和城乡建设局\n2025年1月20日\n", "落款是“清溪县住房和城乡建设局”"),
        (TITLE.format("") + BODY + "清溪县司法局\n2025年1月20日\n", "落款是“清溪县司法局”"),
        # another year than it says
        (OWN + "2023年，清溪县坚持依法行政。\n" + BODY, "标题写的是2024年，正文开头说的是2023年"),
        (OWN + BODY + "清溪县人民政府\n2023年1月20日\n", "标题写的是2024年，落款是2023年的"),
        (OWN + BODY + "清溪县人民政府\n2027年1月20日\n", "标题写的是2024年，落款是2027年的"),
        (
            "法治政府建设情况报告\n2023年，我县坚持依法行政。\n" + BODY,
            "文件名写的是2024年，正文开头说的是2023年",
        ),
    ],
)
def test_any_other_report_is_a_problem_and_nothing_is_met_on_it(
    county: Office, text: str, why: str
) -> None:
    """Fails if another's report, or one of a year in doubt, is judged as this place's."""
    (problem,) = said(county, text)
    assert problem.startswith(why)
    assert "没有读取" in problem


def test_a_place_that_only_the_text_repeats(county: Office) -> None:
    """Where nobody is named but in the text, the name that it repeats settles it."""
    other = TITLE.format("") + BODY + "青石县政府设立窗口。青石县司法局审核。青石县政府公布。\n"
    (problem,) = said(county, other)
    assert problem.startswith("是“青石县”的报告，不是“清溪县”的")
    (county.folder / "2024年法治政府建设报告.txt").unlink()
    own = TITLE.format("") + BODY + "清溪县政府设立窗口。清溪县司法局审核。清溪县政府公布。\n"
    assert said(county, own, "另一份2024年法治政府建设报告.txt") == []


@pytest.mark.parametrize(
    "words",
    [
        "推进依法治县。",
        "全面依法治县委员会开会。",
        "整顿建筑市场。",
        "建设城市社区。",
        "产业立县战略。",
    ],
)
def test_a_word_that_is_no_place_names_none(county: Office, words: str) -> None:
    """依法治县 however often is nobody's name: neither another's nor this place's."""
    signed = "清溪县人民政府\n2025年1月20日\n"
    assert said(county, TITLE.format("") + BODY + words * 5 + "\n" + signed) == []
    (problem,) = said(county, TITLE.format("") + BODY + words * 5)
    assert problem.startswith(
        "标题、开头、落款都没有写明是谁的报告，看不准是不是“清溪县”的，没有读取"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TITLE.format("") + BODY, "标题、开头、落款都没有写明是谁的报告"),
        (TITLE.format("县人民政府关于") + BODY, "标题、开头、落款都没有写明是谁的报告"),
        # named only as whom it is written to, or in passing
        (TITLE.format("") + "清溪县人民政府：\n" + BODY, "标题、开头、落款都没有写明是谁的报告"),
        (TITLE.format("") + BODY + "赴清溪县考察学习。\n", "标题、开头、落款都没有写明是谁的报告"),
        # a bureau that names the place as its own
        (TITLE.format("") + "清溪县住建工作稳步推进，我局努力。\n" + BODY, "正文自称“我局”"),
        (
            TITLE.format("") + "现将清溪县有关情况报告如下。\n" + BODY + "我镇努力。\n",
            "正文自称“我镇”",
        ),
    ],
)
def test_who_names_nobody_may_be_anybody(county: Office, text: str, why: str) -> None:
    """Fails if a report of which nobody says whose it is counts as the place's."""
    (problem,) = said(county, text)
    assert problem.startswith(why)
    assert "没有读取" in problem


def test_without_a_name_in_the_settings_only_the_year_is_looked_at(tmp_path: Path) -> None:
    office = Office(tmp_path, load_schema())
    office.write("fazhi.yaml", "year: 2024\n")
    assert said(office, TITLE.format("青石县") + BODY) == []


@pytest.mark.parametrize(
    "name", ["住建局2024年法治政府建设报告.txt", "青石县2024年法治政府建设报告.txt"]
)
def test_where_the_text_names_nobody_the_files_name_does(county: Office, name: str) -> None:
    (problem,) = said(county, TITLE.format("") + BODY, name)
    assert problem.startswith(f"文件名说的是“{name.partition('2024')[0]}”，不是“清溪县”")


@pytest.mark.parametrize("text", [OWN, OWN + "详见附件。\n", OWN + "（扫描件）\n"])
def test_a_text_that_is_only_a_title_is_not_read(county: Office, text: str) -> None:
    """Fails if a report of which nothing was read passes for one."""
    (problem,) = said(county, text)
    assert problem.startswith("除了标题没有读到正文，没有读取")
