"""What reviews, names and films are known by, so that the same thing met twice is one."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from ..reader.names import bare_words, folded
from ..sources.record import Record

_ARTICLES = frozenset({"the", "a", "an"})


def review_key(record: Record) -> bytes:
    """16 bytes that stand for a review: its text, the film its source names, and its author.

    Two people may write the same short words, and one the same of two films; such reviews are two.
    BLAKE2b (Aumasson et al., 2013) makes chance collisions of no concern.
    """
    return content_key(record.text, record.film_id, record.title, record.year, record.author)


def content_key(text: str, film_id: str | None, title: str | None, year: int | None, author: str | None) -> bytes:
    """The same from the columns of the table ``reviews``."""
    digest = hashlib.blake2b(digest_size=16)
    film = film_id or (f"{title} ({year})" if title else "")
    for part in (text, film, author or ""):
        data = part.encode("utf-8", "surrogatepass")
        # Lengths go in too, so that words cannot wander from one part to the next.
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """A name without case, accents, signs and honorifics.

    >>> name_key("Mr. Gael García-Bernal"), name_key("宮崎駿")
    ('gael garcia bernal', '宮崎駿')
    """
    return " ".join(bare_words(name)) or name.casefold()


@lru_cache(maxsize=65_536)
def title_key(title: str) -> str:
    """A title without case, accents, signs and its first article, wherever that stands.

    >>> title_key("Matrix, The"), title_key("The Matrix"), title_key("A.I."), title_key("$")
    ('matrix', 'matrix', 'a i', '$')
    """
    words = folded(title).split()
    if len(words) > 1 and title.rstrip().lower().endswith((", the", ", a", ", an")):
        words = words[:-1]
    elif len(words) > 1 and words[0] in _ARTICLES and not title.lstrip()[:2].endswith("."):
        words = words[1:]
    return " ".join(words) or title.casefold().strip()


def film_key(title: str, year: int | None) -> str:
    """The id of a film that is known by its title alone.

    >>> film_key("La misma luna", 2007)
    'title:la misma luna (2007)'
    """
    return f"title:{title_key(title)}" + (f" ({year})" if year else "")
