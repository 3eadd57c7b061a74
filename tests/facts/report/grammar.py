"""Sentences as annual reports write them, with what a reader must find in each.

The grammar is number style × unit × order × ellipsis × width × layout. A sentence is built from
pieces; every piece knows whether it is a figure, so the truth is known without any reading.
Nothing here is taken from a report.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from facts.writing.text import words

_DIGITS = "零一二三四五六七八九"
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789.,%+:;()"}
_WIDE_TEXT = {ord(","): "，", ord(";"): "；", ord(":"): "：", ord("("): "（", ord(")"): "）"}
BLANKS = ["", "", "", " ", "\u3000", "\u00a0"]


@dataclass(frozen=True)
class Truth:
    """A figure that must be found: where, how much, of what, how exactly."""

    start: int
    end: int
    value: Decimal
    unit: str
    low: Decimal | None
    high: Decimal | None
    approximate: bool


@dataclass(frozen=True)
class Num:
    """A number as written, what it means, and the words it needs around it."""

    raw: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    approximate: bool = False
    before: str = ""
    after: str = ""
    below: bool = False
    """Whether it stays below `high`: 700余 is less than 800."""

    def within(self, unit: str) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest it may be of `unit`: counted things are whole."""
        if unit in MEASURED or not self.approximate:
            return self.low, self.high
        low = None if self.low is None else Decimal(math.ceil(self.low))
        high = None if self.high is None else Decimal(math.floor(self.high)) - self.below
        return low, high


@dataclass
class Draft:
    """Text under construction with the truths so far."""

    text: str = ""
    truths: list[Truth] = field(default_factory=list)

    def say(self, words: str) -> None:
        self.text += words

    def count(self, number: Num, unit: str, shown: str, blank: str = "") -> None:
        self.text += number.before + blank
        start = len(self.text)
        self.text += number.raw
        self.truths.append(
            Truth(
                start,
                len(self.text),
                number.value,
                unit,
                *number.within(unit),
                number.approximate,
            )
        )
        self.text += shown + number.after


def chinese(value: int) -> str:
    """Write 1 to 99 999 in Chinese place notation."""
    if value >= 10_000:
        rest = value % 10_000
        tail = "" if not rest else ("零" if rest < 1000 else "") + chinese(rest)
        return chinese(value // 10_000) + "万" + tail
    out = ""
    pending_zero = False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, place)
        if digit:
            if pending_zero and out:
                out += "零"
            out += ("" if name == "十" and digit == 1 and not out else _DIGITS[digit]) + name
            pending_zero = False
        elif out:
            pending_zero = True
    return out


def _step(value: Decimal) -> Decimal:
    whole, step = int(value), 1
    while whole and whole % (step * 10) == 0:
        step *= 10
    return Decimal(step)


def _exact(raw: str, value: Decimal) -> Num:
    return Num(raw, value, value, value)


def plain(rng: Random) -> Num:
    value = rng.choice([rng.randint(1, 30), rng.randint(31, 999), rng.randint(1000, 999_999)])
    return _exact(str(value), Decimal(value))


def thousands(rng: Random) -> Num:
    value = rng.randint(1000, 99_999_999)
    return _exact(f"{value:,}", Decimal(value))


def spaced_thousands(rng: Random) -> Num:
    value = rng.randint(1000, 9_999_999)
    return _exact(f"{value:,}".replace(",", " "), Decimal(value))


def ten_thousands(rng: Random) -> Num:
    tenths = rng.randint(1, 9999)
    value = Decimal(tenths) / 100
    sign, factor = rng.choice([("万", 10**4), ("亿", 10**8)])
    return _exact(f"{value}{sign}", value * factor)


def hundreds_of_millions(rng: Random) -> Num:
    high, low = rng.randint(1, 99), rng.randint(1, 9999)
    return _exact(f"{high}亿{low}万", Decimal(high * 10**8 + low * 10**4))


def chinese_count(rng: Random) -> Num:
    value = rng.choice([rng.randint(3, 20), rng.randint(21, 9999)])
    return _exact(chinese(value), Decimal(value))


def two(_: Random) -> Num:
    return _exact("两", Decimal(2))


def more_than(rng: Random) -> Num:
    """700余, 300多."""
    value = Decimal(rng.randint(1, 99) * 10 ** rng.randint(1, 3))
    return _odd(f"{value}{rng.choice('余多')}", value, _step(value))


def more_than_ten_thousands(rng: Random) -> Num:
    """41.1万余, 4万多."""
    places = rng.randint(0, 2)
    digits = Decimal(rng.randint(1, 999)).scaleb(-places)
    value = digits * 10**4
    step = Decimal(10**4).scaleb(-places) if places else _step(value)
    raw = f"{digits:f}万{rng.choice('余多')}"
    return _odd(raw, value, step)


def more_in_the_middle(rng: Random) -> Num:
    """120余万."""
    digits = Decimal(rng.randint(2, 90) * 10)
    value = digits * 10**4
    return _odd(f"{digits}余万", value, _step(value))


def chinese_more(rng: Random) -> Num:
    """一百余, 两万余."""
    head, value = rng.choice(
        [("一百", 100), ("三百", 300), ("两千", 2000), ("两万", 20_000), ("十", 10), ("二十", 20)]
    )
    low = Decimal(value)
    return _odd(head + "余", low, _step(low))


def _odd(raw: str, value: Decimal, step: Decimal) -> Num:
    return Num(raw, value, value, value + step, approximate=True, below=True)


def _least_about(value: Decimal) -> Decimal:
    """The next number below that is as round, or a tenth less: 900 of 1000, 200 of 300."""
    step = _step(value)
    return value - max(step / 10 if value == step else step, value / 10)


def _most_about(value: Decimal) -> Decimal:
    return value + max(_step(value), value / 10)


def nearly(rng: Random) -> Num:
    value = Decimal(rng.randint(20, 9000))
    word = rng.choice(["近", "将近", "接近"])
    low = _least_about(value)
    return Num(str(value), value, low, value, approximate=True, before=word)


def about(rng: Random) -> Num:
    value = Decimal(rng.randint(20, 9000))
    low, high = _least_about(value), _most_about(value)
    return Num(str(value), value, low, high, approximate=True, before=rng.choice(["约", "大约"]))


def above(rng: Random) -> Num:
    value = Decimal(rng.randint(20, 9000))
    word = rng.choice(["超", "超过", "逾", "突破"])
    return Num(str(value), value, value, None, approximate=True, before=word)


def about_and_more(rng: Random) -> Num:
    value = Decimal(rng.randint(2, 99) * 1000)
    low, high = _least_about(value), _most_about(value)
    return Num(f"{value}余", value, low, high, approximate=True, before="约")


def at_least_so_many(rng: Random) -> Num:
    value = Decimal(rng.randint(20, 900))
    return Num(str(value), value, value, None, approximate=True, after="以上")


def around(rng: Random) -> Num:
    value = Decimal(rng.randint(20, 900))
    low, high = _least_about(value), _most_about(value)
    return Num(str(value), value, low, high, approximate=True, after="左右")


COUNTS: list[Callable[[Random], Num]] = [
    plain,
    plain,
    plain,
    thousands,
    spaced_thousands,
    ten_thousands,
    hundreds_of_millions,
    chinese_count,
    two,
    more_than,
    more_than_ten_thousands,
    more_in_the_middle,
    chinese_more,
    nearly,
    about,
    above,
    about_and_more,
    at_least_so_many,
    around,
]


def percentage(rng: Random) -> Num:
    places = rng.randint(0, 2)
    value = Decimal(rng.randint(1, 100 * 10**places)).scaleb(-places)
    return _exact(f"{value:f}%", value)


def percentage_in_words(rng: Random) -> Num:
    value = rng.randint(2, 99)
    return _exact(f"百分之{chinese(value)}", Decimal(value))


def whole(_: Random) -> Num:
    return _exact("百分之百", Decimal(100))


def tenths(rng: Random) -> Num:
    value = rng.randint(3, 9)
    low = Decimal(value * 10)
    return Num(f"{_DIGITS[value]}成", low, low, None, approximate=True, after="以上")


RATES: list[Callable[[Random], Num]] = [
    percentage,
    percentage,
    percentage,
    percentage_in_words,
    whole,
]

UNITS = words(
    "件 起 宗 份 个 项 部 篇 卷 批 批次 轮 轮次 场 场次 次 人次 名 户 家 家次 条 类 台 处 "
    "支 所 期 套 艘 辆 平方米 元 件次"
)
MEASURED = frozenset(words("平方米 元 %"))
CN_UNITS = words("件 起 宗 份 个 项 部 篇 批 批次 轮 场 场次 次 人次 名 户 家 条 类 期 套")
NOUNS = words(
    "行政复议案件 执法案卷 规范性文件 法律意见书 矛盾纠纷 群众诉求 政务服务事项 "
    "普法宣传活动 执法检查 投诉举报 法律咨询 行政处罚案件 信访事项 合同文本 培训班 "
    "宣传资料 调解组织 政策解读稿件 提案建议"
)
VERBS = words("办理 受理 审查 开展 组织 审结 制发 化解 收到 完成 梳理 公布 整理 报送 移交 核查")
SCOPES = [
    "",
    "全年",
    "今年以来,",
    "2023年,",
    "二〇二三年,",
    "2023年度",
    "截至10月31日,",
    "截至2023年底,",
    "自2023年4月1日以来,",
    "上半年",
    "第三季度",
    "8月份",
]
FILLERS = [
    "依托12345热线平台,",
    "落实“1+6+31+N”机制,",
    "贯彻《法治政府建设实施纲要(2021-2025年)》,",
    "按照政发〔2022〕48号文件要求,",
    "推进“一件事”改革,",
    "坚持“三重一大”制度,",
    "学习党的二十大精神,",
    "落实第八个五年规划,",
    "第21批名单公布后,",
    "推行双随机抽查,",
    "实行7×24小时服务,",
    "建成500米服务圈,",
    "结合4.15宣传日,",
    "上线2.0版系统,",
    "开展一系列工作,",
    "出台一批制度,",
    "会同有关部门,",
    "严格依法办事,",
    "压实工作责任,",
]
RATE_NOUNS = words("办结率 满意率 办复率 覆盖率 合格率 化解率 出庭率 按时办结率 参考率")
RATE_VERBS = ["", "达", "达到", "为", "均达到", "均为", "保持在", "首次达到"]
OPENERS = ["一是", "二是", "(一)", "1.", "三、", "(2)", ""]


def sentence(rng: Random) -> Draft:
    """Build one sentence of the grammar, ending in 。"""
    draft = Draft()
    draft.say(rng.choice(OPENERS))
    draft.say(rng.choice(SCOPES))
    if rng.random() < 0.4:
        draft.say(rng.choice(FILLERS))
    for index in range(rng.randint(1, 3)):
        if index:
            draft.say(rng.choice([",", ",", ";", "、"]))
        rng.choice(CLAUSES)(rng, draft)
    draft.say("。")
    return _dressed(draft, rng)


def _number(rng: Random) -> tuple[Num, str]:
    number = rng.choice(COUNTS)(rng)
    spoken = number.raw[0] in _DIGITS + "两十"
    return number, rng.choice(CN_UNITS if spoken else UNITS)


def _blank(rng: Random) -> str:
    return rng.choice(BLANKS)


def noun_number_unit(rng: Random, draft: Draft) -> None:
    number, unit = _number(rng)
    draft.say(rng.choice(VERBS) + rng.choice(NOUNS))
    draft.count(number, unit, unit, _blank(rng))


def number_unit_noun(rng: Random, draft: Draft) -> None:
    number, unit = _number(rng)
    draft.say(rng.choice(VERBS))
    draft.count(number, unit, unit, _blank(rng))
    draft.say(rng.choice(NOUNS))


def noun_is_number(rng: Random, draft: Draft) -> None:
    number, unit = _number(rng)
    draft.say(rng.choice(NOUNS) + rng.choice(["数为", "总数为", "共", "共计", "达"]))
    draft.count(number, unit, unit)


def noun_dropped(rng: Random, draft: Draft) -> None:
    """规范性文件28件,正式印发11件."""
    noun_number_unit(rng, draft)
    number, unit = _number(rng)
    draft.say("," + rng.choice(["正式", "其中", "已", "依法"]) + rng.choice(VERBS))
    draft.count(number, unit, unit)


def comma_dropped(rng: Random, draft: Draft) -> None:
    """建议12件政协提案4件."""
    for _ in range(2):
        draft.say(rng.choice(VERBS) + rng.choice(NOUNS))
        number = plain(rng)
        unit = rng.choice(["件", "条", "份", "次", "批"])
        draft.count(number, unit, unit)


def chain(rng: Random, draft: Draft) -> None:
    """2批次37卷; 111次127.23万余元."""
    draft.say(rng.choice(VERBS) + rng.choice(NOUNS))
    pairs = [
        ("批次", "卷"),
        ("件", "人"),
        ("批次", "人次"),
        ("宗", "平方米"),
        ("次", "元"),
        ("场", "人次"),
    ]
    for unit in rng.choice(pairs):
        number = rng.choice([plain, plain, more_than_ten_thousands, more_than])(rng)
        draft.count(number, unit, unit)


def unit_people_sessions(rng: Random, draft: Draft) -> None:
    """40个单位1603人培训5次."""
    draft.say("共组织")
    draft.count(plain(rng), "个", "个")
    draft.say("单位")
    draft.count(plain(rng), "人", "人")
    draft.say("培训")
    draft.count(plain(rng), "次", "次")


def units_and_letters(rng: Random, draft: Draft) -> None:
    draft.say("对")
    draft.count(plain(rng), "个", "个")
    draft.say("涉诉单位制发")
    draft.count(plain(rng), "份", "份")
    draft.say("提醒函")


def rate(rng: Random, draft: Draft) -> None:
    draft.say(rng.choice(RATE_NOUNS) + rng.choice(RATE_VERBS))
    draft.count(rng.choice(RATES)(rng), "%", "")


def rate_before_noun(rng: Random, draft: Draft) -> None:
    draft.say(rng.choice(["实现", "全域", "有"]))
    draft.count(rng.choice([percentage, whole, tenths])(rng), "%", "")
    draft.say("的" + rng.choice(NOUNS))


def change(rng: Random, draft: Draft) -> None:
    number = percentage(rng)
    draft.say(rng.choice(["同比", "较上年", "较2022年"]) + rng.choice(["下降", "增长", "上升"]))
    if rng.random() < 0.3:
        draft.count(_exact(number.raw.rstrip("%"), number.value), "百分点", "个百分点")
    else:
        draft.count(number, "%", "")


def compressed(rng: Random, draft: Draft) -> None:
    draft.say("将办理总时限从")
    draft.count(plain(rng), "天", "天")
    draft.say("压缩至")
    draft.count(plain(rng), "天", "天")


def none_of(rng: Random, draft: Draft) -> None:
    zero = Decimal(0)
    event, unit = rng.choice([("败诉", "件"), ("事故", "起"), ("伤亡", "人"), ("撤销", "件")])
    draft.say("实现")
    start = len(draft.text)
    draft.say("零" + event)
    earlier = [t for t in draft.truths if draft.text.find("。", t.end, start) < 0]
    alike = earlier and earlier[-1].unit in ("件", "起", "宗", "例") and unit != "人"
    unit = earlier[-1].unit if alike else unit
    draft.truths.append(Truth(start, start + 1, zero, unit, zero, zero, approximate=False))


def not_one(rng: Random, draft: Draft) -> None:
    zero = Decimal(0)
    unit = rng.choice("件起宗例")
    start = len(draft.text)
    draft.say(f"无一{unit}案件败诉")
    draft.truths.append(Truth(start, start + 2, zero, unit, zero, zero, approximate=False))


def target(rng: Random, draft: Draft) -> None:
    """不低于50%: an aim, open upwards."""
    draft.say(rng.choice(RATE_NOUNS) + rng.choice(["不低于", "不少于", "不得低于", "至少达到"]))
    number = percentage(rng)
    draft.count(Num(number.raw, number.value, number.value, None), "%", "")


def unit_missing(rng: Random, draft: Draft) -> None:
    """组建17专业队伍."""
    draft.say(rng.choice(["组建", "建立", "设立", "共有", "共计"]))
    # 110, 119 and 120 without a unit are telephone numbers to any reader
    value = rng.choice([rng.randint(2, 109), rng.randint(121, 999)])
    draft.count(_exact(str(value), Decimal(value)), "", "")
    draft.say(rng.choice(["专业性救援队伍", "行政执法部门", "法律服务平台"]))


def bracketed(rng: Random, draft: Draft) -> None:
    """12宗(其中转送10宗,告知2宗)."""
    unit = rng.choice(["件", "宗", "起"])
    draft.say(rng.choice(VERBS) + rng.choice(NOUNS))
    draft.count(plain(rng), unit, unit)
    draft.say(rng.choice(["(其中转送", "(其中", "(含", "(包括"]) + rng.choice(NOUNS))
    draft.count(plain(rng), unit, unit)
    draft.say(",告知处理")
    draft.count(plain(rng), unit, unit)
    draft.say(")")


def two_years(rng: Random, draft: Draft) -> None:
    unit = rng.choice(["份", "件"])
    draft.say("2022年制定" + rng.choice(NOUNS))
    draft.count(plain(rng), unit, unit)
    draft.say(",2023年制定")
    draft.count(plain(rng), unit, unit)


def vague(rng: Random, draft: Draft) -> None:
    """数十件, 几百份."""
    place, value = rng.choice([("十", 10), ("百", 100), ("千", 1000)])
    low = Decimal(value)
    raw = rng.choice("数几") + place
    unit = rng.choice(["件", "次", "份"])
    draft.say(rng.choice(VERBS))
    draft.count(Num(raw, low, low, low * 10, approximate=True, below=True), unit, unit)
    draft.say(rng.choice(NOUNS))


def ranked(rng: Random, draft: Draft) -> None:
    value = Decimal(rng.randint(1, 20))
    words = rng.choice([f"第{value}", f"第{chinese(int(value))}"])
    draft.say("在全省考评中" + rng.choice(["名列", "排名", "位列全省"]))
    draft.count(_exact(words, value), "名", "")


def two_rates(rng: Random, draft: Draft) -> None:
    first, second = rng.sample(RATE_NOUNS, 2)
    draft.say(first + rng.choice("、及和") + second + rng.choice(["均达到", "均为", "达"]))
    draft.count(rng.choice(RATES)(rng), "%", "")


def money(rng: Random, draft: Draft) -> None:
    draft.say(
        rng.choice(["罚没款", "涉案金额", "减免金额", "挽回损失"]) + rng.choice(["", "达", "共计"])
    )
    draft.count(rng.choice([plain, ten_thousands, more_than_ten_thousands])(rng), "元", "元")


def noun_stands_for_the_unit(rng: Random, draft: Draft) -> None:
    """查处治安案件1326,同比…: the noun before, the unit left out, the clause at its end."""
    draft.say(rng.choice(VERBS) + rng.choice(NOUNS))
    value = rng.choice([rng.randint(10, 999), rng.randint(2100, 9999), rng.randint(10_000, 99_999)])
    draft.count(_exact(str(value), Decimal(value)), "", "")
    draft.say(",占比")
    draft.count(percentage(rng), "%", "")


def so_many_need_no_unit(rng: Random, draft: Draft) -> None:
    """追回欠薪8.2亿."""
    draft.say(rng.choice(["追回欠薪", "挽回损失", "覆盖群众", "涉及资金"]))
    draft.count(ten_thousands(rng), "", "")


def several_years(rng: Random, draft: Draft) -> None:
    """2021年、2022年分别办理3件、5件."""
    draft.say("2021年、2022年和2023年分别" + rng.choice(VERBS) + rng.choice(NOUNS))
    unit = rng.choice(["件", "份", "宗"])
    for mark in ("", "、", "和"):
        draft.say(mark)
        draft.count(plain(rng), unit, unit)


def one_among_them(rng: Random, draft: Draft) -> None:
    """办结5件,其中一件维持,一件撤销."""
    unit = rng.choice(["件", "宗", "起"])
    draft.say(rng.choice(VERBS) + "复议案件")
    draft.count(plain(rng), unit, unit)
    for opening, outcome in ((",其中", "维持"), (",", "撤销")):
        draft.say(opening)
        draft.count(_exact("一", Decimal(1)), unit, unit)
        draft.say(outcome)


CLAUSES: list[Callable[[Random, Draft], None]] = [
    target,
    noun_stands_for_the_unit,
    so_many_need_no_unit,
    several_years,
    one_among_them,
    unit_missing,
    bracketed,
    two_years,
    vague,
    ranked,
    two_rates,
    money,
    noun_number_unit,
    noun_number_unit,
    noun_number_unit,
    number_unit_noun,
    number_unit_noun,
    noun_is_number,
    noun_dropped,
    comma_dropped,
    chain,
    unit_people_sessions,
    units_and_letters,
    rate,
    rate,
    rate_before_noun,
    change,
    compressed,
    none_of,
    not_one,
]


def _dressed(draft: Draft, rng: Random) -> Draft:
    """Change width: punctuation, digits, both, or neither. No offset moves."""
    if rng.random() < 0.7:
        draft.text = widen_text(draft)
    if rng.random() < 0.2:
        draft.text = widen_digits(draft)
    return draft


def widen_text(draft: Draft) -> str:
    """Full-width punctuation outside the numbers."""
    return _outside(draft, lambda words: words.translate(_WIDE_TEXT))


def widen_digits(draft: Draft) -> str:
    """Full-width digits, points and percent signs inside the numbers."""
    pieces, position = [], 0
    for truth in draft.truths:
        pieces.append(draft.text[position : truth.start])
        pieces.append(draft.text[truth.start : truth.end].translate(_WIDE))
        position = truth.end
    return "".join(pieces) + draft.text[position:]


def _outside(draft: Draft, change_words: Callable[[str], str]) -> str:
    pieces, position = [], 0
    for truth in draft.truths:
        pieces.append(change_words(draft.text[position : truth.start]))
        pieces.append(draft.text[truth.start : truth.end])
        position = truth.end
    return "".join(pieces) + change_words(draft.text[position:])


def spaced(draft: Draft, rng: Random) -> Draft:
    """The same sentence with blanks strewn between its words, numbers left whole."""
    inside = {p for truth in draft.truths for p in range(truth.start + 1, truth.end)}
    text, moved, shift = "", {}, 0
    for position, char in enumerate(draft.text):
        before = draft.text[position - 1 : position]
        apart = position not in inside and not (before.isascii() and char.isascii())
        if position and apart and rng.random() < 0.3:
            text += rng.choice([" ", "\u3000", "\u00a0", "\u200b"])
            shift += 1
        moved[position] = position + shift
        text += char
    truths = [
        Truth(
            moved[t.start],
            moved[t.end - 1] + 1,
            t.value,
            t.unit,
            t.low,
            t.high,
            t.approximate,
        )
        for t in draft.truths
    ]
    return Draft(text, truths)


def page(drafts: list[Draft], rng: Random) -> Draft:
    """Lay several sentences out: one line, a paragraph each, or lines broken at a page's width."""
    joined = Draft()
    for draft in drafts:
        shift = len(joined.text)
        joined.text += draft.text
        joined.truths += [
            Truth(t.start + shift, t.end + shift, t.value, t.unit, t.low, t.high, t.approximate)
            for t in draft.truths
        ]
        joined.text += rng.choice(["", "\n", "\n　　", "\n\n"])
    return joined
