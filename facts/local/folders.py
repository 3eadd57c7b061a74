"""Where an office keeps rules of its own, and the text of their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.model.errors import InvalidRulesetError, nearest
from facts.files.names import SETTINGS, YAML_NAMES
from facts.files.open import MIB, Found, is_file, is_folder, read_bytes, walk
from facts.files.refused import RefusedError
from facts.files.yaml import parse_yaml

KEY: Final = "rulesets"
"""The key of fazhi.yaml that names the folders, relative to the office's."""

_MAX_FILE: Final = MIB
_RULES: Final = (".yaml", ".yml")
_EXPECTED: Final = ".expected.yaml"


@dataclass(frozen=True, slots=True)
class LocalTexts:
    """A folder of local rules: what it is called, where it is, its YAML files by path in it."""

    name: str
    place: Path
    texts: Mapping[str, str]


def local_rules(office: Path | None, given: Sequence[Path]) -> list[LocalTexts]:
    """The local rules that `office` names in its fazhi.yaml, then those `given`; each once.

    Raises `InvalidRulesetError` for a folder that isn't there, that lies outside the office's
    folder and wasn't given by hand, or that holds something which can't be read.
    """
    named = _named(office) if office is not None else []
    places = dict.fromkeys(place.resolve() for place in (*named, *map(_given, given)))
    found: dict[str, LocalTexts] = {}
    for place in places:
        name = place.name
        if name in found:
            message = f"两个本地规则文件夹同名：{found[name].place}、{place}；请改一个名字"
            raise InvalidRulesetError(message, file=name)
        found[name] = LocalTexts(name, place, _texts(name, place))
    return list(found.values())


def _given(place: Path) -> Path:
    if not is_folder(place):
        message = f"“{place}”不是文件夹；--rulesets 后面写放本地规则的文件夹"
        raise InvalidRulesetError(message)
    return place


def _named(office: Path) -> list[Path]:
    """The folders that fazhi.yaml names, inside the office's folder."""
    settings = next((office / name for name in YAML_NAMES if is_file(office / name)), None)
    if settings is None:
        return []
    try:
        content, _ = parse_yaml(read_bytes(Found(settings.name, settings)))
    except RefusedError:
        return []  # told with the other settings, as a problem of the file
    named = content.get(KEY) if isinstance(content, Mapping) else None
    words = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    if named is not None and (not words or not all(isinstance(word, str) for word in words)):
        message = "写放本地规则的文件夹，如 rulesets: 本地规则，或 rulesets: [本地规则, 省规则]"
        raise InvalidRulesetError(message, file=settings.name, key=KEY)
    return [_inside(office, word, settings.name) for word in words]


def _inside(office: Path, word: str, file: str) -> Path:
    """The folder called `word`. It lies in the office's folder: nothing else of the machine's."""
    if not is_folder(office / word):
        known = [item.name for item in office.iterdir() if item.is_dir()]
        message = f"没有文件夹“{word}”{nearest(word, known)}；相对于放 {SETTINGS} 的文件夹"
        raise InvalidRulesetError(message, file=file, key=KEY)
    place = (office / word).resolve()
    if office.resolve() not in place.parents:
        message = f"“{word}”不在放台账的文件夹里面；里面之外的，只能用命令行 --rulesets 给出"
        raise InvalidRulesetError(message, file=file, key=KEY)
    return place


def _texts(name: str, place: Path) -> dict[str, str]:
    walked, left_out = walk(place)
    files = [found for found in walked if found.suffix in _RULES]
    for left in left_out:
        raise InvalidRulesetError(left.reason, file=f"{name}/{left.path}")
    texts: dict[str, str] = {}
    for found in files:
        if found.path.endswith(_EXPECTED):
            continue
        try:
            texts[found.path] = read_bytes(found, _MAX_FILE).decode()
        except RefusedError as error:
            raise InvalidRulesetError(str(error), file=f"{name}/{found.path}") from None
        except UnicodeDecodeError:
            message = "不是 UTF-8 编码，请另存为 UTF-8"
            raise InvalidRulesetError(message, file=f"{name}/{found.path}") from None
    if not texts:
        message = "里面没有规则；要求写在 <领域>/<id>.yaml，台账写在 records/<类型>.yaml"
        raise InvalidRulesetError(message, file=name)
    return texts
