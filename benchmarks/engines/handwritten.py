"""DuckDB with queries that somebody wrote for these very duties: the limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import duckdb

from engine.model.outcome import Outcome

_NUMBERS: Final = {str(outcome): number for number, outcome in enumerate(Outcome)}
_ACTIVE: Final = "('有效', '暂扣', '失格', '遗失', '过期')"
_HELD: Final = f"""
CREATE TABLE held AS SELECT officer_id, bool_or(status IN {_ACTIVE}) AS active,
  bool_or(status IS NULL) AS unclear FROM certificates GROUP BY officer_id
"""
_OFFICERS: Final = """
CREATE TABLE officer AS SELECT o.officer_id AS key,
CASE WHEN NOT coalesce(active, FALSE) AND NOT coalesce(unclear, FALSE) THEN 'not_applicable'
  WHEN NOT coalesce(active, FALSE) THEN 'unknown'
  WHEN employment_type IN ('行政编制', '参公事业编制', '事业编制') AND in_post THEN 'met'
  WHEN in_post = FALSE OR employment_type NOT IN ('行政编制', '参公事业编制', '事业编制')
    THEN CASE WHEN unit LIKE '%公安局%' THEN 'borderline' ELSE 'gap' END
  ELSE 'unknown' END AS "cert-eligible-staff",
CASE WHEN active AND public_listed THEN 'met'
  WHEN NOT coalesce(active, FALSE) AND NOT coalesce(unclear, FALSE) AND NOT public_listed
    THEN 'not_applicable'
  WHEN public_listed IS NULL OR (NOT coalesce(active, FALSE) AND unclear) THEN 'unknown'
  ELSE 'gap' END AS "cert-public-list",
CASE WHEN NOT coalesce(is_reviewer, FALSE) OR first_review_on < DATE '2018-01-01'
    THEN 'not_applicable'
  WHEN first_review_on IS NULL OR law_qualification IS NULL THEN 'unknown'
  WHEN law_qualification THEN 'met' ELSE 'gap' END AS "cert-reviewer-qualified"
FROM officers o LEFT JOIN held h USING (officer_id)
"""


def _exam(column: str) -> str:
    return (
        f"CASE {column} WHEN '合格' THEN TRUE WHEN '免试' THEN law_qualification "
        "WHEN '不合格' THEN FALSE END"
    )


_CERTIFICATES: Final = f"""
CREATE TABLE certificate AS SELECT cert_no AS key,
CASE WHEN loss_on IS NULL THEN 'not_applicable'
  WHEN collected_on IS NOT NULL AND cancelled_on IS NOT NULL THEN 'met'
  WHEN loss_on + 30 >= DATE '2025-03-10' THEN 'pending'
  WHEN cancelled_on IS NULL THEN 'borderline' ELSE 'unknown' END AS "cert-cancel-trigger",
CASE WHEN lost_on IS NULL THEN 'not_applicable' WHEN loss_declared_on IS NOT NULL THEN 'met'
  WHEN CAST(lost_on + INTERVAL 1 MONTH AS DATE) >= DATE '2025-03-10' THEN 'pending'
  ELSE 'unknown' END AS "cert-lost",
CASE WHEN status IS NULL THEN 'unknown' WHEN status NOT IN {_ACTIVE} THEN 'not_applicable'
  WHEN hr_status IS NULL THEN 'unknown' WHEN hr_status = '在编在职' THEN 'met'
  ELSE 'gap' END AS "cert-retiree-match",
CASE WHEN o.officer_id IS NULL THEN 'gap' ELSE
  CASE (({_exam("public_law_exam")}) AND ({_exam("special_law_exam")})
    AND ((public_law_exam = '免试' AND special_law_exam = '免试') OR exam_on <= issued_on))
  WHEN TRUE THEN 'met' WHEN FALSE THEN 'gap' ELSE 'unknown' END END AS "cert-training-exam"
FROM certificates c LEFT JOIN officers o USING (officer_id)
"""
_CASES: Final = """
CREATE TABLE penalty_case AS SELECT case_no AS key,
CASE WHEN review_on IS NULL THEN 'unknown' WHEN same THEN 'gap'
  WHEN many IS NULL OR nameless OR reviewer_id IS NULL THEN 'unknown'
  ELSE 'met' END AS "cert-reviewer-separate"
FROM cases LEFT JOIN (SELECT case_no, count(*) AS many,
    bool_or(h.officer_id IS NULL) AS nameless, bool_or(h.officer_id = c.reviewer_id) AS same
  FROM handlers h JOIN cases c USING (case_no)
  GROUP BY case_no) USING (case_no)
"""
_TASKS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "officers": (("officers", "certificates"), (_HELD, _OFFICERS, _CERTIFICATES)),
    "cases": (("cases", "handlers"), (_CASES,)),
}
_MADE: Final = {"officers": ("officer", "certificate"), "cases": ("penalty_case",)}


def prepare(folder: Path, task: str) -> Callable[[], Callable[[], Mapping[str, str]]]:
    """Outcomes by table and counts by requirement, from parquet."""
    database = duckdb.connect(config={"threads": 2})
    tables, queries = _TASKS[task]
    for table in tables:
        path = folder / f"{table}.parquet"
        database.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{path}')")

    def judge() -> Callable[[], Mapping[str, str]]:
        for query in queries:
            database.execute(query)
        for table in _MADE[task]:
            for name in _columns(database, table):
                database.execute(f'SELECT "{name}", count(*) FROM {table} GROUP BY 1').fetchall()
        return lambda: _letters(database, _MADE[task])

    return judge


def _columns(database: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    described = database.execute(f"DESCRIBE {table}").fetchall()
    return [str(row[0]) for row in described if row[0] != "key"]


def _letters(database: duckdb.DuckDBPyConnection, tables: tuple[str, ...]) -> dict[str, str]:
    branches = "".join(f" WHEN '{name}' THEN {65 + n}" for name, n in _NUMBERS.items())
    return {
        name: str(
            database.execute(
                f"SELECT string_agg(chr(CASE \"{name}\"{branches} END), '' ORDER BY key) "
                f"FROM {table}"
            ).fetchall()[0][0]
        )
        for table in tables
        for name in _columns(database, table)
    }
