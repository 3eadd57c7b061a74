"""Planted faults as data: `rulesets/<domain>/<id>.expected.yaml`, beside the requirement.

A file says, in the ledgers' own words, which lawful matter is spoiled and how, and what must be
reported of which record; docs/testing.md lists every word. Of all that stands in `rulesets/`
only these files are read here: what the requirements say is none of the city's business.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from tests.law.city.case import GAP, MET, Case, City, Planted
from tests.law.city.days import (
    days,
    is_workday,
    months_after,
    next_workday,
    workdays_after,
    workdays_before,
)
from tests.law.city.matters import MATTERS, SINGLE

RULESETS: Final = Path(__file__).parents[3] / "rulesets"
ENDING: Final = ".expected.yaml"

Plain: TypeAlias = dict[str, Any]

_FILE: Final = ("article", "duty", "matter", "record", "lawful", "planted", "unplanted", "qinglan")
_SPOILS: Final = ("set", "rows", "reword", "drop", "add", "beside", "answer", "gone", "also")
_WHAT: Final = ("fault", "near", "unsure")
_ENTRY: Final = (*_WHAT, "kind", "outcome", "matter", "where", "record", *_SPOILS)
_BESIDE: Final = ("matter", *_SPOILS)
_OUTCOMES: Final = {"fault": GAP, "near": MET, "unsure": ""}
KINDS: Final = (
    "先后颠倒", "否定的话", "未定不是否", "还没有到", "两行不是一件", "两栏同义", "自相矛盾",
    "姓名单位", "别人的会", "数额单位", "人工认定", "末日休息",
)  # fmt: skip
"""The ways in which what a row holds can't bear a pass; those of whole files are tried apart."""
_OWN: Final = ("ledger", "key", "row", "add")
_ANSWER: Final = {
    "认定人": "王某",
    "认定日期": dt.date(2025, 6, 1),
    "认定理由": "查阅原件",
}
_WORDS: Final[dict[str, object]] = {"空着": None, "是": True, "否": False}
_AMOUNT: Final = re.compile(r"(\d+)(日|个工作日|个月|小时)?")
_SEGMENT: Final = re.compile(r"([^\[\]]+)(?:\[(?:(\d+)|([^=\]]+)=([^\]]+))\])?")
_HOLE: Final = re.compile(r"\{([^{}]*)\}")
_MAIN: Final = "主."
_TODAY: Final = "检查日"
_ATTEMPTS: Final = 500


class ScriptError(Exception):
    """What is wrong with an entry, in which file."""


@dataclass(frozen=True)
class Kind:
    """One fault, one lawful near-miss, or one thing nobody may pass, as it is written."""

    requirement: str
    article: str
    name: str
    what: str
    matter: str | Plain
    text: Plain

    @property
    def outcome(self) -> str:
        """What must be said of the record; nothing: anything but that all is well."""
        return str(self.text.get("outcome", _OUTCOMES[self.what]))

    @property
    def is_fault(self) -> bool:
        """Whether it is planted as a finding that must be made, exactly."""
        return self.what == "fault"

    @property
    def is_unsure(self) -> bool:
        """Whether the facts deny or contradict themselves: planted in cities of their own."""
        return self.what == "unsure"

    @property
    def single(self) -> bool:
        """Whether a city has only one such matter, so that one kind at a time is planted."""
        return isinstance(self.matter, str) and self.matter in SINGLE

    @property
    def apart(self) -> bool:
        """Whether it breaks a sum over what others break, so that it needs a small city."""
        return isinstance(self.matter, str) and SINGLE.get(self.matter, False)


@dataclass(frozen=True)
class Script:
    """All that is planted for one requirement, or why nothing can be."""

    requirement: str
    article: str
    unplanted: str | None
    kinds: tuple[Kind, ...]
    lawful: Mapping[str, Plain]


@cache
def scripts(folder: Path = RULESETS) -> tuple[Script, ...]:
    """The scripts of every requirement, by id."""
    paths = sorted(folder.glob(f"*/*{ENDING}"), key=lambda path: path.name)
    return tuple(_script(path) for path in paths)


def _script(path: Path) -> Script:
    requirement = path.name.removesuffix(ENDING)
    with _named(path.name):
        text: Plain = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) or {}
        _known(text, _FILE)
        article, default = str(text.get("article", "")), text.get("matter", "")
        kinds = []
        for entry in text.get("planted", ()):
            _known(entry, _ENTRY)
            what = [word for word in _WHAT if word in entry]
            if len(what) != 1:
                raise ScriptError(f"每一项须有 fault、near、unsure 之一：{entry}")
            if what == ["unsure"]:
                _one_of(entry.get("kind", ""), KINDS, "kind 没有这一种")
            matter = entry.get("matter", default)
            if isinstance(matter, str):
                _one_of(matter, MATTERS, "没有这种合规的事")
            else:
                _known(matter, _OWN)
            whole = {"record": text.get("record", "{}"), **entry}
            found = Kind(requirement, article, entry[what[0]], what[0], matter, whole)
            kinds.append(found)
        return Script(
            requirement, article, text.get("unplanted"), tuple(kinds), text.get("lawful", {})
        )


def plant(city: City, kind: Kind) -> None:
    """One matter made lawful, then spoiled; what must be said of it is noted down."""
    with _named(f"{kind.requirement}{ENDING} “{kind.name}”"):
        case = _drawn(city, kind)
        if not kind.single:
            city.add(case)
        _Hand(city, case, kind.requirement).spoil(case, kind.text)
        into = {"fault": city.faults, "near": city.harmless, "unsure": city.unsure}[kind.what]
        record = _filled(str(kind.text["record"]), case)
        into.append(Planted(kind.requirement, kind.name, case, kind.outcome, record))


def made(city: City, matter: str | Plain) -> Case:
    """A lawful matter, with what any requirement asks its rows to hold besides."""
    case = MATTERS[matter](city) if isinstance(matter, str) else _own(city, matter)
    hand = _Hand(city, case)
    for one in reached(case):
        if not one.furnished:
            one.furnished = True
            for script in scripts():
                hand.write(one, script.lawful.get(one.ledger, {}))
    return case


def _drawn(city: City, kind: Kind) -> Case:
    """The matter, drawn again until it is as `where` asks."""
    conditions = kind.text.get("where", ())
    for _ in range(_ATTEMPTS):
        case = made(city, kind.matter)
        if all(_holds(city, case, condition) for condition in conditions):
            return case
    raise ScriptError(f"画了{_ATTEMPTS}次也没有这样的一件：{conditions}")


def _holds(city: City, case: Case, condition: str) -> bool:
    formula, _, wanted = condition.rpartition(" ")
    if wanted not in {"是工作日", "不是工作日"}:
        raise ScriptError(f"where 只认“… 是工作日”“… 不是工作日”：{condition}")
    when = _Hand(city, case).value(case, formula)
    if not isinstance(when, dt.date):
        raise ScriptError(f"不是日期：{formula}")
    return is_workday(when) == (wanted == "是工作日")


def _own(city: City, matter: Plain) -> Case:
    """A lawful matter written out in the file itself."""
    number = city.number()
    case = Case(matter["ledger"], matter["key"], {})
    numbered = {h: v.replace("{n}", str(number)) if isinstance(v, str) else v
                for h, v in matter["row"].items()}  # fmt: skip
    hand = _Hand(city, case)
    hand.write(case, numbered)
    hand.below(case, matter.get("add", {}))
    return case


class _Hand:
    """What an entry says, done to rows. `main` is the matter that the entry is about."""

    def __init__(self, city: City, main: Case, requirement: str = "") -> None:
        self.city, self.main, self.requirement = city, main, requirement

    def spoil(self, case: Case, text: Plain) -> None:
        """Everything the entry says, in this order whatever the order of its keys."""
        for other in text.get("beside", ()):
            _known(other, _BESIDE)
            beside = made(self.city, other["matter"])
            case.linked.append(beside)
            self.spoil(beside, other)
        self.write(case, text.get("set", {}))
        for path, cells in text.get("rows", {}).items():
            for row in _rows(case, path):
                self.write(row, cells)
        for heading, changes in text.get("reword", {}).items():
            for old, new in changes.items():
                self._reword(case, heading, old, new)
        for row in [row for path in text.get("drop", ()) for row in _rows(case, path)]:
            _removed(case, row)
        self.below(case, text.get("add", {}))
        if "answer" in text:
            answer = {"要求编号": self.requirement, "对象编号": case.key, **_ANSWER}
            row = {h: self.value(case, v) for h, v in {**answer, **text["answer"]}.items()}
            case.linked.append(Case("人工认定", "要求编号", row))
        case.gone = bool(text.get("gone", case.gone))
        for requirement, said in text.get("also", {}).items():
            self._also(case, requirement, said)

    def write(self, case: Case, cells: Plain) -> None:
        """Cells of one row, one after the other: a later one sees the earlier."""
        for heading, value in cells.items():
            known = case.row.get(heading)
            if isinstance(value, dict) and isinstance(known, dict):
                case[heading] = {**known, **value}
            else:
                case[heading] = self.value(case, value)

    def below(self, case: Case, rows: Mapping[str, list[Plain]]) -> None:
        """Rows nested under this one, or under the row that a path names before its ledger."""
        for path, several in rows.items():
            above, _, ledger = path.rpartition("/")
            under = _the_row(case, above) if above else case
            for cells in several:
                self.write(under.add(ledger), cells)

    def value(self, case: Case, value: object) -> object:
        """What a cell is to hold; a text that begins with = is worked out."""
        if isinstance(value, list):
            return list(value)
        if not isinstance(value, str):
            return value
        if value.startswith("="):
            return self._worked_out(case, value[1:].split())
        return _WORDS.get(value, value)

    def _worked_out(self, case: Case, words: list[str]) -> object:
        found = self._named(case, words[0])
        at = 1
        while at < len(words):
            if words[at] == "顺延":
                found, at = next_workday(_day(found)), at + 1
                continue
            if words[at] not in {"+", "-"} or at + 1 == len(words):
                raise ScriptError(f"算不出：={' '.join(words)}")
            found = self._moved(case, found, words[at], words[at + 1])
            at += 2
        return found

    def _moved(self, case: Case, found: object, sign: str, by: str) -> object:
        if isinstance(found, list) and sign == "-":
            if by not in found:
                raise ScriptError(f"清单里没有“{by}”：{found}")
            return [item for item in found if item != by]
        amount = _AMOUNT.fullmatch(by)
        if isinstance(found, int):
            more = int(amount[1]) if amount else int(str(self._named(case, by)))
            return found + more if sign == "+" else found - more
        if amount is None or not isinstance(found, dt.date):
            raise ScriptError(f"{found!r} 不能 {sign} {by}")
        number = int(amount[1]) if sign == "+" else -int(amount[1])
        match amount[2]:
            case "个工作日":
                count = workdays_after if number >= 0 else workdays_before
                return count(found, abs(number))
            case "个月":
                return months_after(found, number)
            case "小时":
                return found + dt.timedelta(hours=number)
            case _:
                return found + days(number)

    def _named(self, case: Case, name: str) -> object:
        """The day of the check, or a cell: of this row, of the matter, or of a row under it."""
        if name == _TODAY:
            return self.city.as_of
        row = case
        if name.startswith(_MAIN):
            row, name = self.main, name.removeprefix(_MAIN)
        path, _, heading = name.rpartition(".")
        if path:
            row = _the_row(row, path)
        _one_of(heading, row.row, f"“{row.ledger}”的这一行没有这一栏")
        return row[heading]

    @staticmethod
    def _reword(case: Case, heading: str, old: str, new: str) -> None:
        said = str(case[heading])
        if said.count(old) != 1:
            raise ScriptError(f"“{heading}”里没有唯一的“{old}”：{said}")
        case[heading] = said.replace(old, new)

    @staticmethod
    def _also(case: Case, requirement: str, said: str | Plain) -> None:
        plain = {"outcome": said} if isinstance(said, str) else said
        record, outcome = str(plain.get("record", "{}")), plain.get("outcome", GAP)
        if _HOLE.search(record):
            case.also(requirement, outcome, key=_filled(record, case))
        else:
            case.spoils(requirement, record, outcome)


def reached(case: Case) -> Iterator[Case]:
    """A matter and every row below it or linked to it."""
    waiting = [case]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [*one.children, *one.linked]


def _rows(case: Case, path: str) -> list[Case]:
    """The rows a path names below a matter: 备案, 备案[2], 备案[备案机关类别=本级政府], 甲/乙."""
    found = [case]
    for part in path.split("/"):
        segment = _SEGMENT.fullmatch(part)
        if segment is None:
            raise ScriptError(f"看不懂“{path}”")
        ledger, number, heading, value = segment.groups()
        same = [row for one in found for row in [*one.children, *one.linked]
                if row.ledger == ledger]  # fmt: skip
        if number is not None:
            same = same[int(number) - 1 : int(number)]
        elif heading is not None:
            same = [row for row in same if str(row.row.get(heading)) == value]
        found = same
    if not found:
        there = sorted({row.ledger for row in reached(case)} - {case.ledger})
        raise ScriptError(f"这件事下面没有“{path}”，有的是{there}")
    return found


def _the_row(case: Case, path: str) -> Case:
    found = _rows(case, path)
    if len(found) > 1:
        raise ScriptError(f"“{path}”有{len(found)}行，请写明第几行，如 {path}[1]")
    return found[0]


def _removed(case: Case, row: Case) -> None:
    for one in reached(case):
        one.children = [other for other in one.children if other is not row]
        one.linked = [other for other in one.linked if other is not row]


def _filled(record: str, case: Case) -> str:
    """A record's key: {} is the matter's own, {听证会} that of a row below it."""
    return _HOLE.sub(lambda hole: (_the_row(case, hole[1]) if hole[1] else case).key, record)


def _day(value: object) -> dt.date:
    if not isinstance(value, dt.date):
        raise ScriptError(f"不是日期：{value!r}")
    return value


def _known(text: Plain, words: tuple[str, ...]) -> None:
    for word in text:
        _one_of(word, words, "不认识的键")


def _one_of(word: str, known: Collection[str], complaint: str) -> None:
    names = list(known)
    if word not in names:
        near = difflib.get_close_matches(word, names, 1, 0.4)
        raise ScriptError(f"{complaint}：{word}" + (f"。是不是“{near[0]}”？" if near else ""))


class _named:  # noqa: N801 - reads as a word of the language where it is used
    """Whatever goes wrong inside says in which file."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not str(error).startswith("rulesets"):
            raise ScriptError(f"rulesets/…/{self.where}：{error}") from error
