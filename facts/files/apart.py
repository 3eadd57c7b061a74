"""Reading in a process apart, under limits: one for the whole run, started anew where it ended.

A hostile file can make a parser take all memory, never end, or take its whole process down. The
child reads one file after the other; what it can't do is a problem of that file alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from engine.model.errors import reason
from engine.model.facts import Input
from facts.files.early import early_ledgers
from facts.files.grid import Grid
from facts.files.mend import MEND
from facts.files.open import MIB
from facts.files.reader import NO_MEMORY
from facts.files.refused import RefusedError, SecretError
from facts.files.wire import dumped, grid_received, loaded, receive, said_received, send

SECONDS: Final = 55
"""One file may take so long, by the clock."""

OWN: Final = 3
"""Seconds that every file has to itself."""

TOGETHER: Final = 180
"""Seconds beyond their own that the files of a run may take together, by the clock."""

_START: Final = """
import sys
sys.path[:] = sys.argv[1:]
from facts.files.apart_child import main
main()
"""


def program() -> list[str]:
    """The command of the child: the folders of this process, nothing that the environment adds."""
    return [sys.executable, "-I", "-S", "-c", _START, *sys.path]


class Answers:
    """What a child answered of files before, for a process that reads the same again and again.

    Files are told apart by all their bytes. The answers read last are kept, `limit` bytes in all.
    """

    def __init__(self, limit: int = 64 * MIB) -> None:
        self._limit = limit
        self._kept: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        """The answer, if it is kept."""
        answer = self._kept.pop(key, None)
        if answer is not None:
            self._kept[key] = answer
        return answer

    def keep(self, key: bytes, answer: bytes) -> None:
        """Keep an answer, and let go of those not asked for the longest."""
        self._kept[key] = answer
        while sum(map(len, self._kept.values())) > self._limit:
            del self._kept[next(iter(self._kept))]


class Apart:
    """A reader that works in a child process. Use it as a context: at its end the child ends.

    A file that takes long leaves the others less time, though never less than their own: a folder
    full of such files ends too. With `answers` it asks the child about files only that it was not
    asked about before. Without, the child reads the early ledgers of `folder` until it is asked
    for something.
    """

    def __init__(
        self,
        seconds: float = SECONDS,
        together: float = TOGETHER,
        answers: Answers | None = None,
        folder: Path | None = None,
    ) -> None:
        self._seconds = seconds
        self._left = together
        self._answers = answers
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None
        self._one_asks = threading.Lock()
        self._asked_for = threading.Event()
        self._early: dict[bytes, bytes | RefusedError] = {}
        self._reading = threading.Thread(target=self._read_early, daemon=True)

    def __enter__(self) -> Self:
        """Start the child: it gets ready, and on with what is known, while others work."""
        if self._answers is None:
            with contextlib.suppress(OSError):  # said of the first file that it should read
                self._started()
            if self._folder is not None:
                self._reading.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child."""
        self._asked_for.set()
        if self._child is not None:
            self._child.kill()
        if self._reading.ident is not None:
            self._reading.join()
        self._end()

    def grids(self, data: bytes, suffix: str, entry: Input) -> list[Grid]:
        """The sheets of a ledger; what is wrong inside becomes a problem of `entry`."""
        found = self._asked("grids", data, suffix, entry.path)
        said_received(found["said"], entry)
        return [grid_received(sent) for sent in _made(found)]

    def text(self, data: bytes, suffix: str) -> tuple[str, str]:
        """The text of a report and the encoding that it was read in."""
        text, encoding = _made(self._asked("text", data, suffix, ""))
        return text, encoding

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(  # noqa: S603 - our own program
                program(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for stream in filter(None, (child.stdin, child.stdout)):
            with contextlib.suppress(OSError):  # what it never took in
                stream.close()
        child.wait()

    def _read_early(self) -> None:
        """Have the early ledgers of the folder read, in their order, until someone asks."""
        for found, data in early_ledgers(self._folder) if self._folder is not None else ():
            head = _head("grids", found.suffix, found.path)
            with self._one_asks:
                if self._asked_for.is_set():
                    return
                try:
                    self._early[_key(head, data)] = self._answer(head, data)
                except RefusedError as error:
                    self._early[_key(head, data)] = error

    def _asked(self, what: str, data: bytes, suffix: str, path: str) -> dict[str, Any]:
        """The child's answer. Raises RefusedError where it has none."""
        head = _head(what, suffix, path)
        key = _key(head, data)
        kept = self._answers.get(key) if self._answers is not None else None
        self._asked_for.set()
        with self._one_asks:
            answer = kept or self._early.pop(key, None) or self._answer(head, data)
            if isinstance(answer, RefusedError):
                raise answer
        found: dict[str, Any] = loaded(answer)
        if self._answers is not None and kept is None and not answer.startswith(_NO_MEMORY):
            self._answers.keep(key, answer)
        return found

    def _answer(self, head: bytes, data: bytes) -> bytes:
        try:
            child = self._started()
        except OSError as error:
            raise RefusedError(f"读它的程序起不来：{reason(error)}，没有读取") from None
        late = threading.Event()
        seconds = min(self._seconds, OWN + self._left)
        began = time.monotonic()

        def give_up() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            send(child.stdin, head, data)
            answer = receive(child.stdout, 1)[0]
        except (EOFError, OSError):
            self._end()
            why = _late(seconds, self._seconds) if late.is_set() else _ENDED
            raise RefusedError(why) from None
        finally:
            timer.cancel()
            self._left = max(0.0, self._left - max(0.0, time.monotonic() - began - OWN))
        if answer.startswith(_NO_MEMORY):
            self._end()  # what is left of its memory may be in pieces
        return answer


def _head(what: str, suffix: str, path: str) -> bytes:
    return dumped([what, suffix, path])


def _key(head: bytes, data: bytes) -> bytes:
    return hashlib.sha256(head + data).digest()


_NO_MEMORY: Final = dumped({"refused": NO_MEMORY})[:-1]
"""How an answer begins that memory did not suffice for."""

_ENDED: Final = f"读它的程序中途退出了（内存不够，或者文件已损坏），没有读取；请拆分，或者{MEND}"


def _late(seconds: float, most: float) -> str:
    """Why nobody waited longer; less is left where files before it took the time of all."""
    said = f"{round(seconds, 1):g}秒还没有读完，没有读取；"
    if seconds < most:
        return f"{said}同一次里有别的文件读得太久，只剩这么多时间：请先把它们移开或者拆分，再核一次"
    return f"{said}请拆分，或者{MEND}"


def _made(found: dict[str, Any]) -> Any:  # noqa: ANN401 - as `_answer` made it
    if "refused" in found:
        raise (SecretError if found.get("secret") else RefusedError)(found["refused"])
    return found["made"]
