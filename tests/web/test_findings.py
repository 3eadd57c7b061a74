"""Findings: by cause, one with its row; who sees to it, who signs it off, who waives it."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engine.model.assessment import OutcomeEntry
from engine.model.masking import MASK
from engine.model.outcome import Outcome, Severity
from reporter.overview import Overview
from tests.web.conftest import UNIT
from web.holdings import ledgers_of_the_page
from web.models import Assignment, LogEntry, Run, Waiver
from web.rows import row_of
from web.running import assessment_of


def of(run: Run, **wanted: object) -> OutcomeEntry:
    """The first finding with these properties."""
    return next(
        entry
        for entry in assessment_of(run).findings
        if entry.outcome is not Outcome.UNKNOWN
        if all(getattr(entry, name) == value for name, value in wanted.items())
    )


def test_the_list_is_by_cause_and_can_be_narrowed(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    client, overview = logged_in("leader"), Overview(assessment_of(run))
    whole = client.get("/findings").content.decode()
    assert f"{len(overview.found)}项，归到" in whole
    assert whole.count('<a href="/finding/') == len(overview.found)
    own = [entry for entry in overview.found if entry.owner == UNIT]
    part = client.get("/findings", {"unit": UNIT}).content.decode()
    assert part.count('<a href="/finding/') == len(own) > 0
    grave = [entry for entry in own if entry.severity is Severity.BLOCKING]
    part = client.get("/findings", {"unit": UNIT, "severity": "blocking"}).content.decode()
    assert part.count('<a href="/finding/') == len(grave)


def test_a_finding_shows_its_row_with_the_cell_marked(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    entry = next(
        e
        for e in assessment_of(run).findings
        for c in row_of(run.pk, e.subject_type, e.subject_key)
        if c.field in {f.field for f in e.evidence}
    )  # fmt: skip
    text = logged_in("leader").get(f"/finding/{entry.fingerprint}").content.decode()
    assert entry.message in text
    assert '<tr class="marked">' in text
    beside = (
        logged_in("leader")
        .get(f"/finding/{entry.fingerprint}", headers={"hx-request": "true"})
        .content.decode()
    )
    assert entry.message in beside
    assert "<html" in text
    assert "<html" not in beside
    for cell in row_of(run.pk, entry.subject_type, entry.subject_key):
        assert cell.place in text
        assert cell.place in beside


def test_what_another_column_tells_is_not_said_to_be_written(run: Run) -> None:
    """Broken by the unit's name shown as the basis for another kind of card."""
    rows = {cell.title: (cell.text, cell.place) for cell in row_of(run.pk, "officer", "T02")}
    unit, place = rows["所在单位"]
    assert unit
    assert rows["执法证件另有规定的依据"] == ("", f"没有写，由“所在单位”看：{place}")


def test_what_stays_in_the_office_is_masked_until_asked_for(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    entry, cell = next(
        (e, c)
        for e in assessment_of(run).findings
        for c in row_of(run.pk, e.subject_type, e.subject_key)
        if c.kept and len(c.text) > 2 and c.text not in e.message + e.subject_key
    )
    client = logged_in("reviewer")
    text = client.get(f"/finding/{entry.fingerprint}").content.decode()
    assert cell.masked == MASK
    assert cell.text not in text
    assert not LogEntry.objects.exists()
    shown = client.post(f"/finding/{entry.fingerprint}/row").content.decode()
    assert cell.text in shown
    said = LogEntry.objects.get()
    assert (said.who, said.what) == ("审查某", "看未遮的行")
    assert logged_in("leader").post(f"/finding/{entry.fingerprint}/row").status_code == 403


def test_a_clerk_has_the_findings_of_their_unit_alone(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    other = of(run, owner="县交通运输局")
    clerk = logged_in("clerk", UNIT)
    assert clerk.get(f"/finding/{of(run, owner=UNIT).fingerprint}").status_code == 200
    for end in ("", "/evidence"):
        assert clerk.get(f"/finding/{other.fingerprint}{end}").status_code == 404
    for end in ("/row", "/hand-in"):
        assert clerk.post(f"/finding/{other.fingerprint}{end}").status_code == 404


def test_it_takes_a_second_person_to_sign_off(run: Run, logged_in: Callable[..., Client]) -> None:
    entry = of(run, owner=UNIT)
    at = f"/finding/{entry.fingerprint}"
    reviewer, approver = logged_in("reviewer"), logged_in("approver")
    given = {"unit": UNIT, "deadline": "2025-04-01", "measure": "补材料"}
    assert reviewer.post(f"{at}/assign", given | {"deadline": "x"}).status_code == 200
    assert not Assignment.objects.exists()
    reviewer.post(f"{at}/assign", given)
    approver.post(f"{at}/close")
    assert Assignment.objects.get().closed_by is None  # without evidence
    file = SimpleUploadedFile("佐证.html", b"<script>alert(1)</script>")
    logged_in("clerk", UNIT).post(f"{at}/hand-in", {"evidence": file})
    got = reviewer.get(f"{at}/evidence")
    assert got.content == b"<script>alert(1)</script>"
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment;")
    assert reviewer.post(f"{at}/close").status_code == 403
    approver.post(f"{at}/close")
    one = Assignment.objects.get()
    assert one.closed_by is not None
    assert one.closed_by.name == "审批某"
    (row,) = json.loads(ledgers_of_the_page()["网页上定的/整改台账.json"])["整改台账"]
    assert row.pop("验收销号").startswith("审批某 ")
    assert row == {
        "对象": f"人员年度“{entry.subject_key}”", "责任人": UNIT, "措施": "补材料",
        "时限": "2025-04-01", "佐证卷页": "佐证.html", "要求": entry.requirement,
        "指纹": entry.fingerprint,
    }  # fmt: skip
    whats = [line.what for line in LogEntry.objects.order_by("pk")]
    assert whats == ["派整改", "交佐证", "下载佐证", "销号"]


def test_who_gave_the_task_does_not_sign_it_off(run: Run, logged_in: Callable[..., Client]) -> None:
    at = f"/finding/{of(run, owner=UNIT).fingerprint}"
    approver = logged_in("approver")
    approver.post(f"{at}/assign", {"unit": UNIT, "deadline": "2025-04-01"})
    file = SimpleUploadedFile("佐证.txt", b"x")
    logged_in("reviewer").post(f"{at}/hand-in", {"evidence": file})
    approver.post(f"{at}/close")
    assert Assignment.objects.get().closed_by is None


def test_a_waiver_needs_everything_and_opens_nothing_grave(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    approver = logged_in("approver")
    said = {"reason": "工期已定", "basis": "会签单", "start": "2025-03-01", "end": "2025-06-30"}
    grave = of(run, severity=Severity.BLOCKING)
    approver.post(f"/finding/{grave.fingerprint}/waive", said)
    light = of(run, severity=Severity.MINOR, waiver=None)
    for wrong in ({"reason": ""}, {"basis": ""}, {"end": "2025-02-01"}):
        approver.post(f"/finding/{light.fingerprint}/waive", said | wrong)
    assert not Waiver.objects.exists()
    approver.post(f"/finding/{light.fingerprint}/waive", said)
    (row,) = json.loads(ledgers_of_the_page()["网页上定的/豁免台账.json"])["豁免台账"]
    assert row == {
        "要求": light.requirement, "对象": light.subject_key, "理由": "工期已定",
        "豁免依据": "会签单", "批准人": "审批某", "起": "2025-03-01", "止": "2025-06-30",
    }  # fmt: skip
    assert "工期已定" in logged_in("leader").get("/waivers").content.decode()
    approver.post(f"/waivers/{Waiver.objects.get().pk}/revoke")
    assert "网页上定的/豁免台账.json" not in ledgers_of_the_page()
