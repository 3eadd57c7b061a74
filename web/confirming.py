"""The settings of the folder, as far as they are confirmed by a click: kept for next time.

确认：点一下定下的列名、台账、不看的文件写进文件夹的设置，下次不再问。
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

import yaml
from openpyxl import load_workbook

from facts.files.names import SETTINGS_BOOK, YAML_NAMES
from facts.files.refused import RefusedError
from facts.files.yaml import parse_yaml
from facts.ledgers.settings_book import CONFIRMED_BY, CONFIRMED_ON, ITEMS, settings_book
from opening import today
from web.holdings import NotTakenError, take
from web.models import LedgerFile, Person

_LINES: Final = ("列名对照", "哪张表是哪种台账", "整本默认")
"""The rows that hold a line for each thing said."""
_LISTS: Final = ("不看的文件", "录全的台账")


def confirm(item: str, about: str, answer: str, by: Person) -> None:
    """Write what somebody said of one row of the settings. Raises `NotTakenError`.

    `about` is what is spoken of there, empty where the row is one thing.
    """
    if item not in ITEMS or "=" in about or "\n" in about + answer or not answer.strip():
        raise NotTakenError("没有这一项设置，或者没有写内容")
    kept = {file.name: file for file in LedgerFile.objects.filter(until=None)}
    named = next((name for name in YAML_NAMES if name in kept), None)
    if named is not None:
        try:
            content = _plain(parse_yaml(bytes(kept[named].content.data))[0])
        except RefusedError as error:
            raise NotTakenError(f"“{named}”读不了，先改好它：{error}") from None
        said = _in_yaml(content if isinstance(content, dict) else {}, item, about, answer)
        said["confirmed"] = {"by": by.name, "on": today().isoformat()}
        text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
        take(named, text.encode(), by)
        return
    rows = _rows(bytes(kept[SETTINGS_BOOK].content.data)) if SETTINGS_BOOK in kept else {}
    rows[item] = _row(rows.get(item, ""), item, about, answer)
    rows |= {CONFIRMED_BY: by.name, CONFIRMED_ON: today().isoformat()}
    take(SETTINGS_BOOK, settings_book(rows), by)


def _plain(value: object) -> object:
    """What was read, without the places where it stood."""
    if isinstance(value, Mapping):
        return {_plain(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _row(before: str, item: str, about: str, answer: str) -> str:
    """What a row of 设置.xlsx says with this in it."""
    if item in _LINES:
        lines = [line for line in before.splitlines() if line.partition("=")[0] != about]
        return "\n".join([*lines, f"{about}={answer}"])
    if item in _LISTS:
        return "、".join(dict.fromkeys([*filter(None, before.split("、")), answer]))
    return answer


def _rows(data: bytes) -> dict[str, str]:
    sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    found = ([str(cell or "") for cell in row[:2]] for row in sheet.iter_rows(values_only=True))
    return {name: value for name, value in found if name in ITEMS}


def _in_yaml(content: dict[str, Any], item: str, about: str, answer: str) -> dict[str, Any]:
    """The same in the words of fazhi.yaml."""
    key = ITEMS[item][0]
    if key.startswith("place."):
        place = content.get("place")
        own = dict(place) if isinstance(place, Mapping) else {"name": place} if place else {}
        return content | {"place": own | {key.removeprefix("place."): answer}}
    if item == "整本默认":
        where, _, title = about.replace("：", ":").rpartition(":")
        before = dict(content.get(key) or {})
        return content | {key: before | {where: dict(before.get(where) or {}) | {title: answer}}}
    if item in _LINES:
        return content | {key: dict(content.get(key) or {}) | {about: answer}}
    if item in _LISTS:
        written = content.get(key) or []
        listed = [written] if isinstance(written, str) else list(written)
        return content | {key: list(dict.fromkeys([*listed, answer]))}
    return content | {key: answer}
