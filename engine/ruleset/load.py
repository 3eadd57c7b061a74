"""Reading a ruleset: YAML files to a `Ruleset`, every name resolved and every text dated."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from pydantic import BaseModel, RootModel

from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Term, Vocabulary
from engine.model.errors import ExpressionError, InvalidRulesetError, nearest
from engine.model.outcome import Severity
from engine.model.schema import RecordType, Schema
from engine.model.strict_yaml import Plain, YamlMap, load_yaml, validate
from engine.ruleset import files as f
from engine.ruleset import force
from engine.ruleset.contradictions import contradictions
from engine.ruleset.filled import filled
from engine.ruleset.manual import answer_applies, answer_met
from engine.ruleset.model import Gate, Requirement, Ruleset, Severities, Text

_Model = TypeVar("_Model", bound=BaseModel)

EXPECTED: Final = ".expected.yaml"
"""How the files beside the requirements end that say what must be found where: not rules."""

_SHARED: Final = (
    "ruleset",
    "instruments",
    "terms",
    "gates",
    "adjustments",
    "ids",
    "outline",
    "unread",
    "form",
    "infeasible",
    "accepted",
)
_NOT_DOMAINS: Final = ("parameters", "profiles")


def load_ruleset(folder: Path, schema: Schema) -> Ruleset:
    """The ruleset in `folder`, whose record types are `schema`.

    Raises `InvalidRulesetError` naming file, key and the nearest right spelling.
    """
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.y*ml"))
        if not path.name.endswith(EXPECTED)
    }
    return _Loader(texts, schema).ruleset()


class _Loader:
    def __init__(self, texts: Mapping[str, str], schema: Schema) -> None:
        self.texts, self.schema = texts, schema
        self._read: dict[str, Plain] = {}
        self.instruments = self._table("instruments.yaml", f.InstrumentFile)
        self.parameters = {
            PurePosixPath(name).stem: self._table(name, f.ParameterFile)
            for name in texts
            if name.startswith("parameters/")
        }
        self.vocabulary = self._vocabulary()
        self.adjustments = self._table("adjustments.yaml", f.AdjustmentFile)
        self.lowering = self._lowering()
        self.outline = self._table("outline.yaml", f.SectionFile)

    def ruleset(self) -> Ruleset:
        """Everything, checked against each other."""
        contradictions(self.schema)
        head = self._file("ruleset.yaml", f.RulesetFile)
        written: dict[str, f.RequirementFile] = {}
        places: dict[str, str] = {}
        requirements: dict[str, Requirement] = {}
        for name in self.texts:
            place = PurePosixPath(name)
            if place.suffix != ".yaml" or len(place.parts) > 2:
                message = "不会读这个文件：要求写在 <领域>/<id>.yaml"
                raise InvalidRulesetError(message, file=name)
            if len(place.parts) == 1:
                if place.stem not in _SHARED:
                    raise InvalidRulesetError("规则集里没有这种文件", file=name)
                continue
            if place.parts[0] in _NOT_DOMAINS:
                continue
            file = validate(f.RequirementFile, filled(self._raw(name), name), name)
            if file.id != place.stem:
                raise InvalidRulesetError(f"文件名须与 id“{file.id}”一致", file=name, key="id")
            if file.id in written:
                raise InvalidRulesetError(f"id“{file.id}”重复", file=name, key="id")
            written[file.id], places[file.id] = file, name
            if file.kind is not f.RequirementKind.COVERED:
                requirements[file.id] = _Compiler(self, name, file).requirement()
        self._check_references(written, places, requirements)
        gates = self._gates(requirements)
        return Ruleset(
            version=head.version,
            sha256=self._digest(),
            schema=self.schema,
            vocabulary=self.vocabulary,
            requirements=dict(sorted(requirements.items())),
            covered={n: w for n, w in sorted(written.items()) if n not in requirements},
            gates=gates,
            instruments=self.instruments,
            parameters=self.parameters,
            profiles=self._profiles(requirements, gates),
            domains={name: PurePosixPath(place).parts[0] for name, place in places.items()},
            terms=self._table("terms.yaml", f.TermFile),
            adjustments=self.adjustments,
            ids=self._table("ids.yaml", f.IdFile),
            outline=self.outline,
            unread=self._table("unread.yaml", f.UnreadFile),
            form=self._form(),
            infeasible=self._table("infeasible.yaml", f.InfeasibleFile),
            accepted=self._table("accepted.yaml", f.AcceptedFile),
            lines={
                f"rulesets/{name}": raw.lines
                for name, raw in self._read.items()
                if isinstance(raw, YamlMap)
            },
        )

    def _profiles(
        self, requirements: Mapping[str, Requirement], gates: Mapping[str, Gate]
    ) -> dict[str, tuple[str, ...]]:
        profiles = {}
        for name in self.texts:
            place = PurePosixPath(name)
            if place.parts[0] == "profiles":
                file = self._file(name, f.ProfileFile)
                for wanted in file.requirements:
                    self.known(wanted, requirements, name, "requirements")
                for wanted in file.gates:
                    self.known(wanted, gates, name, "gates")
                of_gates = (r for g in file.gates for r in gates[g].stands_on())
                profiles[place.stem] = tuple(dict.fromkeys((*file.requirements, *of_gates)))
        return profiles

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for name, text in sorted(self.texts.items()):
            digest.update(f"{name}\0{text}\0".encode())
        return digest.hexdigest()

    def _file(self, name: str, model: type[_Model]) -> _Model:
        if name not in self.texts:
            raise InvalidRulesetError("规则集缺少这个文件", file=name)
        return validate(model, self._raw(name), name)

    def _raw(self, name: str) -> Plain:
        if name not in self._read:
            self._read[name] = load_yaml(self.texts[name], name)
        return self._read[name]

    def line(self, name: str, key: str) -> int | None:
        """The line on which `key` of a file stands."""
        raw = self._raw(name)
        return raw.lines.get(key) if isinstance(raw, YamlMap) else None

    def _table(self, name: str, model: type[_Model]) -> dict[str, _Model]:
        """A file that maps names to entries; a missing one is an empty one."""
        if name not in self.texts:
            return {}
        table = RootModel[dict[str, model]]  # type: ignore[valid-type]
        return validate(table, self._raw(name), name).root

    def _vocabulary(self) -> Vocabulary:
        terms = {
            name: Term(term.subject, term.title, term.expr)
            for name, term in self._table("terms.yaml", f.TermFile).items()
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
            self.expr("terms.yaml", name, term.text, term.subject, kind, vocabulary)
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
            line = self.line(file, key)
            raise InvalidRulesetError(str(error), file=file, line=line, key=key) from None

    def record_type(self, name: str, file: str, key: str) -> RecordType:
        """The record type called `name`, which stands in `file` under `key`."""
        try:
            return self.schema.get(name)
        except InvalidRulesetError as error:
            line = self.line(file, key)
            raise InvalidRulesetError(error.reason, file=file, line=line, key=key) from None

    def _lowering(self) -> dict[str, list[t.Expr]]:
        lowering: dict[str, list[t.Expr]] = {}
        for name, entry in self.adjustments.items():
            condition = self.expr("adjustments.yaml", name, entry.when, entry.subject)
            lowering.setdefault(entry.subject, []).append(condition)
        return lowering

    def _gates(self, requirements: Mapping[str, Requirement]) -> dict[str, Gate]:
        gates = {}
        for name, gate in self._table("gates.yaml", f.GateFile).items():
            self._check_assumed(name, gate)
            for wanted in (gate.classification, *gate.requirements):
                self.known(wanted, requirements, "gates.yaml", name)
                subject = self.schema.get(requirements[wanted].subject)
                if gate.subject not in (subject.type, subject.parent):
                    raise InvalidRulesetError(
                        f"“{wanted}”不是关于“{gate.subject}”的要求", file="gates.yaml", key=name
                    )
            gates[name] = Gate(
                name,
                gate.title,
                gate.subject,
                gate.classification,
                gate.assumes,
                gate.requirements,
            )
        return gates

    def _form(self) -> dict[str, f.SlotFile]:
        """The head of the form, every field one of the subject that the gates are for."""
        form = self._table("form.yaml", f.SlotFile)
        subject = next((g.subject for g in self._table("gates.yaml", f.GateFile).values()), "")
        for title, slot in form.items():
            if slot.field is not None:
                fields = self.record_type(subject, "form.yaml", title).fields
                self.known(slot.field, fields, "form.yaml", title)
        return form

    def _check_assumed(self, name: str, gate: f.GateFile) -> None:
        """Refuse a day taken as happened that is no day of something that happens."""
        fields = self.record_type(gate.subject, "gates.yaml", name).fields
        if gate.assumes is None:
            return
        path = gate.assumes
        self.known(path, fields, "gates.yaml", name)
        if fields[path].time != "event":
            message = f"assumes 须是记录已发生之事的日期字段，“{path}”不是"
            raise InvalidRulesetError(message, file="gates.yaml", key=name)

    def known(self, name: str, names: Iterable[str], file: str, key: str) -> None:
        """Refuse a name that is not among `names`."""
        names = list(names)
        if name not in names:
            message = f"没有“{name}”" + nearest(name, names)
            raise InvalidRulesetError(message, file=file, line=self.line(file, key), key=key)

    def _check_references(
        self,
        written: Mapping[str, f.RequirementFile],
        places: Mapping[str, str],
        requirements: Mapping[str, Requirement],
    ) -> None:
        for name, file in written.items():
            for basis in file.basis:
                self.known(basis.instrument, self.instruments, places[name], "basis")
            for section in file.outline if self.outline else ():
                self.known(section, self.outline, places[name], "outline")
            for other in file.covered_by:
                self.known(other, requirements, places[name], "covered_by")


class _Compiler:
    """One requirement file, its expressions typed and its texts dated."""

    def __init__(self, loader: _Loader, name: str, file: f.RequirementFile) -> None:
        self.loader, self.name, self.file = loader, name, file
        loader.record_type(file.subject, name, "subject")

    def requirement(self) -> Requirement:
        """The requirement, current text first."""
        file = self.file
        for basis in (*file.basis, *(b for v in file.versions for b in v.basis)):
            self.loader.known(basis.instrument, self.loader.instruments, self.name, "basis")
        try:
            older = sorted(file.versions, key=lambda v: self._start(v.basis), reverse=True)
            written = [self._text(None), *map(self._text, older)]
            texts = force.dated(written, self.loader.instruments)
        except InvalidRulesetError as error:
            if error.file:
                raise
            line = self.loader.line(self.name, error.key)
            raise InvalidRulesetError(
                error.reason, file=self.name, line=line, key=error.key
            ) from None
        return Requirement(
            id=file.id,
            domain=PurePosixPath(self.name).parts[0],
            title=file.title,
            subject=file.subject,
            kind=file.kind,
            severities=self._severities(),
            act_on=self._expr("act_on", file.act_on or "as_of", t.Kind.DATE),
            texts=texts,
            show=tuple(self._field(text) for text in file.show),
            confirmed=file.confirmed and not self._rests_on_doubtful(texts),
            file=file,
        )

    def _rests_on_doubtful(self, texts: Iterable[Text]) -> bool:
        """Whether a text reads a parameter whose value is not confirmed."""
        doubtful = {
            name
            for table in self.loader.parameters.values()
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
        return self.loader.expr(self.name, key, text, self.file.subject, kind)

    def _severities(self) -> Severities:
        lower = tuple(self.loader.lowering.get(self.file.subject, ()))
        written = self.file.severity
        if isinstance(written, Severity):
            return Severities((), written, lower)
        *cases, last = written
        typed = tuple((self._expr("severity", case.when or ""), case.level) for case in cases)
        return Severities(typed, last.level, lower)

    def _text(self, version: f.VersionFile | None) -> Text:
        file = self.file
        own = version if version is not None and version.require is not None else file
        message, remedy, due = file.message, file.remedy, file.due
        applies, require, basis = file.applies, file.require, file.basis
        if version is not None:
            message, remedy = version.message or message, version.remedy or remedy
            due, basis = version.due or due, version.basis
            applies, require = version.applies or applies, version.require or require
        typed_applies = self._expr("applies", applies)
        if file.kind is f.RequirementKind.MANUAL:
            typed_applies = t.And((typed_applies, answer_applies(file.subject, file.id)))
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
        )

    def _field(self, text: str) -> tuple[str, str]:
        """A field named in `evidence`, as record type and path."""
        record, _, path = text.partition(".")
        known = self.loader.record_type(record, self.name, "evidence")
        self.loader.known(path, known.names(), self.name, "evidence")
        return record, path

    def _start(self, basis: Iterable[f.Basis]) -> dt.date:
        return force.windows(basis, self.loader.instruments)[0][0].start
