"""What record types declare that can't be so, as typed trees: once for a schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from engine.language import tree as t
from engine.language.vocabulary import Vocabulary
from engine.model.errors import ExpressionError, InvalidRulesetError
from engine.model.record_type import Contradiction
from engine.model.schema import Schema
from engine.ruleset import derived

Contradictions: TypeAlias = Mapping[str, tuple[tuple[t.Expr, Contradiction], ...]]
"""By record type: the condition under which its facts can't all be so, and what it says."""


def contradictions(schema: Schema) -> Contradictions:
    """The contradictions of all record types.

    Raises `InvalidRulesetError` with the record type's file and the nearest right spelling.
    """
    return derived.recall("contradictions", (), schema, None, lambda: _typed(schema))


def _typed(schema: Schema) -> Contradictions:
    # Only here, so that what has them typed does not wait for the parser.
    from engine.language.check import check  # noqa: PLC0415

    vocabulary = Vocabulary(schema)
    found = {}
    for name, record_type in schema.types.items():
        if not record_type.contradictions:
            continue
        typed = []
        for number, clash in enumerate(record_type.contradictions, 1):
            try:
                typed.append((check(clash.when, name, t.Kind.BOOL, vocabulary), clash))
            except ExpressionError as error:
                key = f"contradictions 第{number}条"
                raise InvalidRulesetError(str(error), file=schema.file_of(name), key=key) from None
        found[name] = tuple(typed)
    return found
