"""Text from ledgers made harmless to look at: control and direction characters become visible.

显形：看不见的、倒转方向的字，都写成看得见的。
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from engine.model.masking import without_identity

_NAMED: Final = 5
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text with every control, format and private character shown as `‹U+202E›`.

    Line breaks and tabs become one space; nothing else is changed.
    """
    if text.replace("\u3000", " ").isprintable():  # most are: looked at in one go
        return text
    return "".join(_shown(char) for char in text)


def shown(text: str) -> str:
    """The same of what isn't masked yet: no identity number in it is whole."""
    return visible(without_identity(text))


def some_of(files: Sequence[str]) -> str:
    """The first of these files by name, and how many there are."""
    more = f"等{len(files)}个文件" if len(files) > _NAMED else ""
    return "、".join(files[:_NAMED]) + more


def _shown(char: str) -> str:
    if char in "\r\n\t":
        return " "
    hidden = unicodedata.category(char) in _HIDDEN or _is_no_character(ord(char))
    return f"‹U+{ord(char):04X}›" if hidden else char


def _is_no_character(code: int) -> bool:
    """Whether Unicode keeps this code point out of texts; XML refuses some of them."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
