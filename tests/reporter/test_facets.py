"""Facets of the findings, by hand: which values there are, in which order, who has which mark."""

from __future__ import annotations

from dataclasses import replace

from engine.model.assessment import Assessment
from reporter.facets import MOST_LISTED, NO_SECTION, Facets
from reporter.overview import Overview
from reporter.titles import NOBODY
from tests.reporter.sample import sample


def with_owners() -> Assessment:
    """决1 is the matter of 乙局, 决9 and 决4 of 甲局; 向社会公布 stands in no section."""
    a = sample()
    owners = {"决1": "乙局", "决9": "甲局", "决4": "甲局"}
    for entry in a.outcomes:
        entry.owner = owners.get(entry.subject_key, "")
    apart = replace(a.requirements["dec-2"], outline=("（九）",), ledger_title="")
    return replace(a, requirements={**a.requirements, "dec-2": apart})


def test_every_finding_stands_under_each_of_its_values() -> None:
    """Broken by a finding under another's value, under none, or by values in another order."""
    overview = Overview(with_owners())
    found = {
        facet.title: [(o.label, [e.subject_key for e in o.entries]) for o in facet.options]
        for facet in Facets(overview).all
    }
    assert found == {
        "单位": [("乙局", ["决1"]), ("甲局", ["决9", "决4"]), (NOBODY, ["决3", "决6"])],
        "台账": [("重大行政决策", ["决1", "决9", "决4", "决3", "决6"])],
        "纲要各节": [("（一）依法决策", ["决1", "决9", "决4", "决6"]), (NO_SECTION, ["决3"])],
        "结论": [
            ("不符合", ["决1", "决9"]),
            ("存疑待核", ["决3"]),
            ("佐证不足", ["决4"]),
            ("系统未核成", ["决6"]),
        ],
    }


def test_marks_are_those_of_the_values() -> None:
    facets = Facets(Overview(with_owners()))
    marks = {entry.subject_key: facets.marks(entry) for entry in facets._overview.found}
    assert marks["决3"] == "unit-2 ledger-0 section-1 outcome-1"
    met = next(e for e in facets._overview.assessment.outcomes if not e.finding)
    assert facets.marks(met) == ""
    assert [facets.of_unit(name) for name in ("甲局", "丙局")] == ["unit-1", "unit-none"]
    gate = facets._overview.assessment.gates[0]
    assert facets.of_record(gate) == "unit-0"
    assert facets.of_record(replace(gate, subject_key="没有")) == "unit-2"


def test_groupings_of_very_many_findings_are_not_written_out() -> None:
    a = sample()
    (one, *_) = a.findings
    whole = replace(a, outcomes=(one,) * MOST_LISTED)
    assert Facets(Overview(whole)).listed
    assert not Facets(Overview(replace(a, outcomes=(one,) * (MOST_LISTED + 1)))).listed
