"""Where what can be made anew is kept, on each platform, and whom it is trusted from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from facts.files.cache import cache_folder, keep, kept


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, and nothing in the environment that names another place."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("platform", "variable", "below"),
    [
        ("linux", "XDG_CACHE_HOME", ".cache/fazhi"),
        ("darwin", "XDG_CACHE_HOME", "Library/Caches/fazhi"),
        ("win32", "LOCALAPPDATA", "AppData/Local/fazhi"),
    ],
)
def test_the_platforms_own_folder(
    platform: str, variable: str, below: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_folder() == home / below
    monkeypatch.setenv(variable, str(home / "elsewhere"))
    assert cache_folder() == home / "elsewhere" / "fazhi"
    monkeypatch.setenv(variable, "not/absolute")
    assert cache_folder() == home / below


def test_what_is_kept_comes_back_whole(home: Path) -> None:
    keep("甲", b"one")
    keep("甲", b"two")
    assert kept("甲") == b"two"
    assert kept("乙") is None
    folder = cache_folder()
    assert folder is not None
    assert [path.name for path in folder.iterdir()] == ["甲"]
    assert home in folder.parents


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 的文件没有这样的权限")
def test_on_windows_the_place_itself_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if modes, which say nothing there, keep Windows without a cache."""
    keep("甲", b"one")
    folder = cache_folder()
    assert folder is not None
    folder.chmod(0o777)
    assert kept("甲") is None
    monkeypatch.setenv("LOCALAPPDATA", str(folder.parent))
    monkeypatch.setattr(sys, "platform", "win32")
    assert kept("甲") == b"one"
