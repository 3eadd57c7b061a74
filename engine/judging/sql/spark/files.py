"""Files that Spark reads: parquet and csv, at paths and addresses that it can reach."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from engine.judging.sql.database import RefusedError
from engine.judging.sql.spark.database import SparkDb, quoted, refusing
from engine.model.regex import regex

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_PATTERN: Final = regex(r"([\\\[\]{}*?])")
_PATH: Final = "|path"
_BROKEN: Final = "|broken"


def plain(path: str) -> str:
    """The address of one file, of which nothing is a pattern."""
    return _PATTERN.sub(r"\\\1", path)


def read_parquet(
    database: SparkDb, name: str, addresses: Sequence[str], number: str
) -> dict[str, str]:
    """A view of parquet files, one after the other, and what types its columns are of.

    `number` is the column that numbers the rows. Raises `RefusedError`, also where the files
    don't have the same columns: a column that is missing in one would be as if left blank.
    """
    with refusing():
        read, files = database.session.read, []
        for address in addresses:
            files += sorted(unquote(file) for file in read.parquet(address).inputFiles())
        first, *others = (read.parquet(plain(file)).schema for file in files)
        for file, schema in zip(files[1:], others, strict=True):
            if [(each.name, each.dataType) for each in schema] != [
                (each.name, each.dataType) for each in first
            ]:
                raise RefusedError(f"几个文件的列不一样：{files[0]}、{file}")
        found = read.schema(first).parquet(*map(plain, files))
        database.hold(name, _numbered(found, files, number))
    return {each.name: each.dataType.simpleString() for each in first}


def _numbered(found: DataFrame, files: Sequence[str], number: str) -> DataFrame:
    """The rows, numbered from 0 as they stand in the files: the same however often it is read."""
    from pyspark.sql import functions as f  # noqa: PLC0415

    lies = found.metadataColumn("_metadata")
    many = found.groupBy(lies["file_path"].alias(_PATH)).count().collect()
    place = {_spelt(file): position for position, file in enumerate(files)}
    before, starts = 0, []
    for path, rows in sorted(many, key=lambda each: place[_spelt(unquote(each[0]))]):
        starts += [f.lit(path), f.lit(before)]
        before += rows
    start = f.create_map(*starts)[lies["file_path"]] if starts else f.lit(0)
    row = (start + lies["row_index"]).cast("bigint").alias(number)
    texts = [_text(found[quoted(each.name)], each.dataType.simpleString()) for each in found.schema]
    named = [text.alias(each.name) for text, each in zip(texts, found.schema, strict=True)]
    return found.select(*named, row)


def _spelt(file: str) -> str:
    return re.sub("^file:/+", "file:/", file)


def _text(column: Column, kind: str) -> Column:
    """A column as it is told: moments with their zone, fractions without exponents.

    Of fractions nothing is changed by it; a moment in some zone is no day in any case.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415

    if kind == "timestamp":
        return f.concat(column.cast("string"), f.lit("+00"))
    if kind not in ("float", "double"):
        return column
    written = column.cast("string")
    digits = [column.try_cast(f"decimal(38, {scale})") for scale in (1, 4)]
    same = [f.when(each.cast(kind) == column, each.cast("string")) for each in digits]
    return f.when(written.contains("E"), f.coalesce(*same, written)).otherwise(written)


def first_line(database: SparkDb, address: str) -> str:
    """The first line of a text. Raises `RefusedError`."""
    with refusing():
        line = database.session.read.text(address).first()
    return "" if line is None else str(line[0])


def read_csv(
    database: SparkDb, name: str, address: str, header: tuple[list[str], str], number: str
) -> list[tuple[int, str, str]]:
    """A table of a csv file in UTF-8 as texts; the lines that are no rows.

    Of those the number, what is wrong, and what stands there. `header` are the names of the
    columns and the mark between cells, `number` is the column that numbers the rows. Raises
    `RefusedError`, also where the file isn't in UTF-8.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415

    columns, mark = header
    with refusing():
        kinds = ", ".join(f"{quoted(each)} STRING" for each in (*columns, _BROKEN))
        read = database.session.read.csv(
            address, kinds, mark, header=True, multiLine=True, mode="PERMISSIVE",
            columnNameOfCorruptRecord=_BROKEN, quote='"', escape='"', enforceSchema=True,
        )  # fmt: skip
        if len(read.inputFiles()) != 1:
            raise RefusedError("csv 只能是一个文件")
        # a file is read in one piece where its lines need not be rows: so its rows have an order
        table = read.withColumn(number, f.monotonically_increasing_id()).localCheckpoint(eager=True)
        cells = [table[quoted(each)] for each in columns]
        said = f.coalesce(table[_BROKEN], f.concat_ws(mark, *cells))
        if table.where(said.contains("\ufffd")).limit(1).collect():
            raise RefusedError("编码不是 UTF-8，请另存为 UTF-8 的 csv")
        # A cell that still begins with its quotation mark was never closed, and one that goes over
        # lines may not have been: what stands in it may be rows.
        torn = f.coalesce(
            f.greatest(*(each.rlike('^"|[\\n\\r]') for each in (*cells, f.lit("")))), f.lit(False)
        )
        broken = table[_BROKEN].isNotNull()
        wrong = f.when(broken, f.lit("格数与表头不一样")).when(
            torn, f.lit("引号不配对，或者格子里换了行")
        )
        fine = table.where(wrong.isNull()).drop(_BROKEN)
        database.hold(name, fine)
        lines = table.where(wrong.isNotNull()).select(table[number], wrong, said).orderBy(number)
        return [(int(row) + 2, str(what), str(text)) for row, what, text in lines.collect()]
