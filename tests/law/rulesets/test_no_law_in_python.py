"""Python knows no law: no instrument, article, legal threshold or requirement id in product code.

Comments and docstrings may say which article a calculation follows; code and messages may not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.ruleset.model import Ruleset
from tests.conftest import ROOT

PACKAGES = ("commands", "engine", "facts", "reporter", "tables", "web")
FILES = sorted(
    [
        ROOT / "cli.py",
        ROOT / "opening.py",
        *(p for d in PACKAGES for p in (ROOT / d).rglob("*.py")),
    ]
)
ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百\d]+条")
THRESHOLD = re.compile(r"[零〇一二三四五六七八九十百\d]+(?:个工作日|日内|学时|万元)")


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of a module but docstrings, with its line."""
    said = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for item in body if isinstance(body, list) else ():
            if isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant):
                said.add(id(item.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def found(source: str, ruleset: Ruleset) -> list[tuple[int, str]]:
    """Lines of a source that name a law, an article, a threshold or a requirement, and what."""
    ids = {*ruleset.requirements, *ruleset.covered}
    laws = {i.name.strip("《》") for i in ruleset.instruments.values()}
    numbers = {i.number for i in ruleset.instruments.values() if i.number}
    hits = []
    for line, text in strings(ast.parse(source)):
        hits += [(line, name) for name in ids if re.search(rf"(?<![\w-]){name}(?![\w-])", text)]
        hits += [(line, name) for name in laws | numbers if name in text]
        hits += [(line, text)] if text in ruleset.instruments else []
        hits += [(line, match[0]) for match in ARTICLE.finditer(text)]
        hits += [(line, match[0]) for match in THRESHOLD.finditer(text)]
    return sorted(hits)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_python_names_a_law(path: Path, ruleset: Ruleset) -> None:
    assert found(path.read_text(encoding="utf-8"), ruleset) == []


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ('x = "dec-legality-7wd"', ["dec-legality-7wd"]),
        ('x = "见 dec-legality-7wd。"', ["dec-legality-7wd"]),
        ('if law == "TL713": pass', ["TL713"]),
        ('raise ValueError(f"按《重大行政决策程序暂行条例》{x}")', ["重大行政决策程序暂行条例"]),
        ('x = "国务院令第713号"', ["国务院令第713号"]),
        ('x = "第二十五条"', ["第二十五条"]),
        ('x = "第25条"', ["第25条"]),
        ('x = "7个工作日"', ["7个工作日"]),
        ('"""As 《民法典》第二百零三条 has it."""', []),
        ('def f():\n    """第二百零三条"""', []),
        ('x = 1\n"""第二百零三条"""', []),
        ('x = "{0}后第{1}个工作日"', []),
        ("# 第二十五条", []),
        ('x = "dec-legality-7wd-more"', []),
    ],
)
def test_what_counts_as_naming(source: str, named: list[str], ruleset: Ruleset) -> None:
    assert [name for _, name in found(source, ruleset)] == named
