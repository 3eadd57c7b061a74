"""Archives that are bombs, lie about themselves, or hold what is never read."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile

import pytest

from facts.files.archive import open_archive
from facts.files.mend import MEND
from facts.files.open import MIB
from facts.files.refused import RefusedError


def archive(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries:
            target.writestr(name, data)
    return buffer.getvalue()


def test_a_bomb_is_refused_from_the_directory() -> None:
    data = archive(("xl/worksheets/sheet1.xml", b"0" * 20_000_000))
    with pytest.raises(RefusedError, match="压缩比超过100倍"):
        open_archive(data)


def test_a_directory_that_lies_about_sizes_is_caught() -> None:
    data = bytearray(archive(("a.xml", bytes(range(256)) * 200)))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 100)
    with pytest.raises(RefusedError):
        open_archive(bytes(data))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a\\..\\b.xml", "C:/x.xml"])
def test_entry_names_stay_inside(name: str) -> None:
    data = archive(("placeholder", b"x")).replace(
        b"placeholder", name.encode().ljust(11, b"_")[:11]
    )
    if len(name) <= 11:
        with pytest.raises(RefusedError, match="越界"):
            open_archive(data)
    else:
        with pytest.raises(RefusedError):
            open_archive(archive((name, b"x")))


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'

NOISE = "".join(hashlib.sha256(str(n).encode()).hexdigest() for n in range(2**14))
"""A mebibyte that doesn't shrink to nothing."""
BLANKS = str.maketrans("0123456789abcdef", "    \t\t\t\t\n\n\n\n\r\r\r\r")


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "word/document.xml", "xl/worksheets/表一", "xl/styles.DAT"]
)
@pytest.mark.parametrize(
    "written",
    [
        BOMB.encode(),
        b"\xef\xbb\xbf" + BOMB.encode(),
        b" \n" + BOMB[21:].encode(),  # without a declaration blanks may come first
        BOMB.encode("utf-16"),
        BOMB.encode("utf-16-be"),
        f"<!--{NOISE[: 2**20 - 12]}-->{BOMB[21:]}".encode(),  # across two pieces
        f"{NOISE.translate(BLANKS)}{BOMB[21:]}".encode(),  # in a later piece than any sign
    ],
)
def test_document_types_and_entities_are_refused(name: str, written: bytes) -> None:
    """Whatever the part is called: what links to it says what is read of it."""
    with pytest.raises(RefusedError, match="DTD"):
        open_archive(archive((name, written)))


def test_pictures_and_pages_put_in_may_have_a_document_type() -> None:
    shown = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a"><svg/>'
    page = b"<!DOCTYPE html><p>&nbsp;</p>"
    kept = open_archive(archive(("xl/media/image1.svg", shown), ("xl/embeddings/a.HTML", page)))
    assert kept.names == ("xl/media/image1.svg", "xl/embeddings/a.HTML")


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(RefusedError, match="超过2000个"):
        open_archive(archive(*((f"{n}.xml", b"") for n in range(2001))))


def stated(data: bytes, offset: int, form: str, value: int) -> bytes:
    """The archive with every entry of its directory restated."""
    changed, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into(form, changed, at + offset, value)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


FLAGS, SIZE = 8, 24
"""Where a directory entry states its flags and its inflated size."""


@pytest.mark.parametrize(
    ("data", "large_parts", "reason"),
    [
        (
            stated(archive(("a.xml", b"x")), FLAGS, "<H", 1),
            (),
            "文件加了密码，没有读取；请在 WPS 里打开，去掉密码后另存",
        ),
        (
            stated(archive(*((f"{n}.bin", b"x") for n in range(5))), SIZE, "<L", 60 * MIB),
            (),
            "解压后超过256兆字节，没有读取",
        ),
        (
            stated(archive(("a.bin", b"x")), SIZE, "<L", 65 * MIB),
            (),
            "解压后“a.bin”超过64兆字节，没有读取",
        ),
        (
            stated(archive(("xl/styles.xml", b"x")), SIZE, "<L", 4 * MIB),
            ("xl/worksheets/",),
            "解压后“xl/styles.xml”超过3兆字节，没有读取",
        ),
        (
            stated(archive(("a.bin", b"x")), SIZE, "<L", 2),
            (),
            f"文件内部大小与目录不符，没有读取；{MEND}",
        ),
    ],
)
def test_what_the_directory_states_is_held_against_the_caps(
    data: bytes, large_parts: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        open_archive(data, large_parts=large_parts)
    assert str(refusal.value) == reason


def test_two_entries_of_one_name_are_refused() -> None:
    data = archive(("a.xml", b"x"), ("b.xml", b"y")).replace(b"b.xml", b"a.xml")
    with pytest.raises(RefusedError, match=rf"^文件内部有重名条目，没有读取；{MEND}$"):
        open_archive(data)


def test_an_archive_behind_another_is_refused() -> None:
    """What reads from the end sees the second alone; the first is gone without a word."""
    with pytest.raises(RefusedError, match=r"^文件里前面还有别的内容"):
        open_archive(archive(("a.xml", b"x")) + archive(("a.xml", b"y")))
