"""The words that numbers count and measure in: which there are, and which are worth the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from facts.writing.numerals import SCALES
from facts.writing.text import words

_LONG_COUNTERS: Final = words(
    "场(次) 家(次) 人(次) 大类 大项 小项 场次 批次 轮次 人次 件次 家次 户次 车次 台次 "
    "班次 宗次 项次 起次 篇次 课次 期次 处次 条次 台件 台套 人份 趟次 艘次 辆次 架次"
)
_SHORT_COUNTERS: Final = words(
    "件 起 宗 份 个 项 部 篇 张 卷 批 轮 场 次 人 名 户 家 条 类 种 台 处 支 所 期 套 艘 辆 "
    "本 册 块 幅 堂 节 组 座 间 栋 幢 只 株 棵 瓶 箱 袋 盒 例 笔 单 道 顿 款 位 枚 把 "
    "封 通 则 章 票 团 段 架 趟 班 讲 辑 集 回 案 站 点 岗 队 面 对"
)
_LONG_MEASURES: Final = words(
    "㎡ ㎞ 个百分点 百分点 平方公里 平方千米 平方米 立方米 公里 公顷 公斤 千克 个工作日 工作日 "
    "个自然日 自然日 小时 分钟 个月 倍 课时 学时 亩 吨"
)
_SHORT_MEASURES: Final = words("元 天 日 秒 分")
COUNTERS: Final = frozenset([*_LONG_COUNTERS, *_SHORT_COUNTERS])
"""The words that whole things are counted in."""

# units that open other words too: 3部门 is not three 部, 项目 is a noun but 项目标 is 项 + 目标
_UNLESS: Final = {
    "部": "[门级委署分队]",
    "项": "目(?!标)",
    "家": "[庭属园]",
    "条": "[例件]",
    "名": "单(?!位)|[录称誉]",
    "期": "[间限]",
    "类": "似",
    "所": "[有属]",
    "场": "[所景]",
    "支": "[持付]",
    "人": "[民大才社]",
    "个": "别|人(?:大|信)",
    "处": "[罚理置级]",
    "批": "[准评示复]",
    "起": "[草来到]|诉(?!讼)",
    "组": "[织建]",
    "队": "[伍员]",
    "台": "[账风]",
    "面": "积",
    "次": "要",
    "点": "[击多]",
    "位": "[于置]",
    "元": "[旦宵]",
    "份": "额",
    "种": "[植养]",
    "宗": "[旨教]",
    "章": "程",
    "例": "[如外]",
    "幅": "度",
    "道": "路",
    "轮": "[岗换]",
    "讲": "[座话解]",
    "本": "[市县区级年地次人]",
    "岗": "位",
    # a day of the month, unless 日以上 says that they are counted
    "日": "(?!以上|以下|左右)",
    "册": "子",
    "张": "贴",
    "款": "项",
    "只": "有",
    "案": "[件例]",
    "单": "位",
    "集": "[中体]",
    "通": "[过报知]",
    "对": "[于象接]",
    "节": "[日约]",
    "班": "子",
    "团": "[队体]",
    "票": "据",
    "站": "[点位]",
    "把": "[关握]",
    "回": "[复访应]",
    "分": "[别钟为类级之管析布享期局支批步工包层成站散开发配段区院行公三两四五六七八九十]",
    "段": "落",
}
UNIT: Final = regex(
    "|".join(
        [re.escape(unit) for unit in (*_LONG_MEASURES, *_LONG_COUNTERS)]
        + [
            unit + (f"(?!{_UNLESS[unit]})" if unit in _UNLESS else "")
            for unit in (*_SHORT_COUNTERS, *_SHORT_MEASURES)
        ]
    )
)
"""A unit where a text names one, and not where its character opens another word."""

RISKY_UNITS: Final = frozenset("案站点队岗团班段架把节道则只面对回通张章单集本款")
"""These are half of many nouns (三道防线, 两案): after a Chinese numeral they make no figure."""

DURATION_UNITS: Final = frozenset(words("天 小时 分钟 秒 工作日 自然日 个月"))

_NAMES: Final[Mapping[str, str]] = {
    "个工作日": "工作日",
    "个自然日": "自然日",
    "个百分点": "百分点",
    "场(次)": "场次",
    "家(次)": "家次",
    "人(次)": "人次",
    "大类": "类",
    "㎡": "平方米",
    "㎞": "公里",
    "日": "天",
}
_SAME: Final = (
    frozenset(words("元 圆 元整 元人民币 人民币元")),
    frozenset(words("学时 课时")),
    frozenset(words("天 日 自然日 个自然日")),
    frozenset(words("工作日 个工作日")),
    COUNTERS,
)
_OF_NOTHING: Final = COUNTERS | {"年", "年度", "页"}
"""What may stand behind a number whose column names no unit."""


def unit_name(written: str) -> str:
    """The one name of a unit that is written in several ways: 个工作日 is 工作日."""
    return _NAMES.get(written, written)


def is_whole(unit: str) -> bool:
    """Whether a number of ``unit`` is always an integer: things are counted, money is measured."""
    return unit in COUNTERS or not unit


def unit_scale(written: str, unit: str) -> Decimal | None:
    """What a number written in `written` is worth in the field's `unit`; None if not comparable.

    `万元` for a field in 元 is 10000. An empty `written` is the field's own unit.
    """
    written = written.removeprefix("单位:").removeprefix("人民币")
    if written in ("", unit):
        return Decimal(1)
    for scale, factor in (("", 1), *SCALES.items()):
        if written.startswith(scale) and same_unit(written[len(scale) :], unit):
            return Decimal(factor)
    return None


def same_unit(written: str, unit: str) -> bool:
    """Whether two unit words mean the same: 元 and 圆, 学时 and 课时, any two counting words."""
    if written in ("", unit) or (not unit and written in _OF_NOTHING):
        return True
    return any(written in family and unit in family for family in _SAME)
