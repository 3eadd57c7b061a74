"""What figures look like in a sentence, and the names that only look like figures.

Units, numerals and approximating words are those of :mod:`facts.writing`. Everything here is
common Chinese; nothing belongs to one place. All patterns run on the folded text of
:mod:`facts.report.view` (half-width, no blanks) and have bounded repeats only.
"""

from __future__ import annotations

from typing import Final

from engine.model.regex import regex
from facts.writing.numerals import DIGITS, SCALES

CN_DIGITS: Final = "".join(DIGITS)
CN_NUMERAL: Final = rf"[{CN_DIGITS}十百千万亿]"
ARABIC: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|[0-9]{1,15})(?:\.[0-9]{1,6})?"
SCALE: Final = "|".join(sorted(SCALES, key=len, reverse=True))

# What a measurement of time speaks of; any other 15日, 24小时 is a rule or a name.
MEASURED_TIME: Final = regex(
    "压缩|缩短|压减|减少|减至|降至|降为|平均|用时|耗时|时限|时间|天数|提速|节约|延长|总计|法定|承诺|学时|课时"
)

# National names made of a numeral, a classifier and a noun.
NAME: Final = regex(
    r"[两二三四五六七八九十](?:个|项|大|种|类|张|条|所|本|道|次)"
    r"(?:维护|确立|意识|自信|全面|代表|毫不|联动|清单|区分|统一|公开|结合|规定|制度|先行|必须|坚决"
    r"|决定性|务必|倒查|创新|责任|革命|转变|优先|文明|关口|攻坚|分配|创业|审核|大学习"
    # parts of a speech, not things that were done
    r"|重点(?!领域|行业|项目|任务|工程|单位|企业|部门|区域|地区|事项|村|镇|街道|人群|对象|场所|案件|岗位)"
    r"|维度|层面|关键|环节|抓手|着力点|特点|优势|突破|坚持|加强|结合点|聚焦)"
)

# What there were none of; 零距离, 零跑腿, 零容忍 are slogans.
NONE_OF: Final = (
    "败诉|事故|伤亡|死亡|投诉|上访|信访|进京|纠错|差错|撤销|复议|诉讼|案件|失误|违法|违纪|违规|发案"
    "|发生|积压|举报|超期|逾期|舆情|退件|延期|感染|火灾|被诉|责任|漏报|瞒报|误报|越级|炒作|差评|事件"
)
# The unit of a zero that is written without one, by what there was none of.
ZERO_UNITS: Final = regex(
    "(?P<people>伤亡|死亡|感染)|(?P<incidents>事故|火灾|上访|进京|越级|舆情|发案|责任|发生|事件|炒作)"
    "|(?P<cases>败诉|投诉|信访|纠错|撤销|复议|诉讼|案件|举报|积压|违法|违纪|违规|被诉)"
)
# what a place in a ranking is told with
RANKED: Final = regex(r"(?:名列|位列|位居|排名|排在|位次|列|居)[^,。;:\n0-9]{0,20}$")
