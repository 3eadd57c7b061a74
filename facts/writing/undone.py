"""What takes back the very thing that a text names: a number left blank, a paper withdrawn.

Such a thing is neither there nor denied: a person has to look at it.
"""

from __future__ import annotations

from typing import Final

from engine.model.field import Holds
from engine.model.regex import regex
from facts.writing.numerals import NUMERAL_SIGNS

_COUNTED: Final = f"0-9{NUMERAL_SIGNS}"
_BRACKETS: Final = (r"[〔\[【(]", r"[〕\]】)]")
_BLANK_NUMBER: Final = regex(
    rf"{_BRACKETS[0]}[12][0-9]{{3}}年?{_BRACKETS[1]}第?[^{_COUNTED}〔\[【(]{{0,6}}号"
    rf"|[〔\[【][12][0-9]{{3}}年?[〕\]】]$|号或|第[^{_COUNTED}a-wyz]{{0,3}}[号条]|_{{2,}}|□|☐|《》"
    r"|[〔\[【](?![12][0-9]{3}年?[〕\]】])[^〔\[【〕\]】]{0,6}[〕\]】][^〕\]】]{0,3}号"
)
"""清司审〔2024〕__号, 第×条, a box to tick: a form that was never filled in."""

_PAIRS: Final = ("〔〕", "[]", "【】")
_FILLER: Final = regex("[x×_*○?#-]+(?:报告|意见书?|材料|文件|记录|书|表)?")
_LAW_UNNAMED: Final = regex("×|(?<![0-9a-z])x{2,}(?![0-9a-z])")
_UNFINISHED: Final = regex("^空白|(?:草|初|讨论|拟|未定|样)稿$")
_OUGHT_TO: Final = regex(
    "^(?:应当?|须|需要?|必须)(?:由[\u4e00-\u9fff]{1,8})?(?:出具|提供|补充|编制|提交|制作|办理|报送|开展|组织)"
    "|^请[\u4e00-\u9fff]{0,8}(?:出具|提供|补充|填写?)$|^请[\u4e00-\u9fff]{1,8}出具"
)
_ONLY_SAID: Final = regex("^(?:以|由|经|仅|只)*(?:会上|会议上|列席|会签|微信|短信)")
_KEPT_OF_IT: Final = regex("记录|笔录|纪要|函|单|书|表|录音|材料|截图")
_SAME: Final = regex("^同(?:第|序号?|上|前|[0-9])")

_AFTER: Final = regex(
    r"(?:(?<![空跳重占错废])号|》|(?<=[0-9])(?=[(,;]))(?P<rest>(?:(?<=[空跳重占错废])号|[^号》])*)$"
)
_TAKEN_BACK: Final = regex(
    "撤|废|失效|无效|过期|退回|驳回|取消|终止|稿|拟|待|缺|补(?![充正])|空|跳号|不(?!公开|予公开)|口头|其[他它]|另一|否|×"
    "|疑|假|伪|编造|虚|[:(,;]无|^无|查无|此件|此文|找不|内无|仅|非本|非正式|误|重号|占号|预留|代替|借用"
)
_BEFORE: Final = regex("^(?:预留|占号?|空号|跳号|暂编|暂定|查无|应为|疑似?|~~)")


def taken_back(word: str, holds: Holds) -> bool:
    """Whether a text that names a thing takes it back, or only holds its place."""
    if _FILLER.fullmatch(word):
        return True
    if holds is Holds.STATEMENT:
        return False
    if _BLANK_NUMBER.search(word) or _SAME.match(word) or ("?" in word and "://" not in word):
        return True
    for opened, closed in _PAIRS:
        if word.count(opened) != word.count(closed):
            return True
    if holds in (Holds.GROUND, Holds.ARTICLE) and _LAW_UNNAMED.search(word):
        return True
    if _UNFINISHED.search(word) or _OUGHT_TO.match(word) or _BEFORE.match(word):
        return True
    if _ONLY_SAID.match(word) and not _KEPT_OF_IT.search(word):
        return True
    after = _AFTER.search(word)
    return after is not None and _TAKEN_BACK.search(after["rest"]) is not None
