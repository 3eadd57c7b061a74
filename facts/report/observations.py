"""What a reader should ask about: parts that are missing, plans that don't answer, dates mixed."""

from __future__ import annotations

from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind
from facts.report.catalogue import by_slug
from facts.report.contents import Figure, Observation, Part, PartName, Plan, Problem
from facts.report.relations.arithmetic import show

_MISSING: Final = {
    PartName.ACHIEVEMENTS: ("missing_achievements", "缺少法治政府建设的举措和成效部分。"),
    PartName.PROBLEMS: ("missing_problems", "没有写存在的不足。"),
    PartName.CAUSES: ("missing_causes", "写了不足而没有写原因。"),
    PartName.LEADERS: (
        "missing_leaders",
        "没有写党政主要负责人作为法治建设第一责任人履职的情况。",
    ),
    PartName.PLANS: ("missing_plans", "没有写下一年度推进法治政府建设的主要安排。"),
}
_AS_OF: Final = regex("截[至止]")
_SHORTENED: Final = 40
_NAMED: Final = 2


def missing_parts(parts: tuple[Part, ...]) -> list[Observation]:
    """Name the required parts that the report doesn't have, and those that it may have."""
    present = {part.name for part in parts if part.present}
    told = dict(_MISSING)
    if PartName.PROBLEMS not in present:
        told[PartName.CAUSES] = ("missing_causes", "没有写不足，也就没有写原因。")
    doubtful = {part.name: part for part in parts if part.doubtful}
    return [
        _doubtful(doubtful[name])
        if name in doubtful
        else Observation(code, f"缺少“{name.value}”", text, "major")
        for name, (code, text) in told.items()
        if name not in present
    ]


def _doubtful(part: Part) -> Observation:
    said = _short(part.sentence.text) if part.sentence is not None else ""
    return Observation(
        "doubtful_part",
        f"“{part.name.value}”写没写，须人看",
        f"有这个标题，下面写的“{said}”是不是“{part.name.value}”，认不出来，请人看原文。",
        "minor",
        start=part.start,
        end=part.end,
    )


def cutoffs(figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """Return the different moments up to which the report counts, in text order."""
    scopes = (figure.time_scope for figure in figures)
    told = [scope for scope in scopes if scope and (_AS_OF.match(scope) or scope in _TO_DATE)]
    return tuple(dict.fromkeys(told))


_TO_DATE: Final = frozenset(["今年以来", "全年", "年初以来", "全年度", "上半年", "本年度"])


def mixed_cutoffs(moments: tuple[str, ...]) -> list[Observation]:
    """Say so if a dated cut-off stands beside others: such figures can't be added or compared."""
    if len(moments) < 2 or not any(_AS_OF.match(moment) for moment in moments):
        return []
    listed = "、".join(f"“{moment}”" for moment in moments)
    return [
        Observation(
            "mixed_cutoffs",
            "统计截止日不一致",
            f"数字的统计口径有{listed}，截止日不同的数字不能相加或比较，应统一到年末。",
            "minor",
        )
    ]


def unanswered(problems: tuple[Problem, ...], plans: tuple[Plan, ...]) -> list[Observation]:
    """Name the problems that no plan answers; without plans there is nothing to hold them to.

    Where plans only speak of the same field, which of them is meant is asked.
    """
    if not plans:
        return []
    found = []
    for problem in problems:
        if problem.plans or problem.settled:
            continue
        text = _short(problem.text)
        if problem.maybe:
            near = "”“".join(_short(plans[index].text) for index in problem.maybe[:_NAMED])
            code, title = "plan_of_same_field", "问题和下步安排是不是一回事，须人看"
            said = f"“{text}”：下年度安排中的“{near}”说的是同一方面，是不是针对这个问题，请人对照。"
        else:
            code, title = "problem_without_plan", "问题没有对应的下步安排"
            said = f"“{text}”在下年度安排中没有找到对应的措施。"
        grade = "minor" if problem.where == "part" and not problem.maybe else "advisory"
        found.append(Observation(code, title, said, grade, start=problem.start, end=problem.end))
    return found


def figures_without_plan(figures: tuple[Figure, ...], plans: tuple[Plan, ...]) -> list[Observation]:
    """Name the figures that show a failing (败诉, 未履行 …) on which no plan says a word."""
    if not plans:
        return []
    planned = "".join(plan.text for plan in plans)
    answered = {
        slug
        for slug, indicator in by_slug().items()
        if indicator.adverse and any(topic in planned for topic in indicator.topics)
    }
    found = []
    for index, figure in enumerate(figures):
        indicator = by_slug().get(figure.indicator or "")
        if indicator is None or not indicator.adverse or figure.value <= 0:
            continue
        if figure.kind is not FigureKind.RESULT:
            continue
        if indicator.slug in answered:
            continue
        found.append(
            Observation(
                "figure_without_plan",
                "反映问题的数字没有对应的下步安排",
                f"{indicator.title}{show(figure.value)}{figure.unit}，下年度安排中没有相应措施。",
                "minor",
                figures=(index,),
                start=figure.start,
                end=figure.end,
            )
        )
    return found


def _short(text: str) -> str:
    line = text.split("\n", maxsplit=1)[0].rstrip("。；;")
    return line if len(line) <= _SHORTENED else line[:_SHORTENED] + "…"
