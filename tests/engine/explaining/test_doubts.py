"""Facts in doubt, in words."""

from __future__ import annotations

import datetime as dt

from engine.explaining.doubts import described
from engine.explaining.words import Words
from engine.judging.doubt import Doubt
from tests.engine.small import SCHEMA, strings, thing


def test_a_list_is_named_by_what_it_holds_and_a_missing_column_as_missing() -> None:
    """Found by random records: a list in doubt broke off the whole assessment."""
    record = thing(on=dt.date(2024, 5, 1), tags=strings("红", "绿"))
    facts = ((record, "on"), (record, "tags"), (record, "word"))
    assert described(Doubt(facts, "不能都对"), Words(SCHEMA)) == (
        "“办理日期”是2024年5月1日，“标签”是红、绿，“名称”是台账没有这一列：不能都对"
    )
