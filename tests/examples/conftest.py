"""The script that builds the example's ledgers, as a module."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="session")
def build_qinglan() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_qinglan", ROOT / "examples" / "build_qinglan.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
