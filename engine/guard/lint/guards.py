"""Operators on a field that can be absent, where nothing asks before whether it is there.

An absent operand makes a comparison unknown where the author may have meant 不符合: `has()` says
which it is. A field is asked for soundly where its absence alone decides the surroundings:
beside `has(x) &&`, beside `!has(x) ||`, in the branch of `has(x) ? … : …`, within a list filtered
by it, or in `require` where `applies` is true only with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any, Final, TypeAlias

from engine.explaining.words import Words
from engine.guard.examples import PARENT
from engine.guard.lint.complaint import Complaint, expressions, terms
from engine.guard.lint.possible import certain
from engine.language import tree as t
from engine.model.field import FieldKind, FieldType
from engine.model.schema import Schema
from engine.ruleset.model import Requirement, Ruleset

Place: TypeAlias = tuple[str, int, str]
"""A field as an expression names it: variable, steps up, path."""

_Known: TypeAlias = frozenset[Place]
_NONE: Final[_Known] = frozenset()
_CHECKED: Final = ("applies", "require", "lenient")


def unguarded(ruleset: Ruleset) -> Iterator[Complaint]:
    """A complaint for each expression and field that it reads unasked.

    No complaint where an example of the requirement has the field absent: there the author has
    worked out what then holds.
    """
    words = Words(ruleset.schema)
    for name, node in terms(ruleset):
        for path in _Finder(ruleset.schema).found(node, _NONE):
            yield _complaint(ruleset.file_of(name, "terms.yaml"), name, path, words)
    for requirement in ruleset.requirements.values():
        tried = _absent_in_examples(requirement, ruleset.schema)
        for text in requirement.texts:
            applies = true_only_with(text.applies)
            for key, node in expressions(requirement, text):
                if key not in _CHECKED:
                    continue
                known = _NONE if key == "applies" else applies
                for path in _Finder(ruleset.schema).found(node, known):
                    if (path.record, path.field) not in tried:
                        place = ruleset.file_of(requirement.id)
                        yield _complaint(place, key, path, words)


def _complaint(file: str, key: str, path: t.Path, words: Words) -> Complaint:
    title = words.title(path.record, path.field)
    message = (
        f"“{title}”（{path.record}.{path.field}）可能是“无”，用它之前没有 has() 问过："
        "加 has()，或者编一个它为 null 的例子，写明那时应是什么结论"
    )
    return Complaint(file, key, message)


class _Finder:
    """Fields an expression reads without asking; each once."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.paths: dict[tuple[str, str], t.Path] = {}

    def found(self, node: t.Expr, known: _Known) -> list[t.Path]:
        """The fields read in `node` outside of `known`."""
        self._visit(node, known)
        return list(self.paths.values())

    def _visit(self, node: t.Expr, known: _Known) -> None:
        match node:
            case t.Path():
                if self._can_be_absent(node, known):
                    self.paths.setdefault((node.record, node.field), node)
            case t.Has() | t.Named():
                pass  # asks; a term is looked at where it is written
            case t.And(items) | t.Or(items):
                decides = false_without if isinstance(node, t.And) else true_without
                for number, item in enumerate(items):
                    beside = (decides(o) for n, o in enumerate(items) if n != number)
                    self._visit(item, known.union(*beside))
            case t.If(test, then, other):
                self._visit(test, known)
                self._visit(then, known | true_only_with(test))
                self._visit(other, known | false_only_with(test))
            case t.Quantifier(source=source, var=var, body=body) | t.Sum(source, var, body):
                self._visit(source, known)
                self._visit(body, known | _elements(source, var))
            case t.Filter(source=source, var=var, body=body):
                self._visit(source, known)
                self._visit(body, known | _elements(source, var))
            case _:
                for part in t.children(node):
                    self._visit(part, known)

    def _can_be_absent(self, path: t.Path, known: _Known) -> bool:
        record_type = self.schema.types[path.record]
        spec = record_type.fields.get(path.field)
        if spec is None or spec.type is FieldKind.SET or path.var == "place":
            return False
        if certain(path, self.schema) or path.field in record_type.key:
            return False
        if _place(path) in known:
            return False
        return _declared(spec) or any(
            _declared(record_type.fields[head]) and not _within(head, path, known)
            for head in _heads(path.field)
        )


def _heads(path: str) -> list[str]:
    """The groups of fields that a field belongs to, the innermost first."""
    names = path.split(".")[:-1]
    return [".".join(names[:length]) for length in range(len(names), 0, -1)]


def _within(head: str, path: t.Path, known: _Known) -> bool:
    """Whether a field of the group is known to be there, and with it the group."""
    return any(
        (var, up) == (path.var, path.up) and field.startswith(f"{head}.")
        for var, up, field in known
    )


def _declared(spec: FieldType) -> bool:
    """Whether the record type says that there may be none, or that it may still come.

    By default 无 is read as absent in every column; where nobody declared it, as under 执法日期,
    it is a slip of the pen, and unknown is what an operator should make of it.
    """
    said_none = "none" in spec.model_fields_set and spec.none == "absent"
    to_come = spec.progress and spec.type is not FieldKind.BOOL  # 无 under a 是否 column is 否
    return to_come or spec.blank == "absent" or said_none


def _place(path: t.Path) -> Place:
    return path.var, path.up, path.field


def _elements(source: t.ListExpr, var: str) -> _Known:
    """What every element of a filtered list is known to have, said of `var`."""
    known = _NONE
    while isinstance(source, t.Filter):
        inner = source.var
        with_it = true_only_with(source.body)
        known |= {(var, up, field) for name, up, field in with_it if name == inner}
        source = source.source
    return known


def false_without(node: t.Expr) -> _Known:
    """Fields whose absence alone makes `node` false."""
    match node:
        case t.Has(path):
            return frozenset({_place(path)})
        case t.Not(item):
            return true_without(item)
        case t.Named(item=item):
            return false_without(item)
        case t.And(items):
            return _NONE.union(*map(false_without, items))
        case t.Or(items):
            return reduce(frozenset.intersection, map(false_without, items))
        case _:
            return _NONE


def true_without(node: t.Expr) -> _Known:
    """Fields whose absence alone makes `node` true."""
    match node:
        case t.Not(item):
            return false_without(item)
        case t.Named(item=item):
            return true_without(item)
        case t.And(items):
            return reduce(frozenset.intersection, map(true_without, items))
        case t.Or(items):
            return _NONE.union(*map(true_without, items))
        case _:
            return _NONE


def true_only_with(node: t.Expr) -> _Known:
    """Fields that are there wherever `node` is true."""
    match node:
        case t.Not(item):
            return false_only_with(item)
        case t.Named(item=item):
            return true_only_with(item)
        case t.And(items):
            return _NONE.union(*map(true_only_with, items))
        case t.Or(items):
            return reduce(frozenset.intersection, map(true_only_with, items))
        case t.If(test, then, other):
            first = true_only_with(test) | true_only_with(then)
            return first & (false_only_with(test) | true_only_with(other))
        case t.Has(path):
            return frozenset({_place(path)})
        case _:
            return _operands(node)


def false_only_with(node: t.Expr) -> _Known:
    """Fields that are there wherever `node` is false."""
    match node:
        case t.Not(item):
            return true_only_with(item)
        case t.Named(item=item):
            return false_only_with(item)
        case t.And(items):
            return reduce(frozenset.intersection, map(false_only_with, items))
        case t.Or(items):
            return _NONE.union(*map(false_only_with, items))
        case t.If(test, then, other):
            first = true_only_with(test) | false_only_with(then)
            return first & (false_only_with(test) | false_only_with(other))
        case t.Has():
            return _NONE
        case _:
            return _operands(node)


def _operands(node: t.Expr) -> _Known:
    """Scalar fields that a comparison can't be decided without."""
    match node:
        case t.Path(kind=kind) if kind not in t.LISTS:
            return frozenset({_place(node)})
        case t.Call(name="min" | "max") | t.If() | t.Quantifier() | t.Size() | t.Sum():
            return _NONE  # may be decided by the other parts
        case t.Compare() | t.In() | t.Arith() | t.Scale() | t.Call():
            return _NONE.union(*map(_operands, t.children(node)))
        case _:
            return _NONE


def _absent_in_examples(requirement: Requirement, schema: Schema) -> set[tuple[str, str]]:
    """Record types and fields, groups of fields included, that some example has absent."""
    found: set[tuple[str, str]] = set()

    def look(type_name: str, given: Mapping[str, Any]) -> None:
        record_type = schema.types[type_name]
        for path, value in given.items():
            target = record_type.list_target(path)
            if path == PARENT and record_type.parent is not None:
                look(record_type.parent, value)
            elif target is not None:
                listed = value.get("open", ()) if isinstance(value, Mapping) else value
                for entry in listed or ():
                    look(target, entry)
            elif value is None:
                found.add((type_name, path))
                below = (p for p in record_type.fields if p.startswith(f"{path}."))
                found.update((type_name, p) for p in below)

    for example in requirement.examples:
        look(requirement.subject, example.given)
        parent = schema.types[requirement.subject].parent
        if example.parent is not None and parent is not None:
            look(parent, example.parent)
    return found
