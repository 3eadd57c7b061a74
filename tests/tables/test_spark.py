"""Spark comes to what DuckDB comes to, row by row, and says in Chinese what it can't read.

In local mode, in one JVM for this file, reached by loopback alone.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from click.testing import CliRunner
from sqlglot import exp

from cli import ExitCode, main
from engine.judging.sql import nodes as n
from engine.judging.sql.columns import Column
from engine.judging.sql.dialects import PRINTED, render
from engine.judging.sql.dialects.names import Names
from engine.judging.sql.duck import DuckDb
from engine.judging.sql.spark.database import SparkDb
from engine.judging.sql.spark.session import shown, spark_session
from engine.judging.sql.whole.statement import selected
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.model.survey import Survey
from engine.ruleset.model import Ruleset
from tables.declared import WrongTableError
from tables.lake import Lake
from tables.reading import read, text_of
from tables.source import Held
from tables.spark_lake import SparkLake
from tests.conftest import ROOT
from tests.engine.judging.sql.test_elsewhere import COMPUTED, DAYS
from tests.tables.folders import AS_OF, Outcomes, settings, surveyed, write_csv
from tests.tables.generated import CERTIFICATES, OFFICERS, generated
from tests.tables.test_reading import TEXTS
from tests.tables.test_script import by_the_reference, printed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "local[2]"
MANY = 50_000
"""Rows of each of two tables."""
SEVERAL = (
    "cert-cancel-trigger",
    "cert-eligible-staff",
    "cert-lost",
    "cert-reviewer-qualified",
    "cert-training-exam",
)
"""A day looked for, a set of kinds, days counted, links both ways."""
READ_OF_OFFICERS = (
    "人员编号", "编制类型", "是否在岗", "公共法律考试", "专业法律考试", "考试日期",
    "是否法制审核人员", "是否有法律职业资格", "首次从事法制审核日期",
)  # fmt: skip
READ_OF_CERTIFICATES = ("证号", "发证日期", "证件状态", "注销日期", "证件收回日期", "失格日期")
"""What those look at: every way of writing a cell has a test of its own."""
ONE = ("cert-eligible-staff",)
"""Where it is all about reading."""

LakeOf = Callable[[Path, int], Lake]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    pytest.importorskip("pyspark", reason="没有装 pyspark：pip install 'fazhi[spark]'")
    if shutil.which("java") is None:
        pytest.skip("这台机器上没有 java，Spark 起不来")
    with pytest.MonkeyPatch.context() as patch:
        # two minutes of a test are not worth what Java's second compiler takes
        patch.setenv("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        where = f"--conf spark.sql.warehouse.dir={tmp_path_factory.mktemp('tables')} pyspark-shell"
        patch.setenv("PYSPARK_SUBMIT_ARGS", where)
        with spark_session(MASTER) as found:
            yield found


@pytest.fixture
def in_spark(session: SparkSession) -> LakeOf:
    return lambda folder, year: SparkLake(folder, session.newSession(), MASTER, AS_OF, year)


def _same(mine: tuple[Survey, Outcomes], other: tuple[Survey, Outcomes]) -> None:
    """Every outcome, count, finding and unread cell; only who judged isn't the same."""
    assert mine[1] == other[1]
    for each in fields(Survey):
        if each.name != "engines":
            assert getattr(mine[0], each.name) == getattr(other[0], each.name), each.name


def _as_parquet(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    write_csv(folder / f"{name}.csv", rows)
    duckdb.sql(
        f"COPY (FROM read_csv('{folder}/{name}.csv', all_varchar = true, nullstr = '')) "
        f"TO '{folder}/{name}.parquet' (FORMAT parquet)"
    )


def _as_they_may_be(
    folder: Path, name: str, columns: dict[str, tuple[str, ...]], more: str = ""
) -> None:
    """Rows half of which are as they should be; a key stands mostly for one row."""
    key, good = next(iter(columns)), _share(0, 2)
    made = []
    for place, (column, texts) in enumerate(columns.items(), 1):
        listed = ", ".join(f"'{text}'" for text in texts)
        some = f"[{listed}][CASE WHEN {good} = 0 THEN 1 ELSE 1 + {_share(place, len(texts))} END]"
        if column == key:
            some = f"CASE WHEN {_share(99, 10)} < 9 THEN '{texts[0]}' || i ELSE {some} END"
        made.append(f"nullif({some}, '') AS \"{column}\"")
    target = folder / f"{name}.parquet"
    rows = f"SELECT {', '.join(made)} {more} FROM range({MANY}) r(i)"  # noqa: S608 - of ours
    duckdb.sql(rows).write_parquet(str(target))


def _share(number: int, of: int) -> str:
    """A number below `of` for each row, as if by chance; each `number` gives others."""
    return f"((i * 2654435761 + {number} * 40503 + i // 97 * {number}) % 1000003 % {of})"


def test_100000_rows_as_they_may_be_come_to_the_same_in_spark(
    in_spark: LakeOf, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a day ahead, a doubt, a key or a cell that Spark takes otherwise than DuckDB."""
    _as_they_may_be(tmp_path, "人员", {name: OFFICERS[name] for name in READ_OF_OFFICERS})
    certificates = {name: CERTIFICATES[name] for name in READ_OF_CERTIFICATES}
    named = f"CASE WHEN {_share(50, 10)} < 8 THEN 'R0001' || {_share(51, MANY)} ELSE '张某' END"
    _as_they_may_be(tmp_path, "证件", certificates, f', {named} AS "人员编号"')
    settings(tmp_path, "  执法人员: {file: 人员.parquet}\n  执法证件: {file: 证件.parquet}")
    mine = surveyed(tmp_path, ruleset, lake_of=in_spark, asked=SEVERAL)
    spark, sample = mine[0].engines
    assert (spark.name, spark.judged) == ("spark", len(mine[1]))
    assert spark.note.endswith("，local[2]")
    assert sample.sample
    assert sum(table.judged for table in mine[0].tables) == 2 * MANY
    _same(mine, surveyed(tmp_path, ruleset, asked=SEVERAL))
    assert {name for name, _ in mine[1]} == {*SEVERAL}
    assert {*mine[1].values()} == {*Outcome} - {Outcome.FAILED, Outcome.NOT_EVIDENCED}


@pytest.mark.nightly
def test_cases_and_their_handlers_come_to_the_same_in_spark(
    in_spark: LakeOf, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a list, a link or a set that Spark takes otherwise than DuckDB."""
    generated(tmp_path, 1, "closed: [行政执法证件]")
    _same(surveyed(tmp_path, ruleset, lake_of=in_spark), surveyed(tmp_path, ruleset))


def test_the_command_comes_to_the_same_in_spark(session: SparkSession, tmp_path: Path) -> None:
    """Broken by a result that doesn't name Spark, or findings beside it that aren't all there."""
    said = {}
    for engine in (["--engine", "spark", "--master", MASTER], []):
        output = tmp_path / ("其" if engine else "此") / "结果.json"
        output.parent.mkdir()
        told = CliRunner().invoke(
            main, ["check", str(ROOT / "examples" / "yunhe"), "--as-of", "2025-03-10",
                   "--output", str(output), *engine]
        )  # fmt: skip
        assert told.exit_code == ExitCode.UNREAD, told.output
        found = json.loads(output.read_text(encoding="utf-8"))
        parquet = [
            duckdb.sql(f"FROM '{output.parent}/结果.{each}.parquet' ORDER BY ALL").fetchall()
            for each in ("findings", "counts", "unread")
        ]
        said[bool(engine)] = found.pop("engines"), found, parquet
    assert said[True][0][0]["name"] == "spark"
    assert said[True][0][0]["note"] == f"Spark {session.version}，{MASTER}"
    assert said[True][1:] == said[False][1:]


# cells and functions

STRANGE = ("2024-05-01\n", "是\n", "ß1", "\u212a1", "ﬁ1", "R1\r", "罚款\u2028", "12\u0660", "１２")
"""What Java might take for more than RE2 does: ends of lines, letters of two, other digits."""


def test_a_cell_is_read_as_duckdb_reads_it(session: SparkSession, schema: Schema) -> None:
    """Broken by a text that Spark takes for a value, and DuckDB for none."""
    specs = {}
    for record_type in schema.types.values():
        for spec in record_type.fields.values():
            if spec.type.value not in ("object", "set") or spec.values:
                specs.setdefault((spec.type, spec.holds, spec.agency), spec)
    own = [word for spec in specs.values() for word in (*spec.values, *spec.words)]
    texts = list(dict.fromkeys([*TEXTS, *STRANGE, *own]))
    databases = [
        DuckDb(AS_OF, 2024),
        SparkDb(session.newSession(), AS_OF, 2024),
    ]
    rows = []
    for database in databases:
        number = Column("id", "BIGINT", range(len(texts)))
        database.create("texts", [number, Column("text", "VARCHAR", texts)], "id")
        parts = [("id", n.column("id", "raw"))]
        for place, spec in enumerate(specs.values()):
            found = read(spec, text_of(n.column("text", "raw")), Held.TEXT, {})
            values = [found.value, found.state, found.bad, found.none, *found.items.values()]
            parts += [(f"{place} {column}", value) for column, value in enumerate(values)]
        query = render(selected(parts, "texts", "raw"), database.dialect)
        rows.append(sorted(tuple(row) for row in database.rows(query)))
        database.close()
    for mine, other in zip(*rows, strict=True):
        assert mine == other, texts[mine[0]]
    assert len(specs) > 10


@pytest.mark.parametrize("ours", [True, False])
def test_functions_in_spark(ours: bool, session: SparkSession) -> None:  # noqa: FBT001
    """Broken by a last of a month, a day beyond the calendar, a rounding, a NULL."""
    noon, later = (
        n.cast(n.text(f"2024-01-31 12:00:{seconds}"), "TIMESTAMP") for seconds in ("00.7", "01.5")
    )
    asked = [each for each in COMPUTED if not isinstance(each[0], exp.Upper)]
    # eight tenths of a second are no whole one, and less than none is one less
    asked += [(n.call("hours_between", noon, later), 0), (n.call("hours_between", later, noon), -3)]
    own = session.newSession()
    database = SparkDb(own, AS_OF, 2024)
    writer = PRINTED["spark"](Names(), DAYS)
    nodes = [n.alias(node, f"n{place}") for place, (node, _) in enumerate(asked)]
    texts = [render(node, "spark") if ours else writer.text(node) for node in nodes]
    for text, (_, wanted) in zip(texts, asked, strict=True):
        assert database.rows(f"SELECT {text}") == [(wanted,)], text
    database.close()


FEW = ("行政执法证件", "行政处罚案件")


@pytest.mark.parametrize(
    ("tables", "asked"),
    [
        # a day so many later, months, days between
        (FEW, ("cert-cancel-trigger", "cert-lost", "enf-90d")),
        pytest.param((), (), marks=pytest.mark.nightly),
    ],
    ids=["some", "all"],
)
def test_printed_statements_in_spark(
    tables: tuple[str, ...],
    asked: tuple[str, ...],
    session: SparkSession,
    tmp_path: Path,
    ruleset: Ruleset,
) -> None:
    """Broken by a statement that Spark doesn't run, or takes otherwise than it was meant."""
    generated(tmp_path, 1, "closed: [行政执法证件]")
    if tables:
        declared = "".join(f"  {name}: {{file: {name}.csv}}\n" for name in tables)
        settings(tmp_path, declared, "closed: [行政执法证件]")
    own = session.newSession()
    for path in tmp_path.glob("*.csv"):
        table = own.read.csv(f"file://{path}", header=True)
        table.createOrReplaceTempView(f"`{path.stem}`")
    for statement in printed(tmp_path, ruleset, "spark", asked):
        own.sql(statement)
    rows = own.sql("SELECT requirement, key, outcome, severity FROM fazhi_outcomes").collect()
    assert Counter(map(tuple, rows)) == by_the_reference(tmp_path, ruleset, asked)
    made = {table.name for table in own.catalog.listTables() if not table.isTemporary}
    assert made == {"fazhi_outcomes", "fazhi_tables"}


# files

ROWS = [
    {"人员编号": "R1", "姓名": "张某", "编制类型": "行政编制", "是否在岗": "是"},
    {"人员编号": "R2", "姓名": "李某", "编制类型": "工勤", "是否在岗": "是"},
]


def test_parquet_is_read_as_it_stands(in_spark: LakeOf, tmp_path: Path, ruleset: Ruleset) -> None:
    """Broken by an order of rows, a moment in some zone or a number written with an exponent."""
    moment = "TIMESTAMPTZ '2024-05-01 00:00:00+08'"
    for name, key in (("乙[1]", "R3"), ("甲", "R1")):
        duckdb.sql(
            f"COPY (SELECT '{key}' AS OFFICER_ID, '行政编制' AS 编制类型, TRUE AS 是否在岗, "
            f"{moment} AS 考试日期, DATE '2020-01-01' AS joined_on, 20000000.0::DOUBLE AS 序 "
            "UNION ALL "
            "SELECT 'R2', '行政', NULL, NULL, DATE '1200-01-01', 1.5 UNION ALL "
            f"SELECT NULL, NULL, NULL, NULL, NULL, NULL) TO '{tmp_path}/{name}.parquet'"
        )
    settings(tmp_path, "  执法人员: {file: '*.parquet', columns: {姓名: 序}}")
    mine = surveyed(tmp_path, ruleset, lake_of=in_spark, asked=ONE)
    assert [(one.row, one.column) for one in mine[0].unread if one.column != "序"] == [
        (1, "考试日期"), (2, "joined_on"), (4, "考试日期"), (5, "joined_on"),
    ]  # fmt: skip
    assert mine[0].tables[0].judged == 4  # nothing is written in the third row, and the sixth
    _same(mine, surveyed(tmp_path, ruleset, asked=ONE))
    address = f"file://{tmp_path}/甲.parquet"
    settings(tmp_path, f"  执法人员: {{file: '{address}'}}")
    survey, _ = surveyed(tmp_path, ruleset, lake_of=in_spark, asked=ONE)
    assert survey.tables[0].judged == 2


def test_lines_that_are_no_rows_are_counted_and_listed(
    in_spark: LakeOf, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a line that is lost in silence, or that swallows the next ones."""
    write_csv(tmp_path / "人员.csv", ROWS)
    with (tmp_path / "人员.csv").open("a", encoding="utf-8", newline="\r\n") as file:
        file.write('R3,王某,行政编制,是,多了\nR4,赵某\n,,,\nR5,"王"某,行政编制,是\n')
        file.write('R6,"孙某,行政编制,是\nR7,"钱某",行政编制,是\n')
    settings(tmp_path, "  执法人员: {file: 人员.csv}", "closed: [执法人员]")
    survey, _ = surveyed(tmp_path, ruleset, unmask=True, lake_of=in_spark, asked=ONE)
    (table,) = survey.tables
    assert (table.judged, table.broken) == (2, 4)
    lines = [(one.row, one.found.split(",")[0]) for one in survey.unread]
    assert lines == [(4, "R3"), (5, "R4"), (7, "R5"), (8, "R6")]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ("{file: 没有.parquet}", "文件夹里没有“没有.parquet”"),
        ("{file: 'file:///没有/人员.parquet'}", "“file:///没有/人员.parquet”读不了：[PATH_NOT_FOUND]"),
        ("{file: 's3a://没有/人员.parquet'}", "看地址写得对不对、那里到得了到不了"),
        ("{file: 别的码.csv}", "编码不是 UTF-8"),
        ("{file: [人员.parquet, 少一列.parquet]}", "几个文件的列不一样"),
        ("{file: 'file://{folder}/两份/*.csv'}", "csv 只能是一个文件"),
        ("{file: fazhi.yaml}", "应为 parquet 文件"),
        ("{database: 库.duckdb, table: 人员}", "--engine spark 读 parquet、csv：请先导出"),
    ],
)  # fmt: skip
def test_what_spark_can_not_read(
    tables: str, said: str, in_spark: LakeOf, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a file that isn't there, or is read in part, and nobody hears of it."""
    write_csv(tmp_path / "别的码.csv", ROWS, "gb18030")
    _as_parquet(tmp_path, "人员", ROWS)
    _as_parquet(tmp_path, "少一列", [{"人员编号": "R3", "姓名": "王某", "编制类型": "工勤"}])
    (tmp_path / "两份").mkdir()
    for name in ("甲", "乙"):
        write_csv(tmp_path / "两份" / f"{name}.csv", ROWS)
    settings(tmp_path, f"  执法人员: {tables.replace('{folder}', str(tmp_path))}")
    with pytest.raises(WrongTableError) as caught:
        surveyed(tmp_path, ruleset, lake_of=in_spark)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


# without Spark


def _refused(folder: Path, *more: str) -> str:
    told = CliRunner().invoke(main, ["check", str(folder), "--as-of", "2025-03-10", *more])
    assert told.exit_code == ExitCode.WRONG_USE
    return told.output


def test_wrong_use_says_what_to_do(tmp_path: Path) -> None:
    """Broken by an option that is passed over, or by an address that only Spark reads."""
    yunhe, spark = ROOT / "examples" / "yunhe", ["--engine", "spark"]
    assert "要同 --engine spark 一起写" in _refused(yunhe, "--master", MASTER)
    settings(tmp_path, "  执法人员: {file: 'hdfs://某处/人员.parquet'}")
    assert "要用 --engine spark 读" in _refused(tmp_path)
    (tmp_path / "fazhi.yaml").write_text("year: 2024\n", encoding="utf-8")
    assert "只用在 fazhi.yaml 写了 tables 的文件夹" in _refused(tmp_path, *spark)


NO_PYSPARK = 'raise ModuleNotFoundError("pyspark")'
WITH_CONNECT = importlib.util.find_spec("grpc") is not None


@pytest.mark.parametrize(
    ("master", "env", "said"),
    [
        ("local[1]", {"PYTHONPATH": "{none}"}, "要装 Spark：pip install 'fazhi[spark]'"),
        ("local[1]", {"PATH": "/没有"}, "这里找不到 java：装好以后放进 PATH，或者设 JAVA_HOME"),
        ("local[1]", {"JAVA_HOME": "/没有"}, "Java 起不来：--engine spark 要 Java 17 以上"),
        ("local[x]", {}, "到不了 Spark“local[x]”（Could not parse Master URL: 'local[x]'）"),
        ("spark://me:word@127.0.0.1:1", {}, "到不了 Spark“spark://127.0.0.1:1”（没有应答）"),
        (
            "sc://127.0.0.1:1/;token=word",
            {},
            "到不了 Spark“sc://127.0.0.1:1/”（没有应答）"
            if WITH_CONNECT
            else "另要几个包：pip install 'pyspark[connect]'",
        ),
    ],
)
def test_a_spark_that_is_not_there(
    master: str, env: dict[str, str], said: str, tmp_path: Path
) -> None:
    """Broken by a traceback, by what Java or a library writes on the screen, or a secret."""
    pytest.importorskip("pyspark", reason="没有装 pyspark：pip install 'fazhi[spark]'")
    (tmp_path / "pyspark").mkdir()
    (tmp_path / "pyspark" / "__init__.py").write_text(NO_PYSPARK, encoding="utf-8")
    own = {name: text.format(none=tmp_path) for name, text in env.items()}
    told = subprocess.run(
        [sys.executable, "-m", "cli", "check", "examples/yunhe", "--as-of", "2025-03-10",
         "--engine", "spark", "--master", master],
        cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stdout) == (ExitCode.WRONG_USE, "")
    assert told.stderr.startswith("出错了：")
    assert said in told.stderr
    assert told.stderr.count("\n") == 1
    assert "word" not in told.stderr


@pytest.mark.nightly
def test_a_server_of_spark_connect_comes_to_the_same(tmp_path: Path) -> None:
    """Broken by what only a session in this process can do, or by anything else on the screen."""
    pytest.importorskip("grpc", reason="没有装 pyspark[connect]")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    here = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": str(port), "spark.ui.enabled": "false"}  # fmt: skip
    spec = importlib.util.find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    command = [Path(spec.origin).parent / "bin" / "spark-submit", "--master", "local[2]",
               "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
               *(word for pair in here.items() for word in ("--conf", "=".join(pair))),
               "spark-internal"]  # fmt: skip
    server = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while server.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(1)
        found = {}
        for engine in (["--engine", "spark", "--master", f"sc://127.0.0.1:{port}"], []):
            output = tmp_path / "结果.json"
            told = subprocess.run(
                [sys.executable, "-m", "cli", "check", "examples/yunhe", "--as-of", "2025-03-10",
                 "--output", output, *engine],
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert (told.returncode, told.stdout, told.stderr) == (ExitCode.UNREAD, "", "")
            said = json.loads(output.read_text(encoding="utf-8"))
            found[bool(engine)] = said.pop("engines")[0]["name"] == "spark", said
        assert found == {True: (True, found[False][1]), False: (False, found[False][1])}
    finally:
        server.terminate()
        server.wait()


def test_an_address_is_shown_without_its_secrets() -> None:
    secret = "sc://someone:word@host:15002/;token=x;user_id=y"  # noqa: S105 - to be left out
    assert shown(secret) == "sc://host:15002/"
    assert shown("local[2]") == "local[2]"
