"""What the name of a file or a sheet says of the ledgers in it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from engine.model.facts import stem
from engine.model.regex import regex
from engine.model.schema import Schema
from facts.ledgers.sheet_names import names_of, says
from facts.writing.text import fold

_BESIDE: Final = regex(
    r"[12][0-9]{3}年?度?|[(（\[〔].*?[)）\]〕]|[上下]半年|[一二三四1-4]季度|[0-9]+月份?"
    r"|[-_.\s0-9]+|名单|清单|导出|明细|汇总"
)
"""What stands beside the name of a ledger and says of which time, or how it was made."""
_BODIES: Final = tuple("省市县区镇乡局厅委府")
"""What the names of places and bodies end with; whose ledger it is stands before it."""
_LISTS: Final = ("台账", "登记簿", "登记表", "名册", "明细表", "一览表", "汇总表")
"""What a file calls itself that holds a ledger, whatever it is written with."""


def is_called_ledger(path: str, schema: Schema) -> bool:
    """Whether a file calls itself a list of something that we know a ledger of, or just that."""
    name = fold(stem(path))
    alone = _BESIDE.sub("", name)
    names = [one for record_type in schema.types.values() for one in names_of(record_type)]
    whose = [alone.removesuffix(one) for one in names if alone.endswith(one)]
    if any(not body or body.endswith(_BODIES) for body in whose):
        return True
    return any(word in name for word in _LISTS) and bool(types_named(path, schema))


def types_named(path: str, schema: Schema) -> frozenset[str]:
    """The record types that a file may hold by its name; none if the name doesn't tell."""
    name = fold(stem(path))
    found = {
        record_type.type
        for record_type in schema.types.values()
        if any(says(name, word) for word in names_of(record_type))
    }
    return with_nested(found, schema)


def with_nested(types: AbstractSet[str], schema: Schema) -> frozenset[str]:
    """Record types with those of the lists in them."""
    return frozenset(types) | frozenset(
        n.of for t in types for n in schema.types[t].nested.values()
    )
