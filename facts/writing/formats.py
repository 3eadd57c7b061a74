"""What a spreadsheet cell shows of its number: 0.05 as 5%, 12 as 12万元, 123456 as 12.3万元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from engine.model.regex import regex

_TOKEN: Final = regex(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_NO_NUMBERS: Final = frozenset("ymdhsbge@/")
_KINDS: Final = {".": "point", ",": "comma", "%": "percent"}
_YUAN: Final = frozenset(["", "¥", "￥", "cny", "rmb", "人民币"])
_FILLERS: Final = " -()+'"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is shown: times `factor`, `width` digits at least, between two texts.

    `pattern` has a 0 for each digit where signs stand among them (`0000-00-00`). `invisible`:
    nothing is shown. `doubtful`: what is shown depends on the number in a way not followed.
    """

    factor: Decimal = Decimal(1)
    before: str = ""
    unit: str = ""
    width: int = 1
    pattern: str = ""
    invisible: bool = False
    doubtful: bool = False

    def of(self, stored: float) -> Formatted | None:
        """The number as the cell shows it, unrounded; None for one that is no finite number."""
        number = exact(stored)
        return None if number is None else Formatted(number, self)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A number in a cell whose format shows something else than the number alone."""

    stored: Decimal
    format: NumberFormat

    @property
    def number(self) -> str:
        """The digits that it shows, unrounded."""
        text = f"{self.stored * self.format.factor:f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        whole, point, decimals = text.partition(".")
        return _laid_out(whole.zfill(self.format.width), self.format.pattern) + point + decimals

    def __str__(self) -> str:
        return f"{self.format.before}{self.number}{self.format.unit}"


_PLAIN: Final = NumberFormat()


def _laid_out(digits: str, pattern: str) -> str:
    """The digits in the places of a pattern, from its end; what is left over stands in front."""
    signs, at = "", len(digits)
    for sign in reversed(pattern):
        if sign == "0":
            at -= 1
            signs = digits[at] + signs
        else:
            signs = sign + signs
    return digits[:at] + signs


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat | None:
    """What a format code makes of a number; None where it shows the number as it is, or a date.

    Numbers here are never negative, so the first section counts. Where sections have conditions
    and differ in what they show, what is shown is doubtful.
    """
    sections, conditional = _sections(code)
    shown = [_section(section) for section in sections]
    if conditional and len(set(shown)) > 1:
        return NumberFormat(doubtful=True)
    return None if shown[0] == _PLAIN or not code else shown[0]


def _sections(code: str) -> tuple[list[list[re.Match[str]]], bool]:
    sections: list[list[re.Match[str]]] = [[]]
    conditional = False
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            sections.append([])
            continue
        conditional = conditional or (token["bracket"] or "").startswith(("<", ">", "="))
        sections[-1].append(token)
    return sections, conditional


def _section(tokens: list[re.Match[str]]) -> NumberFormat | None:
    """One section of a format code; None where it is one of dates, texts or fractions."""
    if any((token["other"] or "").lower() in _NO_NUMBERS for token in tokens if token["other"]):
        return None
    parts = [_part(token) for token in tokens]
    digits = [at for at, (kind, _) in enumerate(parts) if kind == "digit"]
    if not digits:
        return NumberFormat(invisible=not tokens, doubtful=bool(tokens))
    head, inside, tail = parts[: digits[0]], parts[digits[0] : digits[-1] + 1], parts[digits[-1] :]
    point = next((at for at, (kind, _) in enumerate(inside) if kind == "point"), len(inside))
    whole, factor = inside[:point], Decimal(1)
    # 0!.0 shows a point of its own before the last digit: a tenth
    mark = next((at for at, part in enumerate(whole) if part == ("literal", ".")), None)
    if mark is not None and point == len(inside):
        factor /= 10 ** sum(kind == "digit" for kind, _ in whole[mark:])
        whole = whole[:mark]
    factor /= 1000 ** sum(kind == "comma" for kind, _ in tail)
    if any(kind == "percent" for kind, _ in (*head, *tail)):
        factor *= 100
    before, pattern = _text(head), _pattern(whole)
    width = max(sum(part == ("digit", "0") for part in whole), pattern.count("0"), 1)
    before = "" if before.lower() in _YUAN else before
    return NumberFormat(factor, before, _text(tail), width, pattern)


def _part(token: re.Match[str]) -> tuple[str, str]:
    """What a token of a section is: a digit, a point, a comma or a literal, with its text."""
    if token["general"] or token["digit"] is not None:
        return "digit", token["digit"] or "#"
    if token["bracket"] is not None:
        # [$€-407] shows €; [Red], [DBNum2] and [>=100] show nothing
        sign = token["bracket"]
        return "literal", sign[1:].partition("-")[0] if sign.startswith("$") else ""
    other = token["other"] or ""
    if other in _KINDS:
        return _KINDS[other], other
    return "literal", other or token["quoted"] or token["escaped"] or ""


def _text(parts: list[tuple[str, str]]) -> str:
    return "".join(text for kind, text in parts if kind in ("literal", "percent")).strip(_FILLERS)


def _pattern(whole: list[tuple[str, str]]) -> str:
    """The places of the digits and the signs among them; nothing where no sign is among them."""
    signs = [part for part in whole if part[0] == "literal" and part[1].strip()]
    if not signs:
        return ""
    return "".join("0" if kind == "digit" else text for kind, text in whole if kind != "comma")


def exact(raw: float | Decimal) -> Decimal | None:
    """The number as typed: a float's binary tail (1234.5600000000001) is not the office's."""
    if isinstance(raw, float):
        if raw != raw or abs(raw) >= 1e16:  # noqa: PLR0124 - NaN
            return None
        if raw.is_integer():
            return Decimal(int(raw))
        near = round(raw, 4)
        return Decimal(repr(near if abs(near - raw) < 1e-9 * max(1.0, abs(raw)) else raw))
    if isinstance(raw, Decimal):
        return raw if raw.is_finite() and raw.adjusted() < 30 else None
    return Decimal(raw) if abs(raw) < 10**30 else None
