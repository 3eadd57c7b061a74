"""The HTML page in Chromium, as a person uses it: by eye, by keyboard, on paper.

Skipped where Chromium or its driver isn't installed, what is printed where there is no Chinese
font; `.ci/run` installs all three.
"""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from engine.model.assessment import Assessment
from reporter.formats import FORMATS
from tests.reporter.golden import SAMPLES

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="没有装 chromium 和 chromium-driver"
)
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TAB, ENTER = "\ue004", "\ue007"
"""Keys as WebDriver names them."""

DRAWS = """(() => {
  const drawn = (text) => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')
    pen.font = '40px sans-serif'
    pen.fillText(text, 10, 60)
    return canvas.toDataURL()
  }
  return drawn('法') !== drawn('治')
})()"""
"""Whether two characters look different: without a font both are the same empty box."""

A4 = (595, 842)
"""Points."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="没有装 selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(argument)
    service = webdriver.ChromeService(executable_path=DRIVER)
    opened = webdriver.Chrome(options=options, service=service)
    yield opened
    opened.quit()


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Chrome:
    """The sample of a year, open in a wide window."""
    return opened(browser, tmp_path, "year")


def opened(browser: Chrome, folder: Path, name: str, found: Assessment | None = None) -> Chrome:
    content = FORMATS["html"].render(found or SAMPLES[name]())
    assert isinstance(content, str)
    path = folder / "自查.html"
    path.write_text(content, encoding="utf-8")
    browser.set_window_size(1280, 900)
    browser.get(path.as_uri())
    return browser


def script(browser: Chrome, text: str) -> object:
    return browser.execute_script(f"return {text}")  # type: ignore[no-untyped-call]


def test_what_stands_in_ledgers_does_not_run(page: Chrome) -> None:
    assert script(page, "document.scripts.length") == 0
    assert script(page, "document.querySelectorAll('iframe,img,object,form').length") == 0
    assert page.title.startswith("法治体检 · 年度自查")


def test_nothing_is_wider_than_the_window(page: Chrome) -> None:
    for width in (1280, 520):
        page.set_window_size(width, 900)
        assert script(page, "document.documentElement.scrollWidth <= window.innerWidth"), width


def test_the_keyboard_reaches_the_findings_first(page: Chrome) -> None:
    page.find_element("tag name", "body").send_keys(TAB)
    first = page.switch_to.active_element
    assert first.text == "跳到须处理的问题"
    first.send_keys(ENTER)
    assert script(page, "location.hash") == "#findings"


def test_a_screen_reader_is_told_what_it_needs(page: Chrome) -> None:
    assert script(page, "document.documentElement.lang") == "zh-CN"
    assert script(page, "document.querySelectorAll('section:not([aria-labelledby])').length") == 0
    assert script(page, "document.querySelectorAll('svg:not([aria-label])').length") == 0
    levels = "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])"
    found = script(page, levels)
    assert isinstance(found, list)
    assert found[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(found))
    heads = "[...document.querySelectorAll('th')].filter(t => !t.scope).length"
    assert script(page, heads) == 0


def test_every_link_leads_to_its_finding(page: Chrome) -> None:
    lost = (
        "[...document.querySelectorAll('a[href^=\"#\"]')]"
        ".filter(a => !document.getElementById(a.getAttribute('href').slice(1))).length"
    )
    assert script(page, lost) == 0


def test_on_paper_it_is_a4_and_says_what_to_do(page: Chrome) -> None:
    if not script(page, DRAWS):
        pytest.skip("没有中文字体（Debian、Ubuntu 上装 fonts-noto-cjk），印出来的字取不回来")
    printed = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pdf = PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    sizes = {(round(p.mediabox.width), round(p.mediabox.height)) for p in pdf.pages}
    assert sizes == {A4} or all(abs(w - A4[0]) <= 1 and abs(h - A4[1]) <= 1 for w, h in sizes)
    text = "".join(p.extract_text() for p in pdf.pages)
    assert "补办合法性审查前置" in text
    assert "跳到须处理的问题" not in text


def test_one_decision_shows_its_gate_first(browser: Chrome, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "decision")
    assert page.find_element("css selector", "main h3").text.startswith("提请集体讨论：暂不具备")


OWNERS = {"决1": "县交通局", "决9": "县水利局", "决4": "县水利局"}
"""Whose matter the findings of the sample are; the others' units nobody named."""


def with_owners(browser: Chrome, folder: Path) -> Chrome:
    """The sample of a year with units, in a wide window."""
    found = SAMPLES["year"]()
    for entry in found.outcomes:
        entry.owner = OWNERS.get(entry.subject_key, "")
    return opened(browser, folder, "year", found)


def chosen(page: Chrome, **labels: str) -> None:
    """Choose by the beginning of what is shown, with the keyboard."""
    for name, label in labels.items():
        element = page.find_element("id", name)
        element.send_keys(label)
        element.send_keys(TAB)


def shown(page: Chrome, selector: str) -> list[str]:
    """The texts of these elements that are on the screen, in one line each."""
    text = (
        f"[...document.querySelectorAll('{selector}')].filter(e => e.checkVisibility())"
        ".map(e => e.textContent.replace(/\\s+/g, ' ').trim())"
    )
    found = script(page, text)
    assert isinstance(found, list)
    return found


def test_findings_are_looked_through_by_unit_ledger_section_and_state(
    browser: Chrome, tmp_path: Path
) -> None:
    """Broken by a finding that stays though it has another unit, or goes though it has this one."""
    page = with_owners(browser, tmp_path)
    everything = ["县交通局", "县水利局", "县水利局", "（单位未写明）", "（单位未写明）"]
    assert len(shown(page, "#findings .finding")) == len(everything)
    assert shown(page, "#findings .of") == []
    options = script(page, "[...document.querySelectorAll('#by-unit option')].map(o => o.text)")
    assert options == ["全部", "县交通局（1）", "县水利局（2）", "（单位未写明）（2）"]
    chosen(page, **{"by-unit": "县水利局"})
    found = shown(page, "#findings .of")
    assert [text.split(" ")[-1] for text in found] == ["县水利局", "县水利局"]
    assert shown(page, "#findings .group > h3") == []
    chosen(page, **{"by-outcome": "佐证不足"})
    (only,) = shown(page, "#findings .of")
    assert "决4" in only
    chosen(page, **{"by-unit": "县交通局"})
    assert shown(page, "#findings .finding") == []
    chosen(page, **{"by-outcome": "全部"})
    (only,) = shown(page, "#findings .of")
    assert "决1" in only
    chosen(page, **{"by-unit": "全部", "by-section": "（一）", "by-ledger": "重大行政决策"})
    assert len(shown(page, "#findings .finding")) == len(everything)


def test_findings_are_grouped_as_one_chooses_and_each_line_leads_to_its_finding(
    browser: Chrome, tmp_path: Path
) -> None:
    """Broken by a group open unasked, by one that lacks a finding, by a line that leads nowhere."""
    page = with_owners(browser, tmp_path)
    assert shown(page, "#findings .item") == []
    for title in ("单位", "台账", "纲要各节", "结论"):
        chosen(page, grouped=f"按{title}分组")
        assert len(shown(page, "#findings .item")) == 5, title
    assert shown(page, "#findings .groups h3") == [
        "不符合（2项）", "存疑待核（1项）", "佐证不足（1项）", "系统未核成（1项）",
    ]  # fmt: skip
    chosen(page, **{"by-outcome": "存疑待核"})
    assert shown(page, "#findings .groups h3") == ["存疑待核（1项）"]
    (line,) = shown(page, "#findings .item")
    page.find_element("css selector", ".groups-outcome .outcome-1 a").click()
    to = script(page, "document.querySelector(location.hash).textContent")
    assert isinstance(to, str)
    assert line.split(" ")[0] in to


def test_it_reads_on_a_telephone(browser: Chrome, tmp_path: Path) -> None:
    """Broken by anything that is wider than 420 points: one would have to scroll sideways."""
    for name in SAMPLES:
        page = opened(browser, tmp_path, name)
        narrow = {"width": 420, "height": 900, "deviceScaleFactor": 1, "mobile": True}
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
        try:
            assert script(page, "document.documentElement.scrollWidth") == 420, name
        finally:
            page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_paper_has_what_was_chosen_and_the_state_of_every_decision(
    browser: Chrome, tmp_path: Path
) -> None:
    page = with_owners(browser, tmp_path)
    if not script(page, DRAWS):
        pytest.skip("没有中文字体（Debian、Ubuntu 上装 fonts-noto-cjk），印出来的字取不回来")
    chosen(page, **{"by-unit": "县交通局"})
    printed = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pdf = PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    text = "".join("".join(p.extract_text().split()) for p in pdf.pages)
    assert "县交通局" in text
    assert "县水利局" not in text
    assert "只列都符合的" not in text
    assert "提请集体讨论：暂不具备" in text
