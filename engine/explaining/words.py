"""Expressions, fields and values in Chinese, from the titles of fields: what a clerk reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, assert_never

from engine.explaining.trace import Trace, leaves
from engine.language import tree as t
from engine.language.semantics import Interval
from engine.language.vocabulary import MANUAL
from engine.model.field import FieldType
from engine.model.masking import MASK, without_identity
from engine.model.schema import Schema
from engine.model.values import CAUSE_TITLES, Absent, Elements, Record, Scalar, State, Unknown

_COMPARE: Final[Mapping[str, str]] = {
    "==": "等于",
    "!=": "不等于",
    "<": "小于",
    "<=": "不超过",
    ">": "大于",
    ">=": "不少于",
}
_COMPARE_DAYS: Final[Mapping[str, str]] = {
    "==": "同日于",
    "!=": "不同日于",
    "<": "早于",
    "<=": "不晚于",
    ">": "晚于",
    ">=": "不早于",
}
_CALLS: Final[Mapping[str, str]] = {
    "days": "{0}至{1}的自然日数",
    "workdays": "{0}至{1}的工作日数",
    "hours": "{0}至{1}的小时数",
    "add_days": "{0}后{1}日",
    "add_workdays": "{0}后第{1}个工作日",
    "add_months": "{0}后{1}个月",
    "deadline": "{0}（遇休息日顺延）",
    "date": "{0}当年{1}月{2}日",
}
_MOST_WORDS: Final = 12
"""Strings of a set that are named; the rest are counted."""


class Words:
    """Renders expressions and values; masks personal content unless told otherwise."""

    def __init__(
        self,
        schema: Schema,
        *,
        unmask: bool = False,
        parameters: Mapping[str, str] | None = None,
        called: Mapping[str, str] | None = None,
    ) -> None:
        """`parameters` are what local parameters are called, `called` what codes in facts are."""
        self.schema, self.unmask = schema, unmask
        self.parameters, self.called = parameters or {}, called or {}
        self._labels: dict[Record, str] = {}

    # names

    def text(self, text: str) -> str:
        """What an office wrote, without identity numbers; of a code what it is called."""
        text = self.called.get(text, text)
        return text if self.unmask else without_identity(text)

    def key(self, record: Record) -> str:
        """The key of a record as shown."""
        return self.text(record.key)

    def label(self, record: Record) -> str:
        """The key and, where there is one, the name of a record."""
        found = self._labels.get(record)
        if found is None:
            found = self._labels[record] = self._label(record)
        return found

    def _label(self, record: Record) -> str:
        record_type = self.schema.types[record.type]
        name = ""
        if record_type.label is not None:
            state = record.values.get(record_type.label)
            spec = record_type.fields[record_type.label]
            if state is not None and not isinstance(state, (Absent, Unknown, Elements)):
                name = self.value(state, spec)
        key = self.key(record)
        return f"“{key}”" + (name if name and name not in key else "")

    def owner(self, record: Record) -> str:
        """The unit whose matter a record is, or what it nests in; "" where nothing says."""
        place: Record | None = record
        while place is not None:
            path = self.schema.types[place.type].owner
            if path is not None:
                state = place.values.get(path)
                return self.text(state) if isinstance(state, str) else ""
            place = place.parent
        return ""

    def units(self, record: Record) -> dict[str, str]:
        """The units that a record names, by all that the field of each is called.

        Of a field with several units none is the one.
        """
        found: dict[str, str] = {}
        for path, spec in self.schema.types[record.type].fields.items():
            state = record.values.get(path)
            names = state.items if isinstance(state, Elements) else (state,)
            if spec.agency and len(names) == 1 and isinstance(names[0], str):
                for role in (spec.title, *spec.synonyms):
                    found[role] = self.value(names[0], spec)
        return found

    def record(self, record: Record) -> str:
        """A record in words: its type, key and label."""
        return f"{self.schema.types[record.type].title}{self.label(record)}"

    def parameter(self, name: str) -> str:
        """A local parameter by its title; by its name where it has none."""
        return f"本地参数“{self.parameters.get(name, name)}”"

    def field_type(self, record: str, field: str) -> FieldType | None:
        """The declaration of a field, or None for a list of records or a person's answer."""
        return self.schema.types[record].fields.get(field)

    def title(self, record: str, field: str) -> str:
        """The Chinese title of a field or list."""
        if field.startswith(MANUAL):
            return "人工认定"
        record_type = self.schema.types[record]
        if field in record_type.nested:
            return record_type.nested[field].title
        if field in record_type.links:
            return record_type.links[field].title
        spec = record_type.fields.get(field)
        return spec.title if spec is not None else field

    def path(self, path: t.Path) -> str:
        """A field in words: its record is named where it is not the subject itself."""
        title = self.title(path.record, path.field)
        if path.up or path.var == "place":
            return f"{self.schema.types[path.record].title}的“{title}”"
        return f"“{title}”"

    # values

    def hidden(self, spec: FieldType | None) -> bool:
        """Whether the content of a field is kept from the reader."""
        return spec is not None and spec.kept and not self.unmask

    def value(self, value: Scalar, spec: FieldType | None = None) -> str:
        """A known value as shown: days in Chinese, personal content masked."""
        if self.hidden(spec):
            return MASK
        if isinstance(value, str):
            return self.text(value)
        unit = spec.unit if spec is not None else ""
        return plain(value) + (unit if isinstance(value, (int, Decimal)) else "")

    def state(self, state: State | Elements, spec: FieldType | None = None) -> str:
        """What a record holds, in words."""
        match state:
            case Absent():
                return "无"
            case Elements(items=items, closed=closed):
                names = [self.text(plain(i)) for i in items if not isinstance(i, Record)]
                named = bool(names) and not self.hidden(spec)
                listed = (
                    "、".join(names[:_MOST_WORDS])
                    if named
                    else f"{len(items)}项"
                    if items
                    else "无"
                )
                listed += f"等{len(names)}项" if named and len(names) > _MOST_WORDS else ""
                return listed if closed else f"{listed}（清单未封闭，可能还有）"
            case Unknown(cause=cause, lo=lo, hi=hi, planned=planned):
                shown = CAUSE_TITLES[cause]
                if self.hidden(spec):
                    return shown
                if planned is not None:
                    return f"{shown}：{plain(planned)}"
                if lo is not None or hi is not None:
                    return f"{shown}：{interval((lo, hi))}"
                return shown
            case _:
                return self.value(state, spec)

    # expressions

    def expr(self, node: t.Expr) -> str:  # noqa: C901, PLR0911, PLR0912 - a closed tree
        """An expression in words."""
        match node:
            case t.Lit(value):
                said = self.called.get(value, value) if isinstance(value, str) else ""
                return f"“{said}”" if isinstance(value, str) else plain(value)
            case t.Path(kind=t.Kind.BOOL):
                return f"{self.path(node)}为“是”"
            case t.Path():
                return self.path(node)
            case t.Element():
                return "该项"
            case t.AsOf():
                return "检查日"
            case t.Param(name):
                return self.parameter(name)
            case t.Has(path):
                return f"有{self.path(path)}"
            case t.Not(t.Has(path)):
                return f"没有{self.path(path)}"
            case t.Not(t.Path() as path):
                return f"{self.path(path)}为“否”"
            case t.Not(item):
                return f"并非（{self.expr(item)}）"
            case t.And(items):
                return "，并且".join(self._grouped(item) for item in items)
            case t.Or(items):
                return "，或者".join(self._grouped(item) for item in items)
            case t.Named(title=title):
                return title
            case t.Compare():
                return self._compare(node)
            case t.In(t.Path() as path, values) if self._coded(path):
                return f"{self.path(path)}属于指定的{len(values)}种"
            case t.In(item, values):
                listed = "、".join(self.expr(t.Lit(value, item.kind)) for value in values)
                return f"{self.expr(item)}{'属于' if len(values) > 1 else '是'}{listed}"
            case t.Arith(op, left, right):
                sign = "加" if op == "+" else "减"
                return f"{self.expr(left)}{sign}{self.expr(right)}"
            case t.Scale(item, factor):
                return (
                    f"{self.expr(item)}的{plain(factor)}倍"
                    if factor != -1
                    else (f"负的{self.expr(item)}")
                )
            case t.If(test, then, other):
                return f"若{self.expr(test)}则{self._grouped(then)}，否则{self._grouped(other)}"
            case t.Call():
                return self._call(node)
            case t.Filter(source=source, body=body):
                return f"{self.expr(source)}中（{self.expr(body)}）的各项"
            case t.Size(t.Filter(source=source, body=body)):
                return f"{self.expr(source)}中（{self.expr(body)}）的项数"
            case t.Size(source):
                return f"{self.expr(source)}的项数"
            case t.Quantifier(name, source, _, body):
                scope = "每一项都须" if name == "all" else "至少一项"
                return f"{self.expr(source)}{scope}（{self.expr(body)}）"
            case t.Sum(source, _, body):
                return f"{self.expr(source)}的{self.expr(body)}合计"
            case _:
                assert_never(node)

    def _grouped(self, node: t.Expr) -> str:
        text = self.expr(node)
        return f"（{text}）" if isinstance(node, (t.And, t.Or, t.If)) else text

    def _compare(self, node: t.Compare) -> str:
        if node.left.kind is t.Kind.BOOL and isinstance(node.right, t.Lit):
            yes = (node.op == "==") is (node.right.value is True)
            return self.expr(node.left if yes else t.Not(node.left))
        if isinstance(node.left, t.Path) and self._coded(node.left):
            return f"{self.path(node.left)}{'不是' if node.op == '!=' else '是'}指定的一种"
        dated = node.left.kind in t.DATES
        words = _COMPARE_DAYS if dated else _COMPARE
        if node.left.kind is t.Kind.STRING:
            words = {"==": "是", "!=": "不是"}
        unit = self.unit(node.left) if isinstance(node.right, t.Lit) else ""
        return f"{self.expr(node.left)}{words[node.op]}{self.expr(node.right)}{unit}"

    def unit(self, node: t.Expr) -> str:
        """The unit that the value of an expression is counted in; empty where it has none."""
        match node:
            case t.Call("days"):
                return "日"
            case t.Call("workdays"):
                return "个工作日"
            case t.Call("hours"):
                return "小时"
            case t.Path(record=record, field=field):
                spec = self.field_type(record, field)
                return spec.unit if spec is not None else ""
            case t.Arith(left=left):
                return self.unit(left)
            case t.Size():
                return "项"
            case t.Scale(item=item) | t.Sum(body=item):
                return self.unit(item)
            case _:
                return ""

    def _coded(self, path: t.Path) -> bool:
        """Whether a field holds codes that mean nothing to a reader."""
        spec = self.field_type(path.record, path.field)
        return spec is not None and spec.coded

    def _call(self, node: t.Call) -> str:
        args = [self.expr(arg) for arg in node.args]
        match node.name, node.args:
            case (("min" | "max"), _):
                dated = node.kind in t.DATES
                words = ("最早", "最晚") if dated else ("最小", "最大")
                return f"{'、'.join(args)}中{words[node.name == 'max']}的"
            case (("add_days" | "add_months" | "add_workdays"), (_, t.Lit(value=int(n)))) if n < 0:
                return _CALLS[node.name].replace("后", "前").format(args[0], -n)
            case "workdays", (_, t.Call("deadline", (end,))):
                counted = _CALLS["workdays"].format(args[0], self.expr(end))
                return f"{counted}（止于休息日的，算到其后的工作日）"
            case "add_months", (_, t.Scale(item, 12)):
                return f"{args[0]}后（{self.expr(item)}）年"
            case "date", (t.Arith("+", t.Path() as year, t.Lit(1)), *_):
                return f"{self.path(year)}的次年{args[1]}月{args[2]}日"
            case _:
                return _CALLS[node.name].format(*args)

    # traces

    def reads_hidden(self, trace: Trace) -> bool:
        """Whether a trace reads a field whose content is kept from the reader."""
        return any(
            self.hidden(self.field_type(path.record, path.field))
            for _, path, _ in leaves(trace, within=True)
        )


def plain(value: object) -> str:
    """A value without its field: days as 2024年5月1日, 是 and 否, numbers without zeros."""
    match value:
        case bool():
            return "是" if value else "否"
        case dt.datetime():
            return f"{value.year}年{value.month}月{value.day}日{value:%H:%M}"
        case dt.date():
            return f"{value.year}年{value.month}月{value.day}日"
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case _:
            return str(value)


def interval(bounds: Interval) -> str:
    """An interval in words."""
    lo, hi = bounds
    if lo is None and hi is None:
        return "不明"
    if lo is not None and lo == hi:
        return plain(lo)
    dated = isinstance(hi if lo is None else lo, dt.date)
    if lo is None:
        return f"{'不晚于' if dated else '不超过'}{plain(hi)}"
    if hi is None:
        return f"{'不早于' if dated else '不少于'}{plain(lo)}"
    return f"{plain(lo)}至{plain(hi)}"
