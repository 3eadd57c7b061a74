"""Yardstick of the report reader: recall, precision and unit agreement on annotated reports.

    python benchmarks/extraction.py [FOLDER]
    python benchmarks/extraction.py --speed

FOLDER (default: ``shared/reports`` beside the repository) holds ``NAME.txt``, ``NAME.gold.json``
and ``NAME.nonfigures.json``. A figure counts as found if offset (within 2), value and unit agree.
False are: a figure on a digit of the non-figures, and a figure that no annotation has.
Only numbers are printed, never text, so that a report can stay unread.

Before the reports it prints how generated and annotated texts are read, which stand in
``tests/facts/report/spoken``: denials, contradictions, false alarms, indicators, tables.
After them stand the scores for parts and problems: on the kinds of whole reports that
``tests/facts/report/whole.py`` makes, and on the annotated texts that ``annotated_parts.yaml``
names. A report counts as right if all its parts are (a doubt is right only where one was put).

``--speed`` prints the time for a report of 200 pages, and the worst growth of any pattern from
10,000 to 100,000 characters (12 would be more than linear).
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import yaml  # noqa: E402

import facts.report  # noqa: E402
from facts.report import Figure, PartName, Report, Verdict, read_report  # noqa: E402
from tests.facts.report import whole  # noqa: E402
from tests.facts.report.spoken.score import tallies  # noqa: E402

DEFAULT_FOLDER = ROOT.parent / "shared" / "reports"
NEAR = 2
_FACTORS = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_SAME = {"个百分点": "百分点", "％": "%", None: ""}


@dataclass(frozen=True)
class Score:
    """Counts of one report; rates are derived."""

    name: str
    annotated: int
    found: int
    value_found: int
    reported: int
    on_names: int
    unannotated: int
    slugs: int
    relations: int
    relations_agree: int
    other_failing: int

    @property
    def recall(self) -> float:
        """Annotated figures found with offset, value and unit."""
        return self.found / max(1, self.annotated)

    @property
    def precision(self) -> float:
        """Reported figures that are annotated, unit aside."""
        return 1 - (self.on_names + self.unannotated) / max(1, self.reported)

    @property
    def lenient_precision(self) -> float:
        """Reported figures that don't stand on a name."""
        return 1 - self.on_names / max(1, self.reported)

    @property
    def unit_agreement(self) -> float:
        """Among figures found with offset and value, those whose unit agrees."""
        return self.found / max(1, self.value_found)


def amount(value: Any, unit: str | None) -> tuple[Decimal, str]:  # noqa: ANN401 - JSON
    """Return value and unit with 万元 and 万件 multiplied out."""
    unit = _SAME.get(unit, unit) or ""
    number = Decimal(str(value))
    if unit[:1] in _FACTORS and len(unit) > 1:
        return number * _FACTORS[unit[0]], unit[1:]
    return number, unit


def same_value(gold: dict[str, Any], figure: Figure) -> bool:
    """Whether an annotated value is the figure's."""
    return amount(gold["value"], gold.get("unit"))[0] == figure.value


def same_unit(gold: dict[str, Any], figure: Figure) -> bool:
    """Whether an annotated unit is the figure's."""
    return amount(gold["value"], gold.get("unit"))[1] == amount(0, figure.unit)[1]


def near(gold: dict[str, Any], figure: Figure) -> bool:
    """Whether the offsets agree within two characters."""
    return abs(gold["raw_start"] - figure.start) <= NEAR


def score(name: str, report: Report, gold: list[Any], names: list[Any]) -> Score:
    """Hold a report against its annotations."""
    wanted = [row for row in gold if "figure" in row]
    spans = {(figure.start, figure.end): figure for figure in report.figures}
    figures = list(spans.values())
    close = [[f for f in figures if near(row, f) and same_value(row, f)] for row in wanted]
    found = sum(
        any(same_unit(row, f) for f in fits) for row, fits in zip(wanted, close, strict=True)
    )
    annotated = {id(f) for fits in close for f in fits}
    digits = {p for row in names for p in range(row["start"], row["start"] + len(row["token"]))}
    on_names = [
        f for f in figures if digits & set(range(f.start, f.end)) and id(f) not in annotated
    ]
    others = [f for f in figures if id(f) not in annotated and f not in on_names]
    slugs = {(f.start, f.indicator) for f in report.figures}
    relations = [row for row in gold if "relation" in row]
    agree, failing = compare_relations(report, relations)
    return Score(
        name=name,
        annotated=len(wanted),
        found=found,
        value_found=sum(bool(fits) for fits in close),
        reported=len(figures),
        on_names=len(on_names),
        unannotated=len(others),
        slugs=sum(any((p, row["figure"]) in slugs for p in _around(row)) for row in wanted),
        relations=len(relations),
        relations_agree=agree,
        other_failing=failing,
    )


def _around(row: dict[str, Any]) -> range:
    return range(row["raw_start"] - NEAR, row["raw_start"] + NEAR + 1)


def numbers_in(expression: str) -> frozenset[str]:
    """The numbers of a formula; two formulas with the same numbers state the same tie."""
    cleaned = "".join(char if char.isdigit() or char == "." else " " for char in expression)
    return frozenset(f"{float(token):g}" for token in cleaned.split() if token.strip("."))


def compare_relations(report: Report, relations: list[dict[str, Any]]) -> tuple[int, int]:
    """Return how many annotated relations are judged as annotated, and how many others fail."""
    verdicts = {(numbers_in(r.expression), r.verdict) for r in report.relations}
    agree = 0
    for row in relations:
        ties = [numbers_in(part) for part in row["relation"].split(" and ")]
        if row.get("note", "").startswith("trap"):
            # looks wrong and isn't: neither claimed to hold nor reported as failing
            judged = {(tie, s) for tie in ties for s in (Verdict.HOLDS, Verdict.FAILS)}
            agree += not judged & verdicts
            continue
        verdict = Verdict.HOLDS if row["holds"] else Verdict.FAILS
        agree += all((tie, verdict) in verdicts for tie in ties)
    known = {
        numbers_in(row["relation"])
        for row in relations
        if not row["holds"] and not row.get("note", "").startswith("trap")
    }
    failing = [r for r in report.relations if r.verdict is Verdict.FAILS]
    return agree, sum(numbers_in(r.expression) not in known for r in failing)


def measure(folder: Path) -> list[Score]:
    """Score every annotated report of a folder."""
    scores = []
    for gold in sorted(folder.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        names = json.loads((folder / f"{name}.nonfigures.json").read_text(encoding="utf-8"))
        annotations = json.loads(gold.read_text(encoding="utf-8"))
        scores.append(score(name, read_report(text, name=name), annotations, names))
    return scores


EACH = 40
"""Reports of each kind."""


def parts_right(report: Report, parts: frozenset[PartName], unclear: frozenset[PartName]) -> bool:
    """Whether a report has these parts, may have those, and no other."""
    has = frozenset(part.name for part in report.parts if part.present)
    may = frozenset(part.name for part in report.parts if part.doubtful)
    return (has, may) == (parts, unclear)


def problems_right(report: Report, truth: whole.Whole) -> bool:
    """Whether the problems are those put there, and answered or not as they were put."""
    listed = [problem for problem in report.problems if problem.where == "part"]
    left = [p for p in report.problems if not (p.plans or p.maybe or p.settled)]
    asked = [p for p in report.problems if p.maybe and not p.plans]

    def same(found: list[facts.report.Problem], wanted: tuple[str, ...]) -> bool:
        return len(found) == len(wanted) and all(
            words in problem.text for problem, words in zip(found, wanted, strict=True)
        )

    return (
        (truth.problems is None or same(listed, truth.problems))
        and same(left, truth.unanswered or ())
        and same(asked, truth.doubtful or ())
    )


def generated_parts() -> list[str]:
    """One line a kind: how many whole reports were read right, and how many sets of problems."""
    lines = []
    for kind in whole.KINDS:
        made = [(read_report(one.text), one) for one in whole.reports(kind, EACH)]
        told = [(report, one) for report, one in made if one.unanswered is not None]
        right = sum(parts_right(report, one.parts, one.unclear) for report, one in made)
        line = f"parts, {kind}: {right}/{len(made)}"
        if told:
            line += f"  problems {sum(problems_right(*pair) for pair in told)}/{len(told)}"
        lines.append(line)
    return lines


def annotated_parts(folder: Path) -> str:
    """How many of the annotated texts have exactly the parts that a person found in them."""
    file = Path(__file__).with_name("annotated_parts.yaml")
    known = yaml.safe_load(file.read_text(encoding="utf-8"))
    texts = {name: folder / f"{name}.txt" for name in known}
    right = [
        parts_right(
            read_report(text.read_text(encoding="utf-8"), name=name),
            frozenset(map(PartName, known[name])),
            frozenset(),
        )
        for name, text in texts.items()
        if text.exists()
    ]
    return f"parts, annotated texts: {sum(right)}/{len(right)}"


PAGE = 600
HOSTILE = ("1", "一百", "1,234,", "1 234 ", "(", "《", "其中1件", "办结率及", "1.1.", "1+", "万零")


def sample(length: int) -> str:
    """Invented report text of a length, with every kind of piece in it."""
    base = (
        "（一）全年审查规范性文件12件，开展执法检查300余次，办结率达98.5%，同比增长5.2%。"
        "二是针对办案力量不足问题，组织40个单位1603人培训5次，其中骨干培训2次。"
        "截至10月31日，从55天压缩至20天，压缩率63.64%，实现零败诉。"
    )
    return (base * (length // len(base) + 1))[:length]


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """Processor time, best of some rounds: other work on the machine doesn't count."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def all_patterns() -> list[re.Pattern[str]]:
    """Every compiled pattern of the reader."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(facts.report.__path__, "facts.report."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, re.Pattern):
                found[value.pattern] = value
    for indicator in facts.report.indicators():
        found |= {pattern.regex.pattern: pattern.regex for pattern in indicator.patterns}
    return list(found.values())


def growth(pattern: re.Pattern[str]) -> float:
    """Worst growth of one pattern over all texts; too fast to measure counts as linear."""
    worst = 0.0
    for piece in (*HOSTILE, sample(600)):
        short, long = ((piece * (n // len(piece) + 1))[:n] for n in (10_000, 100_000))

        def over(text: str) -> Callable[[], int]:
            return lambda: sum(1 for _ in pattern.finditer(text))

        slow = seconds(over(long), 1)
        if slow > MEASURABLE:
            worst = max(worst, seconds(over(long)) / seconds(over(short)))
    return worst


MEASURABLE = 0.004


def speed() -> int:
    """Print the time for 200 pages and the worst growth of a pattern."""
    read_report(sample(PAGE))
    pages = 200
    spent = seconds(lambda: read_report(sample(pages * PAGE)))
    worst = max(growth(pattern) for pattern in all_patterns())
    print(
        f"{pages} pages: {spent:.2f} s; worst growth of a pattern from 10,000 to 100,000"
        f" characters: {worst:.1f} times"
    )
    return 0


def main(arguments: list[str]) -> int:
    """Print one line per report, then the scores for parts and problems."""
    if arguments == ["--speed"]:
        return speed()
    folder = Path(arguments[0]) if arguments else DEFAULT_FOLDER
    for tally in tallies():
        print(f"{tally.name}: {tally.right}/{tally.cases} ({tally.right / tally.cases:.3f})")
    if not folder.is_dir():
        print(f"没有找到标注过的年报：{folder}", file=sys.stderr)
        return 2
    for row in measure(folder):
        print(
            f"{row.name}: recall {row.recall:.3f} ({row.found}/{row.annotated})"
            f"  precision {row.precision:.3f} (reported {row.reported}, on names {row.on_names},"
            f" not annotated {row.unannotated}; names only: {row.lenient_precision:.3f})"
            f"  unit {row.unit_agreement:.3f}  slugs {row.slugs}/{row.annotated}"
            f"  relations {row.relations_agree}/{row.relations}"
            f"  other failing {row.other_failing}"
        )
    print(annotated_parts(folder))
    print("\n".join(generated_parts()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
