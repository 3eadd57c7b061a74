"""What an office waits for, as ratios of one run to importing what every check imports.

    python benchmarks/waiting.py [FOLDER DECISION]

Processor time of the command with its children and peak memory, each the least of several turns
taken by all in one go: another program that takes the machine takes it from all of them. Then one
cell is changed in one process, and what is judged again is timed by the clock.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.assessing.again import Reassessing  # noqa: E402 - the repository's root comes first
from engine.assessing.assess import assess  # noqa: E402
from engine.assessing.predecision import predecide  # noqa: E402
from engine.judging.altered import altered  # noqa: E402
from engine.judging.run import Run  # noqa: E402
from opening import opened  # noqa: E402

AS_OF: Final = "2025-03-10"
TURNS: Final = 5
KIB: Final = 1024
BASE: Final = "openpyxl、duckdb、pydantic"


class Taken(NamedTuple):
    """What a command took: processor time in seconds, peak memory in MiB."""

    seconds: float
    memory: float


def taken(command: list[str], asked: Path = Path(os.devnull)) -> Taken:
    """What a command takes that is given a file to read, its children's time included."""
    with (
        asked.open("rb") as given,
        subprocess.Popen(
            command, stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process,
    ):
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return Taken(used.ru_utime + used.ru_stime, used.ru_maxrss / KIB)


def commands(folder: str, decision: str, output: Path) -> dict[str, list[str]]:
    """What is timed, the base first."""
    fazhi = [sys.executable, str(ROOT / "cli.py")]
    check = [*fazhi, "check", folder, "--as-of", AS_OF]
    return {
        BASE: [sys.executable, "-c", "import openpyxl, duckdb, pydantic"],
        "predecision": [*fazhi, "predecision", folder, decision, "--as-of", AS_OF],
        "check": check,
        "check --output": [*check, "--output", str(output)],
    }


def least(times: list[Taken]) -> Taken:
    """The least of each."""
    return Taken(min(one.seconds for one in times), min(one.memory for one in times))


def by_the_clock(action: Callable[[], object]) -> float:
    """The least time of an action, in seconds."""
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def changed(run: Run, decision: str, turn: int) -> Run:
    """The run with another title of one decision: a cell of its row is corrected."""
    title = {"title": f"第{turn}稿"}
    return run.on(
        altered(run.records, {id(r): title for r in run.records["decision"] if r.key == decision})
    )


def judged_again(folder: str, decision: str) -> tuple[float, float]:
    """Seconds for one decision, and for the year, after a cell was changed."""
    _, ruleset, run = opened(Path(folder), as_of=dt.date.fromisoformat(AS_OF))
    again = Reassessing()
    assess(ruleset, run, again)
    predecide(ruleset, run, decision)
    runs = iter([changed(run, decision, turn) for turn in range(2 * TURNS)])
    one = by_the_clock(lambda: predecide(ruleset, next(runs), decision))
    year = by_the_clock(lambda: assess(ruleset, next(runs), again))
    return one, year


def main(folder: str = "examples/qinglan", decision: str = "决2024-01") -> None:
    """Print every ratio."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "x.json"
        found = commands(folder, decision, output)
        times: dict[str, list[Taken]] = {name: [] for name in found}
        for turn in range(TURNS + 1):  # the first turn keeps the rules for the others
            for name, command in found.items():
                one = taken(command)
                if turn:
                    times[name].append(one)
        size = output.stat().st_size / 10**6
    best = {name: least(of_one) for name, of_one in times.items()}
    base = best[BASE].seconds
    print("| | 处理器时间 | 倍数 | 内存 |\n|---|---|---|---|")
    for name, one in best.items():
        print(f"| {name} | {one.seconds:.2f} 秒 | {one.seconds / base:.1f} | {one.memory:.0f} MB |")
    ratio = best["check --output"].seconds / best["check"].seconds
    print(f"\n结果文件 {size:.1f} MB，{ratio:.2f} 倍于 check")
    one_decision, year = judged_again(folder, decision)
    print(f"改一格以后：一件决策 {one_decision:.2f} 秒，全年 {year:.2f} 秒")


if __name__ == "__main__":
    main(*sys.argv[1:])
