"""The tables of examples/README.md, from what is worked out in examples/expected.

`python -m examples.tables` writes them between the marks of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome, Severity
from reporter.titles import STATES

HERE: Final = Path(__file__).parent
DOMAINS: Final = {
    "decision": "重大行政决策",
    "normative-doc": "规范性文件",
    "certificate": "执法人员和证件",
    "enforcement": "执法行为",
    "annual-report": "年度报告和责任落实",
}


def expected(name: str) -> dict[str, Any]:
    """One file of what is expected, by its name without the ending."""
    text = (HERE / "expected" / f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def filled(page: str) -> str:
    """The page with the tables of the day between its marks."""
    for mark, lines in (
        ("gates", _gates(expected("run")["gates"])),
        ("findings", _by_domain(_findings)),
        ("boundaries", _by_domain(_boundaries)),
    ):
        start, end = f"<!-- {mark} -->", "\n<!-- end -->"
        before, _, after = page.partition(start)
        page = before + "\n".join([start, *lines]) + end + after.partition(end)[2]
    return page


def _by_domain(table: Any) -> Iterator[str]:  # noqa: ANN401 - a function to lines
    for name, title in DOMAINS.items():
        found = expected(name)
        lines = list(table(found))
        yield f"### {title}（{len(lines) - 2}项）"
        yield ""
        yield from lines
        yield ""


def _findings(found: Mapping[str, Any]) -> Iterator[str]:
    yield "| 要求 | 记录 | 结果 | 级别 | 条款 | 单元格 | 手算 |"
    yield "|---|---|---|---|---|---|---|"
    for name, covered in found["requirements"].items():
        for f in covered["findings"]:
            named = [f"{at} {text or '（空）'}" for at, text in f.get("cells", {}).items()]
            place = " ".join([f["place"], *([f["row"]] if "row" in f else [])])
            yield (
                f"| {name} | {f['record']} | {OUTCOME_TITLES[Outcome(f['outcome'])]} "
                f"| {SEVERITY_TITLES[Severity(f['severity'])]} | {covered['article']} "
                f"| {place} {'、'.join(named or f.get('quotes', []))} | {f['sum']} |"
            )


def _boundaries(found: Mapping[str, Any]) -> Iterator[str]:
    yield "| 要求 | 记录 | 结果 | 手算 |"
    yield "|---|---|---|---|"
    for b in found["boundaries"]:
        title = OUTCOME_TITLES[Outcome(b["outcome"])]
        yield f"| {b['requirement']} | {b['record']} | {title} | {b['sum']} |"


def _gates(found: Mapping[str, Any]) -> Iterator[str]:
    yield "| 决策 | 上会 | 出台 | 为什么 |"
    yield "|---|---|---|---|"
    for key, s in found.items():
        first, last = STATES[s["submit-to-discussion"]], STATES[s["issue"]]
        yield f"| {key} | {first} | {last} | {s['why']} |"


if __name__ == "__main__":
    readme = HERE / "README.md"
    readme.write_text(filled(readme.read_text(encoding="utf-8")), encoding="utf-8")
