"""What lint asks of the file beside a requirement: a fault planted, or why none can be."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from engine.guard.lint.expected import unexpected
from tests.engine.small import ruleset

PLANTED = (
    "article: 第一条\nduty: 要做\nmatter: 决策\nplanted:\n  - fault: 没有做\n    set: {甲: 无}\n"
)
FILE = "rulesets/d/r-one.expected.yaml"


def complained(tmp_path: Path, text: str | None, name: str = "r-one") -> list[tuple[str, str, str]]:
    """What is said of a ruleset of one requirement with this text beside it."""
    rules = dataclasses.replace(ruleset(), domains={"r-one": "d"})
    (tmp_path / "d").mkdir()
    if text is not None:
        (tmp_path / "d" / f"{name}.expected.yaml").write_text(text, encoding="utf-8")
    return [(c.file, c.key, c.message) for c in unexpected(rules, tmp_path)]


@pytest.mark.parametrize(
    "text",
    [
        PLANTED,
        "unplanted: 期限在检查日之后\n",
        PLANTED
        + "  - near: 做了\n    outcome: 不涉及\n    matter: {ledger: 甲, key: 编号, row: {}}\n"
        "    where: [=甲 是工作日]\n    gone: true\n    record: '2024'\n",
        PLANTED + "  - unsure: 写着未做\n    kind: 否定的话\n    set: {甲: 未做}\n",
        PLANTED + "qinglan:\n  without: 没有这种台账\n",
        PLANTED + "qinglan:\n  findings:\n    - {record: 甲, outcome: gap, severity: major,"
        " place: 台账, cells: {A1: 无}, sum: 没有}\n"
        "  boundaries:\n    - {record: 乙, outcome: met, sum: 有}\n",
    ],
)
def test_nothing_is_said_of_what_is_whole(tmp_path: Path, text: str) -> None:
    assert complained(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (None, "planted", "没有这个文件"),
        ("article: 第一条\n", "planted", "没有一处种下的问题"),
        (PLANTED.replace("fault", "near"), "planted", "没有一处种下的问题"),
        (PLANTED + "unplanted: 种不了\n", "unplanted", "已经种了问题"),
        (PLANTED.replace("duty: 要做\n", ""), "article", "请写条号"),
        (PLANTED.replace("article: 第一条\n", ""), "article", "请写条号"),
        (PLANTED + "  - set: {甲: 无}\n", "planted", "“”须有 fault"),
        (PLANTED + "    near: 做了\n", "planted", "“没有做、做了”须有 fault"),
        (PLANTED.replace("matter: 决策\n", ""), "matter", "“没有做”没有写弄坏哪一种事"),
        (PLANTED + "    outcome: 不合格\n", "outcome", "“不合格”不是结论，应是"),
        (PLANTED + "    sett: {}\n", "planted.1.sett", "是否指“set”"),
        (PLANTED + "qinglan: {findings: [{record: 甲}]}\n", "qinglan.findings.1.outcome", "缺少"),
        ("planted: [\n", "", "不是规范的 YAML"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    tmp_path: Path, text: str | None, key: str, says: str
) -> None:
    found = complained(tmp_path, text)
    assert [(file, at) for file, at, _ in found] == [(FILE, key)], found
    assert says in found[0][2]


def test_a_file_of_no_requirement_is_named(tmp_path: Path) -> None:
    found = complained(tmp_path, PLANTED, name="r-two")
    assert [file for file, _, _ in found] == ["rulesets/d/r-two.expected.yaml", FILE]
    assert "没有这条要求" in found[0][2]
