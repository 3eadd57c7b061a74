"""What to do with a file that is damaged, or written in a way that is refused."""

from __future__ import annotations

from typing import Final

MEND: Final = "请在 WPS 里打开，打得开的另存为新的文件再放进来"
