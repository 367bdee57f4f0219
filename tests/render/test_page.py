"""The page stands by itself, escapes everything, and each of its claims leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from pullquote.reading import Credit, Film, Mention, Opinion, Reading, Relation, Segment, Verdict
from pullquote.render.notebook import fragment
from pullquote.render.page import page
from pullquote.text.clean import clean_text

HOSTILE = (
    "</span></style><script>alert(1)</script>&lt;script&gt;alert(2)&lt;/script&gt; <img src=x onerror=alert(3)>"
    "< img src=http://evil.example/x onerror=alert(4)> {{ 7*7 }} {% raw %} ${x} \u202eevil\u2066 "
    "\" onmouseover=\"alert(5) ' onfocus='x &#x202e; ]]> <!-- x"
)


class Outline(HTMLParser):
    """Tags and attributes, and the text of the review."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self.stack: list[str] = []
        self.review = ""
        self._in_text = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag in {"meta", "link", "rect", "circle", "path"}:
            return
        self.stack.append(tag)
        if tag == "div" and "text" in (found.get("class") or "").replace("pq-", "").split():
            self._in_text = len(self.stack)

    def handle_endtag(self, tag):
        if tag in {"rect", "circle", "path"}:
            return
        assert self.stack and self.stack[-1] == tag, (tag, self.stack)
        if len(self.stack) == self._in_text:
            self._in_text = 0
        self.stack.pop()

    def handle_data(self, data):
        if self._in_text:
            self.review += data
        if self.stack and self.stack[-1] in {"style", "script"}:
            self.raw[self.stack[-1]] = self.raw.get(self.stack[-1], "") + data


def hostile_reading() -> Reading:
    end = len(HOSTILE)
    return Reading(
        id='"><script>alert(6)</script>',
        model="<b>",
        verdict=Verdict(sentiment=0.2, stars=3, recommend="no"),
        film=Film(start=0, end=end, title=HOSTILE),
        segments=(Segment(start=0, end=end, role="plot", polarity="neutral", spoiler=0.1),),
        mentions=(Mention(start=2, end=60, type="PERSON", name=HOSTILE),),
        credits=(Credit(start=5, end=70, person=HOSTILE, role="actor", character=HOSTILE),),
        relations=(Relation(start=5, end=70, subject=HOSTILE, relation="kills", object=HOSTILE),),
        opinions=(Opinion(start=1, end=end, quote=HOSTILE[1:], aspect="story", polarity="negative", target=HOSTILE),),
        warnings=(HOSTILE,),
        text=HOSTILE,
    )


@pytest.mark.parametrize("form", ["page", "fragment", "table"])
def test_a_hostile_review_is_only_text(form):
    reading = hostile_reading()
    built = {
        "page": lambda: page([(reading, HOSTILE)], title=HOSTILE),
        "fragment": lambda: fragment(reading),
        "table": lambda: fragment(reading.without_text()),
    }[form]()
    html = Outline(built)
    assert not html.stack
    assert [t for t, _ in html.tags].count("script") == (1 if form == "page" else 0)
    assert "img" not in {t for t, _ in html.tags}
    assert not [(t, a) for t, attrs in html.tags for a in attrs if a.startswith("on") or a == "style"]
    assert "alert" not in "".join(html.raw.values())
    assert "49" not in html.review
    for sign in ("\u202e", "\u2066", "\x1b"):
        assert sign not in built
    if form != "table":
        assert html.review == clean_text(HOSTILE).text


def test_the_review_stands_on_the_page_to_the_letter(reading, review):
    assert Outline(page([(reading, review)])).review == clean_text(review).text
    assert "<br" not in Outline(page([(reading, review)])).review


def test_the_page_loads_nothing(reading, review):
    html = page([(reading, review), (reading, review)])
    found = Outline(html)
    for _, attrs in found.tags:
        for name in ("src", "href", "action", "srcset"):
            value = attrs.get(name)
            assert value is None or value.startswith(("#", "data:,"))
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|https?://", html)


def test_the_policy_allows_exactly_this_style_and_script(reading, review):
    found = Outline(page([(reading, review)]))
    policy = next(a["content"] for t, a in found.tags if t == "meta" and a.get("http-equiv"))
    assert policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(found.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_every_claim_stands_in_the_panel_and_in_the_text(reading, review):
    found = Outline(page([(reading, review), (reading, review)]))
    in_text, in_panel = set(), set()
    for _, attrs in found.tags:
        ids = (attrs.get("data-claims") or "").split()
        (in_text if "piece" in (attrs.get("class") or "").split() else in_panel).update(ids)
    assert in_text == in_panel
    claims = len(list(reading.claims()))
    assert len(in_text) == 2 * claims
    sentences = {i for i in in_text if "-s" in i}
    veils = {v for _, attrs in found.tags for v in (attrs.get("data-veils") or "").split()}
    assert veils and veils <= sentences


def test_ids_are_unique_and_links_resolve(reading, review):
    found = Outline(page([(reading, review), (reading, review)]))
    ids = [a["id"] for _, a in found.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    links = [a["href"] for t, a in found.tags if t == "a"]
    assert links == ["#review1", "#review2"]
    assert {link[1:] for link in links if link} <= set(ids)


def test_each_claim_says_its_label_and_confidence(reading, review):
    html = page([(reading, review)])
    assert "Praise: acting (Ines Vautrin) (95% sure)" in html
    assert "Credit: Piet Korhonen, actor as Anselm (96% sure)" in html


def test_spoilers_start_veiled_or_open(reading, review):
    def veiled(html: str) -> list[dict[str, str | None]]:
        return [a for _, a in Outline(html).tags if "veiled" in (a.get("class") or "").split()]

    assert len(veiled(page([(reading, review)]))) == 3 + 2 + 1 + 1
    assert not veiled(page([(reading, review)], spoilers=True))


def test_the_fragment_keeps_its_style_to_itself(reading):
    html = fragment(reading)
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    for rule in re.findall(r"([^{}]+)\{", style):
        for selector in re.sub(r"\([^)]*\)", "", rule).split(","):
            assert selector.strip().startswith(".pq-reading")
    assert "<script" not in html


def test_the_fragment_without_text_lists_the_claims(reading):
    html = fragment(reading.without_text())
    assert "a tough, tender performance" in html
    assert "620\u2013647" in html
    assert "frightening" not in html
    assert "kills" not in html


def test_a_reading_shows_itself_in_a_notebook(reading):
    assert reading._repr_html_() == fragment(reading)


def test_an_empty_reading_makes_a_page():
    bare = Reading(id="x", verdict=Verdict(sentiment=0.5, stars=5, recommend="none"))
    assert "Film not named" in page([(bare, "Hm.")])
    assert "Film not named" in page([(bare, "")])
    assert fragment(bare)
    assert "0 reviews" in page([])
