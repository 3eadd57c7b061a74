"""What files are called: those in which an office says what its folder holds, and all others."""

from __future__ import annotations

from typing import Final

SETTINGS: Final = "fazhi.yaml"
"""The file in which an office says which place it is and what its ledgers are."""

YAML_NAMES: Final = (SETTINGS, "fazhi.yml")
SETTINGS_BOOK: Final = "设置.xlsx"
"""The same for a clerk to edit."""

NAMES: Final = (*YAML_NAMES, SETTINGS_BOOK)

BOOK_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".csv"})
OBJECT_SUFFIXES: Final = frozenset({".json", ".yaml", ".yml"})
LEDGER_SUFFIXES: Final = BOOK_SUFFIXES | OBJECT_SUFFIXES
REPORT_SUFFIXES: Final = frozenset(
    {".txt", ".md", ".html", ".htm", ".docx", ".mht", ".mhtml", ".pdf"}
)
READ_SUFFIXES: Final = LEDGER_SUFFIXES | REPORT_SUFFIXES
