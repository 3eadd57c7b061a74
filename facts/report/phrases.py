"""Words of the report's data files as patterns: a small notation that can only say linear things.

- ``…`` skips up to 12 characters within the clause, ``……`` up to 40 within the sentence
- ``(甲|乙)`` is a choice, ``[甲|乙]`` may be missing, ``#`` is a numeral, ``^`` and ``$`` are the
  ends of what is looked at; everything else stands for itself
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from engine.model.regex import regex

_TOKEN: Final = regex(r"……|…|[#^$]|[(]([^()\[\]]+)[)]|\[([^()\[\]]+)\]|([^()\[\]…#^$|]+)")
_NUMERAL: Final = "(?:[0-9]{1,9}|[一二两三四五六七八九十百千]{1,7}|[多数历])"
_MARKS: Final = {
    "……": r"[^。\n]{0,40}?",
    "…": r"[^。,;:\n]{0,12}?",
    "#": _NUMERAL,
    "^": r"\A",
    "$": r"\Z",
}


def phrase(source: str) -> str:
    """The expression of one phrase. Raise ValueError (in Chinese) for anything else."""
    parts: list[str] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise ValueError(f"词句写法有误：{source}（第{position + 1}字处）")
        position = match.end()
        choice, maybe, literal = match[1], match[2], match[3]
        if literal is not None:
            parts.append(re.escape(literal))
        elif choice is not None or maybe is not None:
            joined = "|".join(re.escape(word) for word in (choice or maybe or "").split("|"))
            parts.append(f"(?:{joined})" + ("?" if maybe is not None else ""))
        else:
            parts.append(_MARKS[match.group()])
    return "".join(parts)


def any_of(sources: Iterable[str]) -> re.Pattern[str]:
    """One pattern for any of several phrases."""
    return regex("|".join(map(phrase, sources)))
