"""A clerk's whole way in Chromium: from the empty server to the downloaded form; keys and axe.

Skipped where Chromium or its driver isn't installed. axe.min.js is axe-core 4.14.1 of the npm
package of that name, under the Mozilla Public License 2.0; only this test reads it.
"""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from docx import Document
from pypdf import PdfReader

from tests.conftest import ROOT
from tests.reporter.test_browser import ENTER, QUIET, TAB
from tests.web.served import Served

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER and Path("/proc").is_dir()),
    reason="没有装 chromium 和 chromium-driver",
)
AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ESCAPE = "\ue00c"
OWN = "hai-an-7720-song"
PAGES = (
    "/", "/decisions", "/records/documents", "/records/certificates", "/records/cases", "/report",
    "/findings", "/blanks", "/waivers", "/history", "/history/1", "/rules",
    "/rules/dec-comment-30d", "/chief", "/log", "/people", "/tokens",
    f"/checklist/decision/{quote('决2024-11')}",
)  # fmt: skip
PATIENCE = 300
"""Seconds: a machine with much else to do takes its time."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page") / "data"


@pytest.fixture(scope="module")
def served(data: Path) -> Iterator[Served]:
    started = Served("--data", str(data))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(downloads: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="没有装 selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(executable_path=DRIVER)
    )
    opened.set_script_timeout(PATIENCE)
    yield opened
    opened.quit()


def waited(until: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever was waited for
    """What comes in the end."""
    end = time.monotonic() + PATIENCE
    while not (found := until()):
        assert time.monotonic() < end
        time.sleep(0.2)
    return found


def keys(browser: Chrome, *texts: str) -> None:
    """Type where the focus is."""
    for text in texts:
        browser.switch_to.active_element.send_keys(text)


def faultless(browser: Chrome) -> None:
    """Nothing serious by axe, nothing wider than a wide window or a telephone, no complaint."""
    browser.execute_script(AXE)  # type: ignore[no-untyped-call]
    found = browser.execute_async_script(  # type: ignore[no-untyped-call]
        "const tell = arguments[arguments.length - 1];"
        "axe.run().then(r => tell(r.violations.map(v => [v.impact, v.id, v.nodes[0].html])))"
    )
    assert [one for one in found if one[0] in ("serious", "critical")] == []
    for width in (420, 1400):
        browser.set_window_size(width, 900)
        fits = "return document.documentElement.scrollWidth <= window.innerWidth"
        assert browser.execute_script(fits), width  # type: ignore[no-untyped-call]
    assert [line for line in browser.get_log("browser") if line["level"] == "SEVERE"] == []  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def loaded(data: Path, served: Served, browser: Chrome) -> Served:
    """The page after the first way in, with the keyboard alone: a password of one's own, the
    example loaded, and its run worked out although the worker died in it.
    """
    assert oct(data.stat().st_mode & 0o777) == "0o700"
    assert all(not path.stat().st_mode & 0o077 for path in data.iterdir() if path.is_file())
    browser.get(served.address)
    faultless(browser)
    # with the keyboard alone: the field of the name has the focus
    keys(browser, "admin", TAB)
    keys(browser, served.password, ENTER)
    waited(lambda: "一次性密码，先换成自己的" in browser.page_source)
    faultless(browser)
    old = browser.find_element("name", "old_password")
    old.send_keys(served.password, TAB)
    keys(browser, OWN, TAB)
    keys(browser, OWN, ENTER)
    waited(lambda: "还没有核对过" in browser.page_source)
    faultless(browser)
    focused: list[str] = []
    browser.find_element("tag name", "body").send_keys(TAB)
    while "装入示例" not in browser.switch_to.active_element.text:
        focused.append(browser.switch_to.active_element.text)
        assert len(focused) < 30
        keys(browser, TAB)
    assert focused[0] == "跳到正文"
    keys(browser, ENTER)
    waited(lambda: "正在核对" in browser.page_source or "读到了什么" in browser.page_source)
    # the worker dies in the middle, and another takes its place
    os.kill(served.worker(), signal.SIGKILL)
    waited(lambda: "读到了什么" in browser.page_source)
    faultless(browser)
    return served


def test_from_the_loaded_example_to_the_downloaded_form(
    loaded: Served, browser: Chrome, downloads: Path
) -> None:
    for page in PAGES:
        browser.get(loaded.address + page)
        faultless(browser)
    browser.get(f"{loaded.address}/chief")
    paper = {"paperWidth": 8.27, "paperHeight": 11.69}  # A4, in inches
    printed = browser.execute_cdp_cmd("Page.printToPDF", paper)["data"]  # type: ignore[no-untyped-call]
    assert len(PdfReader(io.BytesIO(base64.b64decode(printed))).pages) == 1
    browser.get(f"{loaded.address}/findings")
    browser.find_element("css selector", "main details:not([open]) summary").click()
    browser.find_element("css selector", "main details[open] li a").click()
    faultless(browser)
    browser.get(f"{loaded.address}/decisions")
    browser.find_element("partial link text", "县城生活垃圾分类管理办法").click()
    waited(lambda: browser.find_elements("partial link text", "下载附表"))
    assert "赶得上" in browser.page_source
    faultless(browser)
    browser.find_element("partial link text", "下载附表").click()
    (form,) = waited(lambda: list(downloads.glob("核对附表*.docx")))
    assert Document(str(form)).paragraphs


def test_a_finding_is_shown_beside_the_list(loaded: Served, browser: Chrome) -> None:
    """With the keyboard alone: opened by the button, closed by Esc, the list as it was."""
    browser.set_window_size(1400, 900)
    browser.get(f"{loaded.address}/findings?severity=blocking")
    drawer, told = (browser.find_element("id", name) for name in ("drawer", "drawer-told"))
    assert not drawer.is_displayed()
    button = next(b for b in browser.find_elements("css selector", "li button") if b.is_displayed())
    button.send_keys(ENTER)
    waited(lambda: "台账里的这一行" in told.text)
    assert drawer.is_displayed()
    assert told.find_elements("css selector", "tr.marked")
    faultless(browser)
    browser.set_window_size(1400, 900)
    keys(browser, ESCAPE)
    waited(lambda: not drawer.is_displayed())
    assert browser.current_url == f"{loaded.address}/findings?severity=blocking"


def test_the_examples_of_the_docs_are_answered(
    loaded: Served, browser: Chrome, tmp_path: Path
) -> None:
    """Broken by an address or a field that the page about the API has otherwise."""
    if shutil.which("curl") is None:
        pytest.skip("没有装 curl")
    browser.get(f"{loaded.address}/tokens")
    browser.find_element("name", "name").send_keys("OA")
    browser.find_element("css selector", "option[value=reviewer]").click()
    browser.find_element("css selector", "form.narrow button").click()
    token = waited(lambda: re.search(r"OA的令牌：(\S+?)　", browser.page_source))
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    commands = re.findall(r"```sh\n(curl .*?)\n```", text, re.DOTALL)
    assert len(commands) == 10
    shutil.copy(ROOT / "examples" / "qinglan" / "规范性文件.xlsx", tmp_path)
    own = {"FAZHI": loaded.address, "TOKEN": token[1], "PATH": os.environ["PATH"]}
    for command in commands:
        told = waited(partial(answered, command, tmp_path, own))
        assert told == "200", command
    for name in ("核对附表.docx", "整改台账.xlsx"):
        assert (tmp_path / name).read_bytes()[:2] == b"PK"


def answered(command: str, folder: Path, own: dict[str, str]) -> str:
    """The status that a command of the page gets; "" while what it asks for is worked out."""
    told = subprocess.run(
        ["/bin/sh", "-c", command + " -w '\\n%{http_code}'"],
        cwd=folder, env=own, capture_output=True, text=True, check=True,
    )  # fmt: skip
    status = told.stdout.rpartition("\n")[2]
    return "" if status == "202" else status


def test_what_was_stored_outlives_the_plug(data: Path, loaded: Served, browser: Chrome) -> None:
    """Killed outright and started again: no second password, and everything is there."""
    loaded.stop()
    again = Served("--data", str(data))
    try:
        assert again.password == ""
        browser.get(again.address)
        assert "青岚县" in browser.page_source
    finally:
        again.stop()
