"""`fazhi sql`: the text on the screen or in a file, what it says of itself, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import ExitCode, main
from tests.conftest import ROOT
from tests.postgresql import take
from tests.tables.folders import settings

NOWHERE = "tables:\n  执法人员: {file: 没有.csv}\n"
YUNHE = ROOT / "examples" / "yunhe"


def _sql(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["sql", str(folder), "--as-of", "2025-03-10", *more])


def test_the_example_in_postgresql(postgresql: str, tmp_path: Path) -> None:
    """By hand: one on the staff, one hired by the day, one of whom nobody can tell; three cards."""
    psycopg = pytest.importorskip("psycopg", reason="没有装 fazhi[web]")
    output = tmp_path / "核对.sql"
    told = _sql(YUNHE, "--dialect", "postgres", "--output", str(output))
    assert (told.exit_code, told.stdout) == (ExitCode.CLEAN, "")
    text = output.read_text(encoding="utf-8")
    head = text.partition("DROP TABLE")[0]
    assert "地方：云河市；省份：河南；年度：2024；核对日期：2025-03-10" in head
    assert "没有核 cert-township-capacity" in head
    take(postgresql, YUNHE / "人员.csv", "行政执法人员")
    take(postgresql, YUNHE / "证件.csv", "行政执法证件")
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(text)  # all of it at once
        staff = connection.execute(
            "SELECT key, outcome, severity, finding FROM fazhi_outcomes "
            "WHERE requirement = 'cert-eligible-staff' ORDER BY key"
        ).fetchall()
        assert staff == [
            ("Y001", "met", "blocking", False),
            ("Y002", "gap", "blocking", True),
            ("Y003", "unknown", "blocking", True),
        ]
        read = connection.execute("SELECT called, said, many FROM fazhi_tables").fetchall()
        assert set(read) == {
            ("行政执法人员", "读到的行", 3),
            ("行政执法人员", "核了的行", 3),
            ("行政执法人员", "有读不准的格的行", 1),
            ("行政执法人员", "编号与别的行重复的行", 0),
            ("行政执法证件", "读到的行", 3),
            ("行政执法证件", "核了的行", 3),
            ("行政执法证件", "有读不准的格的行", 0),
            ("行政执法证件", "编号与别的行重复的行", 0),
        }


def test_over_a_table_of_the_database_itself(postgresql: str, tmp_path: Path) -> None:
    """Broken by one row that leaves its database for statements to be printed."""
    psycopg = pytest.importorskip("psycopg", reason="没有装 fazhi[web]")
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(
            'CREATE SCHEMA "执法"; '
            'CREATE TABLE "执法"."名册" ("人员编号" text, bzlx text, zg bool); '
            "INSERT INTO \"执法\".\"名册\" VALUES ('R1', '行政编制', true), ('R2', '工勤', true); "
            'CREATE VIEW "执法"."读不得" AS SELECT *, (1 / floor(random())::int)::text AS "姓名" '
            'FROM "执法"."名册"'
        )
        tables = "  执法人员:\n    database: '{}'\n    table: 执法.{}\n    columns: {}\n"
        columns = "{编制类型: bzlx, 是否在岗: zg}"
        settings(tmp_path, tables.format(postgresql, "读不得", columns))
        assert _sql(tmp_path, "--dialect", "postgres").exit_code == ExitCode.CLEAN
        settings(tmp_path, tables.format(postgresql, "名册", columns))
        told = _sql(tmp_path, "--dialect", "postgres")
        assert "读表 执法.名册（行政执法人员）" in told.stdout
        connection.execute(told.stdout)
        read = connection.execute("SELECT said, many FROM fazhi_tables").fetchall()
        assert ("核了的行", 2) in read
        assert ("有读不准的格的行", 0) in read


@pytest.mark.parametrize(
    ("written", "more", "said"),
    [
        ("year: 2024\n", ("--dialect", "hive"), "没有写 tables"),
        (
            "year: 2024\ntables:\n  执法人员: {file: 没有.csv}\n",
            ("--dialect", "hive"),
            "没有“没有.csv”",
        ),
        ("year: 2024\n", ("--dialect", "oracle"), "'oracle' 不在 'postgres', 'spark'"),
        ("year: 2024\n", (), "--dialect"),
    ],
)
def test_what_it_refuses(written: str, more: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """Broken by a file that is begun and left, or statements over no table."""
    (tmp_path / "fazhi.yaml").write_text(f"place: {{name: 某县}}\n{written}", encoding="utf-8")
    output = tmp_path / "核对.sql"
    told = _sql(tmp_path, *more, "--output", str(output))
    assert told.exit_code == ExitCode.WRONG_USE
    assert said in told.stderr
    assert not output.exists()
