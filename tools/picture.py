"""Make the documents' pictures of the running app: `python -m tools.picture http://localhost:8501`."""

import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launch

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
CASE = "logits=2,1,0.1;0.5,2.5,0.3&target=0,2&weight=1,2,5&classes=cat,dog,owl"
WAIT_MS = 60_000  # a first page comes with the app's own start


@dataclass(frozen=True)
class Picture:
    """A picture of a page.

    Attributes:
        file: its name in docs/.
        path: the page's address.
        drawn: a text that the page has once it is drawn.
        press: a button to press before, or "".
        framed: a text that the page's frame has once it is drawn, or "".
        height: of the window, in CSS pixels.
    """

    file: str
    path: str
    drawn: str
    press: str = ""
    framed: str = ""
    height: int = 860


PICTURES = (
    Picture("steps.png", "/steps?preset=weights_0123&step=mean_loss", "the same number"),
    Picture("mistake.png", "/mistake?answer=0.6662", "here they part"),
    Picture("lab.png", "/lab?embed=true", "What this says", press="Train"),
    Picture(
        "teach.png",
        f"/teach?{CASE}&step=probs&base=https://loss.example.edu",
        "Copy into your course",
        framed="Softmax",
        height=1220,
    ),
    Picture(
        *("present.png", "/steps?preset=weights_0123&step=mean_loss&present=1", "Show it"),
        height=720,
    ),
    Picture("worksheet.png", "/teach?part=sheet", "The first page", height=940),
    Picture(
        *("class.png", "/teach?part=class", "Codes with it", "Fill in an example"), height=1000
    ),
)


def take(page: Page, base: str, picture: Picture) -> None:
    """Open the address, press what is to be pressed, and write what is on the screen."""
    page.set_viewport_size({"width": 1280, "height": picture.height})
    page.goto(base + picture.path)
    if picture.press:
        page.get_by_role("button", name=picture.press, exact=True).click()
    page.get_by_text(picture.drawn).locator("visible=true").first.wait_for(timeout=WAIT_MS)
    if picture.framed:
        framed = page.frame_locator("iframe").get_by_text(picture.framed)
        framed.locator("visible=true").first.wait_for(timeout=WAIT_MS)
    page.locator(IDLE).wait_for()
    page.wait_for_timeout(1500)  # fonts, the sidebar's slide, and the frame's own
    page.screenshot(path=Path("docs") / picture.file)


def main(base: str, *files: str) -> None:
    """Make the pictures of these names; without names, all of them."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for picture in PICTURES:
            if not files or picture.file in files:
                page = browser.new_page(device_scale_factor=1.5)
                take(page, base, picture)
                page.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
