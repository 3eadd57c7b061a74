"""A column that asks 是否公布 is answered by 已公布 and 未公布, and by no other 已 or 未.

未评估 under 是否可能造成不利影响 says nothing of the effects. What answers a column is worked out
from its own titles, word for word, never from the first character of the cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from engine.model.field import FieldKind, FieldType, Says
from facts.writing.text import fold, words

_ASKS: Final = "是否"
_NEGATED: Final = words("未 没有 没 尚未 还未 暂未")
_JOINED: Final = words("或 和 及 与 、 且")
"""Of 变更或停止 a 未变更 answers but one half."""
_SHORTEST: Final = 2


def own_answers(spec: FieldType) -> dict[str, Says]:
    """What the words of a yes/no column's, or an object's, own titles say as a whole cell."""
    if spec.type is FieldKind.BOOL:
        return dict(_of_questions((spec.title, *spec.synonyms)))
    if spec.type is FieldKind.OBJECT:
        return dict(_of_names((spec.title, *spec.synonyms)))
    return {}


@lru_cache(maxsize=2048)
def _of_questions(titles: tuple[str, ...]) -> dict[str, Says]:
    answers: dict[str, Says] = {}
    for title in titles:
        _, asked, question = fold(title).partition(_ASKS)
        if asked and len(question) >= _SHORTEST:
            for word, said in _answers(question.removeprefix("已")):
                answers.setdefault(word, said)
    return answers


def _answers(question: str) -> Iterable[tuple[str, Says]]:
    """Of the whole question, and of its beginning where nothing else is asked in one with it."""
    if question.startswith(("未", "不", "无", "非")):
        yield question, "true"
        yield f"已{question[1:]}", "false"
        yield question[1:], "false"
        return
    joined = any(word in question for word in _JOINED)
    for end in range(len(question), len(question) - 1 if joined else _SHORTEST - 1, -1):
        yield f"已{question[:end]}", "true"
        for no in _NEGATED:
            yield no + question[:end], "false"


@lru_cache(maxsize=2048)
def _of_names(titles: tuple[str, ...]) -> dict[str, Says]:
    """未评估 under 风险评估, 已征求意见 under 公开征求意见: whether what it names was done."""
    answers: dict[str, Says] = {}
    for title in titles:
        name = fold(title).removeprefix(_ASKS).removesuffix("情况")
        for start in range(len(name) - _SHORTEST + 1):
            answers.setdefault(f"已{name[start:]}", "true")
            for no in _NEGATED:
                answers.setdefault(no + name[start:], "absent")
    return answers
