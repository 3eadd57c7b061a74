"""What finding doubts costs a folder without any: a ratio of one run, in processor time.

python benchmarks/doubts.py              # prints the ratio beside the one aimed at, within a minute

The same lawful folder is read and judged with and without looking for facts that can't all be so,
by turns, so that whatever else the machine does falls on both alike; medians are compared.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.assessing.assess import assess  # noqa: E402 - the repository's root comes first
from engine.judging import doubt  # noqa: E402
from engine.judging.run import run_of  # noqa: E402
from engine.ruleset.load import load_ruleset  # noqa: E402
from engine.ruleset.model import Ruleset  # noqa: E402
from facts.folder import read_folder  # noqa: E402
from facts.records.load import load_schema  # noqa: E402
from tests.law.city.build import AS_OF, YEAR  # noqa: E402
from tests.law.city.case import City  # noqa: E402
from tests.law.city.population import populate  # noqa: E402
from tests.law.city.untidy import write  # noqa: E402

COPIES = 3
TURNS = 9
AIM = 1.05


def spent(ruleset: Ruleset, folder: Path) -> float:
    """The processor time, in seconds, of reading and judging the folder once."""
    start = time.process_time()
    assess(ruleset, run_of(ruleset, read_folder(folder, ruleset.schema, year=YEAR), AS_OF))
    return time.process_time() - start


def ratio(ruleset: Ruleset, folder: Path, turns: int) -> float:
    """The median with doubts looked for, over the median without."""
    taken: tuple[list[float], list[float]] = ([], [])
    spent(ruleset, folder)  # what is made once, and kept, is made here
    for _ in range(turns):
        taken[0].append(spent(ruleset, folder))
        with patch.object(doubt, "doubts", lambda *_: []):
            taken[1].append(spent(ruleset, folder))
    return statistics.median(taken[0]) / statistics.median(taken[1])


def main() -> None:
    """Print the ratio, and how many records it was measured on."""
    ruleset = load_ruleset(ROOT / "rulesets", load_schema())
    city = City(1, YEAR, AS_OF)
    populate(city, COPIES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(city, folder)
        facts = read_folder(folder, ruleset.schema, year=YEAR)
        run = run_of(ruleset, facts, AS_OF)
        found = doubt.doubts(run.records, run.world)
        if found:
            sys.exit(f"这座城里有{len(found)}处疑问，量不出没有疑问时多用多少：{found[0].why}")
        records = sum(len(of_type) for of_type in facts.records.values())
        measured = ratio(ruleset, folder, TURNS)
    print(f"找疑问／不找  {measured:.3f}（目标 ≤ {AIM}；{records}条记录，{TURNS}次的中位数）")


if __name__ == "__main__":
    main()
