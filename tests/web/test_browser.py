"""The site in a real browser: found, opened, unveiled, read, by mouse and by keys, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PAGES = {
    "home": "/", "search": "/search?q=painting", "films": "/films", "film": "/film/tt001",
    "quotes": "/quotes?film=tt001&aspect=acting&side=positive", "reviews": "/reviews?film=tt001",
    "review": "/review/1", "compare": "/compare?film=tt001&film=tt004&film=tt002", "person": "/person/Ruth%20Amsel",
    "rankings": "/rankings?least=5", "read": "/read",
}  # fmt: skip


def faults(tab) -> list[str]:
    """Serious faults that axe-core finds on the page, with where they are."""
    # The page's own policy lets no test script in by a tag; the debugger may run it.
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def test_search_answers_as_one_types(visit, site):
    tab = visit(f"{site}/")
    tab.get_by_role("searchbox").press_sequentially("harbour painting", delay=20)
    tab.wait_for_selector(".said mark")
    assert "harbour at dawn is a painting" in tab.locator("#results").inner_text()
    tab.locator("[name=polarity]").select_option("negative")
    tab.wait_for_function("() => !document.querySelector('#results').innerText.includes('at dawn is a painting')")
    assert "polarity=negative" in tab.url
    tab.reload()
    assert tab.locator("[name=polarity]").input_value() == "negative"


def test_a_card_opens_its_film_and_a_bar_its_quotes(visit, site):
    tab = visit(f"{site}/")
    tab.locator(".cards").get_by_role("link", name="The Salt Ferry").click()
    tab.wait_for_selector(".bars")
    assert tab.get_by_role("heading", level=1).inner_text().startswith("The Salt Ferry")
    bar = tab.get_by_role("link", name="Blame of the acting in")
    bar.click()
    tab.wait_for_selector("#of-acting .said")
    assert "wooden as the deck" in tab.locator("#of-acting").inner_text()
    bar.click()
    tab.wait_for_function("() => document.querySelector('#of-acting').childElementCount === 0")
    # The drawn bar opens the same.
    tab.locator(".lane[hx-target='#of-acting']").last.click()
    tab.wait_for_selector("#of-acting .said")
    assert "small miracle" in tab.locator("#of-acting").inner_text()
    tab.locator("#of-acting a").first.click()
    tab.wait_for_selector(".review .panel")


def test_a_spoiler_is_unveiled_and_the_switch_is_remembered(visit, site):
    tab = visit(f"{site}/review/1")
    assert "drowns" not in tab.locator("main").aria_snapshot()
    tab.locator(".text .veiled").click()
    assert "drowns" in tab.locator("main").aria_snapshot()
    tab.get_by_role("button", name="Spoilers: veiled").click()
    tab.wait_for_selector("text=Spoilers: shown")
    assert tab.locator(".veiled").count() == 0
    tab.goto(f"{site}/review/9")
    assert tab.locator(".veiled").count() == 0
    tab.get_by_role("button", name="Spoilers: shown").click()
    tab.wait_for_selector("text=Spoilers: veiled")
    assert tab.locator(".text .veiled").count() == 1


def test_claims_and_words_light_each_other(visit, site):
    tab = visit(f"{site}/review/1")
    lit = "[...document.querySelectorAll('.piece.lit')].map(e => e.textContent).join('')"
    tab.locator(".judgements.positive .claim").first.hover()
    assert tab.evaluate(lit) == "Ruth Amsel gives a quiet, towering performance"
    tab.locator(".piece.judgement", has_text="photographed").hover()
    assert tab.locator(".panel .claim.lit", has_text="photographed").count() == 1
    tab.locator(".map a").first.hover()
    assert "runs the last ferry" in tab.evaluate(lit)
    tab.locator("[data-layer=judgement]").click()
    assert not tab.locator(".judgements").first.is_visible()


def test_a_review_is_pasted_read_and_kept(visit, site):
    tab = visit(f"{site}/read")
    text = "Marta Quell's \"The Tin Moon\" is a superb film.\nThe photography is gorgeous, but the dialogue is stiff."
    tab.get_by_label("Review, up to").fill(text)
    tab.get_by_role("button", name="Read it").click()
    tab.wait_for_selector(".panel")
    assert "gorgeous" in tab.locator(".judgements.positive").inner_text()
    tab.get_by_text("Keep it in the library").click()
    tab.get_by_label("Film", exact=True).fill("The Tin Moon")
    tab.get_by_label("Author").fill("Zoe")
    tab.get_by_role("button", name="Keep it").click()
    tab.wait_for_url("**/review/*")
    assert "by Zoe" in tab.locator(".lede").first.inner_text()
    # The search index catches up while nobody waits for it.
    for _ in range(100):
        tab.goto(f"{site}/search?q=gorgeous+photography")
        if "The Tin Moon" in (found := tab.locator("#results").inner_text()):
            break
        tab.wait_for_timeout(200)
    assert "The Tin Moon" in found


def test_all_of_it_works_by_keyboard(visit, site):
    tab = visit(f"{site}/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    tab.keyboard.type("hypnotic patience")
    tab.wait_for_selector(".said mark")
    seen = set()
    for _ in range(40):
        tab.keyboard.press("Tab")
        focused = tab.evaluate("document.activeElement.closest('.said') ? document.activeElement.href : ''")
        # Where the focus is can be seen.
        assert tab.evaluate(
            "(e => getComputedStyle(e).outlineStyle !== 'none' || e === document.body)(document.activeElement)"
        )
        if focused:
            seen.add(focused)
            break
    assert seen
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/review/*")
    # Into the text, along its claims, and to one in the panel.
    tab.locator(".text .piece[tabindex='0']").focus()
    tab.keyboard.press("Enter")
    assert tab.locator(".panel .claim.lit").count() >= 1
    tab.goto(f"{site}/review/1")
    tab.locator(".text .veiled").focus()
    tab.keyboard.press("Enter")
    assert tab.locator(".text .veiled").count() == 0
    tab.goto(f"{site}/film/tt001")
    tab.get_by_role("link", name="Praise of the acting").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#of-acting .said")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_fault_and_fits_a_phone(visit, site, name, scheme):
    tab = visit(f"{site}{PAGES[name]}", width=360, height=740, color_scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults(tab) == []
    tab.set_viewport_size({"width": 1280, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1280
    assert faults(tab) == []


def test_a_film_prints_as_one_page(visit, site):
    tab = visit(f"{site}/film/tt001")
    tab.wait_for_selector(".blurb")
    assert tab.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_the_theme_is_remembered(visit, site):
    tab = visit(f"{site}/", color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(paper)
    tab.get_by_role("button", name="Light or dark").click()
    dark = tab.evaluate(paper)
    assert dark != light
    tab.goto(f"{site}/rankings")
    assert tab.evaluate(paper) == dark
