"""Which columns nobody reads: those of use for telling, joining, counting or planning are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.guard.lint.unread import unread
from engine.ruleset.load import load_ruleset
from facts.records.load import read_schema
from tests.engine.guard.lint.test_lint import FILES, RULE

TYPES = {
    "thing.yaml": """
type: thing
title: 事项
sheets: [事项]
key: [no]
label: word
fields:
  no: {type: string, title: 编号}
  word: {type: string, title: 名称}
  flag: {type: bool, title: 是否甲}
  until: {type: date, time: term, title: 截止日期}
  on: {type: date, time: event, planned: to_come, title: 办理日期, progress: true}
  to_come: {type: date, time: term, title: 拟办日期}
  group: {type: object, title: 一组, main: group.no}
  group.no: {type: string, title: 组内号}
  how_many: {type: int, title: 分项数}
  whether: {type: bool, title: 有无分项}
  owner: {type: string, title: 主人}
  name: {type: string, title: 名}
  spare: {type: string, title: 备用}
nested:
  parts: {of: part, title: 分项, count: how_many, any: whether, cell: name}
links:
  owners: {to: owner, title: 主人, on: {name: owner}}
""",
    "part.yaml": """
type: part
title: 分项
parent: thing
sheets: [分项]
fields:
  name: {type: string, title: 名}
  spare: {type: string, title: 备用}
""",
    "owner.yaml": """
type: owner
title: 主人
sheets: [主人]
key: [no]
fields:
  no: {type: string, title: 号}
  name: {type: string, title: 名}
  size: {type: int, title: 大小}
  spare: {type: string, title: 备用}
""",
    "owner_year.yaml": """
type: owner_year
title: 主人年度
generated: {each: owner}
key: [no, year]
fields:
  no: {type: string, title: 号}
  size: {type: int, title: 大小}
  year: {type: int, title: 年度}
""",
    # it answers requirements
    "answer.yaml": "type: answer\ntitle: 认定\nsheets: [认定]\n"
    "fields:\n  requirement: {type: string, title: 要求}\n  spare: {type: string, title: 备用}\n",
    # nobody fills it in
    "place.yaml": "type: place\ntitle: 本地\nfields:\n  spare: {type: string, title: 备用}\n",
}
IDLE = {"thing.spare", "thing.name", "part.spare", "owner.spare"}


def idle(folder: Path, rule: str = RULE, **files: str) -> set[str]:
    """The columns that nobody is said to read."""
    for name, text in {**FILES, "dom/a-one": rule, **files}.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = list(unread(load_ruleset(folder, read_schema(TYPES))))
    for complaint in found:
        assert complaint.message == (
            "没有要求读这一栏，请删去，或者在 rulesets/unread.yaml 写明为什么要填"
        )
    return {f"{Path(c.file).stem}.{c.key}" for c in found}


def test_what_is_of_use_without_a_requirement(tmp_path: Path) -> None:
    assert idle(tmp_path) == IDLE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("message:", "evidence: [thing.spare]\nmessage:"),
        ("message:", "show: [thing.spare]\nmessage:"),
        ("message:", "note: {when: has(thing.spare), text: 请核}\nmessage:"),
        ("message:", "lenient: has(thing.spare)\nmessage:"),
        (
            "severity: major",
            "severity:\n  - {when: has(thing.spare), level: major}\n  - {level: minor}",
        ),
    ],
)
def test_what_reads_a_column(old: str, new: str, tmp_path: Path) -> None:
    assert idle(tmp_path, RULE.replace(old, new, 1)) == IDLE - {"thing.spare"}


@pytest.mark.parametrize(
    "files",
    [
        {"terms": "known: {subject: thing, title: 有, expr: has(thing.spare)}\n"},
        {
            "adjustments": "low: {subject: thing, title: 轻, when: has(thing.spare), "
            "basis: [{instrument: LAW, article: 三}]}\n"
        },
        {"unread": "thing.spare: {reason: 供人看}\n"},
    ],
)
def test_what_else_accounts_for_a_column(files: dict[str, str], tmp_path: Path) -> None:
    assert idle(tmp_path, **files) == IDLE - {"thing.spare"}


def test_a_gate_reads_the_day_that_it_assumes(tmp_path: Path) -> None:
    rule = RULE.replace("has(thing.on) && thing.on <= thing.until", "thing.flag")
    assert idle(tmp_path / "without", rule) == {*IDLE, "thing.on"}
    gate = "sign: {title: 签, subject: thing, classification: a-one, assumes: 'on', "
    gates = gate + "requirements: [a-one]}\n"
    assert idle(tmp_path / "with", rule, gates=gates) == IDLE


def test_complaints_come_by_name_and_reasons_too_many_after_them(tmp_path: Path) -> None:
    for name, text in {
        **FILES,
        "unread": "thing.on: {reason: 供人看}\nz.x: {reason: 供人看}\nthing.no: {reason: 供人看}\n",
    }.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = list(unread(load_ruleset(tmp_path, read_schema(TYPES))))
    assert [(c.file, c.key, c.message[:6]) for c in found] == [
        ("owner.yaml", "spare", "没有要求读这"),
        ("part.yaml", "spare", "没有要求读这"),
        ("thing.yaml", "name", "没有要求读这"),
        ("thing.yaml", "spare", "没有要求读这"),
        ("rulesets/unread.yaml", "thing.no", "这一栏已有要"),
        ("rulesets/unread.yaml", "thing.on", "这一栏已有要"),
        ("rulesets/unread.yaml", "z.x", "没有这一栏，"),
    ]
