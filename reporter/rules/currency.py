"""The texts that can't be relied on as they are cited, on a terminal."""

from __future__ import annotations

from typing import IO, Final

from engine.guard.pages.currency import CurrencyPage, StaleText
from engine.model.assessment import Staleness
from reporter.notices import STALE_TITLES
from reporter.terminal.page import Page

_SAYS: Final = {
    Staleness.REPLACED: "改按取代它的文件核；旧文件只管取代以前的事",
    Staleness.UNREAD: "只凭转述或者还没有读，找到原文核对以后才能靠得住",
    Staleness.OVERDUE: "到官方网站看一看是否修改、废止，把日子记进 instruments.yaml 的 checked",
}


def render_currency(page_: CurrencyPage, out: IO[str]) -> None:
    """Write each kind with what to do, then its texts with the requirements that hang on them."""
    page = Page(out)
    page.line(f"{page_.day}：{page_.texts}部文件，要核的{len(page_.stale)}部", bold=True)
    for why in Staleness:
        texts = [text for text in page_.stale if why in text.why]
        if not texts:
            continue
        within = f"（{page_.within}日没有核对过）" if why is Staleness.OVERDUE else ""
        page.heading(f"{STALE_TITLES[why]}{within}：{len(texts)}部")
        page.line(_SAYS[why], 2, 2)
        for text in texts:
            _text(text, why, page)


def _text(text: StaleText, why: Staleness, page: Page) -> None:
    about = [text.read, f"{text.checked}核对过" if text.checked else "没有记核对的日子"]
    if why is Staleness.REPLACED:
        about.append(f"由{text.successor}取代")
    page.line(f"· {text.title}（{'，'.join(about)}）", 2, 4, fg="yellow")
    if text.note:
        page.line(text.note, 4, 4)
    if not text.requirements and not text.earlier:
        page.line("没有要求靠着它", 4, 4)
    for words, found in (("靠着它的", text.requirements), ("以前的文本靠着它的", text.earlier)):
        if found:
            listed = "、".join(f"{title}〔{name}〕" for name, title in found)
            page.line(f"{words}{len(found)}条：{listed}", 4, 4)
