"""What SQL reads of a cell is what the ledgers' own reader reads of it, or nothing."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from sqlglot import exp

from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.judging.sql.columns import Column
from engine.judging.sql.dialects import render
from engine.judging.sql.duck import DuckDb
from engine.judging.sql.whole.statement import selected, within
from engine.model.field import FieldKind, FieldType
from engine.model.schema import Schema
from engine.model.values import ABSENT, Elements, Unknown
from facts.writing.cells import CellReader
from facts.writing.text import (
    NO_WORDS,
    NONE_WORDS,
    NOT_APPLICABLE_WORDS,
    NOT_DONE_WORDS,
    OPEN_WORDS,
    UNDECIDED_WORDS,
    YES_WORDS,
)
from tables.reading import read, text_of
from tables.source import Held

TEXTS = (
    *(NONE_WORDS | NOT_DONE_WORDS | NOT_APPLICABLE_WORDS | OPEN_WORDS | UNDECIDED_WORDS),
    *(YES_WORDS | NO_WORDS),
    *("", " ", "　", "0", "1", "2", "-1", "1.5", "1.00", "0.5", "1,200", "12万", "二十余", "1e3"),
    *("2147483647", "2147483648", "99999999999999999999", "1.23456", "NaN", "Infinity", "TRUE"),
    *("2024-05-01", "2024/05/01", "2024-02-29", "2023-02-29", "2024-13-01", "2024-00-10"),
    *("2024-5-1", "20240501", "2024年5月1日", "2024-05", "2024", "05/01/2024", "1899-12-31"),
    *("2024-05-01 00:00:00", "2024-05-01 09:30", "2024-05-01T09:30:15", "2024-05-01 09:30:00+08"),
    *("2024-05-01 25:00", "45413", "2024-05-01 至 2024-06-01", "5月上旬", "2101-01-01"),
    *(
        "R0001",
        "r0001",
        "Ｒ０００１",
        "R 0001",
        "青执0001",
        "A-1",
        "9a-B",
        "1-",
        "-1a",
        "R0001张某",
        "张某",
        "王某（副科长）",
    ),
    *(
        "不动产登记中心",
        "未成年人保护办",
        "水利局",
        "市水利局",
        "水利局（本级）",
        "待业中心",
        "无锡市局",
    ),
    *("某政〔2024〕7号", "某政[2024]07号", "某政（2024）7号", "某政〔2024〕07号", "〔2024年〕1号"),
    *("送达回证", "送达回证2", "未送达", "尚未制作", "正在审核", "审核中", "拟于6月出具", "已出具"),
    *("见附件", "详见卷宗", "另附", "同上", "口头", "意见书", "暂缺", "送达回证（未签）", "无编号"),
    *(
        "《某法》第三条",
        "第三条",
        "法律规定",
        "按有关规定",
        "依法",
        "另有规定",
        "情况紧急",
        "不涉及群众利益",
    ),
    *(
        "罚款",
        "罚款、没收违法所得",
        "罚款，警告",
        "罚款、罚款",
        "罚款等",
        "罚款和警告",
        "、罚款",
        "罚款；",
    ),
    *(
        "已公开",
        "未公开",
        "部分公开",
        "是的",
        "是；否",
        "√",
        "合格",
        "合各",
        "不合格",
        "a'b",
        'a"b',
        "100%",
    ),
    *(
        "清司审〔2024〕号",
        "清司审〔2024〕",
        "清司审2024〕6号",
        "清司审〔16〕8号",
        "第×号",
        "××意见书",
        "xx报告",
    ),
    *(
        "清司审〔2024〕6号（已撤回）",
        "清司审〔2024〕6号，现已失效",
        "预留清司审〔2024〕6号",
        "清司审〔2024〕6号（空号）",
    ),
    *(
        "某政〔2024〕7",
        "某政〔2024〕第7号",
        "5月3日",
        "2024年2月",
        "2024-5-1",
        "0份",
        "零份",
        "意见书0份",
        "《无》",
    ),
    *(
        "司法局拒绝出具意见书",
        "司法局没出意见",
        "应由司法局出具意见书",
        "以列席会议代替出具意见",
        "编制中的报告",
    ),
    *(
        "等司法局意见",
        "5月15日出报告",
        "5月底前完成",
        "意见书草稿",
        "空白报告",
        "法无规定",
        "查无此件",
        "文号",
        "合法",
    ),
    *(
        "撤回",
        "存档",
        "系统默认",
        "模板",
        "null",
        "NULL",
        "<null>",
        "nan",
        "——",
        "—",
        "甲某，是谁不知",
    ),
    *("\ufeff罚款", "罚款\n警告", "\u200b", "x" * 300, "％", "_", "50%", "1%", "1.2%"),
)


PIECES = (
    *(
        "未",
        "无",
        "没有",
        "已",
        "已经",
        "正在",
        "办理",
        "中",
        "见",
        "附件",
        "拟",
        "待",
        "不",
        "后补",
        "口头",
    ),
    *(
        "送达",
        "回证",
        "意见",
        "书",
        "报告",
        "《某法》",
        "第三条",
        "〔2024〕",
        "（2024）",
        "1号",
        "07号",
        "某局",
    ),
    *(
        "同意",
        "同上",
        "（",
        "）",
        "。",
        "；",
        "/",
        "、",
        "：",
        "2024-05-01",
        "有",
        "是",
        "否",
        "非",
        "免",
        "缺",
    ),
    *(
        "R0001",
        "张某",
        "中心",
        "等",
        "及",
        "但",
        "尚",
        "暂",
        "下周",
        "明年",
        "计划",
        "将",
        "另",
        "附",
        "一",
        "0",
        "1",
    ),
)
"""What texts are put together from at random: denials and delays in every place."""


def every_spec(schema: Schema) -> list[FieldType]:
    """Every kind of field once."""
    found: dict[str, FieldType] = {}
    for record_type in schema.types.values():
        for spec in record_type.fields.values():
            if spec.type is FieldKind.OBJECT or (spec.type is FieldKind.SET and not spec.values):
                continue
            alike = spec.model_dump(
                include={"type", "holds", "values", "words", "none", "blank", "unit", "agency"}
            )
            named = (spec.title, spec.synonyms) if spec.type is FieldKind.BOOL else ()
            found.setdefault(str((alike, named, spec.complete)), spec)
    return list(found.values())


def _said(state: Any) -> object:  # noqa: ANN401 - what a cell may be read as
    """What is known of a cell; None where nothing is for certain."""
    if isinstance(state, Unknown):
        return None
    if isinstance(state, Elements):
        return (frozenset(state.items), state.closed, state.absent)
    return (type(state).__name__, state)


def _from_sql(spec: FieldType, value: Any, state: int, none: bool, items: list[str]) -> object:  # noqa: ANN401, FBT001
    if spec.type is FieldKind.SET:
        if state != c.KNOWN and not items:
            return None
        return (frozenset(items), bool(value), bool(none))
    if state == c.IS_ABSENT:
        return _said(ABSENT)
    if state != c.KNOWN:
        return None
    return _said(Decimal(value) / c.SCALE if spec.type is FieldKind.NUMBER else value)


@pytest.mark.rounds(1, nightly=20)
def test_what_is_known_is_what_the_ledgers_reader_reads(rounds: int, schema: Schema) -> None:
    """Broken by a text that is taken for a value, or for none, where a clerk means another."""
    database = DuckDb(dt.date(2025, 1, 1), 2024)
    every = every_spec(schema)
    compared = 0
    for seed in range(rounds):
        dice = random.Random(seed)  # noqa: S311 - dice
        for spec in dice.sample(every, min(len(every), 50)):
            own = [*spec.values, *(s for each in spec.values.values() for s in each), *spec.words]
            texts = list(dict.fromkeys([*TEXTS, *own, *(f"{one}、{two}" for one, two in
                         zip(own, reversed(own), strict=True))]))  # fmt: skip
            if spec.type is FieldKind.STRING:
                texts += ["".join(dice.choices(PIECES, k=dice.randint(1, 4))) for _ in range(200)]
                texts = list(dict.fromkeys(texts))
            name = f"t{compared}"
            database.create(name, [Column("text", "VARCHAR", texts)], "text")
            raw = n.column("text", "raw")
            value = n.column("value", "raw")
            found = read(spec, text_of(raw), Held.TEXT, {}, value)
            parts: dict[str, exp.Expression] = {
                "value": value, "state": found.state, "bad": found.bad, "none": found.none
            }  # fmt: skip
            parts |= {f"i{k}": each for k, each in enumerate(found.items.values())}
            inner = selected([("text", raw), ("value", found.value)], name, "raw")
            rows = database.rows(render(within(parts.items(), inner, "raw")))
            for text, (value, state, bad, none, *there) in zip(texts, rows, strict=True):
                compared += 1
                items = [v for v, is_in in zip(found.items, there, strict=True) if is_in]
                sql = _from_sql(spec, value, state, none, items)
                said = CellReader(spec).read(text)
                mine = _said(_blank(spec) if said.state is None else said.state)
                assert sql in (None, mine), (spec.title, text, sql, mine)
                # what can't be read is said to be so; what is said to be unread is unknown
                assert not (bad and sql is not None), (spec.title, text)
                if said.expected:
                    assert bad or sql is None, (spec.title, text)
    assert compared > 5000 * rounds


def _blank(spec: FieldType) -> object:
    from facts.writing.meanings import blank_state  # noqa: PLC0415 - of the reader compared with

    return blank_state(spec)


def test_every_declared_value_is_read(schema: Schema) -> None:
    """Broken by a value or a spelling of an enumeration that SQL doesn't know."""
    database = DuckDb(dt.date(2025, 1, 1), 2024)
    read_of: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    for number, spec in enumerate(every_spec(schema)):
        if spec.type is not FieldKind.ENUM:
            continue
        spellings = CellReader(spec).values()
        name = f"e{number}"
        database.create(name, [Column("text", "VARCHAR", list(spellings))], "text")
        raw = text_of(n.column("text", "raw"))
        found = read(spec, raw, Held.TEXT, {}, n.column("value", "raw"))
        rows = database.rows(render(selected([("value", found.value)], name, "raw")))
        read_of[name] = {f"{text}={row[0]}" for text, row in zip(spellings, rows, strict=True)}
        wanted[name] = {f"{text}={value}" for text, value in spellings.items()}
    assert read_of == wanted
    assert len(wanted) > 20


@pytest.mark.parametrize(
    ("kind", "held", "literal", "known"),
    [
        (FieldKind.DATE, Held.DATE, "DATE '2024-05-01'", dt.date(2024, 5, 1)),
        (FieldKind.DATE, Held.DATE, "DATE '1900-05-01'", None),
        (FieldKind.DATE, Held.TIMESTAMP, "TIMESTAMP '2024-05-01 00:00:00'", dt.date(2024, 5, 1)),
        (FieldKind.DATE, Held.OTHER, "TIMESTAMPTZ '2024-05-01 00:00:00+08'", None),
        (FieldKind.DATETIME, Held.TIMESTAMP, "TIMESTAMP '2024-05-01 09:30:00'",
         dt.datetime(2024, 5, 1, 9, 30)),  # noqa: DTZ001 - facts have no zone
        (FieldKind.DATETIME, Held.TIMESTAMP, "TIMESTAMP '2024-05-01 00:00:00'", None),
        (FieldKind.BOOL, Held.BOOL, "FALSE", False),
        (FieldKind.STRING, Held.OTHER, "[1, 2]", None),
    ],
)  # fmt: skip
def test_a_typed_column_is_what_it_is(
    kind: FieldKind, held: Held, literal: str, known: object
) -> None:
    """Broken by a moment in some zone that is taken for a day, or a day for a moment."""
    timed = kind in (FieldKind.DATE, FieldKind.DATETIME)
    spec = FieldType(type=kind, title="栏", time="event" if timed else None)
    database = DuckDb(dt.date(2025, 1, 1), 2024)
    database.make("t", f"SELECT {literal} AS raw")
    found = read(spec, n.column("raw", "t"), held, {}, n.column("value", "t"))
    parts = [("value", n.column("value", "t")), ("bad", found.bad)]
    inner = selected([("raw", n.column("raw", "t")), ("value", found.value)], "t", "t")
    assert database.rows(render(within(parts, inner, "t"))) == [(known, known is None)]
