"""The figures of a report on a terminal: each in its context, then what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, Final

from reporter.terminal.page import Page

_MARKS: Final = {True: "✓ 成立", False: "✗ 不成立", None: "？ 无法复算"}
_KINDS: Final = {"result": "", "target": "目标", "comparison": "上年或对比", "cumulative": "累计"}
_COLOURS: Final = {True: "green", False: "red", None: "yellow"}


def render_figures(document: Mapping[str, Any], out: IO[str]) -> None:
    """Write the document of `fazhi extract`."""
    page = Page(out)
    place, year = document["place"] or "地区未识别", document["year"] or "年份未识别"
    page.line(f"{place}　{year}　数字{len(document['figures'])}个", bold=True)
    for figure in document["figures"]:
        page.line(_headline(figure, document["indicators"]), 0, 6, fg="cyan")
        page.line(figure["sentence"], 6)
    page.heading(f"勾稽关系{len(document['relations'])}条")
    for relation in document["relations"]:
        mark = _MARKS[relation["holds"]]
        line = f"{mark}　{relation['expression']}　{relation['explanation']}"
        page.line(line, 2, 2, fg=_COLOURS[relation["holds"]])
    page.heading(f"值得一问{len(document['observations'])}处")
    for item in document["observations"]:
        page.line(f"· {item['title']}：{item['message']}", 2, 2)


def _headline(figure: Mapping[str, Any], indicators: Mapping[str, Any]) -> str:
    value = figure["raw"] + ("" if figure["unit"] == "%" else figure["unit"])
    said = (_KINDS[figure["kind"]], "约数" if figure["approximate"] else "")
    notes = [note for note in (*said, figure.get("time_scope", "")) if note]
    candidates = [indicators[slug]["title"] for slug in figure.get("candidates", ())]
    doubtful = f"未定，可能是：{'、'.join(candidates)}" if candidates else "未归类"
    settled = figure["indicator"]
    indicator = indicators[settled]["title"] if settled else doubtful
    listed = f"（{'、'.join(notes)}）" if notes else ""
    return f"{figure['start']:>6} {value}{listed}　{indicator}"
