"""A reading put in the order in which a person wants it: cast, people, story, praise and blame.

Terminal and page show the same outline; it also says what must stay veiled.
A claim whose words overlap a spoiler sentence is veiled with that sentence,
for a quote or a relation can give an ending away as well as the plot can.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import get_args

from ..reading import Aspect, CreditRole, Reading
from ..text.clean import clean_text
from . import words
from .layers import Mark, marks

_ROLES: tuple[str, ...] = (*(r for r in get_args(CreditRole) if r not in {"actor", "other"}), "other", "actor")
_ASPECTS: tuple[str, ...] = get_args(Aspect)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline: the claims it stands on and the spoilers that veil it."""

    claims: tuple[str, ...]
    tooltip: str
    confidence: float | None = None
    veils: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part(Line):
    """Someone's part in the film; a veiled line hides only ``character``."""

    person: str = ""
    role: str = ""
    character: str | None = None


@dataclass(frozen=True, slots=True)
class Bond(Line):
    """How one character stands to another."""

    subject: str = ""
    relation: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Name(Line):
    """Everyone and everything named, once, with how often."""

    name: str = ""
    type: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Passage(Line):
    """Words of the review: a plot sentence, or a piece of evidence."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Judgement(Passage):
    """One opinion with its quote."""

    aspect: str = ""
    polarity: str = ""
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The judgements of one polarity, by aspect."""

    polarity: str
    aspects: tuple[tuple[str, tuple[Judgement, ...]], ...]

    @property
    def count(self) -> int:
        """How many judgements the group holds."""
        return sum(len(found) for _, found in self.aspects)


@dataclass(frozen=True, slots=True)
class Outline:
    """All of a reading, arranged."""

    title: str | None
    film: Line | None = None
    parts: tuple[Part, ...] = ()
    bonds: tuple[Bond, ...] = ()
    characters: tuple[Name, ...] = ()
    people: tuple[Name, ...] = ()
    places: tuple[Name, ...] = ()
    story: tuple[Passage, ...] = ()
    groups: tuple[Group, ...] = ()
    evidence: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = field(default=(), repr=False)


def outline(reading: Reading, text: str) -> Outline:
    """Arrange ``reading`` over its raw review ``text``."""
    laid = {m.id: m for m in marks(reading, text)}
    shown = clean_text(text).text
    spoilers = [m for m in laid.values() if "spoiler" in m.classes]

    def words_at(mark: Mark) -> str:
        return " ".join(words.visible(shown[mark.start : mark.end]).split())

    def line(mark: Mark) -> tuple[tuple[str, ...], str, float | None, tuple[str, ...]]:
        return (mark.id,), mark.tooltip, mark.confidence, _veils(mark, spoilers)

    story = [
        Passage(*line(laid[f"s{n}"]), text=words_at(laid[f"s{n}"]))
        for n, s in enumerate(reading.segments)
        if s.role == "plot"
    ]
    bonds = [
        Bond(*line(laid[f"r{n}"]), words.plain(r.subject), words.relation(r.relation), words.plain(r.object))
        for n, r in enumerate(reading.relations)
    ]
    opinions = [
        Judgement(
            *line(laid[f"o{n}"]),
            text=words_at(laid[f"o{n}"]) or words.plain(o.quote),
            aspect=o.aspect,
            polarity=o.polarity,
            target=words.plain(o.target) if o.target else None,
        )
        for n, o in enumerate(reading.opinions)
    ]
    evidence = [
        Passage(*line(laid[f"e{n}"]), text=words_at(laid[f"e{n}"])) for n in range(len(reading.verdict.evidence))
    ]
    return Outline(
        title=words.plain(reading.film.title) if reading.film else None,
        # A film's name is no secret, whatever sentence it stands in.
        film=Line(("f0",), laid["f0"].tooltip, laid["f0"].confidence) if reading.film else None,
        parts=_parts(reading, laid, spoilers),
        bonds=tuple(bonds),
        characters=_names(reading, laid, {"CHARACTER"}),
        people=_names(reading, laid, {"PERSON"}),
        places=_names(reading, laid, {"WORK", "ORG", "PLACE", "EVENT"}),
        story=tuple(story),
        groups=tuple(_groups(opinions)),
        evidence=tuple(evidence),
        warnings=tuple(words.plain(w) for w in reading.warnings),
        marks=tuple(laid.values()),
    )


def veiled(lines: Iterable[Line]) -> int:
    """How many of ``lines`` are veiled."""
    return sum(bool(found.veils) for found in lines)


def _veils(mark: Mark, spoilers: Sequence[Mark]) -> tuple[str, ...]:
    return tuple(s.id for s in spoilers if s.id == mark.id or (mark.start < s.end and s.start < mark.end))


def _parts(reading: Reading, laid: dict[str, Mark], spoilers: Sequence[Mark]) -> tuple[Part, ...]:
    """One row for a person, role and character, however often the review says so; actors last."""
    said: dict[tuple[str, str, str | None], list[Mark]] = {}
    for n, c in enumerate(reading.credits):
        key = (words.plain(c.person), c.role, words.plain(c.character) if c.character else None)
        said.setdefault(key, []).append(laid[f"c{n}"])
    rows = []
    for (person, role, character), found in said.items():
        surest = max(found, key=lambda m: m.confidence or 0.0)
        # Said once in the open, it is no secret.
        hidden = [_veils(m, spoilers) for m in found]
        veils = tuple(dict.fromkeys(v for h in hidden for v in h)) if all(hidden) else ()
        ids = tuple(m.id for m in found)
        rows.append(Part(ids, surest.tooltip, surest.confidence, veils, person, role, character))
    return tuple(sorted(rows, key=lambda p: _ROLES.index(p.role)))


def _names(reading: Reading, laid: dict[str, Mark], types: set[str]) -> tuple[Name, ...]:
    found: dict[tuple[str, str], list[Mark]] = {}
    for n, m in enumerate(reading.mentions):
        if m.type in types:
            found.setdefault((words.plain(m.name), m.type), []).append(laid[f"m{n}"])
    names = []
    for (name, kind), at in found.items():
        surest = max(at, key=lambda m: m.confidence or 0.0)
        names.append(
            Name(tuple(m.id for m in at), surest.tooltip, surest.confidence, (), name, words.MENTIONS[kind], len(at))
        )
    return tuple(sorted(names, key=lambda n: -n.times))


def _groups(opinions: Sequence[Judgement]) -> Iterable[Group]:
    for polarity in ("positive", "negative", "mixed"):
        chosen = [o for o in opinions if o.polarity == polarity]
        if chosen:
            by_aspect = ((a, tuple(o for o in chosen if o.aspect == a)) for a in _ASPECTS)
            yield Group(polarity, tuple((a, found) for a, found in by_aspect if found))
