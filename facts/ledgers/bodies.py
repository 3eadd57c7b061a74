"""The body that a text names: the name of a sheet, the heading of a section, a title."""

from __future__ import annotations

from typing import Final

from engine.model.regex import regex
from facts.writing.text import clean, fold

MARK: Final = regex(
    r"^(?:(第?[一二三四五六七八九十]{1,3}[、.．部章节])|[(（][一二三四五六七八九十]{1,3}[)）])"
)
"""What numbers a heading: 一、 or, one level below, （一）."""
_OFFICES: Final = (
    "人民政府办公室|委员会办公室|政府办公室|委办公室|管理委员会|委员会|人民政府|街道办事处|办事处"
    "|办公室|大队|支队|总队|中心|局|厅"
)
_WHOLE: Final = f"{_OFFICES}|委|院|处|站|分局|所|镇|乡|街道|街道办|镇政府|乡政府"
_BODY: Final = regex(rf"[一-鿿]{{2,20}}?(?:{_WHOLE})(?![一-鿿]*(?:{_WHOLE}))")
_TITLED: Final = regex(rf"[一-鿿]{{2,20}}?(?:{_OFFICES}|委(?![托员派任办]))")
_COUNTED: Final = regex(r"[(（][^()（）]*[)）]$|[:：]$")
_YEAR: Final = regex(r"^[0-9]{4}年?度?")
_LABEL: Final = regex(
    r"^(?:填报|报送|编报|填表|制表|上报)?(?:单位|机关)(?:名称)?(?:[(（][^()（）]*[)）])?[:：]"
)
_KEEPERS: Final = regex("司法局|人民政府|政府办|委员会|办公室")
"""Bodies that keep the ledgers of others as well."""


def body_of(text: str) -> str:
    """The body that a name or a heading is, without its number and what counts its rows."""
    bare = bare_heading(text)
    return bare if _BODY.fullmatch(bare) else ""


def body_in_title(text: str, *, own: bool) -> str:
    """The body whose ledger a title says it is; empty if it doesn't tell.

    A title names who keeps the ledger: with `own` that is who it is about, too, else only where
    it is no body that keeps those of others.
    """
    plain = _YEAR.sub("", bare_heading(text))
    label = _LABEL.match(plain)
    if label is not None:
        return body_of(plain[label.end() :])
    found = _TITLED.match(plain)
    if found is None or (not own and _KEEPERS.search(found[0])):
        return ""
    return found[0]


def bare_heading(text: str) -> str:
    """A heading without its number and without what stands in brackets behind it."""
    return _COUNTED.sub("", MARK.sub("", clean(text)))


def level_of(text: str) -> int:
    """How deep a heading stands below others: 一、 is 1, （一） is 2, one without a number 3."""
    mark = MARK.match(fold(text))
    return _UNMARKED if mark is None else 1 if mark[1] else 2


_UNMARKED: Final = 3
