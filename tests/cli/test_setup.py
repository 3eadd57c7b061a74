"""The first page of a folder without settings, and the settings that are made of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from cli import main
from facts.folder import read_folder
from facts.proposals import proposals
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors

HEADER = ["案号", "办案机关", "处罚种类", "罚款数额", "处罚决定日期", "办案机关简称"]
ROWS = [
    HEADER,
    ["青城罚〔2024〕1号", "青溪县城市管理局", "罚款", "2000元", "2024-03-01", "城管"],
    ["青城罚〔2024〕2号", "青溪县水利局", "罚款", "两千左右吧", "2024-05-01", "水利"],
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, load_schema())
    office.xlsx("行政处罚案件.xlsx", Sheet1=ROWS)
    office.xlsx("通讯录.xlsx", Sheet1=[["姓氏", "电话"], ["丁", "000"]])
    return office


def run(*arguments: object, answers: str = "") -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=answers)


def rows(path: Path) -> dict[str, object]:
    sheet = openpyxl.load_workbook(path)["设置"]
    return {name: said for name, said, _ in sheet.iter_rows(min_row=2, values_only=True) if said}


def test_a_folder_without_settings_begins_with_what_was_read(office: Office) -> None:
    """Broken by findings without a word on what they rest on, or by more than a screen of it."""
    said = run("check", office.folder, "--as-of", "2025-03-10", "--all").output
    page = said.partition("法治体检")[0].splitlines()
    assert page[0] == "读到什么（2个文件，按2024年）"
    assert page[1].startswith("  行政处罚案件.xlsx　行政处罚案件2件（用了5列")
    assert page[2:4] == [
        "      没有读的列：办案机关简称",
        "      没读进来：Sheet1D列1处，“罚款数额”应为数字（元）",
    ]
    assert page[4] == "  通讯录.xlsx　没有读出台账"
    assert "说不准、要人定的（1项，定了才读、才算）" in page
    assert "  地名：青溪县　——台账里有2处单位以它开头" in page
    assert "  层级：县级　——“青溪县”是县级的" in page
    assert len(page) <= 30


def test_the_screen_of_a_folder_without_settings_says_what_was_made_of_it(office: Office) -> None:
    """Broken by a page before the page, or by a file, a column or a cell lost without a word."""
    lines = run("check", office.folder, "--as-of", "2025-03-10").output.splitlines()
    assert len(lines) <= 30
    assert lines[0].startswith("法治体检")
    assert "读到　　行政处罚案件2件" in lines
    assert "没有读　1个文件：通讯录.xlsx" in lines
    assert "没读全　没有读的列：办案机关简称，另有1样" in lines
    (settings,) = [line for line in lines if line.startswith("设置")]
    said = "设置　　还没有：fazhi setup 文件夹，逐项定（1项说不准；看出来的：地名青溪县、层级县级、"
    assert settings.startswith(said)


def test_a_folder_with_nothing_says_so(tmp_path: Path) -> None:
    lines = run("check", tmp_path, "--as-of", "2025-03-10").output.splitlines()
    assert "读到　　没有读到任何台账：把台账和年度报告放进文件夹" in lines
    assert "设置　　还没有：fazhi setup 文件夹，逐项定" in lines
    assert len(lines) <= 30


def test_a_large_folder_still_fits_a_screen(office: Office) -> None:
    """Broken by a page that grows with the folder."""
    for number in range(30):
        office.write(f"附件{number}.txt", "无关的话")
    said = run("check", office.folder, "--as-of", "2025-03-10", "--all").output
    page = said.partition("法治体检")[0].splitlines()
    files = [line for line in page if re.match(r"  \S+\.(xlsx|txt)　", line)]
    assert f"  其余{32 - len(files)}个文件见末尾的“读取”" in page
    assert len(files) >= 2
    assert len(page) <= 30


def test_setup_asks_and_writes_what_a_clerk_can_edit(office: Office) -> None:
    """Broken by a proposal that counts without a word, or by settings that aren't read back."""
    answers = "青溪县\n县级\n青州市\n2024\nhenan\n行政处罚案件\n是\n\n丁一\n"
    done = run("setup", office.folder, answers=answers)
    assert done.exit_code == 0, done.output
    found = rows(office.folder / "设置.xlsx")
    assert found.pop("确认日期")
    assert found == {
        "地名": "青溪县", "层级": "县级", "上一级": "青州市", "年度": "2024", "省份": "henan",
        "录全的台账": "行政处罚案件", "列名对照": "办案机关简称=报备机关",
        "不看的文件": "通讯录.xlsx", "确认人": "丁一",
    }  # fmt: skip
    facts = read_folder(office.folder, office.schema)
    assert facts.place.key == "青溪县"
    assert facts.place.values["level"] == "县级"
    assert (facts.year, facts.jurisdiction) == (2024, "henan")
    assert any(note.startswith("设置由丁一确认") for i in facts.inputs for note in i.notes)
    assert "读到什么" not in run("check", office.folder, "--as-of", "2025-03-10").output
    again = run("setup", office.folder)
    assert (again.exit_code, "已有设置" in again.output) == (2, True)


def test_setup_may_take_what_the_folder_shows(office: Office) -> None:
    """Broken by a ledger declared complete that nobody declared."""
    done = run("setup", office.folder, "--yes", "--by", "丁一")
    assert done.exit_code == 0
    found = rows(office.folder / "设置.xlsx")
    assert (found["地名"], found["确认人"]) == ("青溪县", "丁一")
    assert "录全的台账" not in found


def test_a_place_whose_name_doesn_t_tell_its_level_is_asked_for_it(office: Office) -> None:
    """Broken by a level guessed: what a 市 is, its name doesn't say."""
    office.xlsx("行政处罚案件.xlsx", Sheet1=[
        ["案号", "办案机关", "处罚种类", "处罚决定日期"],
        ["青罚〔2024〕1号", "清河市水利局", "警告", "2024-03-01"],
        ["青罚〔2024〕2号", "清河市水利局", "警告", "2024-03-01"],
    ])  # fmt: skip
    said = run("check", office.folder, "--as-of", "2025-03-10", "--all").output.partition(
        "法治体检"
    )[0]
    assert "地名：清河市" in said
    assert "层级：" not in said


def test_who_confirmed_is_optional_and_said_to_be_missing(office: Office) -> None:
    """Broken by a day of confirmation that nobody stands for, unsaid."""
    office.xlsx("设置.xlsx", 设置=[["项目", "内容"], ["确认日期", "2025-03-01"]])
    facts = read_folder(office.folder, office.schema)
    notes = [note for item in facts.inputs for note in item.notes]
    assert "设置由（没有写明是谁）确认，2025-03-01" in notes


def test_what_is_wrong_in_the_settings_is_said(office: Office) -> None:
    """Broken by a row of the settings that is passed over, or by two settings that fight."""
    office.xlsx(
        "设置.xlsx",
        设置=[
            ["项目", "内容"],
            ["地铭", "青溪县"],
            ["年度", "二零"],
            ["列名对照", "办案机关简称=决定机关\n没有等号"],
            ["单位别名", "青溪县城市管理局=城管、县城管局"],
            ["不看的文件", "通讯录.xlsx"],
            ["tables", "执法人员：人员.parquet"],
        ],
    )
    facts = read_folder(office.folder, office.schema)
    said = [text for text in errors(facts) if text.startswith("设置.xlsx")]
    assert said == [
        "设置.xlsx〔设置〕A2：“地铭”，设置里没有这一项（是否指“地名”？）",
        "设置.xlsx〔设置〕B4：“没有等号”，这一行没有写成“…=…”，没有读取",
        (
            "设置.xlsx〔设置〕A7：“tables”，要按表核的表这里写不了，没有核"
            "（请连同这里的各项写在 fazhi.yaml 里）"
        ),
        "设置.xlsx year：“二零”，应为四位年份，如 year: 2024",
    ]
    first = facts.records["penalty_case"][0]
    assert first.values["decision_agency"] == "青溪县城市管理局"
    office.write("fazhi.yaml", "year: 2023\n")
    facts = read_folder(office.folder, office.schema)
    assert facts.year == 2023
    assert "设置.xlsx：已有“fazhi.yaml”，没有用这一份；请只留一份" in errors(facts)


def test_setup_asks_of_each_file_what_it_leaves_open(office: Office) -> None:
    """Broken by a doubt, a bureau or a file that can't be read without a question of its own."""
    office.xlsx("表.xlsx", Sheet1=[
        ["文件名称", "文号", "印发日期", "报备日期", "备案机关"],
        ["停车办法", "青政〔2024〕1号", "2024-03-01", "2024-03-10", "青州市人民政府"],
    ])  # fmt: skip
    office.write("说明.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    office.xlsx("执法证件.xlsx", 执法证件=[["证号", "人员编号"], ["Q1", "R1"], ["Q2", "R2"]])
    # place, level, above, year, province, closed; bureau of the certificates; which ledger;
    # the header; the file that can't be read; those to leave alone; by whom
    answers = "\n\n\n\n\n\n青溪县林业局\n否\n2\n是\n无\n丁一\n"
    done = run("setup", office.folder, answers=answers)
    assert done.exit_code == 0, done.output
    found = rows(office.folder / "设置.xlsx")
    assert found.pop("确认日期")
    assert found == {
        "地名": "青溪县", "层级": "县级", "年度": "2024",
        "列名对照": "办案机关简称=不读",
        "哪张表是哪种台账": "表.xlsx〔Sheet1〕=规范性文件备案",
        "整本默认": "执法证件.xlsx〔执法证件〕：证载单位=青溪县林业局",
        "不看的文件": "说明.et", "确认人": "丁一",
    }  # fmt: skip
    facts = read_folder(office.folder, office.schema)
    assert [r.values["unit"] for r in facts.records["certificate"]] == ["青溪县林业局"] * 2
    assert [r.values["filed_on"] for r in facts.records["filing"]] == [dt.date(2024, 3, 10)]
    assert [said for said in errors(facts) if "分不清" in said or "说明.et" in said] == []


def test_what_is_taken_unseen_leaves_every_doubt_open(office: Office) -> None:
    """Broken by a ledger that is left alone, or a header that is obeyed, though nobody looked."""
    office.write("说明.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert run("setup", office.folder, "--yes", "--by", "丁一").exit_code == 0
    found = rows(office.folder / "设置.xlsx")
    assert (found["不看的文件"], "列名对照" in found) == ("通讯录.xlsx", False)


def test_the_page_says_what_it_has_no_room_for(office: Office) -> None:
    """Broken by a page of more than a screen where every section is full."""
    for number in range(40):
        office.xlsx(f"表{number:02}.xlsx", Sheet1=[
            ["文件名称", "文号", "印发日期", "报备日期", "备案机关", "看不懂的一列"],
            ["停车办法" * 30, "青政〔2024〕1号", "2024-03-01", "2024-03-10", "青州市人民政府", 1],
        ])  # fmt: skip
    said = run("check", office.folder, "--as-of", "2025-03-10", "--all").output
    page = said.partition("法治体检")[0].splitlines()
    assert len(page) <= 30
    files = [line for line in page if re.match(r"  \S+\.(xlsx|et|txt)　", line)]
    (rest,) = [line for line in page if "个文件见末尾的“读取”" in line]
    assert rest == f"  其余{42 - len(files)}个文件见末尾的“读取”"
    assert len(files) >= 2
    asked = [line for line in page if line.startswith("  ") and "setup 时一并问" in line]
    assert len(asked) == 1


def test_nothing_is_suggested_of_which_the_folder_tells_nothing(tmp_path: Path) -> None:
    """Broken by a place of a single mention, or by a year that no ledger names."""
    office = Office(tmp_path, load_schema())
    office.xlsx(
        "规范性文件.xlsx", 规范性文件=[["文号", "印发机关"], ["青〔2024〕1号", "青溪县政府"]]
    )
    assert [one.item for one in proposals(office.read(), office.schema)] == ["年度"]
    (tmp_path / "规范性文件.xlsx").unlink()
    assert proposals(office.read(), office.schema) == []
