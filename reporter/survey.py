"""Whole tables judged: what is said first, and in which tables, the same in every format.

大表：按表核对的结果先说什么，排成哪几张表，各种格式一样。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome, Severity
from engine.model.survey import Group, Survey, SurveyRequirement
from reporter.notices import period_over
from reporter.visible import some_of, visible

TITLE: Final = "按表核对"
_SHOWN: Final = (
    Outcome.GAP,
    Outcome.BORDERLINE,
    Outcome.NOT_EVIDENCED,
    Outcome.UNKNOWN,
    Outcome.FAILED,
    Outcome.PENDING,
    Outcome.MET,
    Outcome.NOT_APPLICABLE,
)
_PLACES: Final = 200
_REFUSED: Final = "以下要求这次没有核，有没有问题都不知道"


Cell: TypeAlias = str | int
"""What stands in a table: a text, or how many there are."""


@dataclass(frozen=True, slots=True)
class Block:
    """A table of the result: what it is called, what is said of it, its columns and rows.

    `heat`: the numbers are shaded, the higher the darker.
    """

    title: str
    said: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    heat: bool = False


def heading(survey: Survey) -> str:
    """Whose tables they are, and as of when."""
    return f"{survey.place or '本地'}{survey.year}年度{TITLE}（检查日 {survey.as_of}）"


def opening(survey: Survey) -> list[str]:
    """The first lines: how much was judged, by whom, what is wrong, what is not known."""
    rows = sum(table.judged for table in survey.tables)
    found = "、".join(
        f"{SEVERITY_TITLES[severity]}{survey.severities[severity]:,}项"
        for severity in Severity
        if survey.severities[severity]
    )
    much = f"核了{len(survey.tables)}张表、{rows:,}行，{len(survey.requirements)}条要求、"
    called = {name: one.title for name, one in survey.requirements.items()}
    lines = [
        *period_over(survey.period, called),
        much + f"{survey.judged:,}个结论：{counted(survey.outcomes)}",
        f"要处理的{survey.found:,}项" + (f"：{found}" if found else ""),
        *engines(survey),
    ]
    if survey.unread_cells:
        lines.append(f"读不了的{survey.unread_cells:,}处，所在的栏一律按不明核，没有当成符合")
    lines += [f"设置有误：{note}" for note in survey.notes]
    if survey.left_out:
        named = some_of([visible(name) for name in survey.left_out])
        lines.append(
            f"没有读的：{named}（按表核对只读 tables 里写的；要核的写进 tables，"
            "或者放到没有 tables 的文件夹里照常核）"
        )
    if survey.refused:
        lines.append(f"{len(survey.refused)}条要求按表核不了，没有核（见“没有核的要求”）")
    if survey.differing:
        lines.append(
            "有引擎结论不一致，有关要求全部按“系统未核成”：" + "；".join(survey.differing[:3])
        )
    if survey.unplaced:
        lines.append(
            f"另有{survey.unplaced:,}行看不出是哪个地方的，可能有本地的，不在这一份里：在各地合在一起的那一份里"
        )
    if survey.beside:
        lines.append("全部问题、计数、读不了的：" + "、".join(map(visible, survey.beside)))
    elif survey.found > len(survey.findings) or survey.unread_cells > len(survey.unread):
        lines.append("这里只列最重的；全部在 parquet 里：加 --output 结果.html 就写在旁边")
    if survey.apart:
        lines.append(f"各地各有一份，只有本地的：{visible(survey.apart)}/")
    return lines


def written(cell: Cell) -> str:
    """A cell as people read it."""
    return f"{cell:,}" if isinstance(cell, int) else cell


def engines(survey: Survey) -> Iterator[str]:
    """Which engine judged how much."""
    for engine in survey.engines:
        how = "抽样复核" if engine.sample else "判定"
        note = f"（{engine.note}）" if engine.note else ""
        yield f"引擎 {engine.name} {how}{engine.judged:,}个结论{note}"


def counted(outcomes: Mapping[Outcome, int]) -> str:
    """How often each outcome came out, those that need somebody first."""
    return "、".join(
        f"{OUTCOME_TITLES[each]}{outcomes[each]:,}" for each in _SHOWN if outcomes[each]
    )


def blocks(survey: Survey) -> Iterator[Block]:
    """All tables of the result, what matters most first."""
    yield _gravest(survey)
    if len(survey.places) > 1:
        yield _ranking(
            ("各地", "地方"), "问题重的、多的在前", survey.places[:_PLACES], lambda one: one.place
        )
        yield _heat(survey)
    units = [group for group in survey.units if group.unit]
    if units:
        yield _ranking(("各单位", "单位"), "问题重的、多的在前，最多一百个", units, _unit)
    yield Block(
        "各条要求",
        "",
        ("要求", "对象", *(OUTCOME_TITLES[each] for each in _SHOWN), "怎么办"),
        [
            (one.title, one.subject_title, *(one.outcomes[o] for o in _SHOWN), _advice(one))
            for one in sorted(survey.requirements.values(), key=_worst)
        ],
    )
    yield _tables(survey)
    if survey.unread:
        said = f"共{survey.unread_cells:,}处" + (
            f"，列前{len(survey.unread)}处" if survey.unread_cells > len(survey.unread) else ""
        )
        yield Block(
            "读不了的",
            said,
            ("表", "行", "列", "写的是", "应为"),
            [
                (one.table, str(one.row), one.column, one.found, one.expected)
                for one in survey.unread
            ],
        )
    if survey.refused:
        reasons: dict[str, list[str]] = {}
        for name, why in survey.refused.items():
            reasons.setdefault(why, []).append(f"{survey.refused_titles[name]}（{name}）")
        rows = [(why, len(names), "、".join(names)) for why, names in sorted(reasons.items())]
        yield Block("没有核的要求", _REFUSED, ("原因", "条数", "哪些要求"), rows)


def _gravest(survey: Survey) -> Block:
    said = f"共{survey.found:,}项" + (
        f"，列最重的{len(survey.findings)}项" if survey.found > len(survey.findings) else ""
    )
    titles = {table.type: table.called for table in survey.tables}
    rows = [
        (
            SEVERITY_TITLES[one.severity],
            OUTCOME_TITLES[one.outcome],
            survey.requirements[one.requirement].title,
            one.key or "（没有编号）",
            f"{titles[one.type]} 第{one.row}行",
            one.place,
            one.unit,
        )
        for one in survey.findings
    ]
    columns = ("严重度", "结论", "要求", "编号", "在哪一行", "地方", "单位")
    return Block("最重的问题", said if rows else "没有要处理的", columns, rows)


def _unit(group: Group) -> str:
    return f"{group.place} {group.unit}".strip()


def _ranking(
    called: tuple[str, str], said: str, groups: Sequence[Group], name: Callable[[Group], str]
) -> Block:
    """Groups, each in a row; what the table is `called`, and the column that says which it is."""
    title, first = called
    rows: list[tuple[Cell, ...]] = [
        (
            name(group) or "（没有写）",
            *(group.findings[each] for each in Severity),
            *(group.outcomes[each] for each in _SHOWN),
        )
        for group in groups
    ]
    columns = (
        first,
        *(SEVERITY_TITLES[each] for each in Severity),
        *(OUTCOME_TITLES[each] for each in _SHOWN),
    )
    return Block(title, said, columns, rows)


def _heat(survey: Survey) -> Block:
    """Places by sections of the outline: how many findings."""
    sections = [
        each for each in survey.section_titles if any(g.section == each for g in survey.sections)
    ]
    found = {(g.place, g.section): sum(g.findings.values()) for g in survey.sections}
    rows: list[tuple[Cell, ...]] = [
        (
            group.place or "（没有写）",
            *(found.get((group.place, each), 0) for each in sections),
        )
        for group in survey.places[:_PLACES]
    ]
    columns = ("地方", *(survey.section_titles[each] for each in sections))
    return Block("各地各节的问题", "数字是要处理的项数，颜色深的多", columns, rows, heat=True)


def _advice(one: SurveyRequirement) -> str:
    return one.remedy if any(one.findings.values()) else ""


def _worst(one: SurveyRequirement) -> tuple[object, ...]:
    return (*(-one.findings[severity] for severity in Severity), one.title)


def _tables(survey: Survey) -> Block:
    rows = []
    for table in survey.tables:
        said = []
        if table.twins:
            said.append(f"编号重复{table.twins:,}行（各按一件核，别的表对它的引用不作数）")
        if table.homeless:
            said.append(f"{table.homeless:,}行所属的没有或者不止一件，没有算进去")
        if table.broken:
            said.append(f"{table.broken:,}行格数不对，没有算进去")
        if table.unused:
            said.append("没有用的列：" + "、".join(table.unused))
        read = "、".join(
            title if title == name else f"{title}←{name}" for title, name in table.columns.items()
        )
        rows.append(
            (
                table.called,
                table.title,
                table.judged,
                table.bad_rows,
                read,
                "；".join(said),
            )
        )
    columns = ("表", "台账", "核了几行", "有读不了的行", "读了哪些栏", "其他")
    return Block("读了哪些表", "", columns, rows)
