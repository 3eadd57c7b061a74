"""Words that deny: what offices write where a paper, a number, a ground or a name should stand.

Every word stands against every kind of thing, with the state worked out by hand.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.field import FieldType, Holds
from engine.model.regex import regex
from engine.model.values import ABSENT, Cause, Unknown
from facts.writing.cells import CellReader
from facts.writing.presence import Presence, presence
from facts.writing.text import fold

KINDS = [holds for holds in Holds if holds is not Holds.TEXT]
P, D, W, C, B, U = (
    Presence.PRESENT,
    Presence.DENIED,
    Presence.UNDER_WAY,
    Presence.CLAIMED,
    Presence.TAKEN_BACK,
    Presence.UNTOLD,
)
TABLE: dict[str, dict[str, Presence]] = {
    # word: what it says in a statement, a paper, a document number, an identifier, a ground,
    # a person, a name, a unit
    "否": dict.fromkeys(KINDS, D),
    "×": dict.fromkeys(KINDS, D),
    "0": dict.fromkeys(KINDS, D),
    "FALSE": dict.fromkeys(KINDS, D),
    "未": dict.fromkeys(KINDS, D),
    "未完成": dict.fromkeys(KINDS, D),
    "无规定": dict.fromkeys(KINDS, D),
    "没有依据": dict.fromkeys(KINDS, D),
    "无书面意见书": dict.fromkeys(KINDS, D),
    "未说明": dict.fromkeys(KINDS, D),
    "未出具": dict.fromkeys(KINDS, D),
    "尚未评估": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: U},
    "未编号": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: U},
    "未归档": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: U},
    "未签": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: U},
    "未报批": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: U},
    "均未出具意见书": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: U},
    "意见书未出具": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: P},
    "论证意见：无": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: P},
    "口头": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: U},
    "口头答复": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: P},
    "电话通知": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: P},
    "口头论证": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: P},
    "当面研究过": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: P},
    "正在办理": dict.fromkeys(KINDS, W),
    "拟于下周": dict.fromkeys(KINDS, W),
    "待出具": dict.fromkeys(KINDS, W),
    "审查中": dict.fromkeys(KINDS, W),
    "起草中": dict.fromkeys(KINDS, W),
    "会后补": dict.fromkeys(KINDS, W),
    "近期出具": dict.fromkeys(KINDS, W),
    "计划于5月完成": dict.fromkeys(KINDS, W),
    "是": dict.fromkeys(KINDS, C),
    "有": dict.fromkeys(KINDS, C),
    "√": dict.fromkeys(KINDS, C),
    "TRUE": dict.fromkeys(KINDS, C),
    "已出具": dict.fromkeys(KINDS, C),
    "已经评估": dict.fromkeys(KINDS, C),
    "1": {
        **dict.fromkeys(KINDS, C),
        Holds.DOCUMENT_NUMBER: P,
        Holds.IDENTIFIER: P,
        Holds.PERSON: P,
    },
    "同意": dict.fromkeys(KINDS, U),
    "同上": dict.fromkeys(KINDS, U),
    "合格": dict.fromkeys(KINDS, U),
    "……": dict.fromkeys(KINDS, U),
    "未按期出具，5月3日补出意见书": dict.fromkeys(KINDS, U),
    "未收到〔2024〕3号": dict.fromkeys(KINDS, U),
    "无异议": dict.fromkeys(KINDS, U),
    "不同意见": {**dict.fromkeys(KINDS, U), Holds.STATEMENT: P},
    "空白": dict.fromkeys(KINDS, U),
    "查无此件": dict.fromkeys(KINDS, U),
    "×××": dict.fromkeys(KINDS, B),
    "0份": dict.fromkeys(KINDS, D),
    "意见书0份": dict.fromkeys(KINDS, D),
    "零份": dict.fromkeys(KINDS, D),
    "《无》": dict.fromkeys(KINDS, D),
    "/无": dict.fromkeys(KINDS, D),
    "「没有」": dict.fromkeys(KINDS, D),
    "5月15日出报告": dict.fromkeys(KINDS, W),
    "5月底前完成": dict.fromkeys(KINDS, W),
    "编制中的报告": dict.fromkeys(KINDS, W),
    "等司法局意见": dict.fromkeys(KINDS, W),
    "会上口头意见": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: P},
    "法无规定": {**dict.fromkeys(KINDS, D), Holds.STATEMENT: P},
    "司法局没出意见": {**dict.fromkeys(KINDS, U), Holds.STATEMENT: P},
    "司法局拒绝出具意见书": {**dict.fromkeys(KINDS, U), Holds.STATEMENT: P},
    "应由司法局出具意见书": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "清司审〔2024〕号": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "清司审〔2024〕__号": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "清司审[2024]第×号": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "清司审〔2024〕": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "清司审〔2024〕6号（已撤回）": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "清司审〔2024〕6号（空号）": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "清司审〔2024〕6号，现已失效": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "清司审〔2024〕6号?": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "预留清司审〔2024〕6号": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "□有 □无": {**dict.fromkeys(KINDS, B), Holds.STATEMENT: P},
    "不涉及群众切身利益": {**dict.fromkeys(KINDS, U), Holds.STATEMENT: P},
}


@pytest.mark.parametrize("holds", KINDS)
@pytest.mark.parametrize("word", TABLE)
def test_a_word_instead_of_the_thing(word: str, holds: Holds) -> None:
    assert presence(fold(word), holds) is TABLE[word][holds]


PRESENT = {
    Holds.STATEMENT: [
        "年初未预见，临时交办",
        "已开座谈会",
        "主汛期将至",
        "https://x.example/1",
        "机关内部管理事务",
    ],
    Holds.PAPER: [
        "论证意见书1份",
        "论证意见书",
        "清司审〔2024〕6号",
        "采纳情况表",
        "会议记录第11册",
        "听证笔录（2024年第1号）",
        "座谈会记录",
        "公告、意见汇总表",
        "笔录1",
        "年度目录",
        "《未成年人保护论证意见》",
        "未成年人保护论证报告",
        "无障碍设施建设论证意见",
        "关于不予公开的说明",
        "接待记录",
        "口头意见记录",
        "QX-2024-001",
        "意见书10份",
        "清司审〔2024〕6号（补充意见）",
        "清司审〔2024〕6号（2024年4月22日）",
        "清司审〔2024〕6号（不公开）",
        "清司审〔2024〕6号（修改后合法）",
        "（2024）清司审第六号",
        "风险评估报告（2024）",
        "驳回申请决定书",
        "关于废止有关文件的决定（清政〔2024〕3号）",
        "应急预案",
        "补充论证意见",
        "等级保护测评报告",
        "空气质量影响报告",
        "关于××公司违法搭建的调查终结报告",
        "https://x.example/a?id=1",
    ],
    Holds.DOCUMENT_NUMBER: [
        "清政规〔2024〕1号",
        "QX-2024-001",
        "第九次",
        "望备2024-118",
        "2024-12",
        "20240515",
        "2024年第6号",
    ],
    Holds.IDENTIFIER: ["决2024-01", "R01", "1", "甲一"],
    Holds.GROUND: [
        "某条例",
        "城乡规划法第四十八条",
        "《保密法》",
        "处罚法第六十九条：交通不便，当事人提出",
        "政府信息公开条例第十四条（法律、行政法规禁止公开）",
        "道路交通安全法规定可由一名执法人员处理的情形",
        "自然资源行政处罚办法：鉴定期间不计入",
        "豫政〔2023〕5号",
        "法释〔2020〕3号",
        "国务院关于加强法治政府建设的意见",
        "《未成年人保护法》第五条",
        "水法",
    ],
    Holds.ARTICLE: ["保守国家秘密法第十三条", "第13条第二款", "条例第一百零五条"],
    Holds.PERSON: ["R01", "1001", "王某", "张××"],
    Holds.NAME: ["周某", "清溪县司法局", "县应急管理局、县司法局"],
    Holds.UNIT: [
        "清溪县城市管理局",
        "城管局法制科",
        "未央区司法局",
        "无锡市人民政府",
        "正阳县司法局",
        "××公司",
    ],
}


@pytest.mark.parametrize(("holds", "text"), [(h, t) for h, texts in PRESENT.items() for t in texts])
def test_the_thing_itself_is_present(holds: Holds, text: str) -> None:
    """Fails if a paper, a ground or a name that offices really write is taken for none."""
    assert presence(fold(text), holds) is P


@pytest.mark.parametrize(
    ("holds", "text"),
    [
        (Holds.GROUND, "领导同意"),
        (Holds.GROUND, "依法"),
        (Holds.GROUND, "法律规定"),
        (Holds.GROUND, "国家有关规定"),
        (Holds.GROUND, "法律另有规定"),
        (Holds.GROUND, "情况特殊"),
        (Holds.GROUND, "按有关文件要求"),
        (Holds.GROUND, "领导研究决定"),
        (Holds.GROUND, "上级通知"),
        (Holds.GROUND, "书面意见"),
        (Holds.ARTICLE, "保守国家秘密法"),
        (Holds.ARTICLE, "第二章"),
        (Holds.ARTICLE, "条例"),
        (Holds.PAPER, "风险可控"),
        (Holds.PAPER, "2024-05-01"),
        (Holds.PAPER, "5月3日"),
        (Holds.DOCUMENT_NUMBER, "2024-05-15"),
        (Holds.DOCUMENT_NUMBER, "2024年5月15日"),
        (Holds.DOCUMENT_NUMBER, "5月15日"),
        (Holds.PAPER, "报告（未归还）、请示丢失"),
        (Holds.DOCUMENT_NUMBER, "办公室统一登记"),
        (Holds.NAME, "12"),
        (Holds.NAME, "系统"),
        (Holds.NAME, "系统管理员"),
        (Holds.PERSON, "admin"),
        (Holds.UNIT, "平台"),
    ],
)
def test_what_names_nothing_can_not_be_told(holds: Holds, text: str) -> None:
    assert presence(fold(text), holds) is U


@pytest.mark.parametrize(
    ("holds", "text"),
    [
        (Holds.GROUND, "《××条例》第八条"),
        (Holds.PAPER, "空白意见书"),
        (Holds.PAPER, "意见书草稿"),
        (Holds.PAPER, "XX报告"),
        (Holds.PAPER, "以列席会议代替出具意见"),
        (Holds.UNIT, "水利局??"),
        (Holds.DOCUMENT_NUMBER, "清政〔16〕8号"),
        (Holds.DOCUMENT_NUMBER, "清政2016〕8号"),
    ],
)
def test_what_is_taken_back_is_as_good_as_not_there(holds: Holds, text: str) -> None:
    assert presence(fold(text), holds) is B
    cell = column(holds).read(text)
    assert (cell.state, cell.hint) == (
        Unknown(Cause.CONTRADICTED),
        "写了又收回，或者没有填完，当作还没有",
    )


def test_free_text_is_what_it_says() -> None:
    """Fails if an act such as 未办理变更登记 is taken for none."""
    assert presence("未办理变更登记", Holds.TEXT) is P
    assert presence("否", Holds.TEXT) is P


DENYING = ["未", "没有", "没", "尚未", "还未", "暂未", "均未", "否"]


@given(st.sampled_from(DENYING), st.text(max_size=12), st.sampled_from(KINDS))
def test_nothing_that_begins_with_a_denial_is_ever_present(
    denial: str, rest: str, holds: Holds
) -> None:
    """Fails if any rest of a text makes 未… a paper, a ground, a number or a name."""
    word = fold(denial + rest)
    compound = ("未成年", "未央", "未来", "未满", "没收", "否决")
    if any(part in word for part in compound):
        return
    assert presence(word, holds) is not P


def column(holds: str, **more: object) -> CellReader:
    return CellReader(
        FieldType.model_validate({"type": "string", "title": "本列", "holds": holds, **more})
    )


@pytest.mark.parametrize("raw", [False, 0, "FALSE", "未出具", "无"])
def test_a_denied_thing_is_what_none_means(raw: object) -> None:
    assert column("paper").read(raw).state is ABSENT
    assert column("paper", none="unknown").read(raw).state == Unknown(Cause.NEEDS_PERSON)


@pytest.mark.parametrize(
    ("raw", "cause"),
    [(True, Cause.CLAIMED), ("有", Cause.CLAIMED), ("正在办理", Cause.PLANNED)],
)
def test_a_claim_and_a_plan_are_unknown_without_a_problem(raw: object, cause: Cause) -> None:
    cell = column("ground").read(raw)
    assert (cell.state, cell.expected) == (Unknown(cause), "")


@pytest.mark.parametrize("holds", Holds)
@pytest.mark.parametrize("raw", ["NULL", "null", "(null)", "None", "NaN", "undefined", "\\N"])
def test_what_a_system_exports_for_nothing_is_nothing(raw: str, holds: Holds) -> None:
    """Fails if the NULL of a database stands for a paper."""
    assert column(holds).read(raw).state == Unknown(Cause.BLANK)


@pytest.mark.parametrize("holds", KINDS)
def test_what_can_not_be_told_says_what_was_expected(holds: Holds) -> None:
    cell = column(holds).read("同意")
    assert cell.state == Unknown(Cause.UNREADABLE)
    assert cell.expected.startswith("“本列”应写")
    assert cell.expected.endswith("没有的写“无”")
    assert cell.hint


@given(st.from_regex(r"\A[a-z0-9-]{0,12}\Z"), st.sampled_from([Holds.IDENTIFIER, Holds.PERSON]))
def test_a_code_is_known_at_once_for_what_every_test_makes_of_it(word: str, holds: Holds) -> None:
    """Fails if a code that some test finds to be no name is taken for one unread."""
    known = presence(word, holds)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("facts.writing.presence._CODE", regex("(?!)"))
        assert presence(word, holds) is known
