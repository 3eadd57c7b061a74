"""The result of a clean-up: what is in force, and from which day the rest isn't any more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from engine.model.errors import InvalidRulesetError
from engine.model.values import ABSENT, NO_COLUMN, Cause, State, Unknown
from facts.forms.load import read_forms
from facts.records.load import load_schema
from facts.writing.periods import day_named
from tests.facts.conftest import Office

D = dt.date
HEADER: Final = ["序号", "文件名称", "文号"]
BLANK: Final = Unknown(Cause.BLANK)
JUNE: Final = D(2024, 6, 30)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, load_schema())


def row(number: int, *more: object) -> list[object]:
    return [number, f"关于甲{number}的通知", f"云政〔2015〕{number}号", *more]


def alone(text: str) -> list[object]:
    return [text, None, None]


def said(office: Office) -> dict[str, tuple[State, State]]:
    """By the last number of the document: whether it is in force, and since when it isn't."""
    return {
        r.key[-2]: (r.scalar("in_valid_catalog"), r.scalar("repealed_on"))
        for r in office.read().records["normative_doc"]
    }


def test_a_sheet_each_with_the_day_in_its_title(office: Office) -> None:
    """Fails if a day is given to what stays in force, or if the day of a count is taken."""
    office.xlsx(
        "云溪县规范性文件清理结果.xlsx",
        继续有效=[alone("继续有效的规范性文件目录（2024年6月30日）"), HEADER, row(1)],
        废止=[alone("废止的规范性文件目录"), alone("（二〇二四年六月三十日）"), HEADER, row(2)],
        失效=[
            alone("宣布失效的规范性文件（2024年6月30日公布，自2024年7月1日起失效）"),
            HEADER,
            row(3),
        ],
        **{"废止（2023年1月2日）": [HEADER, row(5)]},
        停止执行=[alone("停止执行的规范性文件（截至2024年6月30日）"), HEADER, row(4)],
    )  # fmt: skip
    assert said(office) == {
        "1": (True, NO_COLUMN),
        "2": (False, JUNE),
        "3": (False, D(2024, 7, 1)),
        "4": (False, NO_COLUMN),
        "5": (False, D(2023, 1, 2)),
    }


def test_sections_within_sections(office: Office) -> None:
    """Fails if （一） under 二、废止 takes back what 二 says, or if what is planned is done."""
    title = "云溪县人民政府关于公布规范性文件清理结果的决定（2024年6月30日）"
    office.xlsx(
        "规范性文件清理结果.xlsx",
        清理=[
            alone(title), HEADER,
            alone("一、继续有效的规范性文件"), alone("（一）县政府文件"), row(1),
            alone("二、废止的规范性文件"), alone("（一）县政府文件"), row(2),
            alone("（二）县政府办公室文件"), row(3),
            alone("三、修改后继续有效的规范性文件"), row(4),
            alone("四、拟废止的规范性文件"), row(5),
            alone("五、部分条款废止的规范性文件"), row(6),
            alone("六、2023年1月2日已废止的规范性文件"), row(7),
        ],
    )  # fmt: skip
    assert said(office) == {
        "1": (True, NO_COLUMN), "2": (False, JUNE), "3": (False, JUNE), "4": (True, NO_COLUMN),
        "5": (BLANK, NO_COLUMN), "6": (BLANK, NO_COLUMN), "7": (False, D(2023, 1, 2)),
    }  # fmt: skip


def test_a_column_of_results_with_the_day_of_the_decision(office: Office) -> None:
    """Fails if the day of the decision is that on which a document kept in force was repealed."""
    header = [*HEADER, "清理意见", "清理决定日期"]
    day = "2024-06-30"
    results = ["保留", "废止", "宣布失效", "修改", "部分废止", "建议废止"]
    rows = [row(n, result, day) for n, result in enumerate(results, 1)]
    office.xlsx("规范性文件清理结果.xlsx", 清理结果=[header, *rows, row(7, "废止", None)])
    assert said(office) == {
        "1": (True, NO_COLUMN), "2": (False, JUNE), "3": (False, JUNE), "4": (True, NO_COLUMN),
        "5": (BLANK, NO_COLUMN), "6": (BLANK, NO_COLUMN), "7": (False, BLANK),
    }  # fmt: skip
    *_, last = office.read().records["normative_doc"]
    assert last.source_of("repealed_on").place() == "规范性文件清理结果.xlsx〔清理结果〕E8"


def test_a_result_that_is_no_text_is_what_it_says_in_any_ledger(office: Office) -> None:
    """Broken by a ticked cell of Excel (TRUE) for which the form's own words are looked up."""
    header = [*HEADER, "是否有效"]
    rows = [row(1, True), row(2, False), row(3, "继续有效")]
    office.xlsx("规范性文件清理结果.xlsx", 目录=[header, *rows])
    assert {key: state for key, (state, _) in said(office).items()} == {
        "1": True, "2": False, "3": True,
    }  # fmt: skip


def test_an_empty_day_of_repeal_is_none_only_for_what_is_in_force(office: Office) -> None:
    """Fails if a document that was repealed is read as never repealed because a cell is empty."""
    header = [*HEADER, "清理结果", "废止日期"]
    rows = [row(1, "废止", "2020-05-01"), row(2, "废止", None), row(3, "继续有效", None)]
    office.xlsx("规范性文件清理结果.xlsx", 目录=[header, *rows])
    assert said(office) == {
        "1": (False, D(2020, 5, 1)), "2": (False, BLANK), "3": (True, ABSENT),
    }  # fmt: skip
    _, second, _ = office.read().records["normative_doc"]
    assert second.source_of("repealed_on").place() == "规范性文件清理结果.xlsx〔目录〕E3"


@pytest.mark.parametrize(
    "title",
    [
        "继续有效、废止和失效的规范性文件目录",  # it speaks of each, and of no row
        "规范性文件有效期清理表",
        "规范性文件清理表（均未失效）",
    ],
)
def test_a_title_that_tells_nothing_of_a_row(office: Office, title: str) -> None:
    office.xlsx("规范性文件清理.xlsx", 清理=[alone(title), HEADER, row(1)])
    assert said(office) == {"1": (NO_COLUMN, NO_COLUMN)}


@pytest.mark.parametrize(
    "titles",
    [
        ["废止的规范性文件（2024年6月30日）", "（2024年7月1日印发）"],
        ["废止的规范性文件（2024年6月30日决定，2024年7月1日公布）"],
        ["废止的规范性文件", "填报日期：2024年6月30日"],
        ["废止的规范性文件（2024年6月31日）"],
    ],
)
def test_a_day_that_may_be_another_is_none(office: Office, titles: list[str]) -> None:
    """Fails if the day of filling in, or one of two days, becomes that of the decision."""
    office.xlsx("规范性文件清理.xlsx", 清理=[*map(alone, titles), HEADER, row(1)])
    assert said(office) == {"1": (False, NO_COLUMN)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("（2024年6月30日）", JUNE),
        ("2024.6.30", JUNE),
        ("2024-06-30公布", JUNE),
        ("二○二四年六月三十日", JUNE),
        ("2024年6月30日印发，自2024年7月1日起施行", D(2024, 7, 1)),
        ("2024年6月30日、2024年6月30日", JUNE),
        ("2024年6月", None),
        ("截至2024年6月30日", None),
        ("自2024年6月30日起施行，自2024年7月1日起废止", None),
        ("", None),
    ],
)
def test_the_one_day_that_a_text_names(text: str, day: dt.date | None) -> None:
    assert day_named(text) == day


@pytest.mark.parametrize("more", ["column: [甲]", "when: {name: 甲}"])
def test_a_column_of_some_rows_goes_with_a_day_alone(more: str) -> None:
    text = (
        "form: f\ntitle: 表\nsource: 编的\nneeds: [[甲]]\nrecords:\n  - type: officer\n"
        f"    given: {{unit: {{unit: true, {more}}}}}"
    )
    with pytest.raises(InvalidRulesetError, match="只与 day 同写"):
        read_forms({"facts/forms/f.yaml": text})
