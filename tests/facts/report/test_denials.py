"""What a sentence denies or still owes is no count of what was done."""

from __future__ import annotations

import pytest

from facts.report import by_slug, read_report
from tests.facts.report.spoken import score

HEAD = "2024年法治政府建设情况报告\n"


def told(sentence: str) -> list[tuple[str, str | None]]:
    return [(f.raw, f.indicator) for f in read_report(HEAD + sentence).figures]


def test_no_denied_figure_counts_as_done() -> None:
    """One act that is read as done though its sentence denies it breaks this."""
    assert score.denied().wrong == ()


def test_what_was_done_keeps_its_indicator_beside_a_denial() -> None:
    """Seven in eight today; a denial that reaches too far lets it fall."""
    tally = score.affirmed()
    assert tally.right >= 0.84 * tally.cases


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("应出庭20件实际出庭18件。", ["head_appearances_owed", "head_appearance_cases"]),
        ("20件应出庭案件实际出庭18件。", ["head_appearances_owed", "head_appearance_cases"]),
        (
            "行政机关负责人应出庭20件，实际出庭18件，未出庭2件。",
            ["head_appearances_owed", "head_appearance_cases", "head_absences"],
        ),
        ("应备未备规范性文件3件。", ["normative_documents_unfiled"]),
        ("发现未备案规范性文件3件。", ["normative_documents_unfiled"]),
        ("行政诉讼尚未审结15件。", ["litigation_pending"]),
        (
            "法治督察发现问题50个，尚有7个未整改到位。",
            ["inspection_problems_found", "inspection_unrectified"],
        ),
        (
            "行政复议不予受理5件，受理40件。",
            ["reconsideration_rejected", "reconsideration_accepted"],
        ),
        # the denial is in a bracket, in the clause before, or of something else
        ("规范性文件备案（逾期未报）7件。", [None]),
        ("规范性文件未备案的，共7件。", [None]),
        ("未办结的行政复议案件已作出处理，行政处罚7件。", ["penalties_total"]),
        ("对未按规定备案的规范性文件责令补报备案4件。", ["normative_documents_filed"]),
        ("查处未取得许可经营案件5件。", ["enforcement_cases_filed"]),
        ("注销不再符合条件人员的执法证件2本。", ["enforcement_certs_cancelled"]),
        ("对12家未落实责任的单位制发督办函16份。", [None, "supervision_letters"]),
        # words that only look like denials
        ("未成年人保护宣讲12场。", ["rule_of_law_lectures"]),
        ("办理行政应诉案件12件。", ["litigation_cases"]),
        ("开展应急演练12次。", ["emergency_drills"]),
        # none of all that is said, and of nothing less
        ("没有一件行政应诉案件败诉。", ["litigation_losses"]),
        ("行政处罚决定无一被撤销。", [None]),
    ],
)
def test_the_denied_and_the_done(sentence: str, expected: list[str | None]) -> None:
    assert [slug for _, slug in told(sentence)] == expected


def test_every_indicator_says_what_turns_it_round() -> None:
    assert all(indicator.acts for indicator in by_slug().values())
