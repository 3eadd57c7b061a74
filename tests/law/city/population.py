"""What every city has: the year's records, and lawful matters of each kind beside the broken."""

from __future__ import annotations

from typing import Final

from tests.law.city.case import City, Lawful
from tests.law.city.lawful import decision, document, enforcement, penalty, report, staff, year

ONE_EACH: Final[tuple[Lawful, ...]] = (
    year.catalog, year.catalog_before, year.leadership, year.studied, year.case_review,
    document.regular_cleanup, document.filing_list,
)  # fmt: skip
SOME: Final[tuple[Lawful, ...]] = (
    decision.decision, decision.lean_decision, decision.older_decision, document.document,
    document.bureau_document, document.township_document, document.plain_document,
    document.cleanup, document.issue_log, document.received, document.review_request, year.topic,
    year.bureau_report, year.township_report, year.committee_report, year.government_report,
    staff.officer, staff.certificate, staff.action, staff.supervision, staff.head, staff.agency,
    staff.township, staff.counts, staff.entrustment, report.course,
    report.cancelled_certificate, penalty.penalty,
    penalty.small_penalty, penalty.spot_penalty, penalty.citing, penalty.device, enforcement.result,
    enforcement.check_result, enforcement.market_result, enforcement.inspection,
    enforcement.measure, enforcement.execution, enforcement.court_execution, enforcement.licence,
    enforcement.item, enforcement.opinion, enforcement.inspectorate,
)  # fmt: skip


def populate(city: City, number: int = 1) -> None:
    """The year's records, and so many lawful matters of each kind."""
    for lawful in ONE_EACH:
        lawful(city)
    for lawful in SOME:
        for _ in range(number):
            city.add(lawful(city))
