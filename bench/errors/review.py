"""One review under analysis: its annotation, its reading, and look-ups that several measures need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from errors.alike import alike
from errors.clip import clip_name, clip_quote, plain
from pullquote.evaluation.gold import POLARITIES, Gold
from pullquote.evaluation.matching import Span
from pullquote.evaluation.names import name_key
from pullquote.evaluation.places import flat, quote_place
from pullquote.reading import Mention, Reading, Verdict


class Quote(NamedTuple):
    """An annotated judgement and where its words stand."""

    place: Span
    aspect: str
    polarity: str
    sentence: int
    words: str


class _Sure(Protocol):
    @property
    def confidence(self) -> float: ...


C = TypeVar("C", bound=_Sure)


def surest(claims: Iterable[C]) -> C | None:
    """The claim of most confidence, the first of equals; None if there is none."""
    return max(claims, key=lambda claim: claim.confidence, default=None)


@dataclass(frozen=True, slots=True)
class Review:
    """A gold review beside its reading; where there is no reading, one that says nothing."""

    gold: Gold
    reading: Reading
    text: str
    names: frozenset[str]
    sentences: frozenset[str]

    @classmethod
    def of(cls, gold: Gold, reading: Reading | None) -> Review:
        """Put the two together."""
        silent = Reading(id=gold.id, verdict=Verdict(sentiment=0.5, stars=5.5, recommend="none"))
        text = flat(gold.text)
        names = frozenset(plain(form) for form in (*gold.film, *(entity.form for entity in gold.ents)))
        return cls(
            gold, reading or silent, text, names, frozenset(plain(text[start:end]) for start, end in gold.sentences)
        )

    def sentence(self, start: int, end: int) -> int | None:
        """The number of the annotated sentence that holds most of a span; None if none holds any."""
        common = [min(end, last) - max(start, first) for first, last in self.gold.sentences]
        best = max(range(len(common)), key=common.__getitem__, default=None)
        return best if best is not None and common[best] > 0 else None

    def name(self, string: str | None) -> str:
        """A name as the report may show it."""
        return clip_name(string or "", self.names, self.sentences) or "(empty)"

    def quote(self, string: str) -> str:
        """The first words of a quote, in quotation marks."""
        return f"“{clip_quote(string, self.sentences)}”"

    def quotes(self) -> list[Quote]:
        """The annotated judgements whose words stand in the text, as the scorer counts them."""
        return [
            Quote(place, o.aspect, POLARITIES[o.polarity], o.sentence, o.quote)
            for o in self.gold.opinions
            if (place := quote_place(self.gold, self.text, o.sentence, o.quote)) is not None
        ]

    def found(self, name: str | None) -> Mention | None:
        """The mention by which the reading knows a name, rather in the same form than in another."""
        mentions = self.reading.mentions
        key = name_key(name)
        same = [m for m in mentions if key in {name_key(m.name), name_key(self.text[m.start : m.end])}]
        return surest(same) or surest(m for m in mentions if alike(m.name, name))

    def annotated(self, name: str | None) -> str | None:
        """The type under which the gold knows a name, in whichever form is closest; None if it does not."""
        key = name_key(name)
        same = (e.type for e in self.gold.ents if name_key(e.form) == key)
        return next(same, None) or next((e.type for e in self.gold.ents if alike(e.form, name)), None)

    def described(self, character: str | None) -> bool:
        """Whether a character goes by a description ("his mother") and not by an annotated name."""
        return name_key(character) not in {name_key(e.form) for e in self.gold.ents}
