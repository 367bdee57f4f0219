"""A review written for these tests, and a reading of it made by hand with every kind of claim."""

from __future__ import annotations

import pytest

from pullquote.reading import (
    Credit,
    Evidence,
    Film,
    Mention,
    Opinion,
    Reading,
    Relation,
    Segment,
    StatedRating,
    Verdict,
)

REVIEW = (
    "I went to see The Salt Clock on a wet Tuesday, mostly to get out of the rain."
    "<br /><br />"
    "Marta Quell directed it from a script by Jonas Abeyta, and they shot it on the Baltic coast near Gdansk. "
    "Ines Vautrin plays Lida, a lighthouse keeper who repairs clocks for the fishing families. "
    "Her brother Anselm (Piet Korhonen) comes home after nine years with a debt he will not explain. "
    "Their father runs the harbour office &amp; wants the light automated by spring. "
    "In the end it is Lida who drowns Anselm in the lock, and she lets the light go dark. "
    "Then we learn that the debt was never his at all."
    "<br /><br />"
    "Vautrin gives a tough, tender performance, and the grey-green photography is gorgeous in every single frame. "
    "The first half hour is slow but strangely funny. "
    "Sadly the score by Olu Brandt swamps the quiet scenes, "
    "and the dialogue is stiff whenever the plot needs explaining. "
    "The final drowning is the most frightening scene I have sat through in years. "
    "It beats The Tin Harbour, which won at Karlovy Vary, by a mile.<br /><br />"
    "See it on a big screen. 8/10"
)

SENTENCES = [
    ("I went to see", "out of the rain.", "meta", "neutral", 0.01),
    ("Marta Quell directed", "near Gdansk.", "context", "neutral", 0.02),
    ("Ines Vautrin plays", "fishing families.", "plot", "neutral", 0.04),
    ("Her brother Anselm", "will not explain.", "plot", "neutral", 0.11),
    ("Their father runs", "by spring.", "plot", "neutral", 0.15),
    ("In the end", "go dark.", "plot", "neutral", 0.97),
    ("Then we learn", "his at all.", "plot", "neutral", 0.91),
    ("Vautrin gives", "single frame.", "opinion", "positive", 0.02),
    ("The first half hour", "strangely funny.", "opinion", "mixed", 0.03),
    ("Sadly the score", "needs explaining.", "opinion", "negative", 0.03),
    ("The final drowning", "in years.", "opinion", "positive", 0.72),
    ("It beats", "by a mile.", "opinion", "positive", 0.02),
    ("See it", "big screen.", "meta", "positive", 0.01),
    ("8/10", "8/10", "meta", "positive", 0.01),
]

MENTIONS = [
    ("The Salt Clock", "WORK", "The Salt Clock"),
    ("Marta Quell", "PERSON", "Marta Quell"),
    ("Jonas Abeyta", "PERSON", "Jonas Abeyta"),
    ("Baltic", "PLACE", "Baltic"),
    ("Gdansk", "PLACE", "Gdansk"),
    ("Ines Vautrin", "PERSON", "Ines Vautrin"),
    ("Lida", "CHARACTER", "Lida"),
    ("Anselm", "CHARACTER", "Anselm"),
    ("Piet Korhonen", "PERSON", "Piet Korhonen"),
    ("Olu Brandt", "PERSON", "Olu Brandt"),
    ("The Tin Harbour", "WORK", "The Tin Harbour"),
    ("Karlovy Vary", "EVENT", "Karlovy Vary"),
]

OPINIONS = [
    ("a tough, tender performance", "acting", "positive", "Ines Vautrin", 0.95),
    ("grey-green photography is gorgeous in every single frame", "visuals", "positive", None, 0.93),
    ("gorgeous in every single frame", "overall", "positive", None, 0.41),
    ("slow but strangely funny", "pacing", "mixed", None, 0.64),
    ("the score by Olu Brandt swamps the quiet scenes", "sound", "negative", "Olu Brandt", 0.88),
    ("the dialogue is stiff whenever the plot needs explaining", "writing", "negative", None, 0.86),
    ("the most frightening scene I have sat through in years", "emotion", "positive", None, 0.9),
    ("It beats The Tin Harbour, which won at Karlovy Vary, by a mile", "overall", "positive", None, 0.71),
]


def span(first: str, last: str | None = None) -> tuple[int, int]:
    """The span from the first words to the last, in the raw review."""
    start = REVIEW.index(first)
    last = last or first
    return start, REVIEW.index(last, start) + len(last)


def make_reading() -> Reading:
    def at(first: str, last: str | None = None) -> dict[str, int]:
        start, end = span(first, last)
        return {"start": start, "end": end}

    def everywhere(name: str) -> list[dict[str, int]]:
        found, start = [], REVIEW.find(name)
        while start >= 0:
            found.append({"start": start, "end": start + len(name)})
            start = REVIEW.find(name, start + 1)
        return found

    return Reading(
        id="R1",
        model="by hand",
        film=Film(title="The Salt Clock", **at("The Salt Clock"), confidence=0.97),
        segments=tuple(
            Segment(**at(first, last), role=role, polarity=polarity, spoiler=spoiler, confidence=0.94)
            for first, last, role, polarity, spoiler in SENTENCES
        ),
        mentions=tuple(
            Mention(**where, type=kind, name=name, confidence=0.96)
            for text, kind, name in MENTIONS
            for where in everywhere(text)
        ),
        credits=(
            Credit(
                person="Ines Vautrin", role="actor", character="Lida", **at("Ines Vautrin plays Lida"), confidence=0.98
            ),
            Credit(
                person="Piet Korhonen",
                role="actor",
                character="Anselm",
                **at("Anselm (Piet Korhonen)"),
                confidence=0.96,
            ),
            Credit(person="Marta Quell", role="director", **at("Marta Quell directed it"), confidence=0.99),
            Credit(person="Jonas Abeyta", role="writer", **at("a script by Jonas Abeyta"), confidence=0.97),
            Credit(person="Olu Brandt", role="composer", **at("the score by Olu Brandt"), confidence=0.94),
        ),
        relations=(
            Relation(
                subject="Anselm", relation="sibling of", object="Lida", **at("Her brother Anselm"), confidence=0.83
            ),
            Relation(
                subject="Lida", relation="kills", object="Anselm", **at("Lida who drowns Anselm"), confidence=0.79
            ),
        ),
        opinions=tuple(
            Opinion(**at(quote), quote=quote, aspect=aspect, polarity=polarity, target=target, confidence=sure)
            for quote, aspect, polarity, target, sure in OPINIONS
        ),
        verdict=Verdict(
            sentiment=0.93,
            stars=8.1,
            recommend="yes",
            stated_rating=StatedRating(text="8/10", value=8, scale=10, **at("8/10")),
            evidence=(
                Evidence(**at("Vautrin gives", "single frame.")),
                Evidence(**at("See it", "big screen.")),
            ),
        ),
        warnings=("The review says little about the supporting cast.",),
        text=REVIEW,
    )


@pytest.fixture
def review() -> str:
    return REVIEW


@pytest.fixture
def reading() -> Reading:
    return make_reading()
