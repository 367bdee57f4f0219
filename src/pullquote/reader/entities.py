"""Mentions that mean one person or character become an entity; the heads' scores are pooled over them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import msgspec
import numpy as np

from ..text import Document
from .heads import Heads, mention_vectors, pool_groups, sigmoid, softmax
from .labels import CHARACTER, DESCRIPTION, NAMES, PERSON
from .mentions import Name
from .names import folded
from .pairs import REACH, Pairs, pairs
from .runs import Floats, Ints, run_means
from .settings import Settings
from .state import State, words
from .tags import TaggedSpan, spans_by_review

_KINDS = {NAMES.index("PERSON"): PERSON, NAMES.index("CHARACTER"): CHARACTER}
#: "Mother" is anybody's, "his mother" somebody.
_WHOSE = frozenset(["his", "her", "their", "my"])
_UNFINISHED = frozenset("a an the of his her their its my our your and or very , . - ' \" ( ) s".split())
#: Kind, and the fullest form of the name, folded.
Entity = tuple[int, str]


class PersonMention(msgspec.Struct, frozen=True):
    """Tokens ``first`` to ``last`` (half-open) of a review that mean a person, a character or a described one."""

    first: int
    last: int
    full: str
    entity: Entity


class Person(NamedTuple):
    """A person of the review: where it is mentioned, and what the credit head says.

    ``mentions`` are places in `People.mentions`; ``logits`` has a row of credits for each, ``chances`` is pooled.
    """

    entity: Entity
    mentions: list[int]
    logits: list[list[float]]
    chances: list[float]


class Link(NamedTuple):
    """What the pair head says of two entities.

    ``cast`` is the probability that the first plays the second, ``relations`` that of no relation and of each;
    ``where`` are the two mentions that say it most clearly, as places in `People.mentions`.
    """

    cast: float
    relations: list[float]
    where: tuple[int, int]


class People(NamedTuple):
    """The people and characters of one review, in reading order, and every link that could be between them."""

    mentions: list[PersonMention]
    persons: list[Person]
    links: dict[tuple[Entity, Entity], Link]


def people(state: State, named: Sequence[Sequence[Name]], heads: Heads, settings: Settings) -> list[People]:
    """The people and characters of each review, scored."""
    found = spans_by_review(state.descriptions, state.edges, settings.description_eager)
    mentions = [_mentions(*one) for one in zip(state.docs, named, found, strict=True)]
    cuts = [0, *accumulate(map(len, mentions))]
    flat = [m for own in mentions for m in own]
    if not flat:
        return [People([], [], {}) for _ in state.docs]
    review = np.repeat(np.arange(len(mentions)), [len(own) for own in mentions])
    starts, ends = np.array([m.first for m in flat]), np.array([m.last for m in flat])
    shift = np.array(state.edges)[review]
    vectors = mention_vectors(state.h, starts + shift, ends + shift)
    numbers: dict[tuple[int, Entity], int] = {}
    entity = np.array([numbers.setdefault((r, m.entity), len(numbers)) for r, own in enumerate(mentions) for m in own])
    persons = _persons(mentions, cuts, vectors, entity, heads)
    links = _links(state, mentions, cuts, vectors, entity, heads)
    return [People(*one) for one in zip(mentions, persons, links, strict=True)]


def _mentions(doc: Document, named: Sequence[Name], described: Sequence[TaggedSpan]) -> list[PersonMention]:
    out = [
        PersonMention(n.first, n.last, n.full, (_KINDS[n.label], folded(n.full))) for n in named if n.label in _KINDS
    ]
    exact = {(m.first, m.last) for m in out}
    for first, last in _descriptions(doc, described):
        if (first, last) not in exact:
            form = words(doc, first, last)
            out.append(PersonMention(first, last, form, (DESCRIPTION, folded(form))))
    out.sort(key=_place)
    return out


def _place(mention: PersonMention) -> tuple[int, int]:
    return mention.first, mention.last


def _descriptions(doc: Document, found: Sequence[TaggedSpan]) -> list[tuple[int, int]]:
    """Characters without a name, whole: "an elderly woman", "his mother"."""
    forms = doc.tokens.forms
    out: list[tuple[int, int]] = []
    for s in found:
        first = s.first
        if first and forms[first - 1].lower() in _WHOSE:
            first -= 1
        if out and out[-1][1] == first:  # torn in two: "elderly" "woman"
            first = out.pop()[0]
        out.append((first, s.last))
    # A description ends in what the character is, never in an article or a sign.
    return [(a, b) for a, b in out if forms[b - 1].lower() not in _UNFINISHED]


def _persons(
    mentions: Sequence[Sequence[PersonMention]], cuts: Sequence[int], vectors: Floats, entity: Ints, heads: Heads
) -> list[list[Person]]:
    """The persons of each review with their credits, the mean over their mentions."""
    places = [[i for i, m in enumerate(own) if m.entity[0] == PERSON] for own in mentions]
    rows = [cut + i for cut, own in zip(cuts, places, strict=False) for i in own]
    if not rows:
        return [[] for _ in mentions]
    # A review's products are its own: how a row comes out depends on the rows beside it, to the last digit.
    logits = np.concatenate(
        [heads.credits(vectors[[cut + i for i in own]]) for cut, own in zip(cuts, places, strict=False) if own]
    )
    who = entity[rows]
    order = np.argsort(who, kind="stable")
    size = np.unique(who, return_counts=True)[1]
    chances = iter(sigmoid(run_means(logits[order], np.cumsum(size) - size, size)).tolist())
    scores = iter(logits.tolist())
    out: list[list[Person]] = []
    for own, at in zip(mentions, places, strict=True):
        met: dict[Entity, tuple[list[int], list[list[float]]]] = {}
        for i in at:
            indices, lines = met.setdefault(own[i].entity, ([], []))
            indices.append(i)
            lines.append(next(scores))
        # Entities are numbered as they are met, so the pooled chances come in the same order.
        out.append([Person(key, indices, lines, next(chances)) for key, (indices, lines) in met.items()])
    return out


def _links(
    state: State,
    mentions: Sequence[Sequence[PersonMention]],
    cuts: Sequence[int],
    vectors: Floats,
    entity: Ints,
    heads: Heads,
) -> list[dict[tuple[Entity, Entity], Link]]:
    """Every two entities of each review that stand near each other somewhere, in the order they are met."""
    formed = _pairs(state, mentions)
    raw: list[Floats] = []
    for r, own in enumerate(formed):
        if len(own.first):
            raw.append(heads.pairs(state.h[state.edges[r] : state.edges[r + 1]], vectors[cuts[r] : cuts[r + 1]], own))
    if not raw:
        return [{} for _ in mentions]
    scores = np.concatenate(raw)
    first = np.concatenate([own.first + cut for own, cut in zip(formed, cuts, strict=False)])
    second = np.concatenate([own.second + cut for own, cut in zip(formed, cuts, strict=False)])
    _, met, group = np.unique(entity[first] * len(entity) + entity[second], return_index=True, return_inverse=True)
    pooled = pool_groups(scores, group, len(met))
    none = np.zeros((len(pooled), 1), dtype=np.float32)
    kinds = softmax(np.concatenate([none, pooled[:, 1:]], 1)).tolist()
    casts = sigmoid(pooled[:, 0]).tolist()
    # The strongest pair of mentions is kept as evidence.
    rows = np.lexsort((scores.max(1), group))
    strongest = rows[np.cumsum(np.bincount(group)) - 1].tolist()
    one, other = first.tolist(), second.tolist()
    flat = [m.entity for own in mentions for m in own]
    of_pair = np.repeat(np.arange(len(mentions)), [len(own.first) for own in formed]).tolist()
    out: list[dict[tuple[Entity, Entity], Link]] = [{} for _ in mentions]
    for g in np.argsort(met).tolist():
        row = strongest[g]
        r = of_pair[row]
        a, b, cut = one[row], other[row], cuts[r]
        out[r][flat[a], flat[b]] = Link(casts[g], kinds[g], (a - cut, b - cut))
    return out


def _pairs(state: State, mentions: Sequence[Sequence[PersonMention]]) -> list[Pairs]:
    """The pairs of each review; all are formed at once, with so much room between reviews that none crosses."""
    sizes = [len(own) for own in mentions]
    room = np.array(state.edges[:-1]) + (REACH + 1) * np.arange(len(mentions))
    sentences = np.cumsum([0, *(len(doc.sentences) for doc in state.docs[:-1])])
    place = np.repeat(room, sizes)
    formed = pairs(
        place + np.array([m.first for own in mentions for m in own]),
        place + np.array([m.last for own in mentions for m in own]),
        np.array([m.entity[0] for own in mentions for m in own]),
        np.repeat(sentences, sizes)
        + np.array([doc.sentence_of[m.first] for doc, own in zip(state.docs, mentions, strict=True) for m in own]),
    )
    before = np.cumsum([0, *sizes])
    edges = np.searchsorted(formed.first, before).tolist()
    return [
        Pairs(
            formed.first[a:b] - before[r],
            formed.second[a:b] - before[r],
            formed.gap_from[a:b] - room[r],
            formed.gap_to[a:b] - room[r],
            formed.features[a:b],
        )
        for r, (a, b) in enumerate(pairwise(edges))
    ]
