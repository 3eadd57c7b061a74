"""Text of cells and headers, made comparable: widths, spaces, dashes; the original is kept."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from engine.model.errors import closest
from engine.model.regex import regex

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−－─━"), "-")
_WIDE: Final = str.maketrans("()", "（）")
_YEAR_BRACKETS: Final = regex(
    r"[〔\[（【{<《〈［「]([12][0-9]{3})年?[〕\]）】}>》〉］」]第?0*(?=[0-9])([0-9]+$)?"
)
_FOLDED: Final = regex("[\u4e00-\u9fff!-~]*")
"""What nearly all texts are, in which nothing has another form: Chinese words and plain signs."""
_DROPPED: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})

_MARKS: Final = frozenset("¹²³").union(
    *(map(chr, range(ord(a), ord(z) + 1)) for a, z in ("⁰⁹", "₀₉", "①⒛", "⓪⓿", "❶➓"))
)
"""Marks of notes; few texts have any, and looking for one costs less than taking texts apart."""
_NOTED: Final = regex(rf"(?<=\d)([{''.join(sorted(_MARKS))}]+)")
_NUMBER: Final = regex(r"\d+")
_WORD: Final = regex(r"[^\W\d_]+")
_LONGEST_ITEM: Final = 200
_ITEM_MARKS: Final = "、，,；;\n\r|"


def words(text: str) -> tuple[str, ...]:
    """Split a list of words that is written with blanks between them."""
    return tuple(text.split())


NONE_WORDS: Final = frozenset(words("无 没有 暂无 尚无 均无 无此项"))
NOT_DONE_WORDS: Final = frozenset(words("未开展 未进行 未发生 未召开 未举行 未组织 未制定 未收到"))
"""These say that there is none of what a column records; to a yes or no they may be no answer."""

YES_WORDS: Final = frozenset(words("是 有 √ ✓ ✔ ☑ 对 y yes true 1 已 已完成 属于 属 需要"))
NO_WORDS: Final = frozenset(words("否 × ✗ ✘ x 不是 n no false 0 未 未完成 不属于 不属 不需要"))
NOT_APPLICABLE_WORDS: Final = frozenset(
    words("/ // \\ - -- --- ---- 不适用 不涉及 无需 n/a na n.a. n.a 免 不须 无须 *")
)
OPEN_WORDS: Final = frozenset(
    words(
        "待定 待补 待补充 待核 待核实 待查 待填 待报 不详 不清楚 未知 未填 空 ? ?? ??? "
        "null (null) <null> \\n nil none nan undefined"  # what systems export where nothing stands
    )
)
UNDECIDED_WORDS: Final = frozenset(
    words(
        "未定 未确定 未认定 未核实 未研判 未判断 未评估 未明确 未查明 未审 未核 未查 "
        "不确定 拿不准 说不清 "
        "待认定 待研判 待判断 待评估 待确定 待审 待研究 难以判断 有争议"
    )
)
"""Nobody has said yes or no yet."""

FOOTER_WORDS: Final = words(
    "填表人 填报人 制表人 制表: 审核人: 填表单位 填报单位 填报日期 "
    "填表日期 注: 备注: 说明: 填表说明 填报说明 联系人: 联系电话"
)
EXAMPLE_WORD: Final = "示例"
SECRET_WORDS: Final = words("绝密 机密 秘密")
KINDS_OF_SECRETS: Final = words("国家秘密 商业秘密 工作秘密 技术秘密 保守秘密 泄露秘密")
"""What files are about; a name with one of these is not marked."""


@lru_cache(maxsize=262_144)  # more than the texts of a hundred thousand rows that are asked again
def fold(text: str) -> str:
    """The text for matching: half-width, no spaces or controls, one kind of dash, lower case."""
    if _FOLDED.fullmatch(text):
        return text.lower()
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    kept = (char for char in text if unicodedata.category(char) not in _DROPPED)
    return "".join(kept).lower()


@lru_cache(maxsize=65536)
def spelled(text: str) -> str:
    """A name in the one spelling that stands for all: no blanks, no full-width letters.

    What folds to the same is spelt the same; the text itself stays in the source of the fact.
    """
    return fold(text).upper().translate(_WIDE)


@lru_cache(maxsize=65536)
def document_number(text: str) -> str:
    """The number of a document in its one spelling: 司法审[2024]第07号 is 司法审〔2024〕7号."""
    return _YEAR_BRACKETS.sub(
        lambda found: f"〔{found[1]}〕{found[2]}号" if found[2] else f"〔{found[1]}〕",
        spelled(text),
    )


def clean(text: str) -> str:
    """The text for quoting: no spaces or invisible marks at its ends."""
    return text.strip("\ufeff\u200b\u200c\u200d\u2060\u00a0\u3000 \t\r\n\f\v")


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones, one kind of dash.

    The mark of a note behind a number stays a mark: 12① is not 121, nor is 3² 32.
    """
    if _MARKS.isdisjoint(text):
        return unicodedata.normalize("NFKC", text).translate(_DASHES)
    parts = _NOTED.split(text)
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return "".join(parts).translate(_DASHES)


def shape(cell: object) -> str:
    """What a cell looks like: its marks, with 0 for each number and 字 for each word."""
    return _NUMBER.sub("0", _WORD.sub("字", str(cell).strip()))


def split_items(text: str) -> list[str]:
    """The items of a list in one cell, parted by 、，；or new lines, but not within brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char in "（(〔[【":
            depth += 1
        elif char in "）)〕]】":
            depth = max(depth - 1, 0)
        elif char in _ITEM_MARKS and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return [part for part in map(clean, parts) if part]


_PERSON: Final = "[A-Za-z]{0,4}[0-9]{1,18}[A-Za-z]?|[一-鿿]{2,4}"
_PERSONS: Final = regex(rf"(?:{_PERSON})(?:(?:[ \t\u3000]+|[/／和与及&+＋])(?:{_PERSON}))+")
_BETWEEN_PERSONS: Final = regex(r"[ \t\u3000/／和与及&+＋]+")


def split_persons(text: str) -> list[str]:
    """The persons of one item, where blanks, a stroke or 和 part what can only be two: R01 R02."""
    if len(text) > _LONGEST_ITEM or not _PERSONS.fullmatch(text):
        return [text]
    return _BETWEEN_PERSONS.split(text)


_BESIDE: Final = words("附 另 后 卷 档 材料 备注 原 上 下 前 系统 平台 oa 邮 网 纸质 电子")
"""Where 见 points to."""


def is_elsewhere(folded: str) -> bool:
    """Whether a cell only points to another paper: 详见附件, 见附表2, 另附."""
    if len(folded) > 20:
        return False
    if folded.startswith(("另附", "附后", "后附", "附件", "另见", "详附")):
        return True
    for lead in ("详见", "参见", "见"):
        if folded.startswith(lead):
            rest = folded[len(lead) :]
            return lead != "见" or rest.startswith(_BESIDE)
    return False


def marking(text: str) -> str | None:
    """The secrecy marking that a cell or line consists of (秘密★1年, 密级：机密), if any."""
    if "密" not in text or len(text) > 40:
        return None
    folded = fold(text)
    for lead in ("密级:", "密级"):
        folded = folded.removeprefix(lead)
    folded = folded.strip("[]()【】〔〕{}<>《》")
    for word in SECRET_WORDS:
        if folded == word or folded.startswith((word + "★", word + "☆", word + "*", word + "级")):
            return word
    return None


def marked_name(name: str) -> str | None:
    """The secrecy marking in a file name; 商业秘密 and the like are none."""
    folded = fold(name)
    for word in KINDS_OF_SECRETS:
        folded = folded.replace(word, " ")
    return next((word for word in SECRET_WORDS if word in folded), None)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The closest known spelling, or None when none is close. At most 60 characters compared."""
    return closest(word[:60], known)


def shown(raw: object) -> str:
    """The content of a cell as the reader knows it: a date without its midnight."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return clean(raw)
    if isinstance(raw, dt.datetime) and raw.time() == dt.time.min:
        return raw.date().isoformat()
    return str(raw)


@lru_cache(maxsize=2048)
def column_letter(index: int) -> str:
    """The letters of the 1-based column `index`: 1 → A, 28 → AB."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
