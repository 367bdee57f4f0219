"""What the card shows, what it veils, and what it never lets through to the terminal."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from pullquote.reading import Credit, Opinion, Reading, Segment, Verdict
from pullquote.render.card import card


def shown(reading: Reading, text: str, *, colour: bool = False, width: int = 80, **options: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    console.print(card(reading, text, **options))
    return out.getvalue()


def joined(text: str) -> str:
    return " ".join(text.split())


def test_the_card_has_the_facts(reading, review):
    card_ = joined(shown(reading, review))
    for fact in (
        "The Salt Clock", "Favourable, 93%", "8.1/10", "8/10 stated", "recommends it", "Marta Quell director",
        "Ines Vautrin actor Lida", "Anselm sibling of Lida", "2 of 5 veiled", "a tough, tender performance",
        "+ Praise", "\u2212 Blame", "\u00b1 Mixed", "office & wants", "little about the supporting cast",
    ):  # fmt: skip
        assert fact in card_


def test_makers_come_before_actors(reading, review):
    card_ = shown(reading, review)
    assert card_.index("Marta Quell") < card_.index("Olu Brandt") < card_.index("Ines Vautrin")


def test_spoilers_are_hidden_unless_asked_for(reading, review):
    secrets = ("drowns", "never his at all", "Lida kills Anselm", "most frightening")
    veiled, open_ = joined(shown(reading, review)), joined(shown(reading, review, spoilers=True))
    for secret in secrets:
        assert secret not in veiled
        assert secret in open_
    assert "\u2591\u2591\u2591 spoiler" in veiled
    assert "spoiler" not in open_
    assert "veiled" not in open_


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("colour", [True, False])
def test_no_line_is_wider_than_the_terminal(reading, review, width, colour):
    plain = Console(file=io.StringIO(), width=width, force_terminal=colour)
    for line in plain.render_lines(card(reading, review)):
        assert sum(segment.cell_length for segment in line) <= width


def test_escapes_and_markup_in_a_review_stay_text():
    text = "The \x1b[31mred\x1b]0;title\x07 [bold]plot[/bold] is \u202edaerd\x9b2J &#27;[2J :smile: dull."
    reading = Reading(
        id="x",
        verdict=Verdict(sentiment=0.1, stars=2, recommend="no"),
        segments=(Segment(start=0, end=len(text), role="plot", polarity="negative", spoiler=0.0),),
        credits=(Credit(start=0, end=3, person="A\x1b[2J\u202eB", role="director", character="[red]C\x07"),),
        opinions=(Opinion(start=0, end=len(text), quote=text, aspect="story", polarity="negative", target="\x1bT"),),
        warnings=("bad \x1b[0m sign",),
    )
    card_ = shown(reading, text)
    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in card_
    assert "[bold]plot[/bold]" in card_
    assert ":smile:" in card_
    assert "[red]C" in joined(card_).replace(" ", "")


def test_a_bare_reading_still_has_a_card():
    reading = Reading(id="x", verdict=Verdict(sentiment=0.5, stars=5.4, recommend="none"))
    card_ = shown(reading, "Hm.")
    assert "Film not named" in card_
    assert "Mixed, 50% favourable" in card_
    assert "takes no stand" in card_
    assert "Cast" not in card_


def test_a_part_said_once_in_the_open_is_no_secret(reading, review):
    spoiler = reading.segments[5]
    credit = Credit(person="Ines Vautrin", role="actor", character="Lida", start=spoiler.start, end=spoiler.end)
    both = msgspec.structs.replace(reading, credits=(credit, reading.credits[0]))
    only = msgspec.structs.replace(reading, credits=(credit,))
    assert "Ines Vautrin actor Lida" in joined(shown(both, review))
    assert "Ines Vautrin actor \u2591\u2591\u2591 spoiler" in joined(shown(only, review))
