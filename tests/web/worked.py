"""What is queued, worked out as the worker does."""

from __future__ import annotations

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from web.models import Look
from web.running import _looked_at


def unlooked() -> None:
    """Nothing is queued, and no decision has been looked at."""
    DBTaskResult.objects.all().delete()
    Look.objects.all().delete()
    _looked_at.cache_clear()


def worked(most: int | None = None) -> None:
    """All of it, or the first `most`."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=most,
        worker_id="test",
        excluded_queue_names=[],
    ).run()
