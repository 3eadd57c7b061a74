"""The procedures that timetables are made by: steps in their order, every field looked up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NoReturn

from engine.language import tree as t
from engine.model.errors import InvalidRulesetError, nearest
from engine.model.field import FieldKind, FieldType
from engine.model.record_type import RecordType
from engine.model.values import ABSENT, ABSENT_LIST, Elements, State
from engine.ruleset import files as f
from engine.ruleset.expressions import Expressions
from engine.ruleset.model import Gate, Place, Procedure, Requirement, Step, Supposal

FILE: Final = "procedures.yaml"

_KINDS: Final = {
    FieldKind.BOOL: t.Kind.BOOL,
    FieldKind.INT: t.Kind.INT,
    FieldKind.STRING: t.Kind.STRING,
    FieldKind.ENUM: t.Kind.STRING,
}


def procedures(
    expressions: Expressions, requirements: Mapping[str, Requirement], gates: Mapping[str, Gate]
) -> dict[str, Procedure]:
    """Every procedure by the type of its subject.

    Raises `InvalidRulesetError` for a field, requirement or gate that isn't there, a day that is
    no date, a value that its field can't hold, and a step that stands in two places.
    """
    written = expressions.tables.ours_alone(FILE, f.ProcedureFile)
    return {
        name: _Reader(expressions, name).procedure(file, requirements, gates)
        for name, file in written.items()
    }


class _Reader:
    """Reads the procedure of one type of subject."""

    def __init__(self, expressions: Expressions, subject: str) -> None:
        self.expressions, self.subject = expressions, subject
        self.schema, self.tables = expressions.schema, expressions.tables
        self.type = expressions.record_type(subject, FILE, subject)

    def procedure(
        self,
        file: f.ProcedureFile,
        requirements: Mapping[str, Requirement],
        gates: Mapping[str, Gate],
    ) -> Procedure:
        for gate in file.gates:
            self.tables.known(gate, gates, FILE, self.subject)
            if gates[gate].subject != self.subject:
                self.refuse(f"闸门“{gate}”不是关于“{self.subject}”的")
        for name in file.requirements:
            self.tables.known(name, requirements, FILE, self.subject)
            about = self.schema.types[requirements[name].subject]
            if self.subject not in (about.type, about.parent):
                self.refuse(f"“{name}”不是关于“{self.subject}”的要求")
        standing = [name for gate in file.gates for name in gates[gate].stands_on()]
        for name in file.apart:
            self.tables.known(name, dict.fromkeys(standing), FILE, self.subject)
            if requirements[name].subject != self.subject:
                self.refuse(f"apart 的“{name}”须是关于“{self.subject}”本身的要求")
        asked = dict.fromkeys((*file.requirements, *standing))
        return Procedure(
            self.subject,
            file.title,
            file.gates,
            tuple(name for name in asked if name not in file.apart),
            self.given(file.suppose),
            tuple(self.step(step) for step in file.steps),
            tuple(self.place(path)[0] for path in file.left),
            file.apart,
        )

    def step(self, file: f.StepFile) -> Step:
        days = tuple(self.day(path) for path in file.days)
        which = self.given(file.which)
        each = self.each(file.each)
        told = [one.place for one in which] + ([each[0]] if each is not None else [])
        if len({place.of for place in (*days, *told)}) > 1:
            self.refuse(f"“{file.title}”的各个日子、which、each 须在同一条记录里")
        return Step(
            file.title,
            file.by,
            days,
            file.goal,
            file.always,
            which,
            self.given(file.facts),
            self.given(file.otherwise),
            each,
        )

    def each(self, written: Mapping[str, str]) -> tuple[Place, str] | None:
        """The field that holds each value, and the set of the subject that they are of."""
        for path, values in written.items():
            place, spec = self.place(path)
            held = self.type.fields.get(values)
            if spec is None or spec.type is not FieldKind.STRING or not place.of:
                self.refuse(f"each 的“{path}”须是清单里各条的文字字段")
            if held is None or held.type is not FieldKind.SET:
                self.refuse(f"each 的“{values}”须是本事项的一个 set 字段")
            return place, values
        return None

    def day(self, path: str) -> Place:
        place, spec = self.place(path)
        if spec is None or spec.type is not FieldKind.DATE:
            self.refuse(f"“{path}”须是日期字段")
        return place

    def place(self, path: str) -> tuple[Place, FieldType | None]:
        """A field of the subject or of the elements of a list; a list of the subject has none."""
        if path in self.type.nested:
            return Place(self.subject, path), None
        head, _, rest = path.partition(".")
        of = head if path not in self.type.fields and head in self.type.nested else ""
        holder: RecordType = self.schema.types[self.type.nested[head].of] if of else self.type
        name = rest if of else path
        self.tables.known(name, holder.fields, FILE, self.subject)
        return Place(holder.type, name, of), holder.fields[name]

    def given(self, written: Mapping[str, f.Given]) -> tuple[Supposal, ...]:
        found = []
        for path, value in written.items():
            place, spec = self.place(path)
            if isinstance(value, f.OverFile):
                for other in value.over:
                    if spec is None or other not in spec.values:
                        self.refuse(f"“{path}”没有“{other}”这个取值")
                supposed = self.value(path, spec, value.value)
                found.append(Supposal(place, supposed, value.over))
            else:
                found.append(Supposal(place, self.value(path, spec, value)))
        return tuple(found)

    def value(self, path: str, spec: FieldType | None, value: f.Given) -> State | Elements | t.Expr:
        if isinstance(value, f.AsFile):
            kind = _KINDS.get(spec.type) if spec is not None else None
            if kind is None:
                self.refuse(f"“{path}”不能由式子得出")
            return self.expressions.expr(FILE, self.subject, value.expr, self.subject, kind)
        if spec is None or spec.type is FieldKind.SET:
            return self.items(path, spec, value)
        return self.scalar(spec, value)

    def items(self, path: str, spec: FieldType | None, value: f.Given) -> Elements:
        if value is None:
            return ABSENT_LIST
        if not isinstance(value, tuple) or (spec is None and value):
            self.refuse(f"“{path}”是清单，写 […] 或 null；记录的清单只能写 [] 或 null")
        known = spec.values if spec is not None else {}
        for item in value if known else ():
            if item not in known:
                self.refuse(f"“{path}”没有“{item}”这个取值" + nearest(item, known))
        return Elements(value, closed=True)

    def scalar(self, spec: FieldType, value: f.Given) -> State:
        match spec.type:
            case _ if value is None:
                return ABSENT
            case FieldKind.BOOL if isinstance(value, bool):
                return value
            case FieldKind.INT if isinstance(value, int) and not isinstance(value, bool):
                return value
            case FieldKind.STRING if isinstance(value, str):
                return value
            case FieldKind.ENUM if isinstance(value, str) and value in spec.values:
                return value
        self.refuse(f"“{value}”不是“{spec.title}”要的内容" + nearest(str(value), spec.values))

    def refuse(self, message: str) -> NoReturn:
        line = self.tables.line(FILE, self.subject)
        raise InvalidRulesetError(message, file=FILE, line=line, key=self.subject)
