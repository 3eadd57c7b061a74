"""A saved web page to the text of the article in it: navigation, scripts and footers left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.model.regex import regex
from facts.files.documents.errors import ReportTextError
from facts.files.documents.markup import check_markup, count_of
from facts.files.documents.tables import GAP, last_lines, table_lines
from facts.writing.text import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER: Final = words(
    "script style noscript template iframe object svg nav footer button select textarea "
    "input head aside audio video"
)
_BLOCKS: Final = frozenset(
    words(
        "address article blockquote body br dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 "
        "h6 header hr li main ol p pre section table tbody td th thead tr ul title center"
    )
)
# a child with this share of the running text is where the article is; its siblings are around it
_MOST: Final = 0.8
_DEEPEST: Final = 200
_WIDEST: Final = 64
_OVER: Final = 16
"""How many pieces of text before a table may be its caption."""
# what pages print around an article; each of these stands on a line of its own
_CHROME: Final = regex(
    r"^(?:来源|信息来源|发布(?:时间|日期|机构|人)|作者|责任编辑|责编|编辑|浏览(?:次数|量)?|点击(?:数|量)?|阅读(?:次数|量)?"
    r"|字体|字号|打印|关闭|分享|收藏|附件下载|附件|上一篇|下一篇|相关(?:链接|新闻|文章)|扫一扫|您(?:当前|现在)的?位置"
    r"|当前位置|首页|索引号|主题分类|发文(?:机关|字号)|版权所有|主办单位|承办单位|网站标识码|[京沪粤豫闽苏浙鲁川渝鄂湘皖赣冀晋辽吉黑蒙桂琼黔滇藏陕甘青宁新津]ICP备)"
    r"[^。;；]{0,60}$"
)
_DOCUMENTS: Final = (".doc", ".docx", ".wps", ".pdf", ".ofd", ".rtf", ".zip", ".rar")
_FEWEST: Final = 5
"""Sentences; a page with fewer of them and a document to open is not the report."""
_TITLE_META: Final = ("ArticleTitle", "articletitle", "og:title")


def html_text(markup: str) -> str:
    """Return the article of a page as lines, one per block, its title first.

    Raises ReportTextError if the page has no text.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only for web pages

    check_markup(markup)
    tree = LexborHTMLParser(markup)
    title = _title(tree)
    shown = _shown(tree)
    for tag in _NEVER:
        for node in tree.css(tag):
            node.decompose()
    body = tree.body
    if body is None:
        raise ReportTextError("网页中没有正文")
    _without_forms(body)
    wanted = _attachment(body) or shown
    lines = _without_chrome(_lines(_article(body)))
    if wanted and sum(line.count("。") for line in lines) < _FEWEST:
        raise ReportTextError(
            f"网页里只有标题和附件链接，报告在附件“{wanted}”里；请放入附件本身（docx 或 pdf）"
        )
    if not lines:
        raise ReportTextError("网页中没有正文")
    if title and not any(title in line for line in lines[:5]):
        lines.insert(0, title)
    return "\n".join(lines)


def _without_forms(body: LexborNode) -> None:
    """Take away forms for readers to fill in; one that holds the page itself stays."""
    whole = _weight(body)
    for form in body.css("form"):
        if _weight(form) < _MOST * whole:
            form.decompose()


def _attachment(body: LexborNode) -> str:
    """What the first link to a document is called, or nothing."""
    for link in body.css("a"):
        name = " ".join(link.text(deep=True).split())
        target = link.attributes.get("href") or ""
        if _is_document(target) or _is_document(name):
            return name or target.rpartition("/")[2]
    return ""


def _shown(tree: LexborHTMLParser) -> str:
    """What a document that the page only shows in a frame is called, or nothing."""
    for frame in tree.css("iframe, embed, object"):
        target = frame.attributes.get("src") or frame.attributes.get("data") or ""
        if _is_document(target) or "pdf" in (frame.attributes.get("type") or ""):
            return target.rpartition("/")[2]
    return ""


def _is_document(name: str) -> bool:
    return name.lower().partition("?")[0].partition("#")[0].rstrip().endswith(_DOCUMENTS)


def _title(tree: LexborHTMLParser) -> str:
    """The page's own statement of what its article is called (a meta element), or nothing."""
    for name in _TITLE_META:
        for attribute in ("name", "property"):
            node = tree.css_first(f'meta[{attribute}="{name}"]')
            content = node.attributes.get("content") if node is not None else None
            if content and content.strip():
                return " ".join(content.split())
    return ""


def _weight(node: LexborNode) -> int:
    """Length of a node's running text: what stands in links is navigation."""
    text = len(_bare(node.text(deep=True)))
    linked = sum(len(_bare(link.text(deep=True))) for link in node.css("a"))
    return max(0, text - linked)


def _bare(text: str) -> str:
    return "".join(text.split())


def _article(node: LexborNode) -> LexborNode:
    """Go down to the smallest element that still holds most of the running text."""
    for _ in range(_DEEPEST):
        children = [child for child in node.iter() if child.tag not in ("p", "br", "span", "tr")]
        whole = _weight(node)
        best = max(children, key=_weight, default=None)
        if best is None or whole == 0 or _weight(best) < _MOST * whole:
            return node
        node = best
    return node


def _lines(node: LexborNode) -> list[str]:
    """The text of an element, one line per block. Tables come out one row per line."""
    pieces: list[str] = []
    stack: list[LexborNode | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if item.tag == "-text":
            pieces.append(" ".join(item.text(deep=False).split(" ")).replace("\n", " "))
            continue
        told = None
        if item.tag == "table":
            told = table_lines(_rows(item), last_lines("".join(pieces[-_OVER:]).splitlines()))
        if told is not None:
            pieces += ["\n", "\n".join(told), "\n"]
            continue
        edge = GAP if item.tag in ("td", "th") else "\n" if item.tag in _BLOCKS else ""
        pieces.append(edge)
        stack.append(edge)
        stack.extend(reversed(list(item.iter(include_text=True))))
    lines = (" ".join(line.split(" ")).strip(" \t") for line in "".join(pieces).split("\n"))
    return [line for line in lines if line.strip("\u3000 \t\r")]


def _rows(table: LexborNode) -> list[list[str]]:
    """The rows of a table by its grid; none of one that holds another or is nothing but layout."""
    rows: list[list[str]] = []
    # what reaches down from rows above: column → text and how many rows it still takes
    over: dict[int, tuple[str, int]] = {}
    for tr in table.css("tr"):
        if tr.css_first("table") is not None:
            return []
        row: list[str] = []
        for cell in tr.css("td, th"):
            _reach_down(row, over)
            text = " ".join(cell.text(deep=True).split())
            for _ in range(_span_of(cell, "colspan")):
                over[len(row)] = (text, _span_of(cell, "rowspan") - 1)
                row.append(text)
        _reach_down(row, over)
        rows.append(row)
    return rows


def _reach_down(row: list[str], over: dict[int, tuple[str, int]]) -> None:
    while (found := over.get(len(row))) is not None and found[1] > 0:
        over[len(row)] = (found[0], found[1] - 1)
        row.append(found[0])


def _span_of(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return max(1, count_of(value, _WIDEST))


def _without_chrome(lines: list[str]) -> list[str]:
    """Drop what pages print before and after an article; inside it nothing is touched."""
    first, last = 0, len(lines)
    for index, line in enumerate(lines[:8]):
        if _CHROME.match(line):
            first = index + 1
    while last > first and _CHROME.match(lines[last - 1]):
        last -= 1
    head = [line for line in lines[:first] if not _CHROME.match(line)]
    return [*head, *lines[first:last]]
