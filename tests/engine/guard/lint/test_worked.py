"""An example that was turned round is found by lint, on its line; nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import commands.rules
from cli import ExitCode, main
from engine.guard.lint.lint import lint
from tests.engine.guard.lint.test_lint import PLACE, RULE, THING, changed, loaded
from tests.engine.small import CALENDAR

ADVICE = "。算错的改 outcome 和 why，式子错的改式子"
FIRST = RULE.splitlines().index("examples:") + 2
"""The line of the first example; each takes two."""

NOTED = (
    "message: 没有办",
    "note: {when: thing.on == thing.until, text: 最后一日}\nmessage: 没有办",
)
SAME_DAY = """\
  - {outcome: met, as_of: 2024-07-01, note: false, why: 同日,
     given: {flag: true, on: 2024-06-30, until: 2024-06-30}}
"""
LONG = "早" * 41


def outcomes(folder: Path, *pairs: tuple[str, str], more: str = "") -> list[tuple[str, int, str]]:
    files = changed(*pairs)
    files["dom/a-one"] += more
    found = lint(loaded(folder, files), CALENDAR)
    return [(c.file, c.line, c.message) for c in found if "得到" in c.message]


@pytest.mark.parametrize(
    ("pairs", "line", "message"),
    [
        (
            [("outcome: met, ", "outcome: gap, ")],
            FIRST,
            "这一例（早一日）结论应为“不符合”，得到“符合要求”",
        ),
        (
            [("outcome: gap, ", "outcome: met, name: 晚, ")],
            FIRST + 2,
            "“晚”这一例（晚一日）结论应为“符合要求”，得到“不符合”",
        ),
        (
            [("outcome: gap, ", "outcome: gap, severity: minor, ")],
            FIRST + 2,
            "这一例（晚一日）严重度应为“一般”，得到“重要”",
        ),
        (
            [("outcome: gap, ", "outcome: unknown, severity: minor, ")],
            FIRST + 2,
            "这一例（晚一日）结论应为“信息不全”，得到“不符合”，严重度应为“一般”，得到“重要”",
        ),
        (
            [("outcome: met, ", "outcome: gap, "), ("早一日", LONG)],
            FIRST,
            "这一例结论应为“不符合”，得到“符合要求”",
        ),
        (
            [("outcome: met, ", "outcome: gap, "), (", why: 早一日", "")],
            FIRST,
            "这一例结论应为“不符合”，得到“符合要求”",
        ),
    ],
)
def test_an_example_turned_round(
    tmp_path: Path, pairs: list[tuple[str, str]], line: int, message: str
) -> None:
    assert outcomes(tmp_path, *pairs) == [(PLACE, line, message + ADVICE)]


def test_a_note_that_is_said_and_was_not_expected(tmp_path: Path) -> None:
    found = outcomes(tmp_path, NOTED, more=SAME_DAY)
    assert found == [
        (PLACE, FIRST + 11, "这一例（同日）附注应为“没有”，得到“有”" + ADVICE),
    ]
    asked = SAME_DAY.replace("note: false", "note: true")
    assert outcomes(tmp_path, NOTED, more=asked) == []


def test_a_rule_turned_round_is_told_of_every_example_that_it_changes(tmp_path: Path) -> None:
    """`<` and `>=` exchanged: the early one becomes a gap, the late one is met."""
    found = outcomes(tmp_path, ("<= thing.until", "> thing.until"))
    assert [(line, message[:6]) for _, line, message in found] == [
        (FIRST, "这一例（早一"),
        (FIRST + 2, "这一例（晚一"),
    ]


def test_complaints_stand_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    """Each with the line of its key; a file that the ruleset does not hold has none."""
    files = {
        **changed(("去办", "……"), ("第一条", "'—'")),
        "ids": "z-one: {title: 旧事}\na-one: {title: 办理}\n",
        "instruments": "LAW: {name: 某条例, from: 2020-01-01, read: full}\n\n"
        "A: {name: 甲, read: full}\n",
    }
    spare = "  spare: {type: string, title: 备用}\n"
    found = lint(loaded(tmp_path, files, THING + spare), CALENDAR)
    assert [(c.file, c.line, c.key) for c in found if not c.message.startswith("条件")] == [
        (PLACE, 4, "basis"),
        (PLACE, 10, "remedy"),
        ("rulesets/ids.yaml", 1, "z-one"),
        ("rulesets/instruments.yaml", 3, "A"),
        ("thing.yaml", 0, "spare"),
    ]


def test_the_command_says_where_what_was_expected_and_what_came_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = loaded(tmp_path, changed(("outcome: met, ", "outcome: gap, ")))
    monkeypatch.setattr(commands.rules, "ruleset_with", lambda _local: made)
    result = CliRunner().invoke(main, ["rules", "lint"])
    said = "".join(line.strip() for line in result.stdout.splitlines())
    assert f"第{FIRST}行 键“examples”：这一例（早一日）结论应为“不符合”，得到“符合要求”" in said
    assert result.exit_code == ExitCode.RULESET_INVALID
