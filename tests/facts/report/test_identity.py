"""Title, place and year from the heads of invented reports; parts from their headings."""

from __future__ import annotations

import pytest

from facts.report import PartName, read_report

HEADS = [
    ("甲市人民政府关于2017年度法治政府建设情况的报告\n时间：2018-05-03", "甲市", 2017),
    ("乙县关于2022年度法治政府建设情况报告\n2022年，我县坚持。", "乙县", 2022),
    ("2020年丙区法治政府建设情况报告\n来源：司法局 2021/03/29", "丙区", 2020),
    ("丁县人民政府\n2022年度法治政府建设情况报告\n2022年，县政府努力。", "丁县", 2022),
    (
        "市政府：\n现将《2022年戊县法治政府建设工作总结》呈报。\n2022年戊县法治政府建设工作总结",
        "戊县",
        2022,
    ),
    ("己市司法局二○二三年法治政府建设年度报告\n正文。", "己市司法局", 2023),
    ("庚街道2025年法治政府建设年度报告\n日期", "庚街道", 2025),
    ("中共壬镇委员会 壬镇人民政府关于2024年度法治政府建设情况的报告\n正文。", "壬镇", 2024),
    (
        "## 2024年度辛区法治政府建设工作报告   发布时间：2025-01-02\n　　2024年，我区努力。",
        "辛区",
        2024,
    ),
]


@pytest.mark.parametrize(("text", "place", "year"), HEADS)
def test_heads(text: str, place: str, year: int) -> None:
    report = read_report(text)
    assert report.title is not None
    assert (report.place, report.year) == (place, year)
    assert [f.raw for f in report.figures] == []


@pytest.mark.parametrize(
    "text",
    [
        "首页>>政务公开>>法治政府工作报告\n2023年，壬镇坚持依法行政。",
        "一、2023年度主要负责人推进法治政府建设情况\n2023年，壬镇党委坚持依法行政。",
        "(一)法治政府建设情况\n2023年，壬镇深入推进依法行政。",
    ],
)
def test_a_path_or_a_heading_is_no_title(text: str) -> None:
    report = read_report(text)
    assert (report.title, report.year) == (None, 2023)


def test_without_a_title_the_first_sentence_names_the_place() -> None:
    assert read_report("2023年，壬镇坚持依法行政，努力。").place == "壬镇"
    assert read_report("2023年，癸市城市管理局认真履职。").place == "癸市城市管理局"
    # 市公安局, 我局: which one the text doesn't say
    assert read_report("2023年，市公安局坚持依法行政。").place is None
    assert read_report("2023年，我局坚持依法行政。").place is None


def test_the_name_is_the_last_resort_for_the_year() -> None:
    assert read_report("正文。", name="2021年报.docx").year == 2021
    assert read_report("正文。").year is None


def test_a_title_is_a_line_and_the_body_begins_after_it() -> None:
    report = read_report("甲县2023年法治政府建设情况报告\n全年办理案件5件。")
    assert report.title == "甲县2023年法治政府建设情况报告"
    assert report.figures[0].sentence.text == "全年办理案件5件。"


LEADER = "区长先后3次主持召开会议专题研究法治政府建设工作。"
LISTED = "将党政主要负责人履行推进法治建设第一责任人职责情况列入年度考核内容。"


@pytest.mark.parametrize(("body", "present"), [(LEADER, True), (LISTED, False)])
def test_leaders_act_or_are_only_listed(body: str, *, present: bool) -> None:
    report = read_report(f"一、主要做法\n{body}\n二、存在问题\n力量不足。\n三、下步打算\n充实。")
    assert report.part(PartName.LEADERS).present is present


def test_all_five_parts() -> None:
    text = (
        "一、2023年推进法治政府建设的主要举措和成效\n审核文件12件。\n"
        "二、存在的不足和原因\n（一）力量不足。原因是编制少。\n（二）意识不强。\n"
        "三、党政主要负责人履行推进法治建设第一责任人职责情况\n带头学法。\n"
        "四、2024年工作安排\n（一）充实执法力量。\n（二）加强学法用法，增强法治意识。\n"
    )
    report = read_report(text)
    assert all(part.found_by == "heading" for part in report.parts)
    assert [problem.plans for problem in report.problems] == [(0,), (1,)]
    assert report.problems[0].cause is not None
    assert report.problems[1].cause is None


def test_one_line_page_has_sections() -> None:
    text = (
        "甲区2023年法治政府建设工作报告\n现报告如下。一、工作情况　（一）优化服务1.便民利企。"
        "办结12件。2.减证便民。 （二）规范执法1.严格执法。二、存在的问题 总体来看，成效明显，"
        "但仍有不足：一是力量不足。二是意识不强。 三、下一步计划 一是充实力量。二是加强学习。"
    )
    report = read_report(text)
    tops = [section.title for section in report.sections if section.level <= 2]
    assert tops == ["工作情况", "优化服务", "规范执法", "存在的问题", "下一步计划"]
    assert [f.raw for f in report.figures] == ["12"]
    assert len(report.plans) == 2


def test_pinyin_between_characters_is_passed_over() -> None:
    (figure,) = read_report("审查規(guī)范性文件12件。").figures
    assert (figure.raw, figure.unit) == ("12", "件")


def test_every_listed_problem_is_kept_whatever_its_level() -> None:
    text = (
        "一、存在不足\n（一）执法有短板。1.力量薄弱。2.装备陈旧。（二）普法不够深入。（三）复议能力不足。\n"
        "（四）原因分析。编制有限。\n二、下步安排\n（一）充实执法力量。（二）加强普法。（三）提升复议能力。"
    )
    report = read_report(text)
    assert [p.text.rstrip("。\n") for p in report.problems] == [
        "1.力量薄弱",
        "2.装备陈旧",
        "（二）普法不够深入",
        "（三）复议能力不足",
    ]
    assert [p.plans for p in report.problems] == [(0,), (), (1,), (2,)]


def test_markers_broken_over_lines() -> None:
    report = read_report("一\n、主要举措\n一\n是\n强化领导。开会\n5\n次，\n二\n是\n加强培训。")
    assert [section.title for section in report.sections] == ["主要举措", "强化领导", "加强培训"]
    assert [(f.raw, f.unit) for f in report.figures] == [("5", "次")]


SAYS = {
    PartName.PROBLEMS: "执法力量薄弱。",
    PartName.PLANS: "充实执法力量。",
    PartName.LEADERS: "主持召开会议3次，研究法治工作。",
    PartName.ACHIEVEMENTS: "做了甲事。",
}


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("差距与短板", PartName.PROBLEMS),
        ("尚需改进的方面", PartName.PROBLEMS),
        ("有待进一步完善的地方", PartName.PROBLEMS),
        ("新一年工作展望", PartName.PLANS),
        ("下步改进措施", PartName.PLANS),
        ("2025年重点任务", PartName.PLANS),
        ("主要领导推进法治建设情况", PartName.LEADERS),
        ("第一责任人职责落实情况", PartName.LEADERS),
        ("特色亮点", PartName.ACHIEVEMENTS),
    ],
)
@pytest.mark.parametrize("marker", ["三、", "第三部分 ", "## "])
def test_a_part_is_known_by_what_its_heading_says(
    marker: str, heading: str, part: PartName
) -> None:
    body = SAYS[part]
    text = f"某县2024年法治政府建设情况报告\n2024年，我县努力。\n{marker}{heading}\n{body}\n"
    found = {p.name for p in read_report(text).parts if p.found_by == "heading"}
    assert found == {part}
