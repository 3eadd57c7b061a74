"""Large and hostile inputs, one folder each: how long `fazhi check` takes, and how much memory.

    python benchmarks/hostile.py            # all of them; prints a table
    python benchmarks/hostile.py 行 JSON     # those whose name has one of these words

Processor time of all its processes, time by the clock, and the largest memory of one of them.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import xlsxwriter

ROOT: Final = Path(__file__).parent.parent
_MAKE: Final = "--make"
LIMIT: Final = 300
"""Seconds by the clock after which a run is ended."""

HEAD: Final = ["决策编号", "决策事项", "承办单位", "是否重大行政决策", "征求意见公告日期",
               "征求意见截止日期", "集体讨论日期", "备注"]  # fmt: skip
REPORT: Final = "青岚县2024年法治政府建设年度报告\n一、主要工作\n"


def _row(number: int) -> list[str]:
    return [f"决{number}", f"第{number}件事的方案", "县住建局", "是", "2024-03-01", "2024-04-15",
            "2024-06-03", ""]  # fmt: skip


def _book(rows: int, sheets: int = 1) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    for at in range(sheets):
        sheet = book.add_worksheet(f"决策{at or ''}")
        sheet.write_row(0, 0, HEAD)
        for number in range(1, rows + 1):
            sheet.write_row(number, 0, _row(number))
    book.close()
    return out.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _far() -> bytes:
    parts = _parts(_book(3))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'r="3"', b'r="1000000000000"')
    return _packed(parts)


def _one_part() -> bytes:
    """Two hundred sheets that are all the same part."""
    parts = _parts(_book(3_000))
    name = "xl/workbook.xml"
    sheet = b'<sheet name="%s" sheetId="%d" r:id="rId1"/>'
    first = parts[name].index(b"<sheet ")
    last = parts[name].index(b"</sheets>")
    listed = b"".join(sheet % (f"决策{at}".encode(), at) for at in range(1, 201))
    parts[name] = parts[name][:first] + listed + parts[name][last:]
    return _packed(parts)


def _within() -> bytes:
    """60 MB of a sheet that a zip makes less than a hundred times smaller."""
    parts = _parts(_book(3))
    name = "xl/worksheets/sheet1.xml"
    dice = random.Random(1)  # noqa: S311
    body = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%032x%032x</t></is></c></row>'
        % (at, at, dice.getrandbits(128), dice.getrandbits(128))
        for at in range(10, 450_010)
    )
    parts[name] = parts[name].replace(b"</sheetData>", body + b"</sheetData>")
    return _packed(parts)


def _pdf(kids: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    listed = b" ".join(b"%d 0 R" % (3 + at) for at in range(kids))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>",
               b"<</Type/Pages/Kids[%s]/Count %d>>" % (listed, kids)] + [page] * kids  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for at, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (at, one)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _page(table: str) -> bytes:
    return f"<html><body><h1>{REPORT}</h1>{table}</body></html>".encode()


def _csv(rows: int, *, note: str = "") -> bytes:
    lines = [",".join(HEAD), *(",".join([*_row(n)[:-1], note]) for n in range(1, rows + 1))]
    return "\n".join(lines).encode()


def _objects(size: int) -> list[dict[str, str]]:
    """As many decisions as make a file of so many bytes."""
    each = len(json.dumps(dict(zip(HEAD, _row(1), strict=True)), ensure_ascii=False).encode())
    return [dict(zip(HEAD, _row(at), strict=True)) for at in range(1, size // (each + 10))]


def _rows_of_html(size: int) -> str:
    row = "<tr>" + "".join(f"<td>{cell}</td>" for cell in _row(1)) + "</tr>"
    head = "<tr>" + "".join(f"<th>{cell}</th>" for cell in HEAD) + "</tr>"
    return "<table>" + head + row * (size // len(row.encode())) + "</table>"


def _looking_back() -> bytes:
    """Rows whose quotes take in what is a row of its own, over and over."""
    block = '甲"乙"丙,"丁\n' * 900 + "1,2,3\n" * 3_000 + '丙",乙,甲\n'
    return (",".join(HEAD) + "\n" + block * 250).encode()


def _odd_numbers() -> bytes:
    head = "案号,决定日期,罚款金额,听证申请人数\n"
    words = ("①", "²", "⑴", "1e999999999", "9" * 400, "１２", "〇", "5000年13月45日")
    return (head + "".join(f"罚{at},{w},{w},{w}\n" for at, w in enumerate(words))).encode()


_NAME: Final = "重大行政决策台账"
_REPORT: Final = "青岚县2024年法治政府建设年度报告"
CASES: Final[dict[str, Callable[[], dict[str, bytes]]]] = {
    "平常的 10 行": lambda: {f"{_NAME}.csv": _csv(10)},
    "一个词重复一百万字": lambda: {f"{_REPORT}.txt": (REPORT + "法治" * 499_980).encode()},
    "csv 60 MB": lambda: {f"{_NAME}.csv": _csv(610_000, note="某" * 5)},
    "xlsx 10 万行": lambda: {f"{_NAME}.xlsx": _book(100_000)},
    "xlsx 60 MB，压缩比以内": lambda: {f"{_NAME}.xlsx": _within()},
    'xlsx 行号 r="1000000000000"': lambda: {f"{_NAME}.xlsx": _far()},
    "xlsx 200 张表同一部件": lambda: {f"{_NAME}.xlsx": _one_part()},
    "网页套 20 万层": lambda: {f"{_REPORT}.html": _page("<div>" * 200_000 + "法治")},
    "网页一个标签 50 万个属性": lambda: {
        f"{_REPORT}.html": _page("<p " + " ".join(f"a{n}=1" for n in range(500_000)) + ">法治</p>")
    },
    'colspan="²"、"5000"': lambda: {
        f"{_REPORT}.html": _page(
            "<table>" + '<tr><td colspan="²">甲</td><td colspan="5000" rowspan="5000">乙</td></tr>'
            * 500 + "</table>"
        )
    },
    "yaml 10 MB": lambda: {f"{_NAME}.yaml": b"- " + b"a: b\n  " * 1_400_000},
    "JSON 一个 10 MB 的字符串": lambda: {
        f"{_NAME}.json": ('{"决策": [{"决策编号": "' + "某" * 3_300_000 + '"}]}').encode()
    },
    "JSON 很大的指数": lambda: {
        f"{_NAME}.json": b'{"\xe5\x86\xb3\xe7\xad\x96": [{"a": 1e999999999}]}'
    },
    "JSON、csv 半个字符": lambda: {
        f"{_NAME}.json": b'{"a": "\\ud800"}', "规范性文件.csv": b"a,b\n\xed\xa0\x80,1\n",
    },
    "①²⑴、很长的数": lambda: {"行政处罚案件台账.csv": _odd_numbers()},
    "pdf 2,000 页": lambda: {f"{_REPORT}.pdf": _pdf(2_000)},
    "设置里的 5000 年": lambda: {
        "fazhi.yaml": "place: {name: 青岚县, level: 县级}\nyear: 5000\n".encode(),
        f"{_NAME}.csv": _csv(10),
    },
    "JSON 10 MB 台账": lambda: {
        f"{_NAME}.json": json.dumps({"决策": _objects(10_000_000)}, ensure_ascii=False).encode()
    },
    "网页 10 MB 台账": lambda: {f"{_NAME}.xls": _page(_rows_of_html(10_000_000))},
    "csv 引号多处不成对": lambda: {f"{_NAME}.csv": _looking_back()},
    "Markdown 十万行的表": lambda: {
        f"{_REPORT}.md": (f"# {REPORT}\n|甲|乙|\n|-|-|\n" + "|1|2|\n" * 100_000).encode()
    },
    "2,000 件决策，理由近十二万项": lambda: {f"{_NAME}.xlsx": _book(2_000)},
    "10,000 件决策": lambda: {f"{_NAME}.xlsx": _book(10_000)},
}  # fmt: skip


def measured(folder: Path) -> tuple[int, float, float, float, str]:
    """Exit code, processor and clock seconds, MiB, and why something wasn't read or judged."""
    result = folder.parent / "结果.json"
    command = [sys.executable, str(ROOT / "cli.py"), "check", str(folder), "--as-of", "2025-03-10",
               "--year", "2024", "--output", str(result)]  # fmt: skip
    started = time.monotonic()
    with (folder.parent / "said").open("w+", encoding="utf-8") as said:
        child = subprocess.Popen(["timeout", str(LIMIT), *command], stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        why = said.read().strip()
    if result.exists():
        inputs = json.loads(result.read_text(encoding="utf-8"))["inputs"]
        told = [one for item in inputs for one in item["problems"] if one["level"] == "error"]
        why = told[0]["text"] if told else why
    clock = time.monotonic() - started
    cpu = used.ru_utime + used.ru_stime
    return child.returncode, cpu, clock, used.ru_maxrss / 1024, why


def main() -> None:
    """Measure and print a table."""
    if sys.argv[1:2] == [_MAKE]:
        for file, data in CASES[sys.argv[2]]().items():
            (Path(sys.argv[3]) / file).write_bytes(data)
        return
    print("| 输入 | 大小 | 退出码 | 处理器秒 | 钟表秒 | 内存 MiB |")
    print("|---|---|---|---|---|---|")
    for name in CASES:
        if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "office"
            folder.mkdir()
            # in a process of its own: what starts a run counts as the run's memory
            subprocess.run([sys.executable, __file__, _MAKE, name, str(folder)], check=True)
            size = sum(path.stat().st_size for path in folder.iterdir())
            code, cpu, clock, memory, why = measured(folder)
        row = f"| {name} | {size / 1e6:.1f} MB | {code} | {cpu:.1f} | {clock:.0f} | {memory:.0f} |"
        print(row, flush=True)
        print(f"  {why[:200]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
