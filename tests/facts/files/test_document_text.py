"""A report file that has no text, or too much of it."""

from __future__ import annotations

import pytest

from facts.files.documents.text import MAX_TEXT, report_text
from facts.files.refused import RefusedError


def test_the_longest_text_is_read_and_a_longer_one_refused() -> None:
    assert report_text(b"a" * MAX_TEXT, ".txt") == ("a" * MAX_TEXT, "UTF-8")
    with pytest.raises(RefusedError, match=r"^报告超过1000000字，没有读取$"):
        report_text(b"a" * (MAX_TEXT + 1), ".txt")


@pytest.mark.parametrize("data", [b"", b" \n\t", "　\r\n".encode()])
def test_a_file_of_blanks_is_no_report(data: bytes) -> None:
    with pytest.raises(RefusedError, match=r"^文件里没有文字，请放入写好的报告$"):
        report_text(data, ".txt")


@pytest.mark.parametrize(("lines", "secret"), [(14, True), (15, False)])
def test_a_text_marked_secret_at_its_head_is_refused(lines: int, secret: bool) -> None:  # noqa: FBT001
    data = ("甲县法治政府建设情况报告\n" * lines + "机密★1年\n").encode()
    if secret:
        with pytest.raises(RefusedError, match=r"^标有“机密”：涉密文件不得在本软件中处理"):
            report_text(data, ".txt")
    else:
        assert report_text(data, ".txt")[1] == "UTF-8"
