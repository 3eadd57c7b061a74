"""Order of files, rows, columns and requirements changes nothing in the JSON but places."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from engine.assessing.assess import assess
from engine.judging.run import run_of
from engine.model.assessment_json import to_json
from engine.model.field import FieldKind, FieldType
from engine.model.schema import Schema
from engine.model.values import Elements
from engine.ruleset.model import Requirement, Ruleset
from facts.folder import read_folder
from tests.agreement.differential import comparison as c
from tests.agreement.properties.material import generated

Tables: TypeAlias = Mapping[str, list[dict[str, str]]]
LEDGERS = ("decision", "normative_doc", "penalty_case")
AS_OF = dt.date(2025, 3, 10)
ODD = ("", "无", "/", "详见附件", "拟3月", "２０２４年５月", "见会议纪要")
"""What people write where a value should stand."""


def _cell(spec: FieldType, dice: random.Random) -> str:
    """A cell as a clerk may fill it."""
    if dice.random() < 0.25:
        return dice.choice(ODD)
    match spec.type:
        case FieldKind.BOOL:
            return dice.choice(("是", "否"))
        case FieldKind.ENUM:
            return dice.choice(tuple(spec.values))
        case FieldKind.DATE:
            return (AS_OF - dt.timedelta(dice.randrange(400))).isoformat()
        case FieldKind.INT | FieldKind.NUMBER:
            return str(dice.randrange(60))
        case FieldKind.SET:
            return "、".join(dice.choices(tuple(spec.values) or ("甲", "乙"), k=2))
        case _:
            return dice.choice(("甲", "乙", "丙"))


def _tables(schema: Schema, dice: random.Random) -> Tables:
    """Ledgers with a dozen columns each; some keys stand twice."""
    tables = {}
    for name in LEDGERS:
        record_type = schema.types[name]
        kinds = (FieldKind.OBJECT, FieldKind.DATETIME)
        columns = [p for p, s in record_type.fields.items() if s.type not in kinds]
        chosen = dice.sample(columns, 12)
        tables[name] = [
            {
                record_type.fields[path].title: f"{name[:3]}{dice.randrange(6)}"
                for path in record_type.key
            }
            | {
                record_type.fields[path].title: _cell(record_type.fields[path], dice)
                for path in chosen
                if path not in record_type.key
            }
            for _ in range(7)
        ]
    return tables


def _write(
    folder: Path,
    tables: Mapping[str, list[dict[str, str]]],
    schema: Schema,
    dice: random.Random | None = None,
) -> Path:
    """The ledgers as files; with dice, rows and columns turned and the files named otherwise."""
    folder.mkdir()
    names = list(tables)
    for number, name in enumerate(names):
        rows = list(tables[name])
        columns = list(rows[0])
        title = schema.types[name].title
        file = f"{number}{title}.csv"
        if dice is not None:
            dice.shuffle(rows)
            dice.shuffle(columns)
            file = f"{len(names) - number}{title}（新）.csv"
        with (folder / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _without_places(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {k: _without_places(v) for k, v in value.items() if k not in ("inputs", "source")}
    return [_without_places(item) for item in value] if isinstance(value, list) else value


def _assessed(folder: Path, ruleset: Ruleset) -> Any:  # noqa: ANN401 - any JSON
    facts = read_folder(folder, ruleset.schema, year=2024, jurisdiction="henan")
    run = replace(run_of(ruleset, facts, AS_OF), explain_all=True)
    return _without_places(json.loads(to_json(assess(ruleset, run))))


def _few(ruleset: Ruleset, dice: random.Random) -> dict[str, Requirement]:
    about = [r for r in ruleset.requirements.values() if r.subject in LEDGERS]
    return {r.id: r for r in sorted(dice.sample(about, 12), key=lambda r: r.id)}


@pytest.mark.rounds(2, nightly=12)
def test_order_changes_nothing_but_places(rounds: int, ruleset: Ruleset, tmp_path: Path) -> None:
    """Broken by a key that is found by its place, by a first of several, or by a set's order."""
    for seed in range(rounds):
        dice = random.Random(seed)  # noqa: S311 - dice
        tables = _tables(ruleset.schema, dice)
        few = _few(ruleset, dice)
        forth = replace(ruleset, requirements=few, gates={}, profiles={})
        back = replace(forth, requirements=dict(reversed(few.items())))
        one = _write(tmp_path / f"{seed}a", tables, ruleset.schema)
        other = _write(tmp_path / f"{seed}b", tables, ruleset.schema, dice)
        found = _assessed(one, forth)
        assert len(found["outcomes"]) >= 20
        assert found == _assessed(other, back), seed


@pytest.mark.rounds(12, nightly=150)
def test_order_of_elements_changes_no_outcome(rounds: int) -> None:
    """Broken by a quantifier, a count or a sum that stops early on the wrong element."""
    for seed in range(rounds):
        material = generated(seed)
        before = c.judged(material)
        listed = [
            (record, name, value)
            for records in material.records.values()
            for record in records
            for name, value in record.values.items()
            if isinstance(value, Elements)
        ]
        for record, name, value in listed:
            record.values[name] = replace(value, items=value.items[::-1])
        after = c.judged(material)
        for record, name, value in listed:
            record.values[name] = value
        assert after == before, seed
