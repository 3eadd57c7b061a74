"""The one module that opens user files: what may be opened, how much of it, in which encoding.

Nothing outside the folder is read, no link is followed, nothing inflates beyond its caps, and
files marked as state secrets are refused before their content is used.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.model.errors import reason
from engine.model.facts import Input, Level
from engine.model.regex import regex
from facts.files.mend import MEND
from facts.files.names import READ_SUFFIXES
from facts.files.tidy import UnnumberedRowsError, without_empty_rows
from facts.writing.text import marked_name

MIB: Final = 2**20
MAX_FILE: Final = 64 * MIB
MAX_RESULT: Final = 512 * MIB
"""An assessment as fazhi writes it, some 4 kB an outcome: what it wrote it can read."""
MAX_ENTRY: Final = 64 * MIB
MAX_INFLATED: Final = 256 * MIB
MAX_SMALL_PART: Final = 3 * MIB
MAX_ENTRIES: Final = 2000
MAX_SHEETS: Final = 1024 * MIB
"""A workbook as it is written, its empty rows with it."""
MAX_SHEET: Final = 96 * MIB
"""What is left of a sheet without its empty rows: a hundred thousand rows of a dozen texts."""
TIDY_FROM: Final = 4 * MIB
MAX_RATIO: Final = 100
RATIO_FROM: Final = 100 * 1024
MAX_FILES: Final = 2000
MAX_DEPTH: Final = 4
_CHUNK: Final = MIB
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old formats begin, and encrypted ones."""
_TO_TIDY: Final = (
    "没有读取；数据下面多是设了格式的空行，请在 WPS 或 Excel 里选中这些空行、删除后保存，或拆分"
)
_LOCK: Final = "~$"
_OPEN: Final = "正在 Excel、WPS 里打开着，还没有保存的改动没有核到；请保存、关掉以后再核一次"
_NO_FILE: Final = "是文件夹，名称却像文件：里面的照文件夹读，文件没有读到；请放文件本身，或者改名"
_SAME: Final = "另有一个文件名称的编码不同，显示出来是一样的；这一份没有读取，请改一个名称"
_NO_MARK: Final = "UTF-16（无BOM）"
_USUAL: Final = regex(r"[\x01-\x7e\xa0-\xff\u2000-\u27bf\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
_BEFORE: Final = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
"""What may stand before the first sign of markup, in any encoding."""
_SHOWN: Final = (".svg", ".htm", ".html")
"""What such parts hold is shown and never read: it may well have a document type."""
_DTD: Final = (
    b"<!DOCTYPE",
    b"<!ENTITY",
    "<!DOCTYPE".encode("utf-16-le"),
    "<!DOCTYPE".encode("utf-16-be"),
)


class RefusedError(Exception):
    """A file is not read; the text says why and what to do. It becomes a problem of that file."""


class SecretError(RefusedError):
    """A file is not read for it is marked as a state secret: nothing of it may be kept."""


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


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was read in: UTF-8, UTF-16 or GB18030. Raises RefusedError."""
    for mark, encoding, name in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8（带BOM）"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    ):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise RefusedError(f"不是正确的{name}文本（第{error.start}字节）") from error
            if encoding != "utf-16" or _is_usual(text):
                return text, name
            raise RefusedError(f"开头写着是{name}文本，内容不是；{MEND}")
    if b"\x00" in data:
        # text in UTF-8 or GB18030 has no zero bytes; UTF-16 has one in each half-width character
        even, odd = data[::2].count(0), data[1::2].count(0)
        candidates = [("utf-16-le" if odd >= even else "utf-16-be", _NO_MARK)]
    else:
        candidates = [("utf-8", "UTF-8"), ("gb18030", "GB18030")]
    for encoding, name in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (name != _NO_MARK or _is_utf_16(data, text)):
            return text, name
    raise RefusedError(f"不是文本文件，或编码不是 UTF-8、GB18030、UTF-16；{MEND}")


def _is_utf_16(data: bytes, text: str) -> bool:
    """Whether bytes that nothing marks as UTF-16 are such: other text than half-width is no UTF-8.

    One zero byte in a text of another encoding makes no UTF-16 of it: it would be read as signs
    that no ledger has, and be taken for no ledger.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _is_usual(text)
    return 3 * data.count(0) >= len(data)


def _is_usual(text: str) -> bool:
    """Whether nine characters in ten are such as Chinese is written with."""
    return sum(map(len, _USUAL.findall(text))) >= 0.9 * len(text)


@dataclass(slots=True)
class Archive:
    """A zip-based document whose every entry has been inflated once under the caps."""

    data: bytes
    names: tuple[str, ...]

    def stream(self) -> io.BytesIO:
        """The archive as a file object for a library to read."""
        return io.BytesIO(self.data)

    def read(self, name: str) -> bytes:
        """The inflated bytes of one entry; empty if there is none of that name."""
        if name not in self.names:
            return b""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(name)

    def replaced(self, parts: Mapping[str, bytes]) -> Archive:
        """The same archive with these bytes in the entries of these names."""
        return self._packed({name: parts.get(name, name) for name in self.names})

    def renamed(self, names: Mapping[str, str]) -> Archive:
        """The same archive with these entries under other names, instead of what bore those."""
        gone = set(names.values())
        kept = (name for name in self.names if name in names or name not in gone)
        return self._packed({names.get(name, name): name for name in kept})

    def _packed(self, parts: Mapping[str, str | bytes]) -> Archive:
        """An archive of these entries: each is bytes, or what an entry of this one holds."""
        made = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self.data)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new,
        ):
            for name, held in parts.items():
                data = old.read(held) if isinstance(held, str) else held
                new.writestr(zipfile.ZipInfo(name), data)
        return Archive(made.getvalue(), tuple(parts))


def open_archive(data: bytes, *, large_parts: tuple[str, ...] = (), sheets: str = "") -> Archive:
    """Check an xlsx or docx before a library sees it. Raises RefusedError.

    Sizes and ratios are read from the zip directory and then held against the bytes really
    inflated. Parts other than `large_parts` (path prefixes) are capped at 3 MiB, for libraries
    turn them into many objects. Document types and entities are refused in any part that is markup
    and may be read. Of the parts below `sheets` what is large comes without its empty rows.
    """
    if data.startswith(OLE):
        raise RefusedError(
            "是旧格式（.xls、.doc）或加了密码的文件，请另存为不加密的 .xlsx 或 .docx"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if entries and min(entry.header_offset for entry in entries) > 0:
                raise RefusedError(f"文件里前面还有别的内容，打开只看得到后面的，没有读取；{MEND}")
            tidied = {entry.filename for entry in entries if _is_sheet(entry, sheets)}
            _check_directory(entries, large_parts, tidied)
            parts = {}
            for entry in entries:
                if entry.filename in tidied:
                    parts[entry.filename] = _tidied(entry.filename, _inflate(archive, entry))
                else:
                    for _ in _inflate(archive, entry):
                        pass
            found = Archive(data, tuple(entry.filename for entry in entries))
            return found.replaced(parts) if parts else found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
            OverflowError) as error:  # fmt: skip
        raise RefusedError(f"文件已损坏，打不开：{error}；{MEND}") from error


def _is_sheet(entry: zipfile.ZipInfo, sheets: str) -> bool:
    return bool(sheets) and entry.filename.startswith(sheets) and entry.file_size > TIDY_FROM


def _tidied(name: str, chunks: Iterable[bytes]) -> bytes:
    """A sheet without its empty rows. Raises RefusedError."""
    kept = io.BytesIO()
    try:
        for part in without_empty_rows(chunks):
            kept.write(part)
            if kept.tell() > MAX_SHEET:
                raise RefusedError(f"解压后“{name[:60]}”超过{MAX_SHEET // MIB}兆字节，{_TO_TIDY}")
    except UnnumberedRowsError:
        raise RefusedError(f"“{name[:60]}”太大，{_TO_TIDY}") from None
    return kept.getvalue()


def _check_directory(
    entries: list[zipfile.ZipInfo], large_parts: tuple[str, ...], tidied: Container[str]
) -> None:
    if len(entries) > MAX_ENTRIES:
        raise RefusedError(f"文件内部条目超过{MAX_ENTRIES}个，没有读取")
    if len({entry.filename for entry in entries}) < len(entries):
        raise RefusedError(f"文件内部有重名条目，没有读取；{MEND}")
    if sum(e.file_size for e in entries if e.filename not in tidied) > MAX_INFLATED:
        raise RefusedError(f"解压后超过{MAX_INFLATED // MIB}兆字节，没有读取")
    if sum(entry.file_size for entry in entries) > MAX_SHEETS:
        raise RefusedError(f"解压后超过{MAX_SHEETS // MIB}兆字节，{_TO_TIDY}")
    for entry in entries:
        name = entry.filename
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or name.startswith("/") or ":" in name or "\\" in name:
            raise RefusedError(f"文件内部条目的路径越界（{name[:60]}），没有读取；{MEND}")
        if entry.flag_bits & 0x1:
            raise RefusedError("文件加了密码，没有读取；请在 WPS 里打开，去掉密码后另存")
        small = name.endswith((".xml", ".rels")) and not name.startswith(large_parts)
        limit = MAX_SMALL_PART if small and large_parts else MAX_ENTRY
        if entry.file_size > limit and name not in tidied:
            raise RefusedError(f"解压后“{name[:60]}”超过{limit // MIB}兆字节，没有读取")
        if entry.file_size > max(RATIO_FROM, MAX_RATIO * entry.compress_size):
            raise RefusedError(f"“{name[:60]}”的压缩比超过{MAX_RATIO}倍，疑为压缩炸弹，没有读取")


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry holds, piece by piece.

    The directory may lie about sizes, and checksums must hold: nothing is known of it before
    its end. Raises RefusedError.
    """
    size, tail = 0, b""
    markup = False if entry.filename.lower().endswith(_SHOWN) else None
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            if markup is None and (written := chunk.lstrip(_BEFORE)):
                markup = written.startswith(b"<")
            size += len(chunk)
            if markup and any(mark in tail + chunk for mark in _DTD):
                raise RefusedError(f"文件内部含实体声明（DTD），没有读取；{MEND}")
            tail = chunk[-32:]
            yield chunk
    if size != entry.file_size:
        raise RefusedError(f"文件内部大小与目录不符，没有读取；{MEND}")
