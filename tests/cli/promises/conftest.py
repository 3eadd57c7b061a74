"""What more than one page's promises need."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.exit_code import ExitCode
from tests.cli.promises.office import fazhi


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of templates, just as the command writes it."""
    folder: Path = tmp_path_factory.mktemp("templates") / "空白"
    assert fazhi("template", folder).exit_code == ExitCode.CLEAN
    return folder
