"""The package as it is handed on: built, installed outside the tree and run there."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from cli import ExitCode
from tests.conftest import ROOT

pytest.importorskip("hatchling", reason="hatchling 没有装")
EXAMPLE = ROOT / "examples" / "qinglan"


def built(kind: str, folder: Path, tree: Path = ROOT) -> Path:
    """The package of a tree, built without a registry."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=tree, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


def installed(wheel: Path, folder: Path) -> Path:
    """The packages of an empty environment that has the wheel, and what it depends on beside it."""
    venv.create(folder, with_pip=False)
    place = next(folder.rglob("site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)  # noqa: S202 - our own
    # added by its path alone: what points to the tree from there does not count
    libraries = sysconfig.get_paths()["purelib"]
    (place / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    return place


def fazhi(
    place: Path, *arguments: str, first: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """What the command of an environment does, far from the tree."""
    bin_ = place.parents[2] / "bin" if os.name != "nt" else place.parents[1] / "Scripts"
    path = f"import sys; sys.path.insert(0, {str(first)!r}); " if first else ""
    program = path + "from cli import main; main(prog_name='fazhi')"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}
    return subprocess.run(
        [str(bin_ / "python"), "-c", program, *arguments],
        cwd=place, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel that is built from the sdist."""
    folder = tmp_path_factory.mktemp("installed")
    with tarfile.open(built("sdist", folder / "sdist")) as archive:
        archive.extractall(folder / "tree", filter="data")
    (tree,) = (folder / "tree").iterdir()
    return installed(built("wheel", folder / "wheel", tree), folder / "env")


def test_it_runs_where_the_tree_is_not(place: Path, tmp_path: Path) -> None:
    """Broken by a data file, a grammar or a translation that the package leaves out."""
    (tmp_path / "决策台账.csv").write_text("决策编号,决策事项\n决1,停车\n", encoding="utf-8")
    made = fazhi(place, "check", str(tmp_path), "--as-of", "2025-03-10")
    assert made.returncode == ExitCode.FINDINGS, made.stderr
    assert "读到　　重大行政决策1件" in made.stdout
    where = fazhi(place, "rules", "show", "dec-comment-30d")
    assert where.returncode == ExitCode.CLEAN, where.stderr


def test_the_wheel_of_the_tree_and_of_the_sdist_hold_the_same(place: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(built("wheel", tmp_path / "wheel")) as archive:
        names = {n for n in archive.namelist() if ".dist-info" not in n}
    there = {
        path.relative_to(place).as_posix()
        for path in place.rglob("*")
        if path.is_file()
        and ".dist-info" not in path.as_posix()
        and path.suffix not in (".pyc", ".pth")
    }
    assert names == there


@pytest.mark.parametrize("room", ["engine", "facts", "reporter"])
def test_another_programs_module_in_place_of_ours_is_told(
    place: Path, tmp_path: Path, room: str
) -> None:
    """Broken by a traceback, or by running with half of another program."""
    (tmp_path / room).mkdir()
    (tmp_path / room / "__init__.py").write_text("", encoding="utf-8")
    made = fazhi(place, "rules", "list", first=tmp_path)
    assert made.returncode == ExitCode.FAILED
    assert made.stdout == ""
    (line,) = made.stderr.splitlines()
    assert line.startswith(f"出错了：名为“{room}”的程序块不是 fazhi 的（{tmp_path}")
