"""The figures of `compare.py` as a table and a picture in docs/performance.md.

python benchmarks/engines/page.py figures.json
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.engines.compare import CONTENDERS, LIMIT  # noqa: E402 - the root comes first

PAGE: Final = ROOT / "docs" / "performance.md"
PICTURE: Final = ROOT / "docs" / "performance.svg"
_TABLE: Final = ("<!-- table -->", "<!-- /table -->")
_COLOURS: Final = (
    "#1f2937", "#b3261e", "#2563eb", "#15803d", "#c2410c", "#7c3aed", "#0e7490", "#a16207",
    "#6b7280",
)  # fmt: skip
_LEFT, _TOP, _WIDE, _HIGH = 60, 20, 520, 340


def table(found: list[dict[str, Any]], task: str) -> Iterator[str]:
    """The lines of a table: contenders by size."""
    mine = [each for each in found if each["task"] == task]
    sizes = sorted({each["size"] for each in mine})
    yield "| | " + " | ".join(f"{size:,}" for size in sizes) + " | 指数 |"
    yield "|---|" + "---|" * (len(sizes) + 1)
    limit = {each["size"]: each["seconds"] for each in mine if each["contender"] == LIMIT}
    for contender, title in CONTENDERS.items():
        by_size = {each["size"]: each for each in mine if each["contender"] == contender}
        cells = [_cell(by_size.get(size), limit.get(size, 0.0)) for size in sizes]
        yield f"| {title} | {' | '.join(cells)} | {_exponent(by_size)} |"


def _cell(each: dict[str, Any] | None, limit: float) -> str:
    if each is None:
        return "—"
    if each["trouble"]:
        return str(each["trouble"])
    ratio, memory = each["seconds"] / limit, each["memory"] / 2**20
    return f"{each['seconds']:.2f} 秒，{ratio:.1f} 倍，{memory:,.0f} MB"


def _exponent(by_size: dict[int, dict[str, Any]]) -> str:
    """How time grows between the two greatest sizes."""
    points = sorted((size, each["seconds"]) for size, each in by_size.items() if each["seconds"])
    if len(points) < 2:
        return "—"
    (small, short), (large, long) = points[-2:]
    return f"{math.log(long / short) / math.log(large / small):.2f}"


def picture(found: list[dict[str, Any]]) -> str:
    """Seconds by officers, both in powers of ten."""
    mine = [each for each in found if each["task"] == "officers" and each["seconds"]]
    sizes = sorted({each["size"] for each in mine})
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])
    least = math.floor(math.log10(min(each["seconds"] for each in mine)))
    most = math.ceil(math.log10(max(each["seconds"] for each in mine)))

    def x(size: int) -> float:
        return _LEFT + _WIDE * (math.log10(size) - low) / (high - low)

    def y(seconds: float) -> float:
        return _TOP + _HIGH * (most - math.log10(seconds)) / (most - least)

    parts = []
    for power in range(least, most + 1):
        at = y(10.0**power)
        parts.append(
            f'<path d="M{_LEFT} {at:.0f}H{_LEFT + _WIDE}" stroke="#ddd"/>'
            f'<text x="{_LEFT - 6}" y="{at + 4:.0f}" text-anchor="end">{10.0**power:g} 秒</text>'
        )
    parts += [
        f'<text x="{x(size):.0f}" y="{_TOP + _HIGH + 18}" text-anchor="middle">{size:,}</text>'
        for size in sizes
    ]
    for (contender, title), colour in zip(CONTENDERS.items(), _COLOURS, strict=True):
        own = sorted((e["size"], e["seconds"]) for e in mine if e["contender"] == contender)
        if not own:
            continue
        points = " ".join(f"{x(size):.1f},{y(seconds):.1f}" for size, seconds in own)
        number = list(CONTENDERS).index(contender)
        at = _TOP + 8 + 20 * number
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
            + "".join(
                f'<circle cx="{x(size):.1f}" cy="{y(seconds):.1f}" r="3" fill="{colour}"/>'
                for size, seconds in own
            )
            + f'<path d="M600 {at}h18" stroke="{colour}" stroke-width="3"/>'
            f'<text x="624" y="{at + 4}">{title}</text>'
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 400" font-size="12" '
        'font-family="sans-serif" role="img" aria-label="各引擎的时间随人员数增长">\n'
        '<rect width="860" height="400" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def main() -> None:
    """Put both where they belong."""
    found = [each for path in sys.argv[1:] for each in json.loads(Path(path).read_text("utf-8"))]
    lines = [
        "**人员和证件**（七条要求）", "", *table(found, "officers"), "",
        "**案件和办案人员**（一条要求）", "", *table(found, "cases"),
    ]  # fmt: skip
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(_TABLE[0])
    after = rest.partition(_TABLE[1])[2]
    body = "\n".join(lines)
    PAGE.write_text(f"{before}{_TABLE[0]}\n\n{body}\n\n{_TABLE[1]}{after}", encoding="utf-8")
    PICTURE.write_text(picture(found), encoding="utf-8")


if __name__ == "__main__":
    main()
