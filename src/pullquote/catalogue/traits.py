"""What a review is known by among other reviews: the names and works in it, its claim of a title, its rare words."""

from __future__ import annotations

import math

import msgspec

from ..reading import Reading
from .keys import key, words
from .spans import plain
from .words import rarity, word_bits

#: Bits from which a word is rare, and what is taken off so that the rarest weigh most.
_RARE, _COMMON = 10.0, 9.0
#: Letters of the shortest name that counts: "Jo" and "K" are everybody's.
_SHORTEST = 3


class Traits(msgspec.Struct, frozen=True):
    """One review's traits.

    ``people`` and ``characters`` hold the rarity of each name (`words.rarity`), ``works`` keys of titles, ``claim``
    the key of the title that the reader claims with confidence ``sure``. ``rare`` is a vector of length 1 over rare
    words.
    """

    people: dict[str, float]
    characters: dict[str, float]
    works: list[str]
    claim: str | None
    sure: float
    rare: dict[str, float]

    @property
    def names(self) -> set[str]:
        """All names, of people and of characters."""
        return self.people.keys() | self.characters.keys()


def traits(reading: Reading, text: str) -> Traits:
    """The traits of a review.

    Args:
        reading: the review's.
        text: the review to the letter.
    """
    people = {m.name for m in reading.mentions if m.type == "PERSON"} | {c.person for c in reading.credits}
    characters = {m.name for m in reading.mentions if m.type == "CHARACTER"}
    characters |= {c.character for c in reading.credits if c.character}
    return Traits(
        people=_rarities(people),
        characters=_rarities(characters),
        works=sorted({key(m.name)[0] for m in reading.mentions if m.type == "WORK"}),
        claim=key(reading.film.title)[0] if reading.film else None,
        sure=reading.film.confidence if reading.film else 0.0,
        rare=_rare(text),
    )


def _rarities(names: set[str]) -> dict[str, float]:
    folded = {name.lower().strip() for name in names}
    return {name: rarity(key(name)[0]) for name in sorted(folded) if len(name) >= _SHORTEST}


def _rare(text: str) -> dict[str, float]:
    found = {word: word_bits(word) for word in words(plain(text))}
    weights = {word: bits - _COMMON for word, bits in found.items() if bits > _RARE}
    length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    return {word: round(weight / length, 4) for word, weight in weights.items()}
