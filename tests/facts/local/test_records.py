"""What a local folder may add to a record type of ours, and what it is refused for."""

from __future__ import annotations

import pytest

from engine.model.errors import InvalidRulesetError
from engine.model.schema import Schema
from facts.local.records import extended

FILE = "规则/records/decision.yaml"
OURS = "type: decision\n"
CHILD = "type: local_child\ntitle: 子项\nparent: decision\nfields: {ok: {type: bool, title: 好}}\n"


def nested(rest: str) -> str:
    return OURS + f"nested: {{local_children: {{of: local_child, title: 子项, {rest}}}}}\n"


def refused(schema: Schema, texts: dict[str, str]) -> InvalidRulesetError:
    with pytest.raises(InvalidRulesetError) as refusal:
        extended(schema, texts)
    return refusal.value


def test_a_file_is_called_as_the_type_that_it_adds_to(schema: Schema) -> None:
    """Broken by a file that adds to another ledger than its name says."""
    found = refused(schema, {"规则/records/meeting.yaml": "title: 决策\n" + OURS})
    assert (found.reason, found.line, found.key) == ("文件名须与 type“decision”一致", 2, "type")


def test_a_list_may_tally_a_field_that_is_added_with_it(schema: Schema) -> None:
    """Broken by an addition of one's own that is taken for one to ours."""
    counted = nested("tally: {local_count: ok}") + (
        "fields: {local_count: {type: int, title: 好的子项数}}\n"
    )
    found = extended(schema, {"规则/records/local_child.yaml": CHILD, FILE: counted})
    assert found.types["decision"].nested["local_children"].tally == {"local_count": "ok"}


def test_a_list_in_one_cell_has_a_header_of_its_own(schema: Schema) -> None:
    """Broken by a column of ours that would be read into the list of a local folder."""
    child = CHILD.replace("type: bool", "type: string")
    texts = {"规则/records/local_child.yaml": child, FILE: nested("cell: ok")}
    assert extended(schema, texts).types["decision"].nested["local_children"].cell == "ok"
    taken = {**texts, FILE: texts[FILE].replace("title: 子项", "title: 启动日期")}
    found = refused(schema, taken)
    assert found.reason == "列名“启动日期”已是随附的“启动日期”，另起一个，不然那一栏会读不到"
    assert (found.file, found.line, found.key) == (FILE, 2, "local_children")


def test_what_does_not_fit_together_is_told_of_its_file(schema: Schema) -> None:
    """Broken by an error of the whole schema that names no file, or one of ours."""
    found = refused(schema, {FILE: nested("cell: ok")})
    assert found.file == FILE
    assert "local_child" in found.reason
