"""The expressions of a ruleset, typed by its vocabulary, with the place of what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Term, Vocabulary
from engine.model.errors import ExpressionError, InvalidRulesetError
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.ruleset import files as f
from engine.ruleset.tables import Tables


class Expressions:
    """Terms and parameters of the tables, and what types an expression by them."""

    def __init__(self, tables: Tables, schema: Schema) -> None:
        self.tables, self.schema = tables, schema
        self.parameters = {
            PurePosixPath(name).stem: tables.table(name, f.ParameterFile)
            for name in tables.inside.values()
            if name.startswith("parameters/")
        }
        self.vocabulary = self._vocabulary()

    def _vocabulary(self) -> Vocabulary:
        terms = {
            name: Term(term.subject, term.title, term.expr)
            for name, term in self.tables.table("terms.yaml", f.TermFile).items()
        }
        params: dict[str, t.Kind] = {}
        for table in self.parameters.values():
            for name, parameter in table.items():
                whole = all(isinstance(p.value, (int, type(None))) for p in parameter.periods)
                whole = whole and params.get(name) is not t.Kind.NUMBER
                params[name] = t.Kind.INT if whole else t.Kind.NUMBER
        vocabulary = Vocabulary(self.schema, terms, params)
        for name, term in terms.items():
            kind = t.Kind.BOOL
            place = self.tables.written["terms.yaml", name]
            self.expr(place, name, term.text, term.subject, kind, vocabulary)
        return vocabulary

    def expr(  # noqa: PLR0913, PLR0917 - the place of an error and the text it is in
        self,
        file: str,
        key: str,
        text: str,
        subject: str,
        kind: t.Kind = t.Kind.BOOL,
        vocabulary: Vocabulary | None = None,
    ) -> t.Expr:
        """The typed tree of an expression that stands in `file` under `key`."""
        self.record_type(subject, file, key)
        try:
            return check(text, subject, kind, vocabulary or self.vocabulary)
        except ExpressionError as error:
            line = self.tables.line(file, key)
            raise InvalidRulesetError(str(error), file=file, line=line, key=key) from None

    def record_type(self, name: str, file: str, key: str) -> RecordType:
        """The record type called `name`, which stands in `file` under `key`."""
        try:
            return self.schema.get(name)
        except InvalidRulesetError as error:
            line = self.tables.line(file, key)
            raise InvalidRulesetError(error.reason, file=file, line=line, key=key) from None

    def lowering(self, adjustments: Mapping[str, f.AdjustmentFile]) -> dict[str, list[t.Expr]]:
        """Conditions under which findings weigh less, by the type of record they speak of."""
        lowering: dict[str, list[t.Expr]] = {}
        for name, entry in adjustments.items():
            condition = self.expr("adjustments.yaml", name, entry.when, entry.subject)
            lowering.setdefault(entry.subject, []).append(condition)
        return lowering
