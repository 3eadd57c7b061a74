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


def locked(name: str) -> dict[str, list[tuple[Requirement, int]]]:
    """The packages of a file in constraints/, each with its version and how many digests it has."""
    text = (ROOT / "constraints" / name).read_text(encoding="utf-8")
    found: dict[str, list[tuple[Requirement, int]]] = {}
    for entry in re.sub(r"^#.*\n", "", text).replace("\\\n", " ").splitlines():
        said, *digests = re.split(r"\s+--hash=sha256:(?=[0-9a-f]{64}(?:\s|$))", entry)
        found.setdefault(named(said), []).append((Requirement(said), len(digests)))
    return found


@pytest.mark.parametrize("name", ["build.txt", "dev.txt"])
def test_what_ci_installs_is_named_with_its_digests(name: str) -> None:
    """Broken by a package without a digest, without a version, or from a place of its own."""
    for packages in locked(name).values():
        for package, digests in packages:
            assert digests > 0, package
            assert [part.operator for part in package.specifier] == ["=="], package
            assert package.url is None
    text = (ROOT / "constraints" / name).read_text(encoding="utf-8")
    assert re.search(r"://|index-url|find-links|trusted-host", text) is None


def test_every_dependency_is_among_them() -> None:
    """Broken by a dependency that was added, or whose bounds were moved, and not fixed anew."""
    extras = project()["optional-dependencies"]
    asked = [*shipped(), *(one for one in extras["dev"] if named(one) != "fazhi")]
    fixed = locked("dev.txt") | locked("build.txt")
    for one in map(Requirement, asked):
        versions = [str(*part.specifier).lstrip("=") for part, _ in fixed[named(one.name)]]
        assert all(one.specifier.contains(version) for version in versions), one
        assert versions


def test_ci_takes_nothing_else() -> None:
    said = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    installs = [line for line in said.splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert all("--require-hashes" in line and "-r constraints/" in line for line in installs)
    assert 'PIP_NO_INDEX=1 PIP_NO_BUILD_ISOLATION=0 bash -c "$test_command"' in said


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
