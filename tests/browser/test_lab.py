"""The lab in a real browser: train, watch, stop, share, leave."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DARK, MOBILE, open_page, rerun, settle
from tests.browser.test_link import query

SMALL = "/lab?runs=1&lab_steps=50&samples=300"
LONG = "/lab?strategies=plain&runs=10&lab_steps=5000&batch=1024&samples=2000"
SLOW = 60_000  # ms; the machine may be busy with other tests


def button(page, name):
    """A button by its whole name."""
    return page.get_by_role("button", name=name, exact=True)


def one_of(page, name):
    """A choice of which there is one at a time, by its whole name."""
    return page.get_by_role("radio", name=name, exact=True)


def meaning(page):
    """The heading over what the numbers say: there once a training has ended."""
    return page.get_by_role("heading", name="What this says")


def trained(page):
    """Press Train, and wait for the end."""
    button(page, "Train").click()
    expect(meaning(page)).to_be_visible(timeout=SLOW)
    settle(page)


def test_choose_train_and_share(new_page, server):
    """Settings are chosen, a click trains, and the link shows the same numbers to the next one."""
    page = new_page()
    open_page(page, server, f"{SMALL}&lab_seed=101")
    expect(page.locator(".wce-lab-field")).to_have_count(1)  # the samples, before any training
    rerun(page, lambda: one_of(page, "Two moons").click(force=True))
    rerun(page, lambda: button(page, "Focal loss").click())
    assert query(page)["data"] == "moons"
    assert query(page)["strategies"] == "plain,weighted,sampler,adjusted,smoothed"
    expect(button(page, "Train")).to_be_enabled()
    trained(page)
    expect(page.locator(".wce-lab-panels .wce-lab-field")).to_have_count(5)
    table = page.locator(".wce-lab-table")
    expect(table.get_by_role("row")).to_have_count(6)
    other = new_page(**DARK)
    open_page(other, server, page.url.removeprefix(server))
    expect(meaning(other)).to_be_visible()
    assert other.locator(".wce-lab-table").inner_text() == table.inner_text()


def test_each_picture(page, server):
    """Each picture of a finished training is drawn at a click, and nothing else moves."""
    open_page(page, server, f"{SMALL}&lab_seed=102")
    trained(page)
    for name, what in (
        ("Confusion", ".wce-lab-confusion"),
        ("Calibration", ".wce-lab-panels .wce-plot"),
        ("Loss", ".wce-lab-panels .wce-plot"),
        ("Step sizes", ".wce-lab-panels .wce-plot"),
        ("Time", ".wce-lab-bar"),
        ("Boundaries", ".wce-lab-panels .wce-lab-field"),
    ):
        rerun(page, lambda name=name: one_of(page, name).click(force=True))
        expect(page.locator(what)).to_have_count(6)
        expect(meaning(page)).to_be_visible()


def test_progress_and_stop(page, server):
    """A long training shows how far it is, with results so far, and stops when told to."""
    open_page(page, server, f"{LONG}&lab_seed=103")
    button(page, "Train").click()
    expect(page.get_by_text(re.compile(r"Step [0-9,]+ of 5,000, about"))).to_be_visible(
        timeout=SLOW
    )
    expect(page.locator(".wce-lab-panels .wce-lab-field")).to_have_count(1)
    button(page, "Stop").click()
    expect(page.get_by_text("Stopped at your word.")).to_be_visible(timeout=SLOW)
    expect(meaning(page)).to_be_visible()
    expect(button(page, "Train")).to_be_visible()


def test_who_leaves_makes_room(new_page, server):
    """Training that its person has left ends by itself; who waits behind it sees so, and follows."""
    first, second = new_page(), new_page()
    open_page(first, server, f"{LONG}&lab_seed=104")
    button(first, "Train").click()
    expect(first.get_by_text(re.compile("Step [0-9,]+ of"))).to_be_visible(timeout=SLOW)
    open_page(second, server, f"{SMALL}&lab_seed=105")
    button(second, "Train").click()
    expect(second.get_by_text("Waiting: 1 training is before yours")).to_be_visible()
    first.get_by_role("link", name="Practice").click()
    expect(meaning(second)).to_be_visible(timeout=30_000)  # far less than what was left


def test_settings_train_nothing(page, server):
    """While results are on the screen, other settings show their samples and start nothing."""
    open_page(page, server, f"{SMALL}&lab_seed=106")
    trained(page)
    rerun(page, lambda: one_of(page, "Straight boundary").click(force=True))
    expect(meaning(page)).to_be_hidden()
    expect(page.get_by_text("Press Train to see")).to_be_visible()
    rerun(page, lambda: one_of(page, "Curved boundary").click(force=True))
    expect(meaning(page)).to_be_visible()


def test_upload(page, server):
    """A table comes from a file, and its names are text; a file that is no text is refused."""
    open_page(page, server, "/lab?data=own&runs=1&lab_steps=50&batch=16")
    rerun(page, page.get_by_role("tab", name="Upload").click)
    field = page.locator("input[type=file]")

    def upload(name, data):
        rerun(
            page,
            lambda: field.set_input_files(
                {"name": name, "mimeType": "text/csv", "buffer": data.encode("latin-1")}
            ),
        )

    upload("model.csv", "PK\x03\x04")
    expect(page.get_by_text("model.csv is no text")).to_be_visible()
    kinds = ("<img src=x onerror=alert(1)>", "[a](b) $x$")
    rows = [f"{k % 7},{k % 5},{kinds[k % 8 == 0]}" for k in range(80)]
    upload("table.csv", "\n".join(["width,height,kind", *rows]))
    expect(page.get_by_text(f"70 {kinds[0]}, 10 {kinds[1]}.", exact=False)).to_be_visible()
    trained(page)
    expect(page.get_by_role("columnheader", name=f"recall of {kinds[1]}")).to_be_visible()
    assert page.locator("[data-testid=stMain] img").count() == 0


@pytest.mark.parametrize("page", [MOBILE, MOBILE | DARK], indirect=True)
def test_own_table_on_a_phone(page, server):
    """A table is pasted and trained on a phone, and nothing is wider than the screen."""
    open_page(page, server, "/lab?data=own&runs=1&lab_steps=50&batch=16")
    rows = [f"{k % 7},{k % 5},{'rare' if k % 8 == 0 else 'common'}" for k in range(80)]
    page.get_by_label("A table with two columns").fill("\n".join(["width,height,kind", *rows]))
    rerun(page, lambda: page.keyboard.press("Control+Enter"))
    expect(page.get_by_text("70 common, 10 rare.")).to_be_visible()
    trained(page)
    wide, room = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room
