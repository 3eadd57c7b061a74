"""What is worth a look in ledgers that are too thin for a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import RULESETS, main
from engine.model.errors import InvalidRulesetError
from engine.ruleset.load import load_ruleset
from facts.records.load import load_schema
from tests.facts.conftest import Office


def page(office: Office) -> list[str]:
    arguments = ["check", str(office.folder), "--as-of", "2025-03-10", "--all"]
    said = CliRunner().invoke(main, arguments).output.partition("法治体检")[0]
    return [line.strip() for line in said.splitlines()]


def shown(office: Office, title: str) -> str:
    """What stands behind a title; nothing where it isn't there."""
    found = [line.removeprefix(title) for line in page(office) if line.startswith(title)]
    return found[0] if found else ""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, load_schema())


def test_penalties_of_weight_are_named_by_kind_and_by_amount(office: Office) -> None:
    """Broken by a small fine that is named, or by a heavy one that is not."""
    header = ["案号", "办案机关", "处罚种类", "罚款数额", "没收数额"]
    office.xlsx(
        "行政处罚案件.xlsx",
        Sheet1=[
            header,
            ["青罚〔2024〕1号", "县局", "罚款、吊销许可证件", 500, 0],
            ["青罚〔2024〕2号", "县局", "罚款", 10000, 0],
            ["青罚〔2024〕3号", "县局", "罚款", 9999, 0],
            ["青罚〔2024〕4号", "县局", "没收违法所得", 0, 20000],
            ["青罚〔2024〕5号", "县局", "警告", None, None],
        ],
    )
    assert shown(office, "处罚种类重") == (
        "，须告知听证；听证过的须法制审核，重大的须集体讨论：1件　“青罚〔2024〕1号”"
    )
    amount = "罚没数额大，看是否达到本系统、本省的较大数额"
    assert shown(office, amount) == "：2件　“青罚〔2024〕2号”、“青罚〔2024〕4号”"


def test_certificates_past_their_day_and_near_it_are_named(office: Office) -> None:
    """Broken by a day more or less at either end."""
    office.xlsx(
        "执法证件.xlsx",
        Sheet1=[
            ["证号", "人员编号", "有效期止"],
            ["豫1", "R1", "2025-03-09"],
            ["豫2", "R2", "2025-03-10"],
            ["豫3", "R3", "2025-06-08"],
            ["豫4", "R4", "2025-06-09"],
            ["豫5", "R5", None],
        ],
    )
    assert shown(office, "执法证件已经过期") == "：1件　“豫1”"
    assert shown(office, "执法证件三个月内到期") == "：2件　“豫2”、“豫3”"


def test_documents_past_their_term_that_are_listed_as_valid_are_named(office: Office) -> None:
    """Broken by one that is repealed, or of which nobody says that it is valid."""
    office.xlsx(
        "规范性文件目录.xlsx",
        Sheet1=[
            ["序号", "文件名称", "文号", "有效期至", "清理意见"],
            [1, "甲办法", "青政〔2019〕1号", "2024-01-01", "继续有效"],
            [2, "乙办法", "青政〔2019〕2号", "2024-01-01", "废止"],
            [3, "丙办法", "青政〔2019〕3号", "2024-01-01", None],
            [4, "丁办法", "青政〔2019〕4号", "2026-01-01", "继续有效"],
        ],
    )
    assert shown(office, "有效期已过，目录里仍写有效") == "：1件　“青政〔2019〕1号”甲办法"


def test_a_folder_with_nothing_to_look_at_has_no_such_lines(office: Office) -> None:
    """Broken by a heading over nothing."""
    assert not any(line.startswith("先看这些") for line in page(office))


def test_a_screen_that_can_t_be_read_is_refused(tmp_path: Path) -> None:
    """Broken by a condition that nobody has read until an office is checked."""
    for path in RULESETS.rglob("*.yaml"):
        target = tmp_path / path.relative_to(RULESETS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    file = tmp_path / "screens.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("certificate.valid_to < as_of", "certificate.valid < as_of"),
                    encoding="utf-8")  # fmt: skip
    with pytest.raises(InvalidRulesetError, match="valid_to"):
        load_ruleset(tmp_path, load_schema())


def test_suits_without_the_head_and_judgments_not_performed_are_named(office: Office) -> None:
    """Broken by a case that was won, is closed or was not heard and is named all the same."""
    header = ["诉讼案号", "开庭日期", "负责人是否出庭", "裁判结果", "裁判生效日期", "是否履行"]
    office.xlsx(
        "行政应诉案件.xlsx",
        Sheet1=[
            header,
            ["行初1号", "2024-05-10", "否", "驳回诉讼请求", "2024-06-10", None],
            ["行初2号", "2024-05-10", "是", "责令履行", "2024-06-10", "未履行"],
            ["行初3号", "2024-05-10", "是", "责令履行", "2024-06-10", "已履行"],
            ["行初4号", None, None, "撤诉", None, None],
        ],
    )
    assert shown(office, "开庭的案件负责人没有出庭") == "：1件　“行初1号”"
    assert shown(office, "裁判已经生效，要求做的事还没有做完") == "：1件　“行初2号”"
