"""Tables that fazhi.yaml declares, judged where they lie."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.program import progress
from opening import cached_ruleset, today

if TYPE_CHECKING:  # `fazhi --help` stays fast
    from engine.judging.run import Run
    from engine.model.survey import Survey
    from engine.ruleset.model import Ruleset
    from tables.declared import Declared


def declares_tables(folder: Path) -> bool:
    """Whether the settings of a folder speak of tables."""
    from facts.place import TABLES, YAML_NAMES

    named = (folder / name for name in YAML_NAMES)
    found = next((path for path in named if path.is_file()), None)
    if found is None:
        return False
    return any(
        line.startswith(TABLES)
        for line in found.read_bytes().decode("utf-8", "replace").splitlines()
    )


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


def surveyed(folder: Path, options: dict[str, Any], profile: str | None) -> Survey:
    """The tables of a folder judged; all findings beside the output, if there is one."""
    from engine.assessing.assess import chosen_requirements
    from facts.folder import not_taken_in
    from reporter.files import write_whole
    from tables.counting import counted, exported
    from tables.declared import all_types
    from tables.judged import TableRun, judge_tables, open_tables
    from tables.lake import Lake

    ruleset, run, declared, agencies = office(folder, options)
    asked = chosen_requirements(ruleset, profile or "")
    beside = []
    with Lake(folder, run.world.as_of, run.year) as lake:
        opened = open_tables(lake, all_types(declared))
        one = TableRun(lake, ruleset, run, opened, agencies, progress=progress)
        judged = judge_tables(one, asked)
        survey = counted(lake, ruleset, run, judged)
        output = options["output"]
        if output is not None:
            for called, path in exported(lake):
                target = output.with_name(f"{output.name.partition('.')[0]}.{called}.parquet")
                write_whole(target, path.read_bytes())
                beside.append(target.name)
        left_out = not_taken_in(folder, lake.used, run.facts)
    return replace(survey, beside=tuple(beside), left_out=tuple(left_out))
