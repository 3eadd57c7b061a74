"""One thing spoilt in a lawful row, in ways a careful officer would stop at: none of it passes."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.law.falsepass.folder import (
    FIRST,
    Case,
    cases,
    gates,
    outcomes,
    sheets_of,
    suffered,
    write,
)
from tests.law.pipeline.cityrun import assessment_of

CASES: Final = cases("cases.yaml")
LATE: Final = dt.date(2025, 6, 30)


def batches() -> dict[str, list[Case]]:
    """The cases judged together: of one kind of matter on one day, unless they must be apart."""
    found: dict[str, list[Case]] = defaultdict(list)
    for case in CASES:
        own = case["name"] if case.get("apart") else ""
        found[f"{case['matter']} {case.get('as_of', LATE)} {own}".strip()].append(case)
    return found


BATCHES: Final = batches()


def told(assessment: Mapping[str, Any], number: int, case: Case) -> list[str]:
    """All that is not as the case says."""
    found = outcomes(assessment, number)
    open_ = [g for g, state in gates(assessment, number).items() if state == "open"]
    wrong = []
    for requirement, wanted in case["says"].items():
        said = {said for (name, _), said in found.items() if name == requirement}
        if wanted not in said:
            wrong.append(f"{case['name']}：{requirement}应是{wanted}，得到{sorted(said)}")
    wrong += [f"{case['name']}：{gate}开着" for gate in case.get("shut", ()) if gate in open_]
    return wrong


def test_every_kind_of_a_row_is_tried_in_six_ways() -> None:
    """Fails if a kind were tried in fewer ways than could tell a mechanism from a case."""
    tried = Counter(case["kind"] for case in CASES)
    assert set(tried) == {1, 2, 3, 4, 7, 8, 9, 10, 11, 12}
    assert min(tried.values()) >= 6


@pytest.mark.parametrize("name", BATCHES)
def test_what_is_spoilt_never_passes(name: str, tmp_path: Path) -> None:
    """Fails if a spoilt matter is judged otherwise, or if the lawful one beside it suffers."""
    batch = BATCHES[name]
    lawful: Case = {"matter": batch[0]["matter"]}
    together = [lawful, *batch]
    write(tmp_path / "县", lawful["matter"], sheets_of(together))
    as_of = batch[0].get("as_of", LATE)
    assessment = assessment_of(tmp_path / "县", as_of.isoformat())
    wrong = [
        line
        for number, case in enumerate(batch, FIRST + 1)
        for line in told(assessment, number, case)
    ]
    assert wrong == []
    if as_of == LATE and not batch[0].get("apart"):
        assert suffered(assessment, FIRST, lawful["matter"]) == []
