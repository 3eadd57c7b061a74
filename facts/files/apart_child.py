"""The process that reads files apart: it imports what reading takes, and nothing beside.

`facts.files.apart` starts it as a program and asks it of one file after the other.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from typing import IO, Final

from engine.model.facts import Input
from facts.files.open import MIB
from facts.files.reader import HERE, NO_MEMORY
from facts.files.refused import RefusedError, SecretError
from facts.files.wire import dumped, grid_sent, loaded, receive, said_sent, send

MEMORY: Final = 768 * MIB
"""Bytes of memory this process may ask for; Windows and macOS hold it to no such limit."""

GARBAGE: Final = 1_000_000
"""Objects made before any is looked for that nobody needs: cells are all needed to the end."""


def serve(asked: IO[bytes], answered: IO[bytes]) -> None:
    """Answer one request after the other until there are no more."""
    while True:
        try:
            head, data = receive(asked, 2)
        except EOFError:
            return
        what, suffix, path = loaded(head)
        send(answered, _answer(what, suffix, path, data))
        del data
        gc.collect()  # a workbook and its sheets hold each other, and the texts and bytes with them


def _answer(what: str, suffix: str, path: str, data: bytes) -> bytes:
    entry = Input(path)
    answer: dict[str, object] = {}
    try:
        try:
            if what == "grids":
                answer["made"] = [grid_sent(grid) for grid in HERE.grids(data, suffix, entry)]
            else:
                answer["made"] = HERE.text(data, suffix)
        except RefusedError as error:
            answer["refused"] = str(error)
            answer["secret"] = isinstance(error, SecretError)
        answer["said"] = said_sent(entry)
        return dumped(answer)
    except MemoryError:
        return dumped({"refused": NO_MEMORY, "said": said_sent(Input(path))})


def main() -> None:
    """The child: hold itself to its limits and serve."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.freeze()  # what is imported stays, and isn't looked through after each file
    gc.set_threshold(GARBAGE)
    # what a library prints must not get between the answers
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answered:
        sys.stdout = io.StringIO()
        serve(sys.stdin.buffer, answered)
