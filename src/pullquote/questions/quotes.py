"""Quotes with the sentence they stand in and where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from .claims import Opinion, Sentence
from .scope import Scope

#: What opinions are parted by.
Group = TypeVar("Group")
#: Shorter quotes tell nothing and longer ones everything; sentences so long are no sentences.
_SHORTEST, _LONGEST, _LONGEST_SENTENCE = 12, 200, 600


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote that may be shown: it lies in one sentence, which judges as it does and gives nothing away.

    Spans count code points of the review; those of the sentence are ``sentence_start``, ``sentence_end``.
    """

    review: int
    opinion: int
    start: int
    end: int
    quote: str
    aspect: str
    polarity: str
    target: str | None
    confidence: float
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a critic: the review by its number here and its id in its source, the span, the whole sentence."""

    quote: str
    aspect: str
    polarity: str
    target: str | None
    confidence: float
    sentence: str
    review: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    id: str
    source: str
    author: str | None
    url: str | None


def candidates(
    scope: Scope, opinions: Iterable[Opinion], *, by: Callable[[Opinion], Group], each: int
) -> dict[Group, list[Candidate]]:
    """The surest quotes among ``opinions``, which are in scope, by group: at most ``each``, the surest first."""
    groups: dict[Group, list[tuple[Opinion, Sentence]]] = defaultdict(list)
    for one in opinions:
        sentence = None if one.segment is None else scope.sentences.get((one.review, one.segment))
        if sentence is not None and _may_be_shown(one, sentence):
            groups[by(one)].append((one, sentence))
    for own in groups.values():
        own.sort(key=lambda pair: (-pair[0].confidence, pair[0].review, pair[0].opinion))
        del own[each:]
    origins = scope.origins({one.review for own in groups.values() for one, _ in own})
    return {
        group: [_candidate(one, sentence, origins[one.review].text) for one, sentence in own]
        for group, own in groups.items()
    }


def _candidate(one: Opinion, sentence: Sentence, text: str) -> Candidate:
    return Candidate(
        one.review, one.opinion, one.start, one.end, text[one.start : one.end], one.aspect, one.polarity,
        one.target, one.confidence, sentence.start, sentence.end,
    )  # fmt: skip


def _may_be_shown(one: Opinion, sentence: Sentence) -> bool:
    return (
        one.polarity == sentence.polarity
        and one.polarity != "mixed"
        and one.end <= sentence.end
        and _SHORTEST <= one.end - one.start <= _LONGEST
        and sentence.end - sentence.start <= _LONGEST_SENTENCE
        and not sentence.veiled
    )


def sourced(scope: Scope, one: Candidate) -> Quote:
    """A candidate with its sentence and source."""
    origin = scope.origins([one.review])[one.review]
    return Quote(
        one.quote, one.aspect, one.polarity, one.target, one.confidence,
        origin.text[one.sentence_start : one.sentence_end], one.review, one.start, one.end,
        one.sentence_start, one.sentence_end, origin.id, origin.source, origin.author, origin.url,
    )  # fmt: skip
