"""All annotated reports, through the yardstick in ``benchmarks/extraction.py``."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
FOLDER = ROOT.parent / "shared" / "reports"
NAMES = ["changge-2024", "pingtan-junshan-2022", "shenzhen-longhua-2019"]

pytestmark = pytest.mark.skipif(
    not all((FOLDER / f"{name}.txt").exists() for name in NAMES),
    reason="这里没有标注过的年度报告",
)


@pytest.fixture(scope="module")
def yardstick() -> ModuleType:
    path = ROOT / "benchmarks" / "extraction.py"
    spec = importlib.util.spec_from_file_location("extraction_yardstick", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_scores(yardstick: ModuleType) -> None:
    scores = {score.name: score for score in yardstick.measure(FOLDER)}
    assert set(NAMES) <= set(scores)
    for name in NAMES:
        score = scores[name]
        assert score.recall >= 0.99, name
        assert score.precision >= 0.99, name
        assert score.unit_agreement >= 0.97, name
        assert score.on_names == 0, name
        assert score.relations_agree == score.relations, name
        assert score.other_failing == 0, name
