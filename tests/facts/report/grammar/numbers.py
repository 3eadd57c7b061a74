"""Numbers as annual reports write them, with what each means, and the text that counts them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from facts.writing.text import words

DIGITS = "零一二三四五六七八九"
MEASURED = frozenset(words("平方米 元 %"))


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
            out += ("" if name == "十" and digit == 1 and not out else DIGITS[digit]) + name
            pending_zero = False
        elif out:
            pending_zero = True
    return out


def _step(value: Decimal) -> Decimal:
    whole, step = int(value), 1
    while whole and whole % (step * 10) == 0:
        step *= 10
    return Decimal(step)


def exact(raw: str, value: Decimal) -> Num:
    return Num(raw, value, value, value)


def plain(rng: Random) -> Num:
    value = rng.choice([rng.randint(1, 30), rng.randint(31, 999), rng.randint(1000, 999_999)])
    return exact(str(value), Decimal(value))


def thousands(rng: Random) -> Num:
    value = rng.randint(1000, 99_999_999)
    return exact(f"{value:,}", Decimal(value))


def spaced_thousands(rng: Random) -> Num:
    value = rng.randint(1000, 9_999_999)
    return exact(f"{value:,}".replace(",", " "), Decimal(value))


def ten_thousands(rng: Random) -> Num:
    tenths = rng.randint(1, 9999)
    value = Decimal(tenths) / 100
    sign, factor = rng.choice([("万", 10**4), ("亿", 10**8)])
    return exact(f"{value}{sign}", value * factor)


def hundreds_of_millions(rng: Random) -> Num:
    high, low = rng.randint(1, 99), rng.randint(1, 9999)
    return exact(f"{high}亿{low}万", Decimal(high * 10**8 + low * 10**4))


def chinese_count(rng: Random) -> Num:
    value = rng.choice([rng.randint(3, 20), rng.randint(21, 9999)])
    return exact(chinese(value), Decimal(value))


def two(_: Random) -> Num:
    return exact("两", Decimal(2))


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
    return exact(f"{value:f}%", value)


def percentage_in_words(rng: Random) -> Num:
    value = rng.randint(2, 99)
    return exact(f"百分之{chinese(value)}", Decimal(value))


def whole(_: Random) -> Num:
    return exact("百分之百", Decimal(100))


def tenths(rng: Random) -> Num:
    value = rng.randint(3, 9)
    low = Decimal(value * 10)
    return Num(f"{DIGITS[value]}成", low, low, None, approximate=True, after="以上")


RATES: list[Callable[[Random], Num]] = [
    percentage,
    percentage,
    percentage,
    percentage_in_words,
    whole,
]
