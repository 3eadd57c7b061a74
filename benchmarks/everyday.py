"""Ratios of one run: judging against reading xlsx, growth with size, start-up.

python benchmarks/everyday.py            # prints each ratio beside the one aimed at
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import synthetic  # noqa: E402 - the repository's root comes first
from engine.assessing.assess import assess  # noqa: E402
from engine.judging.run import Run, judge, run_of  # noqa: E402
from engine.model.values import Record  # noqa: E402
from engine.ruleset.load import load_ruleset  # noqa: E402
from engine.ruleset.model import Requirement, Ruleset  # noqa: E402
from facts.folder import read_folder  # noqa: E402
from facts.records.load import load_schema  # noqa: E402

EXAMPLE = ROOT / "examples" / "qinglan"
AS_OF = dt.date(2025, 3, 10)
OFFICER_TYPES = ("officer", "certificate", "officer_year")


def seconds(action: Callable[[], object], times: int = 3) -> float:
    """The median time of an action."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def workload(
    ruleset: Ruleset, run: Run, subjects: tuple[str, ...], records: int, count: int
) -> tuple[list[Requirement], dict[str, list[Record]]]:
    """`count` requirements on one subject type, and records for them."""
    found = [r for r in ruleset.requirements.values() if r.subject in subjects]
    subject = max(subjects, key=lambda name: sum(r.subject == name for r in found))
    mine = [r for r in found if r.subject == subject]
    chosen, best = synthetic.in_order(run, mine, count)
    return chosen, synthetic.many(best, chosen, records)


def example(ruleset: Ruleset) -> Run:
    """The example city, as the command line reads it."""
    return run_of(ruleset, read_folder(EXAMPLE, ruleset.schema), AS_OF)


def read_all(path: Path) -> int:
    """Every cell of a workbook, as openpyxl reads it."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


def judging_against_reading(ruleset: Ruleset) -> float:
    """Time to judge, compare and find, over the time to read the same records from xlsx."""
    run = example(ruleset)
    officers, rows = workload(ruleset, run, OFFICER_TYPES, 10_000, 12)
    decisions, more = workload(ruleset, run, ("decision",), 2_000, 20)
    records = {**rows, **more}
    chosen = {r.id: r for r in (*officers, *decisions)}
    ruleset = replace(ruleset, requirements=chosen, gates={})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.xlsx"
        cells = synthetic.write_xlsx(path, records)
        reading = seconds(lambda: read_all(path))
    run = run.on({**run.records, **records})
    judging = seconds(lambda: judge(run, list(chosen.values())))
    whole = seconds(lambda: assess(ruleset, run))
    print(f"  读{cells}格{reading:.2f}秒；判定并比对{judging:.2f}秒；连同结论和理由{whole:.2f}秒")
    return whole / reading


def growth(ruleset: Ruleset) -> float:
    """The exponent with which judging grows from 1,000 to 30,000 records."""
    city, taken = example(ruleset), []
    for count in (1_000, 30_000):
        officers, records = workload(ruleset, city, OFFICER_TYPES, count, 12)
        run = city.on({**city.records, **records})
        taken.append(seconds(lambda run=run, officers=officers: judge(run, officers)))  # type: ignore[misc]
    return math.log(taken[1] / taken[0]) / math.log(30)


def start_up() -> tuple[float, float]:
    """`fazhi --help` over `import click`; and what `check` of the example takes beyond that."""

    def command(*arguments: str) -> float:
        return seconds(
            lambda: subprocess.run(
                [sys.executable, *arguments], capture_output=True, check=False, cwd=ROOT
            ),
            5,
        )

    click = command("-c", "import click")
    help_ = command("cli.py", "--help")
    check = command("cli.py", "check", "examples/qinglan", "--as-of", "2025-03-10")
    return help_ / click, check - help_


def main() -> None:
    """Print every ratio."""
    ruleset = load_ruleset(ROOT / "rulesets", load_schema())
    print(f"判定／读取   {judging_against_reading(ruleset):.2f}（目标 ≤ 1）")
    print(f"增长指数     {growth(ruleset):.2f}（目标 ≤ 1.1）")
    ratio, extra = start_up()
    print(f"--help／click {ratio:.2f}（目标 ≤ 2）")
    print(f"示例自查多用  {extra:.2f} s（目标 ≤ 1.5）")


if __name__ == "__main__":
    main()
