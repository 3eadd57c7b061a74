"""OSCAL: a valid document, in which nothing is satisfied but what is met."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.model.outcome import Outcome
from reporter.formats import FORMATS
from tests.reporter.golden import SAMPLES
from tests.reporter.sample import sample

assessment_results = pytest.importorskip(
    "trestle.oscal.assessment_results", reason="没有装 compliance-trestle"
)


def document(name: str = "year") -> dict[str, Any]:
    content = FORMATS["oscal"].render(SAMPLES[name]())
    assert isinstance(content, str)
    found: dict[str, Any] = json.loads(content)["assessment-results"]
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_trestle_takes_it(name: str) -> None:
    read = assessment_results.AssessmentResults.model_validate(document(name))
    assert len(read.results) == 1


def test_only_what_is_met_is_satisfied() -> None:
    (result,) = document()["results"]
    said = {
        (
            next(p["value"] for p in finding["props"] if p["name"] == "outcome"),
            finding["target"]["status"]["state"],
            finding["target"]["status"]["reason"],
        )
        for finding in result["findings"]
    }
    assert said == {
        ("met", "satisfied", "pass"),
        ("gap", "not-satisfied", "fail"),
        ("borderline", "not-satisfied", "other"),
        ("not_evidenced", "not-satisfied", "other"),
        ("unknown", "not-satisfied", "other"),
        ("failed", "not-satisfied", "other"),
    }


def test_every_judged_outcome_is_a_finding_of_its_own() -> None:
    (result,) = document()["results"]
    judged = [
        entry
        for entry in sample().outcomes
        if entry.outcome not in (Outcome.NOT_APPLICABLE, Outcome.PENDING)
    ]
    ids = [finding["uuid"] for finding in result["findings"]]
    assert len(ids) == len(set(ids)) == len(judged)
