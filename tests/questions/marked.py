"""Reviews for tests, written with their readings marked in the text.

A line is a sentence. It begins with how it judges: ``+``, ``-``, ``~`` (mixed) or ``.`` (neutral), and ``!`` after
that where it gives the story away. Within it ``[acting+ words]`` is an opinion, ``[acting+@Ruth Amsel@ words]`` one on
somebody, and ``<PERSON words>`` a mention, ``<PERSON=Ruth Amsel= words>`` one of a name known more fully. Opinions
may hold mentions. ``⟦⟧`` stand for brackets of the text itself.
"""

import datetime as dt
import re

from pullquote.library.rows import Read
from pullquote.reading import Credit, Film, Mention, Opinion, Reading, Relation, Segment, Verdict
from pullquote.sources.record import Rating, Record

_BRACKETS = str.maketrans("⟦⟧", "[]")
_POLARITIES = {"+": "positive", "-": "negative", "~": "mixed", ".": "neutral"}
_MARK = re.compile(r"\[(\w+)([-+~])(?:@([^\]<]*?)@)? |<([A-Z]+)(?:=([^>]*?)=)? |[\]>]")


def review(
    marked, *, film, number, title=None, year=None, stars=None, sentiment=0.9, author=None, written=None, url=None,
    credits=(), relations=(), called=None,
):  # fmt: skip
    """One review of ``film`` with its reading. Credits and relations name the words that say them, unmarked."""
    text, segments, opinions, mentions = "", [], [], []
    for line in filter(None, (line.strip() for line in marked.splitlines())):
        judged, body = line.split(" ", 1)
        words, own_opinions, own_mentions = _plain(body, len(text))
        segments.append(
            Segment(
                start=len(text),
                end=len(text) + len(words),
                role="plot" if "." in judged else "opinion",
                polarity=_POLARITIES[judged[0]],
                spoiler=0.9 if "!" in judged else 0.02,
            )
        )
        text += words + " "
        opinions += own_opinions
        mentions += own_mentions
    text = text.rstrip()
    return Read(
        "samples",
        Record(
            text=text,
            id=f"{film}-{number}",
            origin=f"samples:{number}",
            film_id=film,
            title=title,
            year=year,
            rating=None if stars is None else Rating(f"{stars}/10", stars, 10, stars),
            author=author,
            date=None if written is None else dt.date.fromisoformat(written),
            url=url,
        ),
        Reading(
            id=f"{film}-{number}",
            model="by hand/1",
            film=None if called is None else Film(title=called, **_span(text, called)),
            verdict=Verdict(sentiment=sentiment, stars=8.0 if sentiment > 0.5 else 3.0, recommend="none"),
            segments=tuple(segments),
            opinions=tuple(opinions),
            mentions=tuple(sorted(mentions, key=lambda m: m.start)),
            credits=tuple(
                Credit(person=person, role=role, character=character, **_span(text, said))
                for person, role, character, said in credits
            ),
            relations=tuple(
                Relation(subject=subject, relation=relation, object=object_, **_span(text, said))
                for subject, relation, object_, said in relations
            ),
        ),
    )


def _span(text, words):
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def _plain(body, offset):
    words, opinions, mentions, open_ = "", [], [], []
    last = 0
    for mark in _MARK.finditer(body):
        words += body[last : mark.start()]
        last = mark.end()
        if mark[1] or mark[4]:
            open_.append((mark, len(words)))
            continue
        begun, start = open_.pop()
        inside = words[start:].translate(_BRACKETS)
        span = {"start": offset + start, "end": offset + len(words)}
        if begun[1]:
            polarity = _POLARITIES[begun[2]]
            opinions.append(
                Opinion(quote=inside, aspect=begun[1], polarity=polarity, target=begun[3], confidence=0.8, **span)
            )
        else:
            mentions.append(Mention(type=begun[4], name=begun[5] or inside, **span))
    return (words + body[last:]).translate(_BRACKETS), sorted(opinions, key=lambda o: o.start), mentions
