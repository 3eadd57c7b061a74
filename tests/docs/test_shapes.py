"""docs/shapes.md names every row of the five domains, and its expressions stand the type check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.language import tree as t
from engine.language.check import Vocabulary, check
from facts.records.load import load_schema

ROOT = Path(__file__).parents[2]
SHAPES = {f"S{number}" for number in range(1, 28)} | {"—"}
DOMAINS = ("decision", "normative-doc", "certificate", "enforcement", "annual-report")


@dataclass(frozen=True)
class Row:
    id: str
    shape: str
    subject: str
    expression: str
    remark: str


def _rows(heading: str) -> list[Row]:
    text = (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = []
    for line in section.splitlines():
        if not line.startswith("| ") or line.startswith("| 条目"):
            continue
        cells = [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        name, shape, subject, expression, remark = cells
        rows.append(Row(name, shape, subject, expression.strip("`"), remark))
    return rows


SHIPPED = {
    path.stem
    for domain in DOMAINS
    for path in (ROOT / "rulesets" / domain).glob("*.yaml")
    if not path.stem.endswith(".expected")
}
TABLE = _rows("对照表")
EXTRA = _rows("表外的条目")


def test_there_are_217_distinct_rows_of_known_shape() -> None:
    assert len(TABLE) == 217
    assert len({row.id for row in TABLE}) == 217
    assert {row.shape for row in (*TABLE, *EXTRA)} == SHAPES
    assert not {row.id for row in TABLE} & {row.id for row in EXTRA}


def test_the_counts_of_the_list_of_shapes_are_right() -> None:
    text = (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8")
    counted = dict(re.findall(r"^\| (S\d+|—) \| .* \| (\d+) \|$", text, re.MULTILINE))
    assert counted == {
        shape: str(sum(row.shape == shape for row in TABLE)) for shape in sorted(SHAPES)
    }


def test_a_row_without_expression_says_why() -> None:
    silent = [row.id for row in TABLE if not row.expression and not row.remark]
    assert silent == []


@pytest.mark.parametrize("row", [*TABLE, *EXTRA], ids=lambda row: row.id)
def test_every_expression_type_checks(row: Row) -> None:
    schema = load_schema()
    assert row.subject in schema.types
    if row.expression:
        params = dict.fromkeys(re.findall(r"param\.(\w+)", row.expression), t.Kind.INT)
        check(row.expression, row.subject, t.Kind.BOOL, Vocabulary(schema, {}, params))


def test_the_tables_and_the_files_are_the_same_requirements() -> None:
    """Both ways: a row without a file, and a file without a row."""
    assert {row.id for row in (*TABLE, *EXTRA)} == SHIPPED


def test_the_twelve_additions_of_the_review_are_shipped() -> None:
    text = (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8")
    section = text.split("\n## 审校补的十二项\n", 1)[1].split("\n## ", 1)[0]
    additions = re.findall(r"^\| (\d+) \| .+ \| (.+) \|$", section, re.MULTILINE)
    assert [int(number) for number, _ in additions] == list(range(1, 13))
    assert {name for _, names in additions for name in names.split("、")} <= SHIPPED
