"""The log: who did what, and when.

日志：谁在什么时候做了什么，只加不改。
"""

from __future__ import annotations

from django.http import HttpRequest

from engine.model.masking import without_identity
from web.models import LogEntry, Person


def log(request: HttpRequest, what: str, about: str) -> None:
    """Write down that whoever asks did this."""
    person = person_of(request)
    log_of(str(person), person.role, what, about)


def log_of(who: str, role: str, what: str, about: str) -> None:
    """Write down that `who` did this; no identity number stands in the log."""
    LogEntry.objects.create(who=who[:80], role=role, what=what, about=without_identity(about)[:500])


def person_of(request: HttpRequest) -> Person:
    """Whoever asks; the gate let nobody in who is none."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - web/gate.py sees to it
    return person
