"""Bytes to text: which of the encodings that Chinese offices write in, and which none is."""

from __future__ import annotations

from typing import Final

from engine.model.regex import regex
from facts.files.mend import MEND
from facts.files.refused import RefusedError

_NO_MARK: Final = "UTF-16（无BOM）"
_USUAL: Final = regex(r"[\x01-\x7e\xa0-\xff\u2000-\u27bf\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


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
