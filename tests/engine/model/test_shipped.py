"""The program's own files: one that can't be read ends the run, none is passed over."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from importlib.metadata import MetadataPathFinder
from pathlib import Path

import pydantic
import pytest

from engine.model.errors import InvalidRulesetError
from engine.model.schema import Schema
from engine.model.shipped import installed, shipped_bytes, shipped_files, shipped_text
from engine.ruleset.load import load_ruleset
from engine.ruleset.store import stamp
from tests.conftest import RULESETS, shut


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/2.yaml", "b/1.yaml", "a.yaml", "b/c/3.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("甲: 1\n", encoding="utf-8")
    return tmp_path


def test_every_file_in_the_order_of_its_path(folder: Path) -> None:
    found = [path.relative_to(folder).as_posix() for path in shipped_files(folder)]
    assert found == ["a.yaml", "b/1.yaml", "b/2.yaml", "b/c/3.py"]
    assert {shipped_text(path) for path in shipped_files(folder)} == {"甲: 1\n"}
    assert shipped_bytes(folder / "a.yaml") == "甲: 1\n".encode()


def test_a_folder_that_nobody_may_look_into_is_not_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by `rglob` and by `os.walk` as they come: both go on without the folder."""
    shut(monkeypatch, "c")
    with pytest.raises(InvalidRulesetError, match=r"b/c：程序自己的文件读不了：没有权限"):
        shipped_files(folder)


def test_rules_that_nobody_may_look_into_are_not_left_out(
    schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred requirements fewer would look like a hundred gaps fewer."""
    shut(monkeypatch, "enforcement")
    for read in (lambda: load_ruleset(RULESETS, schema), lambda: stamp({"rulesets": RULESETS})):
        with pytest.raises(InvalidRulesetError, match="rulesets/enforcement：程序自己的文件读不了"):
            read()


@pytest.mark.parametrize("read", [shipped_bytes, shipped_text])
def test_a_file_that_is_gone(read: Callable[[Path], object], folder: Path) -> None:
    (folder / "b" / "4.yaml").symlink_to(folder / "nowhere")
    with pytest.raises(
        InvalidRulesetError, match=r"b/4\.yaml：程序自己的文件读不了：已经不在了；请检查磁盘"
    ):
        read(folder / "b" / "4.yaml")


def test_a_package_that_is_not_there() -> None:
    assert installed("pydantic") == pydantic.VERSION
    with pytest.raises(InvalidRulesetError, match="程序要用的“没有这个”找不到或者读不了"):
        installed("没有这个")


def test_a_package_that_could_not_be_seen_once_is_there_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken by what the library remembers: a server would have to be started anew."""
    MetadataPathFinder().invalidate_caches()

    def failing(*_: object) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", failing)
        with pytest.raises(InvalidRulesetError, match="找不到或者读不了"):
            installed("pydantic")
    assert installed("pydantic") == pydantic.VERSION


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidRulesetError, match="读不了：不是 UTF-8 的文字"):
        shipped_text(folder / "a.yaml")
