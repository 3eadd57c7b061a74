"""What stands between an indicator's words and a figure, and whether it leaves their meaning alone.

A Chinese noun has its head at the end: 法律援助案件 are cases, 法律援助工作站 are places. So the
words right before a figure that follows its noun, and those right behind a noun that follows its
figure, decide what is counted. All functions take folded text and are linear in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from engine.model.regex import regex
from facts.writing.text import words

# these say that something is counted, done or of all kinds, and change nothing about what it is
_LIGHT_WORDS: Final = words(
    "共计 总计 合计 累计 一共 共有 现有 已经 达到 达成 各类 各种 类别 件数 次数 人数 户数 "
    "份数 场次 宗数 数量 总数 总量 数额 总额 超过 多达 至少 全部 案件 申请 活动 会议 "
    "情况 先后 分别 全年 今年 全市 全县 全区 全省 辖区 年内 本年 年度 期间 完成 开展 组织 "
    "进行 办理 处理 召开 举办 举行 实施 作出 出具 签章 新增 增加 增至 落实 任务 目前 每年 "
    "集中 专题 书面 相关 有关 具体 材料 资料 问题 金额 款项 意见 建议 服务 决定 事宜 人员 "
    "比例 占比 近期 主动 重新 依法 成功 通报 发生 实现 保持 首次 予以 讲话 精神 论述 重要 "
    "指示"
)
# single characters, unless they end a word of their own: 文件, 事项, 社会, 质量
_LIGHT: Final = regex(
    "|".join(_LIGHT_WORDS)
    + "|工作(?!人员|者|站|室|队|组|专班)"
    + "|(?<![文事条证邮])件|(?<!事)项|(?<![社协])会|(?<!质)量|(?<!图)书|(?<!罚)款"
    + "|[共均已达为是了有等各总数约近超逾过现到至由从的地也并与和及名次率占比高在其只仅案]"
)
_CLAUSE: Final = regex("[,;:、]")
_HAN: Final = regex("[\u4e00-\u9fff]")
# nouns that take over as head when they follow: 许可 is an act, 许可事项 is an entry of a list
_TAKES_OVER: Final = regex(
    "标准|清单|工作站|联络点|人员|员|组|机制|制度|平台|体系|事项|机构|队伍|能力|水平|方案|规定|办法|规则|台账"
    "|档案|专栏|栏目|系统|基地|指南|目录|流程|指标|案卷|案例|经费|资金|经验|课题|志愿者"
)
# 矫正协理员, 审批单位, 听证室: the head of a longer noun
_LONGER: Final = regex(
    "^[^,。;:、()的和与及§#0-9]{0,5}?(?:协理员|志愿者|工作者|工作人员|代理人|标兵|能手|单位|部门|机构|企业|协会|窗口|岗位|队伍"
    "|车辆|装备|设备|经费|系统|平台|场所|点位|制度|机制|证书|文书|手册|读本|样式|流程|程序|用时|听证室|[厅庭]室)"
)
_PLACE: Final = regex("[室站厅庭所员队组车岗库牌簿点费]$")
# what is told for each so many is no count
_PER: Final = regex(
    "每(?![年月季周天日逢半当到两])|人均|户均|件均|平均|万人(?:均|拥有|成讼|起诉|发案|口)"
)
_LISTED: Final = regex("清单|目录|职权|权责|权力|权限|赋权|(?:执法|处罚|许可|强制|检查)事项")
_ENTRIES: Final = frozenset(["项", "条", "大项", "小项", ""])
# 邀请顾问分别到14个村: the noun of such a figure follows it
_PREPOSITION: Final = regex("(?<![达增加升降缩少得受收])(?:到|对|向|给|在|把|将|为|从|与)$")
_KIND: Final = regex("(?<!各)(?<!分)类(?:案件|问题|事项|信息|工单)?$")
# 制定的文件中有4件没有备案: some of them, whatever is said of these
_SOME_OF: Final = regex("(?<![其集])中,?(?:还?有|仅有?|尚有)$")
_EXCEPT: Final = regex("除[^,。;#]{0,4}$")
_TURNS: Final = regex(
    "其[他它余](?:行政)?$|涉及$|引发的$|不服$|列席|旁听|观摩|轮训|邀请|表彰|慰问|约谈|平均|人均|每(?:村|个|名|所|家|镇|乡|户|位|人)[^,。;]{0,4}$"
)
_ONLY_SOME: Final = regex("领域|行业|涉企|涉农|涉民|涉军|涉外")


def weight(gap: str, acts: Iterable[str] = ()) -> int:
    """Return how many characters of the last clause of ``gap`` have a meaning of their own.

    What is done to a thing (``acts``) leaves it what it is: 代表建议已办复12件.
    """
    if not gap:
        return 0
    words = _CLAUSE.split(gap)[-1]
    for act in acts:
        words = words.replace(act, "")
    rest = _LIGHT.sub("", words)
    return len(_HAN.findall(rest)) + bool(_PLACE.search(rest))


def is_kind(gap: str) -> bool:
    """行政处罚类案件12件: a kind of what is counted elsewhere."""
    return bool(_KIND.search(gap))


def ends_a_list(tail: str, before: str) -> bool:
    """审查文件、合同等6件: the figure counts all that the list names."""
    return tail.startswith("等") and before.endswith("、")


def is_some_of(gap: str) -> bool:
    """文件中有4件未备案: only some of what the noun before counts."""
    return bool(_SOME_OF.search(gap))


def is_exception(before: str) -> bool:
    """除3项外都已整改: what the words around say is not said of these."""
    return bool(_EXCEPT.search(before))


def taken_over(following: str) -> bool:
    """Whether another noun follows that makes the one before it a mere description."""
    return bool(_TAKES_OVER.match(following) or _LONGER.match(following))


def is_ratio(before: str) -> bool:
    """每万人拥有律师3.5名: how many there are for so many of another thing."""
    return bool(_PER.search(before))


def is_entry(unit: str, words_around: str) -> bool:
    """行政处罚251项 of a power list: entries of a list, which nobody has done."""
    return unit in _ENTRIES and bool(_LISTED.search(words_around))


def noun_follows(gap: str, following: str) -> bool:
    """Whether a preposition before the figure says that its noun comes after it."""
    return bool(_PREPOSITION.search(gap) and _HAN.match(following[:1]))


def only_some(words_around: str) -> bool:
    """Whether a count is limited to some field, so that it is not the count of all."""
    return bool(_ONLY_SOME.search(words_around))


def turned(before: str) -> bool:
    """列席常务会议, 轮训调解员, 每村一名顾问: what is counted is the act or the share."""
    return bool(_TURNS.search(before))
