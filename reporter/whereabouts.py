"""Where the folder of an assessment lies, and whether it is still what was checked.

所在：结果核的是哪个文件夹，后来改过没有。
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from engine.model.assessment import Assessment, InputEntry, OutcomeEntry
from engine.model.outcome import OUTCOME_TITLES


def lying_in(assessment: Assessment, folder: Path, output: Path | None) -> Assessment:
    """The assessment with where its folder lies, as seen from the file it is written to."""
    start = Path() if output is None else output.parent
    try:
        where = Path(os.path.relpath(folder, start)).as_posix()
    except ValueError:  # on another drive of Windows
        where = folder.absolute().as_posix()
    inputs = tuple(replace(item, folder=where) for item in assessment.inputs)
    return replace(assessment, inputs=inputs)


def folder_of(assessment: Assessment, file: Path) -> Path | None:
    """The folder of an assessment that was read from `file`; None where it is not there."""
    found = next((file.parent / item.folder for item in assessment.inputs if item.folder), None)
    return found if found is not None and found.is_dir() else None


def changed(
    before: Sequence[InputEntry],
    now: Mapping[str, str],
    stood: Sequence[OutcomeEntry],
    stands: Sequence[OutcomeEntry],
) -> Iterator[str]:
    """What to say of a folder that is no longer what was checked: files by digest, outcomes."""
    files = [item.path for item in before if now.get(item.path) != item.sha256]
    files += sorted(set(now) - {item.path for item in before})
    if files:
        yield f"注意：核对以后文件夹改过（{'、'.join(files)}），下面是照现在的算的"
    if stands and [one.outcome for one in stood] != [one.outcome for one in stands]:
        was, is_now = (
            "、".join(OUTCOME_TITLES[e.outcome] for e in each) for each in (stood, stands)
        )
        yield f"注意：结果文件里是“{was}”，现在是“{is_now}”"
