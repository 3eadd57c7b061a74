"""Asking a clerk for the settings of a folder, one item after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import click

from engine.model.facts import Question
from reporter.visible import shown

PLAIN: Final = ("地名", "层级", "上一级", "年度")
PROVINCE: Final = "省份"
CLOSED: Final = "录全的台账"
HEADERS: Final = "列名对照"
IGNORED: Final = "不看的文件"
NOTHING: Final = "无"
UNREAD: Final = "不读"
_YES: Final = ("是", "y", "Y", "yes", "1")
_NO: Final = ("否", "n", "N", "no", "0")


def asked(
    found: Mapping[str, str], provinces: Sequence[str], questions: Iterable[Question]
) -> dict[str, str]:
    """What somebody says of every item of the settings, what the folder suggests offered first.

    Nothing is an answer too: the item stays open, and can be written later.
    """
    rows = {item: _answer(item, "", found.get(item, "")) for item in PLAIN}
    rows[PROVINCE] = _answer(PROVINCE, "、".join(provinces), "")
    rows[CLOSED] = _answer(CLOSED, "确实一件不漏的，用顿号隔开", "")
    lines: dict[str, list[str]] = {}
    for question in questions:
        line = _line(question)
        if line:
            lines.setdefault(question.item, []).append(line)
    if IGNORED in found:
        said = _answer(IGNORED, f"可以改；都要看的写“{NOTHING}”", found[IGNORED])
        lines.setdefault(IGNORED, []).extend([said] if said != NOTHING else [])
    rows |= {
        item: ("、" if item == IGNORED else "\n").join(filter(None, said))
        for item, said in lines.items()
    }
    return rows


def _answer(item: str, known: str, default: str) -> str:
    what = shown(f"{item}（{known}）" if known else item)
    said: str = click.prompt(what, default=default, show_default=bool(default))
    return said.strip()


def _line(question: Question) -> str:
    """The line of the settings that an answer makes; nothing where there is none."""
    about = f"{question.item}：{question.about}（{question.why}）"
    if question.item in (HEADERS, IGNORED):
        said = _answer(f"{about}{_asks(question)}", "是/否", "")
        if question.item == IGNORED:
            return question.about if said in _YES else ""
        means = question.candidates[0] if said in _YES else UNREAD if said in _NO else ""
        return f"{question.about}={means}" if means else ""
    numbered = "，".join(f"{at}.{one}" for at, one in enumerate(question.candidates, 1))
    said = _answer(about, numbered or "写全称", "")
    if said.isascii() and said.isdigit() and 0 < int(said) <= len(question.candidates):
        said = question.candidates[int(said) - 1]
    return f"{question.about}={said}" if said else ""


def _asks(question: Question) -> str:
    return "，不看" if question.item == IGNORED else f"，就是“{question.candidates[0]}”"
