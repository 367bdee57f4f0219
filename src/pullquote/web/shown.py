"""A review with its reading, ready for the page: its sentences as marked pieces, its outline, and a thin map of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..reading import Reading
from ..render import words
from ..render.layers import Mark, Piece, cut
from ..render.outline import Outline, outline
from ..text.clean import clean_text

#: Claims whose words can be reached with the keys, on their first piece.
_STOPS = frozenset({"film", "mention", "credit", "relation", "judgement", "rating"})
#: Width of the map, and least width of a sentence on it.
MAP = 600
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of text with the claims on it."""

    text: str
    claims: str
    classes: str
    tooltip: str
    stop: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The pieces of one sentence, veiled as one; ``start`` is where it begins in the review."""

    veils: str
    classes: str
    start: int | None
    pieces: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One sentence on the map."""

    x: float
    width: float
    claim: str
    role: str
    polarity: str
    spoiler: bool
    tooltip: str


@dataclass(frozen=True, slots=True)
class Review:
    """All that the template of a reading needs."""

    reading: Reading
    outline: Outline
    sentences: tuple[Sentence, ...]
    map: tuple[Stretch, ...]


def shown(reading: Reading, text: str) -> Review:
    """``reading`` laid over its raw review ``text``."""
    arranged = outline(reading, text)
    laid = {mark.id: mark for mark in arranged.marks}
    pieces = cut(list(arranged.marks), clean_text(text).text)
    first = next((piece for piece in pieces if _stops(piece, laid)), None)
    sentences = []
    for segments, group in groupby(pieces, key=lambda p: tuple(c for c in p.claims if laid[c].kind == "segment")):
        starts = [reading.segments[int(s[1:])].start for s in segments]
        sentences.append(
            Sentence(
                veils=" ".join(s for s in segments if "spoiler" in laid[s].classes),
                classes=" ".join(dict.fromkeys(c for s in segments for c in laid[s].classes)),
                start=starts[0] if starts else None,
                pieces=tuple(_shown(piece, laid, first=piece is first) for piece in group),
            )
        )
    return Review(reading, arranged, tuple(sentences), tuple(_map(reading, laid)))


def _stops(piece: Piece, laid: dict[str, Mark]) -> bool:
    return any(laid[c].kind in _STOPS for c in piece.opens)


def _shown(piece: Piece, laid: dict[str, Mark], *, first: bool) -> Shown:
    # A sentence's own classes stand on the sentence.
    own = [c for m in piece.claims if laid[m].kind != "segment" for c in laid[m].classes]
    opens = [f"opens-{laid[c].classes[1]}" for c in piece.opens if laid[c].kind == "judgement"]
    return Shown(
        text=words.visible(piece.text),
        claims=" ".join(piece.claims),
        classes=" ".join(dict.fromkeys([*own, *opens])),
        tooltip="\n".join(laid[c].tooltip for c in reversed(piece.claims)),
        stop=_stops(piece, laid),
        first=first,
    )


def _map(reading: Reading, laid: dict[str, Mark]) -> Iterable[Stretch]:
    lengths = [laid[f"s{n}"].end - laid[f"s{n}"].start for n in range(len(reading.segments))]
    all_of_it = sum(lengths) or 1
    x = 0.0
    for n, (segment, length) in enumerate(zip(reading.segments, lengths, strict=True)):
        width = MAP * length / all_of_it
        mark = laid[f"s{n}"]
        yield Stretch(
            round(x, 2), round(max(width - 1, _LEAST), 2), mark.id, segment.role, segment.polarity,
            "spoiler" in mark.classes, f"Sentence {n + 1}: {mark.tooltip}",
        )  # fmt: skip
        x += width
