"""The house as its imports have it: the picture, the list of rooms, and how much hangs together.

`docs/generate.py` writes picture and list into docs/; `python docs/house.py` prints the measures.
A room is a package or module directly within a block (engine, facts, reporter); an arrow says
that something in one room imports something in another; a chain is modules of a block of which
each imports the next. Rooms stand in the order of the contracts in pyproject.toml.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import grimp

ROOT: Final = Path(__file__).resolve().parent.parent
BLOCKS: Final = {"facts": "字节 → 事实", "engine": "事实 → 评估", "reporter": "评估 → 页面"}
JOINS: Final = ("commands/", "web/", "docs/generate.py")
"""What joins the blocks."""

_SAID: Final = re.compile(r"^([一-鿿]{2,4})：(.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Room:
    """A package or module of a block; `label` and `holds` are the Chinese of its docstring."""

    module: str
    path: str
    label: str
    holds: str


class House:
    """The rooms under `root` and what they import; what is for type checkers alone counts too."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        sys.path.insert(0, str(root))
        try:
            self.graph = grimp.build_graph(*BLOCKS, cache_dir=None)
        finally:
            sys.path.remove(str(root))

    # what there is

    @cached_property
    def rooms(self) -> dict[str, list[Room]]:
        """The rooms of each block from top to bottom, as the contracts order them."""
        config = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        layers = {
            contract["containers"][0]: " | ".join(contract["layers"]).split(" | ")
            for contract in config["tool"]["importlinter"]["contracts"]
            if "containers" in contract
        }
        return {
            block: [self._room(f"{block}/{name}") for name in layers[block]] for block in BLOCKS
        }

    def _room(self, path: str) -> Room:
        package = (self.root / path).is_dir()
        file = self.root / (f"{path}/__init__.py" if package else f"{path}.py")
        said = _SAID.search(ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "")
        if said is None:
            raise ValueError(f"{file}：说明里缺一段“名称：放什么。”")
        shown = f"{path}/" if package else f"{path}.py"
        return Room(path.replace("/", "."), shown, said[1], said[2].replace("\n", ""))

    def inside(self, block: str) -> dict[str, set[str]]:
        """What each module of a block imports of the same block."""
        modules = self.graph.find_descendants(block)
        return {m: self.graph.find_modules_directly_imported_by(m) & modules for m in modules}

    def arrows(self, block: str) -> set[tuple[str, str]]:
        """Which room of a block imports which other."""
        return {
            (room_of(importer), room_of(imported))
            for importer, found in self.inside(block).items()
            for imported in found
            if room_of(importer) != room_of(imported)
        }

    def chain(self, block: str) -> list[str]:
        """The longest chain of modules; of modules that import each other one is counted."""
        inside = self.inside(block)
        longest: dict[str, list[str]] = {}

        def below(module: str) -> list[str]:
            if module not in longest:
                ways = [
                    below(found)
                    for found in sorted(inside[module])
                    if module not in self.graph.find_upstream_modules(found)
                ]
                longest[module] = [module, *max(ways, key=len, default=[])]
            return longest[module]

        return max(map(below, sorted(inside)), key=len)

    def between(self, block: str) -> dict[tuple[str, str], set[str]]:
        """What a block imports of another: the block and room there, and the rooms that do."""
        found: dict[tuple[str, str], set[str]] = {}
        for module in self.graph.find_descendants(block):
            for imported in self.graph.find_modules_directly_imported_by(module):
                other = imported.partition(".")[0]
                if other != block:
                    found.setdefault((other, room_of(imported)), set()).add(room_of(module))
        return found

    def joined(self, path: str) -> set[str]:
        """The blocks that a file or a package beside them imports."""
        place = self.root / path
        trees = [
            ast.parse(file.read_text(encoding="utf-8"))
            for file in (place.rglob("*.py") if place.is_dir() else [place])
        ]
        nodes = [node for tree in trees for node in ast.walk(tree)]
        names = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        return {name.partition(".")[0] for name in names} & set(BLOCKS)


def room_of(module: str) -> str:
    """The room that a module stands in: its name up to the second dot."""
    return ".".join(module.split(".")[:2])


# the list


def room_list(house: House) -> str:
    """The rooms block by block, each with what belongs in it, in Markdown."""
    lines = []
    for block, rooms in house.rooms.items():
        lines.append(f"\n| `{block}/` | 名称 | 放什么 |\n|---|---|---|")
        lines += [f"| `{room.path}` | {room.label} | {room.holds} |" for room in rooms]
    return "\n".join(lines) + "\n"


# the picture

_BOX_WIDTH: Final = 168
_BOX_HEIGHT: Final = 44
_TALL: Final = 650
_TOP: Final = 132
_ARCS: Final = 104
_PAD: Final = 18
_GAP: Final = 56
_COLOURS: Final = {
    "facts": ("#eef6ee", "#5b8f5b"),
    "engine": ("#eef3fa", "#41709f"),
    "reporter": ("#fbf3e8", "#b07a35"),
}
_WIDTH: Final = 3 * (_BOX_WIDTH + _ARCS + 2 * _PAD) + 2 * _GAP + 2 * _PAD
_STYLE: Final = """
text { font-family: 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC',
  sans-serif; fill: #1f2933; text-anchor: middle }
.label { font-size: 16px; font-weight: 600 }
.path { font-size: 11px; fill: #66727f; font-family: 'DejaVu Sans Mono', Consolas, monospace }
.block { font-size: 17px; font-weight: 700 }
.small { font-size: 12px; fill: #66727f }
path, line { fill: none; stroke-width: 1.7 }
.besides { stroke: #c3ccd6; stroke-width: 1.1 }
.up { stroke: #c62828; stroke-dasharray: 5 3 }
"""


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.y + _BOX_HEIGHT / 2


class Picture:
    """Draws a house: a column a block, its rooms from top to bottom, every arrow between them."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.parts: list[str] = []
        self.left = {
            block: _PAD + number * (_BOX_WIDTH + _ARCS + 2 * _PAD + _GAP)
            for number, block in enumerate(BLOCKS)
        }
        self.boxes = {
            room.module: _Box(self._inner(block), _TOP + _PAD + number * self._pitch(block))
            for block, rooms in house.rooms.items()
            for number, room in enumerate(rooms)
        }

    def svg(self) -> str:
        """The picture."""
        height = _TOP + _TALL + 2 * _PAD + 44
        self._joins()
        for block in BLOCKS:
            self._block(block)
        for block in BLOCKS:
            self._between(block)
        self._legend(height - 20)
        markers = "".join(
            f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="{size}" '
            f'markerHeight="{size}" orient="auto" markerUnits="userSpaceOnUse">'
            f'<path d="M0 0.8 L8 4 L0 7.2 z" style="fill:{colour};stroke:none"/></marker>\n'
            for name, colour, size in self._heads()
        )
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}" role="img" aria-label="房间和它们的引用">\n'
            f"<!-- python docs/generate.py -->\n<style>{_STYLE}</style>\n<defs>\n{markers}</defs>\n"
            f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n'
        )

    @staticmethod
    def _heads() -> Iterator[tuple[str, str, int]]:
        yield from ((block, ink, 10) for block, (_, ink) in _COLOURS.items())
        yield from (("besides", "#c3ccd6", 7), ("up", "#c62828", 10), ("joins", "#66727f", 10))

    def _inner(self, block: str) -> float:
        """Where boxes begin: arcs run on the left of facts, on the right of the others."""
        return self.left[block] + _PAD + (_ARCS if block == "facts" else 0)

    def _pitch(self, block: str) -> float:
        return (_TALL - _BOX_HEIGHT) / (len(self.house.rooms[block]) - 1)

    def _text(self, x: float, y: float, text: str, kind: str) -> None:
        self.parts.append(f'<text x="{x:g}" y="{y:g}" class="{kind}">{text}</text>')

    def _path(self, way: str, kind: str, colour: str = "") -> None:
        style = f' style="stroke:{colour}"' if colour else ""
        self.parts.append(f'<path d="{way}" class="{kind}"{style} marker-end="url(#{kind})"/>')

    def _joins(self) -> None:
        blocks = set(BLOCKS)
        assert all(self.house.joined(path) == blocks for path in JOINS)  # noqa: S101 - it says so
        self.parts.append(
            f'<rect x="{_PAD}" y="18" width="{_WIDTH - 2 * _PAD}" height="46" rx="10" '
            'fill="#f2f3f5" stroke="#66727f"/>'
        )
        self._text(_WIDTH / 2, 38, "命令行、网页、生成的文档：把各块接起来", "label")
        self._text(_WIDTH / 2, 55, " · ".join(JOINS), "path")
        for block in BLOCKS:
            x = self.left[block] + (_BOX_WIDTH + _ARCS + 2 * _PAD) / 2
            self._path(f"M{x:g} 64 V{_TOP - 27}", "joins", "#66727f")

    def _block(self, block: str) -> None:
        fill, ink = _COLOURS[block]
        left, wide = self.left[block], _BOX_WIDTH + _ARCS + 2 * _PAD
        self.parts.append(
            f'<rect x="{left:g}" y="{_TOP - 26}" width="{wide}" height="{_TALL + 2 * _PAD + 26}" '
            f'rx="12" fill="{fill}" stroke="{ink}"/>'
        )
        self._text(left + wide / 2, _TOP - 4, f"{block}/　{BLOCKS[block]}", "block")
        order = [room.module for room in self.house.rooms[block]]
        arrows = self.house.arrows(block)
        down = {(a, b) for a, b in arrows if order.index(a) < order.index(b)}
        for above, below in sorted(arrows, key=lambda arrow: (_direct(arrow, down), arrow)):
            self._arrow(block, above, below, direct=_direct((above, below), down))
        for room in self.house.rooms[block]:
            box = self.boxes[room.module]
            middle = box.x + _BOX_WIDTH / 2
            self.parts.append(
                f'<rect x="{box.x:g}" y="{box.y:g}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" '
                f'rx="8" fill="#fff" stroke="{ink}" stroke-width="1.3"/>'
            )
            self._text(middle, box.y + 20, room.label, "label")
            self._text(middle, box.y + 36, room.path.partition("/")[2], "path")

    def _arrow(self, block: str, above: str, below: str, *, direct: bool) -> None:
        """Straight to the next room, else in an arc beside the boxes."""
        names = [room.module for room in self.house.rooms[block]]
        far = names.index(below) - names.index(above)
        start, end = self.boxes[above], self.boxes[below]
        kind = "up" if far < 0 else block if direct else "besides"
        colour = _COLOURS[block][1] if kind == block else ""
        if far == 1:
            x = start.x + _BOX_WIDTH / 2
            self._path(f"M{x:g} {start.y + _BOX_HEIGHT:g} V{end.y:g}", kind, colour)
            return
        side = -1 if block == "facts" else 1
        x = start.x + (0 if side < 0 else _BOX_WIDTH)
        bend = x + side * (_ARCS / 0.75) * min(1, 0.16 + abs(far) / len(names))
        way = f"M{x:g} {start.middle + 8:g} C{bend:g} {start.middle + 8:g} "
        self._path(f"{way}{bend:g} {end.middle - 8:g} {x:g} {end.middle - 8:g}", kind, colour)

    def _between(self, block: str) -> None:
        """From a room to one of another block; from the whole block where several rooms do."""
        _, ink = _COLOURS[block]
        for (_, room), sources in sorted(self.house.between(block).items()):
            end = self.boxes[room]
            rightwards = self.left[block] < end.x
            x = end.x if rightwards else end.x + _BOX_WIDTH
            if len(sources) == 1:
                start = self.boxes[next(iter(sources))]
                begin, y = start.x + (_BOX_WIDTH if rightwards else 0), start.middle
                target = end.middle + 8 if y > end.middle else end.middle - 8
            else:
                edge = _BOX_WIDTH + _ARCS + 2 * _PAD if rightwards else 0
                begin, y = self.left[block] + edge, end.middle + 8
                target = y
            self._path(f"M{begin:g} {y:g} L{x:g} {target:g}", block, ink)

    def _legend(self, y: float) -> None:
        counted = "　".join(
            f"{block} {len(self.house.rooms[block])}间{len(self.house.arrows(block))}支"
            for block in BLOCKS
        )
        said = "箭头：上面的用到下面的；浅色的另有别的路可到。照 import 画出。"
        self._text(_WIDTH / 2, y, f"{said}　{counted}", "small")


def _direct(arrow: tuple[str, str], arrows: set[tuple[str, str]]) -> bool:
    """Whether nothing else leads from one room to the other."""
    above, below = arrow
    seen, left = {above}, [b for a, b in arrows if a == above and b != below]
    while left:
        room = left.pop()
        if room == below:
            return False
        if room not in seen:
            seen.add(room)
            left += [b for a, b in arrows if a == room]
    return True


if __name__ == "__main__":
    measured = House(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
    for name in ("engine", "facts"):
        rooms = {room_of(module) for module in measured.inside(name)}
        print(  # noqa: T201
            f"{name}: {len(rooms)} rooms, {len(measured.arrows(name))} arrows, "
            f"longest chain {len(measured.chain(name))} modules: "
            + " -> ".join(m.partition(".")[2] for m in measured.chain(name))
        )
