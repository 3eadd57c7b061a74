"""10,000 findings in every format: the time to write them, and for HTML the time to open them.

`python benchmarks/documents.py`; prints processor seconds and bytes, then Chromium's own clock.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.model.assessment import Assessment

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

FINDINGS = 10_000
WRITE_WITHIN, OPEN_WITHIN = 5.0, 3.0


def big() -> Assessment:
    """The hand-made sample with one of its findings ten thousand times."""
    from tests.reporter.sample import sample

    whole = sample()
    one = next(entry for entry in whole.outcomes if entry.evidence)
    entries = tuple(
        replace(
            one,
            subject_key=f"决{n}",
            subject_label=f"“决{n}”城区公共停车泊位设置和管理方案",
            fingerprint=f"{n:016x}",
            evidence=one.evidence * 5,
            trace=one.trace * 5,
        )
        for n in range(FINDINGS)
    )
    return replace(whole, outcomes=entries)


def opening(path: Path) -> float:
    """Seconds from navigation to the load event, as Chromium measures them."""
    from selenium import webdriver

    from tests.reporter.test_browser import CHROMIUM, DRIVER, QUIET

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for argument in QUIET:
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        browser.get(path.as_uri())
        timing = browser.execute_script(
            "return performance.getEntriesByType('navigation')[0].loadEventEnd"
        )
        return float(timing) / 1000
    finally:
        browser.quit()


def main() -> None:
    """Write and open."""
    from reporter.formats import FORMATS

    assessment = big()
    for name, form in FORMATS.items():
        form.render(replace(assessment, outcomes=assessment.outcomes[:1]))  # imports don't count
        started = time.process_time()
        content = form.render(assessment)
        took = time.process_time() - started
        verdict = "够快" if took <= WRITE_WITHIN else "太慢"
        print(
            f"{name:9} {took:5.2f} 秒 {len(content) / 1e6:6.1f} 百万 {verdict}（≤ {WRITE_WITHIN}）"
        )
        if name == "html" and shutil.which("chromedriver"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "大.html"
                path.write_text(str(content), encoding="utf-8")
                took = opening(path)
            verdict = "够快" if took <= OPEN_WITHIN else "太慢"
            print(f"打开 html  {took:5.2f} 秒 {verdict}（≤ {OPEN_WITHIN}）")


if __name__ == "__main__":
    main()
