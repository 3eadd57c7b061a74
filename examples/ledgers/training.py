"""Training hours, a csv in GB18030: one line for each person and course."""

from __future__ import annotations

from typing import Final

from examples.ledgers.officers import STAFF

BUSINESS, LAW, PARTY = "业务知识", "法律法规", "党性教育"
HOURS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "C07": (("20", BUSINESS), ("16", LAW)),
    "C13": (("36", BUSINESS), ("23.5", LAW)),
    "C14": (("32", BUSINESS), ("18", LAW), ("20", PARTY)),
    "C15": (("20", BUSINESS), ("8", LAW)),
    "C16": (("32", BUSINESS), ("详见附件", LAW)),
    "C17": (("12", BUSINESS),),
    "C19": (("30", BUSINESS), ("３０", LAW)),
    "Z01": (("60学时", LAW),),
    "Z02": (),
    "S11": (("31", BUSINESS), ("28", LAW)),
    "S12": (("32", BUSINESS), ("28", LAW)),
    "N20": (("8", BUSINESS), ("8", BUSINESS), ("8", LAW), ("8", LAW), ("8", LAW)),
    "U04": (("30", BUSINESS), ("40", PARTY)),
    "V05": (("16", BUSINESS), ("8", LAW)),
}
"""Those whose hours are few, or written in a way of their own."""
USUAL: Final = (
    (("36", BUSINESS), ("28", LAW)),
    (("40", BUSINESS), ("24", LAW)),
    (("32", BUSINESS), ("30", LAW)),
    (("45", BUSINESS), ("20", LAW)),
)
COURSES: Final = {BUSINESS: "执法业务轮训", LAW: "新修订法律法规培训", PARTY: "党校轮训"}
TRAINED: Final = {
    BUSINESS: ("2024.5.13", "2024.5.14"),
    LAW: ("2024年9月9日", "2024年9月10日", "2024年9月11日"),
    PARTY: ("2024-10-21",),
}
"""The days of each course: who has it in several lines was there on several."""


def trainings() -> list[list[str]]:
    """The lines of the file."""
    lines = [
        ["青岚县行政执法人员培训学时台账（2024年）", "", "", "", "", ""],
        ["序号", "人员编号", "培训年度", "培训时间", "培训学时", "培训类别", "培训内容"],
    ]
    number = 0
    for position, (officer_id, unit) in enumerate(STAFF):
        usual = USUAL[0] if unit.letter in "CJYZ" else USUAL[position % len(USUAL)]
        days = {category: iter(held) for category, held in TRAINED.items()}
        for hours, category in HOURS.get(officer_id, usual):
            number += 1
            lines.append(
                [str(number), officer_id, "2024", next(days[category]), hours, category,
                 COURSES[category]]
            )  # fmt: skip
    lines.append(["合计", "", "", "", "", "", ""])
    return lines
