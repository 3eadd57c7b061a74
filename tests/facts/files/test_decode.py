"""Bytes are read in the encoding they are written in, or in none."""

from __future__ import annotations

import pytest

from facts.files.decode import decode
from facts.files.refused import RefusedError

RARE = "张㐂某提出，办理“甲”等事项①件\n"


@pytest.mark.parametrize(
    ("data", "text", "name"),
    [
        ("编号".encode(), "编号", "UTF-8"),
        ("编号".encode("utf-8-sig"), "编号", "UTF-8（带BOM）"),
        ("编号,事项".encode("gb18030"), "编号,事项", "GB18030"),
        ("编号".encode("utf-16"), "编号", "UTF-16"),
        ("编号,1\n".encode("utf-16-le"), "编号,1\n", "UTF-16（无BOM）"),
        ("编号,1\n".encode("utf-16-be"), "编号,1\n", "UTF-16（无BOM）"),
        (RARE.encode("utf-16-le"), RARE, "UTF-16（无BOM）"),
        ("a,b\n1,2\n".encode("utf-16-be"), "a,b\n1,2\n", "UTF-16（无BOM）"),
    ],
)
def test_encodings_are_found_and_named(data: bytes, text: str, name: str) -> None:
    assert decode(data) == (text, name)


ROWS = "编号,事项,公告日期\n决1,停车收费方案，含夜间,2024-03-01\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xff\xff",
        b"\x00\x01\x02\x00\x00",
        b"\x00\x00",
        b"\xef\xbb\xbf\xff",
        b"decision,title,date\nd1,parking rules,2024\x0003-01\n",
        b"decision,title,date\nd1,parking rules,2024\x00\x003-01\n",
        *(ROWS.replace("4", "\x00").encode(name) + tail
          for name in ("utf-8", "gb18030") for tail in (b"", b"\n")),
        *(mark + ROWS.encode() + tail
          for mark in (b"\xff\xfe", b"\xfe\xff") for tail in (b"", b" ")),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        decode(data)
