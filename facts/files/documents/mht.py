"""A page saved as a single file (MHT) to its markup: the page is one part of a message."""

from __future__ import annotations

from typing import Final

from facts.files.documents.errors import ReportTextError

_HEAD: Final = (b"from:", b"mime-version:", b"content-type:", b"subject:", b"date:", b"x-")
_MARK: Final = b"mime-version:"
# browsers write GBK and GB18030 under the older name
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}
_WITHIN: Final = 4096
"""Bytes within which a message says that it is one."""


def is_message(data: bytes) -> bool:
    """Whether a file is a saved message, whatever it is called."""
    head = data[:_WITHIN].lstrip().lower()
    return head.startswith(_HEAD) and _MARK in head


def _decoded(data: bytes, charset: str) -> str | None:
    """The text in the charset that its part names, or in one that it may be in; None if in none."""
    for name in dict.fromkeys((_WIDER.get(charset, charset), "utf-8", "gb18030")):
        try:
            return data.decode(name)
        except LookupError:
            return None
        except UnicodeDecodeError:
            continue
    return None


def page_of(data: bytes) -> str:
    """The markup of the page in a message. Raises ReportTextError (Chinese)."""
    import email.policy  # noqa: PLC0415 - only for messages: every csv is asked whether it is one
    from email.message import EmailMessage  # noqa: PLC0415

    message = email.message_from_bytes(data, EmailMessage, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            charset = part.get_content_charset() or "utf-8"
            held = part.get_payload(decode=True)
            markup = _decoded(held, charset) if isinstance(held, bytes) else None
            if markup is not None:
                return markup
    raise ReportTextError("单个文件网页（MHT）里没有读得出的网页；请另存为“网页，仅 HTML”或 docx")
