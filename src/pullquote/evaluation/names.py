"""When two names are the same name, and two relations the same relation."""

from __future__ import annotations

import re
import unicodedata

_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "the"})
_SIGNS = re.compile(r"[^\w\s]")

#: Relations that hold both ways, so that the order of the two names says nothing.
_MUTUAL = frozenset(
    {"sibling of", "spouse of", "lover of", "relative of", "friend of", "enemy of", "colleague of", "other"}
)


def name_key(name: str | None) -> str:
    """What of a name counts: not its case, accents, signs, honorifics or articles.

    >>> name_key("Mr. Gael García-Bernal")
    'gael garcia bernal'
    """
    letters = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode("ascii").lower()
    return " ".join(word for word in _SIGNS.sub(" ", letters).split() if word not in _HONORIFICS)


def relation_key(subject: str, relation: str, object: str) -> tuple[str, str, str]:
    """What of a relation counts: the same bond told from either side is one.

    >>> relation_key("Carlitos", "child of", "Rosario")
    ('rosario', 'parent of', 'carlitos')
    >>> relation_key("Tom", "friend of", "Ann") == relation_key("Ann", "friend of", "Tom")
    True
    """
    first, second = name_key(subject), name_key(object)
    if relation == "child of":
        return second, "parent of", first
    if relation in _MUTUAL and second < first:
        first, second = second, first
    return first, relation, second
