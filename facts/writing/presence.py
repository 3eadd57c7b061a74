"""Whether a cell names what its column holds: a paper, a ground in law, a person — or denies it.

The column's `holds` says what is asked for; here stand the words offices write instead of it. A
text counts as present only if nothing in it denies, postpones or merely claims the thing, and it
looks like the thing where that can be told. What can't be told is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from engine.model.field import Holds
from engine.model.regex import regex
from facts.writing.numerals import NUMERAL_SIGNS
from facts.writing.text import NO_WORDS, NONE_WORDS, YES_WORDS, words
from facts.writing.undone import taken_back


class Presence(Enum):
    """What a text says of the thing that its column holds."""

    PRESENT = "named"
    DENIED = "said not to be there"
    UNDER_WAY = "still to come"
    CLAIMED = "said to be there, and not named"
    TAKEN_BACK = "named and taken back, or a form not filled in"
    UNTOLD = "neither named nor denied"


_EDGES: Final = "。.，,；;！!、:'\"“”‘’「」『』()[]{}〔〕【】<>*#~/\\|"

_COMPOUNDS: Final = regex(
    "《[^《》]*》|"
    + "|".join(
        words(
            "未成年 未央 未来 无障碍 无人机 无线 无烟 无主 无偿 无害化 无形 无锡 无为市 无极县 "
            "无棣 不动产 不可移动文物 不可抗力 非物质文化 非遗 非机动车 非税 非法 非公 非营利 没收 "
            "缺陷 "
            "否决 接待 招待 优待 对待 待遇 待业 拟稿 草拟 模拟 虚拟 正待 中心 免费 免疫 免税 未满"
        )
    )
)
"""Titles, and words that only begin like a denial or a delay."""

_LEAD: Final = "(?:尚|暂|还|均|都|皆|并|仍|从|至今|目前|因故|经查)*"
_DENIES: Final = regex(f"{_LEAD}(?:未|没|无|不|非|否|缺|免)")
_NOT_DONE: Final = regex(f"{_LEAD}(?:未|没有?|缺)")
_NONE_OF_IT: Final = regex("[^0-9]*?(?:0+|零)[份件次个条项页人名家场张本篇例期宗起部]")
_NO_SUCH: Final = regex(
    f"{_LEAD}(?:无|没有?|缺)[\u4e00-\u9fff]{{0,8}}(?:规定|依据|文号|编号|号|报告|书|记录|纪要|材料|文件"
    "|文书|档案|笔录|意见书|证|人|单位|机构|理由|说明|原因|佐证|条款|法|法规|此项|内容)"
)
_NOT_SAID: Final = regex(
    f"{_LEAD}(?:未|没有?)(?:说明|写明|列明|注明|填写?|提供|明确|附|公开|公布|制定|落实|反馈|评议|采取|建立|整改|出具|报告)"
)
_BY_MOUTH: Final = regex(
    "(?:会上|会议|现场|[仅只均都有是系为经以])*(?:口头|电话|当面)(?![\u4e00-\u9fff]*(?:记录|笔录|纪要|函|单|书|表|录音|材料))[\u4e00-\u9fff]{0,6}"
)
_HOW: Final = frozenset(words("口头 电话 当面"))
_AT_THE_END: Final = regex(f"{_LEAD}(?:无|没有|未[\u4e00-\u9fff]{{1,4}})")
_WITHIN: Final = regex(
    "[:(]无|无(?:规定|依据|明文|明确|此)|未|没(?:有|出|给|做|办|开|写|提|交|审|盖|签|报|见|附|批)|暂无|尚无|暂缺|缺失|丢失|遗失|灭失|作废"
    "|拒(?:绝|不)(?:出具|提供|审查|审核|评估|论证|反馈|答复)|不(?:予|同意|再|肯)?出具"
)
_TWO_CLAUSES: Final = regex("[,;:、]|但|后来|之后")

_UNDER_WAY: Final = regex(
    "正在|中的|前(?:完成|出具|提交|办结|补齐|报送)$|底(?:前?完成|出具)$|^[0-9年月日底前初中旬]+(?:出|交|报|补)"
    "|^等(?:待|候|[\u4e00-\u9fff]{0,6}(?:意见|回复|批复|通知|答复|结果)$)|^(?:需|应)补|^补(?:交|材料$)|^正[\u4e00-\u9fff]{1,4}中$|^拟|^待|^等待|^将|即将|将于|拟于|拟定于"
    "|^(?:计划|预计|预定)(?:于|在|[0-9]|下|本|近|年)|^(?:准备|打算|争取|力争|抓紧|还在|仍在|尚在|尚需|还需)"
    "|(?:办理|起草|草拟|审核|审查|论证|评估|编制|征求|征集|研究|拟定|制定|制作|报批|审批|会签|流转|修改|完善|整理|装订|收集"
    "|协调|沟通|申请|报送|进行|推进|走程序|签批|签发|印制|印发|汇总|归档|编号|出具|开展|备案|公示|处理|筹备|落实)之?中$"
    "|待(?:补|定|出|编|签|办|报|归|审|批|印|发|核|查|填|召开|开展|完成|确定|评估|论证)|后补|补办|补齐|补签|稍后|随后|会后|择期|近期|尽快|另行"
    "|(?:下|本|近)(?:周|月|旬|季度|年)[\u4e00-\u9fff0-9]{0,6}$|明年|明天|明日"
)
_DONE: Final = regex("(?:均|都|全部)?已经?(?P<rest>.*)")

SAID_OF_IT: Final = frozenset(
    words(
        "同意 不同意 通过 不通过 合格 不合格 符合 不符合 合法 可行 可控 良好 正常 "
        "较好 一般 属实 已阅 阅 "
        "审批 批准 赞成 支持 齐全 规范 完整 完备 同上 同左 同前 如上 如前 同 略 其他 "
        "若干 多份 多个 本人 空白 空缺 空号 欠缺 遗漏 漏填 漏办 漏评 漏做 漏报 查无 查无此件 "
        "查无此人 找不到 走流程 流程中 在途 示例 样例 模板 测试 默认 系统默认 系统自动 系统生成 "
        "备注 文号 编号 填写文号 填文号 暂缓 推迟 延期 取消 中止 终止 撤回 撤销 被撤销 退回 驳回 "
        "被退回 作废 废止 失效 无效 过期 遗失 丢失 缺失 不齐 不全 不完整 不明 不详 存疑 未知 拒绝 "
        "拒绝出具 不出具 不予出具 纸质 另册 存档 会签 代签 "
        "系统 信息系统 业务系统 平台 软件 程序 机器 自动 自动认定 人工智能 ai 管理员 系统管理员 "
        "admin administrator system root user 用户 默认用户 "
        "有关 相关 领导同意 主要领导同意 领导批示 另定 保密 涉密"
    )
)
"""Verdicts on a thing and words that point nowhere: they name nothing."""

_DAY: Final = regex(
    "(?:[12][0-9]{3}年?)?[-/.]?[0-9]{1,2}[-/.月](?:[0-9]{1,2}[日号]?)?|[12][0-9]{3}年度?"
)
_WHOLE_DAY: Final = regex(
    "(?:[12][0-9]{3}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|[12][0-9]{3}([-/.])[0-9]{1,2}\\1[0-9]{1,2}"
)
_NUMBERED: Final = regex("[〔\\[(][12][0-9]{3}[〕\\])]|第?[0-9]+号|《")
_MARK: Final = regex("[0-9a-z〔《]")
_IN_WORDS: Final = regex(f"第?[{NUMERAL_SIGNS}]{{2,}}|第[{NUMERAL_SIGNS}]")
_PAPER: Final = regex(
    "(?:书|表|函|报告|记录|纪要|意见|建议|方案|说明|材料|资料|文件|文书|文本|笔录|照片|图片|视频|录像|录音|音像|影像|档案"
    "|案卷|卷宗|稿|清单|名单|通知|公告|公示|通告|通报|批复|批示|请示|决定|预案|制度|办法|规定|细则|规则|台账"
    "|附件|截图|回执|签报|批件|单|证明|证|汇总|情况|目录|总结|计划|要点|规划|政策|标准|条例|规章|链接|网址|原件|复印件|扫描件|存根|册|约谈)$"
)
_PIECES: Final = regex("[、,;:及和与以()\\[\\]]")
_LAW: Final = regex(
    "《[^《》]+》|第[0-9〇零一二三四五六七八九十百千]+条|(?:法|条例|规定|办法|细则|规则|规章|规程|准则|令|公约|章程|通则"
    "|关于.+(?:解释|通知|意见|批复|决定|公告|标准|规范))(?=$|第|规定|[、,;:()及和与的中关]|[0-9])|[〔\\[(][12][0-9]{3}[〕\\])]第?[0-9]+号"
)
_ARTICLE: Final = regex("第[0-9〇零一二三四五六七八九十百千]+条")
_GENERIC: Final = regex(
    "法律法规|法律|法规|规章|有关|相关|上级|国家|省里|市里|地方|现行|另有|其他|按照|根据|依据|依照|依法|按|依|据|由|经|从其"
    "|有|和|及|或|、|,|的|等|明文|文件|要求|政策|政府|部门|具体|内部|明确|本|该|上述|前述"
)
_NAMELESS: Final = frozenset(
    words("规定 办法 条例 法 决定 意见 通知 标准 规范 规章 细则 规则 令 解释 公告 批复 准则 章程")
)
"""What a ground ends with; alone it names no law."""

_NUMBERS: Final = frozenset([Holds.DOCUMENT_NUMBER, Holds.IDENTIFIER, Holds.PERSON])
"""Of these 1 may be one, while it says yes to everything else."""

_CODED: Final = (Holds.IDENTIFIER, Holds.PERSON)
_CODE: Final = regex("[a-z-]*[0-9][a-z0-9-]*")
"""A code has no word in it that says anything else: it is known at once for what it is."""

_NOTHING: Final = NO_WORDS | NONE_WORDS
_BARE_VERB: Final = 2


def presence(word: str, holds: Holds) -> Presence:
    """What a folded text says of the thing that a column of this kind holds."""
    plain = word.strip(_EDGES)
    if holds is Holds.TEXT:
        return Presence.PRESENT
    if plain.strip("《》") in _NOTHING or _NONE_OF_IT.fullmatch(plain):
        return Presence.DENIED
    if not plain or plain in SAID_OF_IT:
        return Presence.UNTOLD
    if plain in YES_WORDS and not (plain.isdigit() and holds in _NUMBERS):
        return Presence.CLAIMED
    if holds in _CODED and _CODE.fullmatch(word):
        return Presence.PRESENT
    bare = _COMPOUNDS.sub("某", plain)
    denied = _denied(bare, plain, holds)
    if denied is not None:
        return denied
    if _UNDER_WAY.search(bare):
        return Presence.UNDER_WAY
    done = _DONE.fullmatch(bare)
    if taken_back(word, holds):
        return Presence.TAKEN_BACK
    # 已开座谈会 is a reason; 已出具 says only that it was done
    told = holds is Holds.STATEMENT and done is not None and len(done["rest"]) > _BARE_VERB
    if done and not told and not _NUMBERED.search(plain):
        return Presence.CLAIMED
    return Presence.PRESENT if _LOOKS[holds](plain) else Presence.UNTOLD


def _denied(bare: str, plain: str, holds: Holds) -> Presence | None:
    """What the denial in a text makes of it; None where there is none.

    A denial that the text begins or ends with, alone in its clause and beside no number, says
    that there is none. With more beside it nothing can be told.
    """
    if holds is Holds.STATEMENT:
        return _statement_denied(bare)
    if _BY_MOUTH.fullmatch(bare):
        return Presence.DENIED
    if _DENIES.match(bare):
        if _NUMBERED.search(plain) or _TWO_CLAUSES.search(bare):
            return Presence.UNTOLD
        denied = _NOT_DONE.match(bare) or _NO_SUCH.fullmatch(bare)
        return Presence.DENIED if denied else Presence.UNTOLD
    if not _WITHIN.search(bare):
        return None
    end = _PIECES.split(bare.rstrip(_EDGES))[-1]
    alone = _AT_THE_END.fullmatch(end) or _AT_THE_END.search(bare[-7:])
    return Presence.DENIED if alone and not _NUMBERED.search(plain) else Presence.UNTOLD


def _statement_denied(bare: str) -> Presence | None:
    """未说明, 无理由 deny it; 未纳入计划 may be the reason itself; 不涉及群众利益 is one.

    口头 alone says how it was said, not what; 口头答复 says what was done.
    """
    if bare in _HOW:
        return Presence.UNTOLD
    if _NOT_SAID.fullmatch(bare) or _NO_SUCH.fullmatch(bare):
        return Presence.DENIED
    denies = _DENIES.match(bare)
    return Presence.UNTOLD if denies and denies.group()[-1] not in "不非免" else None


def _is_paper(plain: str) -> bool:
    """A paper is told by its number, its title, or a word for a kind of paper at its end."""
    undated = _DAY.sub("", plain)
    if _MARK.search(undated):
        return True
    return any(_PAPER.search(piece) for piece in _PIECES.split(undated))


def _is_document_number(plain: str) -> bool:
    """A number has figures; those of a day are none of its own."""
    if _WHOLE_DAY.fullmatch(plain):
        return False
    return bool(_MARK.search(plain) or _IN_WORDS.search(plain))


def _is_ground(plain: str) -> bool:
    """A ground names a law, an article or a document; 法律规定 names none."""
    if not _LAW.search(plain):
        return False
    named = _GENERIC.sub("", plain).strip(_EDGES)
    return bool(named) and named not in _NAMELESS


def _is_article(plain: str) -> bool:
    return bool(_ARTICLE.search(plain))


def _is_called(plain: str) -> bool:
    return any(char.isalnum() for char in plain)


def _is_name(plain: str) -> bool:
    """A name has letters; a bare number is no person and no unit."""
    return any(char.isalpha() for char in plain)


_LOOKS: Final[Mapping[Holds, Callable[[str], bool]]] = {
    Holds.PAPER: _is_paper,
    Holds.DOCUMENT_NUMBER: _is_document_number,
    Holds.IDENTIFIER: _is_called,
    Holds.GROUND: _is_ground,
    Holds.ARTICLE: _is_article,
    Holds.PERSON: _is_called,
    Holds.NAME: _is_name,
    Holds.UNIT: _is_name,
    Holds.STATEMENT: _is_name,
}
