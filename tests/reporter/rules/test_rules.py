"""Pages about rules as they are laid out, from values made by hand."""

from __future__ import annotations

import io

from engine.guard.lint.complaint import Complaint
from engine.guard.mutants.trial import MutantStatus
from engine.guard.pages.conditions import ConditionsPage, Counted, Owner, Unseen
from engine.guard.pages.coverage import Coverage, Held
from engine.guard.pages.listing import Row
from engine.guard.pages.mutants import Missed
from engine.guard.pages.mutants import Owner as MutantOwner
from engine.guard.pages.proofs import Fault, ProofsPage, Unproved
from engine.guard.pages.requirement import Article, CoveredPage, Head
from engine.model.outcome import Unconfirmed
from reporter.rules.conditions import render_conditions
from reporter.rules.coverage import render_coverage
from reporter.rules.listing import index_page, render_complaints, render_list
from reporter.rules.mutants import render_mutants
from reporter.rules.proofs import render_proofs
from reporter.rules.requirement import markdown
from reporter.terminal.page import WIDTH, wrap

INFERRED = Unconfirmed.INFERRED
ROWS = [
    Row(
        "甲", "a-one", "办理", "事项", "程序核", "重要", "《某条例》第一条", Unconfirmed.INFERRED, 2
    ),
    Row("甲", "a-two", "合办", "事项", "由其他要求承担", "", "《某条例》第二条", None, 0),
    Row("乙", "b-one", "问人", "事项", "人工认定", "一般", "《某条例》第三条", None, 0),
]


def lines(out: io.StringIO) -> list[str]:
    return [line.rstrip("─").rstrip() for line in out.getvalue().splitlines() if line]


def test_the_list_has_what_is_judged_and_counts_the_rest() -> None:
    out = io.StringIO()
    render_list(ROWS, out)
    assert lines(out) == [
        "── 甲",
        "  a-one　办理　重要　事项〔依据待核：条文读过，由目的推出〕",
        "── 乙",
        "  b-one　问人　一般　事项",
        "共2条，另有1条由其他要求承担",
    ]


def test_the_index_has_all_with_links() -> None:
    head = "| 要求 | 名称 | 判什么 | 核法 | 依据 | 例子 |\n|---|---|---|---|---|---|"
    assert index_page(ROWS, "一览", "说明。") == "\n".join(
        [
            "# 一览\n\n说明。\n",
            f"## 甲（2条）\n\n{head}",
            (
                "| [a-one](甲/a-one.md) | 办理 | 事项 | 程序核 | "
                "《某条例》第一条〔依据待核：条文读过，由目的推出〕 | 2 |"
            ),
            "| [a-two](甲/a-two.md) | 合办 | 事项 | 由其他要求承担 | 《某条例》第二条 |  |",
            f"\n## 乙（1条）\n\n{head}",
            "| [b-one](乙/b-one.md) | 问人 | 事项 | 人工认定 | 《某条例》第三条 |  |",
            "",
        ]
    )


def test_complaints_by_file() -> None:
    out = io.StringIO()
    found = [Complaint("甲", "a", "错"), Complaint("甲", "b", "漏"), Complaint("乙", "c", "多")]
    render_complaints(found, 9, out)
    render_complaints([], 1, out)
    assert lines(out) == [
        *("甲", "  键“a”：错", "  键“b”：漏", "乙", "  键“c”：多", "查了9条要求，发现3处问题"),
        "查了1条要求，没有发现问题",
    ]


def test_coverage_with_what_is_bare() -> None:
    out = io.StringIO()
    sections = (Held("1总则", ("a-one", "a-two"), "一"), Held("2附则", (), "一"))
    found = Coverage(
        (*sections, Held("3另则", (), "二", "不办事")),
        (
            ("第1项", Held("甲", ("a-one",))),
            ("第2项", Held("乙", (), reason="没有台账")),
            ("第3项", Held("", ())),
        ),
        ("2", "3"),
        (("《某条例》", (Held("第一条", ("a-one",)),)), ("《某办法》", ())),
        {"程序核": 1, "人工认定": 1},
    )
    render_coverage(found, out)
    assert lines(out) == [
        *("── 一", "  1总则", "      a-one、a-two", "  2附则", "      没有要求"),
        *("── 二", "  3另则", "      不办事"),
        *("── 示范指标", "  第1项　甲", "      a-one", "  第2项　乙", "      没有台账"),
        "  第3项　原文未读",
        *("── 《某条例》", "  第一条　a-one", "── 《某办法》", "  没有要求"),
        *("共2条：程序核1条，人工认定1条", "纲要3节，没有要求的2节：2、3"),
    ]


def test_conditions_owed_and_impossible() -> None:
    """A share is cut off, not rounded: 2 of 3 is 66.6 %."""
    out = io.StringIO()
    unseen = (Unseen(False, ("不明",), "甲", "a#1"), Unseen(True, ("成立",), "甲", "a#1"))
    counted = Counted(4, 1, 1)
    render_conditions(
        ConditionsPage((Owner("a-one", "办理", 1, counted, unseen),), 1, counted), out
    )
    assert lines(out) == [
        *("── 要求和术语", "  a-one　办理　条件1项　66.6%"),
        *("    不可能不明：甲（a#1）", "    还差成立：甲（a#1）"),
        *wrap(
            "条件1项，各须有例子使它成立、不成立、不明，并左右结论，共4处；"
            "证明不可能的1处，例子显示的2处，还差1处",
            WIDTH,
        ),
        "条件覆盖率 66.6%",
    ]


def test_mutants_by_owner_domain_and_whole() -> None:
    out = io.StringIO()
    missed = (Missed(True, "存活", "甲改乙", "a.yaml x", ""),)
    accepted = (Missed(False, "写明等价", "乙改甲", "b.yaml y", "两样都行"),)
    owners = [
        MutantOwner(
            "a-one", "办理", "dom", {MutantStatus.KILLED: 2, MutantStatus.ALIVE: 1}, missed
        ),
        MutantOwner("a-two", "问人", "dom", {MutantStatus.ACCEPTED: 1}, accepted),
    ]
    render_mutants(owners, out)
    whole = "变异体4个：例子看出2个，写明等价1个，存活1个；得分66.6%"
    assert lines(out) == [
        "── 要求，和各条要求共用的",
        "  a-one　办理　变异体3个：例子看出2个，存活1个；得分66.6%",
        "    存活：甲改乙（a.yaml x）",
        "  a-two　问人　变异体1个：写明等价1个；得分100%",
        "    写明等价：乙改甲（b.yaml y）",
        "      两样都行",
        *("── 领域", f"  dom　{whole}", whole, "变异得分 66.6%"),
    ]


def test_proofs_with_what_to_do() -> None:
    out = io.StringIO()
    found = ProofsPage(
        faults=(Fault("a.yaml", "never-fails a", "从不违反", "甲"),),
        accepted=(Fault("b.yaml", "hole b", "有洞", "", "不要紧"),),
        idle=("hole c",),
        unproved=(
            Unproved(False, "a（r#1）", ("成立", "不明")),
            Unproved(True, "b（r#2）", ("成立",)),
        ),
        requirements=5,
        gates=2,
        never=3,
        owed=1,
        same=4,
    )
    render_proofs(found, out)
    assert lines(out) == [
        *("a.yaml", "  never-fails a：从不违反", "  比如：甲"),
        "  认可的，在 rulesets/accepted.yaml 写：never-fails a: {reason: 为什么}",
        *("b.yaml", "  hole b：有洞", "  已认可：不要紧"),
        *("rulesets/accepted.yaml", "  “hole c”已经没有这个问题，请删去这一行"),
        *("a（r#1）", "  例子没有使它成立、不明，证明不了：编一个例子"),
        *("b（r#2）", "  例子没有使它成立，记着不可能，却证明不了：编一个例子"),
        *wrap(
            "查了5条要求、2个闸门，发现1处问题，另有已认可的1处；证明条件不可能的3处，"
            "证明不了的1处；证明等价的变异体4个",
            WIDTH,
        ),
    ]


def test_the_page_of_one_that_others_carry() -> None:
    page = CoveredPage(
        Head("a", "办理", "事项", "由其他要求承担", ("1总则",)),
        (("b", "合办"),),
        (Article("《某条例》第一条", "读过全文"),),
        "理由",
    )
    assert markdown(page) == (
        "# 办理（a）\n\n- 判什么：每一条“事项”\n- 核法：由其他要求承担\n- 纲要：1总则\n\n"
        "## 由这些要求承担\n\n- 合办（b）\n\n## 依据\n\n- 《某条例》第一条（读过全文）\n\n"
        "## 说明\n\n理由\n"
    )
