"""Results on their way into every format, and what is named by hand, while the disk fails.

The old file stays or the new one is whole, whatever call fails.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.model.assessment import Assessment
from engine.model.errors import InvalidRulesetError
from facts.files.single import UnreadableFileError, read_report_file, read_result_file
from reporter.delivery import deliver, write
from reporter.files import OutputError
from reporter.formats import DEADLINES, FORMATS
from tests.hostile.disk import Disk, each
from tests.reporter.sample import sample

OLD = b"old"
REPORT = "青岚县2024年法治政府建设年度报告\n全年办理行政复议案件12件，审结10件。\n"


FEW = (errno.ENOSPC, errno.EACCES)
"""What the others are called is tried where a file is written."""


def whole(form: str, found: Assessment, target: Path) -> None:
    if form in FORMATS:
        deliver(found, form, target)
    else:
        write(DEADLINES[form].render(found), target)


@pytest.mark.parametrize("form", sorted({*FORMATS, *DEADLINES}))
def test_every_format_leaves_the_old_or_the_new_whole(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a format that is written in place, or made in files of its own."""
    found, target = sample(), tmp_path / "结果"
    whole(form, found, target)
    size = len(target.read_bytes())
    assert size > len(OLD)

    def deliver_it(_: Disk) -> Callable[[], None]:
        said = ""
        try:
            whole(form, found, target)
        except (OutputError, InvalidRulesetError) as error:
            said = str(error)

        def after() -> None:
            left = target.read_bytes()
            assert left == OLD if said else abs(len(left) - size) < 64  # a time stands in some
            assert not said or re.match(
                "写不了“|结果做不出来：|[^：]*：程序自己的文件读不了：", said
            )
            assert "Errno" not in said

        return after

    assert each(monkeypatch, deliver_it, before=lambda: target.write_bytes(OLD), errors=FEW) > 15


@pytest.mark.parametrize("read", [read_result_file, read_report_file])
def test_a_file_named_by_hand_is_read_or_refused(
    read: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What diff, replay, explain, --since and extract read."""
    place = tmp_path / "报告.txt"
    place.write_text(REPORT, encoding="utf-8")

    def read_it(_: Disk) -> None:
        said = found = ""
        try:
            found = read(place)
        except UnreadableFileError as error:
            said = str(error)
        assert found == ("" if said else REPORT)
        assert not said or said.startswith(f"“{place}”没有读：")
        assert "Errno" not in said

    assert each(monkeypatch, read_it) > 20
