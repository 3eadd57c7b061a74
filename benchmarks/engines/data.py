"""Officers with their certificates, cases with their handlers: the same in every run.

Nothing contradicts itself and nothing lies ahead: fazhi looks for both, the others don't.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

SETTINGS = """place: {{name: 试市, level: 设区的市}}
year: 2024
jurisdiction: 河南
tables:
{tables}closed: [{closed}]
"""
OFFICERS = "  执法人员: {file: officers.parquet}\n  执法证件: {file: certificates.parquet}\n"
CASES = (
    "  行政处罚案件: {file: cases.parquet}\n  办案人员: {file: handlers.parquet, parent: case_no}\n"
)


def _share(number: int, of: int = 100) -> str:
    """A number below `of` for each row, as if by chance; each `number` gives others."""
    return f"((i * 2654435761 + {number} * 40503 + i // 97 * {number}) % 1000003 % {of})"


def _day(first: str, number: int, days: int = 700) -> str:
    return f"(DATE '{first}' + {_share(number, days)}::INTEGER)"


def _write(folder: Path, name: str, columns: dict[str, str], rows: str) -> None:
    listed = ", ".join(f"{value} AS {column}" for column, value in columns.items())
    target = folder / f"{name}.parquet"
    duckdb.sql(f"COPY (SELECT {listed} FROM {rows}) TO '{target}' (FORMAT parquet)")


def write_officers(folder: Path, many: int) -> None:
    """So many officers, a certificate for each, settings beside them."""
    _write(
        folder,
        "officers",
        {
            "officer_id": "'R' || lpad(i::VARCHAR, 8, '0')",
            "unit": "['水利局', '城市管理局', '农业农村局', '某县公安局'][1 + i % 4]",
            "employment_type": f"CASE WHEN {_share(1)} < 90 THEN '行政编制' "
            f"WHEN {_share(1)} < 95 THEN '事业编制' WHEN {_share(1)} < 98 THEN '工勤' END",
            "in_post": f"CASE WHEN {_share(2)} < 95 THEN TRUE WHEN {_share(2)} < 98 THEN FALSE END",
            "public_listed": f"CASE WHEN {_share(3)} < 92 THEN TRUE WHEN {_share(3)} < 97 "
            "THEN FALSE END",
            "is_reviewer": f"{_share(4)} < 6",
            "first_review_on": f"CASE WHEN {_share(4)} < 5 THEN {_day('2017-06-01', 5)} END",
            "law_qualification": f"CASE WHEN {_share(6)} < 60 THEN TRUE WHEN {_share(6)} < 95 "
            "THEN FALSE END",
            "public_law_exam": f"CASE WHEN {_share(7)} < 90 THEN '合格' WHEN {_share(7)} < 94 "
            f"THEN '免试' WHEN {_share(7)} < 97 THEN '不合格' END",
            "special_law_exam": f"CASE WHEN {_share(8)} < 90 THEN '合格' WHEN {_share(8)} < 95 "
            f"THEN '免试' WHEN {_share(8)} < 97 THEN '不合格' END",
            "exam_on": f"CASE WHEN {_share(9)} < 96 THEN {_day('2018-01-01', 10)} END",
        },
        f"range({many}) r(i)",
    )
    status = (
        f"CASE WHEN {_share(15)} < 2 THEN '注销' WHEN {_share(11)} < 90 THEN '有效' "
        f"WHEN {_share(11)} < 94 THEN '注销' "
        f"WHEN {_share(11)} < 98 THEN '遗失' END"
    )
    _write(
        folder,
        "certificates",
        {
            "cert_no": "'Z' || lpad(i::VARCHAR, 8, '0')",
            # one in a hundred is of an officer who isn't there
            "officer_id": f"'R' || lpad((i + CASE WHEN {_share(12)} = 0 THEN {many} ELSE 0 END)"
            "::VARCHAR, 8, '0')",
            "status": status,
            "issued_on": f"CASE WHEN {_share(13)} < 98 THEN {_day('2019-01-01', 14)} END",
            "loss_on": f"CASE WHEN {_share(15)} < 5 THEN {_day('2023-03-01', 16)} END",
            "collected_on": f"CASE WHEN {_share(15)} < 2 THEN DATE '2025-03-05' END",
            "cancelled_on": f"CASE WHEN ({status}) = '注销' THEN DATE '2025-03-05' END",
            "lost_on": f"CASE WHEN ({status}) = '遗失' THEN {_day('2023-03-01', 17)} END",
            "loss_declared_on": f"CASE WHEN ({status}) = '遗失' AND {_share(18)} < 50 "
            "THEN DATE '2025-03-05' END",
            "hr_status": f"CASE WHEN {_share(19)} < 90 THEN '在编在职' WHEN {_share(19)} < 95 "
            "THEN '调离' END",
        },
        f"range({many}) r(i)",
    )
    _settings(folder, OFFICERS, "执法人员, 执法证件")


def write_cases(folder: Path, many: int, officers: int) -> None:
    """So many cases, each but some with two handlers of so many officers."""
    reviewer = f"'R' || lpad({_share(21, officers)}::VARCHAR, 8, '0')"
    _write(
        folder,
        "cases",
        {
            "case_no": "'C' || lpad(i::VARCHAR, 8, '0')",
            "review_on": f"CASE WHEN {_share(20)} < 80 THEN {_day('2023-01-01', 22)} END",
            "reviewer_id": f"CASE WHEN {_share(23)} < 96 THEN {reviewer} END",
        },
        f"range({many}) r(i)",
    )
    handler = (
        f"CASE WHEN {_share(24)} < 3 AND h = 0 THEN {reviewer} WHEN {_share(25)} = 0 AND h = 1 "
        f"THEN NULL ELSE 'R' || lpad((({_share(21, officers)} + 1 + h) % {officers})::VARCHAR, "
        "8, '0') END"
    )
    _write(
        folder,
        "handlers",
        {"case_no": "'C' || lpad(i::VARCHAR, 8, '0')", "officer_id": handler},
        f"(SELECT * FROM range({many}) r(i), range(2) s(h) WHERE {_share(26)} < 97)",
    )
    _settings(folder, CASES, "行政处罚案件, 办案人员")


def _settings(folder: Path, tables: str, closed: str) -> None:
    text = SETTINGS.format(tables=tables, closed=closed)
    (folder / "fazhi.yaml").write_text(text, encoding="utf-8")
