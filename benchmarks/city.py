"""The seeded city, at length: faults planted, found and missed, requirement by requirement.

python benchmarks/city.py                # ten thousand faults; prints the table in Markdown
python benchmarks/city.py 500 --seed 7   # another number of faults, other cities
python benchmarks/city.py --only ID      # one requirement, in a small city; what is wrong, in words
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.law.city.build import AS_OF, YEAR, many, only  # noqa: E402 - the repository's root comes first
from tests.law.city.law import scripts  # noqa: E402
from tests.law.pipeline.cityrun import Checked, check, told  # noqa: E402

HEAD = """# 种下的问题找到多少

`python benchmarks/city.py`：照条文写的脚本（`rulesets/*/*.expected.yaml`，看不到程序和要求的式子）
在一座城的台账和年度报告里种下问题和合规的近似情形，写成不规整的 xlsx，用 `fazhi check` 整条走一遍，
两边逐条对。
"""


@dataclass
class Tally:
    """The sums of all cities, by requirement."""

    titles: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    planted: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    consequences: int = 0
    records: int = 0
    outcomes: int = 0
    cities: int = 0
    lost: int = 0

    def add(self, checked: Checked) -> None:
        """One city more."""
        city, assessment = checked.city, checked.assessment
        for fault in city.faults:
            self.planted[fault.requirement] += 1
            self.kinds[fault.requirement].add(fault.kind)
        self.harmless.update(one.requirement for one in city.harmless)
        self.missed.update(requirement for requirement, _, _ in checked.missed)
        self.false.update(requirement for requirement, _, _ in checked.false_alarms)
        self.false.update(one.requirement for one, _ in checked.misjudged)
        self.titles.update({k: v["title"] for k, v in assessment["requirements"].items()})
        self.consequences += len(city.expected()) - len(city.faults)
        self.records += sum(assessment["summary"]["subjects"].values())
        self.outcomes += len(assessment["outcomes"])
        self.cities += 1
        self.lost += len(checked.lost)


def table(tally: Tally) -> str:
    """All of it as Markdown, every requirement in one line."""
    basis = {one.requirement: one.article for one in scripts()}
    unplanted = {one.requirement: one.unplanted for one in scripts() if one.unplanted}
    planted, missed = tally.planted.total(), tally.missed.total()
    lines = [
        HEAD,
        (
            f"{YEAR}年度，检查日{AS_OF.isoformat()}；{tally.cities}座城，{tally.records}条记录，"
            f"{tally.outcomes}个结论，没读进来的行{tally.lost}。"
        ),
        "",
        (
            f"种下 **{planted}** 处，漏 **{missed}** 处，误报 **{tally.false.total()}** 处；"
            f"近似而合规的{tally.harmless.total()}处。"
        ),
        f"一处问题必然带出别的问题的，由脚本照条文一并写明，另有{tally.consequences}处，同样逐条对。",
        "",
        "| 要求 | 名称 | 条文 | 种法 | 种下 | 找到 | 漏 | 近似合规 | 误报 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name in sorted({*tally.titles, *unplanted}):
        if name in unplanted:
            lines.append(
                f"| {name} | {tally.titles.get(name, '')} | 没有种：{unplanted[name]} |"
                f" | | | | | {tally.false[name]} |"
            )
            continue
        found = tally.planted[name] - tally.missed[name]
        lines.append(
            f"| {name} | {tally.titles[name]} | {basis[name]} |"
            f" {len(tally.kinds[name])} | {tally.planted[name]} | {found} | {tally.missed[name]} |"
            f" {tally.harmless[name]} | {tally.false[name]} |"
        )
    return "\n".join(lines) + "\n"


def alone(requirement: str, seed: int) -> int:
    """What is planted for one requirement, and what of it is not told rightly; 1 if anything."""
    wrong, kinds = [], []
    for city in only(requirement, seed):
        kinds += [one.kind for one in (*city.faults, *city.harmless)]
        wrong += told(check(city))
    print(f"{requirement} 种了{len(kinds)}处：{'；'.join(kinds)}")
    print("\n".join(wrong) or "该报的都报了，没有多报")
    return int(bool(wrong))


def main() -> int:
    """Print the table; 1 if anything was missed, false or lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="ID")
    options = parser.parse_args()
    if options.only:
        return alone(options.only, options.seed)
    tally = Tally()
    for city in many(options.faults, first=options.seed):
        checked = check(city)
        tally.add(checked)
        told = (checked.missed[:9], checked.false_alarms[:9], checked.misjudged[:9])
        print(tally.cities, tally.planted.total(), *told, file=sys.stderr, flush=True)
    print(table(tally), end="")
    return int(bool(tally.missed.total() or tally.false.total() or tally.lost))


if __name__ == "__main__":
    sys.exit(main())
