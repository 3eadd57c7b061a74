"""What is opened before the settings are read: nothing that they may ask to leave alone."""

from __future__ import annotations

import pytest

from facts.files.early import early_ledgers
from tests.facts.conftest import Office

CSV = "编号,事项\n1,停车\n".encode()


def early(office: Office) -> list[tuple[str, bytes]]:
    return [(found.path, data) for found, data in early_ledgers(office.folder)]


def test_small_ledgers_come_in_their_order(office: Office) -> None:
    """Broken by rules, settings or reports taken for ledgers, or by one too large to wait for."""
    office.write("fazhi.yaml", "year: 2024\n")
    office.write("乙/台账.json", b"[]")
    office.write("甲.csv", CSV)
    office.write("大.csv", b"," * (2 * 2**20 + 1))
    office.write("本地规则/records/x.yaml", "type: x\n")
    office.write("报告.txt", "停车")
    office.write("机密★台账.csv", CSV)
    assert early(office) == [("乙/台账.json", b"[]"), ("甲.csv", CSV)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fazhi.yaml", "year: 2024\nignore: [甲.csv]\n".encode()),
        ("fazhi.yml", "ignore: 甲.csv\n".encode()),
        ("fazhi.yaml", "ignore: 甲.csv\n".encode("utf-16")),
        ("fazhi.yaml", b"#" * (2 * 2**20 + 1)),
        ("设置.xlsx", b"PK"),
    ],
    ids=["list", "yml", "utf-16", "too long to look into", "sheet"],
)
def test_nothing_is_opened_that_may_be_left_alone(
    office: Office, name: str, content: bytes
) -> None:
    """Broken by a file opened that the office said is none of ours, a secret one perhaps."""
    office.write("甲.csv", CSV)
    office.write(name, content)
    assert early(office) == []


def test_what_lies_deeper_is_no_settings(office: Office) -> None:
    """Broken by a folder of last year's that keeps this year's from being read."""
    office.write("甲.csv", CSV)
    office.write("往年/fazhi.yaml", "ignore: [乙.csv]\n")
    assert early(office) == [("甲.csv", CSV)]
