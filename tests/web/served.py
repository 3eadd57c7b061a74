"""The page as `fazhi serve` opens it, for the tests that need it running."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT


def _own() -> dict[str, str]:
    """The environment of a process whose settings are the page's, not these tests'."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}


def fazhi(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=_own(), capture_output=True, text=True, check=False)


class Served:
    """The page as `fazhi serve` opens it, in processes of its own, on loopback."""

    def __init__(self, *arguments: str, cwd: Path = ROOT) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "cli", "serve", "--port", str(port), *arguments]
        self.process = subprocess.Popen(
            command, cwd=cwd, env=_own(), stderr=subprocess.PIPE, text=True
        )
        self.said = ""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line
            if self.address in line:
                return
        raise AssertionError(self.said)

    @property
    def password(self) -> str:
        """The one-time password that was printed; "" where none was."""
        found = re.search(r"一次性密码 (\S+?)（", self.said)
        return found[1] if found else ""

    def worker(self) -> int:
        """The process that works runs out, as soon as it is there."""
        for _ in range(200):
            mine = Path(f"/proc/{self.process.pid}/task").glob("*/children")
            found = " ".join(path.read_text(encoding="ascii") for path in mine).split()
            if found:
                return int(found[0])
            time.sleep(0.1)
        raise AssertionError("no worker")

    def stop(self) -> None:
        """End it as somebody who pulls the plug."""
        self.process.kill()
        self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()
