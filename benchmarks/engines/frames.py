"""polars: the same conditions as expressions of columns, lazily from parquet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from benchmarks.engines.duties import (
    AS_OF,
    CASE,
    CERTIFICATE,
    ELSE,
    OFFICER,
    TEXTS,
    Duty,
    names_in,
    translated,
)
from benchmarks.engines.rows import LETTERS

_TODAY: Final = dt.date.fromisoformat(AS_OF)
_YES_NO: Final = ("in_post", "public_listed", "is_reviewer", "law_qualification")
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_ACTIVE: Final = ["有效", "暂扣", "失格", "遗失", "过期"]


def _write(operator: str, parts: list[str]) -> str:
    match operator:
        case "and" | "or":
            return "(" + (" & " if operator == "and" else " | ").join(parts) + ")"
        case "not":
            return f"~({parts[0]})"
        case "name":
            return f"pl.col('{parts[0]}')"
        case "number":
            return parts[0]
        case "text":
            return f"'{parts[0]}'"
        case "list":
            return f"[{', '.join(parts)}]"
        case "in":
            return f"{parts[0]}.is_in({parts[1]})"
        case _:
            return f"({parts[0]} {operator} {parts[1]})"


def _chain(name: str, duty: Duty) -> pl.Expr:
    chain: Any = pl
    for outcome, condition in duty:
        letter = pl.lit(LETTERS[outcome])
        if condition == ELSE:
            return chain.otherwise(letter).alias(name)  # type: ignore[no-any-return]
        expression = eval(translated(condition, _write), {"pl": pl})  # noqa: S307 - ours
        chain = chain.when(expression).then(letter)
    raise ValueError(name)


def _plain(frame: pl.LazyFrame, duties: Mapping[str, Duty]) -> pl.LazyFrame:
    """Without nulls: as the rows of the others are."""
    there = set(frame.collect_schema().names())
    columns = []
    for name in names_in(duties):
        if name in there:
            column = pl.col(name)
            if name in _YES_NO:
                column = column.cast(pl.Int64).fill_null(-1)
            elif name in TEXTS:
                column = column.fill_null("")
            elif name.endswith(("_on", "_due")):
                column = (column.cast(pl.Int32) + _EPOCH).fill_null(0)
            else:
                column = column.cast(pl.Int64).fill_null(0)
            columns.append(column)
    return frame.with_columns(columns)


def _officers(folder: Path) -> list[pl.LazyFrame]:
    officers = pl.scan_parquet(folder / "officers.parquet")
    certificates = pl.scan_parquet(folder / "certificates.parquet")
    held = certificates.group_by("officer_id").agg(
        active=pl.col("status").is_in(_ACTIVE).fill_null(value=False).sum(),
        unclear=pl.col("status").is_null().sum(),
    )
    since, today = dt.date(2018, 1, 1).toordinal(), _TODAY.toordinal()
    both = _plain(officers.join(held, on="officer_id", how="left"), OFFICER).with_columns(
        since=pl.lit(since), ground=pl.col("unit").str.contains("公安局").cast(pl.Int64)
    )
    holders = officers.select(
        "officer_id", "public_law_exam", "special_law_exam", "exam_on", "law_qualification",
        linked=pl.lit(1),
    )  # fmt: skip
    theirs = certificates.join(holders, on="officer_id", how="left").with_columns(
        lost_due=pl.col("lost_on").dt.offset_by("1mo"),
        loss_due=pl.col("loss_on").dt.offset_by("30d"),
        as_of=pl.lit(today),
    )
    return [
        both.select("officer_id", *(_chain(*each) for each in OFFICER.items())),
        _plain(theirs, CERTIFICATE).select(
            "cert_no", *(_chain(*each) for each in CERTIFICATE.items())
        ),
    ]


def _cases(folder: Path) -> list[pl.LazyFrame]:
    cases = pl.scan_parquet(folder / "cases.parquet")
    handlers = pl.scan_parquet(folder / "handlers.parquet")
    of = handlers.join(cases.select("case_no", "reviewer_id"), on="case_no").group_by("case_no")
    counted = of.agg(
        handlers=pl.len(),
        nameless=pl.col("officer_id").is_null().sum(),
        same=(pl.col("officer_id") == pl.col("reviewer_id")).fill_null(value=False).sum(),
    )
    both = _plain(cases.join(counted, on="case_no", how="left"), CASE)
    return [both.select("case_no", *(_chain(*each) for each in CASE.items()))]


def prepare(folder: Path, task: str) -> Callable[[], Callable[[], Mapping[str, str]]]:
    """Outcomes, from parquet."""

    def judge() -> Callable[[], Mapping[str, str]]:
        frames = _officers(folder) if task == "officers" else _cases(folder)
        found = [frame.collect() for frame in frames]
        return lambda: {
            name: "".join(frame.sort(frame.columns[0])[name].to_list())
            for frame in found
            for name in frame.columns[1:]
        }

    return judge
