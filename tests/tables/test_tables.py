"""Tables judged: the same by whichever engine, never milder than the ledgers, nothing lost."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from engine.judging.ahead import come_about
from engine.judging.run import judge, run_of
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from facts.folder import read_folder, read_office
from tables.declared import WrongTableError, all_types, tables_of
from tables.duck_lake import DuckLake
from tables.judged import open_tables
from tests.conftest import shut
from tests.tables.folders import AS_OF, settings, surveyed, write_csv
from tests.tables.generated import generated


@pytest.mark.rounds(1, nightly=40)
def test_the_same_by_whichever_engine_and_never_milder_than_the_ledgers(
    rounds: int, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a cell, a link or a day that one way of judging takes otherwise than the other."""
    seen: Counter[Outcome] = Counter()
    held = 0
    for seed in range(rounds):
        folder = tmp_path / str(seed)
        folder.mkdir()
        generated(folder, seed, "closed: [行政执法证件]" if seed % 2 else "")
        survey, outcomes = surveyed(folder, ruleset)
        assert survey.engines[0].name == "duckdb"
        assert survey.engines[1].sample
        assert survey.differing == ()
        everyday, same = surveyed(folder, ruleset, large=10_000)
        assert "duckdb" not in {engine.name for engine in everyday.engines}
        assert outcomes == same
        assert survey.outcomes == everyday.outcomes
        assert survey.severities == everyday.severities
        assert survey.findings == everyday.findings
        assert survey.unread == everyday.unread
        seen.update(outcomes.values())
        held += _held_against_ledgers(folder, ruleset, outcomes)
    assert {Outcome.MET, Outcome.GAP, Outcome.UNKNOWN, Outcome.BORDERLINE} <= set(seen)
    assert held > 50 * rounds


def _held_against_ledgers(
    folder: Path, ruleset: Ruleset, outcomes: dict[tuple[str, int], Outcome]
) -> int:
    """How many outcomes that settle a matter were held against the same files as ledgers."""
    text = (folder / "fazhi.yaml").read_text(encoding="utf-8").partition("tables:")[0]
    (folder / "fazhi.yaml").write_text(text, encoding="utf-8")
    facts = read_folder(folder, ruleset.schema, jurisdiction="河南")
    run = come_about(run_of(ruleset, facts, AS_OF))
    asked = [ruleset.requirements[name] for name in sorted({name for name, _ in outcomes})]
    judged = judge(run, asked)
    held = 0
    for each in asked:
        for record, outcome in zip(
            run.records[each.subject], judged.outcomes[each.id], strict=True
        ):
            row = (record.source.line or 0) - 1
            mine = outcomes.get((each.id, row))
            # rows that say the same are one record there, and each its own here
            if mine in (Outcome.MET, Outcome.NOT_APPLICABLE):
                held += 1
                assert outcome is mine, (each.id, row, outcome, mine)
    return held


ROWS = [
    {"人员编号": "R1", "姓名": "张某", "编制类型": "行政编制", "是否在岗": "是"},
    {"人员编号": "R2", "姓名": "李某", "编制类型": "工勤", "是否在岗": "是"},
]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("utf-8", "\t"), ("gbk", ";")],
)
def test_csv_in_any_of_our_encodings(
    encoding: str, mark: str, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a mark at the beginning of a file, or by another encoding, that hides a column."""
    write_csv(tmp_path / "人员.csv", ROWS, encoding, mark)
    settings(tmp_path, "  执法人员: {file: 人员.csv}")
    survey, _ = surveyed(tmp_path, ruleset)
    (table,) = survey.tables
    assert (table.judged, table.bad_rows, table.broken) == (2, 0, 0)
    assert list(table.columns) == ["人员编号", "姓名", "编制类型", "是否在岗"]


def test_lines_that_are_no_rows_are_counted_and_listed(tmp_path: Path, ruleset: Ruleset) -> None:
    """Broken by a line that is lost in silence; its ledger isn't complete then."""
    write_csv(tmp_path / "人员.csv", ROWS)
    with (tmp_path / "人员.csv").open("a", encoding="utf-8") as file:
        file.write("R3,王某,行政编制,是,多了\nR4,赵某\n,,,\n")
    settings(tmp_path, "  执法人员: {file: 人员.csv}", "closed: [执法人员]")
    survey, _ = surveyed(tmp_path, ruleset, unmask=True)
    (table,) = survey.tables
    assert (table.judged, table.broken) == (2, 2)
    lines = sorted((one.row, one.column) for one in survey.unread)
    assert lines == [(4, "（整行）"), (5, "（整行）")]


_QUOTES = [
    # what is added, the officers that are read, the lines that are told of
    ('R3,"王某,行政编制,是', ["R1", "R2", "R4"], [4]),  # never closed
    ('R3,"王某,行政编制,是\nR5,"钱某",行政编制,是', ["R1", "R2", "R5", "R4"], [4]),
    ('R3,"王某,行政编制,是\nR5,钱某",行政编制,是', ["R1", "R2", "R4"], [4, 5]),  # one row or two
    ('R3,"王"某,行政编制,是', ["R1", "R2", "R4"], [4]),
    ('R3,王"某,行政编制,是', ["R1", "R2", "R3", "R4"], []),
    ('R3,"王\n某",行政编制,是\nR5,"钱""某,钱",行政编制,是', ["R1", "R2", "R3", "R5", "R4"], []),
]


@pytest.mark.parametrize("added", _QUOTES)
@pytest.mark.parametrize("more", [0, 200_000])
def test_quotes_that_do_not_pair_lose_no_other_row(
    added: tuple[str, list[str], list[int]], more: int, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a quotation mark that swallows rows after it: of many, in pieces read apart."""
    lines, read, told = added
    write_csv(tmp_path / "人员.csv", ROWS)
    with (tmp_path / "人员.csv").open("a", encoding="utf-8") as file:
        file.write(f"{lines}\nR4,赵某,行政编制,是\n")
        file.writelines(f"M{number},某某,行政编制,是\n" for number in range(more))
    settings(tmp_path, "  执法人员: {file: 人员.csv}", "closed: [执法人员]")
    facts, declared = read_office(tmp_path, ruleset.schema)
    with DuckLake(tmp_path, AS_OF, facts.year) as lake:
        opened = open_tables(lake, all_types(tables_of(declared.tables, ruleset.schema)))
        rows = lake.database.rows('SELECT 人员编号 FROM "officer|table" ORDER BY "|row"')
    assert [row[0] for row in rows] == [*read, *(f"M{number}" for number in range(more))]
    assert sorted({line for line, _, _ in opened.broken["officer"]}) == told


def _parquet(folder: Path, query: str) -> None:
    duckdb.sql(f"COPY ({query}) TO '{folder}/人员.parquet' (FORMAT parquet)")


def test_typed_columns_of_parquet(tmp_path: Path, ruleset: Ruleset) -> None:
    """Broken by a moment in some zone taken for a day, by NULL for a value, by case of a name; by
    a moment that is written otherwise where the machine stands elsewhere."""
    _parquet(
        tmp_path,
        "SELECT 'R1' AS OFFICER_ID, '行政编制' AS 编制类型, TRUE AS 是否在岗, "
        "TIMESTAMPTZ '2024-05-01 00:00:00+08' AS 考试日期, DATE '2020-01-01' AS joined_on "
        "UNION ALL SELECT NULL, NULL, NULL, NULL, NULL "
        "UNION ALL SELECT 'R2', '行政', NULL, NULL, DATE '1200-01-01'",
    )
    settings(tmp_path, "  执法人员: {file: '*.parquet'}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        survey, outcomes = surveyed(tmp_path, ruleset)
    time.tzset()
    assert survey.unread[0].found == "2024-04-30 16:00:00+00"
    (table,) = survey.tables
    assert table.judged == 2  # nothing is written in the second row
    assert dict(table.columns) == {
        "人员编号": "OFFICER_ID", "编制类型": "编制类型", "是否在岗": "是否在岗",
        "考试日期": "考试日期", "进入执法岗位日期": "joined_on",
    }  # fmt: skip
    assert [(one.row, one.column) for one in survey.unread] == [(1, "考试日期"), (3, "joined_on")]
    assert {row for _, row in outcomes} == {1, 3}


def test_rows_of_several_files_are_numbered_through(tmp_path: Path, ruleset: Ruleset) -> None:
    """Broken by a row that can't be found by its number, or two rows of one number."""
    for name, first in (("甲", 0), ("乙", 3)):
        rows = "SELECT 'R' || i AS 人员编号, CASE WHEN i % 2 = 1 THEN '也许' END AS 是否在岗"
        _parquet(tmp_path, f"{rows} FROM range({first}, {first + 3}) r(i)")
        (tmp_path / "人员.parquet").rename(tmp_path / f"{name}.parquet")
    settings(tmp_path, "  执法人员: {file: [甲.parquet, 乙.parquet]}")
    survey, outcomes = surveyed(tmp_path, ruleset)
    assert survey.tables[0].judged == 6
    assert {row for _, row in outcomes} == {1, 2, 3, 4, 5, 6}
    assert [one.row for one in survey.unread] == [2, 4, 6]


def test_tables_of_databases(tmp_path: Path, ruleset: Ruleset) -> None:
    """Broken by a database that is read otherwise than a file with the same rows."""
    write_csv(tmp_path / "人员.csv", ROWS)
    settings(tmp_path, "  执法人员: {file: 人员.csv}")
    _, wanted = surveyed(tmp_path, ruleset)
    (tmp_path / "人员.csv").unlink()
    with duckdb.connect(str(tmp_path / "库.duckdb")) as other:
        other.execute("CREATE SCHEMA 人; CREATE TABLE 人.名册 (人员编号 VARCHAR, 姓名 VARCHAR, "
                      "编制类型 VARCHAR, 是否在岗 BOOLEAN)")  # fmt: skip
        other.executemany("INSERT INTO 人.名册 VALUES (?, ?, ?, ?)",
                          [(*list(row.values())[:3], True) for row in ROWS])  # fmt: skip
    settings(tmp_path, "  执法人员: {database: 库.duckdb, table: 人.名册}")
    assert surveyed(tmp_path, ruleset)[1] == wanted
    with sqlite3.connect(tmp_path / "库.sqlite") as lite:
        lite.execute("CREATE TABLE 名册 (人员编号, 姓名, 编制类型, 是否在岗)")
        lite.executemany("INSERT INTO 名册 VALUES (?, ?, ?, ?)", [tuple(r.values()) for r in ROWS])
    lite.close()
    settings(tmp_path, "  执法人员: {database: 库.sqlite, table: 名册}")
    assert surveyed(tmp_path, ruleset)[1] == wanted


def test_places_have_their_own_numbers_and_no_settings_in_common(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a certificate of one place that makes an officer of another hold one."""
    officers = [{**ROWS[0], "所在单位": "水利局", "县": place} for place in ("甲县", "乙县", "")]
    certificate = {"证号": "Z1", "人员编号": "R1", "证件种类": "执法证", "证件状态": "有效"}
    write_csv(tmp_path / "人员.csv", officers)
    write_csv(tmp_path / "证件.csv", [{**certificate, "县": "乙县"}])
    tables = "  执法人员: {file: 人员.csv, place: 县}\n  执法证件: {file: 证件.csv, place: 县}"
    settings(tmp_path, tables, "closed: [执法证件]")
    survey, outcomes = surveyed(tmp_path, ruleset)
    assert survey.tables[0].twins == 0
    staff = [outcomes["cert-eligible-staff", row] for row in (1, 2, 3)]
    # who holds none need not be eligible; of an officer of nobody knows where, nobody knows that
    assert staff == [Outcome.NOT_APPLICABLE, Outcome.MET, Outcome.UNKNOWN]
    assert {group.place for group in survey.places} == {"甲县", "乙县", ""}
    assert "cert-township-capacity" in survey.refused


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ("  执法人圆: {file: 人员.csv}", "不是台账的名称，是否指“执法人员”？"),
        ("  执法人员: {file: 没有.csv}", "文件夹里没有“没有.csv”"),
        ("  执法人员: {file: ../外.csv}", "文件夹里没有“../外.csv”"),
        ("  执法人员: {file: 人员.csv, columns: {编制类形: 姓名}}", "是否指“编制类型”？"),
        ("  执法人员: {file: 人员.csv, columns: {编制类型: 编制}}", "没有“编制”这一列"),
        ("  执法人员: {file: 人员.csv, place: 县}", "没有“县”这一列"),
        ("  执法人员: {file: 人员.csv, tabel: x}", "没有“tabel”这一项"),
        ("  执法人员: {file: 人员.csv, database: x, table: y}", "只写一样"),
        ("  执法人员: {file: 人员.csv, parent: 姓名}", "不从属于别的"),
        ("  执法人员: {file: 人员.csv}\n  officer: {file: 人员.csv}", "写了两次"),
        ("  办案人员: {file: 人员.csv}", "请写 parent"),
        ("  执法人员: {file: fazhi.yaml}", "应为 parquet 文件"),
        ("  执法人员: 人员.csv", "应写成 {file: 文件}"),
        ("  执法人员: {database: 库.duckdb, table: 没有}", "文件夹里没有“库.duckdb”"),
        ("  行政处罚案件: {file: 罚款.csv}", "写的单位是“万”"),
        ("  执法人员: {file: 重名.csv}", "有两列都叫“姓名”"),
        ("  执法人员: {file: 大小写.csv}", "有两列都叫“officer_id”"),
        ("  执法人员: {file: 别的.csv}", "没有一列对得上"),
    ],
)  # fmt: skip
def test_what_a_table_can_not_be_gone_by(
    tables: str, said: str, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a wrong name, file, column or unit that is passed over."""
    (tmp_path.parent / "外.csv").write_text("人员编号\nR1\n", encoding="utf-8")
    write_csv(tmp_path / "人员.csv", ROWS)
    (tmp_path / "罚款.csv").write_text("案号,罚款（万元）\n罚1号,3\n", encoding="utf-8")
    (tmp_path / "重名.csv").write_text("姓名,姓名\n甲,乙\n", encoding="utf-8")
    (tmp_path / "大小写.csv").write_text("officer_id,OFFICER_ID\nR1,R2\n", encoding="utf-8")
    (tmp_path / "别的.csv").write_text("天气\n晴\n", encoding="utf-8")
    settings(tmp_path, tables)
    with pytest.raises(WrongTableError) as caught:
        surveyed(tmp_path, ruleset)
    assert said in str(caught.value)


_CASE = {
    "案号": "罚1号",
    "处罚决定日期": "2024-03-01",
    "办案人员数": "2",
    "法制审核日期": "2024-02-20",
    "法制审核人员编号": "R0001",
}
_HANDLERS = [{"案号": "罚1号", "人员编号": f"R{number}"} for number in (2, 3)]


@pytest.mark.parametrize(
    ("more", "outcome"), [([], Outcome.MET), ([{"案号": "罚1号", "人员编号": ""}], Outcome.UNKNOWN)]
)
def test_a_row_that_names_only_what_it_is_of_is_one_more(
    more: list[dict[str, str]], outcome: Outcome, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken where a handler without a number is nobody: two of three say who they are."""
    write_csv(tmp_path / "案件.csv", [_CASE])
    write_csv(tmp_path / "办案.csv", [*_HANDLERS, *more])
    declared = "  行政处罚案件: {file: 案件.csv}\n  办案人员: {file: 办案.csv, parent: 案号}\n"
    settings(tmp_path, declared)
    survey, outcomes = surveyed(tmp_path, ruleset)
    assert {table.title: table.judged for table in survey.tables} == {
        "行政处罚案件": 1,
        "办案人员": 2 + len(more),
    }
    assert outcomes["cert-reviewer-separate", 1] is outcome


def test_a_part_that_nobody_may_look_for_is_not_left_out(
    tmp_path: Path, ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a pattern that passes over a folder: what lies there would have no gaps."""
    for name in ("甲", "乙"):
        (tmp_path / "分片" / name).mkdir(parents=True)
        said = f"COPY (SELECT '{name}1' AS 人员编号) TO '{tmp_path}/分片/{name}/人员.parquet'"
        duckdb.sql(said)
    settings(tmp_path, "  执法人员: {file: 分片/*/人员.parquet}")
    survey, _ = surveyed(tmp_path, ruleset)
    assert [table.judged for table in survey.tables] == [2]
    shut(monkeypatch, "乙")
    with pytest.raises(WrongTableError, match=r"“分片.*人员.parquet”读不了：没有权限"):
        surveyed(tmp_path, ruleset)
