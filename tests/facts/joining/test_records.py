"""Rows joined into records; nested lists; links; what keeps a list open."""

from __future__ import annotations

import datetime as dt
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.schema import Schema
from engine.model.values import ABSENT_LIST, Cause, Elements, Record, Unknown
from facts.folder import read_folder
from tests.facts.conftest import Office, errors, notes


def names(elements: Elements) -> list[object]:
    return [item.values["name"] for item in elements.items if isinstance(item, Record)]


def test_several_rows_of_one_matter_under_true_merges(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["编号", "事项", "专家姓名", "是否署名"],
            ["1", "停车", "张三", "是"],
            [None, None, "李四", "否"],
            ["2", "规划", "王五", "是"],
        ],
        merges={"决策台账": ["A2:A3", "B2:B3"]},
    )
    facts = office.read()
    assert errors(facts) == []
    first, second = facts.records["matter"]
    assert sorted(map(str, names(first.elements("experts")))) == ["张三", "李四"]
    assert names(second.elements("experts")) == ["王五"]
    assert all(record.parent in (first, second) for record in facts.records["expert"])


def test_without_a_merge_nothing_is_filled_in(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "专家姓名"], ["1", "停车", "张三"], [None, None, "李四"]]
    )
    facts = office.read()
    (record,) = facts.records["matter"]
    assert names(record.elements("experts")) == ["张三"]
    (problem,) = facts.problems
    assert problem.text() == (
        "台账.xlsx〔决策台账〕A3：缺少“编号”，不能当作记录（属于上一行事项的，请填同一编号或合并单元格）"
    )
    assert problem.lost_row


def test_rows_that_complete_each_other_are_one_record(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "金额", "人数"], ["1", "停车", 5, None], ["1", None, None, 3]]
    )
    values = office.one().values
    assert (values["title"], str(values["amount"]), values["people"]) == ("停车", "5", 3)


def test_one_matter_in_two_ledgers(office: Office) -> None:
    office.write("决策台账.csv", "编号,事项\n1,停车\n")
    office.xlsx("重大决策台账.xlsx", 重大决策台账=[["编号", "讨论日期"], ["１", "2024-04-26"]])
    record = office.one()
    assert record.values["title"] == "停车"
    assert record.values["talk.on"] == dt.date(2024, 4, 26)
    assert record.source_of("title").line == 2
    assert record.source_of("talk.on").cell == "B2"


def test_rows_at_odds_are_both_judged_and_no_link_counts(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [决策, 单位]\n")
    office.xlsx(
        决策台账=[["编号", "事项", "承办单位"], ["1", "停车", "城管局"], ["1", "规划", "城管局"],
                  ["2", "公交", "城管局"]],
        单位=[["单位名称", "执法人员数"], ["城管局", 40]],
    )  # fmt: skip
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1", "1", "2"]
    assert len(errors(facts)) == 2
    assert errors(facts)[0] == (
        "台账.xlsx〔决策台账〕A2：“1”，编号重复且“事项”等内容不同"
        "（台账.xlsx〔决策台账〕A2、台账.xlsx〔决策台账〕A3），各按一件核对，其他台账对它的引用不作数"
    )
    (agency,) = facts.records["agency"]
    matters = agency.elements("matters")
    assert [item.key for item in matters.items if isinstance(item, Record)] == ["2"]
    assert matters.closed is False


def test_the_same_row_twice_is_one_record_and_said_so(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项"], ["1", "停车"], ["1", "停车"]])
    facts = office.read()
    assert len(facts.records["matter"]) == 1
    assert [n.expected for n in notes(facts)] == ["与台账.xlsx〔决策台账〕A2完全相同，只算一件"]


def test_a_row_without_its_key_is_judged_by_itself(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "是否重大"], [None, "停车", "是"], ["", "仅此", None]])
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["（无编号）停车"]
    assert {(p.cell, p.found, p.lost_row) for p in facts.problems} == {
        ("A2", "", False),
        ("A3", "仅此", True),
    }


def test_a_row_that_may_complete_either_of_two_completes_neither(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "讨论日期"], ["1", "停车", None], ["1", None, "2024-04-26"],
                  ["1", "规划", None]]
    )  # fmt: skip
    facts = office.read()
    assert len(facts.records["matter"]) == 3
    assert [r.values["title"] for r in facts.records["matter"] if "停车" in str(r.values)] == [
        "停车"
    ]
    assert all(
        isinstance(record.values["title"], Unknown) or isinstance(record.values["talk.on"], Unknown)
        for record in facts.records["matter"]
    )


def test_nested_sheets_join_by_the_parents_key(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "专家人数"], ["1", "停车", 2], ["2", "规划", 2],
                  ["3", "公交", 0]],
        专家=[["决策编号", "姓名", "是否署名"], ["1", "张三", "是"], ["1", "李四", "是"],
              ["2", "王五", "是"], ["9", "孙六", "是"]],
    )  # fmt: skip
    facts = office.read()
    first, second, third = facts.records["matter"]
    assert (len(first.elements("experts").items), first.elements("experts").closed) == (2, True)
    assert (len(second.elements("experts").items), second.elements("experts").closed) == (1, False)
    assert third.elements("experts") == Elements((), closed=True)
    assert errors(facts) == ["台账.xlsx〔专家〕A5：“9”，所属的决策没有这一件，这一行没有算进去"]


@pytest.mark.parametrize(
    ("experts", "signatures", "signed", "agree"),
    [
        (2, 2, ("是", "是"), True),
        (2, 1, ("是", "是"), False),  # the list has more signatures than the number
        (2, 2, ("是", "否"), False),  # one of the two has not signed
        (2, 2, ("是", None), True),  # the other may have signed
        (2, 1, ("是", None), True),
        (3, 2, ("是", "否"), True),  # the third is not in the list
        (3, 3, ("是", "否"), False),
        (None, 3, ("是", "否"), True),  # how many there are is not said
        (2, None, ("是", "否"), True),  # one of the two ways to keep it is enough
    ],
)
def test_a_number_that_the_list_contradicts_is_not_known_nor_is_the_list(
    office: Office,
    experts: int | None,
    signatures: int | None,
    signed: tuple[str | None, str | None],
    agree: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    rows = [["1", name, word] for name, word in zip(("张三", "李四"), signed, strict=True)]
    office.xlsx(
        决策台账=[["编号", "事项", "专家人数", "署名人数"], ["1", "停车", experts, signatures]],
        专家=[["决策编号", "姓名", "是否署名"], *rows],
    )
    facts = office.read()
    (matter,) = facts.records["matter"]
    told = [matter.values["signed_count"], *(r.values["signed"] for r in facts.records["expert"])]
    lost = [state for state in told if state == Unknown(Cause.UNREADABLE)]
    assert len(lost) == (0 if agree else 3)
    assert [text for text in errors(facts) if "对不上，两处都不作数" in text] == (
        [] if agree else errors(facts)
    )
    assert len(errors(facts)) == (not agree)


@pytest.mark.parametrize(("number", "closed"), [(1, True), (2, True), (3, False)])
def test_a_list_declared_complete_is_not_where_a_greater_number_is_written(
    office: Office,
    number: int,
    closed: bool,  # noqa: FBT001 - as above
) -> None:
    office.write("fazhi.yaml", "closed: [专家]\n")
    office.xlsx(
        决策台账=[["编号", "事项", "专家人数"], ["1", "停车", number]],
        专家=[["决策编号", "姓名"], ["1", "张三"], ["1", "李四"]],
    )
    facts = office.read()
    (matter,) = facts.records["matter"]
    assert matter.elements("experts").closed is closed
    said = f"“专家名单”写明{number}，读到2条，请核对"
    assert [n.expected for n in notes(facts)] == ([] if number == 2 else [said])


def test_nested_sheets_may_name_the_parent_by_its_title(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项"], ["1", "停车"]], 专家=[["事项", "姓名"], ["停车", "张三"]]
    )
    assert names(office.one().elements("experts")) == ["张三"]


def test_a_list_in_one_cell(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "专家名单", "专家人数"], ["1", "甲", "张三、李四", 2],
                  ["2", "乙", "张三、李四等", 3], ["3", "丙", "无", None],
                  ["4", "丁", "详见附件", None],
                  ["5", "戊", None, None]]
    )  # fmt: skip
    lists = [record.elements("experts") for record in office.read().records["matter"]]
    assert [(len(item.items), item.closed, item.cause) for item in lists] == [
        (2, True, Cause.OPEN_LIST),
        (2, False, Cause.OPEN_LIST),
        (0, True, Cause.OPEN_LIST),
        (0, False, Cause.ELSEWHERE),
        (0, False, Cause.OPEN_LIST),
    ]
    assert lists[2] == ABSENT_LIST


def test_a_name_in_a_cell_and_its_row_elsewhere_are_one(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "专家名单", "专家人数"], ["1", "甲", "张三、李四", 2]],
        专家=[["决策编号", "姓名", "是否署名"], ["1", "张三", "是"]],
    )
    experts = office.one().elements("experts")
    assert sorted(map(str, names(experts))) == ["张三", "李四"]
    assert experts.closed is True


def test_a_declared_ledger_closes_links_until_a_row_is_lost(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [决策台账]\n")
    rows: list[list[object]] = [
        ["编号", "事项", "承办单位"],
        ["1", "停车", "城管局"],
        ["2", "公交", "财政局"],
    ]
    office.xlsx(决策台账=rows, 单位=[["单位名称"], ["城管局"]])
    (agency,) = office.read().records["agency"]
    assert [i.key for i in agency.elements("matters").items if isinstance(i, Record)] == ["1"]
    assert agency.elements("matters").closed is True
    office.xlsx(决策台账=[*rows, [None, "丢失", None]], 单位=[["单位名称"], ["城管局"]])
    facts = office.read()
    assert facts.records["agency"][0].elements("matters").closed is False
    assert facts.closed == frozenset()


def test_an_unknown_join_field_keeps_links_open(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [决策台账, 单位]\n")
    office.xlsx(
        决策台账=[["编号", "事项", "承办单位"], ["1", "停车", "城管局"], ["2", "公交", "待定"]],
        单位=[["单位名称"], ["城管局"]],
    )
    facts = office.read()
    assert facts.records["agency"][0].elements("matters").closed is False
    first, second = facts.records["matter"]
    assert first.elements("owners").closed is True
    assert second.elements("owners") == Elements((), closed=False, cause=Cause.BLANK)
    # the list waits for the unit that isn't written, and so do those in which it may be
    waits = {second.elements("owners").waits, facts.records["agency"][0].elements("matters").waits}
    assert waits == {(second, "unit")}
    assert first.elements("owners").waits is None


def test_a_record_that_names_none_links_to_none_whatever_is_read(office: Office) -> None:
    """Broken by an open list: what the ledger says there isn't would be waited for."""
    office.xlsx(决策台账=[["编号", "事项", "承办单位"], ["1", "停车", "无"], ["2", "规划", "乙"]])
    one, two = office.read().records["matter"]
    assert one.elements("owners") == ABSENT_LIST
    assert not two.elements("owners").closed


def test_a_list_of_a_ledger_that_is_not_complete_waits_for_no_cell(office: Office) -> None:
    """Fails if a cell is blamed for what only the office can say: that nothing is left out."""
    office.xlsx(
        决策台账=[["编号", "事项", "承办单位"], ["1", "停车", "城管局"], ["2", "公交", None]],
        单位=[["单位名称"], ["城管局"]],
    )
    facts = office.read()
    assert facts.records["agency"][0].elements("matters").waits is None
    assert facts.records["matter"][1].elements("owners").waits == (
        facts.records["matter"][1],
        "unit",
    )


def test_aliases_join_agencies(office: Office) -> None:
    office.write("fazhi.yaml", "agencies: {城管局: [市城市管理局, 城市管理局]}\n")
    office.xlsx(
        决策台账=[["编号", "事项", "承办单位"], ["1", "停车", "市城市管理局"]],
        单位=[["单位名称"], ["城管局"]],
    )
    (agency,) = office.read().records["agency"]
    assert len(agency.elements("matters").items) == 1


def test_generated_subjects_are_there_without_ledgers(office: Office) -> None:
    facts = office.read(year=2023)
    (year,) = facts.records["place_year"]
    assert (year.key, year.values["year"]) == ("2023", 2023)
    assert (year.values["start"], year.values["end"]) == (
        dt.date(2023, 1, 1),
        dt.date(2023, 12, 31),
    )
    assert year.values["matters"] == Elements((), closed=False)
    assert facts.records["agency_year"] == []


def test_each_agency_has_its_year(office: Office) -> None:
    office.xlsx(单位=[["单位名称", "执法人员数"], ["城管局", 40], ["财政局", 2]])
    facts = office.read()
    assert sorted(record.key for record in facts.records["agency_year"]) == [
        "城管局/2024",
        "财政局/2024",
    ]
    record = facts.records["agency_year"][0]
    assert record.values["year"] == 2024
    assert record.source_of("name").cell in ("A2", "A3")


def test_records_travel_between_processes(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项"], ["1", "停车"]])
    record = pickle.loads(pickle.dumps(office.one()))  # noqa: S301
    assert record.source_of("title").cell == "B2"
    assert record.values["title"] == "停车"


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", "", None]),
        st.sampled_from(["停车", "规划", "无", "/", None]),
        st.sampled_from(["2024-04-26", "4.3/4.20", "2024年", "见附件", None]),
        st.sampled_from(["张三", "李四", None]),
    ),
    max_size=6,
)


def plain(rows: list[tuple[str | None, ...]], schema: Schema, folder: object) -> list[str]:
    assert isinstance(folder, Path)
    office = Office(folder, schema)
    office.xlsx(决策台账=[["编号", "事项", "讨论日期", "专家姓名"], *rows])
    facts = read_folder(folder, schema, year=2024)
    return sorted(
        f"{record.type} {record.key if record.type == 'matter' else ''} "
        + repr(
            sorted((k, repr(v)) for k, v in record.values.items() if not isinstance(v, Elements))
        )
        for records in facts.records.values()
        for record in records
        if record.type in ("matter", "expert")
    )


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, data=st.data())
def test_the_order_of_rows_changes_no_fact(
    rows: list[tuple[str | None, ...]],
    data: st.DataObject,
    small: Schema,
    tmp_path_factory: object,
) -> None:
    make = tmp_path_factory.mktemp  # type: ignore[attr-defined]
    shuffled = data.draw(st.permutations(rows))
    assert plain(rows, small, make("a")) == plain(list(shuffled), small, make("b"))


def test_unknown_is_never_a_default(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "是否重大", "豁免情形"], ["1", "停车", None, None]])
    values = office.one().values
    assert values["major"] == Unknown(Cause.BLANK)


def test_ten_thousand_rows_of_one_key_take_no_quadratic_time(office: Office) -> None:
    lines = "".join(f"1,事项{number}\n" for number in range(10_000))
    office.write("决策台账.csv", "编号,事项\n" + lines)
    start = time.process_time()
    facts = office.read()
    assert time.process_time() - start < 10
    assert len(facts.records["matter"]) == len(errors(facts)) == 10_000


def test_a_row_of_nothing_but_merged_cells_repeats_the_element_above(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["编号", "事项", "人数", "专家姓名", "是否署名", "金额"],
            ["1", "停车", 5, "张三", "是", None],
            [None, None, None, None, None, 6],
            [None, None, None, "李四", None, None],
        ],
        merges={"决策台账": ["A2:A4", "B2:B4", "D2:D3", "E2:E4"]},
    )
    experts = [
        (record.values["name"], record.values["signed"])
        for record in office.read().records["expert"]
    ]
    assert sorted(map(str, experts)) == ["('张三', True)", "('李四', True)"]


def test_a_merged_element_that_nothing_names_is_one(office: Office) -> None:
    """Broken by an expert for each row that a merged cell stands over."""
    office.xlsx(
        决策台账=[
            ["编号", "事项", "人数", "专家姓名", "是否署名", "金额"],
            ["1", "停车", 5, None, "是", None],
            [None, None, None, None, None, 6],
        ],
        merges={"决策台账": ["A2:A3", "B2:B3", "E2:E3"]},
    )
    assert [one.values["signed"] for one in office.read().records["expert"]] == [True]


def test_none_beside_rows_is_open_and_a_problem(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "专家名单"], ["1", "甲", "无"]],
        专家=[["决策编号", "姓名"], ["1", "张三"]],
    )
    facts = office.read()
    (record,) = facts.records["matter"]
    assert names(record.elements("experts")) == ["张三"]
    assert not record.elements("experts").closed
    assert errors(facts) == ["台账.xlsx〔决策台账〕A2：“1”，“专家名单”填“无”，但另有1条，请核对"]


def test_none_under_the_columns_of_a_list_is_none(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "专家姓名", "是否署名"], ["1", "甲", "无", None]])
    assert office.one().values["experts"] == ABSENT_LIST


def test_fewer_stated_than_read_is_open_and_noted(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "专家名单", "专家人数"], ["1", "甲", "张三、李四", 1]])
    facts = office.read()
    assert not facts.records["matter"][0].elements("experts").closed
    assert [note.text() for note in notes(facts)] == [
        "台账.xlsx〔决策台账〕A2：“1”，“专家名单”写明1，读到2条，请核对"
    ]


def test_a_declared_ledger_closes_nested_lists(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [论证专家]\n")
    office.xlsx(
        决策台账=[["编号", "事项"], ["1", "甲"], ["2", "乙"]],
        专家=[["决策编号", "姓名"], ["1", "张三"]],
    )
    lists = [record.elements("experts") for record in office.read().records["matter"]]
    assert [(names(found), found.closed) for found in lists] == [(["张三"], True), ([], True)]


def test_the_year_of_an_agency_named_twice_is_linked_to_by_none(office: Office) -> None:
    """Fails if a link leads to either of two that are at odds."""
    office.write("fazhi.yaml", "closed: [决策, 单位]\n")
    office.xlsx(
        决策台账=[["编号", "承办单位"], ["1", "城管局"]],
        单位=[["单位名称", "执法人员数"], ["城管局", 40], ["城管局", 41]],
    )
    facts = office.read()
    years = facts.records["agency_year"]
    assert [(year.key, year.scalar("officers")) for year in years] == [
        ("城管局/2024", 40),
        ("城管局/2024", 41),
    ]
    (matter,) = facts.records["matter"]
    assert matter.elements("years") == Elements((), closed=False)


def test_what_no_column_says_of_an_agency_is_unknown_of_its_year(office: Office) -> None:
    office.xlsx(单位=[["单位名称"], ["城管局"]])
    assert office.one("agency_year").scalar("officers") == Unknown(Cause.NO_COLUMN)


def test_last_years_plans_are_those_of_the_same_unit(tmp_path: Path, schema: Schema) -> None:
    """Fails if a unit has to account for the plans of another, or for its own of another year."""
    office = Office(tmp_path, schema)
    office.xlsx(
        年度报告=[["报告单位", "报告年度"], ["县政府", 2023], ["县政府", 2024], ["县城管局", 2023],
                  ["县城管局", 2024]],
        上年安排落实=[["报告单位", "报告年度", "安排", "应落实年度", "落实情况"],
                      ["县政府", 2023, "修订目录", 2024, "已修订"],
                      ["县城管局", 2023, "培训两期", 2024, None],
                      ["县城管局", 2023, "清理文件", 2025, None]],
    )  # fmt: skip
    plans = {
        record.key: [
            item.values["text"]
            for item in record.elements("previous").items
            if isinstance(item, Record)
        ]
        for record in office.read().records["annual_report"]
    }
    assert plans == {
        "县政府/2023": [], "县政府/2024": ["修订目录"],
        "县城管局/2023": [], "县城管局/2024": ["培训两期"],
    }  # fmt: skip
