"""The reading that agrees with an annotation in everything, and ways to spoil it."""

import random
from typing import Any, Literal, get_args

from pullquote import reading as published
from pullquote.evaluation.gold import POLARITIES, ROLES, Gold
from pullquote.evaluation.places import flat, mention_places, quote_place
from pullquote.reading import Credit, Film, Mention, Opinion, Reading, Relation, Segment, Verdict


def perfect(gold: Gold) -> Reading:
    """All that the annotation says, as a reading."""
    text = flat(gold.text)
    opinions = []
    for row in gold.opinions:
        place = quote_place(gold, text, row.sentence, row.quote)
        if place:
            opinions.append(
                Opinion(start=place[0], end=place[1], quote=gold.text[place[0] : place[1]], aspect=row.aspect,
                        polarity=POLARITIES[row.polarity], target=row.target)
            )  # fmt: skip
    first = gold.sentences[0]
    return Reading(
        id=gold.id,
        film=Film(title=gold.film[0], start=first[0], end=first[1]) if gold.film else None,
        segments=tuple(
            Segment(start=start, end=end, role=ROLES[role], polarity=POLARITIES[sign], spoiler=float(spoil))
            for (start, end), role, sign, spoil in zip(gold.sentences, gold.roles, gold.pol, gold.spoil, strict=True)
        ),
        mentions=tuple(
            Mention(start=start, end=end, type=kind, name=gold.text[start:end])
            for start, end, kind in sorted(mention_places(gold, text))
        ),
        credits=tuple(
            Credit(person=row.person, role=row.role, character=row.character, start=gold.sentences[row.sentence][0],
                   end=gold.sentences[row.sentence][1])
            for row in gold.credits
        ),
        relations=tuple(
            Relation(subject=row.subject, relation=row.relation, object=row.object,
                     start=gold.sentences[row.sentence][0], end=gold.sentences[row.sentence][1])
            for row in gold.relations
        ),
        opinions=tuple(opinions),
        verdict=Verdict(
            sentiment=1.0 if (gold.rating_true or 5) >= 7 else 0.0,
            stars=float(gold.rating_true or 5),
            recommend=gold.recommend,
        ),
    )  # fmt: skip


_LABELS: dict[str, dict[str, Any]] = {
    "segments": {"role": published.Role, "polarity": published.Polarity},
    "mentions": {"type": published.MentionType},
    "credits": {"role": published.CreditRole},
    "relations": {"relation": published.Relationship},
    "opinions": {"aspect": published.Aspect, "polarity": Literal["positive", "negative", "mixed"]},
}


def spoilt(reading: Reading, gold: Gold, chance: random.Random, harm: float) -> dict[str, Any]:
    """A copy of the reading, as a dictionary, that is wrong with about the probability ``harm`` everywhere.

    Claims are dropped, said twice, moved (sometimes out of the text), given
    another label, or another name; spoiler probabilities come on a coarse
    scale, so that many are equal.
    """
    spoiled = reading.to_dict()
    for kind, labels in _LABELS.items():
        rows = [dict(row) for row in spoiled[kind] for _ in range(_copies(chance, harm))]
        for row in rows:
            _spoil(row, labels, gold.text, chance, harm)
        if chance.random() < harm:
            chance.shuffle(rows)
        spoiled[kind] = rows
    verdict = spoiled["verdict"]
    if chance.random() < harm:
        verdict["sentiment"] = chance.choice([0.0, 0.49, 0.5, 0.51, chance.random()])
        verdict["stars"] = chance.uniform(1, 10)
        verdict["recommend"] = chance.choice(get_args(published.Recommendation))
    if chance.random() < harm:
        spoiled["film"] = chance.choice([None, {"title": "Роза", "start": 0, "end": 1}])
    return spoiled


def _copies(chance: random.Random, harm: float) -> int:
    return 0 if chance.random() < harm else 2 if chance.random() < harm / 2 else 1


def _spoil(row: dict[str, Any], labels: dict[str, Any], text: str, chance: random.Random, harm: float) -> None:
    if chance.random() < harm:
        row["start"] = max(0, row["start"] + chance.randint(-6, 6))
        row["end"] = max(row["start"] + 1, row["end"] + chance.randint(-6, 6))
    for field, known in labels.items():
        if chance.random() < harm:
            row[field] = chance.choice(get_args(known))
    for field in ("person", "character", "subject", "object"):
        if row.get(field) and chance.random() < harm:
            row[field] = chance.choice([row[field].upper(), f"Mr. {row[field]}", "Zoë Ünal", "", "Роза"])
    if "spoiler" in row and chance.random() < 2 * harm:
        row["spoiler"] = chance.randint(0, 10) / 10
    if "quote" in row and chance.random() < 1 - harm:
        row["quote"] = text[row["start"] : row["end"]]
