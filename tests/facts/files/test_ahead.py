"""Reading ahead: in order, no more than one, and what one file raises is raised for that file."""

from __future__ import annotations

from pathlib import Path

import pytest

from facts.files.ahead import read_ahead
from facts.files.open import Found
from facts.files.refused import RefusedError


def test_files_come_in_order_and_no_more_than_one_is_read_ahead() -> None:
    """Would break if a whole folder were read before the first file is looked at."""
    files = [Found(name, Path(name)) for name in "abcd"]
    asked: list[str] = []

    def read(found: Found) -> str:
        asked.append(found.path)
        return found.path.upper()

    seen = []
    for number, (found, held) in enumerate(read_ahead(files, read), 1):
        assert held() == found.path.upper()
        assert len(asked) <= number + 1
        seen.append(found.path)
    assert seen == asked == ["a", "b", "c", "d"]
    assert list(read_ahead([], read)) == []


def test_a_file_that_is_refused_is_refused_alone() -> None:
    """Would break if the reason were lost, or came up while another file is looked at."""

    def read(found: Found) -> str:
        if found.path == "b":
            raise RefusedError("坏了")
        return found.path

    first, second, third = read_ahead([Found(name, Path(name)) for name in "abc"], read)
    assert (first[1](), third[1]()) == ("a", "c")
    with pytest.raises(RefusedError, match="坏了"):
        second[1]()
