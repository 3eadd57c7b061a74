"""What is carried to a Windows desk: the list of wheels has all that is asked for, for Windows."""

from __future__ import annotations

import importlib.util
from importlib import metadata
from types import ModuleType

import pytest
from packaging.tags import Tag
from packaging.utils import canonicalize_name, parse_wheel_filename

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheels() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wheels", ROOT / "windows" / "wheels.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def listed() -> list[str]:
    return (ROOT / "windows" / "wheels.txt").read_text(encoding="utf-8").split()


def test_every_requirement_is_met_by_a_wheel_of_the_list(wheels: ModuleType) -> None:
    """Broken by a library that is asked for in pyproject.toml and not carried along."""
    versions = {name: version for name, version, _, _ in map(parse_wheel_filename, listed())}
    for one in wheels.direct():
        assert versions[canonicalize_name(one.name)] in one.specifier, one
    assert "durable-rules" not in versions


def test_no_wheel_is_carried_that_nothing_asks_for(wheels: ModuleType) -> None:
    """Broken by a library that is not needed any more and still lies in the list."""
    asked: dict[str, frozenset[str]] = {}
    left = [(canonicalize_name(one.name), frozenset(one.extras)) for one in wheels.direct()]
    while left:
        name, extras = left.pop()
        if name in asked and extras <= asked[name]:
            continue
        asked[name] = asked.get(name, frozenset()) | extras
        try:
            texts = metadata.requires(name) or []
        except metadata.PackageNotFoundError:  # what only Windows has
            continue
        needed = wheels.needed(texts, extras)
        left += [(canonicalize_name(one.name), frozenset(one.extras)) for one in needed]
    carried = [parse_wheel_filename(name)[0] for name in listed()]
    assert [name for name in carried if name not in asked] == []


def test_every_wheel_goes_on_64_bit_windows_with_that_python() -> None:
    for name in listed():
        tags = parse_wheel_filename(name)[3]
        fitting = [tag for tag in tags if fits(tag)]
        assert fitting, name


def fits(tag: Tag) -> bool:
    if tag.platform == "any":
        return tag.interpreter.startswith("py3") and tag.abi == "none"
    return tag.platform == "win_amd64" and tag.interpreter == "cp312"


def test_what_only_windows_needs_is_asked_for(wheels: ModuleType) -> None:
    texts = ["a; sys_platform == 'win32'", "b; sys_platform != 'win32'", "c; extra == 'x'", "d"]
    assert [one.name for one in wheels.needed(texts)] == ["a", "d"]
    assert [one.name for one in wheels.needed(texts, frozenset({"x"}))] == ["a", "c", "d"]


def test_the_batch_file_is_one_for_windows() -> None:
    text = (ROOT / "windows" / "fazhi.bat").read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") > 0
    assert text.isascii()  # cmd.exe reads it in whatever code page it has
    assert b"--no-index --find-links wheels" in text
