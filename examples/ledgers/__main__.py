"""`python -m examples.ledgers [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

from examples.ledgers import build

build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "qinglan")
