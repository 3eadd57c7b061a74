"""What a link leads to: every record whose fields equal, and none whose fields only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.schema import Schema
from engine.model.values import Elements, Record
from facts.records.load import read_schema
from tests.facts.conftest import Office, errors

TYPES = {
    "project.yaml": """
type: project
title: 项目
sheets: [项目]
key: [no]
label: no
fields:
  no: {type: string, title: 编号}
  area: {type: string, title: 区域}
  lot: {type: string, title: 地块}
nested:
  rooms: {of: room, title: 房间}
links:
  papers: {to: paper, title: 文件, on: {area: area, lot: lot}}
  here: {to: paper, title: 本区域文件, on: {area: area}}
  alive: {to: paper, title: 现行文件, on: {area: area}, without: {state: 废止}}
""",
    "room.yaml": """
type: room
title: 房间
parent: project
sheets: [房间]
label: name
fields:
  name: {type: string, title: 名称}
  area: {type: string, title: 朝向}
""",
    "paper.yaml": """
type: paper
title: 文件
sheets: [文件]
key: [no]
label: no
fields:
  no: {type: string, title: 文号}
  area: {type: string, title: 区域}
  lot: {type: string, title: 地块}
  state: {type: enum, title: 效力, values: {有效: [], 废止: []}}
  use: {type: string, title: 用途}
links:
  rooms: {to: room, title: 房间, on: {parent.area: area, name: use}}
""",
}


@pytest.fixture
def linked(tmp_path: Path) -> Office:
    """A folder of projects with rooms and of papers, all declared whole."""
    schema: Schema = read_schema({f"facts/records/{name}": text for name, text in TYPES.items()})
    (tmp_path / "fazhi.yaml").write_text("closed: [项目, 文件, 房间]\n", encoding="utf-8")
    return Office(tmp_path, schema)


def led(found: Elements) -> list[str]:
    """The keys of what a link leads to; it must be closed."""
    assert found.closed
    return sorted(item.key for item in found.items if isinstance(item, Record))


def test_the_parts_of_a_key_do_not_run_together(linked: Office) -> None:
    """Broken by “1”“23” found under “12”“3”: a paper of another lot would be this one's."""
    linked.xlsx(
        项目=[["编号", "区域", "地块"], ["甲", "1", "23"], ["乙", "12", "3"], ["丙", "23", "1"]],
        文件=[["文号", "区域", "地块", "效力"], ["一号", "12", "3", "有效"]],
    )
    facts = linked.read()
    assert errors(facts) == []
    papers = {one.key: led(one.elements("papers")) for one in facts.records["project"]}
    assert papers == {"甲": [], "乙": ["一号"], "丙": []}


def test_all_fields_of_a_key_have_to_equal(linked: Office) -> None:
    """Broken by looking at the first field alone."""
    linked.xlsx(
        项目=[["编号", "区域", "地块"], ["甲", "东区", "1"], ["乙", "东区", "2"]],
        文件=[["文号", "区域", "地块", "效力"], ["一号", "东区", "1", "有效"],
             ["二号", "东区", "3", "有效"]],
    )  # fmt: skip
    first, second = linked.read().records["project"]
    assert {one.key: led(one.elements("papers")) for one in (first, second)} == {
        "甲": ["一号"],
        "乙": [],
    }
    assert led(first.elements("here")) == led(second.elements("here")) == ["一号", "二号"]


@pytest.mark.parametrize("written", ["东-1区", "东－1区", "东—1区", "东 -１ 区"])
def test_the_same_written_in_other_characters_is_the_same(linked: Office, written: str) -> None:
    """Broken by a miss for a dash or a digit of another width: a paper that is there is none."""
    linked.xlsx(
        项目=[["编号", "区域", "地块"], ["甲", "东-1区", "1"]],
        文件=[["文号", "区域", "地块", "效力"], ["一号", written, "1", "有效"]],
    )
    (project,) = linked.read().records["project"]
    assert led(project.elements("here")) == led(project.elements("papers")) == ["一号"]


def test_a_link_that_leaves_some_out_shares_nothing_with_another(linked: Office) -> None:
    """Broken by the papers of one link handed to another that asks by the same fields."""
    linked.xlsx(
        项目=[["编号", "区域", "地块"], ["甲", "东区", "1"]],
        文件=[["文号", "区域", "地块", "效力"], ["一号", "东区", "1", "有效"],
             ["二号", "东区", "1", "废止"]],
    )  # fmt: skip
    (project,) = linked.read().records["project"]
    assert led(project.elements("here")) == ["一号", "二号"]
    assert led(project.elements("alive")) == ["一号"]


def test_a_link_by_a_field_of_the_parent_goes_by_the_parents(linked: Office) -> None:
    """Broken by a field of the same name that the record has itself."""
    linked.xlsx(
        项目=[["编号", "区域", "地块"], ["甲", "东区", "1"]],
        房间=[["编号", "名称", "朝向"], ["甲", "会议室", "西区"]],
        文件=[["文号", "区域", "用途"], ["一号", "东区", "会议室"], ["二号", "西区", "会议室"],
             ["三号", "东区", "食堂"]],
    )  # fmt: skip
    facts = linked.read()
    rooms = {one.key: len(led(one.elements("rooms"))) for one in facts.records["paper"]}
    assert rooms == {"一号": 1, "二号": 0, "三号": 0}


def test_a_link_waits_for_the_field_of_the_parent_that_is_blank(linked: Office) -> None:
    """Broken by a room that is not there because nobody wrote where its house stands."""
    linked.xlsx(
        项目=[["编号", "区域", "地块"], ["甲", None, "1"]],
        房间=[["编号", "名称", "朝向"], ["甲", "会议室", "西区"]],
        文件=[["文号", "区域", "用途"], ["一号", "东区", "会议室"]],
    )  # fmt: skip
    facts = linked.read()
    (paper,), (project,) = facts.records["paper"], facts.records["project"]
    found = paper.elements("rooms")
    assert (found.items, found.closed) == ((), False)
    assert found.waits == (project, "area")


def test_two_at_odds_under_one_key_are_led_to_by_none(linked: Office) -> None:
    """Broken by a link that leads to either, or is held to be whole without them."""
    linked.xlsx(
        项目=[["编号", "区域", "地块"], ["甲", "东区", "1"]],
        文件=[["文号", "区域", "地块", "效力"], ["一号", "东区", "1", "有效"],
             ["一号", "东区", "2", "有效"], ["二号", "东区", "1", "有效"]],
    )  # fmt: skip
    (project,) = linked.read().records["project"]
    found = project.elements("here")
    assert not found.closed
    assert [item.key for item in found.items if isinstance(item, Record)] == ["二号"]
