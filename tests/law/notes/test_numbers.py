"""Every trap of the notes has a test that bears its number."""

from __future__ import annotations

import ast
from pathlib import Path

TRAPS = range(1, 33)


def test_no_trap_is_without_a_test_of_its_number() -> None:
    """Fails if a numbered test is renamed or removed, or a number is given that no trap has."""
    names = [
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    numbers = {int(name.split("_")[1]) for name in names if name.split("_")[1].isdigit()}
    assert numbers == set(TRAPS)
