"""What was worked out from requirements alone, kept so that it is worked out once.

Rules for the matching engine and the text of queries depend on no record and on no day. They
are remembered in the process, and with the stored ruleset beyond it; outcomes never are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, TypeAlias, TypeVar, cast

from engine.model.schema import Schema
from engine.ruleset.frozen import Later
from engine.ruleset.model import Requirement

MOST: Final = 10_000
"""Things remembered; of more the oldest is forgotten."""

_Worked = TypeVar("_Worked")

Key: TypeAlias = tuple[str, tuple[str, ...], Hashable]
"""What kind of thing it is, the ids of the requirements, and what else it was made from."""

Entry: TypeAlias = tuple[Key, tuple[object, ...], Later[Any]]
"""A key, the very requirements and schema it stands for, and what was made of them."""

_held: Final[dict[Key, tuple[tuple[object, ...], Later[Any]]]] = {}
_made: Final[list[Key]] = []


def recall(
    kind: str,
    requirements: Sequence[Requirement],
    schema: Schema,
    rest: Hashable,
    make: Callable[[], _Worked],
) -> _Worked:
    """What `make` yields for these very requirements and `rest`, made when first asked for."""
    key = (kind, tuple(requirement.id for requirement in requirements), rest)
    made_of = (schema, *requirements)
    found = _held.get(key)
    if found is None or any(a is not b for a, b in zip(found[0], made_of, strict=True)):
        if len(_held) >= MOST:
            _held.pop(next(iter(_held)), None)
        found = _held[key] = (made_of, Later(make()))
        _made.append(key)
    return cast("_Worked", found[1].value)


def made() -> bool:
    """Whether anything had to be made since this was last asked, because it was not remembered."""
    anything = bool(_made)
    _made.clear()
    return anything


def entries(requirements: Iterable[Requirement], schema: Schema) -> list[Entry]:
    """All that is remembered of a ruleset."""
    own = {id(schema), *map(id, requirements)}
    return [
        (key, made_of, value)
        for key, (made_of, value) in _held.items()
        if all(id(part) in own for part in made_of)
    ]


def remember(found: Iterable[Entry]) -> None:
    """Take in what was remembered elsewhere."""
    for key, made_of, value in found:
        _held[key] = (made_of, value)
