"""Names and arguments whose bytes are no UTF-8, as a disk written by an old Windows has them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="名称总是文字")

LEDGER = "决策编号,决策事项,是否重大行政决策\n决1,甲方案,是\n".encode()


def gbk(text: str) -> bytes:
    return text.encode("gbk")


def fazhi(*arguments: bytes, **environment: str) -> tuple[int, str]:
    """The exit code and all that is said, which is text whatever was asked."""
    done = subprocess.run(
        [os.fsencode(sys.executable), os.fsencode(ROOT / "cli.py"), *arguments],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", **environment},
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture
def folder(tmp_path: Path) -> bytes:
    made = os.fsencode(tmp_path) + b"/" + gbk("材料")
    os.mkdir(made)  # noqa: PTH102 - a name of bytes
    for name in (gbk("重大行政决策台账.csv"), b"\xff\xfe\x80.txt"):
        with open(made + b"/" + name, "wb") as file:  # noqa: PTH123
            file.write(LEDGER)
    return made


def test_a_folder_of_such_names_is_read_and_its_result_read_again(folder: bytes) -> None:
    """Broken by a path that no result can hold: JSON is UTF-8."""
    result = os.path.dirname(folder) + b"/" + gbk("结果") + b".json"  # noqa: PTH120
    code, said = fazhi(b"check", folder, b"--as-of", b"2025-03-10", b"--output", result)
    assert (code, said) == (1, "")
    found = json.loads(Path(os.fsdecode(result)).read_text(encoding="utf-8"))
    assert [(one["path"], one.get("folder")) for one in found["inputs"]] == [
        ("\\xff\\xfe\\x80.txt", None), ("重大行政决策台账.csv", None),
    ]  # fmt: skip
    assert "决1" in {one["subject_key"] for one in found["outcomes"]}
    assert fazhi(b"replay", result, b"--data", folder)[0] == 0
    code, said = fazhi(b"explain", result, b"dec-draft-comment", gbk("决1"))
    assert code == 2
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        [b"check", gbk("没有的文件夹")],
        [b"check", b".", b"--format", gbk("网页")],
        [b"check", b".", b"--as-of", gbk("今天")],
        [b"rules", b"show", gbk("要求")],
        [b"check", b".", b"--year", gbk("今年")],
        [b"check", b".", b"--" + gbk("选项")],
        [b"due", b".", b"--days", gbk("十")],
        [b"explain", b".", gbk("要求")],
        [b"--" + gbk("选项")],
        [b"rules", gbk("看")],
        [gbk("核对")],
    ],
)
def test_an_argument_of_such_bytes_is_wrong_use(arguments: list[bytes]) -> None:
    code, said = fazhi(*arguments)
    assert code == 2
    assert "出错了：" in said
    assert "Traceback" not in said
    assert "\\udc" not in said


def test_where_no_file_can_have_a_chinese_name_that_is_said(folder: bytes) -> None:
    """Broken by an error of Python's, whose exit code 1 reads as findings."""
    code, said = fazhi(b"check", folder, PYTHONUTF8="0")
    assert code == 2
    assert said.strip() == (
        "出错了：照这台机器的设置，文件名里不能有汉字；请先运行 export PYTHONUTF8=1，再来一次"
    )
