"""Make the README's pictures of the running app: `python -m tools.picture http://localhost:8501`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

# file: the page's address, a button to press there or "", and a text that it has once it is drawn
PICTURES = {
    "steps.png": ("/steps?preset=weights_0123&step=mean_loss", "", "the same number"),
    "mistake.png": ("/mistake?answer=0.6662", "", "here they part"),
    "lab.png": ("/lab?embed=true", "Train", "What this says"),
}
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


def main(base: str) -> None:
    """Open each address, press what is to be pressed, and write what is on the screen."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1.5)
        for name, (path, press, drawn) in PICTURES.items():
            page.goto(base + path)
            if press:
                page.get_by_role("button", name=press, exact=True).click()
            page.get_by_text(drawn).first.wait_for()
            page.locator(IDLE).wait_for()
            page.wait_for_timeout(500)  # fonts and the sidebar's slide
            page.screenshot(path=Path("docs") / name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
