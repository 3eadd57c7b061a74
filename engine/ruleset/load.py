"""Reading a ruleset: YAML files to a `Ruleset`, every name resolved and every text dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from pydantic import BaseModel, RootModel

from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Term, Vocabulary
from engine.model.errors import ExpressionError, InvalidRulesetError, nearest
from engine.model.outcome import Severity
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.strict_yaml import Plain, YamlMap, load_yaml, validate
from engine.ruleset import files as f
from engine.ruleset import force
from engine.ruleset.contradictions import contradictions
from engine.ruleset.filled import filled
from engine.ruleset.local import REFUSED, LocalFolder, LocalRules, digest, is_local
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
_NAMED: Final = ("requirements", "terms.yaml", "instruments.yaml", "ids.yaml")
"""Tables whose keys are names; so are those of parameter files. Others name what is named here."""


def load_ruleset(folder: Path, schema: Schema, local: Sequence[LocalFolder] = ()) -> Ruleset:
    """The ruleset in `folder` with what local folders add to it; `schema` holds all record types.

    Raises `InvalidRulesetError` naming file, key and the nearest right spelling, also for what a
    local folder may not do.
    """
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.y*ml"))
        if not path.name.endswith(EXPECTED)
    }
    return _Loader(texts, schema, local).ruleset()


class _Loader:
    """`texts` holds every file by its place: ours by path, a local one below its folder's name."""

    def __init__(
        self, texts: Mapping[str, str], schema: Schema, local: Sequence[LocalFolder]
    ) -> None:
        self.ours, self.local, self.schema = texts, local, schema
        self.inside: dict[str, str] = {name: name for name in texts}
        self.texts = dict(texts)
        for folder in local:
            for path, text in folder.rules().items():
                self._allow(folder, path)
                self.inside[f"{folder.name}/{path}"] = path
                self.texts[f"{folder.name}/{path}"] = text
        self._read: dict[str, Plain] = {}
        self.written: dict[tuple[str, str], str] = {}
        self.instruments = self._table("instruments.yaml", f.InstrumentFile)
        self.parameters = {
            PurePosixPath(name).stem: self._table(name, f.ParameterFile)
            for name in self.inside.values()
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
        for name, path in self.inside.items():
            place = PurePosixPath(path)
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
            self.claim("requirements", file.id, name, "id")
            written[file.id], places[file.id] = file, name
            if file.kind is not f.RequirementKind.COVERED:
                requirements[file.id] = _Compiler(self, name, file).requirement()
        self._check_references(written, places, requirements)
        gates = self._gates(requirements)
        return Ruleset(
            version=head.version,
            sha256=digest(self.ours),
            local=tuple(map(self._rules_of, self.local)),
            schema=self.schema,
            vocabulary=self.vocabulary,
            requirements=dict(sorted(requirements.items())),
            covered={n: w for n, w in sorted(written.items()) if n not in requirements},
            gates=gates,
            instruments=self.instruments,
            parameters=self.parameters,
            profiles=self._profiles(requirements, gates),
            domains={name: self.domain(place) for name, place in places.items()},
            terms=self._table("terms.yaml", f.TermFile),
            adjustments=self.adjustments,
            ids=self._table("ids.yaml", f.IdFile),
            outline=self.outline,
            unread=self._table("unread.yaml", f.UnreadFile),
            form=self._form(),
            infeasible=self._table("infeasible.yaml", f.InfeasibleFile),
            accepted=self._table("accepted.yaml", f.AcceptedFile),
            written={what: self.shown(place) for what, place in self.written.items()},
            lines={
                self.shown(name): raw.lines
                for name, raw in self._read.items()
                if isinstance(raw, YamlMap)
            },
        )

    def _profiles(
        self, requirements: Mapping[str, Requirement], gates: Mapping[str, Gate]
    ) -> dict[str, tuple[str, ...]]:
        profiles = {}
        for name in self.ours:
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

    @staticmethod
    def _allow(folder: LocalFolder, path: str) -> None:
        """Refuse a file by which a local folder would change what ours say."""
        why = REFUSED.get(PurePosixPath(path).parts[0].removesuffix(".yaml"))
        if why is not None:
            message = f"本地规则不能有这个文件：{why}"
            raise InvalidRulesetError(message, file=f"{folder.name}/{path}")

    def _rules_of(self, folder: LocalFolder) -> LocalRules:
        head = f"{folder.name}/ruleset.yaml"
        version = self._file(head, f.RulesetFile).version if head in self.texts else ""
        return LocalRules(folder.name, version, folder.sha256)

    def is_ours(self, place: str) -> bool:
        """Whether a file is one of those that come with fazhi."""
        return place in self.ours

    def shown(self, place: str) -> str:
        """A file as lint names it."""
        return f"rulesets/{place}" if self.is_ours(place) else place

    def domain(self, place: str) -> str:
        """The folder that a requirement stands in."""
        return PurePosixPath(self.inside[place]).parts[0]

    def claim(self, table: str, name: str, place: str, key: str) -> None:
        """Give a name to what stands in `place`; refuse one that is taken, ours or another's.

        Names of ours and of local folders are kept apart by how they begin.
        """
        other = self.written.get((table, name))
        ours = self.is_ours(place)
        reason = ""
        if other is not None and (ours or not self.is_ours(other)):
            reason = f"“{name}”重复，{other} 已有"
        elif other is not None:
            reason = f"“{name}”是随附规则集的（{other}），本地规则不能改它；另起名字，以 local 开头"
        elif _names(table) and ours == is_local(name):
            reason = (
                f"“{name}”不能以 local 开头：这样的名字留给本地规则"
                if ours
                else f"本地规则的名字须以 local- 或 local_ 开头，如“{_example(table, name)}”"
            )
        if reason:
            raise InvalidRulesetError(reason, file=place, line=self.line(place, key), key=key)
        self.written[table, name] = place

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
        """A file that maps names to entries, ours and those of local folders together.

        A missing file is an empty one.
        """
        table = RootModel[dict[str, model]]  # type: ignore[valid-type]
        found: dict[str, _Model] = {}
        for place in self.places(name):
            for key, entry in validate(table, self._raw(place), place).root.items():
                if (name, key) not in self.written or self.written[name, key] != place:
                    self.claim(name, key, place, key)
                found[key] = entry
        return found

    def places(self, path: str) -> list[str]:
        """Every file that stands at `path` of its folder, ours first."""
        return [place for place, inside in self.inside.items() if inside == path]

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
            place = self.written["terms.yaml", name]
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
        written = self._ours("gates.yaml", f.GateFile)
        for name, gate in written.items():
            self._check_assumed(name, gate)
            added = [("gates.yaml", (gate.classification, *gate.requirements))]
            added += self._added(name, written)
            for place, names in added:
                self._check_gate(gate, names, requirements, place, name)
            more = (wanted for _, names in added[1:] for wanted in names)
            gates[name] = Gate(
                name,
                gate.title,
                gate.subject,
                gate.classification,
                gate.assumes,
                tuple(dict.fromkeys((*gate.requirements, *more))),
            )
        return gates

    def _ours(self, name: str, model: type[_Model]) -> dict[str, _Model]:
        """A table that is ours alone."""
        table = RootModel[dict[str, model]]  # type: ignore[valid-type]
        return validate(table, self._raw(name), name).root if name in self.ours else {}

    def _added(
        self, gate: str, gates: Mapping[str, f.GateFile]
    ) -> list[tuple[str, tuple[str, ...]]]:
        """What local folders make a gate stand on besides, by file."""
        table = RootModel[dict[str, f.GateAdditionFile]]
        found = []
        for place in self.places("gates.yaml"):
            if not self.is_ours(place):
                written = validate(table, self._raw(place), place).root
                for name in written:
                    self.known(name, gates, place, name)
                if gate in written:
                    found.append((place, written[gate].requirements))
        return found

    def _check_gate(
        self,
        gate: f.GateFile,
        names: Iterable[str],
        requirements: Mapping[str, Requirement],
        place: str,
        key: str,
    ) -> None:
        for wanted in names:
            self.known(wanted, requirements, place, key)
            subject = self.schema.get(requirements[wanted].subject)
            if gate.subject not in (subject.type, subject.parent):
                message = f"“{wanted}”不是关于“{gate.subject}”的要求"
                raise InvalidRulesetError(message, file=place, key=key)

    def _form(self) -> dict[str, f.SlotFile]:
        """The head of the form, every field one of the subject that the gates are for."""
        form = self._table("form.yaml", f.SlotFile)
        subject = next((g.subject for g in self._ours("gates.yaml", f.GateFile).values()), "")
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
            domain=self.loader.domain(self.name),
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


def _names(table: str) -> bool:
    return table in _NAMED or table.startswith("parameters/")


def _example(table: str, name: str) -> str:
    joined = "-" if table in ("requirements", "ids.yaml", "instruments.yaml") else "_"
    return f"local{joined}{name}"
