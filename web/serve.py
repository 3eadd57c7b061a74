"""`fazhi serve`: the data folder made ready, the worker started, the page opened.

启动：建好数据文件夹，起核对进程，开网页。
"""

from __future__ import annotations

import errno
import logging
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from engine.model.errors import FazhiError
from web.place import BEHIND_TLS, DATABASE, FOLDER, HOSTS, prepared

_THREADS: Final = 16
_FIRST: Final = "admin"
_FROM_THE_PROXY: Final = "x-forwarded-for x-forwarded-proto"
"""What the server before this one may say of who asks and how."""
_PAUSE: Final = 2.0
"""Seconds before a worker that died is started again."""


def configured(folder: Path, database: str = "", hosts: str = "", *, tls: bool = False) -> None:
    """Make the data folder ready and Django with it; the store has its tables afterwards.

    Raises `PlaceError` where the folder can't be used.
    """
    os.environ[FOLDER] = str(prepared(folder))
    named = {DATABASE: database, HOSTS: hosts, BEHIND_TLS: "1" if tls else ""}
    os.environ.update({name: value for name, value in named.items() if value})
    os.environ["DJANGO_SETTINGS_MODULE"] = "web.settings"

    # Settings are read from the environment when Django is first asked.
    import django  # noqa: PLC0415

    django.setup()

    from django.core.management import call_command  # noqa: PLC0415

    old = os.umask(0o077)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        os.umask(old)


_REASONS: Final[dict[int | None, str]] = {
    errno.EADDRINUSE: "端口正被别的程序占用；用 --port 换一个",
    errno.EACCES: "没有权限；用 --port 换一个 1024 以上的",
}


def first_password() -> str:
    """The one-time password of the first administrator, made now; "" where somebody is there."""
    from web.models import Person, Role  # noqa: PLC0415 - models are there once Django is set up

    if Person.objects.exists():
        return ""
    once = secrets.token_urlsafe(12)
    Person.objects.create_user(_FIRST, password=once, name="管理员", role=Role.ADMIN)
    return once


def serve(host: str, port: int, say: Callable[[str], None]) -> None:
    """Answer until stopped; `say` is told what whoever started it has to know.

    Raises `FazhiError` where nothing can listen there.
    """
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from waitress.server import create_server  # noqa: PLC0415 - as above

    # that a few browsers wait for their turn is nothing that whoever started it can do much about
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    once = first_password()
    application = get_wsgi_application()
    behind: dict[str, Any] = {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_headers": _FROM_THE_PROXY,
    }
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            max_request_body_size=2**30,
            **(behind if os.environ.get(BEHIND_TLS) else {}),
        )
    except (ValueError, OSError) as error:
        why = _REASONS.get(getattr(error, "errno", None), "不是这台机器的地址；--host 写本机的地址")
        raise FazhiError(f"网页开不在 {host} 的 {port} 端口：{why}") from None
    if once:
        say(f"第一个管理员：账号 {_FIRST}，一次性密码 {once}（只显示这一次，登录后要先改）")
    say(f"法治体检的网页开在 http://{host}:{port}/ ，按 Ctrl+C 停")
    stopped = threading.Event()
    keeper = threading.Thread(target=_keep_a_worker, args=(stopped,), daemon=True)
    keeper.start()
    try:
        server.run()
    finally:
        stopped.set()
        keeper.join(timeout=10)


def _keep_a_worker(stopped: threading.Event) -> None:
    """A worker as long as the page is open: one that dies has a successor."""
    while not stopped.is_set():
        with subprocess.Popen(
            [sys.executable, "-m", "web.worker"], stdin=subprocess.PIPE
        ) as worker:
            while worker.poll() is None and not stopped.wait(0.2):
                pass
            if worker.stdin is not None:
                worker.stdin.close()
        stopped.wait(_PAUSE)
