"""What the files are called in which an office says what its folder holds."""

from __future__ import annotations

from typing import Final

SETTINGS: Final = "fazhi.yaml"
"""The file in which an office says which place it is and what its ledgers are."""

YAML_NAMES: Final = (SETTINGS, "fazhi.yml")
SETTINGS_BOOK: Final = "设置.xlsx"
"""The same for a clerk to edit."""

NAMES: Final = (*YAML_NAMES, SETTINGS_BOOK)
