"""What a ruleset asks together: gates, the form they are shown in, profiles, and screens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from pydantic import RootModel

from engine.language import tree as t
from engine.model.errors import InvalidRulesetError
from engine.model.field import FieldKind
from engine.model.validated import validate
from engine.model.values import ABSENT, State
from engine.ruleset import files as f
from engine.ruleset.expressions import Expressions
from engine.ruleset.model import Gate, Requirement, Screen, Supposition
from engine.ruleset.tables import Tables

_GATES = "gates.yaml"
_FORM = "form.yaml"
_SCREENS = "screens.yaml"
_SUPPOSED = "supposed.yaml"


def gates(expressions: Expressions, requirements: Mapping[str, Requirement]) -> dict[str, Gate]:
    """Every gate with what local folders make it stand on besides.

    Raises `InvalidRulesetError` for a requirement that isn't there or is about something else.
    """
    tables, found = expressions.tables, {}
    written = tables.ours_alone(_GATES, f.GateFile)
    for name, gate in written.items():
        _check_assumed(expressions, name, gate)
        added = _added(tables, name, written)
        ours = (gate.classification, *gate.requirements)
        for place, names in [(_GATES, ours), *added]:
            for wanted in names:
                tables.known(wanted, requirements, place, name)
                subject = expressions.schema.get(requirements[wanted].subject)
                if gate.subject not in (subject.type, subject.parent):
                    message = f"“{wanted}”不是关于“{gate.subject}”的要求"
                    raise InvalidRulesetError(message, file=place, key=name)
        more = (wanted for _, names in added for wanted in names)
        found[name] = Gate(
            name,
            gate.title,
            gate.subject,
            gate.classification,
            gate.assumes,
            tuple(dict.fromkeys((*gate.requirements, *more))),
        )
    return found


def _check_assumed(expressions: Expressions, name: str, gate: f.GateFile) -> None:
    """Refuse a day taken as happened that is no day of something that happens."""
    fields = expressions.record_type(gate.subject, _GATES, name).fields
    if gate.assumes is None:
        return
    path = gate.assumes
    expressions.tables.known(path, fields, _GATES, name)
    if fields[path].time != "event":
        message = f"assumes 须是记录已发生之事的日期字段，“{path}”不是"
        raise InvalidRulesetError(message, file=_GATES, key=name)


def _added(
    tables: Tables, gate: str, ours: Mapping[str, f.GateFile]
) -> list[tuple[str, tuple[str, ...]]]:
    """What local folders make a gate stand on besides, by file."""
    table = RootModel[dict[str, f.GateAdditionFile]]
    found = []
    for place in tables.places(_GATES):
        if not tables.is_ours(place):
            written = validate(table, tables.raw(place), place).root
            for name in written:
                tables.known(name, ours, place, name)
            if gate in written:
                found.append((place, written[gate].requirements))
    return found


def form(expressions: Expressions) -> dict[str, f.SlotFile]:
    """The head of the form, every field one of the subject that the gates are for."""
    tables = expressions.tables
    slots = tables.table(_FORM, f.SlotFile)
    subject = next((g.subject for g in tables.ours_alone(_GATES, f.GateFile).values()), "")
    for title, slot in slots.items():
        for path in slot.fields:
            fields = expressions.record_type(subject, _FORM, title).fields
            tables.known(path, fields, _FORM, title)
    return slots


def profiles(
    tables: Tables, requirements: Mapping[str, Requirement], gated: Mapping[str, Gate]
) -> dict[str, tuple[str, ...]]:
    """The requirements of every profile: those it names, and those that its gates stand on."""
    found = {}
    for name in tables.ours:
        place = PurePosixPath(name)
        if place.parts[0] == "profiles":
            file = tables.file(name, f.ProfileFile)
            for wanted in file.requirements:
                tables.known(wanted, requirements, name, "requirements")
            for wanted in file.gates:
                tables.known(wanted, gated, name, "gates")
            of_gates = (r for g in file.gates for r in gated[g].stands_on())
            found[place.stem] = tuple(dict.fromkeys((*file.requirements, *of_gates)))
    return found


def suppositions(expressions: Expressions) -> tuple[Supposition, ...]:
    """What to suppose. Raises `InvalidRulesetError` for a yes or no of a field that has none."""
    found = []
    for name, one in expressions.tables.table(_SUPPOSED, f.SuppositionFile).items():
        fields = expressions.record_type(one.subject, _SUPPOSED, name).fields
        for path, value in {one.field: one.value, **one.besides}.items():
            expressions.tables.known(path, fields, _SUPPOSED, name)
            if value is not None and fields[path].type is not FieldKind.BOOL:
                message = f"“{path}”不是“是”“否”的栏"
                raise InvalidRulesetError(message, file=_SUPPOSED, key=name)
        besides = {path: _supposed(value) for path, value in one.besides.items()}
        found.append(Supposition(one.subject, one.field, _supposed(one.value), one.said, besides))
    return tuple(found)


def _supposed(value: bool | None) -> State:  # noqa: FBT001 - the value itself
    return ABSENT if value is None else value


def screens(expressions: Expressions) -> tuple[Screen, ...]:
    """What is worth a look. Raises `InvalidRulesetError` for a condition that can't be read."""
    written = expressions.tables.table(_SCREENS, f.ScreenFile)

    def expr(name: str, text: str | None, subject: str, kind: t.Kind = t.Kind.BOOL) -> t.Expr:
        return expressions.expr(_SCREENS, name, text or "false", subject, kind)

    return tuple(
        Screen(
            id=name,
            subject=one.subject,
            title=one.title,
            when=expr(name, one.when, one.subject),
            hint=one.hint,
            unless=expr(name, one.unless, one.subject),
            due=None if one.due is None else expr(name, one.due, one.subject, t.Kind.DATE),
        )
        for name, one in written.items()
    )
