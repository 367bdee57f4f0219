"""People of a review found among those credited on its film."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..reader.names import bare_words
from ..reading import Reading
from .store import Credited


def person(name: str, credited: Sequence[Credited]) -> Credited | None:
    """Whom of a film's people a review means by ``name``; None if nobody, or if it may be several.

    The name in full comes first; else all its words must be words of one person's name ("Reeves", "Ms. Moss").

    >>> crew = [Credited("nm1", "Ana Weiss", "ana weiss", "actor"), Credited("nm2", "Tom Weiss", "tom weiss", "actor")]
    >>> person("Ana", crew).person, person("Weiss", crew)
    ('nm1', None)
    """
    words = bare_words(name)
    full = [c for c in credited if c.key == " ".join(words)]
    if not full:
        full = [c for c in credited if set(words) <= set(c.key.split())]
    return full[0] if len({c.person for c in full}) == 1 else None


def named(reading: Reading) -> list[str]:
    """The people a review names in full, once each, those it credits first."""
    names = [c.person for c in reading.credits] + [m.name for m in reading.mentions if m.type == "PERSON"]
    return [name for name in dict.fromkeys(names) if len(bare_words(name)) > 1]


def known(names: Iterable[str], credited: Sequence[Credited]) -> dict[str, Credited]:
    """Those of ``names`` who are credited on the film, with their credit."""
    found = {name: person(name, credited) for name in names}
    return {name: who for name, who in found.items() if who is not None}
