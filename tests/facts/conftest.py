"""An office's folder, built file by file, with a small schema of its own."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from engine.model.facts import Facts, Level, Problem
from engine.model.schema import Schema
from engine.model.values import Record
from facts.folder import read_folder
from facts.records.load import read_schema

SMALL = {
    "matter.yaml": """
type: matter
title: 决策
sheets: [决策台账, 重大决策台账]
key: [no]
label: title
fields:
  no: {type: string, title: 编号, synonyms: [序号, 决策序号]}
  title: {type: string, title: 事项}
  unit: {type: string, title: 承办单位, agency: true}
  major: {type: bool, title: 是否重大}
  kind: {type: enum, title: 类别, values: {常务会议: [政府常务会议, 常务会], 全体会议: [全体会]}}
  amount: {type: number, title: 金额, unit: 元}
  people: {type: int, title: 人数, unit: 人}
  materials: {type: set, title: 材料, complete: true, values: {草案: [决策草案], 说明: [起草说明]}}
  basis: {type: set, title: 依据}
  exempt: {type: string, title: 豁免情形, blank: absent}
  expert_count: {type: int, title: 专家人数, unit: 人}
  signed_count: {type: int, title: 署名人数}
  risk: {type: object, title: 风险评估, main: risk.on}
  risk.on: {type: date, time: event, title: 评估日期, synonyms: [风险评估日期]}
  risk.doc: {type: string, title: 评估报告, synonyms: [文号]}
  talk: {type: object, title: 集体讨论}
  talk.planned_on: {type: date, time: term, title: 拟上会日}
  talk.on: {type: date, time: event, planned: talk.planned_on, title: 讨论日期, synonyms: [日期]}
  talk.at: {type: datetime, time: event, title: 开会时间}
nested:
  experts:
    {of: expert, title: 专家名单, synonyms: [专家], cell: name, count: expert_count,
     tally: {signed_count: signed}}
links:
  owners: {to: agency, title: 单位, on: {name: unit}}
  years: {to: agency_year, title: 单位各年, on: {name: unit}}
""",
    "expert.yaml": """
type: expert
title: 论证专家
parent: matter
sheets: [专家]
label: name
distinct: [name]
fields:
  name: {type: string, title: 专家姓名, synonyms: [姓名]}
  signed: {type: bool, title: 是否署名}
""",
    "agency.yaml": """
type: agency
title: 执法单位
sheets: [单位]
key: [name]
fields:
  name: {type: string, title: 单位名称, agency: true}
  officers: {type: int, title: 执法人员数, unit: 人}
links:
  matters: {to: matter, title: 承办事项, on: {unit: name}}
""",
    "agency_year.yaml": """
type: agency_year
title: 单位年度
generated: {each: agency}
key: [name, year]
fields:
  name: {type: string, title: 单位名称}
  year: {type: int, title: 年度}
  officers: {type: int, title: 执法人员数, unit: 人}
links:
  matters: {to: matter, title: 承办事项, on: {unit: name}}
""",
    "place_year.yaml": """
type: place_year
title: 本地年度
generated: {}
key: [year]
fields:
  year: {type: int, title: 年度}
  start: {type: date, time: term, title: 年初}
  end: {type: date, time: term, title: 年末}
links:
  matters: {to: matter, title: 决策, on: {}}
""",
    "place.yaml": """
type: place
title: 本地
key: [name]
fields:
  name: {type: string, title: 地名}
  level: {type: enum, title: 层级, values: {县级: [县]}}
  reviewers: {type: set, title: 审查机构, complete: true, agency: true}
  filing_superior: {type: string, title: 备案上级, agency: true}
""",
    "manual_answer.yaml": """
type: manual_answer
title: 人工认定
key: [requirement, record_type, record_key]
fields:
  requirement: {type: string, title: 要求编号}
  record_type: {type: string, title: 对象类型}
  record_key: {type: string, title: 对象编号}
  answer: {type: enum, title: 认定结论, values: {符合: [], 不符合: [], 不涉及: []}}
  by: {type: string, title: 认定人}
  on: {type: date, time: event, title: 认定日期}
""",
}

Rows = Iterable[Sequence[object]]


class Office:
    """A folder being filled, and what reading it gives."""

    def __init__(self, folder: Path, schema: Schema) -> None:
        self.folder, self.schema = folder, schema

    def xlsx(
        self,
        name: str = "台账.xlsx",
        merges: Mapping[str, Sequence[str]] | None = None,
        **sheets: Rows,
    ) -> Path:
        """A workbook with a sheet per keyword; `merges` by sheet."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for merge in (merges or {}).get(title, ()):
                sheet.merge_cells(merge)
        path = self.folder / name
        book.save(path)
        return path

    def write(self, name: str, content: str | bytes | object) -> Path:
        """A file of text (UTF-8), bytes, or anything JSON."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    def read(self, year: int | None = 2024) -> Facts:
        """The facts of the folder as it stands."""
        return read_folder(self.folder, self.schema, year=year)

    def one(self, record_type: str = "matter") -> Record:
        """The only record of a type; there must be no error."""
        facts = self.read()
        assert errors(facts) == []
        (record,) = facts.records[record_type]
        return record


def untold(name: str) -> str:
    """What is added to a refusal of a file whose name doesn't tell what it holds."""
    return (
        "（文件名看不出是哪本台账，读进来以前，哪一本都不能当作录全；"
        f"与台账无关的，写进“设置.xlsx”的“不看的文件”，或在 fazhi.yaml 里加一行 ignore: [{name}]）"
    )


def errors(facts: Facts) -> list[str]:
    """The texts of the problems that are errors."""
    return [problem.text() for problem in facts.problems if problem.level is Level.ERROR]


def notes(facts: Facts) -> list[Problem]:
    """The problems that only say what was done."""
    return [problem for problem in facts.problems if problem.level is Level.NOTE]


def patched(
    path: Path, changes: Mapping[str, bytes], extra: Mapping[str, bytes] | None = None
) -> None:
    """Rewrite entries of a zip file, and add some."""
    with zipfile.ZipFile(path) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    entries.update(changes)
    entries.update(extra or {})
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    path.write_bytes(buffer.getvalue())


@pytest.fixture(scope="session")
def small() -> Schema:
    """A schema with one of everything."""
    return read_schema({f"facts/records/{name}": text for name, text in SMALL.items()})


@pytest.fixture
def office(tmp_path: Path, small: Schema) -> Office:
    """An empty folder read with the small schema."""
    return Office(tmp_path, small)
