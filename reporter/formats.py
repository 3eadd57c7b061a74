"""The formats an assessment is written in: one line each, each renderer imported when asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.model.errors import WrongNameError

if TYPE_CHECKING:  # the command line lists the formats in its help, which stays fast
    from engine.model.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how its files end, where its renderer is, whether it is a document.

    `renderer` names a function `Assessment -> str | bytes` as `module:function`; text is written
    as UTF-8. A `document` is not for the screen: it needs `--output`.
    """

    ending: str
    renderer: str
    document: bool = False

    def render(self, assessment: Assessment) -> str | bytes:
        """The assessment in this format, the same for the same assessment."""
        module, _, function = self.renderer.partition(":")
        render: Callable[[Assessment], str | bytes] = getattr(import_module(module), function)
        return render(assessment)


TERMINAL: Final = "terminal"

FORMATS: Final = {
    TERMINAL: Format(".txt", "reporter.terminal.assessment:plain_text"),
    "json": Format(".json", "engine.model.assessment:to_json"),
    "oscal": Format(".oscal.json", "reporter.documents.oscal:render"),
    "markdown": Format(".md", "reporter.documents.md:render"),
    "html": Format(".html", "reporter.documents.html:render", document=True),
    "docx": Format(".docx", "reporter.documents.word:render", document=True),
    "xlsx": Format(".xlsx", "reporter.documents.xlsx:render", document=True),
}


def chosen(form: str | None, output: Path | None, names: Collection[str] = tuple(FORMATS)) -> str:
    """The format among `names` that was asked for: by name, else by the ending of the output.

    Raises `WrongNameError` where the ending is no format's, or a document has no output.
    """
    if form is None:
        form = TERMINAL if output is None else _by_ending(output, names)
    if output is None and FORMATS[form].document:
        raise WrongNameError(
            f"{form} 不能写到屏幕，请加 --output，如 --output 结果{FORMATS[form].ending}"
        )
    return form


def _by_ending(output: Path, names: Collection[str]) -> str:
    fitting = [name for name in names if output.name.lower().endswith(FORMATS[name].ending)]
    if not fitting:
        endings = "、".join(FORMATS[name].ending for name in names)
        raise WrongNameError(
            f"从“{output.name}”看不出要哪种格式：请加 --format，或者让文件名以{endings}结尾"
        )
    return max(fitting, key=lambda name: len(FORMATS[name].ending))
