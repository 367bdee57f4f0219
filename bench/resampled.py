"""A folder of readings of any size, made without a reader: reviews in our own words, resampled.

    python bench/resampled.py DIR NUMBER [--seed N]

Texts are put together of some dozen sentences with films, people and characters that do not exist; claims stand where
their words do, and about as many as real reviews have (13 sentences, 8 names, 9 opinions). 600 such reviews are drawn
from again and again, each time as another author's and of one of 800 films for every 100,000 reviews.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pullquote.library.keys import content_key
from pullquote.reading import SCHEMA, Credit, Evidence, Mention, Opinion, Reading, Relation, Segment, Verdict
from pullquote.scale.manifest import Entry, entry_name
from pullquote.scale.order import FORM, MARK
from pullquote.scale.schema import row_schema, rows
from pullquote.sources.record import Record

#: Reviews in one part, different ones, and films for every so many reviews.
PART, POOL, FILMS, FILMS_ANEW = 2_000, 600, 800, 100_000
FIRST = ("Ana", "Jon", "Mira", "Otto", "Lena", "Sam", "Ruth", "Ivo", "Nell", "Karl")
LAST = ("Róca", "Vale", "Hart", "Lind", "Sorel", "Okoro", "Brandt", "Quist", "Marek", "Tan")
SAID = (
    ("acting", "positive", "The acting is {good} from the first minute to the last."),
    ("acting", "negative", "{actor} is {bad} in a part that asks for much more."),
    ("story", "negative", "The story is {bad}, and it never finds its feet again."),
    ("story", "positive", "What a {good} story, told without one word too many."),
    ("writing", "positive", "The dialogue is {good} and sounds like people talking."),
    ("visuals", "positive", "Every picture of the harbour at night is {good}."),
    ("sound", "negative", "The music is {bad} and drowns out half the lines."),
    ("direction", "positive", "{director} keeps a {good} hold on all of it."),
    ("overall", "positive", "All in all this is a {good} film, and I would see it again."),
    ("overall", "negative", "In the end it is a {bad} film that I cannot recommend."),
)
TOLD = (
    "{hero} comes home to the island after ten years at sea.",
    "{hero} and {other} look for the keeper of the old light.",
    "Nobody in the village will say what {other} saw that winter.",
    "{actor} plays {hero} as a man who has forgotten how to talk.",
    "I saw it on a rainy Sunday with my brother and a bag of plums.",
    "It was made for little money, and in the second half one can see it.",
)
GOOD, BAD = ("superb", "warm", "clever", "charming", "gripping"), ("dull", "noisy", "endless", "cold", "clumsy")


def pool(seed: int = 1) -> list[tuple[Record, Reading]]:
    """Reviews with their readings."""
    dice = random.Random(seed)
    return [_one(dice, number) for number in range(POOL)]


def folder(target: Path, number: int, *, seed: int = 1, first: int = 0) -> Iterator[int]:
    """Write ``number`` readings to ``target``, as `pullquote read --engine ray` does; yields how many there are.

    Args:
        first: number of the first part, to go on with a folder that is there.
    """
    dice = random.Random(f"{seed} {first}")
    own = pool(seed)
    whole = rows("made", [r for r, _ in own], [r.to_json() for _, r in own])
    for name in ("readings", "manifest"):
        (target / name).mkdir(parents=True, exist_ok=True)
    mark = {"form": FORM, "schema": SCHEMA, "model": "made/1", "weights": "", "version": "0", "options": {}}
    (target / MARK).write_bytes(msgspec.json.encode(mark))
    for part, start in enumerate(range(0, number, PART), first):
        size = min(PART, number - start)
        data = io.BytesIO()
        pq.write_table(_drawn(whole, own, dice, part * PART, size), data, compression="zstd")
        name = f"made-{part:05}"
        (target / "readings" / f"{name}.parquet").write_bytes(data.getvalue())
        done = Entry(
            part=name, input="made", size=0, modified="", number=part, last=False, rows=size, read=size, failed=0,
            bytes=data.tell(), sha256=hashlib.sha256(data.getvalue()).hexdigest(), model="made/1", version="0",
        )  # fmt: skip
        (target / entry_name(name)).write_bytes(msgspec.json.encode(done))
        yield start + size


def _drawn(whole: pa.Table, own: list[tuple[Record, Reading]], dice: random.Random, first: int, size: int) -> pa.Table:
    places = [dice.randrange(POOL) for _ in range(size)]
    numbers = range(first, first + size)
    films = [f"film{dice.randrange(FILMS)}-{n // FILMS_ANEW}" for n in numbers]
    stars = [float(dice.randrange(1, 11)) if dice.random() < 0.5 else None for _ in numbers]
    keys = [
        content_key(own[place][0].text, film, None, None, f"author {n}").hex()
        for place, film, n in zip(places, films, numbers, strict=True)
    ]
    fresh = {
        "id": [f"r{n}" for n in numbers],
        "origin": [f"made:{n}" for n in numbers],
        "author": [f"author {n}" for n in numbers],
        "key": keys,
        "film_key": films,
        "film_by": ["given"] * size,
        "film_id": films,
        "rating": [None if s is None else f"{s:g}/10" for s in stars],
        "rating_value": stars,
        "rating_scale": [None if s is None else 10.0 for s in stars],
        "rating_stars": stars,
    }
    table = whole.take(pa.array(places))
    for name, values in fresh.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, table.schema.field(place), pa.array(values, table.schema.field(place).type))
    return table.cast(row_schema())


def _one(dice: random.Random, number: int) -> tuple[Record, Reading]:
    people = [f"{dice.choice(FIRST)} {dice.choice(LAST)}" for _ in range(2)]
    names = {"actor": people[0], "director": people[1], "hero": dice.choice(FIRST), "other": dice.choice(FIRST)}
    text = ""
    segments: list[Segment] = []
    mentions: list[Mention] = []
    opinions: list[Opinion] = []
    for _ in range(dice.randrange(9, 18)):
        aspect, polarity, words = dice.choice(SAID) if dice.random() < 0.65 else (None, "neutral", dice.choice(TOLD))
        sentence = words.format(**names, good=dice.choice(GOOD), bad=dice.choice(BAD))
        start = len(text)
        end = start + len(sentence)
        text += sentence + " "
        sure = round(dice.uniform(0.4, 1), 4)
        role = "plot" if aspect is None else "opinion"
        segments.append(
            Segment(
                start=start, end=end, role=role, polarity=polarity, confidence=sure,
                spoiler=round(dice.random() ** 3, 4),
            )
        )  # fmt: skip
        for kind, name in names.items():
            if name in sentence:
                at = start + sentence.index(name)
                typed = "PERSON" if kind in ("actor", "director") else "CHARACTER"
                mentions.append(Mention(start=at, end=at + len(name), type=typed, name=name, confidence=sure))
        if aspect is not None:
            target = names["actor"] if names["actor"] in sentence else None
            opinions.append(
                Opinion(
                    start=start, end=end - 1, quote=text[start : end - 1], aspect=aspect, polarity=polarity,
                    target=target, confidence=sure,
                )
            )  # fmt: skip
    span = {"start": segments[0].start, "end": segments[0].end}
    reading = Reading(
        id=f"pool{number}", text=text, model="made/1", segments=tuple(segments), mentions=tuple(mentions),
        opinions=tuple(opinions),
        credits=(
            Credit(person=names["actor"], role="actor", character=names["hero"], confidence=0.8, **span),
            Credit(person=names["director"], role="director", confidence=0.7, **span),
        ),
        relations=(Relation(subject=names["hero"], relation="friend of", object=names["other"], **span),),
        verdict=Verdict(
            sentiment=round(dice.random(), 4), stars=round(dice.uniform(1, 10), 2), recommend="none",
            evidence=(Evidence(**span),),
        ),
    )  # fmt: skip
    return Record(text, f"pool{number}", f"pool:{number}", film_id="film", author="nobody"), reading


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    for there in folder(told.folder, told.number, seed=told.seed):
        print(f"\r{there:,}", end="", flush=True)
    print()


if __name__ == "__main__":
    main()
