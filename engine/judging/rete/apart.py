"""durable_rules in a process of its own: what takes it down takes down no run.

It is a C extension that nobody maintains. Where it is killed, another process is asked about the
same facts in ever smaller portions: lost in the end are those that take it down by themselves,
which is noticed and never guessed.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Final

from engine.judging.rete import session

Fired = list[frozenset[int] | None]
"""For each fact the numbers of the rules that matched; None for a fact that was lost."""

MOST_AGAIN: Final = 200
"""Portions asked once more, each with a new process of some 40 ms, until a call goes well again.

One fact among 5,000 is found within 25. Where nothing goes well, every call is asked just once.
"""


class Child:
    """The process that matches, started where it is first needed and again where it ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._again = MOST_AGAIN

    def run(self, rules: str, bodies: Sequence[str]) -> Fired:
        """What `session.Matcher(rules).run(bodies)` finds; None for a fact that ends the child."""
        if not bodies:
            return []
        with self._lock:
            found = self._portion(rules, bodies)
            if None not in found:
                self._again = MOST_AGAIN
                return found
            return self._narrowed(rules, bodies, found)

    def _narrowed(self, rules: str, bodies: Sequence[str], found: Fired) -> Fired:
        """What was found, and the lost asked once more: by themselves, or half of them if all."""
        lost = [at for at, fired in enumerate(found) if fired is None]
        half = len(lost) // 2 if len(lost) == len(bodies) else 0
        for places in filter(None, (lost[:half], lost[half:])):
            if self._again == 0:
                break
            self._again -= 1
            portion = [bodies[at] for at in places]
            told = self._portion(rules, portion)
            if len(bodies) > 1:  # one by itself has had its second time
                told = self._narrowed(rules, portion, told)
            for at, fired in zip(places, told, strict=True):
                found[at] = fired
        return found

    def _portion(self, rules: str, bodies: Sequence[str]) -> Fired:
        """One question; all of it lost where the child ends."""
        done = False
        try:
            found = self._asked(rules, bodies)
            done = True
        except (OSError, EOFError):
            return [None] * len(bodies)
        finally:
            if not done:  # killed, or half an answer left of a call that was broken off
                self.end()
        return found

    def end(self) -> None:
        """End the process; the next call starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _asked(self, rules: str, bodies: Sequence[str]) -> Fired:
        if self._process is None:
            # -I -S: the folders of this process, and nothing that the environment adds
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-I", "-S", *_program(), *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        asked, answered = self._process.stdin, self._process.stdout
        if asked is None or answered is None:  # pragma: no cover - both were asked for
            raise EOFError
        asked.write(json.dumps([rules, bodies]) + "\n")
        asked.flush()
        answer = answered.readline()
        if not answer.endswith("\n"):
            raise EOFError
        return [None if fired is None else frozenset(fired) for fired in json.loads(answer)]


def _program() -> tuple[str, ...]:
    return (session.__file__,)


CHILD: Final = Child()
atexit.register(CHILD.end)


class Matcher:
    """A set of rules about single facts, as `session.written`, matched in the process apart."""

    def __init__(self, rules: str) -> None:
        self._rules = rules

    def run(self, bodies: Sequence[str]) -> Fired:
        """For each fact the numbers of the rules that matched; None for a fact that was lost.

        A body is the fact's JSON after kind and rid: empty, or starting with a comma.
        """
        return CHILD.run(self._rules, bodies)
