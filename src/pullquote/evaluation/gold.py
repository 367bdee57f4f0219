"""The gold standard: one review as an annotator read it, in the form it is published in.

Annotations name sentences by their number and quote strings from them; where
those strings stand in the text is worked out in ``places``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from ..errors import InputError
from ..sources.bounded import lines

#: One letter per sentence for what it does.
ROLES = {"P": "plot", "O": "opinion", "C": "context", "M": "meta"}
#: One sign per sentence or opinion for how it judges.
POLARITIES = {"+": "positive", "-": "negative", "m": "mixed", "0": "neutral"}


class Entity(msgspec.Struct, frozen=True, array_like=True):
    """A name as written, its type, and the sentences this holds for (None: all of them)."""

    form: str
    type: str
    sentences: tuple[int, ...] | None = None


class Credit(msgspec.Struct, frozen=True, array_like=True):
    """Who did what on the film, and the sentence that says so."""

    sentence: int
    person: str
    role: str
    character: str | None = None


class Relation(msgspec.Struct, frozen=True, array_like=True):
    """How one character stands to another, and the sentence that says so."""

    sentence: int
    subject: str
    relation: str
    object: str


class Opinion(msgspec.Struct, frozen=True, array_like=True):
    """A judgement, quoted from one sentence; ``polarity`` is one of the signs above."""

    sentence: int
    quote: str
    aspect: str
    polarity: str
    target: str | None = None


class Gold(msgspec.Struct, frozen=True):
    """One annotated review.

    ``sentences`` are half-open spans in code points of ``text``; ``roles``,
    ``spoil`` and ``pol`` hold one letter for each. ``rating`` is a
    score the text spells out; ``stars`` the annotator's estimate of the
    reviewer's score from 1 to 10, and ``rating_true`` that score where it is known.
    """

    id: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    roles: str
    spoil: str
    pol: str
    film: tuple[str, ...] = ()
    ents: tuple[Entity, ...] = ()
    credits: tuple[Credit, ...] = ()
    relations: tuple[Relation, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    rating: str | None = None
    stars: float = 5.5
    recommend: str = "none"
    rating_true: float | None = None
    film_id: str = ""

    def fault(self) -> str | None:
        """What makes this annotation unusable, if anything does."""
        number = len(self.sentences)
        letters = (("roles", self.roles, ROLES), ("spoil", self.spoil, "01"), ("pol", self.pol, POLARITIES))
        for name, codes, known in letters:
            if len(codes) != number:
                return f"{name} has {len(codes)} letters for {number} sentences"
            if unknown := set(codes) - set(known):
                return f"{name} holds {sorted(unknown)[0]!r}, which stands for nothing"
        rows: tuple[Credit | Relation | Opinion, ...] = (*self.credits, *self.relations, *self.opinions)
        if any(not 0 <= row.sentence < number for row in rows):
            return f"a row names a sentence outside 0-{number - 1}"
        if any(opinion.polarity not in POLARITIES for opinion in self.opinions):
            return "an opinion has a polarity that stands for nothing"
        return None


_decoder = msgspec.json.Decoder(Gold)


def parse(line: bytes | str) -> Gold:
    """One line of a gold file.

    Raises:
        InputError: if it is no annotated review.
    """
    try:
        gold = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no annotated review: {error}") from error
    if fault := gold.fault():
        raise InputError(f"no annotated review: {fault}")
    return gold


def read(path: Path) -> Iterator[Gold]:
    """The reviews of a gold file, one in memory at a time.

    Raises:
        InputError: if the file cannot be read, or at the first line that is no annotated review.
    """
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(lines(stream), 1):
                if line is None or line.strip():
                    try:
                        yield parse(line or b"")
                    except InputError as error:
                        raise InputError(f"{path}:{number}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
