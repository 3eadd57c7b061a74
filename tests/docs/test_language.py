"""The language reference: every expression shown checks, every error and table is as shown."""

from __future__ import annotations

import re

import pytest

from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Vocabulary
from engine.model.errors import ExpressionError
from engine.model.schema import Schema
from engine.model.values import ABSENT, Truth
from facts.records.load import load_schema
from tests.conftest import ROOT
from tests.engine.small import BLANK, Fact, between, parts, thing, value

PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
TRUTHS: dict[str, Truth] = {"真": True, "假": False, "不明": None}


def _lines(tag: str) -> list[tuple[str, str]]:
    """The record type and the text of every line of the blocks with this tag."""
    return [
        (subject, line)
        for subject, block in re.findall(rf"```{tag} (\w+)\n(.*?)```", PAGE, re.DOTALL)
        for line in block.splitlines()
    ]


def _table(heading: str) -> list[list[str]]:
    """The rows of the table whose first heading is `heading`, without head and rule."""
    rows: list[list[str]] = []
    inside = False
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not inside:
            inside = bool(cells) and cells[0] == heading
        elif not cells:
            break
        elif not cells[0].startswith("---"):
            rows.append(cells)
    assert rows, heading
    return rows


@pytest.mark.parametrize(("subject", "text"), _lines("expr"))
def test_every_expression_shown_checks(subject: str, text: str, schema: Schema) -> None:
    check(text, subject, t.Kind.BOOL, Vocabulary(schema))


@pytest.mark.parametrize(("subject", "line"), _lines("wrong"))
def test_every_error_shown_is_told_in_these_words(subject: str, line: str) -> None:
    text, _, told = line.partition(" → ")
    with pytest.raises(ExpressionError) as caught:
        check(text, subject, t.Kind.BOOL, Vocabulary(load_schema()))
    assert f"第{caught.value.column}列：{caught.value.reason}" == told


def test_enough_is_shown() -> None:
    assert len(_lines("expr")) >= 18
    assert len(_lines("wrong")) >= 15


def test_every_function_and_macro_has_its_row() -> None:
    for name in (
        *("date", "days", "workdays", "hours", "add_days", "add_workdays", "add_months"),
        *("deadline", "min", "max", "size", "all", "exists", "filter", "at_least", "sum", "has"),
    ):
        assert re.search(rf"^\|[^|]*\b{name}\(", PAGE, re.MULTILINE), name


@pytest.mark.parametrize("row", _table("字段"), ids=lambda row: row[0])
def test_table_of_states(row: list[str]) -> None:
    states: dict[str, Fact] = {"无": ABSENT, "空白": BLANK}
    record = thing(kind=states.get(row[0], row[0]))
    texts = ("has(thing.kind)", "thing.kind == '甲'", "thing.kind != '甲'")
    found = [value(text, record) for text in (*texts, "thing.kind in ['甲', '乙']")]
    assert found == [TRUTHS[cell] for cell in row[1:]]


@pytest.mark.parametrize("operator", ["&&", "||"])
def test_tables_of_and_and_or(operator: str) -> None:
    heading = f"`a {operator} b`".replace("|", "\\|")
    for row in _table(heading):
        for other, cell in zip(TRUTHS, row[1:], strict=True):
            filled = [BLANK if TRUTHS[x] is None else TRUTHS[x] for x in (row[0], other)]
            record = thing(flag=filled[0], done=filled[1])
            assert value(f"thing.flag {operator} thing.done", record) is TRUTHS[cell]


def test_table_of_intervals() -> None:
    for row in _table("值"):
        record = thing(n=20 if row[0] == "20" else between(20, 29))
        relations = (">= 20", ">= 25", ">= 30", "== 20")
        found = [value(f"thing.n {relation}", record) for relation in relations]
        assert found == [TRUTHS[cell] for cell in row[1:]]


def test_table_of_open_lists() -> None:
    elements: dict[str, list[dict[str, Fact]]] = {
        "都合": [{"ok": True}],
        "都不合": [{"ok": False}],
        "没有": [],
    }
    for held, closing, every, some, size in _table("读到的项"):
        record = parts(thing(), *elements[held], closed=closing == "封闭")
        assert value("thing.parts.all(p, p.ok)", record) is TRUTHS[every]
        assert value("thing.parts.exists(p, p.ok)", record) is TRUTHS[some]
        lo, hi = value("size(thing.parts)", record, kind=t.Kind.INT)
        assert lo == len(elements[held])
        assert (size == "恰好") is (hi == lo)
        assert (size == "至少") is (hi is None)
