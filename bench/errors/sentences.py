"""Mistakes about what a sentence does and how it judges, and the two confusion matrices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from table import markdown

from errors.mistake import Mistake
from errors.review import Review
from pullquote.evaluation.gold import POLARITIES, ROLES
from pullquote.evaluation.matching import segment_at

#: What stands where a reading has no sentence at the place.
NONE = "none"


def role_labels(review: Review) -> Iterator[tuple[int, str, str, float | None]]:
    """Of every sentence its number, the role in the gold, the role read, and its confidence."""
    for number, ((start, end), role) in enumerate(zip(review.gold.sentences, review.gold.roles, strict=True)):
        segment = segment_at(review.reading.segments, start, end)
        yield number, ROLES[role], segment.role if segment else NONE, segment.confidence if segment else None


def polarity_labels(review: Review) -> Iterator[tuple[int, str, str, float | None]]:
    """The same of polarities; the confidence is still that of the role, as readings give no other."""
    for number, ((start, end), sign) in enumerate(zip(review.gold.sentences, review.gold.pol, strict=True)):
        segment = segment_at(review.reading.segments, start, end)
        yield number, POLARITIES[sign], segment.polarity if segment else NONE, segment.confidence if segment else None


def role_mistakes(review: Review) -> Iterator[Mistake]:
    """Sentences read in another role."""
    for number, gold, said, confidence in role_labels(review):
        if gold != said:
            which = f"{POLARITIES[review.gold.pol[number]]} sentence"
            yield Mistake(f"{gold} read as {said}", which, review.gold.id, number, gold, said, confidence, True, True)


def polarity_mistakes(review: Review) -> Iterator[Mistake]:
    """Sentences read with another polarity, those that judge both ways left out as they are not measured."""
    roles = {number: (gold, said) for number, gold, said, _ in role_labels(review)}
    for number, gold, said, confidence in polarity_labels(review):
        if gold not in {said, "mixed"}:
            role, read = roles[number]
            which = f"{role} sentence" if role == read else f"{role} sentence read as {read}"
            yield Mistake(f"{gold} read as {said}", which, review.gold.id, number, gold, said, confidence, True, True)


def opposite(mistake: Mistake) -> bool:
    """Whether praise was taken for blame or the reverse."""
    return {mistake.gold, mistake.said} == {"positive", "negative"}


def confusion(labels: Iterable[tuple[int, str, str, float | None]], known: Sequence[str]) -> str:
    """How often each label of the gold (rows) was read as which (columns), in Markdown."""
    counts = Counter((gold, said) for _, gold, said, _ in labels)
    columns = [*known, NONE]
    rows = [
        [gold, *(str(counts[gold, said]) for said in columns), str(sum(counts[gold, said] for said in columns))]
        for gold in known
    ]
    return markdown(["gold \\ read", *columns, "all"], rows)
