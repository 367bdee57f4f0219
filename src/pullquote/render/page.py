"""A reading as one page that stands by itself: the review on the left, what was read in it on the right."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ..reading import Reading
from . import engine, words
from .layers import Mark, Piece, pieces
from .outline import Outline, outline

#: Marks that can be reached with the keys, in the text, on their first piece.
_STOPS = frozenset({"film", "mention", "credit", "relation", "judgement", "rating"})


@dataclass(frozen=True, slots=True)
class _Shown:
    """One piece, ready for the template."""

    text: str
    claims: str
    classes: str
    tooltip: str
    stop: bool
    first: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The pieces of one sentence; veiled as one."""

    veils: str
    classes: str
    pieces: tuple[_Shown, ...]


@dataclass(frozen=True, slots=True)
class _Review:
    """One review, ready for the template."""

    anchor: str
    reading: Reading
    outline: Outline
    sentences: tuple[_Sentence, ...]
    cells: tuple[tuple[str, str, str, str], ...]

    def ids(self, claims: Iterable[str]) -> str:
        """Claim ids that are unique in the whole page."""
        return " ".join(f"{self.anchor}-{c}" for c in claims)


def page(readings: Sequence[tuple[Reading, str]], *, spoilers: bool = False, title: str | None = None) -> str:
    """One HTML page over ``readings``, each with its raw review text.

    The page loads nothing: style and script are part of it, and its content
    security policy allows these two by their hashes and nothing else.
    Spoilers are veiled until opened, unless ``spoilers`` asks for them at once.
    """
    style, script = engine.source("page.css"), engine.source("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    reviews = [_review(n, reading, text) for n, (reading, text) in enumerate(readings, start=1)]
    return engine.template("page.html").render(
        title=words.plain(title) if title else _title(reviews),
        brand=words.plain(title) if title else _brand(reviews),
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        reviews=reviews,
        spoilers=spoilers,
    )


def _title(reviews: Sequence[_Review]) -> str:
    if len(reviews) == 1:
        return reviews[0].outline.title or "Film not named"
    return f"{len(reviews)} reviews"


def _brand(reviews: Sequence[_Review]) -> str:
    return "Review and reading" if len(reviews) == 1 else f"{len(reviews)} reviews"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _review(number: int, reading: Reading, text: str) -> _Review:
    anchor = f"review{number}"
    arranged = outline(reading, text)
    laid = {m.id: m for m in arranged.marks}
    by_sentence = groupby(pieces(reading, text), key=lambda p: tuple(c for c in p.claims if laid[c].kind == "segment"))
    sentences = []
    stops = 0
    for segments, group in by_sentence:
        shown = []
        for piece in group:
            one = _shown(piece, laid, anchor, first=not stops)
            stops += one.stop
            shown.append(one)
        spoilers = [s for s in segments if "spoiler" in laid[s].classes]
        classes = dict.fromkeys(c for s in segments for c in laid[s].classes)
        sentences.append(_Sentence(" ".join(f"{anchor}-{s}" for s in spoilers), " ".join(classes), tuple(shown)))
    return _Review(anchor, reading, arranged, tuple(sentences), tuple(_cells(reading, laid)))


def _shown(piece: Piece, laid: dict[str, Mark], anchor: str, *, first: bool) -> _Shown:
    stop = any(laid[c].kind in _STOPS for c in piece.opens)
    opens = [f"opens-{laid[c].classes[1]}" for c in piece.opens if laid[c].kind == "judgement"]
    return _Shown(
        text=words.visible(piece.text),
        claims=" ".join(f"{anchor}-{c}" for c in piece.claims),
        # A sentence's own classes stand on the sentence.
        classes=" ".join([*_own_classes(piece, laid), *opens]),
        tooltip="\n".join(laid[c].tooltip for c in reversed(piece.claims)),
        stop=stop,
        first=stop and first,
    )


def _own_classes(piece: Piece, laid: dict[str, Mark]) -> Iterable[str]:
    return dict.fromkeys(c for m in piece.claims if laid[m].kind != "segment" for c in laid[m].classes)


def _cells(reading: Reading, laid: dict[str, Mark]) -> Iterable[tuple[str, str, str, str]]:
    """The sentences at a glance: claim id, classes, sign, tooltip."""
    for n, segment in enumerate(reading.segments):
        mark = laid[f"s{n}"]
        sign = "" if segment.role == "plot" else words.SIGNS[segment.polarity]
        classes = " ".join(("cell", *mark.classes[1:], segment.polarity))
        yield mark.id, classes, sign, f"Sentence {n + 1}: {mark.tooltip}"
