"""The words and signs that every view uses for the labels of a reading."""

from __future__ import annotations

import unicodedata

from ..reading import Credit, Mention, Opinion, Relation, Segment, StatedRating, Verdict
from ..text.clean import clean_text

#: A sentence at least this likely to give the story away is veiled.
SPOILER_FROM = 0.5

#: Between these two the verdict counts as mixed.
_MIXED_FROM, _MIXED_TO = 0.4, 0.6

#: Signs stand beside every colour, so that nothing is told by colour alone.
SIGNS = {"positive": "+", "negative": "\u2212", "mixed": "\u00b1", "neutral": "\u00b7"}
JUDGEMENTS = {"positive": "Praise", "negative": "Blame", "mixed": "Mixed"}
SENTENCES = {"plot": "Story", "opinion": "Judgement", "context": "Background", "meta": "Reviewer and reader"}
MENTIONS = {
    "PERSON": "Person", "CHARACTER": "Character", "WORK": "Work",
    "ORG": "Organisation", "PLACE": "Place", "EVENT": "Event",
}  # fmt: skip
RECOMMENDATIONS = {
    "yes": "recommends it",
    "no": "advises against it",
    "mixed": "recommends it to some",
    "none": "takes no stand",
}

#: A relation reads as "subject relation object".
_UNNAMED_RELATION = "connected with"


def relation(name: str) -> str:
    """The relation as it is read between two names."""
    return _UNNAMED_RELATION if name == "other" else name


def plain(text: str) -> str:
    """One line of ``text`` that can do no harm where it is shown.

    Tags and entities go, and so do escapes, bidi overrides and everything else invisible.

    >>> plain("Red\\x1b[31m &amp; \\u202eblue<br />")
    'Red[31m & blue'
    """
    return " ".join(visible(clean_text(text).text).split())


def visible(text: str) -> str:
    """``text`` without control, format and unassigned characters; line breaks stay.

    Cleaning drops most of these; this also drops the rarer ones, such as tag characters.
    """
    if text.replace("\n", "").isprintable():
        # Nothing of these kinds is printable; nearly every text ends here, long ones most of all.
        return text
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn"})


def percent(probability: float) -> str:
    """A probability in whole percent; only certainty itself is called 100% or 0%.

    >>> percent(0.934), percent(0.999), percent(1.0)
    ('93%', '99%', '100%')
    """
    if 0.0 < probability < 1.0:
        return f"{min(max(probability, 0.01), 0.99):.0%}"
    return f"{probability:.0%}"


def tendency(verdict: Verdict) -> str:
    """Which polarity the verdict leans to: positive, negative or mixed."""
    if _MIXED_FROM < verdict.sentiment < _MIXED_TO:
        return "mixed"
    return "positive" if verdict.sentiment >= _MIXED_TO else "negative"


def verdict_line(verdict: Verdict) -> str:
    """The verdict in words, with how sure it is.

    >>> verdict_line(Verdict(sentiment=0.1, stars=2.0, recommend="no"))
    'Unfavourable, 90%'
    """
    leaning = tendency(verdict)
    if leaning == "mixed":
        return f"Mixed, {percent(verdict.sentiment)} favourable"
    if leaning == "positive":
        return f"Favourable, {percent(verdict.sentiment)}"
    return f"Unfavourable, {percent(1 - verdict.sentiment)}"


def stars(value: float) -> str:
    """The estimate on its scale, such as "8.1/10"."""
    return f"{value:.1f}/10"


def rating(stated: StatedRating) -> str:
    """The rating as the review spells it."""
    return plain(stated.text)


def segment_label(segment: Segment) -> str:
    """What a sentence does, how it judges, and whether it gives the story away."""
    parts = [f"{SENTENCES[segment.role]} sentence"]
    if segment.polarity != "neutral":
        parts.append(JUDGEMENTS[segment.polarity].lower())
    if segment.spoiler >= SPOILER_FROM:
        parts.append(f"spoiler {percent(segment.spoiler)}")
    return ", ".join(parts)


def mention_label(mention: Mention) -> str:
    """The kind of a name and its fullest form."""
    return f"{MENTIONS[mention.type]}: {plain(mention.name)}"


def credit_label(credit: Credit) -> str:
    """Who did what, and as whom."""
    character = f" as {plain(credit.character)}" if credit.character else ""
    return f"Credit: {plain(credit.person)}, {credit.role}{character}"


def relation_label(bond: Relation) -> str:
    """How two characters stand to each other."""
    return f"Relation: {plain(bond.subject)}, {relation(bond.relation)}, {plain(bond.object)}"


def opinion_label(opinion: Opinion) -> str:
    """Praise or blame, of what, and of whom."""
    target = f" ({plain(opinion.target)})" if opinion.target else ""
    return f"{JUDGEMENTS[opinion.polarity]}: {opinion.aspect}{target}"
