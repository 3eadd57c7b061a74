"""How well the reader reads what is generated and annotated here: one number for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from facts.report import Figure, FigureKind, Report, Verdict, by_slug, read_report
from tests.facts.report.spoken import anew as anew_texts
from tests.facts.report.spoken.annotated import ANNOTATED, FIGURES, NAMES
from tests.facts.report.spoken.contradictions import PLANTED, POSSIBLE
from tests.facts.report.spoken.denials import DONE, NONE_AT_ALL, affirmations, denials
from tests.facts.report.spoken.statistics import FLAT, FORMS, TABLES, Table, wanted
from tests.facts.report.spoken.tables_anew import NEW_TABLES

HEAD = "2024年法治政府建设情况报告\n"


@dataclass(frozen=True)
class Tally:
    """How many of some cases came out right, and the texts of those that didn't."""

    name: str
    cases: int
    wrong: tuple[str, ...]

    @property
    def right(self) -> int:
        """How many came out right."""
        return self.cases - len(self.wrong)


def _tally(name: str, judged: Iterator[tuple[str, bool]]) -> Tally:
    cases = list(judged)
    return Tally(name, len(cases), tuple(text for text, right in cases if not right))


def _of(report: Report, value: int) -> list[Figure]:
    return [figure for figure in report.figures if figure.value == value]


def denied() -> Tally:
    """Denied and owed figures that are no count of what was done."""

    def judged() -> Iterator[tuple[str, bool]]:
        for case in denials():
            found = _of(read_report(case.text), case.denied)
            slugs = {figure.indicator for figure in found if figure.indicator}
            yield case.text, bool(found) and all(by_slug()[s].denies for s in slugs)
        for text, slug in NONE_AT_ALL:
            figures = read_report(HEAD + text).figures
            yield text, all(f.value == 0 and f.indicator in (slug, None) for f in figures)

    return _tally("denied figures kept from what was done", judged())


def affirmed() -> Tally:
    """Figures of what was done that keep their indicator, beside a denial and without one."""

    def judged() -> Iterator[tuple[str, bool]]:
        for case in denials():
            if case.done is not None:
                found = _of(read_report(case.text), case.done)
                yield case.text, any(figure.indicator in case.act.done for figure in found)
        for text, act in affirmations():
            found = _of(read_report(text), DONE)
            yield text, any(figure.indicator in act.done for figure in found)

    return _tally("what was done keeps its indicator", judged())


def fails(text: str) -> bool:
    """Whether some relation of a text is called wrong."""
    relations = read_report(HEAD + text).relations
    return any(relation.verdict is Verdict.FAILS for relation in relations)


def contradictions() -> Tally:
    """Planted contradictions that are named."""
    return _tally(
        "planted contradictions named",
        ((text, fails(text.format(wrong))) for text, wrong, _ in PLANTED),
    )


def false_alarms() -> Tally:
    """Sound twins and what is only possible, neither of which may be called wrong."""
    texts = [text.format(right) for text, _, right in PLANTED] + list(POSSIBLE)
    return _tally(
        "sound or possible texts left in peace", ((text, not fails(text)) for text in texts)
    )


def indicators_given() -> Tally:
    """Of the annotated figures that were given an indicator, those with the right one."""

    def judged() -> Iterator[tuple[str, bool]]:
        for text, slug, figure in _annotated():
            if figure is not None and figure.indicator is not None:
                yield text, figure.indicator in slug.split("|")

    return _tally("indicators given that are right", judged())


def indicators_found() -> Tally:
    """Of the annotated figures that have an indicator, those that were given it."""

    def judged() -> Iterator[tuple[str, bool]]:
        for text, slug, figure in _annotated():
            if slug:
                yield text, figure is not None and figure.indicator in slug.split("|")

    return _tally("indicators that are there and given", judged())


def _annotated() -> Iterator[tuple[str, str, Figure | None]]:
    for text, slug in ANNOTATED:
        at = len(HEAD) + text.index("【")
        report = read_report(HEAD + text.replace("【", "").replace("】", ""))
        yield text, slug, next((f for f in report.figures if f.start == at), None)


def figures_and_names() -> Tally:
    """Figures that look like names, and names that look like figures."""

    def judged() -> Iterator[tuple[str, bool]]:
        for text, raw, unit in FIGURES:
            yield text, (raw, unit) in {(f.raw, f.unit) for f in read_report(HEAD + text).figures}
        for text in NAMES:
            yield text, not read_report(HEAD + text).figures

    return _tally("figures told from names", judged())


def tables() -> Tally:
    """Tables of which every cell is read as what it is, in each format, and none besides."""

    return _tally("tables read cell by cell", _tables(TABLES))


def _tables(told: tuple[Table, ...]) -> Iterator[tuple[str, bool]]:
    for table in told:
        for form in FORMS:
            figures = read_report(form(table)).figures
            read = [(figure.value, figure.unit) for figure in figures]
            right = read == wanted(table)
            if table.spans and form in FLAT:
                # nobody can tell its columns; no two of its cells may become one number
                right = {value for value, _ in read} <= {value for value, _ in wanted(table)}
            yield f"{form.__name__}: {table.name}", right


def table_indicators() -> Tally:
    """Tables whose totals, and nothing else, have the indicators that they count."""

    def judged() -> Iterator[tuple[str, bool]]:
        for table in (table for table in TABLES if table.counts):
            for form in FORMS:
                figures = read_report(form(table)).figures
                named = {slug for slug, _ in table.counts}
                if table.spans and form in FLAT:
                    continue
                given = {(f.indicator, f"{f.value:f}") for f in figures if f.indicator in named}
                yield f"{form.__name__}: {table.name}", given == set(table.counts)

    return _tally("totals of tables with their indicator", judged())


FILL = "一、主要做法\n" + "各部门依法履行职责，规范执法行为，优化服务流程。" * 12 + "\n"


def _parts_anew() -> Iterator[tuple[str, bool]]:
    for text, name, there in anew_texts.PARTS:
        yield text, read_report(HEAD + FILL + text).part(name).present is there


def _problems_anew() -> Iterator[tuple[str, bool]]:
    for text, listed, unanswered in anew_texts.PROBLEMS:
        problems = read_report(HEAD + FILL + text).problems
        told = [problem.text for problem in problems if problem.where == "part"]
        left = [p.text for p in problems if not (p.plans or p.maybe or p.settled)]
        yield text, _each_in(listed, told) and _each_in(unanswered, left)


def _each_in(words: tuple[str, ...], texts: list[str]) -> bool:
    return len(words) == len(texts) and all(map(str.__contains__, texts, words))


def _denials_anew() -> Iterator[tuple[str, bool]]:
    for text, value, allowed in anew_texts.DENIALS:
        figures = _of(read_report(HEAD + text), value)
        done = [figure for figure in figures if figure.kind is not FigureKind.TARGET]
        yield text, bool(figures) and all(figure.indicator in allowed for figure in done)


def _indicators_anew() -> Iterator[tuple[str, bool]]:
    for text, value, slug in anew_texts.INDICATORS:
        figures = _of(read_report(HEAD + text), value)
        yield text, bool(figures) and all(figure.indicator == slug for figure in figures)


def _figures_anew() -> Iterator[tuple[str, bool]]:
    for text, wanted_figures in anew_texts.FIGURES:
        figures = read_report(HEAD + text).figures
        yield text, tuple((f"{f.value:f}", f.unit) for f in figures) == wanted_figures


def anew() -> list[Tally]:
    """The texts written after the reader was mended; see ``docs/measurements``."""
    told = anew_texts.CONTRADICTIONS
    return [
        _tally("written anew: parts", _parts_anew()),
        _tally("written anew: problems and answers", _problems_anew()),
        _tally("written anew: denials", _denials_anew()),
        _tally(
            "written anew: contradictions named",
            ((text, fails(text.format(wrong))) for text, wrong, _ in told),
        ),
        _tally(
            "written anew: sound twins in peace",
            ((text, not fails(text.format(right))) for text, _, right in told),
        ),
        _tally("written anew: indicators", _indicators_anew()),
        _tally("written anew: figures", _figures_anew()),
        _tally("written anew: tables", _tables(NEW_TABLES)),
    ]


def tallies() -> list[Tally]:
    """All of them."""
    return [
        denied(),
        affirmed(),
        contradictions(),
        false_alarms(),
        indicators_given(),
        indicators_found(),
        figures_and_names(),
        tables(),
        table_indicators(),
        *anew(),
    ]
