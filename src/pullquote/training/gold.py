"""An annotated review as the numbers that heads are trained on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..evaluation.gold import POLARITIES as SIGNS
from ..evaluation.gold import ROLES as LETTERS
from ..evaluation.gold import Gold
from ..evaluation.names import name_key
from ..evaluation.places import flat, mention_places, quote_place
from ..reader.labels import (
    ASPECTS,
    CHARACTER,
    CREDITS,
    DESCRIPTION,
    JUDGED,
    NAMES,
    PERSON,
    POLARITIES,
    RECOMMENDATIONS,
    RELATIONS,
    ROLES,
    SYMMETRIC,
)
from ..reader.names import fullest
from ..reader.pairs import Pairs, pairs
from ..reader.places import places
from ..reader.shape import shapes
from ..reader.windows import LONGEST_TOKEN
from ..reader.wordpiece import WordPieces
from ..text import Document, document

Ints = NDArray[np.int64]
#: Target of what the gold does not say.
UNKNOWN = -100


@dataclass(slots=True)
class Lesson:
    """One annotated review; token ranges are half-open, `UNKNOWN` stands for what the gold does not say."""

    id: str
    pieces: list[tuple[int, ...]]
    shapes: list[int]
    names: Ints
    descriptions: Ints
    opinions: Ints
    spans: list[tuple[int, int, int]]  # opinion: first token, last token, aspect
    first: Ints
    last: Ints
    places: NDArray[np.float32]
    roles: Ints
    polarity: Ints
    spoiler: Ints
    mentions: Ints  # (mentions, 3): first token, last token, kind
    credits: NDArray[np.float32]  # (mentions, credits), -1 for mentions that are no people
    pairs: Pairs
    pair_group: Ints  # (pairs,) index of the pair of entities each belongs to
    cast: NDArray[np.float32]  # (groups,) 1, 0 or -1 (not a person and a character)
    relation: Ints  # (groups,) 0 none, else 1 + relation, UNKNOWN where not asked
    favourable: float
    stars: float
    recommend: int


def lesson(gold: Gold, wordpieces: WordPieces) -> Lesson:
    """Turn one annotated review into targets."""
    text = flat(gold.text)
    doc = document(gold.text)
    cut = doc.tokens
    token_range = _Ranges(doc)
    sentence_ranges = [token_range(*span) or (0, 0) for span in gold.sentences]
    known = [i for i, (a, b) in enumerate(sentence_ranges) if b > a]
    first = np.array([sentence_ranges[i][0] for i in known], dtype=np.int64)
    last = np.array([sentence_ranges[i][1] for i in known], dtype=np.int64)

    names = np.zeros(len(cut), dtype=np.int64)
    mentions: list[tuple[int, int, int, str]] = []
    films = {name_key(title) for title in gold.film}
    for start, end, kind in sorted(mention_places(gold, text)):
        if (span := token_range(start, end)) is None:
            continue
        form = gold.text[start:end]
        label = "FILM" if kind == "WORK" and name_key(form) in films else kind
        _tag(names, *span, NAMES.index(label))
        if kind in ("PERSON", "CHARACTER"):
            mentions.append((*span, PERSON if kind == "PERSON" else CHARACTER, form))
    described = _described(gold, text, token_range, {name_key(m[3]) for m in mentions if m[2] == CHARACTER})
    descriptions = np.zeros(len(cut), dtype=np.int64)
    for start, end, _ in described:
        _tag(descriptions, start, end, 0)
    mentions = sorted([*mentions, *((a, b, DESCRIPTION, form) for a, b, form in described)])

    opinions = np.zeros(len(cut), dtype=np.int64)
    spans: list[tuple[int, int, int]] = []
    for row in gold.opinions:
        place = quote_place(gold, text, row.sentence, row.quote)
        if place and (span := token_range(*place)):
            spans.append((*span, ASPECTS.index(row.aspect)))
            if row.polarity != "m" and not opinions[span[0] : span[1]].any():
                _tag(opinions, *span, JUDGED.index(SIGNS[row.polarity]))

    starts, ends, kinds = (np.array([m[i] for m in mentions], dtype=np.int64) for i in range(3))
    sentence = np.searchsorted(first, starts, side="right") - 1
    formed = pairs(starts, ends, kinds, sentence)
    entity = _entities(kinds, [m[3] for m in mentions])
    group, cast, relation = _pair_targets(gold, formed, kinds, entity)
    stars = float(gold.rating_true or gold.stars)
    return Lesson(
        id=gold.id,
        pieces=[p[:LONGEST_TOKEN] for p in wordpieces.cut(cut.forms)],
        shapes=shapes(cut.forms, doc.line_starts),
        names=names,
        descriptions=descriptions,
        opinions=opinions,
        spans=spans,
        first=first,
        last=last,
        places=places(first, last),
        roles=np.array([ROLES.index(LETTERS[gold.roles[i]]) for i in known], dtype=np.int64),
        polarity=np.array([POLARITIES.index(SIGNS[gold.pol[i]]) for i in known], dtype=np.int64),
        spoiler=np.array([int(gold.spoil[i]) for i in known], dtype=np.int64),
        mentions=np.stack([starts, ends, kinds], 1),
        credits=_credit_targets(gold, kinds, entity),
        pairs=formed,
        pair_group=group,
        cast=cast,
        relation=relation,
        favourable=float(stars >= 7) if gold.rating_true else (stars - 1) / 9,
        stars=stars,
        recommend=RECOMMENDATIONS.index(gold.recommend),
    )


class _Ranges:
    """Raw spans to half-open token ranges."""

    def __init__(self, doc: Document) -> None:
        self.starts = np.array(doc.tokens.starts, dtype=np.int64)
        self.ends = np.array(doc.tokens.ends, dtype=np.int64)

    def __call__(self, start: int, end: int) -> tuple[int, int] | None:
        a = int(np.searchsorted(self.ends, start, side="right"))
        b = int(np.searchsorted(self.starts, end, side="left"))
        return (a, b) if b > a else None


def _tag(tags: Ints, start: int, end: int, label: int) -> None:
    tags[start] = 1 + 2 * label
    tags[start + 1 : end] = 2 + 2 * label


def _described(gold: Gold, text: str, token_range: _Ranges, characters: set[str]) -> list[tuple[int, int, str]]:
    """Spans of characters known by description only ("his mother"): those in a cast or a relation."""
    rows = [(c.sentence, c.character) for c in gold.credits if c.character]
    rows += [(r.sentence, side) for r in gold.relations for side in (r.subject, r.object)]
    found: dict[tuple[int, int], str] = {}
    for sentence, form in rows:
        if name_key(form) in characters:
            continue
        order = sorted(range(len(gold.sentences)), key=lambda i, s=sentence: abs(i - s))  # type: ignore[misc]
        place = next((p for i in order if (p := quote_place(gold, text, i, form))), None)
        span = token_range(*place) if place else None
        if span and all(span[1] <= a or span[0] >= b for a, b in found):
            found[span] = form
    return [(a, b, form) for (a, b), form in found.items()]


def _entities(kinds: Ints, forms: list[str]) -> list[tuple[int, str]]:
    """Kind and key of the fullest form of each mention."""
    out = [(int(k), name_key(f)) for k, f in zip(kinds, forms, strict=True)]
    for kind in (PERSON, CHARACTER):
        rows = [i for i, k in enumerate(kinds) if k == kind]
        for i, j in zip(rows, fullest([forms[i] for i in rows]), strict=True):
            out[i] = (kind, name_key(forms[rows[j]]))
    return out


def _credit_targets(gold: Gold, kinds: Ints, entity: list[tuple[int, str]]) -> NDArray[np.float32]:
    out = np.full((len(kinds), len(CREDITS)), -1, dtype=np.float32)
    rows = {(name_key(c.person), c.role) for c in gold.credits}
    for i, (kind, key) in enumerate(entity):
        if kind == PERSON:
            out[i] = [(key, role) in rows for role in CREDITS]
    return out


def _pair_targets(
    gold: Gold, formed: Pairs, kinds: Ints, entity: list[tuple[int, str]]
) -> tuple[Ints, NDArray[np.float32], Ints]:
    """Group pairs of mentions by their two entities and say what holds between those."""
    cast_rows = {(name_key(c.person), name_key(c.character)) for c in gold.credits if c.role == "actor" and c.character}
    relation_rows = dict(_relation_rows(gold))
    groups: dict[tuple[tuple[int, str], tuple[int, str]], int] = {}
    group = np.array(
        [
            groups.setdefault((entity[a], entity[b]), len(groups))
            for a, b in zip(formed.first, formed.second, strict=True)
        ],
        dtype=np.int64,
    )
    cast = np.full(len(groups), -1, dtype=np.float32)
    relation = np.full(len(groups), UNKNOWN, dtype=np.int64)
    for (one, two), i in groups.items():
        if one[0] == PERSON:
            cast[i] = (one[1], two[1]) in cast_rows
        elif one != two:
            relation[i] = relation_rows.get((one[1], two[1]), 0)
    return group, cast, relation


def _relation_rows(gold: Gold) -> Iterable[tuple[tuple[str, str], int]]:
    for row in gold.relations:
        one, kind, two = name_key(row.subject), row.relation, name_key(row.object)
        if kind == "child of":
            one, kind, two = two, "parent of", one
        yield (one, two), 1 + RELATIONS.index(kind)
        if kind in SYMMETRIC:
            yield (two, one), 1 + RELATIONS.index(kind)
