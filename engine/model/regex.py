"""Regular expressions that are compiled when they are first asked.

Compiling one takes longer than a hundred searches with it, and of the hundreds that are written a
command asks some.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Final, Generic, cast

_ASKED: Final = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


class Unasked(Generic[AnyStr]):
    """Stands in for an expression: once it is asked for anything, that is the expression's own."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever `re.Pattern` has
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)  # noqa: TID251 - the one place
        vars(self).update((asked, getattr(compiled, asked)) for asked in _ASKED)
        return getattr(compiled, name)


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The expression that `text` writes. Asked for the first time it raises what `re` has of it."""
    return cast("re.Pattern[AnyStr]", Unasked(text, flags))
