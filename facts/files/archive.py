"""Documents that are zip archives, opened once under caps before a library sees them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from facts.files.mend import MEND
from facts.files.open import MIB, OLE
from facts.files.refused import RefusedError
from facts.files.tidy import UnnumberedRowsError, without_empty_rows

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
_CHUNK: Final = MIB
_TO_TIDY: Final = (
    "没有读取；数据下面多是设了格式的空行，请在 WPS 或 Excel 里选中这些空行、删除后保存，或拆分"
)
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
