"""A clean little ruleset has no complaint; each fault put into it has exactly its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.guard.lint.lint import lint
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from facts.records.load import read_schema
from tests.engine.small import CALENDAR

THING = """\
type: thing
title: 事项
sheets: [事项]
key: [no]
label: word
fields:
  no: {type: string, title: 编号}
  word: {type: string, title: 名称}
  flag: {type: bool, title: 是否甲}
  on: {type: date, time: event, title: 办理日期, progress: true}
  until: {type: date, time: term, title: 截止日期}
"""
LAW = "{name: 某条例, number: 令第1号, from: 2020-01-01, read: full}"
RULE = """\
id: a-one
title: 办理
subject: thing
basis: [{instrument: LAW, article: 第一条}]
severity: major
act_on: thing.until
applies: thing.flag
require: has(thing.on) && thing.on <= thing.until
message: 没有办
remedy: 去办
rationale: 理由
examples:
  - {outcome: met, as_of: 2024-07-01, why: 早一日,
     given: {flag: true, on: 2024-06-29, until: 2024-06-30}}
  - {outcome: gap, as_of: 2024-07-31, why: 晚一日,
     given: {flag: true, on: 2024-07-01, until: 2024-06-30}}
  - {outcome: unknown, as_of: 2024-07-01, why: 日期空着,
     given: {flag: true, on: {unknown: blank}, until: 2024-06-30}}
  - {outcome: unknown, as_of: 2024-07-01, why: 没有是否甲一列,
     given: {on: 2024-06-29, until: 2024-06-30}}
  - {outcome: not_applicable, as_of: 2024-07-01, why: 不是甲,
     given: {flag: false, on: 2024-06-29, until: 2024-06-30}}
"""
FILES = {
    "ruleset": "version: '1'\ntitle: 试\n",
    "instruments": f"LAW: {LAW}\n",
    "ids": "a-one: {title: 办理}\n",
    "dom/a-one": RULE,
}
RENAMED = (
    "这个 id 原是“别的事”。还是同一项义务的，在 ids.yaml 改 title、"
    "旧名写进 was，并记入 CHANGELOG；换了义务的，换一个 id"
)
PLACE = "rulesets/dom/a-one.yaml"


def loaded(folder: Path, files: dict[str, str], thing: str = THING) -> Ruleset:
    for name, text in {**FILES, **files}.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_ruleset(folder, read_schema({"thing.yaml": thing}))


def complaints(folder: Path, files: dict[str, str], thing: str = THING) -> list[tuple[str, ...]]:
    """All that lint says but of single conditions and outcomes, by file and key.

    test_conditions.py and test_worked.py look at those, and at lines.
    """
    found = lint(loaded(folder, files, thing), CALENDAR)
    return sorted(
        (item.file, item.key, item.message)
        for item in found
        if not item.message.startswith("条件") and "得到" not in item.message
    )


def changed(*pairs: tuple[str, str]) -> dict[str, str]:
    text = RULE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return {"dom/a-one": text}


def without(*whys: str) -> dict[str, str]:
    """The rule without the examples that say so."""
    head, _, tail = RULE.partition("examples:\n")
    kept = [
        f"  - {part}" for part in tail.split("  - ") if part and not any(w in part for w in whys)
    ]
    return {"dom/a-one": head + "examples:\n" + "".join(kept)}


def test_a_clean_ruleset_has_no_complaint(tmp_path: Path) -> None:
    assert complaints(tmp_path, {}) == []


def test_what_is_left_to_do_must_be_seen_some_day(tmp_path: Path) -> None:
    """Without a day due or an end of the procedure it never gets too late."""
    late = changed(("remedy: 去办\n", "remedy: 去办\nredress: 补办\n"))
    said = "永远不会显示：没有 due，记录类型也没有写 concluded，请写其中一样，或者并入 remedy"
    assert complaints(tmp_path, late) == [(PLACE, "redress", said)]
    assert complaints(tmp_path, late, THING.replace("fields:", "concluded: [on]\nfields:")) == []
    due = changed(("remedy: 去办\n", "remedy: 去办\nredress: 补办\ndue: thing.until\n"))
    assert "redress" not in {key for _, key, _ in complaints(tmp_path, due)}


def test_every_fault_is_found_once(tmp_path: Path) -> None:
    files = {
        "instruments": f"LAW: {LAW}\nOTHER: {LAW}\n",
        "ids": FILES["ids"] + "a-two: {title: 旧事}\na-three: {title: 废, withdrawn: 并入}\n",
        **changed(("第一条", "'—'"), ("去办", "……"), (", why: 早一日", "")),
    }
    thing = THING + "  spare: {type: string, title: 备用}\n"
    assert complaints(tmp_path, files, thing) == [
        (PLACE, "basis", "“LAW”没有写条号，请写到条、款、项，或文件的（几）"),
        (PLACE, "examples", "这一例没有写 why，请写明结论是怎样从条文算出来的"),
        (PLACE, "remedy", "是空的，请写怎么改、来不及改的怎么办"),
        (
            "rulesets/ids.yaml",
            "a-two",
            "这条要求不见了。id 不能删：写上 withdrawn（为什么撤销），并记入 CHANGELOG",
        ),
        (
            "rulesets/instruments.yaml",
            "OTHER",
            "没有要求以它为依据，请写进相应要求的 basis，或者删去",
        ),
        (
            "thing.yaml",
            "spare",
            "没有要求读这一栏，请删去，或者在 rulesets/unread.yaml 写明为什么要填",
        ),
    ]


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        (
            ("早一日",),
            [
                ("examples", "没有一个“符合要求”的例子，请照条文编一个，算法写在 why"),
            ],
        ),
        (
            ("早一日", "没有是否甲", "不是甲"),
            [
                ("applies", "没有例子使它不成立、不明，请各编一个"),
                ("examples", "没有一个“符合要求”的例子，请照条文编一个，算法写在 why"),
                ("require", "没有例子使它成立，请各编一个"),
            ],
        ),
        (
            ("晚一日",),
            [
                ("examples", "没有一个“不符合”的例子，请照条文编一个，算法写在 why"),
                ("require", "没有例子使它不成立，请各编一个"),
            ],
        ),
        (("日期空着",), [("require", "没有例子使它不明，请各编一个")]),
        (("没有是否甲",), [("applies", "没有例子使它不明，请各编一个")]),
        (("不是甲",), [("applies", "没有例子使它不成立，请各编一个")]),
        (
            ("日期空着", "没有是否甲"),
            [
                ("applies", "没有例子使它不明，请各编一个"),
                ("examples", "没有一个“信息不全”的例子，请照条文编一个，算法写在 why"),
                ("require", "没有例子使它不明，请各编一个"),
            ],
        ),
    ],
)
def test_a_truth_without_an_example(
    gone: tuple[str, ...], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    found = complaints(tmp_path, without(*gone))
    assert found == [(PLACE, *item) for item in expected]


def test_lenient_is_tried_only_where_require_is_not_met(tmp_path: Path) -> None:
    files = changed(
        (
            "on <= thing.until\n",
            "on < thing.until\nlenient: has(thing.on) && thing.on <= thing.until\n",
        )
    )
    assert complaints(tmp_path, files) == [(PLACE, "lenient", "没有例子使它成立，请各编一个")]
    borderline = """\
  - {outcome: borderline, as_of: 2024-07-01, why: 同日,
     given: {flag: true, on: 2024-06-30, until: 2024-06-30}}
"""
    assert complaints(tmp_path, {"dom/a-one": files["dom/a-one"] + borderline}) == []


def test_an_earlier_text_needs_examples_of_its_own(tmp_path: Path) -> None:
    older = """\
versions:
  - basis: [{instrument: OLD, article: 第二条}]
    require: has(thing.on) && days(thing.on, thing.until) >= 5
"""
    old = "OLD: {name: 旧, from: 2010-01-01, until: 2019-12-31, read: full}\n"
    files = {
        "instruments": f"LAW: {LAW}\n" + old,
        **changed(("examples:\n", older + "examples:\n")),
    }
    message = "2010-01-01起的文本：没有例子使它成立、不成立、不明，请各编一个"
    assert complaints(tmp_path, files) == [(PLACE, "require", message)]


def test_what_can_only_be_true_needs_no_other_example(tmp_path: Path) -> None:
    files = without("没有是否甲", "不是甲")
    files["dom/a-one"] = files["dom/a-one"].replace("applies: thing.flag\n", "")
    files["unread"] = "thing.flag: {reason: 供人看}\n"
    assert complaints(tmp_path, files) == []


def test_what_is_met_wherever_it_applies_needs_no_gap(tmp_path: Path) -> None:
    files = without("晚一日", "日期空着")
    old = "require: has(thing.on) && thing.on <= thing.until"
    assert old in files["dom/a-one"]
    files["dom/a-one"] = files["dom/a-one"].replace(old, "require: has(thing.on) || true")
    assert complaints(tmp_path, files) == []


def test_examples_are_tried_by_the_calendar_of_working_days(tmp_path: Path) -> None:
    """29 and 30 June 2024 were a Saturday and a Sunday: no working day lies between them."""
    files = changed(("<= thing.until", "<= thing.until && workdays(thing.on, thing.until) == 0"))
    assert complaints(tmp_path, files) == []


def test_what_never_applies_needs_one_example(tmp_path: Path) -> None:
    files = without("早一日", "晚一日", "日期空着", "没有是否甲", "不是甲")
    files["dom/a-one"] = files["dom/a-one"].replace("applies: thing.flag", 'applies: "false"')
    files["dom/a-one"] = files["dom/a-one"].replace("examples:\n", "")
    files["unread"] = "thing.flag: {reason: 供人看}\n"
    assert complaints(tmp_path, files) == [
        (PLACE, "applies", "没有例子使它不成立，请各编一个"),
        (PLACE, "examples", "没有一个“不涉及”的例子，请照条文编一个，算法写在 why"),
    ]


def test_a_manual_requirement_needs_its_three_answers(tmp_path: Path) -> None:
    head = RULE.partition("examples:")[0].replace("title: 办理\n", "title: 办理\nkind: manual\n")
    head = "".join(line + "\n" for line in head.splitlines() if "require" not in line)
    head = head.replace("applies: thing.flag\n", "")
    head = head.replace("act_on: thing.until", "act_on: as_of")
    examples = """\
examples:
  - {outcome: met, as_of: 2024-07-01, given: {answer: 符合}, why: 认定符合}
  - {outcome: unknown, as_of: 2024-07-01, given: {}, why: 没有认定}
"""
    unread = "".join(f"thing.{name}: {{reason: 供人看}}\n" for name in ("flag", "on", "until"))
    found = complaints(tmp_path, {"dom/a-one": head + examples, "unread": unread})
    assert found == [(PLACE, "examples", "没有一个“不符合”的例子，请照条文编一个，算法写在 why")]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ("{}", [("rulesets/ids.yaml", "a-one", "新的 id，请记一行：a-one: {title: 办理}")]),
        (
            "a-one: {title: 办理, withdrawn: 2025年撤销}",
            [(PLACE, "id", "这个 id 已经撤销（办理），不得再用，请换一个")],
        ),
        (
            "a-one: {title: 别的事}",
            [
                (
                    PLACE,
                    "title",
                    RENAMED,
                )
            ],
        ),
        ("a-one: {title: 办理, was: [别的事]}", []),
    ],
)
def test_ids(ids: str, expected: list[tuple[str, str, str]], tmp_path: Path) -> None:
    assert complaints(tmp_path, {"ids": ids + "\n"}) == expected


def test_a_reason_for_what_is_read_or_not_there_is_refused(tmp_path: Path) -> None:
    unread = (
        "thing.on: {reason: 供人看}\nthing.gone: {reason: 供人看}\nnothing.x: {reason: 供人看}\n"
    )
    place = "rulesets/unread.yaml"
    assert complaints(tmp_path, {"unread": unread}) == [
        (place, "nothing.x", "没有这一栏，请删去这一行"),
        (place, "thing.gone", "没有这一栏，请删去这一行"),
        (place, "thing.on", "这一栏已有要求读它，请删去这一行"),
    ]


def test_an_instrument_may_be_cited_by_a_term_or_an_adjustment_be_unread_or_a_successor(
    tmp_path: Path,
) -> None:
    files = {
        "instruments": "".join(f"{name}: {LAW}\n" for name in ("LAW", "TERM", "ADJUST", "NOBODY"))
        + "NEXT: {name: 某某条例, from: 2020-01-01, read: full, replaces: [TERM]}\n"
        + "UNREAD: {name: 未读的, read: none}\n",
        "terms": "done:\n  subject: thing\n  title: 办了\n  expr: has(thing.on)\n"
        "  basis: [{instrument: TERM, article: 第三条}]\n",
        "adjustments": "low:\n  subject: thing\n  title: 轻\n  when: has(thing.on)\n"
        "  basis: [{instrument: ADJUST, article: 第四条}]\n",
    }
    found = complaints(tmp_path, files)
    assert [(file, key) for file, key, _ in found] == [("rulesets/instruments.yaml", "NOBODY")]


def test_a_field_used_without_asking_for_it(tmp_path: Path) -> None:
    """In a term, in an expression; not where an example has worked out what 无 means."""
    said = (
        "“办理日期”（thing.on）可能是“无”，用它之前没有 has() 问过："
        "加 has()，或者编一个它为 null 的例子，写明那时应是什么结论"
    )
    files = {
        "terms": "early: {subject: thing, title: 早, expr: thing.on < as_of}\n",
        **changed(("has(thing.on) && thing.on <= thing.until", "term.early || thing.on <= as_of")),
    }
    found = [c for c in complaints(tmp_path / "unasked", files) if "has()" in c[2]]
    assert found == [(PLACE, "require", said), ("rulesets/terms.yaml", "early", said)]
    files["dom/a-one"] = files["dom/a-one"].replace("on: {unknown: blank}", "on: null")
    found = [c for c in complaints(tmp_path / "tried", files) if "has()" in c[2]]
    assert found == [("rulesets/terms.yaml", "early", said)]
