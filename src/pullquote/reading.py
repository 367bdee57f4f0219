"""A reading: what Pullquote says about one review, each claim with its words.

Every span is half-open and counts Unicode code points of the raw review.
The types here are the published form; `schema()` gives them as JSON Schema.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .errors import ReadingError

if TYPE_CHECKING:
    import pyarrow as pa

#: The interchange form written by this version; its number rises when a field changes meaning.
SCHEMA = "pullquote.reading/1"

Role = Literal["plot", "opinion", "context", "meta"]
Polarity = Literal["positive", "negative", "mixed", "neutral"]
MentionType = Literal["PERSON", "CHARACTER", "WORK", "ORG", "PLACE", "EVENT"]
CreditRole = Literal[
    "director", "writer", "actor", "producer", "cinematographer", "composer",
    "editor", "designer", "effects", "author", "other",
]  # fmt: skip
Relationship = Literal[
    "parent of", "child of", "sibling of", "spouse of", "lover of", "relative of", "friend of",
    "enemy of", "works for", "colleague of", "teacher of", "cares for", "kills", "other",
]  # fmt: skip
Aspect = Literal[
    "overall", "story", "writing", "characters", "acting", "direction", "visuals", "sound",
    "effects", "pacing", "humor", "emotion", "themes", "originality", "authenticity", "production",
]  # fmt: skip
Recommendation = Literal["yes", "no", "mixed", "none"]

Offset = Annotated[int, Meta(ge=0)]
Probability = Annotated[float, Meta(ge=0.0, le=1.0)]


class _Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Something said at a span of the review."""

    start: Offset
    end: Offset


class Evidence(_Claim, frozen=True, kw_only=True):
    """A passage that bears a claim out."""


class Film(_Claim, frozen=True, kw_only=True):
    """The film under review, by the name the text gives it."""

    title: str
    confidence: Probability = 1.0


class Segment(_Claim, frozen=True, kw_only=True):
    """One sentence: what it does, how it judges, how likely it gives the story away.

    ``spoiler`` is a calibrated probability; ``confidence`` is that of ``role``.
    """

    role: Role
    polarity: Polarity
    spoiler: Probability
    confidence: Probability = 1.0


class Mention(_Claim, frozen=True, kw_only=True):
    """One occurrence of a name; ``name`` is the fullest form of the same entity in the review."""

    type: MentionType
    name: str
    confidence: Probability = 1.0


class Credit(_Claim, frozen=True, kw_only=True):
    """Who did what on the reviewed film; ``character`` is null where the text does not say."""

    person: str
    role: CreditRole
    character: str | None = None
    confidence: Probability = 1.0


class Relation(_Claim, frozen=True, kw_only=True):
    """How one character stands to another: "subject relation object"."""

    subject: str
    relation: Relationship
    object: str
    confidence: Probability = 1.0


class Opinion(_Claim, frozen=True, kw_only=True):
    """One judgement on the film; ``quote`` equals the text at the span, to the letter."""

    quote: str
    aspect: Aspect
    polarity: Literal["positive", "negative", "mixed"]
    target: str | None = None
    confidence: Probability = 1.0


class StatedRating(_Claim, frozen=True, kw_only=True):
    """A score the review spells out: ``value`` on a scale that ends at ``scale``, null if unclear."""

    text: str
    value: float | None = None
    scale: float | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The review as a whole.

    ``sentiment`` is the calibrated probability that it is favourable, ``stars``
    an estimate from 1 to 10, ``evidence`` the passages that weigh most.
    """

    sentiment: Probability
    stars: Annotated[float, Meta(ge=1.0, le=10.0)]
    recommend: Recommendation
    stated_rating: StatedRating | None = None
    evidence: tuple[Evidence, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read in one review.

    ``text`` travels along in memory, so that a reading can show itself, and is
    printed only on request. ``warnings`` are plain sentences about the input.

    >>> r = Reading(id="a", verdict=Verdict(sentiment=0.9, stars=8.0, recommend="yes"))
    >>> Reading.from_json(r.to_json()) == r
    True
    """

    id: str
    verdict: Verdict
    schema: str = SCHEMA
    model: str = ""
    film: Film | None = None
    segments: tuple[Segment, ...] = ()
    mentions: tuple[Mention, ...] = ()
    credits: tuple[Credit, ...] = ()
    relations: tuple[Relation, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    warnings: tuple[str, ...] = ()
    text: str | UnsetType = UNSET

    def to_json(self) -> bytes:
        """One line of UTF-8 JSON, without the line's end."""
        return msgspec.json.encode(self)

    def to_dict(self) -> dict[str, Any]:
        """The same as plain dictionaries and lists."""
        built: dict[str, Any] = msgspec.json.decode(self.to_json())
        return built

    @classmethod
    def from_json(cls, line: bytes | str) -> Reading:
        """Parse a printed reading.

        Raises:
            ReadingError: if the line is no JSON or no reading of a schema known here.
        """
        try:
            reading = msgspec.json.decode(line, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ReadingError(f"not a reading: {error}") from error
        if reading.schema != SCHEMA:
            raise ReadingError(f"schema {reading.schema!r} is not known here; this version reads {SCHEMA!r}")
        return reading

    def without_text(self) -> Reading:
        """The same reading, its review text left behind (as archives keep it)."""
        return msgspec.structs.replace(self, text=UNSET)

    def claims(self) -> Iterator[tuple[str, _Claim]]:
        """Every claim with its kind, in the order of the fields."""
        if self.film is not None:
            yield "film", self.film
        groups: tuple[tuple[str, Iterable[_Claim]], ...] = (
            ("segment", self.segments), ("mention", self.mentions), ("credit", self.credits),
            ("relation", self.relations), ("opinion", self.opinions), ("evidence", self.verdict.evidence),
        )  # fmt: skip
        for kind, claims in groups:
            for claim in claims:
                yield kind, claim
        if self.verdict.stated_rating is not None:
            yield "stated rating", self.verdict.stated_rating

    def check(self, text: str) -> list[str]:
        """Faults of this reading against its review: spans outside, quotes that differ. Empty is good."""
        faults = []
        for kind, claim in self.claims():
            if not 0 <= claim.start < claim.end <= len(text):
                faults.append(f"{kind} {claim.start}-{claim.end} lies outside the text of {len(text)} characters")
        faults.extend(
            f"quote differs from the text at {o.start}-{o.end}"
            for o in self.opinions
            if o.quote != text[o.start : o.end]
        )
        return faults

    def _repr_html_(self) -> str:
        """Highlighted review for notebooks."""
        from .render.notebook import fragment

        return fragment(self)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a reading."""
    built = msgspec.json.schema(Reading)
    for part in built["$defs"].values():
        # Python 3.13 takes the indent off docstrings, older ones leave it: the same schema everywhere.
        if "description" in part:
            part["description"] = inspect.cleandoc(part["description"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **built}


def arrow_schema() -> pa.Schema:
    """The Arrow schema of a reading: one column per field, nested as the fields are. Needs pyarrow."""
    from . import reading_arrow

    return reading_arrow.arrow_schema()
