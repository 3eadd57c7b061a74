"""What a person must settle, as rows of the 人工认定 ledger."""

from __future__ import annotations

from tests.law.city.case import Case
from tests.law.city.days import day


def answered(case: Case, requirement: str, kind: str, answer: str) -> Case:
    """A person's answer about a matter; `kind` says what the matter is."""
    row = {
        "要求编号": requirement,
        "对象类型": kind,
        "对象编号": case.key,
        "认定结论": answer,
        "认定人": "王某",
        "认定日期": day("2025-06-01"),
        "认定理由": "查阅原件",
    }
    case.linked.append(Case("人工认定", "要求编号", row))
    return case
