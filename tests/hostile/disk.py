"""A disk that fails: the N-th call that touches it, or all from the N-th on."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from typing import Any, Final, Self

import pytest

ERRORS: Final = (
    errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EBUSY, errno.ESTALE,
)  # fmt: skip
"""Full, not allowed, read-only, broken, taken, and a network share that is gone."""

_CALLS: Final = (
    "open", "read", "write", "fsync", "replace", "rename", "unlink", "remove", "rmdir", "mkdir",
    "scandir", "listdir", "stat", "lstat", "fstat", "chmod",
)  # fmt: skip
_ON_A_STREAM: Final = ("read", "readinto", "readline", "write", "writelines", "flush", "truncate")


class Disk:
    """Counts the calls that touch a disk, and lets the `first` fail, or all from it on."""

    def __init__(self, patch: pytest.MonkeyPatch, number: int, first: int, *, rest: bool) -> None:
        self.calls, self.number, self.first, self.rest = 0, number, first, rest
        self.touched: list[str] = []
        for name in _CALLS:
            patch.setattr(os, name, self._failing(getattr(os, name)))
        opened = self._opened(open)
        for module, name in ((io, "open"), (builtins, "open"), (os, "fdopen")):
            patch.setattr(module, name, opened)

    def fail(self, touched: object) -> None:
        """Fail, where it is this call's turn."""
        self.calls += 1
        self.touched.append(str(touched))
        if self.calls == self.first or (self.rest and self.calls > self.first):
            raise OSError(self.number, os.strerror(self.number))

    def _failing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            self.fail(arguments[0] if arguments else "")
            return call(*arguments, **named)

        return made

    def _opened(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(file: Any, *arguments: Any, **named: Any) -> Stream:  # noqa: ANN401
            self.fail(file)
            return Stream(call(file, *arguments, **named), file, self.fail)

        return made


class Stream:
    """A file whose reading, writing and flushing may fail."""

    def __init__(
        self,
        stream: Any,  # noqa: ANN401
        file: object,
        fail: Callable[[object], None],
    ) -> None:
        self.__dict__.update(stream=stream, file=file, fail=fail)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.stream)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.stream, name, value)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self.stream, name)
        if name not in _ON_A_STREAM:
            return found

        def made(*arguments: Any) -> Any:  # noqa: ANN401
            self.fail(self.file)
            return found(*arguments)

        return made


def each(
    monkeypatch: pytest.MonkeyPatch,
    do: Callable[[Disk], Callable[[], None] | None],
    before: Callable[[], object] = bool,
    errors: tuple[int, ...] = ERRORS,
) -> int:
    """Do it with the first call failing, the second, and so on until none fails any more.

    What it returns looks at what became of it, once nothing fails.
    """
    tried = 0
    for number in errors:
        for rest in (False, True):
            for first in range(1, 200):
                before()
                with monkeypatch.context() as patch:
                    disk = Disk(patch, number, first, rest=rest)
                    after = do(disk)
                if after is not None:
                    after()
                tried += 1
                if disk.calls < first:
                    break
    return tried
