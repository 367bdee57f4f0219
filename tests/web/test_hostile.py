"""Reviews that try to break out of the page: in a real browser nothing runs, nothing is asked elsewhere."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from .conftest import served
from .hostile import PAYLOADS


@pytest.fixture(scope="module")
def hostile_site(hostile_library):
    with served(hostile_library, "--read-only", "--rate", "0") as address:
        yield address


FILM = quote("hostile/../1?x=1#y<script>", safe="")
PAGES = (
    "/", "/search?q=wonderful+acting", "/search?q=" + quote(PAYLOADS[4]), "/films", f"/film/{FILM}",
    f"/quotes?film={FILM}&aspect=acting&side=positive", f"/quotes?film={FILM}&aspect=acting&side=negative",
    f"/reviews?film={FILM}", "/review/1", f"/compare?film={FILM}&film={FILM.replace('1', '2', 1)}",
    "/rankings?least=1", "/compare?film=" + quote(PAYLOADS[0]),
)  # fmt: skip


@pytest.mark.parametrize("shown", ["veiled", "shown"])
@pytest.mark.parametrize("page", PAGES)
def test_hostile_words_are_only_words(visit, hostile_site, page, shown):
    tab = visit(f"{hostile_site}/read")
    tab.context.add_cookies([{"name": "spoilers", "value": shown, "url": hostile_site}])
    answer = tab.goto(f"{hostile_site}{page}")
    tab.wait_for_load_state("networkidle")
    assert answer.status == 200
    # Nothing of the reviews became an element, an attribute or a link that leads elsewhere.
    assert tab.evaluate("[...document.scripts].every(s => s.src.startsWith(location.origin + '/static/'))")
    strange = "main :is(script, iframe, img, meta, style, object, embed, base, [onload], [onerror], [onfocus], [style])"
    assert tab.locator(strange).count() == 0
    assert tab.locator("main [hx-get*=elsewhere]").count() == 0
    links = tab.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    assert links and all(link.startswith(hostile_site) for link in links)
    text = tab.locator("main").inner_text()
    assert "49" not in text or "7 * 7" in text
    assert not any(sign in text for sign in "\u202e\u2066\x07\x1b\x01\x7f")
    # A word of a million letters breaks over lines.
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1280
    for opener in tab.locator("a.side").all():
        opener.click()
    veils = tab.locator(".text .veiled")
    while veils.count():
        veils.first.click()
    tab.wait_for_load_state("networkidle")


def test_hostile_words_that_are_pasted_are_only_words(visit, hostile_site):
    tab = visit(f"{hostile_site}/read")
    tab.get_by_label("Review, up to").fill("A superb film. " + " ".join(PAYLOADS))
    tab.get_by_role("button", name="Read it").click()
    tab.wait_for_selector(".panel")
    assert tab.locator("main :is(script, iframe, img, meta, style)").count() == 0
