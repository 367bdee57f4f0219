"""The page in a real browser: light, veils, layers, narrow screens, dark mode, keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.render.page import page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

playwright = pytest.importorskip("playwright.sync_api", reason="PLAYWRIGHT IS MISSING: the page is not tested")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="NO CHROMIUM ON THIS MACHINE: the page is not tested")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield found
        found.close()


@pytest.fixture
def file(reading, review, tmp_path: Path) -> Path:
    target = tmp_path / "page.html"
    target.write_text(page([(reading, review)]), encoding="utf-8")
    return target


@pytest.fixture
def visit(browser, file):
    """Opens the page; at the end nothing may have been logged, thrown or refused."""
    opened, noise = [], []

    def visit(width: int = 1280, height: int = 900, **options):
        tab = browser.new_page(viewport={"width": width, "height": height}, **options)
        tab.on("console", lambda m: noise.append(m.text))
        tab.on("pageerror", lambda e: noise.append(str(e)))
        tab.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else noise.append(r.url))
        tab.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.error('refused ' + e.blockedURI))"
        )
        tab.goto(file.as_uri())
        opened.append(tab)
        return tab

    yield visit
    for tab in opened:
        tab.close()
    assert noise == []


def lit_words(tab) -> str:
    return tab.evaluate("[...document.querySelectorAll('.piece.lit')].map(e => e.textContent).join('')")


def lit_items(tab) -> list[str]:
    return tab.evaluate("[...document.querySelectorAll('.panel .claim.lit')].map(e => e.textContent.trim())")


def test_a_claim_lights_its_words(visit):
    tab = visit()
    tab.locator(".judgements.positive .claim", has_text="tough, tender").hover()
    assert lit_words(tab) == "a tough, tender performance"
    tab.locator(".brand").hover()
    assert lit_words(tab) == ""


def test_a_focused_claim_lights_its_words(visit):
    tab = visit()
    tab.locator(".judgements.negative .claim", has_text="stiff").focus()
    assert lit_words(tab) == "the dialogue is stiff whenever the plot needs explaining"
    tab.locator(".cast .claim", has_text="Piet Korhonen").focus()
    assert lit_words(tab) == "Anselm (Piet Korhonen)"


def test_words_light_their_claims(visit):
    tab = visit()
    tab.locator(".piece", has_text="slow but strangely funny").hover()
    assert any("slow but strangely funny" in item for item in lit_items(tab))
    # Where two opinions overlap both light up, and the narrower one shows its words.
    tab.locator(".piece", has_text="gorgeous in every single frame").hover()
    assert len([item for item in lit_items(tab) if item.startswith("\u201cg")]) == 2
    assert lit_words(tab) == "gorgeous in every single frame"


def test_words_are_reached_with_the_keys(visit):
    tab = visit()
    tab.locator(".text .piece[tabindex='0']").focus()
    assert lit_words(tab) == "The Salt Clock"
    tab.keyboard.press("ArrowRight")
    assert lit_words(tab) == "Marta Quell"
    assert tab.evaluate("document.querySelectorAll('.text .piece[tabindex=\"0\"]').length") == 1
    tab.keyboard.press("Enter")
    assert "Marta Quell" in lit_items(tab)


def test_a_claim_scrolls_to_its_words(visit):
    tab = visit(width=360, height=640, reduced_motion="reduce")
    tab.locator(".judgements.negative .claim", has_text="stiff").click()
    tab.wait_for_function(
        "(() => { const r = (document.querySelector('.piece.lit') ?? document.body).getBoundingClientRect();"
        " return r.top >= 0 && r.bottom <= innerHeight; })()"
    )


@pytest.mark.parametrize("way", ["click", "Enter", "Space"])
def test_a_spoiler_opens(visit, way):
    tab = visit()
    veil = tab.locator(".text .sentence.veiled").first
    hidden = "getComputedStyle(document.querySelector('.text .sentence.spoiler .piece')).color"
    assert tab.evaluate(hidden) == "rgba(0, 0, 0, 0)"
    assert veil.get_attribute("aria-label") == "Spoiler: open"
    if way == "click":
        veil.click()
    else:
        veil.focus()
        tab.keyboard.press(way)
    assert tab.locator(".text .sentence.veiled").count() == 2
    assert tab.evaluate(hidden) != "rgba(0, 0, 0, 0)"
    # What was veiled with this sentence is open too; the rest is not.
    assert tab.locator(".plot .claim.veiled").count() == 1
    assert tab.locator(".characters .claim.veiled").count() == 0
    assert tab.locator(".judgements .claim.veiled").count() == 1


def test_a_spoiler_opens_from_the_panel(visit):
    tab = visit()
    tab.locator(".judgements .claim.veiled").focus()
    tab.keyboard.press("Enter")
    assert tab.locator(".judgements .claim.veiled").count() == 0
    assert tab.locator(".text .sentence.veiled").count() == 2


def test_a_veil_can_be_neither_read_aloud_nor_copied(visit):
    tab = visit()
    snapshot = tab.locator("body").aria_snapshot()
    assert "drowns" not in snapshot
    assert "kills" not in snapshot
    tab.keyboard.press("Control+a")
    assert "drowns" not in tab.evaluate("getSelection().toString()")


def test_the_spoiler_toggle_opens_and_veils_all(visit):
    tab = visit()
    toggle = tab.locator("[data-layer=spoilers]")
    toggle.click()
    assert tab.locator(".veiled").count() == 0
    assert "kills" in tab.locator(".characters").aria_snapshot()
    toggle.click()
    assert tab.locator(".veiled").count() == 7
    assert toggle.get_attribute("aria-pressed") == "false"


def test_a_layer_switches_off_and_on(visit):
    tab = visit()
    line = "getComputedStyle(document.querySelector('.piece.judgement')).textDecorationLine"
    toggle = tab.locator("[data-layer=judgement]")
    assert tab.evaluate(line) == "underline"
    toggle.click()
    assert tab.evaluate(line) == "none"
    assert not tab.locator(".judgements").first.is_visible()
    assert toggle.get_attribute("aria-pressed") == "false"
    toggle.press("Enter")
    assert tab.evaluate(line) == "underline"
    for layer in ("story", "people", "places"):
        tab.locator(f"[data-layer={layer}]").click()
        assert not tab.locator(f"[data-of={layer}]").first.is_visible()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(visit, width):
    tab = visit(width=width)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.locator("[data-layer=spoilers]").click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_narrow_screen_the_panel_follows_the_text(visit):
    tab = visit(width=360)
    text, panel = tab.locator(".text").bounding_box(), tab.locator(".panel").bounding_box()
    assert panel["y"] >= text["y"] + text["height"]


def test_dark_mode_follows_the_system_and_the_toggle(visit):
    paper = "getComputedStyle(document.body).backgroundColor"
    light, dark = visit(color_scheme="light"), visit(color_scheme="dark")
    by_day, by_night = light.evaluate(paper), dark.evaluate(paper)
    assert by_day != by_night
    light.locator("[data-theme-toggle]").click()
    assert light.evaluate(paper) == by_night
    light.locator("[data-theme-toggle]").click()
    assert light.evaluate(paper) == by_day


def test_text_is_legible_in_both_themes(visit):
    # WCAG AA asks for 4.5; the colours come from the page's own custom properties.
    ratio = """(name) => {
      const probe = document.body.appendChild(document.createElement('i'));
      const light = (value) => {
        probe.setAttribute('class', '');
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`i:last-child { color: var(${value}) }`);
        document.adoptedStyleSheets = [sheet];
        const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number).map((c) => c / 255)
          .map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
      };
      const found = name.map(light).sort();
      probe.remove();
      return (Math.max(...found) + .05) / (Math.min(...found) + .05);
    }"""
    for scheme in ("light", "dark"):
        tab = visit(color_scheme=scheme)
        pairs = [(ink, "--paper") for ink in ("--ink", "--quiet", "--praise", "--blame", "--mixed")]
        for pair in [*pairs, ("--ink", "--story"), ("--ink", "--lit")]:
            assert tab.evaluate(ratio, list(pair)) >= 4.5, (scheme, pair)


def test_the_printed_page_has_no_tools_and_keeps_its_veils(visit):
    tab = visit(color_scheme="dark")
    tab.emulate_media(media="print", color_scheme="dark")
    assert not tab.locator(".tools").is_visible()
    hidden = "getComputedStyle(document.querySelector('.text .sentence.spoiler .piece')).color"
    assert tab.evaluate(hidden) == "rgba(0, 0, 0, 0)"
