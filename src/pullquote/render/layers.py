"""The review cut into pieces, so that claims that overlap can all be shown in place.

A sentence holds an opinion, the opinion holds a name, two opinions share a
word: nested markup cannot say that. So the text is cut wherever any claim
starts or ends, and each piece lists the claims that cover it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..reading import Reading
from ..text.clean import CleanText, clean_text
from . import words


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim laid on the clean text.

    ``id`` is unique within the reading ("o3" is the fourth opinion); the span is
    empty where the claim covers nothing that can be shown.
    """

    id: str
    kind: str
    start: int
    end: int
    label: str
    confidence: float | None
    classes: tuple[str, ...]

    @property
    def tooltip(self) -> str:
        """The label, and how sure the reading is of it."""
        if self.confidence is None:
            return self.label
        return f"{self.label} ({words.percent(self.confidence)} sure)"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the clean text that no claim starts or ends within.

    ``claims`` cover it, the widest first; ``opens`` are those that start with it.
    """

    text: str
    start: int
    end: int
    claims: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def marks(reading: Reading, text: str) -> list[Mark]:
    """Every claim of ``reading`` as a mark on the clean form of the raw ``text``."""
    return list(_marks(reading, clean_text(text)))


def pieces(reading: Reading, text: str) -> list[Piece]:
    """The clean form of the raw ``text``, cut at every start and end of a claim.

    The pieces' texts join to the whole clean text, and those that carry a
    claim's id join to that claim's span.
    """
    clean = clean_text(text)
    return cut(list(_marks(reading, clean)), clean.text)


def cut(laid: list[Mark], text: str) -> list[Piece]:
    """``text`` cut at the bounds of the marks ``laid`` on it."""
    solid = sorted((m for m in laid if m.start < m.end), key=lambda m: (m.start, -m.end, m.id))
    bounds = sorted({0, len(text), *(m.start for m in solid), *(m.end for m in solid)})
    found = []
    active: list[Mark] = []
    coming = 0
    for start, end in pairwise(bounds):
        active = [m for m in active if m.end > start]
        while coming < len(solid) and solid[coming].start == start:
            active.append(solid[coming])
            coming += 1
        cover = sorted(active, key=lambda m: (m.start - m.end, m.start, m.id))
        found.append(
            Piece(
                text=text[start:end],
                start=start,
                end=end,
                claims=tuple(m.id for m in cover),
                opens=tuple(m.id for m in cover if m.start == start),
                classes=tuple(dict.fromkeys(c for m in cover for c in m.classes)),
            )
        )
    return found


def _marks(reading: Reading, clean: CleanText) -> Iterator[Mark]:
    def mark(id_: str, kind: str, span: tuple[int, int], label: str, sure: float | None, *classes: str) -> Mark:
        # A faulty reading may point outside the text; what is left of its span is shown.
        start, end = clean.clean_span(*span) if span[0] < span[1] else (0, 0)
        return Mark(id_, kind, start, end, label, sure, (kind, *classes))

    if (film := reading.film) is not None:
        label = f"Film under review: {words.plain(film.title)}"
        yield mark("f0", "film", (film.start, film.end), label, film.confidence)
    for n, s in enumerate(reading.segments):
        hides = ("spoiler",) if s.spoiler >= words.SPOILER_FROM else ()
        yield mark(f"s{n}", "segment", (s.start, s.end), words.segment_label(s), s.confidence, s.role, *hides)
    for n, m in enumerate(reading.mentions):
        yield mark(f"m{n}", "mention", (m.start, m.end), words.mention_label(m), m.confidence, m.type.lower())
    for n, c in enumerate(reading.credits):
        yield mark(f"c{n}", "credit", (c.start, c.end), words.credit_label(c), c.confidence)
    for n, r in enumerate(reading.relations):
        yield mark(f"r{n}", "relation", (r.start, r.end), words.relation_label(r), r.confidence)
    for n, o in enumerate(reading.opinions):
        yield mark(f"o{n}", "judgement", (o.start, o.end), words.opinion_label(o), o.confidence, o.polarity)
    for n, e in enumerate(reading.verdict.evidence):
        yield mark(f"e{n}", "evidence", (e.start, e.end), "Weighs in the verdict", None)
    if (stated := reading.verdict.stated_rating) is not None:
        label = f"Stated rating: {words.rating(stated)}"
        yield mark("t0", "rating", (stated.start, stated.end), label, None)
