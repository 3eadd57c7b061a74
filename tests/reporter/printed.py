"""Word documents as they come out of the printer: converted by LibreOffice, page by page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from pypdf import PdfReader

OFFICE: Final = shutil.which("soffice")
printing = pytest.mark.skipif(not OFFICE, reason="没有装 LibreOffice（libreoffice-writer-nogui）")
"""A page is counted where something can lay it out."""


def pages(documents: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """The text of every page of each document, all converted at once."""
    assert OFFICE
    for name, content in documents.items():
        (folder / f"{name}.docx").write_bytes(content)
    asked = [str(folder / f"{name}.docx") for name in documents]
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *asked],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {
        name: [page.extract_text() for page in PdfReader(folder / f"{name}.pdf").pages]
        for name in documents
    }
