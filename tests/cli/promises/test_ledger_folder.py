"""docs/ledgers.md: what may be put into the folder, what is complete, and what stays inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import docx
import openpyxl
import pytest

from engine.model.masking import MASK
from reporter.exit_code import ExitCode
from reporter.formats import FORMATS
from tests.cli.local_rules import SMALLEST
from tests.cli.promises.office import AS_OF, Found, check, fazhi, promise, text, xlsx
from tests.conftest import ROOT

HEADER: Final = (
    "决策编号,决策事项,是否重大行政决策,不适用本程序的情形,另有程序的依据,"
    "合法性审查意见日期,讨论日期"
)
REVIEWED: Final = "dec-legality-before-discussion"


def ledger(key: str) -> str:
    return f"{HEADER}\n{key},{key}号停车,是,无,无,2024-06-10,2024-06-20\n"


@promise(
    "一个工作簿可以有几张表；csv 认 UTF-8（带不带 BOM）、UTF-16、GB18030",
    "放进去的东西按文件名、工作表名和表头识别，原来怎么记就怎么放",
    "| `fazhi.yaml` | 可以没有 |",
    "标有“绝密”“机密”“秘密”的文件不读，并在“读取中的问题”里说明",
)
def test_ledgers_of_every_kind(tmp_path: Path) -> None:
    """Nine ledgers of one decision each, and three that may not be read."""
    named, other = (
        dict(zip(HEADER.split(","), ledger(key).splitlines()[1].split(","), strict=True))
        for key in ("决5", "决6")
    )
    yaml = "\n  ".join(f"{title}: {value}" for title, value in other.items())
    secret = {
        f"{level}决策台账.csv": ledger(f"决9{n}")
        for n, level in enumerate(("绝密", "机密", "秘密"))
    }
    files = {
        "重大决策甲.csv": ledger("决1"),
        "重大决策乙.csv": ledger("决2").encode("utf-8-sig"),
        "重大决策丙.csv": ledger("决3").encode("utf-16"),
        "重大决策丁.csv": ledger("决4").encode("gb18030"),
        "重大决策.json": json.dumps([named], ensure_ascii=False),
        "重大决策.yaml": f"- {yaml}\n",
        "某局报来.csv": ledger("决9"),
        **secret,
    }
    rows = {key: [line.split(",") for line in ledger(key).splitlines()] for key in ("决7", "决8")}
    xlsx(tmp_path, "两张.xlsx", 决策台账=rows["决7"], Sheet2=rows["决8"],
         清理=[["清理编号", "清理完成日期"], ["清1", "2023-01-01"]])  # fmt: skip
    found = check(text(tmp_path, files))
    assert found.verdicts(REVIEWED) == {f"决{n}": "met" for n in range(1, 10)}
    assert set(found.verdicts("nd-cleanup-2y")) == {"2024"}
    assert sorted(found.said()) == [
        f"{name}：文件名标有“{name[:2]}”：涉密文件不得在本软件中处理，没有读取"
        for name in sorted(secret)
    ]
    assert found.code == ExitCode.UNREAD


LISTED: Final = "dec-public-participation"


def participated(folder: Path, settings: str, sheet: str = "") -> Found:
    """A decision without a notice; the ledger of other ways to take part is what is asked for."""
    header = HEADER + ",不予公开的依据,征求意见公告日期"
    row = ledger("决1").splitlines()[1] + ",无,无"
    files = {"决策台账.csv": f"{header}\n{row}\n", "fazhi.yaml": settings}
    return check(text(folder, {**files, **({"公众参与.csv": sheet} if sheet else {})}))


@promise(
    "没有封闭的清单里，“每一项都”不会成立，“一项也没有”也不会成立",
    "确实录全了的台账，在 `fazhi.yaml` 里声明 `closed`",
    "真没有的，放一张只有表头的空表",
)
def test_only_a_ledger_declared_complete_shows_that_there_is_none(tmp_path: Path) -> None:
    empty = "决策编号,参与方式,开始日期,佐证材料\n"
    assert participated(tmp_path, "", empty).verdicts(LISTED) == {"决1": "unknown"}
    found = participated(tmp_path, "closed: [公众参与]\n", empty)
    assert (found.said(level="note"), found.verdicts(LISTED)) == ([], {"决1": "gap"})


@promise(
    "声明要有这种台账可读才作数：文件夹里没有读到的，说一句“声明不作数”，其中有没有都是不明",
    "读不了的文件、认不出的表，都是“没有读到”，不是“没有”",
)
@pytest.mark.parametrize("unread", ["", "公众参与.xls", "公众参与.csv"])
def test_what_was_not_read_is_not_complete(tmp_path: Path, unread: str) -> None:
    """No file; a file that can't be read; a sheet of which no column is known."""
    if unread:
        text(tmp_path, {unread: b"\xd0\xcf\x11\xe0" if unread.endswith("xls") else "甲,乙\n1,2\n"})
    found = participated(tmp_path, "closed: [公众参与]\n")
    assert found.verdicts(LISTED) == {"决1": "unknown"}
    assert [line for line in found.said(level="note") if "声明不作数" in line] == [
        (
            "fazhi.yaml：“公众参与”，声明录全了，文件夹里却没有读到这种台账，声明不作数，其中有没有都是不明"
            "（真没有的，放一张只有表头的空表；放漏了的，把文件放进来）"
        )
    ]


@promise("别的记录写明有（听证会写“是”、证件写“暂扣”、报告写了件数），空着的台账声明录全也不作数")
def test_what_another_record_shows_is_not_missing_from_a_complete_ledger(tmp_path: Path) -> None:
    report = "甲县2024年法治政府建设情况报告\n一、主要做法\n全年审查重大行政决策4件。\n"
    files = {
        "fazhi.yaml": "closed: [听证会, 暂扣, 重大行政决策台账]\n",
        "决策台账.csv": HEADER + "\n",
        "决策表二.csv": HEADER + ",是否举行听证会\n",
        "听证会.csv": "决策编号,听证编号,听证会日期\n",
        "执法证件.csv": "证号,人员编号,证件状态\n甲1,R1,暂扣\n",
        "暂扣.csv": "证号,暂扣日期\n",
        "2024年报.txt": report,
    }
    said = check(text(tmp_path, files)).said()
    assert [line for line in said if "声明" in line] == [
        line for line in said if "暂扣" in line or "决策" in line
    ]
    assert any("暂扣" in line for line in said)
    assert any("决策" in line for line in said)
    held = HEADER + ",是否举行听证会\n" + ledger("决1").splitlines()[1] + ",是\n"
    del files["决策台账.csv"]
    (tmp_path / "决策台账.csv").unlink()
    said = check(text(tmp_path, {**files, "决策表二.csv": held})).said()
    assert any("听证会" in line and "声明" in line for line in said)


@promise("写错的键和取值会指出来，并给出最接近的写法")
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("yaer: 2024\n", "fazhi.yaml：“yaer”，fazhi.yaml 没有这个键（是否指“year”？）"),
        (
            "closed: [决策台帐]\n",
            "fazhi.yaml closed：“决策台帐”，没有这种台账，不能声明为完整（是否指“重大行政决策”？）",
        ),
    ],
)
def test_a_wrong_setting_is_told_with_the_nearest(tmp_path: Path, settings: str, said: str) -> None:
    found = check(text(tmp_path, {"决策台账.csv": ledger("决1"), "fazhi.yaml": settings}))
    assert found.said() == [said]
    assert found.code == ExitCode.UNREAD


@promise("自己的要求和台账放在里面的文件夹里，写 `rulesets: 文件夹名`", "那个文件夹不当台账读")
def test_the_folder_of_own_rules_is_no_ledger(tmp_path: Path) -> None:
    """Its files are rules; what is told of the folder names no ledger of it."""
    files = {
        "决策台账.csv": ledger("决1"),
        "fazhi.yaml": "rulesets: 本县规则\n",
        "本县规则/decision/local-schedule.yaml": SMALLEST,
    }
    found = check(text(tmp_path, files))
    assert found.verdicts("local-schedule") == {"决1": "unknown"}
    assert [item["path"] for item in found.json["inputs"]] == ["fazhi.yaml", "决策台账.csv"]


@promise("| `fazhi.yaml` | 可以没有 | 地区、年度、哪些台账是完整的，见下 |")
def test_the_pages_own_settings_are_read_as_they_stand(tmp_path: Path) -> None:
    """Fails if a key of the page's block is refused, or the place, province or column is lost."""
    page = (ROOT / "docs" / "ledgers.md").read_text(encoding="utf-8")
    block = page.partition("## fazhi.yaml\n\n```yaml\n")[2].partition("```")[0]
    columns = HEADER.replace("决策事项", "事项全称") + ",承办单位\n"
    row = ledger("决1").splitlines()[1] + ",县司法局\n"
    files = {
        "fazhi.yaml": block,
        "放假安排2027.yaml": "year: 2027\noff: [2027-01-04]\nworking: [2027-01-03]\n",
        "决策台账.csv": columns + row,
        "执法证件.csv": "证号,人员编号\n甲1,R1\n",
    }
    xlsx(tmp_path, "导出.xlsx", Sheet1=[["案号", "当事人"], ["甲罚1号", "某店"]])
    xlsx(
        tmp_path, "文件目录.xlsx", 规范性文件台账=[["文号", "文件名称"], ["甲政规1号", "停车办法"]]
    )
    found = check(text(tmp_path, files))
    assert (found.said(), found.said(level="note")) == ([], [])
    assert (found.json["place"], found.json["jurisdiction"]) == ("青岚县", "河南")
    assert found.outcome(REVIEWED, "决1")["subject_label"] == "“决1”决1号停车"


PERSONAL: Final = ("王某某", "张三丰", "41102319800101123X", "李四海", "绝不同意", "委〔2024〕9号")


@promise(
    "在任何一种输出里都显示为“＊＊＊”，读取问题里引的原文也一样",
    "18位身份证号不论写在哪一栏，都只留末4位",
    "加 `--unmask` 才全部显示",
    "遮盖只改显示，不影响核对、对接和指纹",
)
@pytest.mark.parametrize("form", list(FORMATS))
def test_what_stays_in_the_office(masked: Path, form: str, tmp_path: Path) -> None:
    """Fails if a name, a dissent, a report to the party or a number of a person gets out."""
    name = {"markdown": "md", "terminal": "txt", "blanks": "待填.xlsx"}.get(form, form)
    out = tmp_path / f"结果.{name}"
    fazhi("check", masked, *AS_OF, "--format", form, "--output", out)
    content = readable(out, form)
    assert [word for word in PERSONAL if word in content] == []
    assert "123X" in content
    if form in ("json", "terminal"):
        fazhi("check", masked, *AS_OF, "--unmask", "--format", form, "--output", out)
        shown = readable(out, form)
        assert [word for word in PERSONAL[1:3] if word not in shown] == []
        assert MASK in content
    if form == "json":
        before, after = json.loads(content), json.loads(shown)
        assert prints(before) == prints(after)


def prints(assessment: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - JSON
    return [(o["fingerprint"], o["outcome"]) for o in assessment["outcomes"]]


def readable(path: Path, form: str) -> str:
    """The text of a file of that format."""
    if form == "docx":
        document = docx.Document(str(path))
        cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
        return "\n".join([*(p.text for p in document.paragraphs), *cells])
    if form in ("xlsx", "blanks"):
        book = openpyxl.load_workbook(path)
        return "\n".join(str(c.value) for s in book for r in s.iter_rows() for c in r)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def masked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Names, a dissent, a report to the party, and a number of a person where none belongs."""
    header = HEADER + ",认定人,不同意见,不同意见是否载明,请示报告文号,请示报告党委日期\n"
    row = (
        "决1,停车（41102319800101123X）,是,无,无,2024-06-25,2024-06-20,"
        "甲县司法局,绝不同意,否,委〔2024〕9号,下月初\n"
    )
    people = "人员编号,姓名,所在单位\nR1,王某某,甲局\nR2,张三丰,甲局\nR3,张三丰,甲局\n"
    # two of one name: who chaired the hearing can't be told, and the name is quoted
    case = "案号,办案机关,听证主持人编号,当事人\n城罚〔2024〕1号,甲局,张三丰,李四海\n"
    files = {"决策台账.csv": header + row, "执法人员.csv": people, "处罚台账.csv": case}
    return text(tmp_path_factory.mktemp("masked"), files)
