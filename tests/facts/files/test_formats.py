"""csv, JSON and YAML: the same ledger from each, and what each refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from engine.model.values import ABSENT_LIST, Cause, Elements, Record, Unknown
from facts.files.json import parse_json
from facts.files.refused import RefusedError
from facts.files.yaml import parse_yaml_text
from facts.folder import read_folder
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors, notes, untold

CSV = "编号,事项,是否重大\n1,停车,是\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_encoding(office: Office, encoding: str) -> None:
    office.write("决策台账.csv", CSV.encode(encoding))
    record = office.one()
    assert (record.key, record.values["title"], record.values["major"]) == ("1", "停车", True)
    source = record.source_of("title")
    assert (source.file, source.line, source.text) == ("决策台账.csv", 2, "停车")


def test_csv_lines_are_those_of_the_file(office: Office) -> None:
    office.write("决策台账.csv", '编号,事项,是否重大\n1,"停\n车",也许\n2,规划,大概\n')
    assert [(p.line, p.found) for p in office.read().problems] == [(2, "也许"), (4, "大概")]


def test_csv_with_long_fields_and_other_delimiters(office: Office) -> None:
    office.write("决策台账.csv", f"编号;事项\n1;{'长' * 200_000}\n")
    value = office.one().values["title"]
    assert isinstance(value, str)
    assert len(value) == 200_000


def test_json_objects_lists_and_places(office: Office) -> None:
    office.write(
        "决策.json",
        {"决策台账": [{"编号": "1", "事项": "停车", "集体讨论": {"讨论日期": "2024-04-26"},
                    "专家名单": [{"姓名": "张三", "是否署名": True}, {"姓名": "李四"}]}]},
    )  # fmt: skip
    record = office.one()
    assert str(record.values["talk.on"]) == "2024-04-26"
    assert record.values["talk"] is True
    experts = record.elements("experts")
    assert [item.values["name"] for item in experts.items] == ["张三", "李四"]  # type: ignore[union-attr]
    assert experts.closed is False
    assert record.source_of("talk.on").cell == "决策台账[1].集体讨论.讨论日期"


def test_json_by_type_and_field_names(office: Office) -> None:
    office.write("x.json", {"matter": [{"no": 1, "title": "停车", "talk.on": "2024-04-26",
                                        "experts": "无"}]})  # fmt: skip
    record = office.one()
    assert record.key == "1"
    assert record.values["experts"] == ABSENT_LIST


def test_yaml_scalars_are_what_was_written(office: Office) -> None:
    office.write(
        "决策.yaml",
        "决策台账:\n  - 编号: 012\n    事项: 1:30\n    是否重大: no\n    讨论日期: 2024-13-01\n",
    )
    facts = office.read()
    (record,) = facts.records["matter"]
    assert record.key == "012"
    assert record.values["title"] == "1:30"
    assert record.values["major"] is False
    assert record.values["talk.on"] == Unknown(Cause.UNREADABLE)
    assert [(p.cell, p.found, p.hint) for p in facts.problems] == [
        ("决策台账[1].讨论日期", "2024-13-01", "没有这个月份")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": NaN}', "第1行第7列：不接受 NaN"),
        (r'{"a": "\uD83D"}', "第1行第8列：“\\ud83d”只是半个字符，没有读取"),
        ('{"a": 1,\n "a": 2}', "第2行第2列：键“a”重复"),
        ('{"a": ' + "1" * 5000 + "}", "第1行第7列：数字超过40位"),
        ('{"a": 1e99999999999999999999}', "第1行第7列：数字超过40位"),
        ('{"a": -1e-999999999}', "第1行第7列：数字超过40位"),
        ("[" * 1000 + "]" * 1000, "第1行第51列：嵌套超过50层"),
        ('{"a": }', "第1行第7列：不是正确的 JSON"),
    ],
)
def test_json_is_refused_with_its_place(text: str, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        parse_json(text.encode())
    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &x 1\nb: *x\n", "第1行：不能用锚点（&）"),
        ("a: 1\na: 2\n", "第2行 键“a”：键重复，第1行已有"),
        ("? [甲]\n: 1\n", "第1行：键须是文字"),
        (
            "place:\n  name：芦川县\n  level: 县级\n",
            "第2行“name：…”：冒号是全角的，请改成“name: …”（英文冒号，空一格）",
        ),
        (
            "place：\n  name: 芦川县\n",
            "第1行“place：”：冒号是全角的，请改成“place:”（英文冒号，空一格）",
        ),
        ("year:2024\nplace: [\n", "第1行“year:…”：冒号后面没有空格，请改成“year: …”"),
        ("a: \x01\n", "不是规范的 YAML"),
        ("#" * 4_000_001, "YAML 超过4000000字，没有读取；请改用 csv 或 xlsx，或拆分"),
        (
            "a: !!python/object:os.system 1\n",
            "第1行：不能用标签（tag:yaml.org,2002:python/object:os.system）",
        ),
        ("a: [1\n", "第2行：不是规范的 YAML"),
        ("[" * 60 + "]" * 60, "第1行：嵌套超过50层"),
        ("a: 1\n---\na: 2\n", "第2行：一个文件只能有一份内容（多余的 ---）"),
    ],
)
def test_yaml_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        parse_yaml_text(text)
    assert str(caught.value).startswith(reason)


CLOSED = "closed: [决策, 执法单位]\n"
MATTERS = {"决策台账": [{"编号": "1", "事项": "甲"}]}


@pytest.mark.parametrize("row", ["2,乙,丙,丁\n", '2,"乙\n'])
def test_a_row_lost_in_a_csv_opens_its_ledger_and_no_other(office: Office, row: str) -> None:
    """Broken by a row that is named, and by which nothing was missing: 声明录全 held."""
    office.write("fazhi.yaml", CLOSED)
    office.write("决策台账.csv", "编号,事项\n1,甲\n" + row + "3,丁\n")
    office.xlsx("单位.xlsx", 执法单位=[["单位名称"], ["县局"]])
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1", "3"]
    assert facts.closed == {"agency"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([{"编号": "2"}, None], "第2项不是写明各列名称的一件"),
        ([["编号", "事项"], ["2", "乙"]], "第1项不是写明各列名称的一件"),
        ([[{"编号": "2"}], [{"编号": "3"}]], "第1项不是写明各列名称的一件"),
        ({"单位": [{"单位名称": "县局"}], "决策": [{"编号": "2"}, 3]}, "“决策”里第2项不是"),
        ({"单位": [{"单位名称": "县局"}], "rows": [["2", "乙"]]}, "“rows”里第1项不是"),
        ('"2,乙"', "应为台账的清单"),
    ],
)
def test_rows_of_json_that_are_no_objects_open_the_ledger(
    office: Office, content: object, reason: str
) -> None:
    """Broken by rows that are left out with a word and missed by no list."""
    office.write("fazhi.yaml", CLOSED)
    office.xlsx("上半年.xlsx", 决策台账=[["编号"], ["1"]], 执法单位=[["单位名称"], ["县局"]])
    office.write("决策台账下半年.json", content)
    facts = office.read()
    assert facts.closed == {"agency"}
    (problem,) = errors(facts)
    assert problem.startswith(f"决策台账下半年.json：{reason}")


def test_lists_of_words_beside_the_ledgers_of_json_are_no_rows(office: Office) -> None:
    """Broken by refusing a file for a list that can hold no row."""
    office.write("fazhi.yaml", CLOSED)
    office.write("决策台账.json", {**MATTERS, "标签": ["一", "二"], "导出": {"人": "甲"}})
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1"]
    assert facts.closed == {"matter"}


def test_yaml_nulls_are_empty_unless_quoted() -> None:
    text = "a:\nb: null\nc: ~\nd: 'null'\ne: \"~\"\nf: ''\n"
    assert parse_yaml_text(text) == {
        "a": None, "b": None, "c": None, "d": "null", "e": "~", "f": "",
    }  # fmt: skip


def test_a_refused_file_keeps_declared_ledgers_open(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [决策]\n")
    office.write("决策台账.json", "{")
    facts = office.read()
    assert facts.closed == frozenset()
    assert facts.records["place_year"][0].values["matters"] == Elements((), closed=False)
    assert len(errors(facts)) == 1


def test_an_unknown_list_inside_an_object_is_a_problem(office: Office) -> None:
    office.write("决策.json", {"决策台账": [{"编号": "1", "事项": "甲", "会议": [{"x": 1}]}]})
    assert errors(office.read()) == ["决策.json〔决策台账〕：“会议”，“决策”没有这个清单，没有读取"]


def test_objects_with_endless_different_keys_are_refused(office: Office) -> None:
    office.write("决策.json", {"决策台账": [{"编号": str(n), f"k{n}": 1} for n in range(5000)]})
    assert errors(office.read()) == [
        "决策.json：决策台账[2000]：不同的键太多（一张表至多2000列、5000000格），没有读取"
    ]


def test_a_json_array_is_a_list_and_an_empty_one_says_nothing(tmp_path: Path) -> None:
    """Fails if an export's `[]` is a fault, or is taken for a list known to be empty."""
    cases = [
        {"案号": "甲罚1号", "办案人员编号": ["R01", "R02"], "引用的文件": [], "决定书载明事项": []},
        {"案号": "甲罚2号", "办案人员编号": [], "引用的文件": ["甲政规〔2024〕1号"]},
    ]
    (tmp_path / "案件.json").write_text(json.dumps({"行政处罚案件": cases}), encoding="utf-8")
    facts = read_folder(tmp_path, load_schema(), year=2024)
    assert errors(facts) == []
    first, second = facts.records["penalty_case"]

    def listed(record: Record, name: str, field: str) -> tuple[list[object], bool]:
        found = record.values[name]
        assert isinstance(found, Elements)
        return [item.values[field] for item in found.items if isinstance(item, Record)], (
            found.closed
        )

    assert listed(first, "handlers", "officer_id")[0] == ["R01", "R02"]
    assert listed(first, "cited_docs", "doc_no") == ([], False)
    assert listed(second, "handlers", "officer_id") == ([], False)
    assert listed(second, "cited_docs", "doc_no")[0] == ["甲政规〔2024〕1号"]


def test_csv_that_is_no_table_is_refused_with_its_line(office: Office) -> None:
    office.write("甲.csv", "编号,事项\n1," + "," * 2000 + "\n")
    office.write("乙.csv", '编号,事项\n1,甲\n2,"' + "长" * 1_000_001 + "\n")
    assert errors(office.read()) == [
        "乙.csv：第3行起不是正确的 csv：引号不成对，或一格超过1000000字" + untold("乙.csv"),
        "甲.csv：第2行：单元格太多，没有读取；请检查分隔符或拆分文件" + untold("甲.csv"),
    ]


def test_empty_lines_of_a_csv_are_counted_but_no_rows(office: Office) -> None:
    office.write("决策台账.csv", "编号,事项\n\n,\n1,甲\n")
    assert office.one().source_of("title").line == 4


@pytest.mark.parametrize("content", ["", "\n,,\n"])
def test_an_empty_csv_is_said_to_be_empty(office: Office, content: str) -> None:
    office.write("决策台账.csv", content)
    assert errors(office.read()) == ["决策台账.csv：文件是空的，没有任何内容"]


def test_json_of_one_ledger_or_one_object(office: Office) -> None:
    office.write("决策台账.json", [{"编号": "1", "金额": 1.5}, {"编号": "2", "金额": 20}])
    office.write("决策3.json", {"编号": "3", "事项": "丙"})
    facts = office.read()
    assert errors(facts) == []
    assert [(r.key, r.scalar("amount")) for r in facts.records["matter"]] == [
        ("1", Decimal("1.5")),
        ("2", Decimal(20)),
        ("3", Unknown(Cause.NO_COLUMN)),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ([], "决策.json：文件是空的，没有任何内容"),
        (5, "决策.json：应为台账的清单，没有读取；请写成“台账名: [ … ]”"),
        (["甲"], "决策.json：应为台账的清单，没有读取；请写成“台账名: [ … ]”"),
        (
            {"决策台账": [{"编号": "1", "事项": "甲"}], "备注": "乙", "单位": []},
            "决策.json：“备注”，不是台账，没有读取（台账写成“台账名: [ … ]”）",
        ),
    ],
)
def test_json_that_holds_no_ledger_is_said(office: Office, content: object, problem: str) -> None:
    office.write("决策.json", content)
    assert errors(office.read()) == [problem]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (
            {"决策": {"1": {"编号": "1", "事项": "甲"}, "2": {"编号": "2", "事项": "甲"}}},
            "“决策”里的",
        ),
        ({"1": {"编号": "1", "事项": "甲"}, "2": {"编号": "2", "事项": "甲"}}, ""),
        ({"编号": "1", "风险评估": {"评估日期": "2024-03-01", "文号": "1"}}, None),
        ({"编号": "1", "情况": {"风险评估": {"文号": "1"}, "集体讨论": {"日期": ""}}}, None),
    ],
)
def test_objects_by_their_names_are_no_list(
    office: Office, content: object, place: str | None
) -> None:
    """Broken by taking each object for more columns of the first: the second would be gone."""
    office.write("决策.json", content)
    facts = office.read()
    said = [text.partition("，")[0] for text in errors(facts)]
    assert said == ([] if place is None else [f"决策.json：{place}几件是照名称排的"])
    assert len(facts.records["matter"]) == (1 if place is None else 0)


def test_a_key_repeated_in_another_spelling_is_found_too() -> None:
    with pytest.raises(RefusedError, match=r"^JSON：键“编”重复$"):
        parse_json('{"\\u7f16": 1, "编": 2}'.encode())


def test_lists_inside_what_is_no_ledger_or_hold_nothing_known(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [决策, 论证专家]\n")
    office.write(
        "混.json",
        {
            "天气": [{"温度": "1", "预报": [{"风": "2"}]}],
            "决策台账": [{"编号": "1", "事项": "甲", "专家名单": [{"血型": "A"}]}],
        },
    )
    facts = office.read()
    assert errors(facts) == [
        "混.json〔决策台账〕：“血型”，“论证专家”里没有认识的项，没有读取（请按模板的列名填写）",
    ]
    assert "不像台账，没有读取，别的台账不受影响" in [note.expected for note in notes(facts)]
    assert facts.closed == frozenset()
