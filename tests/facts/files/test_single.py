"""One file named on the command line: what can't be read says why and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from facts.files.open import MAX_FILE
from facts.files.single import UnreadableFileError, read_report_file, read_result_file


def test_a_report_of_any_encoding_is_its_text(tmp_path: Path) -> None:
    path = tmp_path / "年报.TXT"
    path.write_bytes("甲县法治政府建设情况报告".encode("gb18030"))
    assert read_report_file(path) == "甲县法治政府建设情况报告"
    assert read_result_file(path) == "甲县法治政府建设情况报告"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        (
            "年报.xlsx",
            b"PK",
            "不是报告的格式，能读的有：.docx、.htm、.html、.md、.mht、.mhtml、.pdf、.txt",
        ),
        ("没有.txt", None, "，请检查路径"),
        ("空.txt", b" ", "没有读：文件里没有文字，请放入写好的报告"),
        ("密.txt", "机密★10年\n甲县报告".encode(),
         "没有读：标有“机密”：涉密文件不得在本软件中处理，没有读取"),
        ("夹.txt", b"", "是文件夹，这里要一个文件"),
    ],
)  # fmt: skip
def test_why_a_report_is_not_read(
    tmp_path: Path, name: str, content: bytes | None, why: str
) -> None:
    path = tmp_path / name
    if name == "夹.txt":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refusal:
        read_report_file(path)
    before = "没有找到文件" if content is None else ""
    assert str(refusal.value) == f"{before}“{path}”{why}"


def test_an_assessment_may_be_larger_than_what_people_hand_in(tmp_path: Path) -> None:
    path = tmp_path / "结果.txt"
    path.write_bytes(b" " * (MAX_FILE + 1))
    assert len(read_result_file(path)) == MAX_FILE + 1
    with pytest.raises(UnreadableFileError) as refusal:
        read_report_file(path)
    assert str(refusal.value) == f"“{path}”没有读：文件超过64兆字节，没有读取；请拆分"
