"""One text in one scope, and what every family of syntax asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NoReturn, cast

from lark import Token

from engine.language import tree as t
from engine.language.checking.scope import Choice, Record, Scope, String
from engine.language.parser import DEEPEST, Syntax
from engine.language.vocabulary import Vocabulary
from engine.model.errors import ExpressionError
from engine.model.field import FieldType

TITLES: Final = {
    t.Kind.BOOL: "是非",
    t.Kind.INT: "整数",
    t.Kind.NUMBER: "数",
    t.Kind.STRING: "文字",
    t.Kind.DATE: "日期",
    t.Kind.DATETIME: "时刻",
    t.Kind.RECORDS: "清单",
    t.Kind.STRINGS: "清单",
}
NUMBERS: Final = (t.Kind.INT, t.Kind.NUMBER)
MOST: Final = 10_000
"""Parts an expression may have, those of its terms included."""


@dataclass
class Meter:
    """What one expression and the terms within it have used up."""

    variables: int = 0
    parts: int = 0
    depth: int = 0


@dataclass(frozen=True)
class Checker:
    """A text in a scope; terms and macros make further checkers of their own.

    `handlers` types each kind of syntax; `inside` are the terms around this text.
    """

    text: str
    subject: str
    scope: Scope
    vocabulary: Vocabulary
    handlers: Mapping[str, Handler]
    meter: Meter
    inside: tuple[str, ...] = ()

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
        meter.depth += 1
        typed = self.handlers[node.data](self, node)
        meter.depth -= 1
        return typed

    def truth(self, node: Syntax) -> t.Expr:
        """The same, which must be a truth."""
        return self.of_kind(node, t.Kind.BOOL)

    def of_kind(self, node: Syntax, *kinds: t.Kind) -> t.Expr:
        """The same, which must be of one of `kinds`."""
        typed = self.expr(node)
        if typed.kind not in kinds:
            wanted = "或".join(dict.fromkeys(TITLES[kind] for kind in kinds))
            self.refuse(node, f"这里要{wanted}，得到的是{TITLES[typed.kind]}")
        return typed

    def list_of(self, node: Syntax) -> t.ListExpr:
        """The same, which must be a list."""
        typed = self.of_kind(node, *t.LISTS)
        if not isinstance(typed, (t.Path, t.Filter)):
            self.refuse(node, "这里要一个清单字段")
        return typed

    def common(self, where: Syntax, a: t.Expr, b: t.Expr) -> t.Kind:
        """The kind that both are of; any number goes with any other."""
        if a.kind is b.kind:
            return a.kind
        if a.kind in NUMBERS and b.kind in NUMBERS:
            return t.Kind.NUMBER
        self.refuse(where, f"{TITLES[a.kind]}与{TITLES[b.kind]}不是一类，不能放在一起")

    def field(self, path: t.Path) -> FieldType:
        """The declaration of the field that a path ends in."""
        return self.vocabulary.schema.get(path.record).fields[path.field]

    def bind(self, node: Syntax, source: t.ListExpr) -> tuple[str, Checker]:
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
        bound: Record | String
        if path.target is None:
            bound = Choice(var, self.field(path).values)
        else:
            bound = Record(var, 0, self.vocabulary.schema.get(path.target))
        return var, replace(self, scope={**self.scope, name: bound})


Handler = Callable[[Checker, Syntax], t.Expr]
"""What makes typed trees of one kind of syntax."""


def tree(node: object) -> Syntax:
    """A child that the grammar makes a piece of syntax."""
    return cast("Syntax", node)
