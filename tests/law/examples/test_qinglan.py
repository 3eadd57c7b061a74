"""The example county: exactly the findings worked out by hand, through the real command line."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from cli import main
from examples import tables
from examples.ledgers import build, cases, disputes, officers, services, training, units
from tests.conftest import ROOT
from tests.law.examples.ledgers import Ledgers
from tests.results import whole

EXAMPLES = ROOT / "examples"
FOLDER = EXAMPLES / "qinglan"
REPORT = "青岚县2024年法治政府建设年度报告.txt"
COVERED: dict[str, Any] = {
    name: told for domain in tables.DOMAINS for name, told in tables.expected(domain).items()
}
RUN = tables.run()
DAY = str(RUN["as_of"])
BOUNDARIES = [(name, b) for name, told in COVERED.items() for b in told["boundaries"]]
FINDINGS = [(name, f) for name, told in COVERED.items() for f in told["findings"]]
WANTED = Counter((name, f["record"], f["outcome"], f["severity"]) for name, f in FINDINGS)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def assessed(result: Result) -> dict[str, Any]:
    assert not isinstance(result.exception, Exception), result.exception
    found: dict[str, Any] = whole(result.stdout)
    return found


@pytest.fixture(scope="session")
def checked() -> tuple[int, dict[str, Any]]:
    result = run("check", FOLDER, "--as-of", DAY, "--format", "json")
    return result.exit_code, assessed(result)


@pytest.fixture(scope="session")
def readable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder without the slips that can't be read."""
    folder = tmp_path_factory.mktemp("qinglan")
    build(folder, readable=True)
    for name in ("fazhi.yaml", REPORT):
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    return folder


def record(outcome: dict[str, Any]) -> str:
    """The record's key; what the program numbered itself goes by what it says."""
    key = str(outcome["subject_key"])
    if not outcome["subject_type"].startswith("report_"):
        return key
    return str(outcome["subject_label"]).removeprefix(f"“{key}”").strip()


def assert_exactly(assessment: dict[str, Any], wanted: Counter[tuple[str, str, str, str]]) -> None:
    """All that is judged, both ways: nothing more is found, and nothing less."""
    found = Counter(
        (o["requirement"], record(o), o["outcome"], o["severity"])
        for o in assessment["outcomes"]
        if o["finding"]
    )
    more, less = sorted((found - wanted).elements()), sorted((wanted - found).elements())
    assert [f"{where(one[0])}：报出了，没有人写：{one[1:]}" for one in more] == []
    assert [f"{where(one[0])}：写了，没有报出：{one[1:]}" for one in less] == []


def where(requirement: str, key: str = "qinglan.findings") -> str:
    """The file in which to write what a requirement finds in the example, and under which key."""
    (path,) = (ROOT / "rulesets").glob(f"*/{requirement}.yaml")
    name = path.with_suffix(".expected.yaml").relative_to(ROOT).as_posix()
    return f"{name} {key}"


def test_what_nobody_worked_out_is_told_with_the_file_to_write_it_in() -> None:
    """Fails if whoever adds a requirement would not learn where to write what it finds."""
    found = {
        "requirement": "dec-archive", "subject_key": "决1", "subject_type": "decision",
        "outcome": "gap", "severity": "major", "finding": True,
    }  # fmt: skip
    file = "rulesets/decision/dec-archive.expected.yaml qinglan.findings"
    one = ("dec-archive", "决1", "gap", "major")
    with pytest.raises(AssertionError, match=f"{file}：报出了，没有人写：.*决1"):
        assert_exactly({"outcomes": [found]}, Counter())
    with pytest.raises(AssertionError, match=f"{file}：写了，没有报出：.*决1"):
        assert_exactly({"outcomes": []}, Counter([one]))
    assert_exactly({"outcomes": [found]}, Counter([one]))


def test_the_findings_are_exactly_those_worked_out(checked: tuple[int, dict[str, Any]]) -> None:
    assert_exactly(checked[1], WANTED)


def test_readable_cells_settle_what_hung_on_them(readable: Path) -> None:
    """The folder without slips: the same, less what the slips left open.

    What is left of errors are days that can't be so, however well they are read.
    """
    result = run("check", readable, "--as-of", DAY, "--format", "json")
    assessment = assessed(result)
    problems = [p for i in assessment["inputs"] for p in i["problems"]]
    stay = sorted(p["place"] for p in RUN["problems"] if p.get("stays"))
    assert sorted(p["place"] for p in problems if p["level"] == "error") == stay
    settled = Counter(tuple(found) for found in RUN["settled"])
    assert_exactly(assessment, WANTED - settled)
    assert result.exit_code == RUN["exits"]["check"]["readable"]


def test_the_other_side_of_each_limit_is_no_finding(
    checked: tuple[int, dict[str, Any]],
) -> None:
    outcomes: dict[tuple[str, str], list[str]] = {}
    for outcome in checked[1]["outcomes"]:
        outcomes.setdefault((outcome["requirement"], record(outcome)), []).append(
            outcome["outcome"]
        )
    wrong = [
        (name, b["record"], b["outcome"], found)
        for name, b in BOUNDARIES
        if (found := outcomes.get((name, b["record"]))) != [b["outcome"]]
    ]
    assert wrong == []


def test_every_requirement_has_something_to_judge(checked: tuple[int, dict[str, Any]]) -> None:
    """Fails if a ledger is taken out of the folder: its requirements would find no record.

    A requirement on a ledger that the example never had says so itself.
    """
    requirements = checked[1]["requirements"]
    without = {
        o["requirement"]
        for o in checked[1]["outcomes"]
        if o["subject_type"] != requirements[o["requirement"]]["subject"]
    }
    said = {name for name, told in COVERED.items() if told["without"]}
    how = "示例里没有可判的；没有这种台账的，写 qinglan: {without: 为什么}"
    assert [f"{where(name, '')}{how}" for name in sorted(without - said)] == []
    assert said - without == set()


def test_no_engine_disagrees(checked: tuple[int, dict[str, Any]]) -> None:
    assert checked[1]["summary"]["disagreements"] == 0


def test_the_gates_stand_as_worked_out(checked: tuple[int, dict[str, Any]]) -> None:
    found: dict[str, dict[str, str]] = {}
    for gate in checked[1]["gates"]:
        found.setdefault(gate["subject_key"], {})[gate["gate"]] = gate["state"]
    wanted = {
        key: {gate: state for gate, state in states.items() if gate != "why"}
        for key, states in RUN["gates"].items()
    }
    assert found == wanted


def test_reading_meets_exactly_these_problems(checked: tuple[int, dict[str, Any]]) -> None:
    found = [
        (problem["place"], problem["level"], problem["text"])
        for item in checked[1]["inputs"]
        for problem in item["problems"]
    ]
    wanted = [(p["place"], p["level"], p["says"]) for p in RUN["problems"]]
    assert sorted(p[:2] for p in found) == sorted(p[:2] for p in wanted)
    for place, level, says in wanted:
        assert any(says in text for p, lv, text in found if (p, lv) == (place, level)), says


def test_exit_code_of_the_check(checked: tuple[int, dict[str, Any]]) -> None:
    assert checked[0] == RUN["exits"]["check"]["with_slips"]


@pytest.mark.parametrize("slips", ["with_slips", "readable"])
@pytest.mark.parametrize("key", [key for key in RUN["exits"] if key != "check"])
def test_predecision(key: str, slips: str, readable: Path, tmp_path: Path) -> None:
    """On the ledgers that a decision is in: the others say nothing of it."""
    for name in ("fazhi.yaml", "重大行政决策台账2024.xlsx", "年度统计和报告报送.xlsx"):
        source = FOLDER if slips == "with_slips" else readable
        (tmp_path / name).write_bytes((source / name).read_bytes())
    result = run("predecision", tmp_path, key, "--as-of", DAY, "--format", "json")
    states = {gate["gate"]: gate["state"] for gate in assessed(result)["gates"]}
    assert states == {g: s for g, s in RUN["gates"][key].items() if g != "why"}
    assert result.exit_code == RUN["exits"][key][slips]


def test_the_cells_named_say_what_is_quoted() -> None:
    """Each cell that a finding names, by its address or its column, holds what is quoted."""
    ledgers = Ledgers(FOLDER)
    report = (FOLDER / REPORT).read_text(encoding="utf-8")
    wrong = []
    for name, finding in FINDINGS:
        for quoted in finding.get("quotes", []):
            assert report.count(quoted) == 1, (name, quoted)
        for address, text in finding.get("cells", {}).items():
            row = str(finding.get("row", re.split(r"[/#]", finding["record"])[0]))
            found = ledgers.text(finding["place"], address, row)
            if found != text:
                wrong.append((name, finding["record"], address, text, found))
    assert wrong == []


def test_what_is_planted_is_explained() -> None:
    """Fails if somebody plants a fault or a near miss and works nothing out for it."""
    explained = json.dumps(COVERED, ensure_ascii=False)
    planted = {
        *officers.OFFICER_CHANGES,
        *officers.CERT_CHANGES,
        *(str(row["持证人编号"]) for row in officers.OLD_CERTIFICATES),
        *training.HOURS,
        *(str(row["案号"]) for row in cases.SPECIAL),
        *(str(row["案号"]) for row in disputes.LAWSUITS),
        *(str(row["复议案号"]) for row in disputes.RECONSIDERATIONS),
        *(str(row["登记编号"]) for row in disputes.REQUESTS),
        *(str(row["建议书文号"]) for row in disputes.ADVICE),
        *units.CHANGES,
        *services.PUBLISHED,
    }
    assert sorted(key for key in planted if key not in explained) == []


def test_the_ledgers_are_what_the_script_builds(tmp_path: Path) -> None:
    build(tmp_path)
    for built in tmp_path.iterdir():
        kept = FOLDER / built.name
        if built.suffix == ".xlsx":
            # Cells and merges, not bytes: how the XML is written hangs on what is installed.
            assert cells(built) == cells(kept), built.name
        else:
            assert built.read_bytes() == kept.read_bytes(), built.name


def cells(path: Path) -> dict[str, object]:
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: (
            [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()],
            sorted(str(merged) for merged in sheet.merged_cells.ranges),
        )
        for sheet in book.worksheets
    }


def test_the_readme_has_the_tables() -> None:
    """On failure: `python -m examples.tables` writes them between the marks of the page."""
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert tables.filled(page) == page
