from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from engine.model.errors import InvalidRulesetError
from engine.model.field import FieldKind, FieldType, Holds
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.values import ABSENT
from facts.records.load import headers, load_schema, read_schema
from facts.writing.cells import CellReader

SCHEMA = load_schema()
TYPES = list(SCHEMA.types.values())
FIELDS = [(t, path, spec) for t in TYPES for path, spec in t.fields.items()]
READ = [t for t in TYPES if t.generated is None]
HAN = re.compile(r"[\u4e00-\u9fff]")

GOOD = "type: act\ntitle: 行为\nkey: [no]\nfields:\n  no: {type: string, title: 编号}\n"


def _refused(**texts: str) -> InvalidRulesetError:
    with pytest.raises(InvalidRulesetError) as caught:
        read_schema({f"facts/records/{name}.yaml": text for name, text in texts.items()})
    return caught.value


# the types that come with fazhi


def test_every_file_is_a_type() -> None:
    folder = Path(__file__).parents[3] / "facts" / "records"
    assert sorted(path.stem for path in folder.glob("*/*.yaml")) == sorted(SCHEMA.types)
    assert load_schema() is SCHEMA


def test_the_types_that_the_first_requirements_read() -> None:
    wanted = {
        "decision", "decision_catalog", "normative_doc", "filing", "cleanup", "officer",
        "certificate", "suspension", "training_record", "enforcement_action",
        "action_participant", "penalty_case", "agency", "agency_count", "annual_report",
        "report_figure", "report_problem", "report_relation", "manual_answer", "place",
        "place_year", "agency_year", "officer_year",
    }  # fmt: skip
    assert wanted <= set(SCHEMA.types)


def test_generated_subjects_exist_for_place_agency_and_officer() -> None:
    each = {t.type: t.generated.each for t in SCHEMA.generated if t.generated is not None}
    assert each == {"place_year": None, "agency_year": "agency", "officer_year": "officer"}
    for name in each:
        fields = SCHEMA.types[name].fields
        assert fields["year"].type is FieldKind.INT
        assert fields["start"].time == fields["end"].time == "term"


@pytest.mark.parametrize("record_type", TYPES, ids=lambda t: t.type)
def test_titles_are_chinese(record_type: RecordType) -> None:
    titles = [record_type.title, *(spec.title for spec in record_type.fields.values())]
    titles += [item.title for item in record_type.nested.values()]
    titles += [link.title for link in record_type.links.values()]
    assert [title for title in titles if not HAN.search(title)] == []
    assert len({spec.title for spec in record_type.fields.values()}) == len(record_type.fields)


@pytest.mark.parametrize("record_type", TYPES, ids=lambda t: t.type)
def test_every_header_names_one_column(record_type: RecordType) -> None:
    known = headers(record_type)
    for path, spec in record_type.fields.items():
        assert {known[word] for word in (spec.title, *spec.synonyms)} == {path}


def test_sheet_names_belong_to_one_type() -> None:
    owner: dict[str, str] = {}
    for record_type in READ:
        for name in (record_type.title, *record_type.sheets):
            assert owner.setdefault(name, record_type.type) == record_type.type, name


def test_every_list_of_a_sheet_of_its_own_can_name_its_parent() -> None:
    for record_type in READ:
        for nested in record_type.nested.values():
            if SCHEMA.types[nested.of].sheets:
                assert record_type.key, record_type.type


def test_every_ledger_has_a_key_but_that_of_rows_which_stand_alone() -> None:
    assert [t.type for t in READ if t.sheets and not t.key and t.parent is None] == ["waiver"]


def test_examples_are_of_their_kind() -> None:
    for record_type, path, spec in FIELDS:
        if not spec.example:
            continue
        match spec.type:
            case FieldKind.DATE:
                assert dt.date.fromisoformat(spec.example)
            case FieldKind.DATETIME:
                assert dt.datetime.strptime(spec.example, "%Y-%m-%d %H:%M")  # noqa: DTZ007
            case FieldKind.BOOL:
                assert spec.example in {"是", "否"}, (record_type.type, path)
            case FieldKind.INT | FieldKind.NUMBER:
                assert float(spec.example) >= 0
            case FieldKind.ENUM | FieldKind.SET:
                assert not spec.values or spec.example in spec.values, (record_type.type, path)
            case _:
                pass


def test_a_blank_means_none_only_where_that_is_declared_and_usual() -> None:
    absent = {f"{t.type}.{path}" for t, path, spec in FIELDS if spec.blank == "absent"}
    assert {
        "certificate.cancelled_on",
        "certificate.suspension_count",
        "suspension.to",
        "officer.left_on",
        "penalty_case.suspension_count",
        "decision.nonpublic_ground",
    } <= absent
    for field in ("decision.legality_review.opinion_on", "normative_doc.expires_on"):
        assert field not in absent


def test_a_no_that_more_paper_cannot_cure_is_not_progress() -> None:
    decision = SCHEMA.types["decision"].fields
    for path in ("legality_review.conclusion", "is_major", "technical", "comment.reason_in_notice"):
        assert not decision[path].progress, path
    for path in ("legality_review.opinion_on", "discussion.package", "hearing_held"):
        assert decision[path].progress, path


def test_the_meeting_day_falls_back_on_the_planned_one() -> None:
    for name in ("decision", "normative_doc"):
        fields = SCHEMA.types[name].fields
        assert fields["discussion.held_on"].planned == "discussion.planned_on"
        assert fields["discussion.planned_on"].time == "term"


def test_opening_a_case_and_reporting_it_are_two_days() -> None:
    known = headers(SCHEMA.types["penalty_case"])
    assert known["立案日期"] == "opened_on"
    assert known["报备日期"] == known["备案日期"] == "reported_on"


def test_names_and_drafts_are_marked() -> None:
    personal = {f"{t.type}.{path}" for t, path, spec in FIELDS if spec.personal}
    internal = {f"{t.type}.{path}" for t, path, spec in FIELDS if spec.internal}
    assert {"officer.name", "penalty_case.party"} <= personal
    assert {
        "decision.discussion.dissent",
        "decision.party_report.doc",
        "decision.risk_assessment.report_doc",
    } <= internal


def test_lists_stand_in_one_cell_where_people_write_them_so() -> None:
    nested = SCHEMA.types["enforcement_action"].nested["participants"]
    assert (nested.cell, nested.count) == ("officer_id", "officer_count")
    assert headers(SCHEMA.types["enforcement_action"])["执法人员"] == "participants"


def test_a_bool_reads_none_as_false() -> None:
    assert FieldType.model_validate({"type": "bool", "title": "是否"}).none == "false"
    assert (
        FieldType.model_validate({"type": "date", "title": "日", "time": "event"}).none == "absent"
    )
    kept = FieldType.model_validate({"type": "bool", "title": "是否", "none": "unknown"})
    assert kept.none == "unknown"


# files that are wrong


def test_a_good_file_is_read() -> None:
    assert read_schema({"facts/records/act.yaml": GOOD}).types["act"].key == ("no",)


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("title: 行为", "titel: 行为"), 2, "是否指“title”"),
        (("type: string", "type: strng"), 5, "是否指“string”"),
        (("key: [no]", "key: [n0]"), 1, "键字段“n0”未声明"),
        (("key: [no]", "key: no"), 3, "须是清单"),
        (("title: 编号}", "title: 编号, synonims: [号]}"), 5, "是否指“synonyms”"),
        (("string", "date"), 5, "须写明 time"),
        (("string", "enum"), 5, "须列出 values"),
        (("title: 编号}", "title: 编号, main: no}"), 5, "main 只用于 object"),
        (("title: 编号}", "title: 编号, time: term}"), 5, "time、planned、of 只用于日期字段"),
        (("title: 编号}", "title: 编号, planned: no}"), 5, "time、planned、of 只用于日期字段"),
        (("title: 编号}", "title: 编号, complete: true}"), 5, "complete 只用于 set 字段"),
        (("title: 编号}", "title: 编号, blank: 'false'}"), 5, "blank: false 只用于 bool 字段"),
        (("key: [no]", "key: [no]\nkey: [no]"), 4, "键重复"),
        (("title: 行为", "title: &t 行为"), 2, "锚点"),
        (("type: act", "type: atc"), None, "文件名须与 type"),
    ],
)
def test_a_wrong_file_is_refused(change: tuple[str, str], line: int | None, words: str) -> None:
    error = _refused(act=GOOD.replace(*change, 1))
    assert error.line == line
    assert words in str(error)
    assert "facts/records/act.yaml" in str(error)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("  day: {type: string, title: 日, synonyms: [编号]}\n", "列名“编号”同时指"),
        ("  k: {type: enum, title: 类, values: {甲: [丙], 乙: [丙]}}\n", "“丙”同时指取值"),
        ("  a.b: {type: string, title: 乙}\n", "上级“a”须先声明为 object"),
        ("  a: {type: object, title: 甲, main: no}\n", "main 须是它下面的字段"),
        ("  a: {type: object, title: 甲, main: a.b}\n", "main 指向未知字段"),
        ("nested:\n  xs: {of: x, title: 清单, count: no}\n", "count 须是 int 字段"),
        ("nested:\n  xs: {of: x, title: 清单, tally: {no: a}}\n", "tally 须从 int 字段"),
        ("nested:\n  xs: {of: x, title: 清单, any: no}\n", "any 须是 bool 字段，不是“no”"),
        ("nested:\n  no: {of: x, title: 清单}\n", "同名的字段与清单：no"),
        ("parent: z\n", "未知的记录类型“z”"),
        (
            "  d: {type: date, time: event, title: 日, planned: n}\n",
            "“d”的 planned 指向未知字段“n”，是否指“no”？",
        ),
        ("nested:\n  xs: {of: x, title: 清单}\n", "须写明 parent: act"),
        ("nested:\n  xs: {of: y, title: 清单}\n", "未知的记录类型“y”"),
        ("links:\n  xs: {to: x, title: 清单, on: {b: no}}\n", "“x”没有字段“b”"),
        ("links:\n  xs: {to: x, title: 清单, on: {parent.a: no}}\n", "“x”没有字段“parent.a”"),
        ("links:\n  xs: {to: x, title: 清单, on: {a: nu}}\n", "“act”没有字段“nu”，是否指“no”"),
        ("  day: {type: int, title: 日}\ngenerated: {each: x}\n", "没有“no”的来源"),
    ],
)
def test_what_does_not_fit_together_is_refused(more: str, words: str) -> None:
    other = "type: x\ntitle: 另\nfields:\n  a: {type: string, title: 甲}\n"
    assert words in str(_refused(act=GOOD + more, x=other))


def test_a_type_that_is_there_twice_is_refused() -> None:
    with pytest.raises(InvalidRulesetError, match="键“place”：记录类型重名"):
        Schema([SCHEMA.types["place"], SCHEMA.types["agency"], SCHEMA.types["place"]])


def test_a_list_in_a_cell_needs_a_field_to_fill() -> None:
    child = "type: x\ntitle: 另\nparent: act\nfields:\n  a: {type: string, title: 甲}\n"
    parent = GOOD + "nested:\n  xs: {of: x, title: 清单, cell: b}\n"
    assert "“x”没有字段“b”" in str(_refused(act=parent, x=child))


@pytest.mark.parametrize("theirs", ["a", "b"])
def test_a_tally_counts_a_yes_or_no_of_the_elements(theirs: str) -> None:
    child = "type: x\ntitle: 另\nparent: act\nfields:\n  a: {type: string, title: 甲}\n"
    listed = f"  xs: {{of: x, title: 清单, tally: {{n: {theirs}}}}}\n"
    parent = GOOD + "  n: {type: int, title: 数}\nnested:\n" + listed
    assert f"“x”没有 bool 字段“{theirs}”" in str(_refused(act=parent, x=child))


def test_a_link_may_ask_of_what_the_other_nests_in() -> None:
    child = "type: x\ntitle: 另\nparent: act\nfields:\n  a: {type: string, title: 甲}\n"
    linked = GOOD + "links:\n  xs: {to: x, title: 清单, on: {parent.na: no}}\n"
    assert "“act”没有字段“na”" in str(_refused(act=linked, x=child))


def test_every_text_field_says_what_kind_of_thing_it_holds() -> None:
    """Fails if a new text field leaves open which words deny it."""
    silent = [
        f"{record_type.type}.{path}"
        for record_type in load_schema().types.values()
        for path, spec in record_type.fields.items()
        if spec.type is FieldKind.STRING and spec.holds is None
    ]
    assert silent == []


def test_agencies_are_units() -> None:
    for record_type in load_schema().types.values():
        for path, spec in record_type.fields.items():
            if spec.agency and spec.type is FieldKind.STRING:
                assert spec.holds is Holds.UNIT, (record_type.type, path)


def test_that_no_opinion_came_in_is_a_record_of_the_adoption() -> None:
    """Fails if 未收到意见, which the law wants written down, is read as no record at all."""
    spec = load_schema().types["decision"].fields["feedback.report"]
    assert CellReader(spec).read("未收到意见").state == "未收到意见"
    assert CellReader(spec).read("未出具").state is ABSENT
