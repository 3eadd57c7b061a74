"""An assessment made again: what it was made from, and what is different now.

It names everything that it rests on by a digest. Made again from the same, it is the same to the
byte; otherwise what changed is said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.judging.run import Run
from engine.model.assessment import Assessment, MadeFrom
from engine.model.assessment_json import to_json

_TITLES = {
    "program": "程序版本",
    "program_sha256": "程序",
    "parameters": "省里定的参数",
    "calendar": "工作日历",
}


def made_from(run: Run) -> MadeFrom | None:
    """What a run goes by besides files and rules; None where nobody asked for it."""
    if run.made_from is None:
        return None
    params = sorted(
        (name, str(one.start), str(one.end), str(one.value), one.confirmed)
        for name, periods in run.world.params.items()
        for one in periods
    )
    return replace(
        run.made_from,
        parameters=_digest(params),
        calendar=run.world.calendar.digest(),
        unmask=run.unmask,
    )


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


def bare(assessment: Assessment) -> Assessment:
    """The assessment without what a comparison with an earlier one has added."""
    outcomes = (
        entry if entry.change is None else replace(entry, change=None)
        for entry in assessment.outcomes
    )
    return replace(assessment, since=None, outcomes=tuple(outcomes))


def changes(text: str, then: Assessment, now: Assessment) -> list[str]:
    """What the later one was made from that differs, in words, then what of it does.

    `text` is the earlier one as it was written. Nothing where the later is the same to the byte.
    """
    folder = next((item.folder for item in then.inputs), "")  # where it lies now is no matter
    now = replace(now, inputs=tuple(replace(item, folder=folder) for item in now.inputs))
    if (to_json(now) if then.since is None else text) == text and _alike(then, now):
        return []
    said = [*_inputs(then, now), *_rules(then, now), *_made(then, now)]
    if _alike(then, now):
        said.append("内容一样，可是结果文件被改写过")
    elif not said:
        said.append("材料、规则、参数、日历、程序都没有变，结果却不一样")
    return [*said, *_outcomes(then, now)]


def _alike(then: Assessment, now: Assessment) -> bool:
    return to_json(bare(then)) == to_json(bare(now))


def _inputs(then: Assessment, now: Assessment) -> Iterator[str]:
    before = {item.path: item.sha256 for item in then.inputs}
    after = {item.path: item.sha256 for item in now.inputs}
    for path in sorted(before.keys() | after.keys()):
        if path not in after:
            yield f"材料少了：{path}"
        elif path not in before:
            yield f"材料多了：{path}"
        elif before[path] != after[path]:
            yield f"材料改了：{path}"


def _rules(then: Assessment, now: Assessment) -> Iterator[str]:
    if then.ruleset.sha256 != now.ruleset.sha256:
        yield f"规则集变了：{then.ruleset.version} → {now.ruleset.version}"
    before = {one.name: one.sha256 for one in then.ruleset.local}
    after = {one.name: one.sha256 for one in now.ruleset.local}
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"本地规则变了：{name}"


def _made(then: Assessment, now: Assessment) -> Iterator[str]:
    if then.made_from is None or now.made_from is None:
        return
    for name, title in _TITLES.items():
        if getattr(then.made_from, name) != getattr(now.made_from, name):
            yield f"{title}变了"
    if then.engines != now.engines:
        yield "用的引擎变了"


def _outcomes(then: Assessment, now: Assessment) -> Iterator[str]:
    before, after = _by_record(then), _by_record(now)
    differing = sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())
    if differing:
        yield f"结论不同的{differing}项；逐项看 fazhi diff"


def _by_record(assessment: Assessment) -> Mapping[tuple[str, str, str], Sequence[str]]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for entry in assessment.outcomes:
        key = entry.requirement, entry.subject_type, entry.subject_key
        found.setdefault(key, []).append(entry.outcome.value)
    return found
