"""The counts of one assessment agree in every format: each is read back from what was written."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from cli import main
from engine.model.assessment import Assessment
from engine.model.assessment_json import from_json
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome, Severity
from reporter.formats import FORMATS
from tests.reporter.golden import text_of

ROOT: Final = Path(__file__).parents[2]
SMALL: Final = {
    "fazhi.yaml": "year: 2024\nplace: {name: 芦川县, level: 县级}\njurisdiction: 河南\n",
    "重大行政决策台账.csv": (
        "决策编号,决策事项,承办单位,是否重大行政决策,不适用本程序的情形,另有程序的依据,"
        "合法性审查意见日期,讨论日期,出台日期,公布日期,公布渠道\n"
        "决1,县城停车管理办法,县城管局,是,,,2024-05-08,2024-05-06,2024-05-20,无,无\n"
        "决2,县城供水价格方案,县水利局,是,,,2024-06-05,2024-06-06,2024-06-20,,\n"
        "决3,县城供热方案,县住建局,,,,2024-06-20,2024-07-01,2024-07-09,2024-07-12,政府网站\n"
    ),
    "豁免.csv": (
        "要求,对象,豁免理由,豁免依据,批准人,开始日期,截止日期\n"
        "决策公布,决1,网站改版,县政府批示,王某,2025-01-01,2025-12-31\n"
    ),
}
"""A folder with gaps, a waiver, and much that can't be told."""


def assessed(folder: Path) -> Assessment:
    args = ["check", str(folder), "--as-of", "2025-03-10", "--format", "json"]
    return from_json(CliRunner().invoke(main, args).stdout)


@pytest.fixture(scope="module", params=["example", "small"])
def assessment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Assessment:
    if request.param == "example":
        return assessed(ROOT / "examples" / "qinglan")
    folder = tmp_path_factory.mktemp("芦川")
    for name, text in SMALL.items():
        (folder / name).write_text(text, encoding="utf-8")
    return assessed(folder)


def counted(a: Assessment) -> dict[str, int]:
    """The counts worked out from the outcomes alone, by what they are called."""
    found = [e for e in a.outcomes if e.finding]
    left = [e for e in found if e.waiver is None and e.outcome is not Outcome.UNKNOWN]
    undecided = sum(e.outcome is Outcome.UNKNOWN for e in found)
    waived = sum(e.waiver is not None for e in found)
    counts = {"须处理": len(left), "判断不了、必须先解决的": undecided, "已豁免": waived}
    for severity in Severity:
        counts[SEVERITY_TITLES[severity]] = sum(e.severity is severity for e in left)
    for outcome in Outcome:
        counts[OUTCOME_TITLES[outcome]] = sum(e.outcome is outcome for e in a.outcomes)
    return {name: number for name, number in counts.items() if number}


_TO_ACT: Final = re.compile(
    "须处理　?([0-9]+)项(?:（(.*?)）)?"  # then what isn't told where there is none
    "(?:；判断不了、必须先解决的([0-9]+)项)?(?:；已豁免([0-9]+)项)?"
)
_KINDS: Final = "|".join((*OUTCOME_TITLES.values(), *SEVERITY_TITLES.values()))
_OF_EACH: Final = re.compile(f"({_KINDS}) ([0-9]+)")


def said(text: str) -> dict[str, int]:
    """The counts that a text states, by what it calls them."""
    to_act = _TO_ACT.search(text)
    assert to_act is not None
    left, severities, undecided, waived = to_act.groups()
    named = {"须处理": left, "判断不了、必须先解决的": undecided, "已豁免": waived}
    counts = {name: int(number) for name, number in named.items() if number}
    counts |= {name: int(number) for name, number in _OF_EACH.findall(severities or "")}
    in_all = re.search(f"{OUTCOME_TITLES[Outcome.MET]} [0-9]+ · .*", text)
    assert in_all is not None
    counts |= {name: int(number) for name, number in _OF_EACH.findall(in_all[0])}
    return {name: number for name, number in counts.items() if number}


def shown(a: Assessment, form: str) -> str:
    content = FORMATS[form].render(a)
    if form == "xlsx":
        assert isinstance(content, bytes)
        sheets = load_workbook(io.BytesIO(content)).worksheets
        return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)
    return text_of(content, form).replace("\n　　　　", " · ")  # a long row goes on


STATED: Final = [form for form in FORMATS if form not in ("json", "blanks")]
"""The formats that state their counts; JSON gives them as its summary."""


@pytest.mark.parametrize("form", STATED)
def test_every_format_states_the_same_counts(assessment: Assessment, form: str) -> None:
    """Broken where one of them counts the waived in, or leaves a kind out."""
    expected = counted(assessment)
    assert {"须处理", "判断不了、必须先解决的", "必须先解决", "符合要求"} <= set(expected)
    assert said(shown(assessment, form)) == expected


def test_json_states_them_too(assessment: Assessment) -> None:
    summary = json.loads(shown(assessment, "json"))["summary"]
    counts = {OUTCOME_TITLES[Outcome(name)]: n for name, n in summary["outcomes"].items() if n}
    expected = counted(assessment)
    assert counts == {name: n for name, n in expected.items() if name in OUTCOME_TITLES.values()}
    unwaived = expected["须处理"] + sum(
        e.outcome is Outcome.UNKNOWN and e.finding and e.waiver is None for e in assessment.outcomes
    )
    assert sum(summary["findings"].values()) == unwaived
    assert summary["waived"] == expected.get("已豁免", 0)


def _in_terminal(text: str) -> int:
    return len(re.findall("^    问题　", text, re.MULTILINE))


def _in_markdown(text: str) -> int:
    return len(re.findall(r"^- \*\*【", text, re.MULTILINE))


def _in_html(text: str) -> int:
    return len(re.findall('id="f-[0-9a-f]', text))


def _in_oscal(text: str) -> int:
    (result,) = json.loads(text)["assessment-results"]["results"]
    kinds = Counter(
        (props["finding"], props["outcome"] == "unknown")
        for finding in result["findings"]
        for props in [{p["name"]: p["value"] for p in finding["props"]}]
    )
    return kinds["true", False]


LISTED: Final[dict[str, Callable[[str], int]]] = {
    "terminal": _in_terminal, "markdown": _in_markdown, "html": _in_html, "oscal": _in_oscal,
}  # fmt: skip


@pytest.mark.parametrize("form", LISTED)
def test_as_many_findings_are_listed_as_are_counted(assessment: Assessment, form: str) -> None:
    """Those that a waiver stands beside are listed as well."""
    found = [e for e in assessment.findings if e.outcome is not Outcome.UNKNOWN]
    assert LISTED[form](shown(assessment, form)) == len(found)


def test_the_table_of_findings_has_a_row_for_each(assessment: Assessment) -> None:
    """Those that can't be told stand in it too, under what came out."""
    content = FORMATS["xlsx"].render(assessment)
    assert isinstance(content, bytes)
    head, *rows = load_workbook(io.BytesIO(content))["整改台账"].values
    column = head.index("结论")
    found = Counter(OUTCOME_TITLES[entry.outcome] for entry in assessment.findings)
    assert Counter(row[column] for row in rows) == found


_SLUG: Final = re.compile(r"[a-z]{2,}(?:[-_.:][a-z0-9_]+)+")
_BRACES: Final = re.compile("[{}]")
_MARKUP: Final = re.compile("<style.*?</style>|<script.*?</script>|<[^>]*>", re.DOTALL)
_KNOWN: Final = {"fazhi.yaml", "durable_rules", "fazhi-assessment"}
"""The settings, an engine and the schema: their own names, said where they are meant."""


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("json", "oscal")])
def test_no_format_for_people_speaks_in_slugs(assessment: Assessment, form: str) -> None:
    """Broken by a requirement's number, a field's path, a code, or what is JSON.

    What an office wrote itself is quoted as it stands.
    """
    text = _MARKUP.sub(" ", shown(assessment, form).replace("\\", ""))
    problems = "".join(p.text for item in assessment.inputs for p in item.problems)
    quoted = set(_SLUG.findall(problems))
    files = {path for item in assessment.inputs for path in _SLUG.findall(item.path)}
    assert set(_SLUG.findall(text)) - _KNOWN - quoted - files == set()
    assert not _BRACES.search(text)
