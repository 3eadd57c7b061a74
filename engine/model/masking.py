"""Identity numbers: masked wherever they stand, whatever column they were written in."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from engine.model.regex import regex

MASK: Final = "＊＊＊"
"""Shown in place of what stays in the office."""

_APART: Final = r"[ \u3000.·_/－–—-]?"
_YEAR: Final = r"(?:[1１]~[9９]|[2２]~[0０])~\d~\d"
_MONTH: Final = r"(?:[0０]~[1-9１-９]|[1１]~[0-2０-２])"
_DAY: Final = r"(?:[0-2０-２]~\d|[3３]~[01０１])"
_GROUPED: Final = rf"(?:~\d){{5}}~{_YEAR}~{_MONTH}~{_DAY}(?:~\d){{3}}~".replace("~", _APART)
_IDENTITY: Final = regex(
    rf"(?<!\d)[1-8１-８](?:\d{{5}}[ -]?\d{{8}}[ -]?\d{{3}}|{_GROUPED})[\dXxＸｘ](?!\d)"
)
"""Eighteen places; in whatever groups they are written, where a day of birth is among them."""

_LAST: Final = 4


def without_identity(text: str) -> str:
    """The text with every 18-digit identity number cut down to its last four places."""
    return _IDENTITY.sub(lambda found: MASK + found[0][-_LAST:], text)


def hidden_in_place(text: str) -> str:
    """The same at the same length: positions in the text stay what they were."""
    return _IDENTITY.sub(lambda found: MASK[0] * (len(found[0]) - _LAST) + found[0][-_LAST:], text)


def document_without_identity(value: Any) -> Any:  # noqa: ANN401 - what JSON can hold, or data classes
    """JSON values, or data classes, with the identity numbers in all their texts cut down."""
    if type(value) is str:
        return without_identity(value)
    if type(value) in (list, tuple):
        return type(value)(document_without_identity(item) for item in value)
    if isinstance(value, dict):
        return {key: document_without_identity(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        held = {part.name: getattr(value, part.name) for part in fields(value)}
        return replace(value, **document_without_identity(held))
    return value
