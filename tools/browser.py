"""A real Chromium for tests, measurements and pictures: started without a trace of anything of the user's.

    python tools/browser.py

writes the pictures of docs/page.md anew, as Chromium draws them with the fonts of this machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")

SETTLED = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""A script that ends once what was asked for is drawn."""


def why_not() -> str:
    """Return why there is no browser here; nothing where there is one."""
    if find_spec("selenium") is None:
        return "selenium is not installed; it comes with the extra 'browser'"
    if not any(map(shutil.which, _BROWSERS)):
        return "there is no Chromium on this machine (apt-get install chromium chromium-driver)"
    if not shutil.which("chromedriver"):
        return "there is no chromedriver on this machine (apt-get install chromium-driver)"
    return ""


@contextmanager
def chromium() -> Iterator[Chrome]:
    """Start a browser, and end it."""
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, _BROWSERS)))
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            yield driver
        finally:
            driver.quit()


def look(driver: Chrome, width: int, *, dark: bool = False) -> None:
    """Make the window as wide as asked, and its reader one who prefers light or dark."""
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def picture(driver: Chrome, width: int, most: int, scale: float = 1) -> bytes:
    """Return what is shown as PNG, from the top and at most so high."""
    driver.execute_script(SETTLED)
    height = min(most, driver.execute_script("return document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
    told = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    return b64decode(told["data"])


_PICTURES = (
    ("page-country", "#/country/moldova", 1100, 840, False),
    ("page-timeline", "#/timeline", 1100, 900, True),
    ("page-fact", "#/fact/remittances-uzbekistan-2021", 1100, 760, False),
    ("page-search", "#/q/how%20many%20tajiks%20work%20in%20russia", 390, 700, False),
)
"""Name, address, width, height, and whether dark."""


def main() -> None:
    """Write the pictures of docs/page.md."""
    from psfacts.answers.answer import built_in
    from psfacts.exporting.site.page import page

    if reason := why_not():
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as folder, chromium() as driver:
        path = Path(folder, "facts.html")
        path.write_text(page(built_in()), encoding="utf-8")
        for name, address, width, most, dark in _PICTURES:
            look(driver, width, dark=dark)
            driver.get("about:blank")
            driver.get(f"{path.as_uri()}{address}")
            made = Path(__file__).parents[1] / "docs" / "pictures" / f"{name}.png"
            made.write_bytes(picture(driver, width, most, 0.75))
            print(f"{made.name}: {made.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
