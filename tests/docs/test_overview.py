"""The glossary has one row per word; the architecture page names what exists and its picture."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

from docs.house import House, Picture
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome
from tests.conftest import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = CONFIG["tool"]["importlinter"]["contracts"]
REFUSED = {
    "engine/language/up.py": "import engine.judging.judge",
    "engine/judging/room.py": "import engine.guard.examples",
    "engine/clock.py": "",  # a module in no room
    "engine/cellar/__init__.py": "",  # a room in no order
    "engine/model/reads.py": "import facts.place",
    "engine/model/shows.py": "import reporter.titles",
    "engine/explaining/asks.py": "import duckdb",
    "engine/guard/lint/proves.py": "import z3",
    "facts/writing/judges.py": "import engine.language.tree",
    "facts/files/up.py": "import facts.ledgers.headers",
    "facts/joining/aside.py": "import facts.report.words",
    "facts/attic.py": "",
    "reporter/terminal/guards.py": "import engine.guard.examples",
    "reporter/rules/rules.py": "import engine.ruleset.model",
    "reporter/documents/aside.py": "import reporter.terminal.page",
    "reporter/up.py": "",
    "reporter/documents/serves.py": "import web.models",
}
"""New modules, each with what it may not import; none where it stands in no room."""

ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| 英文"))
]


def test_one_row_per_word_with_one_sentence() -> None:
    words = [row[0] for row in ROWS]
    assert len(words) == len(set(words))
    for word, chinese, sentence in ROWS:
        assert chinese, word
        assert sentence.endswith("。"), word
        assert sentence.count("。") == 1, word


def test_outcomes_and_severities_are_called_as_the_program_calls_them() -> None:
    titles = {row[0].removesuffix(" (outcome)"): row[1] for row in ROWS if row[1] != "不明"}
    for outcome in Outcome:
        assert titles[outcome.value] == OUTCOME_TITLES[outcome]
    (severity,) = (row[2] for row in ROWS if row[0] == "severity")
    assert severity == "、".join(SEVERITY_TITLES.values()) + "。"


def test_every_module_named_exists() -> None:
    for named in re.findall(r"`((?:engine|facts|reporter|web)/[\w/.]*)`", ARCHITECTURE):
        assert (ROOT / named).exists(), named


def test_the_picture_is_well_formed_and_shown() -> None:
    ET.parse(ROOT / "docs" / "architecture.svg")  # noqa: S314 - our own file
    assert "](architecture.svg)" in ARCHITECTURE


def test_the_table_of_imports_is_what_import_linter_holds() -> None:
    """Broken by an import allowed in one of the two alone."""
    allowed = {
        tuple(side.rstrip(".*").replace(".", "/") + "/" for side in line.split(" -> "))
        for contract in CONTRACTS
        if contract["type"] == "protected"
        and {"engine", "facts", "tables"} & set(contract["protected_modules"])
        for line in contract["ignore_imports"]
    }
    rows = [
        re.findall(r"`([\w/]+/)`", line)
        for line in ARCHITECTURE.partition("\n## 各块，")[2].partition("\n## ")[0].splitlines()
        if re.match(r"\| `(commands|facts|reporter|tables|web)/", line)
    ]
    assert {(source, target) for source, *targets in rows for target in targets} == allowed
    assert allowed == {
        ("facts/", "engine/model/"),
        ("reporter/", "engine/model/"),
        ("reporter/rules/", "engine/guard/"),
        ("commands/", "engine/"),
        ("commands/", "facts/"),
        ("commands/", "reporter/"),
        ("commands/", "tables/"),
        ("tables/", "engine/"),
        ("tables/", "facts/writing/"),
        ("web/", "engine/"),
        ("web/", "facts/"),
        ("web/", "reporter/"),
    }


def test_every_room_says_what_belongs_in_it_and_the_picture_shows_every_arrow() -> None:
    """Broken by an arrow that is drawn for no import, or not drawn for one."""
    house = House(ROOT)
    rooms = [room for block in house.rooms.values() for room in block]
    shown = {
        f"{block}/{path.name}"
        for block in ("engine", "facts", "reporter")
        for path in (ROOT / block).iterdir()
        if not path.name.startswith("_")
    }
    assert {room.path.rstrip("/") for room in rooms} == shown
    assert [room for room in rooms if not room.holds.endswith("。")] == []
    drawn = Picture(house).svg()
    blocks = ("engine", "facts", "reporter")
    arrows = sum(len(house.arrows(block)) for block in blocks)
    outside = sum(len(house.between(block)) for block in blocks)
    # and three from what joins the blocks
    assert drawn.count("marker-end=") == arrows + outside + 3
    assert {room for block in blocks for _, room in house.between(block)} == {
        "engine.model",
        "engine.guard",
    }


def test_the_rooms_are_measured(tmp_path: Path) -> None:
    """Three rooms: one imports both others, one module by three modules' length.

    Broken by counting an arrow for each import, or a way round a circle.
    """
    written = {
        "facts/one.py": "import facts.two.c\nimport facts.three\nimport facts.two.a\n",
        "facts/two/a.py": "from facts.two import b\n",
        "facts/two/b.py": "from facts.two import c\n",
        "facts/two/c.py": "from facts.two import b\n",
        "facts/three.py": "import engine.low\n",
        "engine/low.py": "",
        "reporter/page.py": "",
    }
    for path, text in written.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True, parents=True)
        (file.parent / "__init__.py").touch()
        file.write_text(text, encoding="utf-8")
    program = "import sys; from docs.house import House, Path; h = House(Path(sys.argv[1])); "
    program += "print(sorted(h.arrows('facts')), h.chain('facts'), h.between('facts'))"
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == (
        "[('facts.one', 'facts.three'), ('facts.one', 'facts.two')] "
        "['facts.one', 'facts.two.a', 'facts.two.b'] "
        "{('engine', 'engine.low'): {'facts.three'}}"
    )


def test_a_new_module_that_breaks_a_rule_is_refused_as_the_contracts_stand(tmp_path: Path) -> None:
    """Broken by a contract that lists what is forbidden, and so knows no new module."""
    for name in ("commands", "engine", "facts", "reporter", "tables", "web", "tests/law/city"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "cli.py", "opening.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for path, line in REFUSED.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(f"{line}\n", encoding="utf-8")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    told = subprocess.run(
        [*command, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1, told.stdout + told.stderr
    modules = {path.removesuffix("/__init__.py").removesuffix(".py") for path in REFUSED}
    missed = [name for name in modules if name.replace("/", ".") not in told.stdout]
    assert missed == [], told.stdout
