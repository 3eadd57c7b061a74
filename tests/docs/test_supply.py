"""Each library has its reason and its bounds."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT


def named(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def project() -> dict[str, Any]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)["project"]
    return found


def dependencies() -> list[str]:
    found: list[str] = project()["dependencies"]
    return found


def test_each_library_has_its_reason() -> None:
    """Broken by a library that nobody says why fazhi needs."""
    pages = "".join(
        path.read_text(encoding="utf-8").lower() for path in (ROOT / "docs" / "adr").glob("*.md")
    ).replace("_", "-")
    assert [name for name in map(named, dependencies()) if name not in pages] == []


def test_each_library_has_a_lower_bound() -> None:
    assert [one for one in dependencies() if not re.search(r"[>=]=\d", one)] == []


def shipped() -> list[str]:
    """What an office's machine gets: for the command, the page and the proofs."""
    extras = project()["optional-dependencies"]
    return [*dependencies(), *extras["web"], *extras["verify"]]


@pytest.mark.parametrize("one", shipped())
def test_no_version_that_nobody_has_tried_is_taken(one: str) -> None:
    """Broken by a bound left open: the next major version is taken before anyone tried it."""
    asked = Requirement(one)
    assert not asked.specifier.contains("9999")
    exact = any(part.operator == "==" for part in asked.specifier)
    assert exact or any(part.operator == "<" for part in asked.specifier)
