"""What is downloaded: always a file to keep, never a page that the browser opens.

下载：一律存成文件，浏览器不打开、不执行。
"""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(name: str, content: bytes | str) -> HttpResponse:
    """A file called `name`, text as UTF-8."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": disposition,
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
