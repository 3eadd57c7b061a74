"""One person, one agency and one document have one value, however they are spelt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model.facts import Facts
from engine.model.schema import Schema
from engine.model.values import Cause, Record, Unknown
from facts.folder import read_folder
from facts.joining import names
from facts.records.load import load_schema
from facts.writing.text import document_number, fold, spelled
from tests.facts.conftest import Office, errors

UNSETTLED = Unknown(Cause.INCOMPLETE)
Row = Mapping[str, object]
OFFICERS: Sequence[Row] = [
    {"人员编号": "R01", "姓名": "甲某", "所在单位": "清溪县城市管理局"},
    {"人员编号": "R02", "姓名": "乙某", "所在单位": "清溪县城市管理局"},
    {"人员编号": "R03", "姓名": "乙某", "所在单位": "清溪县交通运输局"},
    {"人员编号": "R04", "姓名": "丁某", "所在单位": "清溪县水利局"},
    {"人员编号": "R05", "姓名": "丁某", "所在单位": "清溪县水利局"},
]
PLACE = "place: {name: 清溪县, superior: 南河市, judicial_bureau: 清溪县司法局}\n"


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture
def real(tmp_path: Path, schema: Schema) -> Office:
    """An empty folder of 清溪县, read with the record types of the product."""
    office = Office(tmp_path, schema)
    office.write("fazhi.yaml", PLACE)
    return office


def grid(rows: Sequence[Row]) -> list[list[object]]:
    headers = list(dict.fromkeys(header for row in rows for header in row))
    return [list(headers), *([row.get(header) for header in headers] for row in rows)]


def case(**more: object) -> Row:
    return {"案号": "城罚〔2024〕7号", "办案机关": "清溪县城市管理局", "违法行为": "搭建", **more}


def read(office: Office, **sheets: Sequence[Row]) -> Facts:
    office.xlsx(**{name: grid(rows) for name, rows in sheets.items()})
    return read_folder(office.folder, office.schema, year=2024)


def only(facts: Facts, name: str = "penalty_case") -> Record:
    (record,) = facts.records[name]
    return record


@pytest.mark.parametrize(
    "text",
    [
        "甲某",
        "R01",
        "Ｒ０１",
        "r01",
        "R 01",
        "甲 某",
        "甲　某",
        "甲某（R01）",
        "R01甲某",
        "甲某R01",
    ],
)
def test_a_person_is_the_number_in_the_roster(real: Office, text: str) -> None:
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=[case(听证主持人编号=text)])
    assert errors(facts) == []
    assert only(facts).values["hearing_host"] == "R01"
    assert only(facts).source_of("hearing_host").text == text


def test_namesakes_are_told_apart_by_their_unit_alone(real: Office) -> None:
    rows = [case(听证主持人编号="乙某", 法制审核人员编号="丁某")]
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=rows)
    assert only(facts).values["hearing_host"] == "R02"
    assert only(facts).values["reviewer_id"] == UNSETTLED
    assert errors(facts) == [
        "台账.xlsx〔行政处罚案件〕E2：“丁某”，有2人同名，不知是哪一人（请写人员编号）"
    ]


def test_a_number_beside_anothers_name_is_nobodys(real: Office) -> None:
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=[case(听证主持人编号="R01乙某")])
    assert only(facts).values["hearing_host"] == UNSETTLED
    assert errors(facts) == [
        "台账.xlsx〔行政处罚案件〕D2：“R01乙某”，“R01”的姓名不是“乙某”，不知是谁（请核对）"
    ]


def test_a_name_that_may_be_a_numbers_is_not_taken_for_another(real: Office) -> None:
    """Fails if a chair by name counts as nobody of the handlers, of whom only numbers are known."""
    rows = [case(听证主持人编号="戊某", 办案人员编号="R08、R09")]
    facts = read(real, 行政处罚案件=rows)
    assert only(facts).values["hearing_host"] == UNSETTLED
    (problem,) = errors(facts)
    assert problem == (
        "台账.xlsx〔行政处罚案件〕D2：“戊某”，不知与“R08”是不是同一人，对不上人员名册"
        "（请写人员编号，或把人员补进执法人员台账）"
    )


@pytest.mark.parametrize("handlers", ["R01、R02", "己某、庚某", "甲某、R02"])
def test_a_name_beside_known_persons_is_another(real: Office, handlers: str) -> None:
    """No over-correction: where every other is known by name, a name is enough."""
    rows = [case(听证主持人编号="戊某", 办案人员编号=handlers)]
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=rows)
    assert errors(facts) == []
    assert only(facts).values["hearing_host"] == "戊某"


@pytest.mark.parametrize(
    "handlers", ["R01 R02", "R01/R02", "R01和R02", "R01　R02", "甲某 R02", "甲某和R02", "R01、 R02"]
)
def test_two_persons_in_one_item_are_two(real: Office, handlers: str) -> None:
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=[case(办案人员编号=handlers)])
    assert errors(facts) == []
    assert {one.values["officer_id"] for one in facts.records["case_handler"]} == {"R01", "R02"}
    assert len(facts.records["case_handler"]) == 2


@pytest.mark.parametrize("handler", ["甲 某", "欧阳 修", "R 01", "王和平", "和 某"])
def test_a_name_with_a_blank_within_is_of_one_person(real: Office, handler: str) -> None:
    facts = read(real, 行政处罚案件=[case(办案人员编号=handler)])
    assert len(facts.records["case_handler"]) == 1


@pytest.mark.parametrize(
    "handlers",
    ["R01等2人", "2人", "辅警1名", "全体人员", "R01至R03", "R01-R03", "R01/无", "甲某等"],
)
def test_several_of_whom_none_is_named_are_nobody(real: Office, handlers: str) -> None:
    """Fails if 2人 were one person who has no certificate, and nothing said of it."""
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=[case(听证主持人编号=handlers)])
    assert only(facts).values["hearing_host"] == UNSETTLED
    assert [problem.split("，", 1)[1] for problem in errors(facts)] == [
        "写的不止一人，看不出是哪几人（请逐个写人员编号，用顿号隔开）"
    ]


def test_a_number_says_more_than_the_name_beside_it(real: Office) -> None:
    """A row of the roster without a number names nobody; one without a name, by number alone."""
    roster = [
        *OFFICERS,
        {"姓名": "戊某", "所在单位": "清溪县水利局"},
        {"人员编号": "R06", "姓名": None},
    ]
    rows = [case(听证主持人编号="R09戊某", 法制审核人员编号="R06庚某")]
    facts = read(real, 执法人员=roster, 行政处罚案件=rows)
    assert only(facts).values["hearing_host"] == "R09"
    assert only(facts).values["reviewer_id"] == "R06"


@pytest.mark.parametrize("host", ["清溪县城市管理局", "城市管理局法规科", "本局", "政策法规股"])
def test_an_office_is_no_person(real: Office, host: str) -> None:
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=[case(听证主持人编号=host)])
    assert only(facts).values["hearing_host"] == UNSETTLED
    (problem,) = errors(facts)
    assert problem.endswith("“听证主持人编号”应写是谁，这里写的是单位（请写人员编号或姓名）")


@pytest.mark.parametrize(
    "written",
    [
        *("清溪县城市管理局", "清溪县 城市管理局", "清溪县　城市管理局", "城市管理局"),
        *("县城市管理局", "清溪城市管理局", "清溪县城市管理局财务科", "本局", "我单位", "办案机关"),
    ],
)
def test_an_agency_that_collects_its_own_fines_is_seen(real: Office, written: str) -> None:
    facts = read(real, 行政处罚案件=[case(收款机构=written)])
    assert errors(facts) == []
    assert only(facts).values["collector"] == "清溪县城市管理局"


@pytest.mark.parametrize(
    ("short", "long", "within"),
    [
        ("第6局", "第16执法局", False),
        ("第16局", "第16执法局", True),
        ("执法局", "第16执法局", True),
        ("第16局", "执法局", False),
    ],
)
def test_numbers_are_never_shortened(short: str, long: str, *, within: bool) -> None:
    """Broken by a bureau known by its number that counts as short for another's number."""
    assert names._is_within(short, long) is within


@pytest.mark.parametrize("written", ["县城管局", "城管局", "城管局财务科"])
def test_what_may_be_short_for_the_agency_is_unknown(real: Office, written: str) -> None:
    facts = read(real, 行政处罚案件=[case(收款机构=written)])
    assert only(facts).values["collector"] == UNSETTLED
    (problem,) = errors(facts)
    assert problem == (
        f"台账.xlsx〔行政处罚案件〕D2：“{written}”，像是“清溪县城市管理局”的简称，"
        "不知是不是同一单位"
        "（请写全称，或在“设置.xlsx”的“单位别名”（fazhi.yaml 的 agencies）里写明）"
    )
    real.write("fazhi.yaml", PLACE + f"agencies: {{清溪县城市管理局: [{written}]}}\n")
    facts = read(real, 行政处罚案件=[case(收款机构=written)])
    assert errors(facts) == []
    assert only(facts).values["collector"] == "清溪县城市管理局"


@pytest.mark.parametrize("written", ["中国银行清溪支行", "清溪县财政局", "市城市管理局", "城管"])
def test_other_bodies_stay_others(real: Office, written: str) -> None:
    facts = read(real, 行政处罚案件=[case(收款机构=written)])
    assert errors(facts) == []
    assert only(facts).values["collector"] == written


def test_two_of_one_roster_are_two(real: Office) -> None:
    """交通局 and 交通运输局 side by side in the list of agencies are no one's short name."""
    agencies = [{"单位名称": "清溪县交通局", "单位层级": "部门"},
                {"单位名称": "清溪县交通运输局", "单位层级": "部门"}]  # fmt: skip
    rows = [{**case(收款机构="清溪县交通局"), "办案机关": "清溪县交通运输局"}]
    facts = read(real, 执法单位=agencies, 行政处罚案件=rows)
    assert errors(facts) == []
    assert only(facts).values["collector"] == "清溪县交通局"


@pytest.mark.parametrize(("most", "said"), [(3, "清溪县城建管理局"), (1, "清溪县城市管理局")])
def test_of_more_alike_than_can_be_compared_nobody_can_tell(
    real: Office, monkeypatch: pytest.MonkeyPatch, most: int, said: str
) -> None:
    """Broken by a name that is taken for another's because there are too many to look through."""
    monkeypatch.setattr(names, "_MOST_ALIKE", most)
    agencies = [
        {"单位名称": f"清溪县{name}", "单位层级": "部门"}
        for name in ("城乡局", "城建管理局", "城市管理局")
    ]
    rows = [
        {**case(案号=f"城罚〔2024〕{at}号"), "办案机关": name}
        for at, name in enumerate(("清溪县城建局", "清溪县城建局", "清溪县城乡局"), 7)
    ]
    facts = read(real, 执法单位=agencies, 行政处罚案件=rows)
    assert [r.values["unit"] for r in facts.records["penalty_case"]] == [
        UNSETTLED, UNSETTLED, "清溪县城乡局",
    ]  # fmt: skip
    assert [problem.split("，")[1] for problem in errors(facts)] == [f"像是“{said}”的简称"] * 2


def test_a_short_name_is_doubtful_only_where_the_two_meet(real: Office) -> None:
    rows = [{**case(收款机构="局"), "办案机关": "清溪县交通局"},
            {**case(案号="城罚〔2024〕8号"), "办案机关": "清溪县交通运输局"},
            {"案号": "城罚〔2024〕9号", "违法行为": "搭建", "收款机构": "某银行"}]  # fmt: skip
    facts = read(real, 行政处罚案件=rows)
    assert errors(facts) == []
    assert [(r.values["unit"], r.values["collector"]) for r in facts.records["penalty_case"]] == [
        ("清溪县交通局", "局"),
        ("清溪县交通运输局", Unknown(Cause.BLANK)),
        (Unknown(Cause.BLANK), "某银行"),
    ]


def test_a_list_of_agencies_names_them_as_one(real: Office) -> None:
    rows = [{"决策编号": "决1", "决策事项": "停车", "会办单位": "县司法局、水利局"}]
    facts = read(real, 重大行政决策台账=rows)
    assert only(facts, "decision").elements("co_units").items == ("清溪县司法局", "水利局")


def test_the_reviewer_of_this_place_is_its_bureau(real: Office) -> None:
    rows = [{"决策编号": "决1", "决策事项": "停车", "合法性审查单位": name}
            for name in ("县司法局",)]  # fmt: skip
    facts = read(real, 重大行政决策台账=rows)
    assert only(facts, "decision").values["legality_review.reviewer"] == "清溪县司法局"
    real.write("fazhi.yaml", PLACE.replace("清溪县", "清溪市"))
    rows = [{**rows[0], "合法性审查单位": "市司法局"}]
    facts = read(real, 重大行政决策台账=rows)
    assert only(facts, "decision").values["legality_review.reviewer"] == "市司法局"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "城罚〔2024〕7号",
            "城罚[2024]7号",
            "城罚（2024）7号",
            "城罚(2024)7号",
            "城罚【2024】7号",
        ),
        *("城罚〔2024〕07号", "城罚〔2024〕007号", "城罚 〔2024〕 7 号", "城罚［２０２４］７号"),
        *("城罚〔2024〕第7号", "城罚〔2024〕7", "城罚「2024」7号"),
    ],
)
def test_a_document_number_is_one_over_brackets_and_zeros(real: Office, written: str) -> None:
    """Fails if a case cited in other brackets is not found by the link."""
    acts = [{"执法编号": "执1", "执法日期": "2024-06-05", "执法种类": "送达", "案号": written}]
    facts = read(real, 行政处罚案件=[case()], 执法活动=acts)
    assert only(facts).key == "城罚〔2024〕7号"
    act = only(facts, "enforcement_action")
    assert act.elements("cases").items == (only(facts),)
    facts = read(real, 行政处罚案件=[case(案号=written)], 执法活动=acts)
    assert only(facts).elements("actions").items == (only(facts, "enforcement_action"),)


def test_numbers_that_differ_stay_apart() -> None:
    numbers = [
        "司审〔2024〕7号",
        "司审〔2023〕7号",
        "司审〔2024〕70号",
        "司规审〔2024〕7号",
        "20240007",
    ]
    assert [document_number(number) for number in numbers] == numbers
    assert document_number("司审[2024]第07号") == "司审〔2024〕7号"
    assert document_number("司审[2024]7-1") == "司审〔2024〕7-1"


@pytest.mark.parametrize(
    ("kind", "found"), [("监督证", 0), ("执法证", 1), (None, 0), ("没有这一列", 1)]
)
def test_a_supervision_card_is_no_enforcement_card(
    real: Office, kind: str | None, found: int
) -> None:
    """A card of unknown kind is none that can be relied on; a ledger without kinds holds one."""
    card: dict[str, object] = {"证号": "豫Q1", "人员编号": "R01", "发证日期": "2021-06-01"}
    if kind != "没有这一列":
        card["证件种类"] = kind
    acts = [
        {"执法编号": "执1", "执法日期": "2024-06-05", "执法人员编号": "R01", "执法种类": "送达"}
    ]
    real.write("fazhi.yaml", PLACE + "closed: [执法证件]\n")
    facts = read(real, 执法证件=[card], 执法活动=acts)
    held = only(facts, "action_participant").elements("certificates")
    assert (len(held.items), held.closed) == (found, kind is not None)


SPELLINGS = st.lists(
    st.sampled_from(["plain", "wide", "blank", "ideographic", "lower", "joiner"]), max_size=3
)


def respelt(name: str, ways: Sequence[str]) -> str:
    """The name written in other ways that fold to the same."""
    for way in ways:
        if way == "wide":
            wide = (chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
            name = "".join(wide)
        elif way == "lower":
            name = name.lower()
        elif way != "plain":
            mark = {"blank": " ", "ideographic": "\u3000", "joiner": "\u200b"}[way]
            name = mark.join(name)
    return name


@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), max_size=12), SPELLINGS
)
def test_what_folds_alike_is_spelt_alike(name: str, ways: Sequence[str]) -> None:
    """Fails if links, which fold, and engines, which compare letters, see two different names."""
    other = respelt(name, ways)
    if fold(other) == fold(name):
        assert spelled(other) == spelled(name)
    if fold(name) != fold(name[::-1]):
        assert spelled(name) != spelled(name[::-1]) or not name.isascii()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(SPELLINGS, SPELLINGS, st.sampled_from(["R01", "甲某"]))
def test_any_two_spellings_of_a_name_say_the_same(
    real: Office, one: Sequence[str], other: Sequence[str], host: str
) -> None:
    """However host and collector are spelt, the record holds the same values.

    Fails if any spelling passes for another person or agency.
    """
    facts = read(
        real,
        执法人员=OFFICERS,
        行政处罚案件=[
            case(
                听证主持人编号=respelt(host, one),
                办案人员编号="R01、R02",
                收款机构=respelt("清溪县城市管理局", other),
            )
        ],
    )
    values = only(facts).values
    assert (values["hearing_host"], values["collector"]) == ("R01", values["unit"])


@pytest.mark.parametrize(
    "written",
    [
        "甲某（副科长）", "甲某科长", "主持人：甲某", "科长甲某", "甲某同志", "R01（主任）",
        "甲某（法制股）副股长", "R01主任",
    ],
)  # fmt: skip
def test_a_title_makes_nobody_another(real: Office, written: str) -> None:
    """Fails if a handler with his title beside his name could chair the hearing of his case."""
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=[case(听证主持人编号=written)])
    assert only(facts).values["hearing_host"] == "R01"


def test_a_surname_with_a_title_may_be_anybody(real: Office) -> None:
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=[case(听证主持人编号="甲科长")])
    assert only(facts).values["hearing_host"] == UNSETTLED
    assert [e.partition("，")[2] for e in errors(facts)] == [
        "只写了姓和职务，不知是哪一人（请写人员编号或姓名）"
    ]


def test_a_number_with_an_unknown_word_beside_it_is_nobodys(real: Office) -> None:
    facts = read(real, 执法人员=OFFICERS, 行政处罚案件=[case(听证主持人编号="R01（兼）")])
    assert only(facts).values["hearing_host"] == UNSETTLED


@pytest.mark.parametrize(
    ("who", "own"),
    [
        ("清溪县城市管理局法规科", True),
        ("城市管理局法规科", True),
        ("承办单位", True),
        ("承办科室", True),
        ("本局法规股", True),
        ("清溪县城市管理局、清溪县司法局", False),
        ("清溪县司法局", False),
        ("司法局法制科", False),
        ("李明", False),
    ],
)
def test_an_office_of_the_unit_that_takes_the_lead_is_that_unit(
    tmp_path: Path, schema: Schema, who: str, *, own: bool
) -> None:
    """Fails if a unit's own section could classify its matter, or if two that agree were one."""
    (tmp_path / "fazhi.yaml").write_text(
        "place: {name: 清溪县, judicial_bureau: 清溪县司法局}\n", encoding="utf-8"
    )
    rows = f"决策编号,决策事项,承办单位,认定人\n决1,停车办法,清溪县城市管理局,{who}\n"
    (tmp_path / "重大行政决策台账.csv").write_text(rows, encoding="utf-8")
    (record,) = read_folder(tmp_path, schema, year=2024).records["decision"]
    assert (record.values["classified_by"] == record.values["lead_unit"]) is own
