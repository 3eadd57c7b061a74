"""Each library has its reason and its bounds."""

from __future__ import annotations

import re
import tomllib

from tests.conftest import ROOT


def named(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def dependencies() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found: list[str] = tomllib.loads(text)["project"]["dependencies"]
    return found


def test_each_library_has_its_reason() -> None:
    """Broken by a library that nobody says why fazhi needs."""
    pages = "".join(
        path.read_text(encoding="utf-8").lower() for path in (ROOT / "docs" / "adr").glob("*.md")
    ).replace("_", "-")
    assert [name for name in map(named, dependencies()) if name not in pages] == []


def test_each_library_has_a_lower_bound() -> None:
    assert [one for one in dependencies() if not re.search(r"[>=]=\d", one)] == []
