"""From a requirement file to a requirement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.language import tree as t
from engine.model.errors import InvalidRulesetError
from engine.model.outcome import Outcome, Severity, Unconfirmed
from engine.ruleset import files as f
from engine.ruleset import force
from engine.ruleset.expressions import Expressions
from engine.ruleset.frozen import Later
from engine.ruleset.manual import answer_applies, answer_met
from engine.ruleset.model import Requirement, Severities, Text


@dataclass(frozen=True)
class Shared:
    """What all requirement files are compiled with.

    `lowering` holds conditions under which findings weigh less, by the type of their subject;
    `carried` what outlines after the first carry of each requirement.
    """

    expressions: Expressions
    instruments: Mapping[str, f.InstrumentFile]
    lowering: Mapping[str, Sequence[t.Expr]]
    carried: Mapping[str, tuple[f.Basis, ...]]


class Compiler:
    """A requirement file, its expressions typed and its texts dated: one for each file `name`."""

    def __init__(self, shared: Shared, name: str, file: f.RequirementFile) -> None:
        self.shared, self.name, self.file = shared, name, file
        self.tables = shared.expressions.tables
        shared.expressions.record_type(file.subject, name, "subject")

    def requirement(self) -> Requirement:
        """The requirement, current text first."""
        file = self.file
        for basis in (*file.basis, *(b for v in file.versions for b in v.basis)):
            self.tables.known(basis.instrument, self.shared.instruments, self.name, "basis")
        try:
            older = sorted(file.versions, key=lambda v: self._start(v.basis), reverse=True)
            written = [self._text(None), *map(self._text, older)]
            texts = force.dated(written, self.shared.instruments)
        except InvalidRulesetError as error:
            if error.file:
                raise
            line = self.tables.line(self.name, error.key)
            raise InvalidRulesetError(
                error.reason, file=self.name, line=line, key=error.key
            ) from None
        return Requirement(
            id=file.id,
            domain=self.tables.domain(self.name),
            title=file.title,
            subject=file.subject,
            kind=file.kind,
            severities=self._severities(),
            act_on=self._expr("act_on", file.act_on or "as_of", t.Kind.DATE),
            texts=texts,
            show=tuple(self._field(text) for text in file.show),
            unconfirmed=self._unconfirmed(texts),
            file=file.model_copy(update={"examples": ()}),
            worked=Later(file.examples),
        )

    def _unconfirmed(self, texts: Iterable[Text]) -> Unconfirmed | None:
        if isinstance(self.file.confirmed, Unconfirmed):
            return self.file.confirmed
        return Unconfirmed.UNREAD if self._rests_on_doubtful(texts) else None

    def _rests_on_doubtful(self, texts: Iterable[Text]) -> bool:
        """Whether a text reads a parameter whose value is not confirmed."""
        doubtful = {
            name
            for table in self.shared.expressions.parameters.values()
            for name, parameter in table.items()
            if any(not period.confirmed for period in parameter.periods)
        }
        return any(
            isinstance(node, t.Param) and node.name in doubtful
            for text in texts
            for part in (text.applies, text.require, text.due)
            if part is not None
            for node in t.walk(part)
        )

    def _expr(self, key: str, text: str, kind: t.Kind = t.Kind.BOOL) -> t.Expr:
        return self.shared.expressions.expr(self.name, key, text, self.file.subject, kind)

    def _severities(self) -> Severities:
        lower = tuple(self.shared.lowering.get(self.file.subject, ()))
        written = self.file.severity
        if isinstance(written, Severity):
            return Severities((), written, lower)
        *cases, last = written
        typed = tuple((self._expr("severity", case.when or ""), case.level) for case in cases)
        return Severities(typed, last.level, lower)

    def _text(self, version: f.VersionFile | None) -> Text:
        file = self.file
        own = version if version is not None and version.require is not None else file
        message, remedy, redress, due = file.message, file.remedy, file.redress, file.due
        applies, require = file.applies, file.require
        basis = (*file.basis, *self.shared.carried.get(file.id, ()))
        if version is not None:
            message, remedy = version.message or message, version.remedy or remedy
            redress = version.redress or redress
            due, basis = version.due or due, version.basis
            applies, require = version.applies or applies, version.require or require
        typed_applies = self._expr("applies", applies)
        if file.kind is f.RequirementKind.MANUAL:
            beside = answer_applies(file.subject, file.id, early=bool(own.evidence))
            typed_applies = t.And((typed_applies, beside))
            typed_require = answer_met(file.subject, file.id)
        else:
            typed_require = self._expr("require", require or "")
        note = own.note
        return Text(
            basis=basis,
            windows=(),
            lawful=(),
            applies=typed_applies,
            require=typed_require,
            lenient=self._expr("lenient", own.lenient) if own.lenient else None,
            due=self._expr("due", due, t.Kind.DATE) if due else None,
            evidence=frozenset(self._field(text) for text in own.evidence),
            note=(self._expr("note", note.when), note.text) if note else None,
            message=message or "",
            remedy=remedy or "",
            redress=redress or "",
            house=file.due_basis == "house",
            noted=Outcome.NOT_APPLICABLE if note and note.beside else Outcome.MET,
        )

    def _field(self, text: str) -> tuple[str, str]:
        """A field named in `evidence`, as record type and path."""
        record, _, path = text.partition(".")
        known = self.shared.expressions.record_type(record, self.name, "evidence")
        self.tables.known(path, known.names(), self.name, "evidence")
        return record, path

    def _start(self, basis: Iterable[f.Basis]) -> dt.date:
        return force.windows(basis, self.shared.instruments)[0][0].start
