"""The office's folder as it is now: the files that were handed in, and what people decided here.

材料：现在的文件夹里有什么；在网页上定下的事写成台账，同别的台账一样读。
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from engine.model.errors import FazhiError
from facts.records.load import load_schema
from facts.writing.text import marked_name
from web.models import Answer, Assignment, Content, LedgerFile, Person, Waiver

OWN: Final = "网页上定的"
"""The folder within the office's that holds what was decided on the page."""
_LONGEST: Final = 120
_FORBIDDEN: Final = frozenset('/\\:*?"<>|')


class NotTakenError(FazhiError):
    """A file is not taken in; the text says why."""


def take(name: str, data: bytes, by: Person) -> LedgerFile:
    """Put a file in the folder, in place of one of the same name. Raises `NotTakenError`."""
    _refuse(name)
    if len(data) > settings.LARGEST_FILE:
        most = settings.LARGEST_FILE // settings.MEBIBYTE
        raise NotTakenError(f"“{name}”：超过{most}兆字节，没有收；请拆分")
    with transaction.atomic():
        content = Content.kept(data)
        if content.wiped:
            said = f"“{name}”：这个文件标有密级，已经清除；涉密文件不得在本系统中处理，没有收"
            raise NotTakenError(said)
        before = LedgerFile.objects.select_for_update().filter(name=name, until=None).first()
        if before is not None and before.content_id == content.sha256:
            return before
        _owned(name, by, before)
        LedgerFile.objects.filter(name=name, until=None).update(until=timezone.now())
        return LedgerFile.objects.create(name=name, content=content, by=by)


def _refuse(name: str) -> None:
    if not name or len(name) > _LONGEST or name.startswith((".", "~$")):
        raise NotTakenError(f"“{name[:_LONGEST]}”：文件名是空的、太长，或者以点开头，没有收")
    if any(char in _FORBIDDEN or not char.isprintable() for char in name):
        raise NotTakenError(f"“{name}”：文件名里有不能用的字符，没有收")
    secret = marked_name(name)
    if secret is not None:
        said = f"“{name}”：文件名标有“{secret}”，涉密文件不得在本系统中处理，没有收"
        raise NotTakenError(said)


def _owned(name: str, by: Person, before: LedgerFile | None) -> None:
    """A clerk replaces what their own unit handed in, nobody else's."""
    if before is not None and not may_change(before, by):
        said = f"“{name}”：已有{before.by}交来的同名文件，换一个文件名，或者请{before.by}来换"
        raise NotTakenError(said)


def may_change(file: LedgerFile, person: Person) -> bool:
    """Whether somebody may replace a file or take it out."""
    return person.role != "clerk" or file.by.unit == person.unit


def remove(file: LedgerFile) -> None:
    """Take a file out of the folder; earlier runs keep it."""
    LedgerFile.objects.filter(pk=file.pk, until=None).update(until=timezone.now())


def files_now() -> list[LedgerFile]:
    """The files of the folder, by name."""
    found = LedgerFile.objects.filter(until=None).select_related("by").defer("content__data")
    return list(found.order_by("name"))


def ledgers_of_the_page() -> dict[str, bytes]:
    """What people decided on the page, as ledgers: the same way in as everything else."""
    tables: dict[str, tuple[str, Sequence[Mapping[str, str]]]] = {
        "人工认定": ("manual_answer", list(_answers())),
        "豁免台账": ("waiver", list(_waivers())),
        "整改台账": ("rectification", list(_assignments())),
    }
    return {
        f"{OWN}/{title}.json": _written(title, record_type, rows)
        for title, (record_type, rows) in tables.items()
        if rows
    }


def _answers() -> Iterator[Mapping[str, str]]:
    for one in Answer.objects.filter(until=None).select_related("by").order_by("pk"):
        yield {
            "requirement": one.requirement,
            "record_type": one.record_type,
            "record_key": one.record_key,
            "answer": one.answer,
            "by": one.by.name,
            "on": one.on.isoformat(),
            "basis": one.basis,
        }


def _waivers() -> Iterator[Mapping[str, str]]:
    for one in Waiver.objects.filter(until=None).select_related("by").order_by("pk"):
        yield {
            "requirement": one.requirement,
            "record": one.record_key,
            "reason": one.reason,
            "basis": one.basis,
            "approver": one.by.name,
            "from": one.start.isoformat(),
            "until": one.end.isoformat(),
        }


def _assignments() -> Iterator[Mapping[str, str]]:
    found = Assignment.objects.select_related("closed_by").order_by("pk")
    for one in found:
        closed = (
            f"{one.closed_by.name} {one.closed_at:%Y-%m-%d}"
            if one.closed_by and one.closed_at
            else ""
        )
        yield {
            "record": one.subject,
            "responsible": one.unit,
            "measure": one.measure,
            "deadline": one.deadline.isoformat(),
            "pages": one.evidence_name,
            "closed": closed,
            "requirement": one.requirement,
            "fingerprint": one.fingerprint,
        }


def _written(title: str, record_type: str, rows: Sequence[Mapping[str, str]]) -> bytes:
    """A ledger in the one format of which no reader has to guess where a cell ends."""
    fields = load_schema().types[record_type].fields
    named = [
        {field.title: row[path] for path, field in fields.items() if path in row} for row in rows
    ]
    return json.dumps({title: named}, ensure_ascii=False).encode()
