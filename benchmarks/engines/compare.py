"""Engines over the same officers and cases: the same outcomes first, then the time.

python benchmarks/engines/compare.py --json figures.json    # all sizes; an hour
python benchmarks/engines/compare.py --sizes 10000 --tasks officers
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

CONTENDERS: Final = {
    "handwritten": "手写的 DuckDB 查询",
    "fazhi_sql": "fazhi 按表核对",
    "frames": "polars",
    "plain": "生成的 Python 函数",
    "fazhi_everyday": "fazhi 日常（两个引擎并比对）",
    "zen_rules": "zen-engine",
    "cel": "cel-expr-python",
    "clips_rules": "CLIPS（clipspy）",
    "durable_raw": "durable_rules（照它的手册）",
}
LIMIT: Final = "handwritten"
SIZES: Final = (10_000, 100_000, 1_000_000, 4_000_000)
CASES: Final = 100_000
PEOPLE: Final = 20_000
PATIENCE: Final = 900
MOST_SECONDS: Final = 150
MOST_MEMORY: Final = 6 * 2**30
"""Whoever would take more at the next size, going by the last one, is not asked to.

`PATIENCE` is what anybody may take at all, on a machine that others use too.
"""


@dataclass(frozen=True)
class Measured:
    """One contender at one size: processor time of the judging, the whole process's memory."""

    contender: str
    task: str
    size: int
    seconds: float = 0.0
    waited: float = 0.0
    memory: int = 0
    outcomes: str = ""
    trouble: str = ""


def one(contender: str, task: str, folder: Path) -> dict[str, Any]:
    """What one contender took in this very process."""
    module = importlib.import_module(f"benchmarks.engines.{contender}")
    judge = module.prepare(folder, task)
    before, start = _processor(), time.perf_counter()
    letters = judge()
    taken, waited = _processor() - before, time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    digests = {
        name: hashlib.sha256(found.encode()).hexdigest()[:16]
        for name, found in sorted(letters().items())
    }
    return {"seconds": taken, "waited": waited, "memory": memory, "outcomes": json.dumps(digests)}


def _processor() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(each)[:2]) for each in whose)


def measured(contender: str, task: str, size: int, folder: Path) -> Measured:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--one", contender, task, str(folder)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=ROOT
        )
    except subprocess.TimeoutExpired:
        return Measured(contender, task, size, trouble=f"{PATIENCE}秒没有完")
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        return Measured(contender, task, size, trouble=f"没有跑成：{last[:80]}")
    return Measured(contender, task, size, **json.loads(done.stdout.splitlines()[-1]))


def compared(contenders: list[str], task: str, sizes: list[int]) -> list[Measured]:
    """All contenders at all sizes; none goes on after it was too slow, failed or disagreed."""
    from benchmarks.engines.data import write_cases, write_officers

    found, out = [], set()
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if task == "cases":
                write_cases(folder, size, PEOPLE)
            else:
                write_officers(folder, size)
            wanted = ""
            for contender in contenders:
                if contender in out:
                    continue
                each = _too_much(contender, task, size, found) or measured(
                    contender, task, size, folder
                )
                wanted = wanted or each.outcomes
                if not each.trouble and each.outcomes != wanted:
                    each = Measured(contender, task, size, trouble=_differing(each, wanted))
                if each.trouble:
                    out.add(contender)
                found.append(each)
                print(_line(each, found), flush=True)
    return found


def _too_much(contender: str, task: str, size: int, found: list[Measured]) -> Measured | None:
    """Nothing where a contender may be asked; else what it would take."""
    before = [each for each in found if each.contender == contender and each.size < size]
    if not before:
        return None
    times = size / before[-1].size
    seconds, memory = before[-1].seconds * times, before[-1].memory * times
    if seconds <= MOST_SECONDS and memory <= MOST_MEMORY:
        return None
    told = f"没有再量：照上一档推算约{seconds:.0f}秒、{memory / 2**30:.0f} GB"
    return Measured(contender, task, size, trouble=told)


def _differing(each: Measured, wanted: str) -> str:
    mine, others = json.loads(each.outcomes), json.loads(wanted)
    names = sorted(name for name in others if mine.get(name) != others[name])
    return "结论不同：" + "、".join(names)


def _line(each: Measured, found: list[Measured]) -> str:
    limit = next((m for m in found if m.contender == LIMIT and m.size == each.size), None)
    ratio = each.seconds / limit.seconds if limit and limit.seconds else math.nan
    told = each.trouble or (
        f"{each.seconds:9.2f} 秒（等了 {each.waited:.1f}）  手写的 {ratio:7.1f} 倍  "
        f"{each.memory / 2**20:7.0f} MB"
    )
    return f"{each.task:9}{each.size:>10,}  {CONTENDERS[each.contender]:16}  {told}"


def main() -> None:
    """Print every figure; with `--json` keep them for the page."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--one", nargs=3)
    reader.add_argument("--sizes", nargs="*", type=int, default=list(SIZES))
    reader.add_argument("--tasks", nargs="*", default=["officers", "cases"])
    reader.add_argument("--contenders", nargs="*", default=list(CONTENDERS))
    reader.add_argument("--json", type=Path)
    asked = reader.parse_args()
    if asked.one:
        contender, task, folder = asked.one
        print(json.dumps(one(contender, task, Path(folder))))
        return
    found = []
    for task in asked.tasks:
        sizes = asked.sizes if task == "officers" else [CASES]
        found += compared(asked.contenders, task, sizes)
    if asked.json:
        asked.json.write_text(
            json.dumps([each.__dict__ for each in found], ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
