"""What stands in the note on a template's column: what goes in, what 无 and blank mean, why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.model.field import FieldKind, FieldType
from engine.model.record_type import RecordType
from facts.writing.cells import CellReader

_GOES_IN: Final[Mapping[FieldKind, str]] = {
    FieldKind.BOOL: "填“是”或“否”",
    FieldKind.INT: "填整数",
    FieldKind.NUMBER: "填数字",
    FieldKind.STRING: "填文字",
    FieldKind.DATE: "填日期，如 2024-05-01",
    FieldKind.DATETIME: "填日期和时间，如 2024-05-01 09:30",
    FieldKind.ENUM: "从下列里选一个",
    FieldKind.SET: "可填几项，用顿号（、）隔开",
    FieldKind.OBJECT: "填“有”或“无”；写“无”的，它下面各列都算没有",
}
_NONE: Final = {"absent": "表示没有", "false": "等于“否”", "unknown": "不作数，仍由人认定"}
_BLANK: Final = {
    "unknown": "等于没有填，按信息不全处理，不等于“没有”",
    "absent": "表示没有",
    "false": "等于“否”",
}


def field_note(record_type: RecordType, path: str) -> str:
    """The note on a field's column, one thing per line."""
    spec = record_type.fields[path]
    lines = [_goes_in(spec)]
    if path in record_type.key:
        together = [record_type.fields[other].title for other in record_type.key]
        lines.append(
            "编号，必须填，不能重复" if len(together) == 1
            else f"必须填；{'、'.join(together)}合起来不能重复"
        )  # fmt: skip
    lines += [spec.note, _of_a_list(record_type, path), _planned(record_type, spec)]
    if path not in record_type.key:
        lines += [_none(spec), f"空着：{_BLANK[spec.blank]}"]
    if spec.article:
        lines.append(f"依据：{spec.article}")
    if spec.example:
        lines.append(f"例：{spec.example}")
    if spec.personal:
        lines.append("个人信息，输出时遮盖")
    elif spec.internal:
        lines.append("内部信息，输出时遮盖")
    return "\n".join(filter(None, lines))


def parent_note(parent: RecordType, path: str) -> str:
    """The note on the column by which a nested row names the record it belongs to."""
    title = parent.fields[path].title
    return (
        f"填所属“{parent.title}”的“{title}”，与“{parent.title}”表里的写法一致\n"
        "必须填：对不上的行算不进去"
    )


def _goes_in(spec: FieldType) -> str:
    text = _GOES_IN[spec.type] + (f"，单位：{spec.unit}" if spec.unit else "")
    if spec.time == "event":
        text += "；填已经发生的日子"
    elif spec.time == "term":
        text += "；可以是将来的日子"
    if spec.values:
        text += f"：{'、'.join(spec.values)}"
    if spec.complete:
        text += "；列出全部，没列全的末尾加“等”"
    return text


def _of_a_list(record_type: RecordType, path: str) -> str:
    """What a count or a yes/no has to do with a list in a sheet of its own."""
    for nested in record_type.nested.values():
        if nested.count == path:
            return f"与“{nested.title}”的条数一致，才能认定“{nested.title}”录全了"
        if nested.any == path:
            return f"填“否”的，“{nested.title}”就是一条也没有"
        if path in nested.tally:
            return f"与“{nested.title}”里逐条登记的对得上；对不上的，两处都不作数"
    return ""


def _planned(record_type: RecordType, spec: FieldType) -> str:
    if spec.planned is None:
        return ""
    return f"还没发生的不填，填“{record_type.fields[spec.planned].title}”"


def _none(spec: FieldType) -> str:
    """What 无 means, unless it is one of the values or already said."""
    if spec.type is FieldKind.OBJECT or "无" in CellReader(spec).values():
        return ""
    if spec.type is FieldKind.BOOL:
        return "写“无”：等于“否”"
    return f"写“无”：{_NONE[spec.none]}"
