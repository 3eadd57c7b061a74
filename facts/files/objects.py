"""JSON and YAML objects to grids: one list of objects is one sheet, a list inside is another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, TypeGuard

from engine.model.facts import Input
from facts.files.grid import Grid, Inner
from facts.files.refused import RefusedError
from facts.writing.text import fold

Rows: TypeAlias = Sequence[Mapping[str, object]]

MAX_NAMES: Final = 2000
MAX_CELLS: Final = 5_000_000


def grids_of(content: object, entry: Input) -> list[Grid]:
    """The grids of a document: `{ledger: [objects]}`, `[objects]`, or one object.

    Raises RefusedError for objects of more than 2,000 different keys: a table has no such columns;
    and for objects by their names instead of a list: each would be a column of one record.
    """
    if isinstance(content, Mapping):
        lists: dict[object, Rows] = {
            name: value for name, value in content.items() if _is_table(value)
        }
        if lists:
            beside = {n: value for n, value in content.items() if n not in lists}
            said = {n: v for n, v in beside.items() if isinstance(v, str) and "单位" in str(n)}
            for name, value in beside.items():
                _refuse_rows(value, f"“{name}”里")
                if name not in said and value not in (None, [], ""):
                    entry.problem("不是台账，没有读取", f"{name}", hint="台账写成“台账名: [ … ]”")
            grids = [_grid(str(n), value, entry, fold(str(n))) for n, value in lists.items()]
            for grid in grids:
                grid.notes = tuple(f"{name}：{value}" for name, value in said.items())
            return grids
        for name, value in (("", content), *content.items()):
            if _is_by_name(value):
                place = f"“{name}”里的" if name else ""
                raise RefusedError(
                    f"{place}几件是照名称排的，不是清单，没有读取；"
                    f"请写成“{name or '台账名'}: [ … ]”，一件一个"
                )
        return [_grid("", [content], entry, "")]
    if _is_table(content):
        return [_grid("", content, entry, "")]
    _refuse_rows(content, "")
    if content not in (None, [], {}, ""):
        raise RefusedError("应为台账的清单，没有读取；请写成“台账名: [ … ]”")
    return []


def _refuse_rows(value: object, place: str) -> None:
    """Refuse a list of rows that are not all objects: what the others are can't be told."""
    rows = value if isinstance(value, list) else []
    others = [at for at, row in enumerate(rows, 1) if not isinstance(row, Mapping)]
    if others and any(isinstance(row, Mapping | list) for row in rows):
        raise RefusedError(
            f"{place}第{others[0]}项不是写明各列名称的一件，没有读取；请一件写成一个对象"
        )


def _is_table(value: object) -> TypeGuard[Rows]:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _is_by_name(value: object) -> bool:
    """Whether an object holds several that look alike: two names or more that all of them have."""
    inner = list(value.values()) if isinstance(value, Mapping) else []
    if len(inner) < 2 or not all(isinstance(one, Mapping) for one in inner):
        return False
    return len(set.intersection(*(set(one) for one in inner))) > 1


def _grid(sheet: str, rows: Rows, entry: Input, label: str) -> Grid:
    grid = Grid(entry.path, sheet)
    _table(grid, [(f"{label}[{at}]", row) for at, row in enumerate(rows, 1)])
    return grid


def _table(grid: Grid, rows: list[tuple[str, Mapping[str, object]]]) -> None:
    """Lay labelled objects out as rows, and the lists inside them as grids of their own."""
    flat: list[dict[str, object]] = []
    inner: dict[str, list[tuple[str, Mapping[str, object], int]]] = {}
    names: dict[str, None] = {}
    for number, (label, row) in enumerate(rows, 1):
        grid.labels[number] = label
        cells: dict[str, object] = {}
        for name, value in _flatten(row, ""):
            if _is_table(value):
                inner.setdefault(name, []).extend(
                    (f"{label}.{name}[{at}]", item, number) for at, item in enumerate(value, 1)
                )
            else:
                cells[name] = value
                names[name] = None
        flat.append(cells)
        if len(names) > MAX_NAMES or len(names) * number > MAX_CELLS:
            raise RefusedError(
                f"{label}：不同的键太多（一张表至多{MAX_NAMES}列、{MAX_CELLS}格），没有读取"
            )
    grid.names = tuple(names) or ("",)
    grid.rows = [
        (number, [cells.get(name) for name in grid.names]) for number, cells in enumerate(flat, 1)
    ]
    for name, items in inner.items():
        child = Grid(grid.file, grid.sheet)
        parents = {at: parent for at, (_, _, parent) in enumerate(items, 1)}
        grid.inner.append(Inner(name, child, parents))
        _table(child, [(label, item) for label, item, _ in items])


def _flatten(row: Mapping[str, object], prefix: str) -> list[tuple[str, object]]:
    flat: list[tuple[str, object]] = []
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat.extend(_flatten(value, f"{prefix}{name}."))
        else:
            flat.append((f"{prefix}{name}", value))
    return flat
