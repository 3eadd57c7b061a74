"""Clauses as annual reports write them: the order of noun, number and unit, what is left out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.facts.report.grammar.numbers import (
    COUNTS,
    DIGITS,
    RATES,
    Draft,
    Num,
    Truth,
    chinese,
    exact,
    more_than,
    more_than_ten_thousands,
    percentage,
    plain,
    ten_thousands,
    tenths,
    whole,
)
from tests.facts.report.grammar.vocabulary import (
    BLANKS,
    CN_UNITS,
    NOUNS,
    RATE_NOUNS,
    RATE_VERBS,
    UNITS,
    VERBS,
)


def _number(rng: Random) -> tuple[Num, str]:
    number = rng.choice(COUNTS)(rng)
    spoken = number.raw[0] in DIGITS + "两十"
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
        draft.count(exact(number.raw.rstrip("%"), number.value), "百分点", "个百分点")
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
    draft.count(exact(str(value), Decimal(value)), "", "")
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
    draft.count(exact(words, value), "名", "")


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
    draft.count(exact(str(value), Decimal(value)), "", "")
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
        draft.count(exact("一", Decimal(1)), unit, unit)
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
