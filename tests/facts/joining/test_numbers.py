"""A number written otherwise than the record has it is no miss: it is told, and nothing is met."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.schema import Schema
from engine.model.values import Cause, Unknown
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors
from tests.facts.joining.test_names import case, only, read

NUMBER, TITLE = "清政〔2016〕8号", "户外广告设置规定"
RULE = {"文号": NUMBER, "文件名称": TITLE, "有效期至": "2021-03-31"}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture
def real(tmp_path: Path, schema: Schema) -> Office:
    """A folder of which all that is asked for is declared complete."""
    office = Office(tmp_path, schema)
    office.write(
        "fazhi.yaml", "place: {name: 清溪县}\nclosed: [规范性文件台账, 行政处罚案件, 引用文件]\n"
    )
    return office


def cited(number: str) -> dict[str, str]:
    return {"案号": "城罚〔2024〕7号", "引用文号": number, "文件种类": "规范性文件"}


@pytest.mark.parametrize(
    "written",
    [
        *(NUMBER, "清政[2016]第8号", "清政〔2016〕8", "（清政〔2016〕8号）", "清政〔2016〕8号文"),
        *(f"《{TITLE}》（清政〔2016〕8号）", f"《{TITLE}》清政（2016）08号"),
    ],
)
def test_what_names_one_for_certain_is_its_number(real: Office, written: str) -> None:
    facts = read(real, 行政处罚案件=[case()], 规范性文件台账=[RULE], 引用文件=[cited(written)])
    assert errors(facts) == []
    one = only(facts, "cited_doc")
    assert one.values["doc_no"] == NUMBER
    assert one.elements("normative_docs").items == (only(facts, "normative_doc"),)


@pytest.mark.parametrize(
    "written",
    [
        *("清政2016年8号", "清政2016-8号", "清政/2016/8号", "清政〔2016〕八号", "清政〔2016〕8號"),
        *("清政字〔2016〕8号", "清政发〔2016〕8号", "清政8号", "清政〔2016〕8-9号"),
        *("依据清政〔2016〕8号", "清政〔2016〕8号第三条", "清政〔2016〕8号、清政〔2020〕1号"),
        *(f"《{TITLE}》", f"《{TITLE}》第三条"),
    ],
)
def test_what_may_name_one_is_no_miss(real: Office, written: str) -> None:
    """Fails if a repealed document that is cited otherwise is thought not cited at all."""
    facts = read(real, 行政处罚案件=[case()], 规范性文件台账=[RULE], 引用文件=[cited(written)])
    assert [problem.split("，", 1)[1] for problem in errors(facts)] == [
        f"台账里没有这个号，像是“{NUMBER}”，不知是不是同一件（请写成同一个号，一格一个号）"
    ]
    one = only(facts, "cited_doc")
    assert one.values["doc_no"] == Unknown(Cause.INCOMPLETE)
    assert not one.elements("normative_docs").closed
    assert not only(facts, "normative_doc").elements("uses").closed


@pytest.mark.parametrize(
    "written",
    [
        *("清政〔2017〕8号", "清政〔2016〕80号", "清政〔2016〕18号", "清政办〔2016〕8号"),
        *("南政〔2016〕8号", "国发〔2008〕17号", "《行政处罚法》", "《户外广告设置规定实施细则》"),
    ],
)
def test_another_number_is_a_miss(real: Office, written: str) -> None:
    """Fails if every document of a superior makes its case doubtful."""
    facts = read(real, 行政处罚案件=[case()], 规范性文件台账=[RULE], 引用文件=[cited(written)])
    assert errors(facts) == []
    found = only(facts, "cited_doc").elements("normative_docs")
    assert (found.items, found.closed) == ((), True)


def test_a_decision_named_by_its_title_is_no_miss(real: Office) -> None:
    decisions = [{"决策编号": "决2024-01", "决策事项": "停车收费方案"}]
    topics = [
        {"议题编号": "议1", "对应决策编号": "决2024-1"},
        {"议题编号": "议2", "对应决策编号": "停车收费方案"},
        {"议题编号": "议3", "对应决策编号": "决2024-02"},
    ]
    facts = read(real, 重大行政决策台账=decisions, 常务会议议题=topics)
    assert [record.values["decision_no"] for record in facts.records["meeting_topic"]] == [
        Unknown(Cause.INCOMPLETE),
        Unknown(Cause.INCOMPLETE),
        "决2024-02",
    ]
    assert len(errors(facts)) == 2
