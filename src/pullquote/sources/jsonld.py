"""Reviews that a web page states as linked data: JSON-LD with the types of schema.org.

A Review may stand alone, in a list, in ``@graph``, or under the Movie that it is about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

#: Kinds of review that are not about works.
_OTHER = ("ClaimReview", "EmployerReview")
_DEEPEST = 40
#: What old pages put around scripts.
_AROUND = " \t\r\n;"
_WRAPPINGS = (("<!--", "-->"), ("//", "]]>"), ("<![CDATA[", "//"))
_FILM = re.compile(r"\btt[0-9]{7,9}\b")
#: The best rating where none is stated, by schema.org's definition of ``bestRating``.
BEST = 5.0


@dataclass(frozen=True, slots=True)
class Stated:
    """What linked data says of one review; ``scale`` is that of the rating."""

    text: str | None
    values: dict[str, object] = field(default_factory=dict)
    scale: float | None = None


def reviews(html: str) -> list[Stated]:
    """The reviews stated in ``html``, in their order, each once."""
    scripts = _Scripts()
    scripts.feed(html)
    found: list[Stated] = []
    for text in scripts.found:
        data = _loaded(text)
        known = {one["@id"]: one for one in _objects(data) if isinstance(one.get("@id"), str) and len(one) > 1}
        for one, above in _reviews(data, {}):
            stated = _stated(one, _item(one, above, known))
            if stated not in found:
                found.append(stated)
    return found


class _Scripts(HTMLParser):
    """Keeps the scripts of a page that hold linked data."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").split(";")[0].strip().lower()
        self._inside = tag == "script" and kind == "application/ld+json"
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


def _loaded(text: str) -> object:
    """The data in a script; None where it is damaged."""
    bare = text.strip(_AROUND)
    for opening, closing in _WRAPPINGS:
        bare = bare.removeprefix(opening).removesuffix(closing).strip(_AROUND)
    try:
        # Many pages have raw line breaks in strings.
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def _kinds(one: Mapping[str, Any]) -> list[str]:
    kinds = one.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _reviews(
    data: object, above: Mapping[str, Any], depth: int = 0
) -> Iterator[tuple[dict[str, Any], Mapping[str, Any]]]:
    """Each review in ``data`` with the object it stands under."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _reviews(one, above, depth + 1)
    elif isinstance(data, dict):
        if any(kind.endswith("Review") and kind not in _OTHER for kind in _kinds(data)):
            yield data, above
        for one in data.values():
            if isinstance(one, (dict, list)):
                yield from _reviews(one, data, depth + 1)


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    if isinstance(data, (dict, list)) and depth <= _DEEPEST:
        for one in data.values() if isinstance(data, dict) else data:
            yield from _objects(one, depth + 1)


def _item(review: Mapping[str, Any], above: Mapping[str, Any], known: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the review is about: as it says, else what it stands under."""
    item = review.get("itemReviewed")
    if isinstance(item, list):
        item = item[0] if item else None
    if isinstance(item, str):
        item = known.get(item, {"name": item})
    if isinstance(item, dict):
        reference = item.get("@id")
        return known.get(reference, item) if len(item) == 1 and isinstance(reference, str) else item
    return above if "review" in above or "reviews" in above else {}


def _stated(review: Mapping[str, Any], item: Mapping[str, Any]) -> Stated:
    rating = review.get("reviewRating")
    rating = rating if isinstance(rating, dict) else {"ratingValue": rating}
    best = _number(rating.get("bestRating"))
    value = _number(rating.get("ratingValue"))
    addresses = [*_strings(item.get("sameAs")), *_strings(item.get("url")), *_strings(item.get("@id"))]
    films = [match[0] for address in addresses if (match := _FILM.search(address))]
    text = review.get("reviewBody") or review.get("text")
    values: dict[str, object] = {
        "film_id": films[0] if films else None,
        "title": _first(item.get("name")),
        "year": _first(item.get("dateCreated")) or _first(item.get("datePublished")),
        "headline": _first(review.get("headline")) or _first(review.get("name")),
        "rating": rating.get("ratingValue"),
        "author": ", ".join(_strings(review.get("author"))) or None,
        "date": _first(review.get("datePublished")) or _first(review.get("dateCreated")),
        "url": _first(review.get("url")),
    }
    scale = best or (BEST if value is not None and value <= BEST else None)
    return Stated(text if isinstance(text, str) and text.strip() else None, values, scale)


def _strings(value: object) -> list[str]:
    """The words in a value: itself, those of a list, or the name of a thing."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return [words for one in value[:20] if not isinstance(one, list) for words in _strings(one)]
    return [value] if isinstance(value, str) and value.strip() else [str(value)] if isinstance(value, int) else []


def _first(value: object) -> str | None:
    return next(iter(_strings(value)), None)


def _number(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, (str, int, float)) else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and 0 < number < 1e6 else None
