"""What the page keeps: people, files as they were handed in, runs, and what people decided.

存放：人、材料、核对、人定下的事，各怎样记；台账的内容只在材料里。
"""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractUser
from django.db import connection, models, transaction
from django.db.models import Q

from engine.model.errors import FazhiError


class Role(models.TextChoices):
    """What a person is in the office."""

    CLERK = "clerk", "经办"
    REVIEWER = "reviewer", "审查"
    APPROVER = "approver", "审批"
    LEADER = "leader", "领导"
    ADMIN = "admin", "管理员"


class Person(AbstractUser):
    """Somebody who may log in. A clerk sees what is of `unit` alone."""

    name = models.CharField("姓名", max_length=40)
    role = models.CharField("角色", max_length=10, choices=Role.choices)
    unit = models.CharField("单位", max_length=80, blank=True)
    must_change = models.BooleanField("先改密码", default=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.username


class Content(models.Model):
    """Bytes as they came, under their digest: the same bytes are kept once.

    Of a state secret the digest alone stays: its bytes are wiped, and not taken in again. What is
    put in their place is refused like them: a ledger that was not read never counts as none.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    data = models.BinaryField()
    wiped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.sha256[:16]

    @classmethod
    def kept(cls, data: bytes) -> Content:
        """The content of these bytes, kept now if it wasn't before."""
        digest = hashlib.sha256(data).hexdigest()
        return cls.objects.get_or_create(sha256=digest, defaults={"data": data})[0]

    @classmethod
    def wipe(cls, sha256: str) -> None:
        """Keep nothing of a state secret."""
        cls.objects.filter(sha256=sha256).update(data="秘密".encode(), wiped=True)
        transaction.on_commit(_without_trace)


def _without_trace() -> None:
    """Leave nothing of what was wiped in the journal of the database file either."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class LedgerFile(models.Model):
    """A file of the office's folder; `until` is when it was replaced or taken out."""

    name = models.CharField("文件", max_length=200)
    content = models.ForeignKey(Content, models.PROTECT)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=Q(until=None), name="one_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class RunState(models.TextChoices):
    """How far a run has come."""

    WAITING = "waiting", "等待"
    RUNNING = "running", "核对中"
    DONE = "done", "核完"
    FAILED = "failed", "没有核成"


class Run(models.Model):
    """One check of the folder as it was; `digest` is of all that its result depends on.

    `program` and `ruleset` are the digests of the code and of the rules it ran with.
    """

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    as_of = models.DateField("检查日")
    digest = models.CharField(max_length=64, db_index=True)
    inputs = models.CharField(max_length=64)
    program = models.CharField(max_length=64)
    ruleset = models.CharField(max_length=64, blank=True)
    result_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    stage = models.CharField(max_length=80, blank=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    year = models.IntegerField(null=True)
    findings = models.JSONField(default=dict)
    replays = models.ForeignKey("self", models.PROTECT, null=True, related_name="replayed")

    def __str__(self) -> str:
        return f"{self.pk}"


class RunFile(models.Model):
    """A file that a run read."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.ForeignKey(Content, models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """What a run found: the assessment as JSON, packed; what was read; the rows it is about."""

    run = models.OneToOneField(Run, models.CASCADE, primary_key=True)
    assessment = models.BinaryField()
    reading = models.JSONField()
    rows = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.run_id}"


class Look(models.Model):
    """One decision looked at closely after a run: its pre-decision check, packed.

    `meeting` is a day that was asked for in place of the ledger's. Empty while it is being worked
    out, and where it can't be.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="looks")
    key = models.CharField(max_length=200)
    meeting = models.DateField(null=True)
    assessment = models.BinaryField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "key"],
                condition=models.Q(meeting=None),
                name="one_look_a_decision",
            ),
            models.UniqueConstraint(fields=["run", "key", "meeting"], name="one_look_a_day"),
        ]

    def __str__(self) -> str:
        return self.key


class Ticked(models.Model):
    """The check-lists of one record gone through after a run, packed.

    Empty while they are being gone through, and where they can't be.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="ticked")
    record_type = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    checklists = models.BinaryField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "record_type", "key"], name="one_tick_a_record")
        ]

    def __str__(self) -> str:
        return self.key


class Answer(models.Model):
    """What a person answered to a question that no program can judge."""

    requirement = models.CharField(max_length=80)
    record_type = models.CharField(max_length=80)
    record_key = models.CharField(max_length=200)
    answer = models.CharField("认定", max_length=10)
    basis = models.CharField("理由", max_length=500)
    on = models.DateField("认定日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.requirement} {self.record_key}"


class Waiver(models.Model):
    """What a person decided to leave alone for a time; it opens no gate."""

    requirement = models.CharField(max_length=80)
    record_key = models.CharField(max_length=200)
    reason = models.CharField("理由", max_length=500)
    basis = models.CharField("依据", max_length=200)
    start = models.DateField("起")
    end = models.DateField("止")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.requirement} {self.record_key}"


class Assignment(models.Model):
    """Who sees to a finding, by when, and with what it was settled."""

    fingerprint = models.CharField(max_length=80, unique=True)
    requirement = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    unit = models.CharField("责任单位", max_length=80)
    measure = models.CharField("措施", max_length=500, blank=True)
    deadline = models.DateField("时限")
    evidence = models.ForeignKey(Content, models.PROTECT, null=True)
    evidence_name = models.CharField("佐证", max_length=200, blank=True)
    evidence_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.requirement} {self.subject}"


class Token(models.Model):
    """What another system of the office shows instead of a password; only its digest is kept."""

    name = models.CharField("系统", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField("角色", max_length=10, choices=Role.choices)
    unit = models.CharField("单位", max_length=80, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class AppendOnlyError(FazhiError):
    """Somebody wanted to change what stands in the log."""


class LogEntry(models.Model):
    """Who did what, and when: written once, never changed; the store refuses it too."""

    at = models.DateTimeField(auto_now_add=True)
    who = models.CharField("谁", max_length=80)
    role = models.CharField("角色", max_length=10)
    what = models.CharField("做了什么", max_length=40)
    about = models.CharField("对什么", max_length=500)

    def __str__(self) -> str:
        return f"{self.at} {self.who} {self.what} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Write a new line. Raises `AppendOnlyError` for an old one."""
        if self.pk is not None:
            raise AppendOnlyError("日志只能加，不能改")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401 - as Django has it
        """Nothing is taken out. Raises `AppendOnlyError`."""
        raise AppendOnlyError("日志只能加，不能删")
