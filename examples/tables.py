"""The tables of examples/README.md, from what the requirements expect to be found there.

What is worked out by hand stands beside each requirement, under `qinglan` of its
`rulesets/<domain>/<id>.expected.yaml`; what belongs to no single one, in `expected.yaml`.
`python -m examples.tables` writes the tables between the marks of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from engine.model.outcome import (
    GATE_STATE_TITLES,
    OUTCOME_TITLES,
    SEVERITY_TITLES,
    GateState,
    Outcome,
    Severity,
)
from engine.model.strict_yaml import load_yaml

HERE: Final = Path(__file__).parent
RULESETS: Final = HERE.parent / "rulesets"
DOMAINS: Final = {
    "decision": "重大行政决策",
    "normative-doc": "规范性文件",
    "certificate": "执法人员和证件",
    "enforcement": "执法行为",
    "annual-report": "年度报告和责任落实",
    "other": "应诉、复议和信息公开",
}


def run() -> dict[str, Any]:
    """What is expected of the whole run: its day, gates, problems and exit codes."""
    return _read(HERE / "expected.yaml")


def expected(domain: str) -> dict[str, dict[str, Any]]:
    """By requirement, what is expected of it in the example: `findings` and `boundaries`.

    `without` says why the example has nothing for it to judge.
    """
    found = {}
    for path in sorted((RULESETS / domain).glob("*.expected.yaml")):
        told = _read(path).get("qinglan")
        if told:
            found[path.name.removesuffix(".expected.yaml")] = {
                "findings": told.get("findings", []),
                "boundaries": told.get("boundaries", []),
                "without": told.get("without"),
            }
    return found


def _read(path: Path) -> dict[str, Any]:
    found: Any = load_yaml(path.read_text(encoding="utf-8"), path.name)
    return dict(found)


@cache
def _instruments() -> dict[str, Any]:
    return _read(RULESETS / "instruments.yaml")


def _article(domain: str, name: str) -> str:
    """The articles a requirement stands on, as its own file has them."""
    basis = _read(RULESETS / domain / f"{name}.yaml")["basis"]
    cited = [(_instruments()[b["instrument"]]["name"].strip("《》"), b["article"]) for b in basis]
    return "；".join(f"{law}{article}" for law, article in cited)


def filled(page: str) -> str:
    """The page with the tables of the day between its marks."""
    for mark, lines in (
        ("gates", _gates(run()["gates"])),
        ("findings", _by_domain(_findings)),
        ("boundaries", _by_domain(_boundaries)),
    ):
        start, end = f"<!-- {mark} -->", "\n<!-- end -->"
        before, _, after = page.partition(start)
        page = before + "\n".join([start, *lines]) + end + after.partition(end)[2]
    return page


def _by_domain(table: Any) -> Iterator[str]:  # noqa: ANN401 - a function to lines
    for domain, title in DOMAINS.items():
        lines = list(table(domain, expected(domain)))
        yield f"### {title}（{len(lines) - 2}项）"
        yield ""
        yield from lines
        yield ""


def _findings(domain: str, found: Mapping[str, Any]) -> Iterator[str]:
    yield "| 要求 | 记录 | 结果 | 级别 | 条款 | 单元格 | 手算 |"
    yield "|---|---|---|---|---|---|---|"
    for name, told in found.items():
        for f in told["findings"]:
            named = [f"{at} {text or '（空）'}" for at, text in f.get("cells", {}).items()]
            place = " ".join([f["place"], *([f["row"]] if "row" in f else [])])
            yield (
                f"| {name} | {f['record']} | {OUTCOME_TITLES[Outcome(f['outcome'])]} "
                f"| {SEVERITY_TITLES[Severity(f['severity'])]} | {_article(domain, name)} "
                f"| {place} {'、'.join(named or f.get('quotes', []))} | {f['sum']} |"
            )


def _boundaries(_: str, found: Mapping[str, Any]) -> Iterator[str]:
    yield "| 要求 | 记录 | 结果 | 手算 |"
    yield "|---|---|---|---|"
    for name, told in found.items():
        for b in told["boundaries"]:
            title = OUTCOME_TITLES[Outcome(b["outcome"])]
            yield f"| {name} | {b['record']} | {title} | {b['sum']} |"


def _gates(found: Mapping[str, Any]) -> Iterator[str]:
    yield "| 决策 | 上会 | 出台 | 为什么 |"
    yield "|---|---|---|---|"
    for key, s in found.items():
        first, last = (
            GATE_STATE_TITLES[GateState(s[gate])] for gate in ("submit-to-discussion", "issue")
        )
        yield f"| {key} | {first} | {last} | {s['why']} |"


if __name__ == "__main__":
    readme = HERE / "README.md"
    readme.write_text(filled(readme.read_text(encoding="utf-8")), encoding="utf-8")
