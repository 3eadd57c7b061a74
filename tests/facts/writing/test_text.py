"""Texts in the form in which they are matched."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from facts.writing.text import fold


def in_every_step(text: str) -> str:
    """What folding is, one step after the other, as it is said to be."""
    dashes = str.maketrans(dict.fromkeys("‐‑‒–—―−－─━", "-"))
    half = unicodedata.normalize("NFKC", text).translate(dashes)
    dropped = ("Cc", "Cf", "Zs", "Zl", "Zp")
    return "".join(char for char in half if unicodedata.category(char) not in dropped).lower()


def test_every_sign_is_folded_as_every_step_says() -> None:
    """Fails if a sign that has another form is taken for one that nothing changes."""
    signs = map(chr, [*range(0xD800), *range(0xE000, 0x30000)])
    assert [sign for sign in signs if fold.__wrapped__(sign) != in_every_step(sign)] == []


@given(st.text(st.sampled_from("司法局AZz09-—（）() \t　\u200b〔〕ⅢﬁÅ一鿿e\u0301"), max_size=8))
def test_a_text_is_folded_as_every_step_says(text: str) -> None:
    """Fails if what a sign becomes beside another differs from what every step makes of both."""
    assert fold(text) == in_every_step(text)
