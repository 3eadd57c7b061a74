"""The check-lists of a record, for the page and for the API: which records have one, and theirs.

清单：哪些记录有清单，逐项对照到哪了；网页和接口用的是同一份。
"""

from __future__ import annotations

from functools import cache

from django.http import Http404

from engine.model.assessment import Assessment
from engine.model.checklist import ChecklistEntry
from opening import cached_ruleset
from web.models import Run, Ticked
from web.running import ticked


@cache
def listed() -> frozenset[str]:
    """The types of records that have a check-list, of their own or of what nests in them."""
    ruleset = cached_ruleset().read()
    subjects = {checklist.subject for checklist in ruleset.checklists.values()}
    return frozenset(ruleset.schema.types[name].parent or name for name in subjects)


def lists_of(
    run: Run, assessment: Assessment, record_type: str, key: str
) -> tuple[Ticked, list[ChecklistEntry]]:
    """The lists of a record of the assessment; none while the worker is at it.

    Raises `Http404` where no such record is in the assessment, or its type has no list.
    """
    own = {(entry.subject_type, entry.subject_key) for entry in assessment.outcomes}
    if record_type not in listed() or (record_type, key) not in own:
        raise Http404(f"没有“{key}”的清单，或者不是这里看得到的")
    return ticked(run, record_type, key)
