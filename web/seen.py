"""What somebody is shown of an assessment: a clerk that of their own unit, the others all.

所见：经办只看得到本单位的记录，别的角色看全部。
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

from engine.assessing.assess import summary_of
from engine.model.assessment import Assessment
from web.models import Person, Role, Run, Token
from web.running import assessment_of, looked_at


def seen(run: Run, person: Person | Token) -> Assessment:
    """The assessment of a run as this person may see it."""
    if person.role == Role.CLERK:
        return _of_unit(run.pk, run.result_digest, person.unit)
    return assessment_of(run)


def looked(
    run: Run, key: str, person: Person | Token, meeting: dt.date | None = None
) -> Assessment | str | None:
    """The pre-decision check of a decision that this person may see; None until it is there.

    Why, where it can't be worked out. `meeting` stands in for the ledger's day. Of the files it
    rests on a clerk is shown nothing: rows of other units are quoted in it.
    """
    near = looked_at(run, key, meeting)
    if not isinstance(near, Assessment) or person.role != Role.CLERK:
        return near
    return replace(
        near, inputs=(), reports=(), rectified=(), since=None, earlier=(), made_from=None
    )


def narrowed(assessment: Assessment, unit: str) -> Assessment:
    """What is of one unit: its records with their gates and deadlines, and nothing of the others.

    What is nobody's in particular (the year's report, files and what was not read of them) is
    not shown either: a row of another unit may be quoted in it.
    """
    outcomes = tuple(entry for entry in assessment.outcomes if unit and entry.owner == unit)
    own = {(entry.subject_type, entry.subject_key) for entry in outcomes}
    found = replace(
        assessment,
        outcomes=outcomes,
        gates=tuple(g for g in assessment.gates if (g.subject_type, g.subject_key) in own),
        deadlines=tuple(d for d in assessment.deadlines if unit and d.owner == unit),
        supposed=tuple(s for s in assessment.supposed if unit and s.owner == unit),
        timetables=tuple(
            t for t in assessment.timetables if (t.subject_type, t.subject_key) in own
        ),
        rectified=(),
        reports=(),
        inputs=(),
        since=None,
        earlier=(),
        made_from=None,
    )
    subjects = {kind: sum(k == kind for k, _ in own) for kind in sorted({k for k, _ in own})}
    differing = sum(bool(entry.answers) for entry in outcomes)
    summary = summary_of(outcomes, assessment.requirements, subjects, (), differing)
    return replace(found, summary=summary)


@lru_cache(maxsize=32)
def _of_unit(pk: int, digest: str, unit: str) -> Assessment:
    return narrowed(assessment_of(Run(pk=pk, result_digest=digest)), unit)
