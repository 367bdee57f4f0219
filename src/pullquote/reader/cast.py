"""People, characters and how they hang together: credits, casts and relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..reading import Credit, Relation
from .cues import cued_roles
from .heads import Heads, mention_vectors, pool_groups, sigmoid, softmax
from .labels import CHARACTER, CREDITS, DESCRIPTION, NAMES, PERSON, RELATIONS, SYMMETRIC
from .mentions import Name
from .names import folded
from .pairs import pairs
from .settings import Settings
from .state import State
from .tags import spans

_ACTOR = CREDITS.index("actor")
#: What a set phrase ("directed by") is worth as a probability: enough to be claimed, less than the head when sure.
_CUED = 0.8
_KINDS = {"PERSON": PERSON, "CHARACTER": CHARACTER}
#: "Mother" is anybody's, "his mother" somebody.
_WHOSE = frozenset(["his", "her", "their", "my"])
_UNFINISHED = frozenset("a an the of his her their its my our your and or very , . - ' \" ( ) s".split())
#: At most so many relations a review, the likeliest.
_MOST_RELATIONS = 8
Entity = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Mention:
    first: int
    last: int
    kind: int
    full: str

    @property
    def entity(self) -> Entity:
        return self.kind, folded(self.full)


def credits_and_relations(
    state: State, named: Sequence[Name], heads: Heads, settings: Settings
) -> tuple[tuple[Credit, ...], tuple[Relation, ...]]:
    """Who did what, who plays whom, and how the characters stand to each other."""
    mentions = _mentions(state, named, settings)
    if not mentions:
        return (), ()
    starts, ends, kinds = (
        np.array(v, dtype=np.int64) for v in zip(*((m.first, m.last, m.kind) for m in mentions), strict=True)
    )
    vectors = mention_vectors(state.h, starts, ends)
    sentence = np.array([state.doc.sentence_of[i] for i in starts], dtype=np.int64)
    formed = pairs(starts, ends, kinds, sentence)
    casts: dict[tuple[Entity, Entity], float] = {}
    relations: dict[tuple[Entity, Entity], NDArray[np.float32]] = {}
    where: dict[tuple[Entity, Entity], tuple[int, int]] = {}
    if len(formed.first):
        raw = heads.pairs(state.h, vectors, formed)
        groups: dict[tuple[Entity, Entity], int] = {}
        keys = [(mentions[a].entity, mentions[b].entity) for a, b in zip(formed.first, formed.second, strict=True)]
        group = np.array([groups.setdefault(k, len(groups)) for k in keys], dtype=np.int64)
        pooled = pool_groups(raw, group, len(groups))
        strongest = raw.max(1)
        for row in np.argsort(strongest):  # the strongest pair of mentions is kept as evidence
            where[keys[row]] = (int(formed.first[row]), int(formed.second[row]))
        kinds_of = softmax(np.concatenate([np.zeros((len(pooled), 1), dtype=np.float32), pooled[:, 1:]], 1))
        cast_of = sigmoid(pooled[:, 0])
        for key, i in groups.items():
            if key[0][0] == PERSON:
                casts[key] = float(cast_of[i])
            elif key[0] != key[1]:
                relations[key] = kinds_of[i]
    full = {m.entity: m.full for m in reversed(mentions)}
    made = _credits(state, mentions, vectors, casts, where, full, heads, settings)
    return made, _relations(state, mentions, relations, where, full, settings)


def _mentions(state: State, named: Sequence[Name], settings: Settings) -> list[_Mention]:
    out = [_Mention(n.first, n.last, _KINDS[NAMES[n.label]], n.full) for n in named if NAMES[n.label] in _KINDS]
    exact = {(m.first, m.last) for m in out}
    for first, last in _descriptions(state, settings):
        if (first, last) not in exact:
            out.append(_Mention(first, last, DESCRIPTION, " ".join(state.words(first, last).split())))
    return sorted(out, key=lambda m: (m.first, m.last))


def _descriptions(state: State, settings: Settings) -> list[tuple[int, int]]:
    """Characters without a name, whole: "an elderly woman", "his mother"."""
    forms = state.doc.tokens.forms
    out: list[tuple[int, int]] = []
    for s in spans(state.descriptions, settings.description_eager):
        first = s.first
        if first and forms[first - 1].lower() in _WHOSE:
            first -= 1
        if out and out[-1][1] == first:  # torn in two: "elderly" "woman"
            first = out.pop()[0]
        out.append((first, s.last))
    # A description ends in what the character is, never in an article or a sign.
    return [(a, b) for a, b in out if forms[b - 1].lower() not in _UNFINISHED]


def _credits(
    state: State,
    mentions: Sequence[_Mention],
    vectors: NDArray[np.float32],
    casts: dict[tuple[Entity, Entity], float],
    where: dict[tuple[Entity, Entity], tuple[int, int]],
    full: dict[Entity, str],
    heads: Heads,
    settings: Settings,
) -> tuple[Credit, ...]:
    people = [i for i, m in enumerate(mentions) if m.kind == PERSON]
    if not people:
        return ()
    logits = heads.credits(vectors[people])
    forms = state.doc.tokens.forms
    ends_of_names = {mentions[i].last: mentions[i].first for i in people}
    rows: dict[Entity, list[int]] = defaultdict(list)
    for row, i in enumerate(people):
        rows[mentions[i].entity].append(row)
    out: list[Credit] = []
    for person, own in rows.items():
        chance = sigmoid(logits[own].mean(0))
        for row in own:
            for role_name in cued_roles(forms, mentions[people[row]].first, ends_of_names):
                at = CREDITS.index(role_name)
                chance[at] = max(chance[at], _CUED)
        parts = _parts(person, casts, settings.cast_from)
        if parts:
            chance[_ACTOR] = max(chance[_ACTOR], parts[0][0])
        for role, p in enumerate(chance):
            if p < settings.credit_from and not (role == _ACTOR and parts):
                continue
            if role == _ACTOR and parts:
                for q, character in parts:
                    a, b = (mentions[i] for i in where[person, character])
                    start, end = state.raw_span(min(a.first, b.first), max(a.last, b.last))
                    out.append(_credit(full[person], role, full[character], q, start, end))
            else:
                best = mentions[people[own[int(logits[own, role].argmax())]]]
                start, end = state.doc.sentences[state.doc.sentence_of[best.first]]
                out.append(_credit(full[person], role, None, float(p), start, end))
    return tuple(sorted(out, key=lambda c: (c.start, c.end, c.person, c.role)))


def _parts(person: Entity, casts: dict[tuple[Entity, Entity], float], enough: float) -> list[tuple[float, Entity]]:
    """Whom one actor plays, with probabilities, the likeliest first.

    The second and later characters need as much evidence again. A description
    ("his mother") stands in where there is no name, and then only the best.
    """
    played = sorted(((p, two) for (one, two), p in casts.items() if one == person and p >= enough), reverse=True)
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


def _relations(
    state: State,
    mentions: Sequence[_Mention],
    found: dict[tuple[Entity, Entity], NDArray[np.float32]],
    where: dict[tuple[Entity, Entity], tuple[int, int]],
    full: dict[Entity, str],
    settings: Settings,
) -> tuple[Relation, ...]:
    best: dict[frozenset[Entity], tuple[float, float, str, Entity, Entity]] = {}
    for (one, two), kinds in found.items():
        k = int(kinds[1:].argmax())
        name = RELATIONS[k]
        # That some relation holds is surer than which: the first decides whether to speak.
        some, this = 1.0 - float(kinds[0]), float(kinds[1 + k])
        if name in SYMMETRIC and (two, one) in found:
            back = found[two, one]
            some, this = (some + 1.0 - float(back[0])) / 2, (this + float(back[1 + k])) / 2
        pair = frozenset((one, two))
        if some >= settings.relation_from and some > best.get(pair, (0.0,))[0]:
            best[pair] = (some, this, name, one, two)
    out = []
    for _, p, name, one, two in sorted(best.values(), key=lambda r: -r[0])[:_MOST_RELATIONS]:
        a, b = (mentions[i] for i in where[one, two])
        start, end = state.raw_span(min(a.first, b.first), max(a.last, b.last))
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
    return tuple(sorted(out, key=lambda r: (r.start, r.end)))
