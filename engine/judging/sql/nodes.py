"""Short ways to build the few kinds of sqlglot expression the engine writes.

Operands are put in brackets wherever precedence could matter. An expression may stand in more
than one place: nothing here is changed once it is built. What a constant settles is settled
here: the database takes time for every part of a query.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Final

from sqlglot import exp

TRUE: Final = exp.Boolean(this=True)
FALSE: Final = exp.Boolean(this=False)

_COMPARE: Final[dict[str, type[exp.Binary]]] = {
    "==": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
_SMALL: Final = 2**15
"""Below this a constant needs no cast: the product of two fits the database's INTEGER."""

_COMPOUND: Final = (exp.Binary, exp.Unary, exp.Predicate)


def _operand(node: exp.Expression) -> exp.Expression:
    plain = not isinstance(node, _COMPOUND) or isinstance(node, (exp.Paren, exp.Boolean))
    return node if plain else exp.Paren(this=node)


@cache
def sql_type(text: str) -> exp.DataType:
    """The type that DuckDB calls `text`."""
    return exp.DataType.build(text, dialect="duckdb")


@cache
def name(text: str) -> exp.Identifier:
    """A quoted identifier."""
    return exp.to_identifier(text, quoted=True)


def column(text: str, table: str | None = None) -> exp.Column:
    """A column, of `table` if given."""
    return exp.Column(this=name(text), table=None if table is None else name(table))


def cast(node: exp.Expression, to: str) -> exp.Expression:
    """`node` as type `to`."""
    return exp.Cast(this=node, to=sql_type(to))


def null(of: str) -> exp.Expression:
    """A NULL of a type: an untyped one would become an integer on its way."""
    return cast(exp.Null(), of)


def integer(value: int) -> exp.Expression:
    """An integer constant, wide enough never to overflow when two are multiplied."""
    if 0 <= value < _SMALL:
        return exp.Literal.number(value)
    return cast(exp.Literal.string(str(value)), "BIGINT")


def date(value: dt.date) -> exp.Expression:
    """A constant day."""
    return cast(exp.Literal.string(value.isoformat()), "DATE")


def text(value: str) -> exp.Expression:
    """A constant string."""
    return exp.Literal.string(value)


def alias(value: exp.Expression, as_name: str) -> exp.Expression:
    """A column of a SELECT, with its name."""
    return exp.Alias(this=value, alias=name(as_name))


def table(text: str, as_name: str | None = None) -> exp.Table:
    """A table or step to select from, under a name of its own if given."""
    alias = None if as_name is None else exp.TableAlias(this=name(as_name))
    return exp.Table(this=name(text), alias=alias)


def call(function: str, *args: exp.Expression) -> exp.Expression:
    """A call of a function or macro of the database."""
    return exp.Anonymous(this=function, expressions=list(args))


def compare(op: str, left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """`left op right`, with the language's operator names."""
    return _COMPARE[op](this=_operand(left), expression=_operand(right))  # type: ignore[return-value]


def among(item: exp.Expression, values: Sequence[exp.Expression]) -> exp.Expression:
    """`item IN (values)`; the values are constants, so NULL only where the item is."""
    return exp.In(this=_operand(item), expressions=list(values))


def both(*items: exp.Expression) -> exp.Expression:
    """Kleene's and, which is SQL's own."""
    return _connected(exp.And, [item for item in items if item is not TRUE], TRUE, FALSE)


def either(*items: exp.Expression) -> exp.Expression:
    """Kleene's or, which is SQL's own."""
    return _connected(exp.Or, [item for item in items if item is not FALSE], FALSE, TRUE)


def _connected(
    kind: type[exp.Connector],
    items: Sequence[exp.Expression],
    none: exp.Expression,
    settling: exp.Expression,
) -> exp.Expression:
    """`none` without items; `settling` as soon as it is one of them."""
    if any(item is settling for item in items):
        return settling
    if not items:
        return none
    result: exp.Expression = items[0]
    for item in items[1:]:
        left = result if isinstance(result, kind) else _operand(result)
        result = kind(this=left, expression=_operand(item))  # type: ignore[assignment]
    return result


def negate(item: exp.Expression) -> exp.Expression:
    """Kleene's not, which is SQL's own."""
    if isinstance(item, exp.Boolean):
        return FALSE if item is TRUE else TRUE
    return exp.Not(this=_operand(item))


def is_null(item: exp.Expression) -> exp.Expression:
    """Whether there is no value; itself never NULL."""
    if isinstance(item, exp.Boolean):
        return FALSE
    return exp.Is(this=_operand(item), expression=exp.Null())


def not_null(item: exp.Expression) -> exp.Expression:
    """Whether there is a value; itself never NULL."""
    return negate(is_null(item))


def not_false(item: exp.Expression) -> exp.Expression:
    """Whether a truth is true or unknown; itself never NULL."""
    return or_else(item, TRUE)


def surely(item: exp.Expression) -> exp.Expression:
    """Whether a truth is true; itself never NULL."""
    return or_else(item, FALSE)


def or_else(item: exp.Expression, fallback: exp.Expression) -> exp.Expression:
    """`item`, or `fallback` where it is NULL."""
    if isinstance(item, exp.Boolean):
        return item
    return exp.Coalesce(this=item, expressions=[fallback])


def case(
    *branches: tuple[exp.Expression, exp.Expression], default: exp.Expression | None = None
) -> exp.Expression:
    """The value of the first branch whose condition is true, else `default` or NULL.

    A condition that is NULL counts as false, so a branch must be asked for by name.
    """
    ifs = []
    for condition, value in branches:
        if condition is TRUE:
            default = value
            break
        if condition is not FALSE:
            ifs.append(exp.If(this=condition, true=value))
    if ifs:
        return exp.Case(ifs=ifs, default=default)
    if default is not None:
        return default
    # A NULL of the branches' type.
    return exp.Case(ifs=[exp.If(this=condition, true=value) for condition, value in branches])


def truth(yes: exp.Expression, no: exp.Expression) -> exp.Expression:
    """True where `yes` is, false where `no` is, else unknown."""
    return case((yes, TRUE), (no, FALSE))


def plus(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """The sum."""
    return exp.Add(this=_operand(left), expression=_operand(right))


def minus(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """The difference."""
    return exp.Sub(this=_operand(left), expression=_operand(right))


def times(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """The product."""
    return exp.Mul(this=_operand(left), expression=_operand(right))


def any_of(condition: exp.Expression) -> exp.Expression:
    """Whether a row of a group fulfils a condition that is never NULL."""
    return compare(">", count(condition), integer(0))


def count(condition: exp.Expression) -> exp.Expression:
    """How many rows of a group fulfil a condition that is never NULL."""
    if condition is TRUE:
        return exp.Count(this=exp.Star())
    where = exp.Where(this=condition)
    return exp.Filter(this=exp.Count(this=exp.Star()), expression=where)
