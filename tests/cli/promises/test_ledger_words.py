"""docs/ledgers.md, 怎么写都行: what is written in a cell, and what it is taken for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from tests.cli.promises.office import Found, check, promise, text, xlsx

HEADER: Final = [
    "决策编号", "决策事项", "是否重大行政决策", "不适用本程序的情形", "另有程序的依据",
    "合法性审查意见日期", "讨论日期", "专业性技术性是否较强", "专家论证日期", "专家论证意见",
    "是否可能造成不利影响", "会议类型", "不同意见", "不同意见是否载明",
    "风险评估报告日期", "风险评估报告", "不重复评估的依据", "某某备考", "合法性审查意件书",
]  # fmt: skip
USUAL: Final = {
    "决策事项": "停车收费", "是否重大行政决策": "是", "合法性审查意见日期": "2024-06-10",
    "讨论日期": "2024-06-20", "专业性技术性是否较强": "是", "专家论证日期": "2024-05-10",
    "专家论证意见": "论证意见书1份", "是否可能造成不利影响": "否", "会议类型": "常务会议",
    "风险评估报告日期": "无", "风险评估报告": "无",
}  # fmt: skip

REVIEWED: Final = "dec-legality-before-discussion"
OPINION: Final = "legality_review.opinion_on"
DAYS: Final = {
    "D1": dt.datetime(2024, 6, 10),  # noqa: DTZ001 - as Excel keeps a day
    "D2": "2024-06-10", "D3": "2024/6/10", "D4": "2024年6月10日",
    "D5": "2024.6.10", "D6": "二〇二四年六月十日",
}  # fmt: skip
PERIODS: Final = {"M5": "2024年5月", "M6": "2024年6月", "Y24": "2024年"}
PAPERS: Final = {
    "absent": [
        "未出具",
        "没有依据",
        "未编号",
        "未签",
        "口头",
        "×",
        "否",
        "0",
        0,
        False,
        "FALSE",
        "无",
    ],
    "planned": ["正在办理", "拟于下周", "待出具"],
    "claimed": ["有", "是", "√", "已出具"],
    "unreadable": ["同意", "同上"],
    "claimed_not_applicable": ["/", "—"],
    "elsewhere": ["详见附件"],
    "blank": [None],
}
GROUNDS: Final = {
    "unreadable": ["依法", "法律规定", "领导同意"],
    "城乡规划法第四十八条": ["城乡规划法第四十八条"],
}
ANSWERS: Final = {
    "是": ["是", "有", "√"], "否": ["否", "无", "×"],
    "needs_person": ["未评估", "未认定", "未核实", "未定"],
    "unreadable": ["已推迟", "已取消"],
}  # fmt: skip
FORUMS: Final = {
    "常务会议": ["第9次常务会议", "2024年第9次常务会议", "县政府常务会议"],
    "党委会议": ["县委全会"],
    "领导小组会议": ["指挥部会议"],
    "unreadable": ["人大常委会会议", "南河市政府常务会议", "经常务会议研究"],
}


def kept(prefix: str, table: dict[str, list[object]]) -> dict[str, tuple[object, str]]:
    """Each written word of a table under a key of its own, with the state that is promised."""
    pairs = [(word, state) for state, words in table.items() for word in words]
    return {f"{prefix}{n}": pair for n, pair in enumerate(pairs, 1)}


COLUMNS: Final = {
    "专家论证意见": ("expert_review.opinion_doc", kept("P", PAPERS)),
    "另有程序的依据": ("special_procedure_law", kept("G", GROUNDS)),
    "是否可能造成不利影响": ("risk_possible", kept("Q", ANSWERS)),
    "会议类型": ("discussion.meeting_type", kept("H", FORUMS)),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """One workbook: a title above, two rows of headings, a row for each way to write a thing."""
    rows: dict[str, dict[str, object]] = {}
    for key, day in {**DAYS, **PERIODS}.items():
        rows[key] = {"合法性审查意见日期": day}
    rows["DX"] = {"合法性审查意见日期": None}
    rows["DW"] = {"合法性审查意见日期": "2024年6月10日（周三）"}
    rows["E"] = {"专家论证日期": "无", "专家论证意见": "无"}
    rows["F"] = {"不同意见": "无"}
    for title, (_, words) in COLUMNS.items():
        rows |= {key: {title: word} for key, (word, _) in words.items()}
    lines = [[{**USUAL, "决策编号": key, "决策事项": f"{key}号事项", **row}.get(h) for h in HEADER]
             for key, row in rows.items()]  # fmt: skip
    top = ["重大行政决策台账", *[None] * (len(HEADER) - 1)]
    folder = tmp_path_factory.mktemp("words")
    book = xlsx(folder, "决策.xlsx", 决策台账=[top, ["填报单位：甲县司法局"], HEADER, *lines])
    book.worksheets[0].merge_cells(start_row=1, end_row=1, start_column=1, end_column=8)
    book.save(folder / "决策.xlsx")
    place = "place: {name: 甲县, level: 县级, superior: 南河市}\n"
    return check(text(folder, {"fazhi.yaml": place}))


def states(found: Found, title: str) -> tuple[dict[str, str], dict[str, str]]:
    """What is known of the column's cells, and what is promised of them."""
    field, words = COLUMNS[title]
    known = found.states(field)
    return {key: known[key] for key in words}, {key: state for key, (_, state) in words.items()}


def refused(found: Found, title: str) -> list[str]:
    """The words of the column that stand in 读取中的问题 with what should be there."""
    return [line.partition("“")[2].partition("”")[0] for line in found.said("决策.xlsx")
            if f"，“{title}”应" in line]  # fmt: skip


@promise("上面可以有标题行、合并单元格；列名有许多同义写法")
def test_titles_above_and_other_names_of_columns(found: Found) -> None:
    """The title is merged; 会议类型 and 专家论证日期 stand where the sheet puts them."""
    assert set(found.verdicts(REVIEWED)) >= {*DAYS, *PERIODS, "E", "F"}
    assert found.json["inputs"][1]["records"]["decision"] == len(found.verdicts(REVIEWED))


@promise("别的列出来，并给出最接近的列名")
def test_a_column_that_is_not_known_is_listed_with_the_nearest(found: Found) -> None:
    told = [line for line in found.said("决策.xlsx", "note") if "不认识的列" in line]
    assert len(told) == 2
    assert any("S3：“合法性审查意件书”" in line and "合法性审查意见书" in line for line in told)
    assert any("R3：“某某备考”" in line for line in told)


@promise("Excel 日期、2024-05-01、2024/5/1、2024年5月1日、2024.5.1、二〇二四年五月一日都认")
def test_every_way_to_write_a_day(found: Found) -> None:
    known = found.states(OPINION)
    assert {known[key] for key in DAYS} == {"2024年6月10日"}
    assert {found.verdicts(REVIEWED)[key] for key in DAYS} == {"met"}


@promise("写着星期而对不上那一天的，看不出是哪一天")
def test_a_day_of_another_weekday(found: Found) -> None:
    """June 10th was a Monday. Broken by a day that is believed against the weekday beside it."""
    assert found.states(OPINION)["DW"] == "unreadable"
    assert found.verdicts(REVIEWED)["DW"] == "unknown"
    (told,) = [line for line in found.said("决策.xlsx") if "周三" in line]
    assert "2024-06-10是星期一，与写的星期对不上" in told


@promise("只写到月或年的，按那一段时间理解；判不出来就是“信息不全”")
def test_a_month_is_all_its_days(found: Found) -> None:
    """Any day of May is before 20 June; a day of June, or of the year, may be after it."""
    verdicts = found.verdicts(REVIEWED)
    assert {key: verdicts[key] for key in PERIODS} == {
        "M5": "met", "M6": "unknown", "Y24": "unknown",
    }  # fmt: skip


@promise("不等于“没有”，是“信息不全”或“佐证不足”")
def test_blank_is_not_none(found: Found) -> None:
    assert found.states(OPINION)["DX"] == "blank"
    assert found.verdicts(REVIEWED)["DX"] == "not_evidenced"


@promise("专家论证写“无”就是没做", "不同意见写“无”是好事")
def test_none_means_what_the_column_says(found: Found) -> None:
    """There is nothing to record of a dissent that nobody had; no expert was asked."""
    assert found.verdicts("dec-expert-needed")["E"] == "gap"
    assert found.verdicts("dec-expert-needed")["F"] == "met"
    assert "F" not in {
        o["subject_key"]
        for o in found.json["outcomes"]
        if o["finding"] and any(e["field"] == "discussion.dissent" for e in o["evidence"])
    }


@promise(
    "填报称不适用，待认定",
    "称有，没见到内容",
    "“未出具”“没有依据”“未编号”“未签”“口头”“×”“否”“0”“FALSE”就是没有",
    "“正在办理”“拟于下周”“待出具”是还没有办成",
    "只写“有”“是”“√”“已出具”的，是称有而没写明是什么",
)
def test_words_in_place_of_a_paper(found: Found) -> None:
    """Fails if a word that denies is taken for a paper, or one that claims for none."""
    known, promised = states(found, "专家论证意见")
    assert known == promised
    assert refused(found, "专家论证意见") == ["同意", "同上"]


@promise("就是没有；", "算“佐证不足”或“信息不全”", "说不清是有还是没有的，列在“没读进来”里")
def test_what_follows_from_such_words(found: Found) -> None:
    """Never met but for a paper that is named: denied is a gap, the rest is not known."""
    verdicts = found.verdicts("dec-expert-needed")
    by_state: dict[str, set[str]] = {}
    for key, (_, state) in COLUMNS["专家论证意见"][1].items():
        by_state.setdefault(state, set()).add(verdicts[key])
    assert by_state == {
        "absent": {"gap"}, "planned": {"unknown"}, "claimed": {"not_evidenced"},
        "unreadable": {"unknown"}, "claimed_not_applicable": {"unknown"},
        "elsewhere": {"unknown"}, "blank": {"not_evidenced"},
    }  # fmt: skip


@promise("作为例外的依据要写出是哪部法律、哪份文件：“依法”“法律规定”“领导同意”不是依据")
def test_a_ground_names_its_law(found: Found) -> None:
    known, promised = states(found, "另有程序的依据")
    assert known == promised
    assert refused(found, "另有程序的依据") == ["依法", "法律规定", "领导同意"]


@promise(
    "只认“是、否、有、无、√、×”这些词",
    "写“未评估”就不是“否”",
    "“未认定”“未核实”“未定”是还没有结论",
    "“已推迟”“已取消”之类答的不是这一问，列在“没读进来”里",
)
def test_yes_and_no(found: Found) -> None:
    """No risk assessment was made: wanting if it was called for, no matter if it was not."""
    verdicts = found.verdicts("dec-risk-needed")
    follows = {"是": "gap", "否": "not_applicable", "needs_person": "unknown",
               "unreadable": "unknown"}  # fmt: skip
    answers = COLUMNS["是否可能造成不利影响"][1]
    assert {key: verdicts[key] for key in answers} == {
        key: follows[state] for key, (_, state) in answers.items()
    }
    assert refused(found, "是否可能造成不利影响") == ["已推迟", "已取消"]


@promise("照着列名回答的：“是否公布”可以写“已公布”“未公布”")
def test_a_column_is_answered_in_its_own_words(tmp_path: Path) -> None:
    rows = (
        "检查编号,检查日期,检查年度,是否有检查权,事项是否公布\n"
        "检1,2025-05-06,2025,是,已公布\n检2,2025-05-07,2025,是,未公布\n"
    )
    found = check(text(tmp_path, {"行政检查.csv": rows}), "--as-of", "2025-12-20", "--year", 2025)
    assert found.said() == []
    assert found.verdicts("enf-inspection-basis") == {"检1": "met", "检2": "gap"}


@promise(
    "整格认，不从里面找词。会次、年份可以写（第9次常务会议），本级政府的名称可以写",
    "别的机关的会（县委全会、指挥部会议、人大常委会会议、上级政府的会）不是本级政府的会",
)
def test_whose_meeting_it_was(found: Found) -> None:
    """Fails if 常务会议 is found inside the meeting of another body, or in a sentence."""
    known, promised = states(found, "会议类型")
    assert known == promised
    verdicts = found.verdicts("dec-collective-forum")
    ours = {key for key, state in promised.items() if state == "常务会议"}
    assert {key for key in promised if verdicts[key] == "met"} == ours


@promise("有没有这回事不知道，也是“信息不全”", "没有的空着就行", "少数列声明了空着就是没有")
def test_no_column_is_not_none(tmp_path: Path) -> None:
    """Fails if a missing column of exceptions is read as no exception; a blank cell is."""
    header = ["决策编号", "决策事项", "是否重大行政决策", "合法性审查意见日期", "讨论日期"]
    row = ["决1", "停车", "是", "2024-06-10", "2024-06-20"]
    xlsx(tmp_path, "决策.xlsx", 决策台账=[header, row])
    without = check(tmp_path)
    assert without.verdicts(REVIEWED) == {"决1": "unknown"}
    assert without.states("special_procedure_law") == {"决1": "no_column"}
    more = [[*header, "不适用本程序的情形", "另有程序的依据"], [*row, None, None]]
    xlsx(tmp_path, "决策.xlsx", 决策台账=more)
    kept_blank = check(tmp_path)
    assert kept_blank.verdicts(REVIEWED) == {"决1": "met"}
    assert kept_blank.states("special_procedure_law") == {"决1": "absent"}
