"""One file ahead: the next is taken apart in its process while what came before is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from facts.files.open import Found

_Made = TypeVar("_Made")


def read_ahead(
    files: Iterable[Found], read: Callable[[Found], _Made]
) -> Iterator[tuple[Found, Callable[[], _Made]]]:
    """The files in order, each with what gives what `read` made of it, or raises what it raised.

    No more than one is read ahead: a folder may hold more than fits into memory.
    """
    with ThreadPoolExecutor(1) as pool:
        waiting = []
        for found in files:
            waiting.append((found, pool.submit(read, found).result))
            if len(waiting) > 1:
                yield waiting.pop(0)
        yield from waiting
