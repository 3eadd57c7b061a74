"""Reading in a child process: the same as here, and what it can't do is one file's problem."""

from __future__ import annotations

import datetime as dt
import errno
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from engine.model.facts import Input
from facts.files import apart, apart_child
from facts.files.apart import Answers, Apart
from facts.files.apart_child import serve
from facts.files.grid import Grid, Inner
from facts.files.names import LEDGER_SUFFIXES, REPORT_SUFFIXES
from facts.files.reader import HERE, MAX_CELL, NO_MEMORY
from facts.files.refused import RefusedError
from facts.files.wire import dumped, grid_received, grid_sent, loaded, receive, send
from facts.folder import read_folder
from tests.conftest import ROOT
from tests.facts.conftest import Office, errors

EXAMPLE = ROOT / "examples" / "qinglan"
CSV = "编号,事项\n1,停车\n".encode()
_SAID = dumped({"refused": NO_MEMORY, "said": {"encoding": "", "notes": [], "problems": []}})
_SENT = len(_SAID).to_bytes(8, "big") + _SAID
SHORT_OF_MEMORY = (
    f"import sys; o = sys.stdout.buffer; o.write({_SENT!r}); o.flush(); sys.stdin.read()"
)
"""A child whose memory suffices for nothing, and which after that answers no more."""


def test_every_file_of_the_example_is_the_same_read_here_or_apart() -> None:
    """Broken by a value, a mark, a problem or a note that gets lost between the processes."""
    seen = 0
    with Apart() as child:
        for path in sorted(EXAMPLE.iterdir()):
            suffix, data = path.suffix, path.read_bytes()
            if suffix in LEDGER_SUFFIXES:
                here, there = Input(path.name), Input(path.name)
                mine, theirs = HERE.grids(data, suffix, here), child.grids(data, suffix, there)
                for one in mine:
                    one.rows = [(number, list(row)) for number, row in one.rows]
                assert [grid_sent(one) for one in mine] == [grid_sent(one) for one in theirs]
                assert here == there
                seen += 1
            elif suffix in REPORT_SUFFIXES:
                assert HERE.text(data, suffix) == child.text(data, suffix)
                seen += 1
    assert seen > 8


def test_what_json_does_not_have_comes_back_as_it_was() -> None:
    inner = Inner("专家", Grid("甲.json", "乙", [(1, ["王"])], names=("姓名",)), {1: 2})
    cells: list[object] = [
        dt.datetime(2024, 2, 29, 9, 30),  # noqa: DTZ001
        dt.date(2024, 2, 29),
        dt.time(9, 30),
        dt.timedelta(days=-1, seconds=3, microseconds=5),
        Decimal("1.50"),
        1.5,
        float("inf"),
        True,
        None,
        "半个\ud800字",
        [dt.date(2024, 1, 1), {"甲": Decimal(1)}],
        {"\x00": 1, "乙": 2},
    ]
    grid = Grid(
        "甲.json", "表", [(3, cells)], {(3, 2)}, lines=True, notes=("单位：元",), remarks=["注"],
        names=("一",), labels={3: "第三"}, hidden=True, errors={(1, 1)}, void={(2, 2)},
        concealed=["隐藏的行：2"], whole=False, inner=[inner],
    )  # fmt: skip
    back = grid_received(loaded(dumped(grid_sent(grid))))
    assert back == grid
    with pytest.raises(TypeError, match="set"):
        dumped({"甲": set()})


def asked(what: str, data: bytes, suffix: str) -> dict[str, object]:
    """What the child answers, asked in this process."""
    requests, answers = io.BytesIO(), io.BytesIO()
    send(requests, dumped([what, suffix, "台账"]), data)
    requests.seek(0)
    serve(requests, answers)
    answers.seek(0)
    (answer,) = receive(answers, 1)
    found: dict[str, object] = loaded(answer)
    return found


def test_the_child_answers_with_grids_text_or_a_reason() -> None:
    assert asked("text", "甲县报告".encode("gb18030"), ".txt")["made"] == ["甲县报告", "GB18030"]
    said = asked("grids", CSV, ".csv")
    assert said["said"] == {"encoding": "UTF-8", "notes": [], "problems": []}
    assert "文件已损坏" in str(asked("grids", b"PK\x03\x04", ".xlsx")["refused"])


def test_no_memory_and_whatever_else_happens_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by letting a parser's own error out of the child, which would end it."""

    def fail(error: Exception) -> None:
        def read(*_: object) -> object:
            raise error

        monkeypatch.setattr("facts.files.books.read_book", read)

    fail(MemoryError())
    assert asked("grids", CSV, ".csv")["refused"] == NO_MEMORY
    fail(IndexError("张三"))
    assert str(asked("grids", CSV, ".csv")["refused"]).startswith(
        "读取时程序出了意外（IndexError）"
    )

    def full(_: object) -> object:
        raise MemoryError

    monkeypatch.undo()
    monkeypatch.setattr(apart_child, "grid_sent", full)
    assert asked("grids", CSV, ".csv")["refused"] == NO_MEMORY


def test_a_file_that_takes_too_long_is_its_own_problem_and_the_next_is_read() -> None:
    with Apart(seconds=0.0) as child, pytest.raises(RefusedError, match="0秒还没有读完"):
        child.grids(b"a," * 5_000_000, ".csv", Input("台账.csv"))
    with Apart() as child:
        first = child._child
        assert first is not None
        first.kill()
        first.wait()
        assert child.grids(CSV, ".csv", Input("台账.csv"))[0].rows[1] == (2, ["1", "停车"])
        assert child._child is not first


def test_a_child_that_ends_is_a_problem_of_the_file_it_was_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken by waiting for an answer that can't come."""
    monkeypatch.setattr(apart, "_START", "import sys, os; sys.stdin.buffer.read(8); os._exit(9)")
    with Apart() as child, pytest.raises(RefusedError, match="中途退出了"):
        child.text(b"x" * 10_000_000, ".txt")
    child._end()  # once more does nothing


def test_a_child_short_of_memory_is_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = dumped({"refused": NO_MEMORY, "said": {"encoding": "", "notes": [], "problems": []}})
    length = len(answer).to_bytes(8, "big")
    program = f"import sys; sys.stdout.buffer.write({length + answer!r}); sys.stdout.flush()"
    monkeypatch.setattr(apart, "_START", program + "; sys.stdin.read()")
    with Apart() as child:
        with pytest.raises(RefusedError, match="内存太多"):
            child.grids(CSV, ".csv", Input("台账.csv"))
        assert child._child is None


def test_what_memory_did_not_suffice_for_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by a shortage of one moment that a file is refused for as long as the server runs."""
    answers = Answers()
    with monkeypatch.context() as short:
        short.setattr(apart, "_START", SHORT_OF_MEMORY)
        with Apart(answers=answers) as child, pytest.raises(RefusedError, match="内存太多"):
            child.grids(CSV, ".csv", Input("台账.csv"))
    with Apart(answers=answers) as child:
        assert child.grids(CSV, ".csv", Input("台账.csv"))[0].rows[1] == (2, ["1", "停车"])


def test_what_was_answered_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by an answer to other bytes, or by one that its first reader has changed."""
    answers = Answers()
    with Apart(answers=answers) as child:
        first = child.grids(CSV, ".csv", Input("台账.csv"))
        with pytest.raises(RefusedError, match="已损坏"):
            child.grids(b"PK\x03\x04", ".xlsx", Input("坏.xlsx"))
    first[0].rows[1] = (2, ["1", "改过"])
    monkeypatch.setattr(apart, "_START", "raise SystemExit")
    with Apart(answers=answers) as dumb:
        again = Input("台账.csv")
        assert dumb.grids(CSV, ".csv", again)[0].rows[1] == (2, ["1", "停车"])
        assert again.encoding == "UTF-8"
        with pytest.raises(RefusedError, match="已损坏"):
            dumb.grids(b"PK\x03\x04", ".xlsx", Input("坏.xlsx"))
        for data, suffix, name in (
            (CSV + b"2,\n", ".csv", "台账.csv"),
            (CSV, ".xls", "台账.csv"),
            (CSV, ".csv", "另一份.csv"),
        ):
            with pytest.raises(RefusedError, match="中途退出了"):
                dumb.grids(data, suffix, Input(name))


def test_small_ledgers_are_read_before_they_are_asked_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by waiting for the question, by an answer to other bytes, by a reason that is lost.

    Once all is read the child can't be had again: what is asked anew has no answer.
    """
    office.write("一.csv", CSV)
    office.write("二.xlsx", b"PK\x03\x04")
    office.write("三.txt", "停车")
    with Apart(folder=office.folder) as child:
        child._reading.join()
        monkeypatch.setattr(apart, "_START", "raise SystemExit")
        child._end()
        entry = Input("一.csv")
        assert child.grids(CSV, ".csv", entry)[0].rows[1] == (2, ["1", "停车"])
        assert entry.encoding == "UTF-8"
        with pytest.raises(RefusedError, match="已损坏"):
            child.grids(b"PK\x03\x04", ".xlsx", Input("二.xlsx"))
        for data, name in ((CSV, "一.csv"), (CSV + b"2,\n", "一.csv"), (CSV, "四.csv")):
            with pytest.raises(RefusedError, match="中途退出了"):
                child.grids(data, ".csv", Input(name))


def test_what_ends_the_child_before_anyone_asks_is_told_of_that_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a file passed over for it took the child down early, or tried a second time."""
    office.write("一.csv", CSV)
    monkeypatch.setattr(apart, "_START", "raise SystemExit")
    with Apart(folder=office.folder) as child:
        child._reading.join()
        monkeypatch.undo()
        with pytest.raises(RefusedError, match="中途退出了"):
            child.grids(CSV, ".csv", Input("一.csv"))
        assert child.grids(CSV, ".csv", Input("二.csv"))[0].rows[1] == (2, ["1", "停车"])


def test_a_child_short_of_memory_reads_no_other_file_early(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by one file early that costs the next its reader: that one would be late."""
    office.write("一.csv", CSV)
    office.write("二.csv", CSV)
    monkeypatch.setattr(apart, "_START", SHORT_OF_MEMORY)
    with Apart(seconds=10, folder=office.folder) as child:
        child._reading.join()
        for name in ("一.csv", "二.csv"):
            with pytest.raises(RefusedError, match="内存太多"):
                child.grids(CSV, ".csv", Input(name))


HANGING = "import time; time.sleep(1000)"
"""A child that is at its first file for ever."""


def refusals(child: Apart, files: int) -> list[str]:
    """Why a child that hangs read none of them."""
    said = []
    for number in range(files):
        with pytest.raises(RefusedError) as refused:
            child.grids(CSV, ".csv", Input(f"{number}.csv"))
        said.append(str(refused.value).partition("，没有读取；")[2][:6])
    return said


def test_files_that_take_long_leave_the_others_their_own_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken by twenty such files that take twenty times as long as one may.

    However slow the machine is: a file that hangs takes no less than it is given.
    """
    monkeypatch.setattr(apart, "_START", HANGING)
    monkeypatch.setattr(apart, "OWN", 0.1)
    with Apart(seconds=0.3, together=0.2) as child:
        assert refusals(child, 3) == ["请拆分，或者", "同一次里有别", "同一次里有别"]
        assert child._left == 0
    monkeypatch.setattr(apart, "OWN", 1000)
    with Apart(seconds=0.1, together=0) as child:
        assert refusals(child, 4) == ["请拆分，或者"] * 4


def test_what_is_left_when_time_is_up_is_named_and_keeps_its_ledgers_open(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by files that nobody had time for and nobody hears of: a ledger held to be whole."""
    names = [f"决策台账{number}.csv" for number in range(1, 6)]
    for name in names:
        office.write(name, "编号,事项\n1,停车\n")
    office.write("单位.json", '{"单位": [{"单位名称": "市公安局"}]}')
    office.write("fazhi.yaml", "closed: [决策, 单位]\n")
    with Apart() as child:
        facts = read_folder(office.folder, office.schema, reader=child)
        assert facts.closed == {"matter", "agency"}
    monkeypatch.setattr(apart, "_START", HANGING)
    monkeypatch.setattr(apart, "OWN", 0.1)
    with Apart(seconds=0.2, together=0.1) as child:
        facts = read_folder(office.folder, office.schema, reader=child)
    assert sorted(text.partition("：")[0] for text in errors(facts)) == [*names, "单位.json"]
    assert facts.closed == set()
    assert facts.lost >= {"matter", "agency"}


def test_of_what_was_answered_the_last_is_kept() -> None:
    answers = Answers(limit=6)
    for key in (b"1", b"2", b"3"):
        answers.keep(key, b"ab")
    assert answers.get(b"1") == b"ab"  # asked for again: it is the last now
    answers.keep(b"4", b"abc")
    assert [answers.get(key) for key in (b"1", b"2", b"3", b"4")] == [b"ab", None, None, b"abc"]


@pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 这样限内存")
def test_the_child_holds_itself_to_its_memory() -> None:
    """A bomb that no size gives away: a table of a page whose cells fill a million others."""
    bomb = "<html><table>" + "<tr>" + "<td colspan=1000 rowspan=1000>甲乙</td>" * 1 + "</tr>"
    page = (bomb + "<tr><td>1</td></tr>" * 1_900_000).encode()
    with Apart() as child, pytest.raises(RefusedError):
        child.grids(page, ".xls", Input("台账.xls"))


def test_the_folder_is_read_by_the_reader_it_is_given(office: Office) -> None:
    office.write("决策台账.csv", "编号,事项\n1,停车\n")
    office.write("坏.xlsx", b"PK\x03\x04")
    office.write("fazhi.yaml", "year: 2024\n")
    with Apart() as child:
        facts = read_folder(office.folder, office.schema, reader=child)
    assert [record.key for record in facts.records["matter"]] == ["1"]
    assert [text.partition("，")[0] for text in errors(facts)] == ["坏.xlsx：文件已损坏"]


def test_a_cell_longer_than_any_ledger_has_is_named() -> None:
    long = f"编号,事项\n1,{'很' * (MAX_CELL + 1)}\n".encode()
    with pytest.raises(RefusedError, match=f"第2行B列一格有{MAX_CELL + 1}字"):
        HERE.grids(long, ".csv", Input("台账.csv"))
    inside = {"决策": [{"编号": "1", "专家": [{"姓名": "很" * (MAX_CELL + 1)}]}]}
    with pytest.raises(RefusedError, match="一格有"):
        HERE.grids(json.dumps(inside).encode(), ".json", Input("台账.json"))


def test_the_program_of_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a library prints doesn't get between answers; the limit is set where there is one."""
    limits: list[tuple[int, int]] = []
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        monkeypatch.setattr(resource, "setrlimit", lambda _, both: limits.append(both))
    requests = io.BytesIO()
    send(requests, dumped(["text", ".txt", ""]), "甲县".encode())
    requests.seek(0)
    place = tmp_path / "answers"
    with place.open("w", encoding="utf-8") as out, monkeypatch.context() as patched:
        patched.setattr(sys, "stdin", io.TextIOWrapper(requests))
        patched.setattr(sys, "stdout", out)
        apart_child.main()
        print("a library speaks")  # noqa: T201
    (answer,) = receive(io.BytesIO(place.read_bytes()), 1)
    assert loaded(answer)["made"] == ["甲县", "UTF-8"]
    assert limits == ([] if sys.platform == "win32" else [(apart_child.MEMORY, apart_child.MEMORY)])


def test_where_nothing_can_be_sent_nothing_is_waited_for() -> None:
    """Broken by a child without a pipe that is asked, and whose answer never comes."""
    with pytest.raises(EOFError):
        send(None, b"a")


IMPORTED = """
import sys
suffix, *sys.path[:] = sys.argv[1:]
from facts.files.apart_child import HERE, serve
from engine.model.facts import Input
HERE.grids(sys.stdin.buffer.read(), suffix, Input('台账' + suffix))
print(*sorted(name for name in sys.modules if not name.startswith('_')))
"""
ALWAYS = {
    "engine", "engine.model", "engine.model.errors", "engine.model.facts", "engine.model.regex",
    "engine.model.values",
    "facts", "facts.files", "facts.files.apart_child", "facts.files.decode", "facts.files.grid",
    "facts.files.mend", "facts.files.names", "facts.files.open", "facts.files.reader",
    "facts.files.refused", "facts.files.wire",
    "facts.writing", "facts.writing.formats", "facts.writing.text",
}  # fmt: skip


@pytest.mark.parametrize(
    ("suffix", "data", "parsers"),
    [
        (
            ".csv", CSV,
            {
                "facts.files.books", "facts.files.csv", "facts.files.documents",
                "facts.files.documents.errors", "facts.files.documents.markup",
                "facts.files.documents.mht", "facts.files.web",
            },
        ),
        (
            ".json", '[{"名称": "甲"}]'.encode(),
            {"facts.files.json", "facts.files.objects"},
        ),
    ],
)  # fmt: skip
def test_the_child_imports_what_a_file_takes_and_no_more(
    suffix: str, data: bytes, parsers: set[str]
) -> None:
    """Broken by a room, a parser or a library that every run of a child would wait for."""
    said = subprocess.run(
        [sys.executable, "-I", "-S", "-c", IMPORTED, suffix, *sys.path],
        input=data, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    names = set(said.split())
    assert {name for name in names if name.startswith(("engine", "facts"))} == ALWAYS | parsers
    others = {name.partition(".")[0] for name in names} - {"engine", "facts"}
    assert others - sys.stdlib_module_names == set()
    assert others & {"subprocess", "email", "xml", "asyncio", "multiprocessing"} == set()


def test_a_child_that_cannot_be_started_is_said_of_each_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that starts no more programs reads no ledger, and is no fault of the program's."""
    office.write("决策台账.csv", "编号,事项\n1,停车\n")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", full)
    with Apart(folder=office.folder) as child:
        facts = read_folder(office.folder, office.schema, reader=child)
    said = "读它的程序起不来：同时运行的程序太多，没有读取"
    assert [text for text in errors(facts) if said in text] == errors(facts) != []
    assert facts.records.get("matter", []) == []
    assert "matter" in facts.lost
