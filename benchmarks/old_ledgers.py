"""An office of a county as it keeps its ledgers by hand, to see how much of them is read.

    python benchmarks/old_ledgers.py FOLDER     writes the ledgers
    python benchmarks/old_ledgers.py --measure FOLDER   counts what `fazhi check` says of a folder

Nothing in it knows our headers, types or formats: months are sheets, days are numbers, one sheet is
one bureau, a term is 五年, and beside the ledgers lie what lies in every folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from openpyxl import Workbook

AS_OF: Final = "2025-03-10"
D = dt.date
_BUREAUS: Final = ("县水利局", "县林业局", "县城管局", "青石镇")


def _book(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def _decisions() -> dict[str, list[list[object]]]:
    header = [
        *("序号", "审查类型", "送审单位", "送审文件名称", "送审时间"),
        *("出具意见时间", "审查意见", "意见书编号", "审查人", "备注"),
    ]
    kinds = ["重大行政决策", "规范性文件", "合同", "规范性文件", "重大行政决策", "合同"]
    rows: list[list[object]] = [
        [n, kind, _BUREAUS[n % 3], f"关于第{n}件事的方案", f"2024.{n}.3",
         f"2024.{n}.{9 if n != 4 else 8}" if n != 5 else None, "合法" if n != 2 else "修改后合法",
         f"云司审〔2024〕{n}号", "王某", None]
        for n, kind in enumerate(kinds, 1)
    ]  # fmt: skip
    return {"2024": [["云溪县司法局2024年合法性审查登记台账", *[None] * 9], header, *rows]}


def _documents() -> dict[str, list[list[object]]]:
    header = ["序号", "文件名称", "发文字号"]

    def rows(start: int) -> list[list[object]]:
        return [
            [n, f"云溪县第{n}件事管理办法", f"云政〔{2012 + n}〕{n}号"]
            for n in range(start, start + 3)
        ]

    return {
        "清理结果": [
            ["云溪县人民政府关于公布规范性文件清理结果的决定（2024年6月30日）", None, None], header,
            ["一、继续有效的规范性文件", None, None], ["（一）县政府文件", None, None], *rows(1),
            ["二、宣布失效的规范性文件", None, None], *rows(4),
            ["三、废止的规范性文件", None, None], *rows(7),
        ]
    }  # fmt: skip


def _register() -> dict[str, list[list[object]]]:
    header = ["编号", "文件标题", "文号", "印发时间", "公布时间", "报备时间", "备案号", "有效期至"]
    rows: list[list[object]] = [
        [n, f"云溪县第{n}件事管理办法", f"云政〔2024〕{n}号", D(2024, n, 5), D(2024, n, 8),
         D(2024, n, 12 if n != 3 else 28), f"备2024-{n}", D(2029, n, 5)]
        for n in range(1, 6)
    ]  # fmt: skip
    return {"Sheet1": [["规范性文件备案登记簿（2024年）", *[None] * 7], header, *rows]}


def _cards() -> dict[str, list[list[object]]]:
    header = ["姓名", "性别", "执法证号", "发证时间", "证件有效期"]
    found: dict[str, list[list[object]]] = {}
    for place, bureau in enumerate(_BUREAUS):
        rows: list[list[object]] = [
            [f"{family}{bureau[1]}", "男", f"豫K{place}{n}", f"20{19 + n}.5.10", "五年"]
            for n, family in enumerate("张王李赵")
        ]
        found[bureau] = [[f"{bureau}行政执法人员名单", *[None] * 4], header, *rows]
    return found


def _penalties() -> dict[str, list[list[object]]]:
    header = [
        *("序号", "当事人", "案由", "立案日期", "处罚决定书文号"),
        *("处罚决定日期", "处罚种类", "罚款金额（元）"),
    ]

    def row(month: int, n: int, name: str) -> list[object]:
        number = f"云水罚〔2024〕{month}{n}号"
        opened, decided = f"{month}月{n}日", f"{20 + n}日"
        party, fine = f"{name}{month}公司", 2000 * n * month
        return [n, party, "未按规定取水", opened, number, decided, "罚款", fine]

    return {
        f"{month}月": [header, *(row(month, n, name) for n, name in enumerate("甲乙丙", 1))]
        for month in range(1, 13)
    }


def _trainings() -> dict[str, list[list[object]]]:
    header = ["序号", "姓名", "培训内容", "学时"]
    rows: list[list[object]] = [
        [n, f"{name}水", "法律法规", 16] for n, name in enumerate("张王李", 1)
    ]
    return {f"2024年{month}月": [header, *rows] for month in (3, 6, 9, 11)}


def write(folder: Path) -> None:
    """Write the folder; what is there already is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    _book(folder / "合法性审查登记台账.xlsx", _decisions())
    _book(folder / "规范性文件清理结果.xlsx", _documents())
    _book(folder / "规范性文件备案登记簿.xlsx", _register())
    _book(folder / "执法人员名单.xlsx", _cards())
    _book(folder / "云溪县水利局行政处罚台账2024年.xlsx", _penalties())
    _book(folder / "执法人员培训台账.xlsx", _trainings())
    statistics: list[list[object]] = [
        ["云溪县2024年度行政处罚实施情况统计表", None, None],
        ["单位名称", "处罚案件数", "罚没金额（万元）"],
        ["云溪县水利局", 35, 46.8],
    ]
    _book(folder / "行政执法统计年报.xlsx", {"表二": statistics})
    contacts: list[list[object]] = [["序号", "姓名", "办公电话"], [1, "周某", "0371-1"]]
    _book(folder / "通讯录.xlsx", {"Sheet1": contacts})
    (folder / "会议通知.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    report = (
        "云溪县2024年法治政府建设年度报告\n一、主要举措和成效\n（一）推进规范执法。"
        "全年办理行政处罚案件36件，审查行政规范性文件2件，向市政府备案规范性文件5件。\n"
        "二、存在的不足和原因\n执法培训不够，原因是经费不足。\n三、下一年度安排\n加强培训。\n"
    )
    (folder / "云溪县2024年法治政府建设年度报告.txt").write_text(report, encoding="utf-8")


def measure(folder: Path) -> dict[str, int]:
    """What `fazhi check` says of a folder: outcomes by kind, problems, lines of its first page."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "结果.json"
        command = [sys.executable, "-m", "cli", "check", str(folder), "--as-of", AS_OF]
        subprocess.run([*command, "--output", str(out)], check=False, capture_output=True)
        text = subprocess.run(command, check=False, capture_output=True, text=True)
        found = json.loads(out.read_text(encoding="utf-8"))
    outcomes = Counter(one["outcome"] for one in found["outcomes"])
    problems = [p["level"] for item in found["inputs"] for p in item["problems"]]
    lines = text.stdout.splitlines()
    return {
        "judgements": outcomes.total(),
        **{
            name: outcomes[name]
            for name in ("met", "gap", "borderline", "not_evidenced", "unknown")
        },
        "not_applicable": outcomes["not_applicable"],
        "errors": problems.count("error"),
        "lines": len(lines),
        "blank": sum(not line.strip() for line in lines),
    }


def main() -> None:
    """Write an old-ledger office, or count what is said of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    if given.measure:
        for name, number in measure(given.folder).items():
            print(f"{name:16}{number:8}")
    else:
        write(given.folder)


if __name__ == "__main__":
    main()
