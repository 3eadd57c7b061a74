"""durable_rules in a process of its own: what takes it down takes down no run.

It is a C extension that nobody maintains. Where it is killed, the facts of that one call are
lost, which is noticed and never guessed, and the next call starts another process.
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


class Child:
    """The process that matches, started where it is first needed and again where it ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def run(self, rules: str, bodies: Sequence[str]) -> Fired:
        """What `session.Matcher(rules).run(bodies)` finds; all of it lost where the child ends."""
        if not bodies:
            return []
        with self._lock:
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
