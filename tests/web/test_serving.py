"""A page that can't be opened says why, and what to do."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from reporter.visible import visible
from tests.conftest import ROOT

pytest.importorskip("django", reason="没有装 fazhi[web]")


def served(folder: Path, *options: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "serve", "--data", str(folder), *options],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.decode().strip()


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    """Broken by an error that only whoever wrote the program can read."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert served(tmp_path / "数据", "--port", port) == (
            2,
            f"出错了：网页开不在 127.0.0.1 的 {port} 端口：端口正被别的程序占用；用 --port 换一个",
        )


@pytest.mark.parametrize("host", ["", "甲 乙", "192.0.2.1", "\udcff"])
def test_an_address_that_is_not_of_this_machine_is_said(tmp_path: Path, host: str) -> None:
    code, said = served(tmp_path / "数据", "--host", host, "--port", "48765")
    shown = visible(host)
    assert (code, said) == (
        2,
        f"出错了：网页开不在 {shown} 的 48765 端口：不是这台机器的地址；--host 写本机的地址",
    )
