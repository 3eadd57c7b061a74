"""Hostile and broken files: refused by name and reason, and the others are read."""

from __future__ import annotations

import errno
import os
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.model.facts import Input, InputKind
from facts.files.open import MIB, Found, LeftOut, is_file, is_folder, read_bytes, walk
from facts.files.refused import RefusedError
from facts.files.single import UnreadableFileError, read_report_file
from facts.files.xlsx import read_xlsx
from facts.folder import NoFolderError, read_folder, read_office
from tests.facts.conftest import Office, errors, notes, patched, untold

GOOD = [["编号", "事项"], ["1", "停车"]]


def test_the_far_corner_of_a_sheet_costs_nothing(office: Office) -> None:
    path = office.xlsx(决策台账=GOOD)
    with zipfile.ZipFile(path) as source:
        sheet = source.read("xl/worksheets/sheet1.xml")
    far = (
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    sheet = sheet.replace(b"</sheetData>", far).replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    patched(path, {"xl/worksheets/sheet1.xml": sheet})
    start = time.process_time()
    (grid,) = read_xlsx(path.read_bytes(), Input("台账.xlsx"))
    assert time.process_time() - start < 1
    tracemalloc.start()
    read_xlsx(path.read_bytes(), Input("台账.xlsx"))
    assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    tracemalloc.stop()
    assert [number for number, _ in grid.rows] == [1, 2, 1048576]
    assert len(grid.rows[-1][1]) == 16384


def test_a_corrupt_workbook_is_one_problem_and_the_rest_is_read(office: Office) -> None:
    office.write("坏.xlsx", b"PK\x03\x04 broken")
    office.write("空.xlsx", b"")
    office.xlsx(决策台账=GOOD)
    facts = office.read()
    assert [r.key for r in facts.records["matter"]] == ["1"]
    assert [(p.file, p.expected[:9]) for p in facts.problems] == [
        ("坏.xlsx", "文件已损坏，打不开"),
        ("空.xlsx", "文件已损坏，打不开"),
    ]


def test_old_formats_and_passwords_say_what_to_do(office: Office) -> None:
    """Broken by a refusal that leaves the office without the next step."""
    office.write("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    office.write("加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100)
    office.write("通知.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    office.write("台账.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    old = (
        "读不出这个旧格式的表格（多是加了密码或已损坏）；"
        "请在 WPS 或 Excel 里打开，另存为不加密的 .xlsx 后再放进来"
    )
    save = "格式；请在 WPS 里打开，点“文件—另存为”，文件类型选"
    assert errors(office.read()) == [
        f"加密.xlsx：{old}{untold('加密.xlsx')}",
        f"台账.et：不读取.et{save} .xlsx，再放进来{untold('台账.et')}",
        f"旧.xls：{old}{untold('旧.xls')}",
    ]
    assert [note.text() for note in notes(office.read())] == [
        f"通知.wps：不读取.wps{save} .docx，再放进来"
    ]


def test_macros_links_and_objects_are_named_and_left_alone(office: Office) -> None:
    path = office.xlsx("台账.xlsm", 决策台账=GOOD)
    patched(path, {}, {"xl/vbaProject.bin": b"x", "xl/embeddings/a.bin": b"x"})
    facts = office.read()
    assert [note.expected for note in notes(facts)] == [
        "文件含宏，没有运行或打开，只读取单元格的值",
        "文件含嵌入对象，没有运行或打开，只读取单元格的值",
    ]
    assert len(facts.records["matter"]) == 1


def test_links_out_of_the_folder_are_not_followed(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "决策台账.csv"
    outside.write_text("编号,事项\n9,外面\n", encoding="utf-8")
    (office.folder / "决策台账.csv").symlink_to(outside)
    facts = office.read()
    assert facts.records["matter"] == []
    assert errors(facts) == ["决策台账.csv：是链接，没有读取；请把文件本身放进文件夹"]


DECLARED = "closed: [决策, 单位]\n"
WHOLE = frozenset({"matter", "agency"})


def link(place: Path) -> None:
    place.symlink_to("/没有")


def link_to_a_folder(place: Path) -> None:
    place.symlink_to(place.parent.parent)


def too_deep(place: Path) -> None:
    (place / "二/三/四/五").mkdir(parents=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 上没有管道，链接要权限")
@pytest.mark.parametrize(
    ("name", "made", "left"),
    [
        ("决策台账二.csv", link, frozenset({"agency"})),
        ("决策台账二.xlsx", os.mkfifo, frozenset({"agency"})),
        ("决策台账二.et", link, frozenset({"agency"})),
        ("决策台账二.xlsx", Path.mkdir, frozenset({"agency"})),
        ("单位.json", link, frozenset({"matter"})),
        ("下级报来的.csv", link, frozenset()),
        ("下级报来的", link, frozenset()),
        ("下级报来的", link_to_a_folder, frozenset()),
        ("2024.05", link_to_a_folder, frozenset()),
        ("2024.05", too_deep, frozenset()),
        ("照片.png", link, WHOLE),
    ],
)
def test_no_ledger_is_whole_that_may_go_on_in_what_was_left_out(
    office: Office, name: str, made: Callable[[Path], None], left: frozenset[str]
) -> None:
    """Broken by a ledger held to be complete while half of it lies where nobody looked."""
    office.write("决策台账.csv", "编号,事项\n1,停车\n")
    office.write("单位.csv", "单位名称,执法人员数\n市公安局,5\n")
    office.write("fazhi.yaml", DECLARED)
    assert office.read().closed == WHOLE
    made(office.folder / name)
    facts = office.read()
    assert facts.closed == left
    assert [text for text in errors(facts) if text.startswith(name)] == errors(facts) != []
    office.write("fazhi.yaml", f"{DECLARED}ignore: ['{name}']\n")
    assert errors(office.read()) == []
    assert office.read().closed == WHOLE


def test_no_ledger_is_whole_where_files_were_too_many(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.write("a.txt", "x")
    office.write("决策台账.csv", "编号,事项\n1,停车\n")
    office.write("fazhi.yaml", DECLARED)
    office.write("照片.png", "x")
    assert "matter" in office.read().closed
    monkeypatch.setattr("facts.files.open.MAX_FILES", 3)
    assert office.read().closed == frozenset()


@pytest.mark.parametrize("name", ["fazhi.yaml", "fazhi.yml", "设置.xlsx"])
def test_a_folder_that_is_called_as_the_settings_are(office: Office, name: str) -> None:
    """Broken by settings that nobody notices are none, or by what lies in such a folder."""
    office.write(f"{name}/决策台账.csv", "编号,事项\n1,停车\n")
    facts = office.read()
    assert errors(facts) == [
        f"{name}：是文件夹，名称却像文件：里面的照文件夹读，文件没有读到；请放文件本身，或者改名"
    ]
    assert [record.key for record in facts.records["matter"]] == ["1"]
    assert {item.path: item.kind for item in facts.inputs} == {
        name: InputKind.SETTINGS, f"{name}/决策台账.csv": InputKind.LEDGER,
    }  # fmt: skip
    with pytest.raises(NoFolderError, match=f"^“{name}”是文件夹"):
        read_office(office.folder, office.schema, year=2024)


@pytest.mark.parametrize(
    "name", ["【机密】决策.xlsx", "决策（秘密）.csv", "秘密决策.csv", "绝密.json"]
)
def test_files_marked_secret_by_name_are_refused(office: Office, name: str) -> None:
    office.write(name, "编号,事项\n1,甲\n")
    facts = office.read()
    assert "涉密文件不得在本软件中处理" in errors(facts)[0]
    assert facts.records["matter"] == []
    assert facts.inputs[0].sha256 == ""


@pytest.mark.parametrize("mark", ["秘密★1年", "机密", "密级：秘密", "【绝密】", "机 密"])
def test_files_marked_secret_in_a_cell_are_refused_whole(office: Office, mark: str) -> None:
    office.xlsx(决策台账=[[mark], *GOOD])
    facts = office.read()
    assert facts.records["matter"] == []
    assert "A1标有" in errors(facts)[0]


def test_words_about_secrets_are_no_marking(office: Office) -> None:
    office.write("保守商业秘密情况决策台账.csv", "编号,事项\n1,关于保守国家秘密的通知\n")
    facts = office.read()
    assert errors(facts) == []
    assert len(facts.records["matter"]) == 1


def test_hidden_and_lock_files_are_not_the_users(office: Office) -> None:
    office.write("~$台账.xlsx", b"x")
    office.write(".DS_Store", b"x")
    assert office.read().inputs == ()


def test_subfolders_are_read(office: Office) -> None:
    office.write("2024/决策台账.csv", "编号,事项\n1,甲\n")
    assert [r.source.file for r in office.read().records["matter"]] == ["2024/决策台账.csv"]


def test_an_unknown_format_is_named(office: Office) -> None:
    office.write("照片.jpg", b"\xff\xd8")
    assert [note.text() for note in notes(office.read())] == [
        "照片.jpg：不是台账或报告的格式，没有读取"
    ]


def test_a_missing_folder_is_wrong_use(tmp_path: Path, office: Office) -> None:
    with pytest.raises(NoFolderError, match="不是文件夹"):
        read_folder(tmp_path / "没有", office.schema)


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.ESTALE, "网络上的文件夹断开了"), (errno.EACCES, "没有权限，或正被别的程序占用")],
)
def test_a_folder_that_nobody_can_look_at_is_no_missing_one(
    number: int, why: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that is gone is said to be gone, not to be no folder."""
    assert errors(office.read()) == []

    def gone(*_: object, **__: object) -> None:
        raise OSError(number, "gone")

    monkeypatch.setattr(os, "stat", gone)
    monkeypatch.setattr(os, "scandir", gone)
    monkeypatch.setattr(os, "open", gone)
    (said,) = errors(office.read())
    assert said.startswith(f".：文件夹打不开：{why}（文件名看不出是哪本台账")
    assert (is_folder(office.folder), is_file(office.folder)) == (True, True)
    with pytest.raises(UnreadableFileError, match=f"“报告.txt”没有读：.*{why}"):
        read_report_file(Path("报告.txt"))


def test_a_file_beyond_the_cap_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "大.csv"
    with place.open("wb") as stream:
        stream.truncate(64 * MIB + 1)
    found = Found("大.csv", place)
    with pytest.raises(RefusedError, match=r"^文件超过64兆字节，没有读取；请拆分$"):
        read_bytes(found)
    assert found.entry.sha256 == ""


def test_what_went_away_meanwhile_is_a_problem(tmp_path: Path) -> None:
    """Fails if a file or folder that can't be opened is passed over in silence."""
    with pytest.raises(RefusedError, match=r"^文件打不开：已经不在了$"):
        read_bytes(Found("台账.csv", tmp_path / "台账.csv"))
    found, left_out = walk(tmp_path / "没有")
    assert found == []
    assert left_out == [LeftOut(".", "文件夹打不开：已经不在了", many=True)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 的文件夹里没有管道")
def test_a_pipe_is_no_file(office: Office) -> None:
    pipe = office.folder / "决策台账.csv"
    os.mkfifo(pipe)
    assert errors(office.read()) == ["决策台账.csv：不是普通文件，没有读取"]
    with pytest.raises(RefusedError, match=r"^不是普通文件，没有读取$"):
        read_bytes(Found("决策台账.csv", pipe))


def test_folders_too_deep_and_files_too_many_are_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.write("一/二/三/四/决策台账.csv", "编号,事项\n1,甲\n")
    office.write("一/二/三/四/五/决策台账.csv", "编号,事项\n2,乙\n")
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1"]
    (said,) = errors(facts)
    assert said.startswith("一/二/三/四/五：文件夹超过4层，没有读取（")
    monkeypatch.setattr("facts.files.open.MAX_FILES", 1)
    for name in ("a.csv", "b.csv", "c.csv"):
        office.write(name, "编号,事项\n1,甲\n")
    found, left_out = walk(office.folder)
    assert [file.path for file in found] == ["a.csv"]
    assert left_out == [LeftOut("b.csv", "文件夹中的文件超过1个，没有读取", many=True)]


@pytest.mark.skipif(os.name == "nt", reason="文件名在 Windows 上不是字节")
def test_of_two_files_that_look_alike_one_is_left_out(office: Office) -> None:
    """Broken by rows of two files told of one, or by a change in one that replay misses."""
    office.write("决策台账.csv", "编号,事项\n1,停车\n")
    office.write("fazhi.yaml", DECLARED)
    (office.folder / os.fsdecode("决策台账.csv".encode("gbk"))).write_text("编号,事项\n2,公交\n")
    facts = office.read()
    assert len(facts.records["matter"]) == 1
    assert errors(facts) == [
        "决策台账.csv：另有一个文件名称的编码不同，显示出来是一样的；这一份没有读取，请改一个名称"
    ]
    assert facts.closed == frozenset()


@pytest.mark.skipif(os.name == "nt", reason="文件名在 Windows 上不是字节")
@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("决策台账.json".encode("gbk"), "决策台账.json"),
        ("县局台账/决策台账.json".encode("gbk"), "县局台账/决策台账.json"),
        (b"\xff\xff.json", "\\xff\\xff.json"),
    ],
)
def test_names_in_other_bytes_are_shown_as_what_they_mean(
    raw: bytes, shown: str, tmp_path: Path
) -> None:
    """A folder packed on Windows and unpacked elsewhere has names in GB18030."""
    place = tmp_path / os.fsdecode(raw)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"{}")
    (found,), left_out = walk(tmp_path)
    assert left_out == []
    assert found.path == found.entry.path == shown
    assert read_bytes(found) == b"{}"
