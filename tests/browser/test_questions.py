"""From the first page to an answer by a question, and through the claims by their switches."""

import re

import pytest

from ce_core.claims import CLAIMS, FALSE
from ce_core.questions import QUESTIONS
from tests.browser.conftest import DARK, MOBILE, open_page, rerun

SCREENS = {"desk": {}, "dark phone": MOBILE | DARK}
each_screen = pytest.mark.parametrize("page", SCREENS.values(), ids=SCREENS, indirect=True)
QUESTION = "Why does torch give 0.9488 and not 2.8824?"


@each_screen
def test_a_question_leads_to_its_answer(page, server):
    """A question on the first page opens the page that answers it, with the asker's numbers."""
    open_page(page, server)
    links = page.locator(".st-key-questions").get_by_role("link")
    assert links.count() == len(QUESTIONS)
    rerun(page, links.filter(has_text=QUESTION).click)
    assert page.url.endswith("/mistake?preset=pixels_twice&answer=2.8824")
    page.locator(".wce-verdict").get_by_text("2.8824").first.wait_for()


@each_screen
def test_questions_are_not_cut(page, server):
    """Every question is read to its end, however narrow the screen."""
    open_page(page, server)
    cut = (
        page.locator(".st-key-questions")
        .get_by_role("link")
        .evaluate_all(
            "links => links.filter(a => [a, ...a.querySelectorAll('*')]"
            ".some(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth)).length"
        )
    )
    assert cut == 0


@each_screen
def test_claims_are_filtered_and_unfolded(page, server):
    """The switches leave the claims that are asked for; one of them opens by the keyboard."""
    open_page(page, server, "/placement?preset=weight_outside")
    claims = page.locator(".wce-claims")
    shown = claims.locator("details:visible")
    ours = [one for one in CLAIMS if one.thread == "001"]
    assert shown.count() == len(ours)
    claims.get_by_role("radio", name=re.compile("^False")).check()
    false = [one for one in ours if one.verdict == FALSE]
    assert shown.count() == len(false)
    first = shown.first.locator("summary")
    first.focus()
    page.keyboard.press("Enter")
    shown.first.get_by_role("table").get_by_text("−20").wait_for()
    claims.get_by_role("radio", name=re.compile("^A weighted mean")).check()
    assert shown.count() == 0
    claims.get_by_text("This thread has no such claim.").wait_for()
    claims.get_by_role("radio", name=re.compile("^All")).last.check()
    assert shown.count() == sum(one.verdict == FALSE for one in CLAIMS)


def test_a_claim_opens_its_page_in_a_tab(page, server):
    """The way from a claim to its page leaves the list where it is."""
    open_page(page, server, "/placement?preset=weight_outside")
    claims = page.locator(".wce-claims")
    claims.locator("summary:visible").first.click()
    link = claims.get_by_role("link", name=re.compile("^Try it")).first
    assert link.get_attribute("href") == "placement?preset=weight_outside"
    assert link.get_attribute("target") == "_blank"
