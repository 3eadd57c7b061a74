"""Lawful matters as rows, each changed in one place, in one folder of real files."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml
from openpyxl import Workbook

HERE: Final = Path(__file__).parent
FIRST: Final = 100
"""The number of the first matter of a folder: it is lawful, and must stay so beside the others."""

SETTINGS: Final[Mapping[str, Any]] = {
    "place": {
        "name": "青禾县", "level": "县级", "superior": "禾川市", "government": "青禾县人民政府",
        "government_office": "青禾县人民政府办公室", "party_committee": "中共青禾县委员会",
        "npc": "青禾县人大常委会", "judicial_bureau": "青禾县司法局",
        "market_regulator": "青禾县市场监督管理局", "superior_government": "禾川市人民政府",
        "superior_party": "中共禾川市委员会", "superior_judicial": "禾川市司法局",
        "reviewers": ["青禾县司法局"], "collectors": ["青禾县农村商业银行"],
    },
    "year": 2024,
    "jurisdiction": "henan",
    "filing_superior": "禾川市人民政府",
}  # fmt: skip
CLOSED: Final[Mapping[str, list[str]]] = {
    "决策": ["重大行政决策台账", "听证会", "听证参加人"],
    "文件": ["规范性文件台账", "备案"],
    "执法": [
        "执法人员", "执法证件", "培训记录", "执法活动", "执法活动人员", "行政处罚案件", "强制措施",
    ],
}  # fmt: skip

FINDINGS: Final = frozenset({"gap", "borderline", "not_evidenced", "failed", "pending"})
DUTIES: Final[Mapping[str, list[str]]] = {
    "决策": [
        "dec-archive", "dec-catalog-off-list", "dec-collective-forum", "dec-collective-record",
        "dec-comment-30d", "dec-comment-channel", "dec-comment-closed", "dec-comment-package",
        "dec-end-order", "dec-expert-independence", "dec-expert-needed", "dec-expert-signed",
        "dec-feedback-adoption", "dec-initiation-study", "dec-issue-approved", "dec-lead-unit",
        "dec-legal-basis-list", "dec-legality-7wd", "dec-legality-before-discussion",
        "dec-legality-counsel", "dec-legality-materials", "dec-legality-negative",
        "dec-legality-not-substituted", "dec-legality-rereview", "dec-legality-three-aspects",
        "dec-party-report", "dec-public-participation", "dec-publish", "dec-publish-20wd",
        "dec-risk-controllable", "dec-risk-needed", "dec-risk-report", "dec-scope-classification",
        "dec-secrecy-review", "dec-step-order", "dec-submission-package",
    ],
    "文件": [
        "nd-collective", "nd-file-npc-30d", "nd-file-superior-15d", "nd-interpretation",
        "nd-issuer", "nd-legality-not-substituted", "nd-legality-opinion", "nd-legality-review",
        "nd-legality-reviewer", "nd-legality-time", "nd-minutes", "nd-public-comment",
        "nd-publish", "nd-publish-20wd", "nd-three-unified",
    ],
    "执法": [
        "cert-60-hours", "cert-aux-staff", "cert-eligible-staff", "cert-hold-before-act",
        "cert-shown", "cert-suspended", "cert-training-exam", "cert-two-officers",
        "cert-unit-scope", "cert-valid-on-date", "enf-90d", "enf-case-filing", "enf-collective",
        "enf-filed-penalty-review", "enf-fine-separation", "enf-hearing-offer",
        "enf-hearing-request-5wd", "enf-legal-review", "enf-limitation", "enf-major-filing",
        "enf-notify", "enf-seizure-30d", "enf-serve-7wd",
    ],
}  # fmt: skip
"""The duties that each lawful matter records as fulfilled."""

Case: TypeAlias = dict[str, Any]
Row: TypeAlias = dict[str, Any]
Sheets: TypeAlias = dict[str, list[Row]]


@cache
def _lawful() -> dict[str, dict[str, tuple[str, Row]]]:
    found: dict[str, dict[str, tuple[str, Row]]] = yaml.safe_load(
        (HERE / "lawful.yaml").read_text(encoding="utf-8")
    )
    return found


def cases(name: str) -> list[Case]:
    """The cases of a file beside this one."""
    found: list[Case] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return found


def rows_of(case: Case, number: int) -> Iterable[tuple[str, Row]]:
    """The rows of a matter, changed as the case says, with the sheets that they go to."""
    matter = copy.deepcopy(_lawful()[case["matter"]])
    for alias in case.get("drop", ()):
        del matter[alias]
    for alias, added in case.get("add", {}).items():
        sheet, like = copy.deepcopy(matter[added["like"]])
        matter[alias] = (sheet, {**like, **added["row"]})
    for alias, changes in case.get("set", {}).items():
        matter[alias][1].update(changes)
    for alias, gone in case.get("without", {}).items():
        for column in gone:
            del matter[alias][1][column]
    for sheet, row in matter.values():
        yield sheet, {column: _filled(value, number) for column, value in row.items()}


def _filled(value: object, number: int) -> object:
    return value.replace("{n}", str(number)) if isinstance(value, str) else value


def sheets_of(cases_: Sequence[Case]) -> Sheets:
    """The sheets of a folder with these matters, numbered from FIRST on."""
    sheets: Sheets = defaultdict(list)
    for number, case in enumerate(cases_, FIRST):
        for sheet, row in rows_of(case, number):
            sheets[sheet].append(row)
    return sheets


def grid(rows: Sequence[Row]) -> list[list[object]]:
    """Rows as a table with its header."""
    headers = list(dict.fromkeys(column for row in rows for column in row))
    return [[*headers], *([row.get(header) for header in headers] for row in rows)]


def write(folder: Path, matter: str, sheets: Sheets, **settings: object) -> Path:
    """The folder's workbook and its settings; the workbook's path."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in grid(rows):
            page.append(row)
    folder.mkdir(exist_ok=True)
    path = folder / f"{matter}台账.xlsx"
    book.save(path)
    said = {**copy.deepcopy(SETTINGS), "closed": CLOSED[matter], **settings}
    (folder / "fazhi.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return path


def outcomes(assessment: Mapping[str, Any], number: int) -> dict[tuple[str, str], str]:
    """What is said of one matter: by requirement and key, its number taken out of the key."""
    mine = str(number)
    return {
        (o["requirement"], o["subject_key"].replace(mine, "")): o["outcome"]
        for o in assessment["outcomes"]
        if mine in o["subject_key"]
    }


def gates(assessment: Mapping[str, Any], number: int) -> dict[str, str]:
    """The gates of one matter, each with its state."""
    mine = str(number)
    return {g["gate"]: g["state"] for g in assessment["gates"] if mine in g["subject_key"]}


def suffered(assessment: Mapping[str, Any], number: int, matter: str) -> list[str]:
    """The duties that a lawful matter fulfils and that aren't met, and its gates that are shut."""
    found: dict[str, set[str]] = defaultdict(set)
    for (requirement, _), said in outcomes(assessment, number).items():
        found[requirement].add(said)
    wrong = [f"{r} {sorted(found[r])}" for r in DUTIES[matter] if found[r] != {"met"}]
    wrong += [f"{r} {sorted(said)}" for r, said in found.items() if said & FINDINGS]
    return wrong + [f"{g} {s}" for g, s in gates(assessment, number).items() if s != "open"]
