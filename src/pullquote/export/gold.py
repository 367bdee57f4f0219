"""Corrected reviews in the form of annotated ones, for training and evaluation to read (`evaluation.gold`).

Annotations quote strings from numbered sentences, and a name stands for all its occurrences in a sentence; spans
are worked out again by who reads them (`evaluation.places`). So each claim is written so that it is found in its own
place, and what this form cannot tell is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from ..evaluation.gold import POLARITIES, ROLES, Credit, Entity, Gold, Opinion, Relation
from ..evaluation.matching import SAME, overlap
from ..evaluation.names import name_key
from ..evaluation.places import flat, mention_places, quote_place
from ..reading import Reading
from ..render.words import SPOILER_FROM
from .document import Document

_LETTERS = {role: letter for letter, role in ROLES.items()}
_SIGNS = {polarity: sign for sign, polarity in POLARITIES.items()}


class GoldLines:
    """Lines of one gold file; ``untold`` gathers what the form could not tell, in words."""

    def __init__(self) -> None:
        """Begin a file."""
        self.untold: list[str] = []
        self._ids: set[str] = set()

    def line(self, document: Document) -> bytes:
        """One review as a line, its end included; ids that come again get the review's number behind them."""
        reading = document.reading
        gold = annotated(reading, document.text)
        self.untold.extend(f"{document.origin}: {one}" for one in untold(gold, reading))
        id = reading.id if reading.id not in self._ids else f"{reading.id}#{document.review}"
        self._ids.add(id)
        own = {"id": id, "source": document.origin, "film_id": document.film or "", "rating_true": document.rating}
        labels = ("text", "sentences", "film", "roles", "spoil", "pol")
        # A name that holds for all sentences does not number them.
        ents = [(e.form, e.type) if e.sentences is None else e for e in gold.ents]
        rows = ("credits", "relations", "opinions", "rating")
        verdict = {"stars": round(gold.stars), "recommend": gold.recommend}
        told = own | {n: getattr(gold, n) for n in labels} | {"ents": ents} | {n: getattr(gold, n) for n in rows}
        return msgspec.json.encode(told | verdict) + b"\n"


def annotated(reading: Reading, text: str) -> Gold:
    """A reading as an annotator would have written it down.

    A sentence is a spoiler from a probability of 0.5. Judgements and names that the form cannot tell are left out or
    stand for more than they should; `untold` lists them.
    """
    sentences = tuple((s.start, s.end) for s in reading.segments)
    bare = Gold(
        id=reading.id,
        text=text,
        sentences=sentences,
        roles="".join(_LETTERS[s.role] for s in reading.segments),
        spoil="".join("01"[s.spoiler >= SPOILER_FROM] for s in reading.segments),
        pol="".join(_SIGNS[s.polarity] for s in reading.segments),
        film=tuple(_titles(reading, flat(text))),
        rating=reading.verdict.stated_rating.text if reading.verdict.stated_rating else None,
        stars=reading.verdict.stars,
        recommend=reading.verdict.recommend,
    )
    if not sentences:
        return bare
    spoken = flat(text)
    return msgspec.structs.replace(
        bare,
        ents=_names(bare, spoken, reading),
        credits=tuple(Credit(_sentence(sentences, c.start), c.person, c.role, c.character) for c in reading.credits),
        relations=tuple(
            Relation(_sentence(sentences, r.start), r.subject, r.relation, r.object) for r in reading.relations
        ),
        opinions=tuple(
            Opinion(*quoted, o.aspect, _SIGNS[o.polarity], o.target)
            for o in reading.opinions
            if (quoted := _quote(bare, spoken, o.start, o.end)) is not None
        ),
    )


def untold(gold: Gold, reading: Reading) -> list[str]:
    """Claims of ``reading`` that whoever reads ``gold`` will not find as they are, in words."""
    spoken = flat(gold.text)
    wanted = {(m.start, m.end, str(m.type)) for m in reading.mentions}
    names = sorted(wanted ^ mention_places(gold, spoken))
    lost = [o for o in reading.opinions if _quote(gold, spoken, o.start, o.end) is None]
    out = [f"the name {gold.text[a:b]!r} at {a}-{b} cannot be told from others in its sentence" for a, b, _ in names]
    out += [f"the judgement {o.quote!r} at {o.start}-{o.end} cannot be quoted so that it is found there" for o in lost]
    if not gold.sentences and (reading.credits or reading.relations):
        out.append("credits and relations need a sentence to stand in, and there is none")
    return out


def _titles(reading: Reading, text: str) -> Iterator[str]:
    """How the text calls the film: by its title, and by the other forms of that name."""
    if reading.film is None:
        return
    title, key = reading.film.title, name_key(reading.film.title)
    forms = [title]
    for m in reading.mentions:
        if m.type == "WORK" and (m.name == title or (key and name_key(m.name) == key)):
            forms.append(_words(text[m.start : m.end]))
    yield from dict.fromkeys(forms)


def _names(gold: Gold, text: str, reading: Reading) -> tuple[Entity, ...]:
    """Each form with its type, once; with its sentences where it does not hold for all of them."""
    found: dict[tuple[str, str], set[int]] = {}
    for m in reading.mentions:
        form = _words(text[m.start : m.end])
        found.setdefault((form, m.type), set()).add(_sentence(gold.sentences, m.start))
    wanted = {(m.start, m.end, str(m.type)) for m in reading.mentions}
    plain = tuple(Entity(form, kind) for form, kind in found)
    stray = mention_places(msgspec.structs.replace(gold, ents=plain), text) - wanted
    told_apart = {_words(text[start:end]) for start, end, _ in stray}
    several = {form for form, _ in found if sum(form == other for other, _ in found) > 1}
    return tuple(
        Entity(form, kind, tuple(sorted(numbers)) if form in told_apart | several else None)
        for (form, kind), numbers in found.items()
    )


def _quote(gold: Gold, text: str, start: int, end: int) -> tuple[int, str] | None:
    """Sentence and words of a judgement, from as many words before it as make its place the first such one."""
    if not gold.sentences:
        return None
    shared = [min(end, b) - max(start, a) for a, b in gold.sentences]
    number = max(range(len(shared)), key=lambda i: shared[i])
    first, last = gold.sentences[number]
    own, stop = max(start, first), min(end, last)
    before = [first + word.start() for word in re.finditer(r"\S+", text[first:own])]
    for begin in (own, *reversed(before)):
        quote = _words(text[begin:stop])
        place = quote_place(gold, text, number, quote) if quote else None
        if place is not None and overlap(place, (start, end)) >= SAME:
            return number, quote
    return None


def _sentence(sentences: Sequence[tuple[int, int]], start: int) -> int:
    """The sentence that a claim begins in, or the nearest."""
    return min(range(len(sentences)), key=lambda i: max(sentences[i][0] - start, start - sentences[i][1] + 1, 0))


def _words(string: str) -> str:
    return " ".join(string.split())
