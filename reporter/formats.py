"""The formats an assessment is written in, each renderer imported when asked for.

格式：有哪几种格式，文件名怎样结尾，由谁写。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.model.errors import WrongNameError

if TYPE_CHECKING:  # the command line lists the formats in its help, which stays fast
    from engine.model.assessment import Assessment
    from engine.model.survey import Survey


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how its files end, who renders it, whether it is a document.

    `render` gives the same for the same assessment; its text is written as UTF-8. A `document` is
    not for the screen: it needs `--output`. `pieces` gives the text of `render` piece by piece.
    """

    ending: str
    render: Callable[[Assessment], str | bytes]
    document: bool = False
    pieces: Callable[[Assessment], Iterator[str]] | None = None


@dataclass(frozen=True, slots=True)
class SurveyFormat:
    """As `Format`, of what was judged over whole tables."""

    ending: str
    render: Callable[[Survey], str | bytes]
    document: bool = False


def _terminal(assessment: Assessment) -> str:
    from reporter.terminal.assessment import plain_text

    return plain_text(assessment)


def _json(assessment: Assessment) -> str:
    from engine.model.assessment_json import to_json

    return to_json(assessment)


def _json_pieces(assessment: Assessment) -> Iterator[str]:
    from engine.model.assessment_json import json_pieces

    return json_pieces(assessment)


def _oscal(assessment: Assessment) -> str:
    from reporter.documents.oscal import render

    return render(assessment)


def _oscal_pieces(assessment: Assessment) -> Iterator[str]:
    from reporter.documents.oscal import pieces

    return pieces(assessment)


def _markdown(assessment: Assessment) -> str:
    from reporter.documents.md import render

    return render(assessment)


def _html(assessment: Assessment) -> str:
    from reporter.documents.html import render

    return render(assessment)


def _docx(assessment: Assessment) -> bytes:
    from reporter.documents.word import render

    return render(assessment)


def _xlsx(assessment: Assessment) -> bytes:
    from reporter.documents.xlsx import render

    return render(assessment)


def _blanks(assessment: Assessment) -> bytes:
    from reporter.documents.blanks import render

    return render(assessment)


TERMINAL: Final = "terminal"
JSON: Final = "json"

FORMATS: Final = {
    TERMINAL: Format(".txt", _terminal),
    JSON: Format(".json", _json, pieces=_json_pieces),
    "oscal": Format(".oscal.json", _oscal, pieces=_oscal_pieces),
    "markdown": Format(".md", _markdown),
    "html": Format(".html", _html, document=True),
    "docx": Format(".docx", _docx, document=True),
    "xlsx": Format(".xlsx", _xlsx, document=True),
    "blanks": Format("待填.xlsx", _blanks, document=True),
}


def _deadlines_json(assessment: Assessment) -> str:
    from engine.model.assessment_json import deadlines_json

    return deadlines_json(assessment)


def _ics(assessment: Assessment) -> str:
    from reporter.documents.ics import render

    return render(assessment)


DEADLINES: Final = {
    TERMINAL: FORMATS[TERMINAL],
    JSON: Format(".json", _deadlines_json),
    "ics": Format(".ics", _ics),
}
"""The formats of deadlines alone; on the screen they have a page of their own."""


def _survey_terminal(survey: Survey) -> str:
    import io

    from reporter.terminal.survey import render

    out = io.StringIO()
    render(survey, out, whole=True)
    return out.getvalue()


def _survey_json(survey: Survey) -> str:
    from engine.model.survey import survey_json

    return survey_json(survey)


def _survey_html(survey: Survey) -> str:
    from reporter.documents.survey import html

    return html(survey)


def _survey_xlsx(survey: Survey) -> bytes:
    from reporter.documents.survey import xlsx

    return xlsx(survey)


SURVEYS: Final = {
    TERMINAL: SurveyFormat(".txt", _survey_terminal),
    JSON: SurveyFormat(".json", _survey_json),
    "html": SurveyFormat(".html", _survey_html, document=True),
    "xlsx": SurveyFormat(".xlsx", _survey_xlsx, document=True),
}
"""The formats of what was judged over whole tables."""


def chosen(
    form: str | None,
    output: Path | None,
    among: Mapping[str, Format] | Mapping[str, SurveyFormat] = FORMATS,
) -> str:
    """The format among these that was asked for: by name, else by the ending of the output.

    Raises `WrongNameError` where the ending is no format's, or a document has no output.
    """
    if form is None:
        form = TERMINAL if output is None else _by_ending(output, among)
    if form not in among:
        raise WrongNameError(f"按表核对没有 {form} 这种格式，可用：" + "、".join(among))
    if output is None and among[form].document:
        raise WrongNameError(
            f"{form} 不能写到屏幕，请加 --output，如 --output 结果{among[form].ending}"
        )
    return form


def _by_ending(output: Path, among: Mapping[str, Format] | Mapping[str, SurveyFormat]) -> str:
    fitting = [name for name in among if output.name.lower().endswith(among[name].ending)]
    if not fitting:
        endings = "、".join(form.ending for form in among.values())
        raise WrongNameError(
            f"从“{output.name}”看不出要哪种格式：请加 --format，或者让文件名以{endings}结尾"
        )
    return max(fitting, key=lambda name: len(among[name].ending))
