"""The words that turn digits into figures: units, approximators, names that only look like numbers.

Everything here is common Chinese; nothing belongs to one place. All patterns run on the folded
text of :mod:`facts.report.view` (half-width, no blanks) and have bounded repeats only.
"""

from __future__ import annotations

import re

from facts.report.words import words

_LONG_UNITS = words(
    "个百分点 百分点 平方公里 平方千米 平方米 立方米 公里 公顷 公斤 千克 个工作日 工作日 "
    "个自然日 自然日 小时 分钟 个月 场(次) 家(次) 人(次) 大类 场次 批次 轮次 人次 件次 家次 户次 "
    "车次 台次 班次 宗次 项次 起次 篇次 课次 期次 处次 条次 倍 台件 台套 课时 学时 人份 亩 吨"
)
_SHORT_UNITS = words(
    "件 起 宗 份 个 项 部 篇 张 卷 批 轮 场 次 人 名 户 家 条 类 种 台 处 支 所 期 套 艘 辆 "
    "元 天 本 册 块 幅 堂 节 组 座 间 栋 幢 只 株 棵 瓶 箱 袋 盒 例 笔 单 道 顿 款 位 枚 把 "
    "封 通 则 章 票 团 段 架 班 讲 辑 集 回 案 站 点 岗 队 面 秒 对 分"
)
# Units that open other words too: 3部门 is not three 部, 项目 is a noun but 项目标 is 项 + 目标.
_UNLESS = {
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
UNIT = re.compile(
    "|".join(
        [re.escape(unit) for unit in _LONG_UNITS]
        + [unit + (f"(?!{_UNLESS[unit]})" if unit in _UNLESS else "") for unit in _SHORT_UNITS]
    )
)
# These are half of many nouns (三道防线, 两案): after a Chinese numeral they make no figure.
RISKY_UNITS = frozenset("案站点队岗团班段架把节道则只面对回通张章单集本款")
DURATION_UNITS = frozenset(words("天 小时 分钟 秒 工作日 自然日 个月"))
UNIT_NAMES = {
    "个工作日": "工作日",
    "个自然日": "自然日",
    "个百分点": "百分点",
    "场(次)": "场次",
    "家(次)": "家次",
    "人(次)": "人次",
    "大类": "类",
}

CN_DIGITS = "零〇一二三四五六七八九两"
CN_NUMERAL = rf"[{CN_DIGITS}十百千万亿]"
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|[0-9]{1,15})(?:\.[0-9]{1,6})?"
MULTIPLIER = "万亿|千万|百万|十万|亿|万|千|百"

# What a measurement of time speaks of; any other 15日, 24小时 is a rule or a name.
MEASURED_TIME = re.compile(
    "压缩|缩短|压减|减少|减至|降至|降为|平均|用时|耗时|时限|时间|天数|提速|节约|延长|总计|法定|承诺|学时|课时"
)

# National names made of a numeral, a classifier and a noun.
NAME = re.compile(
    r"[两二三四五六七八九十](?:个|项|大|种|类|张|条|所|本|道|次)"
    r"(?:维护|确立|意识|自信|全面|代表|毫不|联动|清单|区分|统一|公开|结合|规定|制度|先行|必须|坚决"
    r"|决定性|务必|倒查|创新|责任|革命|转变|优先|文明|关口|攻坚|分配|创业|审核|大学习"
    # parts of a speech, not things that were done
    r"|重点|维度|层面|关键|环节|抓手|着力点|特点|优势|突破|坚持|加强|结合点|聚焦)"
)

# What there were none of; 零距离, 零跑腿, 零容忍 are slogans.
NONE_OF = (
    "败诉|事故|伤亡|死亡|投诉|上访|信访|进京|纠错|差错|撤销|复议|诉讼|案件|失误|违法|违纪|违规|发案"
    "|发生|积压|举报|超期|逾期|舆情|退件|延期|感染|火灾|被诉|责任|漏报|瞒报|误报|越级|炒作|差评|事件"
)
# The unit of a zero that is written without one, by what there was none of.
ZERO_UNITS = re.compile(
    "(?P<people>伤亡|死亡|感染)|(?P<incidents>事故|火灾|上访|进京|越级|舆情|发案|责任|发生|事件|炒作)"
    "|(?P<cases>败诉|投诉|信访|纠错|撤销|复议|诉讼|案件|举报|积压|违法|违纪|违规|被诉)"
)
# what a place in a ranking is told with
RANKED = re.compile(r"(?:名列|位列|位居|排名|排在|位次|列|居)[^,。;:\n0-9]{0,20}$")
