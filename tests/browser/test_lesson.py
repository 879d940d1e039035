"""A lesson as one file: opened from disk without any network it does all that the site's walk does."""

import pytest
from playwright.sync_api import expect

from ce_core import CaseError
from ce_core.presets import PRESETS, preset
from tests.browser.conftest import DARK, MOBILE
from ui.compute import traced
from ui.hiding import HIDEABLE
from ui.lesson import lesson_html
from ui.place import place
from ui.view import View, of_preset
from ui.words import speaking

LINK = "https://loss.example.edu/steps?preset=weighted_mean"
MOST_BYTES = 200_000
HOSTILE = "</script><img src=x onerror=alert(1)>"


def made(view: View, link: str = LINK) -> str:
    """The file's text for a view."""
    return lesson_html(view, place(traced(view.case), view), link)


def example(key="weighted_mean", **changes) -> View:
    """A preset's view with changes."""
    return of_preset(preset(key)).replace(**changes)


@pytest.fixture
def opened(new_page, tmp_path):
    """Write a lesson, open it from disk with the network off, and count what it asks for."""

    def open_it(view, place="", **options):
        file = tmp_path / "lesson.html"
        file.write_text(made(view), encoding="utf-8")
        page = new_page(**options)
        page.context.set_offline(True)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri() + place)
        page.locator(".drawn").wait_for()
        return page

    return open_it


def shown(page):
    """The step that is shown."""
    return page.locator(".wce-ledger select").first.evaluate("list => list.value")


def test_it_walks_by_keys_and_buttons(opened):
    """Right, Right and Next go forward, Left goes back, and nothing but the file is fetched."""
    page = opened(example())
    steps = [step.key for step in traced(PRESETS[0].case)]
    assert shown(page) == steps[0]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Next").click()
    assert shown(page) == steps[3]
    page.keyboard.press("ArrowLeft")
    assert shown(page) == steps[2]
    assert [url.split("#")[0].rsplit("/", 1)[-1] for url in page.asked] == ["lesson.html"]


def test_a_place_is_in_its_address(opened):
    """The part after # opens a step and a row, follows the walk, and Back goes back."""
    page = opened(example(), "#step=log_probs&row=1")
    assert shown(page) == "log_probs"
    page.keyboard.press("ArrowRight")
    assert "step=kept" in page.url
    page.go_back()
    assert shown(page) == "log_probs"


def test_nonsense_in_its_address(opened):
    """What the address cannot mean is left out: the file opens as it is."""
    page = opened(example(), "#step=<img>&row=-3&class=x&term=1e9")
    assert shown(page) == "row_max"


def test_a_sum_is_built_term_by_term(opened):
    """Adding terms, linked numbers and the card work without a server."""
    page = opened(example(), "#step=sum_loss")
    page.get_by_role("button", name="Build the sum").click()
    expect(page.locator(".wce-ledger")).to_contain_text("after 1 of 2 terms")


def test_numbers_are_linked(opened):
    """Choosing a cell lights its twins and says what made it."""
    page = opened(example(), "#step=probs")
    page.locator("[data-ref='probs/0/1']").first.click()
    expect(page.locator(".wce-ledger .card")).to_contain_text("0.731")


@pytest.mark.parametrize("options", [DARK, MOBILE, {}], ids=["dark", "phone", "desk"])
def test_it_fits(opened, options):
    """Dark is dark, and no screen scrolls sideways."""
    page = opened(example("rare_class"), **options)
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(wide)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(15, 20, 32)" if options is DARK else "rgb(255, 255, 255)")


def test_it_prints_every_step(opened):
    """On paper every step stands below the one before."""
    page = opened(example())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    steps = page.locator(".wce-ledger .paper li")
    expect(steps).to_have_count(len(traced(PRESETS[0].case)))


def test_without_scripts_it_is_a_text(new_page, tmp_path):
    """Where a learning platform takes scripts away, every step stands there as a table."""
    file = tmp_path / "lesson.html"
    file.write_text(made(example()), encoding="utf-8")
    page = new_page(java_script_enabled=False)
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", name="Mean loss")).to_be_visible()
    expect(page.locator("#plain")).to_contain_text("1.7529")


def test_hostile_names_stay_text(opened):
    """Names from a link cannot end the script that holds them, nor become elements."""
    names = (HOSTILE[:30], "\u2028'\"</style>")
    page = opened(example(names=names))
    assert page.locator("img").count() == 0
    expect(page.locator(".wce-ledger")).to_contain_text(names[0])


WALKS = [chosen for chosen in PRESETS if chosen.case.logits.size]


def test_nothing_to_look_at():
    """A case without rows or classes has no walk, and says so."""
    for chosen in PRESETS:
        if chosen not in WALKS:
            with pytest.raises(CaseError, match="no row, or no class"):
                made(of_preset(chosen))


@pytest.mark.parametrize("chosen", WALKS, ids=lambda chosen: chosen.key)
def test_size(chosen):
    """Each example's file is about 200 kB at most."""
    assert len(made(of_preset(chosen)).encode()) <= MOST_BYTES


def test_german(opened):
    """In German the file says so, and its sentences are German."""
    with speaking("de"):
        page = opened(example(lang="de"))
    assert page.evaluate("document.documentElement.lang") == "de"
    expect(page.get_by_role("button", name="Weiter")).to_be_visible()


@pytest.mark.parametrize("part", [part for part in HIDEABLE if "steps" in part.pages][:4])
def test_hidden_parts(opened, part):
    """What the teacher hides is hidden in the file as well."""
    page = opened(example(hide=(part.key,)))
    assert page.locator(f".wce-ledger [data-part={part.key}]").count() == 0
