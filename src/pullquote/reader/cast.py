"""Who did what, who plays whom, and how the characters stand to each other: credits, casts and relations."""

from __future__ import annotations

from ..reading import Credit, Relation
from ..text import Document
from .cues import cued_roles
from .entities import Entity, Link, People, Person
from .labels import CHARACTER, CREDITS, PERSON, RELATIONS, SYMMETRIC
from .settings import Settings
from .state import raw_span

_ACTOR = CREDITS.index("actor")
#: What a set phrase ("directed by") is worth as a probability: enough to be claimed, less than the head when sure.
_CUED = 0.8
#: At most so many relations a review, the likeliest.
_MOST_RELATIONS = 8


def credits(doc: Document, people: People, settings: Settings) -> tuple[Credit, ...]:
    """Who did what, in reading order."""
    if not people.persons:
        return ()
    mentions, forms = people.mentions, doc.tokens.forms
    ends_of_names = {mentions[i].last: mentions[i].first for person in people.persons for i in person.mentions}
    casts: dict[Entity, list[tuple[float, Entity]]] = {}
    for (one, other), link in people.links.items():
        if one[0] == PERSON and link.cast >= settings.cast_from:
            casts.setdefault(one, []).append((link.cast, other))
    full = _full(people)
    out: list[Credit] = []
    for person in people.persons:
        chances = list(person.chances)
        for i in person.mentions:
            for name in cued_roles(forms, mentions[i].first, ends_of_names):
                at = CREDITS.index(name)
                chances[at] = max(chances[at], _CUED)
        parts = _parts(casts.get(person.entity, []), settings.cast_from)
        for role, chance in enumerate(chances):
            if role == _ACTOR and parts:
                for p, character in parts:
                    start, end = _span(doc, people, people.links[person.entity, character])
                    out.append(_credit(full[person.entity], role, full[character], p, start, end))
            elif chance >= settings.credit_from:
                start, end = doc.sentences[doc.sentence_of[mentions[_clearest(person, role)].first]]
                out.append(_credit(full[person.entity], role, None, chance, start, end))
    out.sort(key=lambda c: (c.start, c.end, c.person, c.role))
    return tuple(out)


def _full(people: People) -> dict[Entity, str]:
    return {m.entity: m.full for m in reversed(people.mentions)}


def _clearest(person: Person, role: int) -> int:
    """The mention that says most clearly that the person had this role."""
    rows = range(len(person.mentions))
    return person.mentions[max(rows, key=lambda row: person.logits[row][role])]


def _span(doc: Document, people: People, link: Link) -> tuple[int, int]:
    """The passage from one of two linked mentions to the other."""
    a, b = (people.mentions[i] for i in link.where)
    return raw_span(doc, min(a.first, b.first), max(a.last, b.last))


def _parts(played: list[tuple[float, Entity]], enough: float) -> list[tuple[float, Entity]]:
    """Whom one actor plays, with probabilities, the likeliest first.

    The second and later characters need as much evidence again. A description
    ("his mother") stands in where there is no name, and then only the best.
    """
    played.sort(reverse=True)
    named = [(p, c) for p, c in played if c[0] == CHARACTER]
    if not named:
        return played[:1]
    return [(p, c) for n, (p, c) in enumerate(named) if n == 0 or p >= (1 + enough) / 2]


def _credit(person: str, role: int, character: str | None, p: float, start: int, end: int) -> Credit:
    return Credit(
        person=person,
        role=CREDITS[role],  # type: ignore[arg-type]
        character=character,
        start=start,
        end=end,
        confidence=round(p, 4),
    )


def relations(doc: Document, people: People, settings: Settings) -> tuple[Relation, ...]:
    """How the characters stand to each other, in reading order; between two of them at most one relation."""
    best: dict[frozenset[Entity], tuple[float, float, str, Entity, Entity]] = {}
    for (one, two), link in people.links.items():
        if one[0] == PERSON or one == two:
            continue
        kinds = link.relations
        this = max(kinds[1:])
        k = kinds.index(this, 1)
        name = RELATIONS[k - 1]
        # That some relation holds is surer than which: the first decides whether to speak.
        some = 1.0 - kinds[0]
        if name in SYMMETRIC and (two, one) in people.links:
            back = people.links[two, one].relations
            some, this = (some + 1.0 - back[0]) / 2, (this + back[k]) / 2
        if some >= settings.relation_from:
            pair = frozenset((one, two))
            if some > best.get(pair, (0.0,))[0]:
                best[pair] = (some, this, name, one, two)
    if not best:
        return ()
    full = _full(people)
    out = []
    for _, p, name, one, two in sorted(best.values(), key=lambda r: -r[0])[:_MOST_RELATIONS]:
        start, end = _span(doc, people, people.links[one, two])
        out.append(
            Relation(
                subject=full[one],
                relation=name,  # type: ignore[arg-type]
                object=full[two],
                start=start,
                end=end,
                confidence=round(p, 4),
            )
        )
    out.sort(key=lambda r: (r.start, r.end))
    return tuple(out)
