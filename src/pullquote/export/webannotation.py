"""Readings as W3C Web Annotations: every claim an annotation that selects the words it comes from.

https://www.w3.org/TR/annotation-model/ (Recommendation of 23 February 2017). One review becomes one
AnnotationCollection with its only page inside, on one line of JSON-LD.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ..render.words import SPOILER_FROM
from .document import Document
from .identity import review_urn

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
#: Characters of the text given before and after a quote, to tell it from others like it.
AROUND = 32


def line(document: Document) -> bytes:
    """One line for one review, its end included."""
    return msgspec.json.encode(collection(document)) + b"\n"


def collection(document: Document) -> dict[str, Any]:
    """The AnnotationCollection of one review."""
    urn = review_urn(document.key)
    items = list(_annotations(document, urn))
    return {
        "@context": CONTEXT,
        "id": f"{urn}#annotations",
        "type": "AnnotationCollection",
        "label": f"{document.reading.id} ({document.origin})",
        "total": len(items),
        "first": {"id": f"{urn}#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _annotations(document: Document, urn: str) -> Iterator[dict[str, Any]]:
    frame = _frame(document)
    source = _source(document, urn)
    yield {"id": f"{urn}#verdict", **frame, **_verdict(document), "target": source}
    for name, start, end, motivation, bodies in _claims(document):
        annotation = {"id": f"{urn}#{name}", **frame, "motivation": motivation}
        if bodies:
            annotation["body"] = [_body(value, purpose) for value, purpose in bodies]
        yield {**annotation, "target": source | {"selector": selectors(document.text, start, end)}}


def _frame(document: Document) -> dict[str, Any]:
    return {
        "type": "Annotation",
        "created": document.read_at.replace(microsecond=0).isoformat() + "Z",
        "creator": {"type": "Software", "name": f"pullquote {document.reading.model}".rstrip()},
    }


def _source(document: Document, urn: str) -> dict[str, Any]:
    # Positions count in the review's own text. The page it was taken from has more on it, so that is no source but
    # the scope in which the review stood.
    source: dict[str, Any] = {"type": "SpecificResource", "source": urn}
    if document.url and document.url.isprintable() and " " not in document.url and "://" in document.url:
        source["scope"] = document.url
    return source


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"}


def _verdict(document: Document) -> dict[str, Any]:
    verdict = document.reading.verdict
    values = (f"recommended: {verdict.recommend}", f"{verdict.stars:.1f} of 10 stars")
    return {"motivation": "assessing", "body": [_body(value, "assessing") for value in values]}


def selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """Two ways to find ``text[start:end]`` again: by its words, and by its place in code points."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


#: Name of an annotation, its span, why it was made, and its bodies: what is said, and to what purpose.
_Claim = tuple[str, int, int, str, list[tuple[str, str]]]


def _claims(document: Document) -> Iterator[_Claim]:
    reading = document.reading
    if film := reading.film:
        yield "film", film.start, film.end, "identifying", [(film.title, "identifying"), ("film", "tagging")]
    for i, s in enumerate(reading.segments):
        bodies: list[tuple[str, str]] = [(s.role, "classifying"), (s.polarity, "assessing")]
        if s.spoiler >= SPOILER_FROM:
            bodies.append(("spoiler", "tagging"))
        yield f"sentence-{i}", s.start, s.end, "classifying", bodies
    for i, m in enumerate(reading.mentions):
        yield f"mention-{i}", m.start, m.end, "identifying", [(m.name, "identifying"), (m.type, "tagging")]
    for i, c in enumerate(reading.credits):
        said = f"{c.person}, {c.role}" + (f", as {c.character}" if c.character else "")
        yield f"credit-{i}", c.start, c.end, "describing", [(said, "describing")]
    for i, r in enumerate(reading.relations):
        said = f"{r.subject} {r.relation} {r.object}"
        yield f"relation-{i}", r.start, r.end, "describing", [(said, "describing")]
    for i, o in enumerate(reading.opinions):
        bodies = [(o.polarity, "assessing"), (o.aspect, "classifying")]
        if o.target:
            bodies.append((o.target, "tagging"))
        yield f"opinion-{i}", o.start, o.end, "assessing", bodies
    if stated := reading.verdict.stated_rating:
        yield "stated-rating", stated.start, stated.end, "assessing", [(stated.text, "assessing")]
    for i, e in enumerate(reading.verdict.evidence):
        yield f"evidence-{i}", e.start, e.end, "highlighting", []
