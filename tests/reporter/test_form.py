"""程序核对附表: conclusion, to-do and signatures on one page of A4, whatever the ledger holds."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import docx
import pytest
from docx.document import Document

from engine.model.assessment import Assessment, FormEntry
from engine.model.gate import GateStep, StepState
from engine.model.outcome import Outcome
from engine.model.shown import FactEntry
from reporter.documents.word import render
from reporter.documents.word.fitting import Cutter, fitting, height, lines
from tests.reporter.printed import pages, printing
from tests.reporter.sample import decision

LONG: Final = "关于调整城区停车泊位（含夜间）收费办法的请示，附2024年9月测算表ABC。" * 60
"""Two thousand characters: Chinese, stops, digits, letters."""

BEHIND: Final = "附一　还要办的，逐项怎么办"


def fact(value: str | None, state: str = "known") -> FactEntry:
    return FactEntry("decision", "决1", "x", "标题", state, value, None, None)  # type: ignore[arg-type]


def with_steps(number: int) -> Assessment:
    """The sample with so many steps to do at its gate, each of another record."""
    a = decision()
    steps = tuple(
        GateStep("dec-1", f"“听{at}”", StepState.TODO, Outcome.PENDING, decides=False)
        for at in range(number)
    )
    return replace(a, gates=tuple(replace(gate, steps=steps) for gate in a.gates))


def crammed(length: int, steps: int) -> Assessment:
    """A decision of which every text of the first page is so long, with so much to do."""
    a = with_steps(steps)
    text = LONG[:length]
    title = replace(a.requirements["dec-1"], title=text, supplier=text)
    return replace(
        a,
        place=text,
        jurisdiction="",
        form=tuple(FormEntry(f"第{n}栏", fact(text)) for n in range(12)),
        requirements={**a.requirements, "dec-1": title},
        gates=tuple(replace(gate, assumed_title=text) for gate in a.gates),
    )


CASES: Final = {
    "样本": decision(),
    "没有要办的": with_steps(0),
    **{f"{steps}项": with_steps(steps) for steps in (15, 17, 19, 21, 60)},
    **{
        f"{length}字{steps}项": crammed(length, steps)
        for length, steps in ((14, 20), (29, 9), (200, 1), (200, 9))
    },
}


@printing
def test_conclusion_to_do_and_signatures_stand_on_one_page(tmp_path: Path) -> None:
    """Broken by a row too much on the first page, or by a text longer than there is room for."""
    found = pages({name: render(case) for name, case in CASES.items()}, tmp_path)
    firsts = {name: [page.strip() for page in of[:2]] for name, of in found.items()}
    for name, (first, second) in firsts.items():
        assert all(part in first for part in ("一、能否往下走", "三、审查意见", "签发、印章")), name
        assert second.startswith("附一"), name


def texts(document: Document, at: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[at].rows]


@pytest.mark.parametrize("number", [0, 1, 10, 40])
def test_what_there_is_no_room_for_is_counted_and_stands_behind(number: int) -> None:
    """Broken by a step that stands neither on the first page nor in its count, nor behind it."""
    document = docx.Document(io.BytesIO(render(with_steps(number))))
    heads = [table.rows[0].cells[0].text for table in document.tables]
    if not number:
        assert "事项" not in heads
        assert [p.text for p in document.paragraphs].count("没有。") == 2
        return
    first = texts(document, heads.index("事项"))[1:]
    named = [row[0] for row in first if row[1]]
    counted = [row[0] for row in first if not row[1]]
    wanted = [f"公开征求意见期限“听{at}”" for at in range(number)]
    assert named == wanted[: len(named)]
    left = number - len(named)
    assert counted == ([f"另有{left}项，见附一：还要做{left}"] if left else [])
    behind = [row[1] for row in texts(document, heads.index("序号"))[1:]]
    assert behind == wanted


def head_of(entries: Sequence[FormEntry]) -> list[list[str]]:
    document = docx.Document(io.BytesIO(render(replace(decision(), form=tuple(entries)))))
    return texts(document, 0)


def test_what_is_empty_is_called_blank_and_a_persons_line_stays_empty() -> None:
    """Broken by a formula in the head of the form, or by words in a line that a person fills."""
    entries = [
        FormEntry("收件日期", fact("2024年6月4日")),
        FormEntry("要求反馈日期", fact("空白，按“无”理解", "absent")),
        FormEntry("送审材料", fact(None, "unknown")),
        FormEntry("顾问意见", fact("无", "absent")),
        FormEntry("承办人", None),
    ]
    assert head_of(entries) == [
        ["收件日期", "2024年6月4日", "要求反馈日期", "空白"],
        ["送审材料", "空白", "顾问意见", "无"],
        ["承办人", "", "", ""],
    ]


def test_a_text_that_was_cut_stands_whole_behind() -> None:
    """Broken by a text of the head that is nowhere to be read to its end."""
    a = replace(decision(), form=(FormEntry("决策事项", fact(LONG)),))
    document = docx.Document(io.BytesIO(render(a)))
    cell = texts(document, 0)[0][1]
    assert cell.endswith("……（全文附后）")
    assert LONG.startswith(cell.removesuffix("……（全文附后）"))
    assert f"决策事项：{LONG}" in [p.text for p in document.paragraphs]


def test_units_are_named() -> None:
    """Broken by 承办单位 where the ledger says which unit that is."""
    a = replace(with_steps(1), units={"承办单位": "县交通局"})
    document = docx.Document(io.BytesIO(render(a)))
    heads = [table.rows[0].cells[0].text for table in document.tables]
    assert texts(document, heads.index("事项"))[1][2] == "县交通局（承办单位）"
    assert texts(document, heads.index("序号"))[1][4] == "县交通局（承办单位）"


def test_lines_are_reckoned_as_they_are_set() -> None:
    """A cell of 26 mm has room for five characters of 3.7 mm: by hand, with one lost of several."""
    # 26 less 3.9 of margins is 22.1 mm: eleven halves of a character
    assert [lines(text, 26) for text in ("", "一二三四五", "一二三四五六", "a" * 11)] == [
        1,
        1,
        2,
        1,
    ]
    # half a character between 五 and a: five and a half and a half are more than there is
    assert lines("一二三四五a", 26) == 2
    assert lines("一\n二", 26) == 2
    assert lines("一" * 9, 26) == 2
    assert lines("一" * 10, 26) == 3
    assert height([["一", "二\n三"], ["四", "五"]], [26, 26]) == pytest.approx(3 * 4.94 + 2 * 0.4)
    assert height([["一"]], [26], least=13) == pytest.approx(13.4)


def test_rows_are_taken_while_there_is_room() -> None:
    rows = [["一"], ["二\n三"], ["四"]]
    assert [len(fitting(rows, [26], room)) for room in (5, 5.4, 15.6, 15.7, 21.1)] == [
        0, 1, 1, 2, 3,
    ]  # fmt: skip


def test_a_cutter_keeps_what_it_cut() -> None:
    cut = Cutter("…")
    assert cut("名称", "一二三四五", 26, 1) == "一二三四五"
    assert cut.whole == []
    short = cut("名称", "一二三四五六七八", 26, 1)
    assert (short, lines(short, 26)) == ("一二三…", 1)
    assert cut("", "一\n二", 26, 1) == "一 二…"
    assert cut.whole == ["名称：一二三四五六七八", "一\n二"]
