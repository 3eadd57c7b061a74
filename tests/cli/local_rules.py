"""An invented city's own rules: a ledger that fazhi doesn't know, a duty on it, and its office."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MEETING: Final = """\
type: local_meeting
title: 业主大会备案
sheets: [业主大会备案台账]
key: [no]
label: name
fields:
  no: {type: string, title: 备案号}
  name: {type: string, title: 小区名称}
  held_on: {type: date, time: event, title: 召开日期}
  filed_on: {type: date, time: event, title: 街道备案日期, progress: true}
"""
LAW: Final = "local-WY: {name: 某市物业管理条例, from: 2020-01-01, read: full}\n"
DUTY: Final = """\
id: local-meeting-filing
title: 业主大会三十日内备案
subject: local_meeting
basis: [{instrument: local-WY, article: 第二十条}]
severity: major
act_on: local_meeting.held_on
applies: has(local_meeting.held_on)
require: has(local_meeting.filed_on) && days(local_meeting.held_on, local_meeting.filed_on) <= 30
due: add_days(local_meeting.held_on, 30)
message: 业主大会开过三十日，没有到街道备案。
remedy: 补办备案，写明迟延的原因。
supplier: 街道办事处
rationale: 召开当日不计，第30日当日备案为符合。
usual:
  as_of: 2024-12-31
  given: {held_on: 2024-05-01, filed_on: 2024-05-31}
examples:
  - name: 第30日
    outcome: met
    why: 5月2日为第1日，5月31日恰为第30日
  - {outcome: gap, given: {filed_on: 2024-06-01}, why: 第31日}
  - {outcome: gap, given: {filed_on: null}, why: 没有备案，期限已过}
  - {outcome: unknown, given: {filed_on: {unknown: blank}}, why: 备案日期空着}
  - {outcome: unknown, given: {held_on: {unknown: blank}}, why: 召开日期空着}
  - {outcome: not_applicable, given: {held_on: null}, why: 没有开会}
  - {like: 第30日, outcome: pending, as_of: 2024-05-31, given: {filed_on: null}, why: 当日还来得及}
  - {like: 第30日, outcome: gap, as_of: 2024-06-01, given: {filed_on: null}, why: 次日，期限已过}
"""
RULES: Final = {
    "records/local_meeting.yaml": MEETING,
    "instruments.yaml": LAW,
    "property/local-meeting-filing.yaml": DUTY,
}
LEDGER: Final = (
    "备案号,小区名称,召开日期,街道备案日期\n"
    "1号,甲小区,2024-03-01,2024-03-31\n"
    "2号,乙小区,2024-03-01,2024-04-01\n"
)
"""The first is filed on the thirtieth day, the second on the thirty-first."""

SMALLEST: Final = """\
id: local-schedule
title: 启动时写明时间安排
subject: decision
basis: [{instrument: TL713, article: 第十条}]
severity: minor
act_on: as_of
require: has(decision.schedule)
message: 没有写明时间安排。
remedy: 补写时间安排。
rationale: 本市要求启动决策时一律写明时间安排。
examples:
  - {outcome: met, as_of: 2024-12-31, given: {schedule: 三个月}, why: 写了}
  - {outcome: gap, as_of: 2024-12-31, given: {schedule: null}, why: 台账写“无”}
  - {outcome: unknown, as_of: 2024-12-31, why: 没有这一列}
"""
"""One requirement on a ledger of ours, under a law of ours: the least a folder can hold."""


def write(folder: Path, files: dict[str, str]) -> Path:
    """The folder with these files in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def office(folder: Path, settings: str = "rulesets: 本地规则\n") -> Path:
    """The city's office: its ledger, its settings, its rules in a folder of their own."""
    head = "place: {name: 某市, level: 县级}\nyear: 2024\n"
    write(folder, {"业主大会备案台账.csv": LEDGER, "fazhi.yaml": head + settings})
    write(folder / "本地规则", RULES)
    return folder
