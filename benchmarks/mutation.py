"""Whether the tests notice when engine/ is changed: a seeded sample of mutmut's mutants.

python benchmarks/mutation.py                       # the sample of seed 1; prints the table
python benchmarks/mutation.py --seed 2 --share 5    # another one, 5 % of each module
python benchmarks/mutation.py --share 100           # every mutant: a day's work
python benchmarks/mutation.py --only 'engine/judging/sql/*' # some modules
python benchmarks/mutation.py --survivors           # what survived, as differences; runs nothing

mutmut keeps its copy of the sources and every verdict in `mutants/`; `--rest` runs only what has
none yet. Which tests a mutant is tried on: `reach.py`, beside this file.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import yaml
from mutmut import __main__ as mutmut
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import setup_source_paths, walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers.isolation import get_mutant_runner
from reach import DEEP, Reach, reach

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENT = ROOT / "tests" / "mutation" / "equivalent.yaml"

_CRASHED = 255
"""The tests could not be run: mutmut takes it for a time-out, here it counts as alive."""

_UNREAD = re.compile(r"""\bcast\(("[^"]*"|None), |, (strict=\w+)?(?=\))|\bassert_never\(\w+\)""")
"""What nothing ever reads while the code is right: types for the checker, and assertions."""

HEAD = """# `engine/` 的变异测试

`python benchmarks/mutation.py`：mutmut 把 `engine/` 的每个函数一处一处地改坏，看测试会不会失败。
"""


@dataclass
class Module:
    """One module: its mutants, those drawn, and what became of them."""

    path: Path
    mutants: dict[str, int | None]
    drawn: list[str]
    equivalent: set[str] = field(default_factory=set)

    def status(self, name: str) -> str:
        """What became of a mutant, in mutmut's word; `equivalent` where named."""
        code = self.mutants[name]
        if code == _CRASHED:
            return "suspicious"
        return "equivalent" if name in self.equivalent else status_by_exit_code[code]


def make_mutants() -> None:
    """Write the mutated copy of the sources; what has not changed since is kept."""
    Path("mutants").mkdir(exist_ok=True)
    with mutmut.CatchOutput(spinner_title="Generating mutants"):
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        mutmut.create_mutants(os.cpu_count() or 1)


def draw(seed: int, share: float, least: int, only: str) -> list[Module]:
    """The sample: of each module its share, of small ones `least` or all there are."""
    modules = []
    for path in sorted(walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        if not data.exit_code_by_key or not fnmatch(str(path), only):
            continue
        names = sorted(data.exit_code_by_key)
        count = min(len(names), max(least, round(len(names) * share / 100)))
        drawn = random.Random(f"{seed} {path}").sample(names, count)  # noqa: S311 - a sample
        modules.append(Module(path, data.exit_code_by_key, sorted(drawn)))
    return modules


def run(modules: list[Module], reached: Reach, *, rest: bool) -> None:
    """Try the drawn mutants, as many at a time as there are processors; keep every verdict."""
    setup_source_paths()
    runner = get_mutant_runner(os.cpu_count() or 1)
    module_of = {name: module for module in modules for name in module.drawn}
    tried = 0

    def take() -> None:
        nonlocal tried
        result = runner.wait_for_result()
        data = SourceFileMutationData(path=module_of[result.mutant_name].path)
        data.load()
        data.exit_code_by_key[result.mutant_name] = result.exit_code
        data.save()
        tried += 1
        print(f"{tried} {status_by_exit_code[result.exit_code]} {result.mutant_name}", flush=True)

    runner.startup()
    try:
        for name, module in module_of.items():
            if rest and module.mutants[name] is not None:
                continue
            tests = reached.chosen(mangled_name_from_mutant_name(name))
            seconds = reached.estimate(tests)
            while not runner.has_capacity():
                take()
            # The processor time it may take; mutmut allows half of it by the clock.
            runner.submit(name, tests, 2 * math.ceil(3 * seconds + 30), seconds)
        runner.signal_work_complete()
        while runner.pending_count():
            take()
    finally:
        runner.shutdown()


def difference(name: str, path: Path) -> tuple[str, str]:
    """The lines before and after, each joined by blanks."""
    lines = get_diff_for_mutant(name, path=path).splitlines()[2:]
    before, after = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return before, after


def name_equivalents(modules: list[Module]) -> None:
    """Mark the mutants that `equivalent.yaml` names: by function and lines, never by number.

    A type that `cast` is given is read by the type checker alone; `strict` of a `zip` and
    `assert_never` speak up where the code around them is wrong already.
    """
    named = yaml.safe_load(EQUIVALENT.read_text("utf-8"))
    for module in modules:
        for name in module.drawn:
            if status_by_exit_code[module.mutants[name]] != "survived":
                continue
            function = mangled_name_from_mutant_name(name)
            pairs = [(one["before"], one["after"]) for one in named.get(function, ())]
            before, after = difference(name, module.path)
            if (before, after) in pairs or _UNREAD.sub("", before) == _UNREAD.sub("", after):
                module.equivalent.add(name)


def table(modules: list[Module]) -> Iterator[str]:
    """The Markdown table, module by module, and the sum."""
    yield "| 模块 | 变异 | 试了 | 杀死 | 超时 | 存活 | 没有测试到 | 等价 | 得分 |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    total: Counter[str] = Counter()
    for module in modules:
        tally = Counter(module.status(name) for name in module.drawn)
        tally["made"] = len(module.mutants)
        tally["tried"] = len(module.drawn) - tally["not checked"]
        total += tally
        yield _row(f"`{module.path}`", tally)
    yield _row("**合计**", total)


def _row(title: str, tally: Counter[str]) -> str:
    killed = tally["killed"] + tally["segfault"]
    alive = tally["survived"] + tally["no tests"] + tally["suspicious"]
    timeout = tally["timeout"]
    counted = killed + timeout + alive
    score = f"{100 * (killed + timeout) / counted:.1f} %" if counted else "—"
    return (
        f"| {title} | {tally['made']} | {tally['tried']} | {killed} | {timeout} | "
        f"{alive - tally['no tests']} | {tally['no tests']} | {tally['equivalent']} | {score} |"
    )


def survivors(modules: list[Module]) -> Iterator[str]:
    """Every mutant that nothing noticed, with its lines before and after."""
    for module in modules:
        for name in module.drawn:
            if module.status(name) in ("survived", "no tests", "suspicious"):
                before, after = difference(name, module.path)
                yield f"{name} ({module.status(name)})\n  - {before}\n  + {after}"


def main() -> int:
    """Run the sample, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=3, help="percent of each module's mutants")
    parser.add_argument("--least", type=int, default=6, help="mutants of a small module")
    parser.add_argument("--only", default="*", help="modules, as a pattern of paths")
    parser.add_argument("--rest", action="store_true", help="only what has no verdict yet")
    parser.add_argument("--survivors", action="store_true", help="list them; run nothing")
    chosen = parser.parse_args()
    sys.setrecursionlimit(DEEP)
    sample = (chosen.seed, chosen.share, chosen.least, chosen.only)
    if not chosen.survivors:
        make_mutants()
        run(draw(*sample), reach(), rest=chosen.rest)
    modules = draw(*sample)
    name_equivalents(modules)
    print("\n".join(survivors(modules) if chosen.survivors else [HEAD, *table(modules)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
