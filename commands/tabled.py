"""Tables that fazhi.yaml declares, judged where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from commands.program import progress
from opening import cached_ruleset, today
from reporter.files import disk_told, make_folder, write_whole

if TYPE_CHECKING:  # `fazhi --help` stays fast
    from engine.judging.run import Run
    from engine.model.survey import Survey
    from engine.ruleset.model import Ruleset
    from reporter.formats import SurveyFormat
    from tables.declared import Declared
    from tables.lake import Lake
    from tables.results import Results

DUCKDB: Final = "duckdb"
SPARK: Final = "spark"
ENGINES: Final = (DUCKDB, SPARK)
LAKE_FAILED: Final = "按表核对要用的临时文件夹用不了，什么结论都没有写出"
_OWN: Final = "local[*]"
_APART: Final = "地方"
_ALLOWED: Final = "（）()·-"
_LONGEST: Final = 60
"""Characters of a folder's name."""


def declares_tables(folder: Path) -> bool:
    """Whether the settings of a folder speak of tables; what keeps them unread is told later."""
    from facts.files.names import YAML_NAMES
    from facts.files.open import Found, is_file, read_bytes
    from facts.files.refused import RefusedError
    from facts.place import TABLES

    named = (folder / name for name in YAML_NAMES)
    found = next((path for path in named if is_file(path)), None)
    if found is None:
        return False
    try:
        data = read_bytes(Found(found.name, found))
    except RefusedError:
        return False
    return any(line.startswith(TABLES) for line in data.decode("utf-8", "replace").splitlines())


def office(
    folder: Path, options: dict[str, Any]
) -> tuple[Ruleset, Run, list[Declared], dict[str, str]]:
    """The rules, the office without ledgers, its tables, and what its agencies are called."""
    from engine.judging.run import run_of
    from facts.folder import read_office
    from facts.local.folders import local_rules
    from tables.declared import tables_of

    ruleset = cached_ruleset(local_rules(folder, options["local"])).read()
    facts, settings = read_office(
        folder, ruleset.schema, year=options["year"], jurisdiction=options["jurisdiction"]
    )
    declared = tables_of(settings.tables, ruleset.schema)
    run = run_of(ruleset, facts, options["as_of"] or today(), unmask=options["unmask"])
    return ruleset, run, declared, dict(settings.agencies)


def surveyed(
    folder: Path, options: dict[str, Any], profile: str | None, form: SurveyFormat
) -> Survey:
    """The tables of a folder judged; beside the output all findings, and each place's own."""
    from engine.assessing.assess import chosen_requirements
    from facts.folder import not_taken_in
    from tables.counting import counted
    from tables.declared import all_types
    from tables.judged import TableRun, judge_tables, open_tables
    from tables.results import by_place, results_of

    ruleset, run, declared, agencies = office(folder, options)
    asked = chosen_requirements(ruleset, profile or "")
    with _lake(folder, run, options) as lake:
        opened = open_tables(lake, all_types(declared))
        one = TableRun(lake, ruleset, run, opened, agencies, lake.everyday, progress=progress)
        judged = judge_tables(one, asked)
        results = results_of(lake, judged, unmask=run.unmask)
        survey = counted(results, ruleset, run, judged)
        output = options["output"]
        if output is not None:
            beside = _beside(lake, results, output)
            apart = output.with_name(f"{_stem(output)}.{_APART}")
            names = _Names()
            for own in by_place(lake, results):
                progress(f"{own.place} …")
                where = _folder(apart, names.of(own.place or "")) / output.name
                its = replace(counted(own, ruleset, run, judged), beside=_beside(lake, own, where))
                write_whole(where, form.render(its))
            survey = replace(survey, beside=beside, apart=apart.name if names.taken else "")
        left_out = not_taken_in(folder, lake.used, run.facts)
    return replace(survey, left_out=tuple(left_out))


@contextmanager
def _lake(folder: Path, run: Run, options: dict[str, Any]) -> Iterator[Lake]:
    """The database that was asked for; what it refuses ends the command, not the program."""
    from engine.judging.sql.database import RefusedError
    from engine.model.errors import WrongNameError
    from tables.declared import WrongTableError
    from tables.duck_lake import DuckLake
    from tables.lake import short

    engine, master = options["engine"] or DUCKDB, options["master"]
    as_of, year = run.world.as_of, run.year
    try:
        if engine == SPARK:
            from engine.judging.sql.spark.session import spark_session
            from tables.spark_lake import SparkLake

            where = master or _OWN
            with (
                disk_told(LAKE_FAILED),
                spark_session(where) as session,
                SparkLake(folder, session, where, as_of, year) as lake,
            ):
                yield lake
        elif master is not None:
            raise WrongNameError("--master 是 Spark 的地址，要同 --engine spark 一起写")
        else:
            with disk_told(LAKE_FAILED), DuckLake(folder, as_of, year) as lake:
                yield lake
    except RefusedError as error:
        raise WrongTableError(f"{engine} 没有核完，什么结论都没有写出：{short(error)}") from error


def _stem(output: Path) -> str:
    return output.name.partition(".")[0]


def _beside(lake: Lake, results: Results, output: Path) -> tuple[str, ...]:
    """Write all findings, counts and unread cells beside an output; the files' names."""
    names = []
    for called, path in results.exported(lake.copies):
        target = output.with_name(f"{_stem(output)}.{called}.parquet")
        write_whole(target, path.read_bytes())
        names.append(target.name)
    return tuple(names)


def _folder(above: Path, name: str) -> Path:
    make_folder(above)
    make_folder(above / name)
    return above / name


@dataclass
class _Names:
    """What folders are called after what stands in a table: each of its own, on every system."""

    taken: set[str] = field(default_factory=set)

    def of(self, said: str) -> str:
        """A name for a folder."""
        plain = "".join(each if each.isalnum() or each in _ALLOWED else "_" for each in said)
        name, number = plain[:_LONGEST], 1
        while not name.strip("_") or name.casefold() in self.taken:
            number += 1
            name = f"{plain[:_LONGEST]}_{number}"
        self.taken.add(name.casefold())
        return name
