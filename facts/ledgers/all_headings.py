"""The headers of all record types together: which types may know a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from facts.ledgers.form_headings import FormHeadings
from facts.ledgers.headers import (
    Headings,
    bracket,
    header_text,
    joined_heads,
    pair_heads,
)
from facts.ledgers.sheet_names import names_of
from facts.writing.text import fold

FEW: Final = 3
FORM: Final = "表式 "
"""Before the name of a form in what `AllHeadings.knowing` gives."""
_NOBODY: Final[frozenset[str]] = frozenset()


class AllHeadings(dict[str, Headings]):
    """The headings by record type, and those of forms, with an index of their words.

    Most texts that are looked at are no header of any ledger; one look-up says so. `names` are
    the folded names of all of them.
    """

    def __init__(
        self, headings: Mapping[str, Headings], forms: Mapping[str, FormHeadings] | None = None
    ) -> None:
        super().__init__(headings)
        self.forms = {FORM + name: form for name, form in (forms or {}).items()}
        every: dict[str, Headings | FormHeadings] = {**headings, **self.forms}
        own = {fold(word) for form in self.forms.values() for word in form.form.names}
        self.names = own.union(*(names_of(heading.type) for heading in headings.values()))
        words: dict[str, set[str]] = {}
        groups: dict[tuple[str, str], set[str]] = {}
        for name, heading in every.items():
            for word in heading.words:
                words.setdefault(word, set()).add(name)
            for above, within in heading.groups.items():
                for word in within:
                    groups.setdefault((above, word), set()).add(name)
        self._words = {word: frozenset(names) for word, names in words.items()}
        self._groups = {pair: frozenset(names) for pair, names in groups.items()}
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def types_of(self, names: Iterable[str]) -> frozenset[str]:
        """The record types of these types and forms."""
        records = {name: form.records for name, form in self.forms.items()}
        own = frozenset(name for name in names if name not in records)
        return own.union(*([r.type.type for r in records.get(name, ())] for name in names))

    def distinctive(self, text: str, group: str = "") -> bool:
        """Whether a header is one of few record types, and so says what a sheet is."""
        known = [name for name in self.knowing(text, group) if not name.startswith(FORM)]
        return 0 < len(known) <= FEW

    def knowing(self, text: str, group: str = "") -> frozenset[str]:
        """The types and forms for which `find(text, group)` may find something; none is missing."""
        key = text, group
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._knowing(header_text(text), header_text(group))
        return found

    def _knowing(self, folded: str, above: str) -> frozenset[str]:
        base = bracket(folded)[0]
        found = self._lookup(folded, above)
        if base != folded:
            found |= self._lookup(base, above)
        heads, second = pair_heads(base)
        if heads:
            first = _NOBODY.union(*(self._lookup(head, above) for head in heads))
            found |= first & self._lookup(second, above)
        return found

    def _lookup(self, word: str, above: str) -> frozenset[str]:
        if not word:
            return _NOBODY
        found = self._words.get(word, _NOBODY)
        if not above and "." in word:
            above, _, word = word.rpartition(".")
            above = above.rpartition(".")[2]
            found |= self._words.get(word, _NOBODY)
        if above:
            found |= self._groups.get((bracket(above)[0], word), _NOBODY)
            for joined in joined_heads(above, word):
                found |= self._words.get(joined, _NOBODY)
        return found
