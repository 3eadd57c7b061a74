"""Tables in PostgreSQL that fazhi.yaml names by their address: read as files are, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.ruleset.model import Ruleset
from tables.declared import WrongTableError
from tests.tables.folders import settings, surveyed, write_csv

psycopg = pytest.importorskip("psycopg", reason="没有装 fazhi[web]")

SECRET = "gěi-9@/%mì"  # noqa: S105 - of a server that lives as long as a test
WRITTEN = "g%C4%9Bi-9%40%2F%25m%C3%AC"
ROSTER = "执法.人员名册"
TABLE = """
CREATE SCHEMA "执法";
CREATE TABLE "执法"."人员名册" (
    "人员编号" varchar(20), xm text, "编制类型" text, "是否在岗" boolean, "进入执法岗位日期" date,
    "考试日期" timestamptz, "离岗日期" timestamp, "序号" numeric(10, 2));
INSERT INTO "执法"."人员名册" VALUES
    ('R1', '张某', '行政编制', true, '2020-01-02', NULL, NULL, 1),
    ('R2', E'李"某"\\n，', '工勤', false, NULL, '2019-12-01 00:00+08', '2024-06-30', 2.5),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('R3', '', '', NULL, '1200-01-01', NULL, NULL, NULL);
"""
SAME = [
    {"人员编号": "R1", "姓名": "张某", "编制类型": "行政编制", "是否在岗": "是",
     "进入执法岗位日期": "2020-01-02", "考试日期": "", "离岗日期": ""},
    {"人员编号": "R2", "姓名": "李某", "编制类型": "工勤", "是否在岗": "否",
     "进入执法岗位日期": "", "考试日期": "不明的时刻", "离岗日期": "2024-06-30"},
    {"人员编号": "", "姓名": "", "编制类型": "", "是否在岗": "",
     "进入执法岗位日期": "", "考试日期": "", "离岗日期": ""},
    {"人员编号": "R3", "姓名": "", "编制类型": "", "是否在岗": "",
     "进入执法岗位日期": "1200-01-01", "考试日期": "", "离岗日期": ""},
]  # fmt: skip


@pytest.fixture
def filled(postgresql: str) -> str:
    """The URL of a database with a table, and a reader who must give a password."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("SET datestyle = 'German'")
        connection.execute(TABLE)
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET datestyle = 'German'")
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute(f"CREATE ROLE reader LOGIN PASSWORD '{SECRET}'")
    return postgresql


def _declared(url: str, table: str) -> str:
    columns = "columns: {姓名: xm}, " if table.endswith("人员名册") else ""
    return f"  执法人员: {{database: '{url}', {columns}table: {table}}}"


def test_read_as_a_file_with_the_same_rows(filled: str, tmp_path: Path, ruleset: Ruleset) -> None:
    """Broken by a truth, a day, a NULL, a moment in a zone or a mark that comes otherwise."""
    write_csv(tmp_path / "人员.csv", SAME)
    settings(tmp_path, "  执法人员: {file: 人员.csv}")
    _, wanted = surveyed(tmp_path, ruleset)
    settings(tmp_path, _declared(filled, ROSTER))
    survey, outcomes = surveyed(tmp_path, ruleset)
    assert outcomes == wanted
    (table,) = survey.tables
    assert (table.judged, dict(table.columns)["姓名"]) == (3, "xm")
    assert table.unused == ("序号",)
    unread = {(one.row, one.column) for one in survey.unread}
    assert {(2, "考试日期"), (4, "进入执法岗位日期")} <= unread


def _as_reader(url: str, password: str) -> str:
    return url.replace("fazhi@", f"reader:{password}@")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        (WRITTEN, "不准读"),
        (WRITTEN[:-1] + "D", "密码有一样不对"),
        (WRITTEN + "%zz", "的地址写得不对"),
    ],
)
def test_no_password_is_told(
    password: str, said: str, filled: str, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by what the server or its library says, which may repeat the address."""
    settings(tmp_path, _declared(_as_reader(filled, password), ROSTER))
    with pytest.raises(WrongTableError) as caught:
        surveyed(tmp_path, ruleset)
    assert said in str(caught.value)
    for secret in (SECRET, password, "9%40", "9@"):
        assert secret not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_password_stays_out_of_the_result(filled: str, tmp_path: Path, ruleset: Ruleset) -> None:
    with psycopg.connect(filled) as connection:
        connection.execute('GRANT USAGE ON SCHEMA "执法" TO reader')
        connection.execute('GRANT SELECT ON "执法"."人员名册" TO reader')
    try:
        settings(tmp_path, _declared(_as_reader(filled, WRITTEN), ROSTER))
        survey, _ = surveyed(tmp_path, ruleset)
        assert survey.tables[0].called.startswith("postgres://reader:***@")
        assert WRITTEN not in str(survey)
    finally:
        with psycopg.connect(filled) as connection:
            connection.execute("DROP OWNED BY reader")


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (("{}", "人员名测"), "没有这张表，是否指“人员名册”？"),
        (("{}", "执发.人员名册"), "没有这张表，是否指“执法.人员名册”？"),
        (("{}x", ROSTER), "连不上"),
        (("postgresql://a@127.0.0.1:1/b", ROSTER), "连不上"),
        (("{}", "两列"), "有两列都叫“Xm”"),
        (("{}", "坏的"), "〔坏的〕”读不了："),
    ],
)
def test_what_can_not_be_read(
    declared: tuple[str, str], said: str, filled: str, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a name or an address that is passed over, or told in no way that helps."""
    with psycopg.connect(filled) as connection:
        connection.execute('CREATE TABLE "两列" ("Xm" text, xm text)')
        connection.execute('CREATE VIEW "坏的" AS SELECT 1 / 0 AS "人员编号"')
    url, table = declared
    settings(tmp_path, _declared(url.format(filled), table))
    with pytest.raises(WrongTableError) as caught:
        surveyed(tmp_path, ruleset)
    assert said in str(caught.value)
