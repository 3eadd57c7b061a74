"""The one module that touches durable_rules: rule handles, batches in, firings out.

It runs in a process of its own (`apart.py`) and so imports nothing else of ours.

What is used is the narrow part that held under test: flat facts, conditions on single facts,
one session, no host and no threads. Facts are asserted in batches, the firings drained, the
facts retracted. Whatever does not come back is reported, never guessed.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Mapping, Sequence
from itertools import count
from typing import IO, Any, Final

if __name__ == "__main__":
    sys.path[:] = sys.argv[1:]  # the folders of whoever started it

try:
    import durable_rules_engine as _engine
except ImportError:  # pragma: no cover - Windows and Python 3.13, where it cannot be installed
    _engine = None

BATCH: Final = 50
"""Facts asserted at a time; more is no faster, and holds more memory for good."""

TROUBLES: Final = 3
"""Batches of one call that the engine may refuse before it is trusted with no more facts."""

_FIRST_RID: Final = 10**9
_RID_WIDTH: Final = 10
_CATCH_ALL: Final = "0000"
_HEAD: Final = '{"0000":{"m":{"kind":"f","rid":'
_NAME: Final = slice(2, 6)
_RID: Final = slice(len(_HEAD), len(_HEAD) + _RID_WIDTH)

Pattern = Sequence[Mapping[str, Any]]
"""The conditions of one rule, in durable_rules' own JSON, in the order they are to be tested."""


def available() -> bool:
    """Whether durable_rules is installed; where not, the reference judges in its place."""
    return _engine is not None


def written(patterns: Sequence[Pattern]) -> str:
    """Rules about single facts as durable_rules reads them, numbered from 0."""
    kind = {"kind": "f"}
    rules = {_CATCH_ALL: {"all": [{"m": {"$and": [kind, {"$ex": {"rid": 1}}]}}]}}
    for number, pattern in enumerate(patterns, 1):
        rules[f"{number:04}"] = {"all": [{"m": {"$and": [kind, *pattern]}}]}
    return json.dumps(rules)


class Matcher:
    """A set of rules about single facts, as `written`; made once per process and content."""

    def __init__(self, rules: str) -> None:
        self._rules = rules
        self._handle: int | None = None
        self._lock = threading.Lock()
        # Facts are told apart by their content: a number that never returns keeps two apart.
        self._rids = count(_FIRST_RID)

    def run(self, bodies: Sequence[str]) -> list[frozenset[int] | None]:
        """For each fact the numbers of the rules that matched; None for a fact that was lost.

        A body is the fact's JSON after kind and rid: empty, or starting with a comma.
        """
        found: list[frozenset[int] | None] = []
        troubles = 0
        with self._lock:
            for start in range(0, len(bodies), BATCH):
                batch = bodies[start : start + BATCH]
                if troubles < TROUBLES:
                    fired = self._guarded(batch)
                    troubles += fired is None
                else:
                    fired = None
                found += [None] * len(batch) if fired is None else fired
        return found

    def _guarded(self, bodies: Sequence[str]) -> list[frozenset[int] | None] | None:
        """One batch; None where the engine refused, after which its session is not used again."""
        done = False
        try:
            fired = self._batch(bodies)
            done = True
        except (_engine.error, MemoryError, ValueError):
            return None
        finally:
            if not done:
                # The session may hold leftovers of this batch, and is left locked for a minute.
                self._handle = None
        return fired

    def _batch(self, bodies: Sequence[str]) -> list[frozenset[int] | None]:
        if self._handle is None:
            self._handle = _engine.create_ruleset("fazhi", self._rules)
        handle = self._handle
        places: dict[str, int] = {}
        facts = []
        for place, body in enumerate(bodies):
            rid = str(next(self._rids))
            places[rid] = place
            facts.append(f'{{"kind":"f","rid":{rid}{body}}}')
        text = f"[{','.join(facts)}]"
        _, session = _engine.assert_facts(handle, text)
        fired: list[set[int]] = [set() for _ in bodies]
        start = _engine.start_action_for_state(handle, session)
        message = start[1] if start else None
        complete = _engine.complete_and_start_action
        while message:
            # The head alone: parsing the whole message costs ten times the matching.
            place_ = places.get(message[_RID])
            if place_ is None:
                raise ValueError(message)
            fired[place_].add(int(message[_NAME]))
            message = complete(handle, session)
        _engine.retract_facts(handle, text)
        return [
            frozenset(n - 1 for n in numbers if n) if 0 in numbers else None for numbers in fired
        ]


_MATCHERS: Final[dict[str, Matcher]] = {}


def matcher(rules: str) -> Matcher:
    """The matcher for these rules: a handle costs memory that is never given back."""
    if rules not in _MATCHERS:
        _MATCHERS[rules] = Matcher(rules)
    return _MATCHERS[rules]


def serve(asked: IO[str], answered: IO[str]) -> None:
    """Answer one request a line, rules and facts, until there are no more."""
    for line in asked:
        rules, bodies = json.loads(line)
        fired = matcher(rules).run(bodies)
        found = [None if numbers is None else sorted(numbers) for numbers in fired]
        answered.write(json.dumps(found, separators=(",", ":")) + "\n")
        answered.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
