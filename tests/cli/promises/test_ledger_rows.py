"""docs/ledgers.md: which rows are one matter, what is hidden, and who or what a name means."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from reporter.exit_code import ExitCode
from tests.cli.promises.office import Found, check, promise, text, xlsx

HEADER: Final = [
    "决策编号", "决策事项", "是否重大行政决策", "不适用本程序的情形", "另有程序的依据",
    "合法性审查意见日期", "讨论日期",
]  # fmt: skip
REVIEWED: Final = "dec-legality-before-discussion"
OPINION: Final = "legality_review.opinion_on"
BY_HAND: Final = "dec-legality-three-aspects"


def row(key: object, opinion: object = "2024-06-10", held: object = "2024-06-20") -> list[object]:
    return [key, f"停车{key}", "是", None, None, opinion, held]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Rows that belong together and rows that don't, in one workbook."""
    folder = tmp_path_factory.mktemp("rows")
    numbered = ["序号", *HEADER[1:]]
    answers = [(BY_HAND, "决2", "2024-06-12"), (BY_HAND, "决3", "2024-01-12"),
               (BY_HAND, "决1", "2024-12-25"), ("dec-comment-30d", "决2", "2024-06-12"),
               (BY_HAND, "决99", "2024-06-12")]  # fmt: skip
    book = xlsx(
        folder,
        "决策.xlsx",
        决策台账=[
            [*HEADER, "出台日期", "印发日期", "不予公开的依据"],
            [*row("决1", opinion=None), None, None],
            [*row("决1", held=None), None, None],
            [*row("决2", opinion=None), "2024-06-30", "2024-06-30"],
            [None] * 5 + ["2024-06-10", None, None, None],
            [*row("决3"), "2024-06-30", "2024-07-01"],
        ],
        重大决策=[numbered, [1, *row("一月甲", held=None)[1:]],
                  [1, *row("一月甲", opinion=None)[1:]], [2, *row("一月乙")[1:]]],
        重大行政决策=[numbered, [1, *row("二月甲", "2024-06-25")[1:]]],
        公众参与=[["决策编号", "参与方式", "开始日期", "佐证材料"],
                  ["决2", "座谈会", "2024-05-01", "座谈会记录"]],
        听证会=[["决策编号", "听证编号", "听证会日期", "参加人数", "签字人数",
                 "听证记录"],
                ["决2", "听1", "2024-05-20", 12, 11, "听证笔录"]],
        听证参加人=[["听证编号", "姓名", "是否签字"],
                    *(["听1", f"参加人{n}", "是"] for n in range(12))],
        人工认定=[["要求编号", "对象类型", "对象编号", "认定结论", "认定人", "认定日期",
                   "认定理由"],
                  *([r, "decision", k, "符合", "王某", on, "均已审查"] for r, k, on in answers)],
    )  # fmt: skip
    for column in "ABCDEGHI":
        book["决策台账"].merge_cells(f"{column}4:{column}5")
    book.save(folder / "决策.xlsx")
    header = ["文号", "备案机关类别", "备案机关", "报备日期", "备案日期"]
    filed = ["甲政规〔2024〕1号", "上一级政府", "南河市人民政府", "2024-05-05", "2024-05-20"]
    xlsx(
        folder,
        "文件.xlsx",
        规范性文件台账=[["文号", "是否规范性文件", "制定机关", "制发层级", "印发日期", "公布日期"],
                        [filed[0], "是", "甲县人民政府", "政府", "2024-05-01", "2024-05-02"]],
        备案=[header, filed],
    )  # fmt: skip
    place = "place: {name: 甲县, level: 县级, filing_superior: 南河市人民政府}\n"
    return check(text(folder, {"fazhi.yaml": place + "jurisdiction: henan\n"}))


def called(found: Found, requirement: str) -> dict[str, str]:
    """The outcome of each decision, by what it is called: numbers of rows name nothing."""
    judged = [o for o in found.json["outcomes"] if o["requirement"] == requirement]
    named = {o["subject_label"].partition("停车")[2]: o["outcome"] for o in judged}
    assert len(named) == len(judged)
    return named


@promise(
    "编号写同一个，或用真正的合并单元格",
    "连着几行写同一个序号的是一件；别的表、别的月份的同一序号是另一件",
)
def test_rows_of_one_matter_are_one(rows: Found) -> None:
    """Fails if a number of a row joins two months, or if two rows of one number stay two."""
    assert called(rows, REVIEWED) == {
        "一月甲": "met", "一月乙": "met", "二月甲": "gap", "决1": "met", "决2": "met", "决3": "met",
    }  # fmt: skip


@promise("只排这张表的行次，不当编号", "要与别的台账对得上，请写决策编号、文号、案号、证号")
def test_the_number_of_a_row_is_said_to_identify_nothing(rows: Found) -> None:
    said = (
        "“序号”只排这张表的行次，不当编号：各行与别的表、别的台账对不上"
        "（要对得上，请加一列“决策编号”）"
    )
    notes = [line for line in rows.said("决策.xlsx", "note") if "序号" in line]
    assert notes == [f"决策.xlsx〔重大决策〕A2：{said}", f"决策.xlsx〔重大行政决策〕A2：{said}"]


@promise("两列都读；一样的算一个，不一样的都不作数，两格都指出来")
def test_two_columns_of_one_meaning(rows: Found) -> None:
    issued = rows.states("issued_on")
    assert {key: issued[key] for key in ("决2", "决3")} == {
        "决2": "2024年6月30日", "决3": "unreadable",
    }  # fmt: skip
    assert rows.said("决策.xlsx〔决策台账〕") == [
        "决策.xlsx〔决策台账〕I6：“2024-07-01”，与同一项的“出台日期”（H6）不一样，都不作数"
    ]


@promise("报备日期是报出的日子，备案日期是上级登记的日子")
def test_handed_in_and_registered_are_two_days(rows: Found) -> None:
    """Fails if the day the superior took to register counts as the day of handing in."""
    key = "甲政规〔2024〕1号"
    filed = rows.states("filed_on", "filing")
    assert set(filed.values()) == {"2024年5月5日"}
    assert rows.verdicts("nd-file-superior-15d")[key] == "met"  # on the 20th it would be late


@promise("如听证签字人数写11，名单上12人都签了字，两处都不作数，列在“没读进来”里")
def test_two_places_at_odds_count_for_nothing(rows: Found) -> None:
    assert rows.said("决策.xlsx〔听证会〕") == [
        (
            "决策.xlsx〔听证会〕A2：“决2/听1”，“签字人数”写11，“听证参加人”里“是否签字”为“是”的12条、"
            "为“否”的0条，对不上，两处都不作数，请核对"
        )
    ]
    assert rows.verdicts("dec-hearing-record") == {"决2/听1": "unknown"}


@promise("另起一张表，用一列写上级的编号")
def test_a_sheet_of_its_own_belongs_to_what_its_numbers_name(rows: Found) -> None:
    verdicts = called(rows, "dec-public-participation")
    assert (verdicts["决2"], verdicts["决1"]) == ("met", "unknown")


@promise(
    "只对由人认定的要求、认得出的编号作数",
    "认定日期在这件事项的第一步以前、检查日以后的不作数，都会指出来",
)
def test_what_a_person_found_counts_where_a_person_is_asked(rows: Found) -> None:
    verdicts = called(rows, BY_HAND)
    assert {key: v for key, v in verdicts.items() if v != "unknown"} == {"决2": "met"}
    assert called(rows, "dec-comment-30d")["决2"] == "unknown"
    told = rows.said("决策.xlsx〔人工认定〕")
    assert sorted(line.partition("，")[2] for line in told) == [
        "人工认定找不到所认定的事项，不作数",
        "人工认定日期2024-01-12早于所认定的（2024-06-10），不作数",
        "人工认定日期2024-12-25在检查日2024-12-20之后，不作数",
        "人工认定的要求“公开征求意见期限”不由人认定，由台账核对，不作数",
    ]


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """A workbook of which half is hidden or struck out, declared complete all the same."""
    folder = tmp_path_factory.mktemp("hidden")
    shown = ["藏行", "见1", "划行", "划格", "划半", "空格"]
    book = xlsx(
        folder,
        "决策.xlsx",
        决策台账=[HEADER, *(row(key) for key in shown)],
        重大决策=[HEADER, row("藏表")],
        重大行政决策=[HEADER, row("藏列")],
    )
    sheet = book["决策台账"]
    sheet.row_dimensions[2].hidden = True
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    sheet["F5"].font = Font(strike=True)
    sheet["F6"] = CellRichText(TextBlock(InlineFont(strike=True), "2024-06-25"), "2024-06-10")
    sheet["F7"] = None
    book["重大决策"].sheet_state = "hidden"
    book["重大行政决策"].column_dimensions["F"].hidden = True
    book.save(folder / "决策.xlsx")
    return check(text(folder, {"fazhi.yaml": "closed: [重大行政决策台账]\n"}))


@promise(
    "隐藏的行、列、工作表，画了删除线的行和单元格，都列出位置",
    "不当作事实，也不用来补空格",
    "一格里划掉一部分的，只看没划的",
)
def test_what_is_hidden_or_struck_out_counts_for_nothing(hidden: Found) -> None:
    opinions = hidden.states(OPINION)
    assert opinions == {
        "见1": "2024年6月10日", "划格": "unreadable", "划半": "2024年6月10日",
        "空格": "blank", "藏列": "unreadable",
    }  # fmt: skip
    assert set(hidden.verdicts(REVIEWED)) == set(opinions)
    mend = "（有效的请取消隐藏、清除筛选或去掉删除线后保存，无效的请删掉）"
    assert hidden.said() == [
        (
            "决策.xlsx〔决策台账〕：隐藏或划掉的内容不作数：隐藏的行：2；划掉的行：4；"
            f"划掉或不显示的单元格：F5；划掉了一部分的单元格，只看没划的：F6{mend}"
        ),
        f"决策.xlsx〔重大决策〕：隐藏或划掉的内容不作数：整张工作表是隐藏的{mend}",
        f"决策.xlsx〔重大行政决策〕：隐藏或划掉的内容不作数：隐藏的列：F{mend}",
    ]
    assert hidden.said(level="note") == []
    assert hidden.code == ExitCode.UNREAD


OFFICERS: Final = [
    ["人员编号", "姓名", "所在单位"],
    ["R01", "甲某", "清溪县城市管理局"], ["R02", "乙某", "清溪县城市管理局"],
    ["R04", "丁某", "清溪县城市管理局"], ["R05", "丁某", "清溪县城市管理局"],
]  # fmt: skip
PEOPLE: Final = {  # who chaired the hearing of a case that R02 and R09 handled
    "甲某": "R01", "Ｒ０１": "R01", "甲 某": "R01", "甲某（R01）": "R01", "r01": "R01",
    "丁某": "incomplete", "戊某": "incomplete", "城市管理局法规科": "incomplete",
}  # fmt: skip
UNITS: Final = {  # who took the money
    "清溪县城市管理局财务科": "清溪县城市管理局", "本局": "清溪县城市管理局",
    "清溪县 城市管理局": "清溪县城市管理局", "城市管理局": "清溪县城市管理局",
    "县城市管理局": "清溪县城市管理局", "城建大队": "清溪县城市管理局",
    "县城管局": "incomplete", "中国银行清溪支行": "中国银行清溪支行",
}  # fmt: skip


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("names")
    header = ["案号", "办案机关", "处理结果", "罚款数额", "收款机构", "听证主持人编号",
              "办案人员编号", "处罚决定日期", "是否申请听证", "听证日期",
              "听证是否公开"]  # fmt: skip
    cases = [
        [f"城罚〔2024〕{n}号", "清溪县城市管理局", "给予处罚", 500, unit, person, "R02、R09",
         "2024-05-20", "是", "2024-05-10", "是"]
        for n, (unit, person) in enumerate(zip(UNITS, PEOPLE, strict=True), 1)
    ]  # fmt: skip
    xlsx(folder, "办案.xlsx", 执法人员=OFFICERS, 处罚台账=[header, *cases])
    place = "place: {name: 清溪县, level: 县级, superior: 南河市}\n"
    aliases = "agencies: {清溪县城市管理局: [城建大队]}\n"
    return check(text(folder, {"fazhi.yaml": place + aliases}), "--unmask")


def numbered(states: dict[str, str]) -> list[str]:
    """The states in the order of the cases."""
    return [states[f"城罚〔2024〕{n}号"] for n in range(1, len(states) + 1)]


@promise(
    "全角、中间的空格、编号还是姓名，都是同一个人，按执法人员台账认成编号",
    "同名分不清的、名册上对不上又可能就是办案人员的、该写人而写了单位的，是不明，指出是哪一格",
)
def test_a_person_is_one_however_written(names: Found) -> None:
    assert numbered(names.states("hearing_host", "penalty_case")) == list(PEOPLE.values())
    assert sorted(line for line in names.said() if "处罚台账〕F" in line) == [
        "办案.xlsx〔处罚台账〕F7：“丁某”，有2人同名，不知是哪一人（请写人员编号）",
        (
            "办案.xlsx〔处罚台账〕F8：“戊某”，不知与“R09”是不是同一人，对不上人员名册"
            "（请写人员编号，或把人员补进执法人员台账）"
        ),
        (
            "办案.xlsx〔处罚台账〕F9：“城市管理局法规科”，“听证主持人编号”应写是谁，这里写的是单位"
            "（请写人员编号或姓名）"
        ),
    ]


@promise(
    "全角、空格、本地的地名（县司法局、清溪县司法局）和 `agencies` 里的别名是同一个单位",
    "收款机构写本单位的科室、“本局”的，就是本单位；像是简称而没有写明的（县城管局），是不明",
)
def test_an_agency_is_one_however_written(names: Found) -> None:
    """Fails if an agency that takes its own fines gets through under another spelling."""
    assert numbered(names.states("collector", "penalty_case")) == list(UNITS.values())
    assert [line for line in names.said() if "处罚台账〕E" in line] == [
        (
            "办案.xlsx〔处罚台账〕E8：“县城管局”，像是“清溪县城市管理局”的简称，不知是不是同一单位"
            "（请写全称，或在“设置.xlsx”的“单位别名”（fazhi.yaml 的 agencies）里写明）"
        )
    ]
    met = {k for k, v in names.verdicts("enf-fine-separation").items() if v == "met"}
    assert met == {"城罚〔2024〕8号"}


@promise("〔〕、[]、（）、【】和编号前面的零不分")
def test_a_document_number_is_one_however_written(tmp_path: Path) -> None:
    ways = ["甲政规〔2024〕7号", "甲政规[2024]07号", "甲政规（2024）7号", "甲政规【2024】007号"]
    columns = ["文件名称", "是否规范性文件", "印发日期", "公布日期"]
    values = ["停车管理", "是", "2024-03-01", "2024-03-02"]
    for n, (way, column, value) in enumerate(zip(ways, columns, values, strict=True)):
        text(tmp_path, {f"规范性文件台账{n}.csv": f"文号,{column}\n{way},{value}\n"})
    found = check(tmp_path)
    assert found.said() == []
    assert set(found.verdicts("nd-publish")) == {"甲政规〔2024〕7号"}
    assert found.states("issued_on", "normative_doc") == {"甲政规〔2024〕7号": "2024年3月1日"}


@promise("读不出来的行会报出单元格、原文和应有的写法，其余照样核对；有没读进来的，退出码是 3")
def test_a_row_that_can_not_be_read_is_told_and_the_rest_judged(tmp_path: Path) -> None:
    lost = [None, "公交", *[None] * 5]
    xlsx(tmp_path, "决策.xlsx", 决策台账=[HEADER, row("决1", "2024-13-45"), lost, row("决3")])
    found = check(tmp_path)
    assert found.verdicts(REVIEWED) == {"决1": "unknown", "决3": "met"}
    first, second = found.said()
    assert first.startswith("决策.xlsx〔决策台账〕F2：“2024-13-45”，“合法性审查意见日期”应为日期")
    assert second.startswith("决策.xlsx〔决策台账〕A3：“公交”，缺少“决策编号”，不能当作记录")
    assert found.code == ExitCode.UNREAD
