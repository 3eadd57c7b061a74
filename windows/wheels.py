"""One folder of wheels for Windows desks that have no network: run where there is one.

`python windows/wheels.py FOLDER` resolves what `fazhi[web]` needs on 64-bit Windows for one
version of Python, downloads the wheels, builds fazhi's own, and lists them all in
`windows/wheels.txt`. It needs `packaging`, which the development tools bring.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LISTED = ROOT / "windows" / "wheels.txt"
PYTHON = "3.12"
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "os_name": "nt",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}
_TARGET = (
    "--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp",
    "--only-binary=:all:",
)  # fmt: skip


def needed(texts: Iterable[str], extras: frozenset[str] = frozenset()) -> list[Requirement]:
    """The requirements among these that hold on Windows, with these extras asked for."""
    found = [Requirement(text) for text in texts]
    asked = [dict(WINDOWS, extra=extra) for extra in ("", *extras)]
    return [one for one in found if one.marker is None or any(map(one.marker.evaluate, asked))]


def direct() -> list[Requirement]:
    """What `fazhi[web]` itself names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return needed([*project["dependencies"], *project["optional-dependencies"]["web"]])


def _plain(requirement: Requirement) -> str:
    """A requirement without its marker: pip would judge that by the machine it runs on."""
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    return f"{requirement.name}{extras}{requirement.specifier}"


def resolved() -> tuple[list[str], list[str]]:
    """All requirements, those that only Windows has among them, and the wheels that meet them."""
    asked = {_plain(one) for one in direct()}
    while True:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run",
                       "--ignore-installed", "--report", str(report), "--target", folder,
                       *_TARGET, *sorted(asked)]  # fmt: skip
            subprocess.run(command, check=True)  # noqa: S603 - our own words
            found = json.loads(report.read_text(encoding="utf-8"))["install"]
        names = {canonicalize_name(one["metadata"]["name"]) for one in found}
        more = {
            _plain(need)
            for one in found
            for need in needed(
                one["metadata"].get("requires_dist", ()),
                frozenset(one.get("requested_extras", ())),
            )
            if canonicalize_name(need.name) not in names
        }
        if not more:
            return sorted(asked), sorted(
                one["download_info"]["url"].rsplit("/", 1)[1] for one in found
            )
        asked |= more


if __name__ == "__main__":
    target = Path(sys.argv[1])
    requirements, wheels = resolved()
    pip = [sys.executable, "-m", "pip"]
    subprocess.run(  # noqa: S603 - our own words
        [*pip, "download", "--dest", str(target), *_TARGET, *requirements], check=True
    )
    subprocess.run(  # noqa: S603 - our own words
        [*pip, "wheel", "--no-deps", "--wheel-dir", str(target), str(ROOT)], check=True
    )
    LISTED.write_text("\n".join(wheels) + "\n", encoding="utf-8")
