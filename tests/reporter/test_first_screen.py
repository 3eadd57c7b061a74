"""The first screen: thirty lines at most, it begins and ends alike, and names what is next."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from click.testing import CliRunner

from cli import main
from engine.model.assessment import Assessment
from engine.model.comparison import Change, Comparison
from engine.model.gate import GateEntry
from engine.model.outcome import GateState, Outcome
from reporter.overview import Overview
from reporter.terminal.assessment import render
from reporter.terminal.first_screen import next_step, packed
from reporter.terminal.page import WIDTH, cut
from reporter.width import text_width
from tests.reporter.sample import sample
from tests.reporter.test_deadlines import deadline

LINES = 30
"""Of a screen."""

CHECK = ["check", "examples/qinglan", "--as-of", "2025-03-10"]


def screen(assessment: Assessment) -> list[str]:
    """The lines of the screen of an assessment."""
    out = io.StringIO()
    render(assessment, out, whole=False)
    return out.getvalue().splitlines()


def a_gate(number: int) -> GateEntry:
    """A gate that waits, of July 2024."""
    return GateEntry(
        "submit", "提请集体讨论", "decision", f"决{number}", f"“决{number}”", GateState.WAITING,
        "待完成", dt.date(2024, 7, number), "讨论日期",
    )  # fmt: skip


def test_the_example_fits_a_screen_and_all_of_it_is_there_when_asked_for() -> None:
    """Fails if the screen could grow past thirty lines, or --all could leave a finding out."""
    lines = CliRunner().invoke(main, CHECK).output.splitlines()
    assert len(lines) <= LINES
    total = [line for line in lines if line.startswith(("须处理", "全部"))]
    assert total[:2] == total[2:]
    first = lines.index(total[0])
    assert lines[first : first + 3] == lines[-3:]
    assert "…" not in "".join(lines[-3:])
    assert max(map(text_width, lines)) <= WIDTH
    whole = CliRunner().invoke(main, [*CHECK, "--all"]).output
    assert whole.splitlines()[: len(lines)] == lines
    assert whole.count("    整改　") >= 223


def test_whatever_there_is_the_screen_stays_a_screen() -> None:
    full = replace(
        sample(),
        gates=tuple(a_gate(n) for n in range(1, 20)),
        deadlines=tuple(deadline(n, f"决{n}", "公布") for n in range(1, 20)),
        outcomes=tuple(
            replace(e, fingerprint=f"{n}{e.fingerprint}") for n in range(9) for e in
            sample().outcomes
        ),
    )  # fmt: skip
    lines = screen(full)
    assert len(lines) <= LINES
    at = lines.index("快要上会、出台的")
    assert lines[at + 1].startswith(
        "  提请集体讨论待完成：决1 07-01 还有11日；决2 07-02 还有12日；"
    )
    named = "".join(lines[at:])
    assert all(f"决{n} 07-{n:02} 还有{n + 10}日" in named for n in range(1, 20))


def test_few_that_lie_ahead_have_a_line_each_with_all_their_gates() -> None:
    """Broken where a long name pushes the state or the days off the line."""
    gates = [replace(a_gate(n), subject_label=f"“决{n}”" + "关于停车" * 30) for n in range(1, 5)]
    later = replace(gates[0], gate="issue", title="出台", assumed=dt.date(2024, 7, 9))
    lines = screen(replace(sample(), gates=(*gates, later)))
    first = lines[lines.index("快要上会、出台的") + 1]
    assert first.startswith("  “决1”关于停车")
    assert first.endswith("　07-01（还有11日）提请集体讨论待完成；07-09（还有19日）出台待完成")
    assert text_width(first) <= WIDTH


def test_every_one_that_lies_ahead_is_named_dated_or_not() -> None:
    """Broken where one of forty is only counted: on the screen, and with --all."""
    gates = [a_gate(n) for n in range(1, 31)]
    none = [replace(a_gate(n), assumed=None) for n in range(1, 11)]
    undated = [
        replace(g, subject_key=f"无{n}", subject_label=f"“无{n}”") for n, g in enumerate(none)
    ]
    full = replace(sample(), gates=(*gates, *undated))
    lines = screen(full)
    shown = "".join(lines)
    assert len(lines) <= LINES
    assert "提请集体讨论待完成、没有定日子的10件：无0、无1" in shown
    keys = [*(f"决{n} 07" for n in range(1, 31)), *(f"无{n}" for n in range(10))]
    assert [key for key in keys if key not in shown] == []


def test_where_there_is_no_room_for_all_the_screen_says_how_many_and_where() -> None:
    """Broken where what has no room could go unsaid, or could push the rest off the screen."""
    long = [
        replace(a_gate(n % 28 + 1), subject_key=f"云溪县住房和城乡建设局〔2024〕{n}号" * 2,
                subject_label=str(n))
        for n in range(90)
    ]  # fmt: skip
    full = replace(sample(), gates=tuple(long))
    lines = screen(full)
    assert len(lines) <= LINES
    at = next(
        n for n, line in enumerate(lines) if line.startswith("快要上会、出台的（共90件，下面")
    )
    named = int(lines[at].partition("下面")[2].partition("件")[0])
    assert sum(line.count("还有") for line in lines[at + 1 :] if "07-" in line) == named
    assert "全部见 --all 和各种文书的第一页" in lines[at]
    out = io.StringIO()
    render(full, out)
    whole = out.getvalue()
    assert all(f"\n{n}　07-" in whole for n in range(90))


def test_the_more_is_said_first_the_less_of_each_list() -> None:
    """Fails if notices, a comparison and a disagreement could push the end off the screen."""
    many = replace(
        sample(),
        gates=tuple(a_gate(n) for n in range(1, 20)),
        deadlines=tuple(deadline(n, f"决{n}", "公布") for n in range(1, 20)),
        summary=replace(sample().summary, disagreements=3, outcomes=dict.fromkeys(Outcome, 98765)),
        profile="入门",
        outcomes=tuple(
            replace(e, fingerprint=f"{n}{e.fingerprint}") for n in range(9) for e in
            sample().outcomes
        ),
    )  # fmt: skip
    lines = screen(many)
    assert len(lines) <= LINES
    assert lines[-1].strip().startswith("不涉及 98765") or "不涉及 98765" in lines[-1]
    assert "决19 07-19 还有29日" in "".join(lines)


def test_what_is_gone_without_a_reason_is_counted_on_the_screen() -> None:
    """Broken where the row is cut before the number of what was deleted from a ledger."""
    counts = dict.fromkeys(Change, 135) | {Change.VANISHED: 10}
    since = Comparison(dt.date(2024, 5, 20), 2024, counts)
    lines = screen(replace(sample(), since=since))
    shown = "".join(lines).replace("　　　　", " · ")
    assert len(lines) <= LINES
    assert shown.count("未再出现（需说明） 10项") == 2
    assert shown.count("（上次检查日 2024-05-20）") == 2


def test_a_row_is_broken_between_its_parts() -> None:
    assert packed("甲 1 · 乙 2 · 丙 3", 12) == ["甲 1 · 乙 2", "　　　　丙 3"]
    assert packed("甲 1", 3) == ["甲 1"]


def test_what_there_is_not_has_no_line() -> None:
    bare = replace(sample(), gates=(), outcomes=(), deadlines=())
    assert not any(line.startswith("  ") for line in screen(bare))


@pytest.mark.parametrize(
    ("text", "width", "said"),
    [("青岚县", 6, "青岚县"), ("青岚县", 5, "青…"), ("abcdef", 4, "ab…"), ("", 4, "")],
)
def test_what_does_not_fit_is_cut_with_a_sign(text: str, width: int, said: str) -> None:
    assert cut(text, width) == said


def test_the_next_step_is_one_and_goes_from_the_most_pressing() -> None:
    lost = sample()
    assert "决策台账.xlsx〔决策〕E5" in next_step(Overview(lost))
    read = replace(lost, inputs=())
    assert next_step(Overview(read)).startswith("fazhi predecision 文件夹 决1")
    past = replace(read, gates=())
    assert next_step(Overview(past)).startswith("加 --all")
    clean = replace(past, outcomes=())
    assert next_step(Overview(clean)) == "没有要办的"
