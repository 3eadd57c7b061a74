"""Traces in Chinese: each condition with its truth, the values behind it and what is wanting."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Final

from engine.explaining.trace import Trace, leaves
from engine.explaining.words import Words, interval, plain
from engine.language import tree as t
from engine.language.semantics import Interval
from engine.model.assessment import Step
from engine.model.field import FieldType
from engine.model.masking import MASK
from engine.model.values import Record

_NUMBERS: Final = (t.Kind.INT, t.Kind.NUMBER)
_MOST_ELEMENTS: Final = 20
"""List elements a trace shows; the rest are counted."""


class Steps:
    """Renders traces as lines, in the words of expressions."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def of(self, trace: Trace, depth: int = 0) -> Iterator[Step]:
        """The trace as lines: each condition with its truth, its values and where they stand."""
        node = trace.node
        match node:
            case t.Named():
                yield Step(depth, trace.value, node.title)
                yield from self.of(trace.parts[0], depth + 1)
            case t.And() | t.Or():
                head = "以下须同时具备" if isinstance(node, t.And) else "以下具备一项即可"
                yield Step(depth, trace.value, head)
                for part in trace.parts:
                    yield from self.of(part, depth + 1)
            case t.Not(t.And() | t.Or() | t.Named() | t.Quantifier()):
                yield Step(depth, trace.value, "以下不得成立")
                yield from self.of(trace.parts[0], depth + 1)
            case t.If() if node.kind is t.Kind.BOOL:
                yield from self._choice(trace, depth)
            case t.Quantifier():
                yield from self._elements(trace, depth)
            case t.Lit():
                yield Step(depth, trace.value, "一律" if trace.value else "不")
            case _:
                yield self._condition(trace, depth)
                for listed in _lists(trace):
                    yield from self._bodies(listed, depth)

    def _condition(self, trace: Trace, depth: int, before: str = "") -> Step:
        """One condition with the facts behind it, and whether it says what they come to."""
        text = f"{before}{self.words.expr(trace.node)}{self._facts(trace)}"
        computed = _counts(trace) and not self.words.reads_hidden(trace)
        return Step(depth, trace.value, text, self._places(trace), computed=computed)

    def _choice(self, trace: Trace, depth: int) -> Iterator[Step]:
        test, then, other = trace.parts
        yield self._condition(test, depth, "看是否")
        if test.value is not None:
            yield from self.of(then if test.value else other, depth + 1)

    def _elements(self, trace: Trace, depth: int) -> Iterator[Step]:
        listing = trace.parts[0]
        node = trace.node
        scope = (
            "每一项都须" if isinstance(node, t.Quantifier) and node.name == "all" else "至少一项"
        )
        source = listing.node
        held = self.words.state(listing.value, self._spec(source))
        yield Step(depth, trace.value, f"{self.words.expr(source)}〔{held}〕{scope}：")
        yield from self._bodies(trace, depth)

    def _spec(self, source: t.Expr) -> FieldType | None:
        """The declaration of the field that a list comes from."""
        while isinstance(source, t.Filter):
            source = source.source
        path = source if isinstance(source, t.Path) else None
        return None if path is None else self.words.field_type(path.record, path.field)

    def _bodies(self, trace: Trace, depth: int) -> Iterator[Step]:
        """What was found of each element; the first ones, the rest counted."""
        listing, *bodies = trace.parts
        masked = self.words.hidden(self._spec(listing.node))
        for body in bodies[:_MOST_ELEMENTS]:
            if isinstance(body.element, Record):
                name = self.words.record(body.element)
            else:
                name = MASK if masked else f"“{self.words.text(str(body.element))}”"
            if isinstance(trace.node, t.Sum):
                yield Step(depth + 1, None, f"{name}{self._facts(body)}", self._places(body))
                continue
            inner = list(self.of(body, depth + 2))
            if len(inner) == 1:
                text = f"{name}：{inner[0].text}"
                yield dataclasses.replace(inner[0], depth=depth + 1, truth=body.value, text=text)
            else:
                yield Step(depth + 1, body.value, f"{name}：")
                yield from inner
        if len(bodies) > _MOST_ELEMENTS:
            yield Step(depth + 1, None, f"其余{len(bodies) - _MOST_ELEMENTS}项从略")

    def _facts(self, trace: Trace) -> str:
        """The values behind one condition, and by how much a threshold is missed."""
        shown = []
        for _, path, state in leaves(trace):
            held = self.words.state(state, self.words.field_type(path.record, path.field))
            shown.append(f"{self.words.title(path.record, path.field)}：{held}")
        if not self.words.reads_hidden(trace):
            shown.extend(self._computed(trace))
        return f"〔{'；'.join(dict.fromkeys(shown))}〕" if shown else ""

    def _places(self, trace: Trace) -> tuple[str, ...]:
        """Where the facts behind one condition stand."""
        found = []
        for record, path, _ in leaves(trace):
            place = record.source_of(path.field).place()
            if place:
                found.append(f"{self.words.title(path.record, path.field)}：{place}")
        return tuple(dict.fromkeys(found))

    def _computed(self, trace: Trace) -> Iterator[str]:
        """What a comparison computed, and what is wanting: `实为29日，少1日`."""
        node = trace.node
        if not isinstance(node, t.Compare):
            return
        left, right = trace.parts
        if node.left.kind in _NUMBERS:
            unit = self.words.unit(left.node)
            if _counts(trace):
                yield f"实为{interval(left.value)}{unit}"
            if not isinstance(right.node, (t.Path, t.Lit)) and right.value != (None, None):
                yield f"与之相比的是{interval(right.value)}{self.words.unit(right.node)}"
        elif node.left.kind is t.Kind.DATE:
            unit = "日"
            for side in (left, right):
                if isinstance(side.node, t.Call) and side.value != (None, None):
                    yield f"算得{interval(side.value)}"
        else:
            return
        if trace.value is False and node.op not in ("==", "!="):
            yield from _wanting(node, left.value, right.value, unit)


def _counts(trace: Trace) -> bool:
    """Whether a condition compares a number that is worked out: a count of days, a sum."""
    if not isinstance(trace.node, t.Compare) or trace.node.left.kind not in _NUMBERS:
        return False
    left = trace.parts[0]
    return not isinstance(left.node, (t.Path, t.Lit)) and left.value != (None, None)


def _wanting(node: t.Compare, left: Interval, right: Interval, unit: str) -> Iterator[str]:
    """By how much the left side falls short of, or exceeds, the right one."""
    (lo, hi), (rlo, rhi) = left, right
    if lo is None or rlo is None or lo != hi or rlo != rhi:
        return
    dated = node.left.kind is t.Kind.DATE
    short = abs((lo - rlo).days) if dated else abs(lo - rlo)
    if node.op in ("<", ">") and not dated:
        whole = t.Kind.NUMBER not in (node.left.kind, node.right.kind)
        short += 1 if whole else 0
    if not short:
        yield "同一日" if dated else "正好相等"
        return
    too_little = node.op in (">", ">=")
    word = ("早" if too_little else "晚") if dated else ("少" if too_little else "多")
    yield f"{word}{plain(short)}{unit}"


def _lists(trace: Trace) -> Iterator[Trace]:
    """The sums, filters and quantifiers within one condition, outermost first."""
    for part in trace.parts:
        if isinstance(part.node, (t.Sum, t.Filter, t.Quantifier)):
            yield part
        else:
            yield from _lists(part)
