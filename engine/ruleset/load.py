"""Reading a ruleset: YAML files to a `Ruleset`, every name resolved and every text dated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from engine.model.errors import InvalidRulesetError
from engine.model.schema import Schema
from engine.model.shipped import shipped_files, shipped_text
from engine.model.strict_yaml import YamlMap
from engine.model.validated import validate
from engine.ruleset import files as f
from engine.ruleset.checklists import checklists
from engine.ruleset.compiler import Compiler, Shared
from engine.ruleset.contradictions import contradictions
from engine.ruleset.expressions import Expressions
from engine.ruleset.filled import filled
from engine.ruleset.gates import form, gates, profiles, screens, suppositions
from engine.ruleset.local import LocalFolder, digest
from engine.ruleset.model import Requirement, Ruleset
from engine.ruleset.outlines import FOLDER, carried, later_outlines
from engine.ruleset.procedures import procedures
from engine.ruleset.tables import Tables

EXPECTED: Final = ".expected.yaml"
YAML: Final = (".yaml", ".yml")
"""How the files beside the requirements end that say what must be found where: not rules."""

_SHARED: Final = (
    "ruleset",
    "instruments",
    "terms",
    "gates",
    "adjustments",
    "ids",
    "outline",
    "indicators",
    "provinces",
    "unread",
    "form",
    "screens",
    "supposed",
    "checklists",
    "procedures",
    "infeasible",
    "accepted",
)
_NOT_DOMAINS: Final = ("parameters", "profiles", FOLDER)


def load_ruleset(folder: Path, schema: Schema, local: Sequence[LocalFolder] = ()) -> Ruleset:
    """The ruleset in `folder` with what local folders add to it; `schema` holds all record types.

    Raises `InvalidRulesetError` naming file, key and the nearest right spelling, also for what a
    local folder may not do.
    """
    texts = {
        path.relative_to(folder).as_posix(): shipped_text(path)
        for path in shipped_files(folder)
        if path.suffix in YAML and not path.name.endswith(EXPECTED)
    }
    tables = Tables(texts, local)
    instruments = tables.table("instruments.yaml", f.InstrumentFile)
    expressions = Expressions(tables, schema)
    adjustments = tables.table("adjustments.yaml", f.AdjustmentFile)
    later = later_outlines(tables, instruments)
    shared = Shared(expressions, instruments, expressions.lowering(adjustments), carried(later))
    outline = tables.table("outline.yaml", f.SectionFile)
    contradictions(schema)
    head = tables.file("ruleset.yaml", f.RulesetFile)
    written = _requirement_files(tables)
    requirements = {
        file.id: Compiler(shared, place, file).requirement()
        for place, file in written.items()
        if file.kind is not f.RequirementKind.COVERED
    }
    _check_references(tables, written, requirements, instruments, outline)
    for name, instrument in instruments.items():
        for other in instrument.replaces:
            place = tables.written["instruments.yaml", name]
            tables.known(other, instruments, place, name)
    if head.outline:
        tables.known(head.outline, instruments, "ruleset.yaml", "outline")
    for name, sections in later.items():
        for number, section in sections.items():
            for wanted in section.requirements:
                tables.known(wanted, requirements, f"{FOLDER}/{name}.yaml", number)
    indicators = tables.table("indicators.yaml", f.IndicatorFile)
    for name, indicator in indicators.items():
        for wanted in indicator.requirements:
            tables.known(wanted, requirements, tables.written["indicators.yaml", name], name)
    gated = gates(expressions, requirements)
    files = {file.id: file for file in written.values()}
    return Ruleset(
        version=head.version,
        sha256=digest(texts),
        local=tuple(map(tables.rules_of, local)),
        schema=schema,
        vocabulary=expressions.vocabulary,
        requirements=dict(sorted(requirements.items())),
        covered={name: w for name, w in sorted(files.items()) if name not in requirements},
        gates=gated,
        instruments=instruments,
        parameters=expressions.parameters,
        provinces=_provinces(tables, expressions.parameters),
        profiles=profiles(tables, requirements, gated),
        domains={file.id: tables.domain(place) for place, file in written.items()},
        terms=tables.table("terms.yaml", f.TermFile),
        adjustments=adjustments,
        ids=tables.table("ids.yaml", f.IdFile),
        outline=outline,
        outline_of=head.outline,
        indicators=indicators,
        later_outlines=later,
        checked_within=head.checked_within,
        unread=tables.table("unread.yaml", f.UnreadFile),
        form=form(expressions),
        screens=screens(expressions),
        suppositions=suppositions(expressions),
        checklists=checklists(expressions, requirements),
        procedures=procedures(expressions, requirements, gated),
        infeasible=tables.table("infeasible.yaml", f.InfeasibleFile),
        accepted=tables.table("accepted.yaml", f.AcceptedFile),
        written={what: tables.shown(place) for what, place in tables.written.items()},
        lines={
            tables.shown(name): raw.lines
            for name, raw in tables.read.items()
            if isinstance(raw, YamlMap)
        },
    )


def _provinces(tables: Tables, parameters: Iterable[str]) -> dict[str, f.ProvinceFile]:
    """What provinces are called that have parameters."""
    written = tables.table("provinces.yaml", f.ProvinceFile)
    parameters = list(parameters)
    for name in written:
        tables.known(name, parameters, tables.written["provinces.yaml", name], name)
    return written


def _requirement_files(tables: Tables) -> dict[str, f.RequirementFile]:
    """Every requirement as it is written, by the place of its file; refuses files of no kind."""
    written: dict[str, f.RequirementFile] = {}
    for name, path in tables.inside.items():
        place = PurePosixPath(path)
        if place.suffix != ".yaml" or len(place.parts) > 2:
            message = "不会读这个文件：要求写在 <领域>/<id>.yaml"
            raise InvalidRulesetError(message, file=name)
        if len(place.parts) == 1:
            if place.stem not in _SHARED:
                raise InvalidRulesetError("规则集里没有这种文件", file=name)
            continue
        if place.parts[0] in _NOT_DOMAINS:
            continue
        file = validate(f.RequirementFile, filled(tables.raw(name), name), name)
        if file.id != place.stem:
            raise InvalidRulesetError(f"文件名须与 id“{file.id}”一致", file=name, key="id")
        tables.claim("requirements", file.id, name, "id")
        written[name] = file
    return written


def _check_references(
    tables: Tables,
    written: Mapping[str, f.RequirementFile],
    requirements: Mapping[str, Requirement],
    instruments: Mapping[str, f.InstrumentFile],
    outline: Mapping[str, f.SectionFile],
) -> None:
    for place, file in written.items():
        for basis in file.basis:
            tables.known(basis.instrument, instruments, place, "basis")
        for section in file.outline if outline else ():
            tables.known(section, outline, place, "outline")
        for other in file.covered_by:
            tables.known(other, requirements, place, "covered_by")
