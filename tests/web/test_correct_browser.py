"""Correcting in a real browser: by mouse, by keyboard, without scripts, narrow and dark, and with hostile text."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from pullquote.corrections.changes import MentionChange
from pullquote.corrections.keep import correct
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.web.app import create_app
from pullquote.web.serving import listening, server
from pullquote.web.settings import Settings

from . import hostile
from .desk import made_library, now_read, said

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@contextmanager
def served_here(library: Path) -> Iterator[str]:
    """A site in a thread of this process, so that the test can look into the library meanwhile."""
    socket = listening("127.0.0.1", 0)
    running = server(create_app(Settings(library=library, rate=None)))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [socket]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join()


@pytest.fixture
def library(tmp_path):
    return made_library(tmp_path / "library.duckdb")


@pytest.fixture
def own_site(library):
    with served_here(library) as address:
        yield address


@pytest.fixture
def begin(visit, own_site):
    """Opens the page of correcting and says who one is."""

    def begin(name: str = "Kim", **options):
        tab = visit(f"{own_site}/review/1/correct", **options)
        tab.fill("#author-name", name)
        tab.get_by_role("button", name="Begin").click()
        tab.wait_for_selector(".hint")
        return tab

    return begin


def choose(tab, number: int) -> None:
    """Choose a sentence by its number."""
    tab.locator(".pick").nth(number - 1).click()
    tab.get_by_role("heading", name=f"Sentence {number}", exact=True).wait_for()


def until(tab, holds: str) -> None:
    """Wait until an expression is true; asked from outside, for the site's policy refuses scripts made of strings."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        # What is asked for may be gone for a moment, while its part of the page is replaced.
        with suppress(Error):
            if tab.evaluate(holds):
                return
        time.sleep(0.05)
    raise AssertionError(holds)


def kept(tab, word: str = "Kept.") -> None:
    until(tab, f"document.querySelector('#said').textContent === '{word}'")


def claim(tab, words: str):
    """A claim of the chosen sentence, opened."""
    details = tab.locator(".read-in-it details", has_text=words).first
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def select(tab, first: str, last: str) -> None:
    """Drag the mouse from before the first words to behind the last, where they stand last."""
    box = tab.evaluate(
        """([first, last]) => {
          const found = (words, end) => {
            let box = null;
            const walker = document.createTreeWalker(document.querySelector("#words"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const at = node.data.lastIndexOf(words);
              if (at < 0) continue;
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + words.length);
              box = range.getBoundingClientRect();
            }
            return [end ? box.right : box.left, (box.top + box.bottom) / 2];
          };
          return [...found(first, false), ...found(last, true)];
        }""",
        [first, last],
    )
    tab.mouse.move(box[0] + 0.5, box[1])
    tab.mouse.down()
    tab.mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    tab.mouse.move(box[2] - 0.5, box[3])
    tab.mouse.up()


def test_a_mention_is_corrected_seen_after_reload_and_undone(begin, library):
    tab = begin()
    choose(tab, 2)
    form = claim(tab, "Character: Max")
    form.get_by_label("It is a").select_option("PLACE")
    form.get_by_role("button", name="Change it").click()
    kept(tab)
    assert tab.locator("#words .piece.place").all_text_contents() == ["Max"]
    tab.reload()
    assert tab.locator("#words .piece.place").all_text_contents() == ["Max"]
    tab.get_by_role("link", name="Back to the review").click()
    assert tab.locator(".review-words .piece.place").all_text_contents() == ["Max"]
    tab.get_by_role("link", name="Correct this reading").click()
    assert "Character: Max" in tab.locator(".past del").text_content()
    tab.get_by_role("button", name="Undo no. 1").click()
    kept(tab, "Undone.")
    tab.reload()
    assert tab.locator("#words .piece.place").count() == 0
    assert ", undone" in tab.locator(".past").text_content()
    assert now_read(library).reading == now_read(library).machine


def test_selected_words_become_an_opinion(begin, library):
    tab = begin()
    select(tab, "Superb", "acting")
    until(tab, "document.querySelector('#add-words')?.value === 'Superb acting'")
    # In the same sentence the fields follow the selection.
    select(tab, "by ", "Vale")
    until(tab, "document.querySelector('#add-words').value === 'by Vale'")
    tab.get_by_label("Judgement", exact=True).check()
    tab.locator('.of-opinion [name=polarity]').select_option("negative")
    tab.locator(".of-opinion").locator('[name=aspect]').select_option("writing")
    tab.get_by_role("button", name="Add it").click()
    kept(tab)
    [added] = [o for o in now_read(library).reading.opinions if o.polarity == "negative"]
    assert (said(added), added.quote, added.aspect) == ("by Vale", "by Vale", "writing")
    assert tab.locator("#words .opens-negative").first.text_content() == "by "


def test_a_selection_over_an_emoji_and_over_two_pieces_is_counted_right(begin, library):
    tab = begin()
    choose(tab, 1)
    tab.locator(".read-in-it details", has_text="Work: The Lamp").locator("summary").click()
    tab.get_by_role("button", name="Remove it").locator("visible=true").click()
    kept(tab)
    select(tab, "The Lamp 😀", '" was')
    until(tab, "document.querySelector('#add-words')?.value.endsWith('was')")
    place = tab.evaluate("[...document.querySelectorAll('#adding [name=from], #adding [name=to]')].map(e => e.value)")
    assert int(place[1]) - int(place[0]) == len('The Lamp 😀" was')
    tab.get_by_role("button", name="Add it").click()
    kept(tab)
    assert 'The Lamp 😀" was' in [said(m) for m in now_read(library).reading.mentions]


def test_a_sentence_by_keyboard_alone(begin, library):
    tab = begin()

    def tab_to(found: str) -> None:
        for _ in range(60):
            if tab.evaluate("found => document.activeElement.matches(found)", found):
                return
            tab.keyboard.press("Tab")
        raise AssertionError(f"{found} cannot be reached")

    tab_to("#words .sentence.plot .pick")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#segment-role")
    tab_to("#segment-role")
    tab.keyboard.type("Judg")
    tab_to("#segment-spoiler")
    tab.keyboard.press("Space")
    tab_to("#segment-keep")
    tab.keyboard.press("Enter")
    kept(tab)
    sentence = now_read(library).reading.segments[1]
    assert (sentence.role, sentence.spoiler) == ("opinion", 0.0)
    # The focus is where it was, or on the bench; not lost.
    assert tab.evaluate("document.activeElement.closest('#bench') !== null")
    tab_to("#adding summary")
    tab.keyboard.press("Enter")
    tab_to("#picker")
    tab.keyboard.press("Control+Home")
    for _ in range(8):
        tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Control+Home")
    for _ in range(len("Jon Vale ")):
        tab.keyboard.press("ArrowRight")
    for _ in range(len("plays")):
        tab.keyboard.press("Shift+ArrowRight")
    until(tab, "document.querySelector('#add-words').value === 'plays'")
    tab_to("#adding [name=kind]")
    for _ in range(2):
        tab.keyboard.press("ArrowDown")
    tab_to(".of-credit [name=person]")
    tab.keyboard.type("Jon Vale")
    tab.keyboard.press("Enter")
    kept(tab)
    assert "plays" in [said(c) for c in now_read(library).reading.credits]


def test_a_stale_change_is_told_beside_its_form_and_nothing_is_lost(browser, own_site, library):
    tab = browser.new_page()
    tab.goto(f"{own_site}/review/1/correct")
    tab.fill("#author-name", "Kim")
    tab.get_by_role("button", name="Begin").click()
    choose(tab, 2)
    form = claim(tab, "Character: Max")
    form.get_by_label("Called in full").fill("Maximilian")
    mention = next(m for m in now_read(library).reading.mentions if m.name == "Max")
    with Store(library, write=True) as store:
        correct(store, 1, MentionChange(before=mention), "Ann")
    form.get_by_role("button", name="Change it").click()
    told = form.locator(".trouble")
    told.get_by_role("link", name="Show it as it is now").wait_for()
    assert "no longer in the reading as you saw it" in told.text_content()
    assert form.get_by_label("Called in full").input_value() == "Maximilian"
    told.get_by_role("link").click()
    tab.get_by_role("heading", name="Sentence 2").wait_for()
    assert tab.locator(".read-in-it", has_text="Character: Max").count() == 0
    # So is what does not fit, and a server that is not there.
    claim(tab, "Person: Jon Vale").get_by_role("button", name="Change it").click()
    until(tab, "document.querySelector('.read-in-it').textContent.includes('Nothing was changed')")
    tab.route("**/review/1/correct", lambda route: route.abort())
    tab.locator("#segment-role").select_option("meta")
    tab.click("#segment-keep")
    until(tab, "document.querySelector('#bench').textContent.includes('cannot be reached')")
    assert tab.locator("#segment-role").input_value() == "meta"
    tab.close()


def test_without_scripts(browser, own_site, library):
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto(f"{own_site}/review/1/correct")
    tab.fill("#author-name", "Kim")
    tab.get_by_role("button", name="Begin").click()
    tab.locator(".pick").nth(1).click()
    tab.locator("#segment-role").select_option("context")
    tab.click("#segment-keep")
    assert now_read(library).reading.segments[1].role == "context"
    tab.locator("#adding summary").click()
    assert tab.locator("#picker").is_hidden()
    tab.fill("#add-words", "lays")
    tab.get_by_label("Judgement", exact=True).check()
    assert tab.locator(".of-opinion").is_visible() and tab.locator(".of-mention").is_hidden()
    tab.locator(".of-opinion").locator('[name=aspect]').select_option("pacing")
    tab.fill("#add-words", "not there")
    tab.get_by_role("button", name="Add it").click()
    assert "do not stand in the sentence" in tab.locator("#adding .trouble").text_content()
    assert tab.locator(".of-opinion").locator('[name=aspect]').input_value() == "pacing"
    tab.fill("#add-words", "brother of Lily")
    tab.get_by_role("button", name="Add it").click()
    assert "brother of Lily" in [o.quote for o in now_read(library).reading.opinions]
    tab.get_by_role("button", name="Undo no. 2").click()
    assert "brother of Lily" not in [o.quote for o in now_read(library).reading.opinions]
    tab.context.close()


def test_hostile_text_and_a_hostile_name_are_harmless(visit, monkeypatch, tmp_path):
    library = tmp_path / "hostile.duckdb"
    # What a word of a million letters does is tested elsewhere; here each page is made many times.
    monkeypatch.setattr(hostile, "WORD", "w" * 5_000)
    with Store(library, write=True) as store:
        add(store, [hostile.hostile(1)])
    name = "\"><img src=x onerror=alert('author')>{{ 7 * 7 }}"
    with served_here(library) as site:
        tab = visit(f"{site}/review/1/correct")
        tab.fill("#author-name", name)
        tab.get_by_role("button", name="Begin").click()
        tab.locator(".pick").nth(3).click()
        tab.wait_for_selector("#segment-keep")
        for details in tab.locator("#bench details").all():
            details.evaluate("e => e.open = true")
        tab.locator("#segment-role").select_option("meta")
        tab.click("#segment-keep")
        kept(tab)
        credit = claim(tab, "Credit:")
        credit.get_by_label("Part in the film").select_option("editor")
        credit.get_by_role("button", name="Change it").click()
        kept(tab)
        tab.locator("#bench .who summary").click()
        assert tab.locator("#author-name").input_value() == name
        assert tab.locator("img, iframe, script:not([src])").count() == 0
        now = now_read(library)
        assert [one.author for one in now.corrections] == [name, name]
        # A name that a field cannot hold as it is, is left as it is.
        assert sorted(c.person for c in now.reading.credits) == sorted(c.person for c in now.machine.credits)
        for page in ("corrections", "machine"):
            tab.goto(f"{site}/review/1/{page}")
            assert tab.locator("img, iframe, script:not([src])").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_no_serious_fault_is_found_at_any_width_in_any_light(begin, width, scheme):
    tab = begin(width=width, height=740, color_scheme=scheme, bypass_csp=True)
    choose(tab, 2)
    for details in tab.locator("#bench details").all():
        details.evaluate("e => e.open = true")
    tab.locator("#segment-role").select_option("meta")
    tab.click("#segment-keep")
    kept(tab)
    claim(tab, "Max")
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    faults = tab.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.impact, v.nodes.map(n => n.html)]))")
    assert [fault for fault in faults if fault[1] in ("serious", "critical")] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not re.search(r"<script>|\sstyle=|<style|\son\w+=", tab.evaluate("fetch('').then(a => a.text())"))


def test_on_a_narrow_screen_the_sentence_stays_above_the_bench(begin):
    tab = begin(width=360, height=640)
    choose(tab, 3)
    until(
        tab,
        """() => {
          const chosen = document.querySelector('#words [aria-current]');
          if (!chosen) return false;
          const sentence = chosen.parentElement.getBoundingClientRect();
          return sentence.top >= 0 && sentence.bottom <= document.querySelector('#bench').getBoundingClientRect().top;
        }""",
    )
