"""Explanations move facts to and fro to find limits: nobody may judge the records meanwhile."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest

import opening
from engine.assessing import gates
from engine.assessing.assess import assess
from engine.explaining.limits import Limits
from tests.conftest import ROOT


def test_gates_are_judged_while_no_fact_is_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by judging the gates beside the explanations: a gate then sees a day nobody wrote."""
    at_work: dict[str, set[int]] = {"judged": set(), "moved": set()}
    judge, moved = gates.judge, Limits._with

    def judged(*of: Any) -> Any:  # noqa: ANN401 - as the real one
        at_work["judged"].add(threading.get_ident())
        return judge(*of)

    def with_value(self: Limits, value: Any) -> Any:  # noqa: ANN401 - as the real one
        at_work["moved"].add(threading.get_ident())
        return moved(self, value)

    monkeypatch.setattr(gates, "judge", judged)
    monkeypatch.setattr(Limits, "_with", with_value)
    folder = ROOT / "examples" / "qinglan"
    _, ruleset, run = opening.opened(folder, as_of=dt.date(2025, 3, 10))
    assess(ruleset, run)
    assert at_work == {"judged": {threading.get_ident()}, "moved": {threading.get_ident()}}
