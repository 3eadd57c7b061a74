"""The process that works runs out; it ends with the server that started it.

核对进程：从数据库里的队列取任务，中途断了的重来。
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading

import django


def main() -> None:
    """Take one task after the other until the server goes away."""
    django.setup()

    # Models are there only now.
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server is told, and ends us
    gc.set_threshold(1_000_000)  # as in `cli.py`: what is read lives long
    running = DBTaskResult.objects.running()
    running.update(status="READY", started_at=None)  # a worker before this one died of it
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    Worker(
        queue_names=["default"],
        interval=0.2,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"fazhi-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


def _end_with_the_server() -> None:
    """The server holds the other end of standard input: at its end it is gone."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
