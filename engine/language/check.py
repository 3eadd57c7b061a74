"""Syntax to the typed tree: names resolved against the schema, kinds checked, terms inlined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn, cast

from lark import Token, Tree

from engine.language import tree as t
from engine.language.parser import DEEPEST, Syntax, operator_for, parse
from engine.language.vocabulary import (
    FUNCTIONS,
    KINDS,
    MACROS,
    NOTHING,
    OTHERS,
    PATTERNS,
    Vocabulary,
)
from engine.model.errors import ExpressionError, nearest
from engine.model.schema import FieldKind, FieldType, RecordType
from engine.model.values import DECIMALS, LIMIT

_TITLES: Final = {
    t.Kind.BOOL: "是非",
    t.Kind.INT: "整数",
    t.Kind.NUMBER: "数",
    t.Kind.STRING: "文字",
    t.Kind.DATE: "日期",
    t.Kind.DATETIME: "时刻",
    t.Kind.RECORDS: "清单",
    t.Kind.STRINGS: "清单",
}
_NUMBERS: Final = (t.Kind.INT, t.Kind.NUMBER)
MOST: Final = 10_000
"""Parts an expression may have, those of its terms included."""


@dataclass(frozen=True)
class _Record:
    """A name bound to a record: `up` parents above the record that variable `var` holds."""

    var: str
    up: int
    type: RecordType


@dataclass(frozen=True)
class _String:
    """A name bound to an element of a set."""

    var: str


_Scope = Mapping[str, "_Record | _String"]


@dataclass
class _Meter:
    """What one expression and the terms within it have used up."""

    variables: int = 0
    parts: int = 0
    depth: int = 0


def check(text: str, subject: str, kind: t.Kind, vocabulary: Vocabulary) -> t.Expr:
    """The typed tree of `text`, an expression of `kind` about records of type `subject`.

    Raises `ExpressionError` with the column and the nearest right spelling.
    """
    schema = vocabulary.schema
    scope: dict[str, _Record | _String] = {subject: _Record(subject, 0, schema.get(subject))}
    if "place" in schema.types:
        scope.setdefault("place", _Record("place", 0, schema.get("place")))
    checker = _Checker(text, subject, scope, vocabulary, _Meter(), ())
    syntax = parse(text)
    node = checker.expr(syntax)
    if _depth(node) > DEEPEST:
        checker.refuse(syntax, f"嵌套或连加超过{DEEPEST}层，请分成几条")
    if node.kind is not kind and not (kind is t.Kind.NUMBER and node.kind is t.Kind.INT):
        checker.refuse(syntax, f"这里要{_TITLES[kind]}，得到的是{_TITLES[node.kind]}")
    return node


class _Checker:
    """One text in one scope; terms and macros make further checkers of their own."""

    def __init__(  # noqa: PLR0913, PLR0917 - all of it is context handed down unchanged
        self,
        text: str,
        subject: str,
        scope: _Scope,
        vocabulary: Vocabulary,
        meter: _Meter,
        inside: tuple[str, ...],
    ) -> None:
        self.text, self.subject, self.scope = text, subject, scope
        self.vocabulary, self.meter, self.inside = vocabulary, meter, inside

    def refuse(self, where: Syntax | Token, message: str) -> NoReturn:
        """Raise an error that points at `where`."""
        if isinstance(where, Token):
            start = where.start_pos
        else:
            start = None if where.meta.empty else where.meta.start_pos
        raise ExpressionError(message, text=self.text, column=(start or 0) + 1)

    def expr(self, node: Syntax) -> t.Expr:
        """The typed tree of one piece of syntax."""
        meter = self.meter
        meter.parts += 1
        if meter.parts > MOST:
            self.refuse(node, f"连同术语超过{MOST}个部分，请分成几条")
        if meter.depth >= DEEPEST:
            self.refuse(node, f"连同术语嵌套超过{DEEPEST}层，请分成几条")
        handler = cast("Callable[[Syntax], t.Expr]", getattr(self, f"_{node.data}"))
        meter.depth += 1
        typed = handler(node)
        meter.depth -= 1
        return typed

    def truth(self, node: Syntax) -> t.Expr:
        """The same, which must be a truth."""
        return self.of_kind(node, t.Kind.BOOL)

    def of_kind(self, node: Syntax, *kinds: t.Kind) -> t.Expr:
        """The same, which must be of one of `kinds`."""
        typed = self.expr(node)
        if typed.kind not in kinds:
            wanted = "或".join(dict.fromkeys(_TITLES[kind] for kind in kinds))
            self.refuse(node, f"这里要{wanted}，得到的是{_TITLES[typed.kind]}")
        return typed

    # constants

    def _number(self, node: Syntax) -> t.Expr:
        raw = str(node.children[0])
        if abs(Decimal(raw)) >= LIMIT or len(raw.partition(".")[2]) > DECIMALS:
            self.refuse(node, f"数须小于{LIMIT}，小数不超过{DECIMALS}位")
        if "." in raw:
            return t.Lit(Decimal(raw), t.Kind.NUMBER)
        return t.Lit(int(raw), t.Kind.INT)

    def _negative(self, node: Syntax) -> t.Expr:
        item = self.of_kind(_tree(node.children[0]), *_NUMBERS)
        if isinstance(item, t.Lit):
            return t.Lit(-cast("int | Decimal", item.value), item.kind)
        return t.Scale(item, -1, item.kind)

    def _string(self, node: Syntax) -> t.Expr:
        return t.Lit(str(node.children[0])[1:-1], t.Kind.STRING)

    def _true(self, _node: Syntax) -> t.Expr:
        return t.Lit(True, t.Kind.BOOL)

    def _false(self, _node: Syntax) -> t.Expr:
        return t.Lit(False, t.Kind.BOOL)

    # logic

    def _ternary(self, node: Syntax) -> t.Expr:
        test, then, other = (_tree(child) for child in node.children)
        typed_test, typed_then = self.truth(test), self.expr(then)
        typed_other = self.expr(other)
        kind = self._common(other, typed_then, typed_other)
        return t.If(typed_test, typed_then, typed_other, kind)

    def _or_(self, node: Syntax) -> t.Expr:
        return t.Or(tuple(self.truth(_tree(child)) for child in node.children))

    def _and_(self, node: Syntax) -> t.Expr:
        return t.And(tuple(self.truth(_tree(child)) for child in node.children))

    def _not_(self, node: Syntax) -> t.Expr:
        return t.Not(self.truth(_tree(node.children[0])))

    def _common(self, where: Syntax, a: t.Expr, b: t.Expr) -> t.Kind:
        if a.kind is b.kind:
            return a.kind
        if a.kind in _NUMBERS and b.kind in _NUMBERS:
            return t.Kind.NUMBER
        self.refuse(where, f"{_TITLES[a.kind]}与{_TITLES[b.kind]}不是一类，不能放在一起")

    # relations

    def _relation(self, node: Syntax) -> t.Expr:
        operator = node.children[1]
        if isinstance(operator, Token):
            return self._in(node)
        left_syntax, right_syntax = _tree(node.children[0]), _tree(node.children[2])
        left, right = self.expr(left_syntax), self.expr(right_syntax)
        op = cast("t.CompareOp", str(_tree(operator).children[0]))
        kind = self._common(right_syntax, left, right)
        if kind in t.LISTS:
            self.refuse(left_syntax, f"{_TITLES[kind]}不能比较；清单请用 size()、all、exists")
        if op not in ("==", "!=") and kind not in t.ORDERED:
            self.refuse(left_syntax, f"{_TITLES[kind]}没有大小先后，只能用 == 和 !=")
        self._known_value(right_syntax, left, right)
        self._known_value(left_syntax, right, left)
        return t.Compare(op, left, right)

    def _in(self, node: Syntax) -> t.Expr:
        item = self.of_kind(_tree(node.children[0]), t.Kind.STRING, t.Kind.INT)
        values: list[str | int] = []
        for child in node.children[2:]:
            constant = self.of_kind(_tree(child), item.kind)
            self._known_value(_tree(child), item, constant)
            values.append(cast("str | int", cast("t.Lit", constant).value))
        if not values:
            self.refuse(node, "in 后面的列举是空的")
        return t.In(item, tuple(values))

    def _known_value(self, where: Syntax, field_: t.Expr, constant: t.Expr) -> None:
        """Refuse a constant that the field's enumeration does not have."""
        if not (isinstance(constant, t.Lit) and constant.kind is t.Kind.STRING):
            return
        if isinstance(field_, t.Element):
            values = self._element_values.get(field_.var, {})
        elif isinstance(field_, t.Path):
            values = self._field(field_).values
        else:
            return
        if values and constant.value not in values:
            word = str(constant.value)
            self.refuse(where, f"没有“{word}”这个取值" + nearest(word, values))

    @property
    def _element_values(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return {name.var: name.values for name in self.scope.values() if isinstance(name, _Choice)}

    def _field(self, path: t.Path) -> FieldType:
        return self.vocabulary.schema.get(path.record).fields[path.field]

    # arithmetic

    def _sum_(self, node: Syntax) -> t.Expr:
        first, *rest = node.children
        total = self.of_kind(_tree(first), *_NUMBERS)
        for operator, operand in zip(rest[::2], rest[1::2], strict=True):
            sign = str(_tree(operator).children[0])
            right = self.of_kind(_tree(operand), *_NUMBERS)
            kind = self._common(_tree(operand), total, right)
            total = t.Arith("+" if sign == "+" else "-", total, right, kind)
        return total

    def _product(self, node: Syntax) -> t.Expr:
        items = [child for child in node.children if isinstance(child, Tree)]
        total = self.of_kind(items[0], *_NUMBERS)
        for child in items[1:]:
            right = self.of_kind(child, *_NUMBERS)
            if isinstance(total, t.Lit):
                total, right = right, total
            if not isinstance(right, t.Lit):
                self.refuse(child, "乘法只能乘以常数")
            kind = self._common(child, total, right)
            total = t.Scale(total, cast("int | Decimal", right.value), kind)
        return total

    # names and fields

    def _name(self, node: Syntax) -> t.Expr:
        return self._chain(node, [cast("Token", node.children[0])])

    def _select(self, node: Syntax) -> t.Expr:
        names: list[Token] = []
        current: Syntax = node
        while current.data == "select":
            names.append(cast("Token", current.children[1]))
            current = _tree(current.children[0])
        if current.data != "name":
            self.refuse(names[-1], "只能从记录上取字段")
        names.append(cast("Token", current.children[0]))
        return self._chain(node, names[::-1])

    def _chain(self, node: Syntax, names: list[Token]) -> t.Expr:
        head, rest = names[0], names[1:]
        if str(head) == "as_of" and not rest:
            return t.AsOf()
        if str(head) == "param" and len(rest) == 1:
            return self._param(rest[0])
        if str(head) in ("parent", "term"):
            base: _Record | _String | None = self.scope[self.subject]
            rest = names
        else:
            base = self.scope.get(str(head))
        if base is None:
            if str(head) in NOTHING:
                self.refuse(head, f"没有“{head}”这个值；有没有填请写 has(字段)")
            known = [*self.scope, "parent", "term", "param", "as_of", "true", "false"]
            self.refuse(head, f"未知的名字“{head}”" + nearest(str(head), known))
        if not isinstance(base, _Record):
            if rest:
                self.refuse(rest[0], f"“{head}”是文字，没有字段")
            return t.Element(base.var)
        return self._below(node, base, rest)

    def _below(self, node: Syntax, base: _Record, rest: list[Token]) -> t.Expr:
        while rest and str(rest[0]) == "parent":
            if base.type.parent is None:
                self.refuse(rest[0], f"“{base.type.title}”没有上级记录")
            parent = self.vocabulary.schema.get(base.type.parent)
            base, rest = _Record(base.var, base.up + 1, parent), rest[1:]
        if not rest:
            self.refuse(node, f"“{base.type.title}”是一条记录，请写明字段")
        if str(rest[0]) == "term":
            if len(rest) != 2:
                self.refuse(rest[0], "写法是 term.名称")
            return self._term(rest[1], base)
        path = ".".join(str(name) for name in rest)
        spec = base.type.fields.get(path)
        if spec is not None:
            if spec.type is FieldKind.OBJECT:
                self.refuse(node, f"“{path}”是一组字段，请写明其中一个字段")
            return t.Path(base.var, base.up, base.type.type, path, KINDS[spec.type])
        target = base.type.list_target(path)
        if target is not None:
            return t.Path(base.var, base.up, base.type.type, path, t.Kind.RECORDS, target)
        self.refuse(
            rest[0], f"“{base.type.title}”没有字段“{path}”" + nearest(path, base.type.names())
        )

    def _param(self, name: Token) -> t.Expr:
        kind = self.vocabulary.params.get(str(name))
        if kind is None:
            self.refuse(name, f"未知的参数“{name}”" + nearest(str(name), self.vocabulary.params))
        return t.Param(str(name), kind)

    def _term(self, name: Token, base: _Record) -> t.Expr:
        terms = self.vocabulary.terms
        term = terms.get(str(name))
        if term is None:
            self.refuse(name, f"未知的术语“{name}”" + nearest(str(name), terms))
        if str(name) in self.inside:
            self.refuse(name, f"术语“{name}”用到了它自己")
        while base.type.type != term.subject:
            if base.type.parent is None:
                self.refuse(name, f"术语“{name}”说的是“{term.subject}”，这里没有这种记录")
            parent = self.vocabulary.schema.get(base.type.parent)
            base = _Record(base.var, base.up + 1, parent)
        scope: dict[str, _Record | _String] = {term.subject: base}
        if "place" in self.scope:
            scope.setdefault("place", self.scope["place"])
        checker = _Checker(
            term.text,
            term.subject,
            scope,
            self.vocabulary,
            self.meter,
            (*self.inside, str(name)),
        )
        item = checker.expr(parse(term.text))
        return t.Named(str(name), term.title, item, item.kind)

    # functions and macros

    def _arguments(self, node: Syntax, index: int) -> list[Syntax]:
        written = [_tree(child) for child in node.children[index:]]
        return [_tree(child) for arguments in written for child in arguments.children]

    def _call(self, node: Syntax) -> t.Expr:
        name = cast("Token", node.children[0])
        arguments = self._arguments(node, 1)
        if str(name) in FUNCTIONS:
            return self._function(node, str(name), arguments)
        special = getattr(self, f"_call_{name}", None) if str(name) in OTHERS else None
        if special is None:
            hint = operator_for(str(name)) or nearest(str(name), [*FUNCTIONS, *OTHERS])
            self.refuse(name, f"未知的函数“{name}”{hint}")
        return cast("Callable[[Syntax, list[Syntax]], t.Expr]", special)(node, arguments)

    def _count(self, node: Syntax, arguments: list[Syntax], wanted: int) -> None:
        if len(arguments) != wanted:
            self.refuse(node, f"要{wanted}个参数，写了{len(arguments)}个")

    def _function(self, node: Syntax, name: str, arguments: list[Syntax]) -> t.Expr:
        kinds, result = FUNCTIONS[name]
        self._count(node, arguments, len(kinds))
        typed = tuple(self.of_kind(a, k) for a, k in zip(arguments, kinds, strict=True))
        return t.Call(cast("t.Function", name), typed, result)

    def _call_has(self, node: Syntax, arguments: list[Syntax]) -> t.Expr:
        self._count(node, arguments, 1)
        path = self.expr(arguments[0])
        if not isinstance(path, t.Path):
            self.refuse(arguments[0], "has() 里只能写一个字段")
        return t.Has(path)

    def _call_size(self, node: Syntax, arguments: list[Syntax]) -> t.Expr:
        self._count(node, arguments, 1)
        return t.Size(self._list(arguments[0]))

    def _extreme(self, node: Syntax, name: t.Function, arguments: list[Syntax]) -> t.Expr:
        if len(arguments) < 2:
            self.refuse(node, f"{name}() 至少要两个参数")
        typed = [self.of_kind(argument, *t.ORDERED) for argument in arguments]
        widest = typed[0]
        for argument, item in zip(arguments[1:], typed[1:], strict=True):
            widest = item if self._common(argument, widest, item) is item.kind else widest
        return t.Call(name, tuple(typed), widest.kind)

    def _call_min(self, node: Syntax, arguments: list[Syntax]) -> t.Expr:
        return self._extreme(node, "min", arguments)

    def _call_max(self, node: Syntax, arguments: list[Syntax]) -> t.Expr:
        return self._extreme(node, "max", arguments)

    def _call_date(self, node: Syntax, arguments: list[Syntax]) -> t.Expr:
        self._count(node, arguments, 3)
        year, month, day = (self.of_kind(argument, t.Kind.INT) for argument in arguments)
        if not (isinstance(month, t.Lit) and isinstance(day, t.Lit)):
            self.refuse(arguments[1], "月和日须是常数")
        fixed = isinstance(year, t.Lit)
        try:
            value = dt.date(
                int(cast("int", year.value)) if isinstance(year, t.Lit) else 2023,
                int(cast("int", month.value)),
                int(cast("int", day.value)),
            )
        except ValueError:
            self.refuse(node, "没有这一天" if fixed else "不是每年都有这一天")
        return (
            t.Lit(value, t.Kind.DATE) if fixed else t.Call("date", (year, month, day), t.Kind.DATE)
        )

    def _call_sum(self, node: Syntax, arguments: list[Syntax]) -> t.Expr:
        self._count(node, arguments, 3)
        source = self._list(arguments[0])
        var, inner = self._bind(arguments[1], source)
        body = inner.of_kind(arguments[2], *_NUMBERS)
        if not _never_negative(body):
            self.refuse(arguments[2], "sum() 只能加不会为负的数（字段、常数及其和、倍数）")
        return t.Sum(source, var, body, body.kind)

    def _call_at_least(self, node: Syntax, arguments: list[Syntax]) -> t.Expr:
        self._count(node, arguments, 4)
        number = self.of_kind(arguments[0], t.Kind.INT)
        source = self._list(arguments[1])
        var, inner = self._bind(arguments[2], source)
        chosen = t.Filter(source, var, inner.truth(arguments[3]), source.kind)
        return t.Compare(">=", t.Size(chosen), number)

    def _method(self, node: Syntax) -> t.Expr:
        name = cast("Token", node.children[1])
        source_syntax = _tree(node.children[0])
        arguments = self._arguments(node, 2)
        if str(name) == "size" and not arguments:
            return t.Size(self._list(source_syntax))
        if str(name) not in MACROS:
            if str(name) in PATTERNS:
                self.refuse(name, f"没有“{name}”，不能按字面匹配，请用 == 或 in 列出取值")
            self.refuse(name, f"清单没有“{name}”" + nearest(str(name), [*MACROS, "size"]))
        source = self._list(source_syntax)
        self._count(node, arguments, 2)
        var, inner = self._bind(arguments[0], source)
        body = inner.truth(arguments[1])
        if str(name) == "filter":
            return t.Filter(source, var, body, source.kind)
        return t.Quantifier("all" if str(name) == "all" else "exists", source, var, body)

    def _list(self, node: Syntax) -> t.ListExpr:
        typed = self.of_kind(node, *t.LISTS)
        if not isinstance(typed, (t.Path, t.Filter)):
            self.refuse(node, "这里要一个清单字段")
        return typed

    def _bind(self, node: Syntax, source: t.ListExpr) -> tuple[str, _Checker]:
        """A fresh variable for the elements of `source`, and a checker that knows it."""
        if node.data != "name":
            self.refuse(node, "这里要一个变量名")
        name = str(node.children[0])
        if name in self.scope or name in ("parent", "term", "param", "as_of"):
            self.refuse(node, f"变量名“{name}”已经用了，请换一个")
        path: t.ListExpr = source
        while isinstance(path, t.Filter):
            path = path.source
        self.meter.variables += 1
        var = f"{name}#{self.meter.variables}"
        bound: _Record | _String
        if path.target is None:
            bound = _Choice(var, self._field(path).values)
        else:
            bound = _Record(var, 0, self.vocabulary.schema.get(path.target))
        scope = {**self.scope, name: bound}
        checker = _Checker(self.text, self.subject, scope, self.vocabulary, self.meter, self.inside)
        return var, checker


@dataclass(frozen=True)
class _Choice(_String):
    """An element of a set whose values are enumerated."""

    values: Mapping[str, tuple[str, ...]]


def _tree(node: object) -> Syntax:
    return cast("Syntax", node)


def _depth(node: t.Expr) -> int:
    """How many levels the typed tree has."""
    level: tuple[t.Expr, ...] = (node,)
    depth = 0
    while level:
        depth += 1
        level = tuple(child for item in level for child in t.children(item))
    return depth


def adds_only(node: t.Expr) -> bool:
    """Whether every `sum()` within adds what is never negative: the one bound beside kinds."""
    return all(_never_negative(x.body) for x in t.walk(node) if isinstance(x, t.Sum))


def _never_negative(node: t.Expr) -> bool:
    match node:
        case t.Lit(value):
            return not isinstance(value, (str, dt.date)) and value >= 0
        case t.Path() | t.Size() | t.Sum():
            return True
        case t.Arith("+", left, right) | t.If(then=left, other=right):
            return _never_negative(left) and _never_negative(right)
        case t.Scale(item, factor):
            return factor >= 0 and _never_negative(item)
        case _:
            return False
