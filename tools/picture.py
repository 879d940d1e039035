"""Make the README's picture of the running app: `python -m tools.picture http://localhost:8501`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

PICTURE = Path("docs/steps.png")
STEP = "/steps?preset=weights_0123&step=mean_loss"
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


def main(base: str) -> None:
    """Open the step that divides and write what is on the screen."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1.5)
        page.goto(base + STEP)
        page.get_by_text("the same number").first.wait_for()
        page.locator(IDLE).wait_for()
        page.wait_for_timeout(500)  # fonts and the sidebar's slide
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
