"""Two rows of one element of a list: said once, and believed only where they agree."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.values import Cause, Elements, Record, Unknown
from facts.records.load import load_schema, read_schema
from tests.facts.conftest import SMALL, Office, errors, notes

MATTER = [["编号", "事项"], ["1", "停车"]]
HEAD = ["决策编号", "姓名", "是否署名"]


def experts(office: Office, *rows: list[object]) -> tuple[Elements, list[str]]:
    """The experts of the one matter, and what was said of them."""
    office.write("fazhi.yaml", "closed: [决策, 专家]\n")
    office.xlsx(决策台账=MATTER, 专家=[HEAD, *rows])
    facts = office.read()
    (matter,) = facts.records["matter"]
    return matter.elements("experts"), errors(facts)


def signed(found: Elements) -> list[object]:
    return [item.values["signed"] for item in found.items if isinstance(item, Record)]


def test_rows_at_odds_leave_the_list_open_and_the_fact_unknown(office: Office) -> None:
    """Fails if 是 beside 否 of one expert were taken, or if the list stayed closed."""
    found, said = experts(office, ["1", "张三", "是"], ["1", "李四", "是"], ["1", "张三", "否"])
    assert found.closed is False
    assert sorted(map(str, signed(found))) == sorted(map(str, [Unknown(Cause.UNREADABLE), True]))
    assert said == [
        (
            "台账.xlsx〔专家〕C4：“张三”，与台账.xlsx〔专家〕C2说的是同一项，"
            "“是否署名”却不一样，两处都不作数，请核对"
        )
    ]


def test_a_row_twice_is_one_element_and_said_so(office: Office) -> None:
    """Fails if one expert written twice counted as two."""
    found, said = experts(office, ["1", "张三", "是"], ["1", "张三", "是"])
    assert (signed(found), found.closed, said) == ([True], True, [])
    assert [n.expected for n in notes(office.read())] == ["与台账.xlsx〔专家〕A2完全相同，只算一件"]


def test_rows_that_complete_each_other_are_one_element(office: Office) -> None:
    """Lawful: one sheet names the experts, another says who signed."""
    found, said = experts(office, ["1", "张三", None], ["1", "张三", "是"])
    assert (signed(found), found.closed, said) == ([True], True, [])


@pytest.mark.parametrize("name", ["张某", "李××", "王*"])
def test_a_name_that_hides_who_it_is_tells_nobody_apart(office: Office, name: str) -> None:
    """Lawful: two experts called 张某 in a ledger that may be shown."""
    found, said = experts(office, ["1", name, "是"], ["1", name, "否"])
    assert (len(found.items), found.closed, said) == (2, True, [])


def test_a_row_that_names_nobody_stands_by_itself(office: Office) -> None:
    found, said = experts(office, ["1", None, "是"], ["1", "张三", "否"])
    assert (len(found.items), found.closed, said) == (2, True, [])


def test_one_name_twice_in_a_cell_is_one(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "专家"], ["1", "停车", "张三、李四、张三"]])
    assert len(office.one().elements("experts").items) == 2


def test_a_list_told_apart_by_a_set(tmp_path: Path) -> None:
    """Two rows of one hearing: its number is its key, and what they contradict is unknown."""
    office = Office(tmp_path, load_schema())
    office.write("fazhi.yaml", "closed: [重大行政决策台账, 听证会, 听证参加人]\n")
    head = ["决策编号", "听证编号", "听证公告日期", "听证会日期", "参加人"]
    office.xlsx(
        决策台账=[["决策编号", "决策事项"], ["决1", "停车"]],
        听证会=[
            head,
            ["决1", "听1", "2024-03-01", "2024-04-01", "张三、李四"],
            ["决1", "听1", "2024-03-01", "2024-04-20", "张三、李四"],
            ["决1", "听2", "2024-03-01", "2024-04-02", "张三"],
        ],
    )
    facts = office.read()
    (decision,) = facts.records["decision"]
    hearings = decision.elements("hearings")
    assert hearings.closed is False
    assert [(h.key, h.values["held_on"]) for h in facts.records["hearing"]] == [
        ("决1/听1", Unknown(Cause.UNREADABLE)),
        ("决1/听2", facts.records["hearing"][1].values["held_on"]),
    ]
    assert errors(facts) == [
        (
            "台账.xlsx〔听证会〕D3：“听1”，与台账.xlsx〔听证会〕D2说的是同一项，"
            "“听证会日期”却不一样，两处都不作数，请核对"
        )
    ]


def test_what_nothing_tells_apart_is_joined_by_its_cell_alone(tmp_path: Path) -> None:
    """Lawful: a form of participation named in a cell, and once more in a sheet with its day."""
    office = Office(tmp_path, load_schema())
    office.xlsx(
        决策台账=[["决策编号", "决策事项", "公众参与方式"], ["决1", "停车", "座谈会、问卷调查"]],
        公众参与=[["决策编号", "参与方式", "开始日期"], ["决1", "座谈会", "2024-03-01"]],
    )
    assert len(office.one("decision").elements("participation").items) == 2


_SMALL = read_schema({f"facts/records/{name}": text for name, text in SMALL.items()})
ROWS = st.lists(
    st.tuples(st.sampled_from(["张三", "李四", "王五"]), st.sampled_from(["是", "否", None])),
    min_size=1,
    max_size=6,
)


@given(rows=ROWS)
@settings(deadline=None)
def test_what_rows_contradict_is_never_known(rows: list[tuple[str, str | None]]) -> None:
    """For any rows: an element per name; known only what no row denies; closed if none clash.

    Broken by believing the first row, the last row, or by counting rows in place of experts.
    """
    said: dict[str, set[str]] = {}
    for name, word in rows:
        said.setdefault(name, set()).update(() if word is None else (word,))
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder), _SMALL)
        found, problems = experts(office, *(["1", name, word] for name, word in rows))
    torn = [name for name, words in said.items() if len(words) > 1]
    got = {
        str(item.values["name"]): item.values["signed"]
        for item in found.items
        if isinstance(item, Record)
    }
    assert len(found.items) == len(said)
    assert got == {
        name: Unknown(Cause.UNREADABLE)
        if name in torn
        else {"是": True, "否": False}[next(iter(words))]
        if words
        else Unknown(Cause.BLANK)
        for name, words in said.items()
    }
    assert found.closed is (not torn)
    assert len(problems) >= len(torn)
