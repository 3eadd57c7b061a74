"""What README says, each claim shown: a command's remark by running it, a sentence by its test."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from cli import main
from reporter.exit_code import ExitCode
from tests.conftest import ROOT

README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
REPORT: Final = "examples/qinglan/青岚县2024年法治政府建设年度报告.txt"
COMMANDS: Final = [
    (line.partition("  #")[0].strip(), line.partition("  #")[2].strip())
    for block in re.findall(r"## 常用命令.*?```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
"""Every command with its remark, in the order of the page: later ones read what earlier wrote."""

JUDGED: Final = {ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.UNREAD}
"""How a command ends that came to its end."""

SENTENCES: Final = {
    "最早哪天可以？": (
        "tests/cli/test_timetable.py",
        "test_readme_promises_the_first_day_and_predecision_names_it",
    ),
    "由另一个引擎代替，结果里会写明": (
        "tests/engine/judging/test_run.py",
        "test_without_durable_rules_the_reference_takes_its_place_and_says_so",
    ),
    "按文件名和表头识别，不必改成固定格式": (
        "tests/facts/ledgers/test_all_headings.py",
        "test_whoever_finds_a_header_is_named_by_the_index",
    ),
    "机器上没有的，用到它的测试跳过，并说明为什么": (
        "tests/docs/test_pages.py",
        "test_what_is_skipped_says_why_in_chinese",
    ),
    "点一下“装入示例”就看得到": (
        "tests/web/test_browser.py",
        "test_from_the_loaded_example_to_the_downloaded_form",
    ),
    "第一条命令安装，并核对随附的示例": ("tests/cli/test_installed.py", "test_"),
    "有上年的一并放，用来同比": ("tests/cli/test_two_reports.py", "test_"),
    "写明地区、年度、哪些台账是完整的": (
        "tests/cli/promises/test_ledger_folder.py",
        "test_",
    ),
}
"""Sentences that are shown elsewhere: in which file, by which test."""


class Office:
    """A copy of the example without its hundreds of officers, and what was said of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        without = shutil.ignore_patterns("执法*")
        shutil.copytree(ROOT / "examples", folder / "examples", ignore=without)
        self.said: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.codes: dict[str, int] = {}

    def run(self, command: str) -> str:
        """What the command says, run once for all tests."""
        if command not in self.said:
            result = CliRunner().invoke(main, shlex.split(command)[1:])
            self.said[command], self.errors[command] = result.stdout, result.stderr
            self.codes[command] = result.exit_code
        return self.said[command]

    def result(self, name: str = "结果.json") -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """All commands of the page, run in its order in one folder."""
    made = Office(tmp_path_factory.mktemp("照着做"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made.folder)
        for command, _ in COMMANDS:
            made.run(command)
    return made


@dataclass(frozen=True)
class Told:
    """What a command of the page said, and the office that it was said in."""

    office: Office
    said: str


def first_screen(told: Told) -> None:
    lines = told.said.splitlines()
    assert len(lines) <= 30
    assert any(line.startswith("下一步　") for line in lines)
    assert all(name in told.said for name in ("快要上会、出台的", "期限", "先处理这些", "补上这些"))


def everything(told: Told) -> None:
    found = [o for o in told.office.result()["outcomes"] if o.get("finding")]
    known = [o for o in found if o["outcome"] != "unknown"]
    assert known
    assert len(re.findall("^    问题　", told.said, re.MULTILINE)) == len(known)
    for part in re.split("^    问题　", told.said, flags=re.MULTILINE)[1:]:
        one = part.partition("\n\n")[0].partition("\n  【")[0]
        assert "    依据　" in one
        assert re.search(r"    整改　[\s\S]*（[\s\S]+）", one), one


def within_thirty_days(told: Told) -> None:
    days = [
        dt.date.fromisoformat(day)
        for day in re.findall(r"^  . (\d{4}-\d\d-\d\d)", told.said, re.MULTILINE)
    ]
    assert days == sorted(days)
    assert days[0] == dt.date(2025, 3, 11)
    assert days[-1] <= dt.date(2025, 4, 9)
    assert "青岚县人民政府　“青政规〔2025〕1号”" in told.said


def calendar(told: Told) -> None:
    text = (told.office.folder / "期限.ics").read_text(encoding="utf-8")
    shown = told.office.run("fazhi due examples/qinglan --as-of 2025-03-10")
    assert text.startswith("BEGIN:VCALENDAR")
    assert (
        text.count("BEGIN:VEVENT")
        >= len(re.findall(r"^  . \d{4}-\d\d-\d\d", shown, re.MULTILINE))
        > 0
    )


def cells(told: Told) -> None:
    """A row a cell; who put them back into the folder finds them read: tests/cli/test_blanks.py."""
    head, *rows = openpyxl.load_workbook(told.office.folder / "待填.xlsx")["待填"].values
    assert len(rows) > 20
    where = [head.index(name) for name in ("文件", "工作表", "格", "对象编号", "栏目")]
    cells = [tuple(row[at] for at in where) for row in rows]
    assert len(set(cells)) == len(cells)
    assert {"填在这里", "填写人", "填写日期"} <= set(head)


def both_gates(told: Told) -> None:
    states = "要件齐备|暂不具备|待完成|待人工核|不属本程序"
    assert re.search(f"^提请集体讨论：(?:{states})", told.said, re.MULTILINE)
    assert re.search(f"^出台：(?:{states})", told.said, re.MULTILINE)


def days_of_steps(told: Told) -> None:
    assert re.search("步骤 +已定 +最早 +最迟 +谁", told.said)
    assert re.search("报上一级政府备案：备案日期 +2025-03-07（已晚3日）", told.said)


def ticked(told: Told) -> None:
    marks = re.findall("^  [☑☐] ", told.said, re.MULTILINE)
    assert "案卷" in told.said
    assert len(marks) > 5


def numbers(told: Told) -> None:
    """Each stands where it is told.said to stand, in its sentence, and the sentence is printed."""
    report = (told.office.folder / REPORT).read_text(encoding="utf-8")
    found = json.loads(told.office.run(f"fazhi extract {REPORT} --format json"))
    whole = "".join(told.said.split())
    assert len(found["figures"]) > 50
    for figure in found["figures"]:
        assert figure["raw"] == report[figure["start"] : figure["end"]]
        assert figure["raw"] in figure["sentence"]
        assert "".join(figure["sentence"].split()) in whole


def as_json(told: Told) -> None:
    assert told.office.result()["schema"].startswith("fazhi-assessment/")


def documents(told: Told) -> None:
    """A page; the other two are the report and the ledger that the remark says they are."""
    page = (told.office.folder / "自查.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "<script" not in page
    asked = "fazhi check examples/qinglan --as-of 2025-03-10 --output"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(told.office.folder)
        told.office.run(f"{asked} 自查.docx")
        told.office.run(f"{asked} 台账.xlsx")
    paper = docx.Document(str(told.office.folder / "自查.docx"))
    assert any("法治政府建设自查报告" in paragraph.text for paragraph in paper.paragraphs)
    assert "整改台账" in openpyxl.load_workbook(told.office.folder / "台账.xlsx").sheetnames


def form(told: Told) -> None:
    paper = docx.Document(str(told.office.folder / "核对附表.docx"))
    assert any("核对附表" in paragraph.text for paragraph in paper.paragraphs)


def reasons(told: Told) -> None:
    assert "决2024-03" in told.said
    assert re.search(r"重大行政决策台账2024.xlsx〔[^〕]+〕[A-Z]+\d+", "".join(told.said.split()))


def compared(told: Told) -> None:
    """A month later what was pending is overdue: some of it is new, most of it is still there."""
    assert told.office.result("四月.json")["since"] is not None
    changes = {o.get("change") for o in told.office.result("四月.json")["outcomes"]} - {None}
    assert {"new", "persisting"} <= changes or len(changes) > 1


def changes_only(told: Told) -> None:
    assert "新出现" in told.said
    assert "    整改　" not in told.said


def blank_ledgers(told: Told) -> None:
    books = list((told.office.folder / "2025年台账").glob("*.xlsx"))
    assert len(books) > 30
    assert all(openpyxl.load_workbook(book).worksheets[0]["A1"].value for book in books[:3])


def every_requirement(told: Told) -> None:
    assert "dec-comment-30d" in told.said
    assert len(re.findall(r"^\s*[a-z]+-[a-z0-9-]+", told.said, re.MULTILINE)) > 250


def one_in_full(told: Told) -> None:
    assert all(part in told.said for part in ("第十五条", "30", "整改", "例"))


SHOWN: Final[dict[str, Callable[[Told], None]]] = {
    "年度自查：屏幕上三十行，先看什么": first_screen,
    "每一项都写到屏幕上": everything,
    "三十日内要办的，哪个单位、哪一天": within_thirty_days,
    "写成日历": calendar,
    "要补的格子，一格一行，填好放回去": cells,
    "这件决策能不能上会、出台": both_gates,
    "还要办的各步最早、最迟哪天": days_of_steps,
    "案卷、报备材料、送审材料，逐项打勾": ticked,
    "报告里的每一个数字，连同原句": numbers,
    "网页；.docx 是自查报告，.xlsx 是整改台账": documents,
    "为什么是这个结论": reasons,
    "注明新出现、已解决……": compared,
    "只看变化": changes_only,
    "写出空白台账，照着填": blank_ledgers,
    "有哪些要求": every_requirement,
    "一条要求的全文": one_in_full,
}
SHOWN_WITHOUT_REMARK: Final[dict[str, Callable[[Told], None]]] = {
    "--format json": as_json,
    "--output 核对附表.docx": form,
}


def test_every_remark_has_what_shows_it() -> None:
    """Broken by a remark that is added or reworded and shown by nothing."""
    assert {remark for _, remark in COMMANDS if remark} == set(SHOWN)


@pytest.mark.parametrize("remark", SHOWN)
def test_a_command_does_what_its_remark_says(office: Office, remark: str) -> None:
    (command,) = [command for command, said in COMMANDS if said == remark]
    SHOWN[remark](Told(office, office.run(command)))


@pytest.mark.parametrize("part", SHOWN_WITHOUT_REMARK)
def test_a_command_without_a_remark_writes_what_it_is_asked_for(office: Office, part: str) -> None:
    command = next(command for command, _ in COMMANDS if part in command)
    SHOWN_WITHOUT_REMARK[part](Told(office, office.run(command)))


@pytest.mark.parametrize("command", [command for command, _ in COMMANDS])
def test_every_command_runs(office: Office, command: str) -> None:
    assert office.codes[command] in JUDGED, office.errors[command]
    assert "出错了" not in office.errors[command]


def test_the_example_has_gaps_and_its_exit_code_says_so(office: Office) -> None:
    assert "示例里埋了缺口，所以退出码不是 0" in README
    first = COMMANDS[0][0]
    assert office.codes[first] in (ExitCode.FINDINGS, ExitCode.UNREAD)


@pytest.mark.parametrize("written", ["", "二月某日", "详见附件", "/"])
def test_what_is_not_known_is_never_met(tmp_path: Path, written: str) -> None:
    """空着、读不出、写“详见附件”的: none of it counts for an opinion."""
    assert "空着、读不出、写“详见附件”的，都如实列为“信息不全”或“佐证不足”" in README
    (tmp_path / "重大行政决策台账.csv").write_text(
        "决策编号,决策事项,承办单位,是否重大行政决策,合法性审查意见日期,讨论日期\n"
        f"决1,县城停车管理办法,县城管局,是,{written},2024-05-06\n",
        encoding="utf-8",
    )
    asked = ["check", str(tmp_path), "--as-of", "2025-03-10", "--format", "json"]
    found = json.loads(CliRunner().invoke(main, asked).stdout)
    (outcome,) = [
        one["outcome"]
        for one in found["outcomes"]
        if one["requirement"] == "dec-legality-before-discussion"
    ]
    assert outcome in ("unknown", "not_evidenced")


def test_sentences_are_shown_where_they_say() -> None:
    """Broken by a sentence that is reworded, or a test that is gone."""
    for sentence, (path, name) in SENTENCES.items():
        assert sentence in README, sentence
        assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8"), name
