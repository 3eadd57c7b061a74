"""The files of a ruleset and of local folders beside it, and whose every name is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, TypeVar

from pydantic import BaseModel, RootModel

from engine.model.errors import InvalidRulesetError, nearest
from engine.model.strict_yaml import Plain, YamlMap, load_yaml
from engine.model.validated import validate
from engine.ruleset import files as f
from engine.ruleset.local import REFUSED, LocalFolder, LocalRules, is_local

_Model = TypeVar("_Model", bound=BaseModel)

_NAMED: Final = ("requirements", "terms.yaml", "instruments.yaml", "ids.yaml")
"""Tables whose keys are names; so are those of parameter files. Others name what is named here."""


class Tables:
    """Every file by its place: ours by path, a local one below its folder's name.

    `inside` holds the path within its folder, `read` what was read so far, and `written` where
    each name was given. Raises `InvalidRulesetError` for a file that a local folder may not have.
    """

    def __init__(self, ours: Mapping[str, str], local: Sequence[LocalFolder]) -> None:
        self.ours = ours
        self.inside: dict[str, str] = {name: name for name in ours}
        self.texts = dict(ours)
        for folder in local:
            for path, text in folder.rules().items():
                _allow(folder, path)
                self.inside[f"{folder.name}/{path}"] = path
                self.texts[f"{folder.name}/{path}"] = text
        self.read: dict[str, Plain] = {}
        self.written: dict[tuple[str, str], str] = {}

    def is_ours(self, place: str) -> bool:
        """Whether a file is one of those that come with fazhi."""
        return place in self.ours

    def shown(self, place: str) -> str:
        """A file as lint names it."""
        return f"rulesets/{place}" if self.is_ours(place) else place

    def domain(self, place: str) -> str:
        """The folder that a requirement stands in."""
        return PurePosixPath(self.inside[place]).parts[0]

    def claim(self, table: str, name: str, place: str, key: str) -> None:
        """Give a name to what stands in `place`; refuse one that is taken, ours or another's.

        Names of ours and of local folders are kept apart by how they begin.
        """
        other = self.written.get((table, name))
        ours = self.is_ours(place)
        reason = ""
        if other is not None and (ours or not self.is_ours(other)):
            reason = f"“{name}”重复，{other} 已有"
        elif other is not None:
            reason = f"“{name}”是随附规则集的（{other}），本地规则不能改它；另起名字，以 local 开头"
        elif _names(table) and ours == is_local(name):
            reason = (
                f"“{name}”不能以 local 开头：这样的名字留给本地规则"
                if ours
                else f"本地规则的名字须以 local- 或 local_ 开头，如“{_example(table, name)}”"
            )
        if reason:
            raise InvalidRulesetError(reason, file=place, line=self.line(place, key), key=key)
        self.written[table, name] = place

    def file(self, name: str, model: type[_Model]) -> _Model:
        """The one file called `name`. Raises `InvalidRulesetError` where it is missing."""
        if name not in self.texts:
            raise InvalidRulesetError("规则集缺少这个文件", file=name)
        return validate(model, self.raw(name), name)

    def raw(self, name: str) -> Plain:
        """A file as YAML, read once."""
        if name not in self.read:
            self.read[name] = load_yaml(self.texts[name], name)
        return self.read[name]

    def line(self, name: str, key: str) -> int | None:
        """The line on which `key` of a file stands."""
        raw = self.raw(name)
        return raw.lines.get(key) if isinstance(raw, YamlMap) else None

    def table(self, name: str, model: type[_Model]) -> dict[str, _Model]:
        """A file that maps names to entries, ours and those of local folders together.

        A missing file is an empty one.
        """
        table = RootModel[dict[str, model]]  # type: ignore[valid-type]
        found: dict[str, _Model] = {}
        for place in self.places(name):
            for key, entry in validate(table, self.raw(place), place).root.items():
                if (name, key) not in self.written or self.written[name, key] != place:
                    self.claim(name, key, place, key)
                found[key] = entry
        return found

    def places(self, path: str) -> list[str]:
        """Every file that stands at `path` of its folder, ours first."""
        return [place for place, inside in self.inside.items() if inside == path]

    def ours_alone(self, name: str, model: type[_Model]) -> dict[str, _Model]:
        """A table that is ours alone."""
        table = RootModel[dict[str, model]]  # type: ignore[valid-type]
        return validate(table, self.raw(name), name).root if name in self.ours else {}

    def rules_of(self, folder: LocalFolder) -> LocalRules:
        """What a local folder says of itself."""
        head = f"{folder.name}/ruleset.yaml"
        version = self.file(head, f.RulesetFile).version if head in self.texts else ""
        return LocalRules(folder.name, version, folder.sha256)

    def known(self, name: str, names: Iterable[str], file: str, key: str) -> None:
        """Refuse a name that is not among `names`."""
        names = list(names)
        if name not in names:
            message = f"没有“{name}”" + nearest(name, names)
            raise InvalidRulesetError(message, file=file, line=self.line(file, key), key=key)


def _allow(folder: LocalFolder, path: str) -> None:
    """Refuse a file by which a local folder would change what ours say."""
    why = REFUSED.get(PurePosixPath(path).parts[0].removesuffix(".yaml"))
    if why is not None:
        message = f"本地规则不能有这个文件：{why}"
        raise InvalidRulesetError(message, file=f"{folder.name}/{path}")


def _names(table: str) -> bool:
    return table in _NAMED or table.startswith("parameters/")


def _example(table: str, name: str) -> str:
    joined = "-" if table in ("requirements", "ids.yaml", "instruments.yaml") else "_"
    return f"local{joined}{name}"
