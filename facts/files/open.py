"""The one module that opens user files: what may be opened, and how much of it.

Nothing outside the folder is read, no link is followed, and files marked as state secrets are
refused before their content is used.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.model.errors import reason
from engine.model.facts import Input, Level
from facts.files.names import READ_SUFFIXES
from facts.files.refused import RefusedError, SecretError
from facts.writing.text import marked_name

MIB: Final = 2**20
MAX_FILE: Final = 64 * MIB
MAX_RESULT: Final = 512 * MIB
"""An assessment as fazhi writes it, some 4 kB an outcome: what it wrote it can read."""
MAX_FILES: Final = 2000
MAX_DEPTH: Final = 4
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old formats begin, and encrypted ones."""
_LOCK: Final = "~$"
_OPEN: Final = "正在 Excel、WPS 里打开着，还没有保存的改动没有核到；请保存、关掉以后再核一次"
_NO_FILE: Final = "是文件夹，名称却像文件：里面的照文件夹读，文件没有读到；请放文件本身，或者改名"
_SAME: Final = "另有一个文件名称的编码不同，显示出来是一样的；这一份没有读取，请改一个名称"


@dataclass(slots=True)
class Found:
    """A file of the folder that may be opened: its path relative to the folder, and its place."""

    path: str
    place: Path
    entry: Input = field(init=False)

    def __post_init__(self) -> None:
        self.entry = Input(self.path)

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot."""
        return _suffix(self.path)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is in the folder and isn't opened, and why; where it is `many`, any files may be."""

    path: str
    reason: str
    many: bool = False

    @property
    def suffix(self) -> str:
        """The same of what isn't opened."""
        return _suffix(self.path)


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()


def walk(folder: Path) -> tuple[list[Found], list[LeftOut]]:
    """The regular files of the folder and its subfolders, by path, and what was left out.

    Hidden files and Office's lock files (`~$…`) are not the user's and are passed over; the file
    that such a lock belongs to may have changes that aren't saved.
    """
    found: list[Found] = []
    known: set[str] = set()
    locked: set[str] = set()
    left_out: list[LeftOut] = []
    for seen in _scan(folder, "", 0):
        if isinstance(seen, LeftOut):
            left_out.append(seen)
        elif seen.place.name.startswith(_LOCK):
            locked.add(seen.path)
        elif seen.path in known:
            left_out.append(LeftOut(seen.path, _SAME))
        elif len(found) >= MAX_FILES:
            said = f"文件夹中的文件超过{MAX_FILES}个，没有读取"
            left_out.append(LeftOut(seen.path, said, many=True))
            break
        else:
            known.add(seen.path)
            found.append(seen)
    for item in found:
        if locked and _locks(item.path) & locked:
            item.entry.problem(_OPEN, level=Level.NOTE)
    return sorted(found, key=lambda item: item.path), left_out


_NOTHING: Final = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG)
"""What the system says of a path at which nothing is, or can be."""


def is_folder(place: Path) -> bool:
    """Whether this is a folder, or can't be told: whoever then looks inside says why not."""
    return _is(place, stat.S_ISDIR)


def is_file(place: Path) -> bool:
    """Whether this is a file, likewise."""
    return _is(place, stat.S_ISREG)


def _is(place: Path, kind: Callable[[int], bool]) -> bool:
    try:
        return kind(place.stat().st_mode)
    except ValueError:  # no name at all
        return False
    except OSError as error:
        return error.errno not in _NOTHING


def _locks(path: str) -> set[str]:
    """What Office may call the lock of an open file: a long name loses its first two characters."""
    folder, slash, name = path.rpartition("/")
    return {f"{folder}{slash}~${name}", f"{folder}{slash}~${name[2:]}"}


def _scan(folder: Path, prefix: str, depth: int) -> Iterator[Found | LeftOut]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield LeftOut(prefix or ".", f"文件夹打不开：{reason(error)}", many=True)
        return
    for entry in listed:
        path = prefix + _shown(entry.name)
        found = Found(path, Path(entry.path))
        if entry.name.startswith(_LOCK):
            yield found
        elif entry.name.startswith(".") or entry.name == "Thumbs.db":
            continue
        elif entry.is_symlink():
            said = "是链接，没有读取；请把文件本身放进文件夹"
            yield LeftOut(path, said, many=is_folder(found.place))
        elif entry.is_dir(follow_symlinks=False):
            if found.suffix in READ_SUFFIXES:
                yield LeftOut(path, _NO_FILE)
            if depth >= MAX_DEPTH:
                yield LeftOut(path, f"文件夹超过{MAX_DEPTH}层，没有读取", many=True)
            else:
                yield from _scan(found.place, path + "/", depth + 1)
        elif entry.is_file(follow_symlinks=False):
            yield found
        else:
            yield LeftOut(path, "不是普通文件，没有读取")


def _shown(name: str) -> str:
    """A file's name as people see it; one packed on Windows may come as GB18030 bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode(errors="backslashreplace")
    return name


def read_bytes(found: Found, most: int = MAX_FILE) -> bytes:
    """The content of a file of at most `most` bytes; its digest goes on record.

    Raises RefusedError.
    """
    secret = marked_name(_shown(found.place.name))
    if secret is not None:
        raise SecretError(f"文件名标有“{secret}”：涉密文件不得在本软件中处理，没有读取")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(found.place, flags), "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise RefusedError("不是普通文件，没有读取")
            data = stream.read(most + 1)
    except OSError as error:
        raise RefusedError(f"文件打不开：{reason(error)}") from error
    if len(data) > most:
        raise RefusedError(f"文件超过{most // MIB}兆字节，没有读取；请拆分")
    found.entry.sha256 = hashlib.sha256(data).hexdigest()
    return data
