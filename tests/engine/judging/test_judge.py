"""Direct evaluation as an engine: outcomes by requirement, in the order of the records."""

from __future__ import annotations

import datetime as dt

from engine.judging.judge import ReferenceJudge
from engine.model.outcome import Outcome
from tests.engine.small import BLANK, ruleset, thing, world

MAY = dt.date(2024, 5, 1)
RULES = ruleset(
    {"id": "a-one"},
    {"id": "b-now", "require": "thing.on <= as_of"},
    {"id": "c-part", "subject": "part", "act_on": "part.on", "require": "part.ok"},
)


def test_every_requirement_is_judged_for_every_record_of_its_subject() -> None:
    things = [
        thing(start=MAY, flag=True, on=dt.date(2024, 7, 1)),
        thing(start=MAY, flag=False, on=dt.date(2024, 6, 30)),
        thing(start=MAY, flag=BLANK, on=BLANK),
    ]
    judge = ReferenceJudge()
    found = judge.judge(list(RULES.requirements.values()), {"thing": things}, world(), 2024)
    assert found == {
        "a-one": [Outcome.MET, Outcome.GAP, Outcome.UNKNOWN],
        # a day that lies ahead has not come
        "b-now": [Outcome.UNKNOWN, Outcome.MET, Outcome.UNKNOWN],
        "c-part": [],  # no such record was read
    }
    assert judge.name == "reference"


def test_the_year_looked_at_bounds_an_act_whose_day_is_not_known() -> None:
    """The law is in force since 2020: an act of some day in 2019 is not its matter."""
    records = {"thing": [thing(start=BLANK, flag=False)]}
    asked = [RULES.requirements["a-one"]]
    for year, outcome in ((2020, Outcome.GAP), (2019, Outcome.NOT_APPLICABLE)):
        assert ReferenceJudge().judge(asked, records, world(), year) == {"a-one": [outcome]}
