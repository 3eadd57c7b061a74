"""Each library has its reason, its bounds, and the digest by which it is installed."""

from __future__ import annotations

import re
import tomllib

from tests.conftest import ROOT

PINNED = re.compile(r"([a-z0-9-]+)==(\S+) --hash=sha256:([0-9a-f]{64})")


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


def test_each_library_is_installed_by_its_digest() -> None:
    """Broken by a pin that another file could be put in place of, or by a registry's name."""
    text = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = [PINNED.fullmatch(line) for line in lines]
    assert all(found)
    names = {match[1] for match in found if match is not None}
    assert len(names) == len(lines)
    assert set(map(named, dependencies())) <= names
    assert "://" not in text
    assert "constraints.txt" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
