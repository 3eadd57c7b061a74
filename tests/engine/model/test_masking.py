"""Identity numbers are found wherever they stand, and nothing else is taken for one."""

from __future__ import annotations

from typing import Any

import pytest

from engine.model.masking import (
    MASK,
    document_without_identity,
    hidden_in_place,
    without_identity,
)
from engine.model.outcome import Outcome
from engine.model.values import Source

NUMBER = "41010519900101123X"
CUT = "＊＊＊123X"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NUMBER, CUT),
        (f"周某（{NUMBER}）、李某（{NUMBER[:-1]}1）", f"周某（{CUT}）、李某（＊＊＊1231）"),
        ("410105 19900101 123x", "＊＊＊123x"),
        ("410105-19900101-1234", "＊＊＊1234"),
        ("４10105199001011234", "＊＊＊1234"),
        ("410105 1990 0101 123X", "＊＊＊123X"),
        ("4101 0519 9001 0112 34", "＊＊＊2 34"),
        ("410105.19900101.1234", "＊＊＊1234"),
        ("４１０１０５－１９９０－０１－０１－１２３Ｘ", "＊＊＊１２３Ｘ"),
        ("2024-01-02 2024-01-03 12:00", "2024-01-02 2024-01-03 12:00"),  # no day of birth
        ("4101 0519 9013 0112 34", "4101 0519 9013 0112 34"),  # nor is a thirteenth month
        ("410105 1990  0101 1234", "410105 1990  0101 1234"),  # columns stand further apart
        ("010105199001011234", "010105199001011234"),  # no region begins with 0 or 9
        ("910105199001011234", "910105199001011234"),
        ("1410105199001011234", "1410105199001011234"),  # nineteen digits are something else
        ("4101051990010112345", "4101051990010112345"),
        ("没有号码", "没有号码"),
    ],
)
def test_an_identity_number_is_cut_down_to_its_last_four_places(text: str, shown: str) -> None:
    assert without_identity(text) == shown


def test_in_place_the_text_keeps_its_length() -> None:
    text = f"周某{NUMBER}于410105 19900101 1234"
    hidden = hidden_in_place(text)
    assert hidden == "周某" + "＊" * 14 + "123X于" + "＊" * 16 + "1234"
    assert len(hidden) == len(text)


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        (NUMBER, CUT),
        ([NUMBER, [NUMBER], 7], [CUT, [CUT], 7]),
        ({"甲": NUMBER, "乙": {"丙": [NUMBER]}}, {"甲": CUT, "乙": {"丙": [CUT]}}),
        ({NUMBER: "键"}, {NUMBER: "键"}),
        ((NUMBER, Source(NUMBER, line=7)), (CUT, Source(CUT, line=7))),
        (Outcome.MET, Outcome.MET),
        (None, None),
        (True, True),
    ],
)
def test_a_document_is_masked_in_all_its_texts(document: Any, shown: Any) -> None:  # noqa: ANN401
    assert document_without_identity(document) == shown


def test_the_mask_is_full_width_so_that_columns_stay_aligned() -> None:
    assert MASK == "＊" * 3
