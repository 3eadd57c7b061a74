"""The worked examples of a requirement file, each filled in from what it has in common with others.

`usual` of a file is what its examples share; `like` names an earlier example that another one
differs from in a few things. What an example gives itself goes before what it takes over, field
by field: a field given takes the place of that field, of those below it, and of the object that
it belongs to. `without` lists fields of `given` that are not taken over: for them the ledger has
no column.
"""

from __future__ import annotations

from typing import Final, NoReturn

from engine.model.errors import InvalidRulesetError, nearest
from engine.model.strict_yaml import Plain, YamlList, YamlMap

_WHOLE: Final = ("as_of", "year")
_BY_FIELD: Final = ("given", "parent", "place", "params")
_LINE: Final = "line"


def filled(raw: Plain, file: str) -> Plain:
    """A requirement file as written, its examples whole and each with the line it stands on.

    Raises `InvalidRulesetError` for a name given twice, a `like` that names no earlier example
    and a `without` that takes nothing away. Whatever isn't written as examples are stays as it
    is: the file's model refuses it.
    """
    if not isinstance(raw, YamlMap) or not isinstance(raw.get("examples"), YamlList):
        return raw
    whole = _copy(raw)
    whole["examples"] = _Filler(raw, file).examples()
    return whole


class _Filler:
    def __init__(self, raw: YamlMap, file: str) -> None:
        self.raw, self.file = raw, file
        self.named: dict[str, YamlMap] = {}

    def examples(self) -> YamlList:
        """Every example, in order."""
        written = self.raw["examples"]
        assert isinstance(written, YamlList)  # noqa: S101 - `filled` looked
        found = YamlList(written.line)
        for example, line in zip(written, written.lines, strict=True):
            found.append(self._example(example) if isinstance(example, YamlMap) else example)
            found.lines.append(line)
        return found

    def _example(self, example: YamlMap) -> YamlMap:
        if _LINE in example:
            self._refuse(example, _LINE, "没有“line”这一项")
        base, whole = self._base(example), _copy(example)
        for key in _WHOLE:
            if base is not None and key in base and key not in example:
                _put(whole, base, key)
        for key in _BY_FIELD:
            taken = base.get(key) if base is not None else None
            own = example.get(key, YamlMap(example.line))
            if isinstance(taken, YamlMap) and isinstance(own, YamlMap) and (own or taken):
                kept = self._without(example, taken) if key == "given" else taken
                whole[key] = _laid_over(kept, own)
                whole.lines.setdefault(key, example.line)
        if "without" in example and not isinstance(base and base.get("given"), YamlMap):
            self._refuse(example, "without", "这一例没有从别处取来的事实，没有可以去掉的")
        whole[_LINE] = whole.lines[_LINE] = _first(example)
        self._name(example, whole)
        return whole

    def _base(self, example: YamlMap) -> YamlMap | None:
        """What an example takes over: all of the one it is like, or what is usual."""
        if "like" not in example:
            usual = self.raw.get("usual")
            return usual if isinstance(usual, YamlMap) else None
        like = str(example["like"])
        if like not in self.named:
            known = nearest(like, self.named) or "；like 写前面某一例的 name"
            self._refuse(example, "like", f"前面没有名为“{like}”的例子{known}")
        return self.named[like]

    def _name(self, example: YamlMap, whole: YamlMap) -> None:
        name = example.get("name")
        if name is None:
            return
        if str(name) in self.named:
            line = self.named[str(name)][_LINE]
            self._refuse(example, "name", f"例子“{name}”重名，第{line}行已有")
        self.named[str(name)] = whole

    def _without(self, example: YamlMap, taken: YamlMap) -> YamlMap:
        """What is taken over, but for the fields that the example says it lacks."""
        lacking = example.get("without", YamlList(example.line))
        if not isinstance(lacking, YamlList):
            return taken
        kept = _copy(taken)
        for name in map(str, lacking):
            below = [field for field in kept if field == name or field.startswith(f"{name}.")]
            if not below:
                message = f"取来的事实里没有“{name}”" + nearest(name, taken)
                self._refuse(example, "without", message)
            for field in below:
                del kept[field]
        return kept

    def _refuse(self, example: YamlMap, key: str, message: str) -> NoReturn:
        raise InvalidRulesetError(
            message, file=self.file, line=example.lines[key], key=f"examples.{key}"
        )


def _laid_over(taken: YamlMap, own: YamlMap) -> YamlMap:
    """`own` before what is taken over, whose fields stand first in their order."""
    found = YamlMap(own.line)
    for field in taken:
        if field in own or not any(_within(field, other) for other in own):
            _put(found, own if field in own else taken, field)
    for field in own:
        _put(found, own, field)
    return found


def _first(example: YamlMap) -> int:
    """The line of the first key: the parser may see a mapping begin on the line before."""
    return min(example.lines.values(), default=example.line)


def _within(field: str, other: str) -> bool:
    """Whether one of two fields is an object that the other belongs to."""
    return field.startswith(f"{other}.") or other.startswith(f"{field}.")


def _put(target: YamlMap, source: YamlMap, key: str) -> None:
    target[key], target.lines[key] = source[key], source.lines[key]


def _copy(source: YamlMap) -> YamlMap:
    found = YamlMap(source.line)
    for key in source:
        _put(found, source, key)
    return found
