"""An indicator is given only where no word speaks against it. Sentences are invented."""

from __future__ import annotations

import pytest

from facts.report import Figure, PartName, read_report


def told(text: str) -> list[str | None]:
    return [figure.indicator for figure in read_report(text).figures]


def figures(text: str) -> list[Figure]:
    return list(read_report(text).figures)


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # the head of a noun stands last: cases, places, people
        ("办理法律援助案件56件。", ["legal_aid_cases"]),
        ("新设法律援助工作站56个。", ["legal_aid_sites"]),
        ("受理行政许可事项157件。", ["approvals_handled"]),
        ("保留行政许可事项218项。", ["approval_items_listed"]),
        ("划转218项行政许可事项。", ["approval_items_listed"]),
        ("现有执法队员157名。", ["enforcement_officers"]),
        ("公布政务服务事项清单31个。", [None]),
        ("发布7个电子证照标准。", [None]),
        ("完成“第一议题”学习20次。", ["first_agenda_study_sessions"]),
        # a verb that turns the noun round
        ("政务服务事项515项。", ["service_items_total"]),
        ("取消政务服务事项18项。", ["approvals_delegated"]),
        ("新收行政复议案件60件。", ["reconsideration_received"]),
        ("审结行政复议申请60件。", ["reconsideration_closed"]),
        ("依申请公开件收到9件。", ["disclosure_requests_received"]),
        ("办结依申请公开件9件。", ["disclosure_requests_answered"]),
        # the noun stands after the figure, a preposition before it
        ("邀请法律顾问分别到14个村授课。", [None]),
        # a kind, a field, a stage: not the whole
        ("受理案件中行政处罚类17件。", [None]),
        ("食品领域行政处罚案件12件。", [None]),
        ("一审行政诉讼案件9件。", ["litigation_first_instance"]),
        ("二审行政诉讼案件3件。", ["litigation_second_instance"]),
        ("提起公益诉讼案件3件。", [None]),
        ("审查规范性文件、合同等6件。", [None]),
        ("学习宪法、民法典等12次。", ["study_sessions_constitution_civil_code"]),
        ("对23件重大行政决策进行合法性审查。", ["decisions_reviewed"]),
        (
            "出台政府规章2件，修订3件，废止1件。",
            ["rules_enacted", "rules_amended", "rules_repealed"],
        ),
        ("开展“双随机、一公开”抽查84次。", ["random_inspections"]),
        ("新收复议案件52件，办结48件。", ["reconsideration_received", "reconsideration_closed"]),
        ("平均每个司法所有1.6名工作人员。", [None]),
        ("列席政府常务会议21次。", [None]),
        ("轮训调解员800人。", [None]),
        ("每村法律明白人增至5名。", [None]),
        ("1件行政许可案卷获评优秀。", [None]),
        ("清理文件41件（拟继续有效20件）。", ["normative_documents_cleaned", None]),
    ],
)
def test_the_words_next_to_a_figure_decide(text: str, indicators: list[str | None]) -> None:
    found = [None if figure.kind == "target" else figure.indicator for figure in figures(text)]
    assert found == indicators


def test_under_a_heading_of_reconsideration_a_penalty_is_what_the_case_was_about() -> None:
    heads = "一、行政复议案件办理情况\n案由为行政处罚的较多，行政处罚17件。"
    assert told(heads) == [None]
    assert told("一、严格规范执法\n作出行政处罚17件。") == ["penalties_total"]


def test_a_part_is_not_the_whole_and_equals_are_none() -> None:
    whole, part = figures("全年行政处罚案件50件，其中对企业行政处罚案件20件。")
    assert whole.indicator == "penalties_total"
    assert (part.indicator, part.candidates) == (None, ("penalties_total",))
    beside = figures("甲局收到复议申请30件；乙局收到复议申请20件。")
    assert [figure.indicator for figure in beside] == [None, None]
    assert all(figure.candidates == ("reconsideration_received",) for figure in beside)


def test_what_comes_later_in_the_section_is_a_part_or_another_thing() -> None:
    text = "（一）便民服务\n窗口接待群众500人。\n东站窗口接待群众200人。\n"
    assert told(text) == ["visitors_received", None]
    other = text + "（二）另一处\n窗口接待群众300人。"
    assert told(other) == ["visitors_received", None, "visitors_received"]


def test_a_nearer_topic_takes_the_figure() -> None:
    text = "发生行政复议2件，其中1件结果维持；发生行政诉讼3件，2件维持。"
    assert told(text)[:3] == [None, "reconsideration_upheld", "litigation_cases"]
    assert told(text)[3] is None


def test_an_exception_and_a_kind_are_not_what_the_rest_is() -> None:
    assert told("督察反馈问题已全部整改，除3项外全部完成整改。") == [None]
    assert told("行政处罚类案件85件。") == [None]


def test_the_same_figure_said_twice_stays_what_it_is() -> None:
    text = "全年收到复议申请30件，收到的复议申请30件已全部审查。"
    assert told(text) == ["reconsideration_received"] * 2


def test_last_year_is_no_duplicate() -> None:
    text = "2024年报告。全年收到复议申请30件，上年收到复议申请20件。"
    assert told(text) == ["reconsideration_received"] * 2


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("走访企业390家次。", "enterprise_visits"),
        ("排查矛盾纠纷35件。", "disputes_screened"),
        ("为受援人挽回经济损失120万元。", "legal_aid_amount"),
        ("任命合法性审查员31名。", "legal_review_officers"),
        ("开展联合执法11次。", "joint_enforcement_actions"),
        ("涉企行政检查40次。", "enterprise_inspections"),
        ("组织旁听庭审3次。", "court_hearings_attended"),
        ("召开法治建设专题会议4次。", "special_meetings_held"),
        ("查处治安案件130起。", "public_security_cases"),
        ("安置帮教对象60人。", "released_people_helped"),
        ("司法确认案件12件。", "judicial_confirmations"),
        ("通过门户网站公开信息912条。", "website_items_published"),
        ("行政复议调解结案17件。", "reconsideration_mediated"),
        ("行政应诉案件14件，已审结10件。", "litigation_cases"),
    ],
)
def test_what_such_reports_often_count(text: str, indicator: str) -> None:
    assert told(text)[0] == indicator


ABOUT = "甲县2023年法治政府建设情况报告\n一、工作情况\n{}\n二、下一步安排\n{}"


@pytest.mark.parametrize(
    ("work", "plan", "said"),
    [
        ("行政诉讼败诉4件。", "加强培训。", ["行政诉讼败诉件数4件，下年度安排中没有相应措施。"]),
        ("行政诉讼败诉4件。", "加强行政应诉工作。", []),
        ("行政诉讼败诉0件。", "加强培训。", []),
        # an aim is no failing
        ("力争行政诉讼败诉不超过4件。", "加强培训。", []),
    ],
)
def test_a_failing_that_no_plan_speaks_of(work: str, plan: str, said: list[str]) -> None:
    found = read_report(ABOUT.format(work, plan)).observations
    assert [o.message for o in found if o.code == "figure_without_plan"] == said


@pytest.mark.parametrize(
    ("work", "present"),
    [
        ("县长多次主持会议研究法治工作。", True),
        # urged, listed and assessed: somebody else's acts
        ("县长多次督促整改。", False),
        ("县长多次督促整改。县委书记专题研究法治工作。", True),
    ],
)
def test_what_the_leader_did_in_person(work: str, present: bool) -> None:  # noqa: FBT001
    part = read_report(ABOUT.format(work, "加强培训。")).part(PartName.LEADERS)
    assert (part.present, part.found_by) == ((True, "text") if present else (False, None))
